"""Letters quoted whole that hold quotations of their own: the outermost pairs of marks.

In: cleaned text. Out: half-open spans with their marks, in order. A mark that opens a further paragraph
carries the quotation on, it opens none within.
"""

from __future__ import annotations

import re

# What closes what an opening mark opens. Typewriters set the low marks as two commas.
_CLOSING = {"“": "”", "«": "»", "„": "”“", ",,": "”"}
_OPENING = re.compile(r"(?:(?<=\n)|(?<=: ))[ ]*(?P<open>[“«„]|,,)(?=\S)")
_MARKS = {opening: re.compile(rf"{opening}|[{closing}]") for opening, closing in _CLOSING.items()}
_INNER = re.compile(r"[“”«»„]|,,(?=\w)")
# Behind the last mark a paragraph ends, or a sentence with it.
_BEHIND = re.compile(r"\.?[ ]*(?=\n|\Z)|\.?\s+(?=[A-ZÀ-Þ¡¿])")
_BLANK_LINE = re.compile(r"\n[ ]*\n[ ]*\Z")
_LOOK_BACK = 6


def nested_quotes(text: str, least: int, most: int) -> list[tuple[int, int]]:
    """Return the quotations of ``least`` to ``most`` code points that hold others."""
    found: list[tuple[int, int]] = []
    for opening in _OPENING.finditer(text):
        start = opening.start("open")
        if found and start < found[-1][1]:
            continue
        end = _closed(text, opening["open"], start, min(len(text), start + most))
        if end is not None and end - start >= least:
            found.append((start, end))
    return found


def _closed(text: str, mark: str, start: int, high: int) -> int | None:
    """Return the end of a quotation that holds another; None where it holds none, or never closes."""
    depth = 1
    for found in _MARKS[mark].finditer(text, start + len(mark), high):
        if found[0] == mark:
            further = _BLANK_LINE.search(text, max(start, found.start() - _LOOK_BACK), found.start())
            depth += 0 if further and depth == 1 else 1
            continue
        depth -= 1
        if depth == 0:
            behind = _BEHIND.match(text, found.end())
            holds = _INNER.search(text, start + len(mark), found.start())
            return found.end() if behind and holds else None
    return None
