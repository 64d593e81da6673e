// Decodes the columns of marks.json into typed arrays, sorted by lane and first day.
import { monthNumber } from './calendar.js';

export const PRECISIONS = [
  'day', 'month', 'season', 'year', 'decade', 'century', 'interval', 'open', 'oneof', 'unknown',
];
export const STANCES = ['asserts', 'reports', 'denies', 'rejects-wording', 'demands', 'announces'];
export const REVIEWS = ['suggested', 'accepted', 'dismissed', 'curated'];

// The bits of a claim's flags, as timeline/marks.py packs them.
const PRECISION = 0xf;
const QUOTED = 1 << 4;
const STANCE_SHIFT = 5;
const REVIEW_SHIFT = 8;
const INFERRED = 1 << 10;
const APPROXIMATE = 1 << 11;
const UNCERTAIN = 1 << 12;
const OPEN_START = 1 << 13;
const OPEN_END = 1 << 14;

function running(deltas) {
  const out = new Int32Array(deltas.length);
  let sum = 0;
  for (let i = 0; i < deltas.length; i += 1) {
    sum += deltas[i];
    out[i] = sum;
  }
  return out;
}

/** Days of letters from their differences; those without a date stand last, as null. */
function letterDays(deltas) {
  let day = 0;
  return deltas.map((delta) => {
    if (delta === null) return null;
    day += delta;
    return day;
  });
}

export class MarkData {
  constructor(json) {
    this.lanes = json.lanes;
    this.span = json.span;
    this.undated = json.undated || [];
    this.undatedTotal = json.undated_total ?? this.undated.length;
    this.letters = letterDays(json.letters || []);
    this.counts = null; // set where a dossier is too large for all its marks: see counted-data.js
    this.version = 0;
    this.load(json);
    this.total = this.count;
    this.laneTotals = json.lane_counts;
  }

  /** Takes other marks in place of those it had; lanes, span and letters stay. */
  load(columns) {
    this.version += 1;
    this.ids = columns.ids;
    this.count = columns.ids.length;
    this.start = running(columns.start);
    this.length = Int32Array.from(columns.length);
    this.flags = Uint16Array.from(columns.flags);
    this.letter = columns.letter ? Uint16Array.from(columns.letter) : null;
    this.madeOn = columns.made || null;
    this.alternatives = new Map(Object.entries(columns.alternatives || {}).map(([i, d]) => [Number(i), d]));
    this.laneFrom = new Int32Array(this.lanes.length + 1);
    columns.lane_counts.forEach((n, i) => {
      this.laneFrom[i + 1] = this.laneFrom[i] + n;
    });
    this.month = new Int32Array(this.count);
    for (let i = 0; i < this.count; i += 1) this.month[i] = monthNumber(this.middle(i));
    this.places = null;
  }

  /** The day of the letter that makes a claim, null where the letter has none. */
  made(i) {
    return this.letter ? this.letters[this.letter[i]] ?? null : this.madeOn?.[i] ?? null;
  }

  /** The lane's place of a claim. */
  laneOf(i) {
    let lane = 0;
    while (this.laneFrom[lane + 1] <= i) lane += 1;
    return lane;
  }

  /** The place of the claim with this public id, -1 if it is not among the marks. */
  find(id) {
    if (!this.places) this.places = new Map(this.ids.map((value, i) => [String(value), i]));
    return this.places.get(String(id)) ?? -1;
  }

  /** The day in the middle of the claim's date; its month is kept in `month`. */
  middle(i) {
    return this.start[i] + (this.length[i] >> 1);
  }

  /** First day after the claim's last. */
  end(i) {
    return this.start[i] + this.length[i] + 1;
  }

  precision(i) {
    return PRECISIONS[this.flags[i] & PRECISION];
  }

  quoted(i) {
    return (this.flags[i] & QUOTED) !== 0;
  }

  stance(i) {
    return STANCES[(this.flags[i] >> STANCE_SHIFT) & 7];
  }

  review(i) {
    return REVIEWS[(this.flags[i] >> REVIEW_SHIFT) & 3];
  }

  /** What a claim's flags say of its mark. */
  traits(i) {
    return traitsOf(this.flags[i]);
  }

  /** Whether the claim had been made by the day `known` (null: all). */
  knownBy(i, known) {
    if (known === null) return true;
    const made = this.made(i);
    return made === null || made <= known;
  }
}

const known = new Map();

/** What a word of flags says of a mark: the fields that drawMark reads. Marks of the same flags share one. */
export function traitsOf(flags) {
  if (!known.has(flags)) known.set(flags, Object.freeze(read(flags)));
  return known.get(flags);
}

function read(flags) {
  return {
    precision: PRECISIONS[flags & PRECISION],
    reported: (flags & QUOTED) !== 0,
    stance: STANCES[(flags >> STANCE_SHIFT) & 7],
    review: REVIEWS[(flags >> REVIEW_SHIFT) & 3],
    inferred: (flags & INFERRED) !== 0,
    approximate: (flags & APPROXIMATE) !== 0,
    uncertain: (flags & UNCERTAIN) !== 0,
    open: (flags & OPEN_START) !== 0 ? 'start' : (flags & OPEN_END) !== 0 ? 'end' : null,
  };
}
