"""What follows when a letter's metadata is corrected: shown before it is written, and then written.

In: the form as it was sent. Out: the claims that would change, once; sent again with the mark that these were
seen, the form is saved. What was seen is what is done: should more change by then, it is shown anew.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from documents.models import Letter
from timeline.admin.readings import Row, mark_of, rows_of
from timeline.curation import LetterOutcome
from timeline.metadata import save_metadata
from timeline.metadata_form import MetadataForm

if TYPE_CHECKING:
    from django.contrib.auth.models import User
    from django.http import QueryDict

# Claims that are shown one by one; the others are counted, and follow as these do.
SHOWN = 60


@dataclass(frozen=True, slots=True)
class FollowingChanges:
    """The claims that follow a correction: the first in full, how many ``more``, and the mark of all."""

    rows: tuple[Row, ...]
    more: int
    seen: str


def unseen_changes(
    user: User, letter: Letter, form: MetadataForm, sent: QueryDict
) -> FollowingChanges | None:
    """Return what a form without faults would change in claims; None where nothing would, or it was seen.

    Raises Conflict, NotAllowed, EdtfError as ``save_metadata`` does; nothing is kept.
    """
    correction = form.correction("confirm" in sent)
    outcome = save_metadata(user, letter, form.cleaned_data["version"], correction, preview=True)
    rows = rows_of(outcome.report)
    mark = mark_of(rows)
    if not rows or sent.get("seen") == mark:
        return None
    return FollowingChanges(tuple(rows[:SHOWN]), max(0, len(rows) - SHOWN), mark)


def save_form(user: User, letter: Letter, form: MetadataForm, sent: QueryDict) -> LetterOutcome:
    """Write what a form says; of the claims shown, those marked to stay keep their values."""
    return save_metadata(
        user,
        letter,
        form.cleaned_data["version"],
        form.correction("confirm" in sent),
        leave_out=_keys(sent, "leave_out"),
        also=_keys(sent, "also"),
    )


def count_followed(outcome: LetterOutcome) -> int:
    """Return how many claims changed in what people see."""
    return sum(not row.kept for row in rows_of(outcome.report))


def _keys(sent: QueryDict, name: str) -> list[int]:
    return [int(key) for key in sent.getlist(name) if key.isdecimal()]
