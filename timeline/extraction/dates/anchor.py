"""Walks a text from date to date: each is worked out with what stands before it and with the text's own date.

In: the candidates of a text, its grammar and its own date. Out: temporal expressions with value, EDTF, basis, anchor
and reasoning; ranges and open ends as a claim shows them; durations placed where the text places them.
"""

from __future__ import annotations

import bisect
import re
from collections.abc import Iterator
from dataclasses import replace

from timeline.extraction.edtf import (
    EdtfError,
    bounds,
    day_to_date,
    in_words,
    parse_edtf,
    precision_of,
)
from timeline.extraction.records import Anchor, TemporalExpression

from .grammar import Grammar
from .kinds import MAKERS
from .normalise import Date, Value, Walk, day_of, edtf_of, month_of, partial, shift, valid, year_of
from .scan import Candidate

# How far back a year named in the same account still reaches a day and month without one, in code points.
_NEAR = 320
_CLAUSE_END = re.compile(r"[.;:!?\n](?=\s)")
_QUALIFIABLE = re.compile(r"-?[\dX]{4}(?:-\d\d){0,2}")


def read_dates(
    text: str, candidates: list[Candidate], grammar: Grammar, document: Date | None
) -> list[TemporalExpression]:
    """Return the temporal expressions of a text in order."""
    walk = Walk(document, grammar.language)
    walk.narrative = is_narrative(text, candidates, document)
    stops = [m.start() for m in _CLAUSE_END.finditer(text)]
    found: list[TemporalExpression] = []
    for candidate in candidates:
        words = text[candidate.start : candidate.end]
        walk.future = _is_future(text, candidate, grammar, stops)
        walk.nearby = _nearby(walk, candidate)
        for start, end, value, continues in _values(text, candidate, grammar, walk, words):
            expression = _expression(text, start, end, value, candidate, continues)
            found.append(expression)
            _meet(walk, expression)
        if candidate.kind == "duration" and found and found[-1].start == candidate.start:
            placed = place_duration(text, found, grammar, stops)
            if placed:
                found[-1] = placed
                walk.last_period = (placed.claim_edtf or "", placed.start, placed.end)
    return _as_claims(text, found, grammar)


def is_narrative(text: str, candidates: list[Candidate], document: Date | None) -> bool:
    """Return whether a text tells of times long before its own date: most years it names lie two or more back.

    A letter speaks of its own year too; a history does not.
    """
    if document is None or document.year is None:
        return True
    years = [year for c in candidates if (year := year_of(c)) is not None]
    if len(years) < 8:
        return False
    far = sum(abs(document.year - year) >= 2 for year in years)
    return far >= len(years) * 0.8 and len(text) > 2500


def _nearby(walk: Walk, candidate: Candidate) -> Date | None:
    last = walk.running
    if last is not None and last.end is not None and candidate.start - last.end <= _NEAR:
        return last
    return None


def _is_future(text: str, candidate: Candidate, grammar: Grammar, stops: list[int]) -> bool:
    """Return whether the clause speaks of what is to come: by a word for it, and none of the past nearer by."""
    at = bisect.bisect_left(stops, candidate.start)
    begin = max(stops[at - 1] + 1 if at else 0, candidate.start - 240)
    end = min(stops[at] if at < len(stops) else len(text), candidate.end + 120)
    ahead = [m.end() for m in grammar.context["future"].finditer(text, begin, candidate.start)]
    if ahead:
        past = [m.end() for m in grammar.context["past"].finditer(text, begin, candidate.start)]
        return not past or past[-1] < ahead[-1]
    behind = grammar.context["future"].search(text, candidate.end, end)
    if behind is None:
        return False
    past_behind = grammar.context["past"].search(text, begin, end)
    return past_behind is None


def _values(
    text: str, candidate: Candidate, grammar: Grammar, walk: Walk, words: str
) -> Iterator[tuple[int, int, Value, str]]:
    """Yield (start, end, value, how it goes on from the one before) for a candidate."""
    if candidate.kind in ("days", "months", "years"):
        yield from _several(text, candidate, grammar, walk, words)
        return
    maker = MAKERS[candidate.kind]
    value = maker(candidate, grammar, walk, words)
    if value is not None:
        yield candidate.start, candidate.end, value, ""


def _several(
    text: str, candidate: Candidate, grammar: Grammar, walk: Walk, words: str
) -> Iterator[tuple[int, int, Value, str]]:
    """Yield each day, month or year of a range or list; all but the first go on from the first."""
    joint = (
        candidate.groups["joint"].lower()
        if candidate.get("joint")
        else (candidate.get("joint2") or "").strip(" ,").lower()
    )
    if not candidate.get("joint") and not candidate.get("joint2"):
        return
    before = text[max(0, candidate.start - 12) : candidate.start]
    how = grammar.joints.get(joint, "both")
    if how == "both" and grammar.before["from"].search(before):
        how = "range"
    ends: list[tuple[str, str, Value]] = []
    if candidate.kind == "days":
        ends = list(_days(candidate, grammar, walk, words))
    elif candidate.kind == "months":
        year = year_of(candidate)
        for group in ("month", "month2"):
            month = month_of(candidate, grammar, group)
            if month is not None and year is not None:
                ends.append((group, candidate.groups[group], _plain(edtf_of(year, month), words)))
    else:
        first = year_of(candidate)
        second = year_of(candidate, "year2")
        if first is not None and second is None and candidate.get("yearshort"):
            second = first // 100 * 100 + int(candidate.groups["yearshort"])
        if first is None or second is None or second <= first:
            return
        how = "range"
        ends = [("year", "", _plain(edtf_of(first), words)), ("year2", "", _plain(edtf_of(second), words))]
    at = candidate.start
    for i, (_, piece, value) in enumerate(ends):
        start = text.find(piece, at) if piece else at
        if candidate.kind == "years":
            start = (
                candidate.start
                if i == 0
                else candidate.end - len(str(candidate.get("yearshort") or candidate.get("year2")))
            )
            end = candidate.start + 4 if i == 0 else candidate.end
        elif i == len(ends) - 1:
            end = candidate.end
        else:
            end = start + len(piece)
        if i == 0 and candidate.kind == "days" and text[candidate.start : start].strip() in grammar.months:
            start = candidate.start
        at = end
        yield start, end, value, how if i else ("first:" + how)


def _days(candidate: Candidate, grammar: Grammar, walk: Walk, words: str) -> Iterator[tuple[str, str, Value]]:
    month, year = month_of(candidate, grammar), year_of(candidate)
    if month is None:
        return
    for group in ("day", "day2", "day3"):
        day = day_of(candidate, grammar, group)
        if day is None:
            continue
        if not valid(year, month, day):
            return
        value = (
            _plain(edtf_of(year, month, day), words) if year is not None else partial(month, day, walk, words)
        )
        yield group, candidate.groups[group], value


def _plain(edtf: str, words: str) -> Value:
    return Value("DATE", edtf, edtf, "explicit", reasoning=(f"The letter says “{words}”.",))


def _expression(
    text: str, start: int, end: int, value: Value, candidate: Candidate, continues: str
) -> TemporalExpression:
    return TemporalExpression(
        start=start,
        end=end,
        text=text[start:end],
        type=value.type,
        value=value.value,
        edtf=value.edtf,
        basis=value.basis,
        claim_start=start,
        claim_end=end,
        claim_edtf=value.edtf,
        preferred=value.preferred,
        modifier=value.modifier,
        anchor=value.anchor,
        reasoning=value.reasoning,
        rules=(candidate.rule, *((continues,) if continues else ())),
        continues=bool(continues) and not continues.startswith("first:"),
    )


def _meet(walk: Walk, expression: TemporalExpression) -> None:
    """Remember a dated expression as the latest of the walk."""
    edtf = expression.edtf
    if edtf is None or expression.type not in ("DATE", "TIME"):
        return
    match = re.fullmatch(r"(-?\d{4})(?:-(\d\d))?(?:-(\d\d))?", edtf.strip("~?%"))
    if match:
        year, month, day = (int(g) if g else None for g in match.groups())
        assert year is not None
        walk.meet(Date(year, month, day, expression.start, expression.end))
    elif "/" in edtf:
        walk.last_period = (edtf, expression.start, expression.end)
    walk.seen.append((expression.start, expression.end, edtf))


# Durations with a place in time -----------------------------------------------------------------------------


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
    begin = stops[at - 1] + 1 if at else 0
    end = stops[at] if at < len(stops) else len(text)
    start = _named_event(text, begin, end, found, grammar) or _begun(text, begin, duration, found, grammar)
    if start is None or start.edtf is None:
        return None
    match = re.fullmatch(r"(\d{4})(?:-(\d\d))?(?:-(\d\d))?", start.edtf)
    if match is None:
        return None
    year, month, day = (int(g) if g else None for g in match.groups())
    years, months, weeks, days = (int(g or 0) for g in length.groups())
    assert year is not None
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
        f"It runs from {in_words(start.edtf)}: “{start.text}”.",
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
        for earlier in reversed(found[:-1]):
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
    for earlier in reversed(found[:-1]):
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


# As a claim shows it ----------------------------------------------------------------------------------------


def _as_claims(text: str, found: list[TemporalExpression], grammar: Grammar) -> list[TemporalExpression]:
    """Return the expressions with what their prepositions add: ranges, open ends, about, perhaps; and bounds."""
    done: list[TemporalExpression] = []
    skip = -1
    for i, expression in enumerate(found):
        if i <= skip:
            done.append(_measured(replace(expression, continues=True)))
            continue
        if any(rule.startswith("first:") for rule in expression.rules):
            joined, last = _joined(text, found, i, grammar)
            done.append(_measured(joined))
            skip = last
            continue
        pair = _range_with_next(text, found, i, grammar)
        if pair is not None:
            done.append(_measured(pair))
            skip = i + 1
            continue
        done.append(_measured(_opened(text, _qualified(text, expression, grammar), grammar)))
    return done


def _joined(
    text: str, found: list[TemporalExpression], i: int, grammar: Grammar
) -> tuple[TemporalExpression, int]:
    """Return the first of several days with the claim of them all, and the index of the last."""
    first = found[i]
    last = i
    while last + 1 < len(found) and found[last + 1].continues:
        last += 1
    values = [e.edtf or "" for e in found[i : last + 1]]
    how = next((r for r in first.rules if r.startswith("first:")), "first:both")[6:]
    rules = tuple(r for r in first.rules if not r.startswith("first:"))
    start = first.claim_start
    if how == "range" and len(values) >= 2:
        edtf = f"{values[0]}/{values[-1]}"
        lead = grammar.before["from"].search(text[max(0, start - 24) : start])
        start = start - (len(lead[0]) if lead else 0)
    elif how == "one":
        edtf = "[" + ",".join(values) + "]"
    else:
        edtf = "{" + ",".join(values) + "}"
    try:
        parse_edtf(edtf)
    except EdtfError:
        return replace(first, rules=rules), i
    return replace(first, claim_start=start, claim_end=found[last].end, claim_edtf=edtf, rules=rules), last


def _range_with_next(
    text: str, found: list[TemporalExpression], i: int, grammar: Grammar
) -> TemporalExpression | None:
    """Return “from A to B”, “between A and B” as one interval, where this expression is A and the next is B."""
    if i + 1 >= len(found):
        return None
    first, last = found[i], found[i + 1]
    if first.edtf is None or last.edtf is None or first.type != "DATE" or last.type != "DATE":
        return None
    if "/" in first.edtf or "/" in last.edtf or last.start - first.end > 14 or last.continues:
        return None
    gap = text[first.end : last.start]
    lead = grammar.before["from"].search(text[max(0, first.start - 28) : first.start])
    to = grammar.context["to"].fullmatch(gap)
    either = grammar.context["or"].fullmatch(gap)
    if either:
        edtf = f"[{first.edtf},{last.edtf}]"
        return replace(first, claim_end=last.end, claim_edtf=edtf, preferred=None)
    if not (lead and to):
        return None
    start_edtf = first.edtf
    if first.basis == "inferred" and last.basis == "explicit" and re.match(r"\d{4}-\d\d", first.edtf):
        year = int(last.edtf[:4])
        moved = f"{year}{first.edtf[4:]}"
        start_edtf = moved if moved <= last.edtf else f"{year - 1}{first.edtf[4:]}"
    edtf = f"{start_edtf}/{last.edtf}"
    try:
        parse_edtf(edtf)
    except EdtfError:
        return None
    return replace(first, claim_start=first.start - len(lead[0]), claim_end=last.end, claim_edtf=edtf)


def _qualified(text: str, expression: TemporalExpression, grammar: Grammar) -> TemporalExpression:
    """Return the expression with ~ for “about” and ? for “perhaps” before it."""
    if expression.edtf is None or not _QUALIFIABLE.fullmatch(expression.edtf):
        return expression
    before = text[max(0, expression.start - 28) : expression.start]
    perhaps = grammar.before["perhaps"].search(before)
    approx = grammar.before["approx"].search(before)
    mark = "%" if perhaps and approx else "?" if perhaps else "~" if approx else ""
    if not mark:
        return expression
    said = (perhaps or approx)[1]  # type: ignore[index]
    kind = {"~": "approximate", "?": "uncertain", "%": "approximate and uncertain"}[mark]
    return replace(
        expression,
        edtf=expression.edtf + mark,
        claim_edtf=expression.edtf + mark,
        reasoning=(*expression.reasoning, f"“{said}” makes it {kind}."),
    )


def _opened(text: str, expression: TemporalExpression, grammar: Grammar) -> TemporalExpression:
    """Return the expression with the open end that “since” or “until” before it makes."""
    edtf = expression.claim_edtf
    if edtf is None or "/" in edtf or edtf[0] in "[{" or expression.type != "DATE":
        return expression
    before = text[max(0, expression.start - 24) : expression.start]
    if re.search(r"(?:^|\s)(?:the|le|la|el|les|los)\s$", before):
        before = before[: before.rstrip().rfind(before.split()[-1])]
        skipped = len(text[max(0, expression.start - 24) : expression.start]) - len(before)
    else:
        skipped = 0
    for name, form in (("since_strict", "{}/.."), ("until_strict", "../{}")):
        lead = grammar.before[name].search(before)
        if lead:
            start = expression.start - skipped - len(lead[0])
            return replace(
                expression,
                claim_start=start,
                claim_edtf=form.format(edtf),
                reasoning=(*expression.reasoning, f"“{lead[1]}” leaves the other end open."),
            )
    return expression


def _measured(expression: TemporalExpression) -> TemporalExpression:
    """Return the expression with bounds and precision; one whose EDTF cannot stand loses its place in time."""
    edtf = expression.claim_edtf
    if edtf is None:
        return expression
    try:
        earliest, latest = bounds(edtf, expression.modifier)
        precision = precision_of(edtf)
    except EdtfError:
        return replace(expression, edtf=None, claim_edtf=None)
    return replace(expression, earliest_day=earliest, latest_day=latest, precision=precision)


def day_words(day: int) -> str:
    """Return a day number as a date in words."""
    return in_words(edtf_of(*day_to_date(day)))
