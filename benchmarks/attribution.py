"""Who says what: constructions of diplomatic letters, and attributions in newspaper articles."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from documents.letterhead import read_letterhead, with_given
from documents.parties import PartyRegistry
from timeline.extraction.attribution.scan import Scan
from timeline.extraction.claims import extract_claims
from timeline.management.claim_lines import claim_line

SHARED = Path(__file__).resolve().parents[2] / "shared" / "attribution"
REFUSED = ("denies", "rejects-wording")
# What the simplest peers reach: of the constructions, rules over spaCy's parse; of the articles, the same.
PEERS = {"attributed_to_others": ".48", "own_voice": ".94"}
ARTICLE_PEERS = {"linked": ".44", "accuracy": ".47", "right_when_answered": ".84", "own_voice": ".93"}


def main() -> str:
    """Return the tables of the constructions and, where their texts are at hand, of the articles."""
    if not SHARED.is_dir():
        return "`../shared/attribution/` is not there; nothing was measured."
    return "\n\n".join((_constructions(), _articles()))


def _constructions() -> str:
    rows = [json.loads(line) for line in (SHARED / "constructions.jsonl").read_text("utf-8").splitlines()]
    registry = PartyRegistry.from_json(json.loads((SHARED / "parties.json").read_text("utf-8")))
    answers = [{"id": row["id"], "claims": _claims(row, registry)} for row in rows]
    figures = json.loads(_score("claims", str(SHARED / "constructions.jsonl"), answers))
    worst = sum(_asserted(row, answer) for row, answer in zip(rows, answers, strict=True))
    table = [
        f"| found, F1 | – | {figures['found']['F1']:.3f} |",
        f"| EDTF | – | {figures['edtf']:.3f} |",
        f"| others' words | {PEERS['attributed_to_others']} | {figures['attributed_to_others']:.3f} |",
        f"| own voice | {PEERS['own_voice']} | {figures['own_voice']:.3f} |",
        f"| stance | – | {figures['stance']:.3f} |",
        f"| *asserts* where it is denied or refused | – | {worst} |",
    ]
    head = f"`constructions.jsonl`, {len(rows)} rows in English, French and Spanish\n\n"
    return head + "| measure | simplest peer | here |\n| --- | --- | --- |\n" + "\n".join(table)


def _claims(row: dict[str, Any], registry: PartyRegistry) -> list[dict[str, Any]]:
    head = read_letterhead(row["text"], registry, row["lang"])
    head = with_given(head, row["letter_date"], row["sender"], row.get("addressee"))
    return [claim_line(claim, row["text"]) for claim in extract_claims(row["text"], head, registry)]


def _asserted(row: dict[str, Any], answer: dict[str, Any]) -> int:
    """Return how many claims are read as asserted that the sender denies or whose wording it refuses."""
    refused = [c["timex"] for c in row["claims"] if c["stance"] in REFUSED]
    said = [c["timex"] for c in answer["claims"] if c["stance"] == "asserts"]
    return sum(any(timex in other or other in timex for other in said) for timex in refused)


def _articles() -> str:
    path = Path(os.environ.get("CLAIMLINE_POLNEAR", SHARED / "polnear-dev.jsonl"))
    if not path.is_file():
        return (
            "The texts of PolNeAR are not at hand (`CLAIMLINE_POLNEAR` names their file, which "
            "`../shared/attribution/polnear.py` makes); nothing was measured on them."
        )
    documents = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    start = time.process_time()
    answers = [{"doc": d["doc"], "attributions": _spans(d["text"])} for d in documents]
    speed = sum(len(d["text"]) for d in documents) / (time.process_time() - start)
    figures = json.loads(
        _score("spans", str(SHARED / "polnear-dev.gold.jsonl"), answers, "--texts", str(path), "--json")
    )
    sentence = figures["sentence"]
    right = sentence["right_when_answered"]
    table = [
        f"| linked, F1 | {ARTICLE_PEERS['linked']} | {figures['linked']['F1']:.3f} |",
        f"| source of sentence | {ARTICLE_PEERS['accuracy']} | {sentence['accuracy']:.3f} |",
        f"| right if answered | {ARTICLE_PEERS['right_when_answered']} | {right:.3f} |",
        f"| own voice | {ARTICLE_PEERS['own_voice']} | {sentence['own_voice']:.3f} |",
        f"| characters a second, one core | – | {speed:,.0f} |",
    ]
    head = f"PolNeAR dev, {len(documents)} newspaper articles\n\n"
    return head + "| measure | spaCy rules | here |\n| --- | --- | --- |\n" + "\n".join(table)


def _spans(text: str) -> list[dict[str, list[list[int]]]]:
    return [
        {role: [list(span) for span in getattr(found, role)] for role in ("source", "cue", "content")}
        for found in Scan(text, "en").all()
    ]


def _score(mode: str, gold: str, answers: list[dict[str, Any]], *more: str) -> str:
    with tempfile.NamedTemporaryFile("w", suffix=".jsonl", encoding="utf-8") as file:
        file.writelines(json.dumps(answer, ensure_ascii=False) + "\n" for answer in answers)
        file.flush()
        command = [sys.executable, str(SHARED / "score.py"), mode, gold, file.name, *more]
        return subprocess.run(command, capture_output=True, text=True, check=True).stdout


if __name__ == "__main__":
    print(main())
