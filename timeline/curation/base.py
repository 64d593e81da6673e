"""What every decision shares: the right to make it, one transaction, the dossier's lock, the version's
gate.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from django.core.exceptions import PermissionDenied
from django.db import models, transaction
from django.db.models import F

from documents.models import Dossier

if TYPE_CHECKING:
    from django.contrib.auth.models import User


class NotAllowed(PermissionDenied):
    """The user may not decide here. Pages answer as if there were nothing."""


class Refused(ValueError):
    """The decision cannot be taken; the message is a sentence for the person."""


class Conflict(Exception):
    """Somebody decided meanwhile: the version that the person saw is no longer the one in force.

    ``thing`` is what is stored now, ``wanted`` the fields that the person wanted to set.
    """

    def __init__(self, thing: models.Model, wanted: dict[str, Any]) -> None:
        super().__init__("Somebody else changed this meanwhile.")
        self.thing = thing
        self.wanted = wanted


class Unseen(Conflict):
    """Other changes follow than the person saw: ``entries``, where they were written to be looked at."""

    def __init__(self, thing: models.Model, wanted: dict[str, Any], entries: Sequence[Any] = ()) -> None:
        super().__init__(thing, wanted)
        self.entries = entries


class Overtaken(Exception):
    """Of many things to be decided in one go, somebody decided on some meanwhile; nothing was decided.

    ``things`` are those, as they are stored now.
    """

    def __init__(self, things: list[Any]) -> None:
        super().__init__("Somebody else changed some of these meanwhile.")
        self.things = things


@contextmanager
def deciding(user: User, dossier_id: int, *, owner: bool = False) -> Iterator[Dossier]:
    """Open the transaction of one decision and hold the dossier's lock; raise NotAllowed without the right.

    The lock makes the log one chain. It is of the kind that does not hinder others from adding letters
    (PostgreSQL: FOR NO KEY UPDATE; SQLite has one writer at a time anyway).
    """
    with transaction.atomic():
        rows = Dossier.objects.owned_by(user) if owner else Dossier.objects.curatable_by(user)
        dossier = rows.select_for_update(no_key=True, of=("self",)).filter(pk=dossier_id).first()
        if dossier is None:
            raise NotAllowed
        yield dossier


def pass_gate(thing: Any, version: int | None, wanted: dict[str, Any]) -> None:
    """Count the version up where it is still the one seen; raise Conflict where not.

    ``version`` None passes: for decisions on many things at once, which name no version.
    """
    seen = thing.version if version is None else version
    rows = type(thing)._default_manager.filter(pk=thing.pk, version=seen)
    if rows.update(version=F("version") + 1) == 0:
        raise Conflict(type(thing)._default_manager.get(pk=thing.pk), wanted)
    thing.version = seen + 1
