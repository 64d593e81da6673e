"""Where the words of one text stand in another reading of the same letter.

By the words themselves, and by those before and behind them where they stand more than once (W3C Web
Annotation Data Model, 4.2.4, TextQuoteSelector). White space may differ: another reading breaks lines
otherwise. Offsets count Unicode code points; intervals are half-open.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from itertools import islice

# Characters before and behind, without white space, that tell places of the same words apart.
CONTEXT = 64
# More places than these are not weighed.
PLACES_WEIGHED = 500

Span = tuple[int, int]


def _flexible(words: str) -> re.Pattern[str] | None:
    """Return what finds the words of a quote with any white space between them; None for no word."""
    parts = [re.escape(word) for word in words.split()]
    return re.compile(r"\s+".join(parts)) if parts else None


def _packed(text: str) -> str:
    return "".join(text.split())


def _alike(one: str, other: str) -> int:
    """Return how many characters two texts have in common from their beginnings on."""
    for n, (a, b) in enumerate(zip(one, other, strict=False)):
        if a != b:
            return n
    return min(len(one), len(other))


class Moved:
    """The places of an old text's words in a new one."""

    def __init__(self, old: str, new: str) -> None:
        self.old, self.new = old, new

    def place(self, start: int, end: int) -> Span | None:
        """Return where the old characters ``start`` to ``end`` stand now; None where that is not certain."""
        return self._best(start, end, 0, len(self.old), 0, len(self.new))

    def inside(self, start: int, end: int, quote: Span, now: Span) -> Span | None:
        """Return where characters inside an old quote stand in its place ``now``: the same one of several."""
        pattern = _flexible(self.old[start:end])
        if pattern is None:
            return None
        before = [hit.start() for hit in pattern.finditer(self.old, *quote)]
        found = [hit.span() for hit in pattern.finditer(self.new, *now)]
        nth = bisect_left(before, start)
        if len(found) != len(before) or nth >= len(found) or before[nth] > start + 1:
            return self._best(start, end, *quote, *now)
        return found[nth]

    def sought(self, quote: str) -> Span | None:
        """Return where words stand that had no place before; None unless they stand there once."""
        pattern = _flexible(quote)
        found = [hit.span() for hit in islice(pattern.finditer(self.new), 2)] if pattern else []
        return found[0] if len(found) == 1 else None

    def point(self, offset: int) -> int:
        """Return about where an old offset lies now: at the words that follow it, else in proportion."""
        words = self.old[offset : offset + 2 * CONTEXT]
        span = self.place(offset, offset + len(words)) if words.strip() else None
        return span[0] if span else round(offset * len(self.new) / max(1, len(self.old)))

    def _best(self, start: int, end: int, low: int, high: int, new_low: int, new_high: int) -> Span | None:
        pattern = _flexible(self.old[start:end])
        if pattern is None:
            return None
        found = [hit.span() for hit in islice(pattern.finditer(self.new, new_low, new_high), PLACES_WEIGHED)]
        if len(found) < 2:
            return found[0] if found else None
        wide = 4 * CONTEXT
        before = _packed(self.old[max(0, start - wide) : start])[-CONTEXT:][::-1]
        behind = _packed(self.old[end : end + wide])[:CONTEXT]

        def weight(span: Span) -> int:
            a = _packed(self.new[max(0, span[0] - wide) : span[0]])[-CONTEXT:][::-1]
            return _alike(before, a) + _alike(behind, _packed(self.new[span[1] : span[1] + wide])[:CONTEXT])

        weights = sorted(((weight(span), span) for span in found), reverse=True)
        if weights[0][0] > weights[1][0]:
            return weights[0][1]
        there = [hit.start() for hit in islice(pattern.finditer(self.old, low, high), PLACES_WEIGHED)]
        nth = bisect_left(there, start)
        return found[nth] if len(there) == len(found) and nth < len(found) else None
