"""What passes between the stages that turn a file into a letter.

Frozen records only, no Django. Every offset counts Unicode code points of the
letter's stored text; every interval is half-open.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

PartKind = Literal["cover", "annex", "enclosure", "quoted"]
DateKind = Literal["own", "masthead", "foot", "received"]
CorrespondentRole = Literal["sender", "recipient", "signatory"]
LetterKind = Literal[
    "letter",
    "note verbale",
    "telegram",
    "aide-memoire",
    "memorandum",
    "statement",
    "report",
    "corrigendum",
]
RelationKind = Literal[
    "identical",
    "transmits",
    "translation",
    "corrigendum",
    "addendum",
    "replies to",
    "cites",
    "duplicate",
]


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of a letter's text: code points ``start`` to ``end``, half-open."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class ReadPassage:
    """One paragraph of a text that was read; ``page`` is 1-based, None where the format has none.

    ``turns``: where in it another page begins, and which.
    """

    number: int
    page: int | None
    start: int
    end: int
    turns: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True, slots=True)
class ReadText:
    """What a reader makes of bytes: the text to be stored, its passages, and remarks for the person.

    ``remarks`` are whole sentences, such as which encoding was assumed.
    """

    text: str
    passages: tuple[ReadPassage, ...]
    pages: int | None = None
    remarks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ReadDate:
    """A date that a letter bears: EDTF, where it stands, and which part it belongs to."""

    kind: DateKind
    edtf: str
    start: int
    end: int
    part: int = 0


@dataclass(frozen=True, slots=True)
class ReadCorrespondent:
    """One sender, recipient or signatory of a part.

    ``party`` is the canonical name of the registry in use, or None where the words name nobody it knows;
    ``words`` are the words that name it.
    """

    role: CorrespondentRole
    party: str | None
    office: str | None
    person: str | None
    words: str
    position: int
    start: int | None
    end: int | None
    part: int = 0


@dataclass(frozen=True, slots=True)
class ReadPart:
    """A stretch of a letter with an author and a date of its own; ``parent`` is an index into the parts."""

    start: int
    end: int
    kind: PartKind
    parent: int | None = None
    language: str | None = None


@dataclass(frozen=True, slots=True)
class ReadValue:
    """A value read from the letter and where it stands (both None where it was worked out from the whole)."""

    value: str
    start: int | None = None
    end: int | None = None


@dataclass(frozen=True, slots=True)
class ReadRelation:
    """That a letter answers, cites, transmits … another: its symbol, or the words that name it."""

    kind: RelationKind
    symbol: str | None
    words: str
    edtf: str | None = None
    start: int | None = None
    end: int | None = None


@dataclass(frozen=True, slots=True)
class Letterhead:
    """All that a letter says of itself. ``parts`` has at least one entry; ``parts[0]`` is the cover.

    ``anchor_of(i)`` in ``documents.letterhead`` gives the date that year-less dates of part i hang on.
    """

    parts: tuple[ReadPart, ...]
    dates: tuple[ReadDate, ...] = ()
    correspondents: tuple[ReadCorrespondent, ...] = ()
    symbols: tuple[ReadValue, ...] = ()
    references: tuple[ReadValue, ...] = ()
    agenda_items: tuple[ReadValue, ...] = ()
    kind: LetterKind = "letter"
    subject: ReadValue | None = None
    place: ReadValue | None = None
    language: str = "en"
    relations: tuple[ReadRelation, ...] = ()
