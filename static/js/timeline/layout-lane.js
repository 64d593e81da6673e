// Where everything of one lane stands at one scale: marks in rows, columns, bundles. Positions are pixels from
// the first day of the dossier, so that moving sideways changes nothing here and marks keep their rows.
import {
  absorbNeighbours, countBuckets, crowdedBuckets, unitFor,
} from './cluster-marks.js';
import { LaneLabels } from './lane-labels.js';
import { countedBars, layoutBars, LONG } from './layout-bars.js';
import { bucketsOf, columnsOf, countedRuns, extentsOf } from './layout-columns.js';
import { lengthOf } from './mark-shape.js';
import { GAP, Rows } from './pack-rows.js';

const SHALLOW = 0.3; // of the highest column: reported columns of less need one row
const TRIES = 6;
const WIDE = 18; // pixels of a column: beside such a one a disc may cover half of itself, beside a narrower one none
const LEFT = GAP + 2; // what packing leaves around marks and in between: a bar may stand flush with a column

/** How far marks may reach into a column. */
const reachOf = (unit, { perDay, h }) => (unit.days * perDay >= WIDE ? h / 2 + 1 : 0.5);
const sideOf = (item) => (item.traits.reported ? 'reported' : 'own');

function growth(review, stance) {
  return (review === 'curated' ? 4 : 1)
    + (stance === 'rejects-wording' ? 6 : stance === 'denies' ? 3 : stance === 'demands' ? 4 : 1);
}

/** The places of one claim: its middle or start, its true width, its edges with ring and quotes. */
function measure(data, i, { perDay, origin, h, end }) {
  const traits = data.traits(i);
  const dayish = traits.precision === 'day' || traits.precision === 'unknown';
  const day = data.start[i];
  const last = traits.open === 'end' ? end : data.end(i);
  const from = traits.open === 'start' ? Math.min(origin, day) : day;
  let x = (from - origin) * perDay;
  let w = (last - from) * perDay;
  if (dayish && w <= h) {
    x += w / 2;
    w = 0;
  }
  const [x0, length] = lengthOf(traits.precision, w, h);
  const grow = growth(traits.review, traits.stance);
  const item = {
    kind: 'mark', i, x, w, traits, left: x + x0 - grow, right: x + x0 + length + grow, row: 0,
  };
  const days = traits.precision === 'oneof' && data.alternatives.get(i);
  if (days) {
    item.alternatives = days.map((d) => (d + 0.5 - day) * perDay);
    item.left = x + Math.min(...item.alternatives) - 5;
    item.right = x + Math.max(...item.alternatives) + 5;
  }
  return item;
}

/** Splits a lane's claims into those that columns may take and the longer ones. */
function sortOut(data, lane, at, unit) {
  const short = [];
  const long = [];
  const widest = Math.max(unit.days * at.perDay * 1.3, at.h * 1.5);
  for (let i = data.laneFrom[lane]; i < data.laneFrom[lane + 1]; i += 1) {
    if (!data.knownBy(i, at.known)) continue;
    const open = data.flags[i] & 0x6000;
    if ((data.length[i] + 1) * at.perDay <= widest && !open) short.push(i);
    else long.push(i);
  }
  return { short, long };
}

/** Notes of each run how many rows its reported columns take. */
function sound(runs, room) {
  const columns = runs.flatMap((run) => run.columns);
  const peak = columns.reduce((most, c) => Math.max(most, c.own, c.reported), 1);
  const deep = columns.some((c) => c.reported > peak * SHALLOW);
  for (const run of runs) run.depth = deep ? room.reported : 1;
}

/** Rows of either side, clear of the columns; where a run stands on one side only, its numbers still need a row. */
function rowsBeside(runs, reach, { room, short }) {
  const inset = LEFT + reach;
  const sides = { own: new Rows(short.own), reported: new Rows(short.reported) };
  sound(runs, room);
  for (const run of runs) {
    for (const side of ['own', 'reported']) {
      const stands = run.columns.filter((column) => column[side]);
      const rows = side === 'own' ? room.own : run.depth;
      if (stands.length) {
        const last = stands[stands.length - 1];
        sides[side].block(rows, stands[0].x + inset, last.x + last.w - inset);
      } else if (side === 'own') sides.own.block(1, run.left + inset, run.right - inset);
    }
  }
  return sides;
}

/** Marks that no column took, from left to right, row by row; gives back the buckets that overflowed, or stand over a column. */
function packShort(items, sides, runs, reach, { own }, last) {
  const spilled = [];
  const sorted = [...runs].sort((a, b) => a.left - b.left);
  let first = 0;
  for (const item of items) {
    const side = sideOf(item);
    item.row = sides[side].place(item.left, item.right);
    const [left, right] = [item.left + LEFT, item.right - LEFT];
    while (first < sorted.length && sorted[first].right <= left) first += 1;
    let into = 0; // pixels of the mark that lie over columns
    for (let k = first; k < sorted.length && sorted[k].left < right; k += 1) {
      into = Math.max(into, Math.min(right, sorted[k].right) - Math.max(left, sorted[k].left));
    }
    item.over = into > 0.5;
    const over = item.row >= (side === 'own' ? own : 1) && into > reach && !last;
    if (item.row < 0 || over) spilled.push(item.bucket);
  }
  return spilled;
}

/** Marks and columns of what is short: {marks, runs, sides, counts, crowded}. */
function layoutShort(data, short, at, unit, counted) {
  const { bucket, first, last } = bucketsOf(data, short, unit);
  const counts = countBuckets(first, last, (visit) => {
    for (let k = 0; k < short.length; k += 1) visit(bucket[k], data.quoted(short[k]));
  });
  const reach = reachOf(unit, at);
  const touches = extentsOf(data, short, bucket, counts, unit, at, reach);
  const crowded = crowdedBuckets(counts, at.room);
  const measured = [];
  for (let tries = TRIES; ; tries -= 1) {
    absorbNeighbours(crowded, counts, touches);
    const runs = columnsOf(crowded, counts, unit, at);
    if (counted) runs.push(...countedRuns(counted.columns, at));
    const sides = rowsBeside(runs, reach, at);
    const items = [];
    for (let k = 0; k < short.length; k += 1) {
      if (crowded[bucket[k] - first]) continue;
      if (!measured[k]) {
        measured[k] = measure(data, short[k], at);
        measured[k].bucket = bucket[k] - first;
      }
      items.push(measured[k]);
    }
    items.sort((a, b) => a.left - b.left || a.i - b.i);
    const spilled = packShort(items, sides, runs, reach, at.room, tries <= 0);
    if (!spilled.length) return { marks: items, runs, sides, counts, crowded };
    for (const b of spilled) crowded[b] = 1;
  }
}

/** Bars of middling length that stand on columns are counted in them; gives back the bars that do not. */
function takeMiddling(data, long, at, unit, { counts, crowded, runs }) {
  const columns = new Map(runs.flatMap((run) => run.columns.map((column) => [column.from, column])));
  return long.filter((i) => {
    if ((data.flags[i] & 0x6000) || (data.length[i] + 1) * at.perDay > LONG) return true;
    const bucket = unit.of(data.middle(i), data.month[i]);
    if (!crowded[bucket - counts.first]) return true;
    const column = columns.get(unit.start(bucket));
    column[data.quoted(i) ? 'reported' : 'own'] += 1;
    return false;
  });
}

/**
 * The layout of a lane, nothing chosen. `at`: {perDay, origin, end, known} and the sizes of lanes. Gives {marks
 * (short, sorted by x), bars (long), runs (of columns), peak, labels}.
 */
export function baseLayout(data, lane, at) {
  const unit = unitFor(at.perDay);
  const { short, long } = sortOut(data, lane, at, unit);
  const counted = data.counts?.lanes[lane];
  const found = layoutShort(data, short, at, unit, counted);
  const outside = takeMiddling(data, long, at, unit, found);
  const { marks, runs, sides } = found;
  const bars = layoutBars(data, outside, (i) => measure(data, i, at), sides, counted ? countedBars(counted.blocks, at) : [], at);
  marks.sort((a, b) => a.x - b.x);
  let peak = 1;
  for (const run of runs) for (const column of run.columns) peak = Math.max(peak, column.own, column.reported);
  const labels = new LaneLabels({ marks, bars, runs }, at.room.own, (at.end - at.origin) * at.perDay);
  return { marks, bars, runs, peak: counted ? data.peak(lane, peak) : peak, labels };
}

/** Takes claim i out of the bundle or column that holds it; gives its mark, to be drawn over them. */
function raise(layout, data, i, at) {
  const item = { ...measure(data, i, at), raised: true };
  const bundle = layout.bars.find((bar) => bar.members?.includes(i));
  if (bundle) {
    item.row = bundle.row;
    layout.bars = layout.bars.map((bar) => (bar === bundle ? { ...bar, members: bar.members.filter((k) => k !== i) } : bar));
    return item;
  }
  const day = data.middle(i);
  const side = sideOf(item);
  const lower = (column) => (day >= column.from && day < column.to ? { ...column, [side]: Math.max(0, column[side] - 1) } : column);
  layout.runs = layout.runs.map((run) => (
    run.columns[0].from <= day && run.columns[run.columns.length - 1].to > day ? { ...run, columns: run.columns.map(lower) } : run));
  return item;
}

/** The layout with the claims `chosen` as marks of their own; whatever stands by itself stays where it is. */
export function withChosen(base, data, chosen, at) {
  const layout = { ...base };
  for (const i of new Set(chosen)) {
    if (!data.knownBy(i, at.known)) continue;
    if (layout.marks.some((mark) => mark.i === i)) continue;
    if (layout.bars.some((bar) => bar.i === i && bar.kind === 'bar')) continue;
    const item = raise(layout, data, i, at);
    layout.marks = [...layout.marks, item].sort((a, b) => a.x - b.x);
  }
  return layout;
}

/** Both at once: `at` has `selected` and `focused` too, -1 for none. */
export function layoutLane(data, lane, at) {
  const inLane = [at.selected, at.focused].filter((i) => i >= data.laneFrom[lane] && i < data.laneFrom[lane + 1]);
  return withChosen(baseLayout(data, lane, at), data, inLane, at);
}
