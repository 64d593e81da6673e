"""What letters claim: claims, the voices in them, the events they tell of.

Offsets count Unicode code points of the letter's text; intervals are half-open. Day numbers are those of
``date.toordinal()``, carried on below 1; null is open or unknown. What must hold stands here as constraints
of the database, named as sentences.
"""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from simple_history.models import HistoricalRecords

from documents.managers import InDossierQuerySet
from documents.models import Dossier, Letter, LetterDate, LetterPart, Party, random_public_id
from timeline.querysets import ClaimQuerySet

STANCES = ("asserts", "reports", "denies", "rejects-wording", "demands", "announces")
MODALITIES = ("happened", "did not", "planned", "demanded", "hypothetical")
BASES = ("explicit", "inferred", "anaphoric", "relative")
MODIFIERS = ("", "start", "mid", "end")
PRECISIONS = ("day", "month", "season", "year", "decade", "century", "interval", "set", "unknown")
REVIEW_STATES = ("suggested", "accepted", "dismissed", "withdrawn")
VOICE_ROLES = ("asserts", "quoted", "agent", "patient", "author")


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
    ``curated_fields`` names those that a person set. ``dossier``, ``letter``, ``asserting_party``, ``lane_party``
    and ``is_quoted`` repeat what part and voices say, so that a timeline needs no join; recording and
    curation write them together.
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
    version = models.PositiveIntegerField(default=1)
    event = models.ForeignKey(Event, models.SET_NULL, null=True, blank=True, related_name="claims")
    tags = models.ManyToManyField(Tag, blank=True, related_name="claims")
    asserting_party = models.ForeignKey(
        Party, models.PROTECT, null=True, blank=True, related_name="claims_asserted", db_index=False
    )
    lane_party = models.ForeignKey(
        Party, models.PROTECT, null=True, blank=True, related_name="claims_in_lane", db_index=False
    )
    is_quoted = models.BooleanField(default=False)
    created = models.DateTimeField(auto_now_add=True)
    changed = models.DateTimeField(auto_now=True)
    history = HistoricalRecords()

    objects = ClaimQuerySet.as_manager()

    class Meta:
        ordering = ["earliest_day", "pk"]
        indexes = [
            models.Index(fields=["dossier", "lane_party", "earliest_day"], name="claims_of_a_lane"),
            models.Index(fields=["dossier", "earliest_day", "id"], name="claims_by_date"),
            models.Index(fields=["dossier", "review_state"], name="claims_by_review"),
            # Everything that counting by day asks for, so that the rows with their texts are left alone.
            models.Index(
                fields=["dossier", "earliest_day", "latest_day", "review_state", "lane_party", "is_quoted"],
                name="claims_for_counting",
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(start=None, end=None) | Q(end__gt=F("start")), name="claim_end_after_start"
            ),
            models.CheckConstraint(
                condition=Q(timex_start=None, timex_end=None) | Q(timex_end__gt=F("timex_start")),
                name="claim_timex_end_after_start",
            ),
            models.CheckConstraint(
                condition=Q(timex_start=None) | (Q(timex_start__gte=F("start")) & Q(timex_end__lte=F("end"))),
                name="claim_timex_inside_quote",
            ),
            models.CheckConstraint(
                condition=Q(clause_start=None, clause_end=None) | Q(clause_end__gt=F("clause_start")),
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
        return f"{self.edtf or 'no date'}: {self.quote[:80]}"

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
                condition=Q(source_start=None, source_end=None) | Q(source_end__gt=F("source_start")),
                name="voice_source_end_after_start",
            ),
            models.CheckConstraint(
                condition=Q(cue_start=None, cue_end=None) | Q(cue_end__gt=F("cue_start")),
                name="voice_cue_end_after_start",
            ),
            models.CheckConstraint(
                condition=Q(content_start=None, content_end=None) | Q(content_end__gt=F("content_start")),
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


class ClaimCount(models.Model):
    """How many claims of a dossier fall into one bucket of time, by lane, voice, review state and reach.

    Kept by triggers of the database (``timeline/density_triggers.py``), read by ``timeline/density.py``;
    nobody else writes here. Keys are plain numbers: a count of nought may outlive its dossier. A lane of 0 is
    that of claims for which no party is known. ``stance`` and ``basis`` are set at one level only.
    """

    dossier_key = models.BigIntegerField()
    level = models.SmallIntegerField()
    reach = models.SmallIntegerField()
    bucket = models.IntegerField()
    lane_key = models.BigIntegerField()
    is_quoted = models.BooleanField()
    review_state = models.CharField(max_length=10)
    stance = models.CharField(max_length=16, blank=True)
    basis = models.CharField(max_length=10, blank=True)
    n = models.IntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=[
                    "dossier_key",
                    "level",
                    "reach",
                    "bucket",
                    "lane_key",
                    "is_quoted",
                    "review_state",
                    "stance",
                    "basis",
                ],
                name="one_count_a_bucket",
            )
        ]

    def __str__(self) -> str:
        return f"{self.n} claims"
