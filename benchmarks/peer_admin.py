"""The peer of the curation benchmark: claims in Django's own admin, with django-simple-history behind it.

As one gets it in an afternoon: a list with filters, a form with all fields, a history. Served at ``/peer/``
beside the product, on the same rows, by the benchmark alone.
"""

from __future__ import annotations

from django.contrib.admin import AdminSite, ModelAdmin
from django.urls import include, path
from simple_history.admin import SimpleHistoryAdmin

from timeline.models import Claim

site = AdminSite(name="peer")
# A select of all rows a foreign key may point at would be the peer's end at this size.
KEYS = (
    "dossier",
    "letter",
    "part",
    "event",
    "dated_by_claim",
    "dated_by_date",
    "asserting_party",
    "lane_party",
)


class PeerClaims(SimpleHistoryAdmin):
    """Claims, least certain first."""

    change_form_template = "admin/change_form.html"
    list_display = ("edtf", "quote", "stance", "review_state", "letter")
    list_filter = ("review_state", "stance", "basis")
    list_select_related = ("letter",)
    list_per_page = 50
    ordering = ("score", "pk")
    raw_id_fields = KEYS


class PeerLog(ModelAdmin):
    """The rows that django-simple-history kept, newest first, as many as a page of the dossier's log."""

    list_display = ("history_date", "history_user", "history_type", "edtf", "stance", "review_state")
    list_select_related = ("history_user",)
    list_filter = ("history_type",)
    list_per_page = 100
    ordering = ("-history_date", "-history_id")


site.register(Claim, PeerClaims)
site.register(Claim.history.model, PeerLog)  # type: ignore[attr-defined]

urlpatterns = [path("peer/", site.urls), path("", include("config.urls"))]
