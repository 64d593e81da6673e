"""What templates say and draw of claims."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

from django import template
from django.utils.html import conditional_escape, escape, format_html
from django.utils.safestring import SafeString, mark_safe

from documents.models import Letter
from timeline import claim_words
from timeline import marks as flags
from timeline.excerpts import Piece
from timeline.mark_svg import MarkTraits, shapes, width_of
from timeline.mark_texts import clause_of, possessive, shortened
from timeline.models import Claim
from timeline.searching import distinct, pattern_of, words_of
from timeline.timeline_request import iso_day

register = template.Library()
CLAUSE_LENGTH = 240
SNIPPET_LENGTH = 320
# How far a snippet goes back from its first hit, in characters.
BEFORE_HIT = 60
# Stances that turn on words of others.
HOLLOW = ("reports", "rejects-wording")


def traits_of(claim: Claim, colour: int, height: float = 10) -> MarkTraits:
    """Return what a claim's mark says, by the same reading as the canvas."""
    bits = flags.flags_of(
        first=claim.earliest_day,
        last=claim.latest_day,
        precision=claim.precision,
        quoted=claim.is_quoted,
        stance=claim.stance,
        review=claim.review_state,
        curated=bool(claim.curated_fields),
        basis=claim.basis,
        edtf=claim.edtf,
    )
    return MarkTraits(
        kind=flags.PRECISIONS[bits & 15],
        reported=bool(bits & flags.QUOTED),
        inferred=bool(bits & flags.INFERRED),
        approximate=bool(bits & flags.APPROXIMATE),
        uncertain=bool(bits & flags.UNCERTAIN),
        stance=claim.stance,
        review=flags.REVIEWS[(bits >> flags.REVIEW_SHIFT) & 3],
        open_start=bool(bits & flags.OPEN_START),
        colour=colour,
        height=height,
    )


def picture(traits: MarkTraits, width: float, height: float = 22) -> SafeString:
    """Return a mark as an SVG of this size; it repeats what stands in words, so nobody need hear it."""
    return format_html(
        '<svg class="mk c{}" width="{}" height="{}" viewBox="{} {} {} {}" aria-hidden="true">{}</svg>',
        traits.colour,
        width,
        height,
        -width / 2,
        -height / 2,
        width,
        height,
        mark_safe(shapes(traits)),  # noqa: S308  numbers and our own words only
    )


@register.simple_tag
def mark(claim: Claim, colours: dict[int | None, int], width: int = 0) -> SafeString:
    """Draw a claim's mark in the colour of its lane."""
    traits = traits_of(claim, colours.get(claim.lane_party_id, 0))
    return picture(traits, width or round(width_of(traits)))


@register.simple_tag
def example(kind: str = "day", width: int = 48, **given: Any) -> SafeString:
    """Draw a mark for the legend and the filters."""
    return picture(MarkTraits(kind=kind, **{"review": "accepted", **given}), width)


@register.simple_tag
def example_of(name: str, value: str) -> SafeString:
    """Draw what a filter's value looks like, nothing where it has no look of its own."""
    given: dict[str, dict[str, Any]] = {
        "stance": {"stance": value, "reported": value in ("reports", "rejects-wording")},
        "basis": {"inferred": value != "explicit"},
        "precision": {"kind": {"set": "oneof"}.get(value, value)},
        "review": {"review": "suggested" if value == "withdrawn" else value},
    }
    if name not in given or value == "unknown":
        return SafeString("<i></i>")
    return picture(MarkTraits(**given[name]), 30)


@register.simple_tag
def colour(colours: dict[int | None, int], party_id: int | None) -> str:
    """Return the class that names a party's colour."""
    return f"c{colours.get(party_id, 0)}"


@register.filter
def date_said(claim: Claim) -> str:
    """Say a claim's date in words."""
    return claim_words.date_said(claim)


@register.filter
def how_dated(claim: Claim) -> str:
    """Say how the date was got, where it was not simply read."""
    return claim_words.how_dated(claim)


@register.filter
def clause(claim: Claim) -> str:
    """Give the words that say what happened, on one line."""
    return shortened(clause_of(claim), CLAUSE_LENGTH) or "Added by a curator, without words of the letter"


@register.simple_tag
def said_with_hits(claim: Claim, sought: str) -> SafeString:
    """Give what is said to have happened, words sought marked; more of the sentence where they lie beside."""
    hits = pattern_of(sought)
    if hits is None:
        return conditional_escape(clause(claim))
    text = shortened(clause_of(claim), CLAUSE_LENGTH)
    if distinct(hits, text) < len(words_of(sought)):
        text = around(claim.quote, hits, SNIPPET_LENGTH)
    return marked(text, hits)


@register.simple_tag
def place_with_hits(text: str, sought: str) -> SafeString:
    """Give some of a paragraph, from near the first of the words sought on, these marked."""
    hits = pattern_of(sought)
    return conditional_escape(text) if hits is None else marked(around(text, hits, SNIPPET_LENGTH), hits)


def around(text: str, hits: re.Pattern[str], most: int) -> str:
    """Return about ``most`` characters of a text, on one line, from near the first hit on."""
    line = " ".join(text.split())
    first = hits.search(line)
    if first is None or first.end() < most:
        return shortened(line, max(most, first.end() + 20 if first else 0))
    start = line.rfind(" ", 0, max(first.start() - BEFORE_HIT, 1)) + 1
    return "…" + shortened(line[start:], most)


def marked(text: str, hits: re.Pattern[str]) -> SafeString:
    """Return a text for a page, its hits marked."""
    parts, at = [], 0
    for hit in hits.finditer(text):
        parts += [escape(text[at : hit.start()]), format_html('<mark class="hit">{}</mark>', hit[0])]
        at = hit.end()
    return mark_safe("".join([*parts, escape(text[at:])]))  # noqa: S308  every part is escaped


@register.simple_tag
def piece_text(piece: Piece) -> SafeString:
    """Give a piece of a letter's text, marked where it is part of a hit; a hit begins with its address."""
    if piece.hit is None:
        return conditional_escape(piece.text)
    address = format_html(' id="hit-{}"', piece.hit) if piece.hit_begins else ""
    return format_html('<mark class="hit"{}>{}</mark>', address, piece.text)


@register.filter
def voiced(claim: Claim) -> str:
    """Say who speaks, and whose words these are."""
    return claim_words.voiced(claim)


@register.filter
def chain_said(claim: Claim) -> str:
    """Say all voices of a claim, innermost first."""
    return claim_words.chain_said(claim, list(claim.voices.all()))


@register.filter
def attribution_said(claim: Claim) -> list[tuple[str, str]]:
    """Give the letter's words that attribute a claim: source, cue, content."""
    return claim_words.attribution_said(claim, list(claim.voices.all()))


@register.filter
def review_said(claim: Claim) -> str:
    """Say who has checked it."""
    return claim_words.review_said(claim)


@register.filter
def stance_label(claim: Claim) -> str:
    """Name the stance."""
    return claim_words.STANCE_LABELS[claim.stance]


@register.filter
def stance_word(stance: str) -> str:
    """Name a party's stance towards an event, "Quoted" where only others report its words."""
    return {"quoted": "Quoted", **claim_words.STANCE_LABELS}[stance]


@register.simple_tag
def stance_mark(claim: Claim, stance: str, lanes: list[Any], place: int) -> SafeString:
    """Draw a claim's mark in the colour of the party whose stance it shows."""
    traits = traits_of(claim, lanes[place].colour)
    return picture(traits if stance == "quoted" else replace(traits, reported=stance in HOLLOW), 26, 20)


@register.filter
def stance_towards(claim: Claim) -> str:
    """Say the stance, and towards whose words: "Denies Karvonia’s words"."""
    label = claim_words.STANCE_LABELS[claim.stance]
    party = claim.lane_party
    if not claim.is_quoted or party is None or party.pk == claim.asserting_party_id:
        return label
    return (
        f"{label} of {party.name}"
        if claim.stance == "rejects-wording"
        else f"{label} {possessive(party.name)} words"
    )


@register.filter
def letter_said(letter: Letter) -> str:
    """Name a letter shortly: its symbol, else its kind and date."""
    if letter.symbols:
        return letter.symbols[0]
    kind = letter.get_kind_display().capitalize()
    return (
        f"{kind} of {claim_words.in_words(iso_day(letter.own_day))}" if letter.own_day is not None else kind
    )


@register.filter
def letter_short(letter: Letter) -> str:
    """Name a letter in a word or three: its symbol, else its own date."""
    if letter.symbols:
        return letter.symbols[0]
    return "Letter" if letter.own_day is None else day_said(letter.own_day)


@register.filter
def short(text: str, most: int) -> str:
    """Cut a text between words."""
    return shortened(text, most)


@register.filter
def day_said(day: int) -> str:
    """Say a day number in words."""
    return claim_words.in_words(iso_day(day))


@register.filter
def edtf_said(edtf: str) -> str:
    """Say an EDTF date in words."""
    return claim_words.in_words(edtf) if edtf else "no date"


@register.filter
def plural(count: int, word: str) -> str:
    """Return "1 letter", "1,284 letters"."""
    return f"{count:,} {word}{'' if count == 1 else 's'}"


@register.filter
def thousands(count: int) -> str:
    """Return 20,000."""
    return f"{count:,}"


@register.filter
def lookup(table: dict[Any, Any], key: Any) -> Any:
    """Return what a table holds for a key, 0 where it holds nothing."""
    return table.get(key, 0)


@register.filter
def add_half(middle: float, height: float) -> float:
    """Return the upper edge of what is ``height`` tall round a middle, on a whole or half pixel."""
    return middle - height / 2


@register.filter
def colour_of(view: Any, public_id: int) -> str:
    """Return the class of the colour of a claim of a letter, by its public number."""
    return f"c{view.claim_colours.get(public_id, 0)}"
