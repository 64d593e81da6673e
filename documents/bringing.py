"""What becomes of the files that a person brings: stored, there already, refused, or waiting for a look.

A letter without a date of its own, or whose sender is not known, waits: nearly all that is read of it hangs
on
the two. What waits is seen by whoever brought it alone, and is no letter yet.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from documents.ingest import (
    Given,
    Glance,
    IngestResult,
    glance_at,
    ingest_bytes,
    ingest_pasted,
    join_accounts,
)
from documents.models import Dossier, WaitingFile

if TYPE_CHECKING:
    from django.contrib.auth.models import User

MISSING = {
    ("date",): "No date of its own was found.",
    ("sender",): "Nobody known was found as its sender.",
    ("date", "sender"): "Neither a date of its own nor a known sender was found.",
}


@dataclass(frozen=True, slots=True)
class Brought:
    """What became of one file: a result, or the row in which it waits."""

    result: IngestResult
    waiting: WaitingFile | None = None

    @property
    def status(self) -> str:
        """One of stored, duplicate, failed, waiting."""
        return "waiting" if self.waiting else self.result.status


def bring(dossier: Dossier, user: User, data: bytes, name: str, *, pasted: bool = False) -> Brought:
    """Store a letter, or have it wait for a look at its letterhead."""
    glance = glance_at(dossier, data, name, pasted=pasted)
    if isinstance(glance, IngestResult):
        return Brought(glance)
    if not glance.missing:
        return Brought(store(dossier, user, data, name, pasted=pasted, given=Given()))
    waiting = WaitingFile.objects.create(
        dossier=dossier, user=user, name=name[:255], data=data, size=len(data), pasted=pasted
    )
    message = f"{name}: not stored yet. {MISSING[glance.missing]} Have a look at its letterhead."
    return Brought(IngestResult("failed", name, message), waiting)


def store(
    dossier: Dossier, user: User, data: bytes, name: str, *, pasted: bool, given: Given
) -> IngestResult:
    """Store a letter with what a person says of it."""
    if pasted:
        result = ingest_pasted(dossier, data.decode(), name, given=given, user=user)
    else:
        result = ingest_bytes(dossier, data, name, given=given, user=user)
    if result.status == "stored":
        join_accounts(dossier)
    return result


def store_waiting(waiting: WaitingFile, given: Given) -> IngestResult:
    """Store what waited, and end its waiting; what cannot be read after all ends it too."""
    result = store(
        waiting.dossier,
        waiting.user,
        bytes(waiting.data),
        waiting.name,
        pasted=waiting.pasted,
        given=given,
    )
    waiting.delete()
    return result


def look_at(waiting: WaitingFile) -> Glance | IngestResult:
    """Return what a waiting letter says of itself."""
    return glance_at(waiting.dossier, bytes(waiting.data), waiting.name, pasted=waiting.pasted)
