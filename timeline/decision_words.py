"""An entry of the log in words: what it was done to, and each field before and after, as pages call them.

In: entries, whose values are those of the database. Out: lines for people. The stored values stay as they
are, since the chain of hashes covers them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import islice
from typing import Any, NamedTuple

from timeline.claim_words import (
    BASIS_LABELS,
    LANGUAGE_LABELS,
    MODALITY_LABELS,
    MODIFIER_LABELS,
    PRECISION_LABELS,
    REVIEW_LABELS,
    STANCE_LABELS,
)
from timeline.extraction.edtf import EdtfError, in_words
from timeline.models import Decision, Event
from timeline.recording import PLACE_FIELDS

Titles = Mapping[int, str]
NOTHING = "nothing"

FIELD_LABELS = {
    "asserted_by": "asserted by",
    "basis": "how the date was got",
    "correspondents": "sender, recipients",
    "dates": "the letter’s dates",
    "detached": "claims set apart",
    "edtf": "date",
    "event_id": "event",
    "merged_into": "merged into",
    "modality": "what is said of it",
    "modifier": "part of it",
    "names": "further names",
    "place": "place of writing",
    "quote": "sentence",
    "review_state": "review",
    "show_suggestions": "visitors see suggestions",
    "slug": "address",
    "tags": "issues",
}
# What entries call things that pages call otherwise.
ACTION_LABELS = {
    "found": "found by a new reading",
    "give back": "given back to the machine",
    "keep": "kept as it is",
    "read file again": "file read again",
    "revert": "back to an earlier version",
}
PART_LABELS = {part: label.lower() for part, label in MODIFIER_LABELS.items()}
VALUE_LABELS: dict[str, Mapping[Any, str]] = {
    "basis": BASIS_LABELS,
    "language": LANGUAGE_LABELS,
    "modality": MODALITY_LABELS,
    "modifier": PART_LABELS,
    "precision": PRECISION_LABELS,
    "review_state": {**REVIEW_LABELS, "suggested": "Suggested"},
    "stance": STANCE_LABELS,
    "verdict": REVIEW_LABELS,
}
SPAN = (("from", "from_year"), ("to", "to_year"))
ROLE_LABELS = {
    "asserts": "asserts it",
    "quoted": "is quoted",
    "agent": "acts",
    "patient": "is acted on",
    "author": "wrote what is cited",
}
DATE_KIND_LABELS = {
    "own": "its own",
    "masthead": "in the masthead",
    "foot": "at the foot",
    "received": "received",
}
# What follows from the date, where words stand, or is for the machine alone: told only where nothing else is.
HIDDEN = frozenset(
    {
        "earliest_day",
        "latest_day",
        "precision",
        "rules",
        "reasoning",
        "preferred",
        "dated_by_claim_id",
        "dated_by_date_id",
        "curated_fields",
        "moved",
        *PLACE_FIELDS,
    }
)
# A claim was logged under its date as EDTF, and its sentence.
OLD_NAME = re.compile(r"([^\s:]+): ")


class Line(NamedTuple):
    """One field that an entry changed, before and after."""

    label: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Told:
    """An entry and what pages say of it."""

    entry: Decision
    action: str
    subject: str
    lines: tuple[Line, ...]


def told(entries: Iterable[Decision]) -> list[Told]:
    """Return entries in words; the titles of events that they name are asked for once."""
    rows = list(entries)
    titles = titles_of([row.changes for row in rows])
    return [
        Told(row, action_said(row.action), subject_said(row), tuple(lines_of(row.changes, titles)))
        for row in rows
    ]


def told_in_turn(entries: Iterable[Decision], at_once: int = 2000) -> Iterator[Told]:
    """Yield entries in words, some at a time, for an export that is longer than memory."""
    waiting = iter(entries)
    while some := list(islice(waiting, at_once)):
        yield from told(some)


def titles_of(changes: Iterable[Mapping[str, list[Any]]]) -> dict[int, str]:
    """Return the titles of the events that changes name, by their keys."""
    keys = {key for some in changes for key in some.get("event_id", ()) if key}
    return dict(Event.objects.filter(pk__in=keys).values_list("pk", "title")) if keys else {}


def action_said(action: str) -> str:
    """Return what was done, in words."""
    words = ACTION_LABELS.get(action, action)
    return words[:1].upper() + words[1:]


def subject_said(entry: Decision) -> str:
    """Return how the thing was called when it was decided on, the date of a claim in words."""
    match = OLD_NAME.match(entry.subject_name) if entry.kind in ("claim", "second") else None
    if match is None:
        return entry.subject_name
    return f"{date_in_words(match[1])}: {entry.subject_name[match.end() :]}"


def date_in_words(edtf: str | None, modifier: str | None = None) -> str:
    """Return a date in words; what is no EDTF as it stands."""
    try:
        return in_words(edtf, "en", modifier or None) if edtf else "no date"
    except (EdtfError, KeyError):
        return str(edtf)


def lines_of(changes: Mapping[str, list[Any]], titles: Titles) -> list[Line]:
    """Return the fields that changed in what people see; where none did, that something beneath changed."""
    shown = [name for name in changes if name not in HIDDEN]
    if "edtf" in changes and "modifier" in changes:
        shown.remove("modifier")  # said with the date
    lines = [Line(label_of(name), *_both(name, changes, titles)) for name in shown]
    if lines or not changes:
        return lines
    if set(changes) == {"curated_fields"}:
        before, after = (_fields_said(value) for value in changes["curated_fields"])
        return [Line("set by a person", before, after)]
    if "moved" in changes:
        return []
    return [Line("how it was read", "as before", "anew")]


def label_of(name: str) -> str:
    """Return what pages call a field."""
    return FIELD_LABELS.get(name, name.replace("_", " "))


def _both(name: str, changes: Mapping[str, list[Any]], titles: Titles) -> tuple[str, str]:
    before, after = changes[name]
    if name == "edtf":
        parts = changes.get("modifier", ["", ""])
        return date_in_words(before, parts[0]), date_in_words(after, parts[1])
    if name == "event_id":
        return _title(before, titles), _title(after, titles)
    if name == "text":
        return "as it was read", "read anew from the file"
    return value_said(name, before), value_said(name, after)


def _title(key: int | None, titles: Titles) -> str:
    return titles.get(key, "an event that is gone") if key else NOTHING


def value_said(name: str, value: Any) -> str:
    """Return a field's value in words; ``name`` says how a code is to be read."""
    if name == "edtf":
        return date_in_words(value)
    if value is None or value == "" or value == []:
        return PART_LABELS[""] if name == "modifier" else NOTHING
    if name == "detached":
        return str(len(value))
    if isinstance(value, str):
        return VALUE_LABELS.get(name, {}).get(value, value)
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list):
        return "; ".join(value_said(name, part) for part in value)
    return _record_said(name, value) if isinstance(value, dict) else str(value)


def _record_said(name: str, value: dict[str, Any]) -> str:
    """Return a record in words: a voice, a correspondent, a date, a name, a note, a second reading."""
    if name == "voices":
        return f"{_who(value)} {ROLE_LABELS.get(value['role'], value['role'])}"
    if name == "correspondents":
        who = [part for part in (_who(value), value.get("office"), value.get("person")) if part]
        return f"{', '.join(who)} ({value['role']}{_part_said(value)})"
    if name == "dates":
        how = DATE_KIND_LABELS.get(value["kind"], value["kind"])
        counted = ", its claims are dated by it" if value.get("is_anchor") else ""
        return f"{date_in_words(value['edtf'])} ({how}{_part_said(value)}{counted})"
    if name == "names":
        years = [f"{words} {value[end]}" for words, end in SPAN if value.get(end)]
        span = f", {' '.join(years)}" if years else ""
        language = LANGUAGE_LABELS.get(value["language"], value["language"])
        return f"{value['text']} ({language}, {value['kind']}{span})"
    if name == "second_reading":
        return _second_said(value)
    return str(value.get("name") or value.get("text") or NOTHING)


def _who(value: dict[str, Any]) -> str:
    """Return whom a record names: a party by its name, else the letter's words."""
    party = value.get("name") or (value["party"] if isinstance(value.get("party"), str) else "")
    words = value.get("words")
    return party or (f"“{words}”" if words else "")


def _part_said(value: dict[str, Any]) -> str:
    return f", part {value['part'] + 1}" if value.get("part") else ""


def _second_said(value: dict[str, Any]) -> str:
    if "verdict" not in value:
        return f"{len(value.get('claims', ()))} asked of {value.get('reader')}"
    said = [value_said("verdict", value["verdict"]), date_in_words(value.get("edtf"))]
    said += [f"asserted by {value.get('asserted_by') or 'nobody named'}"]
    return ", ".join([*said, value_said("stance", value.get("stance"))])


def _fields_said(names: Iterable[str]) -> str:
    """Return the fields among names that people see, in words."""
    return ", ".join(dict.fromkeys(label_of(name) for name in names if name not in HIDDEN)) or NOTHING
