"""Sentences with the dates that a reader finds in them, and with what only looks like one."""

import json
from pathlib import Path

import pytest

from timeline.extraction.dates import find_dates

CASES = Path(__file__).parent / "cases"
TUNED = ("en", "fr", "es")
FURTHER = ("de", "it", "pt", "ru", "uk", "ar", "zh", "tr", "hy", "az")


def rows(language: str) -> list[dict]:
    lines = (CASES / f"{language}.jsonl").read_text(encoding="utf-8").splitlines()
    return [{**json.loads(line), "language": language} for line in lines]


def claims_of(text: str, language: str, date: str | None) -> list[list[str]]:
    """Return words, EDTF and basis of what may date a claim."""
    found = find_dates(text, language, date)
    return [
        [text[e.claim_start : e.claim_end], e.claim_edtf, e.basis]
        for e in found
        if e.claim_edtf and not e.continues
    ]


@pytest.mark.parametrize(
    "case", [row for language in TUNED for row in rows(language)], ids=lambda c: f"{c['language']}-{c['id']}"
)
def test_the_dates_of_a_sentence(case: dict) -> None:
    assert claims_of(case["text"], case["language"], case["date"]) == case["expect"], case["reason"]


@pytest.mark.parametrize("case", rows("values"), ids=lambda c: c["id"])
def test_the_values_of_what_dates_no_claim(case: dict) -> None:
    found = find_dates(case["text"], case["lang"], "2023-05-09")
    assert [[e.text, e.value] for e in found] == case["expect"], case["reason"]
    assert not any(e.claim_edtf for e in found)


@pytest.mark.parametrize("case", rows("values_en"), ids=lambda c: c["id"])
def test_the_values_of_expressions_that_date_no_claim(case: dict) -> None:
    found = find_dates(case["text"], "en", case["date"])
    assert [[e.text, e.type, e.value] for e in found if not e.claim_edtf] == case["expect"], case["reason"]


def test_a_third_of_the_values_are_traps() -> None:
    cases = rows("values_en")
    assert sum(not case["expect"] for case in cases) * 3 >= len(cases)


@pytest.mark.parametrize("language", FURTHER)
def test_explicit_dates_of_a_further_language(language: str) -> None:
    wrong = []
    for case in rows(language):
        found = [e.claim_edtf for e in find_dates(case["text"], language, "2023-05-09")]
        if found != case["expect"]:
            wrong.append((case["id"], case["text"], found, case["expect"]))
    assert wrong == []


@pytest.mark.parametrize("language", [*TUNED, *FURTHER, "values"])
def test_a_third_of_the_cases_are_traps(language: str) -> None:
    cases = rows(language)
    assert sum(not case["expect"] for case in cases) * 3 >= len(cases)
    assert len({case["id"] for case in cases}) == len(cases)


@pytest.mark.parametrize("language", FURTHER)
def test_a_further_language_has_sixty_cases(language: str) -> None:
    assert len(rows(language)) >= 60
