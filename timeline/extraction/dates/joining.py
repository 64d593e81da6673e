"""Joins a time or part of a day and the day beside it into one expression: “10 p.m. on 5 May”, “the night of
3 June”.

In: the expressions of a text in order, before their claims are made. Out: the same, where such neighbours
are one
expression of type TIME whose date is the day's.
"""

from __future__ import annotations

import re
from dataclasses import replace

from timeline.extraction.records import TemporalExpression

from .grammar import Grammar

_DAY = re.compile(r"-?\d{4}-\d\d-\d\d")
_COMMA = re.compile(r",\s{1,2}")
_BRACKET = re.compile(r"\s{0,2}\(\s?")
_PART, _CLOCK = re.compile(r"T(?:MO|AF|EV|NI)\Z"), re.compile(r"T(\d\d)(:.*)\Z")
# Parts of the day whose hours are counted from noon, those that go on past midnight, and until when.
_LATE, _DARK, _SMALL_HOURS = ("TAF", "TEV", "TNI"), ("TEV", "TNI"), 6
_CODE = re.compile(r"T(?:MO|AF|EV|NI|MI|\d\d.*)\Z")


def join_times(text: str, found: list[TemporalExpression], grammar: Grammar) -> list[TemporalExpression]:
    """Return the expressions with times and days that stand together as one."""
    joined: list[TemporalExpression] = []
    for expression in found:
        expression = _with_part_before(text, expression, grammar)
        while joined and joined[-1].end > expression.start:
            # “Dans la nuit du 11 août”: the night alone was found too.
            joined.pop()
        last = joined[-1] if joined else None
        both = _together(text, last, expression, grammar) if last else None
        if both is not None and len(joined) > 1 and _in_list(text, joined[-2], joined[-1], expression):
            both = None
        if both is not None:
            joined[-1] = both
        else:
            joined.append(expression)
    return joined


def _with_part_before(text: str, day: TemporalExpression, grammar: Grammar) -> TemporalExpression:
    """Return “the night of 3 June” as one expression, where this one is the day."""
    if day.type != "DATE" or day.continues or not _DAY.fullmatch(day.value):
        return day
    before = grammar.context["part_of_day"].search(text, max(0, day.start - 48), day.start)
    if before is None:
        return day
    code = str(grammar.look("daytimes", before["daytime"]))
    if code[1:2].isdigit():
        return day
    return replace(day, start=before.start(), claim_start=before.start(), type="TIME", value=day.value + code)


def _same_moment(text: str, first: TemporalExpression, second: TemporalExpression) -> bool:
    """Return whether a time in brackets says the one before it by another clock: “10:35 a.m. (0735 GMT)”."""
    if first.type != "TIME" or second.type != "TIME" or first.edtf is not None or second.edtf is not None:
        return False
    clocks = _CODE.search(first.value) and _CODE.search(second.value)
    bracketed = _BRACKET.fullmatch(text, first.end, second.start) and text.startswith(")", second.end)
    return bool(clocks and bracketed)


def _in_list(
    text: str, day: TemporalExpression, time: TemporalExpression, following: TemporalExpression
) -> bool:
    """Return whether a time stands in a list behind the day that heads it: “jeudi, 14 h, vendredi, 15 h”."""
    commas = _COMMA.fullmatch(text, day.end, time.start) and _COMMA.fullmatch(text, time.end, following.start)
    return bool(commas) and day.type == "DATE" and time.type == "TIME"


def _clock_of_part(
    text: str, first: TemporalExpression, second: TemporalExpression, grammar: Grammar
) -> TemporalExpression | None:
    """Return a part of a day with the hour behind it: “yesterday evening at 9.30”."""
    part, clock = _PART.search(first.value), _CLOCK.search(second.value)
    if part is None or clock is None or first.edtf is None or second.edtf is not None:
        return None
    if not grammar.context["time_joint"].fullmatch(text, first.end, second.start):
        return None
    hour = int(clock[1])
    if part[0] in _DARK and hour < _SMALL_HOURS:
        # “Last night at 2”: whether the night's own day or the next one is not said.
        return None
    hour += 12 if part[0] in _LATE and 1 <= hour < 12 else 0
    value = f"{first.edtf}T{hour:02d}{clock[2]}"
    return replace(
        first, end=second.end, text=text[first.start : second.end], claim_end=second.end, value=value
    )


def _together(
    text: str, first: TemporalExpression, second: TemporalExpression, grammar: Grammar
) -> TemporalExpression | None:
    if _same_moment(text, first, second):
        return replace(first, end=second.end + 1, text=text[first.start : second.end + 1])
    refined = _clock_of_part(text, first, second, grammar)
    if refined is not None:
        return refined
    if {first.type, second.type} != {"TIME", "DATE"} or second.start - first.end > 20 or second.continues:
        return None
    # “Vers 0 h 40, jeudi”; but “jeudi, 14 h” may be the head of a list of times.
    comma = first.type == "TIME" and text.startswith(",", first.end)
    if not grammar.context["time_joint"].fullmatch(text, first.end + comma, second.start):
        return None
    time, day = (first, second) if first.type == "TIME" else (second, first)
    code = _CODE.search(time.value)
    if time.edtf is not None or code is None or not _DAY.fullmatch(day.value) or first.continues:
        return None
    return replace(
        day,
        start=first.start,
        end=second.end,
        text=text[first.start : second.end],
        claim_start=first.start,
        claim_end=second.end,
        type="TIME",
        value=day.value + code[0],
    )
