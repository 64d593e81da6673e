"""What the admin of every table shares: whose rows one sees, conflicts side by side, the log of one thing."""

from __future__ import annotations

import json
from typing import Any

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.template.response import TemplateResponse
from django.urls import reverse

from documents.models import Dossier
from timeline import curation
from timeline.admin.comparing import compared, merged
from timeline.admin.taking_back import both_versions, is_agreed, preview_of, way_of
from timeline.decision_words import told
from timeline.models import Decision

DONE = "Done. This too stands in the history and can be undone."
SO_ALREADY = "Nothing was changed: it stands so already."
# What can be brought back to how it stood after any entry of its history.
REVERTED = ("claim", "letter", "party", "event")


class CurationAdmin(admin.ModelAdmin):
    """Shows and changes what stands in dossiers that the user curates; nothing is ever deleted here."""

    kind = ""
    save_on_top = False
    list_per_page = 50
    show_full_result_count = False
    object_history_template = "admin/decisions.html"

    def get_queryset(self, request: HttpRequest) -> Any:
        return self.model._default_manager.curatable_by(request.user)

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        title = str(self.opts.verbose_name_plural).capitalize()
        return super().changelist_view(request, {"title": title, **(extra_context or {})})

    def has_module_permission(self, request: HttpRequest) -> bool:
        return Dossier.objects.curatable_by(request.user).exists()

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        if obj is None:
            return self.has_module_permission(request)
        return self.get_queryset(request).filter(pk=obj.pk).exists()

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self.has_view_permission(request, obj)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        """Show or save the form; where somebody decided meanwhile, show both versions instead."""
        if request.method == "POST" and "resolve" in request.POST:
            request.POST = merged(request.POST)
        try:
            asked = self.before_saving(request, object_id) if request.method == "POST" and object_id else None
            if asked is not None:
                return asked
            return super().changeform_view(request, object_id, form_url, extra_context)
        except curation.Unseen as unseen:
            return self.asked_again(request, unseen.thing)
        except curation.Conflict as conflict:
            return self.conflict_page(request, conflict.thing)
        except curation.Refused as error:
            # Nothing was stored: the form as it was sent, with what stands in the way.
            request.refused = str(error)  # type: ignore[attr-defined]
            return super().changeform_view(request, object_id, form_url, extra_context)
        except curation.NotAllowed as error:
            raise PermissionDenied from error

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:
        why = getattr(request, "refused", "")
        return refusing(self.form, why) if why else self.form

    def before_saving(self, request: HttpRequest, object_id: str) -> HttpResponse | None:
        """Return a page that asks something before a form is saved; None to save it."""
        return None

    def asked_again(self, request: HttpRequest, thing: Any) -> HttpResponse:
        """Answer 409 with what follows now, where it is no longer what the person was shown."""
        return self.conflict_page(request, thing)

    def conflict_page(self, request: HttpRequest, thing: Any) -> HttpResponse:
        """Answer 409 with the stored values beside those that the person sent, to choose field by field."""
        now = self.get_form(request, thing)(instance=thing)
        last = self._entries(thing).order_by("number").last()
        context = {
            **self.admin_site.each_context(request),
            "title": "Somebody else changed this meanwhile",
            "opts": self.opts,
            "thing": thing,
            "last": last,
            **compared(now, request.POST),
        }
        return TemplateResponse(request, "admin/conflict.html", context, status=409)

    def history_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """Show what was decided on one thing, newest first, with the way back."""
        thing = self.get_queryset(request).filter(pk=object_id).first() if object_id.isdecimal() else None
        if thing is None:
            raise Http404
        entries = self._entries(thing)
        if request.method == "POST":
            return self._take_back(request, thing, entries)
        context = {
            **self.admin_site.each_context(request),
            "title": f"History: {thing}",
            "opts": self.opts,
            "object": thing,
            "entries": told(entries.order_by("-number")[:500]),
            "reverted": self.kind in REVERTED and thing.dossier_id is not None,
            **(extra_context or {}),
        }
        return TemplateResponse(request, self.object_history_template, context)

    def _entries(self, thing: Any) -> Any:
        """Return what was decided on a thing; a dossier stands in its own log under its key.

        What is known to all stands in the log of each dossier that decided on it.
        """
        if self.kind == "dossier":
            return Decision.objects.filter(dossier_id=thing.pk, kind=self.kind, subject=thing.pk)
        entries = Decision.objects.filter(kind=self.kind, subject=thing.public_id)
        return entries.filter(dossier_id=thing.dossier_id) if thing.dossier_id else entries

    def _take_back(self, request: HttpRequest, thing: Any, entries: Any) -> HttpResponse:
        number = request.POST.get("number", "")
        entry = entries.filter(number=number).first() if number.isdecimal() else None
        if entry is None or (request.POST.get("do") == "revert" and self.kind not in REVERTED):
            raise Http404
        way = way_of(request.POST, entry)
        try:
            written = curation.take_back(
                request.user, thing, way, agreed=lambda done: is_agreed(way, request.POST, done)
            )
            self.message_user(request, DONE if written else SO_ALREADY)
        except curation.Refused as error:
            self.message_user(request, str(error), level="ERROR")
        except curation.Unseen as unseen:
            shown = {"title": "What would change", **preview_of(way, request.POST, unseen.entries)}
            status = 409 if shown["stale"] else 200
            return self._taking_back(request, thing, "admin/take_back.html", shown, status)
        except curation.Conflict:
            thing.refresh_from_db()
            shown = {"title": "Somebody decided on this since", **both_versions(thing, way, request.POST)}
            return self._taking_back(request, thing, "admin/not_undone.html", shown, 409)
        return HttpResponseRedirect(self._history_at(thing))

    def _taking_back(
        self, request: HttpRequest, thing: Any, template: str, shown: dict[str, Any], status: int
    ) -> HttpResponse:
        """Answer with a page of what is taken back: before it is, or where somebody decided since."""
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "object": thing,
            "history_at": self._history_at(thing),
            **shown,
        }
        return TemplateResponse(request, template, context, status=status)

    def _history_at(self, thing: Any) -> str:
        return reverse(f"admin:{self.opts.app_label}_{self.opts.model_name}_history", args=[thing.pk])


def seen_values(form: Any) -> str:
    """Return what a form showed, for the comparison should somebody decide meanwhile."""
    # The field that is to hold it stays unasked: a bound field keeps the first value that it gave.
    names = [name for name in form.fields if name != "seen"]
    return json.dumps({name: form[name].value() for name in names}, default=str)


def refusing(form: Any, why: str) -> Any:
    """Return a form that says why it was not stored, whatever is in it."""

    def clean(self: Any) -> dict[str, Any]:
        data = form.clean(self) or {}
        self.add_error(None, why)
        return data

    return type(form.__name__, (form,), {"clean": clean})


def post_of(values: dict[str, str]) -> QueryDict:
    """Return values as a form sends them."""
    data = QueryDict(mutable=True)
    for name, value in values.items():
        data[name] = value
    return data
