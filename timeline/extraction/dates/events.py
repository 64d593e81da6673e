"""Dates counted from an event that the same text dates: “the day after the signing”, “three days before the
fire”.

In: the candidate, the text before it, and the expressions found so far. Out: the date of the event, where one
sentence names the event and a day together.
"""

from __future__ import annotations

import bisect
import re
from collections import deque

from timeline.extraction.records import TemporalExpression

from .grammar import Grammar
from .parts import count_of, multiple
from .relative import counted_from, said
from .scan import Candidate
from .values import Date, Value

_DAY = re.compile(r"(\d{4})-(\d\d)-(\d\d)")
# How many code points may lie between the event's word and the day that dates it.
_REACH = 140
_LEAST_STEM = 4
# How many expressions, code points and mentions are looked back over for it.
_RECENT, _BACK, _MENTIONS = 60, 6000, 20


def from_event(
    text: str, candidate: Candidate, grammar: Grammar, found: list[TemporalExpression]
) -> Value | None:
    """Return the day so long before or after an event that the text has dated; None where it has not."""
    event = date_of_event(text, candidate.groups["event"], candidate.start, found, grammar)
    if event is None:
        return None
    words = re.sub(r"\s+", " ", text[candidate.start : candidate.end])
    if candidate.get("since") is not None:
        steps = (*said(words, "The letter dates that", event), "“Since” leaves the other end open.")
        return Value("DATE", event.edtf, f"{event.edtf}/..", "anaphoric", None, event.anchor(), steps)
    step = candidate.get("eventstep")
    if step:
        return counted_from(event, "D", int(grammar.look("step", step)), words)
    sign = int(grammar.look("sides", candidate.groups["follow"]))
    counted = count_of(candidate, grammar)
    if counted is None:
        counted = multiple(1, str(grammar.look("units", candidate.groups["unit2"])))
    return counted_from(event, counted[1], sign * counted[0], words)


def date_of_event(
    text: str, noun: str, before: int, found: list[TemporalExpression], grammar: Grammar
) -> Date | None:
    """Return the day named nearest to the last earlier mention of an event, in the same sentence.

    The mention may be any word of the same stem, or one that the data file gives: “signing” finds “signed”,
    “shooting” finds “shot”.
    """
    pattern = _mentioned(noun.lower(), grammar)
    days = [e for e in found[-_RECENT:] if e.edtf and _DAY.fullmatch(e.edtf)]
    if not days:
        return None
    starts, ends = [e.start for e in days], [e.end for e in days]
    mentions = deque(pattern.finditer(text, max(0, before - _BACK), before), maxlen=_MENTIONS)
    for mention in reversed(mentions):
        low = bisect.bisect_left(ends, mention.start() - _REACH)
        high = bisect.bisect_right(starts, mention.end() + _REACH)
        near = [e for e in days[low:high] if _apart(text, mention, e, grammar) is not None]
        if near:
            best = min(near, key=lambda e: _apart(text, mention, e, grammar) or 0)
            year, month, day = map(int, (best.edtf or "").split("-"))
            return Date(year, month, day, best.start, best.end)
    return None


def _mentioned(noun: str, grammar: Grammar) -> re.Pattern[str]:
    """Return what finds the words that may tell of an event: the forms listed, else the stem of its noun."""
    forms = grammar.event_forms.get(noun)
    if forms is None:
        endings = (e for e in grammar.event_endings if noun.endswith(e) and len(noun) - len(e) >= _LEAST_STEM)
        ending = next(endings, noun[-3:])
        forms = [noun[: max(_LEAST_STEM, len(noun) - len(ending))] + "-"]
    words = (re.escape(f.rstrip("-")) + (r"\w*" if f.endswith("-") else r"(?!\w)") for f in forms)
    return re.compile(rf"(?<!\w)(?:{'|'.join(words)})", re.IGNORECASE)


def _apart(text: str, mention: re.Match[str], day: TemporalExpression, grammar: Grammar) -> int | None:
    """Return the distance of a mention and a day in one sentence; None where they are in two or far apart.

    “On Thursday they met to speak of the fire” does not date the fire.
    """
    first, last = sorted([(mention.start(), mention.end()), (day.start, day.end)])
    gap = last[0] - first[1]
    if gap < 0 or gap > _REACH or re.search(r"[.;!?]\s|\n\s*\n", text[first[1] : last[0]]):
        return None
    if day.end <= mention.start() and grammar.context["purpose"].search(text, day.end, mention.start()):
        return None
    return gap
