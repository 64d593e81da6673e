"""A day at the queue by keys alone, every one of them; and the same queue on a phone, by touch alone."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.browser.office import PASSWORD, Office, axe_of, dam  # noqa: F401
from timeline.models import Claim, Decision, Note

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

QUEUE = "/admin/review/ostrel-dam/"
PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}


def current(page: Page) -> int:
    return int(page.locator("[data-form]").get_attribute("data-claim") or 0)


def shows(page: Page, claim: Claim) -> None:
    expect(page.locator(f"[data-form][data-claim='{claim.public_id}']")).to_be_visible()


def says(page: Page, text: str) -> None:
    expect(page.locator("[data-said]")).to_contain_text(text)


def tab_to(page: Page, name: str) -> None:
    """Go on with Tab until what has the focus bears this name."""
    for _ in range(60):
        page.keyboard.press("Tab")
        focus = page.locator(":focus")
        if focus.count() and name in (focus.inner_text() or focus.get_attribute("aria-label") or ""):
            return
    raise AssertionError(f"Tab never came to “{name}”")


def state(claim: Claim) -> tuple[str | None, str, str]:
    claim.refresh_from_db()
    return claim.edtf, claim.stance, claim.review_state


def test_every_key_does_what_it_says_and_no_mouse_is_needed(dam: Office) -> None:  # noqa: F811
    claims = [dam.claim(words, ".pdf") for words in ("the past year", "14 July 2022", "8 August 2021")]
    past, july, august = claims
    page = dam.visitor()
    page.goto(f"/login/?next={QUEUE}{past.public_id}/?order=letter%26letter={past.letter.public_id}")
    tab_to_field(page, "username")
    page.keyboard.type("ada")
    page.keyboard.press("Tab")
    page.keyboard.type(PASSWORD)
    page.keyboard.press("Enter")
    shows(page, past)
    assert axe_of(page) == []
    loads: list[str] = []
    page.on("framenavigated", lambda frame: loads.append(frame.url))

    # P: the page of the file, marked. Pressed again, it is gone.
    page.keyboard.press("p")
    picture = page.locator(".page-beside img")
    expect(picture).to_be_visible()
    page.wait_for_function("() => document.querySelector('.page-beside img').naturalWidth > 0")
    page.keyboard.press("p")
    expect(picture).to_be_hidden()

    # E, V, S: date, voice, stance. What is typed there is no command; Escape leaves the field.
    page.keyboard.press("e")
    page.keyboard.type("about 2021")
    expect(page.locator(".rev-fields .say b")).to_have_text("about 2021")
    page.keyboard.press("Escape")
    page.keyboard.press("v")
    expect(page.get_by_label("Asserted by")).to_be_focused()
    page.keyboard.press("Escape")
    page.keyboard.press("s")
    expect(page.get_by_label("Stance")).to_be_focused()
    page.keyboard.type("Rep")
    page.keyboard.press("Escape")

    # N: a note, sent by Tab and Enter.
    page.keyboard.press("n")
    page.keyboard.type("add a date")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    says(page, "Note added.")
    assert Note.objects.get().text == "add a date"
    assert state(past) == ("2021-09~/2022-09", "asserts", "suggested")

    # A: accepted with what was typed, and the next one stands there. D dismisses it. U, U: both taken back.
    page.keyboard.press("a")
    says(page, "accepted")
    shows(page, july)
    assert state(past) == ("2021~", "reports", "accepted")
    page.keyboard.press("d")
    says(page, "dismissed")
    shows(page, august)
    assert state(july)[2] == "dismissed"
    page.keyboard.press("u")
    says(page, "Undone: dismiss")
    shows(page, july)
    page.keyboard.press("u")
    says(page, "Undone: correct")
    shows(page, past)
    assert (state(past)[2], state(july)[2]) == ("suggested", "suggested")

    # J and K only go; off, the keys do nothing.
    page.keyboard.press("j")
    shows(page, july)
    page.keyboard.press("j")
    shows(page, august)
    page.keyboard.press("k")
    shows(page, july)
    assert state(july)[2] == "suggested"

    # X: two claims of one. M and Enter: one of them is the other after all.
    before = Claim.objects.count()
    page.keyboard.press("x")
    says(page, "split")
    assert Claim.objects.count() == before + 1
    page.keyboard.press("m")
    expect(page.locator("[name=same]").first).to_be_focused()
    tab_to(page, "This is the same claim")
    page.keyboard.press("Enter")
    says(page, "merged")
    shows(page, august)
    assert "The same as claim" in Decision.objects.filter(action="merge").last().reason
    for undone in ("merge", "split"):
        page.keyboard.press("u")
        says(page, f"Undone: {undone}")
    shows(page, july)
    assert Claim.objects.filter(review_state="suggested").count() == before
    page.keyboard.press("j")
    shows(page, august)
    assert loads == []

    # O: the letter at this place.
    page.keyboard.press("o")
    page.wait_for_url(f"**/letters/{past.letter.public_id}/#claim-{august.public_id}")
    expect(page.locator(f"mark[data-claims~='{august.public_id}']").first).to_be_in_viewport()


def tab_to_field(page: Page, name: str) -> None:
    """Go on with Tab to the field of this name."""
    for _ in range(20):
        if page.locator(f"[name={name}]:focus").count():
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"Tab never came to the field {name}")


def test_what_is_typed_is_never_taken_for_commands(dam: Office) -> None:  # noqa: F811
    first = dam.claim("the past year", ".pdf")
    page = dam.sits_down("ada", f"{QUEUE}{first.public_id}/?order=letter")
    # The answer to what was saved comes while one writes a note: both stay.
    held: list = []
    page.route(f"**{QUEUE}{first.public_id}/?*", lambda route: held.append(route))
    page.get_by_label("Date").fill("about 2021")
    with page.expect_request(f"**{QUEUE}{first.public_id}/?*"):
        page.get_by_role("button", name="Save only").click()
    page.keyboard.press("n")
    page.keyboard.type("ask a")
    expect(page.locator("[data-said]")).to_be_empty()
    held.pop().continue_()
    says(page, "saved")
    page.keyboard.type("da about it")
    expect(page.get_by_label("New note")).to_have_value("ask ada about it")
    page.unroute_all()
    page.get_by_role("button", name="Add the note").click()
    says(page, "Note added.")
    # The form knows of its own saving: what is decided next is no conflict.
    page.get_by_role("button", name="Accept").click()
    says(page, "accepted")
    assert state(first) == ("2021~", "asserts", "accepted")
    # Switched off, keys are letters and nothing else.
    page.get_by_role("checkbox", name="Keys").uncheck()
    at = current(page)
    page.keyboard.press("a")
    page.keyboard.press("d")
    assert current(page) == at
    page.reload()
    assert Claim.objects.exclude(review_state="suggested").count() == 1
    expect(page.get_by_role("checkbox", name="Keys")).not_to_be_checked()


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_on_a_phone_claims_are_decided_by_touch(dam: Office, theme: str) -> None:  # noqa: F811
    page = dam.sits_down("ada", f"{QUEUE}?order=letter", color_scheme=theme, **PHONE)
    assert axe_of(page) == []
    width = "document.documentElement.scrollWidth"
    assert page.evaluate(width) <= 390
    first = Claim.objects.get(public_id=current(page))
    # The sentence stands first, and the buttons are at the thumb whatever is scrolled.
    expect(page.locator("mark.tx")).to_be_in_viewport()
    page.get_by_label("Date").scroll_into_view_if_needed()
    accept = page.get_by_role("button", name="Accept")
    expect(accept).to_be_in_viewport()
    for button in page.locator(".rev-do button").all():
        assert (button.bounding_box() or {"height": 0})["height"] >= 40
    page.get_by_label("Date").fill("late June 2021")
    expect(page.locator(".rev-fields .say b")).to_have_text("late June 2021")
    accept.tap()
    says(page, "accepted")
    assert current(page) != first.public_id
    # The next sentence stands on the screen, not somewhere below it.
    expect(page.locator("mark.tx")).to_be_in_viewport()
    second = Claim.objects.get(public_id=current(page))
    page.get_by_role("button", name="Dismiss").tap()
    says(page, "dismissed")
    page.get_by_role("button", name="Undo my last decision").tap()
    says(page, "Undone: dismiss")
    assert current(page) == second.public_id
    page.get_by_role("link", name="Previous").tap()
    shows(page, first)
    assert state(first)[2] == "accepted"
    page.get_by_role("link", name="open the letter here").tap()
    page.wait_for_url("**/letters/**")
    assert page.evaluate(width) <= 390
