"""Reads how a letter opens: title, heading "X to Y", memo fields, a note in the third person.

Each reader takes cleaned text and a stretch of it and gives an ``Opening``, or None.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from .dates import FoundDate, find_dates
from .layout import Cell, blocks, is_prose, lines
from .naming import looks_like_person, office_word, tidy
from .words import LANGUAGES, any_of, every, lexicon, may_hold, whole_words

MAX_TITLE = 900
# The address of electronic mail behind a name: "Ruth Ambler <r.ambler@…>".
MAILBOX = re.compile(r"\s*[<\[(][^<>\s]+@[^<>\s]+[>\])]")
HEAD = 5000


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words and where they stand."""

    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Opening:
    """What an opening says: the words for sender and recipient, the date, the noun that tells the kind."""

    form: str
    start: int
    end: int
    noun: str
    language: str | None = None
    sender: Phrase | None = None
    recipient: Phrase | None = None
    date: FoundDate | None = None
    identical: bool = False


def _phrase(text: str, start: int, end: int) -> Phrase | None:
    raw = text[start:end]
    words = raw.strip(" \n,.;:")
    if not words:
        return None
    first = start + raw.index(words[0])
    return Phrase(words, first, first + len(words))


@cache
def _title(language: str) -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    nouns = any_of("title", "nouns", language)
    dated = any_of("title", "dated", language)
    return (
        re.compile(rf"\s*(?P<noun>{nouns}),?\s+{dated}\s+", re.IGNORECASE),
        re.compile(rf"\b{any_of('title', 'from', language)}\s+", re.IGNORECASE),
        re.compile(rf"\b{any_of('title', 'addressed', language)}\b\s*", re.IGNORECASE),
    )


def title(text: str, start: int, end: int) -> Opening | None:
    """The form "Letter dated 3 May 2015 from … addressed to …", in any language read."""
    for first, last in blocks(text, start, min(end, start + HEAD)):
        last = min(last, first + MAX_TITLE)
        for language in LANGUAGES:
            opening = _title_in(text, first, last, language) or _title_dated_later(
                text, first, last, language
            )
            if opening:
                return opening
        if any(is_prose(text[a:b].strip()) for a, b in lines(text, first, last)):
            break
    return None


def _title_in(text: str, first: int, last: int, language: str) -> Opening | None:
    head, sender_cue, address_cue = _title(language)
    for match in _line_starts(head, text, first, last):
        dates = [
            d
            for d in find_dates(text, match.end(), min(last, match.end() + 60))
            if d.start <= match.end() + 4
        ]
        sender_at = sender_cue.search(text, dates[0].end if dates else match.end(), last)
        address_at = address_cue.search(text, dates[0].end if dates else match.end(), last)
        if not dates or not (sender_at or address_at):
            continue
        sender = recipient = None
        if sender_at and address_at and sender_at.start() < address_at.start():
            sender = _phrase(text, sender_at.end(), address_at.start())
            recipient = _phrase(text, address_at.end(), last)
        elif sender_at:
            sender = _phrase(text, sender_at.end(), last)
            recipient = _phrase(text, address_at.end(), sender_at.start()) if address_at else None
        noun = re.sub(r"\s+", " ", match["noun"].lower())
        identical = bool(re.search(any_of("title", "identical", language), noun))
        return Opening(
            "title", match.start("noun"), last, noun, language, sender, recipient, dates[0], identical
        )
    return None


@cache
def _authored() -> re.Pattern[str]:
    nouns = any_of("title", "authored")
    return re.compile(
        rf"\s*(?P<noun>{nouns})\s+{any_of('title', 'of')}\s*(?P<sender>[A-Za-zÀ-ÿ][^,.;:\n]{{3,90}})"
    )


def authored(text: str, start: int, end: int, among: int = 3) -> Opening | None:
    """The heading that names an author: "Report of the Joint Commission on the crossing".

    It stands in one of the first blocks of an annex; a document that is no letter has a masthead above it.
    """
    for first, last in blocks(text, start, min(end, start + 200 * among))[:among]:
        match = _authored().match(text, first, last)
        if match and last - first < 250:
            sender = _phrase(text, match.start("sender"), match.end("sender"))
            return Opening("author", first, last, match["noun"].lower(), None, sender)
    return None


@cache
def _dated_later(language: str) -> re.Pattern[str]:
    nouns = any_of("title", "nouns", language)
    sender = any_of("title", "from", language)
    dated = any_of("title", "dated", language)
    return re.compile(
        rf"\s*(?P<noun>{nouns})\s+{sender}\s+(?P<sender>[^,.\n]{{3,90}})"
        rf"(?:,?\s+{dated}\s+|,\s+(?=\d|\w+ \d))",
        re.IGNORECASE,
    )


def _title_dated_later(text: str, first: int, last: int, language: str) -> Opening | None:
    """ "Cablegram from the Governor of …, dated 9 September 1900"."""
    match = _dated_later(language).match(text, first, last)
    if not match:
        return None
    date = next(
        (d for d in find_dates(text, match.end(), min(last, match.end() + 60)) if d.start <= match.end() + 4),
        None,
    )
    if date is None:
        return None
    address = _title(language)[2].search(text, date.end, last)
    recipient = _phrase(text, address.end(), last) if address else None
    sender = _phrase(text, match.start("sender"), match.end("sender"))
    return Opening(
        "title", match.start("noun"), date.end, match["noun"].lower(), language, sender, recipient, date
    )


def _line_starts(pattern: re.Pattern[str], text: str, first: int, last: int) -> list[re.Match[str]]:
    found = []
    at = first
    while 0 <= at < last:
        match = pattern.match(text, at, last)
        if match:
            found.append(match)
        at = text.find("\n", at, last) + 1 or last
    return found


@cache
def _heading() -> re.Pattern[str]:
    kinds = any_of("heading", "kinds", "en")
    return re.compile(
        rf"^(?:(?:No\.\s*)?\d{{1,4}}[.\]]\s+)?(?:(?P<noun>(?:[A-Z][\w-]+\s+){{0,2}}{kinds})\s+(?:from|by)\s+)?(?P<rest>.+)$",
        re.IGNORECASE,
    )


def heading(text: str, start: int, end: int) -> Opening | None:
    """An editors' heading, "Mr. Judd to Mr. Seward." or "Letter From President X to Chairman Y"."""
    capitals: Opening | None = None
    for first, last in blocks(text, start, min(end, start + 1500))[:8]:
        whole = [(first, last)] + [(a, b) for a, b in lines(text, first, last) if a > first or b < last]
        for begin, stop in whole:
            words = text[begin:stop].replace("\n", " ").rstrip(" .")
            opening = _heading_in(words, begin) if 8 <= len(words) <= 420 else None
            if opening and not (opening.sender and opening.sender.text.isupper()):
                return opening
            capitals = capitals or opening
    # A heading in capitals may be a running head over the letter's own.
    return capitals


def _heading_in(words: str, first: int) -> Opening | None:
    match = _heading().match(words)
    if not match or words.lstrip().startswith(("[", "(")):
        return None
    rest_at = match.start("rest")
    rest = words[rest_at:]
    if _to(rest) is None:
        return _signed_heading(words, first, match)
    dates = find_dates(rest)
    if dates:
        rest = re.sub(r",\s*[A-Z][\w .]*,?\s*$", "", rest[: dates[0].start].rstrip(" ,"))
    noun = (match["noun"] or "").lower()
    cut = _to(rest)
    if cut is None or not (noun or _headline(rest)):
        return None
    sender = _phrase(words, rest_at, rest_at + cut[0])
    recipient = _phrase(words, rest_at + cut[1], rest_at + len(rest))
    if sender is None or recipient is None or re.search(r"\d{3}|:", sender.text):
        return None
    if whole_words("heading", "never_first").match(sender.text):
        return None
    if whole_words("heading", "kinds").fullmatch(sender.text):
        return None
    return Opening(
        "heading",
        first,
        first + len(words),
        noun,
        "en",
        Phrase(sender.text, first + sender.start, first + sender.end),
        Phrase(recipient.text, first + recipient.start, first + recipient.end),
        None,
    )


def _signed_heading(words: str, first: int, match: re.Match[str]) -> Opening | None:
    """A heading that names its author alone: "Memorandum From the Director of Works (Hale)"."""
    sender = _phrase(words, match.start("rest"), len(words))
    if not match["noun"] or sender is None or find_dates(match["rest"]) or not _headline(match["rest"]):
        return None
    phrase = Phrase(sender.text, first + sender.start, first + sender.end)
    return Opening("heading", first, first + len(words), match["noun"].lower(), "en", phrase)


@cache
def _swallows() -> re.Pattern[str]:
    """An office whose own "to the" does not lead to the recipient."""
    return re.compile(rf"(?:^|\s){any_of('heading', 'offices_to')}$", re.IGNORECASE)


@cache
def _accredited() -> re.Pattern[str]:
    """Where a mission is accredited; it writes to others: "Mission of Kaldenia to the United Nations"."""
    return re.compile(rf"{any_of('heading', 'accredited')}(?!\w)", re.IGNORECASE)


def _to_word(rest: str) -> str:
    """The word before the recipient; in a heading of capitals it is one of them."""
    return r"\s+TO\.?\s+" if rest.isupper() else r"\s+to\.?\s+"


def _to(rest: str) -> tuple[int, int] | None:
    """Where sender ends and recipient begins: the first " to " that no "Assistant … to the" swallows."""
    found = [m for m in re.finditer(_to_word(rest), rest) if not _accredited().match(rest, m.end())]
    if not found:
        return None
    for match in found:
        before = rest[: match.start()]
        if len(found) > 1 and _swallows().search(before):
            continue
        return match.start(), match.end()
    return found[-1].start(), found[-1].end()


def _headline(rest: str) -> bool:
    """Capitalised words and small links only, as a heading prints names and offices."""
    tokens = re.findall(r"[^\W\d_][\w.’'-]*", rest)
    if not 3 <= len(tokens) <= 45:
        return False
    small = {*every("heading", "links"), *every("offices", "words"), *every("offices", "domains")}
    if not office_word().search(rest) and not whole_words("offices", "courtesy").search(rest):
        return False
    return all(t[0].isupper() or t.lower().rstrip(".") in small for t in tokens)


def fields(cells: list[Cell]) -> dict[str, Phrase]:
    """Memo fields, "To: …", "From: …", "Subject: …": name of the field to its words."""
    found: dict[str, Phrase] = {}
    for index, cell in enumerate(cells):
        for name in ("from", "to", "subject", "reference"):
            match = _field(name).match(cell.text)
            if not match or name in found:
                continue
            at = cell.start + match.end()
            if match.end() < len(cell.text):
                found[name] = Phrase(MAILBOX.sub("", cell.text[match.end() :]).strip(), at, cell.end)
            elif index + 1 < len(cells) and cells[index + 1].row <= cell.row + 1:
                after = cells[index + 1]
                if not after.text.endswith(":"):
                    found[name] = Phrase(after.text, after.start, after.end)
    return found


@cache
def _field(name: str) -> re.Pattern[str]:
    return re.compile(
        rf"^{any_of('lines', name + '_fields')}\.?\s*(?::|\.:)\s*(?=$|\S)|^SUBJECT\s*$"
        if name == "subject"
        else rf"^{any_of('lines', name + '_fields')}\.?\s*:\s*",
        re.IGNORECASE,
    )


@cache
def _compliments(language: str) -> re.Pattern[str]:
    return re.compile(rf"\s+{any_of('third_person', 'compliments', language)}\s*", re.IGNORECASE)


@cache
def _alone(language: str) -> re.Pattern[str]:
    return re.compile(rf"\s+{any_of('third_person', 'alone', language)}", re.IGNORECASE)


def third_person(text: str, start: int, end: int) -> Opening | None:
    """The form "The Embassy of X presents its compliments to the Ministry of Y and …"."""
    for language in LANGUAGES:
        if not may_hold(text, "third_person", "alone", language):
            continue
        match = _compliments(language).search(text, start, min(end, start + HEAD))
        if match is None:
            match = _alone(language).search(text, start, min(end, start + 1200))
        if match is None:
            continue
        begin = _start_of_sender(text, start, match.start(), language)
        if begin is None:
            continue
        sender = _phrase(text, begin, match.start())
        recipient = None
        if _compliments(language).match(text, match.start(), end):
            stop = _stop(language).search(text, match.end(), min(end, match.end() + 300))
            recipient = _phrase(text, match.end(), stop.start() if stop else min(end, match.end() + 120))
        if sender:
            return Opening("third person", begin, match.end(), "note verbale", language, sender, recipient)
    return None


@cache
def _undersigned() -> re.Pattern[str]:
    honour, courtesy = any_of("third_person", "honour"), any_of("offices", "courtesy")
    return re.compile(
        rf"(?i:{any_of('offices', 'undersigned')}),\s+(?P<sender>[^.;]{{5,220}}?),\s+(?i:{honour})"
        rf"(?:[^.;]{{0,80}}?\s(?P<recipient>(?i:{courtesy})\b[^;]{{3,160}}?)"
        r"(?=,?\s+(?:that|que)\b|[.;]\s))?",
    )


def undersigned(text: str, start: int, end: int) -> Opening | None:
    """The form "The undersigned, Minister of X, has the honor to inform his Excellency Y that …"."""
    if not may_hold(text, "offices", "undersigned"):
        return None
    match = _undersigned().search(text, start, min(end, start + 2500))
    if match is None:
        return None
    sender = _phrase(text, match.start("sender"), match.end("sender"))
    named = match["recipient"] is not None
    recipient = _phrase(text, match.start("recipient"), match.end("recipient")) if named else None
    return Opening("undersigned", match.start(), match.end(), "", None, sender, recipient)


def _start_of_sender(text: str, start: int, at: int, language: str) -> int | None:
    """Where the sentence's subject begins: the last capitalised article before the compliments."""
    articles = "|".join(re.escape(word) for word in lexicon(language).words("third_person", "articles"))
    begin = max(start, at - 250)
    found = list(re.finditer(rf"(?:{articles})(?:(?<=[’'])(?=[A-ZÉ])|\s)", text[begin:at]))
    return begin + found[-1].start() if found else None


@cache
def _stop(language: str) -> re.Pattern[str]:
    return re.compile(rf"\s?,\s|[.]\s+[A-Z]|\s+{any_of('third_person', 'stops', language)}", re.IGNORECASE)


def is_name_or_office(words: str) -> bool:
    """Whether a short line can name a correspondent."""
    return len(words) <= 90 and (bool(office_word().search(words)) or looks_like_person(tidy(words)))
