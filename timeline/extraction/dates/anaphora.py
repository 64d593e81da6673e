"""What words that point back mean: that Sunday, either day, the following year, the same month, that period.

One function a kind of rule. They hang on what the text named last.
"""

from __future__ import annotations

from timeline.extraction.edtf import in_words
from timeline.extraction.records import Anchor, TimexType

from .grammar import Grammar
from .lengths import period
from .parts import part_of
from .relative import CLOCK, last_with, said, time_of_day, unit_value
from .scan import Candidate
from .values import Value, Walk, shift, timex_of, weekday_of


def make_that_weekday(candidate: Candidate, grammar: Grammar, walk: Walk, words: str) -> Value | None:
    """That Sunday: the Sunday that the text named by its date, else the one nearest to its last day."""
    weekday = int(grammar.look("weekdays", candidate.groups["weekday"]))
    near = walk.nearby is not None and walk.last_day is not None
    base = walk.last_day if near or walk.document is None else walk.document
    if base is None or base.day is None:
        return None
    named = walk.day_names.get(weekday)
    if named is not None and abs(named.number - base.number) <= 31:
        edtf, base = named.edtf, named
    else:
        ahead = (weekday - weekday_of(base)) % 7
        edtf = shift(base, "D", ahead if ahead <= 3 and walk.tense != "past" else ahead - 7 if ahead else 0)
    value = edtf + time_of_day(candidate, grammar)
    kind: TimexType = "TIME" if value != edtf else "DATE"
    steps = said(words, "The date it points to is", base)
    return Value(kind, value, edtf, "anaphoric", None, base.anchor(), steps)


def make_either_day(candidate: Candidate, grammar: Grammar, walk: Walk, words: str) -> Value | None:
    """Either day, both days: the two days named last."""
    days = walk.last_days[-2:]
    if len(days) < 2:
        return None
    first, last = sorted(days, key=lambda d: d.number)
    steps = (
        f"The letter says “{words}”.",
        f"The days before it are {in_words(first.edtf)} and {in_words(last.edtf)}.",
    )
    return Value("DATE", first.edtf, f"{{{first.edtf},{last.edtf}}}", "anaphoric", None, last.anchor(), steps)


def make_following(candidate: Candidate, grammar: Grammar, walk: Walk, words: str) -> Value | None:
    """The following day, the previous year, the day after: from the last date of the text."""
    unit = str(grammar.look("units", candidate.groups["unit"]))
    sign = int(grammar.look("follow", candidate.get("follow") or candidate.groups["follow2"]))
    if candidate.groups["unit"].lower() in grammar.plurals:
        return Value("DURATION", period([("X", unit)]), None)
    base = last_with(walk, unit)
    if base is None or unit in CLOCK:
        return None
    return unit_value(base, unit, sign, words)


def make_same(candidate: Candidate, grammar: Grammar, walk: Walk, words: str) -> Value | None:
    """The same month, that year, the very day, the same period: what was spoken of last."""
    same = candidate.get("sameword")
    code = (
        str(grammar.look("samewords", same)) if same else str(grammar.look("units", candidate.groups["unit"]))
    )
    if code == "P":
        return _same_period(walk, words)
    unit = "D" if code.startswith("T") else code
    base = last_with(walk, unit)
    if base is None or unit in CLOCK:
        return None
    steps = said(words, "The date spoken of before is", base)
    if unit == "D":
        part = code if code.startswith("T") else ""
        kind: TimexType = "TIME" if part else "DATE"
        return Value(kind, base.edtf + part, base.edtf, "anaphoric", None, base.anchor(), steps)
    value = unit_value(base, unit, 0, words, part_of(candidate, grammar))
    if value is None:
        return None
    return Value("DATE", value.value, value.edtf, "anaphoric", value.modifier, base.anchor(), steps)


def _same_period(walk: Walk, words: str) -> Value | None:
    if walk.last_period is None:
        return None
    edtf, start, end = walk.last_period
    steps = (f"The letter says “{words}”.", f"The period spoken of before is {in_words(edtf)}.")
    value = timex_of(edtf.split("/")[0])
    return Value("DATE", value, edtf, "anaphoric", None, Anchor("expression", edtf, start, end), steps)


def make_that_time(candidate: Candidate, grammar: Grammar, walk: Walk, words: str) -> Value | None:
    """At that time, during this period: what was spoken of last; too loose a pointer to date a claim by."""
    if candidate.get("sameword") and walk.last_value is not None:
        kind: TimexType = "DURATION" if walk.last_value.startswith("P") else "DATE"
        return Value(kind, walk.last_value, None)
    base = walk.running or walk.document
    return Value("DATE", timex_of(base.edtf), None) if base is not None else None
