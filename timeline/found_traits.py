"""What a search found, by what filters ask for: which of it they keep, and rows to count it by.

In: traits as ``timeline/trait_numbers.py`` reads them. Out: what ``Traits`` counts by.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from timeline.trait_numbers import Trait
from timeline.traits import COLUMNS, SET, asked_values, review_names

if TYPE_CHECKING:
    from timeline.timeline_request import TimelineRequest


@dataclass(frozen=True, slots=True)
class Wanted:
    """What filters ask for: values of the first traits, an empty set for any, and review states."""

    values: tuple[frozenset[Any], ...]
    reviews: frozenset[str]

    @classmethod
    def of(cls, asked: TimelineRequest) -> Wanted:
        """Return what a question's filters ask for."""
        return cls(tuple(map(frozenset, asked_values(asked))), frozenset(review_names(asked.reviews)))

    def holds(self, trait: Trait) -> bool:
        """Return whether claims with these traits are asked for."""
        if trait.state not in self.reviews and not (trait.is_set and SET.get(trait.state) in self.reviews):
            return False
        return all(not values or value in values for values, value in zip(self.values, trait, strict=False))


def rows_of(counts: Mapping[Trait, int], names: Iterable[str]) -> list[tuple]:
    """Return numbers of claims as rows of ``Traits``; ``names``: what is counted, of review states."""
    rows: dict[tuple, Counter[str]] = {}
    for trait, n in counts.items():
        row = rows.setdefault(trait[: len(COLUMNS)], Counter())
        row[trait.state] += n
        if trait.is_set and trait.state in SET:
            row[SET[trait.state]] += n
    return [(*key, *(row[name] for name in names)) for key, row in rows.items()]
