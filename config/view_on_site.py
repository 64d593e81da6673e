"""The admin's "view on site", asked of what the user may see.

Django's own moves on to any row's page, and so tells staff which rows there are.
"""

from django.contrib import admin
from django.contrib.contenttypes.models import ContentType
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect


def view_on_site(request: HttpRequest, content_type_id: str, object_id: str) -> HttpResponse:
    """Move on to the page of a row that the user may see; 404 for all else."""
    try:
        kind = ContentType.objects.get_for_id(int(content_type_id))
        rows = kind.model_class()._default_manager.visible_to(request.user)
        row = get_object_or_404(rows, pk=int(object_id))
        return redirect(row.get_absolute_url())
    except (ValueError, AttributeError, ContentType.DoesNotExist):
        raise Http404 from None


guarded = admin.site.admin_view(view_on_site)
