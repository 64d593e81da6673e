"""A letterhead as commands print it, with values given by the caller in place of those read."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from documents.records import CorrespondentRole, DateKind, Letterhead, ReadCorrespondent, ReadDate

DATE_ORDER: tuple[DateKind, ...] = ("own", "foot", "masthead")


def date_of(letterhead: Letterhead, kind: DateKind, part: int = 0) -> str | None:
    """EDTF of the part's date of one kind."""
    return next((d.edtf for d in letterhead.dates if d.part == part and d.kind == kind), None)


def anchor_date(letterhead: Letterhead, part: int = 0) -> ReadDate | None:
    """The date that year-less dates of the part hang on: its own, else its foot's, else its masthead's."""
    for kind in DATE_ORDER:
        for date in letterhead.dates:
            if date.part == part and date.kind == kind:
                return date
    return None


def anchor_of(letterhead: Letterhead, part: int = 0) -> str | None:
    """EDTF of ``anchor_date``; None where the part bears no date, for none is invented."""
    date = anchor_date(letterhead, part)
    return date.edtf if date else None


def rows(letterhead: Letterhead, role: CorrespondentRole, part: int = 0) -> list[ReadCorrespondent]:
    """The correspondents of one role in one part, in order."""
    return [row for row in letterhead.correspondents if row.role == role and row.part == part]


def name_of(row: ReadCorrespondent) -> str:
    """The party of a correspondent, or the words where the registry knows none."""
    return row.party or row.words


def sender_of(letterhead: Letterhead, part: int = 0) -> str | None:
    """Whose voice a part is: its first sender; the cover's where an annex names none."""
    found = rows(letterhead, "sender", part)
    if not found and part and letterhead.parts[part].kind != "quoted":
        found = rows(letterhead, "sender", 0)
    return name_of(found[0]) if found else None


def recipient_of(letterhead: Letterhead, part: int = 0) -> str | None:
    """To whom a part speaks: its first recipient, else the cover's."""
    found = rows(letterhead, "recipient", part) or (rows(letterhead, "recipient", 0) if part else [])
    return name_of(found[0]) if found else None


def with_given(
    letterhead: Letterhead, date: str | None = None, sender: str | None = None, recipient: str | None = None
) -> Letterhead:
    """The letterhead with the cover's date, sender or recipient replaced by what the caller knows."""
    dates, people = letterhead.dates, letterhead.correspondents
    if date is not None:
        dates = _with_own(dates, date)
    given: tuple[tuple[CorrespondentRole, str | None], ...] = (("sender", sender), ("recipient", recipient))
    for role, name in given:
        if name is not None:
            people = _with_party(people, role, name)
    return replace(letterhead, dates=dates, correspondents=people)


def _with_own(dates: tuple[ReadDate, ...], edtf: str) -> tuple[ReadDate, ...]:
    """The dates with the cover's own first. What is printed stays beside it, so that it becomes no claim."""
    printed = next((d for d in dates if d.part == 0 and d.edtf == edtf and d.kind != "received"), None)
    if printed is None:
        return (ReadDate("own", edtf, 0, 0, 0), *dates)
    return (replace(printed, kind="own"), *(d for d in dates if d is not printed))


def _with_party(
    people: tuple[ReadCorrespondent, ...], role: CorrespondentRole, name: str
) -> tuple[ReadCorrespondent, ...]:
    mine = [row for row in people if row.role == role and row.part == 0]
    first = mine[0] if mine else ReadCorrespondent(role, None, None, None, name, 0, None, None, 0)
    others = tuple(row for row in people if not (row.role == role and row.part == 0))
    return (replace(first, party=name, words=name), *others)


def as_document(letterhead: Letterhead) -> dict[str, Any]:
    """``document`` and ``parts`` in the keys that ``manage.py find_claims`` prints."""
    senders, recipients = rows(letterhead, "sender"), rows(letterhead, "recipient")
    sender = senders[0] if senders else None
    recipient = recipients[0] if recipients else None
    symbols = [value.value for value in letterhead.symbols]
    kinds: tuple[DateKind, ...] = ("own", "masthead", "foot", "received")
    dates = {kind: date_of(letterhead, kind) for kind in kinds}
    document: dict[str, Any] = {
        "date": anchor_of(letterhead),
        "dates": {kind: value for kind, value in dates.items() if kind == "own" or value},
        "symbol": symbols[0] if symbols else None,
        "symbols": symbols,
        "references": [value.value for value in letterhead.references],
        "kind": letterhead.kind,
        "language": letterhead.language,
        "place": letterhead.place.value if letterhead.place else None,
        "subject": letterhead.subject.value if letterhead.subject else None,
        "sender_party": name_of(sender) if sender else None,
        "senders": [name_of(row) for row in senders],
        "sender_office": sender.office if sender else None,
        "sender_person": sender.person if sender else None,
        "recipient": name_of(recipient) if recipient else None,
        "recipients": [name_of(row) for row in recipients],
        "recipient_office": recipient.office if recipient else None,
        "recipient_person": recipient.person if recipient else None,
        "relations": [_relation(letterhead, index) for index in range(len(letterhead.relations))],
    }
    parts = [
        {
            "start": part.start,
            "end": part.end,
            "kind": part.kind,
            "sender_party": sender_of(letterhead, index),
            "date": anchor_of(letterhead, index),
        }
        for index, part in enumerate(letterhead.parts)
    ]
    return {"document": document, "parts": parts}


def _relation(letterhead: Letterhead, index: int) -> dict[str, str]:
    relation = letterhead.relations[index]
    if relation.symbol:
        return {"kind": relation.kind, "symbol": relation.symbol}
    return {"kind": relation.kind, "document": relation.words}
