"""A day in which a dossier gets its people and its public: who sees what, and from when on."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from documents.models import Membership
from tests.browser.office import Office, axe_of, light  # noqa: F401
from timeline import curation
from timeline.models import Claim

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

TITLE = "The light at Cape Irvan"


def the_members(page: Page, office: Office) -> None:
    """Go to the form on which an owner invites and publishes, as one finds it."""
    page.goto("/admin/")
    page.get_by_role("link", name="Dossiers", exact=True).click()
    page.get_by_role("link", name=office.dossier.title).click()
    expect(page).to_have_url(re.compile("/change/"))


def give_role(page: Page, name: str, role: str) -> None:
    page.get_by_label("User name").fill(name)
    page.get_by_label("Role").select_option(label=role)
    page.get_by_role("button", name="Save and continue editing").click()


def told(page: Page, address: str) -> tuple[int, str]:
    """Return the status of an address and the words of its page, without the number that was asked for."""
    answer = page.goto(address)
    assert answer is not None
    return answer.status, re.sub(r"\d+", "", page.locator("body").inner_text())


def looks_like_nothing(page: Page, office: Office) -> None:
    """A private dossier answers every address as one that never was."""
    letter = office.dossier.letters.first()
    claim = office.claim("17 October")
    page.goto("/")
    assert TITLE not in page.content()
    pairs = {
        "/dossiers/cape-irvan/search/?q=light": "/dossiers/never-was/search/?q=light",
        "/dossiers/cape-irvan/marks.json": "/dossiers/never-was/marks.json",
        f"/letters/{letter.public_id}/": "/letters/12345/",
        f"/claims/{claim.public_id}/": "/claims/12345/",
        "/admin/desk/cape-irvan/log/?export=csv": "/admin/desk/never-was/log/?export=csv",
    }
    for address, nowhere in pairs.items():
        found = told(page, address)
        assert found == told(page, nowhere), address
        assert found[0] == 404 or page.get_by_label("Password").is_visible(), address


def test_nobody_outside_learns_of_a_private_dossier(light: Office) -> None:  # noqa: F811
    looks_like_nothing(light.visitor(), light)
    looks_like_nothing(light.sits_down("sten", "/"), light)


def test_the_owner_invites_publishes_and_takes_a_role_away(light: Office) -> None:  # noqa: F811
    Membership.objects.filter(dossier=light.dossier).exclude(user__username="olga").delete()
    claim, everything = light.claim("17 October"), f"{Claim.objects.count()} claims"
    olga = light.sits_down("olga")
    the_members(olga, light)
    assert axe_of(olga) == []
    for name, role in (("nobody-of-that-name", "Reader"), ("rita", "Reader"), ("ada", "Curator")):
        give_role(olga, name, role)
        if name.startswith("nobody"):
            expect(olga.locator(".errorlist")).to_contain_text(name)
    members = olga.locator(".members")
    expect(members).to_contain_text("ada Curator")
    expect(members).to_contain_text("rita Reader")

    # Rita reads all of it, and finds no way to decide on anything.
    rita = light.sits_down("rita", "/")
    rita.get_by_role("link", name=TITLE).click()
    expect(rita.locator(".facts")).to_contain_text(everything)
    expect(rita.get_by_role("link", name="Curation")).to_have_count(0)
    rita.goto(f"/claims/{claim.public_id}/")
    expect(rita.get_by_role("link", name="Correct")).to_have_count(0)
    rita.goto("/admin/review/cape-irvan/")
    expect(rita.get_by_label("Password")).to_be_visible()

    # Ada decides; the way there stands on every page. Who the members are is not hers to say.
    ada = light.sits_down("ada", f"/claims/{claim.public_id}/")
    ada.get_by_role("link", name="Correct").click()
    ada.get_by_label("Review:").select_option(label="Accepted")
    ada.get_by_role("button", name="Save", exact=True).click()
    expect(ada.locator(".messagelist")).to_contain_text("was changed")
    the_members(ada, light)
    expect(ada.get_by_label("User name")).to_have_count(0)
    expect(ada.get_by_role("button", name="Save")).to_have_count(0)

    # Published: visitors see the one claim that was accepted, then the suggestions too.
    visitor = light.visitor()
    olga.get_by_label("Published").check()
    olga.get_by_role("button", name="Save and continue editing").click()
    visitor.goto("/")
    visitor.get_by_role("link", name=TITLE).click()
    expect(visitor.locator(".facts")).to_contain_text("1 claim")
    suggested = light.claim("1 December 1963")
    assert told(visitor, f"/claims/{suggested.public_id}/")[0] == 404
    olga.get_by_label("Show suggestions").check()
    olga.get_by_role("button", name="Save and continue editing").click()
    expect(olga.locator(".messagelist")).to_be_visible()
    visitor.goto("/dossiers/cape-irvan/")
    expect(visitor.locator(".facts")).to_contain_text(everything)
    curation.dismiss_claim(light.people["ada"], Claim.objects.get(pk=suggested.pk), None)
    assert told(visitor, f"/claims/{suggested.public_id}/")[0] == 404

    # Ada goes: her next click finds nothing. The last owner cannot go.
    give_role(olga, "ada", "Remove")
    expect(members).not_to_contain_text("ada")
    ada.goto("/admin/review/cape-irvan/")
    expect(ada.get_by_label("Password")).to_be_visible()
    give_role(olga, "olga", "Reader")
    expect(olga.locator(".errorlist")).to_contain_text("owner")
    expect(members).to_contain_text("olga Owner")
    olga.get_by_role("link", name="History").click()
    history = olga.locator("table.decisions")
    expect(history).to_contain_text("ada")
