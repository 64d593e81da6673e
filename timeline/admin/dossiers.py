"""Dossiers in the admin: curators see theirs, owners publish them and invite."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin
from django.http import HttpRequest
from django.utils.text import slugify

from documents.models import Dossier, Membership
from timeline import curation
from timeline.admin.base import CurationAdmin, seen_values
from timeline.curation.dossiers import FIELDS
from timeline.models import Decision


class DossierForm(forms.ModelForm):
    """A dossier's own fields, and an invitation."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    seen = forms.CharField(widget=forms.HiddenInput, required=False)
    slug = forms.SlugField(label="Address", required=False, help_text="Empty: made from the title.")
    invite = forms.CharField(label="User name", required=False, help_text="Invites, or gives another role.")
    role = forms.ChoiceField(
        label="Role",
        required=False,
        choices=[("reader", "Reader"), ("curator", "Curator"), ("owner", "Owner"), ("none", "Remove")],
    )

    class Meta:
        model = Dossier
        fields = ("title", "description", "published", "show_suggestions")

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        if self.instance.pk:
            self.initial.update(slug=self.instance.slug, version=self.instance.version)
            self.fields["version"].required = True

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        data["slug"] = data.get("slug") or slugify(data.get("title", ""))[:70]
        if not data["slug"]:
            self.add_error("slug", "This title gives no address. Write one in small letters and figures.")
        elif Dossier.objects.filter(slug=data["slug"]).exclude(pk=self.instance.pk).exists():
            self.add_error("slug", "This address is not free. Choose another.")
        return data

    def _post_clean(self) -> None:
        """Leave the row alone: ``timeline.curation`` writes it."""


@admin.register(Dossier)
class DossierAdmin(CurationAdmin):
    """Dossiers that the user curates; only owners change them."""

    kind = "dossier"
    form = DossierForm
    change_form_template = "admin/documents/dossier/change_form.html"
    list_display = ("title", "published", "show_suggestions", "letters_here", "claims_here", "to_review")
    search_fields = ("title", "description")
    fieldsets = (
        ("Dossier", {"fields": ("title", "slug", "description")}),
        ("Who sees it", {"fields": ("published", "show_suggestions")}),
        ("Members", {"fields": ("invite", "role", "version", "seen")}),
    )

    def get_queryset(self, request: HttpRequest) -> Any:
        return super().get_queryset(request).with_counts()

    def has_module_permission(self, request: HttpRequest) -> bool:
        return self.admin_site.has_permission(request)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return self.admin_site.has_permission(request)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        if obj is None:
            return Dossier.objects.owned_by(request.user).exists()
        return Dossier.objects.owned_by(request.user).filter(pk=obj.pk).exists()

    @admin.display(description="Letters")
    def letters_here(self, dossier: Dossier) -> int:
        return dossier.letters_count

    @admin.display(description="Claims")
    def claims_here(self, dossier: Dossier) -> int:
        return dossier.claims_count

    @admin.display(description="To review")
    def to_review(self, dossier: Dossier) -> int:
        return dossier.review_count

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **more: Any
    ) -> Any:
        dossier = context.get("original")
        if dossier is not None:
            context["members"] = Membership.objects.filter(dossier=dossier).select_related("user")
            context["adminform"].form.initial["seen"] = seen_values(DossierForm(instance=dossier))
        return super().render_change_form(request, context, *args, **more)

    def _entries(self, thing: Any) -> Any:
        """Return what was decided on a dossier, and who was invited or removed."""
        return Decision.objects.filter(dossier=thing, kind__in=(self.kind, "member"))

    def save_model(self, request: HttpRequest, obj: Dossier, form: DossierForm, change: bool) -> None:
        data = form.cleaned_data
        values = {name: data[name] for name in FIELDS}
        version = data["version"] if change else None
        if change:
            changes = any(value != getattr(obj, name) for name, value in values.items())
            curation.change_dossier(request.user, obj, values, version)
            version = version + 1 if changes and version is not None else version
        else:
            made = curation.create_dossier(request.user, **values)
            obj.__dict__.update(made.__dict__)
        if data["invite"]:
            self._invite(request, obj, data["invite"], data["role"], version)

    def _invite(
        self, request: HttpRequest, dossier: Dossier, name: str, role: str, version: int | None
    ) -> None:
        if role != "none":
            curation.set_member(request.user, dossier, name, role, version=version)
            return
        member = Membership.objects.filter(dossier=dossier, user__username=name).first()
        if member is None:
            raise curation.Refused(f"“{name}” is no member of this dossier.")
        curation.remove_member(request.user, dossier, member.user, version=version)
