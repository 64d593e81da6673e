"""Who wrote to whom, and when: from a letter's text to its letterhead, parts and relations. No Django."""

from .dates import FoundDate, find_dates
from .document import anchor_date, anchor_of, as_document, recipient_of, sender_of, with_given
from .linking import link_relations
from .reading import read_letterhead

__all__ = [
    "FoundDate",
    "anchor_date",
    "anchor_of",
    "as_document",
    "find_dates",
    "link_relations",
    "read_letterhead",
    "recipient_of",
    "sender_of",
    "with_given",
]
