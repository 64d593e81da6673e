"""Claims by letter or by event, page by page, however many there are.

To sort a whole dossier for a hundred rows takes the database seconds. So letters, or events, are gone through
in their order with how many claims each has, and only the claims of one page are sorted.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import count

from django.db.models import QuerySet

from timeline.by_date import ByDate
from timeline.querysets import ClaimQuerySet

# Letters or events looked at in the first step; each further step takes twice as many.
FIRST_STEP = 64


@dataclass(frozen=True, slots=True)
class Grouping:
    """What claims are grouped by: ``field`` is their column of the group's key.

    ``groups``: the keys of all that they may belong to, in order; ``counted``: the claims by which each
    group's are counted, of which those of these groups alone are asked for; ``within`` sorts claims by group
    and then as a group reads.
    """

    field: str
    groups: QuerySet
    counted: ClaimQuerySet
    within: Callable[[ClaimQuerySet], ClaimQuerySet]


class ByGroup(ByDate):
    """A sequence of claims in the order of their letters or events; those of none last, by date."""

    def __init__(
        self,
        claims: ClaimQuerySet,
        dressed: Callable[[ClaimQuerySet], ClaimQuerySet],
        grouping: Grouping,
    ) -> None:
        super().__init__(claims, dressed)
        self.grouping = grouping

    def keys(self, start: int, stop: int) -> list[int]:
        """Return the keys of the claims from ``start`` to ``stop``."""
        field, within = self.grouping.field, self.grouping.within
        passed, before, wanted = 0, 0, []
        for key, n in self._numbers():
            if passed + n > start:
                before = before if wanted else passed
                wanted.append(key)
            passed += n
            if passed >= stop:
                break
        found: list[int] = []
        if wanted:
            of_groups = within(self.claims.filter(**{f"{field}__in": wanted})).values_list("pk", flat=True)
            found += of_groups[start - before : stop - before]
        if passed < stop:
            rest = ByDate(self.claims.filter(**{field: None}), self.dressed)
            found += rest.keys(max(0, start - passed), stop - passed)
        return found

    def _numbers(self) -> Iterator[tuple[int, int]]:
        """Yield key and number of claims of each group that has any, in order."""
        field, first = self.grouping.field, 0
        for step in count():
            size = FIRST_STEP << step
            keys = list(self.grouping.groups[first : first + size])
            numbers = self.grouping.counted.filter(**{f"{field}__in": keys}).counted_by(field)
            yield from ((key, numbers[key]) for key in keys if key in numbers)
            first += size
            if len(keys) < size:
                return


class Sorted(ByDate):
    """A sequence of claims that are few enough to be sorted whole, in the order that they have."""

    def keys(self, start: int, stop: int) -> list[int]:
        """Return the keys of the claims from ``start`` to ``stop``."""
        return list(self.claims.values_list("pk", flat=True)[start:stop])
