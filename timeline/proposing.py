"""What the reader would say of words that a person chose, and the dates of a letter that gave no claim.

In: a stored letter, and a span of its text in code points, half-open. Out: a proposal for a new claim; the
places where a date stands that is no claim, each with why. Nothing here changes anything.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace

from documents.letterhead import anchor_of
from documents.models import Letter
from documents.records import Letterhead
from documents.registry import registry_of
from timeline.extraction.claims import dates_left_out, extract_claims
from timeline.extraction.dates import find_dates
from timeline.extraction.records import ExtractedClaim, TemporalExpression
from timeline.extraction.sentences import split_sentences
from timeline.models import Claim
from timeline.stored_letterhead import letterhead_of

# As many places of the same words as one can choose among.
MOST_PLACES = 20
AROUND = 60
# The rules by which the reader leaves a date out, and what was decided, as sentences.
WHY = {
    "own date": "It is a date that the letter itself bears.",
    "continues": "It goes on with the date before it, which has the claim.",
    "how often": "It says how often, not when.",
    "heading": "It stands in a heading and repeats the date of the letter.",
    "editor's note": "It stands in a note of whoever printed or sent the letter.",
    "corrected words": "It stands among words that the letter withdraws.",
    "counted from an undated event": "It is counted from something whose date the letter does not give.",
    "day of every year": "It names a day of every year.",
    "period of speech": "It is a way of speaking, not a date of something.",
    "merely supposed": "What it dates is merely supposed.",
    "no place in time": "It gives a time without a place on the calendar.",
}
SET_ASIDE = {
    "dismissed": "Somebody dismissed its claim.",
    "withdrawn": "A later reading no longer finds its claim.",
}
UNREAD = "A new reading makes a claim of it. Read the letter again."


@dataclass(frozen=True, slots=True)
class Place:
    """Where words stand in a letter, with a little of what is around them."""

    start: int
    end: int
    before: str
    words: str
    after: str


@dataclass(frozen=True, slots=True)
class Proposal:
    """What a new claim of these words would say; ``asserted_by`` and ``quoted`` are names of parties."""

    start: int
    end: int
    edtf: str | None = None
    modifier: str = ""
    basis: str = "explicit"
    timex: tuple[int, int] | None = None
    stance: str = "asserts"
    modality: str = "happened"
    asserted_by: str | None = None
    quoted: str | None = None
    reasoning: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Uncovered:
    """Words with a date that gave no claim, the sentence that they stand in, and why."""

    start: int
    end: int
    words: str
    sentence: str
    why: str
    span: tuple[int, int] = field(default=(0, 0))


def places_of(letter: Letter, words: str) -> list[Place]:
    """Return where the words stand in a letter, whatever blanks and line ends lie between them."""
    parts = [re.escape(part) for part in words.split()]
    if not parts:
        return []
    found = re.finditer(r"\s+".join(parts), letter.text, re.IGNORECASE)
    return [place_at(letter, m.start(), m.end()) for m, _ in zip(found, range(MOST_PLACES), strict=False)]


def place_at(letter: Letter, start: int, end: int) -> Place:
    """Return the words of a span with what is around them."""
    text = letter.text
    return Place(start, end, text[max(0, start - AROUND) : start], text[start:end], text[end : end + AROUND])


def propose(letter: Letter, start: int, end: int, at: int | None = None) -> Proposal:
    """Return what the reader says of the words: of the claim that it reads there, else of the date alone.

    Of several dates in the words it is the one that begins ``at``, else the first.
    """
    head = letterhead_of(letter)
    read = extract_claims(letter.text, head, registry_of(letter.dossier), undated=True)
    inside = [c for c in read if c.timex_start < end and start < c.timex_end]
    around = [c for c in read if c.start < end and start < c.end]
    inside.sort(key=lambda c: c.timex_start != at)
    if inside:
        return _of_claim(inside[0], start, end, dated=True)
    alone = [e for e, _ in _dates(letter, head) if e.start < end and start < e.end]
    alone.sort(key=lambda e: e.start != at)
    proposal = _of_claim(around[0], start, end, dated=False) if around else _of_sender(head, start, end)
    return _with_date(proposal, alone[0]) if alone else proposal


def _of_claim(claim: ExtractedClaim, start: int, end: int, *, dated: bool) -> Proposal:
    asserts = next((v.party for v in claim.voices if v.role == "asserts"), None)
    quoted = [v for v in claim.voices if v.role == "quoted"]
    innermost = max(quoted, key=lambda v: v.depth, default=None)
    timex = (claim.timex_start, claim.timex_end)
    kept = dated and start <= timex[0] and timex[1] <= end
    return Proposal(
        start,
        end,
        edtf=claim.edtf if dated else None,
        modifier=(claim.modifier or "") if dated else "",
        basis=claim.basis if dated else "explicit",
        timex=timex if kept else None,
        stance=claim.stance,
        modality=claim.modality,
        asserted_by=asserts,
        quoted=innermost.party if innermost else None,
        reasoning=claim.reasoning if dated else (),
    )


def _of_sender(head: Letterhead, start: int, end: int) -> Proposal:
    """Return a proposal where nothing was read: the sender of the innermost part asserts it."""
    inside = [i for i, part in enumerate(head.parts) if part.start <= start < part.end]
    part = max(inside, key=lambda i: head.parts[i].start, default=0)
    for place in dict.fromkeys((part, 0)):
        for person in head.correspondents:
            if person.role == "sender" and person.part == place and person.party:
                return Proposal(start, end, asserted_by=person.party)
    return Proposal(start, end)


def _with_date(proposal: Proposal, found: TemporalExpression) -> Proposal:
    inside = proposal.start <= found.start and found.end <= proposal.end
    return Proposal(
        proposal.start,
        proposal.end,
        edtf=found.claim_edtf,
        modifier=found.modifier or "",
        basis=found.basis,
        timex=(found.start, found.end) if inside else None,
        stance=proposal.stance,
        modality=proposal.modality,
        asserted_by=proposal.asserted_by,
        quoted=proposal.quoted,
        reasoning=found.reasoning,
    )


def _dates(letter: Letter, head: Letterhead) -> list[tuple[TemporalExpression, int]]:
    """Return the temporal expressions of a letter, moved to its own offsets, each with its part."""
    found = []
    for index, part in enumerate(head.parts):
        text = list(letter.text[part.start : part.end])
        for inner in head.parts:
            if part.start <= inner.start and inner.end <= part.end and inner.end - inner.start < len(text):
                text[inner.start - part.start : inner.end - part.start] = "\n" * (inner.end - inner.start)
        for e in find_dates("".join(text), part.language or head.language, anchor_of(head, index)):
            moved = replace(e, start=e.start + part.start, end=e.end + part.start)
            found.append((moved, index))
    return found


def uncovered(letter: Letter) -> list[Uncovered]:
    """Return the dates of a letter that gave no claim in force, in order of the text, each with why.

    What the reader leaves out, it says itself why; what it reads and is not in force was decided on, or waits
    for a new reading.
    """
    head, registry = letterhead_of(letter), registry_of(letter.dossier)
    claims = list(Claim.objects.filter(letter=letter).exclude(timex_start=None).order_by("pk"))
    left_out = dates_left_out(letter.text, head, registry)
    rows = {(d.start, d.end): WHY.get(d.why, f"The reader leaves it out: {d.why}.") for d in left_out}
    for claim in claims:
        span = (claim.timex_start, claim.timex_end)
        if claim.review_state == "dismissed" or (claim.review_state == "withdrawn" and span not in rows):
            rows[span] = SET_ASIDE[claim.review_state]
    for read in extract_claims(letter.text, head, registry, undated=True):
        rows.setdefault((read.timex_start, read.timex_end), UNREAD)
    in_force = [(c.timex_start, c.timex_end) for c in claims if c.review_state not in SET_ASIDE]
    sentences = split_sentences(letter.text, letter.language)
    return [
        _uncovered(letter, sentences, span, why)
        for span, why in sorted(rows.items())
        if not any(start < span[1] and span[0] < end for start, end in in_force)
    ]


def _uncovered(
    letter: Letter, sentences: list[tuple[int, int]], span: tuple[int, int], why: str
) -> Uncovered:
    around = next(((a, b) for a, b in sentences if a <= span[0] < b), span)
    return Uncovered(*span, letter.text[slice(*span)], letter.text[slice(*around)], why, around)
