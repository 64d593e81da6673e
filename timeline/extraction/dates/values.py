"""The records of the walk through a text, and reckoning with dates.

``Value``: what a candidate means. ``Date``: a date met on the way. ``Walk``: where the walk stands.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Literal

from timeline.extraction.edtf import day_number, day_to_date, days_in
from timeline.extraction.records import Anchor, Basis, Modifier, TimexType

Tense = Literal["past", "future"]
Told = tuple[Tense | None, str, bool]
_SEASON_CODES = {21: "SP", 22: "SU", 23: "FA", 24: "WI"}
_CODED = re.compile(r"(-?\d{4})-(2[1-4]|3[3-6]|4[01])")


@dataclass(frozen=True, slots=True)
class Value:
    """What a candidate means. ``edtf`` None: the text gives it no place in time."""

    type: TimexType
    value: str
    edtf: str | None
    basis: Basis = "explicit"
    modifier: Modifier | None = None
    anchor: Anchor | None = None
    reasoning: tuple[str, ...] = ()
    preferred: str | None = None


@dataclass(frozen=True, slots=True)
class Date:
    """A date of the walk: a year, perhaps a month or a season, perhaps a day; and where it was read."""

    year: int
    month: int | None = None
    day: int | None = None
    start: int | None = None
    end: int | None = None

    @property
    def edtf(self) -> str:
        """Return it as EDTF."""
        return edtf_of(self.year, self.month, self.day)

    @property
    def number(self) -> int:
        """Return its day number, or that of its middle where the day or the month is not known."""
        month = self.month if self.month and self.month <= 12 else SEASON_MONTH.get(self.month or 0)
        if month is None:
            return day_number(self.year, 7, 1)
        return day_number(self.year, month, self.day or 15)

    def anchor(self) -> Anchor:
        """Return it as what another date was worked out from."""
        if self.start is None:
            return Anchor("document", self.edtf)
        return Anchor("expression", self.edtf, self.start, self.end)


def _untold() -> Told:
    return None, "", False


# The month in the middle of a season, a quarter or a half.
SEASON_MONTH = {21: 4, 22: 7, 23: 10, 24: 1, 33: 2, 34: 5, 35: 8, 36: 11, 40: 4, 41: 10}


# Days by which the Julian calendar runs behind the Gregorian, 1582 to 2100.
CALENDARS_APART = (10, 11, 12, 13)

# So many days from the text's own date a day is of its news.
_FRESH = 7


@dataclass(slots=True)
class Walk:
    """The state of a walk: the text's own date, the last dates met, the tense of the clause at hand.

    ``narrative``: the text tells of times far from its own date, or has none. ``nearby``: a date named
    shortly before. ``last_value``: the value of the last date or length. ``cue``: the word that tells the
    tense. ``before``: the month before the last one; ``ahead``: the next date given in full. ``frame``: a
    year close by that a sentence began with. ``within_year``: the last date was a part of a year.
    ``day_names``: the latest date met on each day of the week.
    """

    document: Date | None
    language: str
    narrative: bool = False
    running: Date | None = None
    last_day: Date | None = None
    last_month: Date | None = None
    last_year: Date | None = None
    last_period: tuple[str, int, int] | None = None
    last_quarter: Date | None = None
    last_value: str | None = None
    ask: Callable[[], Told] = _untold
    told: Told | None = None
    promise: Callable[[], bool] = bool
    range: tuple[Date, Date] | None = None
    last_days: list[Date] = field(default_factory=list)
    listed_with: Date | None = None
    nearby: Date | None = None
    nearby_month: Date | None = None
    nearby_day: Date | None = None
    named_month: Date | None = None
    within_year: bool = False
    frame: Date | None = None
    before: Date | None = None
    ahead: Date | None = None
    day_names: dict[int, Date] = field(default_factory=dict)
    named: dict[tuple[int, int], Date] = field(default_factory=dict)
    day_first: bool | None = None

    def come_to(self, ask: Callable[[], Told], promise: Callable[[], bool]) -> None:
        """Come to another date; the tense of its clause is asked for only where it matters."""
        self.ask, self.told, self.promise = ask, None, promise

    def _tell(self) -> Told:
        if self.told is None:
            self.told = self.ask()
        return self.told

    @property
    def tense(self) -> Tense | None:
        """Return the tense of the clause at hand."""
        return self._tell()[0]

    @property
    def promised(self) -> bool:
        """Return whether a verb of the future leads right to the date at hand."""
        return self.promise()

    @property
    def cue(self) -> str:
        """Return the word that tells the tense."""
        return self._tell()[1]

    @property
    def due(self) -> bool:
        """Return whether that word is no verb of the clause."""
        return self._tell()[2]

    def running_day(self) -> Date | None:
        """Return the last date named where it is a day, or a day of the news, and was named close by."""
        if self.nearby and self.nearby.day:
            return self.nearby
        day, own = self.nearby_day, self.document
        fresh = day is not None and own is not None and abs(own.number - day.number) <= _FRESH
        return day if fresh else None

    def meet(self, date: Date) -> None:
        """Remember a date as the latest of the text."""
        self.running = date
        self.last_year = date
        if date.month and 33 <= date.month <= 36:
            self.last_quarter = date
        if date.month and date.month <= 12:
            self.last_month = date
        if date.day and date.month:
            self.last_day = date
            if not self.last_days or self.last_days[-1].edtf != date.edtf:
                self.last_days = [*self.last_days[-1:], date]
            self.named[date.month, date.day] = date
            self.day_names[(day_number(date.year, date.month, date.day) - 1) % 7 + 1] = date


def edtf_of(year: int | str, month: int | None = None, day: int | None = None) -> str:
    """Return EDTF of a date's parts; a year below 0 gets its sign, one given as text stands as it is."""
    if isinstance(year, int):
        year = f"-{-year:04d}" if year < 0 else f"{year:04d}"
    text = year
    if month is not None:
        text += f"-{month:02d}"
    if day is not None:
        text += f"-{day:02d}"
    return text


def timex_of(edtf: str) -> str:
    """Return the TIMEX3 value of an EDTF date: its codes for seasons, quarters, halves; 199 for a decade."""
    match = _CODED.fullmatch(edtf)
    if match:
        code, year = int(match[2]), _year_value(match[1])
        if code in _SEASON_CODES:
            return f"{year}-{_SEASON_CODES[code]}"
        return f"{year}-Q{code - 32}" if code < 40 else f"{year}-H{code - 39}"
    if edtf.startswith("-"):
        if edtf[1:3].isdigit() and edtf[3:] == "XX":
            return f"BC{edtf[1:3]}"
        if edtf[1:4].isdigit() and edtf[4:] == "X":
            return f"BC{edtf[1:4]}"
        return _year_value(edtf[:5]) + edtf[5:] if edtf[1:5].isdigit() else edtf
    if edtf.endswith("X") and not edtf.startswith("X") and "-" not in edtf:
        return edtf.rstrip("X")
    return edtf


def _year_value(year: str) -> str:
    """Return a year as TIMEX3 writes it: EDTF −0489 is BC0490."""
    return f"BC{1 + int(year[1:]):04d}" if year.startswith("-") else year


def decade_of(year: int) -> tuple[str, str]:
    """Return TIMEX3 and EDTF of the decade that a year lies in; the 470s BC are the years 479 to 470."""
    if year > 0:
        return f"{year // 10:03d}", f"{year // 10:03d}X"
    start = max(1, (1 - year) // 10 * 10)
    return f"BC{start // 10:03d}", f"-{start + 8:04d}/-{start - 1:04d}"


def shift(date: Date, unit: str, count: int) -> str:
    """Return EDTF of the unit (D, W, M, Q, Y, E, C) that lies ``count`` units from a date."""
    if unit in ("D", "W", "F", "WE"):
        days = {"D": 1, "W": 7, "F": 14, "WE": 7}[unit]
        number = day_number(date.year, date.month or 1, date.day or 1) + days * count
        return edtf_of(*day_to_date(number))
    if unit in ("M", "Q", "HY"):
        months = date.year * 12 + (date.month or 1) - 1 + count * {"M": 1, "Q": 3, "HY": 6}[unit]
        return edtf_of(months // 12, months % 12 + 1)
    years = {"Y": 1, "E": 10, "C": 100}.get(unit, 1)
    return edtf_of(date.year + years * count)


def shift_to_day(date: Date, unit: str, count: int) -> str:
    """Return the day so many months or years from a day; 31 January and a month is the last of February."""
    if unit not in ("M", "Q", "Y", "HY") or not date.day or not date.month:
        return shift(date, unit, count)
    months = date.year * 12 + date.month - 1 + count * {"M": 1, "Q": 3, "HY": 6, "Y": 12}[unit]
    year, month = months // 12, months % 12 + 1
    return edtf_of(year, month, min(date.day, days_in(year, month)))


def week_of(date: Date, count: int = 0) -> str:
    """Return the TIMEX3 week (2024-W07) of a date, ``count`` weeks on."""
    number = day_number(date.year, date.month or 1, date.day or 1) + 7 * count
    weekday = (number - 1) % 7
    thursday = number - weekday + 3
    year = day_to_date(thursday)[0]
    return f"{year:04d}-W{(thursday - day_number(year, 1, 1)) // 7 + 1:02d}"


def weekday_of(date: Date) -> int:
    """Return 1 (Monday) to 7 (Sunday) of a full date."""
    return (day_number(date.year, date.month or 1, date.day or 1) - 1) % 7 + 1


def valid(year: int | None, month: int, day: int | None) -> bool:
    """Return whether a month has such a day; without a year 29 February may be."""
    return day is None or 1 <= day <= days_in(year if year is not None else 2000, month)


def nth_weekday(year: int, month: int, weekday: int, count: int) -> str | None:
    """Return the nth such weekday of a month, below 0 from its end; None where it has not so many."""
    first = day_number(year, month, 1)
    days = [n for n in range(first, first + days_in(year, month)) if (n - 1) % 7 + 1 == weekday]
    at = count - 1 if count > 0 else count
    return edtf_of(*day_to_date(days[at])) if at < len(days) else None


def easter(year: int) -> int:
    """Return the day number of Easter Sunday (Gregorian; Meeus, Astronomical Algorithms, chapter 8)."""
    a, b, c = year % 19, year // 100, year % 100
    h = (19 * a + b - b // 4 - (b - (b + 8) // 25 + 1) // 3 + 15) % 30
    i = (32 + 2 * (b % 4) + 2 * (c // 4) - h - c % 4) % 7
    m = (a + 11 * h + 22 * i) // 451
    month, day = divmod(h + i - 7 * m + 114, 31)
    return day_number(year, month, day + 1)
