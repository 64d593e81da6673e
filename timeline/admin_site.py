"""The admin site: who may enter, and its addresses.

Beside the package of the tables, which registers with it and so cannot hold it.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.admin import AdminSite
from django.contrib.auth.forms import AuthenticationForm
from django.http import HttpRequest, HttpResponse

from documents.models import Dossier
from documents.resuming import resume


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

    def admin_view(self, view: Callable[..., HttpResponse], cacheable: bool = False) -> Any:
        """Guard a view as Django does; a form sent after the session ran out is kept, not thrown away."""
        guarded = super().admin_view(view, cacheable)

        @wraps(guarded)
        def kept(request: HttpRequest, *args: Any, **options: Any) -> HttpResponse:
            leaving = getattr(view, "__name__", "") == "logout"
            if request.method == "POST" and not request.user.is_authenticated and not leaving:
                answer = resume(request, self.each_context(request))
                if answer is not None:
                    return answer
            return guarded(request, *args, **options)

        return kept

    def get_urls(self) -> list[Any]:
        from timeline.admin.urls import urls_of

        return [*urls_of(self), *super().get_urls()]
