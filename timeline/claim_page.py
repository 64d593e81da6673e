"""What the page and the panel of one claim show.

In: a claim and who asks. Out: one record for templates, made with a number of questions that does not grow.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from documents.models import Correspondent, Letter, Passage
from timeline import claim_words as words
from timeline.context import pages_within
from timeline.excerpts import Piece, Span, pieces
from timeline.mark_texts import isolated
from timeline.models import Claim, Decision
from timeline.pages import colours_of
from timeline.timeline_request import iso_day

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser, User

    Asker = User | AnonymousUser

OTHERS_SHOWN = 6
DECISIONS_SHOWN = 10
# All that a link to the claim before or after says.
NEIGHBOUR = ("public_id", "edtf", "modifier")
ARTICLED = ("office", "organ", "organisation")


@dataclass(frozen=True, slots=True)
class VoiceRow:
    """One voice: what it does, who it is, the words of the letter that say so."""

    label: str
    name: str
    colour: int | None
    reported: bool
    cue: str


@dataclass(frozen=True, slots=True)
class Place:
    """Where in the letter a claim stands; ``lost`` where the text there is not the quote any more."""

    pieces: list[Piece]
    number: int | None
    pages: list[int]
    lost: bool


@dataclass(frozen=True, slots=True)
class ClaimView:
    """A claim as it is shown."""

    claim: Claim
    colours: dict[int | None, int]
    headline: tuple[str, str, str]
    date: str
    how: str
    place: Place | None
    letter_line: str
    voices: list[VoiceRow]
    stance: str
    review: str
    others: list[Claim]
    previous: Claim | None
    next: Claim | None
    citation: str
    can_curate: bool
    history: list[Decision]


def claim_view(claim: Claim, user: Asker, root: str) -> ClaimView:
    """Return what is shown of a claim; ``root`` is the site's address, for the citation."""
    seen = Claim.objects.visible_in(claim.dossier, user)
    colours = colours_of(claim.dossier_id)
    place = place_of(claim)
    people = list(correspondents_of(claim.letter))
    sender = ", ".join(named(people, claim.part_id, "sender"))
    lane = seen.lane_of(claim).only(*NEIGHBOUR)
    dated = (claim.earliest_day, claim.latest_day) != (None, None)
    can_curate = user.is_authenticated and Claim.objects.curatable_by(user).filter(pk=claim.pk).exists()
    return ClaimView(
        claim=claim,
        colours=colours,
        headline=words.headline(claim),
        date=words.date_said(claim),
        how=words.how_dated(claim),
        place=place,
        letter_line=letter_line(claim.letter, people, claim.part_id, place.pages if place else []),
        voices=voice_rows(claim, colours),
        stance=words.stance_said(claim),
        review=words.review_said(claim),
        others=list(seen.beside(claim, OTHERS_SHOWN).for_list()),
        previous=lane.before(claim) if dated else None,
        next=lane.after(claim) if dated else None,
        citation=words.citation(
            claim,
            sender,
            place.number if place else None,
            place.pages if place else [],
            f"{root}/claims/{claim.uuid}/",
        ),
        can_curate=can_curate,
        history=decisions_on(claim) if can_curate else [],
    )


def place_of(claim: Claim) -> Place | None:
    """Return the paragraphs that hold a claim, its characters highlighted; None where it has no place."""
    if claim.start is None or claim.end is None:
        return None
    text = claim.letter.text
    around = list(
        Passage.objects.filter(letter_id=claim.letter_id, start__lt=claim.end, end__gt=claim.start).order_by(
            "start"
        )
    )
    start = min([claim.start, *(p.start for p in around)])
    end = max([claim.end, *(p.end for p in around)])
    return Place(
        pieces=pieces(text, start, end, spans_of(claim)),
        number=around[0].number if around else None,
        pages=[one.page for one in pages_within(around, claim.start, claim.end)],
        lost=text[claim.start : claim.end] != claim.quote,
    )


def spans_of(claim: Claim) -> list[Span]:
    """Return what is highlighted of a claim: its sentence, its time words, the words that attribute it."""
    spans = []
    if claim.start is not None and claim.end is not None:
        spans.append(Span("quote", claim.start, claim.end, claim.public_id))
    if claim.timex_start is not None and claim.timex_end is not None:
        spans.append(Span("timex", claim.timex_start, claim.timex_end, claim.public_id))
    for voice in claim.voices.all():
        if voice.cue_start is not None and voice.cue_end is not None and voice.role == "quoted":
            spans.append(Span("cue", voice.cue_start, voice.cue_end, claim.public_id))
    return spans


def correspondents_of(letter: Letter) -> list[Correspondent]:
    """Return who writes a letter's parts and to whom, in the order of the parts."""
    people = Correspondent.objects.filter(part__letter_id=letter.pk, role__in=["sender", "recipient"])
    return list(people.select_related("party", "part").order_by("part__position", "position"))


def named(people: list[Correspondent], part_id: int, role: str) -> list[str]:
    """Return the names of a part's senders or recipients, those of the cover where it has none of its own."""
    of_role = [person for person in people if person.role == role]
    own = [person for person in of_role if person.part_id == part_id] or of_role[:1]
    return list(dict.fromkeys(name_of(person) for person in own))


def name_of(person: Correspondent) -> str:
    """Return the name of a correspondent: its party's, else its office's, else the words for it."""
    if person.party:
        return isolated(with_article(person.party.name, person.party.kind))
    return isolated(person.office or person.person or person.words)


def with_article(name: str, kind: str) -> str:
    """Return a party's name as a sentence has it: offices and bodies bear an article, states do not."""
    return f"the {name}" if kind in ARTICLED and not name.lower().startswith("the ") else name


def letter_line(letter: Letter, people: list[Correspondent], part_id: int, pages: list[int]) -> str:
    """Return the line under a quotation: "Norvania to the Secretary-General, 9 May 2023, L/2023/41, p. 2"."""
    sender, recipient = named(people, part_id, "sender"), named(people, part_id, "recipient")
    who = " and ".join(sender)
    if who and recipient:
        who = f"{who} to {' and '.join(recipient)}"
    when = words.in_words(iso_day(letter.own_day)) if letter.own_day is not None else ""
    parts = [who, when, *letter.symbols[:1], words.pages_said(pages)]
    line = ", ".join(part for part in parts if part)
    return line[:1].upper() + line[1:]


def voice_rows(claim: Claim, colours: dict[int | None, int]) -> list[VoiceRow]:
    """Return the voices of a claim as rows, who asserts it first."""
    rows = []
    for label, name, party, cue in words.voice_rows(claim, list(claim.voices.all())):
        rows.append(
            VoiceRow(
                label=label,
                name=name,
                colour=colours.get(party) if party else None,
                reported=label != "Asserted by",
                cue=cue,
            )
        )
    return rows


def decisions_on(claim: Claim) -> list[Decision]:
    """Return the newest decisions on a claim; for those who may decide themselves."""
    return list(
        Decision.objects.filter(dossier_id=claim.dossier_id, kind="claim", subject=claim.public_id).order_by(
            "-number"
        )[:DECISIONS_SHOWN]
    )
