"""A second reader: asked about decided claims, answers without seeing how, and changes nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils import timezone

from documents.models import Dossier
from timeline.curation.base import NotAllowed, Refused, deciding
from timeline.extraction.edtf import in_words
from timeline.history import record
from timeline.models import Claim, Decision, SecondReading
from timeline.vocabulary import STANCES

if TYPE_CHECKING:
    from django.contrib.auth.models import User


def ask_second(user: User, dossier: Dossier, reader: User, count: int) -> int:
    """Ask a curator for a second reading of decided claims, chosen by chance; return of how many.

    Left out are claims that the reader decided on, or was asked for before.
    """
    with deciding(user, dossier.pk) as held:
        if not Dossier.objects.curatable_by(reader).filter(pk=dossier.pk).exists():
            raise NotAllowed
        own = Decision.objects.filter(dossier=held, kind="claim", user=reader).values("subject")
        asked = SecondReading.objects.filter(reader=reader).values("claim")
        claims = Claim.objects.filter(dossier=held).in_review(["accepted", "dismissed"])
        claims = claims.exclude(start=None).exclude(public_id__in=own).exclude(pk__in=asked)
        # Public numbers are drawn by chance, and the order by them is the same however often one asks.
        chosen = list(claims.order_by("public_id")[: max(0, min(count, 500))])
        if not chosen:
            raise Refused(f"No decided claim is left that {reader.get_username()} had no part in.")
        SecondReading.objects.bulk_create(SecondReading(claim=claim, reader=reader) for claim in chosen)
        told = {"reader": reader.get_username(), "claims": [claim.public_id for claim in chosen]}
        record(held, user, "ask", "second", held.pk, held.title, {"second_reading": [None, told]})
        return len(chosen)


def answer_second(reader: User, claim: Claim, verdict: str, values: dict[str, Any]) -> None:
    """Give one's answer: ``verdict`` accepted or dismissed; ``values``: edtf, stance, asserted_by."""
    if verdict not in ("accepted", "dismissed") or values.get("stance") not in STANCES:
        raise Refused("A second reading accepts or dismisses, and names a stance.")
    with deciding(reader, claim.dossier_id) as dossier:
        waiting = SecondReading.objects.filter(claim=claim, reader=reader, answered=None)
        if not waiting.update(verdict=verdict, values=values, answered=timezone.now()):
            raise Refused(stored_already(reader, claim) or "Nobody waits for your reading of this claim.")
        changes = {"second_reading": [None, {"verdict": verdict, **values}]}
        record(dossier, reader, "answer", "second", claim.public_id, str(claim), changes)


def stored_already(reader: User, claim: Claim) -> str:
    """Return in a sentence what a reader has answered of a claim; empty where nothing."""
    own = SecondReading.objects.filter(claim=claim, reader=reader).exclude(answered=None)
    given = own.order_by("-answered").first()
    if given is None:
        return ""
    edtf = given.values.get("edtf")
    said = in_words(edtf, "en") if edtf else "no date"
    return f"Your reading of this claim is stored already: {given.verdict}, {said}."
