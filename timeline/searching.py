"""Words that somebody seeks: which they are, and where they stand in a text.

A word is found where one of the text begins with it, whatever the capitals and the accents: "detente" finds
"Détente", "gate" finds "gates". Scripts that do not set words apart, or glue an article before them, are
searched for the characters alone. ``timeline/search_index.py`` has the database find the same.

Offsets count Unicode code points of the text given; intervals are half-open.
"""

from __future__ import annotations

import itertools
import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

# More words than this are no search but a text.
WORDS_SOUGHT = 12
# A run of letters and digits, of any script.
TOKEN = re.compile(r"[^\W_]+")
# Accents that are taken off: the combining diacritical marks.
FIRST_MARK, LAST_MARK = "\u0300", "\u036f"
# Hebrew, Arabic, Syriac, Thaana; Thai, Lao; Burmese, Khmer; kana and Han.
UNSPACED = re.compile(r"[\u0590-\u08ff\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff]")


@dataclass(frozen=True, slots=True)
class Sought:
    """What is sought: beginnings of words, folded, and runs of characters as they were typed."""

    words: tuple[str, ...]
    runs: tuple[str, ...]


def words_of(sought: str) -> list[str]:
    """Return the words as they were typed, each once."""
    return list(dict.fromkeys(sought.split()))[:WORDS_SOUGHT]


def read(sought: str) -> Sought:
    """Return what a person's words ask for; what holds neither letter nor digit asks for nothing."""
    words: dict[str, None] = {}
    runs: dict[str, None] = {}
    for typed in words_of(sought):
        if UNSPACED.search(typed):
            runs[typed] = None
        else:
            words.update(dict.fromkeys(TOKEN.findall(folded(unicodedata.normalize("NFC", typed)))))
    return Sought(tuple(words), tuple(runs))


@lru_cache(4096)
def _fold(character: str) -> str:
    """Return a character without capitals and accents, always one."""
    bare = [c for c in unicodedata.normalize("NFD", character.lower()) if not FIRST_MARK <= c <= LAST_MARK]
    return bare[0] if len(bare) == 1 else character


def folded(text: str) -> str:
    """Return a text without capitals and accents, character for character."""
    return text.lower() if text.isascii() else "".join(map(_fold, text))


def hits_in(text: str, sought: str, most: int | None = None) -> list[tuple[int, int]]:
    """Return the spans of what is sought, in order; no more than ``most``."""
    asked = read(sought)
    words = sorted(asked.words, key=len, reverse=True)
    kinds = [rf"(?<![^\W_])(?:{'|'.join(words)})"] if words else []
    kinds += [re.escape(folded(run)) for run in asked.runs]
    if not kinds:
        return []
    found = re.finditer("|".join(kinds), folded(text))
    return [hit.span() for hit in itertools.islice(found, most)]


def distinct(text: str, hits: Sequence[tuple[int, int]]) -> int:
    """Return how many different words the spans of a text hold."""
    return len({folded(text[start:end]) for start, end in hits})


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
        first = at
        while at < len(hits) and hits[at][0] < end:
            at += 1
        if at > first:
            found.append(FoundPlace(start, end, distinct(text, hits[first:at]), first + 1))
    return sorted(found, key=lambda place: (-place.words, place.start))
