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
    written_to = recipients(scene, senders)
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
    if author and author.sender and not signed:
        return [_author(scene.named(author.sender))]
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
    if signed:
        signature = signed[0]
        person = signature.person
        office = scene.office(signature.office.text) if signature.office else None
        return [scene.with_leader(Named(None, office, person.text, person.text, person.start, person.end))]
    return []


def _author(named: Named) -> Named:
    """An author as a heading names it, without what it reports on: "Joint Commission on the crossing"."""
    words = re.split(rf"\s+{any_of('title', 'about')}\s", named.words)[0]
    return replace(named, words=without_article(words))


def _with_party(named: Named, top: Named | None) -> Named:
    return replace(named, party=top.party) if named.party is None and top else named


def _with_signatories(scene: Scene, named: list[Named], signed: list[Signature]) -> list[Named]:
    """The senders with the persons who signed for them, and the party that office or place tells."""
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
            return " ".join(tokens[:count])
    return words
