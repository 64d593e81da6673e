"""From the words that name a correspondent to party, office and person.

"the Permanent Representative of Kaldenia to the United Nations" -> Kaldenia, Permanent Representative;
"Mr. Peter Hale, Minister for Foreign Affairs" -> a person and an office.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from documents.parties import PartyRegistry

from .words import any_of, every, one_of, organs, plain, seats, united_nations_offices

TRIM = ' \t\n\r.,;:()[]{}“”"«»'


@dataclass(frozen=True, slots=True)
class Named:
    """A correspondent as read: canonical party or None, office, person, and where the words stand."""

    party: str | None
    office: str | None
    person: str | None
    words: str
    start: int | None = None
    end: int | None = None


@cache
def _article() -> re.Pattern[str]:
    return re.compile(rf"^(?:{any_of('offices', 'articles')}(?:(?<=['’])|\s+))", re.IGNORECASE)


@cache
def _courtesy() -> re.Pattern[str]:
    return re.compile(rf"^(?:{any_of('offices', 'courtesy')}\b\.?\s*)", re.IGNORECASE)


@cache
def office_word() -> re.Pattern[str]:
    """A word that makes a phrase an office rather than a person."""
    return re.compile(rf"(?<!\w){any_of('offices', 'words')}(?!\w)", re.IGNORECASE)


@cache
def collective_word() -> re.Pattern[str]:
    """A word that makes an office a house (embassy, ministry) rather than a bearer."""
    return re.compile(rf"(?<!\w){any_of('offices', 'collective')}(?!\w)", re.IGNORECASE)


def tidy(words: str) -> str:
    """Words on one line, without the punctuation around them."""
    return " ".join(words.split()).strip(TRIM)


def without_article(words: str) -> str:
    """The words without a leading article; the office of "au Secrétaire général"."""
    return _article().sub("", words, count=1)


def without_courtesy(words: str) -> str:
    """A person's words without Mr., Son Excellence and the like."""
    while True:
        shorter = _courtesy().sub("", words, count=1)
        if shorter == words or not shorter:
            return words
        words = shorter


def party_of(words: str, registry: PartyRegistry, language: str | None, year: int | None) -> str | None:
    """The party a phrase speaks for; UN offices that the registry does not know go by their own names."""
    bare = without_article(tidy(words))
    found = registry.resolve(bare, language, year)
    if found is None and bare != tidy(words):
        found = registry.resolve(tidy(words), language, year)
    if found in organs() and _accredited().search(bare):
        # "the Representative of Xland to the United Nations" is not the United Nations, whoever Xland is.
        found = None
    official = _official(bare)
    if official and (found is None or official.startswith("President")):
        return official
    return found


def _official(words: str) -> str | None:
    """The office of the United Nations that words name, the town where it sits behind it or not."""
    offices = united_nations_offices()
    name = plain(words)
    while name.endswith(seats()):
        seat = next(seat for seat in seats() if name.endswith(seat))
        name = name.removesuffix(seat).rstrip(" ,")
    return offices.get(name)


def mentioned_party(
    words: str, registry: PartyRegistry, language: str | None, year: int | None
) -> str | None:
    """The party a phrase speaks for, else the last one named in it."""
    found = party_of(words, registry, language, year)
    if found:
        return found
    mentions = registry.find(words, language=language, year=year)
    if not mentions:
        # Adjectives are printed with a capital in titles: "République Lysienne".
        mentions = registry.find(words.lower(), language=language, year=year)
    there = _accredited().search(words)
    mentions = [
        m
        for m in mentions
        if not _begins_other(words, m.words, m.end) and not (there and there.start() < m.start < there.end())
    ]
    named = [m for m in mentions if m.name_kind != "demonym"] or list(mentions)
    return named[0].party if named else None


@cache
def _accredited() -> re.Pattern[str]:
    """Where a mission is accredited: "to the United Nations", "ante las Naciones Unidas"."""
    return re.compile(
        rf"\s{any_of('heading', 'accredited_by')}\s*{any_of('heading', 'accredited')}(?!\w)", re.IGNORECASE
    )


def _begins_other(words: str, name: str, end: int) -> bool:
    """Whether a bare word such as "Ministry" goes on to another house's name: "Ministry of Works"."""
    return office_word().fullmatch(name) is not None and _owner_follows().match(words, end) is not None


@cache
def _owner_follows() -> re.Pattern[str]:
    return re.compile(rf"\s+{one_of(list(every('offices', 'owners')))}(?!\w)", re.IGNORECASE)


def office_in(words: str, registry: PartyRegistry, language: str | None = None) -> str | None:
    """The office named in a phrase, without whose it is: "Permanent Representative" of "… of Kaldenia to …".

    An embassy keeps its state, for that is its name; a ministry or a minister does not need it.
    """
    bare = tidy(without_article(tidy(words)))
    if re.search(r"\.[A-Z]$", bare):
        bare += "."
    if not office_word().search(bare):
        return None
    if plain(bare) in united_nations_offices() or mission_word().match(bare):
        return bare
    for mention in registry.find(bare, language=language):
        owner = _owner().search(_formless(bare[: mention.start]))
        if owner and office_word().search(bare[: owner.start()]):
            return tidy(bare[: owner.start()])
        if (
            mention.name_kind == "capital"
            and mention.end == len(bare)
            and office_word().search(bare[: mention.start])
        ):
            return tidy(bare[: mention.start])
    return bare


def _formless(before: str) -> str:
    """The words before a state's name without its form: "Minister of" of "Minister of the Republic of"."""
    return _form_of_state().sub("", before)


@cache
def _form_of_state() -> re.Pattern[str]:
    owners, articles = one_of(list(every("offices", "owners"))), any_of("offices", "articles")
    form = rf"(?:{articles}\s*)?{any_of('offices', 'state_forms')}"
    return re.compile(rf"(?<=\s){form}\s+{owners}(?:\s*{articles})?\s*$", re.IGNORECASE)


@cache
def mission_word() -> re.Pattern[str]:
    """A phrase that begins with embassy, legation, mission."""
    return re.compile(rf"{any_of('offices', 'missions')}(?!\w)", re.IGNORECASE)


@cache
def _owner() -> re.Pattern[str]:
    """The preposition, and article, before whose office it is."""
    return re.compile(
        rf"\s+{one_of(list(every('offices', 'owners')))}(?:\s*(?:{any_of('offices', 'articles')}))?\s*$",
        re.IGNORECASE,
    )


def looks_like_person(words: str) -> bool:
    """A few capitalised words without an office among them: a name, as signatures and addresses print it."""
    bare = without_courtesy(tidy(words))
    parts = bare.split()
    if not 1 <= len(parts) <= 6 or office_word().search(bare) or re.search(r"\d", bare):
        return False
    particles = every("offices", "particles")
    return all(
        p[0].isupper() or p.lower().strip("’'") in particles or re.match(r"[dl][’'][A-Z]", p) for p in parts
    )


def bearer(words: str) -> tuple[str, str] | None:
    """Office and name of "Secretary of State Rusk"; None where no name follows an office."""
    match = re.match(r"^(.+?)\s+((?:[A-Z]\.\s*)*(?:(?:de|von|van|al)\s)?[A-ZÉÓ][\w’'-]+)$", tidy(words))
    if not match:
        return None
    last = match[1].split()[-1].lower()
    if office_word().search(match[2]) or match[2].lower() in every("offices", "domains"):
        return None
    if last not in every("offices", "words") and last not in every("offices", "domains"):
        return None
    return match[1], match[2]


def described(
    words: str,
    registry: PartyRegistry,
    language: str | None = None,
    year: int | None = None,
    start: int | None = None,
) -> Named:
    """Reads one phrase such as "the Minister for Foreign Affairs of Kaldenia, Mr. Peter Hale"."""
    person: str | None = None
    offices: list[str] = []
    inside = re.search(r"\(([^()]{2,60})\)", words)
    if inside and looks_like_person(inside[1]):
        person = tidy(without_courtesy(inside[1]))
    whole = tidy(words.replace(inside[0], " ")) if inside else tidy(words)
    for piece in re.split(r",\s+|\n", whole):
        titled = bearer(piece)
        if person is None and titled and not registry.find(titled[1], language=language, year=year):
            offices.append(titled[0])
            person = titled[1]
        elif (
            person is None
            and looks_like_person(piece)
            and not registry.resolve(without_article(piece), language, year)
            and not _is_place(piece, registry, language)
        ):
            person = tidy(without_courtesy(tidy(piece)))
        elif office_word().search(piece):
            offices.append(piece)
    office = office_in(offices[0], registry, language) if offices else None
    party = mentioned_party(whole, registry, language, year)
    end = None if start is None else start + len(words)
    return Named(party, office, person, tidy(words), start, end)


def _is_place(words: str, registry: PartyRegistry, language: str | None) -> bool:
    """Whether words are a capital and no more: "The Hague"."""
    bare = tidy(words)
    return any(
        m.name_kind == "capital"
        and (m.start, m.end) in ((0, len(bare)), (len(bare) - m.end + m.start, len(bare)))
        and bare[: m.start].strip().lower() in ("", *every("offices", "articles"))
        for m in registry.find(bare, language=language)
    )


@cache
def _joint() -> re.Pattern[str]:
    return re.compile(
        rf"\s*,\s*(?:{any_of('offices', 'and')}\s+)?|\s+{any_of('offices', 'and')}\s+", re.IGNORECASE
    )


def several(
    words: str, registry: PartyRegistry, language: str | None, year: int | None, start: int | None = None
) -> list[Named]:
    """Reads a phrase that may name several: "the Permanent Representatives of X, Y and Z …"."""
    whole = tidy(words)
    mentions = registry.find(whole, language=language, year=year)
    states = [m.party for m in mentions if office_word().search(whole) and m.party not in united_nations()]
    distinct = list(dict.fromkeys(states))
    end = None if start is None else start + len(words)
    if len(distinct) > 1 and re.search(r"(?:s|es)\b", whole.split()[0] + " " + " ".join(whole.split()[:3])):
        office = office_in(whole, registry, language)
        return [Named(party, office, None, whole, start, end) for party in distinct]
    pieces = _joint().split(whole)
    if len(pieces) > 1:
        named = [party_of(piece, registry, language, year) for piece in pieces]
        if all(named):
            return [
                Named(party, office_in(piece, registry, language), None, tidy(piece), start, end)
                for party, piece in zip(named, pieces, strict=True)
            ]
    return [described(words, registry, language, year, start)]


@cache
def united_nations() -> frozenset[str]:
    """Parties named in "to the United Nations" that are not whom a representative speaks for."""
    return organs() | frozenset(united_nations_offices().values())


@cache
def organisation_ending() -> re.Pattern[str]:
    """How companies and firms end their names."""
    return re.compile(rf"(?<!\w){one_of(list(every('offices', 'firms')))}\.?$", re.IGNORECASE)
