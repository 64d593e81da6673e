"""Whether the clause around a date speaks of what was or of what is to come, and by which word."""

from __future__ import annotations

import bisect
import re
from collections.abc import Iterator

from .grammar import Grammar
from .scan import Candidate
from .values import Tense, Told

# A stop ends a clause before a capital, but not behind an initial or “a.m.”.
_CLAUSE_END = re.compile(
    r"(?<![A-ZÀ-Þ])(?<!\b[ap]\.m)\.(?=\s{1,3}[\"“«(¿]?[A-ZÀ-Þ0-9])|[;:!?\n](?=\s)|\.(?=\s{0,3}\Z)"
)
# How far from a date the words of its clause are looked for, in code points.
_BEFORE, _BEHIND = 240, 120
# “announced on Friday”: the verb stands right beside the date; and is not part of “will be announced”.
_BESIDE, _PHRASE = 4, 24
# How far before a date a verb stands that leads right to it, and the word right before the date.
_LEADS = 16
_LAST_WORD = re.compile(r"([^\W\d_]+)\s{1,3}\Z")
# How far before a day the aim begins that it is set for.
_AIMED = 60
# How far behind “after” the document stands that it leads to.
_AFTER = 90
# How far behind a date its own verb may stand: “The meeting on 3 May will be short”.
_OWN = 20


class _Verbs:
    """Where a pattern's words stand in a text; looked for once, so that many dates cost no more than few."""

    def __init__(self, pattern: re.Pattern[str], text: str) -> None:
        spans = [m.span() for m in pattern.finditer(text)]
        self.starts = [start for start, _ in spans]
        self.ends = [end for _, end in spans]

    def last(self, begin: int, end: int) -> tuple[int, int] | None:
        """Return the last place that lies within a stretch."""
        at = bisect.bisect_right(self.ends, end) - 1
        return (self.starts[at], self.ends[at]) if at >= 0 and self.starts[at] >= begin else None

    def first(self, begin: int, end: int) -> tuple[int, int] | None:
        """Return the first place that lies within a stretch."""
        at = bisect.bisect_left(self.starts, begin)
        return (self.starts[at], self.ends[at]) if at < len(self.ends) and self.ends[at] <= end else None


class Clauses:
    """The clauses of a text; built once, asked for every date."""

    def __init__(self, text: str, cased: str, grammar: Grammar) -> None:
        self.text = text
        self.grammar = grammar
        self.stops = [m.start() for m in _CLAUSE_END.finditer(cased)]
        self._found: dict[str, _Verbs] = {}
        self._led_to: list[tuple[int, int, str]] | None = None

    def around(self, at: int, end: int) -> tuple[int, int]:
        """Return where the clause of a stretch begins and ends, as far as it is looked at."""
        i = bisect.bisect_left(self.stops, at)
        begin = self.stops[i - 1] + 1 if i else 0
        j = bisect.bisect_left(self.stops, end)
        stop = self.stops[j] if j < len(self.stops) else len(self.text)
        return max(begin, at - _BEFORE), min(stop, end + _BEHIND)

    def documents_after(self, begin: int, end: int) -> list[str]:
        """Return the words for documents that “after” or “since” leads to within a stretch, each once."""
        if self._led_to is None:
            self._led_to = list(self._documents())
        at = bisect.bisect_left(self._led_to, (begin, 0, ""))
        words: dict[str, None] = {}
        while at < len(self._led_to) and self._led_to[at][0] < end:
            if self._led_to[at][1] <= end:
                words[self._led_to[at][2]] = None
            at += 1
        return list(words)

    def _documents(self) -> Iterator[tuple[int, int, str]]:
        """Yield where such a word of the text begins, where its document ends, and the document's word."""
        for cue in self.grammar.context["after"].finditer(self.text):
            noun = self.grammar.context["document_word"].search(self.text, cue.end(), cue.end() + _AFTER)
            if noun:
                yield cue.start(), noun.end(), noun[0].lower()

    def _verbs(self, name: str) -> _Verbs:
        if name not in self._found:
            self._found[name] = _Verbs(self.grammar.context[name], self.text)
        return self._found[name]

    def tense(self, candidate: Candidate) -> Told:
        """Return the tense around a candidate, its word, and whether that is no verb of the clause.

        The nearest verb before it that tells past from future decides; else a word of a deadline right
        before it; else a verb behind it. Words that may be either (“asked”, “would”) decide only between
        these.
        """
        begin, end = self.around(candidate.start, candidate.end)
        done = self.grammar.context["done"].match(self.text, candidate.end)
        if done:
            return "past", _flat(done[0]), False
        first = self._led("due_first", begin, candidate.start)
        if first:
            return "future", _flat(first[0]), False
        verb = self._verb_before(begin, candidate.start)
        if verb is not None and verb[0] == "future" and self.grammar.context["due_noun"].fullmatch(verb[1]):
            # “The deadline of 30 June was missed”: the verb behind the date tells when.
            behind = self._verb_behind(candidate.end, min(end, candidate.end + _OWN))
            if behind and behind[0] == "past":
                return "past", self._said(behind[1]), False
        if candidate.kind == "weekday" and (verb is None or verb[0] == "past"):
            lasting = self._imposed_until(begin, candidate.start) or self._aimed_at(begin, candidate.start)
            if lasting:
                return "future", lasting, False
        if verb is not None:
            return *self._or_deadline(verb, begin, candidate.start), False
        due = self._led("due", begin, candidate.start)
        behind = self._verb_behind(candidate.end, end)
        if due and behind and behind[0] == "past" and not self.text[begin : due.start()].strip(' "“«('):
            # “Until Thursday, they had not …”: the clause begins with the deadline and goes on in the past.
            return "past", self._said(behind[1]), False
        if due:
            return "future", _flat(due[0]), False
        if behind is None:
            return *self._doubtful(begin, candidate.start), True
        told = self._told_before(begin, candidate.start) if behind[0] == "future" else None
        if told is not None and self._of_another_clause(candidate.end, behind[1]):
            return "past", told, True
        return behind[0], self._said(behind[1]), False

    def _led(self, name: str, begin: int, at: int) -> re.Match[str] | None:
        """Return the words of a list that lead to a date, an hour before it aside: “until 9 a.m. Tuesday”."""
        clock = self.grammar.context["clock_before"].search(self.text, max(begin, at - 24), at)
        at = clock.start() if clock else at
        return self.grammar.before[name].search(self.text, max(begin, at - 24), at)

    def _or_deadline(self, verb: tuple[Tense | None, str], begin: int, at: int) -> tuple[Tense | None, str]:
        """Return the future where what was decided is to be done by the date: “agreed to pay by May”."""
        due = self._led("due", begin, at) if verb[0] == "past" else None
        # “Went on until Friday”: “until” alone is no aim.
        until = due and self.grammar.context["until_day"].search(f"{_flat(due[0])} ")
        past = self._verbs("past").last(begin, at)
        aim = self._verbs("maybe_future").last(begin, due.start() if due and until else at)
        if due and aim and past and past[1] <= aim[0] and "," not in self.text[aim[1] : at]:
            return "future", _flat(due[0])
        return verb

    def _imposed_until(self, begin: int, at: int) -> str | None:
        """Return the words that say how long what was ordered lasts: “suspended all flights until Friday”."""
        until = self.grammar.context["until_day"].search(self.text, max(begin, at - 32), at)
        order = self._verbs("imposed").last(begin, until.start()) if until else None
        past = self._verbs("past").last(order[1], at) if order else None
        return _flat(until[0]) if until and order and past is None else None

    def _aimed_at(self, begin: int, at: int) -> str | None:
        """Return what was agreed to be done on a day: “agreed Monday to meet again on Friday”."""
        agreed = self._verbs("agreed").last(begin, at)
        past = self._verbs("past").last(agreed[1], at) if agreed else None
        aim = (
            self.grammar.context["aim"].search(self.text, max(agreed[1], at - _AIMED), at) if agreed else None
        )
        return _flat(aim[0]) if aim and past is None else None

    def promised(self, candidate: Candidate) -> bool:
        """Return whether a verb of the future leads right to a date: “will be held on 19 September”."""
        begin, at = self.around(candidate.start, candidate.end)[0], candidate.start
        verb = self._verbs("future").last(begin, at)
        led = _LAST_WORD.search(self.text, max(begin, at - 24), at)
        return verb is not None and at - verb[1] <= _LEADS and not (led and led[1] in self.grammar.of_day)

    def _said(self, span: tuple[int, int]) -> str:
        return _flat(self.text[span[0] : span[1]])

    def _verb_before(self, begin: int, end: int) -> tuple[Tense | None, str] | None:
        ahead = self._verbs("future").last(begin, end)
        past = self._verbs("past").last(begin, end)
        told = self._verbs("maybe_past").last(max(begin, end - 28), end)
        if told and end - told[1] <= _BESIDE and not self._one_phrase(ahead, told[0]):
            return "past", self._said(told)
        due = self._verbs("open").last(begin, end)
        if due and ahead and ahead[1] <= due[1]:
            return None, self._said(due)
        if ahead and (past is None or past[1] <= ahead[1]):
            return "future", self._said(ahead)
        return ("past", self._said(past)) if past else None

    def _one_phrase(self, ahead: tuple[int, int] | None, at: int) -> bool:
        """Return whether a word of the future goes on to a place: “will be announced”."""
        return ahead is not None and at - ahead[1] <= _PHRASE and "," not in self.text[ahead[1] : at]

    def _told_before(self, begin: int, end: int) -> str | None:
        """Return the word before a date that tells the past: “issued a note on 3 May”."""
        told = self._verbs("maybe_past").last(begin, end)
        maybe = self._verbs("maybe_future").last(begin, end)
        return self._said(told) if told and (maybe is None or maybe[1] <= told[0]) else None

    def _of_another_clause(self, end: int, verb: tuple[int, int]) -> bool:
        """Return whether a verb behind a date stands too far off to be the one that the date goes with."""
        begun = self.grammar.context["clause"].search(self.text, end, verb[0])
        return verb[0] - end > _OWN or "," in self.text[end : verb[0]] or begun is not None

    def _verb_behind(self, begin: int, end: int) -> tuple[Tense, tuple[int, int]] | None:
        ahead = self._verbs("future").first(begin, end)
        past = self._verbs("past").first(begin, end)
        if ahead and (past is None or ahead[0] < past[0]):
            return "future", ahead
        return ("past", past) if past else None

    def _doubtful(self, begin: int, end: int) -> tuple[Tense | None, str]:
        maybe = self._verbs("maybe_future").last(begin, end)
        told = self._verbs("maybe_past").last(begin, end)
        if maybe and not self._apart(maybe, end) and (told is None or told[1] <= maybe[1]):
            return "future", self._said(maybe)
        return None, ""

    def _apart(self, verb: tuple[int, int], end: int) -> bool:
        """Return whether a comma parts a word from a date; a deadline goes on: “before the end, 3 May”."""
        due = self.grammar.before["due"].search(self._said(verb) + " ")
        return due is None and "," in self.text[verb[1] : end]


def _flat(words: str) -> str:
    return re.sub(r"\s+", " ", words).strip()
