"""The form of a letter's metadata: what a person types, and what it is understood as."""

from __future__ import annotations

import json
from typing import Any

from django import forms

from documents.models import Dossier, Letter, Party
from documents.registry import PartyRows, registry_of
from timeline.curation.letter_state import State, state_of
from timeline.extraction.edtf import EdtfError, in_words, understand
from timeline.metadata import ROLES, MetadataCorrection, PersonRow

LANGUAGES = {"en": "English", "fr": "French", "es": "Spanish"}
COLUMNS = ("role", "party", "office", "person")
LISTS = ("symbols", "references", "agenda_items")
PARTS = {"cover": "Letter", "annex": "Annex", "enclosure": "Enclosure", "quoted": "Quoted letter"}


class MetadataForm(forms.Form):
    """Fields of the letter, a date for each part, a row for each correspondent and an empty one more."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    # What the form showed, for the comparison should somebody decide meanwhile.
    saw = forms.CharField(widget=forms.HiddenInput, required=False)
    kind = forms.ChoiceField(choices=Letter.Kind.choices)
    language = forms.ChoiceField()
    place = forms.CharField(max_length=200, required=False)
    subject = forms.CharField(max_length=1000, required=False)
    symbols = forms.CharField(required=False, help_text="Several: one behind the other, with commas.")
    references = forms.CharField(required=False, help_text="File and note numbers.")
    agenda_items = forms.CharField(required=False)

    def __init__(self, letter: Letter, data: Any = None) -> None:
        self.letter = letter
        self.state: State = state_of(letter)
        self.parts = list(letter.parts.order_by("position"))
        super().__init__(data, initial=self._initial())
        known = {**LANGUAGES, letter.language: LANGUAGES.get(letter.language, letter.language)}
        self.fields["language"].choices = list(known.items())
        for part in self.parts:
            name = f"date_{part.position}"
            self.fields[name] = forms.CharField(
                label="Own date", required=False, max_length=100, initial=self._anchor(part.position)
            )
        for number, person in enumerate(self._people()):
            self._add_row(number, person)
        shown = {n: self.get_initial_for_field(f, n) for n, f in self.fields.items() if n != "saw"}
        self.initial["saw"] = json.dumps(shown, default=str)

    def _initial(self) -> dict[str, Any]:
        lists = {name: ", ".join(self.state[name]) for name in LISTS}
        plain = {name: self.state[name] for name in ("kind", "language", "place", "subject")}
        return {"version": self.letter.version, **plain, **lists}

    def _anchor(self, part: int) -> str:
        dates = (d["edtf"] for d in self.state["dates"] if d["part"] == part and d["is_anchor"])
        return next(dates, "")

    def _people(self) -> list[State]:
        new = {"part": 0, "role": "", "name": "", "office": "", "person": "", "words": ""}
        return [*self.state["correspondents"], new]

    def _add_row(self, number: int, person: State) -> None:
        choices = [("", "—"), *((role, role) for role in ROLES)]
        rows = {
            "role": forms.ChoiceField(choices=choices, required=False),
            "party": forms.CharField(required=False, max_length=200),
            "office": forms.CharField(required=False, max_length=300),
            "person": forms.CharField(required=False, max_length=200),
        }
        values = {**person, "party": person["name"] or ""}
        for name, made in rows.items():
            made.label = name.capitalize()
            made.initial = values[name]
            self.fields[f"person_{number}_{name}"] = made

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        for part in self.parts:
            self._understand_date(f"date_{part.position}", cleaned)
        finder = _PartyFinder(self.letter.dossier)
        for number, _ in enumerate(self._people()):
            name = f"person_{number}_party"
            words = (cleaned.get(name) or "").strip()
            cleaned[name] = finder.named(words) if words else None
            if words and cleaned[name] is None:
                self.add_error(
                    name,
                    f"“{words}” is not known in this dossier. Choose a name, or add it as a party first.",
                )
        return cleaned

    def _understand_date(self, name: str, cleaned: dict[str, Any]) -> None:
        typed = (cleaned.get(name) or "").strip()
        try:
            cleaned[name] = understand(typed) if typed else None
        except EdtfError as error:
            self.add_error(name, str(error))

    def correction(self, confirmed: bool) -> MetadataCorrection:
        """Return what a form without faults says."""
        cleaned = self.cleaned_data
        fields = {name: cleaned[name] for name in ("kind", "language", "place", "subject")}
        for name in LISTS:
            fields[name] = [item.strip() for item in cleaned[name].split(",") if item.strip()]
        dates = {part.position: cleaned[f"date_{part.position}"] for part in self.parts}
        return MetadataCorrection(fields, dates, tuple(self._rows()), confirmed)

    def _rows(self) -> list[PersonRow]:
        rows = []
        stored = self.state["correspondents"]
        for number, person in enumerate(self._people()):
            said = {
                n: self.cleaned_data[f"person_{number}_{n}"] for n in ("role", "party", "office", "person")
            }
            is_new = number == len(stored)
            if is_new and not (said["role"] and (said["party"] or said["office"] or said["person"])):
                continue
            index = None if is_new else number
            role = said["role"] or person["role"]
            rows.append(
                PersonRow(
                    index,
                    person["part"],
                    role,
                    said["party"],
                    said["office"],
                    said["person"],
                    not said["role"],
                )
            )
        return rows

    def label_of(self, name: str) -> str:
        """Return what a field is called where it stands alone, without its group around it."""
        label = str(self[name].label)
        group, _, rest = name.partition("_")
        if group == "person":
            number = int(rest.split("_")[0])
            people = self.state["correspondents"]
            whose = people[number]["role"].capitalize() if number < len(people) else "One more"
            return f"{whose}: {label.lower()}"
        part = next((p for p in self.parts if name == f"date_{p.position}"), None)
        return f"{PARTS[part.kind]}: {label.lower()}" if part is not None and part.position else label

    def dates_by_part(self) -> list[dict[str, Any]]:
        """Return for each part its heading, the field of its date, and what that is understood as."""
        return [
            {
                "heading": PARTS[part.kind] if part.position else "",
                "field": self[f"date_{part.position}"],
                "words": _words(self._anchor(part.position)),
                "key": f"date_{part.position}",
            }
            for part in self.parts
        ]

    def people(self) -> list[dict[str, Any]]:
        """Return for each correspondent its four fields, the words that name it, and the key of its place."""
        rows = []
        for number, person in enumerate(self._people()):
            part = self.parts[person["part"]] if self.parts else None
            rows.append(
                {
                    **{n: self[f"person_{number}_{n}"] for n in ("role", "party", "office", "person")},
                    "words": person["words"],
                    "known": bool(person["name"]),
                    "is_new": number == len(self.state["correspondents"]),
                    "part": PARTS[part.kind] if part is not None and part.position else "",
                    "key": f"person_{number}",
                    "place": (person["part"], (*ROLES, "").index(person["role"]), number),
                }
            )
        return sorted(rows, key=lambda row: (row["is_new"], row["place"]))


def _words(edtf: str) -> str:
    try:
        return in_words(edtf) if edtf else ""
    except EdtfError:
        return ""


class _PartyFinder:
    """Finds the party of a name in a dossier: by the name shown, or by any name that letters use."""

    def __init__(self, dossier: Dossier) -> None:
        self.dossier = dossier
        self.registry = registry_of(dossier)
        self.rows = PartyRows(dossier, self.registry)

    def named(self, words: str) -> Party | None:
        own = Party.objects.filter(dossier=self.dossier, name__iexact=words).first()
        shared = own or Party.objects.filter(dossier=None, name__iexact=words).first()
        if shared is not None:
            return shared
        canonical = self.registry.resolve(words)
        return self.rows.get(canonical) if canonical else None
