"""A timeline inside another site's page: who may frame it, and that nobody's rights come along."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.test import Client

from documents.models import Dossier, Membership
from timeline.demo import store

OTHERS = ["https://news.example.org", "https://journal.example.org"]


@pytest.fixture
def demo(db: None) -> Dossier:
    """Return a published dossier of 12 made-up claims."""
    return store("demo", "Demonstration", 12, 7)


def ancestors(client: Client, query: str) -> tuple[str, str]:
    """Return who may frame the page: by its policy, by X-Frame-Options."""
    answer = client.get(f"/dossiers/demo/{query}")
    assert answer.status_code == 200
    policy = answer["Content-Security-Policy"]
    (found,) = [part for part in policy.split("; ") if part.startswith("frame-ancestors")]
    return found.removeprefix("frame-ancestors "), answer.get("X-Frame-Options", "")


def test_nobody_may_frame_a_timeline_unless_settings_say_so(client: Client, demo: Dossier) -> None:
    assert ancestors(client, "?embed=1") == ("'none'", "DENY")


@pytest.mark.parametrize("query", ["", "?embed=0", "?embed=", "?embedded=1"])
def test_a_page_not_asked_for_as_a_part_is_never_framed(
    client: Client, demo: Dossier, settings: Any, query: str
) -> None:
    settings.CLAIMLINE_EMBED_ANCESTORS = OTHERS
    assert ancestors(client, query) == ("'none'", "DENY")


def test_those_named_may_frame_a_published_timeline(client: Client, demo: Dossier, settings: Any) -> None:
    settings.CLAIMLINE_EMBED_ANCESTORS = OTHERS
    assert ancestors(client, "?embed=1") == (" ".join(OTHERS), "")
    for other in ("chronology/", "letters/"):
        assert "frame-ancestors 'none'" in client.get(f"/dossiers/demo/{other}")["Content-Security-Policy"]


def test_in_a_frame_a_member_is_nobody(client: Client, demo: Dossier, settings: Any) -> None:
    settings.CLAIMLINE_EMBED_ANCESTORS = OTHERS
    owner = get_user_model().objects.create_user("owner", password="x")
    Membership.objects.create(dossier=demo, user=owner, role=Membership.Role.OWNER)
    client.force_login(owner)
    page = client.get("/dossiers/demo/?embed=1").content.decode()
    assert "owner" not in page
    assert "<form" not in page
    assert 'id="timeline"' in page
    Dossier.objects.filter(pk=demo.pk).update(published=False)
    assert client.get("/dossiers/demo/").status_code == 200
    assert client.get("/dossiers/demo/?embed=1").status_code == 404
