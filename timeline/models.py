"""What letters claim: claims, the voices in them, the events they tell of.

Offsets count Unicode code points of the letter's text; intervals are half-open. Day numbers are those of
``date.toordinal()``, carried on below 1; null is open or unknown. What must hold stands here as constraints
of the database, named as sentences.
"""

from __future__ import annotations

import uuid
from textwrap import shorten

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from simple_history.models import HistoricalRecords

from documents.managers import InDossierQuerySet
from documents.models import Dossier, Letter, LetterDate, LetterPart, Party, is_span, random_public_id
from timeline.extraction.edtf import in_words
from timeline.querysets import ClaimQuerySet
from timeline.vocabulary import BASES, PRECISIONS, STANCES

MODALITIES = ("happened", "did not", "planned", "demanded", "hypothetical")
MODIFIERS = ("", "start", "mid", "end")
REVIEW_STATES = ("suggested", "accepted", "dismissed", "withdrawn")
VOICE_ROLES = ("asserts", "quoted", "agent", "patient", "author")
# Whom a claim is about: who acts in it goes before who suffers.
ABOUT_ROLES = ("agent", "patient")


def choices(values: tuple[str, ...]) -> list[tuple[str, str]]:
    """Return Django choices whose label is the value itself."""
    return [(value, value) for value in values if value]


class Event(models.Model):
    """Something that happened or is said to have; the claims about it are its accounts."""

    public_id = models.BigIntegerField(default=random_public_id, unique=True, editable=False)
    dossier = models.ForeignKey(Dossier, models.CASCADE, related_name="events")
    title = models.CharField(max_length=300)
    edtf = models.CharField(max_length=100, blank=True)
    confirmed = models.BooleanField(default=False)
    version = models.PositiveIntegerField(default=1, editable=False)
    history = HistoricalRecords()

    objects = InDossierQuerySet.as_manager()

    class Meta:
        constraints = [models.CheckConstraint(condition=~Q(title=""), name="event_has_a_title")]

    def __str__(self) -> str:
        return self.title


class Tag(models.Model):
    """One of a dossier's own issues, to be put on claims and letters."""

    dossier = models.ForeignKey(Dossier, models.CASCADE, related_name="tags")
    name = models.CharField(max_length=80)
    letters = models.ManyToManyField(Letter, blank=True, related_name="tags")

    objects = InDossierQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["dossier", "name"], name="tag_has_its_own_name"),
            models.CheckConstraint(condition=~Q(name=""), name="tag_has_a_name"),
        ]

    def __str__(self) -> str:
        return self.name


class Claim(models.Model):
    """One dated assertion in one letter.

    The values in force stand in columns; ``machine`` keeps the machine's reading beside them, and
    ``curated_fields`` names those that a person set. ``dossier``, ``letter``, ``asserting_party``,
    ``lane_party``, ``about_party`` (who acts or suffers, the first named) and ``is_quoted`` repeat what part
    and voices say, so that a timeline needs no join; recording and curation write them together.
    """

    public_id = models.BigIntegerField(default=random_public_id, unique=True, editable=False)
    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    dossier = models.ForeignKey(Dossier, models.CASCADE, related_name="claims", db_index=False)
    letter = models.ForeignKey(Letter, models.CASCADE, related_name="claims")
    part = models.ForeignKey(LetterPart, models.CASCADE, related_name="claims")
    start = models.PositiveIntegerField(null=True, blank=True)
    end = models.PositiveIntegerField(null=True, blank=True)
    timex_start = models.PositiveIntegerField(null=True, blank=True)
    timex_end = models.PositiveIntegerField(null=True, blank=True)
    clause_start = models.PositiveIntegerField(null=True, blank=True)
    clause_end = models.PositiveIntegerField(null=True, blank=True)
    quote = models.TextField(blank=True, help_text="The characters start to end, kept to check the place by.")
    edtf = models.CharField(max_length=200, null=True, blank=True)  # noqa: DJ001  null: the text gives no date
    preferred = models.CharField(max_length=100, blank=True)
    modifier = models.CharField(max_length=5, blank=True, choices=choices(MODIFIERS))
    earliest_day = models.IntegerField(null=True, blank=True)
    latest_day = models.IntegerField(null=True, blank=True)
    precision = models.CharField(max_length=10, choices=choices(PRECISIONS), default="unknown")
    basis = models.CharField(max_length=10, choices=choices(BASES), default="explicit")
    reasoning = models.JSONField(default=list, blank=True)
    rules = models.JSONField(default=list, blank=True)
    dated_by_claim = models.ForeignKey(
        "self", models.SET_NULL, null=True, blank=True, related_name="dates", db_index=False
    )
    dated_by_date = models.ForeignKey(
        LetterDate, models.SET_NULL, null=True, blank=True, related_name="dates", db_index=False
    )
    stance = models.CharField(max_length=16, choices=choices(STANCES))
    modality = models.CharField(max_length=14, choices=choices(MODALITIES), default="happened")
    score = models.FloatField(default=0.5)
    review_state = models.CharField(max_length=10, choices=choices(REVIEW_STATES), default="suggested")
    machine = models.JSONField(default=dict, blank=True)
    curated_fields = models.JSONField(default=list, blank=True)
    extractor_version = models.CharField(max_length=40, blank=True)
    added_by_person = models.BooleanField(default=False, help_text="The machine did not find it.")
    version = models.PositiveIntegerField(default=1)
    event = models.ForeignKey(Event, models.SET_NULL, null=True, blank=True, related_name="claims")
    tags = models.ManyToManyField(Tag, blank=True, related_name="claims")
    asserting_party = models.ForeignKey(
        Party, models.PROTECT, null=True, blank=True, related_name="claims_asserted", db_index=False
    )
    lane_party = models.ForeignKey(
        Party, models.PROTECT, null=True, blank=True, related_name="claims_in_lane", db_index=False
    )
    about_party = models.ForeignKey(
        Party, models.PROTECT, null=True, blank=True, related_name="claims_about", db_index=False
    )
    is_quoted = models.BooleanField(default=False)
    created = models.DateTimeField(auto_now_add=True)
    changed = models.DateTimeField(auto_now=True)
    history = HistoricalRecords()

    objects = ClaimQuerySet.as_manager()

    class Meta:
        ordering = ["earliest_day", "pk"]
        indexes = [
            models.Index(fields=["dossier", "lane_party", "earliest_day", "id"], name="claims_of_a_lane"),
            models.Index(fields=["dossier", "earliest_day", "id"], name="claims_by_date"),
            models.Index(fields=["dossier", "review_state", "score", "id"], name="claims_to_review"),
            models.Index(fields=["dossier", "latest_day"], name="claims_by_end"),
            # Everything that counting by day asks for, so that the rows with their texts are left alone.
            models.Index(
                fields=["dossier", "earliest_day", "latest_day", "review_state", "lane_party", "is_quoted"],
                name="claims_for_counting",
            ),
            # A letter's claims, and what filters ask of them.
            models.Index(
                fields=["letter", "review_state", "lane_party", "stance", "basis", "precision"],
                name="claims_of_a_letter",
            ),
            # What filters leave, where that is few of many.
            models.Index(
                fields=["dossier", "precision", "stance", "basis", "lane_party", "review_state"],
                name="claims_by_traits",
            ),
            # What a person set: mostly few of many.
            models.Index(
                fields=["dossier", "review_state", "earliest_day", "id"],
                condition=~Q(curated_fields=[]),
                name="claims_set_by_person",
            ),
        ]
        constraints = [
            models.CheckConstraint(condition=is_span("start", "end"), name="claim_end_after_start"),
            models.CheckConstraint(
                condition=is_span("timex_start", "timex_end"),
                name="claim_timex_end_after_start",
            ),
            models.CheckConstraint(
                condition=Q(timex_start=None)
                | Q(start__isnull=False, timex_start__gte=F("start"), timex_end__lte=F("end")),
                name="claim_timex_inside_quote",
            ),
            models.CheckConstraint(
                condition=is_span("clause_start", "clause_end"),
                name="claim_clause_end_after_start",
            ),
            models.CheckConstraint(
                condition=Q(earliest_day=None) | Q(latest_day=None) | Q(earliest_day__lte=F("latest_day")),
                name="claim_earliest_before_latest",
            ),
            models.CheckConstraint(condition=Q(edtf=None) | ~Q(edtf=""), name="claim_date_is_not_empty"),
            models.CheckConstraint(condition=Q(score__gte=0, score__lte=1), name="claim_score_is_a_share"),
            models.CheckConstraint(condition=Q(stance__in=STANCES), name="claim_stance_is_known"),
            models.CheckConstraint(condition=Q(modality__in=MODALITIES), name="claim_modality_is_known"),
            models.CheckConstraint(condition=Q(basis__in=BASES), name="claim_basis_is_known"),
            models.CheckConstraint(condition=Q(modifier__in=MODIFIERS), name="claim_modifier_is_known"),
            models.CheckConstraint(condition=Q(precision__in=PRECISIONS), name="claim_precision_is_known"),
            models.CheckConstraint(
                condition=Q(review_state__in=REVIEW_STATES), name="claim_review_state_is_known"
            ),
        ]

    def __str__(self) -> str:
        said = in_words(self.edtf, "en", self.modifier or None) if self.edtf else "no date"
        return f"{said}: {shorten(self.quote, 80, placeholder=' …')}"

    def get_absolute_url(self) -> str:
        return f"/claims/{self.public_id}/"


class Voice(models.Model):
    """A party's role in a claim; ``party`` is null where the words name nobody known."""

    claim = models.ForeignKey(Claim, models.CASCADE, related_name="voices")
    party = models.ForeignKey(Party, models.PROTECT, null=True, blank=True, related_name="voices")
    words = models.CharField(max_length=500, blank=True)
    role = models.CharField(max_length=8, choices=choices(VOICE_ROLES))
    depth = models.PositiveSmallIntegerField(default=0)
    source_start = models.PositiveIntegerField(null=True, blank=True)
    source_end = models.PositiveIntegerField(null=True, blank=True)
    cue_start = models.PositiveIntegerField(null=True, blank=True)
    cue_end = models.PositiveIntegerField(null=True, blank=True)
    content_start = models.PositiveIntegerField(null=True, blank=True)
    content_end = models.PositiveIntegerField(null=True, blank=True)
    set_by_person = models.BooleanField(default=False)

    class Meta:
        ordering = ["claim", "depth", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(role__in=VOICE_ROLES), name="voice_role_is_known"),
            models.CheckConstraint(condition=~Q(party=None) | ~Q(words=""), name="voice_names_somebody"),
            models.UniqueConstraint(
                fields=["claim"], condition=Q(role="asserts"), name="one_voice_asserts_a_claim"
            ),
            models.CheckConstraint(
                condition=is_span("source_start", "source_end"),
                name="voice_source_end_after_start",
            ),
            models.CheckConstraint(
                condition=is_span("cue_start", "cue_end"),
                name="voice_cue_end_after_start",
            ),
            models.CheckConstraint(
                condition=is_span("content_start", "content_end"),
                name="voice_content_end_after_start",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.party or self.words} {self.role}"


class Note(models.Model):
    """A curator's private note on a claim or on a letter."""

    dossier = models.ForeignKey(Dossier, models.CASCADE, related_name="notes")
    claim = models.ForeignKey(Claim, models.CASCADE, null=True, blank=True, related_name="notes")
    letter = models.ForeignKey(Letter, models.CASCADE, null=True, blank=True, related_name="notes")
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="claim_notes")
    text = models.TextField()
    created = models.DateTimeField(auto_now_add=True)

    objects = InDossierQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(text=""), name="note_has_text"),
            models.CheckConstraint(
                condition=(Q(claim=None) & ~Q(letter=None)) | (~Q(claim=None) & Q(letter=None)),
                name="note_is_on_a_claim_or_a_letter",
            ),
        ]

    def __str__(self) -> str:
        return self.text[:60]


class Decision(models.Model):
    """One entry of a dossier's log: who changed what, from what to what, and why.

    Append-only (triggers of the database, ``timeline/history_guard.py``) and chained: ``hash`` covers the
    entry and
    the hash before it. Keys are plain numbers, since the log outlives what it tells of. Written by
    ``timeline.history.record`` alone, in the transaction of the change.
    """

    dossier = models.ForeignKey(
        Dossier, models.DO_NOTHING, db_constraint=False, db_index=False, related_name="decisions"
    )
    number = models.PositiveBigIntegerField(help_text="1 for the first entry of the dossier.")
    made = models.DateTimeField()
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.DO_NOTHING,
        null=True,
        blank=True,
        db_constraint=False,
        db_index=False,
        related_name="decisions",
    )
    user_name = models.CharField(max_length=150, blank=True, help_text="Empty: the machine.")
    action = models.CharField(max_length=40)
    kind = models.CharField(max_length=12)
    subject = models.BigIntegerField(help_text="Public number of what was changed, else its key.")
    subject_name = models.CharField(max_length=200, blank=True)
    changes = models.JSONField(default=dict)
    reason = models.TextField(blank=True)
    batch = models.UUIDField(null=True, blank=True, help_text="Taken in one go, undone in one go.")
    undoes = models.PositiveBigIntegerField(null=True, blank=True)
    previous = models.CharField(max_length=64, blank=True)
    hash = models.CharField(max_length=64)

    objects = InDossierQuerySet.as_manager()

    class Meta:
        ordering = ["dossier", "number"]
        indexes = [
            models.Index(fields=["dossier", "kind", "subject", "number"], name="decisions_on_a_thing"),
            models.Index(fields=["dossier", "user", "number"], name="decisions_of_a_person"),
            # One a filter of the log: a filter that nothing meets is answered as fast as any other.
            models.Index(fields=["dossier", "kind", "number"], name="decisions_by_kind"),
            models.Index(fields=["dossier", "action", "number"], name="decisions_by_action"),
            models.Index(fields=["dossier", "user_name", "number"], name="decisions_by_name"),
            models.Index(fields=["dossier", "made", "number"], name="decisions_by_moment"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["dossier", "number"], name="decision_has_its_own_number"),
            models.UniqueConstraint(fields=["dossier", "previous"], name="decisions_are_one_chain"),
            models.CheckConstraint(condition=Q(number__gte=1), name="decisions_count_from_one"),
            models.CheckConstraint(
                condition=(Q(number=1) & Q(previous="")) | (Q(number__gt=1) & ~Q(previous="")),
                name="decision_follows_another",
            ),
            models.CheckConstraint(condition=~Q(hash=""), name="decision_has_a_hash"),
        ]

    def __str__(self) -> str:
        return f"{self.number}: {self.user_name or 'machine'}, {self.action} {self.subject_name}"


class Assignment(models.Model):
    """That a letter's claims are a curator's to review."""

    letter = models.ForeignKey(Letter, models.CASCADE, related_name="assignments")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="assignments")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["letter"], name="letter_is_one_curators_work")]

    def __str__(self) -> str:
        return f"{self.letter}: {self.user}"


class SecondReading(models.Model):
    """A second reader's answer on a claim, given without changing it; null until it is given."""

    claim = models.ForeignKey(Claim, models.CASCADE, related_name="second_readings")
    reader = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="second_readings")
    verdict = models.CharField(max_length=10, blank=True)
    values = models.JSONField(default=dict, blank=True)
    asked = models.DateTimeField(auto_now_add=True)
    answered = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["claim", "reader"], name="one_second_reading_a_reader"),
            models.CheckConstraint(
                condition=Q(verdict__in=["", "accepted", "dismissed"]), name="second_verdict_is_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.reader}: {self.verdict or 'asked'}"


class ClaimCount(models.Model):
    """How many claims of a dossier fall into one bucket of time, by lane and reach, voice and review state.

    Kept by triggers of the database (``timeline/density_triggers.py``), read by ``timeline/kept_counts.py``;
    nobody else writes here. Keys are plain numbers: a count of nought may outlive its dossier. A lane of 0 is
    that of claims for which no party is known. Stance, basis, precision and the letter's language are set at
    some levels only, and at some a lane is who says it, or whom it is about.
    """

    dossier_key = models.BigIntegerField()
    level = models.SmallIntegerField()
    reach = models.SmallIntegerField()
    bucket = models.IntegerField()
    lane_key = models.BigIntegerField()
    stance = models.CharField(max_length=16, blank=True)
    basis = models.CharField(max_length=10, blank=True)
    precision = models.CharField(max_length=10, blank=True)
    language = models.CharField(max_length=12, blank=True)
    own_suggested = models.IntegerField()
    own_accepted = models.IntegerField()
    reported_suggested = models.IntegerField()
    reported_accepted = models.IntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=[
                    "dossier_key",
                    "level",
                    "reach",
                    "bucket",
                    "lane_key",
                    "stance",
                    "basis",
                    "precision",
                    "language",
                ],
                name="one_count_a_bucket",
            )
        ]

    def __str__(self) -> str:
        return f"lane {self.lane_key}, bucket {self.bucket}"


class ClaimFacet(models.Model):
    """How many claims of a dossier have the same traits: what filters ask for, whatever the date.

    Kept by triggers of the database (``timeline/facet_triggers.py``), read by ``timeline/facets.py``; nobody
    else writes here. ``language`` is that of the letter. Of ``set_suggested`` and ``set_accepted`` a person
    set something; they are counted among the suggested and accepted as well.
    """

    dossier_key = models.BigIntegerField()
    lane_key = models.BigIntegerField()
    stance = models.CharField(max_length=16)
    basis = models.CharField(max_length=10)
    precision = models.CharField(max_length=10)
    language = models.CharField(max_length=12, blank=True)
    suggested = models.IntegerField()
    accepted = models.IntegerField()
    dismissed = models.IntegerField()
    withdrawn = models.IntegerField()
    set_suggested = models.IntegerField()
    set_accepted = models.IntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["dossier_key", "lane_key", "stance", "basis", "precision", "language"],
                name="one_count_of_the_same_traits",
            )
        ]

    def __str__(self) -> str:
        return f"lane {self.lane_key}: {self.stance}, {self.basis}, {self.precision}, {self.language}"


class ClaimsMark(models.Model):
    """A number that changes with every change of a dossier's claims; kept like ``ClaimFacet``."""

    dossier_key = models.BigIntegerField(primary_key=True)
    mark = models.BigIntegerField()

    def __str__(self) -> str:
        return f"dossier {self.dossier_key}: {self.mark}"
