"""How near two texts are: the same letter again, an identical letter to another address, a translation.

Identical letters differ in their address and their masthead; a translation shares little but the numbers.
"""

from __future__ import annotations

import re
from collections import Counter
from typing import Literal

WORDS_IN_A_ROW = 4
# Shares of runs of words in common. Two letters to two addresses differ by a few lines only.
SAME_TEXT = 0.97
IDENTICAL = 0.8
# Fewer numbers than this, years and days for the most part, tell nothing of a translation.
LEAST_NUMBERS = 6
SAME_NUMBERS = 0.85
# A translation is neither much shorter nor much longer.
LENGTHS = (0.6, 1.7)


def likeness(one: str, other: str) -> float:
    """The share of runs of four words that two texts have in common, 0 to 1; case and spaces do not count."""
    runs_one, runs_other = _runs(one), _runs(other)
    together = len(runs_one | runs_other)
    return len(runs_one & runs_other) / together if together else 0.0


def _runs(text: str) -> set[tuple[str, ...]]:
    words = re.findall(r"\w+", text.lower())
    if len(words) < WORDS_IN_A_ROW:
        return {tuple(words)} if words else set()
    return set(zip(*(words[i:] for i in range(WORDS_IN_A_ROW)), strict=False))


def numbers_shared(one: str, other: str) -> float:
    """The share of numbers that two texts have in common, each as often as it stands; 0 for a few only."""
    numbers_one, numbers_other = (Counter(re.findall(r"\d+", text)) for text in (one, other))
    together = (numbers_one | numbers_other).total()
    if min(numbers_one.total(), numbers_other.total()) < LEAST_NUMBERS:
        return 0.0
    return (numbers_one & numbers_other).total() / together


def same_letter(
    one: str, other: str, languages_differ: bool
) -> Literal["duplicate", "identical", "translation"] | None:
    """What one text is to another of the same date and sender; None for a letter of its own."""
    if languages_differ:
        short, long = LENGTHS
        fits = short * len(other) <= len(one) <= long * len(other)
        return "translation" if fits and numbers_shared(one, other) >= SAME_NUMBERS else None
    near = likeness(one, other)
    if near >= SAME_TEXT:
        return "duplicate"
    return "identical" if near >= IDENTICAL else None
