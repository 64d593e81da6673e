"""Every page in a real browser: nothing axe finds, no sideways scrolling, nothing the policy refuses."""

from __future__ import annotations

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
    assert held
