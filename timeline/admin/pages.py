"""A page of the file that a letter came in, beside its claims: a picture drawn by us, never the file."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from documents.models import Letter
from documents.readers import UnreadableFile
from documents.readers.picture import page_picture
from timeline.context import pages_of
from timeline.models import Claim

# Code points before and after a sentence by which its place on the page is told from others.
AROUND = 400


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
        picture = page_picture(bytes(letter.file.data), number, *_sentence(request, letter, number))
    except UnreadableFile as error:
        raise Http404 from error
    answer = HttpResponse(picture, content_type="image/png")
    answer["Content-Security-Policy"] = "default-src 'none'; sandbox"
    answer["Cross-Origin-Resource-Policy"] = "same-origin"
    answer["Cache-Control"] = "private, no-store"
    return answer


def _sentence(request: HttpRequest, letter: Letter, page: int) -> tuple[str, str, str]:
    """Return what of the asked claim's sentence stands on a page, and the text before and after it.

    All of them are empty where there is none. Where it is only known on which page the sentence begins, this
    is all of it.
    """
    number = request.GET.get("claim", "")
    key = int(number) if number.isascii() and number.isdecimal() and len(number) < 19 else 0
    claim = Claim.objects.filter(letter=letter, public_id=key).exclude(start=None).first()
    place = next((one for one in pages_of(claim) if one.page == page), None) if claim else None
    if claim is None or place is None:
        return "", "", ""
    text = claim.letter.text
    before, after = text[max(0, place.start - AROUND) : place.start], text[place.end : place.end + AROUND]
    return text[place.start : place.end], before, after
