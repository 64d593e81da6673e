"""The registry of parties: from words in a text to the party that they name.

In: data files (``data/*.toml``), a JSON mapping, or a dossier's own records. Out: mentions in a text, and the
party of a phrase that names a speaker: who speaks for a state is that state.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cache, lru_cache
from typing import Any

from .loading import load_builtin, load_documents, load_joined, load_speakers, load_surroundings
from .matching import NameMatcher, fold
from .records import PartyMention, PartyNameRecord, PartyRecord

_KEPT = 16
_BLANKS = re.compile(r"\s+")


class PartyRegistry:
    """Parties by their canonical names, and the means to find them in a text. Immutable once made."""

    def __init__(self, records: Iterable[PartyRecord]) -> None:
        self._records: dict[str, PartyRecord] = {}
        for record in records:
            there = self._records.get(record.name)
            names = (*(there.names if there else ()), *record.names)
            self._records[record.name] = PartyRecord(record.name, record.kind, tuple(dict.fromkeys(names)))
        self._matcher = NameMatcher(self._records.values())

    @classmethod
    def builtin(cls) -> PartyRegistry:
        """Return the registry of the product's data files; made once."""
        return _builtin()

    @classmethod
    def from_json(cls, mapping: Mapping[str, Mapping[str, Any]]) -> PartyRegistry:
        """Return a registry of exactly the parties of a mapping.

        Canonical name to ``kind``, ``names`` and ``adjectives`` (language to a list) and ``capital`` (a name,
        or language to a list).
        """
        return cls(record_of_json(name, entry) for name, entry in mapping.items())

    def extended(self, records: Iterable[PartyRecord]) -> PartyRegistry:
        """Return a registry with more parties on top; where both know a name, the added one holds."""
        added = tuple(records)
        return _extended(self, added) if added else self

    def _with(self, added: tuple[PartyRecord, ...]) -> PartyRegistry:
        taken = {fold(name.text) for record in added for name in record.names}
        kept = [
            PartyRecord(r.name, r.kind, tuple(n for n in r.names if fold(n.text) not in taken))
            for r in self._records.values()
            if r.name not in {a.name for a in added}
        ]
        return PartyRegistry([*kept, *added])

    def get(self, name: str) -> PartyRecord | None:
        """Return the party with this canonical name."""
        return self._records.get(name)

    def __iter__(self) -> Iterator[PartyRecord]:
        return iter(self._records.values())

    def __len__(self) -> int:
        return len(self._records)

    def find(
        self,
        text: str,
        start: int = 0,
        end: int | None = None,
        language: str | None = None,
        year: int | None = None,
    ) -> list[PartyMention]:
        """Return the names of parties between ``start`` and ``end``, longest first, none over another.

        ``year`` chooses between parties that bore one name at different times; without it the latest holds.
        """
        return self._matcher.find(text, start, len(text) if end is None else end, language, year)

    def resolve(self, words: str, language: str | None = None, year: int | None = None) -> str | None:
        """Return the canonical name of the party that a phrase names, or for which its bearer speaks.

        “the Permanent Representative of X to the United Nations”, “the Xish delegation”, “Ministère des
        affaires étrangères de X” are X.
        None where the phrase names nobody known, or two of whom neither comes first.
        """
        phrase = _BLANKS.sub(" ", words).strip(" ,.;:\n\t")
        found = self.find(phrase, 0, None, language, year)
        bare = _without_article(phrase)
        exact = _only(found, phrase)
        if exact is None and bare != phrase:
            exact = _only(self.find(bare, 0, None, language, year), bare)
        if exact:
            return exact
        mentions = [m for m in found if not m.weak]
        if not mentions:
            return None
        return self._speaker(phrase, mentions)

    def _speaker(self, phrase: str, mentions: list[PartyMention]) -> str | None:
        """Return for whom a phrase's bearer speaks: the state of a mission, ministry, delegation or envoy."""
        mentions = [m for m in mentions if not _only_where(phrase, m, len(mentions))]
        speakers = load_speakers()
        speaks = speakers.search(phrase)
        states = [m for m in mentions if self._records[m.party].kind in ("state", "group")]
        organs = [m for m in mentions if m not in states and not _is_begun(phrase, m)]
        if organs and organs[0].start <= 4 and not (speaks and speaks.start() < organs[0].start):
            return organs[0].party
        if _side_by_side(phrase, states):
            return None
        if speaks and states:
            return states[0].party
        if len({m.party for m in states}) == 1 and not organs and _mostly(phrase, states[0]):
            return states[0].party
        written = load_documents().match(_without_article(phrase))
        if organs and not states and (written or _mostly(phrase, organs[0])):
            return organs[0].party
        return None


def _only(found: list[PartyMention], phrase: str) -> str | None:
    """Return the party whose name is the whole phrase."""
    whole = len(found) == 1 and (found[0].start, found[0].end) == (0, len(phrase))
    return found[0].party if whole else None


def _without_article(phrase: str) -> str:
    return re.sub(r"^(?:the|la|le|les|el|los|las|l[’'])\s*", "", phrase, flags=re.IGNORECASE)


def _only_where(phrase: str, mention: PartyMention, among: int) -> bool:
    """Return whether a capital only says where a bearer sits: "Registrar, Court of Y, The Hague"."""
    return among > 1 and mention.name_kind == "capital" and phrase[: mention.start].rstrip().endswith(",")


def _side_by_side(phrase: str, states: list[PartyMention]) -> bool:
    """Return whether the first two states named are joined by "and", so that neither speaks alone."""
    if len(states) < 2 or states[0].party == states[1].party:
        return False
    between = phrase[states[0].end : states[1].start].lower().replace(",", " ").split()
    return bool(between) and between[0] in load_joined()


def _is_begun(phrase: str, mention: PartyMention) -> bool:
    """Return whether one word of a body's name goes on to a longer name: "Ministry of Works"."""
    behind = phrase[mention.end :].split()
    return (
        " " not in mention.words
        and bool(behind)
        and behind[0].lower() in load_surroundings().beside["after_weak"]
    )


def _mostly(phrase: str, mention: PartyMention) -> bool:
    """Return whether a name makes up the greater part of a phrase."""
    return (mention.end - mention.start) * 2 >= len(_without_article(phrase))


@lru_cache(maxsize=_KEPT)
def _extended(registry: PartyRegistry, added: tuple[PartyRecord, ...]) -> PartyRegistry:
    """Return a registry with more parties; kept, since every letter of a dossier asks for the same."""
    return registry._with(added)


@cache
def _builtin() -> PartyRegistry:
    return PartyRegistry(load_builtin())


def record_of_json(name: str, entry: Mapping[str, Any]) -> PartyRecord:
    """Return the record of one entry of the JSON form."""
    names: list[PartyNameRecord] = [PartyNameRecord(name, "en", "short")]
    for field, kind in (("names", "short"), ("adjectives", "adjective"), ("official", "official")):
        for language, texts in (entry.get(field) or {}).items():
            names += [PartyNameRecord(text, language, kind) for text in texts]  # type: ignore[arg-type]
    capital = entry.get("capital")
    if isinstance(capital, str):
        names.append(PartyNameRecord(capital, "en", "capital"))
    elif isinstance(capital, Mapping):
        names += [PartyNameRecord(t, language, "capital") for language, ts in capital.items() for t in ts]
    return PartyRecord(name, entry.get("kind", "organisation"), tuple(dict.fromkeys(names)))
