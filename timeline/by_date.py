"""Claims by date, page by page, however many there are.

Sorting with the undated last keeps SQLite from its index: it would sort a whole dossier for a hundred rows.
So the dated claims are read along the index, and those without a first day come from a second question. What
words find is in no index by date: there, what is kept of the search tells a page's keys.
"""

from __future__ import annotations

from collections.abc import Callable

from django.db.models import F

from timeline.live_counts import found_keys, found_touching
from timeline.querysets import ClaimQuerySet


class ByDate:
    """A sequence of claims in the order of ``ClaimQuerySet.by_date``, for a paginator.

    ``dressed`` adds to the claims of one page what its rows show.
    """

    def __init__(self, claims: ClaimQuerySet, dressed: Callable[[ClaimQuerySet], ClaimQuerySet]) -> None:
        self.claims = claims
        self.dressed = dressed

    def count(self) -> int:
        """Return how many claims there are."""
        return self.claims.counted_in_window()

    def __len__(self) -> int:
        return self.count()

    def __getitem__(self, part: slice) -> list:
        """Return the claims from ``part.start`` to ``part.stop``."""
        keys = self.keys(part.start or 0, part.stop)
        # The keys are of these claims; to ask for all their conditions once more would take longer.
        found = self.dressed(self.claims.model._default_manager.all()).in_bulk(keys)
        return [found[key] for key in keys if key in found]

    def keys(self, start: int, stop: int) -> list[int]:
        """Return the keys of the claims from ``start`` to ``stop``."""
        latest = F("latest_day").asc(nulls_last=True)
        dated = self.claims.beginning()
        keys = list(dated.order_by("earliest_day", latest, "pk").values_list("pk", flat=True)[start:stop])
        if len(keys) == stop - start:
            return keys
        before = start + len(keys) if keys else dated.count()
        rest = self.claims.filter(earliest_day=None).order_by(latest, "pk").values_list("pk", flat=True)
        first = max(0, start - before)
        return [*keys, *rest[first : first + stop - start - len(keys)]]


class ByDateFound(ByDate):
    """The same of what words find and a window leaves of it, told from what is kept of the search."""

    def __init__(
        self,
        claims: ClaimQuerySet,
        dressed: Callable[[ClaimQuerySet], ClaimQuerySet],
        first: int | None,
        last: int | None,
    ) -> None:
        super().__init__(claims, dressed)
        self.first, self.last = first, last

    def count(self) -> int:
        """Return how many claims there are."""
        return found_touching(self.claims, self.first, self.last)

    def keys(self, start: int, stop: int) -> list[int]:
        """Return the keys of the claims from ``start`` to ``stop``."""
        return found_keys(self.claims, self.first, self.last, start, stop)
