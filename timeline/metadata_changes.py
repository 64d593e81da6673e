"""What follows when a letter's metadata is corrected: shown before it is written, and then written.

In: the form as it was sent. Out: the claims that would change, once; sent again with the mark that these were
seen, the form is saved. What was seen is what is done: both are of one transaction, and should more change by
then, nothing is stored and it is shown anew.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from documents.models import Letter
from timeline.admin.readings import Row, mark_of, rows_of
from timeline.curation import LetterOutcome, Unseen
from timeline.metadata import save_metadata
from timeline.metadata_form import MetadataForm
from timeline.recording import RecordingReport

if TYPE_CHECKING:
    from django.contrib.auth.models import User
    from django.http import QueryDict

# Claims that are shown one by one; the others are counted, and follow as these do.
SHOWN = 60
# What a person ticks of the claims shown: this one stays as it is, that one follows all the same.
TICKS = ("leave_out", "also")


@dataclass(frozen=True, slots=True)
class FollowingChanges:
    """The claims that follow a correction: the first in full, how many ``more``, and the mark of all.

    ``stale``: others were shown before, and somebody decided since; ``ticked``: what was ticked of those.
    """

    rows: tuple[Row, ...]
    more: int
    seen: str
    stale: bool = False
    ticked: frozenset[str] = frozenset()


def save_form(
    user: User, letter: Letter, form: MetadataForm, sent: QueryDict
) -> LetterOutcome | FollowingChanges:
    """Write what a form without faults says, or return what would change in claims that nobody has seen yet.

    Of the claims shown, those marked to stay keep their values. Raises Conflict, NotAllowed, EdtfError as
    ``save_metadata`` does.
    """
    rows: list[Row] = []

    def were_seen(report: RecordingReport) -> bool:
        rows[:] = rows_of(report)
        return not rows or sent.get("seen") == mark_of(rows)

    try:
        return save_metadata(
            user,
            letter,
            form.cleaned_data["version"],
            form.correction("confirm" in sent),
            leave_out=_keys(sent, "leave_out"),
            also=_keys(sent, "also"),
            agreed=were_seen,
        )
    except Unseen:
        ticked = frozenset(value for name in TICKS for value in sent.getlist(name))
        more = max(0, len(rows) - SHOWN)
        return FollowingChanges(tuple(rows[:SHOWN]), more, mark_of(rows), "seen" in sent, ticked)


def count_followed(outcome: LetterOutcome) -> int:
    """Return how many claims changed in what people see."""
    return sum(not row.kept for row in rows_of(outcome.report))


def _keys(sent: QueryDict, name: str) -> list[int]:
    return [int(key) for key in sent.getlist(name) if key.isdecimal()]
