"""A day with one letter: what the machine missed, dates that hang together, what a newer reading changes."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.browser.office import Office, axe_of, light  # noqa: F401
from timeline.models import Claim

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

FIRST = "1963-11-21-drossia.txt"
MISSED = "three vessels ran aground"
# Where the words stand on the screen: (left of the first, middle), (right of the last, middle).
WHERE = """words => {
  const walk = document.createTreeWalker(document.querySelector(".sheet"), NodeFilter.SHOW_TEXT);
  while (walk.nextNode()) {
    const at = walk.currentNode.data.indexOf(words);
    if (at < 0) continue;
    const range = document.createRange();
    range.setStart(walk.currentNode, at);
    range.setEnd(walk.currentNode, at + words.length);
    walk.currentNode.parentElement.scrollIntoView({ block: "center" });
    const rects = [...range.getClientRects()];
    const [a, b] = [rects[0], rects.at(-1)];
    return [a.left + 1, a.top + a.height / 2, b.right - 1, b.top + b.height / 2];
  }
}"""


def open_letter(office: Office, page: Page) -> None:
    """Go from the dossier to its first letter."""
    page.goto(f"/dossiers/{office.dossier.slug}/letters/")
    page.locator("a[href^='/letters/']").first.click()
    page.locator(".sheet[data-placed]").wait_for()  # once the notes stand beside the text it moves no more
    page.evaluate("document.fonts.ready")


def select_words(page: Page, words: str) -> None:
    """Draw the mouse over words of the letter."""
    page.evaluate(WHERE, words)
    left, top, right, bottom = page.evaluate(WHERE, words)
    page.mouse.move(left, top)
    page.mouse.down()
    page.mouse.move(right, bottom, steps=4)
    page.mouse.up()


def test_what_the_machine_missed_is_added_with_and_without_words(light: Office) -> None:  # noqa: F811
    page = light.sits_down("ada", "/")
    open_letter(light, page)
    select_words(page, MISSED)
    page.get_by_role("link", name="New claim from selection").click()
    expect(page.locator("mark.hl")).to_have_text(MISSED)
    assert axe_of(page) == []

    # The same reader proposes: the sender in whose voice, whose words, and the date of the sentence.
    expect(page.get_by_label("Asserted by")).to_have_value(str(party(light, "Drossia")))
    expect(page.get_by_label("Whose words")).to_have_value(str(party(light, "Straits Pilotage Board")))
    expect(page.get_by_label("Stance")).to_have_value("reports")
    before = Claim.objects.count()
    page.get_by_label("Date", exact=True).fill("16 October 1963")
    expect(page.locator(".say b")).to_have_text("16 October 1963")
    page.get_by_label("Why").fill("The sentence tells of the ships.")
    page.get_by_role("button", name="Add the claim").click()
    expect(page.locator(".messagelist")).to_contain_text("Added: 16 October 1963.")
    added = Claim.objects.get(added_by_person=True)
    assert (added.quote, added.letter.text[added.start : added.end]) == (MISSED, MISSED)
    assert (added.edtf, added.review_state) == ("1963-10-16", "accepted")

    # What one knows without a text is marked so, on its page and in its letter.
    page.get_by_role("link", name="Add what you know without a text").click()
    page.get_by_label("Date", exact=True).fill("spring 1964")
    page.get_by_label("Asserted by").select_option(label="Estmark")
    page.get_by_role("button", name="Add the claim").click()
    expect(page.locator(".messagelist")).to_contain_text("Added: spring 1964.")
    assert Claim.objects.count() == before + 2
    known = Claim.objects.get(added_by_person=True, start=None)
    page.goto(f"/claims/{known.public_id}/")
    expect(page.get_by_text("A curator added this claim without words of the letter.")).to_be_visible()
    page.get_by_role("link", name="Open in letter").click()
    expect(page.get_by_text("Added by curators")).to_be_visible()
    expect(page.locator(f"[data-claims~='{added.public_id}']").first).to_contain_text(MISSED)


def test_coverage_says_which_dates_gave_no_claim_and_why(light: Office) -> None:  # noqa: F811
    page = light.sits_down("ada", "/")
    open_letter(light, page)
    claim = light.claim("6 May 1871", FIRST)
    page.goto(f"/admin/review/cape-irvan/{claim.public_id}/")
    expect(page.locator("mark.tx")).to_have_text("6 May 1871")
    page.keyboard.press("d")
    expect(page.locator("[data-said]")).to_contain_text("dismissed")
    open_letter(light, page)
    page.get_by_role("link", name="New claim").click()
    coverage = page.locator("#coverage ~ table tbody tr")
    expect(coverage).to_have_count(2)
    expect(coverage.filter(has_text="21 November 1963")).to_contain_text("the letter itself bears")
    dismissed = coverage.filter(has_text="6 May 1871")
    expect(dismissed).to_contain_text("Somebody dismissed its claim.")
    # It was one after all: a claim can be made of it from here.
    dismissed.get_by_role("link", name="New claim").click()
    expect(page.get_by_label("Date", exact=True)).to_have_value("1871-05-06")


def test_dates_that_hang_together_are_moved_together(light: Office) -> None:  # noqa: F811
    claim, follows = light.claim("14 October last"), light.claim("the 15th")
    stays = light.claim("15 October", FIRST)
    page = light.sits_down("ada", f"/admin/timeline/claim/{claim.pk}/change/")
    expect(page.get_by_role("group", name="Dates worked out from this one")).to_contain_text(
        "15 October 1963"
    )
    page.get_by_label("Date:").fill("14 October 1962")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_role("heading", name="Dates worked out from this one")).to_be_visible()
    assert axe_of(page) == []
    assert Claim.objects.get(pk=claim.pk).edtf == "1963-10-14"
    offered = page.get_by_role("checkbox")
    expect(offered).to_have_count(2)
    page.get_by_role("checkbox", name="reoccupation").uncheck()
    page.get_by_role("button", name="Go ahead").click()
    expect(page.locator(".messagelist")).to_be_visible()
    dates = {one.pk: one.edtf for one in Claim.objects.filter(pk__in=[claim.pk, follows.pk, stays.pk])}
    assert dates == {claim.pk: "1962-10-14", follows.pk: "1962-10-15", stays.pk: "1963-10-15"}


def test_a_newer_reading_is_taken_and_declined_claim_by_claim(light: Office) -> None:  # noqa: F811
    # As an older reader left them: two dated otherwise, two not found at all.
    kept, taken = light.claim("17 October"), light.claim("2 April 1963")
    for claim in (kept, taken):
        Claim.objects.filter(pk=claim.pk).update(edtf="1899", machine={**claim.machine, "edtf": "1899"})
    found, declined = light.claim("10 January 1964", FIRST), light.claim("1 December 1963")
    Claim.objects.filter(pk__in=[found.pk, declined.pk]).delete()

    page = light.sits_down("ada", "/")
    open_letter(light, page)
    page.get_by_role("link", name="Correct", exact=True).click()
    page.get_by_role("link", name="Read again").click()
    assert axe_of(page) == []
    changes = page.locator(".changes > li")
    expect(changes).to_have_count(4)
    assert Claim.objects.get(pk=taken.pk).edtf == "1899"
    expect(changes.filter(has_text="2 April 1963").first).to_contain_text("1899")
    changes.filter(has_text="17 October").get_by_label("Leave this one as it is").check()
    changes.filter(has_text="1 December 1963").get_by_label("It is no claim: decline it for good").check()
    page.get_by_role("button", name="Go ahead").click()
    expect(page.locator(".messagelist")).to_contain_text("Read again: 1 changed, 2 added")
    assert Claim.objects.get(pk=kept.pk).edtf == "1899"
    assert Claim.objects.get(pk=taken.pk).edtf == "1963-04-02"
    state = {
        c.edtf: c.review_state
        for c in Claim.objects.filter(letter=kept.letter, edtf__in=["1964-01-10", "1963-12-01"])
    }
    assert state == {"1964-01-10": "suggested", "1963-12-01": "dismissed"}
    # Asked again, it has nothing more to say.
    page.get_by_role("link", name="Read again").click()
    expect(page.get_by_text("No claim changes with it.")).to_be_visible()


def party(office: Office, name: str) -> int:
    from documents.models import Party

    return Party.objects.get(dossier=office.dossier, name=name).pk
