"""Whether the clause around a date speaks of what was or of what is to come, and by which word."""

from __future__ import annotations

import bisect
import re
from collections import deque

from .grammar import Grammar
from .scan import Candidate
from .values import Tense

_CLAUSE_END = re.compile(r"[.;:!?\n](?=\s)")
# How far from a date the words of its clause are looked for, in code points.
_BEFORE, _BEHIND = 240, 120


class Clauses:
    """The clauses of a text; built once, asked for every date."""

    def __init__(self, text: str, grammar: Grammar) -> None:
        self.text = text
        self.grammar = grammar
        self.stops = [m.start() for m in _CLAUSE_END.finditer(text)]

    def around(self, at: int, end: int) -> tuple[int, int]:
        """Return where the clause of a stretch begins and ends, as far as it is looked at."""
        i = bisect.bisect_left(self.stops, at)
        begin = self.stops[i - 1] + 1 if i else 0
        j = bisect.bisect_left(self.stops, end)
        stop = self.stops[j] if j < len(self.stops) else len(self.text)
        return max(begin, at - _BEFORE), min(stop, end + _BEHIND)

    def tense(self, candidate: Candidate) -> tuple[Tense | None, str]:
        """Return the tense around a candidate and its word; the nearest word before it decides."""
        begin, end = self.around(candidate.start, candidate.end)
        ahead = _last(self.grammar.context["future"], self.text, begin, candidate.start)
        past = _last(self.grammar.context["past"], self.text, begin, candidate.start)
        if ahead and (past is None or past.end() < ahead.end()):
            return "future", _flat(ahead[0])
        if past:
            return "past", _flat(past[0])
        maybe = _last(self.grammar.context["maybe_future"], self.text, begin, candidate.start)
        behind = self.grammar.context["future"].search(self.text, candidate.end, end)
        past_behind = self.grammar.context["past"].search(self.text, candidate.end, end)
        if behind and past_behind is None:
            return "future", _flat(behind[0])
        if maybe and (past_behind is None or behind):
            return "future", _flat(maybe[0])
        return ("past", _flat(past_behind[0])) if past_behind else (None, "")


def _last(pattern: re.Pattern[str], text: str, begin: int, end: int) -> re.Match[str] | None:
    return next(iter(deque(pattern.finditer(text, begin, end), maxlen=1)), None)


def _flat(words: str) -> str:
    return re.sub(r"\s+", " ", words)
