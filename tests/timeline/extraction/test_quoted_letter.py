"""A letter quoted whole by a letter that names no sender for it: the words are that one's, passed on."""

from __future__ import annotations

import pytest

from documents.letterhead import read_letterhead, with_given
from tests.timeline.extraction.attribution.support import attributed, registry
from timeline.extraction.claims import extract_claims
from timeline.extraction.records import ExtractedClaim

LETTERS = {
    "en": """Velhaven, 20 June 2021

Excellency,

I have the honour to acknowledge receipt of {whose} note of 25 May 2021, which reads as follows:

“I have the honour to refer to the notes exchanged on 4 July 2019.

1. List A. “Export of nets”. As a consequence, the list of 3 March 2020 is withdrawn.

The agreement so concluded will enter into force on 15 July 2021.”

I confirm that the foregoing is acceptable to my Government, which signed the accord on 9 April 2019.

(Signed) M. Orlen
""",
    "es": """Velhaven, 20 de junio de 2021

Excelencia:

Tengo el honor de acusar recibo de {whose} Nota de 25 de mayo de 2021, que dice como sigue:

«Tengo el honor de referirme a las notas canjeadas el 4 de julio de 2019.

1. Lista A, «Redes». Como consecuencia, se suprime la lista del 3 de marzo de 2020.

El acuerdo así concluido entrará en vigor el 15 de julio de 2021.»

Me es grato comunicar la conformidad de mi Gobierno, que firmó el acuerdo el 9 de abril de 2019.

(Firmado) M. Orlen
""",
}


def claims_of(text: str, language: str) -> list[ExtractedClaim]:
    head = read_letterhead(text, registry(), language)
    head = with_given(head, "2021-06-20", "Veldania", "Corvia")
    return extract_claims(text, head, registry())


@pytest.mark.parametrize(("language", "whose"), [("en", "your"), ("es", "su")])
def test_the_words_of_your_note_are_the_recipients(language: str, whose: str) -> None:
    text = LETTERS[language].format(whose=whose)
    read = {c.edtf: c for c in claims_of(text, language)}
    told = {edtf: (claim.stance, attributed(claim)) for edtf, claim in read.items()}
    assert told == {
        "2021-05-25": ("asserts", None),
        "2019-07-04": ("reports", "Corvia"),
        "2020-03-03": ("reports", "Corvia"),
        "2021-07-15": ("reports", "Corvia"),
        "2019-04-09": ("asserts", None),
    }
    assert {v.party for c in read.values() for v in c.voices if v.role == "asserts"} == {"Veldania"}


def test_a_note_of_nobody_named_is_told_by_its_words() -> None:
    claims = claims_of(LETTERS["en"].format(whose="the"), "en")
    assert {attributed(c) for c in claims if c.stance == "reports"} == {"the note"}


def test_the_plan_in_a_note_passed_on_stays_a_plan() -> None:
    claims = claims_of(LETTERS["en"].format(whose="your"), "en")
    assert {c.edtf: c.modality for c in claims}["2021-07-15"] == "planned"
