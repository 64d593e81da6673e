"""The forms of the admin. They check what is typed; what is done with it stands in ``timeline.curation``."""

from __future__ import annotations

from functools import cache
from typing import Any

from django import forms

from documents.models import Dossier, DossierParty, Letter, LetterDate, Party
from timeline.claim_words import BASIS_LABELS, MODALITY_LABELS, MODIFIER_LABELS, STANCE_LABELS
from timeline.curation import KEEP, Correction
from timeline.extraction.edtf import EdtfError, in_words, understand, understand_with_part
from timeline.models import MODALITIES, MODIFIERS, Claim
from timeline.vocabulary import BASES, STANCES

# What the interface calls things; the values themselves are for the database.
STATE_WORDS = {"suggested": "Suggested", "accepted": "Accepted", "dismissed": "Dismissed"}


def _choices(values: tuple[str, ...], words: dict[str, str]) -> list[tuple[str, str]]:
    return [(value, words[value]) for value in values]


class DateField(forms.CharField):
    """A date as EDTF or in plain words; says what it understood, or what is wrong. ``None`` for an empty
    field.
    """

    def __init__(self, *, language: str = "en", **options: Any) -> None:
        self.language = language
        options.setdefault("label", "Date")
        options.setdefault(
            "help_text", "As 2021-09-03, 2021-09, 199X, 2020-11/2023-09, or in words: early 1990s."
        )
        super().__init__(required=False, **options)
        self.widget.attrs.update({"data-understand": "", "autocomplete": "off", "spellcheck": "false"})

    def clean(self, value: Any) -> str | None:
        text = super().clean(value)
        if not text:
            return None
        try:
            return understand(text, self.language)
        except EdtfError as error:
            raise forms.ValidationError(str(error)) from None


def part_typed(form: forms.BaseForm) -> str:
    """Return the part that the words typed as a date name, as "early" in “early 1990s”; empty for none.

    What one types outranks the choice beside it, which still shows the old date's part.
    """
    typed = str(form["edtf"].value() or "").strip()
    if not typed or "edtf" in form.errors:
        return ""
    return understand_with_part(typed, form.fields["edtf"].language)[1]  # type: ignore[attr-defined]


def said(edtf: str | None, modifier: str | None = None) -> str:
    """Return a date in words for people; a sentence where there is none."""
    return in_words(edtf, "en", modifier or None) if edtf else "no date"


def parties_of(dossier: Dossier) -> Any:
    """Return the parties that may be chosen in a dossier: its own, and those known to all that appear in
    it.
    """
    used = DossierParty.objects.filter(dossier=dossier).values("party_id")
    return (Party.objects.filter(dossier=dossier) | Party.objects.filter(pk__in=used)).distinct()


def offer_parties(form: forms.BaseForm, dossier: Dossier, *names: str) -> None:
    """Have fields choose from a dossier's parties, which are asked for once, where they are drawn."""
    parties = parties_of(dossier)
    rows = cache(lambda: [(party.pk, str(party)) for party in parties])
    for name in names:
        field: Any = form.fields[name]
        field.queryset = parties
        field.choices = lambda field=field: [("", field.empty_label), *rows()]


class VersionedForm(forms.ModelForm):
    """A form that knows which version it showed."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    seen = forms.CharField(widget=forms.HiddenInput, required=False)
    reason = forms.CharField(label="Why", required=False, help_text="Stands in the history.")

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        # Asked for once: what a correction is compared with is of the version that the form is checked by.
        self.shown = self.stored() if self.instance.pk else {}
        self.initial.update(self.shown)
        if self.instance.pk:
            self.initial["version"] = self.instance.version

    def stored(self) -> dict[str, Any]:
        """Return what the fields show of the row."""
        return {}

    def _post_clean(self) -> None:
        """Leave the row alone: ``timeline.curation`` writes it."""


class ClaimForm(VersionedForm):
    """Everything that a person may set on a claim."""

    edtf = DateField()
    modifier = forms.ChoiceField(
        label="Part of it", choices=_choices(MODIFIERS, MODIFIER_LABELS), required=False
    )
    basis = forms.ChoiceField(label="How the date was got", choices=_choices(BASES, BASIS_LABELS))
    asserted_by = forms.ModelChoiceField(
        Party.objects.none(), label="Asserted by", required=False, empty_label="Nobody named"
    )
    quoted = forms.ModelChoiceField(
        Party.objects.none(), label="Whose words", required=False, empty_label="Its own"
    )
    stance = forms.ChoiceField(label="Stance", choices=_choices(STANCES, STANCE_LABELS))
    modality = forms.ChoiceField(label="What is said of it", choices=_choices(MODALITIES, MODALITY_LABELS))
    review_state = forms.ChoiceField(label="Review", choices=list(STATE_WORDS.items()))
    event = forms.CharField(
        label="Event",
        max_length=300,
        required=False,
        help_text="A title. Emptied: of no event, whatever is read later.",
    )
    issues = forms.CharField(
        label="Issues", required=False, help_text="With commas between them. Curators alone see them."
    )

    class Meta:
        model = Claim
        fields = ()

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        if self.instance.pk:
            offer_parties(self, self.instance.dossier, "asserted_by", "quoted")
            self.fields["edtf"].language = self.instance.letter.language

    def stored(self) -> dict[str, Any]:
        claim = self.instance
        quoted = claim.voices.filter(role="quoted").order_by("-depth").first()
        return {
            "edtf": claim.edtf or "",
            "modifier": claim.modifier,
            "basis": claim.basis,
            "asserted_by": claim.asserting_party_id,
            "quoted": quoted.party_id if quoted else None,
            "stance": claim.stance,
            "modality": claim.modality,
            "review_state": "suggested" if claim.review_state == "withdrawn" else claim.review_state,
            "event": claim.event.title if claim.event else "",
            "issues": ", ".join(sorted(claim.tags.values_list("name", flat=True))),
        }

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        data["modifier"] = part_typed(self) or data.get("modifier", "")
        edtf, modifier = data.get("edtf"), data["modifier"]
        if modifier and edtf is None and "edtf" not in self.errors:
            self.add_error("modifier", "Early, middle and late need a date.")
        return data

    def correction(self, event: Any) -> Correction:
        """Return what differs from what the form showed."""
        data, shown = self.cleaned_data, self.shown
        names = ("modifier", "basis", "stance", "modality", "review_state")
        changed = {name: data[name] for name in names if data[name] != shown[name]}
        if (data["edtf"] or "") != shown["edtf"]:
            changed["edtf"] = data["edtf"]
        for name in ("asserted_by", "quoted"):
            if (data[name].pk if data[name] else None) != shown[name]:
                changed[name] = data[name]
        # A title that was not touched says nothing: another event may bear the same.
        event = KEEP if data["event"].strip() == shown["event"].strip() else event
        issues = [part.strip() for part in data["issues"].split(",")]
        return Correction(**changed, event=event, tags=issues)


class LetterForm(VersionedForm):
    """What a person may set on a letter's cover."""

    date = DateField(label="Sender’s own date")
    sender = forms.ModelChoiceField(
        Party.objects.none(), label="Sender", required=False, empty_label="Nobody named"
    )
    office = forms.CharField(label="Office of the sender", max_length=300, required=False)
    person = forms.CharField(label="Person who signs", max_length=200, required=False)
    symbol_list = forms.CharField(label="Symbols", required=False, help_text="With commas between them.")
    letter_kind = forms.ChoiceField(label="Kind", choices=Letter.Kind.choices)
    subject = forms.CharField(label="Subject", required=False, widget=forms.Textarea({"rows": 2}))
    place = forms.CharField(label="Place", max_length=200, required=False)
    language = forms.CharField(label="Language", max_length=12, help_text="As en, fr, es.")
    note = forms.CharField(
        label="Note", required=False, widget=forms.Textarea({"rows": 2}), help_text="Curators alone see it."
    )
    issues = forms.CharField(
        label="Issues", required=False, help_text="With commas between them. Curators alone see them."
    )

    class Meta:
        model = Letter
        fields = ()

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        if self.instance.pk:
            self.fields["sender"].queryset = parties_of(self.instance.dossier)
            self.fields["date"].language = self.instance.language

    def stored(self) -> dict[str, Any]:
        letter = self.instance
        cover = letter.parts.order_by("position").first()
        anchor = LetterDate.objects.filter(part=cover, is_anchor=True).first()
        sender = cover.correspondents.filter(role="sender").first() if cover else None
        return {
            "date": anchor.edtf if anchor else "",
            "sender": sender.party_id if sender else None,
            "office": sender.office if sender else "",
            "person": sender.person if sender else "",
            "symbol_list": ", ".join(letter.symbols),
            "letter_kind": letter.kind,
            "subject": letter.subject,
            "place": letter.place,
            "language": letter.language,
            "note": letter.note,
            "issues": ", ".join(sorted(letter.tags.values_list("name", flat=True))),
        }
