import assert from 'node:assert/strict';
import { test } from 'node:test';
import { absorbNeighbours, crowdedBuckets, runsOf, unitFor, UNITS } from '../../static/js/timeline/cluster-marks.js';
import { gridLines } from '../../static/js/timeline/axis.js';
import { dayNumber } from '../../static/js/timeline/calendar.js';
import { laneHeight, rowMiddle, rowsInUse, visiblePart } from '../../static/js/timeline/draw-lane.js';
import { hit } from '../../static/js/timeline/hit-test.js';
import { covered, directionOf, LaneLabels, overBar } from '../../static/js/timeline/lane-labels.js';
import { laneSizes } from '../../static/js/timeline/lane-sizes.js';
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

const FEW = laneSizes(12, false);
const FORTY = laneSizes(40, false);
const at = (more) => ({
  ...FEW, perDay: 1, origin: 0, end: 20000, known: null, selected: -1, focused: -1, ...more,
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

test('no claim is ever dropped, at any zoom, however many lanes there are', () => {
  const draw = numbers(7);
  const lengths = [0, 30, 364, 3652, 200];
  const rows = Array.from({ length: 1500 }, () => {
    const kind = Math.floor(draw() * 5);
    const flags = [DAY, 1, 3, 4, 6][kind] | (draw() < 0.3 ? QUOTED : 0);
    return [Math.floor(draw() * 16000), lengths[kind], draw() < 0.02 ? OPEN_END : flags];
  });
  const data = lane(rows);
  for (const perDay of [0.02, 0.05, 0.3, 1, 4, 20, 80]) {
    for (const lanes of [1, 13, 20, 30, 40, 400]) {
      const here = { ...laneSizes(lanes, false), perDay };
      assert.equal(shown(layoutLane(data, 0, at(here))), rows.length, `${lanes} lanes at ${perDay} pixels a day`);
      assert.equal(shown(layoutLane(data, 0, at({ ...here, selected: 12, focused: 13 }))), rows.length);
    }
  }
});

test('marks of a row do not lie on each other, and none stands beyond the last row of its lane', () => {
  const draw = numbers(3);
  const made = () => [Math.floor(draw() * 3000), draw() < 0.2 ? 120 + Math.floor(draw() * 400) : 0, draw() < 0.3 ? QUOTED : 0];
  const data = lane(Array.from({ length: 300 }, made));
  for (const sizes of [FEW, laneSizes(24, false), FORTY]) {
    const { marks, bars } = layoutLane(data, 0, at({ ...sizes, perDay: 2 }));
    const rows = new Map();
    for (const m of [...marks, ...bars]) {
      const key = `${m.traits.reported ? 'reported' : 'own'} ${m.row}`;
      if (!rows.has(key)) rows.set(key, []);
      rows.get(key).push(m);
    }
    for (const [key, row] of rows) {
      const [side, number] = key.split(' ');
      assert.ok(number <= sizes.bars[side], key);
      row.sort((a, b) => a.left - b.left);
      row.slice(1).forEach((m, k) => assert.ok(m.left >= row[k].right, key));
    }
  }
});

/** The highest that a lane can be where so many are shown. */
function highest(lanes, phone = false) {
  const sizes = laneSizes(lanes, phone);
  const rows = ({ own, reported }) => ({ own: (2 << own) - 1, reported: (2 << reported) - 1 });
  return laneHeight(rows(sizes.bars), sizes.least, sizes).height;
}

test('up to twelve lanes look as ever; more share a page’s length, down to a height at which a lane is still read', () => {
  for (const lanes of [1, 5, 12]) assert.deepEqual(laneSizes(lanes, false), FEW);
  assert.ok(highest(13) < highest(12));
  let before = Infinity;
  for (let lanes = 13; lanes <= 200; lanes += 1) {
    assert.ok(highest(lanes) <= before, `${lanes} lanes`);
    before = highest(lanes);
    if (lanes <= 40) assert.ok((before + 1) * lanes <= 2030, `${lanes} lanes are ${before * lanes} pixels`);
  }
  assert.equal(before, highest(40));
  assert.ok(highest(40, true) <= highest(12, true) / 2);
  assert.ok(laneSizes(200, true).pitch > laneSizes(200, true).h);
});

test('of many lanes each keeps its height whatever is in view', () => {
  const data = lane([[100, 0, 0], ...Array.from({ length: 50 }, () => [9000, 0, 0]), [9000, 4000, 6 | QUOTED]]);
  const layout = layoutLane(data, 0, at(FORTY));
  const parts = [[0, 50], [50, 800], [8900, 9200]].map(([left, right]) => visiblePart(layout, left, right));
  const heights = (sizes) => new Set(parts.map((part) => laneHeight(rowsInUse(part, sizes), sizes.least, sizes).height));
  assert.equal(heights(FORTY).size, 1);
  assert.ok(heights(FEW).size > 1);
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

test('neighbours whose marks reach into a column join it, others do not', () => {
  const counts = { own: [0, 1, 9, 1, 1, 1], reported: [0, 0, 0, 0, 0, 0] };
  const crowded = crowdedBuckets(counts, { own: 3, reported: 2 });
  assert.deepEqual([...absorbNeighbours(crowded.slice(), counts, () => false)], [0, 0, 1, 0, 0, 0]);
  assert.deepEqual([...absorbNeighbours(crowded.slice(), counts, (b, way) => way < 0 && b !== 4)], [0, 0, 1, 1, 0, 0]);
  assert.deepEqual([...absorbNeighbours(crowded, counts, () => true)], [0, 1, 1, 1, 1, 1]);
  assert.deepEqual(runsOf(crowded), [[1, 5]]);
});

test('a bar beside a column stays a bar, in the row at the line', () => {
  const year = dayNumber(2001);
  const crowd = Array.from({ length: 8 }, (_, k) => [year + 20 * k, 0, DAY]);
  const data = lane([[dayNumber(2000), 365, 3], ...crowd, [dayNumber(2002), 364, 3]]);
  const layout = layoutLane(data, 0, at({ perDay: 15 / 365, origin: dayNumber(1990), end: dayNumber(2010) }));
  assert.deepEqual(layout.runs.map((run) => run.columns.map((c) => c.own)), [[8]]);
  assert.deepEqual(layout.marks.map((m) => [m.traits.precision, m.row]), [['year', 0], ['year', 0]]);
});

test('columns on one side leave the rows of the other free', () => {
  const crowd = Array.from({ length: 8 }, () => [700, 0, DAY]);
  const data = lane([...crowd, [600, 250, 6 | QUOTED]]);
  const layout = layoutLane(data, 0, at({}));
  const [bar] = layout.bars;
  assert.equal(bar.row, 0);
  assert.deepEqual(rowsInUse(layout, FEW), { own: 7, reported: 1 });
});

test('rows that nothing in view needs take no room', () => {
  const view = { ...FEW, line: 100, rows: { own: 0b101, reported: 1 } };
  assert.equal(rowMiddle(view, 2, false), rowMiddle({ ...view, rows: { own: 0b11, reported: 1 } }, 1, false));
  assert.ok(laneHeight({ own: 0b101, reported: 1 }, 0, FEW).height < laneHeight({ own: 7, reported: 1 }, 0, FEW).height);
});

test('what is chosen moves nothing, and leaves its column or bundle one less', () => {
  const draw = numbers(5);
  const data = lane(Array.from({ length: 300 }, () => [Math.floor(draw() * 900), 0, draw() < 0.3 ? QUOTED : 0]));
  const here = at({ perDay: 1.2 });
  const before = layoutLane(data, 0, here);
  const places = new Map(before.marks.map((m) => [m.i, m.row]));
  for (const i of [0, 50, 120, 299]) {
    const after = layoutLane(data, 0, { ...here, selected: i });
    assert.ok(after.marks.some((m) => m.i === i));
    for (const m of after.marks) if (places.has(m.i)) assert.equal(m.row, places.get(m.i));
    assert.equal(shown(after), 300);
  }
});

test('labels depend on the marks, not on the window, and keep their place', () => {
  const { marks, bars, runs } = layoutLane(lane([[100, 0, DAY], [160, 0, DAY], [900, 0, DAY]]), 0, at({}));
  const labels = new LaneLabels({ marks, bars, runs }, 3);
  const [first, second] = marks;
  assert.equal(labels.spot(first, 80), first.left - 84); // its right is not free
  assert.equal(labels.spot(second, 80), second.right + 4);
  assert.equal(labels.spot(first, 80), first.left - 84);
  assert.equal(new LaneLabels({ marks: [first, { ...second, i: 9, left: first.left - 40, right: first.left - 30 }, second], bars, runs }, 3).spot(first, 80), null);
});

test('the label of a long bar waits at the edge while there is room', () => {
  const bar = { left: 100, right: 600, w: 500, traits: {} };
  assert.equal(overBar(bar, 0, 800, 90), 104);
  assert.equal(overBar(bar, 300, 800, 90), 4);
  assert.equal(overBar(bar, 560, 800, 90), null);
});

test('a text runs the way of its first letter', () => {
  assert.equal(directionOf('12. السفينة'), 'rtl');
  assert.equal(directionOf('the vessel אוניה'), 'ltr');
});

test('bars for which no row is left are joined where they touch, all of them counted', () => {
  const draw = numbers(11);
  const rows = Array.from({ length: 400 }, () => [Math.floor(draw() * 15000), 200 + Math.floor(draw() * 3000), draw() < 0.3 ? 6 | QUOTED : 6]);
  const { bars } = layoutLane(lane(rows), 0, at({ perDay: 0.5 }));
  assert.equal(bars.reduce((n, bar) => n + bar.members.length, 0), 400);
  for (const reported of [false, true]) {
    const side = bars.filter((bar) => bar.traits.reported === reported);
    for (const row of new Set(side.map((bar) => bar.row))) {
      const line = side.filter((bar) => bar.row === row).sort((a, b) => a.left - b.left);
      line.slice(1).forEach((bar, k) => assert.ok(bar.left > line[k].right, `row ${row}`));
    }
  }
});

test('rows fill from the line outwards and never beyond the last', () => {
  const rows = new Rows(2);
  assert.deepEqual([rows.place(0, 10), rows.place(5, 15), rows.place(6, 9), rows.place(20, 30)], [0, 1, -1, 0]);
  assert.equal(rows.place(0, 100), -1);
  assert.equal(rows.place(40, 100), 0);
  assert.equal(rows.place(12, 16), 0);
  rows.block(1, 200, 210);
  assert.deepEqual([rows.place(190, 205), rows.place(190, 197), rows.place(213, 220)], [1, 0, 0]);
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

test('on a phone many bars take few rows, and none is lost', () => {
  const draw = numbers(11);
  const data = lane(Array.from({ length: 200 }, () => [Math.floor(draw() * 9000), 2000 + Math.floor(draw() * 3000), 7 + (draw() < 0.4 ? QUOTED : 0)]));
  const phone = laneSizes(12, true);
  const rows = (sizes) => layoutLane(data, 0, at({ ...sizes, perDay: 0.03 })).bars.map((bar) => bar.row);
  assert.ok(Math.max(...rows(phone)) <= 4);
  assert.ok(Math.max(...rows(FEW)) > Math.max(...rows(phone)));
  assert.equal(shown(layoutLane(data, 0, at({ ...phone, perDay: 0.03 }))), 200);
});

test('a label runs into another of its line, not into one beside, above or below it', () => {
  const drawn = [{ left: 100, width: 50, base: 40 }];
  assert.ok(covered(drawn, 149, 30, 40));
  assert.ok(covered(drawn, 60, 200, 50));
  assert.ok(!covered(drawn, 150, 30, 40));
  assert.ok(!covered(drawn, 60, 40, 40));
  assert.ok(!covered(drawn, 110, 20, 28));
  assert.ok(!covered(drawn, 110, 20, 52));
});
