"""Whole letterheads, case by case, and what holds for any text."""

import tomllib
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from documents.letterhead import anchor_of, as_document, read_letterhead, recipient_of, sender_of, with_given
from documents.parties import PartyRegistry

FOLDER = Path(__file__).parent / "cases"
CASES = [
    case
    for name in ("letters.toml", "genres.toml")
    for case in tomllib.loads((FOLDER / name).read_text(encoding="utf-8"))["case"]
]


def value(document: dict[str, Any], key: str) -> Any:
    """The value of a key; "dates.own" looks one level down, relations are (kind, symbol) rows."""
    if key == "relations":
        return [[r["kind"], r["symbol"]] for r in document["relations"] if "symbol" in r]
    first, _, rest = key.partition(".")
    return document[first].get(rest) if rest else document[first]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["id"])
def test_letterhead(case: dict[str, Any], registry: PartyRegistry) -> None:
    head = read_letterhead(case["text"], registry)
    read = as_document(head)
    read["document"]["agenda_items"] = [item.value for item in head.agenda_items]
    for key, wanted in case["expect"].items():
        assert value(read["document"], key) == wanted, f"{key}: {case['reason']}"
    for key in case.get("absent", []):
        assert not value(read["document"], key), f"{key}: {case['reason']}"
    if "parts" in case:
        found = [[part["kind"], part["sender_party"], part["date"]] for part in read["parts"]]
        assert found == case["parts"], case["reason"]


def test_a_third_of_the_cases_say_what_must_not_be_read() -> None:
    negative = [c for c in CASES if "absent" in c or c["id"] in NEGATIVE]
    assert len(negative) * 3 >= len(CASES)


NEGATIVE = {"annex-word-only", "quoted-words", "reference-line"}


def test_offsets_are_those_of_the_text(registry: PartyRegistry) -> None:
    for case in CASES:
        text = case["text"]
        letterhead = read_letterhead(text, registry)
        assert letterhead.parts[0].start == 0
        assert letterhead.parts[-1].end <= len(text)
        for symbol in letterhead.symbols:
            assert text[symbol.start : symbol.end] == symbol.value
        for part in letterhead.parts:
            assert 0 <= part.start < part.end <= len(text)
            if part.parent is not None:
                outer = letterhead.parts[part.parent]
                assert outer.start <= part.start
                assert part.end <= outer.end


@settings(max_examples=60, deadline=None)
@given(
    st.text(
        alphabet=st.sampled_from("Letter dated 3 May 2015from the\n\n ,.()[]“”:/-QUOTEUNQUOTE Annex§é"),
        max_size=600,
    )
)
def test_any_text_is_read(text: str) -> None:
    letterhead = read_letterhead(text, PartyRegistry.from_json({}))
    assert letterhead.parts[0].kind == "cover"
    assert all(0 <= date.start < date.end <= len(text) for date in letterhead.dates)
    as_document(letterhead)


def test_what_the_caller_gives_replaces_what_was_read(registry: PartyRegistry) -> None:
    letterhead = read_letterhead(CASES[0]["text"], registry)
    given_values = with_given(letterhead, date="2015-05-04", sender="Lysia", recipient="Morvia")
    assert anchor_of(given_values) == "2015-05-04"
    assert sender_of(given_values) == "Lysia"
    assert recipient_of(given_values) == "Morvia"
    assert anchor_of(letterhead) == "2015-05-03"


def test_a_date_may_be_given_where_none_is_printed(registry: PartyRegistry) -> None:
    letterhead = read_letterhead("No date here.", registry)
    assert anchor_of(letterhead) is None
    assert anchor_of(with_given(letterhead, date="1999-01")) == "1999-01"
    assert sender_of(with_given(letterhead, sender="Lysia")) == "Lysia"


def test_the_masthead_dates_a_letter_that_has_no_other_date(registry: PartyRegistry) -> None:
    text = "S/2015/90\n\nDistr.: General\n6 May 2015\n\n"
    text += "The lock was shut for nine days, and the barges waited.\n"
    letterhead = read_letterhead(text, registry)
    assert anchor_of(letterhead) == "2015-05-06"
    assert as_document(letterhead)["document"]["dates"]["own"] is None


def test_a_long_text_is_read_in_time_that_grows_with_its_length(registry: PartyRegistry) -> None:
    import time

    text = CASES[0]["text"]
    filler = (
        "The barges waited at the lock and nobody came, as the owners had foreseen (see annex). " * 40
        + "\n\n"
    )
    spent = []
    for times in (5, 20):
        began = time.process_time()
        read_letterhead(text + filler * times, registry)
        spent.append(time.process_time() - began)
    assert spent[1] < max(spent[0], 0.005) * 16


TWICE = """Letter dated 3 May 2015 from the Permanent Representative of Morvia to the United Nations addressed
to the President of the Security Council

Morven, 3 May 2015

On 5 April the lock was shut.
"""


def test_a_date_that_title_and_dateline_tell_stands_twice(registry: PartyRegistry) -> None:
    dates = read_letterhead(TWICE, registry).dates
    assert [(d.kind, d.edtf, TWICE[d.start : d.end]) for d in dates] == [
        ("own", "2015-05-03", "3 May 2015")
    ] * 2


@pytest.mark.parametrize("given_date", ["2014-05-03", "2015-05-03"])
def test_a_printed_date_stays_beside_the_one_that_is_given(registry: PartyRegistry, given_date: str) -> None:
    dates = with_given(read_letterhead(TWICE, registry), date=given_date).dates
    assert dates[0].edtf == given_date
    assert {TWICE[d.start : d.end] for d in dates if d.end} == {"3 May 2015"}


def test_a_date_above_the_title_that_differs_is_the_publishers(registry: PartyRegistry) -> None:
    read = as_document(read_letterhead("S/2015/90\n\n6 May 2015\n\n" + TWICE, registry))["document"]
    assert read["dates"] == {"own": "2015-05-03", "masthead": "2015-05-06"}


def test_line_ends_of_an_old_kind_are_line_ends(registry: PartyRegistry) -> None:
    head = read_letterhead(TWICE, registry)
    assert read_letterhead(TWICE.replace("\n", "\r"), registry) == head
    assert anchor_of(head) == "2015-05-03"
