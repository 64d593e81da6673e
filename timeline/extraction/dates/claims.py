"""Expressions as claims show them: ranges, open ends, about and perhaps; their bounds.

In: the expressions of a text in order, with plain values. Out: the same with ``claim_start``, ``claim_end``,
``claim_edtf``, bounds and precision.
"""

from __future__ import annotations

import re
from dataclasses import replace

from timeline.extraction.edtf import EdtfError, bounds, in_words, parse_edtf, precision_of
from timeline.extraction.records import Anchor, TemporalExpression

from .grammar import Grammar
from .parts import words_of
from .values import Date, shift

_PLAIN = re.compile(r"(\d{4})(?:-(\d\d))?(?:-(\d\d))?")
# “1 July 2021 – 30 June 2022”, “July 2021–June 2022”.
_DASH, _FULL = re.compile(r"\s?[-–—]\s?"), re.compile(r"\d{4}-\d\d(?:-\d\d)?")
_QUALIFIABLE = re.compile(r"-?[\dX]{4}(?:-\d\d){0,2}")


def as_claims(
    text: str, found: list[TemporalExpression], grammar: Grammar, today: str = ""
) -> list[TemporalExpression]:
    """Return the expressions with what their prepositions add: ranges, open ends, about, perhaps.

    ``today`` is the EDTF of the text's own date.
    """
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
        beside = _beside(text, expression, grammar)
        if beside is not None:
            done.append(_measured(beside))
            continue
        done.append(_measured(_opened(text, _qualified(text, expression, grammar), grammar, today)))
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
    """Return “from A to B”, “between A and B” as one interval: this expression is A, the next B."""
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
    listed = first.anchor is not None and first.anchor.start == last.start and first.type == last.type
    if listed and last.basis != "explicit" and grammar.context["and"].fullmatch(gap) and not lead:
        return replace(first, claim_end=last.end, claim_edtf=f"{{{first.edtf},{last.edtf}}}")
    if either:
        edtf = f"[{first.edtf},{last.edtf}]"
        return replace(first, claim_end=last.end, claim_edtf=edtf, preferred=None)
    dashed = _DASH.fullmatch(gap) and _FULL.fullmatch(first.edtf) and _FULL.fullmatch(last.edtf)
    if dashed and first.edtf < last.edtf and len(first.edtf) == len(last.edtf):
        return replace(first, claim_end=last.end, claim_edtf=f"{first.edtf}/{last.edtf}")
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


def _beside(text: str, expression: TemporalExpression, grammar: Grammar) -> TemporalExpression | None:
    """Return “the day before 3 May 2021” as the claim of that day; None where no such words lead to a date.

    The date and the unit must be equally fine: “the day before May” is no day.
    """
    match = _PLAIN.fullmatch(expression.edtf or "")
    if match is None or expression.type != "DATE" or expression.claim_edtf != expression.edtf:
        return None
    counted = _counted_beside(text, expression.start, grammar)
    if counted is None:
        return None
    start, said, count, unit = counted
    year, month, day = (int(g) if g else None for g in match.groups())
    finest = "D" if day else "M" if month else "Y"
    if finest != ("D" if unit == "W" else unit) or (month is not None and month > 12):
        return None
    date = Date(year or 0, month, day)
    near, far = shift(date, finest, 1 if count > 0 else -1), shift(date, unit, count)
    edtf = far if unit != "W" else f"{min(near, far)}/{max(near, far)}"
    return replace(
        expression,
        claim_start=start,
        claim_edtf=edtf,
        basis="relative",
        anchor=Anchor("expression", expression.edtf or "", expression.start, expression.end),
        reasoning=(*expression.reasoning, f"“{words_of(said)}” makes it {in_words(edtf)}."),
    )


def _counted_beside(text: str, at: int, grammar: Grammar) -> tuple[int, str, int, str] | None:
    """Return where the words before a date begin that count from it, the words, and how many of what unit."""
    nth = grammar.context["nth_beside"].search(text, max(0, at - 56), at)
    if nth is not None:
        count = int(nth["nth"]) if nth["nth"] else int(grammar.look("ordinals", nth["word"]))
        unit = str(grammar.look("units", nth["unit"]))
        sign = int(grammar.look("sides", nth["side"]))
        return (
            nth.start(),
            nth[0].strip(),
            sign * count * (7 if unit == "W" else 1),
            "D" if unit == "W" else unit,
        )
    lead = grammar.context["beside"].search(text, max(0, at - 28), at)
    if lead is None or grammar.context["not_beside"].search(text, max(0, at - 40), lead.start()):
        return None
    count, unit = grammar.look("beside", lead[1])
    return lead.start(), lead[1], int(count), str(unit)


def _qualified(text: str, expression: TemporalExpression, grammar: Grammar) -> TemporalExpression:
    """Return the expression with ~ for “about” and ? for “perhaps” before it."""
    if expression.edtf is None or expression.type == "TIME" or not _QUALIFIABLE.fullmatch(expression.edtf):
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
        claim_start=expression.start - max(len(m[0]) for m in (perhaps, approx) if m),
        claim_edtf=expression.edtf + mark,
        reasoning=(*expression.reasoning, f"“{said}” makes it {kind}."),
    )


def _opened(text: str, expression: TemporalExpression, grammar: Grammar, today: str) -> TemporalExpression:
    """Return the expression with the open end that “since” or “until” before it makes.

    “À compter du” a day to come names the day on which something takes effect, no open stretch.
    """
    edtf = expression.claim_edtf
    if edtf is None or "/" in edtf or edtf[0] in "[{" or expression.type != "DATE":
        return expression
    onwards = grammar.context["onwards"].match(text, expression.claim_end)
    if onwards and edtf <= today:
        return replace(
            expression,
            claim_end=onwards.end(),
            claim_edtf=f"{edtf}/..",
            reasoning=(*expression.reasoning, f"“{onwards[0].strip()}” leaves the other end open."),
        )
    before = text[max(0, expression.start - 24) : expression.start]
    if re.search(r"(?:^|\s)(?:the|le|la|el|les|los)\s$", before):
        before = before[: before.rstrip().rfind(before.split()[-1])]
        skipped = len(text[max(0, expression.start - 24) : expression.start]) - len(before)
    else:
        skipped = 0
    for name, form in (("since_strict", "{}/.."), ("until_strict", "../{}"), ("from_then", "{}/..")):
        lead = grammar.before[name].search(before)
        if lead and not (name == "from_then" and edtf > today):
            # “Until the end of 2024” has an end; only how near to it the event lies is not said.
            edtf = edtf.rstrip("~") if name == "until_strict" else edtf
            start = expression.start - skipped - len(lead[0])
            return replace(
                expression,
                claim_start=start,
                claim_edtf=form.format(edtf),
                reasoning=(*expression.reasoning, f"“{lead[1]}” leaves the other end open."),
            )
    return _since_event(text, expression, grammar)


def _since_event(text: str, expression: TemporalExpression, grammar: Grammar) -> TemporalExpression:
    """Return “since the armistice of 11 November 1918” with an open end.

    A document is no such event: “since the note of 3 May” says when the note was written.
    """
    lead = grammar.context["since_event"].search(text, max(0, expression.start - 64), expression.start)
    if lead is None or grammar.context["document_word"].fullmatch(lead["noun"]):
        return expression
    return replace(
        expression,
        claim_start=lead.start(),
        claim_edtf=f"{expression.claim_edtf}/..",
        reasoning=(*expression.reasoning, f"“{words_of(lead[0]).strip()}” leaves the other end open."),
    )


def _measured(expression: TemporalExpression) -> TemporalExpression:
    """Return the expression with bounds and precision; where its EDTF cannot stand, with none."""
    edtf = expression.claim_edtf
    if edtf is None:
        return expression
    try:
        earliest, latest = bounds(edtf, expression.modifier)
        precision = precision_of(edtf)
    except EdtfError:
        return replace(expression, edtf=None, claim_edtf=None)
    return replace(expression, earliest_day=earliest, latest_day=latest, precision=precision)
