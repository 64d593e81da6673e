"""Walks a text from date to date: each is worked out with what stands before it and with the text's own date.

In: the candidates of a text, its grammar and its own date. Out: temporal expressions with value, EDTF, basis,
anchor and reasoning.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import partial

from timeline.extraction.records import TemporalExpression

from .claims import as_claims
from .dateline import dateline_of
from .events import from_event
from .grammar import Grammar
from .joining import join_times
from .kinds import MAKERS
from .lengths import make_duration
from .parts import day_of, month_of, words_of, year_of
from .placing import place_by_next, place_duration
from .scan import Candidate
from .several import Member, members_of
from .tense import Clauses
from .up_to_now import counted_up_to_now
from .values import Date, Value, Walk

# How far back a year named in the same account still reaches a day and month without one, in code points.
_NEAR = 320
# A history names at least so many years, and so great a share of them two or more years from its own date; a
# share less great where it names very many. A short text is a letter or a report.
_FEW_YEARS, _MANY_YEARS, _MOST, _MORE, _SHORT = 8, 20, 0.8, 0.6, 2500
_PLAIN = re.compile(r"(-?\d{4})(?:-(\d\d))?(?:-(\d\d))?")
# How many dates ahead the next one given in full is looked for.
_LOOK_AHEAD = 10
# Kinds of rule that count from a date, the comma between a day and what explains it, and where that ends.
_COUNTED = ("event", "earlier", "later")
_COUNTED_BACK = ("ago", "earlier")
_DAY, _COMMA = re.compile(r"\d{4}-\d\d-\d\d"), re.compile(r",\s{1,3}")
_YEAR = re.compile(r"\d{4}")
_ENDED = re.compile(r"\s{0,2}[,.;:)]|\Z")
_SEVERAL = ("days", "months", "years")


def read_dates(
    text: str, cased: str, candidates: list[Candidate], grammar: Grammar, document: Date | None
) -> list[TemporalExpression]:
    """Return the temporal expressions of a text in order; ``cased`` is the text with its capitals kept."""
    if document is not None:
        document = dateline_of(text, candidates, grammar, document) or document
    walk = Walk(document, grammar.language, is_narrative(text, candidates, document))
    walk.day_first = _day_first(candidates)
    clauses = Clauses(text, cased, grammar)
    found: list[TemporalExpression] = []
    frame: Date | None = None
    for i, candidate in enumerate(candidates):
        walk.listed_with = _listed_with(text, candidates, i, grammar, walk.last_year or walk.document)
        walk.ahead = _next_named(candidates, i, grammar) if walk.narrative else None
        walk.come_to(partial(clauses.tense, candidate), partial(clauses.promised, candidate))
        walk.nearby = _near(walk.running, candidate, _NEAR)
        walk.frame = _near(frame, candidate, _NEAR) if _in_frame(frame, walk) else None
        walk.nearby_day = _near(walk.last_day, candidate, _NEAR)
        walk.nearby_month = _near(walk.named_month, candidate, 2 * _NEAR)
        for member in _values(text, candidate, grammar, walk, found):
            expression = _expression(text, member, candidate)
            found.append(expression)
            before = walk.last_day
            if candidate.kind == "year":
                frame = _framed(text, expression, grammar)
            _meet(walk, expression, candidate.kind)
            if expression.type in ("DATE", "DURATION") and not expression.value.endswith("_REF"):
                walk.last_value = expression.value
            if expression.continues and before is not None and walk.last_day is not None:
                walk.range = (before, walk.last_day)
        if candidate.kind == "duration" and found and _of_a_report(text, candidate, found[-1].value):
            walk.last_quarter = None
        if candidate.kind == "duration" and found and found[-1].start == candidate.start:
            placed = place_duration(text, found, grammar, clauses)
            if placed:
                found[-1] = placed
                walk.last_period = (placed.claim_edtf or "", placed.start, placed.end)
    found = place_by_next(text, join_times(text, found, grammar), grammar)
    return as_claims(text, found, grammar, document.edtf if document else "")


def _of_a_report(text: str, candidate: Candidate, value: str) -> bool:
    """Return whether a length goes beyond a quarter: “in the first nine months”, “for the six months”."""
    if candidate.get("span") or candidate.get("span2"):
        return value[-1:] == "M"
    return value in ("P6M", "P9M", "P12M") and text[: candidate.start].endswith("the ")


def _framed(text: str, year: TemporalExpression, grammar: Grammar) -> Date | None:
    """Return a year that begins its sentence: “In 2020 the post was closed; in May the bridge was burnt”."""
    if not _YEAR.fullmatch(year.edtf or ""):
        return None
    led = grammar.context["frame"].search(text, max(0, year.start - 24), year.start)
    return Date(int(year.value), None, None, year.start, year.end) if led else None


def _in_frame(frame: Date | None, walk: Walk) -> bool:
    """Return whether the account is still in the year of its frame."""
    return frame is not None and walk.last_year is not None and walk.last_year.year == frame.year


def _day_first(candidates: list[Candidate]) -> bool | None:
    """Return whether the text's dates in figures write the day first; None where they do not tell."""
    pairs = [(int(c.groups["n1"]), int(c.groups["n2"])) for c in candidates if c.kind == "numeric"]
    told = {first > 12 for first, second in pairs if (first > 12) != (second > 12)}
    return told.pop() if len(told) == 1 else None


def is_narrative(text: str, candidates: list[Candidate], document: Date | None) -> bool:
    """Return whether a text tells of times long before its own: most years it names lie two or more back.

    A letter speaks of its own year too; a history does not.
    """
    if document is None:
        return False
    years = [year for c in candidates if (year := year_of(c)) is not None]
    near = sum(c.kind in ("weekday", "deictic") for c in candidates)
    if len(years) < max(_FEW_YEARS, 4 * near):
        return False
    far = sum(abs(document.year - year) >= 2 for year in years) / len(years)
    return far >= (_MOST if len(years) < _MANY_YEARS else _MORE) and len(text) > _SHORT


def _listed_with(
    text: str, candidates: list[Candidate], i: int, grammar: Grammar, base: Date | None
) -> Date | None:
    """Return the full date that one without a year is listed with: “4 July, 7 and 21 October 1964”."""
    if candidates[i].kind not in ("date", "days", "month") or candidates[i].get("year"):
        return None
    end = candidates[i].end
    clock: int | None = None
    for further in candidates[i + 1 : i + 4]:
        goes_on = grammar.context["listed" if clock is None else "time_joint"].fullmatch(
            text, end if clock is None else clock, further.start
        )
        if further.kind == "time" and clock is None and goes_on:
            # “From 11 p.m. on 3 May to 2 a.m. on 4 May 2021”.
            clock = further.end
            continue
        clock = None
        if further.kind not in ("date", "days") or not goes_on:
            return None
        year, month = year_of(further), month_of(further, grammar)
        if year is None and further.get("yearword") and base is not None:
            word = grammar.look("yearwords", further.groups["yearword"])
            year = base.year + (0 if word == "same" else int(word))
        if year is not None and month is not None:
            return Date(year, month, day_of(further, grammar), further.start, further.end)
        end = further.end
    return None


def _next_named(candidates: list[Candidate], i: int, grammar: Grammar) -> Date | None:
    """Return the next date that a text gives with month and year, where it is close by."""
    for further in candidates[i + 1 : i + 1 + _LOOK_AHEAD]:
        year, month = year_of(further), month_of(further, grammar)
        if year is not None and month is not None and further.kind in ("date", "days"):
            return Date(year, month, day_of(further, grammar), further.start, further.end)
    return None


def _near(last: Date | None, candidate: Candidate, reach: int) -> Date | None:
    if last is not None and last.end is not None and candidate.start - last.end <= reach:
        return last
    return None


def _values(
    text: str, candidate: Candidate, grammar: Grammar, walk: Walk, found: list[TemporalExpression]
) -> Iterator[Member]:
    if candidate.kind in _SEVERAL:
        yield from members_of(text, candidate, grammar, walk)
        return
    words = words_of(text[candidate.start : candidate.end])
    start, end = candidate.start, candidate.end
    if _in_apposition(text, candidate, found):
        value = make_duration(candidate, grammar, walk, words)
    elif candidate.kind == "duration" and not walk.narrative:
        value = counted_up_to_now(text, candidate, grammar, walk.document)
        value = value or make_duration(candidate, grammar, walk, words)
    elif candidate.kind == "event":
        value = from_event(text, candidate, grammar, found)
        if value is None and candidate.get("number"):
            # An event without a day: “two weeks after the storm” is a length.
            value = make_duration(candidate, grammar, walk, words)
            start, end = candidate.spans["number"][0], candidate.spans["unit"][1]
    else:
        value = MAKERS[candidate.kind](candidate, grammar, walk, words)
    if value is not None:
        yield Member(start, end, value, "")


def _in_apposition(text: str, candidate: Candidate, found: list[TemporalExpression]) -> bool:
    """Return whether a length follows the day that it leads to: “on 17 June, two days before the launch”."""
    if candidate.kind not in _COUNTED or not candidate.get("number") or not found:
        return False
    day = found[-1]
    if not _DAY.fullmatch(day.edtf or "") or not _COMMA.fullmatch(text, day.end, candidate.start):
        return False
    return candidate.kind == "event" or _ENDED.match(text, candidate.end) is not None


def _expression(text: str, member: Member, candidate: Candidate) -> TemporalExpression:
    value: Value = member.value
    first = member.start == candidate.start
    how = (("first:" if first else "") + member.how,) if member.how else ()
    return TemporalExpression(
        start=member.start,
        end=member.end,
        text=text[member.start : member.end],
        type=value.type,
        value=value.value,
        edtf=value.edtf,
        basis=value.basis,
        claim_start=member.start,
        claim_end=member.end,
        claim_edtf=value.edtf,
        preferred=value.preferred,
        modifier=value.modifier,
        anchor=value.anchor,
        reasoning=value.reasoning,
        rules=(candidate.rule, *how),
        continues=bool(member.how) and not first,
    )


def _meet(walk: Walk, expression: TemporalExpression, kind: str) -> None:
    """Remember a dated expression as the latest of the walk."""
    edtf = expression.edtf
    if edtf is None or expression.type not in ("DATE", "TIME"):
        return
    if kind in _COUNTED_BACK and edtf.endswith("~"):
        # “A decade earlier” looks back; the account does not go there.
        return
    match = _PLAIN.fullmatch(edtf.strip("~?%"))
    if match:
        year, month, day = (int(g) if g else None for g in match.groups())
        walk.within_year = month is None and expression.modifier is not None
        if month is not None and walk.last_month is not None:
            walk.before = walk.last_month
        month_before, quarter = walk.named_month, walk.last_quarter
        walk.meet(Date(year or 0, month, day, expression.start, expression.end))
        walk.named_month = month_before if kind == "unit" else walk.last_month
        if kind in ("ago", "earlier", "year earlier"):
            walk.last_quarter = quarter
    elif "/" in edtf:
        walk.last_period = (edtf, expression.start, expression.end)
