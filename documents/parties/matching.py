"""Finds names in a text: one pass over its words, the longest name at each place.

Apostrophes, hyphens, blanks and line breaks within a name match each other's variants; case must match but
for names written in capitals throughout and for adjectives begun large. Linear in the text: at each word one
look-up for each length of name that begins with it.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import replace
from functools import lru_cache

from .loading import load_surroundings
from .records import PartyMention, PartyNameRecord, PartyRecord

_TOKEN = re.compile(r"[^\W_]+(?:\.(?=[^\W_]\.))?|[’'‘]|[-‐-―]|[.&]")
_APOSTROPHES = str.maketrans({"‘": "'", "’": "'", "ʼ": "'", "‐": "-", "‑": "-", "–": "-", "—": "-"})
# An article begun large belongs to the name ("El Salvador"), unless it is English and two words follow.
_ARTICLE = re.compile(r"^(?:the|la|le|les|el|los|las)\s+|^l['’]|^The\s+(?=\S+\s)")
# Shorter names would be common words or other abbreviations when written in capitals.
_LEAST_CAPITALS = 4
_WIDEST_GAP = 6
# Phrases no longer than this are kept with what was found in them, so many at most.
_SHORT, _KEPT = 200, 4096
_OPEN = 9999
Words = tuple[str, ...]
Token = tuple[int, int, str]
Entry = tuple[str, PartyNameRecord]


def fold(text: str) -> str:
    """Return a name as names are compared: NFC, plain apostrophes and dashes, single blanks."""
    return re.sub(r"\s+", " ", unicodedata.normalize("NFC", text).translate(_APOSTROPHES)).strip()


def _key(tokens: Iterable[str]) -> Words:
    return tuple(unicodedata.normalize("NFC", token).translate(_APOSTROPHES) for token in tokens)


def _words_of(text: str) -> Words:
    return _key(_TOKEN.findall(fold(text)))


class NameMatcher:
    """All names of a registry, ready to be looked for."""

    def __init__(self, records: Iterable[PartyRecord]) -> None:
        self._names: dict[Words, list[Entry]] = {}
        self._lengths: dict[str, list[int]] = {}
        for record in records:
            for name in record.names:
                self._add(_ARTICLE.sub("", name.text), record.name, name)
        surroundings = load_surroundings()
        for phrase in surroundings.phrases:
            # A phrase of which a party itself is called stays that party's name.
            for variant in _variants(phrase):
                self._slot(variant)
        self._before, self._after = _sides(surroundings.beside)
        for lengths in self._lengths.values():
            lengths.sort(reverse=True)
        # The phrases of a letterhead are looked up several times, and letters of one dossier share them.
        self._kept = lru_cache(maxsize=_KEPT)(self._search_all)

    def _add(self, text: str, party: str, name: PartyNameRecord) -> None:
        for variant in _variants(text):
            entries = self._slot(variant)
            if (party, name) not in entries:
                entries.append((party, name))

    def _slot(self, variant: Words) -> list[Entry]:
        """Return the list of whom these words may name; no entry: a phrase that names nobody."""
        lengths = self._lengths.setdefault(variant[0], [])
        if len(variant) not in lengths:
            lengths.append(len(variant))
        return self._names.setdefault(variant, [])

    def find(
        self, text: str, start: int, end: int, language: str | None, year: int | None
    ) -> list[PartyMention]:
        """Return the mentions between two offsets in order."""
        if end - start > _SHORT:
            return self._search(text, start, end, language, year)
        found = self._kept(text[start:end], language, year)
        if not start:
            return list(found)
        return [replace(m, start=m.start + start, end=m.end + start) for m in found]

    def _search_all(self, text: str, language: str | None, year: int | None) -> list[PartyMention]:
        return self._search(text, 0, len(text), language, year)

    def _search(
        self, text: str, start: int, end: int, language: str | None, year: int | None
    ) -> list[PartyMention]:
        tokens = [(m.start(), m.end(), m[0]) for m in _TOKEN.finditer(text, start, end)]
        words = tuple(t[2] for t in tokens) if text.isascii() else _key(t[2] for t in tokens)
        found: list[PartyMention] = []
        i = 0
        while i < len(words):
            length, entry = self._longest(text, tokens, words, i, language, year)
            if entry is not None and not self._is_other(text, tokens, words, i, length, entry[1]):
                party, name = entry
                first, last = tokens[i][0], tokens[i + length - 1][1]
                last += "(" in text[first:last] and text[last : last + 1] == ")"
                found.append(PartyMention(first, last, party, text[first:last], name.kind, name.weak))
            i += length
        return found

    def _longest(
        self, text: str, tokens: list[Token], words: Words, i: int, language: str | None, year: int | None
    ) -> tuple[int, Entry | None]:
        """Return how many words to go on by, and whom they name: None for nobody."""
        for length in self._lengths.get(words[i], ()):
            entries = self._names.get(words[i : i + length])
            if entries is None or i + length > len(words) or not _together(text, tokens, i, length):
                continue
            if not entries:
                return length, None
            chosen = _choose(entries, words[i], language, year)
            if chosen is not None:
                return length, chosen
        return 1, None

    def _is_other(
        self, text: str, tokens: list[Token], words: Words, i: int, length: int, name: PartyNameRecord
    ) -> bool:
        """Return whether the words beside a name make it a person's, a treaty's or a language's."""
        kind = "weak" if name.weak else name.kind
        if name.weak and i and words[i - 1] not in self._before["weak"]:
            return True
        if length == 1 and kind in ("short", "capital") and words[i][:1].isupper():
            at = i - 2 if i > 1 and words[i - 1] == "." else i - 1
            if at >= 0 and words[at] in self._before["person"] and _together(text, tokens, at, i - at + 1):
                return True
        for size in () if name.weak else (1, 2):
            at = i - size
            if (
                at >= 0
                and " ".join(words[at:i]) in self._before.get(kind, ())
                and _together(text, tokens, at, size + 1)
            ):
                return True
        at = i + length
        if at < len(words) and words[at] == "-":
            at += 1
        return (
            at < len(words)
            and words[at] in self._after.get(kind, ())
            and _together(text, tokens, i, at - i + 1)
        )


def _variants(text: str) -> set[Words]:
    """Return the forms in which a name may stand: as it is, in capitals, an adjective begun large."""
    words = _words_of(text)
    if not words:
        return set()
    found = {words}
    if len(text) >= _LEAST_CAPITALS:
        found.add(_key(word.upper() for word in words))
    if text.islower() and len(words) == 1:
        found.add((words[0].capitalize(),))
    return found


def _sides(beside: dict[str, frozenset[str]]) -> tuple[dict[str, set[str]], dict[str, set[str]]]:
    """Return the words before and behind a name by kind of name, as listed and begun large."""
    before: dict[str, set[str]] = {}
    after: dict[str, set[str]] = {}
    for key, words in beside.items():
        side, _, kind = key.partition("_")
        forms = {form for word in words for form in (word, word[:1].upper() + word[1:])}
        (before if side == "before" else after)[kind] = forms
    return before, after


def _together(text: str, tokens: list[Token], i: int, length: int) -> bool:
    """Return whether the tokens of a name follow each other with nothing but blanks between them."""
    for k in range(i, i + length - 1):
        gap = text[tokens[k][1] : tokens[k + 1][0]]
        # A bracket may belong to a name: "Congo (Leopoldville)".
        if gap and (len(gap) > _WIDEST_GAP or gap.strip() not in ("", "(") or "\n\n" in gap):
            return False
    return True


def _choose(entries: list[Entry], first: str, language: str | None, year: int | None) -> Entry | None:
    """Return whom a name means: in use that year first, then in the language asked for, then the latest.

    An adjective in small letters counts only in its own language: "china" is a thing in English. A city that
    was no capital that year stands for no government.
    """

    def in_use(name: PartyNameRecord) -> bool:
        return year is None or (name.from_year or year) <= year <= (name.to_year or year)

    def fits(entry: Entry) -> bool:
        name = entry[1]
        if name.kind == "capital" and not in_use(name):
            return False
        is_ours = language is None or name.language == language
        return is_ours or not (name.text.islower() and first.islower())

    def rank(entry: Entry) -> tuple[int, int, int]:
        name = entry[1]
        is_bounded = name.from_year is not None or name.to_year is not None
        use = 0 if not in_use(name) else 2 if year is not None and is_bounded else 1
        return use, int(name.language == language), name.to_year if name.to_year is not None else _OPEN

    return max(filter(fits, entries), key=rank, default=None)
