"""One part as read so far, and what its letterhead lines name."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from documents.parties import PartyMention, PartyRegistry
from documents.records import ReadValue

from .layout import Cell
from .leaders import led_party
from .naming import (
    Named,
    described,
    mentioned_party,
    office_in,
    office_word,
    organisation_ending,
    party_of,
    several,
    tidy,
    united_nations,
    without_article,
)
from .openings import Opening, Phrase
from .words import any_of, every, plain, united_nations_offices

TOP_CELLS = 14


@dataclass(frozen=True, slots=True)
class Scene:
    """One part as read so far: its text and cells, openings, memo fields, place, and the registry in use."""

    text: str
    start: int
    end: int
    head: list[Cell]
    tail: list[Cell]
    openings: Mapping[str, Opening]
    fields: Mapping[str, Phrase]
    place: ReadValue | None
    language: str
    year: int | None
    registry: PartyRegistry
    body: int
    telegram: bool = False
    foot: Cell | None = None

    def party(self, words: str) -> str | None:
        """The party a phrase speaks for."""
        return party_of(words, self.registry, self.language, self.year)

    def named_in(self, words: str) -> str | None:
        """The party a phrase speaks for, else one named in it."""
        return mentioned_party(words, self.registry, self.language, self.year)

    def mentions(self, words: str) -> list[PartyMention]:
        """The parties named in a phrase."""
        return list(self.registry.find(words, language=self.language, year=self.year))

    def office(self, words: str) -> str | None:
        """The office a phrase names."""
        return office_in(words, self.registry, self.language)

    def named(self, phrase: Phrase) -> Named:
        """One phrase read as a correspondent."""
        found = described(phrase.text, self.registry, self.language, self.year, phrase.start)
        return self.with_leader(found)

    def all_named(self, phrase: Phrase) -> list[Named]:
        """A phrase that may name several correspondents."""
        found = several(phrase.text, self.registry, self.language, self.year, phrase.start)
        return [self.with_leader(named) for named in found]

    def with_leader(self, named: Named) -> Named:
        """The same, with the party its person led where the words name none."""
        party = named.party or led_party(named.person, self.year)
        if party is not None and named.party is None:
            party = self.registry.resolve(party, None, self.year)
        return Named(party, named.office, named.person, named.words, named.start, named.end)


def letterhead_named(scene: Scene) -> Named | None:
    """The state, house or firm that the top lines of a part print as their own."""
    office: tuple[Cell, str] | None = None
    heading = scene.openings.get("heading")
    for cell in _joined(scene.head[:TOP_CELLS]):
        if cell.start >= scene.body and cell.start != scene.start:
            break
        if (
            scene.telegram
            and scene.place
            and scene.place.start is not None
            and cell.start > scene.place.start
        ):
            break
        words = _capital_run(tidy(cell.text))
        if heading and heading.start <= cell.start < heading.end:
            continue
        if len(words) > 80 or _is_address(cell) or re.search(r"\d{3}", words):
            continue
        found = _officer(scene, cell, words) or _letterhead_line(
            scene, cell, words, office[1] if office else None
        )
        if found:
            return found
        if office is None and office_word().search(words) and cell.row <= 8:
            office = (cell, words)
    if office is None:
        return None
    cell, words = office
    return Named(None, scene.office(proper(words)), None, proper(words), cell.start, cell.end)


def _joined(cells: list[Cell]) -> list[Cell]:
    """Cells with lines in capitals put together where one runs on: "MINISTRY / OF / WORKS"."""
    small = every("offices", "small")
    out: list[Cell] = []
    for cell in cells:
        last = out[-1] if out else None
        runs_on = last is not None and (
            cell.text.split()[0].lower() in small or last.text.split()[-1].lower() in small
        )
        beside = last is not None and cell.row <= last.row + 1 and len(last.text) + len(cell.text) < 80
        if last is not None and runs_on and beside and cell.text.isupper() and last.text.isupper():
            out[-1] = Cell(f"{last.text} {cell.text}", last.start, cell.end, cell.row, last.indent)
        else:
            out.append(cell)
    return out


def _officer(scene: Scene, cell: Cell, words: str) -> Named | None:
    """An officer of the United Nations whose title heads the page alone; an address has further lines."""
    official = united_nations_offices().get(plain(without_article(words)))
    after = next((c for c in scene.head if c.row > cell.row), None)
    if official is None or cell.row > 4 or (after is not None and after.row == cell.row + 1):
        return None
    return Named(official, tidy(without_article(words)), None, words, cell.start, cell.end)


def _letterhead_line(scene: Scene, cell: Cell, words: str, office: str | None) -> Named | None:
    party = scene.party(words) if _names_owner(scene, words) else None
    if party is None and words.isupper() and len(words.split()) < 6:
        party = scene.named_in(words)
    if party and party not in united_nations() and not _place_only(scene, words):
        house = scene.office(proper(words)) or (proper(office) if office else None)
        return Named(party, house, None, words, cell.start, cell.end)
    if organisation_ending().search(words) and not office_word().match(words):
        return Named(None, None, None, proper(words), cell.start, cell.end)
    return None


def _capital_run(words: str) -> str:
    """The letterhead of a text whose lines ran together: "LÉGATION DE LYSIENo. 152Morven, le …"."""
    if len(words) <= 80:
        return words
    match = re.match(
        r"(?:[A-ZÉÈÀÂÊÎÔÛÇÑ'’-]{2,}\s+){1,8}[A-ZÉÈÀÂÊÎÔÛÇÑ'’-]{2,}?(?=[A-Z][a-zé]|\s|\d|$)", words
    )
    return match[0] if match else words


def foot_named(scene: Scene) -> Named | None:
    """A letterhead moved to the foot: the line above the date there."""
    if scene.foot is None:
        return None
    words = tidy(scene.foot.text)
    party = scene.party(words) if office_word().search(words) and len(words) < 80 else None
    if party is None:
        return None
    return Named(party, scene.office(words), None, words, scene.foot.start, scene.foot.end)


def proper(words: str) -> str:
    """A name printed in capitals as prose writes it."""
    if not words.isupper():
        return words
    small = {*every("offices", "small"), *every("offices", "articles"), *every("offices", "owners")}
    return " ".join(
        w.lower() if w.lower() in small else w if len(w) < 4 else w.capitalize() for w in words.split()
    )


def _is_address(cell: Cell) -> bool:
    return bool(re.match(rf"(?:to|à|a|au|al)\b|{any_of('offices', 'courtesy')}\b", cell.text, re.IGNORECASE))


def _names_owner(scene: Scene, words: str) -> bool:
    """Whether a line names more than an office: "Ministry for Foreign Affairs" alone is anybody's."""
    if not office_word().search(words):
        return True
    return any(not office_word().fullmatch(m.words) for m in scene.mentions(words)) or bool(
        re.match(rf"{any_of('offices', 'unmistakable')}\b", words, re.IGNORECASE)
    )


def _place_only(scene: Scene, words: str) -> bool:
    """A capital alone on a line is a place, not a letterhead."""
    mentions = scene.mentions(words)
    only_capitals = bool(mentions) and all(m.name_kind == "capital" for m in mentions)
    return only_capitals and not office_word().search(words)
