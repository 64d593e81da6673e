"""A letter's metadata in Chromium, by keys alone: see where a value was read, correct it, confirm."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from documents.models import LetterDate
from tests.browser.test_admin_journey import axe_of, desk, log_in  # noqa: F401
from tests.timeline.desk import Desk
from tests.timeline.test_metadata import plain_letter
from timeline.metadata import is_confirmed

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_a_date_is_corrected_by_keys_alone(watched, live_server, desk: Desk) -> None:  # noqa: F811
    page, letter = watched, plain_letter(desk)
    log_in(page, live_server, desk.curator, "/ingest/")
    page.goto(f"{live_server.url}{letter.get_absolute_url()}metadata/")
    expect(page.get_by_role("button", name="Confirm", exact=True)).to_be_focused()
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    date = page.locator("#id_date_0")
    expect(date).to_be_focused()
    expect(page.locator("mark.on")).to_have_text("4 May 1999")
    page.keyboard.press("ControlOrMeta+a")
    page.keyboard.type("4 May 2001")
    page.keyboard.press("Enter")
    expect(page.get_by_text("Not saved yet.")).to_be_visible()
    expect(page.get_by_text("1 claim follows.")).to_be_visible()
    expect(page.get_by_role("button", name="Go ahead")).to_be_focused()
    assert axe_of(page) == []
    page.keyboard.press("Enter")
    expect(page.get_by_text("Saved. 1 claim follows.")).to_be_visible()
    assert LetterDate.objects.get(part__letter=letter, is_anchor=True).edtf == "2001-05-04"
    letter.refresh_from_db()
    assert is_confirmed(letter)
