import assert from 'node:assert/strict';
import { test } from 'node:test';
import { CountedData } from '../../static/js/timeline/counted-data.js';
import { dayNumber } from '../../static/js/timeline/calendar.js';
import { laneSizes } from '../../static/js/timeline/lane-sizes.js';
import { layoutLane } from '../../static/js/timeline/layout-lane.js';
import { densityOf } from '../../static/js/timeline/overview.js';
import { TimeScale } from '../../static/js/timeline/time-scale.js';

const FIRST = dayNumber(2000);
const LAST = dayNumber(2020) - 1;
const MONTHS = 2000 * 12;
const NO_MARKS = { lane_counts: [], ids: [], start: [], length: [], flags: [], made: [], alternatives: {} };

/** Counts by month (unit 2) in the second of two lanes: three own claims in January 2000, two in February, one of them reported. */
const tile = (more) => ({
  first: FIRST, last: LAST, unit: 2, widest: 39, lane_ids: [22],
  columns: [[0, 0, MONTHS, 3, 1, 1], [0, 1, MONTHS + 1, 1]],
  blocks: [[0, 0, dayNumber(2001), 365, 7, 0], [0, 1, dayNumber(2010), 365, 4, 1]],
  marks: NO_MARKS, ...more,
});
const first = {
  mode: 'counts', lanes: [{ id: 11, name: 'Averland', colour: 1 }, { id: 22, name: 'Norvania', colour: 2 }],
  totals: [0, 16], span: [FIRST, LAST], letters: [FIRST, 10, null], undated: [], undated_total: 0,
  overview: { days: 31, bins: [FIRST, 12, 5000, 4] }, tile: tile(),
};
const at = {
  ...laneSizes(1, false), perDay: 0.4, origin: FIRST, end: LAST + 1, known: null, selected: -1, focused: -1,
};
const made = () => new CountedData(first, '/marks.json', () => {});

test('columns and blocks stand where their buckets are, in the lane they belong to', () => {
  const data = made();
  assert.equal(layoutLane(data, 0, at).runs.length, 0);
  const { runs, bars, peak } = layoutLane(data, 1, at);
  const columns = runs.flatMap((run) => run.columns);
  assert.deepEqual(columns.map((c) => [c.from, c.to, c.own, c.reported]), [
    [dayNumber(2000, 0), dayNumber(2000, 1), 3, 0], [dayNumber(2000, 1), dayNumber(2000, 2), 1, 1],
  ]);
  assert.equal(columns[1].x, 31 * at.perDay);
  assert.equal(peak, 3);
  const [own] = bars.filter((bar) => !bar.traits.reported);
  assert.deepEqual([own.count, own.x, own.w], [7, 366 * at.perDay, 365 * at.perDay - 2]);
  const [open] = bars.filter((bar) => bar.traits.reported);
  assert.equal(open.x + open.w + 2, (LAST + 1 - FIRST) * at.perDay);
});

test('heights do not sink when a lower tile comes', () => {
  const data = made();
  assert.equal(data.peak(1, 9), 9);
  assert.equal(data.peak(1, 3), 9);
});

test('a finer scale or another window asks for another tile, the one at hand for none', () => {
  const data = made();
  assert.ok(data.suits(new TimeScale(FIRST, FIRST + 1500, 600), null));
  assert.ok(!data.suits(new TimeScale(FIRST, FIRST + 100, 600), null));
  assert.ok(!data.suits(new TimeScale(FIRST, FIRST + 1500, 600), LAST));
  data.show(tile({ first: FIRST + 1000, last: FIRST + 3000 }));
  assert.ok(!data.suits(new TimeScale(FIRST, FIRST + 1500, 600), null));
});

test('marks of a tile come into the lanes of the page', () => {
  const data = made();
  data.show(tile({ columns: null, blocks: [], marks: { ...NO_MARKS, lane_counts: [1], ids: [5], start: [FIRST], length: [0], flags: [0], made: [FIRST + 10] } }));
  assert.equal(data.laneOf(data.find(5)), 1);
  assert.equal(data.made(0), FIRST + 10);
  assert.ok(!data.knownBy(0, FIRST + 9));
});

test('letters come as differences', () => {
  assert.deepEqual(made().letters, [FIRST, FIRST + 10, null]);
});

test('the overview holds every claim that is counted', () => {
  const bins = densityOf(made(), { from: FIRST, to: LAST + 1 }, 140);
  assert.equal(Math.round(bins.reduce((a, b) => a + b, 0)), 16);
});
