"""Cuts a text into cells: the separate things on the lines of a letterhead.

A line whose columns are set apart by wide gaps ("Our ref: 17        4 July 2022") is several cells. Marks of
emphasis are blanked, so that offsets stay those of the text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

EMPHASIS = re.compile(r"[*#_\t\r\x0c\u00a0]")
CELL = re.compile(r"\S(?:[^\n]*?\S)?(?=\s{3,}|\s*\n|\s*\Z)")


@dataclass(frozen=True, slots=True)
class Cell:
    """One thing on a line: its words without emphasis, its offsets, its line counted from the top, its column."""

    text: str
    start: int
    end: int
    row: int
    indent: int


def cleaned(text: str) -> str:
    """The text with emphasis marks and odd white space blanked; no offset moves."""
    return EMPHASIS.sub(" ", text)


def lines(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Offsets of the lines of ``text[start:end]``, blank ones included."""
    at = start
    while at < end:
        stop = text.find("\n", at, end)
        stop = end if stop < 0 else stop
        yield at, stop
        at = stop + 1


def cells(text: str, start: int, end: int) -> list[Cell]:
    """The cells of a cleaned text's stretch, in reading order."""
    found = []
    for row, (line_start, line_end) in enumerate(lines(text, start, end)):
        at = line_start
        for piece in re.split(r"(\s{3,})", text[line_start:line_end]):
            words = piece.strip()
            if words:
                first = at + piece.index(words[0])
                found.append(Cell(words, first, first + len(words), row, first - line_start))
            at += len(piece)
    return found


def blocks(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Offsets of the paragraphs of ``text[start:end]``: runs of lines without a blank one between."""
    found: list[tuple[int, int]] = []
    first: int | None = None
    last = start
    for line_start, line_end in lines(text, start, end):
        if text[line_start:line_end].strip():
            first = line_start if first is None else first
            last = line_end
        elif first is not None:
            found.append((first, last))
            first = None
    if first is not None:
        found.append((first, last))
    return found
