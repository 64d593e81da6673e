"""Date and sender of a letter quoted inside another, told by its own words or by what introduces it."""

from __future__ import annotations

import datetime
import re
from dataclasses import replace
from functools import cache

from documents.parties import PartyRegistry
from documents.records import ReadCorrespondent, ReadDate, ReadPart

from .dates import find_dates, year_and_month
from .words import LANGUAGES, any_of, lexicon

INTRO = 320


@cache
def _document() -> re.Pattern[str]:
    return re.compile(rf"(?<!\w){any_of('relations', 'documents')}(?!\w)", re.IGNORECASE)


def quoted_date(
    text: str, part: ReadPart, index: int, own: str | None, earlier: list[ReadDate]
) -> ReadDate | None:
    """The date its introduction gives, else that of the document the letter says it reproduces."""
    month = year_and_month(own)
    start = max(0, part.start - INTRO)
    intro = text[start : part.start].rstrip(" \n")
    sentence = start + max(intro.rfind(". "), intro.rfind("\n\n"), 0)
    found = find_dates(text, sentence, part.start, own=month)
    if found:
        return ReadDate("own", found[-1].edtf, found[-1].start, found[-1].end, index)
    counted = _counted(text, sentence, part.start, own)
    if counted:
        return ReadDate("own", counted[0], counted[1], counted[2], index)
    if earlier:
        return replace(earlier[0], part=index)
    named = [m[0] for m in _document().finditer(text, sentence, part.start)]
    if not named:
        return None
    for match in re.finditer(rf"(?i)(?<!\w){re.escape(named[-1])}(?!\w)", text[: part.start]):
        begin = max(text.rfind(". ", 0, match.start()), text.rfind("\n", 0, match.start()), 0)
        dates = find_dates(text, begin, match.end() + 60, own=month)
        if dates and dates[0].edtf != own:
            return ReadDate("own", dates[0].edtf, dates[0].start, dates[0].end, index)
    return None


def _counted(text: str, start: int, end: int, own: str | None) -> tuple[str, int, int] | None:
    """The form "Last night I received the following telegram": counted from the letter's own day."""
    if own is None or not re.fullmatch(r"\d{4}-\d\d-\d\d", own):
        return None
    back = {w: n for language in LANGUAGES for w, n in lexicon(language).section("days_back").items()}
    pattern = "|".join(re.escape(w) for w in back)
    match = re.compile(rf"\b({pattern})\b", re.IGNORECASE).search(text, start, end)
    if not match:
        return None
    day = datetime.date.fromisoformat(own) - datetime.timedelta(days=back[match[1].lower()])
    return day.isoformat(), match.start(), match.end()


def quoted_people(
    text: str,
    part: ReadPart,
    index: int,
    read: list[ReadCorrespondent],
    people: list[ReadCorrespondent],
    registry: PartyRegistry,
    year: int | None,
) -> list[ReadCorrespondent]:
    """The sender of a quoted letter: told by itself, else by the introduction, else as before."""
    inside = [row for row in read if row.role == "sender" and row.party]
    if inside and re.match(
        rf"\W*(?:The|L[’']|La|Le|El)\b[^.]{{0,150}}{any_of('third_person', 'alone')}",
        text[part.start : part.start + 300],
    ):
        return inside
    previous = [row for row in people if row.role == "sender" and row.part != 0 and row.part < index]
    intro = text[max(0, part.start - INTRO) : part.start].rstrip(" \n:")
    near = max(0, part.start - INTRO) + max(intro.rfind(". "), intro.rfind("\n"), 0)
    start = near if previous else max(0, part.start - INTRO)
    mentions = registry.find(text, start, part.start, language=part.language, year=year)
    main = next((row.party for row in people if row.role == "sender" and row.part == 0), None)
    named = [m for m in mentions if m.party != main]
    person = _signed_in_quotes(text, part)
    if named:
        mention = named[-1]
        return [
            ReadCorrespondent(
                "sender", mention.party, None, person, mention.words, 0, mention.start, mention.end, index
            )
        ]
    return [replace(previous[-1], part=index)] if previous else []


def _signed_in_quotes(text: str, part: ReadPart) -> str | None:
    """The name before UNQUOTE: "… THE SAME NIGHT. MARLOWE UNQUOTE"."""
    match = re.search(r"\.\s+([A-Z][A-Z’'-]+)\s+UNQUOTE\.?$", text[part.start : part.end])
    return match[1].title() if match else None
