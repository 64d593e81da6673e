"""Dossiers, parties and letters; what must hold stands in them as constraints named as sentences."""

from documents.models.dossiers import Dossier, Membership
from documents.models.letters import (
    Correspondent,
    Letter,
    LetterDate,
    LetterPart,
    LetterRelation,
    LetterSymbol,
    Passage,
    StoredFile,
    WaitingFile,
)
from documents.models.numbers import is_span, random_public_id, sha256_of
from documents.models.parties import DossierParty, Party, PartyMerge, PartyName, PartyRelation

__all__ = [
    "Correspondent",
    "Dossier",
    "DossierParty",
    "Letter",
    "LetterDate",
    "LetterPart",
    "LetterRelation",
    "LetterSymbol",
    "Membership",
    "Party",
    "PartyMerge",
    "PartyName",
    "PartyRelation",
    "Passage",
    "StoredFile",
    "WaitingFile",
    "is_span",
    "random_public_id",
    "sha256_of",
]
