"""What filters ask of a claim, as one number: worked out by the database, read here.

A search finds up to a million claims; a number for each is what there is room for. ``OwnTraits`` is what
stands in a claim's own columns, SQLite's index by key holds it (``timeline/word_index.py``); lane and
language of the letter are added where claims are looked up.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from django.db.models import F, Func, IntegerField

from timeline.seeing import STATES
from timeline.vocabulary import BASES, PRECISIONS, STANCES

# From the least on: whether quoted, whether a person set anything, then these.
LISTED = {"review_state": STATES, "stance": STANCES, "basis": BASES, "precision": PRECISIONS}
OWN_MOST = 2 * 2 * len(STATES) * len(STANCES) * len(BASES) * len(PRECISIONS)


class Trait(NamedTuple):
    """What filters tell apart; ``lane`` is a party's key, 0 nobody's."""

    lane: int
    stance: str
    basis: str
    precision: str
    language: str
    state: str
    is_set: bool
    is_quoted: bool

    @property
    def voice(self) -> int:
        """Return lane and voice as one number."""
        return self.lane * 2 + self.is_quoted


def own_sql(columns: Mapping[str, str], vendor: str) -> str:
    """Return the SQL of a claim's own traits from that of its columns."""
    empty = f"{columns['curated_fields']} = '[]'::jsonb"
    if vendor == "sqlite":
        empty = f"json({columns['curated_fields']}) = '[]'"
    number = "0"
    for name, values in reversed(LISTED.items()):
        cases = " ".join(f"WHEN '{value}' THEN {place}" for place, value in enumerate(values))
        number = f"({number} * {len(values)} + CASE {columns[name]} {cases} END)"
    quoted = f"CASE WHEN {columns['is_quoted']} THEN 1 ELSE 0 END"
    return f"({number} * 4 + CASE WHEN {empty} THEN 0 ELSE 2 END + {quoted})"


COLUMNS = (*LISTED, "curated_fields", "is_quoted")


class OwnTraits(Func):
    """What filters ask of a claim's own columns, as a number below OWN_MOST."""

    def __init__(self) -> None:
        super().__init__(*map(F, COLUMNS), output_field=IntegerField())

    def as_sql(self, compiler: Any, connection: Any, **_: Any) -> tuple[str, list[Any]]:  # type: ignore[override]
        """Return the expression, without values, so that the database knows it by an index."""
        compiled = (compiler.compile(each)[0] for each in self.source_expressions)
        return own_sql(dict(zip(COLUMNS, compiled, strict=True)), connection.vendor), []


def trait_sql(lane: str, language: str, languages: int, own: str) -> str:
    """Return the SQL of the number that ``read`` reads; ``language``: that of its place among so many."""
    return f"((COALESCE({lane}, 0) * {languages} + {language}) * {OWN_MOST} + {own})"


def read(number: int, languages: tuple[str, ...]) -> Trait:
    """Return the traits that a number stands for; ``languages`` by their places in it."""
    rest, own = divmod(number, OWN_MOST)
    lane, language = divmod(rest, len(languages))
    own, bits = divmod(own, 4)
    told = {}
    for name, values in LISTED.items():
        own, place = divmod(own, len(values))
        told[name] = values[place]
    return Trait(
        lane,
        told["stance"],
        told["basis"],
        told["precision"],
        languages[language],
        told["review_state"],
        bool(bits & 2),
        bool(bits & 1),
    )
