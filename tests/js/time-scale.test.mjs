import assert from 'node:assert/strict';
import { test } from 'node:test';
import { SHORTEST, TimeScale } from '../../static/js/timeline/time-scale.js';

const limits = { from: 1000, to: 11000 };

test('zooming keeps the day under the pointer', () => {
  const scale = new TimeScale(2000, 4000, 500);
  const day = scale.day(123);
  const closer = scale.zoomed(0.5, 123, limits);
  assert.ok(Math.abs(closer.day(123) - day) < 1e-6);
  assert.ok(Math.abs(closer.to - closer.from - 1000) < 1e-6);
});

test('no move leaves the limits', () => {
  const scale = new TimeScale(2000, 4000, 500);
  assert.equal(scale.panned(-1e6, limits).from, limits.from);
  assert.equal(scale.panned(1e6, limits).to, limits.to);
  const whole = scale.zoomed(1000, 10, limits);
  assert.deepEqual([whole.from, whole.to], [limits.from, limits.to]);
});

test('nothing is closer than the shortest window', () => {
  const scale = new TimeScale(2000, 4000, 500).zoomed(1e-9, 250, limits);
  assert.ok(Math.abs(scale.to - scale.from - SHORTEST) < 1e-6);
});
