// What is written on the canvas and where: words beside marks, numbers of bundles, years, the scale.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { drawAxis } from '../../static/js/timeline/axis.js';
import { dayNumber } from '../../static/js/timeline/calendar.js';
import { drawLane, laneHeight, rowMiddle, rowsInUse, visiblePart } from '../../static/js/timeline/draw-lane.js';
import { hit } from '../../static/js/timeline/hit-test.js';
import { laneSizes } from '../../static/js/timeline/lane-sizes.js';
import { layoutLane } from '../../static/js/timeline/layout-lane.js';
import { MarkData } from '../../static/js/timeline/marks-data.js';
import { BESIDE_LANE, drawBeside, drawSecondAxis } from '../../static/js/timeline/second-axis.js';
import { TimeScale } from '../../static/js/timeline/time-scale.js';

const DAY = 0;
const DECADE = 4;
const DENIES = 2 << 5;
const palette = {
  lane: '#lane', ink: '#ink', 'ink-2': '#ink-2', 'ink-3': '#ink-3', rule: '#rule', 'rule-2': '#rule-2', sans: 'sans',
};

/** A canvas that notes what is done to it, six pixels a letter. */
function pad() {
  const done = [];
  const ctx = new Proxy({ textAlign: 'start', direction: 'ltr' }, {
    get: (own, name) => {
      if (name === 'measureText') return (text) => ({ width: 6 * text.length });
      return own[name] ?? ((...given) => done.push({ name, given, ...own }));
    },
    set: (own, name, value) => Object.assign(own, { [name]: value }),
  });
  return { ctx, texts: () => done.filter((one) => one.name === 'fillText').map(({ given: [text, x, y], ...more }) => ({ text, x, y, ...more })), done };
}

/** Marks of one lane from [first day, length, flags]. */
function lane(rows) {
  let before = 0;
  const start = rows.map(([day]) => {
    const delta = day - before;
    before = day;
    return delta;
  });
  return new MarkData({
    lanes: [{ id: 1, name: 'Averland', colour: 1 }], lane_counts: [rows.length], span: [0, 20000], start,
    length: rows.map((r) => r[1]), flags: rows.map((r) => r[2]), letter: rows.map(() => 0),
    ids: rows.map((_, i) => 1000 + i), letters: [30000], undated: [],
  });
}

/** A lane of `rows` drawn, `perDay` pixels a day; every claim's label is `words`. */
function drawn(rows, perDay, { words = '', phone = false, lanes = 1, offset = 0, width = 800, inWindow = (members) => members } = {}) {
  const data = lane(rows);
  const sizes = laneSizes(lanes, phone);
  const layout = layoutLane(data, 0, { ...sizes, perDay, origin: 0, end: 20000, known: null, selected: -1, focused: -1 });
  const part = visiblePart(layout, offset, offset + width);
  const used = rowsInUse(part, sizes);
  const view = {
    ...sizes, offset, width, phone, palette, ...laneHeight(used, sizes.least, sizes), rows: used, colour: '#party', grid: [], plumb: null,
    selected: -1, hovered: -1, focused: -1, weight: () => 0, inWindow,
  };
  const { ctx, texts, done } = pad();
  const boxes = drawLane(ctx, view, layout, part, { label: () => words });
  return {
    layout, view, texts: texts(), done, boxes,
  };
}

test('a label stands by its left edge, whatever way its text runs', () => {
  for (const words of ['the vessel', 'أوقفت سفينة', 'אוניית הסקר']) {
    const { texts, layout } = drawn([[300, 0, DAY]], 1, { words });
    const [label] = texts;
    assert.equal(label.text, words);
    assert.equal(label.textAlign, 'left');
    assert.ok(label.x >= layout.marks[0].right);
  }
});

test('the label over a block as high as its row touches neither the block nor what stands above it', () => {
  const feet = 3; // pixels that letters reach below their line
  const head = 9;
  const alone = drawn([[1, 0, DAY]], 200, { words: 'the gates' });
  const middle = rowMiddle(alone.view, 0, false);
  assert.ok(alone.texts[0].y + feet <= middle - alone.view.h / 2);
  const two = drawn([[1, 0, DAY], [1, 0, DAY]], 200, { words: 'the gates' });
  const [low, high] = [0, 1].map((row) => rowMiddle(two.view, row, false));
  assert.ok(high < low);
  assert.equal(two.texts.length, 1, 'the lower has no room for its own');
  assert.ok(two.texts[0].y < high - two.view.h / 2);
  assert.ok(two.texts[0].y - head > 0);
});

test('the stroke through a denied bar does not run through its label', () => {
  const plain = drawn([[1, 0, DAY]], 200, { words: 'the gates' }).texts[0];
  const denied = drawn([[1, 0, DAY | DENIES]], 200, { words: 'the gates' }).texts[0];
  assert.ok(denied.x >= plain.x + 12);
});

test('the number of a bundle on a phone stands clear of the bars in the rows beside it', () => {
  for (const quoted of [0, 16]) {
    // Three of one extent make a bundle; a longer bar takes the next row.
    const bundle = [0, 1, 2].map(() => [100, 300, DECADE | quoted]);
    const { layout, view, texts } = drawn([[0, 600, DECADE | quoted], ...bundle], 0.9, { phone: true });
    const found = layout.bars.find((bar) => bar.kind === 'bundle');
    const other = layout.bars.find((bar) => bar !== found);
    assert.ok(found && other && Math.abs(found.row - other.row) === 1);
    const number = texts.find(({ text }) => text === '3');
    assert.ok(number, 'a phone says how many as well');
    const [here, there] = [found, other].map((bar) => rowMiddle(view, bar.row, !!quoted));
    const thick = 2; // pixels that such a bar reaches up and down from its middle
    for (const y of [here, there]) {
      assert.ok(number.y <= y - thick || number.y - 8 >= y + thick, `${number.y} runs into the bar at ${y}`);
    }
  }
});

test('a bundle of which one claim is in view bears no number', () => {
  const bundle = [0, 1, 2].map(() => [100, 300, DECADE]);
  assert.ok(drawn(bundle, 0.9).texts.some(({ text }) => text === '3'));
  const { texts } = drawn(bundle, 0.9, { inWindow: (members) => members.slice(0, 1) });
  assert.deepEqual(texts.map(({ text }) => text), []);
});

test('of forty lanes each holds its marks and columns within its height, without words, and each is hit where it stands', () => {
  const crowd = Array.from({ length: 30 }, () => [300, 0, DAY]);
  const reported = Array.from({ length: 4 }, () => [340, 0, DAY | 16]);
  const rows = [...[1, 2, 3].map(() => [100, 0, DAY]), [100, 600, DECADE], [101, 500, DECADE | 16], [120, 0, DAY | 16], ...crowd, ...reported];
  const { boxes, texts, view } = drawn(rows, 1, { lanes: 40, words: 'the vessel' });
  assert.ok(view.height <= 50);
  assert.deepEqual(texts, []);
  assert.ok(boxes.some(({ item }) => item.kind === 'column'));
  for (const box of boxes) {
    assert.ok(box.top >= 0 && box.bottom <= view.height, `${box.top} to ${box.bottom} of ${view.height}`);
    if (box.item.kind === 'column') continue;
    const middle = rowMiddle(view, box.item.row, box.item.traits.reported);
    assert.equal(hit(boxes, (box.left + box.right) / 2, middle).item.row, box.item.row, 'not one of the next row');
  }
});

test('where columns bear no number, a few claims do not fill their height', () => {
  const tall = (n, lanes) => {
    const { boxes, view } = drawn(Array.from({ length: n }, () => [300, 0, DAY]), 0.5, { lanes });
    return view.line - boxes[0].top;
  };
  const filled = (n) => {
    const { done, view } = drawn(Array.from({ length: n }, () => [300, 0, DAY]), 0.5, { lanes: 40 });
    return Math.max(...done.filter(({ name, fillStyle, given }) => name === 'fillRect' && fillStyle === '#party' && given[1] < view.line).map(({ given }) => given[3]));
  };
  assert.ok(filled(4) < filled(9));
  assert.ok(tall(90, 40) <= 2 * laneSizes(40, false).pitch);
});

test('the names of a scale stay within it', () => {
  for (let days = 20; days < 40000; days *= 1.3) {
    const scale = new TimeScale(dayNumber(1990), dayNumber(1990) + days, 700);
    const { ctx, texts } = pad();
    drawAxis(ctx, scale, palette, null);
    for (const { text, x } of texts()) assert.ok(x + 6 * text.length <= 700, `${text} at ${x} of 700`);
  }
});

const SIDE = {
  scale: new TimeScale(0, 500, 500), width: 500, height: 200, h: 8, grid: [], plumb: null, palette, colour: '#party',
  selected: -1, hovered: -1, focused: -1, known: null, first: true,
};

test('dates of the second axis stand beside the lane, none of them on a mark', () => {
  const data = lane([[0, 400, DECADE]]);
  const days = [dayNumber(2001, 2), dayNumber(2003, 5), dayNumber(2006)];
  const inside = pad();
  drawSecondAxis(inside.ctx, SIDE, data, 0, days);
  assert.ok(!inside.texts().some(({ text }) => /\d/.test(text)));
  const beside = pad();
  drawBeside(beside.ctx, SIDE, days);
  assert.deepEqual(beside.texts().map(({ text }) => text), ['said in', 'Mar 2001', 'Jun 2003', 'Jan 2006']);
  for (const { text, x, textAlign } of beside.texts()) assert.ok(textAlign === 'right' && x < BESIDE_LANE && x - 6 * text.length >= 0, text);
});

test('a claim that stands on the bar of its own letter has the lane’s ground around it', () => {
  const { ctx, done } = pad();
  drawSecondAxis(ctx, SIDE, lane([[0, 400, DECADE], [200, 0, DAY]]), 0, [30000, 31000]);
  const fills = done.filter(({ name, fillStyle }) => name === 'fill' && [palette.lane, '#party'].includes(fillStyle));
  assert.deepEqual(fills.slice(-2).map(({ fillStyle }) => fillStyle), [palette.lane, '#party']);
});

test('claims that came as counts have no letter yet: the lane says how many come closer in', () => {
  const data = lane([[100, 0, DAY]]);
  data.counts = {
    lanes: [{
      columns: [{ from: 10, to: 40, own: 5, reported: 2 }, { from: 900, to: 930, own: 50, reported: 0 }],
      blocks: [{ from: 0, to: 400, count: 3, open: 0 }, { from: -900, to: -800, count: 4, open: 1 }],
    }],
  };
  const { ctx, texts } = pad();
  drawSecondAxis(ctx, SIDE, data, 0, [30000, 31000]);
  assert.ok(texts().some(({ text }) => text === 'and 14 claims closer in'));
});

test('a lane of counted claims shows their cells, each to be pointed at, and what is chosen over them', () => {
  const data = lane([[100, 0, DAY], [300, 0, DAY]]);
  data.counts = { lanes: [{ columns: [{ from: 10, to: 40, own: 5, reported: 2 }], blocks: [] }] };
  const cell = (x, own, reported) => ({ kind: 'column', i: -2, from: x, to: x + 8, x, y: 40, own, reported });
  const view = { ...SIDE, selected: 1, cells: { inLane: () => [cell(40, 4, 4), cell(80, 0, 1)] } };
  const { ctx, texts, done } = pad();
  const boxes = drawSecondAxis(ctx, view, data, 0, [30000, 31000]);
  assert.deepEqual(boxes.map(({ item }) => item.i), [-2, -2, 1]);
  assert.ok(!texts().some(({ text }) => text.includes('closer in')));
  const squares = done.filter(({ name, given }) => name === 'fillRect' && given[1] >= 40 && given[1] < 48 && given[2] < 9);
  const own = squares.find(({ fillStyle }) => fillStyle === '#party');
  const reported = squares.find(({ fillStyle }) => fillStyle === palette.lane);
  assert.ok(own.given[1] < reported.given[1] || own.given[2] > 4, 'both voices are seen');
});

test('beside counted cells, a long claim whose middle lies outside the window is a line', () => {
  const data = lane([[-900, 1000, DECADE], [100, 0, DAY], [300, 900, DECADE]]);
  data.counts = { lanes: [{ columns: [{ from: 10, to: 40, own: 5, reported: 2 }], blocks: [] }] };
  const view = { ...SIDE, cells: { inLane: () => [] } };
  const boxes = drawSecondAxis(pad().ctx, view, data, 0, [30000, 31000]);
  assert.deepEqual(boxes.map(({ item }) => item.i).sort(), [0, 2]);
  for (const { top, bottom } of boxes) assert.ok(bottom - top <= 2);
});

test('of many claims in view the short ones are counted in cells that open to their list, the long ones are lines', () => {
  const short = Array.from({ length: 300 }, (_, k) => [100 + k, 0, DAY]);
  const { ctx } = pad();
  const boxes = drawSecondAxis(ctx, SIDE, lane([[50, 400, DECADE], ...short]), 0, [30000, 31000]);
  const cells = boxes.filter(({ item }) => item.kind === 'bundle');
  assert.equal(cells.reduce((n, { item }) => n + item.members.length, 0), 300);
  const lines = boxes.filter(({ item }) => item.kind === 'mark');
  assert.deepEqual(lines.map(({ item }) => item.i), [0]);
  assert.ok(lines[0].bottom - lines[0].top <= 2);
});
