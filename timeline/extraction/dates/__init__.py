"""Dates in a text: found, delimited, worked out, and said how.

``find_dates`` is the whole of it. A text goes through ``scan`` (where do words date something?), ``kinds``
(what do they mean?) and ``anchor`` (what do they hang on, and what do their prepositions add?).
The words of each language stand in ``data/dates_<language>.toml``.
"""

from __future__ import annotations

import re

from timeline.extraction.language import detect_language
from timeline.extraction.records import TemporalExpression

from .anchor import read_dates
from .grammar import TUNED, grammar_of
from .scan import scan
from .settle import Settled
from .values import Date

__all__ = ["find_dates"]


def find_dates(
    text: str, language: str | None = None, document_date: str | None = None
) -> list[TemporalExpression]:
    """Return every temporal expression of a text, in order, none over another.

    ``language`` is an ISO 639-1 code, None = told from the text. ``document_date`` is the EDTF of the text's
    own date, which dates without a year hang on; None = there is none, and they stay without a year. English,
    French and Spanish are read in full; of other languages, explicit dates only.
    """
    language = language or detect_language(text)
    if language not in TUNED:
        from .absolute import find_absolute

        return find_absolute(text, language)
    grammar = grammar_of(language)
    settled = Settled(text, grammar)
    candidates = scan(settled.text, grammar)
    found = read_dates(settled.text, settled.cased, candidates, grammar, document_of(document_date))
    return settled.restore(found)


def document_of(edtf: str | None) -> Date | None:
    """Return a text's own date as far as it is known; of an interval or a set the first member."""
    match = re.search(r"(\d{4})(?:-(0[1-9]|1[0-2]))?(?:-(\d\d))?", edtf or "")
    if match is None:
        return None
    year, month, day = (int(g) if g else None for g in match.groups())
    return Date(year or 0, month, day)
