"""What the quarter and the year that a report takes for granted mean: the latest quarter, the 1988 period.

One function a kind of rule. The quarters of a company need not be those of the calendar: none dates a claim.
"""

from __future__ import annotations

from dataclasses import replace

from timeline.extraction.edtf import in_words

from .almanac import explicit
from .grammar import Grammar
from .parts import day_of, month_of, year_of
from .relative import base_of, counted_from, unit_value
from .scan import Candidate
from .values import Date, Value, Walk, timex_of, weekday_of
from .years import infer_year

_FIRST_QUARTER = 33


def make_the_unit(candidate: Candidate, grammar: Grammar, walk: Walk, words: str) -> Value | None:
    """The quarter, the weekend, the year: the one at hand; too loose a pointer to date a claim by."""
    unit = "Q" if candidate.get("sameword") else str(grammar.look("units", candidate.groups["unit"]))
    base = base_of(walk)
    near = walk.nearby
    if unit == "Y" and candidate.get("whole") and near is not None and base is not None:
        # “The fourth quarter of 2005 and the entire year”: the year named just before.
        base = near if near.year <= base.year else base
    if unit == "D" and not walk.narrative:
        # “Later in the day” goes on from a day named just before.
        base = walk.running_day() or base
    if unit == "Q":
        back = -1
        named = walk.last_quarter
        if named is not None and (walk.document is None or named.number <= walk.document.number):
            return Value("DATE", timex_of(named.edtf), None)
    elif unit == "WE":
        back = -1 if base is not None and base.day and weekday_of(base) <= 5 and walk.tense != "future" else 0
    else:
        back = 0
    value = unit_value(base, unit, back, words) if base is not None else None
    if value is not None and value.edtf and candidate.get("sofar") is not None and base is not None:
        # “En lo que va de año”: from its beginning to the text's own date.
        first = f"{value.edtf}-01-01" if unit == "Y" else f"{value.edtf}-01"
        return replace(value, edtf=f"{first}/{base.edtf}" if base.day else None)
    return Value("DATE", value.value, None) if value is not None else None


def make_year_earlier(candidate: Candidate, grammar: Grammar, walk: Walk, words: str) -> Value | None:
    """The year-earlier quarter: the last quarter spoken of, a year before; else the year before."""
    base = walk.last_quarter or walk.document or walk.running
    return counted_from(base, "Y", -1, words) if base is not None else None


def make_quarter_ended(candidate: Candidate, grammar: Grammar, walk: Walk, words: str) -> Value | None:
    """The quarter ended 31 July: the quarter of the calendar whose end is nearest to that day."""
    month, day = month_of(candidate, grammar), day_of(candidate, grammar)
    year = infer_year(month, day, walk, words)[0] if month is not None else None
    if month is None or year is None:
        return None
    quarter = year * 4 + (month + 1) // 3 - 1
    walk.last_quarter = Date(quarter // 4, _FIRST_QUARTER + quarter % 4)
    return Value("DATE", timex_of(walk.last_quarter.edtf), None)


def make_year_back(candidate: Candidate, grammar: Grammar, walk: Walk, words: str) -> Value | None:
    """The same month of the previous year: the month, quarter or period spoken of, a year before."""
    last = walk.running
    word = candidate.get("unit")
    if word is None:
        fine = walk.last_quarter or (last if last is not None and last.month is not None else None)
    else:
        unit = str(grammar.look("units", word))
        fine = {"M": walk.last_month, "Q": walk.last_quarter}.get(unit)
    if fine is None:
        base = last or walk.document
        year = year_of(candidate) or (base.year - 1 if base is not None else None)
        return explicit(f"{year:04d}", words) if year is not None else None
    date = Date(year_of(candidate) or fine.year - 1, fine.month)
    steps = (f"The letter says “{words}”.", f"It is reckoned from {in_words(fine.edtf)}.")
    return Value("DATE", timex_of(date.edtf), date.edtf, "anaphoric", None, fine.anchor(), steps)


def make_year_quarter(candidate: Candidate, grammar: Grammar, walk: Walk, words: str) -> Value | None:
    """The 1988 quarter, the 1988 period: the quarter spoken of last, of that year."""
    year, which = year_of(candidate), candidate.get("whichyear")
    base = base_of(walk)
    if which and base is not None:
        # “Last year's quarter”.
        year = base.year + int(grammar.look("directions", which))
    if year is None:
        return None
    quarter = walk.last_quarter
    date = Date(year, quarter.month if quarter is not None else None)
    return Value("DATE", timex_of(date.edtf), date.edtf if quarter is None else None)
