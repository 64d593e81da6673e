"""EDTF text (ISO 8601-2:2019, levels 0 to 2) to values, day numbers and plain words, and back.

In: EDTF such as ``2023-09-19``, ``199X``, ``2020-11-10/2023-09``, ``2023-09~``, ``[2021-03-07,2021-03-08]``.
Out: an ``EdtfValue``; its bounds as day numbers (``date.toordinal()`` carried on below 1; None = open or
unknown); a rendering in English, French or Spanish. Words typed by a person are read by ``understand``.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass, field, replace
from functools import cache, lru_cache
from pathlib import Path
from typing import Any, Literal

from timeline.extraction.records import Precision

Kind = Literal["date", "interval", "one of", "all of"]
Open = Literal["open", "unknown"]


class EdtfError(ValueError):
    """The text is no EDTF; the message is a sentence for the person who typed it."""


@dataclass(frozen=True, slots=True)
class EdtfDate:
    """One date: digits as written, X where a digit is not known (``XXXX`` = the year is not given).

    ``month`` may be a season (21 to 24), a quarter (33 to 36) or a half (40, 41). ``approximate`` and
    ``uncertain`` hold for any component that bears the qualifier.
    """

    year: str
    month: str | None = None
    day: str | None = None
    approximate: bool = False
    uncertain: bool = False


@dataclass(frozen=True, slots=True)
class EdtfValue:
    """A parsed value: one date; an interval of two, where None is an open or unknown end; or a set."""

    text: str
    kind: Kind
    dates: tuple[EdtfDate | None, ...]
    ends: tuple[Open | None, Open | None] = (None, None)
    ranges: tuple[tuple[EdtfDate | None, EdtfDate | None], ...] = field(default=())


_DATE = re.compile(
    r"(?P<q1>[?~%]?)(?P<year>Y-?\d{5,}|-?[\dX]{4})(?P<p1>[?~%]?)"
    r"(?:-(?P<q2>[?~%]?)(?P<month>[\dX]{2})(?P<p2>[?~%]?)(?:-(?P<q3>[?~%]?)(?P<day>[\dX]{2})(?P<p3>[?~%]?))?)?"
)
_SEASON_MONTHS = {
    # Northern seasons; winter runs on into the next year (ISO 8601-2 leaves the months to the user).
    21: (3, 5), 22: (6, 8), 23: (9, 11), 24: (12, 14),
    33: (1, 3), 34: (4, 6), 35: (7, 9), 36: (10, 12),
    40: (1, 6), 41: (7, 12),
}  # fmt: skip
# A modifier keeps four years of a decade, or a third of anything shorter: early 1990s is 1990 to 1993.
_YEAR_PRECISIONS: tuple[Precision, ...] = ("year", "decade", "century", "century", "unknown")
_DECADE_PART = {"start": (0, 3), "mid": (4, 6), "end": (7, 9)}


# The days of a common year before each month, counted from 1.
_DAYS_BEFORE = (0, 0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334)


def leap(year: int) -> bool:
    """Return whether a year has 29 February; year 0 (1 BCE) has."""
    return year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)


def days_in(year: int, month: int) -> int:
    """Return the days of a month, 28 to 31."""
    if month == 2:
        return 29 if leap(year) else 28
    return 30 if month in (4, 6, 9, 11) else 31


def day_number(year: int, month: int, day: int) -> int:
    """Return a date's day number: ``date.toordinal()`` of the proleptic Gregorian calendar, any year."""
    before = year - 1
    number = before * 365 + before // 4 - before // 100 + before // 400
    return number + _DAYS_BEFORE[month] + (month > 2 and leap(year)) + day


def day_to_date(day: int) -> tuple[int, int, int]:
    """Return year, month, day of a day number; the inverse of ``day_number``."""
    era, rest = divmod(day - 1, 146097)
    year = era * 400 + 1
    century = min(rest // 36524, 3)
    rest -= century * 36524
    four = rest // 1461
    rest -= four * 1461
    one = min(rest // 365, 3)
    rest -= one * 365
    year += century * 100 + four * 4 + one
    month = 1
    while rest >= days_in(year, month):
        rest -= days_in(year, month)
        month += 1
    return year, month, rest + 1


def _date(text: str) -> EdtfDate:
    match = _DATE.fullmatch(text)
    if match is None:
        raise EdtfError(
            f"“{text}” is not a date. Write it as 2021-09-03, 2021-09, 2021, 199X or 2020-11/2023-09."
        )
    year, month, day = match["year"], match["month"], match["day"]
    if "X" in year and not re.fullmatch(r"-?\d*X+", year):
        raise EdtfError(f"“{text}” is not a date: unknown digits of a year stand at its end, as in 199X.")
    if year == "-0000":
        raise EdtfError(f"“{text}” is not a date: the year 0 has no sign.")
    if month is not None and "X" not in month:
        number = int(month)
        if not (1 <= number <= 12 or 21 <= number <= 41):
            raise EdtfError(f"“{text}” is not a date: there is no month {number}.")
        if number > 12 and day is not None:
            raise EdtfError(f"“{text}” is not a date: a season has no days.")
    if day is not None and "X" not in day:
        _check_day(text, year, month or "", int(day))
    marks = "".join(match[g] or "" for g in ("q1", "p1", "q2", "p2", "q3", "p3"))
    return EdtfDate(
        year,
        month,
        day,
        approximate="~" in marks or "%" in marks,
        uncertain="?" in marks or "%" in marks,
    )


def _check_day(text: str, year: str, month: str, day: int) -> None:
    if "X" in month:
        most = 31
    elif "X" in year:
        most = days_in(2000, int(month))
    else:
        most = days_in(int(year.lstrip("Y")), int(month))
    if not 1 <= day <= most:
        raise EdtfError(f"“{text}” is not a date: that month has no day {day}.")


@lru_cache(maxsize=4096)
def parse_edtf(text: str) -> EdtfValue:
    """Return the value of an EDTF text.

    Raises EdtfError, with a sentence that says what is wrong, on anything else; also on an interval
    whose end lies before its start.
    """
    text = text.strip()
    if not text:
        raise EdtfError("There is no date here. Write it as 2021-09-03, 2021-09, 2021 or 199X.")
    if text[0] + text[-1] in ("[]", "{}"):
        return _set(text)
    if "/" in text:
        return _interval(text)
    return EdtfValue(text, "date", (_date(text),))


def _interval(text: str) -> EdtfValue:
    sides = text.split("/")
    if len(sides) != 2:
        raise EdtfError(
            f"“{text}” is not an interval: it needs one start and one end, as in 2020-11/2023-09."
        )
    dates = tuple(None if side in ("", "..") else _date(side) for side in sides)
    ends = tuple({"": "unknown", "..": "open"}.get(side) for side in sides)
    if dates == (None, None):
        raise EdtfError(f"“{text}” is not an interval: neither its start nor its end is given.")
    value = EdtfValue(text, "interval", dates, ends)  # type: ignore[arg-type]
    if dates[0] and dates[1]:
        first, last = _date_bounds(dates[0])[0], _date_bounds(dates[1])[1]
        if first is not None and last is not None and first > last:
            raise EdtfError(f"“{text}” is not an interval: its end lies before its start.")
    return value


def _set(text: str) -> EdtfValue:
    kind: Kind = "one of" if text[0] == "[" else "all of"
    ranges: list[tuple[EdtfDate | None, EdtfDate | None]] = []
    for member in text[1:-1].split(","):
        member = member.strip()
        if ".." in member:
            first, _, last = member.partition("..")
            if not first and not last:
                raise EdtfError(f"“{text}” is not a set: a range needs a start or an end.")
            ranges.append((_date(first) if first else None, _date(last) if last else None))
        else:
            date = _date(member)
            ranges.append((date, date))
    dates = tuple(d for pair in ranges for d in ({id(pair[0]): pair[0], id(pair[1]): pair[1]}).values())
    return EdtfValue(text, kind, dates, ranges=tuple(ranges))


def _years(year: str) -> tuple[int, int] | None:
    """Return first and last year that the digits allow; None where the year is not given at all."""
    digits = year.lstrip("Y")
    if digits.lstrip("-") == "XXXX":
        return None
    low, high = int(digits.replace("X", "0")), int(digits.replace("X", "9"))
    return (high, low) if digits.startswith("-") and "X" in digits else (low, high)


def _date_bounds(date: EdtfDate, modifier: str | None = None) -> tuple[int | None, int | None]:
    """Return first and last day that a date may mean."""
    years = _years(date.year)
    if years is None:
        return None, None
    first, last = years
    if modifier and last - first == 9:
        low, high = _DECADE_PART[modifier]
        return day_number(first + low, 1, 1), day_number(first + high, 12, 31)
    if date.month is None or date.month == "XX":
        bounds = day_number(first, 1, 1), day_number(last, 12, 31)
    elif "X" in date.month:
        tens = 0 if date.month[0] == "0" else 10
        bounds = day_number(first, max(tens, 1), 1), day_number(last, min(tens + 9, 12), 31 if tens else 30)
    else:
        bounds = _month_bounds(date, first, last)
    return _third(bounds, modifier) if modifier else bounds


def _month_bounds(date: EdtfDate, first: int, last: int) -> tuple[int, int]:
    month = int(date.month or 0)
    start_month, end_month = _SEASON_MONTHS.get(month, (month, month))
    if month > 12 and month not in _SEASON_MONTHS:
        start_month, end_month = 1, 12
    end_year, end_month = (last + 1, end_month - 12) if end_month > 12 else (last, end_month)
    if date.day is None or date.day == "XX":
        return day_number(first, start_month, 1), day_number(
            end_year, end_month, days_in(end_year, end_month)
        )
    if "X" in date.day:
        tens = 0 if date.day[0] == "X" else int(date.day[0]) * 10
        most = days_in(end_year, end_month)
        return (
            day_number(first, start_month, max(tens, 1)),
            day_number(end_year, end_month, most if date.day[0] == "X" else min(tens + 9, most)),
        )
    day = int(date.day)
    return day_number(first, start_month, day), day_number(
        end_year, end_month, min(day, days_in(end_year, end_month))
    )


def _third(bounds: tuple[int, int], modifier: str) -> tuple[int, int]:
    """Return the first, middle or last third of a stretch of days."""
    first, last = bounds
    third = (last - first + 1) // 3
    if third == 0:
        return bounds
    return {
        "start": (first, first + third),
        "mid": (first + third, last - third),
        "end": (last - third, last),
    }[modifier]


@lru_cache(maxsize=65536)
def bounds(text: str, modifier: str | None = None) -> tuple[int | None, int | None]:
    """Return the earliest and latest day that a value may mean; None = open or unknown.

    A modifier narrows it: ``199X`` with ``start`` is 1990 to 1993. In an interval it narrows the end that it
    was read with: the start, or where that is open, the end. Raises EdtfError.
    """
    value = parse_edtf(text)
    modifier = modifier or None
    if value.kind == "date":
        return _date_bounds(value.dates[0], modifier)  # type: ignore[arg-type]
    if value.kind == "interval":
        first, last = value.dates
        low = _date_bounds(first, modifier)[0] if first else None
        high = _date_bounds(last, None if first else modifier)[1] if last else None
        return low, high
    lows = [_date_bounds(a)[0] if a else None for a, _ in value.ranges]
    highs = [_date_bounds(b)[1] if b else None for _, b in value.ranges]
    known_low = None if None in lows else min(low for low in lows if low is not None)
    known_high = None if None in highs else max(high for high in highs if high is not None)
    return known_low, known_high


def precision_of(text: str) -> Precision:
    """Return how exact a value is. Raises EdtfError."""
    value = parse_edtf(text)
    if value.kind == "interval":
        return "interval"
    if value.kind != "date":
        return "set"
    date = value.dates[0]
    if date is None:
        return "unknown"
    if date.day is not None and "X" not in date.day:
        return "day"
    if date.month is not None and "X" not in date.month:
        return "month" if int(date.month) <= 12 else "season"
    return _YEAR_PRECISIONS[min(date.year.count("X"), 4)]


def is_approximate(text: str) -> bool:
    """Return whether any date in the value is qualified as approximate (``~``, ``%``)."""
    return any(d.approximate for d in parse_edtf(text).dates if d)


def is_uncertain(text: str) -> bool:
    """Return whether any date in the value is qualified as uncertain (``?``, ``%``)."""
    return any(d.uncertain for d in parse_edtf(text).dates if d)


@cache
def _words() -> dict[str, dict[str, Any]]:
    path = Path(__file__).with_name("data") / "edtf_words.toml"
    return tomllib.loads(path.read_text(encoding="utf-8"))


@lru_cache(maxsize=4096)
def in_words(text: str, language: str = "en", modifier: str | None = None) -> str:
    """Return a value in plain words: “early 1990s”, “about September 2023”, “10 to 12 March 2021”.

    Languages without words of their own get English. Raises EdtfError.
    """
    words = _words().get(language) or _words()["en"]
    value = parse_edtf(text)
    if value.kind == "date":
        return "".join(_say(date, words, modifier) for date in value.dates if date)
    if value.kind == "interval":
        return _say_interval(value, words, modifier)
    members = [_say_range(first, last, words) for first, last in value.ranges]
    joint = words["or"] if value.kind == "one of" else words["and"]
    return ", ".join(members[:-1]) + joint + members[-1] if len(members) > 1 else members[0]


def _say_interval(value: EdtfValue, words: dict[str, Any], modifier: str | None) -> str:
    first, last = value.dates
    if first and last:
        return str(words["from_to"].format(*_short_pair(first, last, words, modifier)))
    if first:
        key = "since" if value.ends[1] == "open" else "since_unknown"
        return str(words[key].format(_say(first, words, modifier)))
    key = "until" if value.ends[0] == "open" else "until_unknown"
    return str(words[key].format(_say(last, words, modifier) if last else ""))


def _say_range(first: EdtfDate | None, last: EdtfDate | None, words: dict[str, Any]) -> str:
    if first and last:
        if first is last:
            return _say(first, words)
        return str(words["from_to"].format(_say(first, words), _say(last, words)))
    if first:
        return str(words["since"].format(_say(first, words)))
    return str(words["until"].format(_say(last, words) if last else ""))


def _short_pair(
    first: EdtfDate, last: EdtfDate, words: dict[str, Any], modifier: str | None
) -> tuple[str, str]:
    """Return both ends in words, the first without what it shares with the second (10 to 12 March 2021)."""
    plain = not modifier and not any((first.approximate, first.uncertain, last.approximate, last.uncertain))
    if plain and first.year == last.year and first.day and last.day and "X" not in first.day:
        if first.month == last.month:
            return words["day_numbers"].get(str(int(first.day)), str(int(first.day))), _say(last, words)
        return _say(replace(first, year=""), words), _say(last, words)
    return _say(first, words, modifier), _say(last, words)


def _say(date: EdtfDate, words: dict[str, Any], modifier: str | None = None) -> str:
    said = _say_plain(date, words)
    if modifier:
        said = words["modifiers"][modifier].format(said)
    key = {(True, True): "about_perhaps", (True, False): "about", (False, True): "perhaps"}.get(
        (date.approximate, date.uncertain)
    )
    return str(words[key].format(said)) if key else said


def _say_plain(date: EdtfDate, words: dict[str, Any]) -> str:
    year = _say_year(date.year, words)
    unwritten = date.year.lstrip("-") == "XXXX"
    day = None if date.day is None or "X" in date.day else int(date.day)
    if date.month is None or "X" in date.month:
        return year if day is None else str(words["day_unknown_month"].format(day, year))
    number = int(date.month)
    month = words["months"][number - 1] if number <= 12 else words["seasons"][date.month]
    parts = {"month": month, "year": year if year and not unwritten else ""}
    if day is not None:
        parts["day"] = words["day_numbers"].get(str(day), str(day))
    key = ("day_" if day is not None else "") + "month" + ("_year" if parts["year"] else "")
    said = (
        month
        if key == "month"
        else words[key].format(*(parts[p] for p in ("day", "month", "year") if parts.get(p)))
    )
    return str(said + words["no_year"] if unwritten else said)


def _say_year(year: str, words: dict[str, Any]) -> str:
    if not year:
        return ""
    digits = year.lstrip("Y")
    unknown = digits.count("X")
    if digits.lstrip("-") == "XXXX":
        return str(words["year_not_given"])
    number = int(digits.replace("X", "0"))
    if unknown == 1:
        return str(words["decade"].format(number))
    if unknown == 2:
        century = abs(number) // 100 + 1
        said = str(words["century"].format(words["centuries"].get(str(century), f"{century}")))
        return str(words["bce"].format(said)) if digits.startswith("-") else said
    return str(words["bce"].format(1 - number)) if number <= 0 else str(number)


def understand(text: str, language: str = "en") -> str:
    """Return the EDTF of what a person typed: EDTF itself, or a date in plain words.

    Reads “3 March 2021”, “March 2021”, “2021”, “early 1990s”, “about 2021”, “3 March to 3 September 2021”,
    “since 12 November 2023”. Raises EdtfError with a sentence that says what is wrong.
    """
    return understand_with_part(text, language)[0]


def understand_with_part(text: str, language: str = "en") -> tuple[str, str]:
    """Return EDTF as ``understand`` does, and the part of it that was named: "start", "mid", "end" or "".

    A question mark after words says that the date is uncertain.
    """
    typed = re.sub(r"\s+", " ", text.strip())
    try:
        parse_edtf(typed)
        return typed, ""
    except EdtfError as error:
        if re.fullmatch(r"[\dXY?~%/\[\]{},.\s-]*", typed):
            raise
        reason = error
    if typed.endswith("?"):
        edtf, part = understand_with_part(typed[:-1], language)
        parse_edtf(f"{edtf}?")
        return f"{edtf}?", part
    from timeline.extraction.dates import find_dates

    found = [e for e in find_dates(typed, language, None) if e.claim_edtf and not e.continues]
    if len(found) != 1 or found[0].claim_end - found[0].claim_start < len(typed) * 0.6:
        raise reason
    return str(found[0].claim_edtf), found[0].modifier or ""
