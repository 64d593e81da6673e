"""Whether the clause around a date speaks of what was or of what is to come, and by which word."""

from __future__ import annotations

import bisect
import re
from collections import deque

from .grammar import Grammar
from .scan import Candidate
from .values import Tense

# A stop ends a clause before a capital, but not behind an initial or an abbreviation in small letters.
_CLAUSE_END = re.compile(r"(?<![A-ZÀ-Þ])\.(?=\s{1,3}[\"“«(¿]?[A-ZÀ-Þ0-9])|[;:!?\n](?=\s)|\.(?=\s{0,3}\Z)")
# How far from a date the words of its clause are looked for, in code points.
_BEFORE, _BEHIND = 240, 120
# “announced on Friday”: the verb stands right beside the date; and is not part of “will be announced”.
_BESIDE, _PHRASE = 4, 24


class Clauses:
    """The clauses of a text; built once, asked for every date."""

    def __init__(self, text: str, cased: str, grammar: Grammar) -> None:
        self.text = text
        self.grammar = grammar
        self.stops = [m.start() for m in _CLAUSE_END.finditer(cased)]

    def around(self, at: int, end: int) -> tuple[int, int]:
        """Return where the clause of a stretch begins and ends, as far as it is looked at."""
        i = bisect.bisect_left(self.stops, at)
        begin = self.stops[i - 1] + 1 if i else 0
        j = bisect.bisect_left(self.stops, end)
        stop = self.stops[j] if j < len(self.stops) else len(self.text)
        return max(begin, at - _BEFORE), min(stop, end + _BEHIND)

    def tense(self, candidate: Candidate) -> tuple[Tense | None, str, bool]:
        """Return the tense around a candidate, its word, and whether that is no verb of the clause.

        The nearest verb before it that tells past from future decides; else a word of a deadline right
        before it;
        else a verb behind it. Words that may be either (“asked”, “would”) decide only between these.
        """
        begin, end = self.around(candidate.start, candidate.end)
        verb = self._verb_before(begin, candidate.start)
        if verb is not None:
            return *verb, False
        due = self.grammar.before["due"].search(self.text, max(begin, candidate.start - 24), candidate.start)
        if due:
            return "future", _flat(due[0]), False
        behind = self._verb_behind(candidate.end, end)
        return (*behind, False) if behind else (*self._doubtful(begin, candidate.start), True)

    def _verb_before(self, begin: int, end: int) -> tuple[Tense, str] | None:
        ahead = _last(self.grammar.context["future"], self.text, begin, end)
        past = _last(self.grammar.context["past"], self.text, begin, end)
        told = _last(self.grammar.context["maybe_past"], self.text, max(begin, end - 28), end)
        if told and end - told.end() <= _BESIDE and (ahead is None or told.start() - ahead.end() > _PHRASE):
            return "past", _flat(told[0])
        if ahead and (past is None or past.end() <= ahead.end()):
            return "future", _flat(ahead[0])
        return ("past", _flat(past[0])) if past else None

    def _verb_behind(self, begin: int, end: int) -> tuple[Tense, str] | None:
        ahead = self.grammar.context["future"].search(self.text, begin, end)
        past = self.grammar.context["past"].search(self.text, begin, end)
        if ahead and (past is None or ahead.start() < past.start()):
            return "future", _flat(ahead[0])
        return ("past", _flat(past[0])) if past else None

    def _doubtful(self, begin: int, end: int) -> tuple[Tense | None, str]:
        maybe = _last(self.grammar.context["maybe_future"], self.text, begin, end)
        told = _last(self.grammar.context["maybe_past"], self.text, begin, end)
        if maybe and (told is None or told.end() <= maybe.end()):
            return "future", _flat(maybe[0])
        return None, ""


def _last(pattern: re.Pattern[str], text: str, begin: int, end: int) -> re.Match[str] | None:
    return next(iter(deque(pattern.finditer(text, begin, end), maxlen=1)), None)


def _flat(words: str) -> str:
    return re.sub(r"\s+", " ", words).strip()
