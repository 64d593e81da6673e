"""What dates counted from another mean: yesterday, last month, two days later, the same day, the 3rd instant.

One function a kind of rule. They hang on the text's own date, or on the last date that the text named.
"""

from __future__ import annotations

from typing import Any

from timeline.extraction.edtf import day_number, day_to_date, in_words
from timeline.extraction.records import Modifier, TimexType

from .almanac import make_season
from .grammar import Grammar
from .lengths import period
from .parts import count_of, day_of, direction_of, key_of, month_of, part_of
from .scan import Candidate
from .up_to_now import length_up_to
from .values import (
    Date,
    Value,
    Walk,
    decade_of,
    edtf_of,
    shift,
    shift_to_day,
    timex_of,
    valid,
    week_of,
    weekday_of,
)

CLOCK = ("H", "MIN", "S")
# So few days ahead, a day of the month that no tense places is the one to come: “they meet from the 3rd on”.
_SOON = 7


def said(words: str, from_what: str, base: Date) -> tuple[str, ...]:
    return f"The letter says “{words}”.", f"{from_what} {in_words(base.edtf)}."


def _from_own(words: str, base: Date) -> tuple[str, ...]:
    """Return the steps of a date counted from the text's own date, or from one that it named."""
    return said(words, "It is dated" if base.start is None else "It is reckoned from", base)


def _basis(base: Date) -> Any:
    return "relative" if base.start is None else "anaphoric"


def base_of(walk: Walk) -> Date | None:
    """Return what “last month” counts from: the text's own date; in a history, its last date."""
    return (walk.running or walk.document) if walk.narrative else (walk.document or walk.running)


def make_weekday(candidate: Candidate, grammar: Grammar, walk: Walk, words: str) -> Value | None:
    """Monday, last Friday: the nearest to the text's own date in the direction of the clause."""
    base = walk.last_day if (walk.narrative or walk.document is None) and walk.last_day else walk.document
    if base is None or base.day is None:
        return None
    weekday = int(grammar.look("weekdays", candidate.groups["weekday"]))
    direction = direction_of(candidate, grammar)
    behind = (weekday_of(base) - weekday) % 7
    if direction is None and (walk.tense != "future" or walk.due):
        step = -behind
    elif direction is not None and direction < 0:
        step = -(behind or 7)
    else:
        step = (7 - behind) % 7 if direction is None else 7 - behind
    if candidate.get("weekon"):
        # “Wednesday week” is the Wednesday after the next one.
        step = (7 - behind) % 7 + {"W": 7, "F": 14}[str(grammar.look("units", candidate.groups["weekon"]))]
    edtf = shift(base, "D", step)
    value = edtf + time_of_day(candidate, grammar)
    kind: TimexType = "TIME" if value != edtf else "DATE"
    return Value(kind, value, edtf, "relative", None, base.anchor(), _from_own(words, base))


def time_of_day(candidate: Candidate, grammar: Grammar) -> str:
    word = candidate.get("daytime")
    code = str(grammar.tables["daytimes"].get(word.lower(), "")) if word else ""
    return code if code.startswith("T") and code[1:].isalpha() else ""


def make_instant(candidate: Candidate, grammar: Grammar, walk: Walk, words: str) -> Value | None:
    """The 3rd instant (of this month), ultimo (of the last), proximo (of the next), of the same month."""
    day = day_of(candidate, grammar)
    return day_of_instant(candidate, grammar, walk, words, day) if day is not None else None


def day_of_instant(candidate: Candidate, grammar: Grammar, walk: Walk, words: str, day: int) -> Value | None:
    """Return a day of the month that “instant”, “of this month”, “of the same month” name."""
    months = grammar.look("instant", candidate.groups["instant"])
    base = walk.document
    if months == "same":
        base, months = walk.last_month or walk.document, 0
    elif isinstance(months, list):
        # “Of the following month”: counted from the month spoken of close by.
        base, months = walk.nearby_month or walk.document, months[1]
    if base is None or base.month is None or base.month > 12:
        return None
    month = base.year * 12 + base.month - 1 + int(months)
    year, number = month // 12, month % 12 + 1
    if not valid(year, number, day):
        return None
    edtf = edtf_of(year, number, day)
    which = {-1: "That is the month before", 0: "That is the month of", 1: "That is the month after"}[
        int(months)
    ]
    return Value("DATE", edtf, edtf, _basis(base), None, base.anchor(), said(words, which, base))


def make_bare_day(candidate: Candidate, grammar: Grammar, walk: Walk, words: str) -> Value | None:
    """The 15th: of the month that was spoken of close by, else of the text's own or the one before it."""
    day = _bare_day(candidate, grammar)
    base = _month_for(day, walk)
    if base is None or base.month is None or not valid(base.year, base.month, day):
        return None
    edtf = edtf_of(base.year, base.month, day)
    steps = (f"The letter says “{words}”: a day, no month.", f"The month is that of {in_words(base.edtf)}.")
    return Value("DATE", edtf, edtf, "anaphoric", None, base.anchor(), steps)


def _bare_day(candidate: Candidate, grammar: Grammar) -> int:
    word = candidate.get("dayordinal")
    if word:
        return int(grammar.look("ordinals", word))
    return int("".join(c for c in candidate.groups["bareday"] if c.isdigit()))


def _month_for(day: int, walk: Walk) -> Date | None:
    """Return the month that a day alone lies in: one spoken of close by; else the text's own or the last."""
    if walk.nearby_month is not None and walk.nearby_month.month is not None:
        return walk.nearby_month
    own = walk.document
    if own is None or own.month is None or own.day is None or walk.tense == "future":
        return own or walk.last_month
    soon = walk.tense is None and day - own.day <= _SOON
    if day <= own.day or soon:
        return own
    return Date(own.year - 1, 12) if own.month == 1 else Date(own.year, own.month - 1)


def _day_step(entry: Any) -> tuple[int, str]:
    return (int(entry[0]), str(entry[1])) if isinstance(entry, list) else (int(entry), "")


def make_deictic(candidate: Candidate, grammar: Grammar, walk: Walk, words: str) -> Value | None:
    """Today, yesterday evening: from the text's own date."""
    step, part = _day_step(grammar.look("deictic", candidate.groups["deictic"]))
    base = walk.document
    if base is None or base.day is None or walk.narrative:
        return Value("DATE", "PRESENT_REF", None)
    edtf = shift(base, "D", step)
    kind: TimexType = "TIME" if part else "DATE"
    return Value(kind, edtf + part, edtf, "relative", None, base.anchor(), _from_own(words, base))


def make_step(candidate: Candidate, grammar: Grammar, walk: Walk, words: str) -> Value | None:
    """The day before, the next morning, that day: from the last day that the text named."""
    step, part = _day_step(grammar.look("step", candidate.groups["step"]))
    base = walk.last_day
    if base is None:
        return None
    edtf = shift(base, "D", step)
    kind: TimexType = "TIME" if part else "DATE"
    steps = said(words, "The day spoken of before is", base)
    return Value(kind, edtf + part, edtf, "anaphoric", None, base.anchor(), steps)


def make_bare_days(candidate: Candidate, grammar: Grammar, walk: Walk, words: str) -> Value | None:
    """The night of the 6th to the 7th: of the month spoken of."""
    day, last = day_of(candidate, grammar), day_of(candidate, grammar, "day2")
    base = _month_for(day or 1, walk)
    if (
        base is None
        or base.month is None
        or not day
        or last != day + 1
        or not valid(base.year, base.month, last)
    ):
        return None
    first, second = edtf_of(base.year, base.month, day), edtf_of(base.year, base.month, last)
    steps = (f"The letter says “{words}”: days, no month.", f"The month is that of {in_words(base.edtf)}.")
    return Value("TIME", first + "TNI", f"{first}/{second}", "anaphoric", None, base.anchor(), steps)


def make_vague(candidate: Candidate, grammar: Grammar, walk: Walk, words: str) -> Value | None:
    """Now, recently: they date nothing."""
    return Value("DATE", str(grammar.look("vague", candidate.groups["vague"])), None)


def make_soon(candidate: Candidate, grammar: Grammar, walk: Walk, words: str) -> Value | None:
    """Soon: what is to come; in a history, what came then, and no time of its own."""
    return None if walk.narrative else Value("DATE", "FUTURE_REF", None)


def make_recent(candidate: Candidate, grammar: Grammar, walk: Walk, words: str) -> Value | None:
    """Recent years, several weeks ago: the past, no more; a few days later: what came after."""
    follow = candidate.get("follow")
    if follow and int(grammar.look("follow", follow)) > 0:
        return Value("DATE", "FUTURE_REF", None)
    return Value("DATE", "PAST_REF", None)


def make_unit(candidate: Candidate, grammar: Grammar, walk: Walk, words: str) -> Value | None:
    """Last month, this year, the end of that week: from the text's own date; with “that”, its last."""
    running = candidate.get("running")
    unit = str(grammar.look("units", candidate.groups["unit"]))
    direction = direction_of(candidate, grammar)
    at_hand = not running and direction is None and unit in ("M", "W") and walk.nearby_month is not None
    base = last_with(walk, unit) if running or at_hand else base_of(walk)
    if unit in CLOCK:
        return None
    if not running and direction and not candidate.get("part"):
        loose = _loose(candidate, grammar, unit, direction, words, base)
        if loose is not None:
            return loose
    if base is None:
        return None
    if unit == "WE" and direction == 0 and base.day and weekday_of(base) <= 3 and walk.tense == "past":
        # Early in the week “this weekend”, told in the past, is the one just over.
        direction = -1
    return unit_value(base, unit, direction or 0, words, part_of(candidate, grammar))


def _loose(
    candidate: Candidate, grammar: Grammar, unit: str, direction: int, words: str, base: Date | None
) -> Value | None:
    """Return “coming months”, “the past years”, “the past decade”: no one unit of the calendar."""
    word = candidate.groups["unit"].lower()
    if word in grammar.plurals:
        if words.lower().startswith(tuple(grammar.articles)):
            return Value("DURATION", period([("X", unit)]), None)
        return Value("DATE", "FUTURE_REF" if direction > 0 else "PAST_REF", None)
    told = candidate.get("direction") or candidate.get("direction2") or ""
    if unit not in grammar.up_to_now.get(key_of(told), ()):
        return None
    placed = length_up_to(base, unit, 1, words) if base is not None else None
    return placed or Value("DURATION", period([("1", unit)]), None)


def make_year_end(candidate: Candidate, grammar: Grammar, walk: Walk, words: str) -> Value | None:
    """By year-end: about December of the year at hand."""
    base = base_of(walk)
    if base is None:
        return None
    steps = _from_own(words, base)
    return Value(
        "DATE", edtf_of(base.year), f"{edtf_of(base.year, 12)}~", _basis(base), None, base.anchor(), steps
    )


def last_with(walk: Walk, unit: str) -> Date | None:
    """Return the last date fine enough to say in which unit it lies."""
    fine = {"D": walk.last_day, "W": walk.last_day, "WE": walk.last_day, "F": walk.last_day}
    coarse = {"M": walk.last_month, "Q": walk.last_month}
    return fine.get(unit) or coarse.get(unit) or (None if unit in fine or unit in coarse else walk.last_year)


def unit_value(
    base: Date, unit: str, count: int, words: str, modifier: Modifier | None = None
) -> Value | None:
    """Return the unit that lies ``count`` units from that of a date; None where the date is too coarse."""
    steps = _from_own(words, base)
    if unit[0].isdigit():
        # Where a lustrum or a term of four months begins is not said.
        return None
    if base.month is not None and base.month > 12 and unit not in ("Y", "E", "C"):
        return None
    if unit in ("W", "WE", "F"):
        return _week_value(base, unit, count, steps, modifier) if base.day else None
    if unit in ("Q", "HY"):
        return _quarter_value(base, unit, count, steps) if base.month else None
    if (unit == "M" and base.month is None) or (unit == "D" and base.day is None):
        return None
    edtf = shift(base, unit, count)
    if unit == "E":
        value, edtf = decade_of(int(edtf))
        return Value("DATE", value, edtf, _basis(base), modifier, base.anchor(), steps)
    edtf = edtf[:-2] + "XX" if unit == "C" else edtf
    return Value("DATE", timex_of(edtf), edtf, _basis(base), modifier, base.anchor(), steps)


def _week_value(
    base: Date, unit: str, count: int, steps: tuple[str, ...], modifier: Modifier | None
) -> Value:
    number = day_number(base.year, base.month or 1, base.day or 1) + 7 * count
    monday = number - (number - 1) % 7
    first = monday + (5 if unit == "WE" else 0)
    last = monday + (13 if unit == "F" else 6)
    value = week_of(base, count) + ("-WE" if unit == "WE" else "")
    edtf = f"{edtf_of(*day_to_date(first))}/{edtf_of(*day_to_date(last))}"
    return Value("DATE", value, edtf, _basis(base), modifier, base.anchor(), steps)


def _quarter_value(base: Date, unit: str, count: int, steps: tuple[str, ...]) -> Value:
    size, first = (3, 33) if unit == "Q" else (6, 40)
    index = (base.year * 12 + (base.month or 1) - 1) // size + count
    edtf = edtf_of(index // (12 // size), first + index % (12 // size))
    return Value("DATE", timex_of(edtf), edtf, _basis(base), None, base.anchor(), steps)


def make_named(candidate: Candidate, grammar: Grammar, walk: Walk, words: str) -> Value | None:
    """Last January, next March, last winter."""
    base = base_of(walk)
    direction = direction_of(candidate, grammar)
    if base is None or direction is None:
        return None
    if candidate.get("season"):
        return make_season(candidate, grammar, walk, words)
    month = month_of(candidate, grammar)
    if month is None:
        return None
    own = base.month or (12 if direction < 0 else 1)
    year = base.year
    if direction < 0 and month >= own:
        year -= 1
    elif direction > 0 and month <= own:
        year += 1
    edtf = edtf_of(year, month)
    return Value(
        "DATE", edtf, edtf, _basis(base), part_of(candidate, grammar), base.anchor(), _from_own(words, base)
    )


def make_ago(candidate: Candidate, grammar: Grammar, walk: Walk, words: str) -> Value | None:
    """Three days ago: from the text's own date, in a history from its last; a year ago, from a quarter."""
    counted = count_of(candidate, grammar)
    if counted == (1, "Y") and walk.last_quarter is not None and walk.document is not None:
        return _so_long(candidate, grammar, walk.last_quarter, -1, words)
    base = base_of(walk)
    if any(candidate.get(name) for name in ("half", "half2", "half3")):
        return _years_and_a_half(candidate, grammar, base, words)
    if counted is not None and counted[1] == "W" and counted[0] > 1 and base is not None and base.day:
        return _weeks_ago(candidate, base, counted[0], words)
    return _so_long(candidate, grammar, base, -1, words)


def _years_and_a_half(candidate: Candidate, grammar: Grammar, base: Date | None, words: str) -> Value | None:
    """Return “two years and a half ago”, “half a year ago”: about the month so long before."""
    if base is None or base.month is None or base.month > 12:
        return None
    number = candidate.get("number")
    edtf = shift(Date(base.year, base.month), "M", -12 * (grammar.number(number) if number else 0) - 6)
    steps = (*said(words, "It is counted from", base), "So counted, the month is approximate.")
    return Value("DATE", edtf, f"{edtf}~", _basis(base), None, base.anchor(), steps)


def _weeks_ago(candidate: Candidate, base: Date, count: int, words: str) -> Value:
    """Return a week so many weeks back: what is counted in weeks is no day; “to the day” it is one."""
    edtf = shift(base, "W", -count)
    if candidate.get("exact"):
        steps = said(words, "It is counted to the day from", base)
        return Value("DATE", edtf, edtf, _basis(base), None, base.anchor(), steps)
    steps = (*said(words, "It is counted from", base), "Counted in weeks, the day is approximate.")
    return Value("DATE", week_of(base, -count), f"{edtf}~", _basis(base), None, base.anchor(), steps)


def make_ahead(candidate: Candidate, grammar: Grammar, walk: Walk, words: str) -> Value | None:
    """In three days, two years hence: from the text's own date; within six months of this letter: so far."""
    if candidate.get("within") is not None and walk.document is not None:
        return _within(candidate, grammar, walk.document, words)
    return _so_long(candidate, grammar, walk.document or walk.running, 1, words)


def _within(candidate: Candidate, grammar: Grammar, own: Date, words: str) -> Value | None:
    """Return the stretch from the letter's date on in which something is to be done, to the day."""
    counted = count_of(candidate, grammar)
    if counted is None or not own.day or counted[1] in CLOCK:
        return None
    last = shift_to_day(own, counted[1], counted[0])
    steps = (*said(words, "It begins with the letter's date,", own), f"It ends with {in_words(last)}.")
    length = period([(str(counted[0]), counted[1])])
    return Value("DURATION", length, f"{own.edtf}/{last}", "relative", None, own.anchor(), steps)


def make_earlier(candidate: Candidate, grammar: Grammar, walk: Walk, words: str) -> Value | None:
    """Two weeks earlier: from the last date of the text."""
    base = walk.running or walk.document
    if walk.range is not None and base is not None and base.start == walk.range[1].start:
        base = walk.range[0]
    return _so_long(candidate, grammar, base, -1, words)


def make_later(candidate: Candidate, grammar: Grammar, walk: Walk, words: str) -> Value | None:
    """Two days later: from the last date of the text; where none is named before, a length."""
    base = walk.running
    if base is None and walk.tense == "future":
        base = walk.document
    return _so_long(candidate, grammar, base, 1, words)


def _so_long(
    candidate: Candidate, grammar: Grammar, base: Date | None, sign: int, words: str
) -> Value | None:
    counted = count_of(candidate, grammar)
    if counted is not None and (base is None or counted[1] in CLOCK):
        return Value("DURATION", period([(str(counted[0]), counted[1])]), None)
    if counted is None or base is None:
        return None
    if candidate.get("exact") and base.day:
        edtf = shift_to_day(base, counted[1], sign * counted[0])
        steps = said(words, "It is counted to the day from", base)
        return Value("DATE", timex_of(edtf), edtf, _basis(base), None, base.anchor(), steps)
    loose = bool(candidate.get("loose") or candidate.get("loose2"))
    return counted_from(base, counted[1], sign * counted[0], words, loose=loose)


def counted_from(base: Date, unit: str, count: int, words: str, *, loose: bool = False) -> Value | None:
    """Return the day, month or year so many units from a date, as exact as the date and the unit allow.

    ``loose``: the words make no more of it than “about”.
    """
    finest = "D" if base.day else "M" if base.month and base.month <= 12 else "Y"
    if (unit in ("D", "W", "F", "WE") and finest != "D") or (unit in ("M", "Q", "HY") and finest == "Y"):
        return None
    edtf = shift(base, unit, count)
    if unit == "E":
        # “A decade ago” is about ten years ago, no decade of the calendar.
        steps = said(words, "It is about so many times ten years from", base)
        return Value("DATE", timex_of(edtf), f"{edtf}~", _basis(base), None, base.anchor(), steps)
    if unit == "Y" and base.month is not None and 33 <= base.month <= 36:
        edtf = edtf_of(base.year + count, base.month)
    steps = said(words, "It is counted from", base)
    if loose:
        steps = (*steps, "How long exactly is not said: it is approximate.")
    place = f"{edtf}~" if loose else edtf
    return Value("DATE", timex_of(edtf), place, _basis(base), None, base.anchor(), steps)
