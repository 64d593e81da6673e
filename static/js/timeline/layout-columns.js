// The columns of a lane: which buckets are crowded, and where their columns stand.
import { runsOf } from './cluster-marks.js';

/** The bucket of each short claim, with the first and the last in use. */
export function bucketsOf(data, short, unit) {
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

/** Says of a bucket whether its marks reach more than `reach` pixels into the one before it (way -1) or after it (1). */
export function extentsOf(data, short, bucket, counts, unit, { perDay, origin, h }, reach) {
  const left = new Float64Array(counts.own.length).fill(Infinity);
  const right = new Float64Array(counts.own.length).fill(-Infinity);
  for (let k = 0; k < short.length; k += 1) {
    const i = short[k];
    const b = bucket[k] - counts.first;
    const w = (data.length[i] + 1) * perDay;
    const middle = (data.start[i] - origin) * perDay + w / 2;
    const half = Math.max(w, h) / 2;
    left[b] = Math.min(left[b], middle - half);
    right[b] = Math.max(right[b], middle + half);
  }
  const edge = (b) => (unit.start(b + counts.first) - origin) * perDay;
  return (b, way) => (way < 0 ? left[b] < edge(b) - reach : right[b] > edge(b + 1) + reach);
}

/** Runs of columns where buckets are crowded. */
export function columnsOf(crowded, counts, unit, at) {
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

/** Runs of the columns that came as counts. */
export function countedRuns(columns, at) {
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

