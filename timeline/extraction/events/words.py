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
_STEM = 5
_NAME_LEAST = 3


def act_words(text: str, language: str, claim: ExtractedClaim) -> dict[str, tuple[float, str]]:
    """Return {stem: (weight, word)} of a claim's clause, and at less weight of its sentence.

    ``text`` is the letter's ``without_dates``.
    """
    found: dict[str, tuple[float, str]] = {}
    for low, high, weight in (
        (claim.clause_start, claim.clause_end, 1.0),
        (claim.start, claim.end, data()["words"]["sentence"]),
    ):
        for stem, word in _stems(text, low, high, language):
            found.setdefault(stem, (weight, word))
    return found


def _stems(text: str, low: int, high: int, language: str) -> Iterable[tuple[str, str]]:
    stop = _stop_words(language)
    for word in _WORD.finditer(text, low, high):
        plain = plain_form(word[0])
        short = len(plain) < data()["words"]["least"] and not plain.isdigit()
        if plain in stop or (short and not _is_name(word, low)):
            continue
        yield plain[:_STEM], word[0]


def _is_name(word: re.Match[str], low: int) -> bool:
    """Return whether a short word bears a capital without opening its stretch (“the Ivy”)."""
    plain = word[0]
    return len(plain) >= _NAME_LEAST and word.start() > low and plain[0].isupper() and plain[1:].islower()


@cache
def _stop_words(language: str) -> frozenset[str]:
    stop = data()["stop"]
    return frozenset(plain_form(word) for word in (*stop["all"], *stop.get(language, ())))


def without_dates(letter: LetterClaims) -> str:
    """Return the letter's text with a blank for each character of a claim's date."""
    pieces = []
    at = 0
    for low, high in sorted({(c.timex_start, c.timex_end) for c in letter.claims}):
        if low >= at:
            pieces += [letter.text[at:low], " " * (high - low)]
            at = high
    return "".join(pieces) + letter.text[at:]


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
