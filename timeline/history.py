"""The log of a dossier's decisions: one way to write it, and the check of its chain.

In: what changed, field by field, before and after. Out: an entry whose hash covers it and the entry before.
Whoever records holds the dossier's lock (``timeline.curation.base.deciding``), in the transaction of the
change.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.utils import timezone

from timeline.models import Decision

if TYPE_CHECKING:
    from django.contrib.auth.models import User

    from documents.models import Dossier

Changes = dict[str, list[Any]]


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with a chain, as a sentence, and at which entry."""

    dossier: int
    number: int
    message: str


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry before it has its place in the chain; ``changes`` give each field before and after."""

    action: str
    kind: str
    subject: int
    name: str
    changes: Changes
    reason: str = ""
    undoes: int | None = None


def record(
    dossier: Dossier,
    user: User | None,
    action: str,
    kind: str,
    subject: int,
    name: str,
    changes: Changes,
    *,
    reason: str = "",
    batch: UUID | None = None,
    undoes: int | None = None,
) -> Decision:
    """Append one entry to the dossier's log and return it."""
    entry = Entry(action, kind, subject, name, changes, reason, undoes)
    return record_many(dossier, user, [entry], batch=batch)[0]


def record_many(
    dossier: Dossier, user: User | None, entries: Sequence[Entry], *, batch: UUID | None = None
) -> list[Decision]:
    """Append entries to the dossier's log, in their order, and return them."""
    if not entries:
        return []
    number, previous = head(dossier.pk)
    rows = []
    # Thousandths of a second: what every export and every database gives back unchanged.
    now = timezone.now()
    now = now.replace(microsecond=now.microsecond // 1000 * 1000)
    for entry in entries:
        number += 1
        row = Decision(
            dossier_id=dossier.pk,
            number=number,
            made=now,
            user_id=user.pk if user else None,
            user_name=user.get_username() if user else "",
            action=entry.action,
            kind=entry.kind,
            subject=entry.subject,
            subject_name=_storable(entry.name)[:200],
            changes=_storable(entry.changes),
            reason=_storable(entry.reason),
            batch=batch,
            undoes=entry.undoes,
            previous=previous,
        )
        row.hash = previous = hash_of(row)
        rows.append(row)
    return Decision.objects.bulk_create(rows)


def _storable(value: Any) -> Any:
    """Return a value as every database keeps it: JSON, without the null character that PostgreSQL refuses."""
    return json.loads(json.dumps(value, ensure_ascii=True, default=str).replace("\\u0000", "\\ufffd"))


def hash_of(entry: Decision) -> str:
    """Return the SHA-256 of an entry and of the hash before it, over canonical JSON."""
    content = [
        entry.dossier_id,
        entry.number,
        entry.made.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ"),
        entry.user_id,
        entry.user_name,
        entry.action,
        entry.kind,
        entry.subject,
        entry.subject_name,
        entry.changes,
        entry.reason,
        str(entry.batch) if entry.batch else None,
        entry.undoes,
    ]
    text = json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=True)
    return hashlib.sha256(f"{entry.previous}\n{text}".encode()).hexdigest()


def verify(dossier: int) -> Iterator[Fault]:
    """Yield what is wrong with a dossier's chain; nothing where it holds from the first entry on."""
    previous, number = "", 0
    for entry in Decision.objects.filter(dossier_id=dossier).order_by("number").iterator(2000):
        number += 1
        if entry.number != number:
            yield Fault(dossier, number, f"Entry {number} is missing: {entry.number} follows {number - 1}.")
            number = entry.number
        if entry.previous != previous:
            yield Fault(dossier, number, f"Entry {number} does not follow the entry before it.")
        if entry.hash != hash_of(entry):
            yield Fault(dossier, number, f"Entry {number} is not what was written: its hash differs.")
        previous = entry.hash


def head(dossier: int) -> tuple[int, str]:
    """Return number and hash of the last entry; 0 and an empty text where there is none."""
    last = Decision.objects.filter(dossier_id=dossier).order_by("-number").values_list("number", "hash")
    return last.first() or (0, "")


def differences(before: dict[str, Any], after: dict[str, Any]) -> Changes:
    """Return the fields whose value differs, each with the value before and after."""
    return {
        name: [before.get(name), after.get(name)]
        for name in sorted({*before, *after})
        if before.get(name) != after.get(name)
    }
