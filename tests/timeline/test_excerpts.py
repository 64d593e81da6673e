"""Pieces of a letter's text: every character comes back once, and belongs to whom it should."""

from __future__ import annotations

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from timeline.excerpts import Span, pieces

# What is asked is whether it holds, not how fast this machine is.
UNHURRIED = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
TEXT = "On 3 June the gates were opened. Karvonia says it was 4 June."
spans = st.lists(
    st.builds(
        Span,
        st.sampled_from(["quote", "clause", "timex", "source", "cue", "content"]),
        st.integers(0, 70),
        st.integers(0, 70),
        st.integers(1, 4),
    ),
    max_size=8,
)


@UNHURRIED
@given(st.text(min_size=1, max_size=60), st.integers(0, 59), st.integers(1, 60), spans)
def test_joined_pieces_are_the_text(text: str, start: int, length: int, given_spans: list[Span]) -> None:
    start = min(start, len(text) - 1)
    end = min(len(text), start + length)
    cut = pieces(text, start, end, given_spans)
    assert "".join(piece.text for piece in cut) == text[start:end]
    assert [piece.start for piece in cut] == sorted(piece.start for piece in cut)


@UNHURRIED
@given(spans)
def test_each_highlight_begins_once(given_spans: list[Span]) -> None:
    begins = [key for piece in pieces(TEXT, 0, len(TEXT), given_spans) for key in piece.begins]
    assert len(begins) == len(set(begins))


def test_the_exact_characters_are_highlighted() -> None:
    cut = pieces(TEXT, 0, len(TEXT), [Span("quote", 0, 32, 1), Span("timex", 3, 9, 1)])
    assert [(piece.text, piece.is_timex, piece.keys) for piece in cut] == [
        ("On ", False, (1,)),
        ("3 June", True, (1,)),
        (" the gates were opened.", False, (1,)),
        (" Karvonia says it was 4 June.", False, ()),
    ]


def test_offsets_count_code_points() -> None:
    text = "𝔘ber 3 June: naïve 😀 words"
    at = text.index("3 June")
    cut = pieces(text, 0, len(text), [Span("quote", at, at + 6, 1)])
    assert [piece.text for piece in cut if piece.keys] == ["3 June"]


def test_a_clause_takes_the_colour_of_its_own_claim_within_a_shared_sentence() -> None:
    cut = pieces(TEXT, 0, 61, [Span("quote", 0, 61, 1), Span("quote", 0, 61, 2), Span("clause", 33, 60, 2)])
    assert [(piece.owner, piece.keys) for piece in cut] == [(1, (1, 2)), (2, (1, 2)), (1, (1, 2))]


def test_a_highlight_that_began_on_the_page_before_does_not_begin_again() -> None:
    seen: set[int] = set()
    span = [Span("quote", 0, 40, 7)]
    assert pieces(TEXT, 0, 20, span, seen)[0].begins == (7,)
    assert pieces(TEXT, 20, 60, span, seen)[0].begins == ()


def test_pieces_say_of_which_attributions_they_are_a_part() -> None:
    spans = [Span("source", 33, 41, 7), Span("cue", 42, 46, 7), Span("content", 33, 60, 8)]
    voiced = {piece.text: piece.voiced for piece in pieces(TEXT, 33, 60, spans)}
    assert voiced["Karvonia"] == ("source-7", "content-8")
    assert voiced["says"] == ("cue-7", "content-8")
    assert voiced[" it was 4 June"] == ("content-8",)
