"""Who wrote to whom, and when: from a letter's text to its letterhead, parts and relations. No Django."""

from .dates import FoundDate, find_dates
from .document import anchor_date, anchor_of, as_document, recipient_of, sender_of, with_given
from .linking import Known, is_pointer, known_of, link_relations, meant
from .reading import read_letterhead

__all__ = [
    "FoundDate",
    "Known",
    "anchor_date",
    "anchor_of",
    "as_document",
    "find_dates",
    "is_pointer",
    "known_of",
    "link_relations",
    "meant",
    "read_letterhead",
    "recipient_of",
    "sender_of",
    "with_given",
]
