"""A form that was sent after the session ran out: what was typed stays, and goes on once one has logged in.

In: a post of nobody. Out: a page that asks who it is and carries the form along; None once that is known, and
the request is then as if the person had been logged in all the time. It says the same whatever the address,
so that it tells nothing of what is there.
"""

from __future__ import annotations

from typing import Any

from django.contrib.auth import login
from django.contrib.auth.forms import AuthenticationForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

PREFIX = "resume"


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
    # A password is never sent back to a browser.
    kept = [(n, value) for n, values in carried.lists() if "password" not in n for value in values]
    context = {**site, "title": "Log in to go on", "form": form, "kept": kept}
    return render(request, "admin/resume.html", context, status=403)
