// Words beside marks. A label's place depends on the marks alone, never on the window, and once it is given it stays
// while the scale does: so labels do not jump while one pans.
const APART = 4;
const LONG = 90; // pixels: the label of a longer bar stands over it and waits at the window's edge
const STRIKE = 16; // pixels: what the stroke through a denied bar’s head wants beside the label
const LINE = 12; // pixels: the height of a label
const RTL = /^[^\p{L}]*[\p{Script=Arabic}\p{Script=Hebrew}\p{Script=Syriac}\p{Script=Thaana}]/u;

/** The direction of a text by its first letter. */
export const directionOf = (text) => (RTL.test(text) ? 'rtl' : 'ltr');

export class LaneLabels {
  /** `layout`: the marks, bars and runs of a lane; `high`: the rows that columns take; `end`: the pixel where the dossier ends. */
  constructor(layout, high, end = Infinity) {
    this.layout = layout;
    this.high = high;
    this.end = end;
    this.rows = null;
    this.spots = new Map();
  }

  /** Notes what stands in the rows: only once a label is wanted, since most scales are passed through in a moment. */
  fill({ marks, bars, runs }) {
    this.rows = new Map();
    for (const item of [...marks, ...bars]) if (!item.traits.reported) this.take(item.row, item.left, item.right);
    for (const run of runs) for (let row = 0; row < this.high; row += 1) this.take(row, run.left - 8, run.right + 8);
  }

  take(row, left, right) {
    if (!this.rows.has(row)) this.rows.set(row, []);
    this.rows.get(row).push([left, right]);
  }

  free(row, left, right) {
    if (!this.rows) this.fill(this.layout);
    return !this.rows.get(row)?.some(([a, b]) => left < b && right > a);
  }

  /** Where the label of `item`, `width` wide, starts: right of the mark, else left, else null. */
  spot(item, width) {
    if (this.spots.has(item.i)) return this.spots.get(item.i);
    const right = item.right + APART;
    const left = item.left - APART - width;
    const at = [right, left].find((x) => x + width < this.end && this.free(item.row, x + 1, x + width - 1)) ?? null;
    if (at !== null) this.take(item.row, at - APART, at + width + APART);
    this.spots.set(item.i, at);
    return at;
  }
}

/** Where the label of a bar longer than LONG starts in the window: over its start, or waiting at the edge; null without room. */
export function overBar(item, offset, viewWidth, width) {
  const from = Math.max(item.left - offset + (item.traits.stance === 'denies' ? STRIKE : 0), 0);
  const to = Math.min(item.right - offset, viewWidth);
  return to - from >= width + 2 * APART ? from + APART : null;
}

export const isLong = (item) => item.w > LONG;

/** Whether a label at `left`, `width` wide, with its letters' feet at `base`, would run into what is drawn. */
export function covered(drawn, left, width, base) {
  return drawn.some((one) => Math.abs(one.base - base) < LINE && left < one.left + one.width && left + width > one.left);
}
