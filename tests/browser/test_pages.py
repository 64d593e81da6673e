"""Every page in a real browser: nothing axe finds, no sideways scrolling, nothing the policy refuses."""

from __future__ import annotations

import re
from datetime import date

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, Route, expect

from documents.models import Dossier
from timeline.demo import store
from timeline.models import Claim

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PAGES = (
    "home",
    "timeline",
    "panel",
    "chronology",
    "letters",
    "letter",
    "claim",
    "login",
    "missing",
    "search",
    "nothing found",
)
WCAG = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}


@pytest.fixture
def dossier() -> Dossier:
    """Return a published dossier of 60 made-up claims."""
    return store("demo", "Demonstration", 60, 7)


def address_of(name: str) -> str:
    """Return where a page stands."""
    claim = Claim.objects.filter(is_quoted=True).exclude(edtf=None).select_related("letter")[0]
    return {
        "home": "/",
        "timeline": "/dossiers/demo/",
        "panel": f"/dossiers/demo/?claim={claim.public_id}",
        "chronology": "/dossiers/demo/chronology/?stance=asserts&sort=letter",
        "letters": "/dossiers/demo/letters/",
        "letter": claim.letter.get_absolute_url() + f"#claim-{claim.public_id}",
        "claim": claim.get_absolute_url(),
        "login": "/login/",
        "missing": "/nothing-here/",
        "search": "/dossiers/demo/search/?q=the",
        "nothing found": "/dossiers/demo/chronology/?q=submarine",
    }[name]


def show(page: Page, live_server: object, name: str) -> None:
    """Open a page and wait until it is as it stays."""
    page.goto(live_server.url + address_of(name))  # type: ignore[attr-defined]
    if name in ("timeline", "panel"):
        page.wait_for_selector("#timeline[data-ready]")
    if name == "panel":
        page.wait_for_selector("#panel mark.hl")
    page.evaluate("document.fonts.ready")


def faults(page: Page) -> list[str]:
    """Return what axe finds, a line each."""
    found = Axe().run(page, options=WCAG).response["violations"]
    return [
        f"{v['id']}: {v['help']} ({n['target']}: {n['failureSummary'][:300]})"
        for v in found
        for n in v["nodes"][:3]
    ]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("name", PAGES)
def test_axe_finds_nothing(page: Page, live_server: object, dossier: Dossier, name: str, scheme: str) -> None:
    page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
    page.set_viewport_size({"width": 1280, "height": 900})
    show(page, live_server, name)
    assert faults(page) == []


@pytest.mark.parametrize("name", ["timeline", "panel", "letter", "claim"])
def test_axe_finds_nothing_on_a_phone(page: Page, live_server: object, dossier: Dossier, name: str) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    show(page, live_server, name)
    assert faults(page) == []


def open_facet(page: Page) -> None:
    page.locator(".facet > summary", has_text="Stance").click()


def open_help(page: Page) -> None:
    page.locator(".tl-keys").focus()
    page.keyboard.press("?")
    expect(page.get_by_role("dialog")).to_be_visible()


def open_lanes(page: Page) -> None:
    page.get_by_role("button", name="Lanes", exact=True).click()
    expect(page.get_by_role("dialog")).to_be_visible()


def open_date(page: Page) -> None:
    page.locator(".tl-keys").focus()
    page.keyboard.press("g")
    expect(page.locator(".tl-date")).to_be_focused()


def open_take(page: Page) -> None:
    page.get_by_text("Take away").click()


STATES = {
    "a filter": (open_facet, ""),
    "help": (open_help, ""),
    "lanes": (open_lanes, ""),
    "a date": (open_date, ""),
    "taking away": (open_take, ""),
    "nothing found": (lambda page: None, "?q=submarine&stance=denies"),
    "two axes": (lambda page: None, "?axis=two"),
    "another's frame": (lambda page: None, "?embed=1"),
}


@pytest.mark.parametrize("look", ["light", "dark", "phone"])
@pytest.mark.parametrize("state", STATES)
def test_axe_finds_nothing_in_what_the_timeline_opens(
    page: Page, live_server: object, dossier: Dossier, state: str, look: str
) -> None:
    act, query = STATES[state]
    if state == "taking away" and look == "phone":
        pytest.skip("a phone shares by itself")
    page.emulate_media(color_scheme="dark" if look == "dark" else "light")
    page.set_viewport_size({"width": 390 if look == "phone" else 1280, "height": 844})
    page.goto(f"{live_server.url}/dossiers/demo/{query}")  # type: ignore[attr-defined]
    page.wait_for_selector("#timeline[data-ready]")
    act(page)
    page.wait_for_timeout(250)
    assert faults(page) == []


@pytest.mark.parametrize("look", ["light", "dark", "phone"])
def test_axe_finds_nothing_in_the_list_of_a_crowd(
    page: Page, live_server: object, dossier: Dossier, look: str
) -> None:
    """Sixty claims of one party and day: its column opens the list of them."""
    party = Claim.objects.filter(dossier=dossier, lane_party__isnull=False)[0].lane_party
    day = date(2015, 6, 3)
    Claim.objects.filter(dossier=dossier).update(
        lane_party=party,
        edtf=str(day),
        precision="day",
        earliest_day=day.toordinal(),
        latest_day=day.toordinal(),
    )
    page.emulate_media(color_scheme="dark" if look == "dark" else "light")
    page.set_viewport_size({"width": 390 if look == "phone" else 1280, "height": 844})
    page.goto(f"{live_server.url}/dossiers/demo/?from=2015-06-01&to=2015-06-05")  # type: ignore[attr-defined]
    page.wait_for_selector("#timeline[data-ready]")
    box = page.locator("#timeline .tl-lane-canvas").first.bounding_box()
    assert box
    page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] * 0.45)
    expect(page.locator(".tl-list button").first).to_be_visible()
    page.wait_for_timeout(250)
    assert faults(page) == []


@pytest.mark.parametrize(
    "view", ["chronology/", "letters/", "events/", "compare/", "matrix/", "search/?q=the"]
)
def test_the_head_stands_where_it_stands_on_the_timeline(
    page: Page, live_server: object, dossier: Dossier, view: str
) -> None:
    for width in (1280, 390):
        page.set_viewport_size({"width": width, "height": 844})
        tops = []
        for address in ("", view):
            page.goto(f"{live_server.url}/dossiers/demo/{address}")  # type: ignore[attr-defined]
            tops.append(page.locator(".tabs").bounding_box()["y"])  # type: ignore[index]
        assert tops[0] == tops[1], (view, width)


@pytest.mark.parametrize("view", ["chronology/", "letters/", "letters/?by=missing", "search/?q=the"])
def test_each_column_of_a_table_keeps_its_head(
    page: Page, live_server: object, dossier: Dossier, view: str
) -> None:
    for width in (1280, 1024, 900):
        page.set_viewport_size({"width": width, "height": 844})
        page.goto(f"{live_server.url}/dossiers/demo/{view}")  # type: ignore[attr-defined]
        shown = page.evaluate(
            """() => ['.tbl thead th', '.tbl tbody tr:not(.group):first-of-type td'].map((cells) =>
                [...document.querySelectorAll(cells)].filter((cell) => cell.offsetWidth).length)"""
        )
        assert shown[1] == 0 or shown[0] == shown[1], (width, shown)


def test_on_a_phone_a_list_without_marks_leaves_no_room_for_them(
    page: Page, live_server: object, dossier: Dossier
) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto(f"{live_server.url}/dossiers/demo/letters/")  # type: ignore[attr-defined]
    title = page.get_by_role("heading", name="Letters").bounding_box()
    first = page.locator(".tbl td").first.bounding_box()
    assert title
    assert first
    assert first["x"] == title["x"]


@pytest.mark.parametrize("name", PAGES)
def test_no_page_scrolls_sideways(page: Page, live_server: object, dossier: Dossier, name: str) -> None:
    for width in (320, 360, 860, 1024, 1920):
        page.set_viewport_size({"width": width, "height": 800})
        show(page, live_server, name)
        assert page.evaluate("document.documentElement.scrollWidth") <= width, width


@pytest.mark.parametrize("name", [name for name in PAGES if name != "missing"])
def test_the_policy_refuses_nothing(watched: Page, live_server: object, dossier: Dossier, name: str) -> None:
    show(watched, live_server, name)
    watched.wait_for_timeout(200)


def test_the_theme_is_kept_from_page_to_page(watched: Page, live_server: object, dossier: Dossier) -> None:
    watched.emulate_media(color_scheme="light")
    show(watched, live_server, "home")
    ground = "getComputedStyle(document.body).backgroundColor"
    light = watched.evaluate(ground)
    watched.get_by_role("button", name="Light or dark").click()
    dark = watched.evaluate(ground)
    assert dark != light
    show(watched, live_server, "claim")
    assert watched.evaluate(ground) == dark


def test_controls_on_a_phone_are_large_enough_to_touch(
    page: Page, live_server: object, dossier: Dossier
) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    show(page, live_server, "panel")
    small = page.evaluate(
        "[...document.querySelectorAll('button, summary, .btn, .tabs a')]"
        ".filter(e => e.checkVisibility() && e.offsetWidth)"
        ".map(e => [e.textContent.trim().slice(0, 20), e.getBoundingClientRect()])"
        ".filter(([, b]) => b.width < 24 || b.height < 24).map(([t]) => t)"
    )
    assert small == []


@pytest.mark.parametrize("script", ["page.js", "timeline/main.js", "timeline/lanes.js"])
def test_a_slow_script_keeps_nobody_from_reading(
    page: Page, live_server: object, dossier: Dossier, script: str
) -> None:
    held: list[Route] = []
    page.route(f"**/js/{script}", lambda route: held.append(route))  # never answered
    page.goto(f"{live_server.url}{address_of('timeline')}", wait_until="commit")  # type: ignore[attr-defined]
    page.wait_for_function("() => performance.getEntriesByName('first-contentful-paint').length")
    expect(page.locator("#list tbody tr").first).to_be_visible()
    if script != "page.js":  # which waits for no other
        page.get_by_role("button", name="Light or dark").click()
        expect(page.locator("html")).to_have_attribute("data-theme", re.compile("dark|light"))
    assert held
