"""Paragraphs of a text that was read, and the last checks before it may be stored."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from operator import itemgetter

from documents.records import ReadPassage, ReadText

from .limits import Limits, UnreadableFile

Blocks = list[tuple[int | None, str]]


@dataclass(frozen=True, slots=True)
class Read:
    """What a format's reader gives: text by page (None where there are none), remarks, how many pages."""

    blocks: Blocks
    remarks: tuple[str, ...] = ()
    pages: int | None = None
    # Where within a block another page begins: the block, the offset in it, the page.
    turns: tuple[tuple[int, int, int], ...] = ()


# Atomic groups: a carriage return and its line feed are one end of line, never two.
_BREAK = re.compile(r"(?>\r\n|\n|\r)[ \t\u00a0]*+(?:(?>\r\n|\n|\r)[ \t\u00a0]*+)+|\f")
_BETWEEN = "\n\n"


def with_passages(read: Read, name: str, limits: Limits) -> ReadText:
    """Return the text of blocks with its passages.

    A single block is taken exactly as it is, several are joined by a blank line. Raises UnreadableFile where
    there is no text, or too much.
    """
    blocks = read.blocks
    text = blocks[0][1] if len(blocks) == 1 else _BETWEEN.join(block for _, block in blocks)
    if "\x00" in text:
        raise UnreadableFile(f"{name}: not stored. The text holds zero bytes. Save it as plain UTF-8 text.")
    if len(text) > limits.characters:
        raise UnreadableFile(
            f"{name}: not stored. It has {len(text):,} characters, and {limits.characters:,} is the most. "
            "Split it."
        )
    # Lone surrogates cannot be stored; they come from damaged files only.
    text = text.encode("utf-8", "replace").decode("utf-8")
    pages = _page_starts(read)
    spans = _paragraphs(text)
    if not spans:
        raise UnreadableFile(f"{name}: not stored. There is no text in it.")
    passages = tuple(
        ReadPassage(number, _page_at(pages, start), start, end, _turns(pages, start, end))
        for number, (start, end) in enumerate(spans, 1)
    )
    return ReadText(text, passages, read.pages, read.remarks)


def _paragraphs(text: str) -> list[tuple[int, int]]:
    spans: list[tuple[int, int]] = []
    start = 0
    for gap in [*_BREAK.finditer(text), None]:
        end = gap.start() if gap else len(text)
        first, last = start, end
        while first < last and text[first].isspace():
            first += 1
        while last > first and text[last - 1].isspace():
            last -= 1
        if first < last:
            spans.append((first, last))
        start = gap.end() if gap else end
    return spans


def _page_starts(read: Read) -> list[tuple[int, int]]:
    """Return (offset, page) of each block that has a page, and of each page that begins within a block."""
    starts, offset, begins = [], 0, []
    for page, block in read.blocks:
        begins.append(offset)
        if page is not None:
            starts.append((offset, page))
        offset += len(block) + len(_BETWEEN)
    inside = [
        (begins[block] + at, page)
        for block, at, page in read.turns
        if 0 <= block < len(begins) and 0 < at < len(read.blocks[block][1])
    ]
    return sorted([*starts, *inside])


def _turns(pages: list[tuple[int, int]], start: int, end: int) -> tuple[tuple[int, int], ...]:
    """Return the offsets at which another page begins within a stretch of text, and which."""
    return tuple((offset, page) for offset, page in pages if start < offset < end)


def _page_at(pages: list[tuple[int, int]], offset: int) -> int | None:
    before = bisect_right(pages, offset, key=itemgetter(0))
    return pages[before - 1][1] if before else None
