"""Decisions on a dossier itself: its title, who sees it, who works in it. All but making one are its
owners'.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib.auth import get_user_model
from django.db import IntegrityError, transaction

from documents.models import Dossier, Membership
from timeline.curation.base import NotAllowed, Refused, deciding, pass_gate
from timeline.history import differences, record

if TYPE_CHECKING:
    from django.contrib.auth.models import User

FIELDS = ("title", "slug", "description", "published", "show_suggestions")
ROLES = ("reader", "curator", "owner")


def create_dossier(user: User, title: str, slug: str, **values: Any) -> Dossier:
    """Make a private dossier whose owner is the user. Raises Refused where its address is taken."""
    if not user.is_authenticated or not user.is_active:
        raise NotAllowed
    if not title.strip() or not slug:
        raise Refused("A dossier has a title with at least one letter or figure.")
    try:
        with transaction.atomic():
            dossier = Dossier.objects.create(title=title.strip(), slug=slug, **values)
            Membership.objects.create(dossier=dossier, user=user, role="owner")
            changes = differences({}, _state(dossier))
            record(dossier, user, "add", "dossier", dossier.pk, dossier.title, changes)
    except IntegrityError:
        raise Refused(f"The address “{slug}” is not free. Choose another.") from None
    return dossier


def _state(dossier: Dossier) -> dict[str, Any]:
    return {name: getattr(dossier, name) for name in FIELDS}


def change_dossier(
    user: User, dossier: Dossier, values: dict[str, Any], version: int | None, reason: str = ""
) -> Dossier:
    """Change title, address, description, whether it is published and whether visitors see suggestions."""
    with deciding(user, dossier.pk, owner=True) as held:
        before = _state(held)
        after = {**before, **{k: v for k, v in values.items() if k in FIELDS}}
        changes = differences(before, after)
        if not changes:
            return held
        pass_gate(held, version, {k: v[1] for k, v in changes.items()})
        for name, value in after.items():
            setattr(held, name, value)
        try:
            with transaction.atomic():
                held.save()
        except IntegrityError:
            raise Refused(f"The address “{held.slug}” is not free. Choose another.") from None
        action = "correct"
        if "published" in changes:
            action = "publish" if held.published else "withdraw"
        record(held, user, action, "dossier", held.pk, held.title, changes, reason=reason)
        return held


def set_member(
    user: User, dossier: Dossier, user_name: str, role: str, reason: str = "", version: int | None = None
) -> Membership:
    """Invite a person by user name, or change their role. Raises Refused; Conflict."""
    if role not in ROLES:
        raise Refused(f"“{role}” is no role.")
    with deciding(user, dossier.pk, owner=True) as held:
        person = get_user_model().objects.filter(username=user_name.strip(), is_active=True).first()
        if person is None:
            raise Refused(f"Nobody here is called “{user_name}”. The site's staff makes accounts.")
        there = Membership.objects.filter(dossier=held, user=person).first()
        before = there.role if there else None
        if before == role:
            return there
        if before == "owner":
            _keep_an_owner(held, person)
        pass_gate(held, version, {"role": role})
        member, _ = Membership.objects.update_or_create(dossier=held, user=person, defaults={"role": role})
        changes = {"role": [before, role]}
        record(held, user, "invite", "member", person.pk, person.get_username(), changes, reason=reason)
        return member


def remove_member(
    user: User, dossier: Dossier, person: User, reason: str = "", version: int | None = None
) -> None:
    """Remove a person; their rights end at once. The last owner stays."""
    with deciding(user, dossier.pk, owner=True) as held:
        there = Membership.objects.filter(dossier=held, user=person).first()
        if there is None:
            return
        if there.role == "owner":
            _keep_an_owner(held, person)
        pass_gate(held, version, {"role": None})
        there.delete()
        changes = {"role": [there.role, None]}
        record(held, user, "remove", "member", person.pk, person.get_username(), changes, reason=reason)


def _keep_an_owner(dossier: Dossier, leaving: User) -> None:
    owners = Membership.objects.filter(dossier=dossier, role="owner", user__is_active=True)
    if not owners.exclude(user=leaving).exists():
        raise Refused("A dossier keeps at least one owner. Make somebody else owner first.")
