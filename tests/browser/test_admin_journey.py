"""A curator's way through the admin, in Chromium: log in, find a claim, correct it, see that it holds."""

from __future__ import annotations

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.contrib.auth.models import User

from tests.timeline.desk import LETTER, Desk, build_desk
from timeline.models import Claim
from timeline.recording import record_letter

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def desk(transactional_db: None) -> Desk:
    desk = build_desk()
    for user in User.objects.all():
        user.set_password("pw")
        user.save()
    return desk


def log_in(page, live_server, user: User, address: str) -> None:
    page.goto(f"{live_server.url}{address}")
    page.locator("[name=username]").fill(user.username)
    page.locator("[name=password]").fill("pw")
    page.locator("[name=password]").press("Enter")
    page.wait_for_url(f"**{address}")


def axe_of(page) -> list[str]:
    # Without preloading: axe would write imported style sheets into the page, which the policy forbids.
    found = Axe().run(page, options={"preload": False}).response["violations"]
    return [f"{v['id']}: {v['nodes'][0]['html'][:160]}" for v in found]


def test_a_claim_is_found_corrected_and_survives_a_new_reading(watched, live_server, desk: Desk) -> None:
    page = watched
    log_in(page, live_server, desk.curator, "/admin/")
    page.get_by_role("link", name="Claims", exact=True).click()
    page.locator("#searchbar").fill("left the area")
    page.locator("#searchbar").press("Enter")
    page.locator("#result_list tbody a").first.click()
    assert page.locator("mark.tx").inner_text() == "3 March 2018"
    field = page.locator("#id_edtf")
    field.fill("2019-13")
    page.get_by_text("there is no month 13").wait_for()
    field.fill("3 March 2019")
    page.locator(".say b", has_text="3 March 2019").wait_for()
    assert axe_of(page) == []
    page.locator("input[name=_save]").click()
    page.locator(".messagelist").wait_for()
    claim = desk.claim("3 March")
    assert (claim.edtf, "edtf" in claim.curated_fields) == ("2019-03-03", True)
    record_letter(desk.letter)
    claim.refresh_from_db()
    assert claim.edtf == "2019-03-03"


def test_letters_are_brought_by_file_and_by_paste(watched, live_server, desk: Desk, tmp_path) -> None:
    page = watched
    files = []
    for name, text in (
        ("one.txt", LETTER.replace("14 June", "13 June")),
        ("empty.txt", ""),
        ("note.txt", "Note verbale\n\nOn 14 September Averland closed the strait.\n"),
    ):
        (tmp_path / name).write_text(text, encoding="utf-8")
        files.append(str(tmp_path / name))
    log_in(page, live_server, desk.curator, "/ingest/")
    page.locator("#id_files").set_input_files(files)
    page.get_by_role("button", name="Add", exact=True).click()
    page.get_by_text("3 of 3 read").wait_for()
    assert page.locator(".files li.stored").count() == 1
    assert "empty.txt: not stored. The file is empty." in page.locator(".files li.failed").inner_text()
    assert axe_of(page) == []
    page.get_by_role("link", name="Look at the letterhead of note.txt").click()
    page.get_by_label("Sender’s own date").fill("20 May 2021")
    page.locator(".say b", has_text="20 May 2021").wait_for()
    page.get_by_label("Sender", exact=True).fill("Norvania")
    assert axe_of(page) == []
    page.get_by_role("button", name="Store the letter").click()
    page.get_by_text("note.txt: stored").wait_for()
    page.get_by_text("Paste text").click()
    page.locator("#id_text").fill(LETTER.replace("14 June", "12 June"))
    page.get_by_role("button", name="Add", exact=True).click()
    page.get_by_text("Pasted text: stored").wait_for()
    assert Claim.objects.filter(edtf="2020-09-14").exists()
    assert Claim.objects.filter(edtf="2018-06-12").exists()


def test_without_javascript_the_date_is_checked_on_saving(browser, live_server, desk: Desk) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    address = f"/admin/timeline/claim/{desk.claim('3 March').pk}/change/"
    log_in(page, live_server, desk.curator, address)
    page.locator("#id_edtf").fill("2019-13")
    page.locator("input[name=_save]").click()
    page.get_by_text("there is no month 13").wait_for()
    page.locator("#id_edtf").fill("March 2019")
    page.locator("input[name=_save]").click()
    page.locator(".messagelist").wait_for()
    assert desk.claim("3 March").edtf == "2019-03"
    context.close()


@pytest.mark.parametrize("width", [1440, 1024, 390])
def test_no_page_of_the_desk_scrolls_sideways_or_breaks_the_policy(
    watched, live_server, desk: Desk, width: int
) -> None:
    page = watched
    page.set_viewport_size({"width": width, "height": 900})
    log_in(page, live_server, desk.owner, "/admin/")
    claim, letter = desk.claim("3 March"), desk.letter
    for address in (
        "/admin/",
        "/ingest/",
        "/admin/review/",
        f"/admin/review/{desk.dossier.slug}/",
        f"/admin/timeline/claim/{claim.pk}/change/",
        f"/admin/timeline/claim/{claim.pk}/history/",
        f"/admin/documents/letter/{letter.pk}/change/",
        f"/admin/documents/dossier/{desk.dossier.pk}/change/",
    ):
        page.goto(f"{live_server.url}{address}")
        assert page.evaluate("document.documentElement.scrollWidth") <= width, address
