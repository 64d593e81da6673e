"""Finds names in a text: one pass over its words, the longest name at each place.

Apostrophes, hyphens, blanks and line breaks within a name match each other's variants; case must match but for
names written in capitals throughout. Linear in the text: at each word, one look-up a length of name.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

from .records import PartyMention, PartyNameRecord, PartyRecord

_TOKEN = re.compile(r"[^\W_]+(?:\.(?=[^\W_]\.))?|[’'‘]|[-‐-―]|\.")
_APOSTROPHES = str.maketrans({"‘": "'", "’": "'", "ʼ": "'", "‐": "-", "‑": "-", "–": "-", "—": "-"})
_ARTICLE = re.compile(r"^(?:the|la|le|les|el|los|las)\s+|^l['’]", re.IGNORECASE)


def fold(text: str) -> str:
    """Return a name in the form that names are compared in: NFC, plain apostrophes and dashes, single blanks."""
    return re.sub(r"\s+", " ", unicodedata.normalize("NFC", text).translate(_APOSTROPHES)).strip()


def _key(tokens: list[str]) -> tuple[str, ...]:
    return tuple(unicodedata.normalize("NFC", t).translate(_APOSTROPHES) for t in tokens)


class NameMatcher:
    """All names of a registry, ready to be looked for."""

    def __init__(self, records: Iterable[PartyRecord]) -> None:
        self._names: dict[tuple[str, ...], list[tuple[str, PartyNameRecord]]] = {}
        self._lengths: dict[str, list[int]] = {}
        for record in records:
            for name in record.names:
                for text in {name.text, _ARTICLE.sub("", name.text)}:
                    self._add(text, record.name, name)
        for lengths in self._lengths.values():
            lengths.sort(reverse=True)

    def _add(self, text: str, party: str, name: PartyNameRecord) -> None:
        tokens = _TOKEN.findall(fold(text))
        # Inflected forms: an adjective with a plural or a feminine ending is listed in the data, not made here.
        for variant in {_key(tokens), _key([t.upper() for t in tokens]) if len(text) > 3 else _key(tokens)}:
            if not variant:
                continue
            entries = self._names.setdefault(variant, [])
            if (party, name) not in entries:
                entries.append((party, name))
            lengths = self._lengths.setdefault(variant[0], [])
            if len(variant) not in lengths:
                lengths.append(len(variant))

    def find(
        self, text: str, start: int, end: int, language: str | None, year: int | None
    ) -> list[PartyMention]:
        """Return the mentions between two offsets in order."""
        tokens = [(m.start(), m.end(), m[0]) for m in _TOKEN.finditer(text, start, end)]
        words = _key([t[2] for t in tokens])
        found: list[PartyMention] = []
        i = 0
        while i < len(words):
            step = 1
            for length in self._lengths.get(words[i], ()):
                if i + length > len(words):
                    continue
                entries = self._names.get(words[i : i + length])
                if entries is None or not self._stands_free(words, i, length):
                    continue
                chosen = _choose(entries, language, year)
                if chosen is None or not _together(text, tokens, i, length):
                    continue
                party, name = chosen
                first, last = tokens[i][0], tokens[i + length - 1][1]
                found.append(PartyMention(first, last, party, text[first:last], name.kind, name.weak))
                step = length
                break
            i += step
        return found

    @staticmethod
    def _stands_free(words: tuple[str, ...], i: int, length: int) -> bool:
        """Refuse a name inside a hyphenated word that is longer than it."""
        behind = words[i + length] if i + length < len(words) else ""
        before = words[i - 1] if i else ""
        return not (behind == "-" and length == 1 and words[i].islower()) and not (before == "-" and words[i].islower())


def _together(text: str, tokens: list[tuple[int, int, str]], i: int, length: int) -> bool:
    """Return whether the tokens of a name follow each other with nothing but blanks between them."""
    for (_, end, _), (start, _, _) in zip(tokens[i : i + length - 1], tokens[i + 1 : i + length], strict=True):
        gap = text[end:start]
        if len(gap) > 6 or gap.strip() or "\n\n" in gap:
            return False
    return True


def _choose(
    entries: list[tuple[str, PartyNameRecord]], language: str | None, year: int | None
) -> tuple[str, PartyNameRecord] | None:
    """Return whom a name means: in the language asked for first, then in use that year, then the latest."""

    def rank(entry: tuple[str, PartyNameRecord]) -> tuple[int, int, int]:
        _, name = entry
        in_use = (name.from_year is None or year is None or year >= name.from_year) and (
            name.to_year is None or year is None or year <= name.to_year
        )
        bounded = name.from_year is not None or name.to_year is not None
        fits = 2 if in_use and year is not None and bounded else 1 if in_use else 0
        return fits, int(name.language == language), name.to_year if name.to_year is not None else 9999

    return max(entries, key=rank, default=None)
