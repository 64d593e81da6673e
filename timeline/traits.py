"""How many claims have which traits, whatever their date: from the counts that ``facet_triggers`` keeps.

In: a dossier, who asks, the question. Out: exact numbers under filters by party, stance, basis, precision,
language and review state. A question with other parts is not ``answered`` here.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

from documents.models import Dossier, Party
from timeline.models import ClaimFacet
from timeline.seeing import STATES, states_shown
from timeline.timeline_request import TimelineRequest

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser, User

    Asker = User | AnonymousUser

# Columns of a row by the filter's name, and the fields of the question.
COLUMNS = ("party", "stance", "basis", "precision", "language")
ASKED = ("parties", "stances", "bases", "precisions", "languages")
SET = {"suggested": "set_suggested", "accepted": "set_accepted"}


def answered(asked: TimelineRequest) -> bool:
    """Return whether kept counts of traits say all that is asked for."""
    return not (asked.q or asked.letters or asked.first is not None or asked.last is not None)


def languages_of(dossier: Dossier) -> list[str]:
    """Return the languages of the letters that a dossier's claims stand in, those without one left out."""
    rows = ClaimFacet.objects.filter(dossier_key=dossier.pk).exclude(language="")
    there = rows.exclude(**dict.fromkeys(STATES, 0)).order_by("language")
    return list(there.values_list("language", flat=True).distinct())


class Traits:
    """The counts of one dossier under one question, as one user sees them.

    ``counted``: which numbers there are of each row, and the rows, where they are not those of the whole
    dossier; the numbers follow the values of COLUMNS, of which the first is a party's key.
    """

    def __init__(
        self,
        dossier: Dossier,
        user: Asker,
        asked: TimelineRequest,
        counted: tuple[Sequence[str], list[tuple]] | None = None,
    ) -> None:
        if counted is None:
            names = names_shown(dossier, user)
            columns = ("lane_key", *COLUMNS[1:], *names)
            counted = names, list(ClaimFacet.objects.filter(dossier_key=dossier.pk).values_list(*columns))
        names, self.rows = counted
        self.places = {name: len(COLUMNS) + place for place, name in enumerate(names)}
        self.wanted = asked_values(asked)
        self.numbers = [self.places[name] for name in review_names(asked.reviews) if name in self.places]

    @property
    def reviews(self) -> set[str]:
        """Return the values of the review filter that these counts tell."""
        return {"curated" if name in SET.values() else name for name in self.places}

    def everything(self) -> int:
        """Return how many claims there are, whatever the filters ask for."""
        states = [place for name, place in self.places.items() if name in STATES]
        return sum(row[place] for row in self.rows for place in states)

    def total(self) -> int:
        """Return how many claims the question leaves, undated ones included."""
        return sum(self._number(row) for row in self._left())

    def lanes(self) -> Counter[int]:
        """Return how many claims the question leaves in each lane; 0 is nobody's."""
        found: Counter[int] = Counter()
        for row in self._left():
            found[row[0]] += self._number(row)
        return +found

    def by_value(self) -> dict[str, Counter[Any]]:
        """Return {filter: {value: claims left}}, each under the other filters; also by review state."""
        found: dict[str, Counter[Any]] = {name: Counter() for name in (*COLUMNS, "review")}
        for row in self.rows:
            out = [place for place, values in enumerate(self.wanted) if values and row[place] not in values]
            if len(out) > 1:
                continue
            number = self._number(row)
            for place in out or range(len(COLUMNS)):
                found[COLUMNS[place]][row[place]] += number
            if not out:
                self._add_reviews(found["review"], row)
        return found

    def _left(self) -> Iterable[tuple]:
        asked = [(place, values) for place, values in enumerate(self.wanted) if values]
        return (row for row in self.rows if all(row[place] in values for place, values in asked))

    def _number(self, row: tuple) -> int:
        """Return the claims of a row in the review states asked for."""
        return sum(row[place] for place in self.numbers)

    def _add_reviews(self, found: Counter[Any], row: tuple) -> None:
        for name, place in self.places.items():
            found["curated" if name in SET.values() else name] += row[place]


def names_shown(dossier: Dossier, user: Asker) -> list[str]:
    """Return what is counted of the review states that the user sees."""
    shown = states_shown(dossier, user)
    return [*shown, *(SET[state] for state in shown if state in SET)]


def asked_values(asked: TimelineRequest) -> list[set[Any]]:
    """Return the values that a question's filters ask of each of COLUMNS; an empty set for any."""
    return [_keys_of(asked.parties), *(set(getattr(asked, field)) for field in ASKED[1:])]


def review_names(reviews: Iterable[str]) -> list[str]:
    """Return the numbers that add up to what these review states ask for, as ``reviewed_as`` has it."""
    wanted = set(reviews) or {"suggested", "accepted"}
    names = [state for state in STATES if state in wanted]
    if "curated" in wanted:
        names += [name for state, name in SET.items() if state not in wanted]
    return names


def _keys_of(parties: Iterable[int]) -> set[int]:
    """Return the keys of parties with these public numbers, 0 for nobody; -1 where none is known."""
    wanted = set(parties)
    named = wanted - {0}
    keys = set(Party.objects.filter(public_id__in=named).values_list("pk", flat=True)) if named else set()
    return keys | ({0} & wanted) | ({-1} if wanted and not keys and 0 not in wanted else set())
