"""What the registry of parties holds and answers. Offsets are code points of the text given, half-open."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

PartyKind = Literal["state", "organ", "office", "organisation", "group", "person"]
NameKind = Literal["official", "short", "former", "adjective", "demonym", "capital", "abbreviation"]


@dataclass(frozen=True, slots=True)
class PartyNameRecord:
    """One name of a party; ``from_year``/``to_year`` bound its use, both included, None = open.

    ``weak`` names ("the Court", "the Commission") hold only where the surroundings leave no doubt.
    """

    text: str
    language: str
    kind: NameKind
    from_year: int | None = None
    to_year: int | None = None
    weak: bool = False


@dataclass(frozen=True, slots=True)
class PartyRecord:
    """A party under its canonical name, with all the names by which letters call it."""

    name: str
    kind: PartyKind
    names: tuple[PartyNameRecord, ...] = ()


@dataclass(frozen=True, slots=True)
class PartyMention:
    """That a text names a party: where, whom, in which words, by which kind of name."""

    start: int
    end: int
    party: str
    words: str
    name_kind: NameKind
    weak: bool = False
