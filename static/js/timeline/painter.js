// Draws the timeline as it stands: lanes, axis, overview. What is drawn is asked of the instrument; what was laid
// out is kept until the scale or the marks change.
import { drawAxis, gridLines } from './axis.js';
import { dayWords } from './calendar.js';
import { drawLane, laneHeight, rowsInUse, visiblePart } from './draw-lane.js';
import { baseLayout, withChosen } from './layout-lane.js';

const IDLE = 200; // milliseconds of rest before lanes may shrink and words are fetched
const LABELS = 14; // words fetched a lane and view
const REVIEWED = { curated: 2, accepted: 1 };

export class Painter {
  constructor(instrument) {
    this.it = instrument;
    this.idle = null;
    this.resting = false;
    this.second = null;
    this.draws = 0;
  }

  colourOf(row) {
    const { data, palette } = this.it;
    const { colour } = data.lanes[row.lane];
    return colour ? palette.party[colour - 1] : palette['ink-2'];
  }

  weight(i) {
    return REVIEWED[this.it.data.review(i)] || 0;
  }

  layoutOf(row) {
    const {
      data, scale, limits, sizes, known, selected, focused,
    } = this.it;
    const at = {
      ...sizes, perDay: scale.perDay, origin: limits.from, end: limits.to, known,
    };
    const key = [data.version, at.perDay, sizes.h, sizes.pitch, sizes.room.own, sizes.short.own, known].join();
    const chosen = [selected, focused].filter((i) => i >= data.laneFrom[row.lane] && i < data.laneFrom[row.lane + 1]);
    if (row.key !== key) {
      row.key = key;
      row.base = baseLayout(data, row.lane, at);
      row.chosen = null;
    }
    if (row.chosen !== chosen.join()) {
      row.chosen = chosen.join();
      row.layout = withChosen(row.base, data, chosen, at);
    }
    return row.layout;
  }

  /** What all lanes are drawn by. */
  shared() {
    const {
      scale, limits, width, sizes, phone, palette, selected, hovered, focused, known,
    } = this.it;
    return {
      ...sizes, scale, offset: (scale.from - limits.from) * scale.perDay, width, phone, palette, selected, hovered,
      focused, known, grid: gridLines(scale), plumb: this.plumb(), weight: (i) => this.weight(i),
      inWindow: (members) => this.it.inWindow(members),
    };
  }

  /** A lane ready to be drawn: {height, draw(ctx)}, draw giving the boxes for the pointer. */
  sheet(row, shared) {
    if (!this.it.lanes.state.two) return this.sheetOne(row, shared);
    if (this.second) return this.second.sheetOf(this.it, row, { ...shared, colour: this.colourOf(row) });
    // Few look at the second axis; its code is fetched when they do.
    import('./second-axis.js').then((module) => {
      this.second = module;
      this.it.request();
    });
    return { height: row.least, draw: () => [] };
  }

  sheetOne(row, shared) {
    const layout = this.layoutOf(row);
    const part = visiblePart(layout, shared.offset, shared.offset + shared.width);
    const rows = rowsInUse(part, shared);
    row.part = part;
    // While the hand moves, a lane only grows: what it has is kept until the hand rests.
    row.used = this.resting ? rows : { own: rows.own | (row.used?.own || 0), reported: rows.reported | (row.used?.reported || 0) };
    const { height, line } = laneHeight(row.used, row.least, shared);
    const view = {
      ...shared, height, line, rows: row.used, colour: this.colourOf(row),
    };
    return { height, draw: (ctx) => drawLane(ctx, view, layout, part, this.it.texts) };
  }

  draw() {
    const {
      data, scale, selectedId, known, frame, width, top,
    } = this.it;
    data.want?.(scale, selectedId, known);
    const shared = this.shared();
    // At first only what the screen holds; the rest once the hand rests, or with the next picture.
    let room = this.draws ? Infinity : innerHeight - top;
    for (const row of this.rowsToDraw()) {
      if (room < 0) break;
      const sheet = this.sheet(row, shared);
      row.drawn = sheet.draw(row.surface.begin(width, sheet.height));
      if (sheet.beside) this.second.putBeside(row, sheet);
      room -= sheet.height;
    }
    drawAxis(frame.axis.surface.begin(width, 44), scale, this.it.palette, shared.plumb);
    this.drawFlag(shared.plumb);
    if (room > 0) {
      this.drawTail();
      this.showRest(); // it may be on the screen
    }
    this.draws += 1;
    clearTimeout(this.idle);
    this.idle = setTimeout(() => this.rest(), IDLE);
  }

  /** The rows from above that are on the screen, near it, or not drawn yet. */
  rowsToDraw() {
    const { frame, lanes } = this.it;
    const rows = lanes.shown.map((lane) => frame.rows.find((row) => row.lane === lane));
    return rows.filter((row) => row.visible || row.part === undefined);
  }

  /** The date on the axis over the plumb line. */
  drawFlag(plumb) {
    const {
      frame: { axis: { flag } }, texts, selected, data, width,
    } = this.it;
    flag.hidden = plumb === null;
    if (plumb === null) return;
    flag.textContent = texts.get(selected)?.date || dayWords(data.start[selected]);
    flag.style.left = `${plumb}px`;
    // Over the line where there is room, never past the axis: over the heads it would hide what one presses.
    flag.style.translate = `clamp(${-plumb}px, -50%, calc(${width - plumb}px - 100%))`;
  }

  /** What stands under the lanes: the whole span, the days of the letters, what has no date. */
  drawTail() {
    const {
      frame: { undated }, scale, palette, overview, slider, overWidth,
    } = this.it;
    overview.draw(scale, palette, overWidth);
    slider.draw(palette, overWidth);
    if (undated) this.drawUndated(undated);
  }

  async drawUndated(row) {
    const { drawUndated } = await import('./undated.js');
    drawUndated(row, this.it);
  }

  /** Where the selected claim's plumb line falls, null where it is out of the window. */
  plumb() {
    const { selected: i, data, scale, width } = this.it;
    if (i < 0) return null;
    const x = scale.x(data.precision(i) === 'day' ? data.start[i] + 0.5 : data.start[i]);
    return x >= 0 && x <= width ? x : null;
  }

  /** Once the hand rests: lanes take the height they need, and words are fetched for what has room. */
  rest() {
    const { rows } = this.it.frame;
    const used = () => rows.map((row) => `${row.used?.own} ${row.used?.reported}`).join();
    const before = used();
    for (const row of rows) {
      if (!row.part) continue;
      row.used = rowsInUse(row.part, this.it.sizes);
      if (!this.it.phone && row.visible) this.wantLabels(row);
    }
    this.showRest();
    if (this.draws > 1 && before === used()) return;
    this.resting = true;
    this.draw();
    this.resting = false;
  }

  /** Lets the page below be laid out from now on. */
  showRest() {
    this.it.root.dataset.whole = '';
  }

  wantLabels(row) {
    const items = [...row.part.marks, ...row.part.bars].filter((m) => !m.traits.reported && m.kind !== 'bundle');
    if (items.length > 400) return;
    items.sort((a, b) => this.weight(b.i) - this.weight(a.i) || a.i - b.i);
    this.it.texts.want(items.slice(0, LABELS).map((m) => m.i));
  }
}
