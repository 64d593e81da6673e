"""Who can be named in a letter, and by which words. No Django, nothing of the project's other packages."""

from .records import NameKind, PartyKind, PartyMention, PartyNameRecord, PartyRecord
from .registry import PartyRegistry

__all__ = ["NameKind", "PartyKind", "PartyMention", "PartyNameRecord", "PartyRecord", "PartyRegistry"]
