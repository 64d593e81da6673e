"""The data files of the registry into records; a mistake in them names file and key."""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any, get_args

from .records import NameKind, PartyKind, PartyNameRecord, PartyRecord

DATA = Path(__file__).with_name("data")
_FIELDS: dict[str, NameKind] = {
    "names": "short",
    "official": "official",
    "former": "former",
    "adjectives": "adjective",
    "demonyms": "demonym",
    "capitals": "capital",
    "abbreviations": "abbreviation",
}
_OTHER_FIELDS = {"kind", "years", "weak"}
_LANGUAGES = {"en", "fr", "es"}
_SIDES = (
    "before_weak",
    "after_weak",
    "before_person",
    "before_capital",
    "after_capital",
    "before_adjective",
    "after_adjective",
)
Years = tuple[int | None, int | None]


class RegistryError(ValueError):
    """A data file is not as its head says; the message names file and key."""


@dataclass(frozen=True, slots=True)
class Surroundings:
    """Longer phrases that are no parties, and words beside a name by which it names none."""

    phrases: tuple[str, ...] = ()
    beside: dict[str, frozenset[str]] = field(default_factory=dict)


@cache
def load_builtin() -> tuple[PartyRecord, ...]:
    """Return the records of all ``parties_*.toml``."""
    records: dict[str, PartyRecord] = {}
    for path in sorted(DATA.glob("parties_*.toml")):
        for record in read_parties(path):
            if record.name in records:
                raise RegistryError(f"{path.name}: {record.name} stands in another file too.")
            records[record.name] = record
    return tuple(records.values())


def read_parties(path: Path) -> list[PartyRecord]:
    """Return the records of one data file. Raises RegistryError."""
    return [_record(f"{path.name}: {name}", name, entry) for name, entry in _tables(path).items()]


def _tables(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except tomllib.TOMLDecodeError as error:
        raise RegistryError(f"{path.name}: {error}") from None


def _record(where: str, name: str, entry: Mapping[str, Any]) -> PartyRecord:
    unknown = entry.keys() - _FIELDS.keys() - _OTHER_FIELDS
    if unknown:
        raise RegistryError(f"{where}: no such key: {min(unknown)}.")
    kind = entry.get("kind", "state")
    if kind not in get_args(PartyKind):
        raise RegistryError(f"{where}: no such kind: {kind}.")
    years = _years(where, entry.get("years", [0, 0]))
    weak = set(entry.get("weak", []))
    names = [PartyNameRecord(name, "en", "short", *years)]
    for key, name_kind in _FIELDS.items():
        for language, text, bounds in _texts(f"{where}: {key}", entry.get(key, {}), years):
            names.append(PartyNameRecord(text, language, name_kind, *bounds, text in weak))
    uses = Counter((n.text, n.language) for n in names)
    for text, language in (use for use, count in uses.items() if count > 1):
        raise RegistryError(f"{where}: {text} stands twice in {language}.")
    if weak - {n.text for n in names}:
        raise RegistryError(f"{where}: weak: no such name: {min(weak - {n.text for n in names})}.")
    return PartyRecord(name, kind, tuple(names))


def _texts(where: str, lists: Any, years: Years) -> Iterator[tuple[str, str, Years]]:
    """Yield language, name and the years of its use; a name is a text or ``[text, from, to]``, 0 = open."""
    if not isinstance(lists, dict) or lists.keys() - _LANGUAGES:
        raise RegistryError(f"{where}: lists belong to en, fr or es.")
    for language, texts in lists.items():
        if not isinstance(texts, list) or not texts:
            raise RegistryError(f"{where}.{language}: is empty or no list.")
        for item in texts:
            text, bounds = (item[0], item[1:]) if isinstance(item, list) and len(item) == 3 else (item, None)
            if not isinstance(text, str) or not text.strip():
                raise RegistryError(f"{where}.{language}: {item!r} is no name.")
            yield language, text, years if bounds is None else _years(where, bounds)


def _years(where: str, bounds: Any) -> Years:
    if not isinstance(bounds, list) or len(bounds) != 2 or not all(isinstance(y, int) for y in bounds):
        raise RegistryError(f"{where}: years are two numbers, 0 = open.")
    first, last = bounds[0] or None, bounds[1] or None
    if first and last and first > last:
        raise RegistryError(f"{where}: the years run backwards.")
    return first, last


@cache
def load_speakers() -> re.Pattern[str]:
    """Return the pattern of the words for who speaks for a state: mission, ministry, delegation, envoy."""
    return _any_of("words", "documents")


@cache
def load_documents() -> re.Pattern[str]:
    """Return the pattern of the words for what a body has written."""
    return _any_of("documents")


def _any_of(*tables: str) -> re.Pattern[str]:
    data = _tables(DATA / "speakers.toml")
    texts = {text for table in tables for listed in data[table].values() for text in listed}
    words = sorted(texts, key=len, reverse=True)
    return re.compile(r"(?<!\w)(?:" + "|".join(map(re.escape, words)) + r")(?!\w)", re.IGNORECASE)


@cache
def load_joined() -> frozenset[str]:
    """Return the words that put two names side by side."""
    return frozenset(w for words in _tables(DATA / "speakers.toml")["joined"].values() for w in words)


@cache
def load_surroundings() -> Surroundings:
    """Return what ``surroundings.toml`` says. Raises RegistryError."""
    data = _tables(DATA / "surroundings.toml")
    unknown = data.keys() - {"phrases", *_SIDES}
    if unknown:
        raise RegistryError(f"surroundings.toml: no such key: {min(unknown)}.")
    phrases = tuple(text for texts in data["phrases"].values() for text in texts)
    beside = {side: frozenset(w for words in data.get(side, {}).values() for w in words) for side in _SIDES}
    return Surroundings(phrases, beside)
