"""The small reader of one date, case by case."""

import datetime
import itertools
import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from documents.letterhead import find_dates
from documents.letterhead.dates import edtf_of, number_of

CASES = Path(__file__).parent / "cases"


def rows(name: str) -> list[dict]:
    return [json.loads(line) for line in (CASES / name).read_text(encoding="utf-8").splitlines()]


@pytest.mark.parametrize("case", rows("dates.jsonl"), ids=lambda case: case["id"])
def test_dates_with_a_year(case: dict) -> None:
    assert [date.edtf for date in find_dates(case["text"])] == case["expect"], case["reason"]


@pytest.mark.parametrize("case", rows("own_month.jsonl"), ids=lambda case: case["id"])
def test_dates_that_hang_on_the_letter(case: dict) -> None:
    assert [date.edtf for date in find_dates(case["text"], own=(1871, 6))] == case["expect"], case["reason"]


def test_a_third_of_the_cases_are_negative() -> None:
    cases = rows("dates.jsonl")
    assert sum(not case["expect"] for case in cases) * 3 >= len(cases)


@given(st.dates(min_value=datetime.date(1400, 1, 1), max_value=datetime.date(2099, 12, 31)))
def test_every_printed_day_is_read(day: datetime.date) -> None:
    for shown in (f"{day.day} {day:%B} {day.year}", f"{day:%B} {day.day}, {day.year}", day.isoformat()):
        found = find_dates(f"Lyss, {shown}.")
        assert [date.edtf for date in found] == [day.isoformat()]
        assert f"Lyss, {shown}."[found[0].start : found[0].end] == shown


@given(st.text(max_size=300))
def test_any_text_gives_ordered_dates_inside_it(text: str) -> None:
    found = find_dates(text, own=(1999, 12))
    assert all(0 <= date.start < date.end <= len(text) for date in found)
    assert all(a.end <= b.start for a, b in itertools.pairwise(found))


@pytest.mark.parametrize(
    ("words", "value"),
    [
        ("nineteen hundred and five", 1905),
        ("mil neuf cent quatre-vingt-dix-sept", 1997),
        ("mil ochocientos setenta y uno", 1871),
        ("eighteen seventy-one", 1871),
        ("seventeen", 17),
        ("barge", None),
    ],
)
def test_number_words(words: str, value: int | None) -> None:
    assert number_of(words) == value


def test_a_day_that_does_not_exist_has_no_value() -> None:
    assert edtf_of(1990, 2, 30) is None
    assert edtf_of(1990, 13) is None
    assert edtf_of(1990, 2) == "1990-02"
