"""A dossier's own parties in the admin, with their names; and that two of them are one."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

from documents.models import Dossier, Party, PartyName
from timeline import curation
from timeline.admin.base import CurationAdmin, seen_values
from timeline.admin.correspondence import merging_address
from timeline.admin.forms import VersionedForm
from timeline.admin.party_names import NAME, laid_anew, said, sent_names, stored_names


class PartyForm(VersionedForm):
    """A party's own name and kind; its further names stand below."""

    name = forms.CharField(label="Name", max_length=200, help_text="The name shown everywhere.")
    kind = forms.ChoiceField(label="Kind", choices=Party.Kind.choices)

    class Meta:
        model = Party
        fields = ()

    def stored(self) -> dict[str, Any]:
        return {"name": self.instance.name, "kind": self.instance.kind}


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
    form = PartyForm
    fields = ("name", "kind", "reason", "version", "seen")
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

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **more: Any
    ) -> Any:
        shown = PartyForm(instance=context["original"])
        context["adminform"].form.initial["seen"] = seen_values(shown)
        return super().render_change_form(request, context, *args, **more)

    def before_saving(self, request: HttpRequest, object_id: str) -> HttpResponse | None:
        """Tell of a newer version before names are looked up by keys that went with the old one."""
        party = self.get_object(request, object_id)
        if party is None or not self.has_change_permission(request, party):
            return None
        if request.POST.get("version") != str(party.version):
            raise curation.Conflict(party, {})
        if "resolve" in request.POST:
            stored = request.POST.get("pick_names") == "stored"
            rows = stored_names(party) if stored else sent_names(request.POST)
            request.POST = laid_anew(request.POST, party, rows)
        return None

    def conflict_page(self, request: HttpRequest, thing: Party) -> HttpResponse:
        answer = super().conflict_page(request, thing)
        stored, mine = stored_names(thing), sent_names(request.POST)
        if stored != mine:
            row = {"name": "names", "label": "Names", "stored": said(stored), "mine": said(mine)}
            answer.context_data["rows"].append(row | {"stored_value": "", "mine_value": ""})
        return answer

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
        curation.change_party(
            request.user,
            form.instance,
            data["version"],
            name=data["name"],
            kind=data["kind"],
            names=names,
            reason=data["reason"],
        )

    @admin.action(description="Merge: they are one party")
    def merge(self, request: HttpRequest, queryset: Any) -> HttpResponse | None:
        chosen = list(queryset.order_by("name"))
        dossiers = {party.dossier_id for party in chosen} - {None}
        if len(dossiers) != 1:
            self.message_user(request, "Choose parties of one dossier.", level=messages.ERROR)
            return None
        dossier = Dossier.objects.curatable_by(request.user).get(pk=dossiers.pop())
        return HttpResponseRedirect(merging_address(dossier, chosen))
