"""Every constraint of the timeline's tables, each with an attempt to break it that the database refuses."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.apps import apps
from django.contrib.auth.models import User
from django.db import IntegrityError, transaction
from django.utils import timezone

from documents.models import Dossier, Letter, LetterPart, Party
from tests.documents.test_models import add, put
from timeline.history import record
from timeline.models import (
    Assignment,
    Claim,
    ClaimCount,
    ClaimFacet,
    Decision,
    Event,
    Note,
    SecondReading,
    Tag,
    Voice,
)

pytestmark = pytest.mark.django_db


class Rows:
    """One sound row of every table, to break from."""

    def __init__(self) -> None:
        self.user = User.objects.create_user("u")
        self.other = User.objects.create_user("v")
        self.dossier = Dossier.objects.create(title="Sella Strait", slug="sella")
        self.party = Party.objects.create(name="Norvania", kind="state", dossier=self.dossier)
        self.letter = Letter.objects.create(dossier=self.dossier, text="On 3 May 2020 it was so.")
        part = LetterPart.objects.create(letter=self.letter, position=0, start=0, end=24)
        self.event = Event.objects.create(dossier=self.dossier, title="The boarding")
        self.tag = Tag.objects.create(dossier=self.dossier, name="fishing")
        self.claim = Claim.objects.create(
            dossier=self.dossier,
            letter=self.letter,
            part=part,
            start=0,
            end=24,
            timex_start=3,
            timex_end=13,
            clause_start=0,
            clause_end=24,
            edtf="2020-05-03",
            earliest_day=737548,
            latest_day=737548,
            stance="asserts",
        )
        self.voice = Voice.objects.create(claim=self.claim, party=self.party, role="asserts")
        self.note = Note.objects.create(
            dossier=self.dossier, claim=self.claim, author=self.user, text="Look again."
        )
        self.assignment = Assignment.objects.create(letter=self.letter, user=self.user)
        self.second = SecondReading.objects.create(claim=self.claim, reader=self.user)
        counts = ("own_suggested", "own_accepted", "reported_suggested", "reported_accepted")
        self.count = ClaimCount(
            dossier_key=9, level=1, reach=1, bucket=1, lane_key=1, **dict.fromkeys(counts, 1)
        )
        self.count.save()
        self.facet = ClaimFacet.objects.get(dossier_key=self.dossier.pk)
        self.entry = record(self.dossier, self.user, "accept", "claim", 1, "a claim", {"a": [1, 2]})
        self.entry = record(self.dossier, self.user, "accept", "claim", 1, "a claim", {"a": [2, 3]})


def entry(row: Decision, **values: Any) -> None:
    """Write a further entry past ``history.record``."""
    sound = {"number": row.number + 1, "previous": row.hash, "hash": "c" * 64, "made": timezone.now()}
    add(row, **{**sound, **values})


ATTEMPTS: dict[str, Callable[[Rows], None]] = {
    "event_has_a_title": lambda r: put(r.event, title=""),
    "tag_has_its_own_name": lambda r: add(r.tag),
    "tag_has_a_name": lambda r: put(r.tag, name=""),
    "claim_end_after_start": lambda r: put(r.claim, start=24, timex_start=None, timex_end=None),
    "claim_timex_end_after_start": lambda r: put(r.claim, timex_end=3),
    "claim_timex_inside_quote": lambda r: put(r.claim, timex_end=25),
    "claim_clause_end_after_start": lambda r: put(r.claim, clause_end=0),
    "claim_earliest_before_latest": lambda r: put(r.claim, latest_day=737547),
    "claim_date_is_not_empty": lambda r: put(r.claim, edtf=""),
    "claim_score_is_a_share": lambda r: put(r.claim, score=1.01),
    "claim_stance_is_known": lambda r: put(r.claim, stance="admits"),
    "claim_modality_is_known": lambda r: put(r.claim, modality="perhaps"),
    "claim_basis_is_known": lambda r: put(r.claim, basis="guessed"),
    "claim_modifier_is_known": lambda r: put(r.claim, modifier="late"),
    "claim_precision_is_known": lambda r: put(r.claim, precision="hour"),
    "claim_review_state_is_known": lambda r: put(r.claim, review_state="true"),
    "voice_role_is_known": lambda r: put(r.voice, role="sings"),
    "voice_names_somebody": lambda r: put(r.voice, party=None),
    "one_voice_asserts_a_claim": lambda r: add(r.voice),
    "voice_source_end_after_start": lambda r: put(r.voice, source_start=3, source_end=3),
    "voice_cue_end_after_start": lambda r: put(r.voice, cue_start=3, cue_end=2),
    "voice_content_end_after_start": lambda r: put(r.voice, content_start=3, content_end=3),
    "note_has_text": lambda r: put(r.note, text=""),
    "note_is_on_a_claim_or_a_letter": lambda r: put(r.note, claim=None),
    "one_count_a_bucket": lambda r: add(r.count),
    "one_count_of_the_same_traits": lambda r: add(r.facet),
    "decision_has_its_own_number": lambda r: entry(r.entry, number=2),
    "decisions_are_one_chain": lambda r: entry(r.entry, previous=r.entry.previous),
    "decisions_count_from_one": lambda r: entry(r.entry, number=0),
    "decision_follows_another": lambda r: entry(r.entry, previous=""),
    "decision_has_a_hash": lambda r: entry(r.entry, hash=""),
    "letter_is_one_curators_work": lambda r: add(r.assignment, user_id=r.other.pk),
    "one_second_reading_a_reader": lambda r: add(r.second),
    "second_verdict_is_known": lambda r: put(r.second, verdict="maybe"),
}


@pytest.mark.parametrize("name", ATTEMPTS)
def test_the_database_refuses(name: str) -> None:
    rows = Rows()
    with pytest.raises(IntegrityError) as refusal, transaction.atomic():
        ATTEMPTS[name](rows)
    # SQLite names the columns of a unique key; numbers below nought break the column's own check as well.
    said = str(refusal.value)
    assert (
        name in said or "UNIQUE" in said or name in ("decisions_count_from_one", "decision_follows_another")
    )


HALVES = [
    ("claim", {"start": None}),
    ("claim", {"end": None}),
    ("claim", {"timex_end": None}),
    ("claim", {"clause_start": None}),
    ("claim", {"start": None, "end": None}),
    ("voice", {"source_start": 1}),
    ("voice", {"cue_end": 1}),
    ("voice", {"content_end": 1}),
]


@pytest.mark.parametrize(("table", "values"), HALVES)
def test_half_a_stretch_of_text_is_refused(table: str, values: dict[str, int | None]) -> None:
    rows = Rows()
    with pytest.raises(IntegrityError), transaction.atomic():
        put(getattr(rows, table), **values)


def test_the_log_is_neither_altered_nor_deleted() -> None:
    rows = Rows()
    for attempt in (
        lambda: Decision.objects.filter(pk=rows.entry.pk).update(user_name="somebody else"),
        lambda: rows.entry.delete(),
        lambda: Decision.objects.all().delete(),
    ):
        with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
            attempt()
    assert Decision.objects.count() == 2


def test_the_log_outlives_its_dossier() -> None:
    rows = Rows()
    Claim.objects.all().delete()
    rows.dossier.delete()
    assert Decision.objects.count() == 2


def test_no_constraint_is_untested() -> None:
    models = [m for m in apps.get_app_config("timeline").get_models() if "Historical" not in m.__name__]
    names = {c.name for model in models for c in model._meta.constraints}
    assert names == set(ATTEMPTS)
