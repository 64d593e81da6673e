"""Links the letters of one dossier: which letter a relation means.

In: letterheads by any key. Out: for each key the relations to other keys. Nothing is stored here; a letter
that comes in later is linked by calling this again.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from documents.records import Letterhead, ReadRelation, RelationKind

from .document import anchor_of, rows
from .words import every, plain


@dataclass(frozen=True, slots=True)
class _Known:
    """What a letter can be recognised by."""

    symbols: frozenset[str]
    references: frozenset[str]
    date: str | None
    senders: frozenset[str]
    recipients: frozenset[str]
    language: str


def _known(letterhead: Letterhead) -> _Known:
    return _Known(
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
    known = {key: _known(letterhead) for key, letterhead in letterheads.items()}
    links: dict[str, list[tuple[RelationKind, str]]] = {}
    for key, letterhead in letterheads.items():
        found: dict[str, RelationKind] = {}
        for relation in letterhead.relations:
            if not pointers and relation.symbol and relation.words.startswith(_pointing()):
                continue
            target = _target(key, relation, known)
            if target and target not in found:
                found[target] = relation.kind
        links[key] = [(kind, target) for target, kind in found.items()]
    return links


@cache
def _pointing() -> tuple[str, ...]:
    words = every("relations", "pointers")
    return (*(f"{word} " for word in words), *(f"{word.capitalize()} " for word in words))


def _target(key: str, relation: ReadRelation, known: Mapping[str, _Known]) -> str | None:
    """The one letter a relation means; None where none or several fit."""
    mine = known[key]
    fits = []
    for other, letter in known.items():
        if other == key:
            continue
        if relation.symbol:
            named = relation.symbol in letter.symbols or relation.symbol in letter.references
            if named and (relation.kind != "translation" or letter.language != mine.language):
                fits.append(other)
        elif relation.kind in ("replies to", "cites") and _answers(relation, mine, letter):
            fits.append(other)
    return fits[0] if len(fits) == 1 else None


def _answers(relation: ReadRelation, mine: _Known, letter: _Known) -> bool:
    """Whether a letter told in words by date or number is this one, sent by whom the answer goes to."""
    if not (letter.senders & mine.recipients or letter.recipients & mine.senders):
        return False
    numbers = set(re.findall(r"\d[\w/.-]*", relation.words))
    return bool(relation.edtf and relation.edtf == letter.date) or bool(numbers & letter.references)
