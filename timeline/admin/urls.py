"""Addresses of the admin beyond the lists and forms of its tables."""

from __future__ import annotations

from typing import Any

from django.urls import path

from timeline.admin import (
    adding,
    assigning,
    correspondence,
    log,
    measuring,
    notes,
    pages,
    reviewing,
    second,
    views,
)


def urls_of(site: Any) -> list[Any]:
    """Return the addresses, each open only to those who may enter the site."""
    return [
        path("understand/", site.admin_view(views.understand_date), name="understand"),
        path("review/", site.admin_view(reviewing.review_index), name="review-index"),
        path("review/<slug:slug>/", site.admin_view(reviewing.review), name="review"),
        path("review/<slug:slug>/undo/", site.admin_view(reviewing.review_undo), name="review-undo"),
        path(
            "review/<slug:slug>/<int:public_id>/",
            site.admin_view(reviewing.review_claim),
            name="review-claim",
        ),
        path(
            "letters/<int:public_id>/claims/",
            site.admin_view(adding.letter_claims),
            name="letter-claims",
        ),
        path("notes/claims/<int:public_id>/", site.admin_view(notes.claim_notes), name="claim-notes"),
        path("notes/letters/<int:public_id>/", site.admin_view(notes.letter_notes), name="letter-notes"),
        path(
            "letters/<int:public_id>/pages/<int:number>/",
            site.admin_view(pages.letter_page),
            name="letter-page",
        ),
        *_desk(site),
    ]


def _desk(site: Any) -> list[Any]:
    """Return the addresses of a dossier's desk."""
    desk = {
        "correspondents": correspondence.correspondents,
        "missing": correspondence.missing,
        "merging": correspondence.merging,
        "reliability": measuring.reliability,
        "log": log.log,
        "second": second.second,
        "issues": notes.issues,
        "assignments": assigning.assignments,
    }
    return [
        path(f"desk/<slug:slug>/{name}/", site.admin_view(view), name=f"desk-{name}")
        for name, view in desk.items()
    ]
