"""Letterheads against letters whose date, sender, recipient and parts are known, beside plain patterns.

The texts and their judges stand in ``../shared`` and are no part of this repository; the pattern baseline is
the judge's own. Speed is processor time of one core, letterhead and parts of a letter together.
"""

from __future__ import annotations

import importlib.util
import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from documents.letterhead import as_document, link_relations, read_letterhead
from documents.parties import PartyRegistry

SHARED = Path(__file__).resolve().parents[2] / "shared"
FRUS_ROWS = ("date exact", "sender", "recipient", "place")
MADE_ROWS = (
    ("senders_f1", ".95"), ("recipients_f1", ".95"), ("symbols_f1", ".95"), ("date_own_accuracy", "95 %"),
    ("date_masthead_accuracy", "95 %"), ("date_foot_accuracy", "95 %"), ("date_received_accuracy", "95 %"),
    ("parts_f1", ".95"), ("parts_boundaries_accuracy", ".95"), ("parts_sender_accuracy", ".95"),
    ("parts_date_accuracy", ".95"), ("relations_f1", ".90"), ("links_f1", ".90"), ("place_accuracy", "–"),
    ("sender_office_accuracy", "–"), ("recipient_office_accuracy", "–"), ("recipient_person_accuracy", "–"),
)  # fmt: skip
AIMS = {
    "hard": {"date exact": "95 %"},
    "restyled": {"date exact": "96 %", "place": "90 %", "sender": "88 %"},
    "letters": {"date exact": "99.4 %", "sender": "99.0 %", "recipient": "98.4 %", "place": "99.3 %"},
}
Rows = list[list[str]]


def main() -> str:
    """Return the section: accuracy beside the pattern baseline, and letters a second."""
    if not SHARED.is_dir():
        return "Not measured: the measuring texts (`../shared`) were not there."
    with tempfile.TemporaryDirectory() as folder:
        work = Path(folder)
        return "\n\n".join([_frus(work), _folder("letters", work), _made(work), _speed()])


def _table(head: Iterable[str], rows: Rows) -> str:
    lines = [list(head), ["---"] * len(list(head)), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def _run(*arguments: object) -> str:
    command = [sys.executable, *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout


def _letters(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def _written(path: Path, rows: Iterable[dict[str, Any]]) -> Path:
    path.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), encoding="utf-8")
    return path


def _frus(work: Path) -> str:
    frus = SHARED / "frus"
    styled = work / "restyled.jsonl"
    _run(frus / "restyle.py", frus / "letters.jsonl", styled)
    rows: Rows = []
    for name, path in (
        ("hard", frus / "hard.jsonl"), ("restyled", styled), ("letters", frus / "letters.jsonl")
    ):  # fmt: skip
        ours = _written(work / f"{name}.pred.jsonl", (_frus_line(letter) for letter in _letters(path)))
        measured = _shares(_run(frus / "score.py", path, ours))
        baseline = _shares(_run(frus / "score.py", path, "--baseline"))
        rows += [
            [name, row, baseline[row], measured[row], AIMS[name].get(row, "–")]
            for row in FRUS_ROWS
            if row in measured
        ]
    return "Diplomatic letters of 1861 to 1981 (`frus`):\n\n" + _table(
        ("set", "value", "patterns", "Claimline", "aim"), rows
    )


def _frus_line(letter: dict[str, Any]) -> dict[str, Any]:
    """What is predicted: offices and persons, as that set names its correspondents; else the party."""
    said = as_document(read_letterhead(letter["text"], PartyRegistry.builtin()))["document"]

    def who(side: str, party: str) -> str | None:
        words = [said[f"{side}_office"], said[f"{side}_person"]]
        return " ".join(word for word in words if word) or said[party]

    return {
        "id": letter["id"],
        "date": said["date"],
        "from": who("sender", "sender_party"),
        "to": who("recipient", "recipient"),
        "place": said["place"],
    }


def _shares(report: str) -> dict[str, str]:
    """The rows of the judge's report: what is measured, and "98.8 % (81 of 82)"."""
    found = {}
    for line in report.splitlines()[1:]:
        name, _, rest = line.strip().partition("  ")
        found[name] = " ".join(rest.split())
    return found


def _predicted(folder: Path, registry: PartyRegistry, path: Path) -> Path:
    texts = {gold.stem: folder / f"{gold.stem}.txt" for gold in sorted((folder / "gold").glob("*.json"))}
    heads = {key: read_letterhead(path.read_bytes().decode("utf-8"), registry) for key, path in texts.items()}
    links = link_relations(heads)
    lines = []
    for key, head in heads.items():
        line: dict[str, Any] = {"letter": key, **as_document(head), "claims": []}
        line["document"]["relations"] += [{"kind": kind, "letter": other} for kind, other in links[key]]
        lines.append(line)
    return _written(path, lines)


def _document_fields(folder: Path, predicted: Path) -> Rows:
    report = json.loads(_run(SHARED / "letters" / "score.py", folder / "gold", predicted, "--json"))
    fields = {"document fields": report["document_accuracy"], **report["document_fields"]}
    aims = {"document fields": "95 %"}
    return [
        [name, f"{100 * value:.1f} %", aims.get(name, "–")]
        for name, value in fields.items()
        if value is not None
    ]


def _folder(name: str, work: Path) -> str:
    folder = SHARED / name
    predicted = _predicted(folder, PartyRegistry.builtin(), work / f"{name}.jsonl")
    rows = _document_fields(folder, predicted)
    return f"Letters, notes and telegrams of 1870 to 2024 (`{name}`):\n\n" + _table(
        ("value", "Claimline", "aim"), rows
    )


def _made(work: Path) -> str:
    folder = SHARED / "letters-made"
    names = json.loads((folder / "parties.json").read_text(encoding="utf-8"))
    predicted = _predicted(folder, PartyRegistry.from_json(names), work / "made.jsonl")
    report = json.loads(_run(folder / "score_document.py", folder / "gold", predicted, "--json"))
    rows = _document_fields(folder, predicted)
    rows += [[name, _figure(name, report.get(name)), aim] for name, aim in MADE_ROWS if name in report]
    return "Symbols, joint and identical letters, annexes, corrigenda (`letters-made`):\n\n" + _table(
        ("value", "Claimline", "aim"), rows
    )


def _figure(name: str, value: float | None) -> str:
    if value is None:
        return "–"
    return f"{value:.3f}" if name.endswith("_f1") else f"{100 * value:.1f} %"


def _speed() -> str:
    letters = _letters(SHARED / "frus" / "letters.jsonl")
    registry = PartyRegistry.builtin()
    judge = _judge()
    rows: Rows = [
        ["patterns (date, heading)", _per_second(letters, judge.baseline), "–"],
        ["Claimline (all of the letterhead, parts)",
         _per_second(letters, lambda letter: read_letterhead(letter["text"], registry)), "300"],
    ]  # fmt: skip
    return f"Speed on {len(letters)} letters of {_mean(letters):,} characters:\n\n" + _table(
        ("reader", "letters a second, one core", "aim"), rows
    )


def _mean(letters: list[dict[str, Any]]) -> int:
    return sum(len(letter["text"]) for letter in letters) // len(letters)


def _per_second(letters: list[dict[str, Any]], read: Callable[[dict[str, Any]], Any]) -> str:
    read(letters[0])
    best = min(_seconds(letters, read) for _ in range(3))
    return f"{len(letters) / best:,.0f}"


def _seconds(letters: list[dict[str, Any]], read: Callable[[dict[str, Any]], Any]) -> float:
    start = time.process_time()
    for letter in letters:
        read(letter)
    return time.process_time() - start


def _judge() -> Any:
    path = SHARED / "frus" / "score.py"
    spec = importlib.util.spec_from_file_location("frus_score", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module
