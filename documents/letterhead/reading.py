"""Reads all that a letter says of itself: the one entry of the letterhead stage.

In: the letter's text and a registry of parties. Out: a ``Letterhead``. The head and the foot of each part are
read closely; what lies between is only searched for parts, symbols and answers.
"""

from __future__ import annotations

import re
from functools import cache, cached_property

from documents.parties import PartyRegistry
from documents.records import Letterhead, ReadCorrespondent, ReadDate, ReadPart, ReadValue

from . import openings as opening
from .correspondents import correspondents
from .dates import FoundDate, find_dates, year_and_month
from .dating import (
    MAX_DATELINE,
    Dated,
    as_read,
    inline_foot,
    inline_head,
    is_reference,
    masthead_row,
    read_cell,
    received_in,
    received_without_year,
)
from .kinds import is_telegram, kind_of
from .language import language_of, original_language
from .layout import Cell, cells, cleaned, is_prose
from .naming import office_word
from .openings import Opening, Phrase
from .parts import salutation, split
from .relations import relations
from .scene import Scene
from .symbols import agenda_items_in, references_in, symbols_in
from .words import any_of, may_hold, whole_words

HEAD = 3500
TAIL = 2500
# Blocks of a masthead below which the title of a report or statement may stand.
MASTHEAD_BLOCKS = 10


def read_letterhead(text: str, registry: PartyRegistry, language: str | None = None) -> Letterhead:
    """All that ``text`` says of itself; ``language`` where known, else it is told from the words."""
    if "\r" in text and "\n" not in text:
        # Line ends of an old kind: one character for one, so that no offset moves.
        text = text.replace("\r", "\n")
    clean = cleaned(text)
    rows = cells(text, clean, 0, len(clean))
    found = split(clean, rows)
    parts = tuple(
        ReadPart(p.start, p.end, p.kind, p.parent, language or language_of(clean, p.start, p.end))
        for p in found
    )
    readings = [_Part(clean, rows, part, index, registry) for index, part in enumerate(parts)]
    cover = readings[0]
    dates = [date for reading in readings if reading.part.kind != "quoted" for date in reading.dates]
    own = next((d.edtf for d in cover.dates if d.kind == "own"), None)
    people = [row for reading in readings if reading.part.kind != "quoted" for row in reading.people]
    for reading in readings:
        if reading.part.kind == "quoted":
            more_dates, more_people = _quoted(clean, reading, readings, dates, people, registry, own)
            dates += more_dates
            people += more_people
    symbols = _own_symbols(clean, cover)
    original = original_language(clean, 0, min(len(clean), HEAD))
    main = parts[0].language or "en"
    title = cover.openings.get("title")
    return Letterhead(
        parts=parts,
        dates=tuple(dates),
        correspondents=tuple(people),
        symbols=tuple(symbols),
        references=tuple(_references(cover)),
        agenda_items=tuple(agenda_items_in(clean, 0, min(len(clean), HEAD))),
        kind=kind_of(clean, list(cover.openings.values()), [s.value for s in symbols]),
        subject=_subject(cover),
        place=cover.place,
        language=main,
        relations=tuple(
            relations(
                clean,
                parts[0],
                cover.body,
                symbols,
                own,
                bool(title and title.identical),
                bool(original and original != main),
            )
        ),
    )


class _Part:
    """The reading of one part: its cells, openings, dates, place and correspondents."""

    def __init__(
        self, text: str, rows: list[Cell], part: ReadPart, index: int, registry: PartyRegistry
    ) -> None:
        self.text, self.part, self.index = text, part, index
        inside = [c for c in rows if part.start <= c.start < part.end]
        self.head = [c for c in inside if c.start < part.start + HEAD][:70]
        self.tail = [c for c in inside if c.end > part.end - TAIL]
        self.openings = self._openings()
        self.dated: list[Dated] = []
        self.dates = self._dates()
        self.place = self._place()
        self.body = self._body()
        self.fields = opening.fields([c for c in self.head if c.start < self.body])
        own = next((d.edtf for d in self.dates if d.kind in ("own", "masthead")), None)
        month = year_and_month(own)
        self.year = month[0] if month else (int(own[:4]) if own and own[:4].isdigit() else None)
        telegram = is_telegram(text, part.start, part.end)
        scene = Scene(
            text, part.start, part.end, self.head, self.tail, self.openings, self.fields, self.place,
            part.language or "en", self.year, registry, self.body, telegram, self._above_foot(),
        )  # fmt: skip
        self.people: list[ReadCorrespondent] = correspondents(scene, index)

    def _above_foot(self) -> Cell | None:
        """The line above the date at the foot, where the letter is dated there."""
        cell = self.dated[0].cell if self.dated else None
        if cell is None or cell.start < (self.part.start + self.part.end) // 2:
            return None
        above = [c for c in self.tail if cell.row - 2 <= c.row < cell.row]
        return above[-1] if above else None

    def _openings(self) -> dict[str, Opening]:
        start, end = self.part.start, self.part.end
        if self.part.kind != "cover":
            # The heading of an annex repeats the title of the letter it belongs to.
            start = self.text.find("\n", start, end) + 1 or start
        found = [opening.title(self.text, start, end) if self.part.kind != "quoted" else None]
        found += [opening.third_person(self.text, start, end)]
        found += [opening.undersigned(self.text, start, end)]
        if self.part.kind == "cover" and not found[0]:
            found += [opening.heading(self.text, start, end)]
        if self.part.kind in ("annex", "enclosure"):
            found += [opening.authored(self.text, start, end)]
        elif self.part.kind == "cover" and not any(found) and not self._greets():
            found += [opening.authored(self.text, start, end, among=MASTHEAD_BLOCKS)]
        return {o.form: o for o in found if o}

    def _greets(self) -> bool:
        """Whether somebody is addressed at the top, as in letters and memoranda."""
        return any(_salutes(cell) for cell in self.head) or "to" in opening.fields(self.head[:12])

    def _dates(self) -> list[ReadDate]:
        title = self.openings.get("title")
        masthead = masthead_row(self.head) if self.part.kind == "cover" else None
        read: list[ReadDate] = []
        own: FoundDate | None = title.date if title else None
        settled = own is not None
        again: list[FoundDate] = []
        before: Cell | None = None
        for cell in self.head:
            if title and title.start <= cell.start < title.end:
                continue
            line = read_cell(cell, before)
            before = cell
            stamp = received_in(cell)
            if stamp and not (line and line.kind == "received"):
                read.append(as_read("received", stamp, self.index))
            if line is None:
                continue
            if line.kind == "received" and line.date:
                read.append(as_read("received", line.date, self.index))
            elif line.date and self._is_masthead(cell, line.date, masthead):
                if not any(d.kind == "masthead" for d in read):
                    read.append(as_read("masthead", line.date, self.index))
            elif not settled and cell.start < self._late:
                own, settled = line.date, True
                self.dated.append(line)
            elif own and line.date and line.date.edtf == own.edtf and cell.start < self._late:
                # The dateline that a title repeats, or the other way round: it dates the letter, no act.
                again.append(line.date)
                self.dated.append(line)
        long = next((c for c in self.head[:6] if len(c.text) > MAX_DATELINE), None)
        if not settled and long:
            inline = inline_head(self.text, long.start, self.part.end)
            if inline:
                own, settled = inline.date, True
                self.dated.append(inline)
        foot = self._foot(own)
        if foot and foot.date and not (own and settled and own.start == foot.date.start):
            read.append(as_read("foot", foot.date, self.index))
            if not settled:
                own = foot.date
                self.dated.append(foot)
        if own is None and not settled:
            own = self._told()
        if own and not any(date.kind == "received" for date in read):
            read += self._received_after(own)
        if own:
            read.append(as_read("own", own, self.index))
            read += [as_read("own", date, self.index) for date in again if date.start != own.start]
        return read

    def _received_after(self, own: FoundDate) -> list[ReadDate]:
        """The stamp that leaves its year to the dateline."""
        if not may_hold(self.text, "lines", "received"):
            return []
        for before, cell in zip([None, *self.head], self.head, strict=False):
            date = received_without_year(cell, before, own.edtf) if cell.start < self._late else None
            if date is not None:
                return [as_read("received", date, self.index)]
        return []

    def _is_masthead(self, cell: Cell, date: FoundDate, masthead: int | None) -> bool:
        """Whether a date above the title is the publisher's: below "Distr.", or another than the title's."""
        title = self.openings.get("title")
        if masthead is not None and cell.row >= masthead:
            return not title or cell.start < title.start
        other = title and title.date and title.date.edtf != date.edtf
        return bool(other and title and cell.start < title.start and self.part.kind == "cover")

    @cached_property
    def _late(self) -> int:
        """Where datelines of the head end: below this a dated line belongs to the foot or to a table."""
        return (self._prose.end if self._prose else self.part.start + HEAD) + 1

    @cached_property
    def _prose(self) -> Cell | None:
        """The first line of running text; a long heading is none."""
        heading = self.openings.get("heading")
        after = heading.end if heading else self.part.start
        return next((c for c in self.head if is_prose(c.text) and c.end > after), None)

    def _foot(self, own: FoundDate | None) -> Dated | None:
        title = self.openings.get("title")
        lowest = max(min(self.part.start + 201, self._late), title.end if title else 0)
        for index in range(len(self.tail) - 1, max(-1, len(self.tail) - 10), -1):
            line = read_cell(self.tail[index], self.tail[index - 1] if index else None)
            if line and line.kind == "own" and line.date and line.cell.start >= lowest:
                return line
        return inline_foot(self.text, self.part.start, self.part.end)

    def _told(self) -> FoundDate | None:
        """A first line that says when the message is from: "Cablegram from …, dated September 9, 1900"."""
        stop = min(self.part.end, self.part.start + 400)
        match = re.search(r"(?i)\b(?:dated|datée? du|de fecha)\s+", self.text[self.part.start : stop])
        if not match or not self.head or match.start() + self.part.start > self.head[0].end:
            return None
        before = self.text[self.part.start : self.part.start + match.start()].lstrip()
        if whole_words("heading", "never_first").match(before) or _takes_up().search(before):
            return None
        at = self.part.start + match.end()
        return next((d for d in find_dates(self.text, at, min(stop, at + 40)) if d.start <= at + 4), None)

    def _place(self) -> ReadValue | None:
        for line in self.dated:
            if line.place:
                return line.place
        if not self.dated:
            return None
        return _line_above(self.head, self.dated[0].cell)

    def _body(self) -> int:
        """Where the letterhead ends and the letter begins."""
        title = self.openings.get("title")
        if title:
            return title.end
        third = self.openings.get("third person")
        if third:
            return third.start
        prose = self._prose
        limit = prose.start if prose else min(self.part.end, self.part.start + HEAD)
        salutation = next((c for c in self.head if _salutes(c)), None)
        return min(limit, salutation.start) if salutation else limit


@cache
def _takes_up() -> re.Pattern[str]:
    """What makes a date that of another letter: "your note dated …", "in reply to the note dated …"."""
    cues = (any_of("relations", key) for key in ("replies", "yours", "your", "mine"))
    return re.compile(rf"(?<!\w)(?:{'|'.join(cues)})(?!\w)", re.IGNORECASE)


def _salutes(cell: Cell) -> bool:
    return bool(salutation().match(cell.text))


def _line_above(head: list[Cell], cell: Cell) -> ReadValue | None:
    """The place printed on the line above a bare date: the last line of a letterhead's address."""
    above = [c for c in head if c.row < cell.row and c.row >= cell.row - 3]
    for candidate in reversed(above):
        words = candidate.text.strip(" ,.")
        adjacent = candidate.row == cell.row - 1 and bool(
            re.fullmatch(r"[A-ZÉ][\w’'-]+(?: [A-Z][\w’'-]+)?", words)
        )
        shaped = words.isupper() or "," in words or (adjacent and not office_word().search(words))
        shaped = shaped and not whole_words("lines", "to_fields").match(words)
        shaped = shaped and ("," in words or not office_word().search(words))
        if 2 < len(words) < 60 and shaped and not re.search(r"\d{4}|:", words):
            return ReadValue(words.title() if words.isupper() else words, candidate.start, candidate.end)
    return None


def _own_symbols(text: str, cover: _Part) -> list[ReadValue]:
    """Symbols the masthead prints as the letter's own: alone in their cells, above title and body."""
    found: list[ReadValue] = []
    stop = cover.openings["title"].start if "title" in cover.openings else cover.body
    for cell in cover.head:
        if cell.start >= stop:
            break
        if is_reference(cell.text):
            continue
        here = symbols_in(text, cell.start, cell.end)
        rest = cell.text
        for value in here:
            rest = rest.replace(value.value, " ")
        if here and len(re.findall(r"\w+", rest)) <= 3:
            found += [v for v in here if v.value not in {f.value for f in found}]
    return found


def _references(cover: _Part) -> list[ReadValue]:
    """File and note numbers of the head; a field "Ref:" may have its value in the next column."""
    found = references_in([c for c in cover.head if c.start < cover.body])
    phrase = cover.fields.get("reference")
    if phrase and re.search(r"\d", phrase.text) and all(v.value != phrase.text for v in found):
        found.append(ReadValue(phrase.text, phrase.start, phrase.end))
    return found


def _subject(cover: _Part) -> ReadValue | None:
    phrase: Phrase | None = cover.fields.get("subject")
    if phrase:
        return ReadValue(phrase.text, phrase.start, phrase.end)
    line = _below_salutation(cover.head)
    return ReadValue(line.text, line.start, line.end) if line else None


def _below_salutation(head: list[Cell]) -> Cell | None:
    """A line of its own between the salutation and the text, as firms print the subject."""
    for index, cell in enumerate(head[:-2]):
        if _salutes(cell):
            line, after = head[index + 1], head[index + 2]
            alone = line.row > cell.row and after.row > line.row + 1
            return line if alone and len(line.text) < 150 and line.text[-1] not in ".,;:!?" else None
    return None


def _quoted(
    text: str, reading: _Part, readings: list[_Part], dates: list[ReadDate], people: list[ReadCorrespondent],
    registry: PartyRegistry, own: str | None,
) -> tuple[list[ReadDate], list[ReadCorrespondent]]:  # fmt: skip
    """Date and sender of a letter quoted whole, from its own words or from the sentence that brings it."""
    from .quotations import quoted_date, quoted_people

    earlier = [
        r
        for r in readings[: reading.index]
        if r.part.kind == "quoted" and r.part.parent == reading.part.parent
    ]
    date = next((d for d in reading.dates if d.kind == "own"), None) or quoted_date(
        text, reading.part, reading.index, own, [d for d in dates for r in earlier if d.part == r.index]
    )
    rows = quoted_people(text, reading.part, reading.index, reading.people, people, registry, reading.year)
    return ([date] if date else []), rows
