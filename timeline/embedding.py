"""The timeline inside another site's page: read only, and only where the site's settings allow it.

``CLAIMLINE_EMBED_ANCESTORS`` names the origins that may frame a published dossier's timeline (``?embed=1``).
Whoever looks is nobody there, whatever cookies come along: a frame must not lend a user's rights to the page
around it.
"""

from __future__ import annotations

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest
from django.http.response import HttpResponseBase

from documents.models import Dossier


def wanted(request: HttpRequest) -> bool:
    """Return whether the page is asked for as a part of another page."""
    return request.GET.get("embed") == "1"


def as_nobody(request: HttpRequest) -> None:
    """Forget who asks."""
    request.user = AnonymousUser()


def may_frame(dossier: Dossier) -> bool:
    """Return whether another site may frame this dossier's timeline."""
    return dossier.published and bool(settings.CLAIMLINE_EMBED_ANCESTORS)


def let_frame(answer: HttpResponseBase, dossier: Dossier) -> None:
    """Give an answer the leave to be framed, where there is one."""
    if may_frame(dossier):
        answer.xframe_options_exempt = True  # type: ignore[attr-defined]
        answer._csp_replace = {"frame-ancestors": settings.CLAIMLINE_EMBED_ANCESTORS}  # type: ignore[attr-defined]
