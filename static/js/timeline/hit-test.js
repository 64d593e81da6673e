// What lies under the pointer, from the boxes of the last drawing. Each target is at least 24 by 24,
// but for the rows of many lanes: those stand closer, and the nearest is hit.

const REACH = 12;

/** The item nearest to (x, y) among `drawn`, null if none is within reach. Later ones lie on top. */
export function hit(drawn, x, y) {
  let best = null;
  let nearest = REACH * REACH + 1;
  for (const box of drawn) {
    const dx = Math.max(box.left - x, 0, x - box.right);
    const dy = Math.max(box.top - y, 0, y - box.bottom);
    const apart = dx * dx + dy * dy;
    if (apart <= nearest && dx <= REACH && dy <= REACH / 2) {
      nearest = apart;
      best = box;
    }
  }
  return best;
}
