"""A database that somebody else holds for too long is said in words, and nothing is lost."""

from __future__ import annotations

from django.db import OperationalError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.deprecation import MiddlewareMixin

# SQLite's SQLITE_BUSY; PostgreSQL's lock_not_available and deadlock_detected (its manual, appendix A).
BUSY_WORDS = "database is locked"
BUSY_STATES = ("55P03", "40P01")
SECONDS = 10


def is_busy(error: OperationalError) -> bool:
    """Return whether a database was held by somebody else: to try again helps."""
    return BUSY_WORDS in str(error) or getattr(error.__cause__, "sqlstate", None) in BUSY_STATES


class BusyDatabase(MiddlewareMixin):
    """Answers 503 with a page that says so; every other fault goes on its way."""

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Return the page for a database in use, else nothing."""
        if not isinstance(exception, OperationalError) or not is_busy(exception):
            return None
        answer = render(request, "503.html", status=503)
        answer["Retry-After"] = str(SECONDS)
        return answer
