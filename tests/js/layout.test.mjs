import assert from 'node:assert/strict';
import { test } from 'node:test';
import { absorbNeighbours, crowdedBuckets, runsOf, unitFor, UNITS } from '../../static/js/timeline/cluster-marks.js';
import { gridLines } from '../../static/js/timeline/axis.js';
import { hit } from '../../static/js/timeline/hit-test.js';
import { layoutLane } from '../../static/js/timeline/layout-lane.js';
import { MarkData, traitsOf } from '../../static/js/timeline/marks-data.js';
import { Rows } from '../../static/js/timeline/pack-rows.js';
import { Roaming } from '../../static/js/timeline/roaming.js';
import { TimeScale } from '../../static/js/timeline/time-scale.js';

// Seeded, so that a failure can be seen again.
function numbers(seed) {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 4294967296;
  };
}

const QUOTED = 16;
const DAY = 0;
const OPEN_END = 7 | (1 << 14);

/** Marks of one lane from [first day, length, flags], sorted here. */
function lane(rows) {
  const sorted = [...rows].sort((a, b) => a[0] - b[0]);
  let before = 0;
  const start = sorted.map(([day]) => {
    const delta = day - before;
    before = day;
    return delta;
  });
  return new MarkData({
    lanes: [{ id: 1, name: 'Averland', colour: 1 }], lane_counts: [rows.length], span: [0, 20000], start,
    length: sorted.map((r) => r[1]), flags: sorted.map((r) => r[2]), letter: sorted.map(() => 0),
    ids: sorted.map((_, i) => 1000 + i), letters: [30000], undated: [],
  });
}

const at = (more) => ({
  perDay: 1, origin: 0, end: 20000, h: 12, known: null, selected: -1, focused: -1, ...more,
});

function shown(layout) {
  const columns = layout.runs.flatMap((run) => run.columns);
  return layout.marks.length
    + layout.bars.reduce((n, bar) => n + bar.members.length, 0)
    + columns.reduce((n, c) => n + c.own + c.reported, 0);
}

test('flags are read as they are packed', () => {
  const traits = traitsOf(1 | QUOTED | (3 << 5) | (3 << 8) | (1 << 10) | (1 << 12));
  assert.deepEqual(traits, {
    precision: 'month', reported: true, stance: 'rejects-wording', review: 'curated', inferred: true,
    approximate: false, uncertain: true, open: null,
  });
  assert.equal(traitsOf(OPEN_END).open, 'end');
});

test('no claim is ever dropped, at any zoom', () => {
  const draw = numbers(7);
  const lengths = [0, 30, 364, 3652, 200];
  const rows = Array.from({ length: 1500 }, () => {
    const kind = Math.floor(draw() * 5);
    const flags = [DAY, 1, 3, 4, 6][kind] | (draw() < 0.3 ? QUOTED : 0);
    return [Math.floor(draw() * 16000), lengths[kind], draw() < 0.02 ? OPEN_END : flags];
  });
  const data = lane(rows);
  for (const perDay of [0.02, 0.05, 0.3, 1, 4, 20, 80]) {
    assert.equal(shown(layoutLane(data, 0, at({ perDay }))), rows.length, `at ${perDay} pixels a day`);
    assert.equal(shown(layoutLane(data, 0, at({ perDay, selected: 12, focused: 13 }))), rows.length);
  }
});

test('marks of a row do not lie on each other', () => {
  const draw = numbers(3);
  const data = lane(Array.from({ length: 300 }, () => [Math.floor(draw() * 3000), 0, draw() < 0.3 ? QUOTED : 0]));
  const { marks } = layoutLane(data, 0, at({ perDay: 2 }));
  const rows = new Map();
  for (const m of marks) {
    const key = `${m.traits.reported} ${m.row}`;
    if (!rows.has(key)) rows.set(key, []);
    rows.get(key).push(m);
  }
  for (const row of rows.values()) {
    row.sort((a, b) => a.left - b.left);
    row.slice(1).forEach((m, k) => assert.ok(m.left >= row[k].right));
  }
});

test('a place keeps its rows wherever the window is', () => {
  const data = lane([[100, 0, 0], [101, 0, 0], [5000, 0, 0]]);
  const rows = (layout) => layout.marks.map((m) => [m.i, m.row]);
  assert.deepEqual(rows(layoutLane(data, 0, at({}))), rows(layoutLane(data, 0, at({ known: 40000 }))));
});

test('a crowded day becomes a column whose members are all found', () => {
  const data = lane(Array.from({ length: 40 }, (_, i) => [700, 0, i % 4 ? 0 : QUOTED]));
  const layout = layoutLane(data, 0, at({ perDay: 100 }));
  assert.equal(layout.marks.length, 0);
  const [column] = layout.runs[0].columns;
  assert.equal(column.own + column.reported, 40);
  assert.equal(new Roaming(data).between(0, column.from, column.to, null, layout).length, 40);
});

test('what was not yet known is not shown', () => {
  const data = lane([[100, 0, 0]]);
  assert.equal(shown(layoutLane(data, 0, at({ known: 29999 }))), 0);
  assert.equal(shown(layoutLane(data, 0, at({ known: 30000 }))), 1);
});

test('a lane without claims has a layout too', () => {
  assert.equal(shown(layoutLane(lane([]), 0, at({}))), 0);
});

test('columns are as wide as asked, and the coarsest unit serves any scale', () => {
  assert.equal(unitFor(20), UNITS[0]);
  assert.equal(unitFor(1e-9), UNITS[UNITS.length - 1]);
});

test('neighbours that would reach into a column join it, others do not', () => {
  const counts = { own: [0, 1, 9, 1, 0, 1], reported: [0, 0, 0, 0, 0, 0] };
  const crowded = crowdedBuckets(counts, { own: 3, reported: 2 });
  assert.deepEqual([...absorbNeighbours(crowded.slice(), counts, -1)], [0, 0, 1, 0, 0, 0]);
  assert.deepEqual([...absorbNeighbours(crowded, counts, 0.5)], [0, 1, 1, 1, 0, 0]);
  assert.deepEqual(runsOf(crowded), [[1, 3]]);
});

test('rows fill from the line outwards and never beyond the last', () => {
  const rows = new Rows(2);
  assert.deepEqual([rows.place(0, 10), rows.place(5, 15), rows.place(6, 9), rows.place(20, 30)], [0, 1, -1, 0]);
  assert.equal(rows.placeLong(0, 100), -1);
  assert.equal(rows.placeLong(40, 100), 0);
});

test('keys go along a side, across the line, and stop at the ends', () => {
  const data = lane([[10, 0, 0], [20, 0, QUOTED], [30, 0, 0]]);
  const roaming = new Roaming(data);
  assert.equal(roaming.step(0, 'next', null), 2);
  assert.equal(roaming.step(2, 'next', null), 2);
  assert.equal(roaming.step(0, 'down', null), 1);
  assert.equal(roaming.step(1, 'down', null), 1);
  assert.equal(roaming.step(1, 'up', null), 0);
  assert.equal(roaming.position(2, null), '3 of 3');
});

test('the nearest target within reach is hit, none beyond', () => {
  const drawn = [{ left: 0, right: 10, top: 0, bottom: 10, item: 1 }, { left: 18, right: 28, top: 0, bottom: 10, item: 2 }];
  assert.equal(hit(drawn, 16, 5).item, 2);
  assert.equal(hit(drawn, 5, 5).item, 1);
  assert.equal(hit(drawn, 60, 5), null);
});

test('the grid has few lines at every scale', () => {
  for (let days = 10; days < 2e6; days *= 1.7) {
    const lines = gridLines(new TimeScale(700000 - days / 2, 700000 + days / 2, 1200));
    assert.ok(lines.length >= 1 && lines.length < 90, `${lines.length} lines for ${days} days`);
  }
});
