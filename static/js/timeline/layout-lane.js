// Where everything of one lane stands at one scale: marks in rows, columns, bundles. Positions are pixels from
// the first day of the dossier, so that moving sideways changes nothing here and marks keep their rows.
import {
  absorbNeighbours, countBuckets, crowdedBuckets, runsOf, unitFor,
} from './cluster-marks.js';
import { shapeOf } from './mark-shape.js';
import { Rows } from './pack-rows.js';

const LONG = 90; // bars over this take the outer rows
const SAME = 3; // as many bars of one extent are drawn as one, with their number
const ROOM = { own: 3, reported: 2 };
const ROWS = { own: 7, reported: 5 };
const ROWS_OF_MANY = { own: 5, reported: 3 };
const MANY = 40; // bars: from here on a lane stays low

function growth(review, stance, chosen) {
  return (review === 'curated' ? 4 : 1)
    + (stance === 'rejects-wording' ? 6 : stance === 'denies' ? 3 : stance === 'demands' ? 4 : 1)
    + (chosen ? 6 : 0);
}

/** The places of one claim: its middle or start, its true width, its edges with ring and quotes. */
function measure(data, i, perDay, origin, h, endDay, chosen) {
  const traits = data.traits(i);
  const dayish = traits.precision === 'day' || traits.precision === 'unknown';
  const day = data.start[i];
  const last = traits.open === 'end' ? endDay : data.end(i);
  const from = traits.open === 'start' ? Math.min(origin, day) : day;
  const x0 = (from - origin) * perDay;
  let w = (last - from) * perDay;
  let x = x0;
  if (dayish && w <= h) {
    x = x0 + w / 2;
    w = 0;
  }
  const shape = shapeOf({ ...traits, w, h });
  const grow = growth(traits.review, traits.stance, chosen);
  const item = {
    kind: 'mark', i, x, w, traits, left: x + shape.x0 - grow, right: x + shape.x1 + grow, row: 0,
  };
  const days = data.alternatives.get(i);
  if (days) {
    item.alternatives = days.map((d) => (d + 0.5 - day) * perDay);
    item.left = x + Math.min(...item.alternatives) - 5;
    item.right = x + Math.max(...item.alternatives) + 5;
  }
  return item;
}

/** Splits a lane's claims into those that columns may take and the longer ones. */
function sortOut(data, lane, at) {
  const short = [];
  const long = [];
  const chosen = [];
  const unit = unitFor(at.perDay);
  const widest = Math.max(unit.days * at.perDay * 1.3, at.h * 1.5);
  for (let i = data.laneFrom[lane]; i < data.laneFrom[lane + 1]; i += 1) {
    if (!data.knownBy(i, at.known)) continue;
    const isChosen = i === at.selected || i === at.focused;
    const width = (data.length[i] + 1) * at.perDay;
    const open = data.flags[i] & 0x6000;
    if (isChosen) chosen.push(i);
    else if (width <= widest && !open) short.push(i);
    else long.push(i);
  }
  return { short, long, chosen, unit };
}

function bucketsOf(data, short, unit) {
  const bucket = new Int32Array(short.length);
  let first = Infinity;
  let last = -Infinity;
  for (let k = 0; k < short.length; k += 1) {
    const b = unit.of(data.middle(short[k]), data.month[short[k]]);
    bucket[k] = b;
    if (b < first) first = b;
    if (b > last) last = b;
  }
  return { bucket, first: first === Infinity ? 0 : first, last: last === -Infinity ? 0 : last };
}

function columnsOf(crowded, counts, unit, at) {
  const xOf = (b) => (unit.start(b + counts.first) - at.origin) * at.perDay;
  return runsOf(crowded).map(([a, b]) => {
    const columns = [];
    for (let k = a; k <= b; k += 1) {
      const x = xOf(k);
      columns.push({
        kind: 'column', x, w: xOf(k + 1) - x, own: counts.own[k], reported: counts.reported[k],
        from: unit.start(k + counts.first), to: unit.start(k + 1 + counts.first),
      });
    }
    return { left: columns[0].x, right: xOf(b + 1), columns };
  });
}

/** Bars of one extent and side, SAME or more of them, are drawn once with their number. */
function bundle(data, long) {
  const groups = new Map();
  for (const i of long) {
    const key = `${data.start[i]} ${data.length[i]} ${data.flags[i] & 0x601f}`;
    if (groups.has(key)) groups.get(key).push(i);
    else groups.set(key, [i]);
  }
  return [...groups.values()].flatMap((g) => (g.length >= SAME ? [g] : g.map((i) => [i])));
}

/** A bundle is drawn plain: its members differ in stance, doubt and review. */
function plain(traits) {
  return {
    ...traits, stance: 'asserts', review: 'accepted', inferred: false, approximate: false, uncertain: false, open: null,
    precision: traits.open ? 'decade' : traits.precision,
  };
}

/** How a block of `days` is drawn: by the calendar unit that is about as long. */
function precisionOf(days) {
  if (days <= 39) return 'month';
  if (days <= 118) return 'season';
  return days <= 474 ? 'year' : 'decade';
}

/** Runs of the columns that came as counts. */
function countedRuns(columns, at) {
  const xOf = (day) => (day - at.origin) * at.perDay;
  const runs = [];
  for (const { from, to, own, reported } of columns) {
    const x = xOf(from);
    const column = { kind: 'column', x, w: xOf(to) - x, own, reported, from, to };
    const last = runs[runs.length - 1];
    if (last && last.columns[last.columns.length - 1].to === from) {
      last.columns.push(column);
      last.right = x + column.w;
    } else runs.push({ left: x, right: x + column.w, columns: [column] });
  }
  return runs;
}

/** Bundles of the longer claims that came as counts. */
function countedBars(blocks, at) {
  return blocks.map((block) => {
    const open = block.open === 1 ? 'end' : block.open === 2 ? 'start' : null;
    const from = open === 'start' ? Math.min(at.origin, block.from) : block.from;
    const to = open === 'end' ? Math.max(at.end, block.to) : block.to;
    const x = (from - at.origin) * at.perDay;
    const w = (to - from) * at.perDay;
    const traits = {
      precision: precisionOf(to - from), reported: block.reported, stance: 'asserts', review: 'accepted',
      inferred: false, approximate: false, uncertain: false, open: null,
    };
    return {
      kind: 'bundle', i: -2, x, w: Math.max(1, w - 2), traits, left: x, right: x + w - 2, row: 0,
      members: [], count: block.count, blocks: [block],
    };
  });
}

function placeLong(rows, item, bundles, most) {
  const r = rows.placeLong(item.left, item.right);
  if (r >= 0) {
    item.row = r;
    return true;
  }
  const touching = bundles.find((b) => item.left <= b.right && item.right >= b.left && b.row === most);
  if (touching) {
    if (touching.kind !== 'bundle') {
      touching.kind = 'bundle';
      touching.traits = { ...plain(touching.traits), precision: 'decade' };
    }
    touching.members.push(...item.members);
    touching.count = (touching.count || 0) + (item.count || 0);
    if (item.blocks) touching.blocks = [...(touching.blocks || []), ...item.blocks];
    touching.right = Math.max(touching.right, item.right);
    touching.left = Math.min(touching.left, item.left);
    touching.x = touching.left;
    touching.w = touching.right - touching.left;
    return false;
  }
  item.row = most;
  bundles.push(item);
  return false;
}

/** Marks that no column took, row by row; gives back the buckets that overflowed. */
function packShort(items, sides) {
  const spilled = [];
  for (const item of items) {
    const side = sides[item.traits.reported ? 'reported' : 'own'];
    item.row = side.place(item.left, item.right);
    if (item.row < 0) spilled.push(item.bucket);
  }
  return spilled;
}

/**
 * The layout of a lane. `at`: {perDay, origin, end, h, known, selected, focused}. Gives {marks (short, sorted by
 * x), bars (long), runs (of columns), peak, rows: {own, reported}}.
 */
export function layoutLane(data, lane, at) {
  const { short, long, chosen, unit } = sortOut(data, lane, at);
  const counted = data.counts?.lanes[lane];
  const { bucket, first, last } = bucketsOf(data, short, unit);
  const counts = countBuckets(first, last, (visit) => {
    for (let k = 0; k < short.length; k += 1) visit(bucket[k], data.quoted(short[k]));
  });
  let crowded = crowdedBuckets(counts, ROOM);
  const reach = at.h / (unit.days * at.perDay) - 0.6;
  const measured = (i, isChosen) => measure(data, i, at.perDay, at.origin, at.h, at.end, isChosen);
  const marks = [];
  let sides;
  let runs;
  for (;;) {
    crowded = absorbNeighbours(crowded, counts, reach);
    runs = columnsOf(crowded, counts, unit, at);
    if (counted) runs.push(...countedRuns(counted.columns, at));
    sides = { own: new Rows(ROOM.own + 1), reported: new Rows(ROOM.reported + 1) };
    for (const run of runs) {
      sides.own.block(3, run.left, run.right);
      sides.reported.block(2, run.left, run.right);
    }
    marks.length = 0;
    for (const i of chosen) {
      const item = measured(i, true);
      item.chosen = true;
      const side = sides[item.traits.reported ? 'reported' : 'own'];
      side.hold(0, item.left, item.right);
      marks.push(item);
    }
    const singles = [];
    for (let k = 0; k < short.length; k += 1) {
      if (crowded[bucket[k] - first]) continue;
      const item = measured(short[k], false);
      item.bucket = bucket[k] - first;
      singles.push(item);
    }
    singles.sort((a, b) => a.left - b.left || a.i - b.i);
    const spilled = packShort(singles, sides);
    marks.push(...singles.filter((item) => item.row >= 0));
    if (!spilled.length) break;
    for (const b of spilled) crowded[b] = 1;
  }
  const outside = takeMiddling(data, long, at, unit, counts, crowded, runs);
  const bars = layoutBars(data, outside, measured, sides, counted ? countedBars(counted.blocks, at) : []);
  marks.sort((a, b) => a.x - b.x);
  let peak = 1;
  for (const run of runs) for (const column of run.columns) peak = Math.max(peak, column.own, column.reported);
  return { marks, bars, runs, peak: counted ? data.peak(lane, peak) : peak, sides, unit };
}

/** Bars of middling length that stand on columns are counted in them; gives back the bars that do not. */
function takeMiddling(data, long, at, unit, counts, crowded, runs) {
  const columns = new Map(runs.flatMap((run) => run.columns.map((column) => [column.from, column])));
  return long.filter((i) => {
    if ((data.flags[i] & 0x6000) || (data.length[i] + 1) * at.perDay > LONG) return true;
    const bucket = unit.of(data.middle(i), data.month[i]);
    if (!crowded[bucket - counts.first]) return true;
    const column = columns.get(unit.start(bucket));
    const side = data.quoted(i) ? 'reported' : 'own';
    counts[side][bucket - counts.first] += 1;
    column[side] += 1;
    return false;
  });
}

function layoutBars(data, long, measured, sides, counted) {
  const bars = bundle(data, long).map((members) => ({
    ...measured(members[0], false), members, kind: members.length > 1 ? 'bundle' : 'bar',
  }));
  for (const item of bars) if (item.kind === 'bundle') item.traits = plain(item.traits);
  bars.push(...counted);
  bars.sort((a, b) => (a.w > LONG) - (b.w > LONG) || a.left - b.left || a.i - b.i);
  const most = bars.length > MANY ? ROWS_OF_MANY : ROWS;
  sides.own.most = most.own;
  sides.reported.most = most.reported;
  const spilled = { own: [], reported: [] };
  const placed = bars.filter((item) => {
    const side = item.traits.reported ? 'reported' : 'own';
    return placeLong(sides[side], item, spilled[side], most[side]);
  });
  for (const side of ['own', 'reported']) {
    for (const item of spilled[side]) sides[side].hold(most[side], item.left, item.right);
  }
  return [...placed, ...spilled.own, ...spilled.reported];
}
