"""The admin site: who may enter, and its addresses.

Beside the package of the tables, which registers with it and so cannot hold it.
"""

from __future__ import annotations

from typing import Any

from django.contrib.admin import AdminSite
from django.contrib.auth.forms import AuthenticationForm
from django.http import HttpRequest

from documents.models import Dossier


class ClaimlineAdminSite(AdminSite):
    """Open to staff, and to whoever curates a dossier: the owner who invites a curator opens the door."""

    site_title = "Claimline"
    site_header = "Claimline"
    index_title = "Curation"
    login_form = AuthenticationForm
    enable_nav_sidebar = False

    def has_permission(self, request: HttpRequest) -> bool:
        user = request.user
        if not user.is_active:
            return False
        return user.is_staff or Dossier.objects.curatable_by(user).exists()

    def get_urls(self) -> list[Any]:
        from timeline.admin.urls import urls_of

        return [*urls_of(self), *super().get_urls()]
