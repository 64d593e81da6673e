"""What weekdays mean that a month or another day places: the second Sunday of June, the previous Friday.

One function a kind of rule, from candidate and walk to a value.
"""

from __future__ import annotations

from dataclasses import replace

from timeline.extraction.edtf import in_words
from timeline.extraction.records import Basis, TimexType

from .almanac import explicit, of_year_word
from .grammar import Grammar
from .parts import direction_of, month_of, part_of, year_of
from .relative import base_of, said, time_of_day, unit_value
from .scan import Candidate
from .values import Value, Walk, edtf_of, nth_weekday, shift, weekday_of
from .years import partial


def make_weekday_of_month(candidate: Candidate, grammar: Grammar, walk: Walk, words: str) -> Value | None:
    """The second Sunday of June 2022: a day; a Sunday in June: the month, for which Sunday is not said."""
    month, year = month_of(candidate, grammar), year_of(candidate)
    if month is None:
        return _of_month_at_hand(candidate, grammar, walk, words)
    modifier = part_of(candidate, grammar)
    whole: Value | None
    if year is not None:
        whole = explicit(edtf_of(year, month), words, modifier)
    elif candidate.get("yearword"):
        whole = of_year_word(candidate, grammar, walk, words, month, None)
    else:
        whole = partial(month, None, walk, words, modifier)
    word = candidate.get("ordinal")
    if whole is None or whole.edtf is None or not whole.edtf[:4].isdigit() or word is None:
        return whole
    return _nth_of(whole, candidate, grammar)


def _of_month_at_hand(candidate: Candidate, grammar: Grammar, walk: Walk, words: str) -> Value | None:
    """Return “the first Monday of last month”: from the text's own date."""
    base, direction = base_of(walk), direction_of(candidate, grammar)
    whole = unit_value(base, "M", direction, words) if base is not None and direction is not None else None
    return _nth_of(whole, candidate, grammar) if whole is not None else None


def _nth_of(whole: Value, candidate: Candidate, grammar: Grammar) -> Value | None:
    """Return the nth such weekday of a month; None where it has not so many."""
    count = int(grammar.look("ordinals", candidate.groups["ordinal"]))
    weekday = int(grammar.look("weekdays", candidate.groups["weekday"]))
    year, month = map(int, (whole.edtf or "").split("-"))
    edtf = nth_weekday(year, month, weekday, count)
    if edtf is None:
        return None
    step = f"That day is {in_words(edtf)}."
    return replace(whole, value=edtf, edtf=edtf, reasoning=(*whole.reasoning, step))


def make_weekday_of_week(candidate: Candidate, grammar: Grammar, walk: Walk, words: str) -> Value | None:
    """Tuesday of last week, Wednesday next week: that day of the week before, at hand or after.

    “Of the following week” counts from the last day that the text named.
    """
    direction = direction_of(candidate, grammar)
    follow = candidate.get("follow")
    base = base_of(walk)
    if follow:
        direction, base = int(grammar.look("follow", follow)), walk.last_day or walk.document
    if base is None or base.day is None or direction is None:
        return None
    weekday = int(grammar.look("weekdays", candidate.groups["weekday"]))
    edtf = shift(base, "D", 7 * direction + weekday - weekday_of(base))
    value = edtf + time_of_day(candidate, grammar)
    kind: TimexType = "TIME" if value != edtf else "DATE"
    basis: Basis = "anaphoric" if base.start is not None else "relative"
    steps = said(words, "Its weeks are counted from", base)
    return Value(kind, value, edtf, basis, None, base.anchor(), steps)


def make_weekday_beside(candidate: Candidate, grammar: Grammar, walk: Walk, words: str) -> Value | None:
    """The previous Friday, the following Monday: from the last day that the text named, else from its own."""
    base = walk.last_day or walk.document
    if base is None or base.day is None:
        return None
    sign = int(grammar.look("follow", candidate.get("follow") or candidate.groups["follow2"]))
    weekday = int(grammar.look("weekdays", candidate.groups["weekday"]))
    apart = (sign * (weekday - weekday_of(base))) % 7 or 7
    edtf = shift(base, "D", sign * apart)
    value = edtf + time_of_day(candidate, grammar)
    kind: TimexType = "TIME" if value != edtf else "DATE"
    steps = said(words, "The day spoken of before is" if base.start is not None else "It is dated", base)
    basis: Basis = "anaphoric" if base.start is not None else "relative"
    return Value(kind, value, edtf, basis, None, base.anchor(), steps)
