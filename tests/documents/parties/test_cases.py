"""Case files: who a phrase speaks for, and who is named in a text; a third and more of them name nobody."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from documents.parties import PartyRegistry

CASES = Path(__file__).with_name("cases")
REGISTRY = PartyRegistry.builtin()


def rows(name: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (CASES / name).read_text(encoding="utf-8").splitlines()]


@pytest.mark.parametrize("case", rows("resolve.jsonl"), ids=lambda case: case["id"])
def test_resolve(case: dict[str, Any]) -> None:
    found = REGISTRY.resolve(case["words"], case["language"], case.get("year"))
    assert found == case["expect"], case["reason"]


@pytest.mark.parametrize("case", rows("find.jsonl"), ids=lambda case: case["id"])
def test_find(case: dict[str, Any]) -> None:
    found = REGISTRY.find(case["text"], language=case["language"], year=case.get("year"))
    assert [mention.party for mention in found] == case["expect"], case["reason"]
    assert all(case["text"][m.start : m.end] == m.words for m in found)


@pytest.mark.parametrize("case", rows("succession.jsonl"), ids=lambda case: f"{case['words']} {case['year']}")
def test_who_bore_a_name_in_a_year(case: dict[str, Any]) -> None:
    assert REGISTRY.resolve(case["words"], case["language"], case["year"]) == case["expect"]


@pytest.mark.parametrize("name", ["resolve.jsonl", "find.jsonl"])
def test_a_third_of_the_cases_name_nobody(name: str) -> None:
    cases = rows(name)
    assert sum(case["id"].startswith("no-") for case in cases) * 3 >= len(cases)
    assert len({case["id"] for case in cases}) == len(cases)
