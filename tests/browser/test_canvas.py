"""The timeline at work in a real browser: hand, wheel, keys, panel, address."""

from __future__ import annotations

import re
from datetime import date

import pytest
from playwright.sync_api import Page, expect

from documents.models import Dossier, DossierParty
from timeline import marks_answer
from timeline.demo import store
from timeline.models import Claim

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
MIDDLE = (740, 430)
LANE = "document.querySelector('#timeline .tl-lane-canvas').toDataURL()"


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
    return page.evaluate(f"() => {LANE}")


def changed(page: Page, before: str) -> str:
    """Wait until the first lane is drawn otherwise; return it."""
    page.wait_for_function(f"before => {LANE} !== before", arg=before)
    return picture(page)


def names(page: Page, part: str) -> str:
    """Wait until the address, written once the hand rests, matches; return it."""
    expect(page).to_have_url(re.compile(part))
    return page.url


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
    zoomed = changed(opened, before)
    address = names(opened, "from=")
    opened.mouse.down()
    opened.mouse.move(MIDDLE[0] - 150, MIDDLE[1], steps=5)
    opened.mouse.up()
    expect(opened).not_to_have_url(address)  # written once a let-go drag has glided to rest
    changed(opened, zoomed)


def test_a_link_shows_the_same_view(opened: Page) -> None:
    opened.mouse.move(*MIDDLE)
    opened.mouse.wheel(0, -900)
    address = names(opened, "from=.*to=")
    opened.goto(address)
    opened.wait_for_selector("#timeline[data-ready]")
    opened.locator("[data-do=in]").click()
    expect(opened).not_to_have_url(address)
    opened.locator("[data-do=out]").click()
    expect(opened).to_have_url(address)


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
    places: list[int] = []
    while len(places) == len(set(places)):
        places.append(int(re.search(r"(\d+) of \d+ in lane", spoken(page)).group(1)))  # type: ignore[union-attr]
        page.keyboard.press("ArrowRight")
    return set(places)


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
    expect(opened.locator(".tl-flag")).to_be_visible()
    opened.wait_for_function(
        """() => {
            const boxOf = (name) => document.querySelector(name).getBoundingClientRect();
            const [flag, panel] = ['.tl-flag', '#panel'].map(boxOf);
            return flag.left + flag.width / 2 <= panel.left;
        }"""
    )


@pytest.mark.parametrize(
    ("edtf", "precision", "first", "last"),
    [
        ("199X", "decade", date(1990, 1, 1), date(1999, 12, 31)),
        ("1990-01-01/..", "interval", date(1990, 1, 1), None),
        ("../1999-12-31", "interval", None, date(1999, 12, 31)),
    ],
)
def test_who_opens_a_mark_that_crosses_the_window_stays_there(
    watched: Page,
    live_server: object,
    dossier: Dossier,
    edtf: str,
    precision: str,
    first: date | None,
    last: date | None,
) -> None:
    crossing, before, after = dossier.claims.order_by("pk")[:3]
    dossier.claims.exclude(pk__in=[crossing.pk, before.pk, after.pk]).delete()
    top, *_, bottom = dossier.dossier_parties.order_by("colour_index")

    def place(claim: Claim, lane: DossierParty, edtf: str, precision: str, *bounds: date | None) -> None:
        days = (None if day is None else day.toordinal() for day in bounds)
        given = dict(zip(("earliest_day", "latest_day"), days, strict=True))
        Claim.objects.filter(pk=claim.pk).update(
            edtf=edtf, precision=precision, lane_party=lane.party, is_quoted=False, **given
        )

    place(crossing, top, edtf, precision, first, last)
    for claim, day in ((before, date(1985, 5, 1)), (after, date(2004, 5, 1))):  # the window lies between
        place(claim, bottom, day.isoformat(), "day", day, day)
    watched.set_viewport_size({"width": 1240, "height": 820})
    within = "from=1996-01-01&to=1996-12-31"  # neither the beginning nor the middle is in the window
    watched.goto(f"{live_server.url}/dossiers/{dossier.slug}/?{within}")  # type: ignore[attr-defined]
    watched.wait_for_selector("#timeline[data-ready]")
    keys(watched)
    watched.keyboard.press("Enter")
    watched.wait_for_selector("#panel .pbody")
    names(watched, f"claim={crossing.public_id}")
    assert within in watched.url


def test_as_known_on_shows_only_what_had_been_asserted(opened: Page) -> None:
    before = picture(opened)
    for _ in range(6):
        opened.keyboard.press("[")
    names(opened, "known=")
    changed(opened, before)


def test_a_date_typed_in_words_is_gone_to(opened: Page) -> None:
    opened.get_by_role("button", name="Go to date").click()
    field = opened.get_by_label("Go to date", exact=True).and_(opened.locator("input"))
    field.fill("summer")
    field.press("Enter")
    expect(field).to_have_attribute(
        "aria-invalid", "true", timeout=20_000
    )  # the words of dates are read first
    field.fill("summer 2005")
    field.press("Enter")
    names(opened, "from=200[45]-")


def test_escape_leaves_the_search_for_the_timeline(opened: Page) -> None:
    opened.keyboard.press("/")
    expect(opened.get_by_label("Search the sentences")).to_be_focused()
    opened.keyboard.press("Escape")
    expect(opened.locator(".tl-keys")).to_be_focused()


def test_a_dossier_too_large_for_marks_opens_with_counts_that_open_to_claims(
    watched: Page, live_server: object, dossier: Dossier, monkeypatch: pytest.MonkeyPatch
) -> None:
    limits = (("WHOLE", 0), ("SHORT_MOST", 12), ("LONG_MOST", 12), ("LONG_OF_FEW", 12))
    for name, most in limits:
        monkeypatch.setattr(marks_answer, name, most)
    watched.set_viewport_size({"width": 1240, "height": 820})
    watched.goto(f"{live_server.url}/dossiers/demo/")  # type: ignore[attr-defined]
    watched.wait_for_selector("#timeline[data-ready]")
    before = picture(watched)
    watched.mouse.move(*MIDDLE)
    with watched.expect_response(re.compile(r"marks\.json\?.*first=")):
        watched.mouse.wheel(0, -1200)
    changed(watched, before)


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
    pinched = changed(page, before)
    pan = {**point, "xDistance": -120, "yDistance": 0, "gestureSourceType": "touch"}
    hand.send("Input.synthesizeScrollGesture", pan)
    changed(page, pinched)
    assert page.evaluate("() => document.documentElement.scrollWidth <= innerWidth")
    page.keyboard.press("0")  # all in view, so that the first lane is the nearest
    keys(page)
    page.keyboard.press("End")
    page.keyboard.press("Enter")
    expect(page.locator("#panel .pbody")).to_be_visible()
    page.wait_for_function(
        """() => {
            const boxOf = (element) => element.getBoundingClientRect();
            const lane = boxOf(document.querySelector('#timeline .tl-lane-canvas'));
            return lane.top >= 0 && lane.bottom <= boxOf(document.querySelector('#panel')).top;
        }"""
    )
    context.close()


def test_a_claim_the_filters_leave_out_still_opens_by_its_address(
    watched: Page, live_server: object, dossier: Dossier
) -> None:
    denial = Claim.objects.filter(stance="denies").exclude(edtf=None).order_by("pk")[0]
    address = f"/dossiers/{dossier.slug}/?stance=asserts&claim={denial.public_id}"
    watched.goto(f"{live_server.url}{address}")  # type: ignore[attr-defined]
    watched.wait_for_selector("#panel mark.hl")
    assert denial.quote in " ".join(watched.locator("#panel").inner_text().split())


def test_a_claim_that_cannot_be_fetched_is_said_and_tried_again(
    page: Page, live_server: object, dossier: Dossier
) -> None:
    claim = Claim.objects.exclude(edtf=None).order_by("pk")[0]
    panels = re.compile(r"/claims/\d+/panel/")
    page.route(panels, lambda route: route.abort())
    page.goto(f"{live_server.url}/dossiers/{dossier.slug}/?claim={claim.public_id}")  # type: ignore[attr-defined]
    expect(page.locator("#panel [role=alert]")).to_contain_text("could not be fetched")
    page.unroute(panels)
    page.locator("#panel").get_by_role("button", name="Try again").click()
    page.wait_for_selector("#panel mark.hl")
