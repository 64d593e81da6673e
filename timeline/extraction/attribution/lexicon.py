"""The cues of one language, compiled from ``extraction/data/attribution_<language>.toml``.

In: a language code. Out: a ``Lexicon`` with one pattern a list of the file, by dotted name ("verbs.report"); None
for a language that has no file, of which nothing is attributed.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

_DATA = Path(__file__).parent.parent / "data"
_NEVER = re.compile(r"(?!)")
_CASED = ("verbs", "nouns")


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Patterns by dotted name; a list that the file lacks matches nothing."""

    language: str
    patterns: dict[str, re.Pattern[str]]
    trailing: dict[str, re.Pattern[str]]

    def __getitem__(self, name: str) -> re.Pattern[str]:
        return self.patterns.get(name, _NEVER)

    def at_end(self, name: str) -> re.Pattern[str]:
        """Return the pattern of a list, to be found at the very end of a stretch."""
        return self.trailing.get(name, _NEVER)


@cache
def lexicon(language: str) -> Lexicon | None:
    """Return the cues of a language."""
    path = _DATA / f"attribution_{language}.toml"
    if not path.is_file():
        return None
    data = tomllib.loads(path.read_text(encoding="utf-8"))
    patterns: dict[str, re.Pattern[str]] = {}
    trailing: dict[str, re.Pattern[str]] = {}
    for section, content in data.items():
        lists = content if isinstance(content, dict) else {"": content}
        for name, entries in lists.items():
            key = f"{section}.{name}".rstrip(".")
            flags = re.NOFLAG if section in _CASED else re.IGNORECASE
            body = _alternation(entries)
            patterns[key] = re.compile(body, flags)
            trailing[key] = re.compile(body + r"[\s,]*$", flags)
    return Lexicon(language, patterns, trailing)


def _alternation(entries: list[str]) -> str:
    """Return one pattern of whole words; blanks stand for any white space, so that a line break does no harm."""
    ordered = sorted(entries, key=len, reverse=True)
    words = "|".join(re.sub(r" ", r"\\s{1,3}", entry.replace("'", "['’]")) for entry in ordered)
    return rf"(?<![\w-])(?:{words})(?:(?<=['’,-])|(?![\w-]))"
