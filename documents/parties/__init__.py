"""Who can be named in a letter, and by which words. No Django, no import from other packages of the project."""

from .records import NameKind, PartyKind, PartyMention, PartyNameRecord, PartyRecord
from .registry import PartyRegistry

__all__ = ["NameKind", "PartyKind", "PartyMention", "PartyNameRecord", "PartyRecord", "PartyRegistry"]
