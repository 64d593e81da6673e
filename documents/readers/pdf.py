"""A PDF with text: its lines page by page, without running headers and footers, joined to paragraphs.

A line is a running header or footer where its height on the page and its text, digits replaced by #, come
back on most pages. A word broken by a hyphen at a line's end is joined. A new paragraph begins where the gap
between lines is wider than usual, where a line is indented, or where the line before ends early with a stop.
Lines that end before they need, as in a signature, and columns are kept as lines.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from itertools import pairwise
from statistics import median
from typing import Any

import pypdfium2 as pdfium

from .child import CannotRead
from .marking import boxes_of

_SAME_HEIGHT = 2.0
_WIDE_GAP = 1.2
_EARLY_END = 0.8
_MOST_NAMED = 10
_EDGE = 3
_BLANK = 0.5
_WIDE_BLANK = 20.0
_COLUMN = "    "
_FULL = 0.85
_MOSTLY = 0.6


@dataclass(slots=True)
class Line:
    """One line of a page, in points from the page's lower left corner."""

    text: str
    left: float
    right: float
    bottom: float
    top: float


def read_pdf(data: bytes, most_pages: int, most_characters: int) -> dict[str, Any]:
    """Return blocks of (page, text), the number of pages and remarks; raises CannotRead.

    ``turns`` says where within a block another page begins: the block, the offset in it, the page.
    """
    try:
        document = pdfium.PdfDocument(data)
    except pdfium.PdfiumError as error:
        raise CannotRead("encrypted" if "password" in str(error).lower() else "damaged") from None
    count = len(document)
    if count == 0:
        raise CannotRead("damaged")
    if count > most_pages:
        raise CannotRead("pages")
    pages: list[list[Line]] = []
    total = 0
    for i in range(count):
        pages.append(_lines_of(document, i))
        total += sum(len(line.text) for line in pages[-1])
        if total > most_characters:
            raise CannotRead("too much")
    if not any(pages):
        raise CannotRead("pictures")
    kept, dropped = _without_running_lines(pages)
    blocks, turns = _blocks(kept)
    return {"blocks": blocks, "turns": turns, "pages": count, "remarks": _remarks(pages, dropped)}


def draw_page(
    data: bytes, page: int, width: int, highest: int, sentence: str = "", before: str = "", after: str = ""
) -> tuple[int, int, bytes]:
    """Return a page (from 1) in grey: pixels wide, pixels high, a byte a pixel; raises where it cannot be.

    Grey goes from 0 to 254 in even steps; where a sentence stands, told apart by the words ``before`` and
    ``after`` it, it is one more.
    """
    document = pdfium.PdfDocument(data)
    one = document[page - 1]
    scale = min(width / one.get_width(), highest / one.get_height())
    drawn = one.render(scale=scale, grayscale=True, may_draw_forms=False)
    wide, high = min(drawn.width, width), min(drawn.height, highest)
    grey = bytes(drawn.buffer).translate(bytes(value & 254 for value in range(256)))
    rows = [bytearray(grey[y * drawn.stride : y * drawn.stride + wide]) for y in range(high)]
    marked = bytes(value | 1 for value in range(256))
    for left, top, right, bottom in boxes_of(one, one.get_textpage(), drawn, sentence, before, after):
        for row in rows[top:bottom]:
            row[left:right] = row[left:right].translate(marked)
    return wide, high, b"".join(rows)


def _remarks(pages: list[list[Line]], dropped: set[str]) -> list[str]:
    remarks = []
    if dropped:
        # "Page 1", "Page 2" and so on are one: the first of them is named.
        shapes = {re.sub(r"\d+", "#", text): text for text in sorted(dropped, reverse=True)}
        named = "; ".join(" ".join(text.split()) for text in sorted(shapes.values())[:_MOST_NAMED])
        remarks.append(f"Running headers and footers were left out: {named}.")
    bare = [str(number) for number, lines in enumerate(pages, 1) if not lines]
    if bare:
        more = " and others" if len(bare) > _MOST_NAMED else ""
        remarks.append(f"Pages without text, blank or pictures: {', '.join(bare[:_MOST_NAMED])}{more}.")
    return remarks


def _lines_of(document: Any, index: int) -> list[Line]:
    """Return a page's lines from top to bottom, the pieces of a line from left to right."""
    try:
        page = document[index]
        text_page = page.get_textpage()
    except pdfium.PdfiumError:
        raise CannotRead("damaged") from None
    pieces: list[Line] = []
    for i in range(text_page.count_rects()):
        left, bottom, right, top = text_page.get_rect(i)
        text = text_page.get_text_bounded(left - 0.1, bottom - 0.1, right + 0.1, top + 0.1)
        text = text.replace("\x02", "-").replace("\ufffe", "-").replace("\x00", "")
        text = re.sub(r"\s+", " ", text).strip()
        if text:
            pieces.append(Line(text, left, right, bottom, top))
    text_page.close()
    page.close()
    return _in_lines(pieces)


def _in_lines(pieces: list[Line]) -> list[Line]:
    """Return pieces at one height put together, whatever their type's weight or size."""
    pieces.sort(key=lambda p: -(p.top + p.bottom) / 2)
    rows: list[list[Line]] = []
    for piece in pieces:
        first = rows[-1][0] if rows else None
        if first and first.bottom <= (piece.top + piece.bottom) / 2 <= first.top:
            rows[-1].append(piece)
        else:
            rows.append([piece])
    lines: list[Line] = []
    for row in rows:
        row.sort(key=lambda p: p.left)
        line = row[0]
        for piece in row[1:]:
            gap = piece.left - line.right
            line.text += (_COLUMN if gap > _WIDE_BLANK else " " if gap > _BLANK else "") + piece.text
            line.right = max(line.right, piece.right)
            line.bottom, line.top = min(line.bottom, piece.bottom), max(line.top, piece.top)
        lines.append(line)
    return lines


def _without_running_lines(pages: list[list[Line]]) -> tuple[list[list[Line]], set[str]]:
    """Return the pages without what runs through them, and the texts left out.

    With two pages both must bear it, with more at least six in ten; only a page's outer lines are asked. A
    page's own number goes too where it is the first or last line, as the first page often bears none.
    """
    if len(pages) < 2:
        return pages, set()
    counts: Counter[tuple[str, int]] = Counter()
    for lines in pages:
        counts.update({(text, height + d) for text, height in map(_key, _outer(lines)) for d in (-1, 0, 1)})
    needed = max(2, -(-len(pages) * 6 // 10))
    kept, dropped = [], set()
    for number, lines in enumerate(pages, 1):
        running = {id(line) for line in _outer(lines) if counts[_key(line)] >= needed}
        running |= {id(line) for line in lines[:1] + lines[-1:] if _is_number(line.text, number)}
        dropped |= {line.text for line in lines if id(line) in running}
        kept.append([line for line in lines if id(line) not in running])
    return kept, dropped


def _key(line: Line) -> tuple[str, int]:
    return re.sub(r"\d+", "#", line.text), round((line.top + line.bottom) / 2 / _SAME_HEIGHT)


def _outer(lines: list[Line]) -> list[Line]:
    return lines[:_EDGE] + lines[_EDGE:][-_EDGE:]


def _is_number(text: str, page: int) -> bool:
    found = re.fullmatch(r"[-–— ]{0,3}(\d{1,4})(?: ?/ ?\d{1,4})?[-–— ]{0,3}", text, re.ASCII)
    return found is not None and int(found[1]) == page


def _blocks(pages: list[list[Line]]) -> tuple[list[tuple[int, str]], list[tuple[int, int, int]]]:
    """Return (page, text): paragraphs by blank lines; a sentence that runs over a page's end stays whole.

    The second: (block, offset in it, page) of each page that begins within a block.
    """
    blocks: list[tuple[int, str]] = []
    turns: list[tuple[int, int, int]] = []
    for number, lines in enumerate(pages, 1):
        margin = max((line.right for line in lines), default=0.0)
        for at, paragraph in enumerate(_paragraphs(lines)):
            text = _joined(paragraph, margin)
            if at == 0 and blocks and _goes_on(blocks[-1][1], text):
                page, before = blocks[-1]
                joined = _join(before, text)
                blocks[-1] = (page, joined)
                turns.append((len(blocks) - 1, len(joined) - len(text), number))
            else:
                blocks.append((number, text))
    return blocks, turns


def _paragraphs(lines: list[Line]) -> list[list[Line]]:
    if not lines:
        return []
    pitches = [a.bottom - b.bottom for a, b in pairwise(lines) if a.bottom > b.bottom]
    usual = median(pitches) if pitches else 12.0
    left = min(line.left for line in lines)
    width = max(line.right for line in lines) - left
    paragraphs = [[lines[0]]]
    for before, line in pairwise(lines):
        early = before.right - left < width * _EARLY_END and before.text[-1:] in '.:;,)”"'
        indented = line.left - before.left > 10 and line.left - left < width * 0.3
        if before.bottom - line.bottom > usual * _WIDE_GAP or early or indented or _begins_item(line.text):
            paragraphs.append([line])
        else:
            paragraphs[-1].append(line)
    return paragraphs


def _begins_item(text: str) -> bool:
    return bool(re.match(r"(?:\d{1,3}\.|\([a-z\d]{1,3}\)|[•–—])\s", text))


def _joined(lines: list[Line], margin: float) -> str:
    """Return the lines of a paragraph as one text; a line that ends before it need keeps its end.

    ``margin`` is how far to the right the page's lines reach. Running text narrower than the page, such as a
    quotation, has a margin of its own.
    """
    own = max(line.right for line in lines)
    left = min(line.left for line in lines)
    full = sum(line.right - left > (own - left) * _FULL for line in lines[:-1])
    if len(lines) > _EDGE and full >= (len(lines) - 1) * _MOSTLY:
        margin = own
    text = lines[0].text
    for before, line in pairwise(lines):
        text = f"{text}\n{line.text}" if _is_cut(before, line, margin) else _join(text, line.text)
    return text


def _is_cut(before: Line, after: Line, margin: float) -> bool:
    """Return whether a line ends before it need, the next first word having room, or has columns."""
    if before.text[-1:] in "-\u00ad\u2010":
        return False
    if _COLUMN in before.text or _COLUMN in after.text:
        return True
    width = (after.right - after.left) / max(len(after.text), 1)
    return before.right + (len(after.text.split()[0]) + 2) * width < margin


def _join(before: str, after: str) -> str:
    """Return two lines as one; a hyphen goes where it broke a word: between small letters."""
    if re.search(r"[^\W\d_][-\u00ad\u2010]$", before) and re.match(r"[a-zà-öø-ÿ]", after):
        return before[:-1] + after
    return f"{before} {after}"


def _goes_on(before: str, after: str) -> bool:
    return before[-1:] not in '.:;!?”"' and bool(re.match(r"[a-zà-öø-ÿ]", after))
