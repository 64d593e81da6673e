"""Claims of whole letters: found, dated, voiced, joined; and how fast text becomes claims."""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from documents.letterhead import anchor_of, as_document, read_letterhead
from documents.parties import PartyRegistry
from documents.records import Letterhead
from timeline.extraction.claims import extract_claims
from timeline.extraction.edtf import bounds
from timeline.extraction.events import LetterClaims, find_events
from timeline.management.claim_lines import claim_line

SHARED = Path(__file__).resolve().parents[2] / "shared"
# Of each set of letters: its file of names, and what the simplest peer reaches (the sender asserts all; equal
# dates are one act).
SETS: dict[str, tuple[str | None, dict[str, str]]] = {
    "letters": (
        None,
        {"asserted_by_accuracy": "99 %", "attributed_to_f1": "0", "stance_macro_f1": ".18", "same_f1": ".59"},
    ),
    "letters-made": (
        "parties.json",
        {"asserted_by_accuracy": "88 %", "attributed_to_f1": "0", "stance_macro_f1": ".11", "same_f1": ".50"},
    ),
}
MEASURES = {
    "recall": "claims found",
    "precision": "found that are claims",
    "date_accuracy": "date right",
    "asserted_by_accuracy": "asserted by",
    "attributed_to_f1": "attributed to, F1",
    "stance_macro_f1": "stance, macro F1",
    "same_f1": "one act, pairwise F1",
}
RUNS = 3


def main() -> str:
    """Return a table for each set of letters that lies beside the project."""
    parts = [_set(name, parties, peers) for name, (parties, peers) in SETS.items()]
    return "\n\n".join(parts)


def _set(name: str, parties: str | None, peers: dict[str, str]) -> str:
    folder = SHARED / name
    if not folder.is_dir():
        return f"`../shared/{name}/` is not there; nothing was measured on it."
    registry = PartyRegistry.builtin()
    if parties:
        registry = PartyRegistry.from_json(json.loads((folder / parties).read_text(encoding="utf-8")))
    texts = {
        path.stem: path.read_bytes().decode("utf-8")
        for path in sorted(folder.glob("*.txt"))
        if (folder / "gold" / f"{path.stem}.json").exists()
    }
    answers = _answers(texts, registry)
    figures = _scored(folder, answers)
    speed = _speed(texts, registry)
    rows = [
        f"| {title} | {peers.get(key, '–')} | {figures[key]:.3f} |"
        for key, title in MEASURES.items()
        if figures.get(key) is not None
    ]
    head = f"`../shared/{name}/`, {len(texts)} letters, {figures['gold_claims']} claims\n\n"
    table = "| measure | simplest peer | here |\n| --- | --- | --- |\n" + "\n".join(rows)
    return f"{head}{table}\n| characters a second, one core | – | {speed:,.0f} |"


def _answers(texts: dict[str, str], registry: PartyRegistry) -> list[dict[str, Any]]:
    heads = {key: read_letterhead(text, registry) for key, text in texts.items()}
    found = {key: extract_claims(text, heads[key], registry) for key, text in texts.items()}
    answers = [
        {
            "letter": key,
            **as_document(heads[key]),
            "claims": [claim_line(claim, text) for claim in found[key]],
        }
        for key, text in texts.items()
    ]
    letters = [
        LetterClaims(key, text, heads[key].language, _parties(heads[key]), found[key], _written(heads[key]))
        for key, text in texts.items()
    ]
    for number, event in enumerate(find_events(letters)):
        for letter, claim in event.accounts:
            answers[letter]["claims"][claim]["same"] = number
    return answers


def _parties(head: Letterhead) -> frozenset[str]:
    return frozenset(c.party for c in head.correspondents if c.party and c.role != "signatory")


def _written(head: Letterhead) -> int | None:
    """Return the day number of a letter's own date."""
    own = anchor_of(head)
    return bounds(own)[0] if own else None


def _scored(folder: Path, answers: list[dict[str, Any]]) -> dict[str, Any]:
    """Return the figures of the scorer that lies with the letters."""
    with tempfile.NamedTemporaryFile("w", suffix=".jsonl", encoding="utf-8") as file:
        file.writelines(json.dumps(answer, ensure_ascii=False) + "\n" for answer in answers)
        file.flush()
        command = [
            sys.executable,
            str(SHARED / "letters" / "score.py"),
            str(folder / "gold"),
            file.name,
            "--json",
            f"--same={folder / 'same.json'}",
        ]
        done = subprocess.run(command, capture_output=True, text=True, check=True)
    figures: dict[str, Any] = json.loads(done.stdout)
    return figures.get("summary", figures)


def _speed(texts: dict[str, str], registry: PartyRegistry) -> float:
    """Return characters a second from text to claims, the best of a few runs."""
    characters = sum(map(len, texts.values()))
    best = 0.0
    for _ in range(RUNS):
        start = time.process_time()
        for text in texts.values():
            extract_claims(text, read_letterhead(text, registry), registry)
        best = max(best, characters / (time.process_time() - start))
    return best


if __name__ == "__main__":
    print(main())
