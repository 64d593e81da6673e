"""Decisions on claims, one function each. All of them check the right, pass the version's gate, write the
log.
"""

from __future__ import annotations

import uuid
from collections.abc import Callable, Collection
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from documents.models import Letter, Party
from documents.registry import PartyRows, registry_of
from timeline.curation.base import Refused, Unseen, deciding, pass_gate
from timeline.curation.claim_state import (
    State,
    given_back,
    state_of,
    with_date,
    with_field,
    with_voices,
    write_state,
)
from timeline.curation.redating import redated
from timeline.extraction.edtf import in_words
from timeline.history import differences, record
from timeline.models import MODALITIES, MODIFIERS, Claim, Decision
from timeline.recording import READ_FIELDS
from timeline.vocabulary import BASES, STANCES

if TYPE_CHECKING:
    from django.contrib.auth.models import User

KEEP: Any = object()
# Claims dated by another one, each with the date that it would get; None: it follows by no rule.
Hanging = list[tuple[Claim, str | None]]


@dataclass(frozen=True, slots=True)
class Outcome:
    """The claim as it stands after a decision, and the entry of the log; None where nothing changed."""

    claim: Claim
    decision: Decision | None


@dataclass(frozen=True, slots=True)
class Correction:
    """What a person sets on a claim; KEEP leaves a field as it is. ``edtf`` None: the text gives no date."""

    edtf: Any = KEEP
    modifier: Any = KEEP
    basis: Any = KEEP
    stance: Any = KEEP
    modality: Any = KEEP
    asserted_by: Any = KEEP
    quoted: Any = KEEP
    review_state: Any = KEEP
    event: Any = KEEP
    tags: Any = KEEP


def change_claim(
    user: User,
    claim: Claim,
    version: int | None,
    action: str,
    change: Callable[[State], State],
    *,
    reason: str = "",
    batch: uuid.UUID | None = None,
    undoes: int | None = None,
) -> Outcome:
    """Take one decision on one claim; the way all others go.

    Raises NotAllowed; Conflict where ``version`` is no longer in force. Changes nothing where nothing
    differs.
    """
    with deciding(user, claim.dossier_id) as dossier:
        claim = Claim.objects.select_for_update(of=("self",)).get(pk=claim.pk)
        before = state_of(claim)
        after = change(before)
        changes = differences(before, after)
        if not changes:
            return Outcome(claim, None)
        pass_gate(claim, version, {name: pair[1] for name, pair in changes.items()})
        write_state(claim, before, after)
        if "voices" in changes:
            _colours(claim)
        entry = record(
            dossier,
            user,
            _named(action, changes),
            "claim",
            claim.public_id,
            str(claim),
            changes,
            reason=reason,
            batch=batch,
            undoes=undoes,
        )
        return Outcome(claim, entry)


def _named(action: str, changes: dict[str, list[Any]]) -> str:
    """Return the name of a decision for the log: a form that changed the review alone took just that one."""
    if action != "correct" or set(changes) != {"review_state"}:
        return action
    return {"accepted": "accept", "dismissed": "dismiss"}.get(changes["review_state"][1], "restore")


def _colours(claim: Claim) -> None:
    rows = PartyRows(claim.dossier)
    for party in (claim.asserting_party, claim.lane_party):
        if party is not None:
            rows.give_colour(party)


def accept_claim(user: User, claim: Claim, version: int | None, reason: str = "", **log: Any) -> Outcome:
    """Say that a claim is read rightly: its values stay, whatever a later reading finds."""
    return change_claim(user, claim, version, "accept", _to("accepted"), reason=reason, **log)


def dismiss_claim(user: User, claim: Claim, version: int | None, reason: str = "", **log: Any) -> Outcome:
    """Say that this is no claim: it leaves every view, and no later reading brings it back."""
    return change_claim(user, claim, version, "dismiss", _to("dismissed"), reason=reason, **log)


def restore_claim(user: User, claim: Claim, version: int | None, reason: str = "", **log: Any) -> Outcome:
    """Make a suggestion again of what was accepted, dismissed or no longer found; what was set stays set."""
    return change_claim(user, claim, version, "restore", _to("suggested"), reason=reason, **log)


def _to(review_state: str) -> Callable[[State], State]:
    return lambda state: {**state, "review_state": review_state}


def correct_claim(
    user: User,
    claim: Claim,
    correction: Correction,
    version: int | None,
    *,
    reason: str = "",
    follow: Collection[int] = (),
    agreed: Callable[[Hanging], bool] | None = None,
) -> Outcome:
    """Set what a person read otherwise, in one decision; ``follow`` names claims to be re-dated with it.

    ``agreed`` says of the claims that hang on the date whether they are those that the person was shown;
    raises Unseen where they are not, and changes nothing. Raises EdtfError on a date that is none, Refused
    on a stance, basis … that there is not.
    """
    _check(correction)

    def correct(batch: uuid.UUID | None = None) -> Outcome:
        def change(state: State) -> State:
            return corrected(state, correction, user.get_username())

        return change_claim(user, claim, version, "correct", change, reason=reason, batch=batch)

    new = None if correction.edtf is KEEP else correction.edtf
    if not new or (not follow and agreed is None):
        return correct()
    batch = uuid.uuid4() if follow else None
    with deciding(user, claim.dossier_id):
        # Held from here on: what hangs on the date as it stands now is what follows.
        hanging = claims_dated_by(Claim.objects.get(pk=claim.pk), new)
        outcome = correct(batch)
        if outcome.decision is None:
            return outcome
        if agreed is not None and not agreed(hanging):
            raise Unseen(outcome.claim, {})
        chosen = [(other, date) for other, date in hanging if other.pk in set(follow) and date]
        _follow(user, outcome.claim, chosen, batch, reason)
        return outcome


def correct_date(
    user: User, claim: Claim, edtf: str | None, version: int | None, *, basis: Any = KEEP, **more: Any
) -> Outcome:
    """Set a claim's date. Raises EdtfError."""
    return correct_claim(user, claim, Correction(edtf=edtf, basis=basis), version, **more)


def correct_stance(user: User, claim: Claim, stance: str, version: int | None, **more: Any) -> Outcome:
    """Set the stance that the voice of the letter takes."""
    return correct_claim(user, claim, Correction(stance=stance), version, **more)


def correct_voice(
    user: User,
    claim: Claim,
    asserted_by: Party | None,
    quoted: Party | None,
    version: int | None,
    **more: Any,
) -> Outcome:
    """Set who asserts a claim, and whose words it reports (None: its own)."""
    return correct_claim(user, claim, Correction(asserted_by=asserted_by, quoted=quoted), version, **more)


def corrected(state: State, correction: Correction, who: str) -> State:
    """Return a state with a correction in it; a field set to what it was already stays the machine's."""
    if correction.edtf is not KEEP or correction.modifier is not KEEP or correction.basis is not KEEP:
        state = _date(state, correction, who)
    for name in ("stance", "modality"):
        value = getattr(correction, name)
        if value is not KEEP and value != state[name]:
            state = with_field(state, name, value)
    if correction.asserted_by is not KEEP or correction.quoted is not KEEP:
        state = _voices(state, correction)
    if correction.review_state is not KEEP:
        state = {**state, "review_state": correction.review_state}
    if correction.event is not KEEP:
        state = {**state, "event_id": correction.event.pk if correction.event else None}
    if correction.tags is not KEEP:
        state = {**state, "tags": sorted({t.strip() for t in correction.tags if t.strip()})}
    return state


def _date(state: State, correction: Correction, who: str) -> State:
    edtf = state["edtf"] if correction.edtf is KEEP else correction.edtf
    modifier = correction.modifier
    if modifier is KEEP:
        # A new date does not inherit that the old one was "early".
        modifier = state["modifier"] if edtf == state["edtf"] else ""
    basis = state["basis"] if correction.basis is KEEP else correction.basis
    if (edtf, modifier, basis) == (state["edtf"], state["modifier"], state["basis"]):
        return state
    said = in_words(edtf, "en", modifier or None) if edtf else "no date"
    return with_date(state, edtf, modifier=modifier, basis=basis, reasoning=[f"Set by {who}: {said}."])


def _voices(state: State, correction: Correction) -> State:
    def party_of(role: str) -> Party | None:
        voices = [v for v in state["voices"] if v["role"] == role]
        last = max(voices, key=lambda v: v["depth"], default=None)
        return Party.objects.filter(pk=last["party"]).first() if last and last["party"] else None

    asserted = party_of("asserts") if correction.asserted_by is KEEP else correction.asserted_by
    quoted = party_of("quoted") if correction.quoted is KEEP else correction.quoted
    return with_voices(state, asserted, quoted)


def _check(correction: Correction) -> None:
    known = {"stance": STANCES, "modality": MODALITIES, "basis": BASES, "modifier": MODIFIERS}
    for name, values in known.items():
        value = getattr(correction, name)
        if value is not KEEP and value not in values:
            raise Refused(f"“{value}” is no {name} of a claim.")
    if correction.review_state not in (KEEP, "suggested", "accepted", "dismissed"):
        raise Refused(f"A person does not make a claim “{correction.review_state}”.")


def give_back(user: User, claim: Claim, names: Collection[str], version: int | None, **log: Any) -> Outcome:
    """Let the machine's reading be in force again for fields that a person set."""
    return change_claim(user, claim, version, "give back", lambda s: given_back(claim, s, set(names)), **log)


def keep_as_it_is(user: User, claim: Claim, version: int | None = None, **log: Any) -> Outcome:
    """Set all that stands in a claim as a person's word: no later reading changes it."""
    kept = sorted({*READ_FIELDS, "voices"})
    return change_claim(user, claim, version, "keep", lambda s: {**s, "curated_fields": kept}, **log)


def claims_dated_by(claim: Claim, new: str) -> Hanging:
    """Return the claims whose date was worked out from this one's, each with what it would become.

    None: it does not follow by rule and is to be set by hand. Dates that a person set stay out.
    """
    found: Hanging = []
    seen, waiting = {claim.pk}, [claim.pk]
    while waiting:
        step = (
            Claim.objects.filter(dated_by_claim_id__in=waiting).exclude(pk__in=seen).select_related("letter")
        )
        hanging = [c for c in step.defer("letter__text") if "edtf" not in c.curated_fields]
        found += [(c, redated(c.edtf, claim.edtf, new)) for c in hanging]
        waiting = [c.pk for c in hanging]
        seen |= set(waiting)
    return found


def _follow(
    user: User, claim: Claim, chosen: list[tuple[Claim, str]], batch: uuid.UUID | None, reason: str
) -> None:
    """Re-date the claims chosen, each to its new date, in one go with the correction they follow.

    One whose date has been set since it was looked up stays as it is.
    """
    said = in_words(claim.edtf or "", "en", claim.modifier or None)
    steps = [f"Worked out from {said}, as {user.get_username()} set it."]
    for other, new in chosen:

        def follow(state: State, new: str = new, was: str | None = other.edtf) -> State:
            if "edtf" in state["curated_fields"] or state["edtf"] != was:
                return state
            dated = with_date(state, new, modifier=state["modifier"], basis=state["basis"], reasoning=steps)
            return {**dated, "dated_by_claim_id": state["dated_by_claim_id"]}

        change_claim(user, other, None, "re-date", follow, reason=reason, batch=batch)


def add_claim(
    user: User,
    letter: Letter,
    values: dict[str, Any],
    *,
    asserted_by: Party | None,
    quoted: Party | None = None,
    reason: str = "",
    again: bool = False,
    batch: uuid.UUID | None = None,
) -> Outcome:
    """Add a claim that the machine missed; without ``start`` it is a person's knowledge, without a text.

    ``values`` are fields of the claim: spans, edtf, modifier, basis, stance, modality. Raises EdtfError;
    Refused, too where a person has added the same of these words already, unless ``again``.
    """
    start, end = values.get("start"), values.get("end")
    if (start is None) != (end is None) or (start is not None and not 0 <= start < end <= len(letter.text)):
        raise Refused("The words chosen do not stand in this letter.")
    _check(Correction(stance=values.get("stance", "asserts"), basis=values.get("basis", "explicit")))
    with deciding(user, letter.dossier_id) as dossier:
        if not again and _is_added(letter, values, asserted_by, quoted):
            raise Refused("Somebody added this claim meanwhile. It stands there once.")
        parts = list(letter.parts.order_by("position"))
        inside = [p for p in parts if start is not None and p.start <= start < p.end]
        claim = Claim.objects.create(
            dossier=dossier,
            letter=letter,
            part=max(inside, key=lambda p: (p.start, p.position), default=parts[0]),
            added_by_person=True,
            stance=values.get("stance", "asserts"),
            score=1.0,
            review_state="accepted",
        )
        before = state_of(claim)
        spans = {k: values.get(k) for k in ("start", "end", "timex_start", "timex_end")}
        state = {**before, **spans, "quote": letter.text[start:end] if start is not None else ""}
        steps = values.get("reasoning") or [f"Added by {user.get_username()}."]
        state = with_date(
            state,
            values.get("edtf"),
            modifier=values.get("modifier") or "",
            basis=values.get("basis"),
            reasoning=steps,
        )
        state["modality"] = values.get("modality") or "happened"
        state = with_voices(state, asserted_by, quoted)
        state["curated_fields"] = sorted({*READ_FIELDS, "voices"})
        write_state(claim, before, state)
        _colours(claim)
        entry = record(
            dossier,
            user,
            "add",
            "claim",
            claim.public_id,
            str(claim),
            differences({**before, "review_state": None}, state),
            reason=reason,
            batch=batch,
        )
        return Outcome(claim, entry)


def _is_added(
    letter: Letter, values: dict[str, Any], asserted_by: Party | None, quoted: Party | None
) -> bool:
    """Return whether a person has added a claim of the same words, date, stance and voices, now in force."""
    if values.get("start") is None:
        return False
    same = {name: values.get(name) for name in ("start", "end", "edtf")}
    same |= {"stance": values.get("stance", "asserts"), "asserting_party": asserted_by}
    same |= {"is_quoted": quoted is not None, "lane_party": quoted or asserted_by}
    return Claim.objects.filter(letter=letter, added_by_person=True, **same).not_set_aside().exists()


def split_claim(user: User, claim: Claim, reason: str = "", version: int | None = None) -> Outcome:
    """Make a second claim of the same words, to be corrected on its own: two facts in one sentence.

    Counts as a change of the claim: of two who split it at once, one is told. Undone in one go. Raises
    Conflict.
    """
    batch = uuid.uuid4()
    names = ("start", "end", "timex_start", "timex_end", "edtf", "modifier", "basis", "stance", "modality")
    values = {**{n: getattr(claim, n) for n in names}, "reasoning": list(claim.reasoning)}
    voices = state_of(claim)["voices"]
    with deciding(user, claim.dossier_id):
        pass_gate(claim, version, {})
        own = {"asserted_by": claim.asserting_party, "again": True}
        made = add_claim(user, claim.letter, values, reason=reason, batch=batch, **own)
        return change_claim(
            user,
            made.claim,
            None,
            "split",
            lambda state: {**state, "voices": voices, "review_state": "suggested"},
            reason=f"Split from claim {claim.public_id}.",
            batch=batch,
        )


def merge_claims(user: User, claim: Claim, other: Claim, version: int | None, reason: str = "") -> Outcome:
    """Say that ``other`` is the same claim: it is dismissed, and its tags and event go to ``claim``.

    Logged as a merge on both, so that one with nothing to carry over is told from a dismissal.
    Raises Refused where ``claim`` itself has been set aside: of two that are one, one stays.
    """
    if claim.pk == other.pk or claim.dossier_id != other.dossier_id:
        raise Refused("Two different claims of one dossier can be merged.")
    batch = uuid.uuid4()
    with deciding(user, claim.dossier_id):
        claim = Claim.objects.select_for_update(of=("self",)).get(pk=claim.pk)
        if claim.review_state in ("dismissed", "withdrawn"):
            raise Refused(f"The other claim has itself been {claim.review_state} meanwhile.")
        gone = state_of(other)
        why = reason or f"The same as claim {claim.public_id}."
        change_claim(user, other, version, "merge", _to("dismissed"), reason=why, batch=batch)
        return change_claim(
            user,
            claim,
            None,
            "merge",
            lambda state: {
                **state,
                "tags": sorted({*state["tags"], *gone["tags"]}),
                "event_id": state["event_id"] or gone["event_id"],
            },
            reason=reason,
            batch=batch,
        )


def party_named(user: User, dossier: Any, name: str) -> Party:
    """Return the party of a name in a dossier, known by any of its names; make it the dossier's own if
    new.
    """
    from timeline.curation.parties import add_party

    registry = registry_of(dossier)
    known = registry.resolve(name.strip())
    rows = PartyRows(dossier, registry)
    return rows.get(known) if known else add_party(user, dossier, name.strip())  # type: ignore[return-value]
