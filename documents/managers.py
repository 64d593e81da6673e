"""Every question asked of dossiers, letters and parties starts here, from what the asking user may see."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.apps import apps
from django.db import models
from django.db.models import Q
from django.db.models.functions import Coalesce

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser, User

    Asker = User | AnonymousUser


def may_see(user: Asker, prefix: str = "") -> Q:
    """Return the condition that the dossier at ``prefix`` is published or has the user as a member."""
    published = Q(**{f"{prefix}published": True})
    if not user.is_authenticated or not user.is_active:
        return published
    if user.is_superuser:
        return Q()
    return published | member(user, prefix)


def member(user: Asker, prefix: str = "", roles: tuple[str, ...] = ("reader", "curator", "owner")) -> Q:
    """Return the condition that the user has one of the roles in the dossier at ``prefix``.

    The ids are asked for in a subquery: a join would give a dossier once for every member.
    """
    from documents.models import Membership

    ids = Membership.objects.filter(user_id=user.pk, role__in=roles).values("dossier_id")
    return Q(**{f"{prefix}pk__in" if not prefix else f"{prefix.removesuffix('__')}_id__in": ids})


def may_curate(user: Asker, prefix: str = "") -> Q:
    """Return the condition that the user decides in the dossier at ``prefix``: curator, owner, superuser."""
    if not user.is_authenticated or not user.is_active:
        return Q(pk__in=[])
    if user.is_superuser:
        return Q()
    return member(user, prefix, ("curator", "owner"))


class DossierQuerySet(models.QuerySet):
    """Questions asked of dossiers."""

    def visible_to(self, user: Asker) -> DossierQuerySet:
        """Keep what the user may see: published dossiers and those of which they are a member."""
        return self.filter(may_see(user))

    def curatable_by(self, user: Asker) -> DossierQuerySet:
        """Keep the dossiers in which the user may decide."""
        return self.filter(may_curate(user))

    def owned_by(self, user: Asker) -> DossierQuerySet:
        """Keep the dossiers whose owner the user is."""
        if not user.is_authenticated or not user.is_active:
            return self.none()
        return self if user.is_superuser else self.filter(member(user, "", ("owner",)))

    def with_counts(self) -> DossierQuerySet:
        """Bring how many letters and claims a dossier has, and how many of these wait for review."""
        claims = apps.get_model("timeline", "Claim").objects.filter(dossier=models.OuterRef("pk"))
        claims = claims.not_set_aside()
        letters = apps.get_model("documents", "Letter").objects.filter(dossier=models.OuterRef("pk"))
        return self.annotate(
            letters_count=count_of(letters),
            claims_count=count_of(claims),
            review_count=count_of(claims.filter(review_state="suggested")),
        )


def count_of(rows: models.QuerySet) -> Coalesce:
    """Return the number of rows of a subquery, as an expression; a join would multiply counts."""
    counted = rows.order_by().annotate(one=models.Value(1)).values("one").annotate(n=models.Count("pk"))
    return Coalesce(models.Subquery(counted.values("n")), 0)


class InDossierQuerySet(models.QuerySet):
    """Questions asked of what belongs to one dossier, through the field path ``dossier_path``."""

    dossier_path = "dossier__"

    def visible_to(self, user: Asker) -> InDossierQuerySet:
        """Keep what stands in a dossier that the user may see."""
        return self.filter(may_see(user, self.dossier_path))

    def curatable_by(self, user: Asker) -> InDossierQuerySet:
        """Keep what stands in a dossier in which the user may decide."""
        return self.filter(may_curate(user, self.dossier_path))


def _copies() -> models.QuerySet:
    """Return the keys of the letters that repeat another which is here."""
    relations = apps.get_model("documents", "LetterRelation").objects
    copies = relations.filter(kind__in=("identical", "translation", "duplicate"))
    return copies.exclude(target=None).values("letter")


# More letters than this are not found by one symbol.
SYMBOLS_MOST = 500


class LetterQuerySet(InDossierQuerySet):
    """Questions asked of letters."""

    def in_dossier(self, dossier: models.Model) -> LetterQuerySet:
        """Keep the letters of a dossier."""
        return self.filter(dossier=dossier)

    def by_own_date(self) -> LetterQuerySet:
        """Order by the sender's own date, letters without one last."""
        return self.order_by(models.F("own_day").asc(nulls_last=True), "pk")

    def bearing(self, symbol: str) -> list[int]:
        """Return the keys of the letters that bear a symbol or one that it is a part of."""
        return list(self.filter(symbols__icontains=symbol).values_list("pk", flat=True)[:SYMBOLS_MOST])

    def counted_once(self) -> LetterQuerySet:
        """Leave out letters that repeat another: identical letters, translations, the same text again."""
        return self.exclude(pk__in=_copies())

    def repeating(self) -> LetterQuerySet:
        """Keep the letters that repeat another: those that ``counted_once`` leaves out."""
        return self.filter(pk__in=_copies())

    def counted(self) -> tuple[int, int]:
        """Return how many letters these are, and how many of them repeat another; one question."""
        repeating = models.Count("pk", filter=Q(pk__in=_copies()))
        counts = self.order_by().aggregate(all=models.Count("pk"), repeating=repeating)
        return counts["all"], counts["repeating"]

    def light(self) -> LetterQuerySet:
        """Leave the text in the database: lists show metadata only."""
        return self.defer("text")

    def for_admin(self) -> LetterQuerySet:
        """Bring what a row of the admin's list shows: own date, sender, number of claims; no text."""
        dates = apps.get_model("documents", "LetterDate").objects.filter(
            part__letter=models.OuterRef("pk"), is_anchor=True
        )
        senders = apps.get_model("documents", "Correspondent").objects.filter(
            part__letter=models.OuterRef("pk"), role="sender"
        )
        claims = apps.get_model("timeline", "Claim").objects.filter(letter=models.OuterRef("pk"))
        return self.select_related("dossier").annotate(
            anchor_edtf=models.Subquery(dates.order_by("part__position").values("edtf")[:1]),
            sender_name=Coalesce(
                models.Subquery(senders.order_by("part__position", "position").values("party__name")[:1]),
                models.Value(""),
            ),
            claims_count=count_of(claims.not_set_aside()),
        )


class PartyQuerySet(models.QuerySet):
    """Questions asked of parties: those known to all, and those of a dossier that one may see."""

    def visible_to(self, user: Asker) -> PartyQuerySet:
        """Keep parties known to all and those of dossiers that the user may see."""
        from documents.models import Dossier

        dossiers = Dossier.objects.visible_to(user).values("pk")
        return self.filter(Q(dossier=None) | Q(dossier_id__in=dossiers))

    def curatable_by(self, user: Asker) -> PartyQuerySet:
        """Keep the parties of dossiers in which the user may decide; those known to all are a superuser's."""
        from documents.models import Dossier

        if user.is_active and user.is_superuser:
            return self
        return self.filter(dossier_id__in=Dossier.objects.curatable_by(user).values("pk"))
