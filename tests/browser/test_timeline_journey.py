"""The way of a reader: timeline, filter, row or mark, sentence, letter, and back; by hand and by keys."""

from __future__ import annotations

import re
from urllib.parse import parse_qs, urlsplit

import pytest
from django.conf import settings as project
from playwright.sync_api import Page, expect

from documents.models import Dossier
from documents.samples import load_dossier
from timeline.models import Claim

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PHONE = {"width": 390, "height": 844}
NOTES = "[...document.querySelectorAll('.notes .note')].map(n => n.getBoundingClientRect())"
APART = f"() => {NOTES}.every((b, i, all) => i === 0 || b.top >= all[i - 1].bottom - 1)"


@pytest.fixture
def dossier() -> Dossier:
    """Return the first sample dossier, its claims as the product itself reads them."""
    loaded = load_dossier(project.SAMPLES_DIR / "ostrel-dam")
    assert loaded
    return loaded.dossier


@pytest.fixture
def opened(watched: Page, live_server: object, dossier: Dossier) -> Page:
    """Return the dossier's timeline, ready."""
    watched.set_viewport_size({"width": 1440, "height": 900})
    watched.goto(f"{live_server.url}{dossier.get_absolute_url()}")  # type: ignore[attr-defined]
    ready(watched)
    return watched


def ready(page: Page) -> None:
    page.wait_for_selector("#timeline[data-ready]")


def asked(page: Page, name: str) -> list[str]:
    """Return what the address asks for under a name."""
    return parse_qs(urlsplit(page.url).query).get(name, [])


def choose(page: Page, label: str, value: str) -> None:
    """Open a filter, tick a value, show."""
    facet = page.locator("details.facet", has=page.locator("summary", has_text=label))
    facet.locator("summary").click()
    facet.get_by_role("checkbox", name=re.compile(value)).check()
    facet.get_by_role("button", name="Show").click()
    page.wait_for_selector("#main > .wrap:not([aria-busy]) #timeline[data-ready]")


def test_from_the_timeline_to_the_sentence_to_the_letter_and_back(opened: Page, dossier: Dossier) -> None:
    page = opened
    choose(page, "Stance", "Rejects the wording")
    assert asked(page, "stance") == ["rejects-wording"]
    found = Claim.objects.filter(stance="rejects-wording").count()
    expect(page.get_by_role("status")).to_contain_text(f"{found} of ")
    claim = Claim.objects.filter(stance="rejects-wording").exclude(edtf=None).by_date()[0]
    page.locator(f'a[data-open-claim="{claim.public_id}"]').first.click()
    expect(page.locator("#panel mark.hl").first).to_be_visible()
    assert "".join(page.locator("#panel mark.hl").all_text_contents()) == claim.quote
    expect(page.locator("#panel")).to_contain_text("and rejects the wording")
    assert asked(page, "claim") == [str(claim.public_id)]
    address = page.url
    page.locator("#panel").get_by_role("link", name="Open in letter").click()
    page.wait_for_url(f"**/letters/*/#claim-{claim.public_id}")
    expect(page.locator(".note.on")).to_have_attribute("data-note", str(claim.public_id))
    expect(page.locator(".hl.on").first).to_be_in_viewport()
    page.go_back()
    ready(page)
    assert page.url == address
    expect(page.locator("#panel mark.hl").first).to_be_visible()
    assert asked(page, "stance") == ["rejects-wording"]


def test_a_mark_opens_its_sentence(opened: Page) -> None:
    page = opened
    page.locator(".tl-keys").focus()
    page.keyboard.press("ArrowRight")
    expect(page.locator(".tl-say")).not_to_be_empty()
    page.keyboard.press("Enter")
    expect(page.locator("#panel mark.hl").first).to_be_visible()
    shown = "".join(page.locator("#panel mark.hl").all_text_contents())
    assert Claim.objects.get(public_id=asked(page, "claim")[0]).quote == shown
    page.keyboard.press("Escape")
    expect(page.locator("#panel")).to_be_hidden()


def test_by_keys_alone_a_filter_is_set_and_lifted(opened: Page) -> None:
    page = opened
    page.locator("details.facet summary", has_text="Stance").focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    page.keyboard.press("Enter")
    page.wait_for_url("**stance=*")
    ready(page)
    chip = page.locator("a.chip").first
    chip.focus()
    page.keyboard.press("Enter")
    page.wait_for_url(lambda url: "stance=" not in url)
    ready(page)


def test_escape_closes_a_filter_and_gives_the_focus_back(opened: Page) -> None:
    page = opened
    summary = page.locator("details.facet summary", has_text="Party")
    summary.click()
    page.keyboard.press("Tab")
    page.keyboard.press("Escape")
    expect(page.locator("details.facet[open]")).to_have_count(0)
    expect(summary).to_be_focused()


def test_a_filter_keeps_the_window_and_the_claim(opened: Page) -> None:
    page = opened
    page.goto(page.url + "?from=2021-01-01&to=2022-12-31")
    ready(page)
    lane = Claim.objects.filter(lane_party__name="Lethmark").select_related("lane_party")[0].lane_party
    page.locator(f'[data-in-lane="{lane.public_id}"] a[data-open-claim]').first.click()
    expect(page.locator("#panel mark.hl").first).to_be_visible()
    claim = asked(page, "claim")
    choose(page, "Party", "Lethmark")
    assert asked(page, "from") == ["2021-01-01"]
    assert asked(page, "to") == ["2022-12-31"]
    assert asked(page, "claim") == claim


def test_the_same_link_shows_the_same_view(opened: Page, browser: object) -> None:
    page = opened
    choose(page, "Stance", "Denies")
    page.locator("a[data-open-claim]").first.click()
    expect(page.locator("#panel .pdate")).to_be_visible()
    said, count = page.locator("#panel .pdate").inner_text(), page.get_by_role("status").inner_text()
    other = page.context.new_page()
    other.goto(page.url)
    ready(other)
    expect(other.locator("#panel .pdate")).to_have_text(said)
    expect(other.get_by_role("status")).to_have_text(count)


def test_on_a_phone_the_sheet_leaves_the_lane_in_sight(opened: Page) -> None:
    page = opened
    page.set_viewport_size(PHONE)
    page.goto(page.url)
    ready(page)
    row = page.locator("tr[data-claim]:has(a[data-open-claim])").nth(5)
    lane = row.get_attribute("data-in-lane")
    row.locator("a[data-open-claim]").click()
    expect(page.locator("#panel mark.hl").first).to_be_visible()
    page.wait_for_function(
        """lane => {
            const head = document.querySelector(`[data-lane="${lane}"] .lhead`).getBoundingClientRect();
            return head.top >= 0 && head.top < document.getElementById('panel').getBoundingClientRect().top;
        }""",
        arg=lane,
    )
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]


def test_without_a_script_the_list_leads_to_claim_and_letter(
    browser: object, live_server: object, dossier: Dossier
) -> None:
    context = browser.new_context(java_script_enabled=False)  # type: ignore[attr-defined]
    page = context.new_page()
    page.goto(f"{live_server.url}{dossier.get_absolute_url()}?stance=denies")  # type: ignore[attr-defined]
    expect(page.locator("#timeline")).to_be_hidden()
    page.locator(".tbl td.d a").first.click()
    expect(page.locator("mark.hl").first).to_be_visible()
    page.get_by_role("link", name="Open in letter").click()
    note = page.locator(".note").first
    expect(note).to_be_visible()
    assert "#claim-" in page.url
    context.close()


def test_letter_keys_go_from_claim_to_claim(watched: Page, live_server: object, dossier: Dossier) -> None:
    letter = dossier.letters.order_by("own_day")[0]
    watched.set_viewport_size({"width": 1440, "height": 700})
    watched.goto(f"{live_server.url}{letter.get_absolute_url()}")  # type: ignore[attr-defined]
    watched.wait_for_selector(".sheet[data-placed]")
    notes = watched.locator(".notes .note")
    for place in range(3):
        watched.keyboard.press("j")
        expect(notes.nth(place)).to_have_class(re.compile(r"\bon\b"))
    watched.keyboard.press("k")
    expect(notes.nth(1)).to_have_class(re.compile(r"\bon\b"))
    expect(watched.locator(".hl.on").first).to_be_in_viewport()


def test_notes_in_the_margin_do_not_lie_on_one_another(
    watched: Page, live_server: object, dossier: Dossier
) -> None:
    for width in (1440, 1024):
        watched.set_viewport_size({"width": width, "height": 900})
        for letter in dossier.letters.all():
            watched.goto(f"{live_server.url}{letter.get_absolute_url()}")  # type: ignore[attr-defined]
            watched.wait_for_selector(".sheet")
            watched.evaluate("document.fonts.ready")
            watched.wait_for_function(APART)
            rights = watched.evaluate(f"{NOTES}.map(b => b.right)")
            assert all(right <= width for right in rights)
