"""How much of a dossier somebody sees, told by review states: the rule of ``visible_to`` for one dossier."""

from __future__ import annotations

from typing import TYPE_CHECKING

from documents.models import Dossier

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser, User

STATES = ("suggested", "accepted", "dismissed", "withdrawn")


def is_inside(dossier: Dossier, user: User | AnonymousUser) -> bool:
    """Return whether the user sees all of a dossier, what was dismissed as well."""
    if not user.is_authenticated or not user.is_active:
        return False
    return user.is_superuser or dossier.memberships.filter(user=user).exists()


def reviews_shown(dossier: Dossier, user: User | AnonymousUser) -> tuple[str, ...]:
    """Return which of the states that are not set aside the user sees in a dossier that may be seen."""
    seen = dossier.show_suggestions or is_inside(dossier, user)
    return ("suggested", "accepted") if seen else ("accepted",)


def states_shown(dossier: Dossier, user: User | AnonymousUser) -> tuple[str, ...]:
    """Return the review states that the user sees in a dossier that may be seen."""
    return STATES if is_inside(dossier, user) else reviews_shown(dossier, user)
