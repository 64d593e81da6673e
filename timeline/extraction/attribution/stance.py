"""How the sender stands to the words that hold a date, and through whom they come.

In: the attributions over a stretch, outermost first, and who speaks. Out: a ``Reading``: stance, modality and
the chain of quoted voices. Where no cue says more, the sender asserts in its own voice.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from timeline.extraction.records import Modality, Stance

from .records import Attribution, Span
from .resolve import Source, Speakers

_QUOTES = ("report", "evaluate", "claim", "quotation", "instrument")


@dataclass(frozen=True, slots=True)
class Quoted:
    """One voice of the chain: who, and the attribution that says so."""

    source: Source
    found: Attribution


@dataclass(slots=True)
class Reading:
    """Stance and modality of a claim with the voices it goes through, outermost first, and the rules used."""

    stance: Stance = "asserts"
    modality: Modality = "happened"
    chain: list[Quoted] = field(default_factory=list)
    rules: list[str] = field(default_factory=list)
    content: Span | None = None


def read_chain(found: list[Attribution], index: int, speakers: Speakers) -> Reading:
    """Return how a stretch is said, from the attributions that hold it, outermost first."""
    reading = Reading()
    for attribution in found:
        source = speakers.source_of(attribution, index)
        _step(reading, attribution, source)
    return reading


def _step(reading: Reading, found: Attribution, source: Source) -> None:
    """Take one attribution into the reading."""
    other = source.named and not source.own
    before = reading.stance
    denied = before == "denies"
    if found.kind in ("contrary", "untrue"):
        reading.stance = "denies"
        if other:
            reading.chain.append(Quoted(source, found))
    elif found.kind == "silence":
        return
    elif found.kind == "wording":
        if not source.own:
            reading.stance = "rejects-wording"
            if other:
                reading.chain.append(Quoted(source, found))
    elif found.kind in ("hearsay", "alleged"):
        if other:
            reading.chain.append(Quoted(source, found))
        reading.stance = "denies" if found.refuted or denied else "reports"
    elif found.kind == "deny":
        if other and found.negated:
            return
        if other:
            reading.chain.append(Quoted(source, found))
            reading.stance = "denies" if denied else "reports"
        else:
            reading.stance = "denies"
    elif found.kind in ("demand", "announce", "plan"):
        if other:
            reading.chain.append(Quoted(source, found))
            reading.stance = "denies" if denied or found.refuted else "reports"
        elif found.kind == "demand":
            reading.stance = "demands"
        else:
            reading.stance = "announces"
    elif found.kind in _QUOTES:
        if other:
            reading.chain.append(Quoted(source, found))
            reading.stance = "denies" if denied or found.refuted else "reports"
        elif found.refuted:
            reading.stance = "denies"
    reading.rules.append(found.frame)
    reading.content = next(iter(found.content), None)
