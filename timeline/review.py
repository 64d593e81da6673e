"""The queue of review: which claim comes next, and how far one has got.

In: a dossier, who asks, and how the queue is ordered. Out: public numbers in order, and counts. Nothing here
changes anything; deciding is ``timeline.curation``'s.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Count

from documents.models import Dossier, Letter
from timeline.kept_counts import Facets, total
from timeline.models import Claim, Decision
from timeline.querysets import ClaimQuerySet
from timeline.reliability import weights_of

if TYPE_CHECKING:
    from django.contrib.auth.models import User
    from django.http import QueryDict

ORDERS = {
    "certainty": "Least certain first",
    "letter": "By letter",
    "day": "By day",
    "party": "By party",
}
# How many of the queue a page names; further ones come when these are done.
AT_ONCE = 40
# How many of a person's newest decisions are looked through for one to undo.
LOOKED_BACK = 1000
# How many of the lowest scores are weighed against each other by what was measured.
WEIGHED = 400


@dataclass(frozen=True, slots=True)
class Wish:
    """How a person wants the queue: its order, one letter only, and only what was assigned to them."""

    order: str = "certainty"
    letter: int | None = None
    mine: bool = False
    issue: int | None = None
    noted: bool = False

    @property
    def query(self) -> str:
        """Return the wish as a query string."""
        parts = [f"order={self.order}"]
        numbers = {"letter": self.letter, "issue": self.issue}
        parts += [f"{name}={number}" for name, number in numbers.items() if number]
        return "&".join([*parts, *(["mine=1"] if self.mine else []), *(["noted=1"] if self.noted else [])])


@dataclass(frozen=True, slots=True)
class Progress:
    """How many claims were decided on, of how many."""

    decided: int
    total: int

    @property
    def left(self) -> int:
        """Return how many wait."""
        return self.total - self.decided


def wish_of(query: QueryDict) -> Wish:
    """Return the wish that a query string holds; what it does not know is left out."""
    return Wish(
        order=query.get("order", "") if query.get("order") in ORDERS else "certainty",
        letter=_number(query.get("letter", "")),
        mine=query.get("mine") == "1",
        issue=_number(query.get("issue", "")),
        noted=query.get("noted") == "1",
    )


def _number(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 19 else None


def queue_of(user: User, dossier: Dossier, wish: Wish) -> ClaimQuerySet:
    """Return the claims that wait, in the order wished for."""
    claims = Claim.objects.curatable_by(user).in_dossier(dossier).to_review()
    if wish.letter:
        claims = claims.in_letters([wish.letter])
    if wish.mine:
        claims = claims.filter(letter__assignments__user=user)
    if wish.issue:
        claims = claims.with_issue(wish.issue)
    if wish.noted:
        claims = claims.noted()
    return claims.in_queue_order(wish.order)


def next_of(user: User, dossier: Dossier, wish: Wish) -> list[Claim]:
    """Return the first claims of the queue, as many as a page names.

    By certainty, the lowest scores are weighed by how often dates got that way were right in this dossier.
    """
    queue = queue_of(user, dossier, wish).select_related("lane_party").defer("machine")
    if wish.order != "certainty":
        return list(queue[:AT_ONCE])
    weights = weights_of(dossier)
    found = list(queue_of(user, dossier, wish).values_list("pk", "score", "basis")[:WEIGHED])
    found.sort(key=lambda row: (row[1] * weights.get(row[2], weights.get("", 1.0)), row[0]))
    claims = queue.in_bulk([row[0] for row in found[:AT_ONCE]])
    return [claims[row[0]] for row in found[:AT_ONCE] if row[0] in claims]


def progress_of(dossier: Dossier, letter: Letter | None = None) -> Progress:
    """Return how far a dossier, or one of its letters, has been reviewed; withdrawn claims do not count."""
    # A letter is asked for alone: with the dossier beside it SQLite goes through all of the dossier's claims.
    own = Claim.objects.filter(letter=letter) if letter is not None else Claim.objects.filter(dossier=dossier)
    counts = dict(own.order_by().values_list("review_state").annotate(Count("pk")))
    total = sum(n for state, n in counts.items() if state != "withdrawn")
    return Progress(total - counts.get("suggested", 0), total)


def left_in(dossier: Dossier) -> int:
    """Return how many claims of a dossier wait, from the counts that the database keeps."""
    return total(Facets(dossier.pk, ("suggested",)))


def last_to_undo(user: User, dossier: Dossier) -> Decision | None:
    """Return the person's newest decision on a claim that is still in force; None where there is none.

    What has been undone is passed over, so that undoing again goes one decision further back.
    """
    mine = Decision.objects.filter(dossier=dossier, user=user).order_by("-number")
    # A page at a time, since nearly always the first holds it; and not what changed, which is most of a row.
    for at in range(0, LOOKED_BACK, AT_ONCE):
        page = list(mine.defer("changes", "reason")[at : at + AT_ONCE])
        if not page:
            return None
        some = [entry for entry in page if entry.kind == "claim" and entry.action != "undo"]
        undone = _undone(dossier, {entry.subject for entry in some})
        found = next((entry for entry in some if entry.number not in undone), None)
        if found is not None:
            return found
    return None


def mark_to_undo(entry: Decision | None) -> str:
    """Return what a page says it saw of a decision to undo: its number, and the version of its claim."""
    if entry is None:
        return ""
    claims = Claim.objects.filter(dossier_id=entry.dossier_id, public_id=entry.subject)
    version = claims.values_list("version", flat=True).first()
    return "" if version is None else f"{entry.number}-{version}"


def shown_after(entry: Decision) -> int:
    """Return the public number of the claim to go back to once an entry is undone: of two made of one, it."""
    if entry.action != "split":
        return entry.subject
    made = Claim.objects.filter(dossier_id=entry.dossier_id, public_id=entry.subject).first()
    place = (made.timex_start, made.timex_end) if made else None
    others = neighbours_of(made) if made else ()
    same = (one.public_id for one in others if (one.timex_start, one.timex_end) == place)
    return next(same, entry.subject)


def _undone(dossier: Dossier, claims: set[int]) -> set[int]:
    """Return the numbers of entries on claims that an entry undoes which is not itself undone."""
    log = Decision.objects.filter(dossier=dossier, kind="claim", subject__in=claims)
    # Sorted here: for an order of its own SQLite would go through the whole log.
    undoing = log.exclude(undoes=None).order_by().values_list("number", "undoes")
    undone: set[int] = set()
    for number, undoes in sorted(undoing, reverse=True):
        if number not in undone:
            undone.add(undoes)
    return undone


def neighbours_of(claim: Claim) -> ClaimQuerySet:
    """Return the other claims of the same sentence: what may be the same claim read twice."""
    return (
        Claim.objects.filter(letter_id=claim.letter_id, start__lt=claim.end or 0, end__gt=claim.start or 0)
        .exclude(pk=claim.pk)
        .not_set_aside()
        .order_by("start", "timex_start")[:6]
    )
