"""A stored letter's parts, dates and correspondents, back in the form that extraction reads.

What a curator corrected is what extraction goes by: the rows are the truth, not the letterhead as first read.
"""

from __future__ import annotations

from collections.abc import Iterable

from documents.models import Letter, LetterDate
from documents.records import DateKind, Letterhead, ReadCorrespondent, ReadDate, ReadPart, ReadValue


def letterhead_of(letter: Letter) -> Letterhead:
    """Return the letterhead of a stored letter; a part's anchor stands before its other dates."""
    parts = list(letter.parts.order_by("position").prefetch_related("dates", "correspondents__party"))
    place = {part.pk: i for i, part in enumerate(parts)}
    dates = [
        ReadDate(_kind(d, part.dates.all()), d.edtf, d.start or 0, d.end or 0, i)
        for i, part in enumerate(parts)
        for d in sorted(part.dates.all(), key=lambda d: (not d.is_anchor, d.pk))
    ]
    people = [
        ReadCorrespondent(
            c.role,
            c.party.name if c.party else None,
            c.office or None,
            c.person or None,
            c.words,
            c.position,
            c.start,
            c.end,
            i,
        )
        for i, part in enumerate(parts)
        for c in part.correspondents.all()
    ]
    return Letterhead(
        parts=tuple(
            ReadPart(p.start, p.end, p.kind, place.get(p.parent_id), p.language or None) for p in parts
        ),
        dates=tuple(dates),
        correspondents=tuple(people),
        symbols=tuple(ReadValue(s) for s in letter.symbols),
        references=tuple(ReadValue(r) for r in letter.references),
        kind=letter.kind,
        language=letter.language,
    )


def _kind(date: LetterDate, of_part: Iterable[LetterDate]) -> DateKind:
    """Return the kind to read a date as: the anchor goes first; in a part without one, none anchors."""
    if date.is_anchor:
        return "own"
    return date.kind if any(d.is_anchor for d in of_part) else "received"
