"""Lanes by hand, the second axis, what is taken away, another's frame, print, high contrast, narrow pages."""

from __future__ import annotations

import contextlib
import re
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from pypdfium2 import PdfDocument
from pypdfium2.raw import FPDF_PAGEOBJ_IMAGE

from documents.models import Party
from timeline import marks_answer
from timeline.demo import store
from timeline.models import Claim

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
SVG = "{http://www.w3.org/2000/svg}"
LANE = "document.querySelector('#timeline .tl-lane-canvas').toDataURL()"


@pytest.fixture
def opened(watched: Page, live_server: object) -> Page:
    """Return the timeline's page of 60 made-up claims, ready."""
    store("demo", "Demonstration", 60, 7)
    watched.set_viewport_size({"width": 1240, "height": 820})
    watched.goto(f"{live_server.url}/dossiers/demo/")  # type: ignore[attr-defined]
    watched.wait_for_selector("#timeline[data-ready]")
    return watched


def shown(page: Page) -> list[str]:
    """Return the names of the lanes as they stand, from above."""
    return page.locator("#timeline [data-lane]:visible > .lhead > b").all_inner_texts()


def test_lanes_are_hidden_pinned_moved_and_grouped_and_the_address_says_so(opened: Page) -> None:
    before = shown(opened)
    opened.get_by_role("button", name="Lanes", exact=True).click()
    dialog = opened.get_by_role("dialog", name="Lanes")
    dialog.get_by_role("checkbox", name=before[1]).uncheck()
    dialog.get_by_role("button", name=f"Keep on top: {before[3]}").click()
    dialog.get_by_role("button", name=f"Down: {before[0]}").click()
    wanted = [before[3], before[2], before[0], *before[4:]]
    assert shown(opened) == wanted
    dialog.get_by_role("checkbox", name="Group states, organs, persons").check()
    expect(opened.locator(".tl-group").first).to_have_text("Pinned")
    assert sorted(shown(opened)) == sorted(wanted)
    grouped = shown(opened)
    opened.goto(opened.url)
    opened.wait_for_selector("#timeline[data-ready]")
    assert shown(opened) == grouped
    for name in ("hide", "pin", "order", "group"):
        assert f"{name}=" in opened.url


def test_a_second_axis_shows_when_it_was_said(opened: Page) -> None:
    before = opened.evaluate(LANE)
    opened.get_by_role("button", name="Lanes", exact=True).click()
    opened.get_by_role("checkbox", name=re.compile("when it was said")).check()
    opened.wait_for_function(f"before => {LANE} !== before", arg=before)
    assert "axis=two" in opened.url
    opened.get_by_role("radio", name="Who says it").click()
    expect(opened).to_have_url(re.compile("by=says"))
    opened.wait_for_selector("#timeline[data-ready]")
    opened.locator(".tl-keys").focus()
    opened.keyboard.press("Enter")
    expect(opened.locator("#panel .pbody")).to_be_visible()


def test_the_dates_of_the_second_axis_stand_beside_the_lanes(opened: Page, live_server: object) -> None:
    """On a desk in the heads' column, on a phone in a strip of their own; without it they are gone."""
    for width in (1240, 390):
        opened.set_viewport_size({"width": width, "height": 820})
        opened.goto(f"{live_server.url}/dossiers/demo/?axis=two")  # type: ignore[attr-defined]
        opened.wait_for_selector("#timeline[data-ready]")
        dates = opened.locator("[data-lane] .tl-said").first
        expect(dates).to_be_visible()
        side, plot = dates.bounding_box(), opened.locator("[data-lane] .plot").first.bounding_box()
        assert side
        assert plot
        assert side["x"] >= 0
        assert side["x"] + side["width"] <= plot["x"] + 1
        assert abs(side["y"] - plot["y"]) < 2
        assert opened.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
    opened.get_by_role("button", name="Lanes", exact=True).click()
    opened.get_by_role("checkbox", name=re.compile("when it was said")).uncheck()
    expect(dates).to_be_hidden()
    opened.wait_for_function("() => document.querySelector('[data-lane] canvas').offsetWidth === innerWidth")


def test_the_second_axis_of_a_large_dossier_counts_its_claims_in_cells_that_lead_closer_in(
    watched: Page, live_server: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("WHOLE", "SHORT_MOST", "LONG_MOST", "LONG_OF_FEW"):
        monkeypatch.setattr(marks_answer, name, 0)
    store("demo", "Demonstration", 600, 7)
    watched.set_viewport_size({"width": 1240, "height": 820})
    with watched.expect_response(re.compile("marks-said")) as answered:
        watched.goto(f"{live_server.url}/dossiers/demo/?axis=two")  # type: ignore[attr-defined]
    body = answered.value.json()
    assert sum(sum(line[4::3]) for line in body["cells"]) == Claim.objects.dated().count()
    watched.wait_for_timeout(300)
    plot = watched.locator("[data-lane] .plot").first
    box = plot.bounding_box()
    assert box
    # On the line of what is said on the day itself something always stands.
    spots = [(box["x"] + box["width"] * n / 40, box["y"] + 24 + 240 * n / 34) for n in range(4, 30)]
    for x, y in spots:
        watched.mouse.move(x, y)
        watched.wait_for_timeout(60)
        if watched.locator(".tl-tip").is_visible():
            break
    expect(watched.locator(".tl-tip b")).to_have_text(re.compile(r"^\d+ claims?"))
    watched.mouse.click(x, y)
    expect(watched).to_have_url(re.compile("from=.*to="))


def taken(page: Page, name: str, folder: Path) -> Path:
    """Take the view away; return the file."""
    page.get_by_text("Take away").click()
    with page.expect_download() as download:
        page.get_by_role("button", name=name).click()
    path = folder / download.value.suggested_filename
    download.value.save_as(path)
    return path


def test_a_picture_has_title_lanes_legend_sources_address_and_date(opened: Page, tmp_path: Path) -> None:
    svg = ET.parse(taken(opened, "Picture, SVG", tmp_path)).getroot()  # noqa: S314  our own
    assert svg.tag == f"{SVG}svg"
    words = [text.text or "" for text in svg.iter(f"{SVG}text")]
    assert words[0] == "Demonstration"
    for name in [*shown(opened), "wording rejected", "not yet checked", "Sources"]:
        assert name in words
    assert len(list(svg.iter(f"{SVG}path"))) > 60
    (foot,) = [text for text in words if text.startswith(opened.url)]
    assert re.search(r" · \d{1,2} [A-Z][a-z]+ \d{4} · Claimline shows who says what", foot)
    png = taken(opened, "Picture, PNG", tmp_path).read_bytes()
    assert png[:8] == b"\x89PNG\r\n\x1a\n"
    width, height = int.from_bytes(png[16:20], "big"), int.from_bytes(png[20:24], "big")
    assert (width, height) == (2 * int(svg.get("width", "0")), 2 * int(svg.get("height", "0")))


def test_a_picture_of_the_second_axis_has_its_dates_beside_the_lanes_and_long_names_in_lines(
    opened: Page, live_server: object, tmp_path: Path
) -> None:
    Party.objects.filter(name="Strait Commission").update(
        name="Joint Boundary Commission for the Northern Strait"
    )
    opened.goto(f"{live_server.url}/dossiers/demo/?axis=two")  # type: ignore[attr-defined]
    opened.wait_for_selector("#timeline[data-ready]")
    expect(opened.locator("[data-lane] .tl-said").first).to_be_visible()
    svg = ET.parse(taken(opened, "Picture, SVG", tmp_path)).getroot()  # noqa: S314  our own
    texts = list(svg.iter(f"{SVG}text"))
    dates = [text for text in texts if text.get("text-anchor") == "end"]
    assert dates[0].text == "said in"
    assert all(re.fullmatch(r"([A-Z][a-z]{2} )?\d{4}|said in", text.text or "") for text in dates)
    words = [text.text or "" for text in texts]
    assert "Joint Boundary" in words
    assert all(len(text) < 30 for text in words if "Boundary" in text or "Northern" in text)


def test_paper_holds_all_of_the_view(opened: Page, tmp_path: Path) -> None:
    """What was drawn for a screen wider than the paper is not cut off."""
    path = tmp_path / "view.pdf"
    opened.pdf(path=path, format="A4", landscape=True)
    with contextlib.closing(PdfDocument(path)) as document:
        page = document[0]
        images = [item.get_bounds() for item in page.get_objects([FPDF_PAGEOBJ_IMAGE])]
        assert len(images) > 2
        assert max(right for _, _, right, _ in images) <= page.get_width()


def test_a_page_elsewhere_frames_the_timeline_where_settings_allow_it(
    opened: Page, live_server: object, settings: object
) -> None:
    other = live_server.url.replace("localhost", "127.0.0.1")  # type: ignore[attr-defined]
    settings.CLAIMLINE_EMBED_ANCESTORS = [other]  # type: ignore[attr-defined]
    opened.goto(f"{other}/static/css/tokens.css")  # a page of another origin, without a policy of its own
    opened.evaluate(
        """(address) => {
            const frame = document.createElement('iframe');
            Object.assign(frame, { src: address, width: 900, height: 600 });
            document.body.append(frame);
        }""",
        f"{live_server.url}/dossiers/demo/?embed=1",  # type: ignore[attr-defined]
    )
    inner = opened.frame_locator("iframe")
    expect(inner.locator("#timeline[data-ready]")).to_be_visible()
    expect(inner.locator("form")).to_have_count(0)
    inner.locator(".tl-keys").focus()
    opened.keyboard.press("Home")
    opened.keyboard.press("Enter")
    expect(inner.locator("#panel .pbody")).to_be_visible()


def test_print_high_contrast_and_a_narrow_page_hold(opened: Page) -> None:
    before = opened.evaluate(LANE)
    opened.emulate_media(forced_colors="active")
    opened.wait_for_function(f"before => {LANE} !== before", arg=before)
    opened.emulate_media(media="print", forced_colors="none")
    for part in ("#timeline .tl-lane-canvas >> nth=0", ".legend-box", "#list", ".mast h1"):
        expect(opened.locator(part)).to_be_visible()
    for part in (".filters", ".tabs", ".tl-axis .zoom", ".mast .acts"):
        expect(opened.locator(part)).to_be_hidden()
    long = "المكتب الدائم للجنة المضيق المشتركة Interministerial-Coordination-Secretariat-of-the-Strait"
    Party.objects.filter(name="Averland").update(name=long)
    opened.emulate_media(media="screen")
    opened.set_viewport_size({"width": 320, "height": 640})  # 1280 pixels at 400 %, 640 at 200 %
    opened.reload()
    opened.wait_for_selector("#timeline[data-ready]")
    assert opened.evaluate("() => document.documentElement.scrollWidth <= innerWidth")
    assert long in shown(opened)


def test_on_a_phone_the_list_is_short_till_all_of_it_is_asked_for(opened: Page) -> None:
    rows = opened.locator("#list tbody tr:visible")
    more = opened.get_by_role("checkbox", name="Show all 20 of this page")
    expect(rows).to_have_count(20)
    expect(more).to_be_hidden()
    opened.set_viewport_size({"width": 390, "height": 844})
    expect(rows).to_have_count(8)
    more.check()
    expect(rows).to_have_count(20)
