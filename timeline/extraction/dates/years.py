"""The year of a day and month that the text gives without one.

In: month, day, the state of the walk. Out: the year, what it hangs on, and the steps in words. The same day
named in full before goes first; then a date close by in the same account; else the text's own date, with the
tense of the clause.
"""

from __future__ import annotations

from timeline.extraction.edtf import in_words
from timeline.extraction.records import Anchor, Modifier

from .values import Date, Value, Walk, edtf_of, timex_of, valid

Inferred = tuple[int | None, Anchor | None, tuple[str, ...]]

# How many days ahead of the text's own date a day may lie at most, by the tense of its clause. With no tense
# told it must also be a great deal nearer than the same day of the year before.
# So many days behind the last month or day of an account, a day goes on from it, whatever bare year came
# between.
_GOES_ON, _SAME_MONTH = 100, 16
# A day so short a time before the letter is news of it, whatever earlier year was named close by.
_FRESH = 92
# A verb of the future reaches further than a word of a deadline.
_VERB_AHEAD = 300
_AHEAD = {"future": 250, "past": 3, None: 75}


def infer_year(month: int, day: int | None, walk: Walk, words: str) -> Inferred:
    """Return the year that a day and month without one fall in, what it hangs on, and the steps.

    None where the text gives nothing to tell it by.
    """
    missing = "a month, no year" if day is None else "a day and a month, no year"
    what = f"The letter says “{words}”: {missing}."
    if walk.listed_with is not None:
        ahead = walk.listed_with
        year = ahead.year - ((month, day or 0) > (ahead.month or 12, ahead.day or 31))
        return year, ahead.anchor(), (what, f"It stands together with {in_words(ahead.edtf)}.")
    running = _running(walk)
    if walk.narrative and running is not None:
        return _from_account(running, month, day, walk, what)
    named = walk.named.get((month, day)) if day else None
    if named is not None and not _to_come_again(named, walk):
        return named.year, named.anchor(), (what, f"The same day stands before it: {in_words(named.edtf)}.")
    if walk.document is None:
        if walk.nearby is None:
            return None, None, (what, "The letter gives no date to tell the year by.")
        near = walk.nearby
        step = f"The year is that of {in_words(near.edtf)}, named just before."
        return near.year, near.anchor(), (what, step)
    return _from_document(month, day, walk, walk.document, what)


def _to_come_again(named: Date, walk: Walk) -> bool:
    """Return whether a verb of the future leads to a day whose like is past: the next one is meant."""
    own = walk.document
    return own is not None and named.number < own.number and walk.promised


def _from_account(running: Date, month: int, day: int | None, walk: Walk, what: str) -> Inferred:
    """Return the year by the account's last date, unless the dates around that one agree on another.

    A year alone moves the account only where it is a part of one (“early 1927”), or where its last month is
    long past.
    """
    year = _nearest_to(running, month, day)
    if running.month is None and walk.last_month is not None and not walk.within_year:
        goes_on = _nearest_to(walk.last_month, month, day)
        if -_SAME_MONTH <= Date(goes_on, month, day).number - walk.last_month.number <= _GOES_ON:
            running, year = walk.last_month, goes_on
    elif running.month is not None and walk.before is not None and walk.ahead is not None:
        around = {_nearest_to(date, month, day) for date in (walk.before, walk.ahead)}
        if len(around) == 1 and year not in around:
            told = f"{in_words(walk.before.edtf)} and {in_words(walk.ahead.edtf)}"
            step = f"The account stands between {told}; {in_words(running.edtf)} is named in passing."
            return around.pop(), walk.before.anchor(), (what, step)
    return year, running.anchor(), (what, f"The account is in {running.year} where it says so.")


def _running(walk: Walk) -> Date | None:
    """Return where an account is: at its last date; where that is a bare year, at its last month then."""
    last, month = walk.running, walk.last_month
    if last is not None and last.month is None and month is not None and month.year == last.year:
        return month
    return last


def _from_document(month: int, day: int | None, walk: Walk, document: Date, what: str) -> Inferred:
    before = document.year if _at_or_before(month, day, document) else document.year - 1
    after = document.year if _at_or_after(month, day, document) else document.year + 1
    ahead = Date(after, month, day).number - document.number
    back = document.number - Date(before, month, day).number
    most = _VERB_AHEAD if walk.tense == "future" and not walk.due else _AHEAD[walk.tense]
    if before != after and ahead <= most and (walk.tense is not None or ahead * 3 < back):
        return _next(after, month, day, walk, document, what)
    frame = walk.frame
    fresh = day is not None and back <= _FRESH
    if frame is not None and frame.year < before and walk.tense != "future" and not fresh:
        step = f"The sentence that leads to it begins with {frame.year}."
        return frame.year, frame.anchor(), (what, step)
    near = walk.nearby
    told = near is not None and near.day is not None and walk.tense == "past"
    if told and near is not None and near.year != before and back > _FRESH:
        year = _nearest_to(near, month, day)
        if year < before:
            step = f"The account is in {near.year}: {in_words(near.edtf)} stands just before."
            return year, near.anchor(), (what, step)
    return _latest(before, month, day, walk, document, what)


def _name(month: int, day: int | None) -> str:
    return in_words(edtf_of("XXXX", month, day)).partition(",")[0]


def _next(year: int, month: int, day: int | None, walk: Walk, document: Date, what: str) -> Inferred:
    if walk.tense == "future":
        told = f"“{walk.cue}” speaks of what is to come."
    else:
        told = f"In {year} it is close at hand; the one before was long past."
    last = f"The next {_name(month, day)} from then is in {year}."
    return year, document.anchor(), (what, f"It is dated {in_words(document.edtf)}. {told}", last)


def _latest(year: int, month: int, day: int | None, walk: Walk, document: Date, what: str) -> Inferred:
    """Return the latest such day before the text's own date."""
    past = f"“{walk.cue}” speaks of the past" if walk.tense == "past" else "Nothing speaks of what is to come"
    late = (
        f", and {in_words(edtf_of(document.year, month, day))} had not yet come"
        if year < document.year
        else ""
    )
    dated = f"It is dated {in_words(document.edtf)}. {past}{late}."
    last = f"The nearest {_name(month, day)} before the letter is in {year}."
    return year, document.anchor(), (what, dated, last)


def _nearest_to(date: Date, month: int, day: int | None) -> int:
    """Return the year that brings a day and month nearest to a date; of a date that is a year, that year."""
    if date.month is None:
        return date.year
    here = date.number
    years = (date.year, date.year + 1, date.year - 1)
    return min(years, key=lambda year: abs(Date(year, month, day).number - here))


def _at_or_before(month: int, day: int | None, document: Date) -> bool:
    return document.month is None or (month, day or 1) <= (document.month, document.day or 31)


def _at_or_after(month: int, day: int | None, document: Date) -> bool:
    return document.month is None or (month, day or 31) >= (document.month, document.day or 1)


def partial(month: int, day: int | None, walk: Walk, words: str, modifier: Modifier | None = None) -> Value:
    """Return the value of a day and month, or a month, whose year is not written."""
    year, anchor, steps = infer_year(month, day, walk, words)
    if year is None:
        edtf = edtf_of("XXXX", month, day)
        return Value("DATE", timex_of(edtf), edtf, "explicit", modifier, None, steps)
    while not valid(year, month, day):
        year -= 1
    edtf = edtf_of(year, month, day)
    return Value("DATE", timex_of(edtf), edtf, "inferred", modifier, anchor, steps)
