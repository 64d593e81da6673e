"""Finds the parts of a letter: cover, annexes, enclosures, and letters quoted whole.

In: cleaned text. Out: ``ReadPart`` records, the cover first, without languages.
"""

from __future__ import annotations

import re
from functools import cache

from documents.records import PartKind, ReadPart

from .dates import find_dates
from .layout import Cell, lines
from .nested import nested_quotes
from .words import any_of, may_hold, whole_words

# Less text than this below a heading is a list of annexes, not an annex.
LEAST_ANNEX = 120
LEAST_QUOTED = 120
# More words than this before a full stop are a sentence, no heading.
MOST_HEADING = 12
MOST_QUOTED = 12000
INTRO = 320


@cache
def _headings() -> re.Pattern[str]:
    number = r"(?:\s+(?:no\.?\s*)?(?:[IVXLC]{1,6}|\d{1,3}|[A-Z]))?"
    belongs = rf"\s+{any_of('parts', 'belongs')}(?:(?<=[’'])|\s)\s*[^\n]{{1,300}}"
    rest = rf"(?:{belongs}|\s*[:.—–-]\s*[^\n]{{0,80}}|\s*\[[^\n]{{1,60}})?"
    return re.compile(
        rf"[ ]*[\[(]?[ ]*(?:(?P<annex>{any_of('parts', 'annex')})"
        rf"|(?P<enclosure>{any_of('parts', 'enclosure')}))"
        rf"{number}{rest}[ ]*[\])]?[ ]*\.?[ ]*(?=\n)",
        re.IGNORECASE,
    )


def split(text: str, cells: list[Cell]) -> list[ReadPart]:
    """The parts of the whole text: cover up to the first annex, annexes, enclosures, quoted letters."""
    cuts: list[tuple[int, PartKind]] = []
    for at, _ in lines(text, 0, len(text)):
        match = _headings().match(text, at)
        if not match:
            continue
        line = match[0].strip(" \n[]()")
        if not line[0].isupper() or not _after_blank(text, match.start()) or _is_sentence(line):
            continue
        start = match.start() + len(match[0]) - len(match[0].lstrip())
        cuts.append((start, "annex" if match["annex"] else "enclosure"))
    bare = _unmarked_enclosure(text, cells)
    if bare is not None and not any(abs(bare - at) < 400 for at, _ in cuts):
        cuts.append((bare, "enclosure"))
    cuts.sort()
    kept = _with_text(text, cuts)
    first = kept[0][0] if kept else len(text)
    parts = [ReadPart(0, first, "cover")]
    for index, (start, kind) in enumerate(kept):
        end = kept[index + 1][0] if index + 1 < len(kept) else len(text)
        parts.append(ReadPart(start, end, kind))
    return parts + quoted(text, parts)


def _is_sentence(line: str) -> bool:
    """Prose that begins with the word: "Annex to the treaty was signed in 1954, and …"."""
    return line.endswith(".") and len(line.split()) > MOST_HEADING


def _after_blank(text: str, at: int) -> bool:
    before = text[max(0, at - 200) : at]
    return (
        not before.strip() or bool(re.search(r"\n[ ]*\n[ ]*$", before)) or before.rstrip(" ").endswith("\x0c")
    )


def _with_text(text: str, cuts: list[tuple[int, PartKind]]) -> list[tuple[int, PartKind]]:
    kept: list[tuple[int, PartKind]] = []
    for index, (start, kind) in enumerate(cuts):
        end = cuts[index + 1][0] if index + 1 < len(cuts) else len(text)
        if start > 40 and len(text[start:end].strip()) >= LEAST_ANNEX:
            kept.append((start, kind))
    return kept


TITLE_POINT = r"(?<=\bM)\.|(?<=\b[MSD]r)\.|(?<=\bM[rm][se])\.|(?<=\bMs)\.|(?<=\bSra)\.|(?<=\bProf)\."


@cache
def salutation() -> re.Pattern[str]:
    """A line that greets the reader and no more; the point of "Mr." is part of it."""
    return re.compile(
        rf"^{any_of('salutations', 'words')}\b(?:[^.\n]|{TITLE_POINT}){{0,40}}[,:;—–-]*$", re.IGNORECASE
    )


def _unmarked_enclosure(text: str, cells: list[Cell]) -> int | None:
    """A second letterhead after the signature, where the cover says something is attached."""
    if not may_hold(text, "parts", "attached") or not whole_words("parts", "attached").search(text):
        return None
    for index, cell in enumerate(cells):
        if cell.start < 400 or len(cell.text) > 60 or not salutation().match(cell.text):
            continue
        above = cells[max(0, index - 6) : index]
        dated = next((c for c in above if len(c.text) < 60 and find_dates(c.text)), None)
        heads = [c for c in above if c.text.isupper() and len(c.text) < 80]
        if dated and heads:
            return heads[0].start
    return None


@cache
def _intro() -> re.Pattern[str]:
    return re.compile(
        rf"(?<!\w)(?:{any_of('parts', 'quoted_intro')}|{any_of('relations', 'documents')})(?!\w)",
        re.IGNORECASE,
    )


def quoted(text: str, parts: list[ReadPart]) -> list[ReadPart]:
    """Letters quoted whole or by paragraphs inside the other parts."""
    found: list[ReadPart] = []
    for start, end in [*_in_quotes(text), *_in_telegrams(text)]:
        before = text[max(0, start - INTRO) : start].rstrip()
        if not before.endswith(":") or not _intro().search(before):
            continue
        parent = next((i for i, p in enumerate(parts) if p.start <= start and end <= p.end), None)
        if parent is not None and not any(q.start < end and start < q.end for q in found):
            found.append(ReadPart(start, end, "quoted", parent))
    return sorted(found, key=lambda part: part.start)


QUOTE = re.compile(
    rf"(?:(?<=\n)|(?<=: ))[ ]*[“«„](?P<body>[^”»]{{{LEAST_QUOTED},{MOST_QUOTED}}})[”»]\.?[ ]*(?=\n|\Z)"
)


# Straight marks close as they open: each further paragraph opens anew, only the last closes.
STRAIGHT = re.compile(
    rf"(?:(?<=\n)|(?<=: ))[ ]*(?P<open>\")[^\"]{{{LEAST_QUOTED},{MOST_QUOTED}}}"
    r"(?:\n[ ]*\n[ ]*\"[^\"]{20,6000}){0,40}\"\.?[ ]*(?=\n|\Z)"
)


def _in_quotes(text: str) -> list[tuple[int, int]]:
    found: list[tuple[int, int]] = []
    if not any(mark in text for mark in ("“", "«", "„", '"', ",,")):
        return found
    found += nested_quotes(text, LEAST_QUOTED, MOST_QUOTED)
    for match in STRAIGHT.finditer(text):
        found.append((match.start("open"), match.start() + len(match[0].rstrip())))
    for match in QUOTE.finditer(text):
        lead = len(match[0]) - len(match[0].lstrip())
        found.append((match.start() + lead, match.start() + len(match[0].rstrip())))
    return found


MARK = re.compile(r"\b(UN)?QUOTE\b")


def _in_telegrams(text: str) -> list[tuple[int, int]]:
    """QUOTE … UNQUOTE of telegrams, the outermost pairs."""
    found: list[tuple[int, int]] = []
    depth = start = 0
    if "QUOTE" not in text:
        return found
    for match in MARK.finditer(text):
        if match[1]:
            depth -= 1
            if depth == 0 and match.end() - start >= LEAST_QUOTED:
                stop = match.end() + (text[match.end() : match.end() + 1] == ".")
                found.append((start, stop))
            depth = max(depth, 0)
        else:
            if depth == 0:
                start = match.start()
            depth += 1
    return found
