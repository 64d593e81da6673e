import assert from 'node:assert/strict';
import { test } from 'node:test';
import { MarkData } from '../../static/js/timeline/marks-data.js';
import {
  cellsOf, datesBeside, depthScale, heightOf, placeClaims, SaidCells,
} from '../../static/js/timeline/second-axis.js';
import { TimeScale } from '../../static/js/timeline/time-scale.js';

const QUOTED = 16;
const data = new MarkData({
  lanes: [{ id: 1, name: 'Averland', colour: 1 }], lane_counts: [4], span: [100, 400], start: [100, 100, 100, 100],
  length: [0, 0, 30, 0], flags: [0, QUOTED, 1, 0], letter: [0, 1, 1, 2], ids: [1, 2, 3, 4], letters: [500, 100, null], undated: [],
});
const view = { scale: new TimeScale(0, 500, 500), width: 500, h: 8, known: null };
const depth = depthScale([500, 600], 150);

test('earlier letters stand higher, the first and the last inside the lane', () => {
  assert.ok(depth(500) > 0);
  assert.ok(depth(550) > depth(500));
  assert.ok(depth(600) < 150);
  assert.equal(depthScale([500], 150)(500), depth(500));
});

test('a claim stands across at its date and down at its letter; own words above the letter’s line, reported below', () => {
  const items = placeClaims(data, 0, view, depth);
  const of = (i) => items.find((item) => item.i === i);
  assert.deepEqual(items.map((item) => item.i).sort(), [0, 1, 2]); // the fourth letter has no date
  assert.ok(of(0).y < depth(500) && of(1).y > depth(600));
  assert.equal(of(2).x, 300);
  assert.equal(of(2).w, 31);
  assert.equal(items[0].i, 2); // what is long is drawn first
});

test('what was not yet known, or is out of the window, is left out', () => {
  assert.deepEqual(placeClaims(data, 0, { ...view, known: 550 }, depth).map((item) => item.i), [0]);
  assert.deepEqual(placeClaims(data, 0, { ...view, scale: new TimeScale(600, 700, 500) }, depth), []);
});

test('cells hold every claim once', () => {
  const items = placeClaims(data, 0, view, depth);
  const cells = cellsOf(items, 500);
  assert.equal(cells.reduce((n, c) => n + c.own + c.reported, 0), items.length);
});

test('a lane with many letters does not grow without end', () => {
  assert.equal(heightOf(1, 12), heightOf(2, 12));
  assert.equal(heightOf(5000, 12), heightOf(500, 3));
  assert.ok(heightOf(500, 40) * 40 < 4000); // and of many lanes each is lower
});

test('beside a lane stand the months of few letters, the years of many, none upon another', () => {
  assert.deepEqual(datesBeside([], 200), []);
  assert.deepEqual(datesBeside([730000, 730400], 200).map(([, words]) => words), ['Sep 1999', 'Oct 2000']);
  const many = datesBeside(Array.from({ length: 600 }, (_, i) => 730000 + 20 * i), 300);
  assert.ok(many.length > 5);
  for (const [, words] of many.slice(1)) assert.equal(words % 5, 0);
  many.slice(1).forEach(([y], k) => assert.ok(y - many[k][0] >= 14));
});

const CELLS = {
  first: 0, across: 10, down: 50, lane_ids: [2, 1], cells: [[0, 0, 3, 10, 4, 4, 11, 1], [0, 1, 3, 10, 2], [1, 0, 9, 12, 7]],
};
const two = { lanes: [{ id: 1 }, { id: 2 }], url: '/dossiers/demo/marks.json?stance=denies' };

test('cells come into the lanes of the page, both voices in one, where their days stand', () => {
  const said = new SaidCells(two, () => {});
  assert.equal(said.inLane(0, view.scale, depth), null);
  said.take(CELLS);
  assert.deepEqual(said.inLane(0, view.scale, depth).map(({ own, reported }) => [own, reported]), [[7, 0]]);
  const [both, one] = said.inLane(1, view.scale, depth);
  assert.deepEqual([both.from, both.to, both.own, both.reported, both.x], [30, 40, 4, 2, 30]);
  assert.ok(one.y > both.y);
  assert.equal(said.inLane(1, new TimeScale(200, 300, 500), depth).length, 0);
  said.take({ ...CELLS, lane_ids: [], cells: null });
  assert.equal(said.inLane(1, view.scale, depth), null, 'too many to be counted');
});

test('cells are asked for once for a scale and a window with its margins, by the page’s filters', async (t) => {
  const asked = [];
  t.mock.method(globalThis, 'fetch', async (address) => {
    asked.push(new URL(address));
    return { ok: true, json: async () => CELLS };
  });
  globalThis.location ??= { href: 'http://localhost/' };
  t.mock.timers.enable({ apis: ['setTimeout'] });
  let changes = 0;
  const said = new SaidCells(two, () => {
    changes += 1;
  });
  const want = async (scale, known = null) => {
    said.want(scale, known, 50);
    t.mock.timers.tick(100);
    await new Promise((done) => setImmediate(done)); // what was answered has been read
  };
  await want(view.scale);
  await want(view.scale);
  await want(view.scale.panned(100, { from: -9000, to: 9000 }));
  assert.deepEqual([asked.length, changes], [1, 1]);
  const { pathname, searchParams } = asked[0];
  assert.equal(pathname, '/dossiers/demo/marks-said.json');
  assert.deepEqual(Object.fromEntries(searchParams), { stance: 'denies', first: '-250', last: '750', px: '1000', down: '50' });
  await want(view.scale.panned(400, { from: -9000, to: 9000 }));
  await want(new TimeScale(0, 250, 500));
  await want(new TimeScale(0, 250, 500), 900);
  assert.equal(asked.length, 4);
  assert.equal(asked[3].searchParams.get('known'), '900');
});

test('cells that could not be fetched are asked for again with the next picture', async (t) => {
  const answers = [{ ok: false, status: 503 }, null, { ok: true, json: async () => CELLS }];
  t.mock.method(globalThis, 'fetch', async () => answers.shift() ?? Promise.reject(new TypeError('the net is away')));
  globalThis.location ??= { href: 'http://localhost/' };
  t.mock.timers.enable({ apis: ['setTimeout'] });
  const said = new SaidCells(two, () => {});
  for (let k = 0; k < 4; k += 1) {
    said.want(view.scale, null, 50);
    t.mock.timers.tick(100);
    await new Promise((done) => setImmediate(done));
    assert.equal(said.inLane(1, view.scale, () => 40) !== null, k >= 2);
  }
  assert.equal(answers.length, 0);
});
