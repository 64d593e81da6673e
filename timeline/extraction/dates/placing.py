"""Gives a duration its place in time where its sentence says from or up to what date it ran."""

from __future__ import annotations

import bisect
import re
from dataclasses import replace

from timeline.extraction.edtf import EdtfError, in_words, parse_edtf
from timeline.extraction.records import Anchor, TemporalExpression

from .grammar import Grammar
from .values import Date, edtf_of, shift

# How many expressions are looked back over for the date that a duration runs from.
_RECENT = 60
# How far from a duration its sentence is read, in code points.
_REACH = 600


def place_duration(
    text: str, found: list[TemporalExpression], grammar: Grammar, stops: list[int]
) -> TemporalExpression | None:
    """Return a duration as an interval where its sentence says from what date it ran, else None.

    “for two years and 10 months after the signing of the statement”: from the date that the letter gives
    that statement. “began on 16 May and lasted for four months”: from that day.
    """
    duration = found[-1]
    length = re.fullmatch(r"P(?:(\d+)Y)?(?:(\d+)M)?(?:(\d+)W)?(?:(\d+)D)?", duration.value)
    if not length or duration.type != "DURATION":
        return None
    at = bisect.bisect_left(stops, duration.start)
    begin = max(stops[at - 1] + 1 if at else 0, duration.start - _REACH)
    end = min(stops[at] if at < len(stops) else len(text), duration.end + _REACH)
    start = _named_event(text, begin, end, found, grammar) or _begun(text, begin, duration, found, grammar)
    if start is None or start.edtf is None:
        return None
    match = re.fullmatch(r"(\d{4})(?:-(\d\d))?(?:-(\d\d))?", start.edtf)
    if match is None:
        return None
    year, month, day = (int(g) if g else None for g in match.groups())
    years, months, weeks, days = (int(g or 0) for g in length.groups())
    if year is None:
        return None
    first = Date(year, month, day)
    if weeks or days:
        if day is None:
            return None
        last = shift(first, "D", weeks * 7 + days)
    elif months:
        if month is None:
            return None
        last = shift(Date(year + years, month), "M", months)
    else:
        last = edtf_of(year + years, month)
    edtf = f"{start.edtf}/{last}"
    try:
        parse_edtf(edtf)
    except EdtfError:
        return None
    steps = (
        f"The letter says “{duration.text}”.",
        f"It runs from {in_words(start.edtf)}, which the letter names.",
        f"So long after that is {in_words(last)}.",
    )
    anchor = Anchor("expression", start.edtf, start.start, start.end)
    return replace(
        duration,
        edtf=edtf,
        claim_edtf=edtf,
        basis="relative",
        anchor=anchor,
        reasoning=steps,
        rules=(*duration.rules, "counted from a dated event"),
    )


def _named_event(
    text: str, begin: int, end: int, found: list[TemporalExpression], grammar: Grammar
) -> TemporalExpression | None:
    """Return the date that an earlier place gives to the document or event named after “after”, “since”."""
    for cue in grammar.context["after"].finditer(text, begin, end):
        tail = text[cue.end() : min(end, cue.end() + 90)]
        noun = grammar.context["document_word"].search(tail)
        if noun is None:
            continue
        word = noun[0].lower()
        for earlier in reversed(found[-_RECENT:-1]):
            if earlier.edtf is None or (not earlier.cites_document and earlier.type != "DATE"):
                continue
            before = text[max(0, earlier.start - 40) : earlier.start].lower()
            if word in before:
                return earlier
    return None


def _begun(
    text: str, begin: int, duration: TemporalExpression, found: list[TemporalExpression], grammar: Grammar
) -> TemporalExpression | None:
    """Return the date in the same sentence on which what lasted so long began."""
    for earlier in reversed(found[-_RECENT:-1]):
        if earlier.start < begin:
            return None
        between = text[begin : duration.start]
        if (
            earlier.edtf
            and grammar.context["began"].search(between)
            and grammar.context["lasted"].search(between)
        ):
            return earlier
    return None
