"""Dossiers that come as a folder: a ``dossier.toml`` beside the letters it names.

In: the folder. Out: the dossier with its own parties, its letters taken in as any letter is; all of it or
nothing, and once: a dossier that a person has deleted does not come back.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.db import transaction

from documents.ingest import ingest_bytes, join_accounts
from documents.models import Dossier, Party, PartyName


class BrokenSample(Exception):
    """A folder cannot be loaded; the message names the file and what is wrong with it."""


@dataclass(frozen=True, slots=True)
class LoadedDossier:
    """What loading a folder came to."""

    dossier: Dossier
    letters: int
    claims: int


def sample_folders(root: Path) -> list[Path]:
    """Return the folders under ``root`` that hold a dossier, in order of name."""
    return sorted(file.parent for file in root.glob("*/dossier.toml"))


def slug_of(folder: Path) -> str:
    """Return the address that a folder's dossier has or will have."""
    return str(_table(folder)["slug"])


def load_dossier(folder: Path) -> LoadedDossier | None:
    """Load a folder as a dossier; None where it was loaded before.

    Raises BrokenSample where a file is missing, cannot be read, or the table lacks a key.
    """
    table = _table(folder)
    slug = table["slug"]
    # The history also knows what was deleted.
    if Dossier.objects.filter(slug=slug).exists() or Dossier.history.filter(slug=slug).exists():
        return None
    with transaction.atomic():
        dossier = Dossier.objects.create(
            slug=slug,
            title=table["title"],
            description=table.get("description", ""),
            published=table.get("published", False),
            show_suggestions=table.get("show_suggestions", False),
        )
        for entry in table.get("party", ()):
            _add_party(dossier, entry)
        claims = sum(_add_letter(dossier, folder / name) for name in table["letters"])
        join_accounts(dossier)
    return LoadedDossier(dossier, len(table["letters"]), claims)


def _table(folder: Path) -> dict[str, Any]:
    """Return the table of a folder, with the keys it must have."""
    file = folder / "dossier.toml"
    try:
        table = tomllib.loads(file.read_text(encoding="utf-8"))
    except (OSError, tomllib.TOMLDecodeError) as error:
        raise BrokenSample(f"{file}: {error}") from error
    missing = {"slug", "title", "letters"} - table.keys()
    if missing:
        raise BrokenSample(f"{file}: lacks {', '.join(sorted(missing))}")
    return table


def _add_party(dossier: Dossier, entry: dict[str, Any]) -> None:
    """Add a party of the dossier's own with the names that the table gives it."""
    party = Party.objects.create(dossier=dossier, name=entry["name"], kind=entry["kind"])
    kinds = {"names": PartyName.Kind.SHORT, "official": PartyName.Kind.OFFICIAL}
    kinds |= {"adjectives": PartyName.Kind.ADJECTIVE, "capitals": PartyName.Kind.CAPITAL}
    PartyName.objects.bulk_create(
        PartyName(party=party, text=text, language=language, kind=kind)
        for key, kind in kinds.items()
        for language, texts in entry.get(key, {}).items()
        for text in texts
    )


def _add_letter(dossier: Dossier, file: Path) -> int:
    """Take one letter in; return how many dated claims were found in it."""
    try:
        data = file.read_bytes()
    except OSError as error:
        raise BrokenSample(f"{file}: {error.strerror}") from error
    result = ingest_bytes(dossier, data, file.name)
    if result.status != "stored":
        raise BrokenSample(result.message)
    return result.claims
