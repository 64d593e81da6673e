"""A page of the file that a letter came in, beside its claims: a picture drawn by us, never the file."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from documents.models import Letter
from documents.readers import UnreadableFile
from documents.readers.picture import page_picture


@require_safe
def letter_page(request: HttpRequest, public_id: int, number: int) -> HttpResponse:
    """Return a page of a letter's PDF as a picture; what is forbidden, or no PDF, looks like missing."""
    letters = Letter.objects.curatable_by(request.user).exclude(file=None).exclude(pages=None)
    letter = get_object_or_404(letters.light().select_related("file"), public_id=public_id)
    if not 1 <= number <= (letter.pages or 0):
        raise Http404
    try:
        picture = page_picture(bytes(letter.file.data), number)
    except UnreadableFile as error:
        raise Http404 from error
    answer = HttpResponse(picture, content_type="image/png")
    answer["Content-Security-Policy"] = "default-src 'none'; sandbox"
    answer["Cross-Origin-Resource-Policy"] = "same-origin"
    answer["Cache-Control"] = "private, no-store"
    return answer
