"""Whether somebody has anything to decide here: for the links over every page."""

from __future__ import annotations

from typing import Any

from django import template

from documents.models import Dossier

register = template.Library()


@register.filter
def curates(user: Any) -> bool:
    """Return whether the user may enter the pages of curation: staff, and who curates a dossier."""
    if not user.is_authenticated or not user.is_active:
        return False
    return user.is_staff or Dossier.objects.curatable_by(user).exists()


@register.filter
def is_in(letter: Any, numbers: list[str]) -> bool:
    """Return whether a letter's public number is among those given as text."""
    return str(letter.public_id) in numbers
