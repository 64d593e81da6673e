// A lane with the letters' dates on its second axis: across, when it is said to have happened; down, when it was
// said. One sees an account appear, change and harden. A claim on the slanting line was made on the day itself.
import { civil, dayNumber, SHORT_MONTHS, yearWords } from './calendar.js';
import { boxOf, drawBehind, drawMark } from './draw-mark.js';
import { shapeOf } from './mark-shape.js';
import { claims } from './numbers.js';
import { Surface } from './surface.js';

const TOP = 24;
const FOOT = 14;
const A_LETTER = 18; // pixels of height that a letter adds
const LEAST = 96;
const MOST = 300;
const ALL_LANES = 3600; // pixels that more lanes share
const OFF_LINE = 5; // own words stand above their letter's line, reported ones hang under it
const MARKS = 240; // of more in view the short ones are counted in cells, the long ones are lines
const LONG = 90; // pixels
const CELL = 8; // pixels, as in timeline/said_cells.py
const A_LINE = 6; // pixels from letter to letter: below, their lines are not told apart
const REST = 60; // milliseconds of rest before cells are asked for
const A_WORD = 15; // pixels from one date beside the lane to the next
const A_YEAR = 16; // pixels from one year to the next where years stand for many letters
const STEPS = [1, 2, 5, 10, 20, 50, 100];
export const BESIDE_LANE = 64; // pixels that the dates beside a lane take, as in timeline-canvas.css

/** The height of each of so many lanes where there are so many letters. */
export function heightOf(letters, lanes) {
  return Math.round(Math.min(MOST, Math.max(LEAST, ALL_LANES / lanes), Math.max(LEAST, TOP + FOOT + letters * A_LETTER)));
}

/** Days of letters to pixels from the top: earlier letters stand higher. */
export function depthScale(days, height) {
  const first = days[0];
  const last = days[days.length - 1];
  const per = last > first ? (height - TOP - FOOT) / (last - first) : 0;
  return (day) => TOP + (day - first) * per;
}

/** The claims of a lane that touch the window, where they stand. Claims of letters without a date are left out. */
export function placeClaims(data, lane, view, depth) {
  const items = [];
  for (let i = data.laneFrom[lane]; i < data.laneFrom[lane + 1]; i += 1) {
    const made = data.made(i);
    if (made === null || !data.knownBy(i, view.known)) continue;
    const traits = data.traits(i);
    const dayish = traits.precision === 'day' || traits.precision === 'unknown';
    const end = traits.open === 'end' ? Math.max(data.end(i), view.scale.to) : data.end(i);
    const start = traits.open === 'start' ? Math.min(data.start[i], view.scale.from) : data.start[i];
    let x = Math.max(-60, view.scale.x(start));
    let w = Math.min(view.width + 60, view.scale.x(end)) - x;
    if (w < 0 || x > view.width) continue;
    if (dayish && w <= view.h) {
      x += w / 2;
      w = 0;
    }
    const y = Math.round(depth(made)) + (traits.reported ? OFF_LINE : -OFF_LINE);
    items.push({ kind: 'mark', i, x, w, traits, y, alternatives: null });
  }
  return items.sort((a, b) => b.w - a.w); // what is short lies on top
}

/** Claims by cell where they stand too close for marks: [{x, y, own, reported, members}], by the middle of what is in view. */
export function cellsOf(items, width) {
  const cells = new Map();
  for (const { i, x, w, y, traits } of items) {
    const middle = (Math.max(0, x) + Math.min(width, x + w)) / 2;
    const column = Math.floor(middle / CELL);
    const row = Math.floor(y / CELL);
    const key = `${column} ${row}`;
    if (!cells.has(key)) {
      cells.set(key, {
        kind: 'bundle', i: -2, x: column * CELL, y: row * CELL, own: 0, reported: 0, members: [],
      });
    }
    const cell = cells.get(key);
    cell[traits.reported ? 'reported' : 'own'] += 1;
    cell.members.push(i);
  }
  return [...cells.values()];
}

/** The cells of a dossier whose marks come for the window alone: asked for when the hand rests. */
export class SaidCells {
  /** `changed` is called when cells have come. */
  constructor(data, changed) {
    this.data = data;
    this.changed = changed;
    this.wanted = '';
    this.timer = null;
    this.lanes = null; // a list of cells for each lane, null while there are none
  }

  /** Asks for the cells of a window where those at hand are not they; `down`: days of a cell's height. */
  want({ from, to, perDay, width }, known, down) {
    const { first, last } = this;
    const wanted = [perDay, known, down].join();
    if (wanted === this.wanted && from >= first && to <= last) return;
    const margin = (to - from) / 2;
    Object.assign(this, { wanted, first: Math.floor(from - margin), last: Math.ceil(to + margin) });
    const address = new URL(this.data.url.replace('marks.json', 'marks-said.json'), location.href);
    const ask = { first: this.first, last: this.last, px: Math.round(width * 2), down };
    if (known !== null) ask.known = known;
    for (const [name, value] of Object.entries(ask)) address.searchParams.set(name, value);
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.fetch(address), REST);
  }

  async fetch(address) {
    this.stop?.abort();
    const { signal } = this.stop = new AbortController();
    try {
      const answer = await fetch(address, { headers: { Accept: 'application/json' }, signal });
      if (!answer.ok) throw new Error(String(answer.status));
      this.take(await answer.json());
      this.changed();
    } catch {
      if (!signal.aborted) this.wanted = ''; // what is at hand stays; with the next picture they are asked for again
    }
  }

  /** Reads an answer: cells by lane, in days. */
  take({
    first, across, down, lane_ids: ids, cells,
  }) {
    this.lanes = cells && this.data.lanes.map(() => new Map());
    for (const [place, quoted, ...numbers] of cells || []) {
      const lane = this.lanes[this.data.lanes.findIndex(({ id }) => id === ids[place])];
      for (let k = 0; lane && k < numbers.length; k += 3) {
        const [column, row, n] = numbers.slice(k, k + 3);
        const key = `${column} ${row}`;
        if (!lane.has(key)) {
          lane.set(key, {
            kind: 'column', i: -2, closer: true, from: first + column * across, to: first + (column + 1) * across, made: (row + 0.5) * down, own: 0, reported: 0,
          });
        }
        lane.get(key)[quoted ? 'reported' : 'own'] += n;
      }
    }
  }

  /** The cells of a lane where they stand, null while there are none. */
  inLane(lane, scale, depth) {
    if (!this.lanes) return null;
    const cells = [];
    for (const cell of this.lanes[lane].values()) {
      const x = Math.round(scale.x(cell.from));
      if (x > -CELL && x < scale.width) cells.push({ ...cell, x, y: Math.round(depth(cell.made) - CELL / 2) });
    }
    return cells;
  }
}

/** The lines of letters, few enough to tell apart: [pixels from the top, day]; null where there are too many. */
function linesOf(depth, days, height) {
  const lines = new Map(days.map((day) => [Math.round(depth(day)), day]));
  return lines.size * A_LINE < height ? [...lines] : null;
}

/** Round years down to the last letter, and that of the first letter where there is room. */
function yearsBeside(depth, days) {
  const [first, last] = [days[0], days[days.length - 1]].map((day) => civil(day).year);
  const aYear = depth(days[0] + 365) - depth(days[0]);
  const step = STEPS.find((years) => years * aYear >= A_YEAR) || STEPS[STEPS.length - 1];
  const found = [];
  for (let year = Math.floor(first / step) * step + step; year <= last; year += step) found.push([depth(dayNumber(year)), yearWords(year)]);
  if (!found.length || found[0][0] - depth(days[0]) >= A_WORD) found.unshift([depth(days[0]), yearWords(first)]);
  return found;
}

/** What is written beside a lane of `height`: [pixels from the top, words]: months of letters, or years where they are many. */
export function datesBeside(days, height) {
  if (!days.length) return [];
  const depth = depthScale(days, height);
  const words = (day) => `${SHORT_MONTHS[civil(day).month]} ${yearWords(civil(day).year)}`;
  const lines = linesOf(depth, days, height);
  if (!lines) return yearsBeside(depth, days);
  let free = -Infinity;
  return lines.filter(([y]) => {
    if (y < free) return false;
    free = y + A_WORD;
    return true;
  }).map(([y, day]) => [y, words(day)]);
}

/** Writes the dates beside a lane, BESIDE_LANE wide. */
export function drawBeside(ctx, view, days) {
  const { palette } = view;
  ctx.font = `semi-condensed 12px ${palette.sans}`;
  ctx.textAlign = 'right';
  const edge = BESIDE_LANE - 8;
  ctx.fillStyle = palette['ink-3'];
  if (view.first) ctx.fillText('said in', edge, 12);
  for (const [y, words] of datesBeside(days, view.height)) {
    ctx.fillStyle = palette['ink-2'];
    ctx.fillText(words, edge, y + 4);
    ctx.fillStyle = palette['rule-2'];
    ctx.fillRect(BESIDE_LANE - 5, Math.round(y), 5, 1);
  }
  ctx.textAlign = 'left';
}

/** Puts the dates beside the lane of `row`. */
export function putBeside(row, { height, beside }) {
  row.beside ||= new Surface(row.element, 'tl-said');
  beside(row.beside.begin(BESIDE_LANE, height));
}

/** The line of what is said on the day itself; the first lane says so. */
function drawSlant(ctx, view, depth, days) {
  const [x0, x1] = [days[0], days[days.length - 1]].map((day) => view.scale.x(day));
  const [y0, y1] = [depth(days[0]), depth(days[days.length - 1])];
  ctx.strokeStyle = view.palette['rule-2'];
  ctx.lineWidth = 1;
  ctx.beginPath();
  ctx.moveTo(x0, y0);
  ctx.lineTo(x1, y1);
  ctx.stroke();
  if (!view.first || x0 < 0 || x0 > view.width) return; // where the line begins, nothing lies over its words
  const words = 'said on the day itself';
  const { width } = ctx.measureText(words);
  const x = Math.max(4, Math.min(x0, view.width - width - 6));
  ctx.fillStyle = view.palette['ink-3'];
  ctx.fillText(words, x, 11);
}

function drawGround(ctx, view, depth, days) {
  const { palette, width, height } = view;
  for (const { x, strong } of view.grid) {
    ctx.globalAlpha = strong ? 1 : 0.45;
    ctx.fillStyle = palette.rule;
    ctx.fillRect(Math.round(x), 0, 1, height);
  }
  ctx.globalAlpha = 0.6;
  for (const [y] of linesOf(depth, days, height) || []) ctx.fillRect(0, y, width, 1);
  ctx.globalAlpha = 1;
  drawSlant(ctx, view, depth, days);
  if (view.plumb !== null) {
    ctx.fillStyle = palette.ink;
    ctx.fillRect(Math.round(view.plumb), 0, 1, height);
  }
}

/** A square for each voice of a cell, own words above, reported ones below, the smaller upon the larger; gives the boxes for the pointer. */
function drawCells(ctx, view, cells) {
  const peak = cells.reduce((most, { own, reported }) => Math.max(most, own, reported), 1);
  const side = (n) => n && Math.max(3, Math.round(Math.sqrt(n / peak) * (CELL - 1)));
  ctx.strokeStyle = view.colour;
  ctx.lineWidth = 1;
  const own = ({ x, y, own: n }) => {
    ctx.fillStyle = view.colour;
    ctx.fillRect(x, y, side(n), side(n));
  };
  const reported = ({ x, y, reported: n }) => {
    if (!n) return;
    const off = CELL - 1 - side(n);
    ctx.fillStyle = view.palette.lane;
    ctx.fillRect(x + off, y + off, side(n), side(n));
    ctx.strokeRect(x + off + 0.5, y + off + 0.5, side(n) - 1, side(n) - 1);
  };
  for (const cell of cells) for (const draw of cell.own < cell.reported ? [reported, own] : [own, reported]) draw(cell);
  return cells.map((item) => ({
    left: item.x, right: item.x + CELL, top: item.y, bottom: item.y + CELL, item,
  }));
}

/** What is long among many, as lines: own ones two pixels high. */
function drawLines(ctx, view, items) {
  ctx.fillStyle = view.colour;
  ctx.globalAlpha = 0.5;
  const drawn = items.map((item) => {
    const high = item.traits.reported ? 1 : 2;
    ctx.fillRect(item.x, item.y - 1, item.w, high);
    return {
      left: item.x, right: item.x + item.w, top: item.y - 1, bottom: item.y - 1 + high, item,
    };
  });
  ctx.globalAlpha = 1;
  return drawn;
}

function drawOne(ctx, view, item, clear) {
  const states = [['selected', view.selected], ['hover', view.hovered], ['focus', view.focused]];
  const mark = {
    ...item.traits, w: item.w, h: view.h, states: states.filter(([, i]) => i === item.i).map(([name]) => name),
    fade: Math.min(56, item.w * 0.6), colour: view.colour, paper: view.palette.lane, ink: view.palette.ink,
  };
  if (mark.precision === 'oneof') mark.precision = 'interval';
  const shape = shapeOf(mark);
  // Claims of one letter stand in one line: each gets its ground, a bar no more than its own height.
  if (clear) drawBehind(ctx, shape.disc ? mark : { ...mark, h: shape.thickness }, item.x, item.y, 1);
  ctx.save();
  ctx.translate(item.x, item.y);
  drawMark(ctx, mark);
  ctx.restore();
  const [left, top, width, height] = boxOf(mark, shape, 0);
  return {
    left: item.x + left, right: item.x + left + width, top: item.y + top, bottom: item.y + top + height, item,
  };
}

/** How many claims that came as counts touch the window: they have no letter yet. */
export function waiting(data, lane, { from, to }) {
  const { columns, blocks } = data.counts?.lanes[lane] || { columns: [], blocks: [] };
  const within = (one) => (one.open === 2 || one.from < to) && (one.open === 1 || one.to > from);
  return columns.filter(within).reduce((n, { own, reported }) => n + own + reported, 0)
    + blocks.filter(within).reduce((n, { count }) => n + count, 0);
}

/** Says how many more claims stand here closer in. */
function drawWaiting(ctx, view, count, shown) {
  if (!count) return;
  ctx.textAlign = 'right';
  ctx.fillStyle = view.palette['ink-2'];
  ctx.fillText(`${shown ? 'and ' : ''}${claims(count)} closer in`, view.width - 8, 12);
  ctx.textAlign = 'left';
}

/** Draws the lane; gives the boxes of what was drawn, for the pointer. `days`: the letters' days, in order. */
export function drawSecondAxis(ctx, view, data, lane, days) {
  ctx.font = `semi-condensed 11.5px ${view.palette.sans}`;
  if (!days.length) return [];
  const depth = depthScale(days, view.height);
  drawGround(ctx, view, depth, days);
  const items = placeClaims(data, lane, view, depth);
  const chosen = (item) => item.i === view.selected || item.i === view.focused || item.i === view.hovered;
  const count = waiting(data, lane, view.scale);
  const counted = count > 0 && view.cells?.inLane(lane, view.scale, depth);
  const many = !counted && items.length > MARKS;
  // A cell of what came as counts holds the claims whose middle lies in it: what only reaches into the window is a line.
  const middle = ({ i }) => (data.start[i] + data.end(i)) / 2;
  const aLine = (item) => (many ? item.w > LONG : counted && (middle(item) < view.scale.from || middle(item) > view.scale.to));
  const drawn = drawLines(ctx, view, items.filter(aLine));
  const cells = counted || (many && cellsOf(items.filter(({ w }) => w <= LONG), view.width));
  if (cells) drawn.push(...drawCells(ctx, view, cells));
  const shown = [...items.filter((m) => !cells && !chosen(m)), ...items.filter(chosen)];
  const clear = !!linesOf(depth, days, view.height);
  drawn.push(...shown.map((item) => drawOne(ctx, view, item, clear)));
  if (!cells) drawWaiting(ctx, view, count, items.length);
  return drawn;
}

/** A lane ready to be drawn: {height, draw(ctx), beside(ctx)}, what is beside it being `aside` pixels wide. */
export function sheetOf(it, row, shared) {
  const { data, slider: { days }, lanes: { shown }, scale, known } = it;
  const height = Math.max(row.least, heightOf(days.length, shown.length));
  row.part = null;
  const view = {
    ...shared, height, h: it.phone ? 6 : 8, first: shown[0] === row.lane,
  };
  if (data.counts && days.length > 1) {
    it.saidCells ||= new SaidCells(data, () => it.request());
    const per = depthScale(days, heightOf(days.length, shown.length));
    it.saidCells.want(scale, known, Math.max(1, Math.round(CELL / (per(days[0] + 1) - per(days[0])))));
    view.cells = it.saidCells;
  }
  return {
    height,
    aside: BESIDE_LANE,
    draw: (ctx) => drawSecondAxis(ctx, view, data, row.lane, days),
    beside: (ctx) => drawBeside(ctx, view, days),
  };
}
