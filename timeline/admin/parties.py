"""A dossier's own parties in the admin, with their names; and that two of them are one."""

from __future__ import annotations

from typing import Any

from django.contrib import admin, messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

from documents.models import Dossier, Party, PartyName
from timeline import curation
from timeline.admin.base import CurationAdmin
from timeline.admin.correspondence import merging_address

NAME = ("text", "language", "kind", "from_year", "to_year")


class NamesInline(admin.TabularInline):
    """The names by which letters call a party. Rights are those of the party."""

    model = PartyName
    fields = NAME
    extra = 1

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return True

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return True

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return True

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return True


@admin.register(Party)
class PartyAdmin(CurationAdmin):
    """Parties of the dossiers that the user curates; those known to all are a superuser's to see."""

    kind = "party"
    list_display = ("name", "kind", "all_names", "dossier")
    list_filter = (("dossier", admin.RelatedOnlyFieldListFilter), "kind")
    search_fields = ("name", "names__text")
    fields = ("name", "kind")
    inlines = (NamesInline,)
    actions = ("merge",)

    def get_queryset(self, request: HttpRequest) -> Any:
        return super().get_queryset(request).select_related("dossier").prefetch_related("names")

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        # What is known to all belongs to no dossier, so that no log would hold the change.
        known_to_all = obj is not None and obj.dossier_id is None
        return not known_to_all and super().has_change_permission(request, obj)

    @admin.display(description="Names")
    def all_names(self, party: Party) -> str:
        return ", ".join(sorted({name.text for name in party.names.all()}))

    def save_model(self, request: HttpRequest, obj: Party, form: Any, change: bool) -> None:
        """Wait for the names: both are one decision."""

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        rows = [
            {name: row[name] for name in NAME}
            for formset in formsets
            for row in formset.cleaned_data
            if row and not row.get("DELETE") and row.get("text")
        ]
        names = sorted(rows, key=lambda row: (row["language"], row["kind"], row["text"]))
        for formset in formsets:
            # What Django's own log asks a saved formset for; ours tells it better.
            formset.new_objects = formset.changed_objects = formset.deleted_objects = []
        data = form.cleaned_data
        try:
            curation.change_party(
                request.user, form.instance, None, name=data["name"], kind=data["kind"], names=names
            )
        except curation.Refused as error:
            self.message_user(request, str(error), level=messages.ERROR)

    @admin.action(description="Merge: they are one party")
    def merge(self, request: HttpRequest, queryset: Any) -> HttpResponse | None:
        chosen = list(queryset.order_by("name"))
        dossiers = {party.dossier_id for party in chosen} - {None}
        if len(dossiers) != 1:
            self.message_user(request, "Choose parties of one dossier.", level=messages.ERROR)
            return None
        dossier = Dossier.objects.curatable_by(request.user).get(pk=dossiers.pop())
        return HttpResponseRedirect(merging_address(dossier, chosen))
