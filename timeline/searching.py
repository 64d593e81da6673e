"""Words that somebody seeks, found in a text: where they stand.

Offsets count Unicode code points of the text given; intervals are half-open.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

# More words than this are no search but a text.
WORDS_SOUGHT = 12


def words_of(sought: str) -> list[str]:
    """Return the words sought, each once."""
    return list(dict.fromkeys(sought.split()))[:WORDS_SOUGHT]


def pattern_of(sought: str) -> re.Pattern[str] | None:
    """Return what finds any of the words sought, capitals or not; the longer first. None for no word."""
    words = sorted((re.escape(word) for word in words_of(sought)), key=len, reverse=True)
    return re.compile("|".join(words), re.IGNORECASE) if words else None


def distinct(hits: re.Pattern[str], text: str) -> int:
    """Return how many different words of those sought stand in a text."""
    return len({hit.lower() for hit in hits.findall(text)})


@dataclass(frozen=True, slots=True)
class FoundPlace:
    """A paragraph with hits: its span, how many different words it holds, the number of its first hit."""

    start: int
    end: int
    words: int
    first_hit: int


def places_of(
    text: str, hits: Sequence[tuple[int, int]], stretches: Sequence[tuple[int, int]]
) -> list[FoundPlace]:
    """Return the stretches of a text that hold hits, those with most different words first, then as it reads.

    ``hits``: spans in the text, in order; they are numbered from 1, as a letter's page numbers them.
    ``stretches``: spans in order that do not overlap.
    """
    found, at = [], 0
    for start, end in stretches:
        while at < len(hits) and hits[at][0] < start:
            at += 1
        first, words = at, set()
        while at < len(hits) and hits[at][0] < end:
            words.add(text[hits[at][0] : hits[at][1]].lower())
            at += 1
        if words:
            found.append(FoundPlace(start, end, len(words), first + 1))
    return sorted(found, key=lambda place: (-place.words, place.start))
