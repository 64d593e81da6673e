"""Decisions on parties: a dossier's own, their names, and that two names are one party.

Parties known to all are changed by a superuser alone. A merge holds within one dossier; the merged party's
row
stays, so that the log keeps its sense and the merge can be undone.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import IntegrityError, transaction
from django.db.models import F, Q
from django.utils.timezone import now

from documents.models import Correspondent, Dossier, Letter, Party, PartyMerge, PartyName
from documents.registry import PartyRows, registry_of
from timeline.curation.base import NotAllowed, Refused, deciding, pass_gate
from timeline.history import differences, record
from timeline.models import ABOUT_ROLES, Claim, Decision, Voice
from timeline.recording import about_party

if TYPE_CHECKING:
    from django.contrib.auth.models import User

State = dict[str, Any]
NAME = ("text", "language", "kind", "from_year", "to_year")


def state_of(party: Party) -> State:
    """Return what can be changed of a party, JSON-ready."""
    names = [{n: getattr(row, n) for n in NAME} for row in party.names.order_by("language", "kind", "text")]
    return {"name": party.name, "kind": party.kind, "names": names}


def add_party(user: User, dossier: Dossier, name: str, kind: str = "organisation") -> Party:
    """Add a party of the dossier's own. Raises Refused where the name is empty or taken."""
    if not name.strip():
        raise Refused("A party has a name.")
    with deciding(user, dossier.pk) as held:
        try:
            with transaction.atomic():
                party = Party.objects.create(dossier=held, name=name.strip()[:200], kind=kind)
        except IntegrityError:
            raise Refused(f"This dossier has a party “{name}” already.") from None
        changes = differences({}, state_of(party))
        record(held, user, "add", "party", party.public_id, party.name, changes)
        return party


def known_party(dossier: Dossier, name: str) -> Party:
    """Return the party that a dossier knows by a name, any of its names. Raises Refused for none."""
    registry = registry_of(dossier)
    known = registry.resolve(name.strip()) if name.strip() else None
    party = PartyRows(dossier, registry).get(known) if known else None
    # Two may bear a name among their others; by its own name a party of the dossier is always found.
    party = party or Party.objects.filter(dossier=dossier, name=name.strip()).first()
    if party is None:
        raise Refused(f"No party is known as “{name}”. Add it as a new one.")
    return party


def change_party(
    user: User,
    party: Party,
    version: int | None,
    *,
    name: str | None = None,
    kind: str | None = None,
    names: list[dict[str, Any]] | None = None,
    reason: str = "",
    action: str = "correct",
    undoes: int | None = None,
) -> Decision | None:
    """Change a party's name, kind or further names; None where nothing differs. Later readings go by them."""
    if party.dossier_id is None:
        raise NotAllowed
    with deciding(user, party.dossier_id) as dossier:
        party = Party.objects.get(pk=party.pk)
        before = state_of(party)
        wanted = {"name": name, "kind": kind, "names": names}
        after = {**before, **{k: v for k, v in wanted.items() if v is not None}}
        changes = differences(before, after)
        if not changes:
            return None
        pass_gate(party, version, wanted)
        _write(party, before, after)
        told = {"reason": reason, "undoes": undoes}
        return record(dossier, user, action, "party", party.public_id, party.name, changes, **told)


def _write(party: Party, before: State, after: State) -> None:
    party.name, party.kind = after["name"], after["kind"]
    try:
        with transaction.atomic():
            party.save()
            if before["names"] != after["names"]:
                party.names.all().delete()
                PartyName.objects.bulk_create(PartyName(party=party, **row) for row in after["names"])
    except IntegrityError:
        raise Refused("That name is taken, stands twice, or its years are in the wrong order.") from None


def merge_parties(user: User, dossier: Dossier, party: Party, into: Party, reason: str = "") -> Decision:
    """Say that in this dossier two parties are one: all that is ``party``'s becomes ``into``'s.

    Its claims move to the other lane, and later readings go by the merge.
    """
    if party.pk == into.pk:
        raise Refused("A party cannot be merged into itself.")
    if any(p.dossier_id not in (None, dossier.pk) for p in (party, into)):
        raise Refused("Both parties must be of this dossier, or known to all.")
    with deciding(user, dossier.pk) as held:
        there = PartyMerge.objects.filter(dossier=held, party=party).select_related("into").first()
        if there is not None:
            raise Refused(f"{party} is merged into {there.into} already. Undo that first.")
        if PartyMerge.objects.filter(dossier=held, party=into).exists():
            raise Refused(f"{into} has itself been merged into another party.")
        PartyMerge.objects.filter(dossier=held, into=party).update(into=into)
        PartyMerge.objects.create(dossier=held, party=party, into=into)
        moved = _move(held, party, into)
        _count_up(party)
        if any(moved.values()):
            PartyRows(held).give_colour(into)
        changes = {"merged_into": [None, {"party": into.pk, "name": into.name}], "moved": [None, moved]}
        return record(held, user, "merge", "party", party.public_id, party.name, changes, reason=reason)


def unmerge_parties(user: User, dossier: Dossier, entry: Decision, reason: str = "") -> Decision:
    """Undo a merge: what it moved goes back, unless somebody gave it to a third party since."""
    with deciding(user, dossier.pk) as held:
        party = Party.objects.get(public_id=entry.subject)
        into = Party.objects.get(pk=entry.changes["merged_into"][1]["party"])
        gone, _ = PartyMerge.objects.filter(dossier=held, party=party).delete()
        if not gone:
            raise Refused(f"{party} is not merged into another party any more.")
        moved = entry.changes["moved"][1]
        _count_up(party)
        back = _move(held, into, party, moved)
        changes = {"merged_into": [entry.changes["merged_into"][1], None], "moved": [moved, back]}
        return record(
            held,
            user,
            "undo",
            "party",
            party.public_id,
            party.name,
            changes,
            reason=reason,
            undoes=entry.number,
        )


def _move(
    dossier: Dossier, party: Party, into: Party, only: dict[str, list[int]] | None = None
) -> dict[str, list[int]]:
    """Hand on in a dossier what is a party's; return the keys of what moved."""
    rows = {
        "voices": (Voice.objects.filter(claim__dossier=dossier, party=party), "party"),
        "correspondents": (
            Correspondent.objects.filter(part__letter__dossier=dossier, party=party),
            "party",
        ),
        "asserted": (Claim.objects.filter(dossier=dossier, asserting_party=party), "asserting_party"),
        "lanes": (Claim.objects.filter(dossier=dossier, lane_party=party), "lane_party"),
    }
    moved: dict[str, list[int]] = {}
    for name, (query, column) in rows.items():
        if only is not None:
            query = query.filter(pk__in=only[name])
        moved[name] = sorted(query.values_list("pk", flat=True))
        query.model._default_manager.filter(pk__in=moved[name]).update(**{column: into})
    acting = Voice.objects.filter(pk__in=moved["voices"], role__in=ABOUT_ROLES).values("claim")
    Claim.objects.filter(pk__in=acting, dossier=dossier).update(about_party=about_party())
    _count_versions(dossier, moved)
    return moved


def _count_up(party: Party) -> None:
    """Count up a party's version: that it is another one's now is a decision on it like any."""
    Party.objects.filter(pk=party.pk).update(version=F("version") + 1)


def _count_versions(dossier: Dossier, moved: dict[str, list[int]]) -> None:
    """Count up what a merge moved: who has it open would else give it back to the party that was merged."""
    changed = {"version": F("version") + 1}
    spoken = Voice.objects.filter(pk__in=moved["voices"]).values("claim")
    claims = Q(pk__in=spoken) | Q(pk__in=moved["asserted"]) | Q(pk__in=moved["lanes"])
    Claim.objects.filter(claims, dossier=dossier).update(**changed, changed=now())
    named = Correspondent.objects.filter(pk__in=moved["correspondents"]).values("part__letter")
    Letter.objects.filter(pk__in=named, dossier=dossier).update(**changed)
