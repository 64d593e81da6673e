"""Attributions of a whole text: sentence by sentence, with what reaches from one sentence into the next.

In: a text and its language. Out: for each sentence its attributions, sources as spans of the words. A list
stands under the cue that opens it; a quotation that runs on belongs to whoever opened it. Sentences are read
only when asked for, so that undated ones cost nothing.
"""

from __future__ import annotations

import re
from dataclasses import replace

from timeline.extraction.sentences import split_sentences

from .clauses import Sentence
from .frames import frames_of
from .lexicon import Lexicon, lexicon
from .records import Attribution, Span

# What opens an item: a number, a letter, a dash; a row of a table; a telegram's full stop.
_ITEM = re.compile(r"\s*(?:(\(?\d{1,2}[.)])|(\(?[a-z][.)])|(\(?[ivx]{1,5}[.)])|([-–•—*·]))\s+")
_BREAK = re.compile(
    r"\n[ \t]*(?=(?:\(?(?:\d{1,2}|[a-z]|[ivx]{1,5})[.)]|[-–•—*·|])\s)|(?<=\sSTOP)\s+(?=[A-Z])"
    r"|(?<=[a-zà-ÿ]{3})\.(?=[A-ZÀ-Ý][a-zà-ÿ'’]*\s)"
)
_LIST_REACH = 40
_QUOTE_GAP = 3


class Scan:
    """The sentences of one text and, on demand, the attributions in each."""

    def __init__(self, text: str, language: str) -> None:
        self.text = text
        self.words: Lexicon | None = lexicon(language)
        self.spans: list[Span] = _spans(text, language)
        self._read: dict[int, list[Attribution]] = {}
        self._sentences: dict[int, Sentence] = {}

    def sentence(self, index: int) -> Sentence | None:
        """Return one sentence, ready to be read; None in a language without cues."""
        if self.words is None:
            return None
        if index not in self._sentences:
            self._sentences[index] = Sentence(self.text, *self.spans[index], self.words)
        return self._sentences[index]

    def at(self, index: int) -> list[Attribution]:
        """Return the attributions whose content stands in a sentence, in order of their cues."""
        if index not in self._read:
            self._read[index] = []
            sentence = self.sentence(index)
            if sentence is not None:
                self._read[index] = self._listed(index) + frames_of(sentence) + self._running(index)
        return self._read[index]

    def all(self) -> list[Attribution]:
        """Return every attribution of the text in order."""
        found = [found for index in range(len(self.spans)) for found in self.at(index)]
        return [a for a in found if any(self.text[s:e] != ":" for s, e in a.content)]

    def _listed(self, index: int) -> list[Attribution]:
        """Return what the cue that opens a list says of an item of it."""
        style = self._style(index)
        if style is None:
            return []
        for back in range(index - 1, max(-1, index - _LIST_REACH), -1):
            end = self.spans[back][1]
            if self.text[end - 1] == ":" or self._style(back) is None:
                return self._opened(back, index) if self.text[end - 1] not in ".;!?" else []
            if self._style(back) != style:
                return []
        return []

    def _opened(self, back: int, index: int) -> list[Attribution]:
        """Return the cues of a list's opening whose content runs to its colon."""
        end = self.spans[back][1]
        found = [a for a in self.at(back) if a.content and a.content[-1][1] >= end - 2]
        return [replace(a, content=(self.spans[index],), frame="list: " + a.frame) for a in found]

    def _style(self, index: int) -> int | None:
        """Return how an item is marked (number, letter, roman number, dash); None for no item."""
        item = _ITEM.match(self.text, *self.spans[index])
        if item is None:
            ordinal = (
                self.words["clause.ordinals"].match(self.text, *self.spans[index]) if self.words else None
            )
            return 9 if ordinal else None
        return 2 if item[3] or (item[2] and item[2].strip("().") in "ivx") else (item.lastindex or 0)

    def _running(self, index: int) -> list[Attribution]:
        """Return whose quotation, opened in a sentence before, runs on through this one."""
        start, end = self.spans[index]
        opening = _open_quote(self.text, max(0, start - 3000), start)
        if opening is None:
            return []
        first = next((i for i in range(index - 1, -1, -1) if self.spans[i][0] <= opening), None)
        if first is None:
            return []
        close = re.compile(r"[”»]").search(self.text, start, end)
        content = (start, close.start() if close else end)
        for found in self.at(first):
            if found.content and abs(found.content[-1][0] - opening) <= _QUOTE_GAP:
                return [replace(found, content=(content,), frame="quotation runs on")]
        return []


def _spans(text: str, language: str) -> list[Span]:
    """Return the sentences, lists and telegrams divided into their items."""
    spans: list[Span] = []
    for start, end in split_sentences(text, language):
        at = start
        for gap in _BREAK.finditer(text, start, end):
            if text[at : gap.start()].strip():
                spans.append((at, gap.start()))
                at = gap.end()
        if text[at:end].strip():
            spans.append((at, end))
    return spans


def _open_quote(text: str, low: int, at: int) -> int | None:
    """Return where a quotation opens that is still open at ``at``."""
    for opening, closing in (("“", "”"), ("«", "»")):
        last = text.rfind(opening, low, at)
        if last >= 0 and text.find(closing, last, at) < 0:
            return last
    return None
