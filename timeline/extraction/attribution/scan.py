"""Attributions of a whole text: sentence by sentence, with what reaches from one sentence into the next.

In: a text and its language. Out: for each sentence its attributions, sources as spans of words. A list
stands under the cue that opens it; a quotation belongs to whoever opened or closed it. Sentences are read
only when asked for, so that undated ones cost nothing.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import replace

from timeline.extraction.sentences import limit, split_sentences

from .frames import frames_of
from .lexicon import Lexicon, lexicon
from .quotes import quotations
from .records import Attribution, Span
from .sentence import Sentence

# What opens an item: a number, a letter, a dash; a row of a table; a telegram's full stop.
_ITEM = re.compile(r"\s*(?:(\(?\d{1,2}[.)])|(\(?[a-z][.)])|(\(?[ivx]{1,5}[.)])|([-–•—*·]))\s+")
_BREAK = re.compile(
    r"\n[ \t]*(?=(?:\(?(?:\d{1,2}|[a-z]|[ivx]{1,5})[.)]|[-–•—*·|])\s)|(?<=\sSTOP)\s+(?=[A-Z])"
    r"|(?<=[a-zà-ÿ]{2})\.(?=[A-ZÀ-Ý][a-zà-ÿ'’]*\s)|(?<=\d)(?=[A-ZÀ-Ý][a-zà-ÿ]+\s)"
)
_LIST_REACH = 40
_QUOTE_GAP = 3
_LEAST_QUOTE = 4
_BLANK_LINE = 2
_EDGE = " \t\r\n\u00a0.,;:"


class Scan:
    """The sentences of one text and, on demand, the attributions in each.

    A unit is a sentence, or several that one quotation holds together; cues are sought in units.
    """

    def __init__(self, text: str, language: str) -> None:
        self.text = text
        self.words: Lexicon | None = lexicon(language)
        self.spans: list[Span] = _spans(text, language)
        self.quotes: list[Span] = quotations(text)
        self.unit_of: list[int] = []
        self.units: list[Span] = []
        self._unite()
        self._read: dict[int, list[Attribution]] = {}
        self._units: dict[int, list[Attribution]] = {}
        self._sentences: dict[int, Sentence] = {}

    def _unite(self) -> None:
        """Put sentences together whose border lies within a quotation."""
        quote, longest = 0, limit("longest_quoted")
        for start, end in self.spans:
            while quote < len(self.quotes) and self.quotes[quote][1] <= start:
                quote += 1
            inside = quote < len(self.quotes) and self.quotes[quote][0] < start
            short = bool(self.units) and end - self.units[-1][0] <= longest
            if inside and short and self.units[-1][1] > self.quotes[quote][0]:
                self.units[-1] = (self.units[-1][0], end)
            else:
                self.units.append((start, end))
            self.unit_of.append(len(self.units) - 1)

    def sentence(self, index: int) -> Sentence | None:
        """Return one sentence, ready to be read; None in a language without cues."""
        if self.words is None:
            return None
        if index not in self._sentences:
            self._sentences[index] = self._made(self.spans[index])
        return self._sentences[index]

    def _made(self, span: Span) -> Sentence:
        start, end = span
        assert self.words is not None  # noqa: S101
        low = bisect_left(self.quotes, (start, 0))
        quotes = self.quotes[low : bisect_left(self.quotes, (end, 0))]
        first = bisect_left(self.spans, (start, 0))
        stops = [s[1] for s in self.spans[first : bisect_left(self.spans, (end, 0))] if s[1] < end]
        return Sentence(self.text, start, end, self.words, quotes, stops)

    def at(self, index: int) -> list[Attribution]:
        """Return the attributions whose content stands in a sentence, in order of their cues."""
        if index not in self._read:
            self._read[index] = []
            if self.words is not None:
                start, end = self.spans[index]
                unit = [
                    a
                    for a in self._of_unit(self.unit_of[index])
                    if any(s < end and start < e for s, e in (*a.content, *a.cue))
                ]
                self._read[index] = self._listed(index) + unit + self._running(index)
        return self._read[index]

    def _of_unit(self, unit: int) -> list[Attribution]:
        if unit not in self._units:
            self._units[unit] = frames_of(self._made(self.units[unit]))
        return self._units[unit]

    def all(self) -> list[Attribution]:
        """Return every attribution in order; what one cue opens is one, over sentences and lists."""
        merged: dict[tuple[tuple[Span, ...], tuple[Span, ...]], Attribution] = {}
        for found in dict.fromkeys(a for index in range(len(self.spans)) for a in self.at(index)):
            first = merged.get((found.source, found.cue))
            pieces = (*first.content, *found.content) if first else found.content
            told = [s for s in dict.fromkeys(pieces) if self.text[slice(*s)] != ":"]
            merged[found.source, found.cue] = replace(first or found, content=tuple(told))
        return [a for a in merged.values() if a.content]

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
        """Return whose quotation stands in a unit of its own: of whoever spoke before it."""
        unit = self.unit_of[index]
        start, end = self.units[unit]
        near = bisect_left(self.quotes, (start, 0))
        quote = next((q for q in self.quotes[near : near + _QUOTE_GAP] if q[0] < start + _QUOTE_GAP), None)
        quote = quote if quote and quote[1] >= end - 1 else None
        if quote is None or not unit or quote[1] - quote[0] < _LEAST_QUOTE:
            return []
        last = bisect_left(self.spans, (start, 0)) - 1
        gap = self.text[self.spans[last][1] : start]
        content = (max(self.spans[index][0], quote[0] + 1), min(self.spans[index][1], quote[1] - 1))
        while content[1] > content[0] and self.text[content[1] - 1] in _EDGE:
            content = (content[0], content[1] - 1)
        opened = self.text[self.spans[last][1] - 1] == ":"
        for found in reversed(self.at(last)):
            told = found.kind == "quotation" or found.frame in ("quotation goes on", "quotation alone")
            if opened and found.content and found.content[-1][1] >= self.spans[last][1] - 2:
                return [replace(found, content=(content,), frame="quotation goes on")]
            if told and found.source and gap.count("\n") <= _BLANK_LINE:
                return [replace(found, content=(content,), frame="quotation alone")]
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
