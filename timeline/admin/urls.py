"""Addresses of the admin beyond the lists and forms of its tables."""

from __future__ import annotations

from typing import Any

from django.urls import path

from timeline.admin import views


def urls_of(site: Any) -> list[Any]:
    """Return the addresses, each open only to those who may enter the site."""
    return [
        path("understand/", site.admin_view(views.understand_date), name="understand"),
    ]
