import assert from 'node:assert/strict';
import { test } from 'node:test';
import { laneSizes } from '../../static/js/timeline/lane-sizes.js';
import { MarkData } from '../../static/js/timeline/marks-data.js';
import { Painter } from '../../static/js/timeline/painter.js';

test('a lane is laid out anew where other sizes are in force, and not while they are the same', () => {
  const data = new MarkData({
    lanes: [{}], letters: [], lane_counts: [1], ids: [1], start: [100], length: [0], flags: [0], letter: [0], alternatives: {}, undated: [],
  });
  for (const phone of [false, true]) {
    const it = {
      data, scale: { perDay: 1 }, limits: { from: 0, to: 20000 }, known: null, selected: -1, focused: -1,
    };
    const painter = new Painter(it);
    const row = { lane: 0 };
    let before = null;
    for (let lanes = 1; lanes <= 60; lanes += 1) {
      const sizes = laneSizes(lanes, phone);
      it.sizes = sizes;
      const { base } = row;
      painter.layoutOf(row);
      const wanted = ({ h, pitch, short, bars, room }) => JSON.stringify([h, pitch, short, bars, room]);
      if (before) assert.equal(row.base === base, wanted(sizes) === wanted(before), `${lanes} lanes`);
      before = sizes;
    }
  }
});
