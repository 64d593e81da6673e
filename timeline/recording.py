"""Extracted claims into the database, keeping every value that a person set.

In: a stored letter. Out: its claims, matched one to one with those already there: by overlap of the temporal
expression, then by clause. What no person touched is updated, a curated field never; what is no longer found
is marked withdrawn, not deleted. Nothing is written that would change nothing.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.db import transaction
from django.db.models import OuterRef, Subquery

from documents.letterhead import anchor_of
from documents.models import Dossier, Letter, LetterDate
from documents.parties import PartyRegistry
from documents.records import Letterhead
from documents.registry import PartyRows, registry_of
from timeline.extraction import VERSION
from timeline.extraction.claims import extract_claims
from timeline.extraction.edtf import bounds
from timeline.extraction.records import ExtractedClaim, ExtractedVoice
from timeline.history import Entry, differences, record_many
from timeline.models import ABOUT_ROLES, Claim, Voice
from timeline.stored_letterhead import letterhead_of

if TYPE_CHECKING:
    from django.contrib.auth.models import User

# Where a claim's words stand in its letter.
PLACE_FIELDS = ("start", "end", "timex_start", "timex_end", "clause_start", "clause_end")
# The fields of a claim that the machine reads and a person may set.
READ_FIELDS = (
    *PLACE_FIELDS,
    "quote",
    "edtf",
    "preferred",
    "modifier",
    "earliest_day",
    "latest_day",
    "precision",
    "basis",
    "reasoning",
    "rules",
    "stance",
    "modality",
)
# A date is one decision: who sets it sets all that follows from it.
DATE_FIELDS = frozenset(
    {
        "edtf",
        "preferred",
        "modifier",
        "earliest_day",
        "latest_day",
        "precision",
        "basis",
        "reasoning",
        "rules",
    }
)


@dataclass(frozen=True, slots=True)
class Change:
    """What a reading would change in one claim: field by field, what stands there and what was read.

    ``claim`` is its key, None for one that is not there yet: ``timex`` says where its time words stand.
    ``kept``: the claim keeps what stands there, since a person accepted it or asked for it.
    """

    kind: str
    quote: str
    fields: dict[str, tuple[Any, Any]] = field(default_factory=dict)
    claim: int | None = None
    review_state: str = "suggested"
    kept: bool = False
    timex: tuple[int, int] | None = None


@dataclass(slots=True)
class RecordingReport:
    """What one reading of a letter came to; ``changes`` names each claim that it touched."""

    found: int = 0
    added: int = 0
    updated: int = 0
    withdrawn: int = 0
    changes: list[Change] = field(default_factory=list)


def read_claims(text: str, head: Letterhead, registry: PartyRegistry) -> list[ExtractedClaim]:
    """Return the claims of a letter, undated ones too: takes its time, so never within a transaction."""
    return extract_claims(text, head, registry, undated=True)


def record_letter(
    letter: Letter,
    registry: PartyRegistry | None = None,
    *,
    read: list[ExtractedClaim] | None = None,
    dry_run: bool = False,
    leave_out: Collection[int] = (),
    also: Collection[int] = (),
    user: User | None = None,
    batch: UUID | None = None,
) -> RecordingReport:
    """Read a stored letter for its claims and record them; with ``dry_run`` only say what would change.

    ``leave_out``: keys of claims that keep their values this time. What a person accepted or dismissed keeps
    them anyway, but for the claims in ``also``. ``user``: who asked for the reading, for the log.
    ``read``: what ``read_claims`` has read already, for who stores the letter in the same transaction.
    """
    registry = registry or registry_of(letter.dossier)
    head = letterhead_of(letter)
    read = read_claims(letter.text, head, registry) if read is None else read
    report = RecordingReport(found=sum(1 for claim in read if claim.edtf is not None))
    with transaction.atomic():
        # Whoever changes claims holds the dossier's lock, so that the log is one chain.
        Dossier.objects.select_for_update(no_key=True).get(pk=letter.dossier_id)
        recorder = _Recorder(letter, head, PartyRows(letter.dossier, registry), report)
        recorder.leave_out, recorder.also = frozenset(leave_out), frozenset(also)
        recorder.record(read)
        recorder.write_log(user, batch)
        if dry_run:
            transaction.set_rollback(True)
    return report


class _Recorder:
    """One reading of one letter on its way into the database."""

    def __init__(self, letter: Letter, head: Letterhead, rows: PartyRows, report: RecordingReport) -> None:
        self.letter = letter
        self.head = head
        self.rows = rows
        self.report = report
        self.parts = list(letter.parts.order_by("position"))
        self.anchors = {d.part_id: d for d in LetterDate.objects.filter(part__letter=letter, is_anchor=True)}
        self.leave_out: frozenset[int] = frozenset()
        self.also: frozenset[int] = frozenset()
        self.first = not Claim.objects.filter(letter=letter).exists()
        self.log: list[Entry] = []

    def record(self, read: list[ExtractedClaim]) -> None:
        """Write what was read: senders' colours first, then claim by claim in the order of the text."""
        self._place_letter()
        there = list(
            Claim.objects.select_for_update().filter(letter=self.letter).exclude(start=None).order_by("pk")
        )
        by_reading = match_readings(read, there, self.parts)
        stored: list[tuple[ExtractedClaim, Claim]] = []
        for reading in read:
            stored.append((reading, self._write(reading, by_reading.get(id(reading)))))
        kept = {claim.pk for _, claim in stored}
        for claim in there:
            if claim.pk not in kept:
                self._withdraw(claim)
        self._link_dates(stored)

    def _place_letter(self) -> None:
        anchor = anchor_of(self.head, 0)
        day = bounds(anchor)[0] if anchor else None
        if self.letter.own_day != day:
            Letter.objects.filter(pk=self.letter.pk).update(own_day=day)
            self.letter.own_day = day
        for sender in self.head.correspondents:
            if sender.role == "sender" and sender.party:
                self.rows.give_colour(self.rows.get(sender.party))

    def _write(self, reading: ExtractedClaim, claim: Claim | None) -> Claim:
        values = values_of(reading, self.letter.text)
        machine = {**values, "voices": [voice_values(v) for v in reading.voices], "score": reading.score}
        if claim is None:
            return self._add(reading, values, machine)
        changed = self._differing(claim, values, machine)
        kept = self._keeps_values(claim)
        if changed:
            # Said again only where it is news: what was read before, and kept, is settled.
            news = any(claim.machine.get(name) != machine.get(name) for name in changed)
            if news or not kept:
                self.report.changes.append(
                    Change("changed", claim.quote, changed, claim.pk, claim.review_state, kept)
                )
        if changed and not kept:
            self._change(claim, reading, changed, machine)
        elif claim.machine != machine or claim.extractor_version != VERSION:
            self._note_reading(claim, reading, machine)
            claim.save_without_historical_record()
        return claim

    def _keeps_values(self, claim: Claim) -> bool:
        decided = claim.review_state in ("accepted", "dismissed") and claim.pk not in self.also
        return decided or claim.pk in self.leave_out

    def _differing(
        self, claim: Claim, values: dict[str, Any], machine: dict[str, Any]
    ) -> dict[str, tuple[Any, Any]]:
        """Return what a reading would change: no field that a person set."""
        curated = set(claim.curated_fields)
        changed = {
            name: (getattr(claim, name), values[name])
            for name in READ_FIELDS
            if name not in curated and getattr(claim, name) != values[name]
        }
        if claim.review_state == "withdrawn":
            changed["review_state"] = ("withdrawn", "suggested")
        if "voices" not in curated and claim.machine.get("voices") != machine["voices"]:
            changed["voices"] = (claim.machine.get("voices"), machine["voices"])
        return changed

    def _change(
        self, claim: Claim, reading: ExtractedClaim, changed: dict[str, Any], machine: dict[str, Any]
    ) -> None:
        from timeline.curation.claim_state import state_of

        before = state_of(claim)
        for name, (_, new) in changed.items():
            if name != "voices":
                setattr(claim, name, new)
        if "voices" in changed:
            self._set_voices(claim, reading.voices)
        self._note_reading(claim, reading, machine)
        claim.version += 1
        claim.save_without_historical_record()
        self.report.updated += 1
        self._log(claim, "read again", differences(before, state_of(claim)))

    def _note_reading(self, claim: Claim, reading: ExtractedClaim, machine: dict[str, Any]) -> None:
        claim.machine = machine
        claim.score = reading.score
        claim.extractor_version = VERSION

    def _log(self, claim: Claim, action: str, changes: dict[str, list[Any]]) -> None:
        self.log.append(Entry(action, "claim", claim.public_id, str(claim), changes))

    def write_log(self, user: User | None, batch: UUID | None) -> None:
        """Append what the reading changed to the dossier's log: the letter's first reading as one entry."""
        if self.first:
            found = {"claims": [None, self.report.found]}
            self.log = [Entry("read", "letter", self.letter.public_id, str(self.letter), found)]
        record_many(self.letter.dossier, user, self.log, batch=batch)

    def _add(self, reading: ExtractedClaim, values: dict[str, Any], machine: dict[str, Any]) -> Claim:
        claim = Claim(
            dossier=self.letter.dossier,
            letter=self.letter,
            part=self.parts[reading.part],
            machine=machine,
            score=reading.score,
            extractor_version=VERSION,
            **values,
        )
        claim.save_without_historical_record()
        self._set_voices(claim, reading.voices)
        claim.save_without_historical_record()
        self.report.added += 1
        timex = (reading.timex_start, reading.timex_end)
        self.report.changes.append(Change("added", claim.quote, {"edtf": (None, claim.edtf)}, timex=timex))
        if not self.first:
            self._log(claim, "found", {"edtf": [None, claim.edtf]})
        return claim

    def _set_voices(self, claim: Claim, voices: tuple[ExtractedVoice, ...]) -> None:
        claim.voices.filter(set_by_person=False).delete()
        rows = [
            Voice(
                claim=claim,
                party=self.rows.get(voice.party),
                words=voice.words[:500] or (voice.party or "not named"),
                role=voice.role,
                depth=voice.depth,
                **_spans(voice),
            )
            for voice in voices
        ]
        Voice.objects.bulk_create(rows)
        place_in_lane(claim, rows)
        for party in (claim.asserting_party, claim.lane_party):
            if party is not None:
                self.rows.give_colour(party)

    def _withdraw(self, claim: Claim) -> None:
        """Mark as no longer found what no person decided; what a person decided stays as it is."""
        if claim.review_state == "suggested" and not claim.curated_fields:
            changes = {"review_state": ("suggested", "withdrawn")}
            kept = claim.pk in self.leave_out
            self.report.changes.append(Change("withdrawn", claim.quote, changes, claim.pk, kept=kept))
            if kept:
                return
            claim.review_state = "withdrawn"
            claim.version += 1
            claim.save_without_historical_record()
            self.report.withdrawn += 1
            self._log(claim, "no longer found", {"review_state": ["suggested", "withdrawn"]})

    def _link_dates(self, stored: list[tuple[ExtractedClaim, Claim]]) -> None:
        """Point each claim at what its date was worked out from: another claim, or the part's own date."""
        for reading, claim in stored:
            if "edtf" in claim.curated_fields:
                continue
            by_claim = by_date = None
            anchor = reading.dated_by
            if anchor is not None and anchor.kind == "document":
                by_date = self.anchors.get(claim.part_id)
            elif anchor is not None:
                by_claim = next(
                    (
                        other
                        for _, other in stored
                        if other.pk != claim.pk
                        and other.timex_start is not None
                        and other.timex_start < (anchor.end or 0)
                        and (anchor.start or 0) < (other.timex_end or 0)
                    ),
                    None,
                )
            ids = (by_claim.pk if by_claim else None, by_date.pk if by_date else None)
            if ids != (claim.dated_by_claim_id, claim.dated_by_date_id):
                claim.dated_by_claim_id, claim.dated_by_date_id = ids
                Claim.objects.filter(pk=claim.pk).update(dated_by_claim=ids[0], dated_by_date=ids[1])


def values_of(reading: ExtractedClaim, text: str) -> dict[str, Any]:
    """Return a reading's values by the names of the claim's fields, JSON-ready."""
    values: dict[str, Any] = {name: getattr(reading, name) for name in READ_FIELDS if name != "quote"}
    values["quote"] = text[reading.start : reading.end]
    values["reasoning"] = list(reading.reasoning)
    values["rules"] = list(reading.rules)
    values["preferred"] = reading.preferred or ""
    values["modifier"] = reading.modifier or ""
    return values


def voice_values(voice: ExtractedVoice) -> dict[str, Any]:
    """Return a read voice, JSON-ready."""
    return {
        "party": voice.party,
        "words": voice.words,
        "role": voice.role,
        "depth": voice.depth,
        **_spans(voice),
    }


def _spans(voice: ExtractedVoice) -> dict[str, int | None]:
    spans: dict[str, int | None] = {}
    for name in ("source", "cue", "content"):
        start, end = getattr(voice, name) or (None, None)
        spans[f"{name}_start"], spans[f"{name}_end"] = start, end
    return spans


def place_in_lane(claim: Claim, voices: list[Voice]) -> None:
    """Set who asserts the claim, in whose lane it is drawn (the innermost quoted party's, else that one's),
    and whom it is about, as ``about_party`` has it.
    """
    own = next((v for v in voices if v.role == "asserts"), None)
    quoted = [v for v in voices if v.role == "quoted"]
    innermost = max(quoted, key=lambda v: v.depth, default=None)
    claim.asserting_party = own.party if own else None
    claim.lane_party = innermost.party if innermost and innermost.party else claim.asserting_party
    claim.is_quoted = innermost is not None
    acting = (v.party for role in ABOUT_ROLES for v in voices if v.role == role and v.party)
    claim.about_party = next(acting, None)


def about_party() -> Subquery:
    """Return the party that acts or suffers in a claim, the first named, from the claim's voices."""
    named = Voice.objects.filter(claim=OuterRef("pk"), role__in=ABOUT_ROLES, party__isnull=False)
    return Subquery(named.order_by("role", "pk").values("party_id")[:1])


def match_readings(read: list[ExtractedClaim], there: list[Claim], parts: list[Any]) -> dict[int, Claim]:
    """Match readings to stored claims of the same part, one to one; keys are ``id`` of the reading.

    The greatest overlap of the temporal expression goes first, then of the clause: two claims may share a
    date.
    """
    pairs = []
    for i, reading in enumerate(read):
        for j, claim in enumerate(there):
            if claim.part_id != parts[reading.part].pk or claim.timex_start is None:
                continue
            timex = min(reading.timex_end, claim.timex_end) - max(reading.timex_start, claim.timex_start)
            if timex <= 0:
                continue
            clause = min(reading.clause_end, claim.clause_end or 0) - max(
                reading.clause_start, claim.clause_start or 0
            )
            pairs.append((-timex, -clause, i, j))
    matched: dict[int, Claim] = {}
    taken: set[int] = set()
    for _, _, i, j in sorted(pairs):
        if id(read[i]) not in matched and j not in taken:
            matched[id(read[i])] = there[j]
            taken.add(j)
    return matched
