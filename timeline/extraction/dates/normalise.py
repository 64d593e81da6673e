"""From a candidate's words to a value, with what the context before it gives.

In: a candidate, the grammar, and the state of the walk (the text's own date, the dates met so far). Out: a
``Value``: TIMEX3 type and value, EDTF, basis, anchor, and the reasoning in steps a reader can check.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace

from timeline.extraction.edtf import day_number, day_to_date, days_in, in_words
from timeline.extraction.records import Anchor, Basis, Modifier, TimexType

from .grammar import Grammar
from .scan import Candidate

_SEASON_CODES = {21: "SP", 22: "SU", 23: "FA", 24: "WI"}
_ROMAN = {
    "I": 1,
    "II": 2,
    "III": 3,
    "IV": 4,
    "V": 5,
    "VI": 6,
    "VII": 7,
    "VIII": 8,
    "IX": 9,
    "X": 10,
    "XI": 11,
    "XII": 12,
}


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
    """A date of the walk: a year, perhaps a month, perhaps a day, or a season; where it was read."""

    year: int
    month: int | None = None
    day: int | None = None
    start: int | None = None
    end: int | None = None

    @property
    def edtf(self) -> str:
        """Return it as EDTF."""
        return edtf_of(self.year, self.month, self.day)

    def anchor(self) -> Anchor:
        """Return it as what another date was worked out from."""
        kind = "document" if self.start is None else "expression"
        return Anchor(kind, self.edtf, self.start, self.end)  # type: ignore[arg-type]


@dataclass(slots=True)
class Walk:
    """The state of a walk through a text: its own date, the last dates met, the tense of the clause at hand."""

    document: Date | None
    language: str
    running: Date | None = None
    last_day: Date | None = None
    last_month: Date | None = None
    last_year: Date | None = None
    last_period: tuple[str, int, int] | None = None
    narrative: bool = False
    future: bool = False
    nearby: Date | None = None
    seen: list[tuple[int, int, str]] = field(default_factory=list)

    def meet(self, date: Date) -> None:
        """Remember a date as the latest of the text."""
        self.running = date
        self.last_year = date
        if date.month and date.month <= 12:
            self.last_month = date
        if date.day:
            self.last_day = date


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
    """Return the TIMEX3 value of an EDTF date: seasons, quarters and halves by their codes, decades by three digits."""
    match = re.fullmatch(r"(-?\d{4})-(2[1-4]|3[3-6]|4[01])", edtf)
    if match:
        code = int(match[2])
        if code in _SEASON_CODES:
            return f"{match[1]}-{_SEASON_CODES[code]}"
        return f"{match[1]}-Q{code - 32}" if code < 40 else f"{match[1]}-H{code - 39}"
    if edtf.endswith("X") and not edtf.startswith("X"):
        return edtf.rstrip("X")
    return edtf


def shift(date: Date, unit: str, count: int) -> str:
    """Return EDTF of the unit (D, W, M, Q, Y, E, C) that lies ``count`` units from a date."""
    if unit in ("D", "W", "F", "WE"):
        days = {"D": 1, "W": 7, "F": 14, "WE": 7}[unit]
        number = day_number(date.year, date.month or 1, date.day or 1) + days * count
        return edtf_of(*day_to_date(number))
    if unit in ("M", "Q"):
        months = date.year * 12 + (date.month or 1) - 1 + count * (3 if unit == "Q" else 1)
        return edtf_of(months // 12, months % 12 + 1)
    years = {"Y": 1, "E": 10, "C": 100}.get(unit, 1)
    return edtf_of(date.year + years * count)


def week_of(date: Date, count: int = 0) -> str:
    """Return the TIMEX3 week (2024-W07) of a date, ``count`` weeks on."""
    number = day_number(date.year, date.month or 1, date.day or 1) + 7 * count
    return iso_week(number)


def iso_week(number: int) -> str:
    """Return the ISO 8601 week of a day number."""
    weekday = (number - 1) % 7
    thursday = number - weekday + 3
    year = day_to_date(thursday)[0]
    return f"{year:04d}-W{(thursday - day_number(year, 1, 1)) // 7 + 1:02d}"


def part_of(candidate: Candidate, grammar: Grammar) -> Modifier | None:
    """Return the part of a value that the words before it name."""
    part = candidate.get("part")
    return grammar.parts[re.sub(r"\s+", " ", part.lower())] if part else None  # type: ignore[return-value]


def day_of(candidate: Candidate, grammar: Grammar, group: str = "day") -> int | None:
    """Return the day of the month in a group, in digits or as an ordinal word."""
    text = candidate.get(group)
    if text:
        return int(re.match(r"\d+", text)[0])  # type: ignore[index]
    if group == "day" and candidate.get("daynum"):
        return int(candidate.groups["daynum"])
    word = candidate.get("ordinal") if group == "day" else None
    return grammar.ordinals.get(word.lower()) if word else None


def month_of(candidate: Candidate, grammar: Grammar, group: str = "month") -> int | None:
    """Return the month in a group, by name, number or Roman numeral."""
    name = candidate.get(group)
    if name:
        return grammar.month(re.sub(r"\s+", " ", name))
    if group == "month" and candidate.get("monthno"):
        return int(candidate.groups["monthno"])
    return _ROMAN.get(candidate.get("roman") or "") if group == "month" else None


def year_of(candidate: Candidate, group: str = "year") -> int | None:
    """Return the year in a group."""
    text = candidate.get(group)
    return int(text) if text else None


def valid(year: int | None, month: int, day: int | None) -> bool:
    """Return whether a month has such a day; without a year 29 February may be."""
    return day is None or 1 <= day <= days_in(year if year is not None else 2000, month)


# The year of a day and month --------------------------------------------------------------------------------


def infer_year(
    month: int, day: int | None, walk: Walk, words: str
) -> tuple[int | None, Anchor | None, tuple[str, ...]]:
    """Return the year that a day and month without one fall in, what it hangs on, and the steps.

    A year named close by in the same account goes first; else the text's own date: the latest such day before
    it, or, where the clause speaks of what is to come, the next one after it. None where there is neither.
    """
    document, near = walk.document, walk.nearby
    what = (
        f"The letter says “{words}”: a month, no year."
        if day is None
        else f"The letter says “{words}”: a day and a month, no year."
    )
    if walk.narrative and walk.running is not None:
        year = _nearest_to(walk.running, month, day)
        return (
            year,
            walk.running.anchor(),
            (what, f"The account is in {walk.running.year} when it comes to it."),
        )
    if document is None or document.year is None:
        if near is not None:
            return (
                near.year,
                near.anchor(),
                (what, f"The year is that of {in_words(near.edtf)}, named just before."),
            )
        return None, None, (what, "The letter gives no date to tell the year by.")
    own = in_words(document.edtf)
    if walk.future:
        year = document.year if _at_or_after(month, day, document) else document.year + 1
        return (
            year,
            document.anchor(),
            (
                what,
                f"The letter is dated {own}, and the clause speaks of what is to come.",
                f"It is the next one after the letter: {in_words(edtf_of(year, month, day))}.",
            ),
        )
    if near is not None and near.year != document.year:
        year = _nearest_to(near, month, day)
        if (year, month, day or 1) <= (document.year, document.month or 12, document.day or 31):
            return (
                year,
                near.anchor(),
                (what, f"The account is in {near.year}: “{in_words(near.edtf)}” stands just before."),
            )
    year = document.year if _at_or_before(month, day, document) else document.year - 1
    return (
        year,
        document.anchor(),
        (
            what,
            f"The letter is dated {own}, and nothing speaks of what is to come.",
            f"It is the latest one before the letter: {in_words(edtf_of(year, month, day))}.",
        ),
    )


def _nearest_to(date: Date, month: int, day: int | None) -> int:
    """Return the year that brings a day and month nearest to a date."""
    here = (
        date.year * 372
        + ((date.month or month) if (date.month or 1) <= 12 else month) * 31
        + (date.day or day or 15)
    )
    return min(
        (date.year, date.year + 1, date.year - 1),
        key=lambda y: abs(y * 372 + month * 31 + (day or 15) - here),
    )


def _at_or_before(month: int, day: int | None, document: Date) -> bool:
    if document.month is None:
        return True
    return (month, day or 1) <= (document.month, document.day or 31)


def _at_or_after(month: int, day: int | None, document: Date) -> bool:
    if document.month is None:
        return True
    return (month, day or 31) >= (document.month, document.day or 1)


def partial(month: int, day: int | None, walk: Walk, words: str, modifier: Modifier | None = None) -> Value:
    """Return the value of a day and month, or a month, whose year is not written."""
    year, anchor, steps = infer_year(month, day, walk, words)
    if year is None:
        edtf = edtf_of("XXXX", month, day)
        return Value("DATE", edtf, edtf, "explicit", modifier, None, steps)
    if not valid(year, month, day):
        year -= 1
    edtf = edtf_of(year, month, day)
    return Value("DATE", edtf, edtf, "inferred", modifier, anchor, steps)


def with_modifier(value: Value, modifier: Modifier | None) -> Value:
    """Return a value with the part that the words before it name."""
    return replace(value, modifier=modifier) if modifier else value
