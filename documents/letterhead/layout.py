"""Cuts a text into cells: the separate things on the lines of a letterhead.

A line whose columns are set apart by wide gaps ("Our ref: 17        4 July 2022") is several cells. Marks of
emphasis are blanked, so that offsets stay those of the text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

EMPHASIS = re.compile(r"[*#_\t\r\x0c\u00a0]")
EDITED = re.compile(r"(?<!\w)\[(\w{1,10})\](?!\w)")
GAP = re.compile(r"([ \t\u00a0]{3,})")


# A line as long as this is running text; the letterhead ends there.
PROSE = 160


@dataclass(frozen=True, slots=True)
class Cell:
    """One thing on a line: words without emphasis, offsets, line from the top, column."""

    text: str
    start: int
    end: int
    row: int
    indent: int


def cleaned(text: str) -> str:
    """The text with emphasis, brackets in dates and odd white space blanked; no offset moves."""
    return EDITED.sub(r" \1 ", EMPHASIS.sub(" ", text))


def lines(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Offsets of the lines of ``text[start:end]``, blank ones included."""
    at = start
    while at < end:
        stop = text.find("\n", at, end)
        stop = end if stop < 0 else stop
        yield at, stop
        at = stop + 1


def cells(text: str, clean: str, start: int, end: int) -> list[Cell]:
    """The cells of a stretch in reading order: gaps of the text, words of the cleaned text."""
    found = []
    for row, (line_start, line_end) in enumerate(lines(text, start, end)):
        at = line_start
        for piece in GAP.split(text[line_start:line_end]):
            shown = clean[at : at + len(piece)]
            words = shown.strip()
            if words:
                first = at + len(shown) - len(shown.lstrip())
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


def is_prose(words: str) -> bool:
    """A line of running text: long, or a sentence that ends in a full stop."""
    if len(words) > PROSE:
        return True
    return len(words) > 60 and words.endswith((".", ",")) and len(re.findall(r"\b[a-zé]{2,}\b", words)) > 7
