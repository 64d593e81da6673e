"""All that can be decided on a claim, as one plain value: taken from the rows, compared, written back.

A decision is a function from state to state; undoing one writes an earlier state. ``voices`` and ``tags`` are
part of it, so that the log shows links before and after.
"""

from __future__ import annotations

from typing import Any

from documents.models import Party
from timeline.extraction.edtf import bounds, parse_edtf, precision_of
from timeline.models import Claim, Tag, Voice
from timeline.recording import DATE_FIELDS, READ_FIELDS, place_in_lane

State = dict[str, Any]

FIELDS = (*READ_FIELDS, "review_state", "curated_fields", "event_id", "dated_by_claim_id", "dated_by_date_id")
SPANS = ("source_start", "source_end", "cue_start", "cue_end", "content_start", "content_end")


def state_of(claim: Claim) -> State:
    """Return a claim's state, JSON-ready."""
    state: State = {name: getattr(claim, name) for name in FIELDS}
    state["curated_fields"] = sorted(claim.curated_fields)
    state["voices"] = [_voice(v) for v in claim.voices.select_related("party").order_by("depth", "pk")]
    state["tags"] = sorted(claim.tags.values_list("name", flat=True))
    return state


def _voice(voice: Voice) -> dict[str, Any]:
    return {
        "party": voice.party_id,
        "name": voice.party.name if voice.party else None,
        "words": voice.words,
        "role": voice.role,
        "depth": voice.depth,
        "set_by_person": voice.set_by_person,
        **{span: getattr(voice, span) for span in SPANS},
    }


def write_state(claim: Claim, before: State, after: State) -> None:
    """Write the state of a claim whose version has been counted up; voices and tags only where they
    differ.
    """
    for name in FIELDS:
        setattr(claim, name, after[name])
    if before["voices"] != after["voices"]:
        claim.voices.all().delete()
        rows = Voice.objects.bulk_create(_row(claim, voice) for voice in after["voices"])
        place_in_lane(claim, rows)
    claim.save()
    if before["tags"] != after["tags"]:
        tags = [Tag.objects.get_or_create(dossier_id=claim.dossier_id, name=n)[0] for n in after["tags"]]
        claim.tags.set(tags)


def _row(claim: Claim, voice: dict[str, Any]) -> Voice:
    party = Party.objects.filter(pk=voice["party"]).first() if voice["party"] else None
    return Voice(
        claim=claim,
        party=party,
        words=voice["words"] or (party.name if party else "not named"),
        role=voice["role"],
        depth=voice["depth"],
        set_by_person=voice["set_by_person"],
        **{span: voice[span] for span in SPANS},
    )


def with_date(
    state: State, edtf: str | None, *, modifier: str, basis: str | None, reasoning: list[str]
) -> State:
    """Return the state with a date set by a person. Raises EdtfError.

    ``edtf`` None: the person says that the text gives no date.
    """
    if edtf is None:
        first = last = None
        precision = "unknown"
    else:
        parse_edtf(edtf)
        first, last = bounds(edtf, modifier or None)
        precision = precision_of(edtf)
    return {
        **state,
        "edtf": edtf,
        "preferred": "",
        "modifier": modifier,
        "earliest_day": first,
        "latest_day": last,
        "precision": precision,
        "basis": basis or state["basis"],
        "reasoning": reasoning,
        "rules": [],
        "dated_by_claim_id": None,
        "dated_by_date_id": None,
        "curated_fields": sorted({*state["curated_fields"], *DATE_FIELDS}),
    }


def with_field(state: State, name: str, value: Any) -> State:
    """Return the state with one field set by a person."""
    return {**state, name: value, "curated_fields": sorted({*state["curated_fields"], name})}


def with_voices(state: State, asserted_by: Party | None, quoted: Party | None) -> State:
    """Return the state with who asserts the claim, and whose words it reports (None: the sender's own).

    Only what differs is replaced: an outer voice that is quoted on the way, agents and authors stay.
    """
    kept = [v for v in state["voices"] if v["role"] not in ("asserts", "quoted")]
    own = next((v for v in state["voices"] if v["role"] == "asserts"), None)
    chain = sorted((v for v in state["voices"] if v["role"] == "quoted"), key=lambda v: v["depth"])
    if own is None or own["party"] != (asserted_by.pk if asserted_by else None):
        own = _set_voice("asserts", asserted_by, 0) if asserted_by else None
    if quoted is None:
        chain = []
    elif not chain or chain[-1]["party"] != quoted.pk:
        chain = [*chain[:-1], _set_voice("quoted", quoted, len(chain[:-1]) + 1)]
    voices = ([own] if own else []) + chain + kept
    if voices == state["voices"]:
        return state
    voices.sort(key=lambda v: v["depth"])
    return {**with_field(state, "voices", voices)}


def _set_voice(role: str, party: Party, depth: int) -> dict[str, Any]:
    return {
        "party": party.pk,
        "name": party.name,
        "words": party.name,
        "role": role,
        "depth": depth,
        "set_by_person": True,
        **dict.fromkeys(SPANS),
    }


def given_back(claim: Claim, state: State, names: set[str]) -> State:
    """Return the state with fields as the machine reads them again."""
    machine = claim.machine or {}
    fields = {n: machine[n] for n in names if n in READ_FIELDS and n in machine}
    return {**state, **fields, "curated_fields": sorted(set(state["curated_fields"]) - names)}
