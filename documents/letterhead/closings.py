"""Reads how a letter closes: signatures with their offices, and the inside address at top or foot."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from .layout import Cell
from .naming import (
    collective_word,
    looks_like_person,
    office_word,
    organisation_ending,
    tidy,
    without_courtesy,
)
from .openings import Phrase
from .parts import salutation
from .words import any_of, whole_words

NAME_PART = (
    r"(?:[A-ZÉÍÓÁÑ]{3,}(?=[A-ZÉ][a-zé])|[A-ZÉÍÓÁÑ]{1,2}\.|[A-ZÉÍÓÁÑ][\w’'-]*|van|von|de|der|den|del|di|la)"
)
INLINE_NAME = rf"({NAME_PART}(?:\s+{NAME_PART}){{0,6}})"


@dataclass(frozen=True, slots=True)
class Signature:
    """A name under a letter and the lines of office below it."""

    person: Phrase
    office: Phrase | None


@cache
def _signed() -> re.Pattern[str]:
    marked = any_of("lines", "signed")
    return re.compile(rf"^[(\[]?\s*(?:{marked})\s*[)\]]\s*|^/s/\s*|^{marked}\s*:\s*", re.IGNORECASE)


@cache
def _inline_signed() -> re.Pattern[str]:
    return re.compile(rf"[(\[](?i:{any_of('lines', 'signed')})[)\]]\s*" + INLINE_NAME)


@cache
def _closing() -> re.Pattern[str]:
    return re.compile(rf"(?<!\w){any_of('closings', 'words')}(?!\w)", re.IGNORECASE)


@cache
def _address_pattern() -> re.Pattern[str]:
    return re.compile(
        rf"(?:(?:to\s+)?{any_of('addresses', 'starts')}(?:(?<=[’'.])|\b)"
        rf"|.{{3,40}}\b{any_of('addresses', 'within')}\b)",
        re.IGNORECASE,
    )


def is_address_line(words: str) -> bool:
    """Whether a line begins an inside address; a wrapped line of prose ("to the …") does not."""
    return words[:1].isupper() and bool(_address_pattern().match(words) or _ranked().match(words))


@cache
def _ranked() -> re.Pattern[str]:
    """A title of rank before a name: "Sir Edward Hale, K.C.B."; the salutation "Sir:" is none."""
    return re.compile(rf"(?i:(?:to\s+)?{any_of('addresses', 'ranks')})\s+[A-ZÉ][\w.’'-]*[^:]*,")


def signatures(cells: list[Cell], unmarked: bool = True) -> list[Signature]:
    """The signatures in the cells of a part's end: marked ones first, else the name after the closing.

    A note in the third person is initialled, not signed: there only marked names count.
    """
    marked = [index for index, cell in enumerate(cells) if _signed().match(cell.text)]
    if marked:
        return [s for s in (_marked(cells, index) for index in marked) if s]
    for cell in reversed(cells):
        match = _inline_signed().search(cell.text)
        if match:
            return [Signature(_name(cell, match[1], match.start(1)), _after(cell, match.end()))]
    if not unmarked:
        return []
    last = _foot_address(cells)
    above = cells[:last] if last is not None else cells
    found = _after_closing(above) or _last_line(above)
    return [found] if found else []


def _foot_address(cells: list[Cell]) -> int | None:
    """Index of the first line of an inside address at the foot; running text ends the search upwards."""
    starts: list[int] = []
    for index in range(len(cells) - 1, max(0, len(cells) - 9), -1):
        words = cells[index].text
        if len(words) > 120 or (starts and _closing().search(words[-120:])) or salutation().match(words):
            break
        if is_address_line(words) and not _closing().search(words) and not salutation().match(words):
            starts.append(index)
    starts.reverse()
    if starts and _signs(cells, starts[0]):
        starts.pop(0)
    return starts[0] if starts else None


def _signs(cells: list[Cell], index: int) -> bool:
    """Whether a line that could begin an address is the signature: alone, right below the closing."""
    cell, above = cells[index], cells[index - 1] if index else None
    below = cells[index + 1] if index + 1 < len(cells) else None
    office = below is not None and len(below.text) < 90 and bool(office_word().search(below.text))
    last = office and (index + 2 >= len(cells) or cells[index + 2].row > cell.row + 2)
    alone = below is None or below.row > cell.row + 1 or last
    return alone and above is not None and bool(_closing().search(above.text)) and len(cell.text) < 60


def _name(cell: Cell, words: str, at: int) -> Phrase:
    """A name; of "J. LEWE VAN ADUARD Baron J. Lewe" only the signature in capitals."""
    tokens = words.split()
    capitals = next((i for i, token in enumerate(tokens) if not token.isupper()), len(tokens))
    if capitals < len(tokens) and any(re.search(r"[^\W\d_]{2}", token) for token in tokens[:capitals]):
        words = words[: words.index(tokens[capitals], len(" ".join(tokens[:capitals])))]
    words = words.strip(" ,.")
    return Phrase(re.sub(r"\s+", " ", words), cell.start + at, cell.start + at + len(words))


def _after(cell: Cell, at: int) -> Phrase | None:
    rest = cell.text[at : at + 120]
    return (
        Phrase(rest.strip(), cell.start + at, cell.start + at + len(rest))
        if office_word().search(rest)
        else None
    )


def _marked(cells: list[Cell], index: int) -> Signature | None:
    cell = cells[index]
    at = _signed().match(cell.text)
    assert at is not None  # noqa: S101 - the caller chose this cell by the same match
    words = cell.text[at.end() :].strip()
    if not words:
        if index + 1 >= len(cells):
            return None
        cell = cells[index + 1]
        words, offset = cell.text, 0
    else:
        offset = at.end()
    person, _, office = words.partition(",")
    below = [c for c in cells[index + 1 :] if abs(c.indent - cells[index].indent) <= 2 and c.row > cell.row]
    lines: list[Cell] = []
    for candidate in below:
        if candidate.row > (lines[-1].row if lines else cell.row) + 1 or _signed().match(candidate.text):
            break
        lines.append(candidate)
    wording = " ".join([office.strip(), *(c.text for c in lines[:4])]).strip()
    first = lines[0].start if lines else cell.start + offset
    last = lines[min(3, len(lines) - 1)].end if lines else cell.end
    return Signature(_name(cell, person, offset), Phrase(wording, first, last) if wording else None)


def _is_signature(words: str) -> bool:
    if re.search(r"\d|^\[|^\(|[@<>:]", words) or _is_kind(tidy(words)):
        return False
    bare = tidy(re.split(r",|\n", words)[0])
    return (
        len(words) <= 90
        and looks_like_person(bare)
        and not _closing().search(words)
        and not words.rstrip().endswith(":")
    )


def _is_kind(words: str) -> bool:
    """A line that says what the text is, or names a firm: "Corrigendum", "Rowe Steel Limited"."""
    if organisation_ending().search(words):
        return True
    keys = ("corrigendum", "addendum", "aide-memoire", "statement")
    kinds = (whole_words("kinds", key) for key in keys)
    return any(pattern.fullmatch(words) for pattern in (whole_words("heading", "kinds"), *kinds))


def _after_closing(cells: list[Cell]) -> Signature | None:
    closing = next(
        (i for i in range(len(cells) - 1, -1, -1) if _closing().search(cells[i].text[-120:])), None
    )
    if closing is None:
        return None
    for index in range(closing + 1, min(closing + 7, len(cells))):
        if is_address_line(cells[index].text) and not (index == closing + 1 and _signs(cells, index)):
            return None
        if _is_signature(cells[index].text):
            return _with_office(cells, index)
    return None


def _with_office(cells: list[Cell], index: int) -> Signature:
    cell = cells[index]
    person, _, rest = cell.text.partition(",")
    following = cells[index + 1] if index + 1 < len(cells) else None
    office: Phrase | None = None
    if rest.strip() and office_word().search(rest):
        office = Phrase(rest.strip(" ."), cell.start + len(person) + 1, cell.end)
    elif (
        following
        and len(following.text) < 90
        and office_word().search(following.text)
        and not is_address_line(following.text)
    ):
        office = Phrase(following.text, following.start, following.end)
    return Signature(_name(cell, without_courtesy(person), 0), office)


def _last_line(cells: list[Cell]) -> Signature | None:
    """A name that stands alone as the last line, as telegrams end."""
    for index in range(len(cells) - 1, max(-1, len(cells) - 7), -1):
        cell = cells[index]
        if re.match(r"^\d", cell.text) and (len(cell.text) >= 60 or re.match(r"\d+\.\s.*\.$", cell.text)):
            return None
        if re.match(r"^\W*[\[(]|^\W*(?:cc|copy|repeated)\b|^[_\W]*$|^\d", cell.text, re.IGNORECASE):
            continue
        if re.search(r"\d", cell.text) and len(cell.text) < 90:
            continue
        if is_address_line(cell.text) or (len(cell.text) < 60 and collective_word().search(cell.text)):
            continue
        if (
            office_word().search(cell.text)
            and len(cell.text) < 60
            and index
            and _is_signature(cells[index - 1].text)
        ):
            return _with_office(cells, index - 1)
        return _with_office(cells, index) if _is_signature(cell.text) and len(cell.text) < 60 else None
    return None


def address(cells: list[Cell], at_foot: bool) -> list[Phrase]:
    """The lines of an inside address: at the foot after the signature, at the head before the salutation."""
    signed = next((i for i, c in enumerate(cells) if is_address_line(c.text) and _signs(cells, i)), None)
    others = [i for i, c in enumerate(cells) if i != signed and is_address_line(c.text)]
    for index, cell in enumerate(cells):
        if len(cell.text) > 120 or not is_address_line(cell.text) or salutation().match(cell.text):
            continue
        if at_foot and index == signed and others and others[-1] > index:
            continue
        lines = [cell]
        for following in cells[index + 1 : index + 6]:
            if following.row > lines[-1].row + 1 or len(following.text) > 90:
                break
            lines.append(following)
        if at_foot or len(lines) > 1 or whole_words("lines", "to_fields").match(cell.text):
            return [Phrase(c.text, c.start, c.end) for c in lines]
    return [Phrase(c.text, c.start, c.end) for c in _last_block(cells)] if at_foot else []


def _last_block(cells: list[Cell]) -> list[Cell]:
    """Two to five short lines that stand apart below the signature, an office or a name first."""
    block: list[Cell] = []
    for cell in reversed(cells):
        if block and cell.row < block[-1].row - 1:
            break
        block.append(cell)
    block.reverse()
    above = [c for c in cells if block and c.row < block[0].row]
    if not 2 <= len(block) <= 5 or not above or any(len(c.text) > 60 for c in block):
        return []
    words = " ".join(c.text for c in block)
    if re.search(r"\d{4}|:", words) or _closing().search(words) or _signed().match(block[0].text):
        return []
    near = above[-4:]
    closed = any(_signed().match(c.text) or _closing().search(c.text[-120:]) for c in near)
    # The block right below the closing is the signature and its office.
    signed = not _closing().search(above[-1].text[-120:])
    named = office_word().search(block[0].text) or looks_like_person(tidy(block[0].text))
    return block if closed and signed and named else []
