// Where marks would lie upon each other: calendar buckets, and which of them become columns.
import { dayNumber } from './calendar.js';

const WEEK_SHIFT = 1; // day number 1 was a Monday
const monthly = (months) => ({
  days: 30.44 * months,
  of: (day, month) => Math.floor(month / months),
  start: (bucket) => dayNumber(0, bucket * months),
});
const daily = (days) => ({
  days,
  of: (day) => Math.floor((day - WEEK_SHIFT) / days),
  start: (bucket) => bucket * days + WEEK_SHIFT,
});
export const UNITS = [
  daily(1), daily(7), monthly(1), monthly(3), monthly(6), monthly(12), monthly(24), monthly(60),
  monthly(120), monthly(600), monthly(1200),
];
export const NARROWEST = 8; // pixels of a column

/** The finest calendar unit whose columns are wide enough at this scale. */
export function unitFor(perDay) {
  return UNITS.find((unit) => unit.days * perDay >= NARROWEST) || UNITS[UNITS.length - 1];
}

/**
 * Counts per bucket of one lane. `entries` yields through `each(visit)`, visit(bucket, reported).
 * Gives {first, own: Int32Array, reported: Int32Array}.
 */
export function countBuckets(first, last, each) {
  const size = Math.max(1, last - first + 1);
  const own = new Int32Array(size);
  const reported = new Int32Array(size);
  each((bucket, quoted) => {
    (quoted ? reported : own)[bucket - first] += 1;
  });
  return { first, own, reported };
}

/** 1 for each bucket that holds more than its rows can show side by side. */
export function crowdedBuckets(counts, room) {
  const crowded = new Uint8Array(counts.own.length);
  for (let b = 0; b < crowded.length; b += 1) {
    if (counts.own[b] > room.own || counts.reported[b] > room.reported) crowded[b] = 1;
  }
  return crowded;
}

/**
 * Neighbours of columns become columns too where a mark of theirs reaches into one: a stray mark beside dense
 * columns wastes no row. `touches(b, way)` says whether marks of bucket b reach into the one before or after it.
 */
export function absorbNeighbours(crowded, counts, touches) {
  const holds = (b) => !crowded[b] && counts.own[b] + counts.reported[b] > 0;
  for (let b = 1; b < crowded.length; b += 1) if (crowded[b - 1] && holds(b) && touches(b, -1)) crowded[b] = 1;
  for (let b = crowded.length - 2; b >= 0; b -= 1) if (crowded[b + 1] && holds(b) && touches(b, 1)) crowded[b] = 1;
  return crowded;
}

/** Runs of neighbouring columns: [[first, last], …] as places in the counts. */
export function runsOf(crowded) {
  const runs = [];
  for (let b = 0; b < crowded.length; b += 1) {
    if (!crowded[b]) continue;
    if (runs.length && runs[runs.length - 1][1] === b - 1) runs[runs.length - 1][1] = b;
    else runs.push([b, b]);
  }
  return runs;
}
