// A dossier too large for all its marks: counts of the whole span, and a finer tile for the window in view.
import { UNITS, unitFor } from './cluster-marks.js';
import { MarkData } from './marks-data.js';

const MARGIN = 0.25; // of the window, fetched on either side
const REST = 60; // milliseconds of rest before a tile is asked for
const EMPTY = { ids: [], start: [], length: [], flags: [], made: [], alternatives: {} };

/** Columns and blocks of a tile, lane by lane in the order of `lanes`. */
function byLane(tile, lanes) {
  const place = tile.lane_ids.map((id) => lanes.findIndex((lane) => lane.id === id));
  const unit = UNITS[tile.unit];
  const found = lanes.map(() => ({ columns: new Map(), blocks: [] }));
  for (const [lane, quoted, ...pairs] of tile.columns || []) {
    const target = found[place[lane]];
    let bucket = 0;
    for (let k = 0; target && k < pairs.length; k += 2) {
      bucket += pairs[k];
      if (!target.columns.has(bucket)) {
        target.columns.set(bucket, { from: unit.start(bucket), to: unit.start(bucket + 1), own: 0, reported: 0 });
      }
      target.columns.get(bucket)[quoted ? 'reported' : 'own'] += pairs[k + 1];
    }
  }
  for (const [lane, quoted, from, days, count, open] of tile.blocks) {
    found[place[lane]]?.blocks.push({ reported: quoted === 1, from, to: from + days, count, open });
  }
  return found.map(({ columns, blocks }) => ({
    columns: [...columns.values()].sort((a, b) => a.from - b.from), blocks,
  }));
}

/** The marks of a tile in the order of `lanes`. */
function arranged(tile, lanes) {
  const { marks } = tile;
  if (!marks.ids.length) return { ...EMPTY, lane_counts: lanes.map(() => 0) };
  const counts = lanes.map(() => 0);
  tile.lane_ids.forEach((id, k) => {
    const at = lanes.findIndex((lane) => lane.id === id);
    if (at >= 0) counts[at] = marks.lane_counts[k];
  });
  return { ...marks, lane_counts: counts };
}

export class CountedData extends MarkData {
  /** `url` is that of marks.json; `changed` is called when other marks have come. */
  constructor(json, url, changed) {
    super({ ...json, ...arranged(json.tile, json.lanes) });
    this.url = url;
    this.changed = changed;
    this.known = null;
    this.wanted = null;
    this.timer = null;
    this.take(json);
  }

  take(json) {
    this.laneTotals = this.lanes.map((lane) => json.totals[json.lanes.findIndex((l) => l.id === lane.id)] || 0);
    this.total = this.laneTotals.reduce((a, b) => a + b, 0);
    this.overview = json.overview;
    this.base = json.tile;
    this.peaks = new Map();
    this.show(json.tile);
  }

  show(tile) {
    if (this.tile === tile) return;
    this.tile = tile;
    this.counts = { unit: tile.unit, lanes: byLane(tile, this.lanes) };
    this.load(arranged(tile, this.lanes));
  }

  /** Whether what is at hand is what this scale wants. */
  suits(scale, known) {
    const { tile } = this;
    return tile.unit === UNITS.indexOf(unitFor(scale.perDay)) && tile.known === (known ?? undefined)
      && (tile === this.base || (tile.first <= scale.from && tile.last >= scale.to - 1));
  }

  /** Shows the best there is for this scale, and asks for better once the hand rests. */
  want(scale, claim, known, anyway = false) {
    const covers = this.tile.first <= scale.from && this.tile.last >= scale.to - 1;
    if (!covers && this.tile !== this.base) this.show(this.base);
    if (!anyway && this.suits(scale, known)) return;
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.fetch(scale, claim, known), REST);
  }

  async fetch(scale, claim, known) {
    const days = scale.to - scale.from;
    const address = new URL(this.url, location.href);
    const set = (name, value) => address.searchParams.set(name, Math.round(value));
    set('first', scale.from - days * MARGIN);
    set('last', scale.to + days * MARGIN);
    set('px', scale.width * (1 + 2 * MARGIN));
    if (claim) address.searchParams.set('claim', claim);
    if (known !== null) set('known', known);
    if (this.wanted?.href === address.href) return;
    this.wanted?.stop.abort();
    const stop = new AbortController();
    this.wanted = { href: address.href, stop };
    try {
      const answer = await fetch(address, { headers: { Accept: 'application/json' }, signal: stop.signal });
      if (!answer.ok) return;
      const tile = await answer.json();
      if (known !== null) tile.known = known;
      this.show(tile);
      this.changed();
    } catch {
      // Cut short by a newer wish, or the net is away: what is at hand stays.
    } finally {
      if (this.wanted?.stop === stop) this.wanted = null;
    }
  }

  /** Where the columns of a lane stand highest, kept while the unit stays so that heights do not jump. */
  peak(lane, most) {
    const key = `${lane} ${this.tile.unit}`;
    const peak = Math.max(most, this.peaks.get(key) || 1);
    this.peaks.set(key, peak);
    return peak;
  }
}
