"""The numbers that Word puts before paragraphs: they stand in the rules of its lists, not in the text."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from typing import Any

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_ROMAN = ((100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))
_MOST_LEVELS = 9
_MOST_COUNTED = 10_000


@dataclass(frozen=True, slots=True)
class _Level:
    """One level of a list: how its numbers are written, the text around them, and where they start."""

    form: str
    text: str
    start: int


class Numbering:
    """Counts through a document; ask it for each paragraph once, in order."""

    def __init__(self, numbering: Any, styles: Any) -> None:
        """Take the roots of the parts for numbering and styles, None where the document has none."""
        self._lists: dict[str, str] = {}
        self._levels: dict[tuple[str, int], _Level] = {}
        self._styles: dict[str, tuple[str, int]] = {}
        self._counts: dict[str, list[int | None]] = defaultdict(lambda: [None] * _MOST_LEVELS)
        if numbering is not None:
            self._read_lists(numbering)
        for style in styles.iter(_W + "style") if styles is not None else ():
            found = _list_and_level(style)
            if found:
                self._styles[style.get(_W + "styleId", "")] = found

    def _read_lists(self, root: Any) -> None:
        for abstract in root.iter(_W + "abstractNum"):
            for level in abstract.iter(_W + "lvl"):
                key = abstract.get(_W + "abstractNumId", ""), _number(level.get(_W + "ilvl"), 0)
                self._levels[key] = _Level(
                    _value(level, "numFmt", "decimal"),
                    _value(level, "lvlText", ""),
                    _number(_value(level, "start", "1"), 1),
                )
        for item in root.iter(_W + "num"):
            self._lists[item.get(_W + "numId", "")] = _value(item, "abstractNumId", "")

    def label_of(self, paragraph: Any) -> str:
        """Return the number of a paragraph with a blank behind it, the empty string where it has none."""
        found = _list_and_level(paragraph) or self._styles.get(_style_of(paragraph))
        if found is None:
            return ""
        abstract, depth = self._lists.get(found[0], ""), found[1]
        level = self._levels.get((abstract, depth))
        if level is None:
            return ""
        if level.form == "bullet":
            return "• "
        if level.form == "none":
            return ""
        counts = self._counts[abstract]
        before = counts[depth]
        counts[depth] = level.start if before is None else before + 1
        counts[depth + 1 :] = [None] * (_MOST_LEVELS - depth - 1)
        return self._written(abstract, level.text) + " "

    def _written(self, abstract: str, text: str) -> str:
        def number(match: re.Match[str]) -> str:
            depth = int(match[1]) - 1
            level = self._levels.get((abstract, depth))
            if level is None:
                return ""
            count = self._counts[abstract][depth]
            return _in_form(level.start if count is None else count, level.form)

        return re.sub(r"%([1-9])", number, text)


def _list_and_level(node: Any) -> tuple[str, int] | None:
    """Return the list that a paragraph or style names, and its level; "0" takes a paragraph out of a list."""
    properties = node.find(f"{_W}pPr/{_W}numPr")
    if properties is None:
        return None
    level = _number(_value(properties, "ilvl", "0"), 0)
    return _value(properties, "numId", ""), min(max(level, 0), _MOST_LEVELS - 1)


def _style_of(paragraph: Any) -> str:
    properties = paragraph.find(_W + "pPr")
    return "" if properties is None else _value(properties, "pStyle", "")


def _value(node: Any, child: str, otherwise: str) -> str:
    found = node.find(_W + child)
    return otherwise if found is None else str(found.get(_W + "val", otherwise))


def _number(text: str | None, otherwise: int) -> int:
    return int(text) if text and re.fullmatch(r"\d{1,6}", text, re.ASCII) else otherwise


def _in_form(count: int, form: str) -> str:
    if form in ("lowerLetter", "upperLetter") and count > 0:
        letters = chr(ord("a") + (count - 1) % 26) * min((count - 1) // 26 + 1, 20)
        return letters.upper() if form == "upperLetter" else letters
    if form in ("lowerRoman", "upperRoman") and 0 < count < _MOST_COUNTED:
        roman = ""
        for value, sign in _ROMAN:
            roman += sign * (count // value)
            count %= value
        return roman.upper() if form == "upperRoman" else roman
    return str(count)
