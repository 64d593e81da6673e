"""Curators' private notes and the dossier's issues. Neither is ever in a reader's page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from documents.models import Letter
from timeline.curation.base import Conflict, NotAllowed, Refused, deciding
from timeline.history import record
from timeline.models import Assignment, Claim, Note

if TYPE_CHECKING:
    from django.contrib.auth.models import User


def add_note(user: User, on: Claim | Letter, text: str) -> Note:
    """Add a note on a claim or a letter."""
    if not text.strip():
        raise Refused("A note has text.")
    with deciding(user, on.dossier_id) as dossier:
        place = {"claim": on} if isinstance(on, Claim) else {"letter": on}
        note = Note.objects.create(dossier=dossier, author=user, text=text.strip(), **place)
        kind = "claim" if isinstance(on, Claim) else "letter"
        changes = {"note": [None, {"note": note.pk, "text": note.text}]}
        record(dossier, user, "note", kind, on.public_id, str(on), changes)
        return note


def remove_note(user: User, note: Note) -> None:
    """Remove a note; the log keeps it. Raises Refused where somebody removed it meanwhile."""
    with deciding(user, note.dossier_id) as dossier:
        if not Note.objects.filter(pk=note.pk).exists():
            raise Refused("This note was removed meanwhile.")
        on = note.claim or note.letter
        kind = "claim" if note.claim else "letter"
        changes = {"note": [{"note": note.pk, "text": note.text}, None]}
        note.delete()
        record(dossier, user, "remove note", kind, on.public_id, str(on), changes)


def assign_letter(user: User, letter: Letter, person: User | None, *, seen: str | None = None) -> None:
    """Give the review of a letter to a curator of the dossier; None gives it to nobody.

    ``seen``: whose work it was when the user decided, empty for nobody's; raises Conflict where that has
    changed. None does not ask.
    """
    from documents.models import Dossier

    with deciding(user, letter.dossier_id) as dossier:
        if person is not None and not Dossier.objects.curatable_by(person).filter(pk=dossier.pk).exists():
            raise NotAllowed
        there = Assignment.objects.filter(letter=letter).select_related("user").first()
        before = there.user.get_username() if there else None
        after = person.get_username() if person else None
        if before == after:
            return
        if seen is not None and seen != (before or ""):
            raise Conflict(letter, {"assigned": after})
        Assignment.objects.filter(letter=letter).delete()
        if person is not None:
            Assignment.objects.create(letter=letter, user=person)
        record(
            dossier, user, "assign", "letter", letter.public_id, str(letter), {"assigned": [before, after]}
        )
