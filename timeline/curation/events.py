"""Decisions on events: what is said to have happened, named, dated and confirmed by a person."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from documents.models import Dossier
from timeline.curation.base import Refused, deciding, pass_gate
from timeline.extraction.edtf import parse_edtf
from timeline.history import differences, record
from timeline.models import Decision, Event

if TYPE_CHECKING:
    from django.contrib.auth.models import User

State = dict[str, Any]
FIELDS = ("title", "edtf", "confirmed")


def state_of(event: Event) -> State:
    """Return what can be decided on an event, JSON-ready."""
    return {name: getattr(event, name) for name in FIELDS}


def event_named(user: User, dossier: Dossier, title: str) -> Event | None:
    """Return the dossier's event of that title, made on first use; None for an empty title."""
    title = title.strip()
    if not title:
        return None
    with deciding(user, dossier.pk) as held:
        event = Event.objects.filter(dossier=held, title=title).order_by("pk").first()
        if event is None:
            event = Event.objects.create(dossier=held, title=title)
            changes = differences({}, state_of(event))
            record(held, user, "add", "event", event.public_id, event.title, changes)
        return event


def change_event(
    user: User,
    event: Event,
    version: int | None,
    values: State,
    reason: str = "",
    *,
    action: str = "correct",
    undoes: int | None = None,
) -> Decision | None:
    """Set title, date (EDTF, empty for none) or whether an event is confirmed; None where nothing differs.

    Raises EdtfError on a date that is none, Refused without a title.
    """
    with deciding(user, event.dossier_id) as dossier:
        event = Event.objects.select_for_update(of=("self",)).get(pk=event.pk)
        before = state_of(event)
        after = {**before, **{name: value for name, value in values.items() if name in FIELDS}}
        changes = differences(before, after)
        if not after["title"].strip():
            raise Refused("An event has a title.")
        if after["edtf"]:
            parse_edtf(after["edtf"])
        if not changes:
            return None
        pass_gate(event, version, {name: pair[1] for name, pair in changes.items()})
        for name, value in after.items():
            setattr(event, name, value)
        event.save()
        return record(
            dossier,
            user,
            action,
            "event",
            event.public_id,
            event.title,
            changes,
            reason=reason,
            undoes=undoes,
        )
