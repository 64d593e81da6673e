"""A letter quoted whole that holds quotations: where the outermost opens and closes."""

from __future__ import annotations

import pytest

from documents.letterhead.nested import nested_quotes

BODY = "The {0}blue{1} buoy is gone, and nobody has seen it since the storm of last week."


@pytest.mark.parametrize(
    ("opening", "closing"), [("“", "”"), ("«", "»"), ("„", "”"), ("„", "“"), (",,", "”")], ids=str
)
def test_the_outermost_pair_is_found(opening: str, closing: str) -> None:
    quote = opening + BODY.format(opening, closing) + closing
    text = f"The note reads as follows: {quote}. We agree.\n"
    assert [text[a:b] for a, b in nested_quotes(text, 40, 2000)] == [quote]


def test_a_mark_that_opens_a_further_paragraph_carries_on() -> None:
    quote = "“The “blue” buoy is gone.\n\n“Nobody has seen it since the storm of last week.”"
    text = f"The note reads:\n\n{quote}\n\nWe agree.\n"
    assert [text[a:b] for a, b in nested_quotes(text, 40, 2000)] == [quote]


@pytest.mark.parametrize(
    "text",
    [
        "The note reads: “The “blue” buoy is gone, and nobody has seen it since the storm",
        "The note reads: “The blue buoy is gone, and nobody has seen it since the storm.”\n",
        "The “note “of” the storm, which has carried the buoy to the other shore” is long.\n",
        "The note reads: “The “blue” buoy” is gone.\n",
    ],
    ids=["never closed", "nothing within", "no introduction", "too short"],
)
def test_what_is_no_letter_with_quotations(text: str) -> None:
    assert nested_quotes(text, 40, 2000) == []
