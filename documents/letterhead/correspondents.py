"""Who wrote a part and to whom: weighs title, note, heading, memo fields, signatures, letterhead and place."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from documents.parties import PartyRegistry
from documents.records import CorrespondentRole, ReadCorrespondent, ReadValue

from .closings import Signature, address, signatures
from .layout import Cell
from .naming import (
    Named,
    described,
    looks_like_person,
    mentioned_party,
    office_in,
    office_word,
    organisation_ending,
    party_of,
    several,
    tidy,
    united_nations,
    without_article,
    without_courtesy,
)
from .openings import Opening, Phrase
from .words import any_of, every, whole_words

TOP_CELLS = 14


@dataclass(frozen=True, slots=True)
class Scene:
    """All that the readers of a part found, and the registry to name parties with."""

    text: str
    start: int
    end: int
    head: list[Cell]
    tail: list[Cell]
    openings: dict[str, Opening]
    fields: dict[str, Phrase]
    place: ReadValue | None
    language: str
    year: int | None
    registry: PartyRegistry
    body: int
    telegram: bool = False

    def party(self, words: str) -> str | None:
        """The party a phrase speaks for."""
        return party_of(words, self.registry, self.language, self.year)

    def office(self, words: str) -> str | None:
        """The office a phrase names."""
        return office_in(words, self.registry, self.language)

    def named(self, phrase: Phrase) -> Named:
        """One phrase read as a correspondent."""
        return described(phrase.text, self.registry, self.language, self.year, phrase.start)


def correspondents(scene: Scene, part: int) -> list[ReadCorrespondent]:
    """Senders, recipients and signatories of one part, in order."""
    signed = signatures(scene.tail, unmarked="third person" not in scene.openings)
    senders = _senders(scene, signed)
    recipients = _recipients(scene, senders)
    rows = [*_rows("sender", senders, part), *_rows("recipient", recipients, part)]
    signatories = [
        Named(
            _office_party(scene, s),
            tidy(s.office.text) if s.office else None,
            s.person.text,
            s.person.text,
            s.person.start,
            s.person.end,
        )
        for s in signed
    ]
    return [*rows, *_rows("signatory", signatories, part)]


def _rows(role: CorrespondentRole, named: list[Named], part: int) -> list[ReadCorrespondent]:
    return [
        ReadCorrespondent(role, n.party, n.office, n.person, n.words, position, n.start, n.end, part)
        for position, n in enumerate(named)
    ]


def _office_party(scene: Scene, signature: Signature) -> str | None:
    if signature.office is None:
        return None
    return mentioned_party(signature.office.text, scene.registry, scene.language, scene.year)


def letterhead_named(scene: Scene) -> Named | None:
    """The state, house or firm that the top lines of a part print as their own."""
    office: tuple[Cell, str] | None = None
    for cell in scene.head[:TOP_CELLS]:
        if cell.start >= scene.body:
            break
        words = tidy(cell.text)
        heading = scene.openings.get("heading")
        if heading and heading.start <= cell.start < heading.end:
            continue
        if len(words) > 80 or _is_address(cell) or re.search(r"\d{3}", words):
            continue
        party = scene.party(words) if _names_owner(scene, words) else None
        if party and party not in united_nations() and not _place_only(scene, words):
            mine = scene.office(words) or (office[1] if office else None)
            return Named(party, mine, None, words, cell.start, cell.end)
        if organisation_ending().search(words) and not office_word().match(words):
            return Named(None, None, None, _proper(words), cell.start, cell.end)
        if office is None and office_word().search(words) and cell.row <= 8:
            office = (cell, words)
    if office:
        cell, words = office
        return Named(None, scene.office(words), None, _proper(words), cell.start, cell.end)
    return None


def _proper(words: str) -> str:
    """A name printed in capitals as prose writes it."""
    if not words.isupper():
        return words
    small = every("offices", "small")
    parts = [w if len(w) < 4 and w.lower() not in small else w.lower() if w.lower() in small else w.capitalize() for w in words.split()]
    return " ".join(parts)


def _is_address(cell: Cell) -> bool:
    return bool(re.match(rf"(?:to|à|a|au|al)\b|{any_of('offices', 'courtesy')}\b", cell.text, re.IGNORECASE))


def _names_owner(scene: Scene, words: str) -> bool:
    """Whether a line names more than an office: "Ministry for Foreign Affairs" alone is anybody's."""
    mentions = scene.registry.find(words, language=scene.language, year=scene.year)
    return any(not office_word().fullmatch(m.words) for m in mentions) or not office_word().search(words)


def _place_only(scene: Scene, words: str) -> bool:
    """A capital alone on a line is a place, not a letterhead."""
    mentions = scene.registry.find(words, language=scene.language, year=scene.year)
    return (
        bool(mentions) and all(m.name_kind == "capital" for m in mentions) and not office_word().search(words)
    )


def _senders(scene: Scene, signed: list[Signature]) -> list[Named]:
    first = next(
        (o for o in (scene.openings.get("title"), scene.openings.get("third person")) if o and o.sender), None
    )
    top = letterhead_named(scene)
    client = _client(scene)
    if first and first.sender:
        named = several(first.sender.text, scene.registry, scene.language, scene.year, first.sender.start)
        named = [replace(n, office=n.office or None) for n in named]
        if len(named) == 1 and named[0].party is None:
            named = [replace(named[0], party=(top.party if top else None) or _home_party(scene))]
    elif client:
        named = [client]
    elif scene.fields.get("from"):
        named = [scene.named(scene.fields["from"])]
        if top:
            named = [replace(named[0], party=named[0].party or top.party, words=top.words)]
    elif scene.openings.get("heading") and scene.openings["heading"].sender:
        named = [scene.named(scene.openings["heading"].sender)]
        if top:
            named = [
                replace(named[0], party=named[0].party or top.party, office=named[0].office or top.office)
            ]
    elif top:
        named = [top]
    elif signed:
        s = signed[0]
        named = [
            Named(
                None,
                scene.office(s.office.text) if s.office else None,
                s.person.text,
                s.person.text,
                s.person.start,
                s.person.end,
            )
        ]
    else:
        named = []
    return _with_signatories(scene, named, signed)


def _with_signatories(scene: Scene, named: list[Named], signed: list[Signature]) -> list[Named]:
    """The senders with the persons who signed for them, and the party the signature's office or place tells."""
    if not named:
        home = _home_party(scene)
        return [Named(home, None, None, home)] if home else []
    out = []
    for index, sender in enumerate(named):
        person, office, party = sender.person, sender.office, sender.party
        if index < len(signed):
            signature = signed[index]
            if len(named) == len(signed) or index == 0:
                person = _fuller(person, signature.person.text)
            office = office or (scene.office(signature.office.text) if signature.office else None)
            party = party or _office_party(scene, signature)
        if party is None and not organisation_ending().search(sender.words):
            party = _home_party(scene)
        out.append(replace(sender, person=person, office=office, party=party))
    return out


def _fuller(headed: str | None, signed: str) -> str:
    """The signature's name, unless the heading names somebody else: then what was signed is a copy below."""
    if headed is None or _surname(headed) in _fold(signed) or _surname(signed) in _fold(headed):
        return signed
    return headed


def _surname(name: str) -> str:
    return _fold(name.split()[-1])


def _fold(words: str) -> str:
    return re.sub(r"[^\w]", "", words.lower())


def _home_party(scene: Scene) -> str | None:
    """The state whose capital the letter is written from."""
    if scene.place is None:
        return None
    for piece in reversed(scene.place.value.split(",")):
        found = scene.party(piece)
        if found:
            return found
    return None


def _client(scene: Scene) -> Named | None:
    """A law firm writes for its client."""
    pattern = re.compile(
        rf"(?i:{any_of('offices', 'client')})\s*:?\s*(?P<name>[A-Z][\w&.’'-]*(?:\s+(?:[A-Z&][\w&.’'-]*|of|and|de|du))*)"
    )
    match = pattern.search(scene.text, scene.start, min(scene.end, scene.start + 2500))
    if not match:
        return None
    words = tidy(match["name"])
    return Named(scene.party(words), None, None, words, match.start("name"), match.end("name"))


def _recipients(scene: Scene, senders: list[Named]) -> list[Named]:
    for form in ("title", "third person"):
        opening = scene.openings.get(form)
        if opening and opening.recipient:
            named = several(
                opening.recipient.text, scene.registry, scene.language, scene.year, opening.recipient.start
            )
            return [_completed(scene, n, senders) for n in named]
    found = _addressed(scene)
    heading = scene.openings.get("heading")
    if heading and heading.recipient:
        headed = scene.named(heading.recipient)
        if found:
            headed = replace(headed, party=headed.party or found.party, office=headed.office or found.office)
        return [_completed(scene, headed, senders)]
    if found is None and scene.fields.get("to"):
        found = scene.named(scene.fields["to"])
    if found is None:
        found = _saluted(scene)
    if found is None:
        other = _other_party(scene, senders)
        return [Named(other, None, None, other)] if other else []
    return [_completed(scene, found, senders)]


def _completed(scene: Scene, named: Named, senders: list[Named]) -> Named:
    """A recipient whose state is not printed is the other state that the letter speaks of."""
    if named.party is not None or organisation_ending().search(named.words):
        return named
    return replace(named, party=_other_party(scene, senders))


def _addressed(scene: Scene) -> Named | None:
    """The inside address, at the head or the foot."""
    top = [c for c in scene.head if c.start < scene.body]
    middle = (scene.start + scene.end) // 2
    lines = (
        address([c for c in scene.tail if c.start > middle], at_foot=True)
        or address(top, at_foot=False)
        or _telegram_address(scene)
    )
    if not lines:
        lines = _plain_address(scene, top)
    if not lines:
        return None
    party = person = office = firm = None
    for line in lines:
        words = tidy(re.sub(r"^(?i:to)\s+", "", line.text))
        attention = re.match(rf"^(?i:{any_of('offices', 'attention')})[.:]*\s*(.+)$", words)
        if attention:
            person = attention[1]
            continue
        party = party or mentioned_party(words, scene.registry, scene.language, scene.year)
        bare = tidy(without_courtesy(words))
        if organisation_ending().search(words):
            firm = firm or bare
        elif office_word().search(words):
            first, _, rest = words.partition(", ")
            if looks_like_person(first):
                person = person or tidy(without_courtesy(first))
                office = office or scene.office(rest)
            else:
                office = office or scene.office(first)
        elif (
            person is None
            and looks_like_person(words)
            and bare.lower() not in ("his excellency", "son excellence")
        ):
            person = _title_kept(words)
    words = firm or " ".join(line.text for line in lines[:3])
    return Named(party, office, person, tidy(words), lines[0].start, lines[-1].end)


def _title_kept(words: str) -> str:
    return tidy(
        re.sub(r"^(?i:hon|mr|mrs|messrs|monsieur|the hon|his excellency|son excellence)\b\.?\s*", "", words)
    )


def _telegram_address(scene: Scene) -> list[Phrase]:
    """The form "MINISTER FOR FOREIGN AFFAIRS / TRESS" or "TO THE MINISTER … SANTA CLARA" of a telegram in capitals."""
    if not scene.telegram:
        return []
    for index, cell in enumerate(scene.head[:10]):
        if (
            cell.text.isupper()
            and office_word().search(cell.text)
            and not re.search(r"\d", cell.text)
            and len(cell.text) < 90
        ):
            after = scene.head[index + 1 : index + 2]
            extra = [c for c in after if c.row == cell.row + 1 and len(c.text) < 40]
            return [Phrase(c.text, c.start, c.end) for c in [cell, *extra]]
    return []


def _plain_address(scene: Scene, top: list[Cell]) -> list[Phrase]:
    """A block of short lines right before the salutation that holds an office or a firm."""
    salutation = re.compile(rf"^{any_of('salutations', 'words')}\b", re.IGNORECASE)
    for index, cell in enumerate(scene.head):
        if not salutation.match(cell.text) or len(cell.text) > 60 or index < 3:
            continue
        above: list[Cell] = []
        for candidate in reversed(scene.head[:index]):
            if above and candidate.row < above[-1].row - 1:
                if len(above) > 1:
                    break
                above = []
            above.append(candidate)
            if len(above) > 6:
                break
        lines = list(reversed(above))
        if (
            len(lines) > 1
            and any(organisation_ending().search(tidy(c.text)) for c in lines)
            and lines[0].row > 1
        ):
            return [Phrase(c.text, c.start, c.end) for c in lines]
    return []


def _saluted(scene: Scene) -> Named | None:
    """The office of a salutation: "Monsieur l’Ambassadeur," "Dear Mr. President:"."""
    pattern = re.compile(
        rf"^{any_of('salutations', 'words')}\b(?:[^\n.:,]|(?<=Mr)\.|(?<=Mrs)\.|(?<=Dr)\.){{0,60}}",
        re.IGNORECASE,
    )
    for cell in scene.head:
        match = pattern.match(cell.text)
        if not match:
            continue
        words = re.sub(r"^(?i:my\s+)?(?:(?i:dear|cher|mon cher|estimado)\s+)?", "", match[0])
        words = without_article(without_courtesy(tidy(words)))
        party = scene.party(words)
        if office_word().search(words):
            return Named(party, tidy(words), None, tidy(match[0]), cell.start, cell.start + match.end())
        if looks_like_person(words) and not whole_words("salutations", "words").fullmatch(words):
            return Named(
                party,
                None,
                tidy(without_courtesy(words)),
                tidy(match[0]),
                cell.start,
                cell.start + match.end(),
            )
        return None
    return None


def _other_party(scene: Scene, senders: list[Named]) -> str | None:
    """The state, not the sender's, that the part names most; the first named where two are even."""
    mine = {s.party for s in senders}
    counts: dict[str, int] = {}
    stop = min(scene.end, scene.start + 4000)
    for mention in scene.registry.find(
        scene.text, scene.start, stop, language=scene.language, year=scene.year
    ):
        if mention.party in mine or mention.party in united_nations() or mention.name_kind == "capital":
            continue
        record = scene.registry.get(mention.party)
        if record is not None and record.kind == "state":
            counts[mention.party] = counts.get(mention.party, 0) + 1
    return max(counts, key=lambda party: counts[party]) if counts else None
