"""Lengths that end at the text's own date: the past year, the last three months.

They are no unit of the calendar: in a letter of September 2022 “the past year” began about September 2021.
"""

from __future__ import annotations

from timeline.extraction.edtf import in_words
from timeline.extraction.records import Basis

from .grammar import Grammar
from .lengths import period
from .parts import count_of, key_of
from .scan import Candidate
from .values import Date, Value, edtf_of, shift, shift_to_day

# From so many years on, such a length is counted in years alone; a shorter one in months.
_MANY_YEARS = 10
_YEARS = {"Y": 1, "E": 10, "C": 100}
_BY_MONTH = ("Y", "M", "Q", "HY")


def counted_up_to_now(text: str, candidate: Candidate, grammar: Grammar, base: Date | None) -> Value | None:
    """Return “the last three months” with its place; None where the words do not lead up to now.

    “The last three days of the session” end with the session.
    """
    span = key_of(candidate.get("span") or candidate.get("span2") or "")
    ahead = span in grammar.counted_from_now
    now = candidate.get("now") is not None or candidate.get("now2") is not None
    if base is None or not (ahead or now or span in grammar.counted_to_now):
        return None
    counted = count_of(candidate, grammar) or _single(candidate, grammar)
    if counted is None or candidate.get("number2") or candidate.get("half"):
        return None
    if grammar.context["of_another_time"].match(text, candidate.end):
        return None
    words = text[candidate.start : candidate.end]
    return length_up_to(base, counted[1], counted[0], words, ahead=ahead)


def _single(candidate: Candidate, grammar: Grammar) -> tuple[int, str] | None:
    """Return one and the unit where no number is written: “el último año”."""
    unit = candidate.groups["unit"].lower()
    span = candidate.get("span") or candidate.get("span2") or ""
    if span.endswith("s"):
        # “Prochains mois” are several, though the unit does not tell.
        return None
    if candidate.get("several") or candidate.get("number") or unit in grammar.plurals:
        return None
    return 1, str(grammar.look("units", unit))


def length_up_to(base: Date, unit: str, count: int, words: str, *, ahead: bool = False) -> Value | None:
    """Return a length that ends at a date, or begins there; None where the date is too coarse to count from.

    Both ends are no finer than such words are meant: “the past year” is told in months, “the past decade” in
    years; the far end is approximate.
    """
    ends = _ends(base, unit, -count if ahead else count)
    if ends is None:
        return None
    far, near = ends
    basis: Basis = "relative" if base.start is None else "anaphoric"
    whose = "the letter's own date" if base.start is None else "the last date named"
    steps = (
        f"The letter says “{words}”: a length that {'begins' if ahead else 'ends'} at {whose}.",
        f"It begins with {in_words(near)} and ends about {in_words(far)}."
        if ahead
        else f"It ends with {in_words(near)} and began about {in_words(far)}.",
    )
    edtf = f"{near}/{far}~" if ahead else f"{far}~/{near}"
    return Value("DURATION", period([(str(count), unit)]), edtf, basis, None, base.anchor(), steps)


def _ends(base: Date, unit: str, count: int) -> tuple[str, str] | None:
    """Return the far and the near end of a length up to a date, as fine as the length is meant."""
    if unit in _YEARS and abs(count) * _YEARS[unit] >= _MANY_YEARS:
        return edtf_of(base.year - count * _YEARS[unit]), edtf_of(base.year)
    one_month = unit == "M" and abs(count) == 1
    if unit in _BY_MONTH and not one_month and base.month is not None and base.month <= 12:
        months = Date(base.year, base.month)
        first = edtf_of(base.year - count, base.month) if unit == "Y" else shift(months, unit, -count)
        return first, months.edtf
    if (one_month or unit in ("D", "W", "F")) and base.day is not None:
        first = shift_to_day(base, unit, -count)
        return first, base.edtf
    return None
