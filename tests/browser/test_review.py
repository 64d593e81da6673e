"""The review queue in Chromium, by keys alone: a curator's hour in a minute."""

from __future__ import annotations

import pytest

from tests.browser.test_admin_journey import axe_of, desk, log_in  # noqa: F401
from tests.timeline.desk import Desk
from timeline import curation
from timeline.models import Claim

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def start(page, live_server, desk: Desk) -> None:  # noqa: F811
    log_in(page, live_server, desk.curator, f"/admin/review/{desk.dossier.slug}/")
    page.locator("[data-form]").wait_for()


def current(page) -> int:
    return int(page.locator("[data-form]").get_attribute("data-claim"))


def state(public_id: int) -> str:
    return Claim.objects.get(public_id=public_id).review_state


def said(page, text: str) -> None:
    page.locator("[data-said]", has_text=text).wait_for()


def test_claims_are_decided_by_key_without_loading_a_page(watched, live_server, desk: Desk) -> None:  # noqa: F811
    page = watched
    start(page, live_server, desk)
    loads: list[str] = []
    page.on("framenavigated", lambda frame: loads.append(frame.url))
    first = current(page)
    assert axe_of(page) == []
    page.keyboard.press("a")
    said(page, "accepted")
    second = current(page)
    assert second != first
    page.keyboard.press("d")
    said(page, "dismissed")
    assert (state(first), state(second)) == ("accepted", "dismissed")
    assert page.locator("[data-left]").inner_text() == "4"
    page.keyboard.press("u")
    said(page, "Undone: dismiss")
    assert current(page) == second
    assert state(second) == "suggested"
    page.keyboard.press("u")
    said(page, "Undone: accept")
    assert current(page) == first
    assert (state(first), state(second)) == ("suggested", "suggested")
    assert page.locator("[data-undo] button").is_disabled()
    assert loads == []


def test_going_to_a_claim_never_decides_on_it(watched, live_server, desk: Desk) -> None:  # noqa: F811
    page = watched
    start(page, live_server, desk)
    first = current(page)
    seen = [first]
    for key in "jjk":
        page.keyboard.press(key)
        page.wait_for_function(
            "old => document.querySelector('[data-form]').dataset.claim != old", arg=str(seen[-1])
        )
        seen.append(current(page))
    assert seen[3] == seen[1]
    page.locator("[data-queue] a").last.click()
    page.wait_for_function(
        "old => document.querySelector('[data-form]').dataset.claim != old", arg=str(seen[-1])
    )
    assert not Claim.objects.exclude(review_state="suggested").exists()


def test_a_date_is_corrected_and_accepted_by_key(watched, live_server, desk: Desk) -> None:  # noqa: F811
    page = watched
    start(page, live_server, desk)
    claim = current(page)
    page.keyboard.press("e")
    page.keyboard.press("Control+a")
    # Letters typed into a field are no commands.
    page.keyboard.type("about March 2019")
    page.locator(".say b", has_text="about March 2019").wait_for()
    page.keyboard.press("Escape")
    page.keyboard.press("a")
    said(page, "accepted")
    row = Claim.objects.get(public_id=claim)
    assert (row.edtf, row.review_state) == ("2019-03~", "accepted")
    assert "edtf" in row.curated_fields
    waiting = page.locator(f"[data-queue] a[data-claim='{claim}'] b")
    assert waiting.text_content() == "about March 2019"
    page.keyboard.press("u")
    said(page, "Undone")
    assert waiting.text_content() != "about March 2019"


def test_notes_and_dates_that_follow_need_no_page_load(page, live_server, desk: Desk) -> None:  # noqa: F811
    first, second = desk.claim("14 June"), desk.claim("the same day")
    log_in(page, live_server, desk.curator, f"/admin/review/{desk.dossier.slug}/{first.public_id}/")
    page.keyboard.press("n")
    page.keyboard.type("Ask the harbour master.")
    page.get_by_role("button", name="Add the note").click()
    said(page, "Note added")
    page.locator("[data-notes]", has_text="Ask the harbour master.").wait_for()
    page.locator("[name=edtf]").fill("2017-06-14")
    page.get_by_role("button", name="Accept").click()
    said(page, "other dates hang on this one")
    page.locator(f"[name=follow][value='{second.pk}']").wait_for()
    page.keyboard.press("a")
    said(page, "accepted")
    assert Claim.objects.get(pk=second.pk).edtf == "2017-06-14"


def test_what_is_no_date_stays_on_the_screen(page, live_server, desk: Desk) -> None:  # noqa: F811
    start(page, live_server, desk)
    claim = current(page)
    page.locator("[name=edtf]").fill("2019-13")
    page.get_by_role("button", name="Save only").click()
    page.locator(".errorlist", has_text="there is no month 13").wait_for()
    assert current(page) == claim
    assert page.locator("[name=edtf]").input_value() == "2019-13"
    assert state(claim) == "suggested"


def test_two_curators_at_once_choose_field_by_field(page, live_server, desk: Desk) -> None:  # noqa: F811
    start(page, live_server, desk)
    claim = Claim.objects.get(public_id=current(page))
    curation.correct_claim(desk.owner, claim, curation.Correction(edtf="2015-01-01"), claim.version)
    page.locator("[name=edtf]").fill("2016-02")
    page.get_by_role("button", name="Save only").click()
    page.get_by_text("Somebody else changed this meanwhile").first.wait_for()
    row = page.locator(".sides tr", has_text="Date")
    assert "2015-01-01" in row.inner_text()
    assert "2016-02" in row.inner_text()
    row.locator("input[value=mine]").check()
    page.get_by_role("button", name="Save only").click()
    said(page, "saved")
    claim.refresh_from_db()
    assert claim.edtf == "2016-02"


def test_typed_text_survives_a_session_that_ran_out(page, live_server, desk: Desk) -> None:  # noqa: F811
    start(page, live_server, desk)
    claim = current(page)
    page.locator("[name=edtf]").fill("2016-02")
    page.context.clear_cookies(name="sessionid")
    page.get_by_role("button", name="Save only").click()
    said(page, "no longer logged in")
    assert page.locator("[name=edtf]").input_value() == "2016-02"
    tab = page.context.new_page()
    log_in(tab, live_server, desk.curator, "/admin/")
    page.get_by_role("button", name="Save only").click()
    said(page, "saved")
    assert Claim.objects.get(public_id=claim).edtf == "2016-02"


def test_on_a_phone_one_goes_on_by_touch_and_reaches_the_site(browser, live_server, desk: Desk) -> None:  # noqa: F811
    context = browser.new_context(viewport={"width": 390, "height": 844}, has_touch=True)
    page = context.new_page()
    start(page, live_server, desk)
    first = current(page)
    assert axe_of(page) == []
    page.get_by_role("link", name="Next").tap()
    page.wait_for_function(
        "old => document.querySelector('[data-form]').dataset.claim != old", arg=str(first)
    )
    assert state(first) == "suggested"
    page.goto(f"{live_server.url}/")
    page.get_by_text("Menu", exact=True).tap()
    page.get_by_role("link", name="Curation").tap()
    page.wait_for_url("**/admin/")
    context.close()


def test_the_queue_works_without_javascript_and_on_a_phone(browser, live_server, desk: Desk) -> None:  # noqa: F811
    context = browser.new_context(java_script_enabled=False, viewport={"width": 390, "height": 844})
    page = context.new_page()
    log_in(page, live_server, desk.curator, f"/admin/review/{desk.dossier.slug}/")
    first = current(page)
    page.get_by_role("button", name="Accept").click()
    page.locator("[data-form]").wait_for()
    assert current(page) != first
    assert state(first) == "accepted"
    page.get_by_role("button", name="Undo my last decision").click()
    assert current(page) == first
    assert state(first) == "suggested"
    context.close()


def decided_by_the_owner(desk: Desk, public_id: int) -> None:  # noqa: F811
    """Have somebody else set a claim's stance."""
    claim = Claim.objects.get(public_id=public_id)
    curation.correct_claim(desk.owner, claim, curation.Correction(stance="reports"), claim.version)


def test_undo_shows_what_another_decided_since_before_it_undoes(page, live_server, desk: Desk) -> None:  # noqa: F811
    start(page, live_server, desk)
    first = current(page)
    page.keyboard.press("a")
    said(page, "accepted")
    decided_by_the_owner(desk, first)
    page.keyboard.press("u")
    said(page, "Somebody decided on this claim since")
    both = page.locator("[data-undoing]")
    assert int(both.get_attribute("data-claim")) == first
    assert "Reports" in both.inner_text()
    # Keys that decide on a claim decide on none of two versions.
    page.keyboard.press("d")
    assert state(first) == "accepted"
    assert page.get_by_label("Suggested").is_checked()
    page.get_by_role("button", name="Do what is chosen").click()
    said(page, "Undone: accept")
    assert current(page) == first
    claim = Claim.objects.get(public_id=first)
    assert (claim.review_state, claim.stance) == ("suggested", "reports")


def test_undo_without_a_script_lists_what_was_decided_since(browser, live_server, desk: Desk) -> None:  # noqa: F811
    context = browser.new_context(java_script_enabled=False, color_scheme="dark")
    page = context.new_page()
    log_in(page, live_server, desk.curator, f"/admin/review/{desk.dossier.slug}/")
    first = current(page)
    page.locator("[data-form] button[value=accept]").click()
    decided_by_the_owner(desk, first)
    page.locator("[data-undo] button").click()
    assert "Somebody decided on this claim since" in page.locator("[role=alert]").inner_text()
    assert state(first) == "accepted"
    page.get_by_role("button", name="Do what is chosen").click()
    assert state(first) == "suggested"
    context.close()
