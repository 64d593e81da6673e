"""``manage.py find_events``: as ``find_claims``, with a label that claims about one dated act share."""

from __future__ import annotations

from documents.letterhead import anchor_of
from timeline.extraction.edtf import bounds
from timeline.extraction.events import LetterClaims, find_events
from timeline.management.commands import find_claims


class Command(find_claims.Command):
    help = (
        "Find events: letters of one dossier in, as for find_claims; out the same, and on claims about one "
        'dated act a label "same" with the grounds of its joins.'
    )

    def finish(self) -> None:
        letters = [
            LetterClaims(str(answer["letter"]), text, head.language, _parties(head), claims, _written(head))
            for answer, text, head, claims in zip(
                self.answers, self.texts, self.heads, self.found, strict=True
            )
        ]
        for number, event in enumerate(find_events(letters), 1):
            for letter, claim in event.accounts:
                self.answers[letter]["claims"][claim]["same"] = f"event-{number}"
                self.answers[letter]["claims"][claim]["grounds"] = [
                    f"{join.date}: {'; '.join(join.grounds)}" for join in event.joins
                ]
        super().finish()


def _parties(head: find_claims.Letterhead) -> frozenset[str]:
    """Return the parties that a letter is between."""
    return frozenset(c.party for c in head.correspondents if c.party and c.role != "signatory")


def _written(head: find_claims.Letterhead) -> int | None:
    """Return the day number of a letter's own date."""
    own = anchor_of(head)
    return bounds(own)[0] if own else None
