"""Reads the dates that letters bear: datelines, titles, stamps, "your note of the 3d instant".

A small reader of one date, not a scanner of prose: the forms are those of letterheads in English, French and
Spanish. Input is a stretch of text, output the dates in it with EDTF values and offsets.
"""

from __future__ import annotations

import calendar
import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from .words import LANGUAGES, any_of, lexicon

ROMAN = {
    "i": 1,
    "ii": 2,
    "iii": 3,
    "iv": 4,
    "v": 5,
    "vi": 6,
    "vii": 7,
    "viii": 8,
    "ix": 9,
    "x": 10,
    "xi": 11,
    "xii": 12,
}
# Two digits of a year above this belong to the 1900s: letters are rarely dated ahead.
CENTURY_TURN = 40
# Old style and new style differ by 10 to 13 days from 1582 to 2100.
CALENDAR_GAP = range(10, 14)


@dataclass(frozen=True, slots=True)
class FoundDate:
    """A date in a text: offsets, EDTF value, and whether its year is printed there."""

    start: int
    end: int
    edtf: str
    has_year: bool = True


@cache
def month_numbers() -> dict[str, int]:
    """Lower-case month name or abbreviation, any language, to its number."""
    names: dict[str, int] = {}
    for language in LANGUAGES:
        for number, forms in enumerate(lexicon(language).words("dates", "months"), 1):
            for form in forms:
                names.setdefault(form, number)
    return names


@cache
def number_values() -> dict[str, int]:
    """Lower-case number word, any language, to its value."""
    return {
        word: value for language in LANGUAGES for word, value in lexicon(language).section("numbers").items()
    }


def _longest_first(words: Iterator[str]) -> str:
    return "|".join(re.escape(word) for word in sorted(words, key=lambda w: (-len(w), w)))


@cache
def patterns() -> tuple[tuple[str, re.Pattern[str]], ...]:
    """The forms of a date, by name, in the order they are preferred where two begin at one place."""
    month = rf"(?P<month>{_longest_first(iter(month_numbers()))})\b\.?"
    glued = rf"(?P<month>{_longest_first(iter(month_numbers()))})\.?"
    suffix = rf"(?:\s?(?:{any_of('dates', 'ordinal_suffixes')})\b\.?|°|º)?"
    day = rf"(?P<day>\d{{1,2}}){suffix}"
    pair = rf"(?:\s?[/–(-]\s?(?P<day2>\d{{1,2}}){suffix}\)?)?"
    era = r"(?:B\.?\s?E\.?\s*2[3-6]\d\d\s*\(?)?(?:A\.?\s?D\.?\s*)?"
    year = era + r"(?P<year>(?:1[4-9]|20)\d\d)(?:/(?P<year2>\d{1,2})(?!\d))?(?:(?!\d)|(?=\d{1,4}/))"
    short_year = r"(?P<year>(?:1[4-9]|20)\d\d|\d\d)\b"
    link = rf"(?:[\s,]*(?:{any_of('dates', 'links')})\b)?[\s,]*"
    number = rf"(?:{_longest_first(iter(number_values()))})"
    words = rf"{number}(?:(?:[\s-]+(?:and\s+|et\s+|y\s+)?){number}){{0,9}}"
    year_words = rf"(?P<yearwords>{words}|(?:1[4-9]|20)\d\d)\b"
    second = rf"\s*\((?:{glued.replace('month', 'month2')}\s*)?(?P<day3>\d{{1,2}}){suffix}\),?"
    # The same day in two calendars, each with its month: "April 27/May 9, 1888".
    month5, day5 = glued.replace("month", "month5"), rf"(?P<day5>\d{{1,2}}){suffix}"
    over = rf"(?:\s?[/–-]\s?{month5}\s*{day5})?"
    under = rf"(?:\s?(?:[/–-]|\()\s?{day5}{link}\s?{month5}\)?)?"
    forms = {
        "iso": r"\b(?P<year>(?:1[4-9]|20)\d\d)-(?P<monthno>\d\d)-(?P<day>\d\d)\b",
        "numeric": rf"\b(?P<a>\d{{1,2}})(?P<sep>[./-])\s?(?P<b>\d{{1,2}})(?P=sep)\s?{short_year}",
        "roman": r"\b(?P<day>\d{1,2})[. ]\s?(?P<roman>[IVX]{1,4})[. ]\s?(?P<year>(?:1[4-9]|20)\d\d|\d\d)\b",
        "month day year": rf"\b{glued},?\s*(?:the\s+)?{day}{pair}(?:{second})?{over}[\s,.]*{year}",
        "day month year": rf"\b{day}{pair}{link}\s?{month}{under}{link}{year}",
        "words": rf"\b(?P<daywords>{words})(?:\s+day)?{link}{month}{link}{year_words}",
        "year in words": rf"\b{day}{link}{month}{link}(?P<yearwords>{words})\b",
        "month year": rf"\b{month}(?:\s+[—–_-]+,?)?[\s,]*(?:de\s+|del\s+)?{year}",
        "own month": rf"\b{day}\s+(?P<own>{any_of('dates', 'own_month')})\b",
        "last month": rf"\b{day}\s+(?P<last>{any_of('dates', 'last_month')})\b",
        "month day": rf"\b{glued}\s*{day}(?:{second})?(?!\d)",
        "day month": rf"\b{day}{link}\s?{month}",
    }
    return tuple((name, re.compile(form, re.IGNORECASE)) for name, form in forms.items())


# The forms by what must stand in a text for them: numbers between marks, a month, a month and a number word.
IN_NUMBERS = ("iso", "numeric", "roman")
IN_WORDS = ("year in words",)
WITH_OWN = ("own month", "last month", "month day", "day month")
_NUMBERS = re.compile(r"\d[./ -]\s?[\dIVXivx]{1,4}[./ -]\s?\d\d")


Form = tuple[int, tuple[str, re.Pattern[str]]]


@cache
def _month_name() -> re.Pattern[str]:
    return re.compile(_longest_first(iter(month_numbers())), re.IGNORECASE)


@cache
def _forms(numbers: bool, month: bool, words: bool, own: bool) -> tuple[Form, ...]:
    """The forms that a text may hold, each with its rank."""
    tried = []
    for rank, (name, pattern) in enumerate(patterns()):
        if name in IN_NUMBERS:
            is_tried = numbers
        elif name in ("own month", "last month"):
            is_tried = own
        else:
            is_tried = month and (words or name not in IN_WORDS) and (own or name not in WITH_OWN)
        if is_tried:
            tried.append((rank, (name, pattern)))
    return tuple(tried)


def _worth_trying(text: str, start: int, stop: int, own: bool) -> tuple[Form, ...]:
    """The forms that a glance does not rule out."""
    return _forms(
        _NUMBERS.search(text, start, stop) is not None,
        _month_name().search(text, start, stop) is not None,
        _NUMBER_WORD.search(text, start, stop) is not None,
        own,
    )


def number_of(words: str) -> int | None:
    """The value of number words ("mil neuf cent soixante-deux", "nineteen sixty-two"); None if none."""
    total, part, seen = 0, 0, False
    values = number_values()
    for word in re.findall(r"\w+", words.lower()):
        value = values.get(word)
        if value is None:
            continue
        seen = True
        if value == 1000:
            total, part = total + max(part, 1) * 1000, 0
        elif value == 100:
            part = max(part, 1) * 100
        elif 14 <= part <= 20 and value >= 10:
            part = part * 100 + value
        elif value == 20 and part % 100 == 4:
            part += 76
        else:
            part += value
    return total + part if seen else None


def edtf_of(year: int, month: int, day: int | None = None) -> str | None:
    """The EDTF text of a day or month; None where the calendar has no such day."""
    if not 1 <= month <= 12:
        return None
    if day is None:
        return f"{year:04d}-{month:02d}"
    if not 1 <= day <= calendar.monthrange(year, month)[1]:
        return None
    return f"{year:04d}-{month:02d}-{day:02d}"


def _full_year(year: str, second: str | None) -> int:
    """The year of "1934", "34", and of the double-dated "1721/22", which is the later one."""
    value = int(year)
    if len(year) == 2:
        value += 1900 if value > CENTURY_TURN else 2000
        if value > 2030:
            value -= 100
    if second is not None:
        later = int(year[: 4 - len(second)] + second)
        if later == value + 1:
            return later
    return value


def _value(name: str, match: re.Match[str], own: tuple[int, int] | None) -> tuple[str, bool] | None:
    """The EDTF value of one match and whether its year is printed; ``own`` = year and month of the letter."""
    groups = match.groupdict()
    if name == "numeric":
        return _numeric(groups)
    if name in ("own month", "last month"):
        return _counted(groups, own)
    has_year = name not in ("month day", "day month")
    if name in ("words", "year in words"):
        words = groups["yearwords"]
        year = int(words) if words.isdigit() else number_of(words)
        day = number_of(groups["daywords"]) if name == "words" else int(groups["day"])
        if year is None or day is None or not 1400 <= year < 2100:
            return None
        value = edtf_of(year, month_numbers()[groups["month"].lower()], day)
        return (value, True) if value else None
    if has_year:
        year = _full_year(groups["year"], groups.get("year2"))
    elif own:
        # A letter of January that speaks of "28 December" means the December before it.
        year = own[0] - (month_numbers()[groups["month"].lower()] > own[1])
    else:
        return None
    if name == "iso":
        month = int(groups["monthno"])
    elif name == "roman":
        month = ROMAN.get(groups["roman"].lower(), 0)
    else:
        month = month_numbers()[groups["month"].lower()]
    found = _days(year, month, groups)
    return (found, has_year) if found else None


def _days(year: int, month: int, groups: dict[str, str | None]) -> str | None:
    """One day, the later of two calendars, two neighbouring days as an interval, or the month alone."""
    printed = groups.get("day")
    first = int(printed) if printed else None
    value = edtf_of(year, month, first)
    if first is None or value is None:
        return value
    other = groups.get("day2") or groups.get("day3") or groups.get("day5")
    if not other:
        return value
    second = int(other)
    named = groups.get("month2") or groups.get("month5")
    month2 = month_numbers()[named.lower()] if named else month
    later = edtf_of(year + (month2 < month), month2, second)
    if later is None:
        return value
    gap = dt.date.fromisoformat(later).toordinal() - dt.date.fromisoformat(value).toordinal()
    if groups.get("day3") or gap in CALENDAR_GAP:
        return max(value, later)
    return f"{value}/{later}" if later > value else value


def _numeric(groups: dict[str, str]) -> tuple[str, bool] | None:
    """Day first, as most of the world writes, unless only month first makes a date."""
    year = _full_year(groups["year"], None)
    first, second = int(groups["a"]), int(groups["b"])
    value = edtf_of(year, second, first) or edtf_of(year, first, second)
    return (value, True) if value else None


def _counted(groups: dict[str, str | None], own: tuple[int, int] | None) -> tuple[str, bool] | None:
    """The form "The 3d instant", "the 28th ultimo": counted from the letter's own month."""
    if own is None or not groups.get("day"):
        return None
    year, month = own
    if groups.get("last"):
        year, month = (year, month - 1) if month > 1 else (year - 1, 12)
    value = edtf_of(year, month, int(str(groups["day"])))
    return (value, False) if value else None


def find_dates(
    text: str, start: int = 0, end: int | None = None, own: tuple[int, int] | None = None
) -> list[FoundDate]:
    """The dates in ``text[start:end]``, in order, none overlapping another.

    Dates without a year are found only where ``own``, the letter's year and month, supplies one.
    """
    stop = len(text) if end is None else end
    numbered = (_YEAR if own is None else _DIGIT).search(text, start, stop)
    if not numbered and not _NUMBER_WORD.search(text, start, stop):
        return []
    hits: list[tuple[int, int, FoundDate]] = []
    refused: list[tuple[int, int]] = []
    for rank, (name, pattern) in _worth_trying(text, start, stop, own is not None):
        for match in pattern.finditer(text, start, stop):
            value = _value(name, match, own)
            if value:
                hits.append((match.start(), rank, FoundDate(match.start(), match.end(), *value)))
            elif name in ("day month year", "month day year"):
                refused.append(match.span())
    # The month of a day that does not exist ("30 February 1990") is not what was meant.
    hits = [h for h in hits if not any(a <= h[2].start and h[2].end <= b for a, b in refused)]
    hits.sort(key=lambda hit: (hit[0], hit[1]))
    return _without_overlaps([hit[2] for hit in hits])


# A glance that spares most lines the full patterns: digits, or words for thousands.
_WORDED = r"\b(?:thousand|hundred|nineteen|twenty|mil|mille|cent)\b"
_NUMBER_WORD = re.compile(_WORDED, re.IGNORECASE)
_DIGIT = re.compile(r"\d")
_YEAR = re.compile(r"1[4-9]\d\d|20\d\d|\d[./-]\s?\d{1,2}[./-]\s?\d\d|[. ][IVXivx]{1,4}[. ]\s?\d\d")


def _without_overlaps(found: list[FoundDate]) -> list[FoundDate]:
    """Of overlapping dates the one that says more: with a year first, then the longer."""
    kept: list[FoundDate] = []
    for date in sorted(found, key=lambda d: (not d.has_year, d.start - d.end, d.start)):
        if all(date.end <= other.start or date.start >= other.end for other in kept):
            kept.append(date)
    return sorted(kept, key=lambda d: d.start)


def year_and_month(edtf: str | None) -> tuple[int, int] | None:
    """Year and month of a plain EDTF value; None where it has none."""
    match = re.match(r"(\d{4})-(\d\d)", edtf or "")
    return (int(match[1]), int(match[2])) if match else None
