"""A letter's metadata for a curator: where each value was read, and how what is set is written.

In: a stored letter. Out: the places that its values were read at, its text cut at them, and decisions in the
log of the dossier. A person's word is final: what is confirmed here, no later reading changes.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db.models import Q

from documents.letterhead import read_letterhead
from documents.models import Dossier, Letter, Party
from documents.records import ReadValue
from documents.registry import registry_of
from timeline.curation.letter_state import State, with_date
from timeline.curation.letters import LetterOutcome, change_letter

if TYPE_CHECKING:
    from django.contrib.auth.models import User

# What of a letter itself a person sets here; the names are those of its columns.
FIELDS = ("kind", "language", "place", "subject", "symbols", "references", "agenda_items")
ROLES = ("sender", "recipient", "signatory")
DATE_LABELS = {
    "own": "Own date",
    "masthead": "Date of the masthead",
    "foot": "Date at the foot",
    "received": "Received",
}


@dataclass(frozen=True, slots=True)
class ReadPlace:
    """Where a value was read: code points ``start`` to ``end`` of the letter's text, and of which field."""

    key: str
    label: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class TextPiece:
    """A stretch of the letter's text; ``places`` are the values read in it, none where it is only text."""

    text: str
    places: tuple[ReadPlace, ...] = ()

    @property
    def labels(self) -> str:
        """What was read here, for the reader."""
        return ", ".join(dict.fromkeys(place.label for place in self.places))


@dataclass(frozen=True, slots=True)
class PersonRow:
    """A correspondent as the form sets it; ``index``: its place among the stored ones, None for a new one."""

    index: int | None
    part: int
    role: str
    party: Party | None
    office: str
    person: str
    removed: bool = False


@dataclass(frozen=True, slots=True)
class MetadataCorrection:
    """What a form says of a letter. ``dates``: EDTF by part, None for none; ``confirmed``: all is right."""

    fields: dict[str, Any]
    dates: dict[int, str | None]
    people: tuple[PersonRow, ...]
    confirmed: bool = False


def places_of(letter: Letter) -> list[ReadPlace]:
    """Return where the values of a letter were read, in the order of the text.

    Dates and correspondents keep their places in the database; symbols, subject and the like are read again
    from the text, and left out where a person set another value.
    """
    found = [*_stored_places(letter), *_read_places(letter)]
    return sorted(found, key=lambda place: (place.start, -place.end, place.key))


def _stored_places(letter: Letter) -> Iterable[ReadPlace]:
    position = 0
    parts = letter.parts.order_by("position").prefetch_related("dates", "correspondents")
    for part in parts:
        for date in part.dates.all():
            if date.start is not None and date.end is not None:
                key = f"date_{part.position}" if date.is_anchor else f"date_{part.position}_{date.kind}"
                yield ReadPlace(key, DATE_LABELS[date.kind], date.start, date.end)
        for person in sorted(part.correspondents.all(), key=lambda c: (c.role, c.position)):
            if person.start is not None and person.end is not None:
                yield ReadPlace(f"person_{position}", person.role.capitalize(), person.start, person.end)
            position += 1


def _read_places(letter: Letter) -> Iterable[ReadPlace]:
    head = read_letterhead(letter.text, registry_of(letter.dossier))
    single = (("place", "Place", head.place), ("subject", "Subject", head.subject))
    for key, label, value in single:
        if value is not None and value.value == getattr(letter, key):
            yield from _place(key, label, value)
    lists = (
        ("symbols", "Symbol", head.symbols),
        ("references", "Reference", head.references),
        ("agenda_items", "Agenda item", head.agenda_items),
    )
    for key, label, values in lists:
        for value in values:
            if value.value in getattr(letter, key):
                yield from _place(key, label, value)


def _place(key: str, label: str, value: ReadValue) -> Iterable[ReadPlace]:
    if value.start is not None and value.end is not None:
        yield ReadPlace(key, label, value.start, value.end)


def text_pieces(text: str, places: list[ReadPlace]) -> list[TextPiece]:
    """Cut a text at the places; where two lie over each other, they share one piece. Nothing is lost."""
    pieces: list[TextPiece] = []
    at = 0
    for group in _runs(places):
        start, end = group[0].start, max(place.end for place in group)
        pieces += [TextPiece(text[at:start])] if at < start else []
        pieces.append(TextPiece(text[start:end], tuple(group)))
        at = end
    return [*pieces, TextPiece(text[at:])] if at < len(text) else pieces


def _runs(places: list[ReadPlace]) -> list[list[ReadPlace]]:
    runs: list[list[ReadPlace]] = []
    end = -1
    for place in places:
        if place.start < end:
            runs[-1].append(place)
        else:
            runs.append([place])
        end = max(end, place.end)
    return runs


def save_metadata(
    user: User, letter: Letter, version: int | None, correction: MetadataCorrection, **more: Any
) -> LetterOutcome:
    """Write what a curator says of a letter: claims follow date and sender, links follow the symbols.

    ``more``: what ``change_letter`` takes; with ``preview`` nothing is kept. Raises NotAllowed, EdtfError;
    Conflict where somebody decided meanwhile.
    """

    def change(state: State) -> State:
        return corrected(state, correction)

    action = "confirm" if correction.confirmed else "correct"
    return change_letter(user, letter, version, action, change, read_again=True, **more)


def corrected(state: State, correction: MetadataCorrection) -> State:
    """Return a state with a correction in it; what is the same stays the machine's unless confirmed."""
    changed = _with_fields(state, correction.fields)
    for part, edtf in correction.dates.items():
        changed = _with_own_date(changed, part, edtf)
    changed = _with_people(changed, correction.people)
    return _confirmed(changed) if correction.confirmed else changed


def _with_fields(state: State, fields: dict[str, Any]) -> State:
    changed = {name: value for name, value in fields.items() if value != state[name]}
    return {**state, **changed, "curated_fields": sorted({*state["curated_fields"], *changed})}


def _with_own_date(state: State, part: int, edtf: str | None) -> State:
    anchor = next((d for d in state["dates"] if d["part"] == part and d["is_anchor"]), None)
    if edtf == (anchor["edtf"] if anchor else None):
        return state
    if edtf is not None:
        return with_date(state, edtf, part)
    # What is printed stays beside it, so that it becomes no claim; without an anchor nothing hangs on it.
    dates = [{**d, "is_anchor": False} if d is anchor else d for d in state["dates"]]
    return {**state, "dates": dates, "curated_fields": sorted({*state["curated_fields"], "date"})}


def _with_people(state: State, rows: tuple[PersonRow, ...]) -> State:
    people: list[State] = []
    touched: set[str] = set()
    for row in rows:
        old = state["correspondents"][row.index] if row.index is not None else None
        if row.removed:
            touched.add(row.role)
            continue
        new = _person(row, old)
        if new != old:
            touched.add(row.role)
            new["set_by_person"] = True
        people.append(new)
    if not touched:
        return state
    places: dict[tuple[int, str], int] = {}
    for person in people:
        key = (person["part"], person["role"])
        person["position"] = places[key] = places.get(key, -1) + 1
    people.sort(key=lambda c: (c["part"], c["role"], c["position"]))
    return {**state, "correspondents": people, "curated_fields": sorted({*state["curated_fields"], *touched})}


def _person(row: PersonRow, old: State | None) -> State:
    base = old or {"words": "", "position": 0, "start": None, "end": None, "set_by_person": False}
    return {
        **base,
        "part": row.part,
        "role": row.role,
        "party": row.party.pk if row.party else None,
        "name": row.party.name if row.party else None,
        "office": row.office,
        "person": row.person,
    }


def _confirmed(state: State) -> State:
    """Return a state in which everything is a person's word."""
    return {
        **state,
        "dates": [{**d, "set_by_person": True} if d["is_anchor"] else d for d in state["dates"]],
        "correspondents": [{**c, "set_by_person": True} for c in state["correspondents"]],
        "curated_fields": sorted({*state["curated_fields"], *FIELDS, "date", "sender", "recipient"}),
    }


def names_offered(dossier: Dossier) -> list[str]:
    """Return the names of the parties that appear in a dossier, for a person to choose from."""
    parties = Party.objects.filter(Q(dossier=dossier) | Q(in_dossiers__dossier=dossier))
    return sorted(set(parties.values_list("name", flat=True)))


def is_confirmed(letter: Letter) -> bool:
    """Whether a person said that all of a letter's metadata is right."""
    return {*FIELDS, "date", "sender", "recipient"} <= set(letter.curated_fields)
