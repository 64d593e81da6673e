"""A letter's claims: part by part, without its own dates, each with its voices, clause and quote."""

from __future__ import annotations

import pytest

from documents.letterhead import read_letterhead
from timeline.extraction.claims import extract_claims
from timeline.extraction.records import ExtractedClaim

from .attribution.support import attributed, claims_of, registry

LETTER = """Letter dated 20 June 2021 from the Permanent Representative of Veldania to the United Nations \
addressed to the Secretary-General

On instructions from my Government, I write about the lock at Sandmouth.

On 3 May 2021 Corvian cutters entered the lock and their crews broke the gate.

Corvia says that the gate was opened on 4 May. It was not. No Corvian engineer was present.

(Signed) Ilse Marn
Permanent Representative of Veldania

Annex to the letter dated 20 June 2021 from the Permanent Representative of Veldania to the United Nations \
addressed to the Secretary-General

Letter dated 8 May 2021 from the Minister for Foreign Affairs of Istmara to the Minister for Foreign Affairs \
of Veldania

The gate was standing on 5 May, when our pilot passed.
"""


@pytest.fixture(scope="module")
def claims() -> list[ExtractedClaim]:
    return extract_claims(LETTER, read_letterhead(LETTER, registry()), registry())


def words(claim: ExtractedClaim) -> str:
    return LETTER[claim.timex_start : claim.timex_end]


def test_the_letters_own_dates_are_no_claims(claims: list[ExtractedClaim]) -> None:
    assert [words(c) for c in claims] == ["3 May 2021", "4 May", "5 May"]


def test_a_part_dates_and_voices_its_own_claims(claims: list[ExtractedClaim]) -> None:
    annex = claims[-1]
    own = next(v for v in annex.voices if v.role == "asserts")
    assert (annex.part, own.party, annex.edtf) == (1, "Istmara", "2021-05-05")


def test_quote_is_the_sentence_and_clause_lies_in_it(claims: list[ExtractedClaim]) -> None:
    for claim in claims:
        assert claim.start <= claim.clause_start <= claim.timex_start
        assert claim.timex_end <= claim.clause_end <= claim.end
    assert LETTER[claims[0].start : claims[0].end].endswith("broke the gate.")
    assert LETTER[claims[1].clause_start : claims[1].clause_end] == "the gate was opened on 4 May"


def test_agents_are_those_who_act(claims: list[ExtractedClaim]) -> None:
    assert [(v.role, v.party) for v in claims[0].voices if v.role in ("agent", "patient")] == [
        ("agent", "Corvia")
    ]


def test_the_same_text_gives_the_same_claims(claims: list[ExtractedClaim]) -> None:
    assert extract_claims(LETTER, read_letterhead(LETTER, registry()), registry()) == claims


def row(text: str, sender: str = "Veldania", recipient: str | None = None) -> dict[str, str | None]:
    return {"text": text, "lang": "en", "sender": sender, "recipient": recipient, "date": "2021-06-20"}


@pytest.mark.parametrize(
    ("text", "author"),
    [
        ("I refer to the note dated 3 May 2021 from the Minister of Corvia.", "Corvia"),
        ("In its circular of 3 May 2021, Corvia spoke of a storm.", "Corvia"),
        ("We answered Corvia's note of 3 May 2021.", "Corvia"),
        ("Corvia told us on 3 May 2021 that the light was out.", "Corvia"),
        ("In your letter of 3 May 2021 you were silent.", "Istmara"),
        ("As we wrote in our note of 3 May 2021, the light was out.", "Veldania"),
        ("Veldania keeps to the lines drawn by Corvia in its note of 3 May 2021.", "Corvia"),
        ("Corvia passes over the storm told by sailors, and in its note of 3 May 2021 too.", "Corvia"),
        ("We refer to the 3 May 2021 Corvian note on the nets.", "Corvia"),
        ("Corvia's 3 May 2021 statement is silent on the nets.", "Corvia"),
        ("In your 3 May 2021 letter you spoke of nets.", "Istmara"),
        ("Corvia's Aide-Mémoire of 3 May 2021 is silent on the nets.", "Corvia"),
        ("The Lighthouse Commission resolution of 3 May 2021 is clear.", "Lighthouse Commission"),
        ("On 3 May 2021 letters were burnt.", None),
        ("I inform you of our decision to count the nets of Corvia on 3 May 2021.", None),
        ("The cutter sank on 3 May 2021 off Corvia.", None),
        ("The storm of 3 May 2021 reached Corvia.", None),
    ],
)
def test_author_of_a_dated_document(text: str, author: str | None) -> None:
    (claim,) = claims_of(row(text, recipient="Istmara"))
    assert next((v.party for v in claim.voices if v.role == "author"), None) == author
    assert attributed(claim) is None


@pytest.mark.parametrize(
    ("text", "modality"),
    [
        ("The gate fell on 3 May 2021.", "happened"),
        ("Corvia did not answer our note on 3 May 2021.", "did not"),
        ("We deny that the gate fell on 3 May 2021.", "did not"),
        ("Corvia must mend the gate by 3 May 2022.", "demanded"),
        ("We will mend the gate on 3 May 2022.", "planned"),
        ("Corvia announced that it would mend the gate on 3 May 2022.", "planned"),
        ("Corvia demands that we mend the gate by 3 May 2022.", "demanded"),
        ("If the gate fell on 3 May 2021, nobody saw it.", "hypothetical"),
    ],
)
def test_modality(text: str, modality: str) -> None:
    assert [c.modality for c in claims_of(row(text))] == [modality]


def test_a_chain_keeps_every_voice_with_its_depth() -> None:
    (claim,) = claims_of(row("Corvia submits that Istmara said that the gate fell on 3 May 2021."))
    chain = [(v.depth, v.party) for v in claim.voices if v.role in ("asserts", "quoted")]
    assert chain == [(0, "Veldania"), (1, "Corvia"), (2, "Istmara")]


def test_undated_lengths_only_when_asked_for() -> None:
    text = "The lock was shut for three weeks."
    head = read_letterhead(text, registry(), "en")
    assert extract_claims(text, head, registry()) == []
    (claim,) = extract_claims(text, head, registry(), undated=True)
    assert claim.edtf is None
    assert text[claim.timex_start : claim.timex_end] == "three weeks"


def test_a_letter_without_date_or_sender_still_has_claims() -> None:
    text = "The gate fell on 3 May 2021."
    (claim,) = extract_claims(text, read_letterhead(text, registry(), "en"), registry())
    assert claim.edtf == "2021-05-03"
    assert claim.stance == "asserts"
