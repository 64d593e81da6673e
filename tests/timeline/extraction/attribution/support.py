"""Parties that exist nowhere, and the shortest way from a sentence to its claims."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

from documents.letterhead import read_letterhead, with_given
from documents.parties import PartyRegistry
from timeline.extraction.claims import extract_claims
from timeline.extraction.records import ExtractedClaim, ExtractedVoice

CASES = Path(__file__).with_name("cases")


@cache
def registry() -> PartyRegistry:
    return PartyRegistry.from_json(json.loads((CASES / "parties.json").read_text(encoding="utf-8")))


def rows(name: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (CASES / name).read_text(encoding="utf-8").splitlines() if line]


def claims_of(row: dict[str, Any]) -> list[ExtractedClaim]:
    head = read_letterhead(row["text"], registry(), row["lang"])
    head = with_given(head, row["date"], row["sender"], row.get("recipient"))
    return extract_claims(row["text"], head, registry())


def innermost(claim: ExtractedClaim) -> ExtractedVoice | None:
    quoted = [v for v in claim.voices if v.role == "quoted"]
    return max(quoted, key=lambda v: v.depth, default=None)


def attributed(claim: ExtractedClaim) -> str | None:
    voice = innermost(claim)
    return (voice.party or voice.words) if voice else None
