"""A report of what a reading would change, as rows that a person can accept or decline."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from timeline.decision_words import Line, lines_of
from timeline.recording import Change, RecordingReport

SHOWN = ("edtf", "modifier", "basis", "stance", "modality", "voices", "review_state")


@dataclass(frozen=True, slots=True)
class Row:
    """One claim that a reading would change; ``kept``: a person decided on it, and it changes only if
    asked to.
    """

    key: int | None
    kind: str
    quote: str
    kept: bool
    fields: list[Line]
    place: str = ""

    @property
    def sent(self) -> str:
        """Return the claim's key as a form sends it."""
        return str(self.key)


def rows_of(report: RecordingReport) -> list[Row]:
    """Return a row for each claim that would change in what people see."""
    rows = [Row(c.claim, c.kind, c.quote, c.kept, _fields(c), place_said(c.timex)) for c in report.changes]
    return [row for row in rows if row.fields]


def mark_of(rows: list[Row]) -> str:
    """Return a short mark of what would change: another where anything in it is another."""
    said = [(row.key, row.place, row.quote, row.kept, row.fields) for row in rows]
    return hashlib.sha256(repr(said).encode()).hexdigest()[:16]


def place_said(timex: tuple[int, int] | None) -> str:
    """Return the place of time words as a form sends it; empty for none."""
    return f"{timex[0]}-{timex[1]}" if timex else ""


def places_read(values: list[str]) -> set[tuple[int, int]]:
    """Return the places that a form sent; what is none is left out."""
    pairs = [value.split("-") for value in values]
    return {
        (int(pair[0]), int(pair[1]))
        for pair in pairs
        if len(pair) == 2 and all(part.isascii() and part.isdecimal() and len(part) < 10 for part in pair)
    }


def _fields(change: Change) -> list[Line]:
    shown = {name: list(change.fields[name]) for name in SHOWN if name in change.fields}
    return lines_of(shown, {})
