"""The timeline from the files that production serves: the first view in one, the rest when asked for."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.browser.production import serve_production
from timeline import views
from timeline.demo import store

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
FIRST = {"js/timeline/main.js"}


def test_the_timeline_works_from_the_files_of_production(
    watched: Page, live_server: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    _, asked = serve_production(watched, monkeypatch)
    store("demo", "Demonstration", 60, 7)
    watched.goto(f"{live_server.url}/dossiers/demo/")  # type: ignore[attr-defined]
    expect(watched.locator("#timeline[data-ready]")).to_be_visible()
    expect(watched.locator(".tl-undated-link").first).to_be_visible()
    modules = {name for name in asked if name.startswith("js/timeline/")}
    assert modules == FIRST | {"js/timeline/undated.js"}
    assert sorted(name for name in asked if name.startswith("css/")) == ["css/timeline-page.css"]
    watched.locator("#timeline .tl-keys").focus()
    watched.keyboard.press("?")
    expect(watched.get_by_role("dialog")).to_be_visible()
    watched.keyboard.press("Escape")
    watched.keyboard.press("ArrowRight")
    watched.keyboard.press("Enter")
    expect(watched.locator("#panel [data-position]")).to_contain_text("lane")


def test_without_the_marks_in_the_page_the_canvas_asks_for_them(
    watched: Page, live_server: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(views, "first_view", lambda *asked: "")
    store("demo", "Demonstration", 60, 7)
    with watched.expect_response("**/marks.json"):
        watched.goto(f"{live_server.url}/dossiers/demo/")  # type: ignore[attr-defined]
    expect(watched.locator("#timeline[data-ready]")).to_be_visible()
    expect(watched.locator("#list tbody tr").first).to_be_visible()
