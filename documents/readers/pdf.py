"""A PDF with text: its lines page by page, without running headers and footers, joined to paragraphs.

A line is a running header or footer where its height on the page and its text, digits replaced by #, come back
on most pages. A word broken by a hyphen at a line's end is joined. A new paragraph begins where the gap between
lines is wider than usual, where a line is indented, or where the line before ends early with a stop.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from statistics import median
from typing import Any

import pypdfium2 as pdfium  # type: ignore[import-untyped]

from .child import CannotRead

_SAME_HEIGHT = 2.0
_WIDE_GAP = 1.2
_EARLY_END = 0.8


@dataclass(slots=True)
class Line:
    """One line of a page, in points from the page's lower left corner."""

    text: str
    left: float
    right: float
    bottom: float
    top: float


def read_pdf(data: bytes, most_pages: int) -> dict[str, Any]:
    """Return blocks of (page, text) and remarks; raises CannotRead."""
    try:
        document = pdfium.PdfDocument(data)
    except pdfium.PdfiumError as error:
        raise CannotRead("encrypted" if "password" in str(error).lower() else "damaged") from None
    if len(document) > most_pages:
        raise CannotRead("pages")
    if len(document) == 0:
        raise CannotRead("damaged")
    try:
        pages = [_lines(document[i]) for i in range(len(document))]
    except pdfium.PdfiumError:
        raise CannotRead("damaged") from None
    if not any(pages):
        raise CannotRead("pictures")
    kept, dropped = _without_running_lines(pages)
    remarks = []
    if dropped:
        remarks.append(f"Running headers and footers were left out: {'; '.join(sorted(dropped))}.")
    return {"blocks": _blocks(kept), "remarks": remarks}


def _lines(page: Any) -> list[Line]:
    """Return a page's lines from top to bottom, pieces at one height put together."""
    text_page = page.get_textpage()
    pieces: list[Line] = []
    for i in range(text_page.count_rects()):
        left, bottom, right, top = text_page.get_rect(i)
        text = text_page.get_text_bounded(left - 0.1, bottom - 0.1, right + 0.1, top + 0.1)
        text = re.sub(r"\s+", " ", text.replace("\x02", "-").replace("\ufffe", "-").replace("\x00", "")).strip()
        if text:
            pieces.append(Line(text, left, right, bottom, top))
    pieces.sort(key=lambda p: (-(p.top + p.bottom) / 2, p.left))
    lines: list[Line] = []
    for piece in pieces:
        last = lines[-1] if lines else None
        middle = (piece.top + piece.bottom) / 2
        if last and last.bottom <= middle <= last.top and piece.left >= last.right - 3:
            gap = " " if piece.left - last.right > 0.5 and not last.text.endswith(" ") else ""
            last.text += gap + piece.text
            last.right = max(last.right, piece.right)
            last.bottom, last.top = min(last.bottom, piece.bottom), max(last.top, piece.top)
        else:
            lines.append(piece)
    return lines


def _without_running_lines(pages: list[list[Line]]) -> tuple[list[list[Line]], set[str]]:
    """Return the pages without what runs through them, and the texts left out.

    With two pages both must bear it, with more at least six in ten; only a page's outer three lines are asked.
    """
    if len(pages) < 2:
        return pages, set()

    def key(line: Line) -> tuple[str, int]:
        return re.sub(r"\d+", "#", line.text), round((line.top + line.bottom) / 2 / _SAME_HEIGHT)

    def outer(lines: list[Line]) -> list[Line]:
        return lines[:3] + lines[3:][-3:]

    counts: Counter[tuple[str, int]] = Counter()
    for lines in pages:
        near = {(t, h + d) for t, h in map(key, outer(lines)) for d in (-1, 0, 1)}
        counts.update(near)
    needed = max(2, -(-len(pages) * 6 // 10))
    kept, dropped = [], set()
    for lines in pages:
        edge = {id(line) for line in outer(lines)}
        running = {id(line) for line in lines if id(line) in edge and counts[key(line)] >= needed}
        dropped |= {line.text for line in lines if id(line) in running}
        kept.append([line for line in lines if id(line) not in running])
    return kept, dropped


def _blocks(pages: list[list[Line]]) -> list[tuple[int, str]]:
    """Return (page, text): paragraphs by blank lines; a sentence that runs over a page's end stays whole."""
    blocks: list[tuple[int, str]] = []
    for number, lines in enumerate(pages, 1):
        for at, paragraph in enumerate(_paragraphs(lines)):
            text = _joined(paragraph)
            if at == 0 and blocks and _goes_on(blocks[-1][1], text):
                page, before = blocks[-1]
                blocks[-1] = (page, _join(before, text))
            else:
                blocks.append((number, text))
    return blocks


def _paragraphs(lines: list[Line]) -> list[list[Line]]:
    if not lines:
        return []
    pitches = [a.bottom - b.bottom for a, b in zip(lines, lines[1:], strict=False) if a.bottom > b.bottom]
    usual = median(pitches) if pitches else 12.0
    left = min(line.left for line in lines)
    width = max(line.right for line in lines) - left
    paragraphs = [[lines[0]]]
    for before, line in zip(lines, lines[1:], strict=False):
        early = before.right - left < width * _EARLY_END and before.text[-1:] in ".:;,)”\""
        indented = line.left - before.left > 10 and line.left - left < width * 0.3
        if before.bottom - line.bottom > usual * _WIDE_GAP or early or indented or _begins_item(line.text):
            paragraphs.append([line])
        else:
            paragraphs[-1].append(line)
    return paragraphs


def _begins_item(text: str) -> bool:
    return bool(re.match(r"(?:\d{1,3}\.|\([a-z\d]{1,3}\))\s", text))


def _joined(lines: list[Line]) -> str:
    text = lines[0].text
    for line in lines[1:]:
        text = _join(text, line.text)
    return text


def _join(before: str, after: str) -> str:
    """Return two lines as one; a hyphen goes where it broke a word: between small letters."""
    if re.search(r"[^\W\d_][-\u00ad\u2010]$", before) and re.match(r"[a-zà-öø-ÿ]", after):
        return before[:-1] + after
    return f"{before} {after}"


def _goes_on(before: str, after: str) -> bool:
    return before[-1:] not in ".:;!?”\"" and bool(re.match(r"[a-zà-öø-ÿ]", after))
