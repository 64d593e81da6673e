// The timeline at work: its state, and what changes it. How it is drawn, pointed at and acted on stands beside.
import { Address } from './address.js';
import { dayWords } from './calendar.js';
import { joinFrame } from './frame.js';
import { homeOf, limitsOf } from './home-view.js';
import { laneSizes } from './lane-sizes.js';
import { Lanes } from './lanes.js';
import { KnownOn, Overview } from './overview.js';
import { Painter } from './painter.js';
import { readPalette } from './palette.js';
import { Panel } from './panel.js';
import { Pointing } from './pointing.js';
import { Roaming } from './roaming.js';
import { Texts } from './texts.js';
import { TimeScale } from './time-scale.js';
import { Tip } from './tip.js';
import { wire } from './wiring.js';

const PHONE = matchMedia('(max-width: 860px)');

export class Instrument {
  /** What it hears of the whole page it hears until `signal`: another may take its place. */
  constructor(root, data, signal) {
    this.root = root;
    this.data = data;
    this.signal = signal;
    this.limits = limitsOf(data.span);
    this.home = homeOf(data, this.limits);
    this.frame = joinFrame(root, data);
    this.selected = -1;
    this.selectedId = null;
    this.focusedId = null;
    this.hovered = -1;
    this.focused = -1;
    this.known = null;
    this.asked = false;
    this.texts = new Texts(data, root.dataset.textsUrl || root.dataset.marksUrl.replace('marks.json', 'marks-texts.json').split('?')[0], () => this.request());
    this.panel = new Panel(root, signal);
    this.roaming = new Roaming(data);
    this.painter = new Painter(this);
    this.pointing = new Pointing(this);
    this.lanes = new Lanes(this.frame, data, () => {
      this.measure();
      this.request();
    });
    this.list = null; // made when a column is first opened
    this.tip = new Tip(this.frame, data, this.texts);
    this.overview = new Overview(this.frame.over.strip, data, this.limits, (from, to) => this.show(from, to));
    this.slider = new KnownOn(this.frame.over.slider, this.frame.over.known, data, this.limits, (known) => this.setKnown(known));
    this.frame.over.second.hidden = this.frame.over.slider.hidden;
    this.address = new Address((view) => this.restore(view), signal);
    this.palette = readPalette(root); // beside the sizes: the page is laid out once for both
    this.measure();
    this.scale = new TimeScale(this.limits.from, this.limits.to, this.width);
    wire(this);
    this.restore(this.address.read());
  }

  /** Reads the page's sizes: only when they may have changed, never while drawing. Says whether they have. */
  measure() {
    const plot = this.frame.rows[0]?.plot || this.frame.axis.plot;
    this.width = Math.max(1, plot.clientWidth);
    this.overWidth = Math.max(1, this.frame.over.strip.clientWidth);
    this.phone = PHONE.matches;
    this.hasType = document.fonts.check('12px "IBM Plex Sans"');
    this.top = this.frame.axis.element.getBoundingClientRect().bottom;
    this.sizes = laneSizes(this.lanes.shown.length, this.phone);
    this.frame.lanes.classList.toggle('tl-even', this.sizes.even);
    for (const row of this.frame.rows) row.least = Math.max(this.sizes.least, (!this.phone && row.head?.offsetHeight) || 0);
    if (this.scale) this.scale = this.scale.resized(this.width);
    const measured = [this.width, this.overWidth, this.phone, this.lanes.shown.length, ...this.frame.rows.map((row) => row.least)].join();
    const changed = measured !== this.measured;
    this.measured = measured;
    return changed;
  }

  /** Those of `members` whose dates touch the window. */
  inWindow(members) {
    const { from, to } = this.scale;
    return members.filter((i) => {
      const { open } = this.data.traits(i);
      return (open === 'start' || this.data.start[i] < to) && (open === 'end' || this.data.end(i) > from);
    });
  }

  here() {
    if (this.focused >= 0) return this.focused;
    return this.selected >= 0 ? this.selected : this.roaming.nearest(this.scale, this.known);
  }

  draw() {
    this.asked = false;
    this.painter.draw();
  }

  /** Draws at the next frame, once however often it is asked. */
  request() {
    if (this.asked) return;
    this.asked = true;
    requestAnimationFrame(() => {
      if (this.asked) this.draw();
    });
  }

  /** Shows another window; `step` makes it a place to come back to. */
  move(scale, step = false) {
    this.scale = scale;
    this.list?.close();
    this.tip.hide();
    this.request();
    if (step) this.address.push(this.view());
    else this.address.settle(() => this.view());
  }

  show(from, to, step = false) {
    if (to - from < 1) return;
    this.move(new TimeScale(from, to, this.width).within(this.limits), step);
  }

  fit(from, to) {
    this.show(from, to, true);
  }

  fitLane() {
    const i = this.here();
    if (i < 0) return;
    const [from, to] = this.roaming.spanOf(this.data.laneOf(i));
    const margin = Math.max(5, (to - from) * 0.03);
    this.fit(from - margin, to + margin);
  }

  view() {
    const { from, to } = this.scale;
    const whole = Math.abs(from - this.home.from) < 0.5 && Math.abs(to - this.home.to) < 0.5;
    return { from, to, whole, claim: this.selectedId, known: this.known };
  }

  /** Takes the view that an address names. */
  restore(view) {
    if (this.lanes.restore()) this.measure();
    const from = view.from ?? (view.to === null ? this.home.from : this.limits.from);
    const to = view.to ?? (view.from === null ? this.home.to : this.limits.to);
    this.scale = new TimeScale(from, Math.max(to, from + 1), this.width).within(this.limits);
    this.known = view.known;
    this.slider.set(view.known);
    this.selectedId = view.claim || null;
    this.selected = view.claim ? this.data.find(view.claim) : -1;
    if (this.selected >= 0) this.showPanel(this.selected);
    else if (view.claim) this.panel.open(view.claim, '');
    else this.panel.close();
    this.request();
  }

  /** Other marks have come: what was chosen is found again among them. */
  renewed() {
    this.selected = this.selectedId === null ? -1 : this.data.find(this.selectedId);
    this.hovered = -1;
    this.focused = this.focusedId ? this.data.find(this.focusedId) : -1;
    this.request();
  }

  setKnown(known) {
    this.known = known;
    this.request();
    this.address.settle(() => this.view());
  }

  stepKnown(by) {
    this.slider.step(by);
    this.setKnown(this.slider.known());
  }

  /** Brings a claim into the window without changing the zoom; what is seen in part stays where it is. */
  reveal(i) {
    const start = this.scale.x(this.data.start[i]);
    const end = this.scale.x(this.data.start[i] + this.data.length[i]);
    const { open } = this.data.traits(i);
    if ((open === 'start' || start < this.width - 24) && (open === 'end' || end > 24)) return;
    this.move(this.scale.panned(start - this.width / 2, this.limits));
  }

  focus(i) {
    if (i < 0) return;
    this.focused = i;
    this.focusedId = this.data.ids[i];
    this.reveal(i);
    const row = this.frame.rows.find((r) => r.lane === this.data.laneOf(i));
    row?.plot.scrollIntoView({ block: 'nearest' });
    this.say(''); // what was said of another claim must not stand while this one's words come
    this.texts.one(i).then((words) => {
      if (this.focused !== i) return;
      const place = this.data.counts ? '' : ` ${this.roaming.position(i, this.known)} in lane.`;
      this.say(`${words ? words.spoken : dayWords(this.data.start[i])}${place}`);
    });
    this.request();
  }

  /** Brings the focused claim's lane away from the edges of the screen: whoever comes by keys sees it with its neighbours. */
  standClear() {
    const row = this.focused >= 0 && this.frame.rows.find((r) => r.lane === this.data.laneOf(this.focused));
    if (!row) return;
    const { top, bottom } = row.plot.getBoundingClientRect();
    if (top < innerHeight * 0.2 || bottom > innerHeight * 0.9) row.plot.scrollIntoView({ block: 'center' });
  }

  say(words) {
    this.frame.say.textContent = words;
  }

  /** Opens a claim by its public number, be it among the marks or not. */
  openId(id) {
    const i = this.data.find(id);
    if (i >= 0) {
      this.open(i);
      return;
    }
    this.selectedId = id;
    this.selected = -1;
    this.panel.open(id, '');
    this.data.want?.(this.scale, id, this.known, true);
    this.request();
    this.address.push(this.view());
  }

  open(i) {
    this.selected = i;
    this.selectedId = this.data.ids[i];
    this.tip.hide();
    this.showPanel(i);
    this.reveal(i);
    this.request();
    this.address.push(this.view());
  }

  showPanel(i) {
    const lane = this.data.lanes[this.data.laneOf(i)];
    const side = this.data.quoted(i) ? 'Reported' : 'Own words';
    const place = this.data.counts ? '' : `${this.roaming.position(i, this.known)} `;
    this.panel.open(this.data.ids[i], `${side} · ${place}in ${lane.name}’s lane`);
    this.texts.want([i]);
    // On a phone the panel is a sheet over the page: axis and lane go above it.
    if (this.phone) this.frame.rows.find((row) => row.lane === this.data.laneOf(i))?.element.scrollIntoView({ block: 'start' });
  }

  close() {
    if (this.list?.close()) {
      this.frame.keys.focus({ preventScroll: true });
      return;
    }
    this.tip.hide();
    if (this.selectedId === null) return;
    this.selected = -1;
    this.selectedId = null;
    this.panel.close();
    this.request();
    this.address.push(this.view());
  }
}
