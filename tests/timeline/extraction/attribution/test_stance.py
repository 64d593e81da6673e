"""Who says it, whose words it passes on, and how the sender stands to it: a row for each rule."""

from __future__ import annotations

from typing import Any

import pytest

from .support import attributed, claims_of, rows

CASES = rows("stance.jsonl")


@pytest.mark.parametrize("row", CASES, ids=[row["rule"] for row in CASES])
def test_stance(row: dict[str, Any]) -> None:
    claims = claims_of(row)
    found = [{"stance": c.stance, "attributed_to": attributed(c)} for c in claims]
    assert found == [{k: c[k] for k in ("stance", "attributed_to")} for c in row["claims"]]
    for want, claim in zip(row["claims"], claims, strict=True):
        # A language may count the article to the date.
        assert want["timex"] in row["text"][claim.timex_start : claim.timex_end]


def test_a_denial_is_never_read_as_an_assertion() -> None:
    refused = ("denies", "rejects-wording")
    for row in CASES:
        for want, claim in zip(row["claims"], claims_of(row), strict=True):
            assert not (want["stance"] in refused and claim.stance == "asserts"), row["text"]


def test_a_third_of_the_rows_lay_traps() -> None:
    own = [row for row in CASES if all(c["attributed_to"] is None for c in row["claims"])]
    assert len(own) * 3 >= len(CASES)
