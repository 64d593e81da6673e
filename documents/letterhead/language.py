"""Which language a stretch of text is in, by its commonest words."""

from __future__ import annotations

import re
from collections import Counter
from functools import cache

from .words import LANGUAGES, lexicon

SAMPLE = 3000
# So many common words of one language in a glance, three times those of any other, settle it.
GLANCE, SURE = 1200, 30
_WORD = re.compile(r"[^\W\d_]+")
ORIGINAL = re.compile(r"(?im)^\s*original\s?:\s*(\w+)|\boriginal\s?:\s*(\w+)\s*$")


@cache
def _common() -> dict[str, frozenset[str]]:
    return {language: frozenset(lexicon(language).words("language", "common")) for language in LANGUAGES}


def language_of(text: str, start: int, end: int) -> str:
    """``en``, ``fr`` or ``es``; English where nothing tells."""
    counts = _counts(text[start : min(end, start + GLANCE)])
    first, second, *_ = sorted(counts.values(), reverse=True)
    if first < SURE or first < 3 * second:
        counts = _counts(text[start : min(end, start + SAMPLE)])
    return max(LANGUAGES, key=lambda language: counts[language])


def _counts(text: str) -> dict[str, int]:
    words = Counter(_WORD.findall(text.lower()))
    return {language: sum(words[w] for w in common) for language, common in _common().items()}


def original_language(text: str, start: int, end: int) -> str | None:
    """The language a masthead says the letter was written in ("Original: English")."""
    if not any(word in text for word in ("riginal", "RIGINAL")):
        return None
    match = ORIGINAL.search(text, start, end)
    if not match:
        return None
    name = (match[1] or match[2]).lower()
    return next((code for code in LANGUAGES if name in lexicon(code).words("language", "names")), None)
