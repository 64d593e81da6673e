"""What the address of a dossier's page asks for, read once into one typed object.

In: a query string. Out: a ``TimelineRequest``; what cannot be understood is left out, never an error, so
that an old link still shows something. ``query`` writes it back, the same question in the same words.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlencode

from django.http import QueryDict

from timeline.extraction.edtf import EdtfError, bounds, day_to_date, understand
from timeline.vocabulary import BASES, PRECISIONS, STANCES

WAYS = ("words", "says", "about")
REVIEWS = ("suggested", "accepted", "curated", "dismissed", "withdrawn")
SORTS = ("date", "letter", "event")
LONGEST_SEARCH = 200
MOST_VALUES = 200
# What the canvas alone reads; kept, so that a link to a filter does not lose it.
CANVAS_OWN = ("claim", "known", "by", "group", "axis", "hide", "pin", "order")
LONGEST_KEPT = 2000
LONGEST_DATE = 100
TYPED_IN = ("en", "fr", "es")
LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{1,8})*")


@dataclass(frozen=True, slots=True)
class TimelineRequest:
    """One question: which claims, in which window, in which order.

    ``first`` and ``last`` are day numbers, both included, None where open. Empty filters ask for everything
    that was not set aside. ``parties`` and ``letters`` are public numbers, 0 the lane of nobody named.
    """

    first: int | None = None
    last: int | None = None
    parties: tuple[int, ...] = ()
    stances: tuple[str, ...] = ()
    bases: tuple[str, ...] = ()
    precisions: tuple[str, ...] = ()
    letters: tuple[int, ...] = ()
    languages: tuple[str, ...] = ()
    reviews: tuple[str, ...] = ()
    q: str = ""
    sort: str = "date"
    page: int = 1
    kept: tuple[tuple[str, str], ...] = ()

    @classmethod
    def read(cls, query: QueryDict) -> TimelineRequest:
        """Return what a query string asks for."""
        first, last = _day(query.get("from"), last=False), _day(query.get("to"), last=True)
        if first is not None and last is not None and first > last:
            first, last = None, None
        sort = query.get("sort", "")
        return cls(
            first=first,
            last=last,
            parties=_numbers(query, "party"),
            stances=_words(query, "stance", STANCES),
            bases=_words(query, "basis", BASES),
            precisions=_words(query, "precision", PRECISIONS),
            letters=_numbers(query, "letter"),
            languages=tuple(v for v in _values(query, "language") if LANGUAGE.fullmatch(v)),
            reviews=_words(query, "review", REVIEWS),
            q=" ".join(query.get("q", "").replace("\x00", " ").split())[:LONGEST_SEARCH],
            sort=sort if sort in SORTS else "date",
            page=_page(query.get("page", "")),
            kept=tuple((n, v) for n in CANVAS_OWN if (v := _shortened(query.get(n, "").strip()))),
        )

    @property
    def selected(self) -> int | None:
        """Return the public number of the claim that the address selects."""
        value = dict(self.kept).get("claim", "")
        return int(value) if _is_number(value) else None

    @property
    def known(self) -> str:
        """Return the day up to which letters are read, as the address has it; empty for all."""
        return dict(self.kept).get("known", "")

    @property
    def is_filtered(self) -> bool:
        """Whether anything but the window narrows the claims."""
        named = self.parties or self.stances or self.bases or self.precisions
        return bool(named or self.letters or self.languages or self.reviews or self.q)

    @property
    def by(self) -> str:
        """Return what a lane is: whose words (``words``), who says it (``says``), whom it is about."""
        by = dict(self.kept).get("by", "")
        return by if by in WAYS else "words"

    def lanes_by(self, way: str) -> str:
        """Return the query string with lanes of another kind; what is said of the old lanes falls away."""
        kept = tuple((n, v) for n, v in self.kept if n not in ("by", "hide", "pin", "order"))
        return self.query(kept=kept if way == "words" else (*kept, ("by", way)))

    @property
    def filters(self) -> TimelineRequest:
        """Return the same question without window, order, page and the canvas's own part."""
        return replace(self, first=None, last=None, sort="date", page=1, kept=())

    def query(self, **changes: Any) -> str:
        """Return the query string of this question with some of it changed, without the question mark.

        Changing anything but the page goes back to the first page.
        """
        asked = replace(self, **{"page": 1, **changes})
        pairs: list[tuple[str, Any]] = []
        pairs += [("from", iso_day(asked.first))] if asked.first is not None else []
        pairs += [("to", iso_day(asked.last))] if asked.last is not None else []
        for name, values in (
            ("party", asked.parties),
            ("stance", asked.stances),
            ("basis", asked.bases),
            ("precision", asked.precisions),
            ("letter", asked.letters),
            ("language", asked.languages),
            ("review", asked.reviews),
        ):
            pairs += [(name, value) for value in values]
        pairs += [("q", asked.q)] if asked.q else []
        pairs += [("sort", asked.sort)] if asked.sort != "date" else []
        pairs += [("page", asked.page)] if asked.page > 1 else []
        return urlencode([*pairs, *asked.kept])

    def without(self, name: str, value: Any = None) -> str:
        """Return the query string without one value of a filter, or without the whole filter."""
        if name == "window":
            return self.query(first=None, last=None)
        if name == "q":
            return self.query(q="")
        left = () if value is None else tuple(v for v in getattr(self, name) if v != value)
        return self.query(**{name: left})


def iso_day(day: int) -> str:
    """Return a day number as the address writes it: 2022-06-14, years before 1 with a minus sign."""
    year, month, day_of_month = day_to_date(day)
    sign = "-" if year < 0 else ""
    return f"{sign}{abs(year):04}-{month:02}-{day_of_month:02}"


def _day(text: str | None, *, last: bool) -> int | None:
    """Return the first or last day of an EDTF date (2021, 2021-03, 2021-03-03), None where it is none."""
    if not text or len(text) > 20:
        return None
    try:
        return bounds(text.strip())[1 if last else 0]
    except EdtfError:
        return None


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdecimal() and len(text) < 19


def _values(query: QueryDict, name: str) -> Iterable[str]:
    """Yield the values of a parameter, given repeatedly or joined by commas, each once."""
    values = (part.strip() for text in query.getlist(name)[:MOST_VALUES] for part in text.split(","))
    return list(dict.fromkeys(values))[:MOST_VALUES]


def _numbers(query: QueryDict, name: str) -> tuple[int, ...]:
    return tuple(dict.fromkeys(int(value) for value in _values(query, name) if _is_number(value)))


def _words(query: QueryDict, name: str, known: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(value for value in _values(query, name) if value in known)


def _shortened(value: str) -> str:
    """Return a value that the canvas alone reads; of a list that is too long, so many whole numbers."""
    return value if len(value) <= LONGEST_KEPT else value[:LONGEST_KEPT].rpartition(",")[0]


def _page(text: str) -> int:
    return max(1, int(text)) if _is_number(text) and len(text) < 7 else 1


def days_typed(words: str) -> tuple[int, int]:
    """Return the first and last day number of a date as a person types it, in any of three languages.

    An open end is the day of the other. Raises EdtfError with a sentence that says what is wrong.
    """
    first, last = bounds(_edtf_typed(words[:LONGEST_DATE]))
    known = [day for day in (first, last) if day is not None]
    if not known:
        raise EdtfError(f"“{words.strip()}” has no year. Write it with its year, as 3 September 2021.")
    return known[0], known[-1]


def _edtf_typed(words: str) -> str:
    for language in TYPED_IN:
        try:
            return understand(words, language)
        except EdtfError as error:
            wrong = error
    raise wrong
