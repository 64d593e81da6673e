"""A claim's sentence in its paragraph, as pieces for a template: plain, the sentence, its time words.

Offsets are those of the letter's text; pieces are cut at them and nothing else is touched, so that joined
together they are the text again.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise

from documents.models import DossierParty, Passage
from timeline.models import Claim

# What stands before and after the sentence where a letter has no passages, in code points.
AROUND = 400
# Paragraphs, at most, over which a sentence is looked for on the pages of a PDF.
MOST_PASSAGES = 8


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text: ``kind`` is empty, ``quote`` (the claim's sentence) or ``timex`` (its time
    words).
    """

    kind: str
    text: str


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph, with its page where the format has pages."""

    page: int | None
    pieces: tuple[Piece, ...]


def paragraphs_of(claim: Claim, around: int = 1) -> list[Paragraph]:
    """Return the paragraphs that hold a claim's sentence, with ``around`` more on each side.

    Empty for a claim without a text.
    """
    if claim.start is None or claim.end is None:
        return []
    text = claim.letter.text
    passages = Passage.objects.filter(letter_id=claim.letter_id)
    inside = passages.filter(start__lt=claim.end, end__gt=claim.start).order_by("number")
    numbers = [p.number for p in inside]
    if not numbers:
        stretch = (max(0, claim.start - AROUND), min(len(text), claim.end + AROUND))
        return [Paragraph(None, pieces_of(claim, text, *stretch))]
    shown = passages.filter(number__gte=numbers[0] - around, number__lte=numbers[-1] + around)
    return [Paragraph(p.page, pieces_of(claim, text, p.start, p.end)) for p in shown.order_by("number")]


@dataclass(frozen=True, slots=True)
class OnPage:
    """The stretch of a claim's sentence that stands on one page of its PDF, as offsets of the text."""

    page: int
    start: int
    end: int


def pages_of(claim: Claim) -> list[OnPage]:
    """Return the pages of a PDF on which a claim's sentence stands, in their order; none of other letters."""
    if claim.start is None or claim.end is None:
        return []
    if claim.letter.file_id is None or claim.letter.pages is None:
        return []
    passages = Passage.objects.filter(letter_id=claim.letter_id, start__lt=claim.end).exclude(page=None)
    return pages_within(passages.order_by("-start")[:MOST_PASSAGES], claim.start, claim.end)


def pages_within(passages: Iterable[Passage], first: int, last: int) -> list[OnPage]:
    """Return the pages on which the characters ``first`` to ``last`` (left out) stand, of some passages."""
    begins = sorted(
        (at, page) for one in passages if one.page for at, page in [(one.start, one.page), *one.turns]
    )
    found: list[OnPage] = []
    for (at, page), (until, _) in pairwise([*begins, (last, 0)]):
        start, end = max(at, first), min(until, last)
        if start >= end:
            continue
        if found and found[-1].page == page:
            start = found.pop().start
        found.append(OnPage(page, start, end))
    return found


def pieces_of(claim: Claim, text: str, start: int, end: int) -> tuple[Piece, ...]:
    """Cut a stretch of text at the claim's sentence and at its time words."""
    cuts = {start, end}
    for cut in (claim.start, claim.end, claim.timex_start, claim.timex_end):
        if cut is not None and start < cut < end:
            cuts.add(cut)
    places = sorted(cuts)
    return tuple(Piece(_kind(claim, a), text[a:b]) for a, b in pairwise(places) if a < b)


def _kind(claim: Claim, at: int) -> str:
    if claim.timex_start is not None and claim.timex_start <= at < (claim.timex_end or 0):
        return "timex"
    if claim.start is not None and claim.start <= at < (claim.end or 0):
        return "quote"
    return ""


def colour_of(claim: Claim) -> int:
    """Return the number of the colour of the party in whose lane a claim stands, 1 to 12; 0 where there is
    none.
    """
    place = DossierParty.objects.filter(dossier_id=claim.dossier_id, party_id=claim.lane_party_id).first()
    return (place.colour_index - 1) % 12 + 1 if place else 0
