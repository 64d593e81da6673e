"""A page whose head leaves before its body is made: what it names is fetched while the server still works.

In development, where a fault has a page of its own, the page leaves whole.
"""

from __future__ import annotations

import logging
import secrets
from collections.abc import Callable, Iterable, Iterator
from gzip import GzipFile
from io import BytesIO
from typing import Any

from django.core.signals import got_request_exception
from django.db import OperationalError
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.template.loader import render_to_string
from django.utils.cache import patch_vary_headers

from config.busy import is_busy
from timeline.templatetags.assets import is_collected

BODY, END = "<body", "</body>"
MOST_RANDOM = 100  # bytes at most by which the compressed page differs each time, as GZipMiddleware has it
logger = logging.getLogger("django.request")

Context = dict[str, Any]


def answered_head_first(
    request: HttpRequest,
    template: str,
    context: Context,
    rest: Callable[[], Context],
    last: Callable[[], str],
) -> HttpResponseBase:
    """Render ``template``; its head needs ``context`` only, its body also what ``rest`` works out.

    What ``last`` returns stands at the end of the body, and leaves after it. While the head is rendered
    ``head_only`` is true, so that the template can leave its body out. A fault that comes once the head has
    left is logged, and said where the body would stand.
    """
    if not is_collected():
        whole, end, after = render_to_string(template, {**context, **rest()}, request).partition(END)
        return HttpResponse("".join((whole, last(), end, after)))
    head = render_to_string(template, {**context, "head_only": True}, request).partition(BODY)[0]
    parts = _parts(head, lambda: render_to_string(template, {**context, **rest()}, request), last, request)
    if "gzip" in request.headers.get("Accept-Encoding", ""):
        answer = StreamingHttpResponse(compressed(parts))
        answer["Content-Encoding"] = "gzip"
    else:
        answer = StreamingHttpResponse(parts)
    patch_vary_headers(answer, ["Accept-Encoding"])
    answer["X-Accel-Buffering"] = "no"  # a web server in front hands on what it has at once
    return answer


def _parts(
    head: str, page: Callable[[], str], last: Callable[[], str], request: HttpRequest
) -> Iterator[bytes]:
    """Yield the head, the body, what stands last in it; what the page's own head says has left already."""
    yield head.encode()
    try:
        whole = page()
    except Exception as error:  # the status has left: all that can be done is to say so
        _note(request)
        busy = isinstance(error, OperationalError) and is_busy(error)
        yield (BODY + render_to_string("503.html" if busy else "500.html").partition(BODY)[2]).encode()
        return
    body, end, after = whole.partition(BODY)[2].partition(END)
    yield (BODY + body).encode()
    try:
        yield last().encode()
    except Exception:  # the page stands without it
        _note(request)
    yield (end + after).encode()


def _note(request: HttpRequest) -> None:
    """Note a fault as Django notes those that come in time."""
    got_request_exception.send(sender=None, request=request)
    logger.exception("Fault after the head had left: %s", request.path, extra={"request": request})


def compressed(parts: Iterable[bytes]) -> Iterator[bytes]:
    """Yield gzip of the parts, each complete as soon as it is there.

    The file name in gzip's head is of random length: who reads the lengths of answers learns no secret of the
    page (the attack called BREACH).
    """
    held = BytesIO()
    name = "a" * secrets.randbelow(MOST_RANDOM)
    with GzipFile(filename=name, mode="wb", compresslevel=6, fileobj=held, mtime=0) as packed:
        for part in parts:
            packed.write(part)
            packed.flush()
            yield _taken(held)
    yield _taken(held)


def _taken(held: BytesIO) -> bytes:
    """Return what a buffer holds, and empty it."""
    taken = held.getvalue()
    held.seek(0)
    held.truncate()
    return taken
