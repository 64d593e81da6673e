"""Decisions on letters. Correcting a date or a sender reads the letter again, so that what hangs on it
follows.
"""

from __future__ import annotations

import uuid
from collections.abc import Callable, Collection
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from django.db import transaction

from documents.models import Letter, Party
from documents.registry import registry_of
from documents.relations import link_letter, unlink_letter
from timeline.curation.base import Conflict, Unseen, deciding, pass_gate
from timeline.curation.letter_state import State, state_of, with_date, with_sender, write_state
from timeline.history import differences, record
from timeline.models import Decision
from timeline.recording import RecordingReport, read_claims, record_letter
from timeline.stored_letterhead import letterhead_of

if TYPE_CHECKING:
    from django.contrib.auth.models import User


# By these a letter is found when others name it, and by these its copies are known.
LINKED_BY = {"dates", "correspondents", "symbols", "references"}


@dataclass(frozen=True, slots=True)
class LetterOutcome:
    """The letter as it stands after a decision, and what the new reading changed in its claims."""

    letter: Letter
    decision: Decision | None
    report: RecordingReport = field(default_factory=RecordingReport)


def change_letter(
    user: User,
    letter: Letter,
    version: int | None,
    action: str,
    change: Callable[[State], State],
    *,
    read_again: bool = False,
    leave_out: Collection[int] = (),
    also: Collection[int] = (),
    preview: bool = False,
    agreed: Callable[[RecordingReport], bool] | None = None,
    reason: str = "",
    undoes: int | None = None,
) -> LetterOutcome:
    """Take one decision on a letter; the way all others go.

    ``leave_out``: claims (keys) that keep their values; ``also``: accepted ones that follow all the same,
    which they otherwise do not. With ``preview`` nothing is kept: the report says what would change.
    ``agreed`` says of that report whether it is what the person was shown; raises Unseen where it is not,
    and changes nothing.
    """
    with deciding(user, letter.dossier_id) as dossier:
        letter = Letter.objects.select_for_update(of=("self",)).get(pk=letter.pk)
        before = state_of(letter)
        after = change(before)
        changes = differences(before, after)
        if not changes:
            return LetterOutcome(letter, None)
        pass_gate(letter, version, {name: pair[1] for name, pair in changes.items()})
        write_state(letter, before, after)
        batch = uuid.uuid4() if read_again else None
        entry = record(
            dossier,
            user,
            action,
            "letter",
            letter.public_id,
            str(letter),
            changes,
            reason=reason,
            batch=batch,
            undoes=undoes,
        )
        if LINKED_BY & set(changes):
            unlink_letter(letter)
            link_letter(letter)
        report = RecordingReport()
        if read_again:
            report = _recorded(letter, agreed, user=user, batch=batch, leave_out=leave_out, also=also)
        if preview:
            transaction.set_rollback(True)
        return LetterOutcome(letter, entry, report)


def _recorded(
    letter: Letter, agreed: Callable[[RecordingReport], bool] | None, **how: Any
) -> RecordingReport:
    """Record what the letter says as it now stands; raises Unseen where the person was shown otherwise."""
    read = read_claims(letter.text, letterhead_of(letter), registry_of(letter.dossier))
    if agreed is not None and not agreed(record_letter(letter, read=read, dry_run=True)):
        raise Unseen(letter, {})
    return record_letter(letter, read=read, **how)


def correct_letter_date(
    user: User, letter: Letter, edtf: str, version: int | None, *, part: int = 0, **more: Any
) -> LetterOutcome:
    """Set the own date of a letter's part: what was dated by it is dated anew. Raises EdtfError."""
    return change_letter(
        user, letter, version, "correct date", lambda s: with_date(s, edtf, part), read_again=True, **more
    )


def correct_sender(
    user: User,
    letter: Letter,
    party: Party | None,
    version: int | None,
    *,
    office: str = "",
    person: str = "",
    part: int = 0,
    **more: Any,
) -> LetterOutcome:
    """Set who wrote a letter's part: what it says is asserted by the new sender."""
    return change_letter(
        user,
        letter,
        version,
        "correct sender",
        lambda s: with_sender(s, party, office, person, part),
        read_again=True,
        **more,
    )


@dataclass(frozen=True, slots=True)
class LetterCorrection:
    """What a person sets on a letter's cover in one go; None leaves a field as it is."""

    edtf: str | None = None
    sender: Party | None = None
    office: str = ""
    person: str = ""
    fields: dict[str, Any] = field(default_factory=dict)
    tags: list[str] | None = None

    @property
    def reads_again(self) -> bool:
        """Whether the letter is read again with it, so that its claims follow."""
        return bool(self.edtf or self.sender or "language" in self.fields)


def correct_letter(
    user: User, letter: Letter, correction: LetterCorrection, version: int | None, **more: Any
) -> LetterOutcome:
    """Set date, sender and the letter's own fields in one decision; read again only where it must be."""

    def change(state: State) -> State:
        changed = dict(state)
        for name, value in correction.fields.items():
            if value != state[name]:
                changed[name] = value
                changed["curated_fields"] = sorted({*changed["curated_fields"], name})
        if correction.tags is not None:
            changed["tags"] = sorted({t.strip() for t in correction.tags if t.strip()})
        if correction.edtf:
            changed = with_date(changed, correction.edtf, 0)
        if correction.sender:
            changed = with_sender(changed, correction.sender, correction.office, correction.person, 0)
        return changed

    return change_letter(user, letter, version, "correct", change, read_again=correction.reads_again, **more)


def read_again(
    user: User,
    letter: Letter,
    *,
    accept: Collection[int] = (),
    decline: Collection[int] = (),
    decline_new: Collection[tuple[int, int]] = (),
    agreed: Callable[[RecordingReport], bool] | None = None,
) -> RecordingReport:
    """Record a new reading, by a person's word claim by claim. Raises NotAllowed without the right.

    ``agreed`` says of what would change now whether it is what the person was shown; raises Conflict where
    it is not, and changes nothing.

    ``decline`` names the claims that keep their values for good; ``decline_new`` the time words (start, end)
    of claims that the reading finds anew and that are none: they are dismissed, so that no later one offers
    them.
    """
    from timeline.curation.claims import dismiss_claim, keep_as_it_is

    # Held from here on, so that what is agreed to is what is written.
    with deciding(user, letter.dossier_id):
        if agreed is not None and not agreed(record_letter(letter, dry_run=True)):
            raise Conflict(letter, {})
        if decline:
            for claim in letter.claims.filter(pk__in=decline):
                keep_as_it_is(user, claim)
        there = set(letter.claims.values_list("pk", flat=True))
        report = record_letter(letter, also=accept, leave_out=decline, user=user)
        if decline_new:
            for claim in letter.claims.exclude(pk__in=there).order_by("pk"):
                if (claim.timex_start, claim.timex_end) in decline_new:
                    dismiss_claim(user, claim, None, "Declined when it was found.")
        return report
