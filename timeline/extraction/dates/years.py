"""The year of a day and month that the text gives without one.

In: month, day, the state of the walk. Out: the year, what it hangs on, and the steps in words. A year named
close by in the same account goes first; else the text's own date, with the tense of the clause.
"""

from __future__ import annotations

from timeline.extraction.edtf import in_words
from timeline.extraction.records import Anchor, Modifier

from .values import Date, Value, Walk, edtf_of, valid

Inferred = tuple[int | None, Anchor | None, tuple[str, ...]]


def infer_year(month: int, day: int | None, walk: Walk, words: str) -> Inferred:
    """Return the year that a day and month without one fall in, what it hangs on, and the steps.

    None where the text gives nothing to tell it by.
    """
    missing = "a month, no year" if day is None else "a day and a month, no year"
    what = f"The letter says “{words}”: {missing}."
    if walk.narrative and walk.running is not None:
        year = _nearest_to(walk.running, month, day)
        return year, walk.running.anchor(), (what, f"The account is in {walk.running.year} where it says so.")
    if walk.document is None:
        if walk.nearby is None:
            return None, None, (what, "The letter gives no date to tell the year by.")
        near = walk.nearby
        return (
            near.year,
            near.anchor(),
            (what, f"The year is that of {in_words(near.edtf)}, named just before."),
        )
    return _from_document(month, day, walk, walk.document, what)


def _from_document(month: int, day: int | None, walk: Walk, document: Date, what: str) -> Inferred:
    near = walk.nearby
    if walk.tense == "future":
        return _next(month, day, walk, document, what)
    if near is not None and near.year != document.year:
        year = _nearest_to(near, month, day)
        if _before(year, month, day, document):
            step = f"The account is in {near.year}: {in_words(near.edtf)} stands just before."
            return year, near.anchor(), (what, step)
    return _latest(month, day, walk, document, what)


def _next(month: int, day: int | None, walk: Walk, document: Date, what: str) -> Inferred:
    year = document.year if _at_or_after(month, day, document) else document.year + 1
    name = in_words(edtf_of("XXXX", month, day)).partition(",")[0]
    steps = (
        what,
        f"It is dated {in_words(document.edtf)}. “{walk.cue}” speaks of what is to come.",
        f"The next {name} from then is in {year}.",
    )
    return year, document.anchor(), steps


def _latest(month: int, day: int | None, walk: Walk, document: Date, what: str) -> Inferred:
    """Return the latest such day before the text's own date."""
    same_year = _at_or_before(month, day, document)
    year = document.year if same_year else document.year - 1
    own, name = in_words(document.edtf), in_words(edtf_of("XXXX", month, day)).partition(",")[0]
    past = f"“{walk.cue}” speaks of the past" if walk.tense == "past" else "Nothing speaks of what is to come"
    late = "" if same_year else f", and {in_words(edtf_of(document.year, month, day))} had not yet come"
    steps = (what, f"It is dated {own}. {past}{late}.", f"The nearest {name} before the letter is in {year}.")
    return year, document.anchor(), steps


def _nearest_to(date: Date, month: int, day: int | None) -> int:
    """Return the year that brings a day and month nearest to a date."""
    here = date.number
    years = (date.year, date.year + 1, date.year - 1)
    return min(years, key=lambda year: abs(Date(year, month, day).number - here))


def _before(year: int, month: int, day: int | None, document: Date) -> bool:
    return (year, month, day or 1) <= (document.year, document.month or 12, document.day or 31)


def _at_or_before(month: int, day: int | None, document: Date) -> bool:
    return document.month is None or (month, day or 1) <= (document.month, document.day or 31)


def _at_or_after(month: int, day: int | None, document: Date) -> bool:
    return document.month is None or (month, day or 31) >= (document.month, document.day or 1)


def partial(month: int, day: int | None, walk: Walk, words: str, modifier: Modifier | None = None) -> Value:
    """Return the value of a day and month, or a month, whose year is not written."""
    year, anchor, steps = infer_year(month, day, walk, words)
    if year is None:
        edtf = edtf_of("XXXX", month, day)
        return Value("DATE", edtf, edtf, "explicit", modifier, None, steps)
    while not valid(year, month, day):
        year -= 1
    edtf = edtf_of(year, month, day)
    return Value("DATE", edtf, edtf, "inferred", modifier, anchor, steps)
