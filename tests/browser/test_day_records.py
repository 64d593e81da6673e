"""A day over the records: issues and notes, the log, what was decided taken back, how good the machine is."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.office import Office, axe_of, light  # noqa: F401
from timeline import curation
from timeline.curation import Correction
from timeline.models import Claim

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

QUEUE = "/admin/review/cape-irvan/"
ISSUE, NOTE = "Question of the pilots", "Ask the lighthouse keeper."


def desk_page(page: Page, name: str) -> None:
    """Go from the queue to a page of the desk."""
    page.goto(QUEUE)
    page.get_by_role("link", name="Desk", exact=True).click()
    page.get_by_role("link", name=name, exact=True).click()


def test_issues_and_notes_narrow_the_work_and_no_reader_sees_them(light: Office) -> None:  # noqa: F811
    claim = light.claim("20 October", "1963-11-21")
    page = light.sits_down("ada", f"{QUEUE}{claim.public_id}/")
    page.get_by_text("Event, issues, why").click()
    page.get_by_label("Issues").fill(ISSUE)
    page.get_by_role("button", name="Save only").click()
    expect(page.locator("[data-said]")).to_contain_text("saved")
    page.keyboard.press("n")
    page.keyboard.type(NOTE)
    page.get_by_role("button", name="Add the note").click()
    expect(page.locator("[data-said]")).to_have_text("Note added.")

    # Both narrow the queue.
    page.goto(QUEUE)
    page.get_by_label("Issue", exact=True).select_option(label=ISSUE)
    page.get_by_label("With notes").check()
    page.get_by_role("button", name="Show").click()
    expect(page.locator("[data-queue] li")).to_have_count(1)
    expect(page.locator("[data-form]")).to_have_attribute("data-claim", str(claim.public_id))

    # The letter bears the issue and a note as well.
    page.goto(f"/admin/documents/letter/{claim.letter_id}/change/")
    page.get_by_label("Issues").fill(ISSUE)
    page.get_by_role("button", name="Save and continue editing").click()
    expect(page.locator(".messagelist")).to_be_visible()
    page.get_by_text("Notes", exact=True).click()
    page.get_by_label("New note").fill("The telegram is missing.")
    page.get_by_role("button", name="Add the note").click()
    expect(page.locator("#notes")).to_contain_text("The telegram is missing.")

    # The desk tells of all of them, and leads to the lists narrowed by them.
    desk_page(page, "Issues and notes")
    assert axe_of(page) == []
    row = page.get_by_role("row", name=ISSUE)
    assert row.get_by_role("cell").all_inner_texts()[:2] == ["1", "1"]
    expect(page.locator("tbody").last).to_contain_text(NOTE)
    row.get_by_role("link", name="1").first.click()
    expect(page.locator("#result_list tbody tr")).to_have_count(1)
    page.goto("/admin/timeline/claim/?noted=yes")
    expect(page.locator("#result_list tbody tr")).to_have_count(1)

    # Rita reads everything of the dossier, and neither is in any of it.
    rita = light.sits_down("rita", "/")
    for address in (
        "/dossiers/cape-irvan/",
        f"/letters/{claim.letter.public_id}/",
        f"/claims/{claim.public_id}/",
        f"/claims/{claim.public_id}/panel/",
        "/dossiers/cape-irvan/search/?q=keeper",
    ):
        rita.goto(address)
        assert not [word for word in (ISSUE, NOTE, "The telegram is missing") if word in rita.content()]


def test_what_was_decided_is_taken_back_and_the_log_tells_all(light: Office, tmp_path: Path) -> None:  # noqa: F811
    claim = light.claim("17 October")
    page = light.sits_down("ada", f"/admin/timeline/claim/{claim.pk}/change/")
    for date, stance, why in (("18 October 1963", "Asserts", "The log of the Halda"), ("1962", "Denies", "")):
        page.get_by_label("Date:").fill(date)
        page.get_by_label("Stance").select_option(label=stance)
        page.get_by_label("Why").fill(why)
        page.get_by_role("button", name="Save and continue editing").click()
        expect(page.locator(".messagelist")).to_be_visible()
    page.get_by_role("link", name="History").click()
    assert axe_of(page) == []
    rows = page.locator("table.decisions tbody tr")
    expect(rows).to_have_count(2)
    expect(rows.nth(0)).to_contain_text("18 October 1963 → 1962")
    expect(rows.nth(1)).to_contain_text("The log of the Halda")

    # Back to how it stood after the first, once that was shown; and that, too, can be undone.
    rows.nth(1).get_by_role("button", name="Go back to entry").click()
    expect(page.get_by_role("row", name="Date")).to_contain_text("18 October 1963")
    assert axe_of(page) == []
    assert values(claim) == ("1962", "denies")
    page.get_by_role("button", name="Go ahead").click()
    expect(page.locator(".messagelist")).to_contain_text("This too stands in the history")
    assert values(claim) == ("1963-10-18", "asserts")
    expect(rows).to_have_count(3)
    rows.nth(0).get_by_role("button", name="Undo entry").click()
    expect(rows).to_have_count(4)
    assert values(claim) == ("1962", "denies")

    # On a phone nothing of it lies beyond the edge, and the ways back are within reach of a thumb.
    page.set_viewport_size({"width": 390, "height": 844})
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    expect(rows.nth(0).get_by_role("button", name="Go back to entry")).to_be_in_viewport()
    assert axe_of(page) == []
    page.set_viewport_size({"width": 1280, "height": 800})

    # Ben dismisses another one; the log of the dossier is narrowed to what Ada did to claims, and given out.
    curation.dismiss_claim(light.people["ben"], light.claim("6 May 1871"), None, "A treaty, cited.")
    desk_page(page, "Log")
    assert axe_of(page) == []
    log = page.locator("table.decisions tbody tr")
    expect(log.first).to_contain_text("A treaty, cited.")
    page.get_by_label("Who").select_option("ada")
    page.get_by_label("On", exact=True).select_option("Claims")
    page.get_by_role("button", name="Show").click()
    expect(log).to_have_count(4)
    page.get_by_label("What").select_option("correct")
    page.get_by_role("button", name="Show").click()
    expect(log).to_have_count(2)
    lines = exported(page, page.get_by_role("link", name="Export as CSV"), tmp_path)
    table = list(csv.DictReader(lines))
    assert [row["reason"] for row in table] == ["The log of the Halda", ""]
    assert {row["user_name"] for row in table} == {"ada"}
    lines = exported(page, page.get_by_role("link", name="Export as JSON lines"), tmp_path)
    assert json.loads(lines[0])["hash"]
    # On that day nothing happened.
    page.get_by_label("To").fill("1999-12-31")
    page.get_by_role("button", name="Show").click()
    expect(page.get_by_text("The log has no such entry.")).to_be_visible()


def test_how_often_the_machine_was_right_is_measured_and_said(light: Office) -> None:  # noqa: F811
    ada = light.people["ada"]
    right = list(Claim.objects.filter(basis="explicit").exclude(edtf=None).order_by("pk")[:8])
    for claim in right:
        curation.accept_claim(ada, claim, None)
    for words in ("29 October", "the 15th"):
        wrong = light.claim(words)
        curation.correct_claim(ada, wrong, Correction(edtf="1901", review_state="accepted"), wrong.version)
    curation.dismiss_claim(ada, light.claim("20 October", "1963-11-21"), None)
    page = light.sits_down("ben", "/")
    page.get_by_role("link", name=light.dossier.title).click()
    expect(page.locator(".facts")).to_contain_text("Dates here: 8 of 10 confirmed without change")
    desk_page(page, "Reliability")
    assert axe_of(page) == []
    whole = page.get_by_role("row", name="The dossier").get_by_role("cell").all_inner_texts()
    assert whole[0].endswith("10 of 11")
    # Wilson's interval for 8 of 10.
    assert whole[1] == "80 % (49 to 94 %), 8 of 10"
    expect(page.get_by_role("row", name="Written out")).to_contain_text("8 of 8")
    expect(page.get_by_role("row", name="Worked out from an earlier date")).to_contain_text("0 of 1")
    expect(page.locator("tbody").last).to_contain_text("English")


def values(claim: Claim) -> tuple[str | None, str]:
    claim.refresh_from_db()
    return claim.edtf, claim.stance


def exported(page: Page, link: Locator, folder: Path) -> list[str]:
    """Return the lines of what a link downloads."""
    with page.expect_download() as download:
        link.click()
    path = folder / download.value.suggested_filename
    download.value.save_as(path)
    return path.read_text(encoding="utf-8").splitlines()


@pytest.mark.parametrize("script", [True, False])
def test_what_another_decided_since_is_shown_beside_what_goes_back(light: Office, script: bool) -> None:  # noqa: F811
    """By keys alone, with a script and without, and in the dark."""
    claim, ada = light.claim("17 October"), light.people["ada"]
    entry = curation.correct_claim(ada, claim, Correction(edtf="1962", stance="denies"), None).decision
    assert entry is not None
    history = f"/admin/timeline/claim/{claim.pk}/history/"
    page = light.sits_down("ada", history, java_script_enabled=script, color_scheme="dark")
    curation.correct_stance(light.people["ben"], claim, "reports", None)
    button = page.get_by_role("button", name=f"Undo entry {entry.number}")
    button.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Somebody decided on this since")).to_be_visible()
    expect(page.get_by_role("row", name="ben")).to_contain_text("Denies → Reports")
    stance = page.get_by_role("row", name="Stance").get_by_role("radio")
    expect(stance.nth(0)).to_be_checked()
    expect(page.get_by_role("row", name="Date").get_by_role("radio").nth(1)).to_be_checked()
    if script:
        assert axe_of(page) == []
    assert values(claim) == ("1962", "reports")
    stance.nth(0).focus()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Enter")
    expect(page.locator(".messagelist")).to_contain_text("This too stands in the history")
    assert values(claim) == ("1963-10-17", "asserts")
