"""A letter's page shows who is quoted, by which word, and what that one is said to have said."""

from __future__ import annotations

import re
from html import unescape
from io import StringIO

from django.core.management import call_command
from django.test import Client

from documents.models import Party
from timeline.claim_words import chain_said, headline, voiced
from timeline.mark_texts import voice_words
from timeline.models import Claim, Voice


def test_the_words_that_attribute_a_claim_stand_in_the_letter_and_in_its_note(
    db: None, client: Client
) -> None:
    call_command("load_samples", stdout=StringIO())
    spanned = Voice.objects.filter(role="quoted", cue_start__isnull=False, source_start__isnull=False)
    claims = Claim.objects.filter(voices__in=spanned).select_related("letter").distinct()
    assert len(claims) >= 20
    pages: dict[int, str] = {}
    for claim in claims:
        page = pages.get(claim.letter_id) or client.get(claim.letter.get_absolute_url()).content.decode()
        pages[claim.letter_id] = page
        note = re.search(rf'data-note="{claim.public_id}">(.*?)</dl>', page, re.S)
        assert note, claim
        for voice in spanned.filter(claim=claim):
            cue = claim.letter.text[voice.cue_start : voice.cue_end]
            shown = re.findall(rf'data-voiced="[^"]*cue-{claim.public_id}[^"]*">(.*?)</span>', page, re.S)
            assert "".join(cue.split()) in "".join(unescape("".join(shown)).split()), claim
            assert " ".join(cue.split())[:40] in unescape(note[1]), claim


def voice(depth: int, words: str, role: str = "quoted") -> Voice:
    return Voice(role=role, depth=depth, words=words)


def test_a_chain_of_voices_is_said_from_the_innermost_out() -> None:
    claim = Claim(stance="rejects-wording", is_quoted=True)
    voices = [voice(0, "Lethmark", "asserts"), voice(1, "Vessany"), voice(2, "Karvonia")]
    said = (
        "“Karvonia”, as reported by “Vessany”, as reported by A sender not named, which rejects the wording"
    )
    assert chain_said(claim, voices) == said


def test_one_voice_makes_no_chain() -> None:
    assert (
        chain_said(Claim(stance="asserts"), [voice(0, "Lethmark", "asserts")]) == "A sender not named asserts"
    )


def test_no_party_is_said_to_report_itself_where_the_source_has_no_name() -> None:
    sender = Party(pk=1, name="Montesur")
    claim = Claim(stance="denies", is_quoted=True, asserting_party=sender, lane_party=sender)
    assert voiced(claim) == "Somebody not named, as reported by Montesur, which denies it"
    assert voice_words(claim) == "Words of somebody not named, reported by Montesur"
    assert "".join(headline(claim)).startswith("Montesur reports somebody’s words")
    assert (
        chain_said(claim, [voice(1, "la prensa")]) == "“la prensa”, as reported by Montesur, which denies it"
    )


def test_another_party_is_named_as_the_one_that_is_reported() -> None:
    sender, other = Party(pk=1, name="Montesur"), Party(pk=2, name="Karvonia")
    claim = Claim(stance="reports", is_quoted=True, asserting_party=sender, lane_party=other)
    assert voiced(claim) == "Karvonia, as reported by Montesur"
    assert voice_words(claim) == "Karvonia’s words, reported by Montesur"
