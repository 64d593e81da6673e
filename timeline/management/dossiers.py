"""Which dossiers a command works on."""

from __future__ import annotations

from django.core.management.base import CommandError

from documents.models import Dossier


def chosen_dossiers(slug: str | None) -> list[Dossier]:
    """Return the dossier of a slug, all of them without one. Raises CommandError where there is none."""
    dossiers = Dossier.objects.order_by("pk")
    found = list(dossiers.filter(slug=slug) if slug else dossiers)
    if slug and not found:
        raise CommandError(f"There is no dossier “{slug}”.")
    return found
