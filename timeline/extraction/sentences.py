"""A text into sentences, each as code points ``start`` to ``end``, half-open, without surrounding blanks.

A blank line always ends one; a stop does where a new sentence can begin behind it and the word before it is
no abbreviation, no initial and no number of a list. What is longer than any sentence (a table, a file that
is no letter) is cut at a blank, so that what is done with each sentence stays short. Linear in the length of
the text.
"""

from __future__ import annotations

import re
import tomllib
from functools import cache
from pathlib import Path
from typing import Any

_BLANK_LINE = re.compile(r"\r?\n[ \t\u00a0]*(?:\r?\n[ \t\u00a0]*)+")
# A stop, what may close behind it, a gap, and what may open the next sentence.
_STOP = re.compile(r"[.!?…][\"'”’»)\]]{0,3}(?:\[\d{1,3}\]|\d{0,2})(?=\s)\s{1,80}")
_OPENS = re.compile(r"[\"'“‘«(\[¿¡—–-]{0,3}\s?(?:[A-ZÀ-ÖØ-ÞĀ-Ž\d]|[^\W\d_a-zà-öø-ÿ])")
_WORD_BEFORE = re.compile(r"([\w.’'-]{1,20})$")
_ITEM = re.compile(r"(?:^|\n)[ \t]*\(?(?:\d{1,3}|[ivxIVX]{1,5}|[A-Za-z])$")


@cache
def _data() -> dict[str, Any]:
    path = Path(__file__).with_name("data") / "sentences.toml"
    return tomllib.loads(path.read_text(encoding="utf-8"))


@cache
def _abbreviations(language: str) -> frozenset[str]:
    own = _data().get(language) or _data()["en"]
    return frozenset(own["abbreviations"])


def limit(name: str) -> int:
    """Return a limit in code points: of a sentence (``longest``), of several in a quotation."""
    return int(_data()["limits"][name])


def split_sentences(text: str, language: str = "en") -> list[tuple[int, int]]:
    """Return the sentences of a text in order, as half-open stretches of its code points."""
    known = _abbreviations(language)
    spans: list[tuple[int, int]] = []
    start = 0
    for gap in _BLANK_LINE.finditer(text):
        spans += _in_block(text, start, gap.start(), known)
        start = gap.end()
    return spans + _in_block(text, start, len(text), known)


def _in_block(text: str, start: int, end: int, known: frozenset[str]) -> list[tuple[int, int]]:
    found: list[tuple[int, int]] = []
    begin = start
    for stop in _STOP.finditer(text, start, end):
        if stop.end() >= end or not _OPENS.match(text, stop.end(), end):
            continue
        if text[stop.start()] == "." and _holds(text, begin, stop.start(), known):
            continue
        _add(text, begin, stop.end(), found)
        begin = stop.end()
    _add(text, begin, end, found)
    return found


def _holds(text: str, begin: int, at: int, known: frozenset[str]) -> bool:
    """Return whether the stop at ``at`` belongs to an abbreviation, an initial or an item's number."""
    before = text[max(begin, at - 24) : at]
    word = _WORD_BEFORE.search(before)
    if word is None:
        return False
    last = word[1].strip("’'")
    if last.lower() in known:
        return True
    if re.fullmatch(r"(?:[A-ZÀ-Þ]\.)*[A-ZÀ-Þ]", last):
        return True
    return bool(_ITEM.search(before)) and len(before) <= 8


def _add(text: str, start: int, end: int, found: list[tuple[int, int]]) -> None:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    longest = limit("longest")
    while end - start > longest:
        cut = max(text.rfind(" ", start, start + longest), text.rfind("\n", start, start + longest))
        cut = cut if cut > start else start + longest
        found.append((start, cut))
        start = cut
        while start < end and text[start].isspace():
            start += 1
    if start < end:
        found.append((start, end))
