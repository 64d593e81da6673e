"""The pictures of the curators' handbook (``docs/curation.md``), taken on the way that it describes."""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import Browser, Page

SLUG = "ostrel-dam"
# As ``manage.py serve`` prints them.
NAME, PASSWORD = "curator", "claimline"
# Words of the sample's first letter that gave no claim.
NEW_WORDS = "not one announcement was made"


def shoot_desk(browser: Browser, site: str, folder: Path) -> None:
    """Log in as the development curator and write a picture of each thing that the handbook tells of."""
    page = browser.new_page(viewport={"width": 1280, "height": 800}, color_scheme="light")
    page.goto(f"{site}/admin/review/{SLUG}/?order=letter")
    page.locator("[name=username]").fill(NAME)
    page.locator("[name=password]").fill(PASSWORD)
    page.locator("[name=password]").press("Enter")
    page.locator(".say b").first.wait_for()
    page.screenshot(path=folder / "curation-queue.png")
    _correct_a_date(page, folder)
    _history(page, folder)
    _letter(page, site, folder)
    page.close()


def _correct_a_date(page: Page, folder: Path) -> None:
    """By keys, as the handbook says: E, a date in words, Escape."""
    page.keyboard.press("e")
    page.keyboard.press("Control+a")
    page.keyboard.type("early June 2021")
    page.locator(".say b", has_text="early June 2021").wait_for()
    page.keyboard.press("Escape")
    page.locator(".rev-fields").screenshot(path=folder / "curation-date.png")


def _history(page: Page, folder: Path) -> None:
    """Accept what was corrected, go back to it and open its history."""
    decided = page.locator("[data-form]").get_attribute("data-claim")
    page.keyboard.press("a")
    page.locator("[data-said]", has_text="accepted").wait_for()
    page.locator(f"[data-queue] a[data-claim='{decided}']").click()
    page.locator(f"[data-form][data-claim='{decided}']").wait_for()
    page.locator(".rev-fields").get_by_role("link", name="history").click()
    page.locator("table.decisions").wait_for()
    page.screenshot(path=folder / "curation-history.png", clip={"x": 0, "y": 0, "width": 1280, "height": 320})


def _letter(page: Page, site: str, folder: Path) -> None:
    """A claim of words chosen in a letter, and what another date of its own would change."""
    page.goto(f"{site}/dossiers/{SLUG}/letters/")
    page.locator("a[href^='/letters/']").first.click()
    letter = page.url
    page.locator("[data-new-claim]").click()
    page.locator("#words").fill(NEW_WORDS)
    page.locator("#words").press("Enter")
    page.locator("form.new-claim .say", has_text=".").wait_for()
    page.screenshot(path=folder / "curation-adding.png")
    page.goto(letter)
    page.get_by_role("link", name="Correct", exact=True).click()
    page.locator("#id_date").fill("28 June 2020")
    page.locator("[name=_save]").first.click()
    page.locator("form.preview").wait_for()
    page.screenshot(path=folder / "curation-preview.png")
