"""The words by which a claim names its act: stems, kinds of act, and the kind of document whose date it is.

Dates are no words: they are compared by themselves.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from functools import cache, lru_cache

from timeline.extraction.events.records import LetterClaims, data
from timeline.extraction.records import ExtractedClaim

_WORD = re.compile(r"[^\W\d_]+|\d{2,}")
_SENTENCE_END = re.compile(r"[.;:!?\n]\s")
_STRETCH_END = re.compile(r"[,;:.()]")
_STEM = 5
# Stands for each character of a date; no word and no space.
DATE = "\ufffc"
_NAME_LEAST = 3


def act_words(
    text: str, language: str, claim: ExtractedClaim, names: frozenset[str]
) -> dict[str, tuple[float, str]]:
    """Return {stem: (weight, word)} of a claim's clause, and at less weight of its sentence.

    ``text`` is the letter's ``without_dates``; ``names`` are stems of the parties' names, which weigh less.
    """
    found: dict[str, tuple[float, str]] = {}
    low = min(claim.start, claim.clause_start)
    for stretch, weight in (
        (without_asides(text, *own_stretch(text, claim)), 1.0),
        (text[low : claim.end], data()["words"]["sentence"]),
    ):
        for stem, word in _stems(stretch, language):
            named = data()["words"]["party_name"] if stem in names else 1.0
            found.setdefault(stem, (weight * named, word))
    return found


def name_stems(names: Iterable[str]) -> frozenset[str]:
    """Return the stems of the words of names, which adjectives share (“Norvania”, “Norvanian”)."""
    return frozenset(plain_form(word)[:_STEM] for name in names for word in _WORD.findall(name))


def _stems(text: str, language: str) -> Iterable[tuple[str, str]]:
    stop = _stop_words(language)
    for word in _WORD.finditer(text):
        plain = plain_form(word[0])
        short = len(plain) < data()["words"]["least"] and not plain.isdigit()
        if plain in stop or (short and not _is_name(word)):
            continue
        yield plain[:_STEM], word[0]


def _is_name(word: re.Match[str]) -> bool:
    """Return whether a short word bears a capital without opening its stretch (“the Ivy”)."""
    plain = word[0]
    return len(plain) >= _NAME_LEAST and word.start() > 0 and plain[0].isupper() and plain[1:].islower()


@cache
def _stop_words(language: str) -> frozenset[str]:
    stop = data()["stop"]
    return frozenset(plain_form(word) for word in (*stop["all"], *stop.get(language, ())))


def own_stretch(text: str, claim: ExtractedClaim) -> tuple[int, int]:
    """Return the part of a claim's clause that lies between the dates before and behind its own.

    ``text`` is the letter's ``without_dates``, with ``DATE`` for each character of a date.
    """
    low, high = claim.clause_start, claim.clause_end
    if not low <= claim.timex_start <= high:
        return low, high
    before = text.rfind(DATE, low, claim.timex_start)
    behind = text.find(DATE, max(claim.timex_end, low), high)
    return before + 1 if before >= 0 else low, behind if behind >= 0 else high


def without_dates(letter: LetterClaims) -> str:
    """Return the letter's text with a mark for each character of a claim's date.

    What a date is counted from goes with it: “two days after the gates [had been opened]”.
    """
    text = letter.text
    pieces = []
    at = 0
    for low, high in sorted({(c.timex_start, c.timex_end) for c in letter.claims}):
        if low < at:
            continue
        if _counts_from().search(text, low, high):
            end = _STRETCH_END.search(text, high)
            high = end.start() if end else len(text)
        pieces += [text[at:low], DATE * (high - low)]
        at = high
    return "".join(pieces) + text[at:]


@cache
def _counts_from() -> re.Pattern[str]:
    return re.compile(rf"\w\s+(?:{_aside_words()})\b", re.IGNORECASE)


def without_asides(text: str, low: int, high: int) -> str:
    """Return a stretch with blanks for what its act is only dated by (“after the gates had been opened”)."""
    pieces = []
    at = low
    for aside in _asides().finditer(text, low, high):
        if DATE not in aside[0]:
            pieces += [text[at : aside.start()], " " * len(aside[0])]
            at = aside.end()
    return "".join((*pieces, text[at:high]))


@cache
def _asides() -> re.Pattern[str]:
    return re.compile(rf"\b(?:{_aside_words()})\b[^,;:.()]*", re.IGNORECASE)


def _aside_words() -> str:
    return "|".join(re.escape(word) for word in sorted(data()["words"]["aside"], key=len, reverse=True))


def kinds_of_act(clause: str) -> list[str]:
    """Return the kinds of act that a clause's words name."""
    folded = " " + re.sub(r"\s+", " ", plain_form(clause)) + " "
    return [kind for kind, begins in _patterns("families") if begins.search(folded)]


def kind_of_document(text: str, low: int, high: int) -> str | None:
    """Return the kind of document whose noun stands nearest before a date, or right behind it."""
    reach = data()["documents"]
    before = plain_form(_SENTENCE_END.split(text[max(0, low - reach["before"]) : low])[-1])
    found = [(m.start(), kind) for kind, begins in _patterns("documents") for m in begins.finditer(before)]
    if found:
        return max(found)[1]
    behind = plain_form(re.split(r"[.,;:!?]", text[high : high + reach["behind"]])[0])
    return next((kind for kind, begins in _patterns("documents") if begins.search(behind)), None)


@cache
def _patterns(table: str) -> list[tuple[str, re.Pattern[str]]]:
    kinds = data()[table]["kinds"] if table == "documents" else data()[table]
    return [
        (kind, re.compile(r"(?<!\w)(?:" + "|".join(re.escape(b) for b in sorted(begins)) + ")"))
        for kind, begins in kinds.items()
    ]


@lru_cache(maxsize=100_000)
def plain_form(word: str) -> str:
    """Return a word in small letters without accents."""
    folded = unicodedata.normalize("NFKD", word.lower())
    return "".join(c for c in folded if not unicodedata.combining(c))
