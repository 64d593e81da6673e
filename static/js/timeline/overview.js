// The whole span in one strip, with a window to drag; below it, when the letters were written.
import { dayWords } from './calendar.js';
import { eachStart, levelFor } from './axis.js';
import { Surface } from './surface.js';
import { TimeScale } from './time-scale.js';

const BASE = 34;
const GRIP = 10;
const ROOM = 44; // pixels that a name under the strip wants

/** Claims per bin of the whole span, each claim counted where its date begins. */
export function densityOf(data, limits, bins) {
  const counts = new Float32Array(bins);
  const per = bins / (limits.to - limits.from);
  if (data.overview) {
    let day = 0;
    const { bins: pairs, days } = data.overview;
    for (let k = 0; k < pairs.length; k += 2) {
      day += pairs[k];
      const from = Math.max(0, Math.floor((day - limits.from) * per));
      const to = Math.max(from + 1, Math.min(bins, Math.floor((day + days - limits.from) * per)));
      for (let b = from; b < to; b += 1) counts[b] += pairs[k + 1] / (to - from);
    }
    return counts;
  }
  for (let i = 0; i < data.count; i += 1) {
    const middle = data.start[i] + data.length[i] / 2 + 0.5;
    const bin = Math.floor((middle - limits.from) * per);
    if (bin >= 0 && bin < bins) counts[bin] += 1;
  }
  return counts;
}

export class Overview {
  /** `host` takes the strip; `moved(from, to)` is called while the window is dragged. */
  constructor(host, data, limits, moved) {
    this.host = host;
    this.data = data;
    this.limits = limits;
    this.moved = moved;
    this.surface = new Surface(host, 'tl-over-canvas');
    this.density = null;
    this.drag = null;
    const canvas = this.surface.canvas;
    canvas.addEventListener('pointerdown', (event) => this.grab(event));
    canvas.addEventListener('pointermove', (event) => this.pull(event));
    for (const end of ['pointerup', 'pointercancel']) {
      canvas.addEventListener(end, () => {
        this.drag = null;
      });
    }
  }

  draw(scale, palette, width) {
    const ctx = this.surface.begin(width, 50);
    const bins = Math.max(1, Math.round(width / 7));
    if (this.density?.length !== bins) this.density = densityOf(this.data, this.limits, bins);
    const whole = new TimeScale(this.limits.from, this.limits.to, width);
    this.scale = whole;
    this.window = scale;
    const a = Math.max(0.6, whole.x(scale.from));
    const b = Math.min(width - 0.6, whole.x(scale.to));
    ctx.fillStyle = palette.sheet;
    ctx.fillRect(a, 2, b - a, 33);
    let peak = 1;
    for (const count of this.density) peak = Math.max(peak, count);
    ctx.fillStyle = palette['ink-3'];
    this.density.forEach((count, n) => {
      if (!count) return;
      const tall = Math.max(1, Math.sqrt(count / peak) * 26);
      ctx.fillRect((n * width) / bins, BASE - tall, width / bins - 1, tall);
    });
    ctx.fillStyle = palette['rule-2'];
    ctx.fillRect(0, BASE, width, 1);
    this.drawYears(ctx, whole, palette);
    this.drawWindow(ctx, a, b, palette);
  }

  drawYears(ctx, whole, palette) {
    const level = levelFor(whole.perDay);
    const names = level.minor.days * whole.perDay >= ROOM ? [level.minor, level.minorName] : [level.major, level.name];
    ctx.font = `semi-condensed 11.5px ${palette.sans}`;
    eachStart(names[0], whole, (day, x) => {
      ctx.fillStyle = palette['rule-2'];
      ctx.fillRect(Math.round(x), BASE, 1, 5);
      ctx.fillStyle = palette['ink-3'];
      const name = names[1](day);
      if (x + 3 + ctx.measureText(name).width < whole.width) ctx.fillText(name, x + 3, 47);
    });
  }

  drawWindow(ctx, a, b, palette) {
    ctx.strokeStyle = palette.ink;
    ctx.lineWidth = 1.25;
    ctx.strokeRect(a, 2, b - a, 33);
    ctx.fillStyle = palette.sheet;
    for (const x of [Math.max(a - 3, 0.6), Math.min(b - 3, this.surface.width - 6.6)]) {
      ctx.beginPath();
      ctx.roundRect(x, 10, 6, 17, 2);
      ctx.fill();
      ctx.stroke();
    }
  }

  grab(event) {
    const x = event.offsetX;
    const a = this.scale.x(this.window.from);
    const b = this.scale.x(this.window.to);
    this.surface.canvas.setPointerCapture(event.pointerId);
    let part = 'window';
    if (Math.abs(x - a) <= GRIP && x < (a + b) / 2) part = 'from';
    else if (Math.abs(x - b) <= GRIP) part = 'to';
    else if (x < a || x > b) {
      const half = (this.window.to - this.window.from) / 2;
      this.moved(this.scale.day(x) - half, this.scale.day(x) + half);
    }
    this.drag = { part, x };
    event.preventDefault();
  }

  pull(event) {
    if (!this.drag) return;
    const days = (event.offsetX - this.drag.x) / this.scale.perDay;
    this.drag.x = event.offsetX;
    const { from, to } = this.window;
    if (this.drag.part === 'window') this.moved(from + days, to + days);
    else if (this.drag.part === 'from') this.moved(from + days, to);
    else this.moved(from, to + days);
  }
}

export class KnownOn {
  /** A slider through the letters' dates: only what had been asserted by then is shown. */
  constructor(host, say, data, limits, changed) {
    this.limits = limits;
    this.days = [...new Set(data.letters.filter((day) => day !== null))].sort((a, b) => a - b);
    this.data = data;
    this.say = say;
    this.surface = new Surface(host, 'tl-known-canvas');
    this.input = document.createElement('input');
    Object.assign(this.input, { type: 'range', min: 0, max: Math.max(0, this.days.length - 1), className: 'tl-knob' });
    this.input.setAttribute('aria-label', 'As known on');
    this.input.value = this.input.max;
    this.input.addEventListener('input', () => {
      this.step(0);
      changed(this.known());
    });
    host.append(this.input);
    host.hidden = this.days.length < 2;
  }

  /** The day chosen, null for the last letter's: all is known then. */
  known() {
    const at = Number(this.input.value);
    return at >= this.days.length - 1 ? null : this.days[at];
  }

  set(known) {
    const at = known === null ? this.days.length - 1 : this.days.findLastIndex((day) => day <= known);
    this.input.value = Math.max(0, at);
    this.step(0);
  }

  step(by) {
    this.input.value = Number(this.input.value) + by;
    const day = this.days[Number(this.input.value)];
    if (day === undefined) return;
    const made = this.data.letters.filter((made) => made === null || made <= day).length;
    const total = this.data.letters.length;
    const words = `${dayWords(day)} · ${made === total ? `all ${total} letters` : `${made} of ${total} letters`}`;
    if (this.say) this.say.textContent = words;
    this.input.setAttribute('aria-valuetext', words);
  }

  draw(palette, width) {
    if (this.days.length < 2) return;
    const ctx = this.surface.begin(width, 28);
    const scale = new TimeScale(this.limits.from, this.limits.to, width);
    const x = Math.min(width - 7, Math.max(7, scale.x(this.days[Number(this.input.value)] + 0.5)));
    ctx.fillStyle = palette.rule;
    ctx.fillRect(0, 14, width, 1);
    ctx.fillStyle = palette.ink;
    ctx.fillRect(0, 13.5, x, 2);
    for (const day of this.days) {
      ctx.globalAlpha = day <= this.days[Number(this.input.value)] ? 1 : 0.35;
      ctx.fillRect(scale.x(day + 0.5) - 0.6, 8, 1.25, 12);
    }
    ctx.globalAlpha = 1;
    ctx.beginPath();
    ctx.moveTo(x - 6, 1);
    ctx.lineTo(x + 6, 1);
    ctx.lineTo(x + 6, 16);
    ctx.lineTo(x, 23);
    ctx.lineTo(x - 6, 16);
    ctx.fill();
  }
}
