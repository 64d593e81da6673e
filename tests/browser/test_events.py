"""Pages of events in a real browser: nothing axe finds, no sideways scrolling; filters apply when ticked."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from documents.models import Dossier
from tests.browser.test_pages import faults
from timeline.demo import store
from timeline.models import Claim, Event

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def event() -> Event:
    """Return an event of a published dossier of which four claims tell."""
    dossier: Dossier = store("demo", "Demonstration", 60, 7)
    made = Event.objects.create(dossier=dossier, title="The lane is closed", edtf="2020-05-04")
    keys = Claim.objects.not_set_aside().exclude(edtf=None).order_by("pk").values_list("pk", flat=True)[:4]
    Claim.objects.filter(pk__in=list(keys)).update(event=made)
    return made


def test_pages_of_events_hold_at_every_width_and_axe_finds_nothing(
    watched: Page, live_server: object, event: Event
) -> None:
    for address in (
        *(f"/dossiers/demo/{p}/?show=all" for p in ("events", "compare", "matrix")),
        f"/events/{event.public_id}/",
    ):
        watched.goto(live_server.url + address)  # type: ignore[attr-defined]
        expect(watched.locator("h1")).to_be_visible()
        for width in (320, 1024, 1440):
            watched.set_viewport_size({"width": width, "height": 800})
            assert watched.evaluate("document.documentElement.scrollWidth") <= width, (address, width)
        for scheme in ("light", "dark"):
            watched.emulate_media(color_scheme=scheme, reduced_motion="reduce")  # type: ignore[arg-type]
            assert faults(watched) == [], (address, scheme)


def test_a_filter_applies_when_it_is_ticked_and_stays_open(
    watched: Page, live_server: object, event: Event
) -> None:
    watched.goto(live_server.url + "/dossiers/demo/chronology/")  # type: ignore[attr-defined]
    watched.locator("summary", has_text="Stance").click()
    watched.locator("input[name=stance][value=asserts]").check()
    chip = watched.locator("a.chip", has_text="Asserts")
    expect(chip).to_be_visible()
    expect(watched.locator("input[name=stance][value=asserts]")).to_be_focused()
    expect(watched.locator("details.facet[open] summary")).to_contain_text("Stance")
    chip.click()
    expect(chip).to_have_count(0)
