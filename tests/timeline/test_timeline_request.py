"""The address of a dossier's page: what is understood, what is left out, and that it writes back the same."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest
from django.http import QueryDict
from hypothesis import given
from hypothesis import strategies as st

from timeline import models
from timeline.timeline_request import BASES, PRECISIONS, REVIEWS, STANCES, TimelineRequest, iso_day

CASES = [
    json.loads(line)
    for line in Path(__file__)
    .parent.joinpath("cases/addresses.jsonl")
    .read_text(encoding="utf-8")
    .splitlines()
]
days = st.none() | st.integers(min_value=-700_000, max_value=3_000_000)
numbers = st.lists(st.integers(min_value=0, max_value=10**16), max_size=4, unique=True).map(tuple)


def some_of(values: tuple[str, ...]) -> st.SearchStrategy[tuple[str, ...]]:
    return st.lists(st.sampled_from(values), max_size=3, unique=True).map(tuple)


requests = st.builds(
    TimelineRequest,
    first=days,
    last=days,
    parties=numbers,
    stances=some_of(STANCES),
    bases=some_of(BASES),
    letters=numbers,
    reviews=some_of(REVIEWS),
    q=st.text(max_size=60).map(lambda text: " ".join(text.replace("\x00", " ").split())),
    sort=st.sampled_from(["date", "letter", "event"]),
    page=st.integers(min_value=1, max_value=10_000),
).filter(lambda r: r.first is None or r.last is None or r.first <= r.last)


def read(query: str) -> TimelineRequest:
    return TimelineRequest.read(QueryDict(query))


@pytest.mark.parametrize("case", CASES, ids=[case["query"][:60] or "nothing" for case in CASES])
def test_an_address_is_read(case: dict) -> None:
    asked = read(case["query"])
    for name, value in case["asks"].items():
        if name in ("first", "last") and value is not None:
            value = date.fromisoformat(value).toordinal()
        found = getattr(asked, name)
        assert (list(found) if isinstance(found, tuple) else found) == value, name


@given(requests)
def test_an_address_written_back_asks_the_same(asked: TimelineRequest) -> None:
    assert read(asked.query(page=asked.page)) == asked


@given(st.text(max_size=80))
def test_no_address_is_an_error(text: str) -> None:
    for name in ("from", "to", "party", "stance", "letter", "q", "page", "sort", "claim"):
        query = QueryDict(mutable=True)
        query[name] = text
        asked = TimelineRequest.read(query)
        assert read(asked.query()) == TimelineRequest.read(QueryDict(asked.query()))


def test_what_the_canvas_alone_reads_is_kept() -> None:
    asked = read("claim=1234&known=2023-05-09&stance=denies&by=says")
    assert asked.selected == 1234
    assert asked.known == "2023-05-09"
    assert read(asked.without("stances", "denies")).kept == asked.kept
    assert "claim" not in asked.filters.query()


def test_one_filter_is_lifted_and_the_others_stay() -> None:
    asked = read("party=5&party=7&stance=denies&from=2021&q=gate")
    assert read(asked.without("parties", 5)).parties == (7,)
    assert read(asked.without("parties", 5)).stances == ("denies",)
    assert read(asked.without("q")).q == ""
    assert read(asked.without("window")).first is None


def test_another_order_begins_at_the_first_page() -> None:
    assert read(read("page=4").query(sort="letter")).page == 1


@pytest.mark.parametrize(
    ("day", "text"),
    [
        (date(2022, 6, 14).toordinal(), "2022-06-14"),
        (1, "0001-01-01"),
        (0, "0000-12-31"),
        (-366, "-0001-12-31"),
    ],
)
def test_days_are_written_as_the_address_has_them(day: int, text: str) -> None:
    assert iso_day(day) == text


def test_what_an_address_may_ask_for_is_what_claims_may_hold() -> None:
    """Filters, kept traits and the database's constraints name the same values, in the same order."""
    assert (STANCES, BASES, PRECISIONS) == (models.STANCES, models.BASES, models.PRECISIONS)
    assert set(REVIEWS) == {*models.REVIEW_STATES, "curated"}


def test_of_a_list_that_is_too_long_whole_numbers_are_kept() -> None:
    """Cut in the middle, a lane's number would be another lane's."""
    lanes = [str(10**15 + n) for n in range(150)]
    asked = TimelineRequest.read(QueryDict("hide=" + ",".join(lanes)))
    kept = dict(asked.kept)["hide"].split(",")
    assert kept == lanes[: len(kept)]
    assert len(kept) > 100
