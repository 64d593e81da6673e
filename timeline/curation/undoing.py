"""Taking a decision back: by another one, which the log keeps and which can itself be undone."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from documents.models import Dossier, Letter, Party
from timeline.curation.base import Conflict, Refused, deciding
from timeline.curation.claims import change_claim
from timeline.curation.events import change_event
from timeline.curation.events import state_of as event_state
from timeline.curation.letters import change_letter
from timeline.curation.parties import change_party, merge_parties, unmerge_parties
from timeline.curation.parties import state_of as party_state
from timeline.models import Claim, Decision, Event

if TYPE_CHECKING:
    from django.contrib.auth.models import User

State = dict[str, Any]
Revertable = Claim | Letter | Party | Event
KINDS: dict[type, str] = {Claim: "claim", Letter: "letter", Party: "party", Event: "event"}


def can_undo(entry: Decision) -> bool:
    """Return whether there is a way back from an entry: not from a first reading, nor from a note."""
    if entry.kind == "claim":
        return bool(entry.user_name) and "note" not in entry.changes
    if entry.kind == "letter":
        return not {"note", "assigned", "claims", "text"} & set(entry.changes)
    if entry.kind == "party" and "merged_into" in entry.changes:
        return True
    return entry.kind in ("party", "event") and entry.action in ("correct", "revert", "undo")


def undo(user: User, entry: Decision, reason: str = "", *, version: int | None = None) -> list[Decision]:
    """Undo an entry, with all that was decided in one go with it; return the entries written.

    ``version`` is that of the entry's claim as it was seen. Raises Conflict where it is another by now or a
    field that the entry set has been set again since, Refused for what has no way back.
    """
    with deciding(user, entry.dossier_id) as dossier:
        if version is not None:
            rows = Claim.objects.select_for_update(of=("self",))
            seen = rows.get(dossier=dossier, public_id=entry.subject)
            if seen.version != version:
                raise Conflict(seen, {name: pair[0] for name, pair in entry.changes.items()})
        entries = [entry]
        if entry.batch:
            batch = Decision.objects.filter(dossier=dossier, batch=entry.batch).order_by("-number")
            # That a letter was read for the first time changes nothing in it that could be put back.
            entries = list(batch.exclude(kind="letter", action="read"))
        letters = [e for e in entries if e.kind == "letter"]
        written: list[Decision] = []
        for one in [*letters, *(e for e in entries if e.kind != "letter")]:
            done = _undo_one(user, dossier, one, reason, with_letter=bool(letters))
            if done is not None:
                written.append(done)
        return written


def _undo_one(
    user: User, dossier: Dossier, entry: Decision, reason: str, *, with_letter: bool
) -> Decision | None:
    if not can_undo(entry):
        raise Refused("This entry cannot be undone here. Set the values by hand.")
    if entry.kind == "claim":
        claim = Claim.objects.get(dossier=dossier, public_id=entry.subject)

        def back(state: State) -> State:
            return _back(claim, state, entry.changes, skip=with_letter)

        return change_claim(user, claim, None, "undo", back, reason=reason, undoes=entry.number).decision
    if entry.kind == "letter":
        letter = Letter.objects.get(dossier=dossier, public_id=entry.subject)
        return change_letter(
            user,
            letter,
            None,
            "undo",
            lambda state: _back(letter, state, entry.changes),
            read_again=entry.batch is not None,
            reason=reason,
            undoes=entry.number,
        ).decision
    if entry.kind == "party" and "merged_into" in entry.changes:
        if entry.changes["merged_into"][1] is not None:
            return unmerge_parties(user, dossier, entry, reason)
        party = Party.objects.get(public_id=entry.subject)
        into = Party.objects.get(pk=entry.changes["merged_into"][0]["party"])
        return merge_parties(user, dossier, party, into, reason)
    if entry.kind == "event":
        event = Event.objects.get(dossier=dossier, public_id=entry.subject)
        back = _back(event, event_state(event), entry.changes)
        return change_event(user, event, None, back, reason, action="undo", undoes=entry.number)
    party = Party.objects.get(dossier=dossier, public_id=entry.subject)
    back = _back(party, party_state(party), entry.changes)
    return change_party(user, party, None, **back, reason=reason, action="undo", undoes=entry.number)


def _back(thing: Any, state: State, changes: dict[str, list[Any]], *, skip: bool = False) -> State:
    """Return the state before the changes. A claim that came to be by them is dismissed, not deleted."""
    if changes.get("review_state", [0])[0] is None and "review_state" in changes:
        return {**state, "review_state": "dismissed"}
    stands = {n: _unnamed(state.get(n)) == _unnamed(pair[1]) for n, pair in changes.items()}
    if not all(stands.values()) and not skip:
        raise Conflict(thing, {n: pair[0] for n, pair in changes.items()})
    return {**state, **{n: pair[0] for n, pair in changes.items() if stands[n]}}


def _unnamed(value: Any) -> Any:
    """Return voices or correspondents without the names of their parties, which may be others by now."""
    if not isinstance(value, list):
        return value
    named = (isinstance(one, dict) and one.get("party") for one in value)
    return [{**one, "name": None} if is_it else one for one, is_it in zip(value, named, strict=True)]


def state_at(thing: Revertable, number: int, now: State) -> State:
    """Return how a claim, letter, party or event stood after entry ``number`` of its dossier's log."""
    later = Decision.objects.filter(
        dossier_id=thing.dossier_id, kind=KINDS[type(thing)], subject=thing.public_id, number__gt=number
    )
    state = dict(now)
    for entry in later.order_by("-number"):
        for name, (before, _) in entry.changes.items():
            if name in state:
                state[name] = before
    if "review_state" in state and state["review_state"] is None:
        state["review_state"] = "suggested"
    return state


def revert(
    user: User, thing: Revertable, number: int, version: int | None, reason: str = ""
) -> Decision | None:
    """Bring a thing back to how it stood after entry ``number``; itself a decision, to be undone like any.

    None where it stands so already. Raises Conflict. That parties are merged is not taken back with it.
    """

    def back(now: State) -> State:
        return state_at(thing, number, now)

    if isinstance(thing, Claim):
        return change_claim(user, thing, version, "revert", back, reason=reason).decision
    if isinstance(thing, Letter):
        return change_letter(user, thing, version, "revert", back, read_again=True, reason=reason).decision
    if isinstance(thing, Event):
        return change_event(user, thing, version, back(event_state(thing)), reason, action="revert")
    state = back(party_state(thing))
    return change_party(user, thing, version, **state, reason=reason, action="revert")
