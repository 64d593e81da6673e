"""The timeline at work in a real browser: hand, wheel, keys, panel, address."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from documents.models import Dossier
from timeline import marks_answer
from timeline.demo import store
from timeline.models import Claim

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
MIDDLE = (740, 430)
SETTLED = 450  # milliseconds: the address is written once the hand rests


@pytest.fixture
def dossier() -> Dossier:
    """Return a published dossier of 240 made-up claims."""
    return store("demo", "Demonstration", 240, 7)


@pytest.fixture
def opened(watched: Page, live_server: object, dossier: Dossier) -> Page:
    """Return the timeline's page, ready."""
    watched.set_viewport_size({"width": 1240, "height": 820})
    watched.goto(f"{live_server.url}/dossiers/{dossier.slug}/")  # type: ignore[attr-defined]
    watched.wait_for_selector("#timeline[data-ready]")
    return watched


def picture(page: Page) -> str:
    """Return the first lane's canvas as it stands."""
    return page.evaluate("() => document.querySelector('#timeline .tl-lane-canvas').toDataURL()")


def keys(page: Page) -> None:
    """Put the focus on the timeline's one tab stop."""
    page.locator(".tl-keys").focus()


def spoken(page: Page) -> str:
    """Return the sentence read aloud for the focused claim."""
    said = page.locator(".tl-say")
    expect(said).not_to_be_empty()
    return said.inner_text()


def test_wheel_zooms_and_drag_pans_and_the_address_follows(opened: Page) -> None:
    before = picture(opened)
    opened.mouse.move(*MIDDLE)
    opened.mouse.wheel(0, -600)
    opened.wait_for_timeout(SETTLED)
    zoomed = picture(opened)
    assert zoomed != before
    assert "from=" in opened.url
    address = opened.url
    opened.mouse.down()
    opened.mouse.move(MIDDLE[0] - 150, MIDDLE[1], steps=5)
    opened.mouse.up()
    expect(opened).not_to_have_url(address)  # written once a let-go drag has glided to rest
    assert picture(opened) != zoomed


def test_a_link_shows_the_same_view(opened: Page) -> None:
    opened.mouse.move(*MIDDLE)
    opened.mouse.wheel(0, -900)
    opened.wait_for_timeout(900)
    opened.goto(opened.url)
    opened.wait_for_selector("#timeline[data-ready]")
    opened.wait_for_timeout(SETTLED)
    seen = dict(pair.split("=") for pair in opened.url.split("?")[1].split("&"))
    assert {"from", "to"} <= set(seen)


def test_arrows_go_from_claim_to_claim_and_enter_opens_its_sentence(opened: Page) -> None:
    keys(opened)
    opened.keyboard.press("Home")
    first = spoken(opened)
    assert re.search(r"\. 1 of \d+ in lane\.$", first)
    opened.keyboard.press("ArrowRight")
    expect(opened.locator(".tl-say")).not_to_have_text(first)
    opened.keyboard.press("Enter")
    expect(opened.locator("#panel")).to_be_visible()
    opened.wait_for_selector("#panel .pbody")
    number = int(re.search(r"claim=(\d+)", opened.url).group(1))  # type: ignore[union-attr]
    claim = Claim.objects.get(public_id=number)
    assert claim.quote in " ".join(opened.locator("#panel").inner_text().split())
    opened.keyboard.press("Escape")
    expect(opened.locator("#panel")).to_be_hidden()
    assert "claim=" not in opened.url


def places_along(page: Page) -> set[int]:
    """Return the places in lane that → leads to, from the first of a side to its last."""
    page.keyboard.press("Home")
    page.wait_for_timeout(150)
    places = set()
    while True:
        said = spoken(page)
        places.add(int(re.search(r"(\d+) of \d+ in lane", said).group(1)))  # type: ignore[union-attr]
        page.keyboard.press("ArrowRight")
        try:
            expect(page.locator(".tl-say")).not_to_have_text(said, timeout=2500)
        except AssertionError:
            return places


def test_every_claim_of_a_lane_is_reached_by_keys(opened: Page) -> None:
    keys(opened)
    opened.keyboard.press("ArrowUp")  # the first claim of the window may be a reported one
    own = places_along(opened)
    opened.keyboard.press("ArrowDown")
    reported = places_along(opened)
    first = Claim.objects.filter(lane_party__in_dossiers__colour_index=1).dated().count()
    assert own | reported == set(range(1, first + 1))
    assert not own & reported


def test_back_closes_the_panel_and_forward_opens_it(opened: Page) -> None:
    keys(opened)
    opened.keyboard.press("Home")
    opened.keyboard.press("Enter")
    opened.wait_for_selector("#panel .pbody")
    opened.go_back()
    expect(opened.locator("#panel")).to_be_hidden()
    opened.go_forward()
    expect(opened.locator("#panel")).to_be_visible()


def test_the_panel_never_covers_the_mark_it_explains(opened: Page) -> None:
    keys(opened)
    opened.keyboard.press("End")
    opened.keyboard.press("Enter")
    opened.wait_for_selector("#panel .pbody")
    opened.wait_for_timeout(SETTLED)
    flag = opened.locator(".tl-flag").bounding_box()
    panel = opened.locator("#panel").bounding_box()
    assert flag is not None
    assert panel is not None
    assert flag["x"] + flag["width"] / 2 <= panel["x"]


def test_as_known_on_shows_only_what_had_been_asserted(opened: Page) -> None:
    before = picture(opened)
    for _ in range(6):
        opened.keyboard.press("[")
    opened.wait_for_timeout(SETTLED)
    assert "known=" in opened.url
    assert picture(opened) != before


def test_a_date_typed_in_words_is_gone_to(opened: Page) -> None:
    opened.get_by_role("button", name="Go to date").click()
    opened.keyboard.type("14 June 2005")
    opened.keyboard.press("Enter")
    opened.wait_for_timeout(SETTLED)
    assert re.search(r"from=200[45]-", opened.url)


def test_a_dossier_too_large_for_marks_opens_with_counts_that_open_to_claims(
    watched: Page, live_server: object, dossier: Dossier, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, most in (("WHOLE", 0), ("SHORT_MOST", 12), ("LONG_MOST", 12)):
        monkeypatch.setattr(marks_answer, name, most)
    watched.set_viewport_size({"width": 1240, "height": 820})
    watched.goto(f"{live_server.url}/dossiers/demo/")  # type: ignore[attr-defined]
    watched.wait_for_selector("#timeline[data-ready]")
    before = picture(watched)
    watched.mouse.move(*MIDDLE)
    with watched.expect_response(re.compile(r"marks\.json\?.*first=")):
        watched.mouse.wheel(0, -1200)
    watched.wait_for_timeout(SETTLED)
    assert picture(watched) != before


def test_touch_pinches_and_pans(browser: object, live_server: object, dossier: Dossier) -> None:
    context = browser.new_context(viewport={"width": 390, "height": 844}, has_touch=True)  # type: ignore[attr-defined]
    page = context.new_page()
    page.goto(f"{live_server.url}/dossiers/demo/")  # type: ignore[attr-defined]
    page.wait_for_selector("#timeline[data-ready]")
    page.locator("#timeline [data-plot]").first.scroll_into_view_if_needed()
    box = page.locator("#timeline [data-plot]").first.bounding_box()
    hand = context.new_cdp_session(page)
    point = {"x": box["x"] + box["width"] / 2, "y": box["y"] + box["height"] / 2}
    before = picture(page)
    hand.send("Input.synthesizePinchGesture", {**point, "scaleFactor": 3, "gestureSourceType": "touch"})
    page.wait_for_timeout(SETTLED)
    pinched = picture(page)
    assert pinched != before
    pan = {**point, "xDistance": -120, "yDistance": 0, "gestureSourceType": "touch"}
    hand.send("Input.synthesizeScrollGesture", pan)
    page.wait_for_timeout(SETTLED)
    assert picture(page) != pinched
    assert page.evaluate("() => document.documentElement.scrollWidth <= innerWidth")
    context.close()
