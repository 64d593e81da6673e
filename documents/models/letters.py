"""What a letter is: its bytes, its text, what it says of itself.

Offsets count Unicode code points of the letter's text; intervals are half-open.
"""

from __future__ import annotations

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from simple_history.models import HistoricalRecords

from documents.managers import InDossierQuerySet, LetterQuerySet
from documents.models.dossiers import Dossier
from documents.models.numbers import is_span, random_public_id, sha256_of
from documents.models.parties import Party


class StoredFile(models.Model):
    """The bytes of a file as they came in, once however many letters use them."""

    sha256 = models.CharField(max_length=64)
    data = models.BinaryField()
    size = models.PositiveIntegerField()
    created = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["sha256"], name="same_bytes_are_stored_once"),
            models.CheckConstraint(condition=Q(size__gt=0), name="stored_file_is_not_empty"),
        ]

    def __str__(self) -> str:
        return self.sha256[:12]


class WaitingFile(models.Model):
    """What a curator brought and has not stored yet, since its letterhead wants a look. Seen by nobody else.

    ``data`` is the file's bytes, or pasted text in UTF-8.
    """

    public_id = models.BigIntegerField(default=random_public_id, unique=True, editable=False)
    dossier = models.ForeignKey(Dossier, models.CASCADE, related_name="waiting_files")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="waiting_files")
    name = models.CharField(max_length=255)
    data = models.BinaryField()
    size = models.PositiveIntegerField()
    pasted = models.BooleanField(default=False)
    created = models.DateTimeField(auto_now_add=True)

    objects = InDossierQuerySet.as_manager()

    class Meta:
        ordering = ["created", "pk"]
        constraints = [models.CheckConstraint(condition=Q(size__gt=0), name="waiting_file_is_not_empty")]

    def __str__(self) -> str:
        return self.name


class Letter(models.Model):
    """One document as it came in. Its text is what was read; only reading its file again alters it."""

    class Kind(models.TextChoices):
        LETTER = "letter"
        NOTE_VERBALE = "note verbale"
        TELEGRAM = "telegram"
        AIDE_MEMOIRE = "aide-memoire"
        MEMORANDUM = "memorandum"
        STATEMENT = "statement"
        REPORT = "report"
        CORRIGENDUM = "corrigendum"

    public_id = models.BigIntegerField(default=random_public_id, unique=True, editable=False)
    dossier = models.ForeignKey(Dossier, models.CASCADE, related_name="letters")
    file = models.ForeignKey(StoredFile, models.PROTECT, null=True, blank=True, related_name="letters")
    file_name = models.CharField(max_length=255, blank=True)
    text = models.TextField()
    text_sha256 = models.CharField(max_length=64)
    symbols = models.JSONField(default=list, blank=True)
    references = models.JSONField(default=list, blank=True)
    agenda_items = models.JSONField(default=list, blank=True)
    kind = models.CharField(max_length=12, choices=Kind, default=Kind.LETTER)
    subject = models.TextField(blank=True)
    place = models.CharField(max_length=200, blank=True)
    language = models.CharField(max_length=12, default="en")
    source_address = models.URLField(max_length=500, blank=True)
    note = models.TextField(blank=True)
    remarks = models.JSONField(default=list, blank=True, help_text="What reading it had to assume.")
    pages = models.PositiveIntegerField(null=True, blank=True)
    own_day = models.IntegerField(
        null=True,
        blank=True,
        editable=False,
        help_text="First day of the cover's own date; follows LetterDate.",
    )
    curated_fields = models.JSONField(default=list, blank=True, help_text="What a person set.")
    version = models.PositiveIntegerField(default=1)
    created = models.DateTimeField(auto_now_add=True)
    history = HistoricalRecords(excluded_fields=["text"])

    objects = LetterQuerySet.as_manager()

    class Meta:
        ordering = ["own_day", "pk"]
        indexes = [models.Index(fields=["dossier", "own_day"], name="letter_by_date")]
        constraints = [
            models.UniqueConstraint(
                fields=["dossier", "file"],
                condition=~Q(file=None),
                name="same_bytes_are_one_letter_of_a_dossier",
            ),
            models.UniqueConstraint(
                fields=["dossier", "text_sha256"],
                condition=Q(file=None),
                name="same_pasted_text_is_one_letter_of_a_dossier",
            ),
            models.CheckConstraint(condition=~Q(text=""), name="letter_has_text"),
            models.CheckConstraint(
                condition=Q(
                    kind__in=[
                        "letter",
                        "note verbale",
                        "telegram",
                        "aide-memoire",
                        "memorandum",
                        "statement",
                        "report",
                        "corrigendum",
                    ]
                ),
                name="letter_kind_is_known",
            ),
        ]

    def __str__(self) -> str:
        return self.subject or self.file_name or f"Letter {self.public_id}"

    def save(self, *args: object, **kwargs: object) -> None:
        """Store the letter; refuse a text that is no longer the one that was read."""
        digest = sha256_of(self.text.encode("utf-8", "surrogatepass")) if "text" in self.__dict__ else None
        if self._state.adding and not self.text_sha256:
            self.text_sha256 = digest or ""
        elif digest is not None and digest != self.text_sha256:
            raise ValidationError("The text of a stored letter is never altered.")
        super().save(*args, **kwargs)  # type: ignore[arg-type]
        self._index_symbols()

    def get_absolute_url(self) -> str:
        return f"/letters/{self.public_id}/"

    def _index_symbols(self) -> None:
        """Keep ``LetterSymbol`` in step: by it letters are found that name this one by symbol or number."""
        wanted = {
            *((str(s)[:100], False) for s in self.symbols),
            *((str(r)[:100], True) for r in self.references),
        }
        there = set(self.symbol_rows.values_list("value", "is_reference"))
        for value, is_reference in there - wanted:
            self.symbol_rows.filter(value=value, is_reference=is_reference).delete()
        LetterSymbol.objects.bulk_create(
            LetterSymbol(letter=self, value=value, is_reference=is_reference)
            for value, is_reference in sorted(wanted - there)
            if value
        )


class LetterSymbol(models.Model):
    """A symbol or a file number by which others name a letter; follows the letter's own lists."""

    letter = models.ForeignKey(Letter, models.CASCADE, related_name="symbol_rows")
    value = models.CharField(max_length=100)
    is_reference = models.BooleanField(help_text="A number of the sender's files, no symbol of a document.")

    class Meta:
        indexes = [models.Index(fields=["value"], name="letter_by_symbol")]
        constraints = [
            models.UniqueConstraint(fields=["letter", "is_reference", "value"], name="symbol_stands_once"),
            models.CheckConstraint(condition=~Q(value=""), name="symbol_is_not_empty"),
        ]

    def __str__(self) -> str:
        return self.value


class LetterPart(models.Model):
    """A stretch of a letter with an author and a date of its own; at least one a letter."""

    class Kind(models.TextChoices):
        COVER = "cover"
        ANNEX = "annex"
        ENCLOSURE = "enclosure"
        QUOTED = "quoted"

    letter = models.ForeignKey(Letter, models.CASCADE, related_name="parts")
    position = models.PositiveIntegerField()
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()
    kind = models.CharField(max_length=10, choices=Kind, default=Kind.COVER)
    parent = models.ForeignKey("self", models.CASCADE, null=True, blank=True, related_name="children")
    language = models.CharField(max_length=12, blank=True)

    class Meta:
        ordering = ["letter", "position"]
        constraints = [
            models.UniqueConstraint(fields=["letter", "position"], name="part_has_its_own_position"),
            models.CheckConstraint(condition=Q(end__gt=F("start")), name="part_end_after_start"),
            models.CheckConstraint(
                condition=Q(kind__in=["cover", "annex", "enclosure", "quoted"]), name="part_kind_is_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.position}"


class LetterDate(models.Model):
    """A date that a part bears. One of a part's dates may be the anchor of the dates in it."""

    class Kind(models.TextChoices):
        OWN = "own"
        MASTHEAD = "masthead"
        FOOT = "foot"
        RECEIVED = "received"

    part = models.ForeignKey(LetterPart, models.CASCADE, related_name="dates")
    kind = models.CharField(max_length=10, choices=Kind)
    edtf = models.CharField(max_length=100)
    start = models.PositiveIntegerField(null=True, blank=True)
    end = models.PositiveIntegerField(null=True, blank=True)
    is_anchor = models.BooleanField(default=False)
    set_by_person = models.BooleanField(default=False)

    class Meta:
        ordering = ["part", "-is_anchor", "start"]
        constraints = [
            models.UniqueConstraint(fields=["part"], condition=Q(is_anchor=True), name="one_anchor_a_part"),
            models.CheckConstraint(condition=~Q(edtf=""), name="letter_date_has_a_value"),
            models.CheckConstraint(
                condition=Q(kind__in=["own", "masthead", "foot", "received"]),
                name="letter_date_kind_is_known",
            ),
            models.CheckConstraint(condition=is_span("start", "end"), name="letter_date_end_after_start"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.edtf}"


class Correspondent(models.Model):
    """A sender, recipient or signatory of a part; ``words`` are those that name it."""

    class Role(models.TextChoices):
        SENDER = "sender"
        RECIPIENT = "recipient"
        SIGNATORY = "signatory"

    part = models.ForeignKey(LetterPart, models.CASCADE, related_name="correspondents")
    role = models.CharField(max_length=10, choices=Role)
    party = models.ForeignKey(Party, models.PROTECT, null=True, blank=True, related_name="correspondence")
    office = models.CharField(max_length=300, blank=True)
    person = models.CharField(max_length=200, blank=True)
    words = models.CharField(max_length=500, blank=True)
    position = models.PositiveIntegerField(default=0)
    start = models.PositiveIntegerField(null=True, blank=True)
    end = models.PositiveIntegerField(null=True, blank=True)
    set_by_person = models.BooleanField(default=False)

    class Meta:
        ordering = ["part", "role", "position"]
        constraints = [
            models.UniqueConstraint(
                fields=["part", "role", "position"], name="correspondent_has_its_own_position"
            ),
            models.CheckConstraint(
                condition=Q(role__in=["sender", "recipient", "signatory"]), name="correspondent_role_is_known"
            ),
            models.CheckConstraint(
                condition=is_span("start", "end"),
                name="correspondent_end_after_start",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.role}: {self.party or self.words or self.person}"


class LetterRelation(models.Model):
    """That a letter answers, cites, transmits … another: one that is here, or its symbol or words."""

    class Kind(models.TextChoices):
        IDENTICAL = "identical"
        TRANSMITS = "transmits"
        TRANSLATION = "translation"
        CORRIGENDUM = "corrigendum"
        ADDENDUM = "addendum"
        REPLIES_TO = "replies to"
        CITES = "cites"
        DUPLICATE = "duplicate"

    letter = models.ForeignKey(Letter, models.CASCADE, related_name="relations")
    kind = models.CharField(max_length=12, choices=Kind)
    target = models.ForeignKey(Letter, models.SET_NULL, null=True, blank=True, related_name="relations_to")
    symbol = models.CharField(max_length=100, blank=True)
    words = models.CharField(max_length=500, blank=True)
    edtf = models.CharField(max_length=100, blank=True, help_text="The date of the letter meant, where told.")
    start = models.PositiveIntegerField(null=True, blank=True)
    end = models.PositiveIntegerField(null=True, blank=True)
    set_by_person = models.BooleanField(default=False)

    class Meta:
        indexes = [models.Index(fields=["symbol"], name="relation_by_symbol")]
        constraints = [
            models.CheckConstraint(
                condition=~Q(target=None) | ~Q(symbol="") | ~Q(words=""),
                name="letter_relation_names_its_target",
            ),
            models.CheckConstraint(
                condition=Q(target=None) | ~Q(target=F("letter")), name="letter_is_not_related_to_itself"
            ),
            models.CheckConstraint(
                condition=Q(
                    kind__in=[
                        "identical",
                        "transmits",
                        "translation",
                        "corrigendum",
                        "addendum",
                        "replies to",
                        "cites",
                        "duplicate",
                    ]
                ),
                name="letter_relation_kind_is_known",
            ),
            models.CheckConstraint(
                condition=is_span("start", "end"),
                name="letter_relation_end_after_start",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.target or self.symbol or self.words}"


class Passage(models.Model):
    """A numbered paragraph of a letter with its page, where the format has pages."""

    letter = models.ForeignKey(Letter, models.CASCADE, related_name="passages")
    part = models.ForeignKey(LetterPart, models.CASCADE, related_name="passages")
    number = models.PositiveIntegerField()
    page = models.PositiveIntegerField(null=True, blank=True)
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()
    turns = models.JSONField(
        default=list, blank=True, help_text="Where in it another page begins, and which: [[offset, page], …]."
    )

    class Meta:
        ordering = ["letter", "number"]
        constraints = [
            models.UniqueConstraint(fields=["letter", "number"], name="passage_has_its_own_number"),
            models.CheckConstraint(condition=Q(end__gt=F("start")), name="passage_end_after_start"),
            models.CheckConstraint(condition=Q(number__gte=1), name="passages_count_from_one"),
            models.CheckConstraint(condition=Q(page=None) | Q(page__gte=1), name="pages_count_from_one"),
        ]

    def __str__(self) -> str:
        return f"¶ {self.number}"
