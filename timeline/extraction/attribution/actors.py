"""Who acts and who suffers in a clause, so that a lane can show what is said about a party.

In: a sentence, the clause in it, and who speaks. Out: parties as agents and as patients, in order, each once.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from .records import Span
from .resolve import Speakers
from .sentence import Sentence


@dataclass(frozen=True, slots=True)
class Actor:
    """A party in a clause: the words that name it, and whether it acts."""

    role: Literal["agent", "patient"]
    party: str
    words: str
    span: Span


def actors_of(
    sentence: Sentence, clause: Span, speakers: Speakers, without: tuple[Span, ...] = ()
) -> list[Actor]:
    """Return the parties of a clause; ``without``: spans that name whoever says it."""
    words, text = sentence.words, sentence.text
    named: list[tuple[int, int, str]] = [
        (m.start, m.end, m.party)
        for m in speakers.registry.find(text, *clause, speakers.language, speakers.year)
        if not m.weak
    ]
    if speakers.senders:
        named += [(*m.span(), speakers.senders[0]) for m in words["persons.own"].finditer(text, *clause)]
    if speakers.recipients:
        named += [
            (*m.span(), speakers.recipients[0]) for m in words["persons.addressee"].finditer(text, *clause)
        ]
    verb = words["clause.finite"].search(text, *clause)
    passive = verb is not None and words["clause.passive"].match(text, verb.start()) is not None
    found: dict[str, Actor] = {}
    first = True
    for start, end, party in sorted(named):
        if any(s <= start and end <= e for s, e in without) or party in found:
            continue
        by = words.at_end("clause.agent").search(text, max(clause[0], start - 14), start)
        acts = bool(by) or (first and not passive and (verb is None or start < verb.start()))
        found[party] = Actor("agent" if acts else "patient", party, text[start:end], (start, end))
        first = False
    return list(found.values())
