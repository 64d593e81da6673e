"""Symbols of UN documents, file references, numbers of notes and telegrams, agenda items."""

from __future__ import annotations

import re
from functools import cache

from documents.records import ReadValue

from .layout import Cell
from .words import LANGUAGES, any_of, lexicon, may_hold, one_of

# Organ, then at least two further parts; "A/70/100–S/2015/90" is two symbols.
SYMBOL = re.compile(
    r"(?<![\w/])(?:A|S|E|T|CAT|CCPR|CEDAW|CERD|CRC|DP|ST|HRI|TD|UNEP|LOS|SPLOS|JIU|CD|NPT|HSP|FCCC|CMW|CRPD)"
    # A piece with a point goes first: the letters alone would end a shorter symbol there.
    r"(?:/(?:[A-Z][A-Za-z]{0,10}\.(?:\d{1,5}|[IVX]{1,4}|[A-Z][A-Za-z]{1,5})|ES-\d{1,2}|S-\d{1,2}|\d{1,5}"
    r"|[A-Z]+-[A-Z]+|[A-Z][A-Za-z-]{0,10})){1,6}"
    r"(?:\.\d{1,3})?(?:/(?:Corr|Add|Rev|Amend)\.\d{1,2}){0,2}(?![\w/])"
)
AFFIX = re.compile(r"/(Corr|Add|Rev|Amend)\.\d{1,2}$")
ITEMS = r"(?P<items>(?:\d{1,3}(?:\s*\([a-z]\))?(?:\s*,\s*|\s+(?:and|et|y)\s+)?){1,20})"


def symbols_in(text: str, start: int, end: int) -> list[ReadValue]:
    """UN symbols in a stretch of text; each names its organ, a year or session, and a number."""
    found = []
    for match in SYMBOL.finditer(text, start, end):
        if re.search(r"\d", match[0]):
            found.append(ReadValue(match[0], match.start(), match.end()))
    return found


def base_of(symbol: str) -> str | None:
    """The symbol that a corrigendum or addendum belongs to: A/70/100 of A/70/100/Corr.1."""
    shorter = AFFIX.sub("", symbol)
    return shorter if shorter != symbol else None


@cache
def _reference_field() -> re.Pattern[str]:
    return re.compile(
        rf"^(?:{any_of('lines', 'reference_fields')})\.?\s*(?:no\.?\s*)?"
        r"(?::\s*|(?<=\.)\s*(?=\S*\d)|\s+(?=\S*/\S*\d))"
        r"(?P<value>[\w/.()-]+(?:\s(?:[–-]\s)?[\w/-]*\d[\w/.-]*){0,2})",
        re.IGNORECASE,
    )


@cache
def _number_line() -> re.Pattern[str]:
    return re.compile(
        rf"^(?:[A-Z]+\s+)?(?:(?i:telegram|telegramme|télégramme|telegrama|despatch|note|nota|oficio)\s+)?"
        rf"(?i:{any_of('relations', 'references')})\s?"
        r"(?P<value>\d[\w/.-]*\w|\d|[A-Z]+[/.-][\w/.-]*\d[\w/.-]*)\W*(?:[A-Z]\s?\d+)?\W*$"
    )


# A file number that stands alone without a word for it: "KM/UN/306/93". Two strokes at least.
BARE_NUMBER = re.compile(r"(?P<value>[A-Z]{1,6}(?:[/-][A-Z]{1,6}|[/.-]\d{1,5}){2,5})")


def references_in(cells: list[Cell]) -> list[ReadValue]:
    """File references and numbers of notes and telegrams in the cells of a head."""
    found: list[ReadValue] = []
    for cell in cells:
        match = _reference_field().match(cell.text) or _number_line().match(cell.text)
        match = match or (None if SYMBOL.match(cell.text) else BARE_NUMBER.fullmatch(cell.text))
        if match and re.search(r"\d", match["value"]):
            value = match["value"].rstrip(".,")
            at = cell.start + match.start("value")
            if value not in {v.value for v in found}:
                found.append(ReadValue(value, at, at + len(value)))
    return found


@cache
def _agenda(language: str) -> re.Pattern[str]:
    """The form "Agenda items 34 and 71", "Point 34 de l’ordre du jour": a bare "point 34" is none."""
    after = lexicon(language).words("agenda", "after")
    rest = rf"\s*{one_of(list(after))}" if after else ""
    return re.compile(rf"\b{any_of('agenda', 'before', language)}\s+{ITEMS}{rest}", re.IGNORECASE)


def agenda_items_in(text: str, start: int, end: int) -> list[ReadValue]:
    """Numbers of agenda items named in the head of a circulated letter."""
    for language in LANGUAGES:
        after = bool(lexicon(language).words("agenda", "after"))
        if not may_hold(text, "agenda", "before", language):
            continue
        if after and not may_hold(text, "agenda", "after", language):
            continue
        match = _agenda(language).search(text, start, end)
        if match:
            at = match.start("items")
            return [
                ReadValue(m[0], at + m.start(), at + m.end())
                for m in re.finditer(r"\d{1,3}(?:\s*\([a-z]\))?", match["items"])
            ]
    return []
