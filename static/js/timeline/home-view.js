// Where a timeline may be moved, and the window it opens with.
import { densityOf } from './overview.js';

/** The days one can move in: the whole span with a margin on either side. */
export function limitsOf(span) {
  const [first, last] = span || [719163, 719528];
  const margin = Math.max(10, (last - first) * 0.02);
  return { from: first - margin, to: last + 1 + margin };
}

const MOST = 0.75; // of the claims: what the first view holds where they stand close together
const CLOSE = 0.4; // of the whole span

/** The window a timeline opens with: the shortest that holds most claims, the whole span where that is not short. */
export function homeOf(data, limits) {
  const bins = 400;
  const days = (limits.to - limits.from) / bins;
  const counts = densityOf(data, limits, bins);
  let left = 0;
  let best = [0, bins];
  let inside = 0;
  const wanted = counts.reduce((a, b) => a + b, 0) * MOST;
  for (let right = 0; right < bins; right += 1) {
    inside += counts[right];
    while (inside - counts[left] >= wanted) {
      inside -= counts[left];
      left += 1;
    }
    if (inside >= wanted && right + 1 - left < best[1] - best[0]) best = [left, right + 1];
  }
  const long = best[1] - best[0];
  if (data.count < 2 || long > bins * CLOSE) return limits;
  const margin = Math.max(2, long * 0.12);
  return {
    from: Math.max(limits.from, limits.from + (best[0] - margin) * days),
    to: Math.min(limits.to, limits.from + (best[1] + margin) * days),
  };
}
