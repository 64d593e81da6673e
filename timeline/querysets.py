"""All questions asked of claims, in the domain's words.

Every page, export and command starts from ``Claim.objects.visible_to(user)``; what follows only narrows it.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.db import models
from django.db.models import F, Q

from documents.managers import may_curate, member

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser, User

    Asker = User | AnonymousUser


class ClaimQuerySet(models.QuerySet):
    """Questions asked of claims."""

    def visible_to(self, user: Asker) -> ClaimQuerySet:
        """Keep what the user may see: members all; visitors, of published dossiers, what was accepted, and
        suggestions where the dossier shows them."""
        from documents.models import Dossier

        published = Dossier.objects.filter(published=True)
        accepted = Q(review_state="accepted", dossier_id__in=published.values("pk"))
        open_ones = published.filter(show_suggestions=True).values("pk")
        suggested = Q(review_state="suggested", dossier_id__in=open_ones)
        if not user.is_authenticated or not user.is_active:
            return self.filter(accepted | suggested)
        if user.is_superuser:
            return self.all()
        return self.filter(accepted | suggested | member(user, "dossier__"))

    def curatable_by(self, user: Asker) -> ClaimQuerySet:
        """Keep the claims on which the user may decide."""
        return self.filter(may_curate(user, "dossier__"))

    def in_dossier(self, dossier: models.Model) -> ClaimQuerySet:
        """Keep the claims of a dossier."""
        return self.filter(dossier=dossier)

    def in_letters(self, public_ids: Iterable[int]) -> ClaimQuerySet:
        """Keep the claims of the letters with these public numbers."""
        return self.filter(letter__public_id__in=list(public_ids))

    def in_lanes(self, public_ids: Iterable[int]) -> ClaimQuerySet:
        """Keep the claims drawn in the lanes of the parties with these public numbers."""
        return self.filter(lane_party__public_id__in=list(public_ids))

    def asserted_by(self, party: models.Model) -> ClaimQuerySet:
        """Keep what a party asserts, be it of its own or in reporting others."""
        return self.filter(asserting_party=party)

    def with_stance(self, stances: Iterable[str]) -> ClaimQuerySet:
        """Keep the claims whose sender takes one of these stances."""
        return self.filter(stance__in=list(stances))

    def with_basis(self, bases: Iterable[str]) -> ClaimQuerySet:
        """Keep the claims whose date was got in one of these ways."""
        return self.filter(basis__in=list(bases))

    def in_review(self, states: Iterable[str]) -> ClaimQuerySet:
        """Keep the claims in one of these review states."""
        return self.filter(review_state__in=list(states))

    def not_set_aside(self) -> ClaimQuerySet:
        """Leave out what was dismissed or is no longer found."""
        return self.filter(review_state__in=["suggested", "accepted"])

    def dated(self) -> ClaimQuerySet:
        """Keep the claims that have a place on the axis: at least one known bound."""
        return self.filter(Q(earliest_day__isnull=False) | Q(latest_day__isnull=False))

    def undated(self) -> ClaimQuerySet:
        """Keep the claims without a place on the axis."""
        return self.filter(earliest_day=None, latest_day=None)

    def between(self, first: int | None, last: int | None) -> ClaimQuerySet:
        """Keep the claims that touch the days ``first`` to ``last``, both included; None is open."""
        claims = self
        if first is not None:
            claims = claims.filter(Q(latest_day__gte=first) | Q(latest_day=None, earliest_day__isnull=False))
        if last is not None:
            claims = claims.filter(Q(earliest_day__lte=last) | Q(earliest_day=None, latest_day__isnull=False))
        return claims

    def by_date(self) -> ClaimQuerySet:
        """Order as a chronology reads: by first day, the shorter date first, undated last."""
        return self.order_by(
            F("earliest_day").asc(nulls_last=True), F("latest_day").asc(nulls_last=True), "pk"
        )

    def by_letter(self) -> ClaimQuerySet:
        """Order by letter, and within it as it reads."""
        return self.order_by(F("letter__own_day").asc(nulls_last=True), "letter_id", "start", "pk")

    def for_list(self) -> ClaimQuerySet:
        """Bring what a row of a list shows, without the letters' texts."""
        return self.select_related("letter", "asserting_party", "lane_party").defer("letter__text", "machine")
