"""Filters change the timeline's page in place; without the script they are a form like any other."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import APIResponse, Page, Route, expect

from documents.models import Dossier
from timeline.demo import store

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
WINDOW = re.compile(r"from=(\d{4})-\d\d-\d\d&to=(\d{4})-\d\d-\d\d")


@pytest.fixture
def dossier() -> Dossier:
    """Return a published dossier of 240 made-up claims."""
    return store("demo", "Demonstration", 240, 7)


def near(page: Page) -> None:
    """Bring the hand to the filters and wait until they change the page in place."""
    page.locator("form[data-filters]").hover()
    page.wait_for_selector("body > .unseen[aria-live]", state="attached")


@pytest.fixture
def opened(watched: Page, live_server: object, dossier: Dossier) -> Iterator[Page]:
    """Yield the timeline's page, ready to filter in place; it must be the same page at the end."""
    watched.set_viewport_size({"width": 1240, "height": 820})
    watched.goto(f"{live_server.url}/dossiers/{dossier.slug}/?from=2000-01-01&to=2009-12-31")  # type: ignore[attr-defined]
    watched.wait_for_selector("#timeline[data-ready]")
    near(watched)
    watched.evaluate("() => { window.stayed = true; }")
    yield watched
    assert watched.evaluate("() => window.stayed"), "the page was loaded anew"


def facet(page: Page, label: str) -> None:
    """Open the values of a filter."""
    page.locator(".facet summary", has_text=re.compile(f"^{label}")).click()


def tick(page: Page, label: str, nth: int) -> str:
    """Tick a value of an open filter; return its field and value as the address has them."""
    box = page.locator(".facet[open] input[type=checkbox]").nth(nth)
    box.check()
    return f"{box.get_attribute('name')}={box.get_attribute('value')}"


def swapped(page: Page, part: str) -> None:
    """Wait until the address has a part and the timeline that belongs to it is drawn."""
    expect(page).to_have_url(re.compile(re.escape(part)))
    page.wait_for_selector("#main > .wrap:not([aria-busy]) #timeline[data-ready]")


def shown(page: Page) -> int:
    """Return how many claims the page says it shows."""
    return int(page.locator(".filters .count b").inner_text().replace(",", ""))


def test_a_value_ticked_changes_the_page_in_place(opened: Page) -> None:
    before = shown(opened)
    facet(opened, "Party")
    chosen = tick(opened, "Party", 0)
    swapped(opened, chosen)
    assert 0 < shown(opened) < before
    assert "from=2000-01-01&to=2009-12-31" in opened.url
    focused = "() => `${document.activeElement.name}=${document.activeElement.value}`"
    assert opened.evaluate(focused) == chosen
    expect(opened.locator(".facet[open] summary")).to_contain_text("Party")
    expect(opened.locator("body > .unseen[aria-live]")).to_contain_text(str(shown(opened)))
    assert len({row.get_attribute("data-in-lane") for row in opened.locator("[data-in-lane]").all()}) <= 1
    expect(opened.locator("#marks")).to_have_count(0)
    opened.go_back()
    expect(opened).not_to_have_url(re.compile(chosen))
    expect(opened.locator(".filters .count b")).to_have_text(f"{before:,}")
    opened.go_forward()
    swapped(opened, chosen)
    assert shown(opened) < before


def test_the_claim_that_is_open_stays_open_and_is_not_fetched_again(opened: Page) -> None:
    opened.locator(".tl-keys").focus()
    opened.keyboard.press("Enter")
    opened.wait_for_selector("#panel .pbody")
    sentence = opened.locator("#panel").inner_text()
    asked: list[str] = []
    opened.on("request", lambda request: asked.append(request.url) if "/panel/" in request.url else None)
    facet(opened, "Stance")
    swapped(opened, tick(opened, "Stance", 0))
    expect(opened.locator("#panel")).to_be_visible()
    assert opened.locator("#panel").inner_text() == sentence
    assert "claim=" in opened.url
    opened.locator(".chips .chip:not([data-lifts-window])").first.click()
    expect(opened).not_to_have_url(re.compile("stance="))
    expect(opened.locator("#panel")).to_be_visible()
    assert asked == []
    opened.keyboard.press("Escape")
    expect(opened.locator("#panel")).to_be_hidden()


def test_what_a_browser_styles_by_itself_is_not_copied(opened: Page) -> None:
    # As browsers and their extensions mark fields; copied as an attribute, the policy would forbid it.
    opened.evaluate("() => { document.getElementById('f-from').style.color = 'red'; }")
    facet(opened, "Stance")
    swapped(opened, tick(opened, "Stance", 0))
    assert opened.locator("#f-from").get_attribute("style") is None


def test_keys_are_heard_by_the_timeline_in_view_alone(opened: Page) -> None:
    facet(opened, "Stance")
    swapped(opened, tick(opened, "Stance", 0))
    opened.locator(".tl-keys").focus()
    opened.keyboard.press("-")
    expect(opened).not_to_have_url(re.compile("from=2000-01-01"))
    found = WINDOW.search(opened.url)
    assert found, opened.url
    years = int(found[2]) - int(found[1])
    assert 14 <= years <= 18  # ten years, zoomed out once: heard twice it were 27


def test_a_value_ticked_while_an_answer_is_on_its_way_is_not_lost(opened: Page) -> None:
    # The answer is held, not the question: else, where it takes long, HTMX breaks it off and says so.
    held: list[tuple[Route, APIResponse]] = []
    opened.route(
        re.compile(r"/dossiers/demo/\?.*stance="), lambda route: held.append((route, route.fetch())), times=1
    )
    facet(opened, "Stance")
    first = tick(opened, "Stance", 0)
    opened.wait_for_function("() => document.querySelector('#main > .wrap[aria-busy]')")
    while not held:
        opened.wait_for_timeout(20)
    second = tick(opened, "Stance", 1)
    for route, answer in held:
        route.fulfill(response=answer)
    swapped(opened, second)
    assert first in opened.url
    expect(opened.locator(".facet[open] input:checked")).to_have_count(2)


def test_a_claim_opened_while_an_answer_is_on_its_way_stays_open(opened: Page) -> None:
    held: list[Route] = []
    opened.route(re.compile(r"/dossiers/demo/\?.*stance="), lambda route: held.append(route), times=1)
    facet(opened, "Stance")
    chosen = tick(opened, "Stance", 0)
    opened.wait_for_function("() => document.querySelector('#main > .wrap[aria-busy]')")
    opened.keyboard.press("Escape")
    opened.locator("a[data-open-claim]").first.click()
    expect(opened.locator("#panel .pbody")).to_be_visible()
    for route in held:
        route.continue_()
    swapped(opened, chosen)
    assert "claim=" in opened.url
    expect(opened.locator("#panel .pbody")).to_be_visible()


def test_words_typed_while_an_answer_is_on_its_way_stay(opened: Page) -> None:
    held: list[Route] = []
    opened.route(re.compile(r"/dossiers/demo/\?.*q=the"), lambda route: held.append(route), times=1)
    search = opened.locator("[data-search]")
    search.fill("the")
    search.press("Enter")
    opened.wait_for_function("() => document.querySelector('#main > .wrap[aria-busy]')")
    opened.keyboard.type(" border")
    for route in held:
        route.continue_()
    swapped(opened, "q=the")
    expect(search).to_have_value("the border")
    expect(search).to_be_focused()


def test_a_page_that_cannot_come_in_place_comes_as_a_page(
    page: Page, live_server: object, dossier: Dossier
) -> None:
    page.goto(f"{live_server.url}/dossiers/{dossier.slug}/")  # type: ignore[attr-defined]
    page.wait_for_selector("#timeline[data-ready]")
    near(page)
    page.evaluate("() => { window.stayed = true; }")

    def refuse(route: Route) -> None:
        if route.request.headers.get("hx-request"):
            route.abort()
        else:
            route.continue_()

    page.route(re.compile(r"stance="), refuse)
    facet(page, "Stance")
    chosen = tick(page, "Stance", 0)
    expect(page).to_have_url(re.compile(chosen))
    page.wait_for_selector("#timeline[data-ready]")
    assert not page.evaluate("() => window.stayed")
