"""A form that was sent after the session ran out: what was typed stays, and goes on once one has logged in.

So does a form that was open while its person logged in anew in another tab, by which its token became an old
one.

In: a post of nobody. Out: a page that asks who it is and carries the form along; None once that is known, and
the request is then as if the person had been logged in all the time. It says the same whatever the address,
so that it tells nothing of what is there.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.admin import site
from django.contrib.auth import login
from django.contrib.auth.forms import AuthenticationForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

PREFIX = "resume"


def keep_form(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Wrap a view outside the admin: a form that nobody sends is kept while the person logs in."""

    @wraps(view)
    def kept(request: HttpRequest, *args: Any, **options: Any) -> HttpResponse:
        if request.method == "POST" and not request.user.is_authenticated:
            answer = resume(request, site.each_context(request))
            if answer is not None:
                return answer
        return view(request, *args, **options)

    return kept


def resume(request: HttpRequest, site: dict[str, Any]) -> HttpResponse | None:
    """Log in who says who they are, and go on with the form; else ask, with the form in the page."""
    given = f"{PREFIX}-username" in request.POST
    form = AuthenticationForm(request, request.POST if given else None, prefix=PREFIX)
    carried = request.POST.copy()
    for name in list(carried):
        if name.startswith(f"{PREFIX}-") or name == "csrfmiddlewaretoken":
            del carried[name]
    if given and form.is_valid():
        login(request, form.get_user())
        request.POST = carried
        return None
    return _asked(request, site, "Log in to go on", form)


def stale_form(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Answer a form whose token is not the one in force: with what was typed in it, to be sent again.

    Only where it comes from a page of this site: from elsewhere it may be somebody else's, and is thrown
    away.
    """
    own = f"{request.scheme}://{request.get_host()}"
    if request.headers.get("Origin") != own or not request.POST:
        return render(request, "403_csrf.html", status=403)
    if request.user.is_authenticated:
        return _asked(request, site.each_context(request), "Send it again", None)
    return _asked(
        request, site.each_context(request), "Log in to go on", AuthenticationForm(request, prefix=PREFIX)
    )


def _asked(
    request: HttpRequest, site: dict[str, Any], title: str, form: AuthenticationForm | None
) -> HttpResponse:
    """Return the page that carries a form along; without ``form`` it only asks to send it again."""
    own = [name for name in request.POST if name.startswith(f"{PREFIX}-") or name == "csrfmiddlewaretoken"]
    # A password is never sent back to a browser.
    sent = [(n, values) for n, values in request.POST.lists() if n not in own and "password" not in n]
    kept = [(name, value) for name, values in sent for value in values]
    context = {**site, "title": title, "form": form, "kept": kept, "files": bool(request.FILES)}
    return render(request, "admin/resume.html", context, status=403)
