"""Taking a decision back: by another one, which the log keeps and which can itself be undone."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from documents.models import Dossier, Letter, Party, PartyMerge
from timeline.curation.base import Conflict, Refused, Unseen, deciding
from timeline.curation.claims import change_claim
from timeline.curation.events import change_event
from timeline.curation.letters import change_letter
from timeline.curation.parties import change_party, merge_parties, unmerge_parties
from timeline.curation.things import KINDS, State, Thing, group_of, grouped, partly, state_of, thing_of
from timeline.history import Changes, differences, head
from timeline.models import Claim, Decision, Event

if TYPE_CHECKING:
    from django.contrib.auth.models import User

# Groups of fields chosen, by the number of the entry that they are taken back to or from.
Picked = Mapping[int, Collection[str]]


@dataclass(frozen=True, slots=True)
class Way:
    """How a person takes something back: undo an ``entry``, or go back to how its thing stood after it.

    ``version`` is that of the thing as the person saw it; ``picked``: what of it, None for all.
    """

    entry: Decision
    do: str
    version: int | None
    reason: str = ""
    picked: Picked | None = None


@dataclass(frozen=True, slots=True)
class Side:
    """One group of fields of a thing as it stands now and as it would be taken back to.

    ``stands``: nobody has set it since; ``entry`` is what is undone, or gone back to.
    """

    entry: Decision
    group: str
    changes: Changes
    stands: bool


def can_undo(entry: Decision) -> bool:
    """Return whether there is a way back from an entry: not from a first reading, nor from a note."""
    if entry.kind == "claim":
        return bool(entry.user_name) and "note" not in entry.changes
    if entry.kind == "letter":
        return not {"note", "assigned", "claims", "text"} & set(entry.changes)
    if entry.kind == "party" and "merged_into" in entry.changes:
        return True
    return entry.kind in ("party", "event") and entry.action in ("correct", "revert", "undo")


def take_back(
    user: User, thing: Thing, way: Way, *, agreed: Callable[[list[Decision]], bool] = lambda written: True
) -> list[Decision]:
    """Undo an entry of a thing, or bring the thing back to how it stood after it; return the entries written.

    ``agreed`` says of these whether they are what the person was shown; raises Unseen, which has them, where
    they are not. Raises Conflict and Refused as ``undo`` and ``revert`` do. Then nothing was changed.
    """
    with deciding(user, way.entry.dossier_id) as dossier:
        last, _ = head(dossier.pk)
        if way.do == "revert":
            only = None if way.picked is None else way.picked.get(way.entry.number, ())
            revert(user, thing, way.entry.number, way.version, way.reason, only=only)
        else:
            undo(user, way.entry, way.reason, version=way.version, picked=way.picked)
        written = list(Decision.objects.filter(dossier=dossier, number__gt=last).order_by("number"))
        if not agreed(written):
            raise Unseen(thing, {}, written)
        return written


def sides_of(thing: Thing, way: Way, after: int) -> list[Side]:
    """Return what taking back would change, group by group; ``after``: the last entry that was seen."""
    now = state_of(thing)
    if way.do == "revert":
        changes = differences(now, state_at(thing, way.entry.number, now))
        later = _set_after(way.entry, after)
        return [Side(way.entry, g, some, g not in later) for g, some in grouped(changes).items()]
    sides = []
    for entry in _in_one_go(way.entry):
        if not can_undo(entry):
            continue
        if "merged_into" in entry.changes:
            sides += _merged_side(entry)
            continue
        now = state_of(thing_of(entry.dossier, entry))
        later = _set_after(entry, entry.number)
        changes = differences(now, _before(now, entry.changes))
        sides += [Side(entry, g, some, g not in later) for g, some in grouped(changes).items()]
    letters = {side.entry.number for side in sides if side.entry.kind == "letter"}
    # Of a letter that is read again with it, claims follow as they are read.
    return [side for side in sides if not letters or side.entry.number in letters]


def _set_after(entry: Decision, number: int) -> set[str]:
    """Return the groups that entries on the same thing set after a number."""
    same = {"dossier": entry.dossier_id, "kind": entry.kind, "subject": entry.subject}
    later = Decision.objects.filter(**same, number__gt=number).values_list("changes", flat=True)
    return {group_of(name) for changes in later for name in changes}


def _merged_side(entry: Decision) -> list[Side]:
    merges = PartyMerge.objects.filter(dossier=entry.dossier_id, party__public_id=entry.subject)
    there = merges.select_related("into").first()
    now = {"party": there.into_id, "name": there.into.name} if there else None
    before = entry.changes["merged_into"][0]
    changes = differences({"merged_into": now}, {"merged_into": before})
    return [Side(entry, name, {name: pair}, True) for name, pair in changes.items()]


def undo(
    user: User,
    entry: Decision,
    reason: str = "",
    *,
    version: int | None = None,
    picked: Picked | None = None,
) -> list[Decision]:
    """Undo an entry, with all that was decided in one go with it; return the entries written.

    ``version`` is that of the entry's thing as it was seen. Raises Conflict where it is another by now or a
    field that the entry set has been set again since, Refused for what has no way back. ``picked``: what of
    each entry is undone, whatever was set since.
    """
    if not can_undo(entry):
        raise Refused("This entry cannot be undone here. Set the values by hand.")
    with deciding(user, entry.dossier_id) as dossier:
        if version is not None:
            seen = thing_of(dossier, entry)
            if seen.version != version:
                raise Conflict(seen, {name: pair[0] for name, pair in entry.changes.items()})
        entries = _in_one_go(entry)
        letters = [e for e in entries if e.kind == "letter"]
        written: list[Decision] = []
        for one in [*letters, *(e for e in entries if e.kind != "letter")]:
            # What follows a letter by its being read again is no choice of its own.
            follows = bool(letters) and one.kind != "letter"
            only = None if picked is None or follows else picked.get(one.number, ())
            done = _undo_one(user, dossier, one, reason, with_letter=bool(letters), only=only)
            if done is not None:
                written.append(done)
            elif one.kind == "letter" and picked is not None:
                break
        return written


def _in_one_go(entry: Decision) -> list[Decision]:
    """Return an entry with those of the same batch, the newest first."""
    if not entry.batch:
        return [entry]
    batch = Decision.objects.filter(dossier=entry.dossier_id, batch=entry.batch).order_by("-number")
    # That a letter was read for the first time changes nothing in it that could be put back.
    return list(batch.exclude(kind="letter", action="read"))


def _undo_one(
    user: User,
    dossier: Dossier,
    entry: Decision,
    reason: str,
    *,
    with_letter: bool,
    only: Collection[str] | None,
) -> Decision | None:
    if not can_undo(entry):
        raise Refused("This entry cannot be undone here. Set the values by hand.")
    thing = thing_of(dossier, entry)

    def back(state: State) -> State:
        return _back(thing, state, entry.changes, skip=with_letter, only=only)

    told: dict[str, Any] = {"reason": reason, "undoes": entry.number}
    if isinstance(thing, Claim):
        return change_claim(user, thing, None, "undo", back, **told).decision
    if isinstance(thing, Letter):
        again = entry.batch is not None
        return change_letter(user, thing, None, "undo", back, read_again=again, **told).decision
    if isinstance(thing, Event):
        return change_event(user, thing, None, back(state_of(thing)), action="undo", **told)
    if "merged_into" not in entry.changes:
        return change_party(user, thing, None, **back(state_of(thing)), action="undo", **told)
    if only is not None and "merged_into" not in only:
        return None
    if entry.changes["merged_into"][1] is not None:
        return unmerge_parties(user, dossier, entry, reason)
    into = Party.objects.get(pk=entry.changes["merged_into"][0]["party"])
    return merge_parties(user, dossier, thing, into, reason)


def _back(thing: Thing, state: State, changes: Changes, *, skip: bool, only: Collection[str] | None) -> State:
    """Return the state before the changes, or with ``only`` some groups of it.

    Raises Conflict where another value stands than they set, unless those are to be skipped.
    """
    if only is not None:
        return partly(state, _before(state, changes), only)
    if _came_to_be(changes):
        return _before(state, changes)
    stands = {n: _unnamed(state.get(n)) == _unnamed(pair[1]) for n, pair in changes.items()}
    if not all(stands.values()) and not skip:
        raise Conflict(thing, {n: pair[0] for n, pair in changes.items()})
    return _before(state, {n: pair for n, pair in changes.items() if stands[n]})


def _before(state: State, changes: Changes) -> State:
    """Return a state before the changes. A claim that came to be by them is dismissed, not deleted."""
    if _came_to_be(changes):
        return {**state, "review_state": "dismissed"}
    return {**state, **{n: pair[0] for n, pair in changes.items() if n in state}}


def _came_to_be(changes: Changes) -> bool:
    return "review_state" in changes and changes["review_state"][0] is None


def _unnamed(value: Any) -> Any:
    """Return voices or correspondents without the names of their parties, which may be others by now."""
    if not isinstance(value, list):
        return value
    named = (isinstance(one, dict) and one.get("party") for one in value)
    return [{**one, "name": None} if is_it else one for one, is_it in zip(value, named, strict=True)]


def state_at(thing: Thing, number: int, now: State) -> State:
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
    user: User,
    thing: Thing,
    number: int,
    version: int | None,
    reason: str = "",
    *,
    only: Collection[str] | None = None,
) -> Decision | None:
    """Bring a thing back to how it stood after entry ``number``; itself a decision, to be undone like any.

    None where it stands so already; with ``only`` some groups of fields. Raises Conflict. That parties are
    merged is not taken back with it.
    """

    def back(now: State) -> State:
        then = state_at(thing, number, now)
        return then if only is None else partly(now, then, only)

    if isinstance(thing, Claim):
        return change_claim(user, thing, version, "revert", back, reason=reason).decision
    if isinstance(thing, Letter):
        return change_letter(user, thing, version, "revert", back, read_again=True, reason=reason).decision
    if isinstance(thing, Event):
        return change_event(user, thing, version, back(state_of(thing)), reason, action="revert")
    return change_party(user, thing, version, **back(state_of(thing)), reason=reason, action="revert")
