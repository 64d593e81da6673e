"""Letters in the admin: what they say of themselves, corrected after a look at what would change with it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import admin, messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path, reverse

from documents.models import Letter
from timeline import curation
from timeline.admin.base import CurationAdmin, seen_values
from timeline.admin.following import CHOICES
from timeline.admin.forms import LetterForm, said
from timeline.admin.notes import Noted, notes_context
from timeline.admin.readings import mark_of, places_read, rows_of
from timeline.recording import RecordingReport, record_letter

TAGS = ("tags", admin.RelatedOnlyFieldListFilter)

# What a person ticks on the page of a new reading.
TICKS = ("also", "leave_out", "decline_new")
# The mark of what a person was shown to change; and what the page that shows it sends anew by itself.
AGREED = "agreed"
OWN = ("csrfmiddlewaretoken", "resolve", "_save", AGREED, *TICKS)


@admin.register(Letter)
class LetterAdmin(CurationAdmin):
    """Letters of the dossiers that the user curates."""

    kind = "letter"
    form = LetterForm
    change_form_template = "admin/timeline/letter/change_form.html"
    list_display = ("name", "dated", "senders", "kind_said", "language", "claims_found", "dossier")
    list_filter = (("dossier", admin.RelatedOnlyFieldListFilter), "kind", "language", TAGS, Noted)
    search_fields = ("subject", "file_name", "symbols", "text")
    search_help_text = "Words of the letter, its subject, its symbol, the name of its file."
    fieldsets = (
        ("Who and when", {"fields": ("date", "sender", "office", "person")}),
        ("Letter", {"fields": ("symbol_list", "letter_kind", "subject", "place", "language")}),
        ("Curators", {"fields": ("note", "issues", "reason", "version", "seen")}),
    )

    def get_queryset(self, request: HttpRequest) -> Any:
        return super().get_queryset(request).for_admin().by_own_date()

    def get_urls(self) -> list[Any]:
        own = [
            path(
                "<int:object_id>/read-again/",
                self.admin_site.admin_view(self.read_again_view),
                name="documents_letter_read_again",
            )
        ]
        return own + super().get_urls()

    @admin.display(description="Letter", ordering="subject")
    def name(self, letter: Letter) -> str:
        return str(letter)

    @admin.display(description="Own date", ordering="own_day")
    def dated(self, letter: Letter) -> str:
        return said(letter.anchor_edtf)

    @admin.display(description="Sender")
    def senders(self, letter: Letter) -> str:
        return letter.sender_name or "Nobody named"

    @admin.display(description="Kind", ordering="kind")
    def kind_said(self, letter: Letter) -> str:
        return letter.get_kind_display()

    @admin.display(description="Claims")
    def claims_found(self, letter: Letter) -> int:
        return letter.claims_count

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **more: Any
    ) -> Any:
        letter, form = context["original"], context["adminform"].form
        form.initial["seen"] = seen_values(type(form)(instance=letter))
        context.update(
            {
                **notes_context(letter),
                "letter": letter,
                "opening": letter.text[:1500],
                "title": str(letter),
                "subtitle": None,
            }
        )
        return super().render_change_form(request, context, *args, **more)

    def before_saving(self, request: HttpRequest, object_id: str) -> HttpResponse | None:
        """Before a letter is read again with what was corrected, show what would change with it."""
        letter = self.get_object(request, object_id)
        form = LetterForm(request.POST, instance=letter) if letter else None
        if form is None or AGREED in request.POST or not form.is_valid():
            return None
        if not correction_of(form).reads_again:
            return None
        return self._preview(request, letter, form)

    def asked_again(self, request: HttpRequest, thing: Letter) -> HttpResponse:
        letter = self.get_object(request, str(thing.pk))
        form = LetterForm(request.POST, instance=letter)
        form.is_valid()
        return self._preview(request, letter, form, stale=True)

    def _preview(
        self, request: HttpRequest, letter: Any, form: LetterForm, *, stale: bool = False
    ) -> HttpResponse:
        outcome = curation.correct_letter(
            request.user, letter, correction_of(form), form.cleaned_data["version"], preview=True
        )
        rows = rows_of(outcome.report)
        sent = [(n, v) for n, v in request.POST.items() if n not in OWN and not n.startswith(CHOICES)]
        context = {
            **self.admin_site.each_context(request),
            "title": "What would change with it",
            "opts": self.opts,
            "letter": letter,
            "rows": rows,
            "sent": [*sent, (AGREED, mark_of(rows))],
            "stale": stale,
            "ticked": {value for name in TICKS for value in request.POST.getlist(name)},
        }
        status = 409 if stale else 200
        return TemplateResponse(request, "admin/timeline/letter/preview.html", context, status=status)

    def save_model(self, request: HttpRequest, obj: Letter, form: LetterForm, change: bool) -> None:
        outcome = curation.correct_letter(
            request.user,
            obj,
            correction_of(form),
            form.cleaned_data["version"],
            reason=form.cleaned_data["reason"],
            leave_out=_keys(request, "leave_out"),
            also=_keys(request, "also"),
            agreed=_agreed(request),
        )
        if outcome.report.updated:
            count = outcome.report.updated
            claims = "claim" if count == 1 else "claims"
            self.message_user(request, f"{count} {claims} changed with the letter.")

    def read_again_view(self, request: HttpRequest, object_id: int) -> HttpResponse:
        """Show what a new reading would change, and record it claim by claim."""
        letter = self.get_queryset(request).filter(pk=object_id).first()
        if letter is None:
            raise Http404
        letter = Letter.objects.get(pk=letter.pk)
        seen = request.POST.get("seen", "")
        stale = False
        if request.method == "POST":
            try:
                report = curation.read_again(
                    request.user,
                    letter,
                    accept=_keys(request, "also"),
                    decline=_keys(request, "leave_out"),
                    decline_new=places_read(request.POST.getlist("decline_new")),
                    agreed=lambda now: mark_of(rows_of(now)) == seen,
                )
            except curation.Conflict:
                stale = True
            else:
                return self._was_read(request, letter, report)
        rows = rows_of(record_letter(letter, dry_run=True))
        context = {
            **self.admin_site.each_context(request),
            "title": "What a new reading would change",
            "opts": self.opts,
            "letter": letter,
            "rows": rows,
            "sent": [("seen", mark_of(rows))],
            "declinable": True,
            "stale": stale,
            "ticked": {value for name in TICKS for value in request.POST.getlist(name)},
        }
        status = 409 if stale else 200
        return TemplateResponse(request, "admin/timeline/letter/preview.html", context, status=status)

    def _was_read(self, request: HttpRequest, letter: Letter, report: RecordingReport) -> HttpResponse:
        said = f"Read again: {report.updated} changed, {report.added} added, {report.withdrawn} withdrawn."
        messages.success(request, said)
        return HttpResponseRedirect(reverse("admin:documents_letter_change", args=[letter.pk]))


def _keys(request: HttpRequest, name: str) -> list[int]:
    return [int(key) for key in request.POST.getlist(name) if key.isdecimal()]


def _agreed(request: HttpRequest) -> Callable[[RecordingReport], bool] | None:
    """Return whether a report is what the person was shown; None where nothing was to be shown."""
    seen = request.POST.get(AGREED)
    return None if seen is None else lambda report: mark_of(rows_of(report)) == seen


def changed_by(form: LetterForm) -> dict[str, Any]:
    """Return the fields that differ from what the row holds, with their new values."""
    changed = {}
    for name, was in form.shown.items():
        value = form.cleaned_data[name]
        value = value.pk if name == "sender" and value else value
        if (value or "") != (was or ""):
            changed[name] = form.cleaned_data[name]
    return changed


def correction_of(form: LetterForm) -> curation.LetterCorrection:
    """Return the correction that a form asks for."""
    changed, data = changed_by(form), form.cleaned_data
    fields = {n: changed[n] for n in ("subject", "place", "language", "note") if n in changed}
    if "letter_kind" in changed:
        fields["kind"] = changed["letter_kind"]
    if "symbol_list" in changed:
        fields["symbols"] = [s.strip() for s in data["symbol_list"].split(",") if s.strip()]
    sender = data["sender"] if {"sender", "office", "person"} & set(changed) else None
    return curation.LetterCorrection(
        edtf=changed.get("date"),
        sender=sender,
        office=data["office"],
        person=data["person"],
        fields=fields,
        tags=[part.strip() for part in data["issues"].split(",")] if "issues" in changed else None,
    )
