"""The language of a passage, as an ISO 639-1 code.

English, French and Spanish by their function words; others by script, then by py3langid, which is loaded only
when met.
"""

from __future__ import annotations

import re
import tomllib
from functools import cache
from pathlib import Path
from typing import Any

_WORD = re.compile(r"[^\W\d_]+")
# One word in six of a text is one of the list; fewer, and the text is in another language.
_LEAST_SHARE = 1 / 6
_LEAST_WORDS = 6
_UKRAINIAN = frozenset("іїєґІЇЄҐ")
_PERSIAN = frozenset("پچژگ")
_ENOUGH = 4000


@cache
def _data() -> dict[str, Any]:
    path = Path(__file__).with_name("data") / "languages.toml"
    return tomllib.loads(path.read_text(encoding="utf-8"))


@cache
def _words() -> dict[str, frozenset[str]]:
    return {language: frozenset(words) for language, words in _data()["words"].items()}


def detect_language(text: str, default: str = "en") -> str:
    """Return the language of a text; the default where there are no words to tell it by.

    The first 4,000 code points decide.
    """
    sample = text[:_ENOUGH]
    words = [w.lower() for w in _WORD.findall(sample)]
    if not words:
        return default
    by_script = _script(sample)
    if by_script:
        return by_script
    counts = {language: sum(w in known for w in words) for language, known in _words().items()}
    best = max(counts, key=lambda language: counts[language])
    if counts[best] >= len(words) * _LEAST_SHARE:
        return best
    # Names and headings tell no language: what is asked needs words in small letters.
    small = [w for w in _WORD.findall(sample) if not w[0].isupper()]
    return _other(sample, default) if len(small) >= _LEAST_WORDS else (best if counts[best] else default)


def _script(sample: str) -> str | None:
    letters = [c for c in sample if c.isalpha()]
    for entry in _data()["script"]:
        own = sum(entry["first"] <= c <= entry["last"] for c in letters)
        if own * 3 > len(letters):
            if entry["language"] == "ru" and any(c in _UKRAINIAN for c in letters):
                return "uk"
            if entry["language"] == "ar" and any(c in _PERSIAN for c in letters):
                return "fa"
            return str(entry["language"])
    return None


def _other(sample: str, default: str) -> str:
    import py3langid

    language = str(py3langid.classify(sample)[0])
    return language if language in _data()["others"] else default


def languages_of_passages(text: str, passages: list[tuple[int, int]], default: str) -> list[str]:
    """Return the language of each passage; one too short to tell has the default, the letter's own."""
    found = []
    for start, end in passages:
        passage = text[start:end]
        found.append(detect_language(passage, default) if len(_WORD.findall(passage)) >= 6 else default)
    return found
