"""What weekdays mean that a month or another day places: the second Sunday of June, the previous Friday.

One function a kind of rule, from candidate and walk to a value.
"""

from __future__ import annotations

from dataclasses import replace

from timeline.extraction.edtf import in_words
from timeline.extraction.records import Basis, TimexType

from .almanac import explicit, of_year_word
from .grammar import Grammar
from .parts import month_of, part_of, year_of
from .relative import said, time_of_day
from .scan import Candidate
from .values import Value, Walk, edtf_of, nth_weekday, shift, weekday_of
from .years import partial


def make_weekday_of_month(candidate: Candidate, grammar: Grammar, walk: Walk, words: str) -> Value | None:
    """The second Sunday of June 2022: a day; a Sunday in June: the month, for which Sunday is not said."""
    month, year = month_of(candidate, grammar), year_of(candidate)
    if month is None:
        return None
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
    count = int(grammar.look("ordinals", word))
    weekday = int(grammar.look("weekdays", candidate.groups["weekday"]))
    edtf = nth_weekday(int(whole.edtf[:4]), month, weekday, count)
    if edtf is None:
        return None
    step = f"That day is {in_words(edtf)}."
    return replace(whole, value=edtf, edtf=edtf, reasoning=(*whole.reasoning, step))


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
