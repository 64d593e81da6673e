"""What can be done with an entry of the log."""

from __future__ import annotations

from django import template

from timeline.curation.undoing import can_undo
from timeline.models import Decision

register = template.Library()


@register.filter
def undoable(entry: Decision) -> bool:
    """Return whether an entry can be undone from its history."""
    return can_undo(entry)
