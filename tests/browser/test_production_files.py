"""The timeline from the files that production serves: the first view in two, the rest when asked for."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, Route, expect

from config.static_files import of_production
from timeline import views
from timeline.demo import store
from timeline.templatetags import assets

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
STATIC = Path(__file__).parent.parent.parent / "static"
FIRST = {"js/timeline/main.js", "js/timeline/shared.js"}


def test_the_timeline_works_from_the_files_of_production(
    watched: Page, live_server: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(assets, "is_collected", lambda: True)
    names = [str(path.relative_to(STATIC)) for path in STATIC.rglob("*") if path.suffix in (".js", ".css")]
    texts = of_production(lambda name: (STATIC / name).read_bytes(), names)
    asked: list[str] = []

    def answer(route: Route) -> None:
        name = route.request.url.split("/static/")[1]
        asked.append(name)
        kind = "text/css" if name.endswith(".css") else "text/javascript"
        route.fulfill(body=texts[name], content_type=kind)

    watched.route(re.compile(r"/static/(js|css)/"), answer)
    store("demo", "Demonstration", 60, 7)
    watched.goto(f"{live_server.url}/dossiers/demo/")  # type: ignore[attr-defined]
    expect(watched.locator("#timeline[data-ready]")).to_be_visible()
    expect(watched.locator(".tl-undated-link").first).to_be_visible()
    modules = {name for name in asked if name.startswith("js/timeline/")}
    assert modules == FIRST | {"js/timeline/undated.js"}
    assert sorted(name for name in asked if name.startswith("css/")) == [
        "css/site.css",
        "css/timeline-page.css",
    ]
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
