"""A date that was worked out from another, moved along when that other one is corrected. Pure.

Only what follows by rule is moved: the same date; all years alike; days by the same number of days; months by
the same number of months. Anything else is a person's to set.
"""

from __future__ import annotations

import re

from timeline.extraction.edtf import EdtfError, day_number, day_to_date, parse_edtf

_DATE = re.compile(r"(?<![\dX-])(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?(?![\dX])")


def redated(edtf: str | None, old: str | None, new: str) -> str | None:
    """Return what a dependent date becomes when the date it hangs on goes from ``old`` to ``new``; None:
    unknown.
    """
    if not edtf or not old or old == new:
        return None
    if edtf == old:
        return new
    first, second = _DATE.fullmatch(old), _DATE.fullmatch(new)
    if first is None or second is None or _places(first) != _places(second):
        return None
    moved = _moved(edtf, first, second)
    if moved is None or moved == edtf:
        return None
    try:
        parse_edtf(moved)
    except EdtfError:
        return None
    return moved


def _places(match: re.Match[str]) -> int:
    return sum(part is not None for part in match.groups())


def _moved(edtf: str, old: re.Match[str], new: re.Match[str]) -> str | None:
    years = int(new[1]) - int(old[1])
    if old.groups()[1:] == new.groups()[1:]:
        return _each(edtf, lambda m: _in_year(m, years))
    if _places(old) == 3:
        days = day_number(*map(int, new.groups())) - day_number(*map(int, old.groups()))
        return _each(edtf, lambda m: _later_day(m, days))
    if _places(old) == 2:
        months = years * 12 + int(new[2]) - int(old[2])
        return _each(edtf, lambda m: _later_month(m, months))
    return None


def _each(edtf: str, change: object) -> str | None:
    """Apply a change to every date of a value; None where one of them cannot be changed."""
    failed = False

    def one(match: re.Match[str]) -> str:
        nonlocal failed
        result = change(match)  # type: ignore[operator]
        failed = failed or result is None
        return result or match[0]

    moved = _DATE.sub(one, edtf)
    return None if failed else moved


def _in_year(match: re.Match[str], years: int) -> str | None:
    year = int(match[1]) + years
    return f"{year:04d}{match[0][4:]}" if 0 < year < 10000 else None


def _later_day(match: re.Match[str], days: int) -> str | None:
    if _places(match) < 3:
        return None
    year, month, day = day_to_date(day_number(*map(int, match.groups())) + days)
    return f"{year:04d}-{month:02d}-{day:02d}" if 0 < year < 10000 else None


def _later_month(match: re.Match[str], months: int) -> str | None:
    if match[2] is None or not 1 <= int(match[2]) <= 12:
        return None
    year, month = divmod(int(match[1]) * 12 + int(match[2]) - 1 + months, 12)
    return f"{year:04d}-{month + 1:02d}{match[0][7:]}" if 0 < year < 10000 else None
