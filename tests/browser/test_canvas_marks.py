"""Each mark looks as it was decided: against the pictures kept here, and against the drawing they come from.

A mark is drawn at 6, 10 and 14 pixels in both themes. To keep new pictures after a deliberate change:
``CLAIMLINE_NEW_PICTURES=1 pytest tests/browser/test_canvas_marks.py``, and look at them.
"""

from __future__ import annotations

import base64
import os
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.browser
PICTURES = Path(__file__).parent / "goldens"

# Draws every mark of the gallery in cells of 120 by 32, three sizes to a row; gives the sheet as a picture.
DRAW = """async () => {
  const { GALLERY } = await import('/static/js/timeline/gallery.js');
  const { drawMark } = await import('/static/js/timeline/draw-mark.js');
  const { readPalette } = await import('/static/js/timeline/palette.js');
  const palette = readPalette(document.documentElement);
  const base = { precision: 'day', w: 0, reported: false, stance: 'asserts', review: 'accepted', states: [],
    inferred: false, approximate: false, uncertain: false, open: null };
  const cells = GALLERY.flatMap(([, party, marks]) => marks.map(([name, mark]) => ({ name, party, mark })));
  const canvas = document.createElement('canvas');
  canvas.width = 360;
  canvas.height = 32 * cells.length;
  const ctx = canvas.getContext('2d');
  ctx.fillStyle = palette.paper;
  ctx.fillRect(0, 0, canvas.width, canvas.height);
  cells.forEach(({ mark, party }, row) => [6, 10, 14].forEach((h, k) => {
    ctx.save();
    ctx.translate(14 + k * 120, 16 + row * 32);
    const colours = { colour: palette.party[party - 1], paper: palette.paper, ink: palette.ink };
    drawMark(ctx, { ...base, ...mark, ...colours, h });
    ctx.restore();
  }));
  window.drawn = { canvas, cells, palette };
  return canvas.toDataURL('image/png');
}"""

# Compares the drawn sheet with a picture; gives the names of the cells that differ, with how much.
COMPARE = """async ([address, most]) => {
  const { canvas, cells } = window.drawn;
  const image = new Image();
  image.src = address;
  await image.decode();
  const other = document.createElement('canvas');
  other.width = canvas.width;
  other.height = canvas.height;
  const ctx = other.getContext('2d');
  ctx.fillStyle = window.drawn.palette.paper;
  ctx.fillRect(0, 0, other.width, other.height);
  ctx.drawImage(image, 0, 0);
  const found = [];
  cells.forEach(({ name }, row) => [6, 10, 14].forEach((h, k) => {
    const box = [k * 120, row * 32, 120, 32];
    const a = canvas.getContext('2d').getImageData(...box).data;
    const b = ctx.getImageData(...box).data;
    let off = 0;
    for (let i = 0; i < a.length; i += 4) {
      const apart = Math.max(...[0, 1, 2].map((c) => Math.abs(a[i + c] - b[i + c])));
      if (apart > 80) off += 1;
    }
    if (off > most) found.push(`${name} at ${h}: ${off} pixels`);
  }));
  return found;
}"""

# The same sheet by the reference's own mark(), as one SVG; `source` brings mark, oneOf and hatchDefs.
REFERENCE = """(source) => {
  const { mark, hatchDefs } = new Function(`${source}; return { mark, hatchDefs };`)();
  const { cells, canvas, palette } = window.drawn;
  const precision = { open: 'open', oneof: 'oneof' };
  const colours = (text) => text.replaceAll(/var\\(--(p(\\d+)|ink|lane)\\)/g, (_, name, n) => (
    n ? palette.party[n - 1] : name === 'ink' ? palette.ink : palette.paper));
  const body = cells.map(({ mark: m, party }, row) => [6, 10, 14].map((h, k) => {
    const option = {
      w: m.w || 0, h, prec: precision[m.precision] || m.precision || 'day', voice: m.reported ? 'rep' : 'own',
      basis: m.inferred ? 'inferred' : 'explicit', approx: m.approximate ? 1 : 0, unsure: m.uncertain ? 1 : 0,
      stance: m.stance === 'rejects-wording' ? 'rejects' : m.stance || 'asserts',
      review: m.review || 'accepted', state: m.states?.[0] || '', c: palette.party[party - 1], n: party,
      alts: m.alternatives || [],
      paper: palette.paper, open: m.open || '', fade: 56,
    };
    return `<g transform="translate(${14 + k * 120} ${16 + row * 32})">${mark(option)}</g>`;
  }).join('')).join('');
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${canvas.width}" height="${canvas.height}">`
    + `${hatchDefs()}${body}</svg>`;
  return `data:image/svg+xml;charset=utf-8,${encodeURIComponent(colours(svg))}`;
}"""


@pytest.fixture(params=["light", "dark"])
def sheet(
    request: pytest.FixtureRequest, browser: Browser, live_server: object
) -> Iterator[tuple[Page, str]]:
    """Yield a page with the sheet of marks drawn in one theme, and the sheet as a picture."""
    context = browser.new_context(color_scheme=request.param, bypass_csp=True)
    page = context.new_page()
    page.goto(f"{live_server.url}/robots.txt")  # type: ignore[attr-defined]
    page.add_style_tag(url="/static/css/tokens.css")
    drawn = page.evaluate(DRAW)
    palette = page.evaluate("() => window.drawn.palette")
    assert len({*palette["party"], palette["paper"], palette["ink"]}) == 14
    yield page, drawn
    context.close()


def test_every_mark_looks_as_in_the_pictures_kept(
    sheet: tuple[Page, str], request: pytest.FixtureRequest
) -> None:
    page, drawn = sheet
    theme = request.node.callspec.params["sheet"]
    kept = PICTURES / f"marks-{theme}.png"
    if os.environ.get("CLAIMLINE_NEW_PICTURES"):
        PICTURES.mkdir(exist_ok=True)
        kept.write_bytes(base64.b64decode(drawn.split(",", 1)[1]))
    address = f"data:image/png;base64,{base64.b64encode(kept.read_bytes()).decode()}"
    assert page.evaluate(COMPARE, [address, 3]) == []


def test_a_picture_that_differs_is_noticed(sheet: tuple[Page, str]) -> None:
    page, drawn = sheet
    page.evaluate("() => window.drawn.canvas.getContext('2d').fillRect(126, 8, 12, 16)")
    assert [line.split(":")[0] for line in page.evaluate(COMPARE, [drawn, 3])] == ["day at 10"]


def test_every_mark_looks_as_the_reference_draws_it(sheet: tuple[Page, str], shared: Path) -> None:
    page, _ = sheet
    html = (shared / "design" / "look" / "timeline.html").read_text(encoding="utf-8")
    parts = [re.search(pattern, html, re.S | re.M) for pattern in REFERENCE_PARTS]
    source = "\n".join(part.group(0) for part in parts if part)
    address = page.evaluate(REFERENCE, source)
    # Edges between pixels may be shaded a little differently by the two ways of drawing.
    assert page.evaluate(COMPARE, [address, 12]) == []


REFERENCE_PARTS = (
    r"^const THICK=.*?$",
    r"^const MINW=.*?$",
    r"^function mark\(o\)\{.*?^\}",
    r"^function oneOf\(o\)\{.*?^\}",
    r"^function hatchDefs.*?$",
)
