"""How far two readers agree: per field, and Cohen's kappa, which takes off what chance alone would give.

J. Cohen, "A coefficient of agreement for nominal scales", Educational and Psychological Measurement 20, 1960.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Sequence
from dataclasses import dataclass

from documents.models import Dossier
from timeline.models import SecondReading

FIELDS = {"verdict": "It is a claim", "edtf": "Date", "stance": "Stance", "asserted_by": "Asserted by"}


@dataclass(frozen=True, slots=True)
class Agreement:
    """``same`` of ``all`` answers agree; ``kappa`` is None where chance alone would have all agree."""

    same: int
    all: int
    kappa: float | None


def agreement_of(pairs: Sequence[tuple[Hashable, Hashable]]) -> Agreement:
    """Return how far the pairs of answers agree."""
    n = len(pairs)
    same = sum(one == other for one, other in pairs)
    if not n:
        return Agreement(0, 0, None)
    first, second = Counter(one for one, _ in pairs), Counter(other for _, other in pairs)
    chance = sum(first[value] * second[value] for value in first) / (n * n)
    return Agreement(same, n, None if chance == 1 else (same / n - chance) / (1 - chance))


def agreement_in(dossier: Dossier) -> dict[str, Agreement]:
    """Return the agreement of a dossier per field; of fields, where both took the words for a claim."""
    rows = SecondReading.objects.filter(claim__dossier=dossier).exclude(answered=None)
    rows = rows.filter(claim__review_state__in=("accepted", "dismissed"))
    pairs: dict[str, list[tuple[Hashable, Hashable]]] = {name: [] for name in FIELDS}
    for row in rows.select_related("claim__asserting_party"):
        claim = row.claim
        pairs["verdict"].append((claim.review_state, row.verdict))
        if claim.review_state == row.verdict == "accepted":
            party = claim.asserting_party.name if claim.asserting_party else None
            pairs["edtf"].append((claim.edtf, row.values.get("edtf")))
            pairs["stance"].append((claim.stance, row.values.get("stance")))
            pairs["asserted_by"].append((party, row.values.get("asserted_by")))
    return {name: agreement_of(found) for name, found in pairs.items()}


def next_second(dossier: Dossier, reader: object) -> SecondReading | None:
    """Return the next claim of which a reader's second reading is waited for."""
    rows = SecondReading.objects.filter(claim__dossier=dossier, reader=reader, answered=None)
    return rows.select_related("claim__letter", "claim__dossier").order_by("pk").first()
