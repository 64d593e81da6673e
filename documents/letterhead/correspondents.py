"""Who wrote a part: title, note, client, memo field, heading, letterhead, signature, place."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache

from documents.records import CorrespondentRole, ReadCorrespondent

from .closings import Signature, signatures
from .naming import Named, organisation_ending, tidy, without_article
from .recipients import recipients
from .scene import Scene, foot_named, letterhead_named
from .words import any_of, may_hold


def correspondents(scene: Scene, part: int) -> list[ReadCorrespondent]:
    """Senders, recipients and signatories of one part, in order."""
    signed = signatures(scene.tail, unmarked="third person" not in scene.openings)
    senders = _senders(scene, signed)
    written_to = recipients(scene, senders, signed)
    signatories = [_signatory(scene, signature) for signature in signed]
    return [
        *_rows("sender", senders, part),
        *_rows("recipient", written_to, part),
        *_rows("signatory", signatories, part),
    ]


def _rows(role: CorrespondentRole, named: list[Named], part: int) -> list[ReadCorrespondent]:
    return [
        ReadCorrespondent(role, n.party, n.office, n.person, n.words, position, n.start, n.end, part)
        for position, n in enumerate(named)
    ]


def _signatory(scene: Scene, signature: Signature) -> Named:
    office = tidy(signature.office.text) if signature.office else None
    person = signature.person
    return Named(_office_party(scene, signature), office, person.text, person.text, person.start, person.end)


def _office_party(scene: Scene, signature: Signature) -> str | None:
    return scene.named_in(signature.office.text) if signature.office else None


def _senders(scene: Scene, signed: list[Signature]) -> list[Named]:
    top = letterhead_named(scene) or foot_named(scene)
    return _with_signatories(scene, _named_senders(scene, top, signed), signed)


def _named_senders(scene: Scene, top: Named | None, signed: list[Signature]) -> list[Named]:
    """The senders as the first opening that names any names them."""
    for form in ("title", "third person"):
        opening = scene.openings.get(form)
        if opening and opening.sender:
            named = scene.all_named(opening.sender)
            return [_with_party(named[0], top)] if len(named) == 1 else named
    author = scene.openings.get("author")
    if author and author.sender and (not signed or scene.start == 0):
        return [_author(scene.named(author.sender))]
    joint = _joint_signatories(scene, signed)
    if joint:
        return joint
    client = _client(scene)
    if client:
        return [client]
    if "from" in scene.fields:
        sender = scene.named(scene.fields["from"])
        return [replace(_with_party(sender, top), words=top.words if top else sender.words)]
    heading = scene.openings.get("heading")
    if heading and heading.sender:
        sender = _with_party(scene.named(heading.sender), top)
        return [replace(sender, office=sender.office or (top.office if top else None))]
    if top:
        return [top]
    undersigned = scene.openings.get("undersigned")
    if undersigned and undersigned.sender:
        return [replace(scene.named(undersigned.sender), person=None)]
    if signed:
        signature = signed[0]
        person = signature.person
        office = scene.office(signature.office.text) if signature.office else None
        return [scene.with_leader(Named(None, office, person.text, person.text, person.start, person.end))]
    return []


def _joint_signatories(scene: Scene, signed: list[Signature]) -> list[Named]:
    """Those who sign one letter, each for another party: "Minister of X", "Minister of Y"."""
    parties = [_office_party(scene, signature) for signature in signed]
    if len(parties) < 2 or None in parties or len(set(parties)) < len(parties) or "heading" in scene.openings:
        return []
    rows = [_signatory(scene, signature) for signature in signed]
    return [replace(row, office=scene.office(row.office) if row.office else None) for row in rows]


def _author(named: Named) -> Named:
    """An author as a heading names it, without what it reports on: "Joint Commission on the crossing"."""
    words = re.split(rf"\s+{any_of('title', 'about')}\s", named.words)[0]
    return replace(named, words=without_article(words))


def _with_party(named: Named, top: Named | None) -> Named:
    return replace(named, party=top.party) if named.party is None and top else named


def _with_signatories(scene: Scene, named: list[Named], signed: list[Signature]) -> list[Named]:
    """The senders with the persons who signed for them, and the party that office or place tells."""
    if not named:
        home = _speaking_government(scene) or _home_party(scene)
        return [Named(home, None, None, home)] if home else []
    out = []
    for index, sender in enumerate(named):
        person, office, party = sender.person, sender.office, sender.party
        if index < len(signed):
            signature = signed[index]
            if len(named) == len(signed) or index == 0:
                person = _fuller(person, signature.person.text)
            office = office or (scene.office(signature.office.text) if signature.office else None)
            party = party or _office_party(scene, signature) or _signed_for(scene, signature)
        firm = _firm_signed_for(scene, signed[index]) if index < len(signed) and party is None else None
        if firm is not None:
            sender = replace(sender, words=firm.words, start=firm.start, end=firm.end)
            party = scene.party(firm.words)
        if (
            party is None
            and "author" not in scene.openings
            and not organisation_ending().search(sender.words)
        ):
            party = _home_party(scene)
        out.append(replace(sender, person=person, office=office, party=party))
    return out


def _signed_for(scene: Scene, signature: Signature) -> str | None:
    """The party in whose name a letter is signed, told right above the name: "For the Government of X:"."""
    at = signature.person.start
    for cell in [c for c in scene.tail if at - 120 <= c.start < at][-2:]:
        match = _behalf().match(cell.text)
        party = scene.party(tidy(cell.text[match.end() :])) if match else None
        if party:
            return party
    return None


@cache
def _behalf() -> re.Pattern[str]:
    return re.compile(rf"{any_of('offices', 'behalf')}\s+", re.IGNORECASE)


def _firm_signed_for(scene: Scene, signature: Signature) -> Named | None:
    """The firm that the lines below a signature name: "For and on behalf of Rowe Steel Limited"."""
    at = signature.person.end
    below = [c for c in scene.tail if at <= c.start < at + 160][:4]
    for cell in below:
        words = tidy(re.sub(rf"^{any_of('offices', 'behalf')}\s+", "", cell.text, flags=re.IGNORECASE))
        if len(words) < 60 and organisation_ending().search(words):
            start = cell.start + cell.text.rfind(words)
            return Named(None, None, None, words, start, start + len(words))
    return None


def _fuller(headed: str | None, signed: str) -> str:
    """The signature's name, unless the heading names somebody else: then what was signed is a copy below.

    A message that is signed with a first name alone has the rest in its heading.
    """
    names = headed.lower().split() if headed else []
    if headed and signed.lower() in names[:-1]:
        return headed
    if headed is None or _surname(headed) in _fold(signed) or _surname(signed) in _fold(headed):
        return signed
    return headed


def _surname(name: str) -> str:
    return _fold(name.split()[-1])


def _fold(words: str) -> str:
    return re.sub(r"[^\w]", "", words.lower())


@cache
def _government() -> re.Pattern[str]:
    """How a paper without letterhead begins: "The Government of X", "The Xish Government"."""
    articles = any_of("third_person", "articles")
    return re.compile(rf"\s*{articles}\s*(?:[^\W\d_]\S*\s+){{0,3}}?(?i:{any_of('offices', 'governments')})\b")


def _speaking_government(scene: Scene) -> str | None:
    """The state whose government is the subject of the first sentence, where nobody else signs for it."""
    first = _government().match(scene.text, scene.body, min(scene.end, scene.body + 200))
    if first is None:
        return None
    around = scene.text[scene.body : min(scene.end, first.end() + 60)]
    return next((m.party for m in scene.mentions(around) if m.name_kind != "capital"), None)


def _home_party(scene: Scene) -> str | None:
    """The state whose capital the letter is written from."""
    if scene.place is None:
        return None
    found = (scene.party(piece) for piece in reversed(scene.place.value.split(",")))
    return next((party for party in found if party), None)


@cache
def _client_words() -> re.Pattern[str]:
    gap = r"(?:[ ]+|[ ]*\n(?![ ]*\n)[ ]*)"
    name = rf"(?P<name>[A-Z][\w&.’'-]*(?:{gap}(?:[A-Z&][\w&.’'-]*|of|and|de|du))*)"
    return re.compile(rf"(?i:{any_of('offices', 'client')})\s*:?\s*{name}")


def _client(scene: Scene) -> Named | None:
    """A law firm writes for its client."""
    if not may_hold(scene.text, "offices", "client"):
        return None
    match = _client_words().search(scene.text, scene.start, min(scene.end, scene.start + 2500))
    if not match:
        return None
    words = _up_to_firm(tidy(match["name"]))
    return Named(scene.party(words), None, None, words, match.start("name"), match.start("name") + len(words))


def _up_to_firm(words: str) -> str:
    """The name up to the word that ends a firm's: what a wrapped line adds is another sentence."""
    tokens = words.split()
    for count in range(1, len(tokens)):
        here = organisation_ending().search(" ".join(tokens[:count]))
        if here and not organisation_ending().search(" ".join(tokens[: count + 1])):
            return tidy(" ".join(tokens[:count]))
    return words
