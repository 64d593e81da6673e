"""Dates that are no claims: the letter's own, and those that say nothing of what happened."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.timeline.extraction.attribution.support import claims_of

CASES = Path(__file__).with_name("cases") / "left_out.jsonl"
ROWS: list[dict[str, Any]] = [json.loads(line) for line in CASES.read_text(encoding="utf-8").splitlines()]


@pytest.mark.parametrize("row", ROWS, ids=[row["rule"] for row in ROWS])
def test_left_out(row: dict[str, Any]) -> None:
    text = row["text"]
    claims = claims_of({"sender": "Veldania", "date": "2021-06-20", **row})
    assert [text[c.timex_start : c.timex_end] for c in claims] == row["dates"]


def test_a_third_of_the_rows_keep_their_dates() -> None:
    assert sum(bool(row["dates"]) for row in ROWS) * 3 >= len(ROWS)
