// The one scale: days to pixels and back. A scale is never changed; moving gives a new one.

export const SHORTEST = 10; // days: closer than this there is nothing more to see

export class TimeScale {
  /** `from` and `to` are day numbers (fractions allowed), `width` the pixels between them. */
  constructor(from, to, width) {
    this.from = from;
    this.to = to;
    this.width = Math.max(1, width);
    this.perDay = this.width / (to - from);
  }

  x(day) {
    return (day - this.from) * this.perDay;
  }

  day(x) {
    return this.from + x / this.perDay;
  }

  /** The same days on another width. */
  resized(width) {
    return new TimeScale(this.from, this.to, width);
  }

  /** `factor` > 1 shows more days; the day under `x` stays where it is. */
  zoomed(factor, x, limits) {
    const days = this.to - this.from;
    const wanted = Math.min(Math.max(days * factor, SHORTEST), limits.to - limits.from);
    const at = this.day(x);
    const from = at - (at - this.from) * (wanted / days);
    return new TimeScale(from, from + wanted, this.width).within(limits);
  }

  /** Moved by pixels: a positive number shows later days. */
  panned(pixels, limits) {
    const days = pixels / this.perDay;
    return new TimeScale(this.from + days, this.to + days, this.width).within(limits);
  }

  /** Moved, and if need be shortened, so that it does not leave the limits. */
  within(limits) {
    const days = Math.min(this.to - this.from, limits.to - limits.from);
    const from = Math.min(Math.max(this.from, limits.from), limits.to - days);
    return new TimeScale(from, from + days, this.width);
  }
}
