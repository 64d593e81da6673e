"""The word lists of the letterhead reader, loaded once and made into patterns.

The lists of all languages read are used together: a French letter may bear an English stamp. Only the
title and the language of a part keep them apart.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

LANGUAGES = ("en", "fr", "es")
DATA = Path(__file__).parent / "data"


@dataclass(frozen=True, slots=True)
class Lexicon:
    """The tables of one language, or of all of them together; ``words(section, key)`` gives one list."""

    tables: dict[str, dict[str, Any]]

    def words(self, section: str, key: str) -> tuple[str, ...]:
        """The list under ``[section] key``; empty where the language has none."""
        return tuple(self.tables.get(section, {}).get(key, ()))

    def section(self, section: str) -> dict[str, Any]:
        """The whole table ``[section]``."""
        return self.tables.get(section, {})


@cache
def lexicon(language: str) -> Lexicon:
    """The lists of one language (``en``, ``fr``, ``es``)."""
    with (DATA / f"{language}.toml").open("rb") as file:
        return Lexicon(tomllib.load(file))


@cache
def united_nations_offices() -> dict[str, str]:
    """Lower-case name of an office letters are addressed to, in any language read, to its canonical name."""
    with (DATA / "un.toml").open("rb") as file:
        offices = tomllib.load(file)["office"]
    return {plain(alias): office["name"] for office in offices for alias in office["aliases"]}


@cache
def seats() -> tuple[str, ...]:
    """Towns where these offices sit, lower case."""
    with (DATA / "un.toml").open("rb") as file:
        return tuple(tomllib.load(file)["seats"])


@cache
def organs() -> frozenset[str]:
    """Canonical names of organs and courts that are spoken of rather than written to."""
    with (DATA / "un.toml").open("rb") as file:
        return frozenset(tomllib.load(file)["organs"])


@cache
def every(section: str, key: str) -> tuple[str, ...]:
    """The lists of all languages under one key, without doubles, longest first."""
    found = {word: None for language in LANGUAGES for word in lexicon(language).words(section, key)}
    return tuple(sorted(found, key=lambda word: (-len(word), word)))


def plain(words: str) -> str:
    """Words as they are compared: lower case, single spaces, one kind of apostrophe."""
    return " ".join(words.replace("'", "’").lower().split())


def one_of(words: tuple[str, ...] | list[str]) -> str:
    """A pattern for any of the words, longest first; a space in them stands for any white space."""
    parts = []
    for word in sorted(words, key=lambda w: (-len(w), w)):
        escaped = re.escape(word).replace(r"\ ", r"\s+").replace(" ", r"\s+")
        parts.append(re.sub(r"['’]", "['’]", escaped))
    return "(?:" + "|".join(parts) + ")"


@cache
def any_of(section: str, key: str, language: str | None = None) -> str:
    """A pattern for the words under one key, of one language or of all; none, no match."""
    words = every(section, key) if language is None else lexicon(language).words(section, key)
    return one_of(words) if words else r"(?!)"


@cache
def whole_words(section: str, key: str) -> re.Pattern[str]:
    """Any of the words under one key in any language, standing alone, whatever their case."""
    return re.compile(rf"(?<!\w){any_of(section, key)}(?!\w)", re.IGNORECASE)


@lru_cache(maxsize=2)
def _flat(text: str) -> str:
    return plain(text)


@cache
def _plain_words(section: str, key: str, language: str | None) -> tuple[str, ...]:
    words = every(section, key) if language is None else lexicon(language).words(section, key)
    shortest = sorted({plain(word) for word in words}, key=lambda word: (len(word), word))
    kept: list[str] = []
    for word in shortest:
        # Where a longer one stands, the shorter in it stands too.
        if not any(short in word for short in kept):
            kept.append(word)
    return tuple(kept)


@lru_cache(maxsize=2)
def _lower(text: str) -> str | None:
    """The text in lower case on one line; None in the rare case that this moves its offsets."""
    lower = text.lower().replace("\n", " ")
    return lower if len(lower) == len(text) else None


def places_of(text: str, section: str, key: str, start: int, end: int) -> list[int]:
    """Where the words under a key may stand, in no order: more places than a pattern finds, none missed."""
    flat, lower = _flat(text), _lower(text)
    found: list[int] = []
    for word in _plain_words(section, key, None):
        if word not in flat:
            continue
        if lower is not None and lower.count(word) == flat.count(word):
            found += _all_of(lower, word, start, end)
        else:
            # Somewhere it is written with more blanks or with another apostrophe: the slow way.
            found += [m.start() for m in _pattern_of(word).finditer(text, start, end)]
    return found


def _all_of(text: str, word: str, start: int, end: int) -> list[int]:
    """Every place of a word between two offsets."""
    found, at = [], text.find(word, start, end)
    while at >= 0:
        found.append(at)
        at = text.find(word, at + 1, end)
    return found


@cache
def _pattern_of(word: str) -> re.Pattern[str]:
    return re.compile(one_of([word]), re.IGNORECASE)


@lru_cache(maxsize=512)
def may_hold(text: str, section: str, key: str, language: str | None = None) -> bool:
    """Whether any of the words stands in the text at all: a glance that spares most the full pattern."""
    flat = _flat(text)
    return any(map(flat.__contains__, _plain_words(section, key, language)))
