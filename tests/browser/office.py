"""A sample dossier with the people who work on it, each at a browser of their own: for a curator's day.

In: an empty database and a running site. Out: an ``Office`` whose people sit down and look at pages.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.contrib.auth.models import User
from django.core.management import call_command
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, expect

from documents.models import Dossier, Membership
from documents.samples import load_dossier, sample_folders, slug_of
from timeline.models import Claim

PASSWORD = "pw"
# Who sits in the office, and what the dossier lets them do; None: nothing.
STAFF = {"olga": "owner", "ada": "curator", "ben": "curator", "rita": "reader", "sten": None}
# What the database counts by itself is not carried over.
COUNTED = ("timeline.claimcount", "timeline.claimfacet", "timeline.claimsmark")
# A sample is read once; later tests of the same process take it over as a dossier is moved.
_moved: dict[str, Path] = {}
_folder = tempfile.TemporaryDirectory(prefix="claimline-office-")  # gone with the process
# A busy machine is no fault of a page.
expect.set_options(timeout=20_000)


@dataclass
class Office:
    """The dossier, its people, and what the browsers complained of."""

    site: str
    browser: Browser
    dossier: Dossier
    people: dict[str, User]
    complaints: list[str] = field(default_factory=list)
    _open: list[BrowserContext] = field(default_factory=list)

    def visitor(self, **options: Any) -> Page:
        """Return a page of somebody who has not logged in."""
        context = self.browser.new_context(base_url=self.site, **options)
        self._open.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        page.on("console", self._hear)
        return page

    def sits_down(self, name: str, address: str = "/admin/", **options: Any) -> Page:
        """Return a page of one of the people, logged in by name and password, at an address."""
        page = self.visitor(**options)
        page.goto(f"/login/?next={address}")
        page.get_by_label("Name", exact=True).fill(name)
        page.get_by_label("Password").fill(PASSWORD)
        page.get_by_role("button", name="Log in").click()
        page.wait_for_url(f"**{address}")
        return page

    def claim(self, words: str, file_name: str = "") -> Claim:
        """Return the claim of these time words, in the letter whose file's name holds ``file_name``."""
        claims = Claim.objects.filter(dossier=self.dossier, letter__file_name__contains=file_name)
        for claim in claims.exclude(timex_start=None).select_related("letter").order_by("start"):
            if words == claim.letter.text[claim.timex_start : claim.timex_end]:
                return claim
        raise AssertionError(f"no claim dated “{words}” in “{file_name}”")

    def close(self) -> None:
        """Close every browser; fail where one broke the policy, threw, or missed a file."""
        for context in self._open:
            context.close()
        assert self.complaints == []

    def _hear(self, message: ConsoleMessage) -> None:
        # An answer that says no (404, 409, 422) is told in the console too; only a file may not be missing.
        if message.type != "error":
            return
        if "Failed to load resource" in message.text and "/static/" not in message.location["url"]:
            return
        self.complaints.append(message.text)


def open_office(site: str, browser: Browser, slug: str) -> Office:
    """Return an office that works on a sample dossier, private until somebody publishes it."""
    _load(slug)
    dossier = Dossier.objects.get(slug=slug)
    Dossier.objects.filter(pk=dossier.pk).update(published=False, show_suggestions=False)
    people = {name: User.objects.create_user(name, password=PASSWORD) for name in STAFF}
    User.objects.filter(username="sten").update(is_staff=True)
    for name, role in STAFF.items():
        if role:
            Membership.objects.create(dossier=dossier, user=people[name], role=role)
    dossier.refresh_from_db()
    return Office(site, browser, dossier, people)


def _load(slug: str) -> None:
    if slug in _moved:
        call_command("loaddata", str(_moved[slug]), verbosity=0)
        return
    load_dossier(next(one for one in sample_folders(settings.SAMPLES_DIR) if slug_of(one) == slug))
    _moved[slug] = Path(_folder.name) / f"{slug}.json"
    call_command("dumpdata", "documents", "timeline", exclude=COUNTED, output=str(_moved[slug]), verbosity=0)


@pytest.fixture
def dam(transactional_db: None, live_server: Any, browser: Browser) -> Iterator[Office]:
    """Yield an office that works on the Ostrel Dam."""
    office = open_office(live_server.url, browser, "ostrel-dam")
    yield office
    office.close()


@pytest.fixture
def light(transactional_db: None, live_server: Any, browser: Browser) -> Iterator[Office]:
    """Yield an office that works on the light at Cape Irvan."""
    office = open_office(live_server.url, browser, "cape-irvan")
    yield office
    office.close()


def axe_of(page: Page) -> list[str]:
    """Return what axe finds wrong with a page for who cannot see or point."""
    from axe_playwright_python.sync_playwright import Axe

    page.wait_for_load_state()  # half a page has no main part yet
    # Without preloading: axe would write imported style sheets into the page, which the policy forbids.
    found = Axe().run(page, options={"preload": False}).response["violations"]
    return [f"{v['id']}: {v['nodes'][0]['html'][:160]}" for v in found]
