"""Where a sentence ends."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from timeline.extraction.sentences import limit, split_sentences

CASES = [
    ("one", "en", "The bridge is shut.", ["The bridge is shut."]),
    ("two", "en", "The bridge is shut. It was open.", ["The bridge is shut.", "It was open."]),
    ("quote", "en", "He said: “It is shut.” She agreed.", ["He said: “It is shut.”", "She agreed."]),
    ("title", "en", "Mr. Stone met Dr. Field. They spoke.", ["Mr. Stone met Dr. Field.", "They spoke."]),
    ("initials", "en", "J. R. Stone signed it. It holds.", ["J. R. Stone signed it.", "It holds."]),
    ("number", "en", "See No. 12 of it. It holds.", ["See No. 12 of it.", "It holds."]),
    (
        "item",
        "en",
        "1. The bridge is shut.\n2. The road is open.",
        ["1. The bridge is shut.", "2. The road is open."],
    ),
    ("blank line", "en", "A heading\n\nThe text runs", ["A heading", "The text runs"]),
    (
        "lower case",
        "en",
        "It cost 3.5 crowns approx. in all. It holds.",
        ["It cost 3.5 crowns approx. in all.", "It holds."],
    ),
    (
        "question",
        "en",
        "Who shot? Nobody knows! It was dark.",
        ["Who shot?", "Nobody knows!", "It was dark."],
    ),
    ("footnote", "en", "The guards left.3 The road was open.", ["The guards left.3", "The road was open."]),
    ("french", "fr", "M. Roche signa. L’accord tient.", ["M. Roche signa.", "L’accord tient."]),
    (
        "spanish",
        "es",
        "El Sr. Roca firmó. ¿Quién lo niega? Nadie.",
        ["El Sr. Roca firmó.", "¿Quién lo niega?", "Nadie."],
    ),
]


@pytest.mark.parametrize(("name", "language", "text", "expect"), CASES, ids=[c[0] for c in CASES])
def test_sentences(name: str, language: str, text: str, expect: list[str]) -> None:
    assert [text[start:end] for start, end in split_sentences(text, language)] == expect


@given(st.text(max_size=400), st.sampled_from(["en", "fr", "es", "de"]))
def test_sentences_keep_every_letter_in_order(text: str, language: str) -> None:
    spans = split_sentences(text, language)
    reach = 0
    for start, end in spans:
        assert reach <= start < end
        assert text[reach:start].strip() == ""
        assert text[start:end] == text[start:end].strip()
        reach = end
    assert text[reach:].strip() == ""


@pytest.mark.parametrize("piece", ["x", "word, ", '"a", ', "“a” and "])
def test_no_sentence_is_longer_than_the_limit(piece: str) -> None:
    text = (piece * 40_000)[:40_000]
    spans = split_sentences(text)
    assert max(end - start for start, end in spans) <= limit("longest")
    assert "".join(text[a:b] for a, b in spans).replace(" ", "") == text.replace(" ", "")
