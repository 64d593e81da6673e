"""Finds what a letter answers, cites, transmits, corrects or translates."""

from __future__ import annotations

import re
from bisect import bisect_left
from functools import cache

from documents.records import ReadPart, ReadRelation, ReadValue, RelationKind

from .dates import find_dates, year_and_month
from .symbols import base_of, symbols_in
from .words import any_of, places_of

# A reply says so early; later "your letter" is argument.
REPLY_WINDOW = 1500
LONG_SENTENCE = 1000
SENTENCE_END = re.compile(r"[.!?]\s+(?=[A-ZÉÀ“«])|\n\s*\n")
ABBREVIATED = re.compile(r"(?:[A-Z]|\b[Nn]o)\Z")
# A full stop inside a reference, not at its end: "note no. 31", "from Mr. Hale", "No.17".
INNER_STOP = r"\.(?!\s+(?-i:[A-ZÉÀ])|\s*$|\n)|(?<=\bMr)\.|(?<=\bMrs)\.|(?<=\bDr)\.|(?<=\bNo)\."
LOCAL_REFERENCE = re.compile(r"\b[A-Z]{2,6}/\d{2,4}/[\w-]{1,12}\b")


@cache
def _replies() -> re.Pattern[str]:
    return re.compile(rf"(?<!\w){any_of('relations', 'replies')}(?!\w)", re.IGNORECASE)


@cache
def _yours() -> re.Pattern[str]:
    worded = rf"{any_of('relations', 'your')}\s+(?:[\w’']+\s+){{0,3}}{any_of('relations', 'documents')}"
    return re.compile(rf"(?<!\w)(?:{any_of('relations', 'yours')}|{worded})(?!\w)", re.IGNORECASE)


@cache
def _mine() -> re.Pattern[str]:
    """The sender's own earlier letter: taken up again, not answered."""
    return re.compile(rf"(?<!\w){any_of('relations', 'mine')}(?!\w)", re.IGNORECASE)


@cache
def _pointer() -> re.Pattern[str]:
    """A bracket that only points elsewhere: "(see S/2015/90 …"."""
    return re.compile(rf"\(\s*(?P<cue>{any_of('relations', 'pointers')})\s[^)]{{0,120}}$", re.IGNORECASE)


@cache
def _document() -> re.Pattern[str]:
    return re.compile(
        rf"(?<!\w)(?P<noun>{any_of('relations', 'documents')})(?!\w)"
        rf"(?P<rest>(?:[^.;\n]|{INNER_STOP}){{0,160}})",
        re.IGNORECASE,
    )


@cache
def _transmits() -> re.Pattern[str]:
    return re.compile(rf"(?<!\w){any_of('relations', 'transmits')}(?!\w)", re.IGNORECASE)


def relations(
    text: str,
    cover: ReadPart,
    body: int,
    own: list[ReadValue],
    date: str | None,
    identical: bool,
    translated: bool,
) -> list[ReadRelation]:
    """All relations of a letter whose cover's body begins at ``body`` and whose own symbols are given."""
    found: dict[tuple[str, str], ReadRelation] = {}

    def keep(relation: ReadRelation) -> None:
        key = (relation.kind, relation.symbol or relation.words)
        if relation.symbol and relation.kind == "cites" and ("replies to", relation.symbol) in found:
            return
        found.setdefault(key, relation)

    for value in own:
        base = base_of(value.value)
        if base:
            kind: RelationKind = "addendum" if "/Add." in value.value else "corrigendum"
            keep(ReadRelation(kind, base, value.value, None, value.start, value.end))
        elif translated:
            keep(ReadRelation("translation", value.value, value.value, None, value.start, value.end))
    if identical:
        keep(ReadRelation("identical", None, "identical letters"))
    month = year_and_month(date)
    hints = _hints(text, body, cover.end)
    for start, end in _sentences(text, body, cover.end):
        if bisect_left(hints, start) == bisect_left(hints, end):
            continue
        for relation in _of_sentence(text, start, end, start - body < REPLY_WINDOW, month):
            if relation.symbol is None or relation.symbol not in {v.value for v in own}:
                keep(relation)
    return list(found.values())


def _hints(text: str, start: int, end: int) -> list[int]:
    """Where a relation may be told, in order: sentences without any of these places are passed over."""
    found = [m.start() for m in re.compile("/").finditer(text, start, end)]
    # What answers says so early; a sentence that begins in time may say it near its end.
    early = min(end, start + REPLY_WINDOW + LONG_SENTENCE)
    for key in ("replies", "yours", "your", "transmits", "mine"):
        stop = early if key in ("replies", "yours", "your") else end
        found += places_of(text, "relations", key, start, stop)
    return sorted(found)


def _sentences(text: str, start: int, end: int) -> list[tuple[int, int]]:
    found, at = [], start
    for match in SENTENCE_END.finditer(text, start, end):
        stop = match.start() + (match[0][0] in ".!?")
        if match[0][0] == "." and ABBREVIATED.search(text, max(start, match.start() - 3), match.start()):
            continue
        found.append((at, stop))
        at = match.end()
    found.append((at, end))
    return found


def _of_sentence(
    text: str, start: int, end: int, early: bool, month: tuple[int, int] | None
) -> list[ReadRelation]:
    """The relations one sentence states."""
    found: list[ReadRelation] = []
    reply = _replies().search(text, start, end) if early else None
    yours = _yours().search(text, start, end) if early else None
    symbols = symbols_in(text, start, end)
    symbols += [
        ReadValue(m[0], m.start(), m.end())
        for m in LOCAL_REFERENCE.finditer(text, start, end)
        if not any(s.start is not None and s.start <= m.start() < (s.end or 0) for s in symbols)
    ]
    cue = reply or yours
    for value in symbols:
        at = value.start or 0
        answers = cue is not None and cue.start() < at
        if cue is not None and yours is None and _mine().search(text, cue.start(), at):
            answers = False
        kind: RelationKind = "replies to" if answers else "cites"
        words = f"{cue_word} {value.value}" if (cue_word := _pointed(text, start, value)) else value.value
        found.append(ReadRelation(kind, value.value, words, None, value.start, value.end))
    if (reply or yours) and not symbols:
        at = min(m.start() for m in (reply, yours) if m)
        document = _document().search(text, at, end)
        if document:
            told = _worded("replies to", text, document, month)
            found.append(told if told.edtf else _told_before(text, start, document, month) or told)
    mine = _mine().search(text, start, end) if not symbols and not reply and not yours else None
    if mine:
        document = _document().search(text, mine.start(), end)
        if document and document.start() < mine.end():
            found.append(_worded("cites", text, document, month))
    transmits = _transmits().search(text, start, end)
    if transmits:
        document = _document().search(text, transmits.end(), end) or _document().search(text, start, end)
        if document:
            found.append(_worded("transmits", text, document, month))
    return found


def _pointed(text: str, start: int, value: ReadValue) -> str | None:
    """The word of a bracket that does no more than point at the symbol; None where there is none."""
    if value.start is None:
        return None
    bracket = text.rfind("(", start, value.start)
    pointer = _pointer().match(text, bracket, value.start) if bracket >= 0 else None
    return pointer["cue"] if pointer else None


def _told_before(
    text: str, start: int, match: re.Match[str], month: tuple[int, int] | None
) -> ReadRelation | None:
    """The letter that "the said letter" takes up: the last of that noun with a date, told a little before."""
    before = [m for m in _document().finditer(text, max(0, start - 600), start) if m["noun"] == match["noun"]]
    told = [_worded("replies to", text, m, month) for m in before]
    return next((relation for relation in reversed(told) if relation.edtf), None)


@cache
def _clause() -> re.Pattern[str]:
    """Where what names a document ends: a bracket, or a clause about it."""
    return re.compile(rf"\s+\(|[,;]\s+{any_of('relations', 'clauses')}(?!\w)", re.IGNORECASE)


@cache
def _after_date() -> re.Pattern[str]:
    """What still names a document behind its date: its number, who it is from."""
    number = rf"(?:\s*,?\s*{any_of('relations', 'references')}\s?[\w/.-]*\d[\w/.-]*)?"
    last = rf"(?:\s+{any_of('dates', 'last_month')}\b)?"
    sender = rf"(?:\s+(?:{any_of('title', 'from')}|{any_of('title', 'addressed')})\b[^,;]*)?"
    return re.compile(last + number + sender, re.IGNORECASE)


def _worded(
    kind: RelationKind, text: str, match: re.Match[str], month: tuple[int, int] | None
) -> ReadRelation:
    """A relation told in words only: "letter dated 11 April 2023 from the Minister …"."""
    words = _clause().split(match[0])[0].strip(" ,")
    dates = find_dates(text, match.start(), match.start() + len(words), own=month)
    edtf = dates[0].edtf if dates else None
    if dates:
        end = dates[0].end - match.start()
        after = _after_date().match(words, end)
        words = words[: after.end() if after else end].rstrip(" ,")
    return ReadRelation(
        kind, None, re.sub(r"\s+", " ", words), edtf, match.start(), match.start() + len(words)
    )
