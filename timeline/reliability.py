"""How often the machine was right, from what curators accepted, corrected and dismissed.

In: a dossier's decided claims that the machine had read. Out: right of all per field, basis and language,
with the interval of Wilson (E. B. Wilson, "Probable Inference", JASA 22, 1927) at 95 %. A value that stands
as the machine reads it counts as right; claims that a person added were never the machine's and do not count.
"""

from __future__ import annotations

import math
from collections import defaultdict
from dataclasses import dataclass

from django.core.cache import cache
from django.db.models import Count, Exists, F, OuterRef, Q
from django.db.models.fields.json import KeyTextTransform

from documents.models import Dossier
from timeline.history import head
from timeline.models import Claim, Voice

# The normal deviate of 95 %.
Z = 1.959964
# So many decisions weigh as much as what the whole dossier shows, where a basis has few of its own.
PRIOR = 20
# With more claims decided than this, figures are counted anew once this share of them has been decided since.
LARGE, SHARE = 2_000, 0.01
KEPT = 3600  # seconds: a new reading changes what the machine is held to without a decision
FIELDS = {"claim": "It is a claim", "date": "Date", "voice": "Voice", "stance": "Stance"}


@dataclass(frozen=True, slots=True)
class Rate:
    """``right`` of ``all``; the shares that the interval at 95 % lies between, 0 to 1."""

    right: int
    all: int

    @property
    def share(self) -> float:
        """Return the share that was right; 0 where nothing was decided."""
        return self.right / self.all if self.all else 0.0

    @property
    def low(self) -> float:
        """Return the lower end of the interval."""
        return self._ends()[0]

    @property
    def high(self) -> float:
        """Return the upper end of the interval."""
        return self._ends()[1]

    def _ends(self) -> tuple[float, float]:
        if not self.all:
            return 0.0, 1.0
        n, p = self.all, self.share
        middle = p + Z * Z / (2 * n)
        reach = Z * math.sqrt(p * (1 - p) / n + Z * Z / (4 * n * n))
        whole = 1 + Z * Z / n
        return max(0.0, (middle - reach) / whole), min(1.0, (middle + reach) / whole)

    def said(self) -> str:
        """Return "96 % (94 to 98 %), 412 of 430"."""
        if not self.all:
            return "nothing decided yet"
        ends = f"{100 * self.low:.0f} to {100 * self.high:.0f} %"
        return f"{100 * self.share:.0f} % ({ends}), {self.right:,} of {self.all:,}"


@dataclass(frozen=True, slots=True)
class Reliability:
    """The rates of a dossier: {field: rate}, and the same by basis and by language of the letter."""

    fields: dict[str, Rate]
    by_basis: dict[str, dict[str, Rate]]
    by_language: dict[str, dict[str, Rate]]


def reliability_of(dossier: Dossier) -> Reliability:
    """Return how often the machine was right in a dossier; one question."""
    overall: dict[str, list[int]] = defaultdict(lambda: [0, 0])
    basis: dict[str, dict[str, list[int]]] = defaultdict(lambda: defaultdict(lambda: [0, 0]))
    language: dict[str, dict[str, list[int]]] = defaultdict(lambda: defaultdict(lambda: [0, 0]))
    for row in _counted(dossier):
        accepted = row["n"] if row["review_state"] == "accepted" else 0
        counts = {"claim": (accepted, row["n"])}
        if accepted:
            counts |= {name: (row[name], accepted) for name in ("date", "voice", "stance_right")}
        for name, (right, of) in counts.items():
            groups = (overall, basis[row["read_basis"] or ""], language[row["letter__language"]])
            for group in groups:
                group[name.removesuffix("_right")][0] += right
                group[name.removesuffix("_right")][1] += of
    return Reliability(
        _rates(overall),
        {name: _rates(group) for name, group in sorted(basis.items())},
        {name: _rates(group) for name, group in sorted(language.items())},
    )


def _rates(counts: dict[str, list[int]]) -> dict[str, Rate]:
    return {name: Rate(*counts[name]) if name in counts else Rate(0, 0) for name in FIELDS}


def _counted(dossier: Dossier) -> list[dict]:
    """Return the counts of decided claims by what the machine read, how they were decided and language."""
    read = Claim.objects.filter(dossier=dossier, added_by_person=False).exclude(machine={})
    decided = read.in_review(["accepted", "dismissed"]).annotate(
        read_date=KeyTextTransform("edtf", "machine"),
        read_basis=KeyTextTransform("basis", "machine"),
        read_stance=KeyTextTransform("stance", "machine"),
        voice_set=Exists(Voice.objects.filter(claim=OuterRef("pk"), set_by_person=True)),
    )
    same_date = Q(edtf=F("read_date")) | Q(edtf=None, read_date=None)
    return list(
        decided.order_by()
        .values("read_basis", "letter__language", "review_state")
        .annotate(
            n=Count("pk"),
            date=Count("pk", filter=same_date),
            stance_right=Count("pk", filter=Q(stance=F("read_stance"))),
            voice=Count("pk", filter=Q(voice_set=False)),
        )
    )


def measured(dossier: Dossier) -> Reliability:
    """Return what ``reliability_of`` returned last: anew with each decision, of many with some."""
    number, last = head(dossier.pk)
    name = f"reliability-{dossier.pk}-{dossier.slug}"
    kept = cache.get(name)
    if kept is not None:
        counted_at, decision, found = kept
        decided = found.fields["claim"].all
        may_lag = decided * SHARE if decided > LARGE else 0
        if decision == last or 0 <= number - counted_at < may_lag:
            return found
    found = reliability_of(dossier)
    cache.set(name, (number, last, found), KEPT)
    return found


def dates_confirmed(dossier: Dossier) -> Rate:
    """Return how many dates of accepted claims stand as the machine reads them, as readers are told."""
    return measured(dossier).fields["date"]


def weights_of(dossier: Dossier) -> dict[str, float]:
    """Return {basis: by what a score is multiplied in this dossier}, from how often its dates were right.

    A basis with few decisions is drawn towards the whole dossier; {} where nothing was decided.
    """
    found = measured(dossier)
    whole = found.fields["date"]
    if not whole.all:
        return {}
    general = (whole.right + 1) / (whole.all + 2)
    return {
        basis: (rates["date"].right + PRIOR * general) / (rates["date"].all + PRIOR)
        for basis, rates in found.by_basis.items()
    } | {"": general}
