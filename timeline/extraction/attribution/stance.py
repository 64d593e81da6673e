"""How the sender stands to the words that hold a date, and through whom they come.

In: the attributions over a stretch, outermost first, and who speaks. Out: a ``Reading``: stance, modality and
the chain of quoted voices. Where no cue says more, the sender speaks in its own voice and the clause decides.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from timeline.extraction.records import Modality, Stance

from .authors import is_document
from .clauses import clause_at
from .modality import OPEN, Past, read_clause
from .records import Attribution, CueKind, Span
from .resolve import Source, Speakers
from .reversal import is_reversed
from .sentence import Sentence

_QUOTES: frozenset[CueKind] = frozenset(
    ("report", "evaluate", "claim", "quotation", "instrument", "demand", "announce", "plan", "deny")
)
_CALLED: frozenset[CueKind] = frozenset(
    ("report", "quotation", "claim", "wording", "plan", "alleged", "hearsay")
)
_MODALITIES: dict[CueKind, Modality] = {
    "deny": "did not",
    "demand": "demanded",
    "announce": "planned",
    "plan": "planned",
}


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
    clause: Span | None = None
    settled: bool = False


def read_stance(
    found: list[Attribution], timex: Span, index: int, speakers: Speakers, *, past: Past
) -> Reading:
    """Return how a date in sentence ``index`` is said, from the attributions over it, outermost first."""
    reading = Reading()
    for attribution in found:
        source = speakers.source_of(attribution, index)
        renamed = attribution.kind == "wording" and attribution.frame.startswith("speaks of")
        if attribution.kind in _CALLED and not renamed and is_reversed(attribution, source, index, speakers):
            attribution = replace(attribution, refuted=True)
        _step(reading, attribution, source, past)
    _own_clause(reading, found, timex, index, speakers, past)
    return reading


def _step(reading: Reading, found: Attribution, source: Source, past: Past) -> None:
    """Take one attribution into the reading."""
    other = source.named and not source.own and not _agreed(found, source)
    denied = reading.stance == "denies" or found.refuted
    wrongly = found.kind == "deny" and found.refuted
    if found.kind == "silence" or (other and (found.negated or wrongly) and found.kind in _QUOTES):
        # What another leaves unsaid, or wrongly denies, the sender says.
        reading.settled = True
        return
    if found.kind in ("contrary", "untrue"):
        reading.stance = "denies"
        _add(reading, found, source, other)
    elif found.kind == "wording":
        if source.own:
            return
        reading.stance = "denies" if found.refuted else "rejects-wording"
        _add(reading, found, source, other)
    elif found.kind == "alleged" and reading.stance in ("demands", "announces"):
        return
    elif found.kind in ("hearsay", "alleged") or (_is_open(found) and not source.named):
        reading.stance = "denies" if denied else "reports"
        _add(reading, found, source, other)
    elif found.kind in _QUOTES and other:
        before = reading.chain[-1].found.kind if reading.chain else None
        if before == "contrary":
            # What somebody else attests against a third is that one's word, not the sender's denial.
            reading.chain.clear()
            denied = found.refuted
        if reading.stance != "rejects-wording":
            reading.stance = "denies" if denied else "reports"
        _add(reading, found, source, other)
    else:
        _own_step(reading, found, past)
    reading.rules.append(found.frame)


def _is_open(found: Attribution) -> bool:
    """Return whether words without a name are another's: a claim's, or those of “one of the sides”."""
    return found.kind == "claim" or (found.kind in _QUOTES and bool(found.source))


def _agreed(found: Attribution, source: Source) -> bool:
    """Return whether the sender is one of those who agreed: “both sides agreed that”."""
    return found.joint and source.party is None


def _own_step(reading: Reading, found: Attribution, past: Past) -> None:
    """Take what the sender itself denies, demands, announces, or calls false."""
    if reading.chain and found.kind != "deny":
        # What another says of the sender's plans stays that one's word.
        return
    if (found.kind == "deny" and not found.negated) or (found.assent and found.negated):
        reading.stance = "denies"
    elif found.kind == "demand" and past in OPEN:
        reading.stance, reading.modality = "demands", "demanded"
    elif (found.kind in ("announce", "plan") and past != "sure") or (found.consents and past in OPEN):
        reading.stance, reading.modality = "announces", "planned"
    elif found.refuted:
        reading.stance = "denies"


def _add(reading: Reading, found: Attribution, source: Source, other: bool) -> None:
    if not other:
        return
    last = reading.chain[-1].source if reading.chain else None
    if last and (last.party or last.words) == (source.party or source.words):
        # “X replied, asserting that”: one voice.
        reading.chain.pop()
    reading.chain.append(Quoted(source, found))


def is_adverbial(sentence: Sentence, timex: Span) -> bool:
    """Return whether a date says when something was done, not which document: “received no note on 3 May”."""
    words, text = sentence.words, sentence.text
    before = words.at_end("modality.on").search(text, max(sentence.start, timex[0] - 4), timex[0])
    return before is not None or words["modality.on"].match(text, *timex) is not None


def _before_contents(found: list[Attribution], clause: Span, timex: Span) -> Span:
    """Return a clause up to what is told in it: “on 3 May X wrote that …” denies nothing of 3 May."""
    starts = [piece[0] for a in found for piece in a.content if timex[1] <= piece[0] < clause[1]]
    behind = [
        start for start in starts if not any(a.covers(*timex) and a.covers(start, start + 1) for a in found)
    ]
    return clause[0], min([clause[1], *behind])


def _own_clause(
    reading: Reading,
    found: list[Attribution],
    timex: Span,
    index: int,
    speakers: Speakers,
    past: Past,
) -> None:
    """Let the clause around the date say what no cue said."""
    sentence = speakers.scan.sentence(index)
    if sentence is None:
        return
    name = sentence.quote_at(timex[0])
    if name and not sentence.words["clause.finite"].search(sentence.text, *name):
        # A name in quotation marks is part of the clause around it.
        timex = name
    clause = clause_at(sentence, *timex)
    inner = min((p for a in found for p in a.content if p[0] <= timex[0] and timex[1] <= p[1]), default=None,
                key=lambda p: p[1] - p[0])  # fmt: skip
    if inner and reading.chain:
        clause = max(clause[0], inner[0]), min(clause[1], inner[1])
    reading.clause = clause
    written = is_document(sentence, timex) and not is_adverbial(sentence, timex)
    told = _before_contents(speakers.scan.at(index), clause, timex)
    said = read_clause(sentence, told, timex, speakers, past=past, written=written)
    if reading.settled and reading.stance == "asserts":
        return
    if reading.stance == "asserts" and not reading.chain:
        reading.stance, reading.modality = said.stance, said.modality
        if said.rule:
            reading.rules.append(said.rule)
    elif reading.stance == "denies":
        reading.modality = "did not"
    elif reading.stance == "reports":
        last = reading.chain[-1].found.kind if reading.chain else None
        reading.modality = _MODALITIES.get(last, said.modality) if last else said.modality
