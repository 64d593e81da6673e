"""Words that somebody seeks: what they ask for, and where they stand in a text.

What is sought is words, each found where a word begins with it, and phrases in quotation marks, found as they
stand. Capitals do not matter, nor do accents on Latin letters. ``timeline/word_index.py`` has the databases
fold texts by the same rules. Offsets count Unicode code points of the text given; intervals are half-open.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

# More words than this are no search but a text.
WORDS_SOUGHT = 12
MARKS = "\u0300-\u036f"
ACCENTS = re.compile(f"([A-Za-z])[{MARKS}]+")
# Letters that lower case leaves apart: the Greek final sigma, the long s.
SAME = str.maketrans("ςſ", "σs")
TERM = re.compile(r"[\"“”«]([^\"“”«»]+)[\"“”»]|(\S+)")
WORD = re.compile(r"[^\W_]+")
# What may be a letter's symbol, as A/73/880 or 12-2019.
SYMBOL = re.compile(r"\d.*[/.-]|[/.-].*\d")
# Signs that stand between words as blanks do. A term with others is also sought as it is written.
LITERAL = re.compile(rf"[^\w\s\-‐‑–—'’./,:;()\"“”«»…{MARKS}]")
# Scripts whose words stand apart. A term in another is sought anywhere, letter by letter.
SPACED = frozenset({"LATIN", "GREEK", "CYRILLIC", "ARMENIAN", "DIGIT"})
# Letters beyond which none is a Latin one with an accent: Latin Extended Additional ends there.
ACCENTED = (0xC0, 0x1EFF)


def fold(text: str) -> str:
    """Return a text in lower case, without accents on its Latin letters."""
    bare = ACCENTS.sub(r"\1", unicodedata.normalize("NFD", text))
    return unicodedata.normalize("NFC", bare).lower().translate(SAME)


@dataclass(frozen=True, slots=True)
class Term:
    """One thing sought: as it is ``written``, the folded ``words`` in it, whether the last one is whole."""

    written: str
    words: tuple[str, ...]
    whole: bool

    @property
    def indexed(self) -> bool:
        """Whether an index of words can find it."""
        letters = {ch for word in self.words for ch in word}
        return bool(letters) and all(unicodedata.name(ch, "").split(" ")[0] in SPACED for ch in letters)

    @property
    def literal(self) -> bool:
        """Whether it has to be found as it is written."""
        return not self.indexed or bool(LITERAL.search(self.written))


@lru_cache(256)
def terms_of(sought: str) -> tuple[Term, ...]:
    """Return what is sought, each once: phrases in quotation marks, and words."""
    terms = {}
    for phrase, word in TERM.findall(sought):
        written = " ".join((phrase or word).split())
        terms[written, bool(phrase)] = Term(written, tuple(WORD.findall(fold(written))), bool(phrase))
    return tuple(term for term in terms.values() if term.written)[:WORDS_SOUGHT]


def words_of(sought: str) -> list[str]:
    """Return the words and phrases sought as they are written, each once."""
    return list(dict.fromkeys(term.written for term in terms_of(sought)))


@lru_cache(1)
def _accented() -> dict[str, str]:
    """Return {letter: the same letter with every accent}."""
    found: dict[str, str] = {}
    for code in range(ACCENTED[0], ACCENTED[1] + 1):
        bare = fold(chr(code))
        if len(bare) == 1 and bare.isascii() and bare.isalpha():
            found[bare] = found.get(bare, "") + chr(code)
    return found


def _either_way(text: str) -> str:
    """Return the pattern of a text with or without accents, in capitals or not."""
    parts = []
    for ch in fold(text):
        more = _accented().get(ch, "")
        parts.append(f"[{ch}{more}][{MARKS}]*" if more else re.escape(ch))
    return "".join(parts)


def _pattern(term: Term) -> str:
    if term.literal:
        return _either_way(term.written)
    words = r"[\W_]+".join(map(_either_way, term.words))
    return rf"(?<![^\W_]){words}(?![^\W_])" if term.whole else rf"(?<![^\W_]){words}"


@lru_cache(256)
def pattern_of(sought: str) -> re.Pattern[str] | None:
    """Return what finds any of the words sought, the longer first, where words begin. None for no word."""
    found = sorted(map(_pattern, terms_of(sought)), key=len, reverse=True)
    return re.compile("|".join(found), re.IGNORECASE) if found else None


def distinct(hits: re.Pattern[str], text: str) -> int:
    """Return how many different words of those sought stand in a text."""
    return len({fold(hit) for hit in hits.findall(text)})


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
            words.add(fold(text[hits[at][0] : hits[at][1]]))
            at += 1
        if words:
            found.append(FoundPlace(start, end, len(words), first + 1))
    return sorted(found, key=lambda place: (-place.words, place.start))
