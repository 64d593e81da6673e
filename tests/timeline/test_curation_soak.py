"""Random edits, new readings, restores and undoings: what a person set stays, and the log stays whole.

``CLAIMLINE_SOAK=10000`` drives as many steps; 300 otherwise. A failure prints its seed.
"""

from __future__ import annotations

import contextlib
import os
import random
from collections.abc import Callable
from typing import Any

import pytest

from tests.timeline.desk import Desk, build_desk
from timeline import curation
from timeline.curation.claim_state import state_of
from timeline.history import verify
from timeline.models import Claim, Decision
from timeline.recording import READ_FIELDS, record_letter

pytestmark = pytest.mark.django_db
STEPS = int(os.environ.get("CLAIMLINE_SOAK", "300"))
DATES = ("2015-01-02", "2016-03", "199X", "2017~", "2018-05/2019", None)


def pick(desk: Desk, chance: random.Random) -> Claim:
    return chance.choice(list(Claim.objects.filter(dossier=desk.dossier).order_by("pk")))


def disturb(desk: Desk, chance: random.Random) -> None:
    """Have the machine read otherwise than it did: as another version of it would."""
    untouched = [
        c for c in Claim.objects.order_by("pk") if not c.curated_fields and c.review_state == "suggested"
    ]
    if untouched:
        claim = chance.choice(untouched)
        Claim.objects.filter(pk=claim.pk).update(edtf=chance.choice(DATES[:5]), stance="demands")


def undo_one(desk: Desk, chance: random.Random) -> None:
    entries = list(Decision.objects.filter(dossier=desk.dossier, kind="claim").exclude(user=None))
    if entries:
        # Somebody may have decided since: then there is nothing to undo.
        with contextlib.suppress(curation.Conflict, curation.Refused):
            curation.undo(desk.curator, chance.choice(entries[-6:]))


def party(desk: Desk, chance: random.Random) -> Any:
    return desk.party(chance.choice(("Norvania", "Averland")))


EDITS: tuple[Callable[[Desk, random.Random], object], ...] = (
    lambda d, c: curation.correct_date(d.curator, pick(d, c), c.choice(DATES), None),
    lambda d, c: curation.correct_stance(d.curator, pick(d, c), c.choice(("asserts", "denies")), None),
    lambda d, c: curation.correct_voice(
        d.curator, pick(d, c), party(d, c), c.choice((None, party(d, c))), None
    ),
    lambda d, c: curation.accept_claim(d.curator, pick(d, c), None),
    lambda d, c: curation.dismiss_claim(d.curator, pick(d, c), None),
    lambda d, c: curation.restore_claim(d.curator, pick(d, c), None),
    lambda d, c: curation.add_claim(d.curator, d.letter, {"edtf": c.choice(DATES)}, asserted_by=party(d, c)),
    lambda d, c: curation.correct_claim(
        d.curator, pick(d, c), curation.Correction(tags=[c.choice("ab")]), None
    ),
    undo_one,
    disturb,
)


def decided() -> dict[int, dict[str, Any]]:
    """Return what persons decided: their fields, and all of what they accepted or dismissed."""
    found = {}
    for claim in Claim.objects.all():
        state = state_of(claim)
        whole = claim.review_state in ("accepted", "dismissed")
        names = {*READ_FIELDS, "voices", "review_state"} if whole else set(claim.curated_fields)
        found[claim.pk] = {n: state[n] for n in {*names, "tags", "curated_fields"}}
    return found


def test_nothing_decided_is_ever_lost() -> None:
    desk = build_desk()
    seed = random.randrange(10**6)
    print(f"seed {seed}")
    chance = random.Random(seed)
    for step in range(STEPS):
        if chance.random() < 0.25:
            before, entries = decided(), Decision.objects.count()
            record_letter(desk.letter)
            after = decided()
            assert {k: after[k] for k in before} == before, f"seed {seed}, step {step}"
            again = Decision.objects.count()
            assert record_letter(desk.letter).changes == [], f"seed {seed}, step {step}"
            assert Decision.objects.count() == again >= entries
        else:
            chance.choice(EDITS)(desk, chance)
    assert list(verify(desk.dossier.pk)) == [], f"seed {seed}"
