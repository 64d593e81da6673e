"""A page of the file that a letter came in, beside its claims: a picture drawn by us, never the file."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from documents.models import Letter
from documents.readers import UnreadableFile
from documents.readers.picture import page_picture
from timeline.models import Claim

# Code points before a sentence by which its place on the page is told from others.
BEFORE = 400


@require_safe
def letter_page(request: HttpRequest, public_id: int, number: int) -> HttpResponse:
    """Return a page of a letter's PDF as a picture, the sentence of ``?claim=`` marked on it.

    What is forbidden, or no PDF, looks like missing.
    """
    letters = Letter.objects.curatable_by(request.user).exclude(file=None).exclude(pages=None)
    letter = get_object_or_404(letters.light().select_related("file"), public_id=public_id)
    if not 1 <= number <= (letter.pages or 0):
        raise Http404
    try:
        picture = page_picture(bytes(letter.file.data), number, *_sentence(request, letter))
    except UnreadableFile as error:
        raise Http404 from error
    answer = HttpResponse(picture, content_type="image/png")
    answer["Content-Security-Policy"] = "default-src 'none'; sandbox"
    answer["Cross-Origin-Resource-Policy"] = "same-origin"
    answer["Cache-Control"] = "private, no-store"
    return answer


def _sentence(request: HttpRequest, letter: Letter) -> tuple[str, str]:
    """Return the sentence of the claim asked for, and the text before it; both empty for none."""
    number = request.GET.get("claim", "")
    key = int(number) if number.isascii() and number.isdecimal() and len(number) < 19 else 0
    claim = Claim.objects.filter(letter=letter, public_id=key).exclude(start=None).first()
    if claim is None:
        return "", ""
    text = claim.letter.text
    return text[claim.start : claim.end], text[max(0, claim.start - BEFORE) : claim.start]
