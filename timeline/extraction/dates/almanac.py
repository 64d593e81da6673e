"""What dates of the calendar mean: day, month, year, decade, century, season, part of a year.

One function a kind of rule, from candidate and walk to a value; None where the words date nothing after all.
"""

from __future__ import annotations

import re
from dataclasses import replace

from timeline.extraction.edtf import day_number, day_to_date, days_in, in_words
from timeline.extraction.records import Basis, Modifier

from .grammar import Grammar
from .parts import day_of, direction_of, key_of, month_of, part_of, roman, year_of
from .scan import Candidate
from .values import (
    CALENDARS_APART,
    SEASON_MONTH,
    Date,
    Value,
    Walk,
    decade_of,
    edtf_of,
    timex_of,
    valid,
    week_of,
)
from .years import infer_year, partial

_DAY = re.compile(r"\d{4}-\d\d-\d\d")
# An account goes on: a season before the date named last must be so many days nearer than the one after it.
_ONWARD = 20


def explicit(edtf: str, words: str, modifier: Modifier | None = None) -> Value:
    """Return the value of a date that the text gives in full."""
    return Value(
        "DATE", timex_of(edtf), edtf, "explicit", modifier, reasoning=(f"The letter says “{words}”.",)
    )


def make_date(candidate: Candidate, grammar: Grammar, walk: Walk, words: str) -> Value | None:
    """Day, month and year as far as they are written; a missing year is worked out."""
    month, day, year = month_of(candidate, grammar), day_of(candidate, grammar), year_of(candidate)
    if month is None or not valid(None, month, day):
        return None
    if year is None and candidate.get("yearshort"):
        year = full_year(int(candidate.groups["yearshort"]), walk)
        if year is None:
            return None
    modifier = part_of(candidate, grammar)
    if year is None and candidate.get("yearword"):
        return of_year_word(candidate, grammar, walk, words, month, day)
    if year is None and candidate.get("lastnext") and walk.document:
        return last_or_next(candidate, grammar, walk.document, words, month, day)
    if year is None:
        value = partial(month, day, walk, words, modifier)
        return _on_weekday(value, candidate, grammar, month, day)
    year = year_of_era(year, candidate, grammar)
    if not valid(year, month, day):
        return None
    return _both_styles(candidate, year, month, day, words) or explicit(
        edtf_of(year, month, day), words, modifier
    )


def make_week_of(candidate: Candidate, grammar: Grammar, walk: Walk, words: str) -> Value | None:
    """The week of 6 March, the week beginning on 6 March: Monday to Sunday around that day."""
    month, day, year = month_of(candidate, grammar), day_of(candidate, grammar), year_of(candidate)
    if month is None or day is None or not valid(year, month, day):
        return None
    whole = (
        explicit(edtf_of(year, month, day), words) if year is not None else partial(month, day, walk, words)
    )
    if whole.edtf is None or not _DAY.fullmatch(whole.edtf):
        return whole
    date = Date(int(whole.edtf[:4]), month, day)
    monday = date.number - (date.number - 1) % 7
    monday = date.number - 6 if candidate.get("ending") else monday
    first, last = edtf_of(*day_to_date(monday)), edtf_of(*day_to_date(monday + 6))
    step = f"{in_words(whole.edtf)} lies in the week from {in_words(first)}."
    return replace(whole, value=week_of(date), edtf=f"{first}/{last}", reasoning=(*whole.reasoning, step))


def _on_weekday(value: Value, candidate: Candidate, grammar: Grammar, month: int, day: int | None) -> Value:
    """Return a day whose weekday is written too, in the year beside the one inferred if it falls there."""
    name = candidate.get("weekday")
    if name is None or day is None or value.edtf is None or not value.edtf[:4].isdigit():
        return value
    weekday, year = int(grammar.look("weekdays", name)), int(value.edtf[:4])
    fits = [
        y
        for y in (year, year + 1, year - 1)
        if valid(y, month, day) and (day_number(y, month, day) - 1) % 7 + 1 == weekday
    ]
    if not fits or fits[0] == year:
        return value
    edtf = edtf_of(fits[0], month, day)
    step = f"{in_words(edtf)} is a {name}; {in_words(value.edtf)} is none."
    return replace(value, value=edtf, edtf=edtf, reasoning=(*value.reasoning, step))


def full_year(short: int, walk: Walk) -> int | None:
    """Return the year of two digits: the latest no more than ten years after the text's own date."""
    base = walk.document or walk.running
    if base is None:
        return None
    year = base.year // 100 * 100 + short
    return year - 100 if year > base.year + 10 else year


def of_year_word(
    candidate: Candidate, grammar: Grammar, walk: Walk, words: str, month: int, day: int | None
) -> Value | None:
    """Return “30 July of this year”, “15 December of that year”."""
    step = grammar.look("yearwords", candidate.groups["yearword"])
    told = step == "same" or (walk.narrative and walk.last_year is not None)
    base = walk.last_year if told else walk.document or walk.last_year
    if base is None:
        return None
    year = base.year + (0 if step == "same" else int(step))
    if not valid(year, month, day):
        return None
    edtf = edtf_of(year, month, day)
    steps = (f"The letter says “{words}”.", f"The year is reckoned from {in_words(base.edtf)}.")
    basis: Basis = "relative" if base.start is None else "anaphoric"
    return Value("DATE", timex_of(edtf), edtf, basis, part_of(candidate, grammar), base.anchor(), steps)


def make_two_calendars(candidate: Candidate, grammar: Grammar, walk: Walk, words: str) -> Value | None:
    """27 June (9 July) 1871, 12/24 November 1868: one day in the Julian and in the Gregorian calendar."""
    year, months = year_of(candidate), (month_of(candidate, grammar), month_of(candidate, grammar, "month2"))
    month, second = months[0], months[1] or months[0]
    days = day_of(candidate, grammar), day_of(candidate, grammar, "day2")
    if month is None or second is None or days[0] is None or days[1] is None:
        return None
    if year is None:
        year = infer_year(second, days[1], walk, words)[0]
    if year is None:
        return None
    first = Date(year, month, days[0])
    last = Date(year + (1 if second < month else 0), second, days[1])
    if not (valid(first.year, month, first.day) and valid(last.year, second, last.day)):
        return None
    if last.number - first.number not in CALENDARS_APART:
        return None
    said = f"The letter says “{words}”: one day in two calendars."
    new, old = in_words(last.edtf), in_words(first.edtf)
    steps = (said, f"It is {new} in the Gregorian calendar, used here, and {old} in the Julian.")
    return Value("DATE", last.edtf, last.edtf, "explicit", reasoning=steps)


def _both_styles(candidate: Candidate, year: int, month: int, day: int | None, words: str) -> Value | None:
    """Return “11 February 1731/32”: the Old Style year ran on to March; the New Style one counts."""
    other = candidate.get("yearstyle")
    if other is None or month > 3:
        return None
    new = year // 10 ** len(other) * 10 ** len(other) + int(other)
    if new != year + 1 or not valid(new, month, day):
        return None
    steps = (
        f"The letter says “{words}”.",
        f"The year began in March where {year} was written; it is now {new}.",
    )
    edtf = edtf_of(new, month, day)
    return Value("DATE", edtf, edtf, "explicit", reasoning=steps)


def last_or_next(
    candidate: Candidate, grammar: Grammar, document: Date, words: str, month: int, day: int | None
) -> Value:
    """Return “12 February last”, “3 March next”: the nearest on that side of the text's own date."""
    ahead = int(grammar.look("directions", candidate.groups["lastnext"])) > 0
    here = document.month or (1 if ahead else 12), (document.day or 15) if day else 15
    there = month, day or 15
    year = document.year
    if ahead and there <= here:
        year += 1
    elif not ahead and there >= here:
        year -= 1
    edtf = edtf_of(year, month, day)
    side = "after" if ahead else "before"
    steps = (
        f"The letter says “{words}”.",
        f"That is the nearest one {side} its date, {in_words(document.edtf)}.",
    )
    return Value("DATE", edtf, edtf, "relative", None, document.anchor(), steps)


def make_numeric(candidate: Candidate, grammar: Grammar, walk: Walk, words: str) -> Value | None:
    """31.12.2020; and 12/10/2020, where in English either number may be the month: both are kept."""
    first, second, year = int(candidate.groups["n1"]), int(candidate.groups["n2"]), year_of(candidate)
    if year is None and candidate.get("yearshort"):
        year = full_year(int(candidate.groups["yearshort"]), walk)
    if year is None:
        return _numeric_without_year(candidate, grammar, walk, words)
    slash_english = candidate.groups["sep"] in "/-" and grammar.language == "en"
    month_first = second > 12 >= first if grammar.language == "en" else False
    month_first = month_first or (slash_english and walk.day_first is False)
    day, month = (second, first) if month_first else (first, second)
    if not (1 <= month <= 12 and valid(year, month, day)):
        return None
    edtf = edtf_of(year, month, day)
    if not slash_english or day > 12 or day == month:
        return explicit(edtf, words)
    if walk.day_first is not None:
        steps = (f"The letter says “{words}”.", "Its other dates in figures show which number is the month.")
        return Value("DATE", edtf, edtf, "explicit", reasoning=steps)
    both = ",".join(sorted((edtf, edtf_of(year, day, month))))
    said = f"The letter says “{words}”: which number is the month is not said."
    steps = (said, f"With the day first it is {in_words(edtf)}.")
    return Value("DATE", edtf, f"[{both}]", "explicit", reasoning=steps, preferred=edtf)


def _numeric_without_year(candidate: Candidate, grammar: Grammar, walk: Walk, words: str) -> Value | None:
    day, month = int(candidate.groups["n1"]), int(candidate.groups["n2"])
    if not (1 <= month <= 12 and valid(None, month, day)):
        return None
    return partial(month, day, walk, words)


def make_month(candidate: Candidate, grammar: Grammar, walk: Walk, words: str) -> Value | None:
    """A month without a year."""
    month = month_of(candidate, grammar)
    return partial(month, None, walk, words, part_of(candidate, grammar)) if month else None


def make_year(candidate: Candidate, grammar: Grammar, walk: Walk, words: str) -> Value | None:
    """A year, of either era."""
    year = year_of(candidate)
    if year is None:
        return None
    year = year_of_era(year, candidate, grammar)
    edge = grammar.tables["edges"].get(key_of(candidate.get("part") or ""))
    if edge and year > 0:
        return _edge_of_year(year, edge, words)
    return explicit(edtf_of(year), words, part_of(candidate, grammar))


def make_beyond_year(candidate: Candidate, grammar: Grammar, walk: Walk, words: str) -> Value | None:
    """The post-1959 order: it names a year, and dates no claim by it."""
    return replace(explicit(candidate.groups["year"], words), edtf=None)


def make_short_year(candidate: Candidate, grammar: Grammar, walk: Walk, words: str) -> Value | None:
    """In ’98: the year of two digits."""
    year = full_year(int(candidate.groups["yearshort"]), walk)
    return explicit(edtf_of(year), words) if year is not None else None


def _edge_of_year(year: int, edge: Modifier, words: str) -> Value:
    """Return “the end of 2022”: about December; “the middle of 2022”: about June and July."""
    edtf = {"start": f"{year:04d}-01~", "mid": f"{year:04d}-06/{year:04d}-07", "end": f"{year:04d}-12~"}[edge]
    steps = (f"The letter says “{words}”.", f"That is {in_words(edtf)}.")
    return Value("DATE", edtf_of(year), edtf, "explicit", reasoning=steps)


def year_of_era(year: int, candidate: Candidate, grammar: Grammar) -> int:
    """Return a year as EDTF counts it: 1 BCE is 0."""
    era = candidate.get("era")
    return 1 - year if era and grammar.look("eras", era) < 0 else year


def make_decade(candidate: Candidate, grammar: Grammar, walk: Walk, words: str) -> Value | None:
    """The 1990s, the nineties."""
    if candidate.get("decade"):
        start = int(candidate.groups["decade"])
    elif candidate.get("decade2"):
        start = 1900 + int(candidate.groups["decade2"])
    else:
        start = int(grammar.look("decades", candidate.groups["decadeword"]))
    if candidate.get("era") and grammar.look("eras", candidate.groups["era"]) < 0:
        value, edtf = decade_of(1 - start)
        said = (f"The letter says “{words}”.",)
        return Value("DATE", value, edtf, "explicit", part_of(candidate, grammar), None, said)
    return explicit(f"{start // 10:03d}X", words, _half_or_part(candidate, grammar))


def _half_or_part(candidate: Candidate, grammar: Grammar) -> Modifier | None:
    """Return the part that the words name: “the second half of the 1990s” is their end."""
    half = candidate.get("halfword") or candidate.get("endword")
    if half:
        return "start" if grammar.look("ordinals", half) == 1 else "end"
    return part_of(candidate, grammar)


def make_century(candidate: Candidate, grammar: Grammar, walk: Walk, words: str) -> Value | None:
    """The nineteenth century, the XIXth."""
    if candidate.get("ordnum"):
        count = int(candidate.groups["ordnum"])
    elif candidate.get("romannum"):
        count = roman(candidate.groups["romannum"])
    else:
        count = int(grammar.look("ordinals", candidate.groups["ordinal"]))
    if not 1 <= count <= 22:
        return None
    if candidate.get("era") and grammar.look("eras", candidate.groups["era"]) < 0:
        century = f"-{count - 1:02d}XX" if count > 1 else "-00XX"
        return Value("DATE", f"BC{count - 1:02d}", century, reasoning=(f"The letter says “{words}”.",))
    value = explicit(f"{count - 1:02d}XX", words, _half_or_part(candidate, grammar))
    if walk.document is not None and walk.document.year // 100 == count - 1 and value.modifier is None:
        # The century that a letter is written in says no more than “now”.
        return replace(value, edtf=None)
    return value


def make_season(candidate: Candidate, grammar: Grammar, walk: Walk, words: str) -> Value | None:
    """The spring of 2021; last winter; without a year, the one that the text's own date points to."""
    code = int(grammar.look("seasons", candidate.groups["season"]))
    year, modifier = year_of(candidate), part_of(candidate, grammar)
    if year is not None:
        return explicit(edtf_of(year_of_era(year, candidate, grammar), code), words, modifier)
    if candidate.get("yearword"):
        return of_year_word(candidate, grammar, walk, words, code, None)
    base = (walk.running if walk.narrative else None) or walk.document or walk.running
    if base is None:
        return None
    if (
        not walk.narrative
        and not candidate.get("direction")
        and walk.nearby
        and walk.nearby.year != base.year
        and walk.tense != "future"
    ):
        base = walk.nearby
    edtf = edtf_of(_season_year(candidate, grammar, walk, base, code), code)
    steps = (f"The letter says “{words}”: a season, no year.", f"It is reckoned from {in_words(base.edtf)}.")
    # “The summer offensive” names a campaign; when something happened it does not say.
    place = None if candidate.get("noun") else edtf
    return Value("DATE", timex_of(edtf), place, "inferred", modifier, base.anchor(), steps)


def _season_year(candidate: Candidate, grammar: Grammar, walk: Walk, base: Date, code: int) -> int:
    """Return the year of a season; a winter is named by the year it begins in."""
    direction = direction_of(candidate, grammar)
    own = base.month if base.month and base.month <= 12 else SEASON_MONTH.get(base.month or 0)
    if own is None or (direction == 0 and not (code == 24 and own <= 2)):
        return base.year
    first = {21: 3, 22: 6, 23: 9, 24: 12}[code]
    if direction is None and base.start is not None:
        year = _season_near(base, code)
        if walk.before is not None and walk.ahead is not None and base.month is not None:
            # The dates around the one named last agree on another year: that one was named in passing.
            around = {_season_near(date, code) for date in (walk.before, walk.ahead)}
            return around.pop() if len(around) == 1 else year
        return year
    ahead = (direction or 0) > 0 or (direction is None and walk.tense == "future")
    if ahead:
        return base.year + (1 if own > first or (own == first and direction) else 0)
    return base.year - (1 if own < first or (own == first and direction) else 0)


def _season_near(base: Date, code: int) -> int:
    """Return the year of the season nearest to a date."""
    middle = SEASON_MONTH[code]
    years = (base.year, base.year + 1, base.year - 1)
    ways = {y: Date(y + (code == 24), middle, 15).number - base.number for y in years}
    return min(years, key=lambda y: abs(ways[y]) if ways[y] >= 0 else _ONWARD - ways[y])


def make_piece(candidate: Candidate, grammar: Grammar, walk: Walk, words: str) -> Value | None:
    """The first half of 2016, the third quarter, the last week of June, the second half of April."""
    coded = candidate.get("coded") or candidate.get("coded2")
    if coded:
        # “Q3 2021”, “T3 2021”, “H1 2021”, “S1 2021”.
        piece = "Q" if coded in "QT" else "H"
        ordinal = int(candidate.get("nth") or candidate.groups["nth2"])
    else:
        piece = str(grammar.look("pieces", candidate.groups["piece"]))
        ordinal = int(grammar.look("ordinals", candidate.groups["ordinal"]))
    month = month_of(candidate, grammar)
    if month is not None:
        return _piece_of_month(candidate, walk, words, ordinal, piece, month)
    most = {"Q": 4, "H": 2}.get(piece)
    if most is None:
        return None
    ordinal = most + 1 + ordinal if ordinal < 0 else ordinal
    year, base = year_of(candidate), walk.last_year if walk.narrative and walk.last_year else walk.document
    if candidate.get("yearword") and base is not None:
        step = grammar.look("yearwords", candidate.groups["yearword"])
        year = (
            walk.last_year.year
            if step == "same" and walk.last_year
            else base.year + (0 if step == "same" else step)
        )
    if (year is None and base is None) or not 1 <= ordinal <= most:
        return None
    code = (32 if piece == "Q" else 39) + ordinal
    if year is not None:
        return explicit(edtf_of(year, code), words)
    if base is None:
        return None
    year = base.year + _piece_year(candidate, grammar, walk, base, code)
    edtf = edtf_of(year, code)
    steps = (f"The letter says “{words}”.", f"It is reckoned from {in_words(base.edtf)}.")
    return Value("DATE", timex_of(edtf), edtf, "inferred", None, base.anchor(), steps)


def _piece_year(candidate: Candidate, grammar: Grammar, walk: Walk, base: Date, code: int) -> int:
    """Return the years from the base to that of the quarter: the latest begun, or the next to come."""
    which = candidate.get("whichyear")
    if which:
        return int(grammar.look("directions", which))
    first = (code - 33) * 3 + 1 if code < 40 else (code - 40) * 6 + 1
    if walk.narrative or base.month is None or base.month > 12:
        return 0
    last = first + (2 if code < 40 else 5)
    if walk.tense == "future":
        # “Expects to report for the third quarter” in October is of the one just over.
        return 1 if base.month - last > first + 12 - base.month else 0
    if walk.tense is None and first > base.month and (first - base.month) * 3 < base.month + 12 - last:
        # In August, with no tense told, “the fourth quarter” is the one close at hand.
        return 0
    return -1 if first > base.month else 0


def _piece_of_month(
    candidate: Candidate, walk: Walk, words: str, ordinal: int, piece: str, month: int
) -> Value | None:
    year = year_of(candidate)
    whole = explicit(edtf_of(year, month), words) if year is not None else partial(month, None, walk, words)
    if whole.edtf is None or "X" in whole.edtf or piece not in "WHD":
        return whole
    days = days_in(int(whole.edtf[:-3]), month)
    span = _stretch(piece, ordinal, days)
    if span is None:
        return None
    first, last = edtf_of(int(whole.edtf[:-3]), month, span[0]), edtf_of(int(whole.edtf[:-3]), month, span[1])
    if first == last:
        return replace(whole, edtf=first, value=first)
    middle = Date(int(whole.edtf[:-3]), month, (span[0] + span[1]) // 2)
    value = week_of(middle) if piece == "W" else whole.value
    return replace(whole, value=value, edtf=f"{first}/{last}")


def _stretch(piece: str, ordinal: int, days: int) -> tuple[int, int] | None:
    """Return first and last day of a week or half of a month; an ordinal below 0 counts from its end."""
    if piece == "D":
        day = days if ordinal < 0 else ordinal
        return (day, day) if day <= days else None
    if piece == "H":
        return {1: (1, 15), 2: (16, days), -1: (16, days)}.get(ordinal)
    if ordinal < 0:
        return days - 6, days
    first = 1 + (ordinal - 1) * 7
    return (first, min(first + 6, days)) if first <= days else None
