"""Where a sentence stands on a page of a PDF: found by its letters and digits, told as boxes. Pure.

Blanks, ends of lines, hyphens and stops are passed over, since a page breaks words where the text of a letter
does not. What stands on the page more than once is told apart by the words before it, or by those after it;
where that does not help, or the words are not there, there is no box: a mark in the wrong place would be
worse than none.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from typing import Any

# Letters and digits before the sentence, at most, by which two places are told apart.
BEFORE = 120
# A sentence that runs on to the next page is marked as far as it goes, where that is at least so long.
SHORTEST = 24
# Letters and digits that may stand below it then: notes and a running footer.
FOOT = 400


def boxes_of(
    page: Any, text_page: Any, drawn: Any, sentence: str, before: str, after: str = ""
) -> list[tuple[int, ...]]:
    """Return left, top, right and bottom of each box of a sentence, in pixels of the page as drawn."""
    import pypdfium2.raw as pdfium

    count = text_page.count_chars()
    codes = (pdfium.FPDFText_GetUnicode(text_page, at) for at in range(count))
    found = place_of([chr(code) if 0 < code < 0x110000 else " " for code in codes], sentence, before, after)
    if found is None:
        return []
    places, boxes = drawn.get_posconv(page), list[tuple[int, ...]]()
    for number in range(text_page.count_rects(found[0], found[1] - found[0])):
        left, bottom, right, top = text_page.get_rect(number)
        one, other = places.to_bitmap(left, top), places.to_bitmap(right, bottom)
        (x, wide), (y, high) = sorted((one[0], other[0])), sorted((one[1], other[1]))
        box = (max(0, x - 1), max(0, y - 2), min(drawn.width, wide + 1), min(drawn.height, high + 2))
        if box[0] < box[2] and box[1] < box[3]:
            boxes.append(box)
    return boxes


def place_of(page: Iterable[str], sentence: str, before: str, after: str = "") -> tuple[int, int] | None:
    """Return the page's first character in a sentence, and the one behind it; None where it is not sure."""
    letters: list[str] = []
    places: list[int] = []
    for place, character in enumerate(page):
        for letter in _letters(character):
            letters.append(letter)
            places.append(place)
    text, wanted, context = "".join(letters), _letters(sentence), _letters(before)[-BEFORE:]
    found = _only(text, wanted, context)
    if found is None:
        # What begins a page has its words before it on the page before: then those after it tell.
        behind = _only(text[::-1], wanted[::-1], _letters(after)[:BEFORE][::-1])
        found = None if behind is None else len(text) - behind - len(wanted)
    if found is None and len(wanted) > SHORTEST and wanted not in text:
        wanted = _beginning(text, wanted)
        found = _only(text, wanted, context) if len(wanted) >= SHORTEST else None
        if found is not None and len(text) - found - len(wanted) > FOOT:
            return None
    return None if found is None else (places[found], places[found + len(wanted) - 1] + 1)


def _letters(text: str) -> str:
    return "".join(c for c in unicodedata.normalize("NFKD", text).casefold() if c.isalnum())


def _only(text: str, wanted: str, context: str) -> int | None:
    """Return the only place of the words, or the only one behind as much of the context as it takes."""
    for length in (0, 8, 20, 50, BEFORE):
        known = context[-length:] if length else ""
        at = text.find(known + wanted) if wanted else -1
        if at < 0:
            return None
        if text.find(known + wanted, at + 1) < 0:
            return at + len(known)
    return None


def _beginning(text: str, wanted: str) -> str:
    """Return the longest beginning of the words that stands on the page."""
    low, high = 0, len(wanted)
    while low < high:
        middle = (low + high + 1) // 2
        low, high = (middle, high) if wanted[:middle] in text else (low, middle - 1)
    return wanted[:low]
