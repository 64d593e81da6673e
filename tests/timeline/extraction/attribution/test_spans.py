"""Source, cue and content as words of the text, sentence by sentence and over them."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from timeline.extraction.attribution.quotes import quotations
from timeline.extraction.attribution.scan import Scan

from .support import rows

CASES = rows("spans.jsonl")


def words(text: str, spans: tuple[tuple[int, int], ...]) -> str:
    return " … ".join(text[start:end] for start, end in spans)


@pytest.mark.parametrize("row", CASES, ids=[row["rule"] for row in CASES])
def test_spans(row: dict[str, Any]) -> None:
    text = row["text"]
    found = [
        {"source": words(text, a.source), "cue": words(text, a.cue), "content": words(text, a.content)}
        for a in Scan(text, row["lang"]).all()
    ]
    assert found == row["attributions"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("He said “no. Not now.” And left.", ["“no. Not now.”"]),
        ("« Non », dit-il. « Jamais »", ["« Non »", "« Jamais »"]),
        ('It was "closed" then.', ['"closed"']),
        ("“One paragraph.\n\n“Another.”", ["“One paragraph.", "“Another.”"]),
        ("SPEAKS OF QUOTE A BRAWL UNQUOTE STOP", [" A BRAWL "]),
        ("The captain's log and the mate's log.", []),
        ('A board of 6" and 8" planks.', []),
    ],
)
def test_quotations(text: str, expected: list[str]) -> None:
    assert [text[start:end] for start, end in quotations(text)] == expected


PIECES = [
    "Corvia",
    " said that ",
    "“",
    "”",
    "claims",
    ", ",
    ". ",
    ":\n",
    "(a) ",
    "as we say",
    " never ",
    "«",
    "»",
]


@settings(deadline=None)
@given(st.lists(st.sampled_from(PIECES), max_size=30).map("".join), st.sampled_from(["en", "fr", "es"]))
def test_spans_lie_in_the_text_whatever_it_is(text: str, language: str) -> None:
    for found in Scan(text, language).all():
        for start, end in (*found.source, *found.cue, *found.content):
            assert 0 <= start < end <= len(text)


def test_a_language_without_cues_attributes_nothing() -> None:
    assert Scan("Кorvia сказала, что сети были порезаны.", "ru").all() == []
