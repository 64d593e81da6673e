"""The timeline where it gets tight: forty lanes, a phone, forced colours, names from right to left."""

from __future__ import annotations

import gzip
import re
from itertools import pairwise
from pathlib import Path

import pytest
from django.contrib.staticfiles.finders import find
from playwright.sync_api import Page, Request, expect
from playwright.sync_api import TimeoutError as PlaywrightTimeout

from tests.browser.production import serve_production
from timeline import demo
from timeline.demo import store
from timeline.models import Claim

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
DESK, PHONE = {"width": 1240, "height": 820}, {"width": 390, "height": 844}
MOST_CODE = 60 * 1024  # bytes of scripts and styles, gzipped, HTMX among them
LONG = "Ministry for the Coordination of Maritime Boundaries and of Inland Waterways, No"
FORTY = tuple(
    (f"{LONG[: 79 - len(str(i))].rstrip() if i % 3 == 0 else 'Party'} {i}", "organ") for i in range(40)
)
SIDEWAYS = "document.documentElement.scrollWidth - innerWidth"
KEYS = """[...document.querySelectorAll('[data-lane] .tl-key')]
    .map((key) => key.getBoundingClientRect().right)"""
BOXES = """selector => [...document.querySelectorAll(selector)].map((element) => {
    const range = document.createRange();
    range.selectNodeContents(element);
    const { left, right, top, bottom, height } = range.getBoundingClientRect();
    return { left, right, top, bottom, height };
})"""


def opened(page: Page, server: object, size: dict[str, int], address: str = "demo/") -> Page:
    """Return the page with the timeline ready."""
    page.set_viewport_size(size)  # type: ignore[arg-type]
    page.goto(f"{server.url}/dossiers/{address}")  # type: ignore[attr-defined]
    page.wait_for_selector("#timeline[data-ready]")
    return page


def boxes(page: Page, selector: str) -> list[dict[str, float]]:
    """Return where the text of each element stands."""
    return page.evaluate(BOXES, selector)


# Nothing is said until a claim's words have come.
SAYS_OTHERWISE = "old => ![old, ''].includes(document.querySelector('.tl-say').textContent)"


def lane_spoken_of(said: str) -> str:
    """Return the party that a sentence names first: whose words they are."""
    found = [(said.find(party), -len(party), party) for party, _ in FORTY if party in said]
    return min(found)[2] if found else ""


@pytest.fixture
def forty(monkeypatch: pytest.MonkeyPatch) -> None:
    """Store a dossier of forty parties, a third of them with names of eighty characters."""
    monkeypatch.setattr(demo, "PARTIES", FORTY)
    store("demo", "Demonstration", 700, 7)


def test_the_code_of_the_page_is_at_most_60_kb(
    watched: Page, live_server: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    """All that comes without anybody touching the page: at once and once the browser has time."""
    texts, _ = serve_production(watched, monkeypatch)
    sizes: dict[str, int] = {}

    def weigh(request: Request) -> None:
        name = request.url.split("?")[0].partition("/static/")[2]
        if name.endswith((".js", ".css")):
            source = texts[name].encode() if name in texts else Path(str(find(name))).read_bytes()
            sizes[name] = len(gzip.compress(source, 9))

    watched.on("request", weigh)
    store("demo", "Demonstration", 60, 7)
    opened(watched, live_server, DESK)
    watched.wait_for_function("() => window.htmx")
    watched.wait_for_load_state("networkidle")
    said = ", ".join(f"{name} {size:,}" for name, size in sorted(sizes.items(), key=lambda row: -row[1]))
    assert any("htmx" in name for name in sizes), said
    assert sum(sizes.values()) <= MOST_CODE, f"{sum(sizes.values()):,} bytes: {said}"


def test_forty_lanes_by_keyboard(watched: Page, live_server: object, forty: None) -> None:
    """Every lane is reached from above to below, in sight when it is spoken of by its name."""
    opened(watched, live_server, DESK)
    heads = watched.locator("#timeline [data-lane] > .lhead b")
    expect(heads).to_have_count(40)
    assert watched.evaluate(SIDEWAYS) <= 0
    watched.locator(".tl-keys").focus()
    expect(watched.locator(".tl-say")).not_to_be_empty()
    seen: set[str] = set()
    focused = """() => {
        const axis = document.querySelector('.tl-axis').getBoundingClientRect().bottom;
        const rows = [...document.querySelectorAll('#timeline [data-lane]')];
        const box = (row) => row.getBoundingClientRect();
        return rows.filter((row) => box(row).bottom > axis && box(row).top < innerHeight)
            .map((row) => row.querySelector('b').textContent);
    }"""
    before = ""
    for _ in range(90):
        said = watched.locator(".tl-say").text_content() or ""
        name = lane_spoken_of(said)
        if name and name not in seen:
            seen.add(name)
            assert name in watched.evaluate(focused), f"{name} is spoken of and not in sight"
        watched.keyboard.press("ArrowDown")
        try:
            watched.wait_for_function(SAYS_OTHERWISE, arg=said, timeout=2500)
        except PlaywrightTimeout:
            if said == before:
                break
        before = said
    assert seen == {" ".join(party.split()) for party, _ in FORTY}


def test_a_few_of_forty_lanes_are_chosen(watched: Page, live_server: object, forty: None) -> None:
    """All are put away at once, one is taken out, all come back; the focus stays where it was."""
    opened(watched, live_server, DESK)
    heads = watched.locator("#timeline [data-lane]:not([hidden])")
    expect(heads).to_have_count(40)
    watched.get_by_role("button", name="Lanes").click()
    page = watched.get_by_role("dialog", name="Lanes")
    page.get_by_role("button", name="Show none").press("Enter")
    expect(heads).to_have_count(0)
    expect(page.get_by_role("button", name="Show none")).to_be_focused()
    page.get_by_role("checkbox").nth(5).check()
    expect(heads).to_have_count(1)
    watched.keyboard.press("Escape")
    assert watched.url.count("hide=") == 1
    watched.reload()
    watched.wait_for_selector("#timeline[data-ready]")
    expect(heads).to_have_count(1)
    watched.get_by_role("button", name="Lanes").click()
    page.get_by_role("button", name="Show all").press("Enter")
    expect(heads).to_have_count(40)
    assert "hide=" not in watched.url


HEIGHTS = """() => [...document.querySelectorAll('#timeline [data-lane]:not([hidden])')]
    .map((row) => row.offsetHeight)"""


@pytest.fixture
def crowd(watched: Page, live_server: object, monkeypatch: pytest.MonkeyPatch) -> Page:
    """Return the timeline of forty parties with a hundred claims each, on a desk."""
    monkeypatch.setattr(demo, "PARTIES", tuple((f"Party {i}", "organ") for i in range(40)))
    store("demo", "Demonstration", 4000, 7)
    return opened(watched, live_server, {"width": 1440, "height": 900})


def test_forty_lanes_share_two_screens_and_grow_back_as_they_are_hidden(
    crowd: Page, live_server: object
) -> None:
    crowd.locator("#timeline[data-whole]").wait_for()
    crowd.wait_for_timeout(500)
    low = crowd.evaluate(HEIGHTS)
    assert len(low) == 40
    assert sum(low) <= 2030, low
    lanes = crowd.evaluate("[...document.querySelectorAll('[data-lane]')].map((row) => row.dataset.lane)")
    opened(crowd, live_server, {"width": 1440, "height": 900}, f"demo/?hide={','.join(lanes[12:])}")
    crowd.wait_for_timeout(500)
    few = crowd.evaluate(HEIGHTS)
    assert len(few) == 12
    assert min(few) > 2 * max(low)
    crowd.get_by_role("button", name="Lanes", exact=True).click()
    crowd.get_by_role("checkbox", name="Party 12", exact=True).check()
    crowd.wait_for_function(f"few => ({HEIGHTS})().reduce((a, b) => a + b) < few", arg=sum(few))
    assert len(crowd.evaluate(HEIGHTS)) == 13


def test_of_forty_lanes_none_moves_while_one_pans_and_zooms(crowd: Page) -> None:
    tops = """() => [...document.querySelectorAll('#timeline [data-lane]')]
        .map((row) => row.getBoundingClientRect().top)"""
    crowd.locator("#timeline[data-whole]").wait_for()
    crowd.wait_for_timeout(500)
    before = crowd.evaluate(tops)
    crowd.locator(".tl-keys").focus()
    at = crowd.url
    for key in ("+", "+", "+", "+", "-", "0"):
        crowd.keyboard.press(key)
        crowd.wait_for_timeout(350)  # long enough for what comes once the hand rests
        assert crowd.evaluate(tops) == before
        assert key == "0" or crowd.url != at


def test_of_forty_lanes_a_column_opens_to_its_claims(crowd: Page) -> None:
    plot = crowd.locator("#timeline [data-lane] .plot").first
    for _ in range(8):
        box = plot.bounding_box()
        assert box
        crowd.mouse.click(box["x"] + 240, box["y"] + box["height"] * 0.45)
        crowd.wait_for_timeout(500)
        if crowd.locator(".tl-list, #panel .pbody").count():
            break
    expect(crowd.locator(".tl-list li, #panel mark.hl").first).to_be_visible()


def test_forty_lanes_keep_their_names_whole(watched: Page, live_server: object, forty: None) -> None:
    for size in (DESK, {"width": 1024, "height": 768}, PHONE, {"width": 320, "height": 640}):
        opened(watched, live_server, size)
        assert watched.evaluate(SIDEWAYS) <= 0
        cut = watched.evaluate(
            """() => [...document.querySelectorAll('#timeline [data-lane]')].filter((row) => {
                const name = row.querySelector('b').getBoundingClientRect();
                const head = row.querySelector('.lhead').getBoundingClientRect();
                return name.right > head.right + 1 || name.bottom > row.getBoundingClientRect().bottom + 1;
            }).map((row) => row.querySelector('b').textContent)"""
        )
        assert cut == []


def test_on_a_phone_a_crowded_lane_is_a_quarter_of_the_screen(watched: Page, live_server: object) -> None:
    store("demo", "Demonstration", 6000, 7)
    opened(watched, live_server, PHONE)
    watched.locator("#timeline[data-whole]").wait_for()
    watched.mouse.wheel(0, 4000)  # what lies below is laid out as it comes near
    watched.wait_for_timeout(600)
    heights = watched.evaluate(
        "() => [...document.querySelectorAll('#timeline [data-lane]')].map((row) => row.offsetHeight)"
    )
    assert len(heights) == 12
    assert max(heights) <= PHONE["height"] / 4, heights


def test_the_date_on_the_axis_stays_beside_the_heads(watched: Page, live_server: object) -> None:
    store("demo", "Demonstration", 240, 7)
    for size in (DESK, PHONE):
        opened(watched, live_server, size)
        watched.keyboard.press("Escape")
        watched.locator(".tl-keys").focus()
        for key in ("Home", "End"):
            watched.keyboard.press(key)
            watched.keyboard.press("Enter")
            expect(watched.locator(".tl-flag")).to_be_visible()
            watched.wait_for_timeout(300)
            flag = watched.locator(".tl-flag").bounding_box()
            plot = watched.locator(".tl-axis .plot").bounding_box()
            assert flag
            assert plot
            assert flag["x"] >= plot["x"] - 1
            assert flag["x"] + flag["width"] <= plot["x"] + plot["width"] + 1


def test_forced_colours_mark_the_tab_that_one_is_on(watched: Page, live_server: object) -> None:
    store("demo", "Demonstration", 60, 7)
    watched.emulate_media(forced_colors="active")
    opened(watched, live_server, DESK)
    line = "tab => getComputedStyle(tab).borderBottomColor"
    ground = watched.evaluate("getComputedStyle(document.body).backgroundColor")
    for tab in watched.locator(".tabs a").all():
        current = tab.get_attribute("aria-current") is not None
        assert (tab.evaluate(line) != ground) == current, tab.inner_text()


def test_on_a_phone_the_tab_that_one_is_on_is_in_sight(watched: Page, live_server: object) -> None:
    store("demo", "Demonstration", 60, 7)
    watched.set_viewport_size(PHONE)  # type: ignore[arg-type]
    for view in ("", "compare/", "matrix/", "search/"):
        watched.goto(f"{live_server.url}/dossiers/demo/{view}")  # type: ignore[attr-defined]
        tab = watched.locator(".tabs [aria-current]")
        expect(tab).to_be_in_viewport(ratio=1)


def test_names_from_right_to_left_stand_beside_their_key(
    watched: Page, live_server: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(demo, "PARTIES", (("جمهورية النورفان", "state"), ("מדינת אברלנד", "state")))
    monkeypatch.setattr(demo, "HAPPENINGS", ("أوقفت سفينة المسح", "אוניית הסקר נעצרה"))
    store("demo", "نزاع المضيق", 60, 7)
    for size in (DESK, PHONE):
        opened(watched, live_server, size)
        for name, key in zip(
            boxes(watched, "[data-lane] > .lhead b"),
            watched.evaluate(KEYS),
            strict=True,
        ):
            assert 0 < name["left"] - key < 24
        assert watched.evaluate(SIDEWAYS) <= 0
    watched.locator(".tl-keys").focus()
    watched.keyboard.press("Enter")
    line = watched.locator("#panel .src")
    expect(line).to_be_visible()
    assert re.match("\u2068[^\u2069]+\u2069, \\d", line.inner_text()), "the day stands behind the name"


def test_on_a_phone_keys_stand_at_their_names_and_the_legend_has_room(
    watched: Page, live_server: object
) -> None:
    store("demo", "Demonstration", 60, 7)
    opened(watched, live_server, PHONE)
    middles = """() => [...document.querySelectorAll('[data-lane] > .lhead')].map((head) =>
        ['.tl-key', 'b'].map((part) => head.querySelector(part).getBoundingClientRect())
            .map(({ top, bottom }) => (top + bottom) / 2))"""
    for key, name in watched.evaluate(middles):
        assert abs(key - name) <= 2
    watched.locator("#timeline[data-whole]").wait_for()
    rows = [watched.locator(".legend ul").nth(n) for n in range(watched.locator(".legend ul").count())]
    assert rows
    for lines in rows:
        words = lines.evaluate(
            """(list) => [...list.children].map((item) => {
                const range = document.createRange();
                range.selectNodeContents(item.lastChild);
                const { top, bottom } = range.getBoundingClientRect();
                return [top, bottom];
            })"""
        )
        for (_, bottom), (top, _) in pairwise(words):
            assert top - bottom >= 4


def test_marks_of_other_claims_in_the_panel_run_into_no_words(watched: Page, live_server: object) -> None:
    dossier = store("demo", "Demonstration", 60, 7)
    Claim.objects.filter(dossier=dossier).update(
        edtf="1998",
        earliest_day=729390,
        latest_day=729754,
        precision="year",
        stance="rejects-wording",
    )
    claim = Claim.objects.filter(dossier=dossier, edtf="1998").first()
    assert claim
    opened(watched, live_server, {"width": 1440, "height": 900}, f"demo/?claim={claim.public_id}")
    watched.locator(".others li").first.wait_for()
    apart = watched.evaluate(
        """() => [...document.querySelectorAll('.others li')].map((item) => {
            const drawn = [...item.querySelectorAll('svg *')].map((part) => part.getBoundingClientRect());
            const words = item.querySelector('a').getBoundingClientRect().left;
            return words - Math.max(...drawn.map(({ right }) => right));
        })"""
    )
    assert apart
    assert min(apart) >= 4


def test_reduced_motion_lets_a_drag_end_where_the_hand_ends(watched: Page, live_server: object) -> None:
    store("demo", "Demonstration", 240, 7)
    watched.emulate_media(reduced_motion="reduce")
    opened(watched, live_server, DESK, "demo/?from=2000-01-01&to=2006-01-01")
    watched.mouse.move(800, 430)
    watched.mouse.down()
    watched.mouse.move(500, 430, steps=4)
    watched.mouse.up()
    frames = """() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() =>
        done(document.querySelector('.tl-axis-canvas').toDataURL()))))"""
    first = watched.evaluate(frames)
    watched.wait_for_timeout(150)
    assert watched.evaluate(frames) == first


def test_on_a_phone_filters_stay_in_their_row_when_one_is_opened(watched: Page, live_server: object) -> None:
    store("demo", "Demonstration", 60, 7)
    opened(watched, live_server, PHONE)
    filters = watched.locator(".filters")
    before = filters.bounding_box()
    for name in ("Stance", "Time"):
        watched.locator(".facet > summary", has_text=name).click()
        pop = watched.locator(".facet[open] .pop").bounding_box()
        assert filters.bounding_box() == before
        assert pop
        assert pop["x"] >= 8
        assert pop["x"] + pop["width"] <= PHONE["width"] - 8
        watched.keyboard.press("Escape")


def test_where_the_page_is_low_the_buttons_scroll_away_and_the_scale_stays(
    watched: Page, live_server: object
) -> None:
    """400 % zoom of 1280 × 1024 pixels, and a phone on its side."""
    store("demo", "Demonstration", 240, 7)
    for size in ({"width": 320, "height": 256}, {"width": 844, "height": 390}):
        opened(watched, live_server, size)
        watched.locator(".tl-keys").focus()
        watched.keyboard.press("Home")
        watched.keyboard.press("Enter")
        watched.locator("#panel mark.hl").first.wait_for()
        watched.wait_for_timeout(300)
        scale = watched.locator(".tl-axis-canvas").bounding_box()
        assert scale
        assert 0 <= scale["y"] <= 8
        assert watched.locator(".tl-axis .zoom").bounding_box()["y"] < 0  # type: ignore[index]


def test_dialogs_on_a_phone_leave_a_margin(watched: Page, live_server: object) -> None:
    store("demo", "Demonstration", 60, 7)
    opened(watched, live_server, PHONE)
    for button in ("Lanes", "?"):
        if button == "?":
            watched.locator(".tl-keys").focus()
            watched.keyboard.press("?")
        else:
            watched.get_by_role("button", name=button, exact=True).click()
        box = watched.get_by_role("dialog").bounding_box()
        assert box
        assert box["x"] >= 12
        assert box["x"] + box["width"] <= PHONE["width"] - 12
        watched.keyboard.press("Escape")
        expect(watched.get_by_role("dialog")).to_have_count(0)


def test_on_a_phone_nothing_takes_the_focus_under_the_sheet(watched: Page, live_server: object) -> None:
    store("demo", "Demonstration", 60, 7)
    opened(watched, live_server, PHONE)
    watched.locator(".tl-keys").focus()
    watched.keyboard.press("Home")
    watched.keyboard.press("Enter")
    watched.locator("#panel mark.hl").first.wait_for()
    watched.wait_for_timeout(400)
    watched.locator(".legend-box > summary").focus()
    outside = 0
    for _ in range(14):
        watched.keyboard.press("Tab")
        bottom = watched.evaluate(
            """() => {
                const focused = document.activeElement;
                if (focused.closest('#panel')) return null;
                const sheet = document.querySelector('#panel').getBoundingClientRect().top;
                return focused.getBoundingClientRect().bottom - sheet;
            }"""
        )
        outside += bottom is not None
        assert bottom is None or bottom <= 0, watched.evaluate("document.activeElement.textContent")
    assert outside > 8
