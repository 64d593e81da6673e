"""An entry of the log in words."""

from __future__ import annotations

from typing import Any

from django import template

from timeline.curation.undoing import can_undo
from timeline.extraction.edtf import in_words
from timeline.models import Decision

register = template.Library()

LABELS = {
    "edtf": "date",
    "event_id": "event",
    "review_state": "review",
    "curated_fields": "set by a person",
    "merged_into": "merged into",
    "letter_kind": "kind",
    "modifier": "part of it",
}
# The part of a date, as the forms call it.
PARTS = {"": "the whole", "start": "early", "mid": "middle", "end": "late"}
# What follows from the date, or is for the machine alone.
HIDDEN = {
    "earliest_day",
    "latest_day",
    "precision",
    "rules",
    "reasoning",
    "preferred",
    "dated_by_claim_id",
    "dated_by_date_id",
    "curated_fields",
    "moved",
}


@register.filter
def changes_said(entry: Decision) -> list[tuple[str, str, str]]:
    """Return the fields that an entry changed, each with its value before and after in words."""
    return [
        (LABELS.get(name, name.replace("_", " ")), *(_said_of(name, value) for value in (before, after)))
        for name, (before, after) in entry.changes.items()
        if name not in HIDDEN
    ]


@register.filter
def undoable(entry: Decision) -> bool:
    """Return whether an entry can be undone from its history."""
    return can_undo(entry)


def _said_of(name: str, value: Any) -> str:
    if name == "modifier":
        return PARTS.get(value or "", str(value))
    if name == "edtf" and value:
        words = in_words(value)
        return words if words == value else f"{words} ({value})"
    return _said(value)


def _said(value: Any) -> str:
    if value is None or value == "" or value == []:
        return "nothing"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list):
        return "; ".join(_said(part) for part in value)
    if isinstance(value, dict):
        who = value.get("name") or value.get("words") or value.get("text") or value.get("edtf")
        what = value.get("role") or value.get("kind")
        return f"{who} ({what})" if who and what else str(who or value)
    return str(value)
