// Rows of one side of a lane: each mark takes the innermost row that is free along its whole length.

export const GAP = 2;

export class Rows {
  /** `most` rows at most. */
  constructor(most) {
    this.most = most;
    this.left = [];
    this.right = [];
    this.long = [];
    this.used = 0;
  }

  row(r) {
    while (this.left.length <= r) {
      this.left.push([]);
      this.right.push([]);
      this.long.push([]);
    }
    return r;
  }

  /** Whether row r is free from left to right. Short marks come sorted by left edge, so a search finds them. */
  free(r, left, right) {
    if (r >= this.left.length) return true;
    for (const [a, b] of this.long[r]) if (left < b + GAP && right > a - GAP) return false;
    const starts = this.left[r];
    const ends = this.right[r];
    let low = 0;
    let high = starts.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (starts[middle] < right + GAP) low = middle + 1;
      else high = middle;
    }
    for (let k = low - 1; k >= 0 && k >= low - 4; k -= 1) if (ends[k] > left - GAP) return false;
    return true;
  }

  /** Places a mark whose left edge is not left of the ones placed so before; -1 if every row is taken. */
  place(left, right) {
    for (let r = 0; r < this.most; r += 1) {
      const ends = this.right[this.row(r)];
      if (ends.length && ends[ends.length - 1] > left - GAP) continue;
      if (this.long[r].length && !this.free(r, left, right)) continue;
      this.left[r].push(left);
      ends.push(right);
      this.used = Math.max(this.used, r + 1);
      return r;
    }
    return -1;
  }

  /** Places a long mark or a label anywhere; -1 if every row is taken. */
  placeLong(left, right) {
    for (let r = 0; r < this.most; r += 1) {
      if (!this.free(r, left, right)) continue;
      this.hold(r, left, right);
      return r;
    }
    return -1;
  }

  /** Takes a stretch of row r, whatever lies there. */
  hold(r, left, right) {
    this.long[this.row(r)].push([left, right]);
    this.used = Math.max(this.used, r + 1);
  }

  /** Keeps the innermost `rows` rows clear of a run of columns; short marks placed later start after it. */
  block(rows, left, right) {
    for (let r = 0; r < rows; r += 1) this.long[this.row(r)].push([left, right]);
  }
}
