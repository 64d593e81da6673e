"""Quotations of a text: where each opens and closes, over sentences but not over paragraphs.

A paragraph that opens with a mark of its own carries on the one before; each is a quotation by itself. Spans
hold the marks. QUOTE … UNQUOTE is how telegrams write them.
"""

from __future__ import annotations

import re

from .records import Span

_MARKS = re.compile(
    r"“[^“”]{1,6000}?(?:”|(?=\n[ \t]*\n)|\Z)"
    r"|«[^«»]{1,6000}?(?:»|(?=\n[ \t]*\n)|\Z)"
    r"|(?<![\w\"])\"(?=\S)[^\"\n]{1,4000}\"(?!\w)"
    r"|(?<![\w'])''(?=\S)(?:[^'\n]|'(?!')){1,4000}''(?!\w)"
    r"|‘[^‘’“”\n]{3,400}’(?!\w)"
)
_TELEGRAM = re.compile(r"(?<=\bQUOTE)\s.{1,2000}?\s(?=UNQUOTE\b)", re.DOTALL)
_PARAGRAPH = re.compile(r"\n[ \t]*\n")


def quotations(text: str) -> list[Span]:
    """Return the quotations of a text in order; one within another is left to the outer one."""
    found: list[Span] = []
    for match in _MARKS.finditer(text):
        start, end = match.span()
        gap = _PARAGRAPH.search(text, start, end)
        found.append((start, gap.start() if gap else end))
    if "UNQUOTE" in text:
        found += [match.span() for match in _TELEGRAM.finditer(text)]
    apart: list[Span] = []
    for start, end in sorted(found):
        if not apart or start >= apart[-1][1]:
            apart.append((start, end))
    return apart
