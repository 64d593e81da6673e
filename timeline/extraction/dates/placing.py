"""Gives a duration its place in time where its sentence says from or up to what date it ran."""

from __future__ import annotations

import bisect
import re
from dataclasses import replace
from itertools import pairwise

from timeline.extraction.edtf import EdtfError, days_in, in_words, parse_edtf
from timeline.extraction.records import Anchor, TemporalExpression

from .grammar import Grammar
from .parts import words_of
from .patterns import key_of
from .tense import Clauses
from .values import Date, edtf_of, shift, shift_to_day

# Centuries and decades are counted in years.
_YEARS = {"CE": 100, "DE": 10}
_LENGTH = re.compile(
    r"P(?:(?P<many>\d{1,2})(?P<years>CE|DE))?(?:(\d{1,4})Y)?(?:(\d{1,4})M)?(?:(\d{1,4})W)?(?:(\d{1,4})D)?"
)
_PLAIN = re.compile(r"(\d{4})(?:-(0[1-9]|1[0-2]))?(?:-(\d\d))?")
# A number of months of a year, of days of a month; and how fine the whole is written, by hyphens.
_PART = re.compile(r"P(\d{1,2})([QMD])")
_WHOLE = {"Q": 0, "M": 0, "D": 1}
# How many expressions are looked back over for the date that a duration runs from.
_RECENT = 60
# How far behind a length the date may stand that places it, in code points.
_BESIDE = 24
# The same where the date is that of a document: “three days after your memorandum of 3 May 2021”.
_GAP = 48
# How far from a duration its sentence is read, in code points.
_REACH = 600


def place_duration(
    text: str, found: list[TemporalExpression], grammar: Grammar, clauses: Clauses
) -> TemporalExpression | None:
    """Return a duration as an interval where its sentence says from what date it ran, else None.

    “for two years and 10 months after the signing of the statement”: from the date that the letter gives
    that statement. “began on 16 May and lasted for four months”: from that day.
    """
    duration = found[-1]
    if duration.type != "DURATION" or duration.edtf is not None or not _LENGTH.fullmatch(duration.value):
        return None
    stops = clauses.stops
    at = bisect.bisect_left(stops, duration.start)
    begin = max(stops[at - 1] + 1 if at else 0, duration.start - _REACH)
    end = min(stops[at] if at < len(stops) else len(text), duration.end + _REACH)
    start = _named_event(text, begin, end, found, clauses) or _begun(text, begin, duration, found, grammar)
    if start is None or start.edtf is None:
        return None
    last = _so_far(start.edtf, duration.value, 1)
    if last is None:
        return None
    edtf = f"{start.edtf}/{last}"
    if not _stands(edtf):
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


def _so_far(edtf: str, length: str, sign: int, *, to_the_day: bool = False) -> str | None:
    """Return the date so long after or before one, no finer than both are; None where they do not fit.

    ``to_the_day``: the words say that a length in months or years is meant to the day.
    """
    match, lasting = _PLAIN.fullmatch(edtf), _LENGTH.fullmatch(length)
    if match is None or lasting is None:
        return None
    year, month, day = (int(g) if g else None for g in match.groups())
    years, months, weeks, days = (int(g or 0) for g in lasting.groups()[2:])
    years += int(lasting["many"] or 0) * _YEARS.get(lasting["years"] or "", 0)
    if year is None or not (years or months or weeks or days):
        return None
    if weeks or days:
        return shift(Date(year, month, day), "D", sign * (weeks * 7 + days)) if day is not None else None
    if to_the_day and day is not None:
        return shift_to_day(Date(year, month, day), "M", sign * (12 * years + months))
    if months:
        whole = Date(year + sign * years, month)
        return shift(whole, "M", sign * months) if month is not None else None
    return edtf_of(year + sign * years, month)


def place_by_next(text: str, found: list[TemporalExpression], grammar: Grammar) -> list[TemporalExpression]:
    """Return the expressions with a length placed by the date right behind it.

    “For 30 years before 2020” is a stretch; “two days after 3 May 2021” is a day.
    """
    placed = list(found)
    for i, (length, date) in enumerate(pairwise(found)):
        edtf = _beside(text, length, date, grammar)
        if edtf is None or date.edtf is None or _begins_range(text, found, i + 1, grammar):
            continue
        steps = (
            f"The letter says “{words_of(text[length.start : date.end])}”.",
            f"It is reckoned from {in_words(date.edtf)}, which stands right behind it.",
        )
        placed[i] = replace(
            length,
            edtf=edtf,
            claim_edtf=edtf,
            claim_end=date.claim_end,
            basis="relative",
            anchor=Anchor("expression", date.edtf, date.start, date.end),
            reasoning=steps,
            rules=(*length.rules, "counted from the date behind"),
        )
        placed[i + 1] = replace(date, continues=True)
    return placed


def _begins_range(text: str, found: list[TemporalExpression], i: int, grammar: Grammar) -> bool:
    """Return whether a date is the first of a range: “for three days, from 3 May to 5 May”."""
    if i + 1 >= len(found) or found[i].start > found[i + 1].start:
        return False
    behind = found[i + 1].continues
    return behind or grammar.context["to"].fullmatch(text, found[i].end, found[i + 1].start) is not None


def _beside(text: str, length: TemporalExpression, date: TemporalExpression, grammar: Grammar) -> str | None:
    """Return what a length makes of the date behind it: a stretch, or a date so long before or after it."""
    if length.type != "DURATION" or length.edtf is not None or date.type != "DATE" or date.edtf is None:
        return None
    if date.start - length.end > _GAP or not _PLAIN.fullmatch(date.edtf):
        return None
    gap, context = (length.end, date.start), grammar.context
    first, last = (context[name].match(length.text) for name in ("first_of", "last_of"))
    if (first or last) and context["whole_of"].fullmatch(text, *gap):
        return _part_of(date.edtf, length.value, from_end=last is not None)
    before = context["end_of_length"].fullmatch(text, *gap)
    after = context["start_of_length"].fullmatch(text, *gap)
    if not after and context["within"].search(text, max(0, length.start - _BESIDE), length.start):
        # “Within 30 days of 3 May”.
        after = context["counted_within"].fullmatch(text, *gap)
    to_the_day = context["to_the_day"].match(text, *gap) is not None
    sign = -1 if before else 1
    other = _so_far(date.edtf, length.value, sign, to_the_day=to_the_day) if before or after else None
    if other is None:
        return None
    led = any(
        context[name].search(text, max(0, length.start - _BESIDE), length.start)
        for name in ("lasting", "article")
    )
    if led or length.text.lower().startswith(tuple(grammar.articles)):
        edtf = f"{other}/{date.edtf}" if before else f"{date.edtf}/{other}"
    elif context["counted_from"].fullmatch(text, *gap):
        counted = key_of(re.split(r"[\s-]", length.text, maxsplit=1)[0])
        edtf = other if counted.isdigit() or counted in grammar.tables["numbers"] else f"{other}~"
    else:
        return None
    return edtf if _stands(edtf) else None


def _part_of(edtf: str, length: str, *, from_end: bool) -> str | None:
    """Return “the first five months of 2021”, “the last ten days of May 2021”; None where they do not fit."""
    part = _PART.fullmatch(length)
    if part is None or edtf.count("-") != _WHOLE[part[2]]:
        return None
    year, month = int(edtf[:4]), int(edtf[5:] or 0)
    count = int(part[1]) * (3 if part[2] == "Q" else 1)
    whole = days_in(year, month) if month else 12
    if not 1 <= count < whole:
        return None
    ends = (whole - count + 1, whole) if from_end else (1, count)
    low, high = (edtf_of(year, month, n) if month else edtf_of(year, n) for n in ends)
    return f"{low}/{high}" if low != high else low


def _stands(edtf: str) -> bool:
    try:
        parse_edtf(edtf)
    except EdtfError:
        return False
    return True


def _named_event(
    text: str, begin: int, end: int, found: list[TemporalExpression], clauses: Clauses
) -> TemporalExpression | None:
    """Return the date that an earlier place gives to the document or event named after “after”, “since”."""
    for word in clauses.documents_after(begin, end):
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
        if earlier.edtf:
            between = text[begin : duration.start]
            told = grammar.context["began"].search(between) and grammar.context["lasted"].search(between)
            return earlier if told else None
    return None
