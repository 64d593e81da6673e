"""To whom a part is written: title, note, inside or telegram address, heading, salutation."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import cache

from .closings import Signature, address
from .dates import find_dates
from .layout import Cell
from .naming import (
    Named,
    looks_like_person,
    office_word,
    organisation_ending,
    tidy,
    united_nations,
    without_article,
    without_courtesy,
)
from .openings import Phrase
from .parts import TITLE_POINT
from .scene import Scene
from .words import any_of, may_hold, whole_words

# The other side of a letter shows in its first thousands of characters.
LOOK = 4000


def recipients(scene: Scene, senders: list[Named], signed: list[Signature]) -> list[Named]:
    """The recipients of a part whose senders and signatures are known, in order."""
    heading = scene.openings.get("heading")
    headed = scene.named(heading.recipient) if heading and heading.recipient else None
    title = scene.openings.get("title")
    if title and title.recipient:
        return scene.all_named(title.recipient)
    note = scene.openings.get("third person")
    if note and note.recipient:
        named = scene.all_named(note.recipient)
        if len(named) == 1 and named[0].party is None and headed and headed.party:
            return [replace(named[0], party=headed.party, person=named[0].person or headed.person)]
        return [_completed(scene, _not_the_seat(scene, n, senders), senders) for n in named]
    found = _addressed(scene, signed)
    undersigned = scene.openings.get("undersigned")
    if found is None and headed is None and undersigned and undersigned.recipient:
        return [_completed(scene, scene.named(undersigned.recipient), senders)]
    saluted = _saluted(scene)
    if headed:
        found = _filled(headed, found) if found else headed
    elif found is None and "to" in scene.fields:
        found = scene.named(scene.fields["to"])
    found = _client_of(scene, found or saluted)
    if _is_diplomatic(scene):
        other = _other_party(scene, senders)
        return (
            [_completed(scene, found, senders)]
            if found
            else [Named(other, None, None, other)]
            if other
            else []
        )
    return [found] if found else []


def _not_the_seat(scene: Scene, named: Named, senders: list[Named]) -> Named:
    """A recipient without the sender's own capital, where it sits: "the missions accredited in Kaldport"."""
    if named.party is None or named.party not in {s.party for s in senders}:
        return named
    places = [m for m in scene.mentions(named.words) if m.party == named.party]
    return replace(named, party=None) if places and all(m.name_kind == "capital" for m in places) else named


def _completed(scene: Scene, named: Named, senders: list[Named]) -> Named:
    """A recipient whose state is not printed is the other state that the note speaks of."""
    if named.party is not None or organisation_ending().search(named.words):
        return named
    return replace(named, party=_other_party(scene, senders))


def _is_diplomatic(scene: Scene) -> bool:
    """Whether the letter greets a diplomat, so that the other state it speaks of is whom it is written to."""
    if scene.head and len(scene.head[0].text) > 200:
        greeting = scene.text[scene.start : scene.start + 400]
    else:
        greeting = next((m[0] for m in (_greeting().match(cell.text) for cell in scene.head) if m), "")
    return whole_words("salutations", "diplomatic").search(greeting) is not None


@dataclass(slots=True)
class _Address:
    """What the lines of an inside address add up to."""

    party: str | None = None
    office: str | None = None
    person: str | None = None
    firm: str | None = None


def _addressed(scene: Scene, signed: list[Signature]) -> Named | None:
    """The inside address, at the foot or the head."""
    top = [c for c in scene.head if c.start < scene.body]
    middle = (scene.start + scene.end) // 2
    lines = address([c for c in scene.tail if c.start > middle], at_foot=True)
    above = address(top, at_foot=False)
    if above and lines and any(lines[0].start <= s.person.start < lines[-1].end for s in signed):
        # "Dr. Hanna Lode, Director-General" below the closing is who signs.
        lines = []
    lines = lines or above or _telegram_address(scene) or _plain_address(scene)
    if not lines:
        return None
    read = _Address()
    for line in lines:
        _read_line(scene, re.sub(r"^(?i:to)\b[:\s]+", "", line.text), read)
    if read.firm and read.person is None:
        read.person = _attended(top)
    words = read.firm or " ".join(line.text for line in lines[:3])
    # The town of a firm's address is not whom the letter is written to.
    party = scene.party(read.firm) if read.firm else read.party
    named = Named(party, read.office, read.person, tidy(words), lines[0].start, lines[-1].end)
    return scene.with_leader(named)


@cache
def _attention() -> re.Pattern[str]:
    return re.compile(rf"^(?:{any_of('offices', 'attention')})[.:]*\s*(.+)$", re.IGNORECASE)


def _read_line(scene: Scene, line: str, read: _Address) -> None:
    """Adds what one line of an address says."""
    words = tidy(line)
    attention = _attention().match(words)
    if attention:
        read.person = tidy(without_courtesy(attention[1].split(",")[0]))
        return
    read.party = read.party or scene.named_in(words)
    first, _, rest = words.partition(",")
    if whole_words("addresses", "bodies").match(words):
        return
    bare = without_courtesy(first)
    if organisation_ending().search(words):
        bare = first
    if read.person is None and bare != first and len(bare.split()) in (2, 3, 4) and bare.istitle():
        # "Excmo. Sr. Tomás Rey": behind a form of address even a word for an office is a name.
        read.person = bare
        read.office = read.office or (scene.office(tidy(rest)) if rest else None)
        return
    if organisation_ending().search(words):
        read.firm = read.firm or tidy(without_courtesy(words))
    elif office_word().search(words):
        if looks_like_person(first):
            read.person = read.person or tidy(without_courtesy(first))
            read.office = read.office or scene.office(tidy(rest))
        else:
            read.office = read.office or scene.office(first)
    elif read.person is None and _peer().match(words):
        read.person = without_article(first)
    elif read.person is None and looks_like_person(first) and not _courtesy_only(words):
        # Below the name of a firm stand its street and town.
        place = any(m.name_kind == "capital" and len(m.words) == len(first) for m in scene.mentions(first))
        town = read.office is not None and " " not in first
        if not place and not town and (read.firm is None or whole_words("offices", "courtesy").match(first)):
            read.person = _title_kept(first)


@cache
def _peer() -> re.Pattern[str]:
    """A title of nobility with its land: "The Earl of Marne"."""
    return re.compile(rf"(?i:(?:the\s+)?{any_of('addresses', 'peers')}\s+of)\s+[A-ZÉ]")


def _attended(cells: list[Cell]) -> str | None:
    """Whom at a firm a letter is for, printed apart from the address: "For the attention of Ms D. Hale"."""
    found = (_attention().match(tidy(cell.text)) for cell in cells)
    return next((tidy(without_courtesy(match[1].split(",")[0])) for match in found if match), None)


def _courtesy_only(words: str) -> bool:
    """Whether a line is a form of address and names nobody."""
    return whole_words("offices", "courtesy").fullmatch(tidy(words)) is not None


def _title_kept(words: str) -> str:
    """A person without Mr. or His Excellency, but with a title of rank: "Count Ebner"."""
    return tidy(
        re.sub(rf"^(?:{any_of('offices', 'plain_courtesy')}\b\.?\s*)+", "", words, flags=re.IGNORECASE)
    )


def _telegram_address(scene: Scene) -> list[Phrase]:
    """The address of a telegram in capitals: "MINISTER FOR FOREIGN AFFAIRS / LYSSA"."""
    if not scene.telegram:
        return []
    told = [
        c for c in scene.head[:10] if c.text.isupper() and whole_words("lines", "to_fields").match(c.text)
    ]
    for index, cell in enumerate(scene.head[:10]):
        if told and cell.start < told[0].start:
            continue
        if not cell.text.isupper() or re.search(r"\d", cell.text) or len(cell.text) > 90:
            continue
        if office_word().search(cell.text):
            after = scene.head[index + 1 : index + 2]
            extra = [c for c in after if c.row == cell.row + 1 and len(c.text) < 40]
            return [Phrase(c.text, c.start, c.end) for c in [cell, *extra]]
    return []


def _filled(headed: Named, found: Named) -> Named:
    """Whom the heading names, with what the address adds: party, office, the name in full."""
    person = headed.person
    if person and found.person and found.person.lower().endswith(without_courtesy(person).lower()):
        person = found.person
    return replace(
        headed, party=headed.party or found.party, office=headed.office or found.office, person=person
    )


def _client_of(scene: Scene, found: Named | None) -> Named | None:
    """A law firm that is told of "your client" stands for the firm that the line of the subject names."""
    if found is None or not may_hold(scene.text, "offices", "their_client"):
        return found
    if not organisation_ending().search(found.words):
        return found
    for cell in scene.head:
        told = _their_client().match(cell.text)
        if told and cell.start < scene.body + 400:
            name = tidy(told["name"])
            return Named(scene.party(name), found.words, found.person, name, cell.start, cell.end)
    greeted = next((i for i, c in enumerate(scene.head) if _greeting().match(c.text)), None)
    line = scene.head[greeted + 1] if greeted is not None and greeted + 1 < len(scene.head) else None
    name = tidy(line.text) if line else ""
    if line is None or len(name) > 60 or ":" in name or not organisation_ending().search(name):
        return found
    return Named(scene.party(name), found.words, found.person, name, line.start, line.end)


@cache
def _their_client() -> re.Pattern[str]:
    return re.compile(rf"(?i:{any_of('offices', 'their_client')})\s*:\s*(?P<name>\S.{{2,80}})$")


@cache
def _greeting() -> re.Pattern[str]:
    """The words of a salutation up to its comma; the point of "Mr." is part of it."""
    return re.compile(
        rf"^{any_of('salutations', 'words')}\b(?:[^\n.:,]|{TITLE_POINT}){{0,60}}",
        re.IGNORECASE,
    )


def _plain_address(scene: Scene) -> list[Phrase]:
    """A block of short lines above the salutation that holds a firm, or begins with an office."""
    for index, cell in enumerate(scene.head):
        if index < 3 or len(cell.text) > 60 or not _greeting().match(cell.text):
            continue
        lines = _lines_above(scene.head[:index])
        if (
            len(lines) > 1
            and lines[0].row > 1
            and (
                any(organisation_ending().search(tidy(c.text)) for c in lines)
                or _begins_with_office(scene.head[:index], lines)
            )
        ):
            return [Phrase(c.text, c.start, c.end) for c in lines]
    return []


def _begins_with_office(head: list[Cell], lines: list[Cell]) -> bool:
    """Whether lines below a dateline begin with an office: "The Minister of Finance", not a letterhead."""
    dated = any(c.row < lines[0].row and find_dates(c.text) for c in head)
    dated = dated and not any(c.row > lines[-1].row and find_dates(c.text) for c in head)
    clean = not any(find_dates(c.text) or ":" in c.text for c in lines)
    return dated and clean and bool(office_word().search(lines[0].text))


def _lines_above(cells: list[Cell]) -> list[Cell]:
    """The last block of two lines or more among the cells; single lines below it are passed over."""
    above: list[Cell] = []
    for candidate in reversed(cells):
        if above and candidate.row < above[-1].row - 1:
            if len(above) > 1:
                break
            above = []
        above.append(candidate)
        if len(above) > 6:
            break
    return list(reversed(above))


def _saluted(scene: Scene) -> Named | None:
    """The office or person of the salutation."""
    for cell in scene.head:
        match = _greeting().match(cell.text)
        if not match:
            continue
        words = re.sub(rf"^(?:{any_of('salutations', 'dear')}\s+)+", "", match[0], flags=re.IGNORECASE)
        words = without_article(without_courtesy(tidy(words)))
        if whole_words("offices", "ranks_alone").fullmatch(words):
            return None
        where = (cell.start, cell.start + match.end())
        if office_word().search(words):
            return Named(scene.party(words), tidy(words), None, tidy(match[0]), *where)
        if looks_like_person(words) and not whole_words("salutations", "words").fullmatch(words):
            person = tidy(without_courtesy(words))
            return scene.with_leader(Named(scene.party(words), None, person, tidy(match[0]), *where))
        return None
    return None


def _other_party(scene: Scene, senders: list[Named]) -> str | None:
    """The state, not the sender's, that the part names most; the first named where two are even."""
    mine = {s.party for s in senders}
    counts: dict[str, int] = {}
    stop = min(scene.end, scene.start + LOOK)
    for mention in scene.registry.find(
        scene.text, scene.start, stop, language=scene.language, year=scene.year
    ):
        if mention.party in mine or mention.party in united_nations() or mention.name_kind == "capital":
            continue
        record = scene.registry.get(mention.party)
        if record is not None and record.kind == "state":
            counts[mention.party] = counts.get(mention.party, 0) + 1
    return max(counts, key=lambda party: counts[party]) if counts else None
