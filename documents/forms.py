"""What one fills in to bring letters: files or text, for a dossier that is there or a new one."""

from __future__ import annotations

from typing import Any

from django import forms

from documents.models import Dossier


class FilesInput(forms.ClearableFileInput):
    """A file input that takes many."""

    allow_multiple_selected = True


class FilesField(forms.FileField):
    """Any number of files; empty ones are the reader's to refuse, in words."""

    def __init__(self, **options: Any) -> None:
        super().__init__(widget=FilesInput(), allow_empty_file=True, **options)

    def clean(self, data: Any, initial: Any = None) -> list[Any]:
        files = data if isinstance(data, (list, tuple)) else [data]
        return [super(FilesField, self).clean(file, initial) for file in files if file]


class BringForm(forms.Form):
    """Files and pasted text, and where they go."""

    dossier = forms.ModelChoiceField(
        Dossier.objects.none(), to_field_name="slug", required=False, empty_label="A new dossier"
    )
    title = forms.CharField(max_length=200, required=False, label="Title of the new dossier")
    files = FilesField(required=False, label="Files")
    text = forms.CharField(required=False, widget=forms.Textarea({"rows": 10}), label="Text", strip=False)
    name = forms.CharField(max_length=255, required=False, label="A name for the text")

    def __init__(self, *args: Any, dossiers: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["dossier"].queryset = dossiers

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if not data.get("dossier") and not data.get("title", "").strip() and "dossier" not in self.errors:
            self.add_error("title", "Choose a dossier, or write the title of a new one.")
        if not data.get("files") and not data.get("text", "").strip() and "files" not in self.errors:
            self.add_error("files", "Choose a file, or paste a text.")
        return data


class LookForm(forms.Form):
    """What a person says of a letter that waits: when it was written, and by whom."""

    date = forms.CharField(max_length=200, required=False, label="Sender’s own date")
    sender = forms.CharField(max_length=200, required=False, label="Sender")
