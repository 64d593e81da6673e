// The order in which keys go from claim to claim: along one side of a lane, across its line, then to the next lane.

export class Roaming {
  constructor(data) {
    this.data = data;
  }

  /** Claims of one side of a lane in order of date. */
  side(lane, quoted, known) {
    const found = [];
    for (let i = this.data.laneFrom[lane]; i < this.data.laneFrom[lane + 1]; i += 1) {
      if (this.data.quoted(i) === quoted && this.data.knownBy(i, known)) found.push(i);
    }
    return found;
  }

  /** The claim that `way` leads to from i; i itself where there is none. */
  step(i, way, known, lanes = this.data.lanes.map((_, k) => k)) {
    if (i < 0) return -1;
    const lane = this.data.laneOf(i);
    const quoted = this.data.quoted(i);
    if (way === 'up' || way === 'down') return this.across(i, lane, quoted, way === 'up' ? -1 : 1, known, lanes);
    const side = this.side(lane, quoted, known);
    const at = side.indexOf(i);
    if (way === 'first') return side[0] ?? i;
    if (way === 'last') return side[side.length - 1] ?? i;
    return side[at + (way === 'next' ? 1 : -1)] ?? i;
  }

  /** `lanes` are the places of lanes as they stand, from above. */
  across(i, lane, quoted, by, known, lanes) {
    const day = this.data.start[i];
    for (let level = lanes.indexOf(lane) * 2 + (quoted ? 1 : 0) + by; level >= 0 && level < lanes.length * 2; level += by) {
      const side = this.side(lanes[level >> 1], level % 2 === 1, known);
      if (!side.length) continue;
      return side.reduce((best, k) => (Math.abs(this.data.start[k] - day) < Math.abs(this.data.start[best] - day) ? k : best));
    }
    return i;
  }

  /** The first claim in the window, else the first of all. */
  nearest(scale, known) {
    for (let i = 0; i < this.data.count; i += 1) {
      if (this.data.start[i] >= scale.from && this.data.start[i] <= scale.to && this.data.knownBy(i, known)) return i;
    }
    return this.data.count ? 0 : -1;
  }

  /** "9 of 61": the place of a claim among those of its lane. */
  position(i, known) {
    const lane = this.data.laneOf(i);
    let at = 0;
    let all = 0;
    for (let k = this.data.laneFrom[lane]; k < this.data.laneFrom[lane + 1]; k += 1) {
      if (!this.data.knownBy(k, known)) continue;
      all += 1;
      if (k <= i) at += 1;
    }
    return `${at} of ${all}`;
  }

  /** First and last day of a lane. */
  spanOf(lane) {
    let last = -Infinity;
    for (let i = this.data.laneFrom[lane]; i < this.data.laneFrom[lane + 1]; i += 1) last = Math.max(last, this.data.end(i));
    return [this.data.start[this.data.laneFrom[lane]], last];
  }

  /** The claims of a column: those of its days that stand neither as marks nor as bars. */
  between(lane, from, to, known, layout) {
    const shown = new Set([...layout.marks.map((m) => m.i), ...layout.bars.flatMap((b) => b.members)]);
    const found = [];
    for (let i = this.data.laneFrom[lane]; i < this.data.laneFrom[lane + 1]; i += 1) {
      if (!this.data.knownBy(i, known) || shown.has(i)) continue;
      const day = this.data.middle(i);
      if (day >= from && day < to) found.push(i);
    }
    return found;
  }
}
