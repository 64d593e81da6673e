"""Links the letters of one dossier: which letter a relation means.

In: letterheads by any key, or what is known of stored letters. Out: for each relation the one letter that it
means. Nothing is stored here; a letter that comes in later is linked by asking again.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import TypeVar

from documents.records import Letterhead, ReadRelation, RelationKind

from .document import anchor_of, rows
from .words import every, plain

Key = TypeVar("Key")


@dataclass(frozen=True, slots=True)
class Known:
    """What a letter can be recognised by; names of parties as ``plain`` writes them."""

    symbols: frozenset[str]
    references: frozenset[str]
    date: str | None
    senders: frozenset[str]
    recipients: frozenset[str]
    language: str


def known_of(letterhead: Letterhead) -> Known:
    """What a letter just read can be recognised by."""
    return Known(
        frozenset(v.value for v in letterhead.symbols),
        frozenset(v.value for v in letterhead.references),
        anchor_of(letterhead),
        frozenset(plain(r.party or r.words) for r in rows(letterhead, "sender")),
        frozenset(plain(r.party or r.words) for r in rows(letterhead, "recipient")),
        letterhead.language,
    )


def link_relations(
    letterheads: Mapping[str, Letterhead], pointers: bool = False
) -> dict[str, list[tuple[RelationKind, str]]]:
    """For every letter the kinds and keys of the letters of the same dossier it is related to.

    A bare pointer in brackets ("see S/2015/90") cites a document without taking it up; it is linked only
    where ``pointers`` asks for it.
    """
    known = {key: known_of(letterhead) for key, letterhead in letterheads.items()}
    links: dict[str, list[tuple[RelationKind, str]]] = {}
    for key, letterhead in letterheads.items():
        found: dict[str, RelationKind] = {}
        others = {other: letter for other, letter in known.items() if other != key}
        for relation in letterhead.relations:
            if not pointers and is_pointer(relation):
                continue
            target = meant(relation, known[key], others)
            if target and target not in found:
                found[target] = relation.kind
        links[key] = [(kind, target) for target, kind in found.items()]
    return links


def is_pointer(relation: ReadRelation) -> bool:
    """Whether a relation is a bare pointer: "see S/2015/90"."""
    return bool(relation.symbol) and relation.words.startswith(_pointing())


@cache
def _pointing() -> tuple[str, ...]:
    words = every("relations", "pointers")
    return (*(f"{word} " for word in words), *(f"{word.capitalize()} " for word in words))


def meant(relation: ReadRelation, mine: Known, others: Mapping[Key, Known]) -> Key | None:
    """The one letter among ``others`` that a relation of mine means; None where none or several fit.

    Of versions of one document in several languages, the one in the language of mine.
    """
    fits = [key for key, letter in others.items() if _fits(relation, mine, letter)]
    if len(fits) > 1:
        fits = [key for key in fits if others[key].language == mine.language]
    return fits[0] if len(fits) == 1 else None


def _fits(relation: ReadRelation, mine: Known, letter: Known) -> bool:
    if relation.symbol:
        named = relation.symbol in letter.symbols or relation.symbol in letter.references
        return named and (relation.kind != "translation" or letter.language != mine.language)
    if relation.kind in ("replies to", "cites") and _answers(relation, mine, letter):
        return True
    return relation.kind in ("cites", "transmits") and _is_named(relation, mine, letter)


def _answers(relation: ReadRelation, mine: Known, letter: Known) -> bool:
    """Whether a letter told in words by date or number is this one, sent by whom the answer goes to."""
    if not (letter.senders & mine.recipients or letter.recipients & mine.senders):
        return False
    numbers = set(re.findall(r"\d[\w/.-]*", relation.words))
    return bool(relation.edtf and relation.edtf == letter.date) or bool(numbers & letter.references)


def _is_named(relation: ReadRelation, mine: Known, letter: Known) -> bool:
    """Whether words that tell a day, and a sender or none but their own, tell those of the letter."""
    if not relation.edtf or relation.edtf != letter.date:
        return False
    if relation.kind == "cites" and letter.senders & mine.senders:
        return True
    words = plain(relation.words)
    return any(re.search(rf"(?<!\w){re.escape(sender)}(?!\w)", words) for sender in letter.senders)
