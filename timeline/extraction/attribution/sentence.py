"""One sentence under reading: its text by offsets, its cues, the quotations in it."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass, field

from .lexicon import Lexicon
from .records import Span

_LISTED = re.compile(r":\s*(?:\(?\w{1,3}[.)]\s|[-–•—]\s|\n)")
_EDGE = " \t\r\n\u00a0,.;:"
_ITEM = re.compile(
    r"\s*(?:\(?(?:\d{1,2}|[a-z]|[ivx]{1,4})[.)]|[-–•])\s+|\s*\(?(?:\d{1,2}|[a-z]|[IVX]{1,4})\)(?=[A-ZÀ-Þ])"
)


@dataclass(slots=True)
class Sentence:
    """One sentence under reading: its text by offsets, its cues and the quotations in it.

    A quotation of several sentences belongs to the sentence around it; ``stops`` are the places where a
    sentence ends within.
    """

    text: str
    start: int
    end: int
    words: Lexicon
    quotes: list[Span] = field(default_factory=list)
    stops: list[int] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.words = self.words.suited(self.text[self.start : self.end])
        item = _ITEM.match(self.text, self.start, self.end)
        if item:
            self.start = item.end()
        self.quotes = [q for q in self.quotes if self.start <= q[0] and q[1] <= self.end]

    def trimmed(self, start: int, end: int) -> Span:
        """Return a stretch without blanks and points at its edges."""
        while start < end and self.text[start] in _EDGE:
            start += 1
        while end > start and self.text[end - 1] in _EDGE:
            end -= 1
        return start, end

    def unquoted(self, start: int, end: int) -> Span:
        """Return a stretch without the quotation marks around it."""
        start, end = self.trimmed(start, end)
        if (start, end) in self.quotes:
            return self.inside((start, end))
        return start, end

    def inside(self, quote: Span) -> Span:
        """Return the words of a quotation without its marks, of which some are doubled."""
        mark = 2 if self.text.startswith("''", quote[0]) else 1
        return self.trimmed(quote[0] + mark, max(quote[0] + mark, quote[1] - mark))

    def quote_at(self, position: int) -> Span | None:
        """Return the quotation that a position lies in; none lies within another."""
        last = bisect_left(self.quotes, (position, 0)) - 1
        return self.quotes[last] if last >= 0 and position < self.quotes[last][1] else None

    def in_quote(self, position: int) -> bool:
        """Return whether a position lies in a quotation."""
        return self.quote_at(position) is not None

    def is_list(self, position: int) -> bool:
        """Return whether a position lies before the opening of a list, so that all items belong to it."""
        opened = _LISTED.search(self.text, position, self.end)
        return opened is not None and ";" not in self.text[position : opened.start()]

    def frame_start(self, position: int) -> int:
        """Return where the stretch begins that a cue may reach back to: its quotation, or the sentence."""
        quote = self.quote_at(position)
        low = quote[0] + 1 if quote else self.start
        last = bisect_right(self.stops, position)
        return max(low, self.stops[last - 1]) if last else low

    def frame_end(self, position: int) -> int:
        """Return the end of the stretch that a cue may reach: its quotation's, or the sentence's."""
        quote = self.quote_at(position)
        high = quote[1] - 1 if quote else self.end
        following = bisect_right(self.stops, position)
        return min(high, self.stops[following]) if following < len(self.stops) else high
