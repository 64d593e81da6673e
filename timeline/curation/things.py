"""What has a history: found by an entry of the log, its state as one value, and that in groups of fields.

A group is what a person decides on as one: a date with all that follows from it, the place of the words. So
two versions are compared, and taken over, group by group.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from documents.models import Dossier, Letter, Party
from timeline.curation import claim_state, events, letter_state, parties
from timeline.history import Changes
from timeline.models import Claim, Decision, Event
from timeline.recording import DATE_FIELDS, PLACE_FIELDS

State = dict[str, Any]
Thing = Claim | Letter | Party | Event
KINDS: dict[type, str] = {Claim: "claim", Letter: "letter", Party: "party", Event: "event"}

_DATE = DATE_FIELDS | {"dated_by_claim_id", "dated_by_date_id"}
_PLACE = {"quote", *PLACE_FIELDS}
_GROUPS = {**dict.fromkeys(_DATE, "date"), **dict.fromkeys(_PLACE, "place-of-words")}
# What a letter's list of fields that a person set calls its rows.
_SET_ON_LETTER = {"date": "dates", "sender": "correspondents"}


def thing_of(dossier: Dossier, entry: Decision) -> Thing:
    """Return what an entry was made on; a party may be known to all."""
    if entry.kind == "party":
        return Party.objects.get(public_id=entry.subject)
    model: Any = {kind: model for model, kind in KINDS.items()}[entry.kind]
    return model.objects.get(dossier=dossier, public_id=entry.subject)


def state_of(thing: Thing) -> State:
    """Return all that can be decided on a thing, JSON-ready."""
    if isinstance(thing, Claim):
        return claim_state.state_of(thing)
    if isinstance(thing, Letter):
        return letter_state.state_of(thing)
    return parties.state_of(thing) if isinstance(thing, Party) else events.state_of(thing)


def group_of(name: str) -> str:
    """Return the group of a field."""
    return _GROUPS.get(name, name)


def grouped(changes: Changes) -> dict[str, Changes]:
    """Return changes group by group; that a person set fields goes with these, unless it is all there is."""
    own = {name: pair for name, pair in changes.items() if name != "curated_fields"} or changes
    found: dict[str, Changes] = {}
    for name, pair in own.items():
        found.setdefault(group_of(name), {})[name] = pair
    return found


def partly(now: State, target: State, picked: Collection[str]) -> State:
    """Return a state in which the groups picked are as in ``target``, with who set them."""
    state = {**now, **{name: value for name, value in target.items() if group_of(name) in picked}}
    if "curated_fields" in now and "curated_fields" not in picked:
        fields = {*now["curated_fields"], *target["curated_fields"]}
        taken = {name for name in fields if group_of(_SET_ON_LETTER.get(name, name)) in picked}
        kept = set(now["curated_fields"]) - taken
        state["curated_fields"] = sorted(kept | (taken & set(target["curated_fields"])))
    return state
