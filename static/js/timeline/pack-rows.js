// Rows of one side of a lane: each mark takes the innermost row that is free along its whole length. What stands in
// a row never overlaps, so that a search among left edges finds the only one that could be in the way.

export const GAP = 2;

export class Rows {
  /** `most` rows at most. */
  constructor(most) {
    this.most = most;
    this.left = [];
    this.right = [];
  }

  /** How many of row r begin left of x. */
  before(r, x) {
    const lefts = this.left[r];
    let low = 0;
    let high = lefts.length;
    if (!high || lefts[high - 1] < x) return high; // marks come from left to right, most of the time
    while (low < high) {
      const middle = (low + high) >> 1;
      if (lefts[middle] < x) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  /** Whether row r is free from left to right. */
  free(r, left, right) {
    if (r >= this.left.length) return true;
    const k = this.before(r, right + GAP);
    return k === 0 || this.right[r][k - 1] <= left - GAP;
  }

  /** Places a mark in the innermost row that is free; -1 if every row is taken. */
  place(left, right) {
    for (let r = 0; r < this.most; r += 1) {
      if (!this.free(r, left, right)) continue;
      this.hold(r, left, right);
      return r;
    }
    return -1;
  }

  /** Takes a stretch of row r. */
  hold(r, left, right) {
    while (this.left.length <= r) {
      this.left.push([]);
      this.right.push([]);
    }
    const k = this.before(r, left);
    this.left[r].splice(k, 0, left);
    this.right[r].splice(k, 0, right);
  }

  /** Keeps the innermost `rows` rows clear of a run of columns; one too narrow is kept clear at its middle. */
  block(rows, left, right) {
    const middle = (left + right) / 2;
    for (let r = 0; r < rows; r += 1) this.hold(r, Math.min(left, middle), Math.max(right, middle));
  }
}
