// Hand and wheel: wheel and pinch zoom at the pointer, drag pans, a let-go pan glides on where motion is welcome.

const CLICK = 4; // pixels a press may move and still be a click
const FASTEST = 2.5; // pixels a millisecond
const REST = 0.02; // pixels a millisecond: slower than this a glide stops

/**
 * `host` holds the plots; `act`: {zoom(factor, x), pan(pixels), hover(row, x, y), leave(), click(row, x, y)},
 * x and y inside the plot.
 */
export class Gestures {
  constructor(host, act) {
    this.host = host;
    this.act = act;
    this.pointers = new Map();
    this.moved = 0;
    this.speed = 0;
    this.calm = matchMedia('(prefers-reduced-motion: reduce)');
    host.addEventListener('wheel', (event) => this.wheel(event), { passive: false });
    host.addEventListener('pointerdown', (event) => this.down(event));
    host.addEventListener('pointermove', (event) => this.move(event));
    host.addEventListener('pointerup', (event) => this.up(event, true));
    host.addEventListener('pointercancel', (event) => this.up(event, false));
    host.addEventListener('pointerleave', () => act.leave());
  }

  plotOf(event) {
    return event.target.closest?.('[data-plot], .tl-axis .plot');
  }

  wheel(event) {
    const plot = this.plotOf(event);
    if (!plot) return;
    event.preventDefault();
    const unit = event.deltaMode === 1 ? 16 : event.deltaMode === 2 ? 400 : 1;
    const sideways = event.shiftKey ? event.deltaY || event.deltaX : event.deltaX;
    if (Math.abs(sideways) > Math.abs(event.deltaY) || event.shiftKey) {
      this.act.pan(sideways * unit);
      return;
    }
    const x = event.clientX - plot.getBoundingClientRect().left;
    this.act.zoom(Math.exp(event.deltaY * unit * (event.ctrlKey ? 0.01 : 0.002)), x);
  }

  down(event) {
    const plot = this.plotOf(event);
    if (!plot || event.button !== 0) return;
    this.speed = 0;
    this.plot = plot;
    this.box = plot.getBoundingClientRect();
    this.pointers.set(event.pointerId, { x: event.clientX, y: event.clientY });
    if (this.pointers.size === 1) this.moved = 0;
    this.last = event.timeStamp;
    plot.setPointerCapture(event.pointerId);
  }

  move(event) {
    const before = this.pointers.get(event.pointerId);
    if (!before) {
      const plot = this.plotOf(event);
      if (plot && event.pointerType !== 'touch') this.act.hover(plot, event.offsetX, event.offsetY);
      else this.act.leave();
      return;
    }
    const at = { x: event.clientX, y: event.clientY };
    const dx = at.x - before.x;
    this.moved += Math.abs(dx);
    if (this.pointers.size === 2) this.pinch(event.pointerId, at);
    else if (this.moved > CLICK) {
      this.act.leave();
      this.act.pan(-dx);
      const elapsed = Math.max(1, event.timeStamp - this.last);
      const speed = Math.max(-FASTEST, Math.min(FASTEST, -dx / elapsed));
      this.speed = 0.7 * speed + 0.3 * this.speed;
    }
    this.last = event.timeStamp;
    this.pointers.set(event.pointerId, at);
  }

  pinch(id, at) {
    const [other] = [...this.pointers].filter(([key]) => key !== id).map(([, p]) => p);
    const before = this.pointers.get(id);
    const apart = (a, b) => Math.max(10, Math.hypot(a.x - b.x, a.y - b.y));
    this.moved = CLICK + 1;
    this.act.pan(-(at.x - before.x) / 2);
    this.act.zoom(apart(before, other) / apart(at, other), (at.x + other.x) / 2 - this.box.left);
  }

  up(event, meant) {
    if (!this.pointers.delete(event.pointerId)) return;
    if (this.pointers.size) return;
    if (meant && this.moved <= CLICK) {
      this.act.click(this.plot, event.clientX - this.box.left, event.clientY - this.plot.getBoundingClientRect().top);
    } else if (meant && !this.calm.matches && event.timeStamp - this.last < 60) this.glide();
  }

  glide() {
    let last = performance.now();
    const step = (now) => {
      const elapsed = Math.min(40, now - last);
      last = now;
      if (this.pointers.size || Math.abs(this.speed) < REST) return;
      this.act.pan(this.speed * elapsed);
      this.speed *= 0.994 ** elapsed;
      requestAnimationFrame(step);
    };
    if (Math.abs(this.speed) > 0.2) requestAnimationFrame(step);
  }
}
