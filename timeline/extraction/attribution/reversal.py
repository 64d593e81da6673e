"""Whether the sender takes back what it has just passed on: “…; there was none”, “This is untrue.”

In: an attribution of somebody else's words and where it stands. Out: whether the words behind it call them
false, or the next sentence says the same of another date.
"""

from __future__ import annotations

import re

from .records import Attribution
from .resolve import Source, Speakers

_WORD = re.compile(r"[^\W\d_]{3,}")
_NUMBER = re.compile(r"\d+")
_NEAR = 60
_LEAST_WORDS = 3
_LEAST_SHARE = 0.75


def is_reversed(found: Attribution, source: Source, index: int, speakers: Speakers) -> bool:
    """Return whether what follows the content of an attribution says that it is not so."""
    if not found.content or source.own:
        return False
    scan = speakers.scan
    sentence = scan.sentence(index)
    if sentence is None:
        return False
    end = found.content[-1][1]
    stop = scan.spans[index][1]
    opening = scan.words["phrases.reversal"] if scan.words else None
    if opening is None:
        return False
    if end < stop - 5:
        behind = re.compile(r"[\s”\"»’,.;:—–-]*(?:but |yet |mais |or |pero )?").match(scan.text, end, stop)
        at = behind.end() if behind else end
        semicolon = ";" in scan.text[end:at]
        absolute = sentence.words["modality.absolute"].match(scan.text, at, stop)
        if opening.match(scan.text, at, stop) or (semicolon and absolute):
            return True
        inside = sentence.words["modality.never"].search(scan.text, at, min(stop, at + _NEAR))
        return semicolon and inside is not None
    if index + 1 >= len(scan.spans):
        return False
    low, high = scan.spans[index + 1]
    if "\n\n" in scan.text[stop:low]:
        return False
    if opening.match(scan.text, low, high):
        return True
    return _contradicted(scan.text[found.content[0][0] : end], scan.text[low:high])


def _contradicted(said: str, answer: str) -> bool:
    """Return whether the answer repeats the words and gives another number."""
    words = [w.lower() for w in _WORD.findall(said)]
    again = {w.lower() for w in _WORD.findall(answer)}
    if len(words) < _LEAST_WORDS or len(again) > len(words) * 1.5:
        return False
    numbers, others = set(_NUMBER.findall(said)), set(_NUMBER.findall(answer))
    if not numbers - others or not others - numbers:
        return False
    return sum(w in again for w in words) >= len(words) * _LEAST_SHARE
