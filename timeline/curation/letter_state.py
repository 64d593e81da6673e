"""What can be corrected on a letter, as one plain value: its parts' dates and correspondents, and its own
fields.
"""

from __future__ import annotations

from typing import Any

from documents.models import Correspondent, Letter, LetterDate, Party
from timeline.extraction.edtf import parse_edtf

State = dict[str, Any]

FIELDS = (
    "symbols",
    "references",
    "agenda_items",
    "kind",
    "subject",
    "place",
    "language",
    "note",
    "curated_fields",
)
DATE = ("kind", "edtf", "start", "end", "is_anchor", "set_by_person")
PERSON = ("role", "office", "person", "words", "position", "start", "end", "set_by_person")


def state_of(letter: Letter) -> State:
    """Return a letter's state, JSON-ready; parts are named by their position."""
    state: State = {name: getattr(letter, name) for name in FIELDS}
    state["curated_fields"] = sorted(letter.curated_fields)
    dates = LetterDate.objects.filter(part__letter=letter).select_related("part")
    state["dates"] = [
        {"part": d.part.position, **{n: getattr(d, n) for n in DATE}} for d in dates.order_by("pk")
    ]
    # In Python: databases do not agree where null comes in an order.
    state["dates"].sort(key=_place)
    people = Correspondent.objects.filter(part__letter=letter).select_related("part", "party")
    state["correspondents"] = [
        {
            "part": c.part.position,
            "party": c.party_id,
            "name": c.party.name if c.party else None,
            **{n: getattr(c, n) for n in PERSON},
        }
        for c in people.order_by("part__position", "role", "position")
    ]
    state["tags"] = sorted(letter.tags.values_list("name", flat=True))
    return state


def _place(date: dict[str, Any]) -> tuple[Any, ...]:
    return date["part"], date["start"] is None, date["start"] or 0, date["kind"], date["edtf"]


def write_state(letter: Letter, before: State, after: State) -> None:
    """Write the state of a letter whose version has been counted up; rows that stay keep their keys."""
    from timeline.models import Tag

    for name in FIELDS:
        setattr(letter, name, after[name])
    letter.save()
    parts = {part.position: part for part in letter.parts.all()}
    if before["dates"] != after["dates"]:
        _write_dates(letter, parts, after["dates"])
    if before["correspondents"] != after["correspondents"]:
        Correspondent.objects.filter(part__letter=letter).delete()
        Correspondent.objects.bulk_create(
            Correspondent(
                part=parts[c["part"]],
                party=Party.objects.filter(pk=c["party"]).first() if c["party"] else None,
                **{n: c[n] for n in PERSON},
            )
            for c in after["correspondents"]
        )
    if before["tags"] != after["tags"]:
        letter.tags.set(
            Tag.objects.get_or_create(dossier_id=letter.dossier_id, name=n)[0] for n in after["tags"]
        )


def _write_dates(letter: Letter, parts: dict[int, Any], wanted: list[dict[str, Any]]) -> None:
    there = {
        (d.part.position, d.kind, d.edtf, d.start): d
        for d in LetterDate.objects.filter(part__letter=letter).select_related("part")
    }
    # The old anchor steps down before the new one takes its place: a part has one.
    LetterDate.objects.filter(part__letter=letter, is_anchor=True).update(is_anchor=False)
    for date in wanted:
        row = there.pop((date["part"], date["kind"], date["edtf"], date["start"]), None)
        row = row or LetterDate(part=parts[date["part"]])
        for name in DATE:
            setattr(row, name, date[name])
        row.save()
    for row in there.values():
        row.delete()


def with_date(state: State, edtf: str, part: int) -> State:
    """Return the state in which a part's own date, its anchor, is the one given. Raises EdtfError.

    Dates that the letter was read to bear stay beside it; an earlier correction goes.
    """
    parse_edtf(edtf)
    kept, found = [], False
    for date in state["dates"]:
        if date["part"] == part:
            if date["set_by_person"] and date["edtf"] != edtf and date["start"] is None:
                continue
            is_it = not found and date["edtf"] == edtf and date["kind"] == "own"
            found = found or is_it
            date = {**date, "is_anchor": is_it, "set_by_person": date["set_by_person"] or is_it}
        kept.append(date)
    if not found:
        kept.append(
            {
                "part": part,
                "kind": "own",
                "edtf": edtf,
                "start": None,
                "end": None,
                "is_anchor": True,
                "set_by_person": True,
            }
        )
    kept.sort(key=_place)
    return {**state, "dates": kept, "curated_fields": sorted({*state["curated_fields"], "date"})}


def with_sender(state: State, party: Party | None, office: str, person: str, part: int) -> State:
    """Return the state in which a part has one sender, the one given."""
    others = [c for c in state["correspondents"] if (c["part"], c["role"]) != (part, "sender")]
    sender = {
        "part": part,
        "party": party.pk if party else None,
        "name": party.name if party else None,
        "role": "sender",
        "office": office,
        "person": person,
        "words": "",
        "position": 0,
        "start": None,
        "end": None,
        "set_by_person": True,
    }
    people = sorted([*others, sender], key=lambda c: (c["part"], c["role"], c["position"]))
    return {
        **state,
        "correspondents": people,
        "curated_fields": sorted({*state["curated_fields"], "sender"}),
    }
