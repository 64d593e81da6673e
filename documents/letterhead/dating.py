"""Tells a part's own date from the masthead's, the foot's and a received stamp, and finds the place.

In: a stretch of cleaned text with its title, if any. Out: ``ReadDate`` records and the place.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from documents.records import DateKind, ReadDate, ReadValue

from .dates import FoundDate, find_dates
from .layout import Cell
from .naming import office_word
from .words import any_of, every, whole_words

HEAD_CELLS = 60
TAIL_CELLS = 24
MAX_DATELINE = 150
TIME = re.compile(r"\b\d{1,2}(?:[:.]\d\d)?\s*(?:[ap]\.?\s?m\.?|h\b|hours)|\b\d{4}\b|\b[zZ]\b")
BRACKETED = re.compile(r"[\[(][^\[\]()]{0,120}[\])]")


@dataclass(frozen=True, slots=True)
class Dated:
    """A line found to carry a date of the letter."""

    kind: DateKind
    date: FoundDate | None
    place: ReadValue | None
    cell: Cell


@cache
def _small_words() -> frozenset[str]:
    small = {w for key in ("place_links",) for w in every("lines", key)}
    return frozenset(small | set(every("dates", "weekdays")) | set(every("dates", "ordinal_suffixes")))


@cache
def _reference_line() -> re.Pattern[str]:
    return re.compile(rf"^\W*{any_of('lines', 'reference_lines')}(?!\w)", re.IGNORECASE)


@cache
def _our_reference() -> re.Pattern[str]:
    return re.compile(rf"^\W*{any_of('lines', 'reference_fields')}\.?\s*(?:no\.?\s*)?:", re.IGNORECASE)


def is_reference(words: str) -> bool:
    """Whether a line gives a file number or the other side's reference: "Your ref: …", "Our ref: …"."""
    return bool(_reference_line().match(words) or _our_reference().match(words))


@cache
def _date_field() -> re.Pattern[str]:
    return re.compile(rf"^{any_of('lines', 'date_fields')}\s*:\s*", re.IGNORECASE)


@cache
def _undated() -> re.Pattern[str]:
    return re.compile(rf"[,(\[\s]\s*{any_of('dates', 'undated')}\W*$", re.IGNORECASE)


@cache
def _received() -> re.Pattern[str]:
    stamp = rf"{any_of('lines', 'received')}(?!\w)"
    return re.compile(rf"^[\W_]*{stamp}|^[\[(][^\]\n]{{0,40}}\b{stamp}", re.IGNORECASE)


def _holds_undated(words: str) -> bool:
    """A glance that spares most lines the full pattern."""
    return any(map(words.lower().__contains__, every("dates", "undated")))


def is_received(words: str) -> bool:
    """Whether a line is, or begins with, a received stamp."""
    return _received().match(words) is not None


def only_capitals(words: str) -> bool:
    """Whether what is left of a line besides its date is a place: capitalised words and small links only."""
    tokens = re.findall(r"[^\W\d_][\w.’'-]*", words)
    if len(tokens) > 14:
        return False
    return all(t[0].isupper() or t.lower().rstrip(".") in _small_words() for t in tokens)


def place_in(cell: Cell, date: FoundDate | None) -> ReadValue | None:
    """The place before the date of a dateline, without the office that stands before it."""
    stop = cell.end if date is None else date.start
    words = cell.text[: stop - cell.start] if stop > cell.start else ""
    if date is None:
        words = _undated().sub("", words)
    words = _without_small_end(words)
    pieces = [p.strip(" []()") for p in words.split(",")]
    pieces = [p for p in pieces if re.search(r"[^\W\d_]", p)]
    named = [p for p in pieces if not office_word().search(p)] or pieces[-1:]
    place = _without_small_start(", ".join(named))
    if not place or len(place) > 80 or ":" in place:
        return None
    start = cell.start + max(cell.text.find(place.split(",")[0]), 0)
    return ReadValue(place, start, max(min(stop, cell.start + len(words)), start + 1))


# Written large before a date, they are no part of the place; in front of one, "The" and "La" may be.
ENDS = frozenset({"le", "the", "this", "el", "a", "ce", "on", "day"})


def _without_small_end(words: str) -> str:
    """A place without what leads on to the date: "Port Estra, a los", "Kaldport, this", "Lyssa, Monday"."""
    while True:
        shorter = words.rstrip(" \t\n,—–([-/.") if words.rstrip()[-1:] not in ".)" else words.rstrip(" \t\n,")
        match = re.search(r"(?:^|[\s,.(])([^\W\d_][\w’'-]*\.?)$", shorter)
        last = match[1] if match else ""
        small = last.lower() in ENDS or last.lower().rstrip(".") in every("dates", "weekdays")
        if match is None or not (small or (last[0].islower() and last.lower() in _small_words())):
            return shorter
        words = shorter[: match.start(1)]


def _without_small_start(place: str) -> str:
    """A place without the words that say where: "Given at our palace in Kaldport", "Fait à Lyssa"."""
    while True:
        first, _, rest = place.partition(" ")
        said = first.lower() in every("lines", "done_at") or (first[:1].islower() and first in _small_words())
        if not said or not rest:
            return place
        place = rest


@cache
def _street() -> re.Pattern[str]:
    """A street before a day: "Avenida 9 de Julio 1816" dates nothing."""
    return re.compile(rf"(?<!\w){any_of('lines', 'streets')}\s+$", re.IGNORECASE)


def read_cell(cell: Cell, before: Cell | None) -> Dated | None:
    """What a cell says of the letter's date; None where it says nothing."""
    words = cell.text
    if len(words) > MAX_DATELINE or _reference_line().match(words):
        return None
    found = [d for d in find_dates(words) if not _street().search(words[: d.start])]
    if not found:
        if _holds_undated(words) and _undated().search(words) and only_capitals(_undated().sub("", words)):
            return Dated("own", None, place_in(cell, None), cell)
        return None
    if is_received(words) or (before is not None and is_received(before.text) and len(before.text) < 40):
        return Dated("received", _moved(found[0], cell.start), None, cell)
    if whole_words("lines", "reissued").search(words):
        return None
    own = next((d for d in found if not _in_received_bracket(words, d)), None)
    if own is None:
        return Dated("received", _moved(found[0], cell.start), None, cell)
    rest = BRACKETED.sub(" ", words[: own.start]) + " " + BRACKETED.sub(" ", words[own.end :])
    rest = TIME.sub(" ", _bare(rest))
    if _date_field().match(words):
        return Dated("own", _moved(own, cell.start), None, cell)
    if not only_capitals(rest) or _looks_like_prose(words, own):
        return None
    date = _moved(own, cell.start)
    return Dated("own", date, place_in(cell, date), cell)


def received_in(cell: Cell) -> FoundDate | None:
    """A received date in brackets behind the dateline: "(Received March 31.)"."""
    if "(" not in cell.text and "[" not in cell.text:
        return None
    for match in BRACKETED.finditer(cell.text):
        if is_received(match[0]):
            inside = find_dates(match[0])
            if inside:
                return _moved(inside[0], cell.start + match.start())
    return None


def received_without_year(cell: Cell, before: Cell | None, own: str) -> FoundDate | None:
    """A received date that leaves the year to the dateline: "(Received March 29.)"; never before ``own``."""
    year = int(own[:4])
    above = before is not None and len(before.text) < 40 and is_received(before.text)
    marked = len(cell.text) <= MAX_DATELINE and (above or is_received(cell.text))
    spans = [m.span() for m in BRACKETED.finditer(cell.text) if is_received(m[0])]
    for start, end in spans or ([(0, len(cell.text))] if marked else []):
        # A letter of December is received in January; which year fits is told by the order of the two.
        found = [find_dates(cell.text, start, end, own=(year + more, 12)) for more in (0, 1)]
        date = next((dates[0] for dates in found if dates and dates[0].edtf >= own[:10]), None)
        if date is not None:
            return _moved(date, cell.start)
    return None


def _in_received_bracket(words: str, date: FoundDate) -> bool:
    return any(m.start() <= date.start < m.end() and is_received(m[0]) for m in BRACKETED.finditer(words))


def _bare(words: str) -> str:
    return re.sub(r"[\[\](){}|]", " ", words)


def _looks_like_prose(words: str, date: FoundDate) -> bool:
    """A heading that names a treaty, a meeting or a letter by its date is no dateline."""
    before = words[: date.start].rstrip()
    return bool(re.search(r"\b(?:of|du|de|dated|since|until|fecha|datée|del)$", before)) and not re.search(
        r"\bday of$", before
    )


def _moved(date: FoundDate, by: int) -> FoundDate:
    return FoundDate(date.start + by, date.end + by, date.edtf, date.has_year)


def inline_head(text: str, start: int, end: int) -> Dated | None:
    """A date near the start of a text that has no lines: "Madrid, le 25 février 1972 Num. 781 Monsieur …"."""
    stop = min(end, start + 200)
    for date in find_dates(text, start, stop):
        before = text[start : date.start]
        tokens = re.findall(r"[^\W\d_][\w.’'-]*", before)
        after = text[date.end : stop].lstrip(" ,.*")
        placed = bool(tokens) and any(t.lower() not in _small_words() for t in tokens)
        goes_on = after[:1].islower() and not _number_word().match(after)
        if placed and not goes_on and all(t[0].isupper() or t.lower() in _small_words() for t in tokens):
            cell = Cell(text[start:stop], start, stop, 0, 0)
            match = re.search(r"([A-ZÉ][\w-]*(?:\s[A-Z][\w-]*)?)\s*,?\s*(?:le\s*|the\s*|el\s*)?$", before)
            glued = re.search(r"\d([A-ZÉ][\w-]+),?\s*(?:le\s*)?$", before)
            match = glued or _behind_capitals(before) or match
            place = ReadValue(match[1], start + match.start(1), start + match.end(1)) if match else None
            return Dated("own", date, place, cell)
        return None
    return None


@cache
def _number_word() -> re.Pattern[str]:
    return re.compile(any_of("relations", "references"), re.IGNORECASE)


def _behind_capitals(before: str) -> re.Match[str] | None:
    """A place that ran into the letterhead before it: "LEGATION DE LYSIEMorven, le"."""
    return re.search(r"[A-ZÉÈÀÂÊÎÔÛÇÑ]{3}([A-ZÉ][a-zé][\w-]*),?\s*(?:le\s*|the\s*|el\s*)?$", before)


def inline_foot(text: str, start: int, end: int) -> Dated | None:
    """A date that ends a text without lines: "… haute considération. Tunis, le 1er novembre 1994"."""
    stop = len(text[start:end].rstrip(" \n.*")) + start
    found = find_dates(text, max(start, stop - 60), stop)
    if not found or found[-1].end < stop - 2:
        return None
    date = found[-1]
    before = text[max(start, date.start - 60) : date.start]
    match = re.search(
        r"[.!?”»\"]\s*(?:([A-ZÉ][\w’'-]*(?:[\s-][A-Z][\w’'-]*){0,3}),?\s*(?:le|the|el|a)?\s*)?$", before
    )
    if not match:
        return None
    at = max(start, date.start - 60)
    place = ReadValue(match[1], at + match.start(1), at + match.end(1)) if match[1] else None
    return Dated("own", date, place, Cell(text[at:stop], at, stop, 0, 0))


def masthead_row(head: list[Cell]) -> int | None:
    """The row of "Distr.: General", below which the masthead's date stands."""
    pattern = re.compile(rf"^{any_of('lines', 'distribution')}", re.IGNORECASE)
    return next((c.row for c in head if pattern.match(c.text)), None)


def as_read(kind: DateKind, date: FoundDate, part: int) -> ReadDate:
    """The record of a found date."""
    return ReadDate(kind, date.edtf, date.start, date.end, part)
