"""What the desk of a dossier shows its curators, beyond the queue: correspondents, missing letters, merges.

In: a dossier and who asks. Out: frozen records for templates. Nothing here changes anything.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery

from documents.letterhead.words import plain
from documents.managers import LetterQuerySet, count_of
from documents.models import Dossier, DossierParty, Letter, Membership, Party, PartyMerge
from documents.relations import MissingLetter, missing_letters
from documents.unknown import UnknownCorrespondent, unknown_correspondents, unnamed
from timeline.models import Assignment, Claim, Decision, Event, Note, Tag

if TYPE_CHECKING:
    from django.contrib.auth.models import User

# Notes that a page shows.
NOTES_SHOWN = 200
# Letters that a row names; the others are counted.
LETTERS_NAMED = 5


@dataclass(frozen=True, slots=True)
class Proposal:
    """An unknown correspondent, with the letters in which it stands."""

    unknown: UnknownCorrespondent
    letters: tuple[Letter, ...]
    more: int


@dataclass(frozen=True, slots=True)
class Missing:
    """A letter that others name and that is not here, with the letters that name it."""

    missing: MissingLetter
    letters: tuple[Letter, ...]
    more: int


@dataclass(frozen=True, slots=True)
class Merged:
    """A merge in force, with the entry of the log by which it is undone; None where the log has none."""

    merge: PartyMerge
    entry: Decision | None


def parties_in(dossier: Dossier) -> list[Party]:
    """Return a dossier's own parties and those known to all that appear in it, by name."""
    used = DossierParty.objects.filter(dossier=dossier).values("party_id")
    return list(Party.objects.filter(Q(dossier=dossier) | Q(pk__in=used)).distinct().order_by("name", "pk"))


def proposals_of(dossier: Dossier, user: User) -> list[Proposal]:
    """Return the correspondents that no name in use knows, those of most letters first."""
    found = unknown_correspondents(dossier, Letter.objects.curatable_by(user))
    letters = _letters(user, (key for one in found for key in one.letters[:LETTERS_NAMED]))
    return [Proposal(one, *_named(one.letters, letters)) for one in found]


def is_unnamed(dossier: Dossier, user: User, words: str) -> bool:
    """Return whether a sender or recipient of these words waits to be named."""
    waiting = unnamed(Letter.objects.curatable_by(user).filter(dossier=dossier)).values_list(
        "words", flat=True
    )
    return plain(words) in {plain(one) for one in waiting}


def missing_of(dossier: Dossier, user: User) -> list[Missing]:
    """Return the letters that others name and that are not here, the most often named first."""
    found = missing_letters(Letter.objects.curatable_by(user).filter(dossier=dossier))
    letters = _letters(user, (key for one in found for key in one.named_by[:LETTERS_NAMED]))
    return [Missing(one, *_named(one.named_by, letters)) for one in found]


def _letters(user: User, keys: Iterable[int]) -> dict[int, Letter]:
    return Letter.objects.curatable_by(user).light().in_bulk(list(set(keys)))


def _named(keys: tuple[int, ...], letters: dict[int, Letter]) -> tuple[tuple[Letter, ...], int]:
    shown = tuple(letters[key] for key in keys[:LETTERS_NAMED] if key in letters)
    return shown, max(0, len(keys) - LETTERS_NAMED)


def merges_of(dossier: Dossier) -> list[Merged]:
    """Return the merges in force, by name, each with its entry of the log."""
    merges = (
        PartyMerge.objects.filter(dossier=dossier).select_related("party", "into").order_by("party__name")
    )
    entries: dict[int, Decision] = {}
    log = Decision.objects.filter(dossier=dossier, kind="party").order_by("number")
    for entry in log.filter(subject__in=[merge.party.public_id for merge in merges]):
        if entry.changes.get("merged_into", [0, None])[1] is not None:
            entries[entry.subject] = entry
    return [Merged(merge, entries.get(merge.party.public_id)) for merge in merges]


def issues_of(dossier: Dossier) -> list[Tag]:
    """Return a dossier's issues by name, with ``on_claims`` and ``on_letters``: how many bear each."""
    counts = {
        "on_claims": Count("claims", distinct=True),
        "on_letters": Count("letters", distinct=True),
    }
    return list(Tag.objects.filter(dossier=dossier).annotate(**counts).order_by("name"))


def notes_on(on: Claim | Letter) -> list[Note]:
    """Return the notes on a claim or a letter, in the order in which they were written."""
    place = {"claim": on} if isinstance(on, Claim) else {"letter": on}
    return list(
        Note.objects.filter(dossier_id=on.dossier_id, **place).select_related("author").order_by("pk")
    )


def keys_noted(model: type[Claim] | type[Letter]) -> QuerySet:
    """Return the keys of the claims, or of the letters, with a note on them."""
    name = model._meta.model_name
    return Note.objects.exclude(**{name: None}).values(name)


def notes_in(dossier: Dossier) -> list[Note]:
    """Return the notes in a dossier, newest first, with what they stand on."""
    notes = Note.objects.filter(dossier=dossier).select_related("author", "claim", "letter")
    return list(notes.defer("letter__text", "claim__machine").order_by("-pk")[:NOTES_SHOWN])


def accounts_of(event: Event) -> list[Claim]:
    """Return the claims that tell of an event and are not set aside, by date."""
    return list(Claim.objects.filter(event=event).not_set_aside().for_list().by_date()[:NOTES_SHOWN])


def curators_of(dossier: Dossier) -> list[User]:
    """Return who decides in a dossier by membership, by name."""
    members = Membership.objects.filter(dossier=dossier, role__in=("curator", "owner"), user__is_active=True)
    return [member.user for member in members.select_related("user").order_by("user__username")]


def letters_to_assign(user: User, dossier: Dossier) -> LetterQuerySet:
    """Return a dossier's letters by date with ``waiting`` and ``decided`` claims, and ``assigned_to``."""
    claims = Claim.objects.filter(letter=OuterRef("pk"))
    assigned = Assignment.objects.filter(letter=OuterRef("pk")).values("user__username")
    letters = Letter.objects.curatable_by(user).in_dossier(dossier).light().by_own_date()
    return letters.annotate(
        waiting=count_of(claims.to_review()),
        decided=count_of(claims.in_review(["accepted", "dismissed"])),
        assigned_to=Subquery(assigned[:1]),
    )
