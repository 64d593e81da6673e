"""Claims in the admin: lists to search and to decide in bulk, and a form beside the sentence."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.html import format_html

from timeline import curation
from timeline.admin.base import CurationAdmin, seen_values
from timeline.admin.following import agreed_in, chosen_of, offer_again, offer_of
from timeline.admin.forms import ClaimForm, said
from timeline.admin.many import not_left_out, overtaken_page, seen_in
from timeline.admin.notes import Noted, notes_context
from timeline.claim_words import STANCE_LABELS
from timeline.context import colour_of, pages_of, paragraphs_of
from timeline.models import Claim


class SetByPerson(admin.SimpleListFilter):
    """Claims in which a person set something, and those as the machine read them."""

    title = "set by a person"
    parameter_name = "set"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [("yes", "Something was set"), ("added", "Added by a person"), ("no", "As it was read")]

    def queryset(self, request: HttpRequest, queryset: Any) -> Any:
        if self.value() == "added":
            return queryset.filter(added_by_person=True)
        if self.value() in ("yes", "no"):
            return queryset.set_by_person(self.value() == "yes")
        return queryset


@admin.register(Claim)
class ClaimAdmin(CurationAdmin):
    """Claims of the dossiers that the user curates."""

    kind = "claim"
    form = ClaimForm
    change_form_template = "admin/timeline/claim/change_form.html"
    list_display = ("date_said", "sentence", "asserting_party", "words_of", "stance_said", "state", "letter")
    list_display_links = ("date_said", "sentence")
    list_filter = (
        "review_state",
        ("dossier", admin.RelatedOnlyFieldListFilter),
        ("asserting_party", admin.RelatedOnlyFieldListFilter),
        ("lane_party", admin.RelatedOnlyFieldListFilter),
        "stance",
        "basis",
        SetByPerson,
        ("tags", admin.RelatedOnlyFieldListFilter),
        Noted,
        ("letter", admin.RelatedOnlyFieldListFilter),
    )
    search_fields = ("quote", "edtf", "letter__subject", "letter__file_name")
    search_help_text = "Words of the sentence, a date as 2022-06, a letter's subject."
    actions = ("accept", "dismiss", "restore")
    fieldsets = (
        ("Date", {"fields": ("edtf", "modifier", "basis")}),
        ("Voice", {"fields": ("asserted_by", "quoted", "stance", "modality")}),
        ("Review", {"fields": ("review_state", "event", "issues", "reason", "version", "seen")}),
    )

    def get_queryset(self, request: HttpRequest) -> Any:
        return super().get_queryset(request).for_list().by_date()

    @admin.display(description="Date", ordering="earliest_day")
    def date_said(self, claim: Claim) -> str:
        mark = " ·" if claim.curated_fields else ""
        return said(claim.edtf, claim.modifier) + mark

    @admin.display(description="Sentence")
    def sentence(self, claim: Claim) -> str:
        words = claim.quote or "Without a text: a person's knowledge"
        return format_html("<q>{}</q>", words if len(words) < 160 else words[:157] + "…")

    @admin.display(description="Whose words", ordering="lane_party__name")
    def words_of(self, claim: Claim) -> str:
        return str(claim.lane_party or "Nobody named") if claim.is_quoted else "Its own"

    @admin.display(description="Stance", ordering="stance")
    def stance_said(self, claim: Claim) -> str:
        return STANCE_LABELS[claim.stance]

    @admin.display(description="Review", ordering="review_state")
    def state(self, claim: Claim) -> str:
        return claim.review_state.capitalize()

    def before_saving(self, request: HttpRequest, object_id: str) -> HttpResponse | None:
        """Where other dates hang on a corrected one, list them first."""
        claim = self.get_object(request, object_id)
        form = ClaimForm(request.POST, instance=claim) if claim else None
        if form is None or not form.is_valid():
            return None
        offer = offer_of(claim, form, request.POST)
        return None if offer is None else self._following(request, claim, offer)

    def asked_again(self, request: HttpRequest, thing: Claim) -> HttpResponse:
        claim = self.get_object(request, str(thing.pk))
        form = ClaimForm(request.POST, instance=self.get_object(request, str(thing.pk)))
        form.is_valid()
        hanging = curation.claims_dated_by(claim, form.cleaned_data["edtf"])
        return self._following(request, claim, offer_again(hanging, form, request.POST))

    def _following(self, request: HttpRequest, claim: Claim, offer: dict[str, Any]) -> HttpResponse:
        context = {
            **self.admin_site.each_context(request),
            "title": "What follows",
            "opts": self.opts,
            "claim": claim,
            **offer,
        }
        status = 409 if offer["stale"] else 200
        return TemplateResponse(request, "admin/timeline/claim/following.html", context, status=status)

    def save_model(self, request: HttpRequest, obj: Claim, form: ClaimForm, change: bool) -> None:
        event = curation.event_named(request.user, obj.dossier, form.cleaned_data["event"])
        curation.correct_claim(
            request.user,
            obj,
            form.correction(event),
            form.cleaned_data["version"],
            reason=form.cleaned_data["reason"],
            follow=chosen_of(request.POST),
            agreed=agreed_in(request.POST),
        )

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **more: Any
    ) -> Any:
        claim, form = context["original"], context["adminform"].form
        form.initial["seen"] = seen_values(type(form)(instance=claim))
        context.update(
            {
                "paragraphs": paragraphs_of(claim),
                "colour": colour_of(claim),
                "claim": claim,
                "pages": pages_of(claim),
                **notes_context(claim),
                "date_said": said(claim.edtf, claim.modifier),
                "machine_said": said(claim.machine.get("edtf"), claim.machine.get("modifier")),
                "hanging": [
                    (other, said(other.edtf, other.modifier))
                    for other, _ in curation.claims_dated_by(claim, claim.edtf or "")
                ],
                "title": said(claim.edtf, claim.modifier),
                "subtitle": None,
            }
        )
        return super().render_change_form(request, context, *args, **more)

    @admin.display(description="")
    def action_checkbox(self, claim: Claim) -> str:
        """Return the box of a row, and with it the version that the person sees."""
        seen = format_html('<input type="hidden" name="seen_{}" value="{}">', claim.pk, claim.version)
        return super().action_checkbox(claim) + seen

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        now = timezone.now().isoformat()
        return super().changelist_view(request, {"seen_at": now, **(extra_context or {})})

    def _decide(self, request: HttpRequest, queryset: Any, action: str, done: str) -> HttpResponse | None:
        try:
            claims = not_left_out(request, queryset)
            changed = curation.decide_many(request.user, claims, action, seen=seen_in(request.POST))
        except curation.Overtaken as overtaken:
            return overtaken_page(self, request, overtaken.things, done)
        claims = "claim" if changed == 1 else "claims"
        self.message_user(request, f"{changed} {claims} {done}. The history can take it back in one go.")
        return None

    @admin.action(description="Accept: they are read rightly")
    def accept(self, request: HttpRequest, queryset: Any) -> HttpResponse | None:
        return self._decide(request, queryset, "accept", "accepted")

    @admin.action(description="Dismiss: they are no claims")
    def dismiss(self, request: HttpRequest, queryset: Any) -> HttpResponse | None:
        return self._decide(request, queryset, "dismiss", "dismissed")

    @admin.action(description="Make suggestions of them again")
    def restore(self, request: HttpRequest, queryset: Any) -> HttpResponse | None:
        return self._decide(request, queryset, "restore", "restored")
