"""Dossiers, and who may do what in them."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from simple_history.models import HistoricalRecords

from documents.managers import DossierQuerySet, InDossierQuerySet


class Dossier(models.Model):
    """One dispute or subject. Who may see its letters is decided here."""

    title = models.CharField(max_length=200)
    slug = models.SlugField(max_length=80)
    description = models.TextField(blank=True)
    published = models.BooleanField(default=False, help_text="Visitors see it without logging in.")
    show_suggestions = models.BooleanField(
        default=False, help_text="Visitors also see claims that nobody has checked yet."
    )
    version = models.PositiveIntegerField(default=1, editable=False)
    created = models.DateTimeField(auto_now_add=True)
    history = HistoricalRecords()

    objects = DossierQuerySet.as_manager()

    class Meta:
        ordering = ["title"]
        constraints = [
            models.UniqueConstraint(fields=["slug"], name="dossier_address_is_its_own"),
            models.CheckConstraint(condition=~Q(title=""), name="dossier_has_a_title"),
            models.CheckConstraint(condition=~Q(slug=""), name="dossier_has_an_address"),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return f"/dossiers/{self.slug}/"


class Membership(models.Model):
    """That a user is reader, curator or owner of a dossier."""

    class Role(models.TextChoices):
        READER = "reader"
        CURATOR = "curator"
        OWNER = "owner"

    dossier = models.ForeignKey(Dossier, models.CASCADE, related_name="memberships")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="memberships")
    role = models.CharField(max_length=10, choices=Role)

    objects = InDossierQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["dossier", "user"], name="one_role_a_member"),
            models.CheckConstraint(
                condition=Q(role__in=["reader", "curator", "owner"]), name="membership_role_is_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user}: {self.role}"
