"""Events in the admin: what they are called, when they were, and the accounts that letters give of them."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin
from django.http import HttpRequest

from timeline import curation
from timeline.admin.base import CurationAdmin, seen_values
from timeline.admin.forms import DateField, VersionedForm, said
from timeline.desk import accounts_of
from timeline.models import Event


class EventForm(VersionedForm):
    """All that a person sets on an event."""

    title = forms.CharField(label="Title", max_length=300)
    edtf = DateField()
    confirmed = forms.BooleanField(label="Confirmed", required=False, help_text="Not a suggestion any more.")

    class Meta:
        model = Event
        fields = ()

    def stored(self) -> dict[str, Any]:
        event = self.instance
        return {"title": event.title, "edtf": event.edtf, "confirmed": event.confirmed}


@admin.register(Event)
class EventAdmin(CurationAdmin):
    """Events of the dossiers that the user curates; they come to be where a claim names one."""

    kind = "event"
    form = EventForm
    change_form_template = "admin/timeline/event/change_form.html"
    list_display = ("title", "dated", "confirmed", "dossier")
    list_filter = (("dossier", admin.RelatedOnlyFieldListFilter), "confirmed")
    search_fields = ("title", "edtf")
    fields = ("title", "edtf", "confirmed", "reason", "version", "seen")

    def get_queryset(self, request: HttpRequest) -> Any:
        return super().get_queryset(request).select_related("dossier").order_by("title", "pk")

    @admin.display(description="Date", ordering="edtf")
    def dated(self, event: Event) -> str:
        return said(event.edtf)

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **more: Any
    ) -> Any:
        event = context["original"]
        context["adminform"].form.initial["seen"] = seen_values(EventForm(instance=event))
        context["accounts"] = [(c, said(c.edtf, c.modifier)) for c in accounts_of(event)]
        return super().render_change_form(request, context, *args, **more)

    def save_model(self, request: HttpRequest, obj: Event, form: EventForm, change: bool) -> None:
        data = form.cleaned_data
        values = {"title": data["title"], "edtf": data["edtf"] or "", "confirmed": data["confirmed"]}
        curation.change_event(request.user, obj, data["version"], values, data["reason"])
