"""The cues of one language, compiled from ``extraction/data/attribution_<language>.toml``.

In: a language code. Out: a ``Lexicon`` with one pattern a list of the file, by dotted name ("verbs.report");
None for a language that has no file, of which nothing is attributed.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

_DATA = Path(__file__).parent.parent / "data"
_NEVER = re.compile(r"(?!)")
_CASED = ("verbs.", "nouns.claim", "nouns.plan", "nouns.utterance")
# An entry that begins so may follow a word directly.
_MARKS = ",;:"
_ANY = ("verbs.report", "verbs.deny", "verbs.demand", "verbs.announce", "verbs.evaluate", "verbs.silence")


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Patterns by dotted name; a list that the file lacks matches nothing."""

    language: str
    patterns: dict[str, re.Pattern[str]]
    trailing: dict[str, re.Pattern[str]]
    capitals: Lexicon | None = None

    def __getitem__(self, name: str) -> re.Pattern[str]:
        return self.patterns.get(name, _NEVER)

    def at_end(self, name: str) -> re.Pattern[str]:
        """Return the pattern of a list, to be found at the very end of a stretch."""
        return self.trailing.get(name, _NEVER)

    def suited(self, sentence: str) -> Lexicon:
        """Return the cues as they stand in a sentence: of a telegram in capitals, without regard to case."""
        return self.capitals if self.capitals is not None and sentence.isupper() else self


@cache
def lexicon(language: str) -> Lexicon | None:
    """Return the cues of a language."""
    path = _DATA / f"attribution_{language}.toml"
    if not path.is_file():
        return None
    data = tomllib.loads(path.read_text(encoding="utf-8"))
    lists = _lists(data)
    return _compiled(language, lists, _compiled(language, lists, None, re.IGNORECASE))


def _lists(data: dict[str, Any]) -> dict[str, list[str]]:
    """Return the lists of a file by dotted name, and all verbs together as "verbs.any"."""
    lists: dict[str, list[str]] = {}
    for section, content in data.items():
        for name, entries in (content if isinstance(content, dict) else {"": content}).items():
            lists[f"{section}.{name}".rstrip(".")] = entries
    for name in ("that", "clause.boundaries", "nouns.opener"):
        lists[name] = [_conjunction(entry, lists) for entry in lists.get(name, [])]
    every = [entry for name, entries in lists.items() if name in _ANY for entry in entries]
    return {**lists, "verbs.any": list(dict.fromkeys(every))}


def _conjunction(entry: str, lists: dict[str, list[str]]) -> str:
    """Return a conjunction that is none behind some words: the “that” of “at that meeting”, “telle que”."""
    if entry not in lists.get("clause.conjunctions", []):
        return entry
    return "".join(rf"(?<!\b{word}\s)" for word in lists["clause.no_conjunction_behind"]) + entry


def _compiled(
    language: str, lists: dict[str, list[str]], capitals: Lexicon | None, cased: re.RegexFlag = re.NOFLAG
) -> Lexicon:
    patterns: dict[str, re.Pattern[str]] = {}
    trailing: dict[str, re.Pattern[str]] = {}
    for name, entries in lists.items():
        free = name.startswith("verbs.") and "verbs.any_case" in lists
        flags = cased if name.startswith(_CASED) and not free else re.IGNORECASE
        body = pattern_of(entries)
        patterns[name] = re.compile(body, flags)
        trailing[name] = re.compile(body + r"[\s,]*$", flags)
    return Lexicon(language, patterns, trailing, capitals)


def pattern_of(entries: list[str]) -> str:
    """Return one pattern of whole words; a blank stands for any white space, a line break too."""
    ordered = sorted(entries, key=len, reverse=True)
    words = "|".join(
        ("" if entry[0] in _MARKS else r"(?<![\w-])") + entry.replace(" ", r"\s{1,3}").replace("'", "['’]")
        for entry in ordered
    )
    return rf"(?:{words})(?:(?<=['’,-])|(?![\w-]))"
