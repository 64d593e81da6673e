"""A day of two curators and an owner: work given out, the same claim at the same time, a second reading."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.browser.office import Office, axe_of, light  # noqa: F401
from timeline import curation
from timeline.models import Claim

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

QUEUE = "/admin/review/cape-irvan/"


def current(page: Page) -> int:
    return int(page.locator("[data-form]").get_attribute("data-claim") or 0)


def decide(page: Page, key: str, said: str) -> None:
    """Press a key on the claim shown and wait until the decision is stored."""
    page.keyboard.press(key)
    expect(page.locator("[data-said]")).to_contain_text(said)


def test_letters_are_given_out_and_progress_shows(light: Office) -> None:  # noqa: F811
    letter = light.dossier.letters.get(file_name="1964-02-03-drossia-telegram.txt")
    olga = light.sits_down("olga", QUEUE)
    olga.get_by_role("link", name="Desk").click()
    olga.get_by_role("link", name="Who reviews what").click()
    assert axe_of(olga) == []
    row = olga.get_by_role("row", name=letter.file_name)
    row.get_by_role("checkbox").check()
    olga.get_by_label("Give the letters chosen to").select_option("ada")
    olga.get_by_role("button", name="Give").click()
    expect(olga.locator(".messagelist")).to_contain_text("1 letter given to ada.")
    expect(row).to_contain_text("ada")

    # Ada asks for her own work alone, and gets through two claims of it.
    ada = light.sits_down("ada", QUEUE)
    everything = Claim.objects.count()
    ada.get_by_label("Mine").check()
    ada.get_by_label("Order").select_option("By letter")
    ada.get_by_role("button", name="Show").click()
    expect(ada.locator(".beside-source")).to_contain_text(f"{letter.file_name}")
    expect(ada.locator(".beside-source")).to_contain_text("0 of 13 in this letter decided")
    expect(ada.locator("[data-queue] li")).to_have_count(13)
    first = current(ada)
    decide(ada, "a", "accepted")
    decide(ada, "d", "dismissed")
    expect(ada.locator("[data-left]")).to_have_text(str(everything - 2))
    expect(ada.locator("[data-decided]")).to_have_text("2")
    assert Claim.objects.get(public_id=first).review_state == "accepted"
    ada.reload()
    expect(ada.locator(".beside-source")).to_contain_text("2 of 13 in this letter decided")

    # Ben has nothing of his own; the owner sees how far each letter is.
    ben = light.sits_down("ben", f"{QUEUE}?mine=1")
    expect(ben.get_by_text("Nothing waits here.")).to_be_visible()
    olga.reload()
    assert row.get_by_role("cell").all_inner_texts()[1:] == ["11", "2 of 13", "ada"]
    row.get_by_role("link", name="11").click()
    expect(olga.locator("[data-queue] li")).to_have_count(11)


def test_two_at_one_claim_see_both_versions_and_nothing_is_overwritten(light: Office) -> None:  # noqa: F811
    claim = light.claim("17 October")
    address = f"{QUEUE}{claim.public_id}/"
    ada, ben = (light.sits_down(name, address) for name in ("ada", "ben"))
    for page, date, stance in ((ben, "18 October 1963", "Reports"), (ada, "19 October 1963", "Asserts")):
        page.get_by_label("Date").fill(date)
        page.get_by_label("Stance").select_option(label=stance)
    ben.get_by_role("button", name="Accept").click()
    expect(ben.locator("[data-said]")).to_contain_text("accepted")
    ada.get_by_role("button", name="Save only").click()
    expect(ada.locator("[data-said]")).to_contain_text("Somebody else changed this meanwhile")
    # She had not touched the stance: Ben's stands without a question. Of the dates she chooses her own.
    sides = ada.locator("table.sides tbody tr")
    expect(sides).to_have_count(1)
    expect(sides).to_contain_text("1963-10-18")
    assert axe_of(ada) == []
    sides.get_by_role("radio", name="19 October 1963").check()
    ada.get_by_role("button", name="Save only").click()
    expect(ada.locator("[data-said]")).to_contain_text("saved")
    claim.refresh_from_db()
    assert (claim.edtf, claim.stance, claim.review_state) == ("1963-10-19", "reports", "accepted")


def test_a_second_reader_is_asked_answers_blind_and_agreement_shows(light: Office) -> None:  # noqa: F811
    ada = light.people["ada"]
    yes, other, no = light.claim("17 October"), light.claim("29 October"), light.claim("6 May 1871")
    curation.accept_claim(ada, yes, None)
    curation.accept_claim(ada, other, None)
    curation.dismiss_claim(ada, no, None)
    olga = light.sits_down("olga", "/admin/desk/cape-irvan/second/")
    expect(olga.get_by_text("Nobody waits for your reading.")).to_be_visible()
    olga.get_by_label("Who").select_option("ben")
    olga.get_by_role("button", name="Ask").click()
    expect(olga.locator(".messagelist")).to_contain_text("A second reading of 3 claims is asked of ben.")

    # Ben is led to it from his review page, and is not told how the claims were decided.
    ben = light.sits_down("ben", "/admin/review/")
    ben.get_by_role("link", name="Second readings").click()
    assert axe_of(ben) == []
    for _ in range(3):
        expect(ben.get_by_role("heading", name="Your reading is asked for")).to_be_visible()
        assert "ismissed" not in ben.locator("main, #content").first.inner_text()
        words = ben.locator("mark.tx").inner_text()
        number = ben.locator("input[name=claim]").input_value()
        if words == "29 October":
            ben.get_by_label("Stance").select_option(label="Denies")
        verdict = "It is no claim" if words == "6 May 1871" else "It is a claim, so read"
        ben.get_by_role("button", name=verdict).click()
        expect(ben.locator(f"input[name=claim][value='{number}']")).to_have_count(0)
    expect(ben.get_by_text("Nobody waits for your reading.")).to_be_visible()

    # Chance alone would have them agree on the stance of both half of the time: kappa is nought.
    olga.reload()
    found = {row: cells for row, *cells in map(cells_of, olga.locator("tbody tr").all())}
    assert found["It is a claim"] == ["3 of 3", "1.00"]
    assert found["Date"] == ["2 of 2", "1.00"]
    assert found["Stance"] == ["1 of 2", "0.00"]
    assert [
        c.review_state for c in Claim.objects.filter(pk__in=[yes.pk, other.pk, no.pk]).order_by("pk")
    ] == [
        "accepted",
        "accepted",
        "dismissed",
    ]


def cells_of(row: object) -> list[str]:
    return row.locator("th, td").all_inner_texts()  # type: ignore[attr-defined]
