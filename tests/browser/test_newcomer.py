"""A newcomer’s whole way: a sample, a sentence, its letter, a correction; then a letter of one’s own."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.core.management import call_command
from playwright.sync_api import Page, expect

from documents.management.commands.create_dev_curator import NAME, PASSWORD
from documents.models import Dossier, Letter
from timeline.models import Claim

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

OWN = """The Minister of Foreign Affairs of Drossia to the Ambassador of Pelloria

Dross, 9 May 1966

Excellency,

On 14 June 1965 Pelloria closed the harbour of Irvan. It was opened again on the following day. Pelloria
asserts that it was never closed in June 1965.

Accept, Excellency, the assurances of my highest consideration.

Edmund Karsh
Minister of Foreign Affairs
"""


@pytest.fixture
def site(live_server: object, settings: object) -> str:
    """Return the address of a site as ``make run`` leaves it: samples loaded, a curator to log in as."""
    settings.DEBUG = True  # type: ignore[attr-defined]
    call_command("load_samples")
    call_command("create_dev_curator")
    settings.DEBUG = False  # type: ignore[attr-defined]
    return live_server.url  # type: ignore[attr-defined]


def open_timeline(page: Page, address: str) -> None:
    """Open a timeline and wait until its marks are drawn."""
    page.goto(address)
    page.wait_for_selector("#timeline[data-ready]")


def log_in(page: Page, site: str) -> None:
    """Log in as the curator that ``make run`` names."""
    page.goto(f"{site}/login/")
    page.get_by_label("Name", exact=True).fill(NAME)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Log in").click()
    expect(page.get_by_text(NAME).first).to_be_visible()


def key_of(page: Page) -> int:
    """Return the public number of the claim that the panel shows, from the link to its letter."""
    href = page.locator("#panel").get_by_role("link", name="Open in letter").get_attribute("href")
    assert href
    return int(href.split("#claim-")[1])


def test_from_a_sample_to_its_sentence_its_letter_and_a_correction(watched: Page, site: str) -> None:
    page = watched
    page.set_viewport_size({"width": 1440, "height": 900})
    page.goto(site)
    page.get_by_role("link", name="The Ostrel Dam and the flood of June 2021").first.click()
    page.wait_for_selector("#timeline[data-ready]")
    everything = page.locator(".filters .count").inner_text()

    # A filter: what Denies leaves stands in the address, and Back brings the rest back.
    page.locator("summary", has_text="Stance").click()
    page.locator("input[name=stance][value=denies]").check()
    page.locator(".filters details[open]").get_by_role("button", name="Show").click()
    expect(page).to_have_url(re.compile("stance=denies"))
    page.wait_for_selector("#timeline[data-ready]")
    expect(page.locator(".filters .count")).not_to_have_text(everything)
    filtered = page.url

    # A mark by keyboard, its sentence in the panel.
    page.locator(".tl-keys").focus()
    page.keyboard.press("Home")
    page.keyboard.press("Enter")
    panel = page.locator("#panel")
    expect(panel.locator("mark.hl").first).to_be_visible()
    claim = Claim.objects.select_related("letter", "lane_party").get(public_id=key_of(page))
    assert claim.stance == "denies"
    sentence = "".join(panel.locator("mark.hl").all_inner_texts())
    assert sentence.split() == claim.quote.split()
    expect(panel.get_by_text("Why this date")).to_be_visible()

    # The letter, at that place.
    panel.get_by_role("link", name="Open in letter").click()
    expect(page).to_have_url(re.compile(rf"/letters/{claim.letter.public_id}/#claim-{claim.public_id}$"))
    marked = page.locator(f"mark[data-claims~='{claim.public_id}']")
    expect(marked.first).to_be_in_viewport()
    assert claim.quote.split()[0] in "".join(marked.all_inner_texts())

    # The admin: the curator sets another date, and the timeline shows it.
    log_in(page, site)
    page.goto(f"{site}/claims/{claim.public_id}/")
    page.get_by_role("link", name="Correct").click()
    date = page.locator("#id_edtf")
    date.fill("2021-13")
    expect(page.get_by_text("there is no month 13")).to_be_visible()
    date.fill("3 March 2020")
    expect(page.get_by_text(re.compile(r"Understood as 3 March 2020"))).to_be_visible()
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_text("was changed")).to_be_visible()
    claim.refresh_from_db()
    assert claim.edtf == "2020-03-03"
    assert "edtf" in claim.curated_fields
    open_timeline(page, f"{filtered}&claim={claim.public_id}")
    expect(page.locator("#panel")).to_contain_text("3 March 2020")
    call_command("extract", "--dossier", "ostrel-dam")
    open_timeline(page, f"{site}/dossiers/ostrel-dam/?claim={claim.public_id}")
    expect(page.locator("#panel")).to_contain_text("3 March 2020")


def bring(page: Page, site: str, title: str) -> None:
    """Open the page on which letters are brought, for a new dossier."""
    page.goto(f"{site}/ingest/")
    page.get_by_label("Dossier", exact=True).select_option(label="A new dossier")
    page.get_by_label("Title of the new dossier").fill(title)


def follow(page: Page, title: str) -> None:
    """Follow a letter just brought to its page, to its timeline, and to a sentence."""
    page.get_by_role("link", name="Open the letter").first.click()
    expect(page.locator("mark.hl").first).to_be_visible()
    page.get_by_role("link", name="On the timeline").click()
    page.wait_for_selector("#timeline[data-ready]")
    page.locator(".tl-keys").focus()
    page.keyboard.press("Home")
    page.keyboard.press("Enter")
    expect(page.locator("#panel mark.hl").first).to_be_visible()
    claim = Claim.objects.get(public_id=key_of(page))
    assert claim.dossier.title == title
    assert claim.letter.text[claim.start : claim.end] == claim.quote


@pytest.fixture
def real(shared: Path) -> Path:
    """Return the letter that the product is drawn from."""
    return shared / "letters" / "seed-s-2024.txt"


def test_a_letter_of_ones_own_by_upload(watched: Page, site: str, tmp_path: Path) -> None:
    file = tmp_path / "harbour.txt"
    file.write_text(OWN, encoding="utf-8")
    log_in(watched, site)
    bring(watched, site, "The harbour")
    watched.locator("input[type=file]").set_input_files(str(file))
    if watched.locator("[data-results] li").count() == 0:
        watched.get_by_role("button", name="Add", exact=True).click()
    wanting = watched.get_by_role("link", name="Look at the letterhead of harbour.txt")
    expect(wanting.or_(watched.get_by_role("link", name="Open the letter")).first).to_be_visible()
    if wanting.count():
        # Drossia is a party of another dossier: here nobody knows it yet, so a person says who writes.
        wanting.click()
        watched.get_by_label("Sender", exact=True).fill("Drossia")
        watched.get_by_role("button", name="Store the letter").click()
    follow(watched, "The harbour")
    letter = Letter.objects.get(file_name="harbour.txt")
    assert {"1965-06-14", "1965-06-15"} <= set(letter.claims.values_list("edtf", flat=True))


@pytest.mark.yardstick
def test_the_real_letter_by_upload(watched: Page, site: str, real: Path) -> None:
    log_in(watched, site)
    bring(watched, site, "By upload")
    watched.locator("input[type=file]").set_input_files(str(real))
    if watched.locator("[data-results] li").count() == 0:
        watched.get_by_role("button", name="Add", exact=True).click()
    follow(watched, "By upload")


@pytest.mark.yardstick
def test_the_real_letter_by_paste(watched: Page, site: str, real: Path) -> None:
    log_in(watched, site)
    bring(watched, site, "By paste")
    watched.locator("summary", has_text="Paste text").click()
    watched.get_by_label("The whole letter, with its date and sender").fill(real.read_text(encoding="utf-8"))
    watched.get_by_role("button", name="Add", exact=True).click()
    follow(watched, "By paste")
    letter = Dossier.objects.get(title="By paste").letters.get()
    assert letter.file is None
    assert {"2020-11-10", "2024-04-19", "2023-09-19"} <= set(letter.claims.values_list("edtf", flat=True))
