"""The files that production serves, for a page of a browser test."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, Route

from config.static_files import of_production
from timeline.templatetags import assets

STATIC = Path(__file__).parent.parent.parent / "static"


def serve_production(page: Page, monkeypatch: pytest.MonkeyPatch) -> tuple[dict[str, str], list[str]]:
    """Have a page get scripts and style sheets as production serves them; return {name: text}, and the names
    it asks for, one after the other.
    """
    monkeypatch.setattr(assets, "is_collected", lambda: True)
    names = [str(path.relative_to(STATIC)) for path in STATIC.rglob("*") if path.suffix in (".js", ".css")]
    texts = of_production(lambda name: (STATIC / name).read_bytes(), names)
    asked: list[str] = []

    def answer(route: Route) -> None:
        name = route.request.url.split("/static/")[1]
        asked.append(name)
        kind = "text/css" if name.endswith(".css") else "text/javascript"
        route.fulfill(body=texts[name], content_type=kind)

    page.route(re.compile(r"/static/(js|css)/"), answer)
    return texts, asked
