"""Those who can assert something, and the names they are known by."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from simple_history.models import HistoricalRecords

from documents.managers import InDossierQuerySet, PartyQuerySet
from documents.models.dossiers import Dossier
from documents.models.numbers import random_public_id


class Party(models.Model):
    """Who can assert. Without a dossier it is known to all."""

    class Kind(models.TextChoices):
        STATE = "state"
        ORGAN = "organ"
        OFFICE = "office"
        ORGANISATION = "organisation"
        GROUP = "group"
        PERSON = "person"

    public_id = models.BigIntegerField(default=random_public_id, unique=True, editable=False)
    dossier = models.ForeignKey(Dossier, models.CASCADE, null=True, blank=True, related_name="own_parties")
    name = models.CharField(max_length=200, help_text="The name shown everywhere.")
    kind = models.CharField(max_length=12, choices=Kind)
    version = models.PositiveIntegerField(default=1, editable=False)
    history = HistoricalRecords()

    objects = PartyQuerySet.as_manager()

    class Meta:
        ordering = ["name"]
        verbose_name_plural = "parties"
        constraints = [
            models.UniqueConstraint(
                fields=["name"], condition=Q(dossier=None), name="party_known_to_all_has_its_own_name"
            ),
            models.UniqueConstraint(fields=["dossier", "name"], name="party_of_a_dossier_has_its_own_name"),
            models.CheckConstraint(condition=~Q(name=""), name="party_has_a_name"),
            models.CheckConstraint(
                condition=Q(kind__in=["state", "organ", "office", "organisation", "group", "person"]),
                name="party_kind_is_known",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class PartyName(models.Model):
    """One of the names by which letters call a party, with the years in which it was used."""

    class Kind(models.TextChoices):
        OFFICIAL = "official"
        SHORT = "short"
        FORMER = "former"
        ADJECTIVE = "adjective"
        DEMONYM = "demonym"
        CAPITAL = "capital"
        ABBREVIATION = "abbreviation"

    party = models.ForeignKey(Party, models.CASCADE, related_name="names")
    text = models.CharField(max_length=200)
    language = models.CharField(max_length=12, default="en")
    kind = models.CharField(max_length=12, choices=Kind, default=Kind.SHORT)
    from_year = models.IntegerField(null=True, blank=True)
    to_year = models.IntegerField(null=True, blank=True)

    class Meta:
        ordering = ["language", "text"]
        constraints = [
            models.UniqueConstraint(
                fields=["party", "language", "kind", "text"], name="party_name_stands_once"
            ),
            models.CheckConstraint(condition=~Q(text=""), name="party_name_is_not_empty"),
            models.CheckConstraint(
                condition=Q(
                    kind__in=[
                        "official",
                        "short",
                        "former",
                        "adjective",
                        "demonym",
                        "capital",
                        "abbreviation",
                    ]
                ),
                name="party_name_kind_is_known",
            ),
            models.CheckConstraint(
                condition=Q(from_year=None) | Q(to_year=None) | Q(from_year__lte=F("to_year")),
                name="party_name_years_in_order",
            ),
        ]

    def __str__(self) -> str:
        return self.text


class PartyRelation(models.Model):
    """That a party is part of another, speaks for it, or was succeeded by it."""

    class Kind(models.TextChoices):
        PART_OF = "part of"
        SPEAKS_FOR = "speaks for"
        SUCCEEDED_BY = "succeeded by"

    party = models.ForeignKey(Party, models.CASCADE, related_name="relations")
    kind = models.CharField(max_length=12, choices=Kind)
    other = models.ForeignKey(Party, models.CASCADE, related_name="relations_to")
    from_year = models.IntegerField(null=True, blank=True)
    to_year = models.IntegerField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["party", "kind", "other"], name="party_relation_stands_once"),
            models.CheckConstraint(condition=~Q(party=F("other")), name="party_is_not_related_to_itself"),
            models.CheckConstraint(
                condition=Q(kind__in=["part of", "speaks for", "succeeded by"]),
                name="party_relation_kind_is_known",
            ),
            models.CheckConstraint(
                condition=Q(from_year=None) | Q(to_year=None) | Q(from_year__lte=F("to_year")),
                name="party_relation_years_in_order",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.party} {self.kind} {self.other}"


class DossierParty(models.Model):
    """A party's place in a dossier: its colour, given in order of first appearance and kept for ever."""

    dossier = models.ForeignKey(Dossier, models.CASCADE, related_name="dossier_parties")
    party = models.ForeignKey(Party, models.CASCADE, related_name="in_dossiers")
    colour_index = models.PositiveSmallIntegerField(help_text="1 for the first party of the dossier.")

    objects = InDossierQuerySet.as_manager()

    class Meta:
        ordering = ["colour_index"]
        constraints = [
            models.UniqueConstraint(fields=["dossier", "party"], name="party_has_one_colour_in_a_dossier"),
            models.UniqueConstraint(fields=["dossier", "colour_index"], name="colour_belongs_to_one_party"),
            models.CheckConstraint(condition=Q(colour_index__gte=1), name="colours_count_from_one"),
        ]

    def __str__(self) -> str:
        return f"{self.party} ({self.colour_index})"


class PartyMerge(models.Model):
    """That in a dossier one party stands for another: two names, one party. Neither row is ever deleted."""

    dossier = models.ForeignKey(Dossier, models.CASCADE, related_name="party_merges")
    party = models.ForeignKey(Party, models.CASCADE, related_name="merges")
    into = models.ForeignKey(Party, models.CASCADE, related_name="merged_here")

    objects = InDossierQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["dossier", "party"], name="party_is_merged_once_in_a_dossier"),
            models.CheckConstraint(condition=~Q(party=F("into")), name="party_is_not_merged_into_itself"),
        ]

    def __str__(self) -> str:
        return f"{self.party} is {self.into}"
