"""Attributions of a whole text: sentence by sentence, with what reaches from one sentence into the next.

In: a text and its language. Out: for each sentence its attributions, sources as spans of the words. A pronoun's
source is carried from the sentences before; a list stands under the cue that opens it; a quotation that runs on
belongs to whoever opened it. Sentences are read only when asked for, so that undated ones cost nothing.
"""

from __future__ import annotations

import re
from dataclasses import replace

from timeline.extraction.sentences import split_sentences

from .clauses import Sentence
from .frames import frames_of
from .lexicon import Lexicon, lexicon
from .records import Attribution, Span

_ITEM = re.compile(r"\s*(?:\(?(?:\d{1,2}|[a-z]|[ivx]{1,4})[.)]|[-–•—])\s+")
_LIST_REACH = 40


class Scan:
    """The sentences of one text and, on demand, the attributions in each."""

    def __init__(self, text: str, language: str) -> None:
        self.text = text
        self.words: Lexicon | None = lexicon(language)
        self.spans: list[Span] = split_sentences(text, language)
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
                self._read[index] = frames_of(sentence) + self._listed(index)
        return self._read[index]

    def all(self) -> list[Attribution]:
        """Return every attribution of the text in order."""
        return [found for index in range(len(self.spans)) for found in self.at(index)]

    def _listed(self, index: int) -> list[Attribution]:
        """Return what the cue that opens a list says of an item of it."""
        if not _ITEM.match(self.text, *self.spans[index]):
            return []
        for back in range(index - 1, max(-1, index - _LIST_REACH), -1):
            start, end = self.spans[back]
            if self.text[end - 1] == ":":
                opened = [a for a in self.at(back) if a.content and a.content[-1][1] >= end - 2]
                return [replace(a, content=(self.spans[index],), frame="list: " + a.frame) for a in opened]
            if not _ITEM.match(self.text, start, end) and not self._opens_list(back):
                return []
            if self._opens_list(back):
                return self._from_inner(back, index)
        return []

    def _opens_list(self, index: int) -> bool:
        return re.search(r":\s*\n\s*\(?\w{1,3}[.)]", self.text[slice(*self.spans[index])]) is not None

    def _from_inner(self, back: int, index: int) -> list[Attribution]:
        """Return the cues of a sentence that holds both the list's opening and its first item."""
        start, end = self.spans[back]
        colon = self.text.find(":", start, end)
        opened = [
            a for a in self.at(back) if a.cue[-1][1] <= colon and a.content and a.content[-1][1] > colon
        ]
        return [replace(a, content=(self.spans[index],), frame="list: " + a.frame) for a in opened]
