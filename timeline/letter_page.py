"""What the page of a letter shows: its whole text as it reads, the claims in it highlighted.

In: a letter and who asks. Out: one record for the template. Joining the pieces of all blocks gives every
character of the letter that is not white space between paragraphs.
"""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from django.db.models import Prefetch

from documents.letters_list import ListedRelation, covers, relations_shown
from documents.models import Letter, LetterDate, LetterPart, LetterRelation, Passage
from timeline import claim_words as words
from timeline.claim_page import correspondents_of, letter_line, named
from timeline.excerpts import VOICED, Piece, Span, pieces
from timeline.models import Claim
from timeline.pages import colours_of
from timeline.searching import pattern_of
from timeline.timeline_request import iso_day

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser, User

    Asker = User | AnonymousUser

# A paragraph with a line shorter than this before its last keeps its lines: an address, a heading, a table.
FLOWING_LINE = 48
HITS_MARKED = 2000
DATE_LABELS = {
    "own": "Sender’s own date",
    "masthead": "Circulated",
    "foot": "Dated at the foot",
    "received": "Received",
}


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph: its number, its pieces, the claims that begin in it; what is new with it above it."""

    number: int | None
    pieces: list[Piece]
    claims: list[Claim] = field(default_factory=list)
    keeps_lines: bool = False
    new_page: int | None = None
    new_part: str = ""


@dataclass(frozen=True, slots=True)
class Whose:
    """How many of the letter's claims are in a party's lane, and in which colour."""

    name: str
    colour: int
    own: bool
    count: int


@dataclass(frozen=True, slots=True)
class LetterView:
    """A letter as it is shown."""

    letter: Letter
    title: str
    line: str
    dates: list[tuple[str, str]]
    blocks: list[Block]
    whose: list[Whose]
    colours: dict[int | None, int]
    claim_colours: dict[int, int]
    placeless: list[Claim]
    detached: list[Claim]
    claims: int
    relations: list[ListedRelation]
    can_curate: bool
    sought: str
    hits: int


def letter_view(letter: Letter, user: Asker, sought: str = "") -> LetterView:
    """Return what is shown of a letter, the words ``sought`` marked in it."""
    colours = colours_of(letter.dossier_id)
    claims = list(
        Claim.objects.visible_to(user)
        .filter(letter=letter)
        .not_set_aside()
        .select_related("asserting_party", "lane_party")
        .prefetch_related("voices__party")
        .order_by("start", "timex_start", "pk")
    )
    people = correspondents_of(letter)
    parts = list(letter.parts.order_by("position"))
    cover = parts[0] if parts else None
    for claim in claims:
        claim.letter = letter
    hits = hit_spans(letter.text, sought)
    return LetterView(
        letter=letter,
        title=title_of(letter, named(people, cover.pk if cover else 0, "sender"), people, cover),
        line=letter_line(letter, people, cover.pk if cover else 0, []),
        dates=dates_of(letter),
        blocks=blocks_of(letter, parts, list(letter.passages.order_by("start")), claims, hits),
        whose=whose_of(claims, colours),
        colours=colours,
        claim_colours={claim.public_id: colours.get(claim.lane_party_id, 0) for claim in claims},
        placeless=[claim for claim in claims if claim.start is None and not claim.quote],
        detached=[claim for claim in claims if claim.start is None and claim.quote],
        claims=len(claims),
        relations=relations_of(letter, user),
        can_curate=user.is_authenticated and Letter.objects.curatable_by(user).filter(pk=letter.pk).exists(),
        sought=sought,
        hits=len(hits),
    )


def title_of(letter: Letter, senders: list[str], people: list, cover: LetterPart | None) -> str:
    """Return the heading: "Norvania to the Secretary-General, 9 May 2023", or what else is known of it."""
    recipients = named(people, cover.pk, "recipient") if cover else []
    when = words.in_words(iso_day(letter.own_day)) if letter.own_day is not None else ""
    if not senders:
        return ", ".join(filter(None, [letter.subject or letter.file_name or "A letter", when]))
    who = " and ".join(senders[:3])
    to = f" to {' and '.join(recipients[:2])}" if recipients else ""
    title = f"{who}{to}{f', {when}' if when else ''}"
    return title[:1].upper() + title[1:]


def dates_of(letter: Letter) -> list[tuple[str, str]]:
    """Return (label, date in words) of what the cover bears, the sender's own first."""
    rows = LetterDate.objects.filter(part__letter=letter, part__position=0).order_by("-is_anchor", "pk")
    # Title and dateline may both tell it; it is said once.
    return list(dict.fromkeys((DATE_LABELS[row.kind], words.in_words(row.edtf)) for row in rows))


def relations_of(letter: Letter, user: Asker) -> list[ListedRelation]:
    """Return what the letter is to others, without those that the user may not see."""
    rows = LetterRelation.objects.filter(letter=letter).select_related("target").defer("target__text")
    rows = rows.prefetch_related(Prefetch("target__parts", covers())).order_by("pk")[:200]
    seen = [row for row in rows if row.target is None or row.target.dossier_id == letter.dossier_id]
    return relations_shown(seen)[:40]


def whose_of(claims: Iterable[Claim], colours: dict[int | None, int]) -> list[Whose]:
    """Return the parties in whose colour something is highlighted, most first."""
    counts = Counter((claim.lane_party, claim.is_quoted) for claim in claims)
    by_party: dict = {}
    for (party, quoted), n in counts.items():
        own, total = by_party.get(party, (False, 0))
        by_party[party] = (own or not quoted, total + n)
    rows = [
        Whose(
            party.name if party else "Nobody named", colours.get(party.pk if party else None, 0), own, total
        )
        for party, (own, total) in by_party.items()
    ]
    return sorted(rows, key=lambda row: (-row.count, row.name))


def spans_of(claims: Sequence[Claim]) -> list[Span]:
    """Return what is highlighted: a claim's sentence; where claims share one, each one's own clause in it."""
    spans: list[Span] = []
    shared = Counter((claim.start, claim.end) for claim in claims)
    for claim in claims:
        if claim.start is None or claim.end is None:
            continue
        spans.append(Span("quote", claim.start, claim.end, claim.public_id))
        clause = claim.clause_start, claim.clause_end
        if shared[claim.start, claim.end] > 1 and clause[0] is not None and clause[1] is not None:
            spans.append(Span("clause", clause[0], clause[1], claim.public_id))
        if claim.timex_start is not None and claim.timex_end is not None:
            spans.append(Span("timex", claim.timex_start, claim.timex_end, claim.public_id))
        spans += voiced_spans(claim)
    return spans


def voiced_spans(claim: Claim) -> list[Span]:
    """Return the words that attribute a claim: source, cue and content of each voice that it quotes."""
    found = []
    for voice in claim.voices.all():
        for kind in VOICED:
            start, end = getattr(voice, f"{kind}_start"), getattr(voice, f"{kind}_end")
            if voice.role == "quoted" and start is not None and end is not None:
                found.append(Span(kind, start, end, claim.public_id))
    return found


def hits_in(text: str, sought: str) -> list[tuple[int, int]]:
    """Return the spans of the words sought, in order; no more than a page can bear."""
    pattern = pattern_of(sought)
    found = pattern.finditer(text) if pattern else ()
    return [hit.span() for hit in itertools.islice(found, HITS_MARKED)]


def hit_spans(text: str, sought: str) -> list[Span]:
    """Return the words sought as spans to mark, numbered from 1."""
    return [Span("hit", start, end, n) for n, (start, end) in enumerate(hits_in(text, sought), 1)]


def blocks_of(
    letter: Letter,
    parts: Sequence[LetterPart],
    passages: Sequence[Passage],
    claims: Sequence[Claim],
    hits: Sequence[Span] = (),
) -> list[Block]:
    """Return the paragraphs of a letter in order, and what stands between them where it is not blank."""
    text, spans, seen = letter.text, [*spans_of(claims), *hits], set[int]()
    blocks: list[Block] = []
    page, part = None, passages[0].part_id if passages else None
    labels = {p.pk: p.get_kind_display().capitalize() for p in parts}
    for number, start, end, passage in stretches(text, passages):
        near = [span for span in spans if span.start < end and span.end > start]
        new_page = passage.page if passage and passage.page and page and passage.page != page else None
        new_part = labels.get(passage.part_id, "") if passage and passage.part_id != part else ""
        if passage:
            page, part = passage.page or page, passage.part_id
        blocks.append(
            Block(
                number=number,
                pieces=pieces(text, start, end, near, seen),
                claims=[c for c in claims if c.start is not None and start <= c.start < end],
                keeps_lines=keeps_lines(text[start:end]),
                new_page=new_page,
                new_part=new_part,
            )
        )
    return blocks


def stretches(
    text: str, passages: Sequence[Passage]
) -> Iterable[tuple[int | None, int, int, Passage | None]]:
    """Yield (number, start, end, passage) of paragraphs and of what is written between them."""
    at = 0
    for passage in passages:
        if passage.start > at and text[at : passage.start].strip():
            yield None, at, passage.start, None
        start = max(at, passage.start)
        if passage.end > start:
            yield passage.number, start, passage.end, passage
        at = max(at, passage.end)
    if text[at:].strip():
        yield None, at, len(text), None


def keeps_lines(paragraph: str) -> bool:
    """Return whether a paragraph's line ends are its own, not those of a typist at the right margin."""
    lines = paragraph.strip().splitlines()
    return any(0 < len(line.strip()) < FLOWING_LINE for line, _ in itertools.pairwise(lines))
