"""What each kind of rule makes of its words: one function a kind, from candidate and walk to values.

A kind gives one value or several (days of one month, the two ends of a range); None where the words date
nothing after all.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from timeline.extraction.edtf import day_number, day_to_date, in_words
from timeline.extraction.records import Anchor

from .grammar import Grammar
from .normalise import (
    Date,
    Value,
    Walk,
    day_of,
    edtf_of,
    iso_week,
    month_of,
    part_of,
    partial,
    shift,
    timex_of,
    valid,
    week_of,
    with_modifier,
    year_of,
)
from .scan import Candidate

Maker = Callable[[Candidate, Grammar, Walk, str], "Value | None"]


def _explicit(edtf: str, words: str) -> Value:
    return Value("DATE", timex_of(edtf), edtf, "explicit", reasoning=(f"The letter says “{words}”.",))


def make_date(candidate: Candidate, grammar: Grammar, walk: Walk, words: str) -> Value | None:
    """Day, month and year as far as they are written; a missing year is worked out."""
    month, day, year = month_of(candidate, grammar), day_of(candidate, grammar), year_of(candidate)
    short = candidate.get("yearshort")
    if month is None:
        return None
    if year is None and short:
        if walk.document is None:
            return None
        century = walk.document.year // 100 * 100
        year = century + int(short) - (100 if century + int(short) > walk.document.year + 1 else 0)
    modifier = part_of(candidate, grammar)
    lastnext = candidate.get("lastnext")
    if lastnext and walk.document:
        direction = grammar.directions[lastnext.lower()]
        if direction < 0:
            before = (month, day or 1) < (walk.document.month or 12, walk.document.day or 31)
            year = walk.document.year - (0 if before else 1)
        else:
            after = (month, day or 31) > (walk.document.month or 1, walk.document.day or 1)
            year = walk.document.year + (0 if after else 1)
        edtf = edtf_of(year, month, day)
        steps = (f"The letter says “{words}”.", f"It is dated {in_words(walk.document.edtf)}.")
        return Value("DATE", edtf, edtf, "relative", None, walk.document.anchor(), steps)
    if year is None:
        return partial(month, day, walk, words, modifier) if valid(None, month, day) else None
    if not valid(year, month, day):
        return None
    return with_modifier(_explicit(edtf_of(year, month, day), words), modifier)


def make_numeric(candidate: Candidate, grammar: Grammar, walk: Walk, words: str) -> Value | None:
    """31.12.2020, and 12/10/2020 only where one order is possible or the language's is day first."""
    first, second, year = int(candidate.groups["n1"]), int(candidate.groups["n2"]), year_of(candidate)
    day, month = first, second
    if candidate.groups["sep"] == "/" and grammar.language == "en" and second > 12 >= first:
        day, month = second, first
    if not (1 <= month <= 12 and year is not None and valid(year, month, day)):
        return None
    edtf = edtf_of(year, month, day)
    if candidate.groups["sep"] == "/" and grammar.language == "en" and day <= 12 and day != month:
        other = edtf_of(year, day, month)
        both = ",".join(sorted((edtf, other)))
        steps = (
            f"The letter says “{words}”: which number is the month is not said.",
            "The day is read first.",
        )
        return Value("DATE", edtf, f"[{both}]", "explicit", reasoning=steps, preferred=edtf)
    return _explicit(edtf, words)


def make_month(candidate: Candidate, grammar: Grammar, walk: Walk, words: str) -> Value | None:
    """A month without a year."""
    month = month_of(candidate, grammar)
    return partial(month, None, walk, words, part_of(candidate, grammar)) if month else None


def make_year(candidate: Candidate, grammar: Grammar, walk: Walk, words: str) -> Value | None:
    """A year, of either era."""
    year = year_of(candidate)
    if year is None:
        return None
    if (candidate.get("era") or "A").startswith("B"):
        year = 1 - year
    return with_modifier(_explicit(edtf_of(year), words), part_of(candidate, grammar))


def make_decade(candidate: Candidate, grammar: Grammar, walk: Walk, words: str) -> Value | None:
    """The 1990s, the nineties."""
    if candidate.get("decade"):
        start = int(candidate.groups["decade"])
    elif candidate.get("decade2"):
        start = 1900 + int(candidate.groups["decade2"])
    else:
        start = grammar.decades[candidate.groups["decadeword"].lower()]
    return with_modifier(_explicit(f"{start // 10:03d}X", words), part_of(candidate, grammar))


def make_century(candidate: Candidate, grammar: Grammar, walk: Walk, words: str) -> Value | None:
    """The nineteenth century."""
    number = candidate.get("ordnum")
    roman = candidate.get("romannum")
    count = (
        int(number)
        if number
        else _roman(roman)
        if roman
        else grammar.ordinals[candidate.groups["ordinal"].lower()]
    )
    if not 1 <= count <= 21:
        return None
    return with_modifier(_explicit(f"{count - 1:02d}XX", words), part_of(candidate, grammar))


def _roman(text: str) -> int:
    values = {"I": 1, "V": 5, "X": 10}
    total = 0
    for here, ahead in zip(text, [*text[1:], ""], strict=True):
        value = values[here]
        total += -value if ahead and values[ahead] > value else value
    return total


def make_season(candidate: Candidate, grammar: Grammar, walk: Walk, words: str) -> Value | None:
    """The spring of 2021; last winter; without a year, the one that the text's own date points to."""
    code = grammar.seasons[candidate.groups["season"].lower()]
    year = year_of(candidate)
    modifier = part_of(candidate, grammar)
    if year is not None:
        return with_modifier(_explicit(edtf_of(year, code), words), modifier)
    base = walk.nearby or walk.running if walk.narrative or not walk.document else walk.document
    if base is None:
        return None
    direction = candidate.get("direction")
    ahead = walk.future or (direction is not None and grammar.directions[direction.lower()] > 0)
    month = {21: 3, 22: 6, 23: 9, 24: 12}[code]
    year = base.year
    if direction and grammar.directions[direction.lower()] == 0:
        pass
    elif ahead and base.month and base.month > month:
        year += 1
    elif not ahead and base.month and base.month < month:
        year -= 1
    edtf = edtf_of(year, code)
    steps = (f"The letter says “{words}”: a season, no year.", f"It is reckoned from {in_words(base.edtf)}.")
    return Value("DATE", timex_of(edtf), edtf, "inferred", modifier, base.anchor(), steps)


def make_piece(candidate: Candidate, grammar: Grammar, walk: Walk, words: str) -> Value | None:
    """The first half of 2016, the third quarter, the first week of November."""
    ordinal = grammar.ordinals[candidate.groups["ordinal"].lower()]
    piece = grammar.units.get(candidate.groups["piece"].lower()) or candidate.groups["piece"].lower()
    month = month_of(candidate, grammar)
    if month is not None:
        return _piece_of_month(candidate, walk, words, ordinal, piece, month)
    year = year_of(candidate)
    if year is None:
        base = walk.last_year if walk.last_year and walk.narrative else walk.document
        year = base.year if base else None
    if year is None or ordinal > (4 if piece == "Q" else 2):
        return None
    edtf = edtf_of(year, (32 if piece == "Q" else 39) + ordinal)
    return _explicit(edtf, words)


def _piece_of_month(
    candidate: Candidate, walk: Walk, words: str, ordinal: int, piece: str, month: int
) -> Value | None:
    year = year_of(candidate)
    whole = _explicit(edtf_of(year, month), words) if year is not None else partial(month, None, walk, words)
    if whole.edtf is None or "X" in whole.edtf or ordinal > (5 if piece == "W" else 2):
        return whole
    length = 7 if piece == "W" else 15
    first = 1 + (ordinal - 1) * length
    days = _days_in(whole.edtf)
    last = min(first + length - 1, days) if piece == "W" or ordinal == 1 else days
    if first > days:
        return None
    edtf = f"{whole.edtf}-{first:02d}/{whole.edtf}-{last:02d}"
    return Value("DATE", whole.value, edtf, whole.basis, None, whole.anchor, whole.reasoning)


def _days_in(month: str) -> int:
    from timeline.extraction.edtf import days_in

    year, number = month.rsplit("-", 1)
    return days_in(int(year), int(number))


def make_weekday(candidate: Candidate, grammar: Grammar, walk: Walk, words: str) -> Value | None:
    """Monday, last Friday: the nearest to the text's own date in the direction of the clause."""
    base = walk.last_day if (walk.narrative or walk.document is None) and walk.last_day else walk.document
    if base is None or base.day is None or base.month is None:
        return None
    weekday = grammar.weekdays[candidate.groups["weekday"].lower()]
    today = day_number(base.year, base.month, base.day)
    here = (today - 1) % 7 + 1
    direction = candidate.get("direction")
    ahead = walk.future if direction is None else grammar.directions[direction.lower()] > 0
    if ahead:
        step = (weekday - here) % 7 or (7 if direction else 0)
    else:
        step = -((here - weekday) % 7) or (
            -7 if direction and grammar.directions[direction.lower()] < 0 else 0
        )
    edtf = edtf_of(*day_to_date(today + step))
    steps = (f"The letter says “{words}”.", f"It is reckoned from {in_words(base.edtf)}.")
    return Value("DATE", edtf, edtf, "relative", None, base.anchor(), steps)


def make_instant(candidate: Candidate, grammar: Grammar, walk: Walk, words: str) -> Value | None:
    """The 3rd instant (this month), ultimo (last month), proximo (next month)."""
    base = walk.document
    day = day_of(candidate, grammar)
    if base is None or base.month is None or day is None:
        return None
    word = candidate.groups["instant"].lower()
    months = -1 if word.startswith("ult") or "last" in word else 1 if word.startswith("prox") else 0
    if any(w in word for w in ("same", "that")) and walk.last_month:
        base, months = walk.last_month, 0
    month = base.year * 12 + (base.month or 1) - 1 + months
    year, number = month // 12, month % 12 + 1
    if not valid(year, number, day):
        return None
    edtf = edtf_of(year, number, day)
    which = {-1: "the month before", 0: "the month of", 1: "the month after"}[months]
    steps = (f"The letter says “{words}”.", f"That is {which} {in_words(base.edtf)}.")
    return Value("DATE", edtf, edtf, "relative", None, base.anchor(), steps)


def make_bare_day(candidate: Candidate, grammar: Grammar, walk: Walk, words: str) -> Value | None:
    """The 15th: of the month that was spoken of last, else of the letter's own."""
    base = walk.last_month or walk.document
    day = int(re.match(r"\d+", candidate.groups["bareday"].split()[-1])[0])  # type: ignore[index]
    if base is None or base.month is None or not valid(base.year, base.month, day):
        return None
    edtf = edtf_of(base.year, base.month, day)
    steps = (f"The letter says “{words}”: a day, no month.", f"The month is that of {in_words(base.edtf)}.")
    return Value("DATE", edtf, edtf, "inferred", None, base.anchor(), steps)


def make_deictic(candidate: Candidate, grammar: Grammar, walk: Walk, words: str) -> Value | None:
    """Today, yesterday: from the text's own date."""
    step = grammar.deictic[re.sub(r"\s+", " ", candidate.groups["deictic"].lower())]
    base = walk.document if not walk.narrative else (walk.last_day or walk.document)
    if base is None or base.day is None:
        return Value("DATE", "PRESENT_REF", None)
    edtf = shift(base, "D", step)
    steps = (f"The letter says “{words}”.", f"It is dated {in_words(base.edtf)}.")
    kind = "TIME" if re.search(r"night|morning|evening|afternoon", words) else "DATE"
    suffix = {"night": "TNI", "morning": "TMO", "evening": "TEV", "afternoon": "TAF"}
    tail = next((code for word, code in suffix.items() if word in words.lower()), "")
    return Value(kind, edtf + tail, edtf, "relative", None, base.anchor(), steps)  # type: ignore[arg-type]


def make_vague(candidate: Candidate, grammar: Grammar, walk: Walk, words: str) -> Value | None:
    """Now, recently: they date nothing."""
    return Value("DATE", grammar.vague[re.sub(r"\s+", " ", candidate.groups["vague"].lower())], None)


def _base(walk: Walk) -> Date | None:
    return (walk.running or walk.document) if walk.narrative else (walk.document or walk.running)


def make_unit(candidate: Candidate, grammar: Grammar, walk: Walk, words: str) -> Value | None:
    """Last month, this year, next week: from the text's own date, in a narrative from the last one."""
    running = candidate.get("running")
    direction = (
        grammar.running[running.lower()]
        if running
        else grammar.directions[candidate.groups["direction"].lower()]
    )
    unit = grammar.units[candidate.groups["unit"].lower()]
    base = (walk.last_year or walk.document) if running in ("that", "the same") else _base(walk)
    if base is None or unit in ("H", "MIN", "S"):
        return None
    modifier = part_of(candidate, grammar)
    return _unit_value(base, unit, direction, words, modifier)


def _unit_value(base: Date, unit: str, count: int, words: str, modifier: object = None) -> Value | None:
    steps = (f"The letter says “{words}”.", f"It is reckoned from {in_words(base.edtf)}.")
    if unit in ("W", "WE", "F"):
        if base.day is None:
            return None
        value = week_of(base, count)
        number = day_number(base.year, base.month or 1, base.day) + 7 * count
        monday = number - (number - 1) % 7
        first, last = edtf_of(*day_to_date(monday)), edtf_of(*day_to_date(monday + 6))
        if unit == "WE":
            value += "-WE"
            first = edtf_of(*day_to_date(monday + 5))
        return Value("DATE", value, f"{first}/{last}", "relative", None, base.anchor(), steps)
    if unit == "Q":
        quarter = base.year * 4 + ((base.month or 1) - 1) // 3 + count
        edtf = edtf_of(quarter // 4, 33 + quarter % 4)
        return Value("DATE", timex_of(edtf), edtf, "relative", None, base.anchor(), steps)
    if (unit == "M" and base.month is None) or (unit == "D" and base.day is None):
        return None
    edtf = shift(base, unit, count)
    if unit == "E":
        edtf = edtf[:3] + "X"
    elif unit == "C":
        edtf = edtf[:2] + "XX"
    return Value("DATE", timex_of(edtf), edtf, "relative", modifier, base.anchor(), steps)  # type: ignore[arg-type]


def make_named(candidate: Candidate, grammar: Grammar, walk: Walk, words: str) -> Value | None:
    """Last January, next March, last winter."""
    direction = grammar.directions[candidate.groups["direction"].lower()]
    base = _base(walk)
    if base is None:
        return None
    if candidate.get("season"):
        return make_season(candidate, grammar, walk, words)
    month = month_of(candidate, grammar) or 1
    own = base.month or (12 if direction < 0 else 1)
    year = base.year
    if direction < 0 and month >= own:
        year -= 1
    elif direction > 0 and month <= own:
        year += 1
    edtf = edtf_of(year, month)
    steps = (f"The letter says “{words}”.", f"It is reckoned from {in_words(base.edtf)}.")
    return Value("DATE", edtf, edtf, "relative", None, base.anchor(), steps)


def _count(candidate: Candidate, grammar: Grammar, suffix: str = "") -> tuple[int, str] | None:
    number, unit = candidate.get("number" + suffix), candidate.get("unit" + suffix)
    if number is None or unit is None:
        return None
    return grammar.number(number), grammar.units[unit.lower()]


def make_ago(candidate: Candidate, grammar: Grammar, walk: Walk, words: str) -> Value | None:
    """Three days ago (from the text's own date); two months earlier (from the last date of the text)."""
    counted = _count(candidate, grammar)
    running = re.search(r"(?:earlier|before|antes|auparavant|plus tôt)$", words)
    base = (walk.running or walk.document) if running else (walk.document or walk.running)
    return _so_long(counted, base, -1, words)


def make_later(candidate: Candidate, grammar: Grammar, walk: Walk, words: str) -> Value | None:
    """Two days later: from the last date of the text."""
    return _so_long(_count(candidate, grammar), walk.running or walk.document, 1, words)


def _so_long(counted: tuple[int, str] | None, base: Date | None, sign: int, words: str) -> Value | None:
    if counted is None or base is None or base.year is None:
        return None
    count, unit = counted
    if unit in ("H", "MIN", "S"):
        return None
    finest = "D" if base.day else "M" if base.month else "Y"
    if (unit in ("D", "W", "F") and finest != "D") or (unit == "M" and finest == "Y"):
        return None
    edtf = shift(base, unit, sign * count)
    value = timex_of(edtf)
    basis = "relative" if base.start is None else "anaphoric"
    steps = (f"The letter says “{words}”.", f"It is counted from {in_words(base.edtf)}.")
    if unit == "E":
        edtf = edtf[:3] + "X"
    return Value("DATE", value, edtf, basis, None, base.anchor(), steps)  # type: ignore[arg-type]


def make_following(candidate: Candidate, grammar: Grammar, walk: Walk, words: str) -> Value | None:
    """The following day, the previous year, the day after: from the last date of the text."""
    unit = grammar.units[candidate.groups["unit"].lower()]
    sign = grammar.follow[candidate.groups["follow"].lower()]
    base = {"D": walk.last_day, "M": walk.last_month}.get(unit, walk.last_year) or walk.document
    if base is None or unit in ("H", "MIN", "S"):
        return None
    if unit == "Y":
        edtf = edtf_of(base.year + sign)
        value: Value | None = Value("DATE", edtf, edtf, "anaphoric")
    else:
        value = _unit_value(base, unit, sign, words)
    if value is None or value.edtf is None:
        return None
    steps = (f"The letter says “{words}”.", f"The date before it is {in_words(base.edtf)}.")
    return Value("DATE", value.value, value.edtf, "anaphoric", None, base.anchor(), steps)


def make_same(candidate: Candidate, grammar: Grammar, walk: Walk, words: str) -> Value | None:
    """The same day, that year, the very day, the same period: what was spoken of last."""
    unit_word = candidate.get("unit")
    word = (candidate.get("sameword") or "").lower()
    if word in ("period", "période", "periodo", "período") and walk.last_period:
        edtf, start, end = walk.last_period
        steps = (f"The letter says “{words}”.", f"The period before it is {in_words(edtf)}.")
        return Value(
            "DATE",
            timex_of(edtf.split("/")[0]),
            edtf,
            "anaphoric",
            None,
            Anchor("expression", edtf, start, end),
            steps,
        )
    unit = grammar.units[unit_word.lower()] if unit_word else "D"
    base = {"D": walk.last_day, "M": walk.last_month}.get(unit, walk.last_year)
    if base is None or word in ("period", "time", "moment"):
        return None
    edtf = base.edtf if unit == "D" else edtf_of(base.year, base.month) if unit == "M" else edtf_of(base.year)
    if unit in ("W", "WE"):
        return _unit_value(base, unit, 0, words)
    if unit not in ("D", "M", "Y"):
        return None
    steps = (f"The letter says “{words}”.", f"The date before it is {in_words(base.edtf)}.")
    part = {"morning": "TMO", "evening": "TEV", "night": "TNI", "afternoon": "TAF"}.get(word, "")
    return Value("TIME" if part else "DATE", edtf + part, edtf, "anaphoric", None, base.anchor(), steps)


def make_duration(candidate: Candidate, grammar: Grammar, walk: Walk, words: str) -> Value | None:
    """Two years and ten months, several weeks: a length; the walk gives it a place where the text does."""
    if candidate.get("several"):
        unit = grammar.units[candidate.groups["unit"].lower()]
        return Value("DURATION", _period([("X", unit)]), None)
    counted = _count(candidate, grammar)
    if counted is None:
        return None
    pieces = [(str(counted[0]), counted[1])]
    second = _count(candidate, grammar, "2")
    if second:
        pieces.append((str(second[0]), second[1]))
    return Value("DURATION", _period(pieces), None, reasoning=(f"The letter says “{words}”.",))


def _period(pieces: list[tuple[str, str]]) -> str:
    times = {"H": "H", "MIN": "M", "S": "S"}
    days, hours = "", ""
    for count, unit in pieces:
        if unit in times:
            hours += count + times[unit]
        elif unit == "F":
            days += f"{int(count) * 2 if count != 'X' else 'X'}W"
        elif unit == "Q":
            days += f"{count}Q"
        elif unit == "WE":
            days += f"{count}WE"
        else:
            days += count + {"E": "DE", "C": "CE"}.get(unit, unit)
    return "P" + days + ("T" + hours if hours else "")


def make_set(candidate: Candidate, grammar: Grammar, walk: Walk, words: str) -> Value | None:
    """Every year, daily: what comes back; no place in time."""
    often = candidate.get("often")
    if often:
        return Value("SET", grammar.often[often.lower()], None)
    unit = candidate.get("unit") or candidate.get("per")
    if unit:
        code = grammar.units[unit.lower()]
        return Value("SET", _period([("1", code)]), None)
    if candidate.get("weekday"):
        return Value("SET", f"XXXX-WXX-{grammar.weekdays[candidate.groups['weekday'].lower()]}", None)
    month = month_of(candidate, grammar)
    return Value("SET", f"XXXX-{month:02d}", None) if month else None


def make_holiday(candidate: Candidate, grammar: Grammar, walk: Walk, words: str) -> Value | None:
    """Christmas Day: a day and month of its own."""
    name = re.sub(r"\s+", " ", candidate.groups["holiday"])
    month, day = map(int, grammar.holidays[name].split("-"))
    year = year_of(candidate)
    return (
        _explicit(edtf_of(year, month, day), words) if year is not None else partial(month, day, walk, words)
    )


def make_time(candidate: Candidate, grammar: Grammar, walk: Walk, words: str) -> Value | None:
    """A time of day, on the day that was spoken of last; it dates no claim of its own."""
    match = re.match(r"(\d{1,2})(?:[:.h ]{0,3}(\d\d))?", words)
    base = walk.last_day or walk.document
    day = base.edtf if base and base.day else "XXXX-XX-XX"
    if match is None:
        return Value(
            "TIME",
            f"{day}T{'24:00' if words.lower() in ('midnight', 'minuit', 'medianoche') else '12:00'}",
            None,
        )
    hour = int(match[1])
    if re.search(r"p\.?m", words) and hour < 12:
        hour += 12
    if re.search(r"a\.?m", words) and hour == 12:
        hour = 0
    return Value("TIME", f"{day}T{hour:02d}:{match[2] or '00'}", None)


MAKERS: dict[str, Maker] = {
    "date": make_date,
    "numeric": make_numeric,
    "month": make_month,
    "year": make_year,
    "decade": make_decade,
    "century": make_century,
    "season": make_season,
    "piece": make_piece,
    "weekday": make_weekday,
    "instant": make_instant,
    "bare day": make_bare_day,
    "deictic": make_deictic,
    "vague": make_vague,
    "unit": make_unit,
    "named": make_named,
    "ago": make_ago,
    "later": make_later,
    "following": make_following,
    "same": make_same,
    "duration": make_duration,
    "set": make_set,
    "holiday": make_holiday,
    "time": make_time,
}

__all__ = ["MAKERS", "iso_week"]
