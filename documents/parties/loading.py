"""The data files of the registry into records; a mistake in them names file and key."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from pathlib import Path
from typing import Any

from .records import PartyNameRecord, PartyRecord

DATA = Path(__file__).with_name("data")
_FIELDS = {
    "names": "short",
    "official": "official",
    "former": "former",
    "adjectives": "adjective",
    "demonyms": "demonym",
    "capitals": "capital",
    "abbreviations": "abbreviation",
}
_KINDS = {"state", "organ", "office", "organisation", "group", "person"}


class RegistryError(ValueError):
    """A data file is not as its head says; the message names file and key."""


@cache
def load_builtin() -> tuple[PartyRecord, ...]:
    """Return the records of all ``parties_*.toml``."""
    records: dict[str, PartyRecord] = {}
    for path in sorted(DATA.glob("parties_*.toml")):
        for name, entry in tomllib.loads(path.read_text(encoding="utf-8")).items():
            if name in records:
                raise RegistryError(f"{path.name}: {name} stands twice.")
            records[name] = _record(path.name, name, entry)
    return tuple(records.values())


def _record(file: str, name: str, entry: dict[str, Any]) -> PartyRecord:
    kind = entry.get("kind", "state")
    if kind not in _KINDS:
        raise RegistryError(f"{file}: {name}: no such kind: {kind}.")
    years = entry.get("years", [None, None])
    weak = set(entry.get("weak", []))
    names = [PartyNameRecord(name, "en", "short", years[0] or None, years[1] or None)]
    for key, value in entry.items():
        if key in ("kind", "years", "weak"):
            continue
        if key not in _FIELDS:
            raise RegistryError(f"{file}: {name}: no such key: {key}.")
        for language, texts in value.items():
            if not texts:
                raise RegistryError(f"{file}: {name}: {key}.{language} is empty.")
            names += [
                PartyNameRecord(
                    text, language, _FIELDS[key], years[0] or None, years[1] or None, text in weak  # type: ignore[arg-type]
                )
                for text in texts
            ]
    return PartyRecord(name, kind, tuple(dict.fromkeys(names)))


@cache
def load_speakers() -> re.Pattern[str]:
    """Return the pattern of the words for those who speak for a state: mission, ministry, delegation, envoy."""
    data = tomllib.loads((DATA / "speakers.toml").read_text(encoding="utf-8"))
    words = sorted({w for texts in data["words"].values() for w in texts}, key=len, reverse=True)
    return re.compile(r"(?<!\w)(?:" + "|".join(map(re.escape, words)) + r")(?!\w)", re.IGNORECASE)
