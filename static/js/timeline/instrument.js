// The timeline at work: its state, one drawing a frame, and everything one can do to it.
import { Address } from './address.js';
import { drawAxis, gridLines } from './axis.js';
import { civil, dayWords, parseWords } from './calendar.js';
import { drawLane, laneHeight, rowsInUse, visiblePart } from './draw-lane.js';
import { joinFrame } from './frame.js';
import { Gestures } from './gestures.js';
import { showHelp } from './help.js';
import { hit } from './hit-test.js';
import { listen } from './keyboard.js';
import { Lanes } from './lanes.js';
import { baseLayout, withChosen } from './layout-lane.js';
import { MemberList } from './member-list.js';
import { densityOf, KnownOn, Overview } from './overview.js';
import { readPalette, watchTheme } from './palette.js';
import { Panel } from './panel.js';
import { Roaming } from './roaming.js';
import { drawSecondAxis, heightOf } from './second-axis.js';
import { Texts } from './texts.js';
import { TimeScale } from './time-scale.js';
import { Tip } from './tip.js';
import { drawUndated } from './undated.js';

const PHONE = matchMedia('(max-width: 860px)');
const IDLE = 200; // milliseconds of rest before lanes may shrink and words are fetched
const LABELS = 14; // words fetched a lane and view

/** The days one can move in: the whole span with a margin on either side. */
export function limitsOf(span) {
  const [first, last] = span || [719163, 719528];
  const margin = Math.max(10, (last - first) * 0.02);
  return { from: first - margin, to: last + 1 + margin };
}

const MOST = 0.75; // of the claims: what the first view holds where they stand close together
const CLOSE = 0.4; // of the whole span

/** The window a timeline opens with: the shortest that holds most claims, the whole span where that is not short. */
export function homeOf(data, limits) {
  const bins = 400;
  const days = (limits.to - limits.from) / bins;
  const counts = densityOf(data, limits, bins);
  let left = 0;
  let best = [0, bins];
  let inside = 0;
  const wanted = counts.reduce((a, b) => a + b, 0) * MOST;
  for (let right = 0; right < bins; right += 1) {
    inside += counts[right];
    while (inside - counts[left] >= wanted) {
      inside -= counts[left];
      left += 1;
    }
    if (inside >= wanted && right + 1 - left < best[1] - best[0]) best = [left, right + 1];
  }
  const long = best[1] - best[0];
  if (data.count < 2 || long > bins * CLOSE) return limits;
  const margin = Math.max(2, long * 0.12);
  return {
    from: Math.max(limits.from, limits.from + (best[0] - margin) * days),
    to: Math.min(limits.to, limits.from + (best[1] + margin) * days),
  };
}

export class Instrument {
  constructor(root, data) {
    this.root = root;
    this.data = data;
    this.limits = limitsOf(data.span);
    this.home = homeOf(data, this.limits);
    this.frame = joinFrame(root, data);
    this.palette = readPalette(root);
    this.selected = -1;
    this.selectedId = null;
    this.focusedId = null;
    this.hovered = -1;
    this.focused = -1;
    this.known = null;
    this.asked = false;
    this.idle = null;
    this.texts = new Texts(data, root.dataset.textsUrl || root.dataset.marksUrl.replace('marks.json', 'marks-texts.json').split('?')[0], () => this.request());
    this.panel = new Panel(root);
    this.roaming = new Roaming(data);
    this.lanes = new Lanes(this.frame, data, () => this.request());
    this.list = new MemberList(this.frame.lanes, this.texts, (id) => this.openId(id));
    this.tip = new Tip(this.frame, data, this.texts);
    this.overview = new Overview(this.frame.over.strip, data, this.limits, (from, to) => this.show(from, to));
    this.slider = new KnownOn(this.frame.over.slider, this.frame.over.known, data, this.limits, (known) => this.setKnown(known));
    this.frame.over.second.hidden = this.frame.over.slider.hidden;
    this.address = new Address((view) => this.restore(view));
    this.measure();
    this.scale = new TimeScale(this.limits.from, this.limits.to, this.width);
    this.listen();
    this.restore(this.address.read());
  }

  /** Reads the page's sizes: only when they change, never while drawing. */
  measure() {
    const plot = this.frame.rows[0]?.plot || this.frame.axis.plot;
    this.width = Math.max(1, plot.clientWidth);
    this.overWidth = Math.max(1, this.frame.over.strip.clientWidth);
    this.phone = PHONE.matches;
    this.h = this.phone ? 8 : 12;
    this.pitch = this.h + (this.phone ? 7 : 8);
    for (const row of this.frame.rows) row.least = this.phone ? 46 : Math.max(74, row.head?.offsetHeight || 0);
    if (this.scale) this.scale = this.scale.resized(this.width);
  }

  listen() {
    const { lanes, keys } = this.frame;
    new ResizeObserver(() => {
      this.measure();
      this.request();
    }).observe(lanes);
    watchTheme(() => {
      this.palette = readPalette(this.root);
      this.request();
    });
    const seen = new IntersectionObserver((entries) => {
      for (const entry of entries) {
        const row = this.frame.rows.find((r) => r.plot === entry.target);
        if (row) row.visible = entry.isIntersecting;
      }
      this.request();
    }, { rootMargin: '300px' });
    for (const row of this.frame.rows) seen.observe(row.plot);
    this.gestures = new Gestures(lanes, {
      zoom: (factor, x) => this.move(this.scale.zoomed(factor, x, this.limits)),
      pan: (pixels) => this.move(this.scale.panned(pixels, this.limits)),
      hover: (plot, x, y) => this.hover(plot, x, y),
      leave: () => this.leave(),
      click: (plot, x, y) => this.click(plot, x, y),
    });
    listen(keys, this.actions());
    keys.addEventListener('focus', () => {
      if (keys.matches(':focus-visible') && this.focused < 0) this.focus(this.selected >= 0 ? this.selected : this.roaming.nearest(this.scale, this.known));
      else this.request();
    });
    keys.addEventListener('blur', () => {
      this.focused = -1;
      this.focusedId = null;
      this.stop = null;
      this.request();
    });
    document.addEventListener('click', (event) => this.button(event));
  }

  /** What keys and buttons do. */
  actions() {
    const middle = () => this.width / 2;
    const step = (way) => this.focus(this.roaming.step(this.here(), way, this.known, this.lanes.shown));
    const along = (way) => {
      const i = this.roaming.step(this.selected, way, this.known);
      if (this.panel.isOpen && i >= 0) this.open(i);
    };
    return {
      previous: () => step('previous'),
      next: () => step('next'),
      up: () => step('up'),
      down: () => step('down'),
      first: () => step('first'),
      last: () => step('last'),
      open: () => this.focused >= 0 && this.open(this.focused),
      close: () => this.close(),
      in: () => this.move(this.scale.zoomed(0.6, middle(), this.limits)),
      out: () => this.move(this.scale.zoomed(1 / 0.6, middle(), this.limits)),
      fit: () => this.fit(this.limits.from, this.limits.to),
      fitLane: () => this.fitLane(),
      panelPrevious: () => along('previous'),
      panelNext: () => along('next'),
      knownBack: () => this.stepKnown(-1),
      knownForward: () => this.stepKnown(1),
      goto: () => this.askDate(),
      search: () => document.querySelector('[data-search], input[type=search]')?.focus(),
      filters: () => document.querySelector('[data-filters] summary, .filters summary')?.focus(),
      copy: () => navigator.clipboard?.writeText(location.href).then(() => this.say('Link copied.')),
      svg: () => this.takeAway('svg'),
      png: () => this.takeAway('png'),
      lanes: () => this.lanes.choose(),
      list: () => (document.querySelector('[data-list], #list') || document.body).scrollIntoView(),
      help: showHelp,
    };
  }

  /** The view as a picture; its code is fetched when it is first asked for. */
  async takeAway(kind) {
    const { takeAway } = await import('./take-away.js');
    await takeAway(this, kind);
  }

  /** How a lane is drawn as it stands, without hover and focus. */
  viewOf(row, part, offset) {
    const rows = rowsInUse(part);
    const { height, line } = laneHeight(rows, row.least, this.pitch);
    return {
      rows,
      scale: this.scale, offset, width: this.width, h: this.h, pitch: this.pitch, phone: this.phone,
      palette: { ...this.palette, lane: this.palette.sheet }, grid: gridLines(this.scale), plumb: null,
      selected: this.selected, hovered: -1, focused: -1, weight: (i) => this.weight(i),
      inWindow: (members) => this.inWindow(members), height, line, colour: this.colourOf(row),
    };
  }

  here() {
    if (this.focused >= 0) return this.focused;
    return this.selected >= 0 ? this.selected : this.roaming.nearest(this.scale, this.known);
  }

  /** Draws at the next frame, once however often it is asked. */
  request() {
    if (this.asked) return;
    this.asked = true;
    requestAnimationFrame(() => {
      this.asked = false;
      this.draw();
    });
  }

  /** Shows another window; `step` makes it a place to come back to. */
  move(scale, step = false) {
    this.scale = scale;
    this.list.close();
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
    this.lanes.restore();
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

  /** Brings a claim into the window without changing the zoom. */
  reveal(i) {
    const x = this.scale.x(this.data.start[i] + this.data.length[i] / 2);
    const start = this.scale.x(this.data.start[i]);
    if (start > 24 && start < this.width - 24) return;
    if (x > 24 && x < this.width - 24) return;
    this.move(this.scale.panned(start - this.width / 2, this.limits));
  }

  focus(i) {
    if (i < 0) return;
    this.focused = i;
    this.focusedId = this.data.ids[i];
    this.stop = null;
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
  }

  close() {
    if (this.list.close()) {
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

  rowOf(plot) {
    return this.frame.rows.find((row) => row.plot === plot);
  }

  hover(plot, x, y) {
    const row = this.rowOf(plot);
    const found = row && hit(row.drawn, x, y);
    const hovered = found && found.item.i >= 0 ? found.item.i : -1;
    plot.style.cursor = found ? 'pointer' : '';
    if (hovered !== this.hovered) {
      this.hovered = hovered;
      this.request();
    }
    if (found) this.tip.show(found, row, this.membersOf(found.item, row));
    else this.tip.hide();
  }

  leave() {
    this.tip.hide();
    if (this.hovered < 0) return;
    this.hovered = -1;
    this.request();
  }

  /** Those of `members` whose dates touch the window. */
  inWindow(members) {
    const { from, to } = this.scale;
    return members.filter((i) => {
      const { open } = this.data.traits(i);
      return (open === 'start' || this.data.start[i] < to) && (open === 'end' || this.data.end(i) > from);
    });
  }

  /** The claims behind a column or bundle. */
  membersOf(item, row) {
    if (item.kind === 'bundle') return this.inWindow(item.members);
    if (item.kind !== 'column') return [item.i];
    if (this.data.counts) return [];
    return this.roaming.between(row.lane, item.from, item.to, this.known, row.layout);
  }

  click(plot, x, y) {
    this.frame.keys.focus({ preventScroll: true });
    this.tip.hide();
    const row = this.rowOf(plot);
    const found = row && hit(row.drawn, x, y);
    if (!found) return;
    const { item } = found;
    if (item.kind === 'mark' || item.kind === 'bar') {
      this.open(item.i);
      return;
    }
    this.openMany(row, item, x, y);
  }

  /** A column opens: closer in while it is long, to its list at day width. */
  async openMany(row, item, x, y) {
    const { plot } = row;
    const members = this.membersOf(item, row);
    const count = item.kind === 'column' ? item.own + item.reported : members.length + (item.count || 0);
    const days = item.kind === 'column' ? item.to - item.from : 0;
    if (days > 7 && count > 12) {
      const margin = days * 0.75;
      this.fit(item.from - margin, item.to + margin);
      return;
    }
    const ids = members.map((i) => this.data.ids[i]);
    if (this.data.counts) ids.push(...await this.listed(row, item));
    const name = this.data.lanes[row.lane].name;
    const inRow = row.element.contains(plot) && row.element !== plot ? row.element.offsetTop : 0;
    this.list.show(ids, `${count.toLocaleString('en')} claims in ${name}’s lane`, plot.offsetLeft + x, plot.offsetTop + inRow + y, count);
  }

  /** The first claims behind a column or block that is known by its number only. */
  async listed(row, item) {
    const parts = item.kind === 'column' ? [item] : item.blocks || [];
    const { widest } = this.data.tile;
    const found = [];
    for (const part of parts.slice(0, 4)) {
      const query = { lane: this.data.lanes[row.lane].id, from: part.from, to: part.to - 1 };
      if (item.kind === 'column') query.longest = widest;
      else Object.assign(query, { shortest: widest + 1, longest: Math.ceil((part.to - part.from) * 1.31), quoted: Number(part.reported), open: part.open });
      if (this.known !== null) query.known = this.known;
      found.push(...await this.texts.list(query));
    }
    return found;
  }

  button(event) {
    const target = event.target.closest?.('[data-do], [data-zoom], [data-panel-close], [data-claim-prev], [data-claim-next]');
    if (!target) {
      if (!event.target.closest?.('.tl-list, [data-plot]')) this.list.close();
      return;
    }
    const act = this.actions();
    const name = target.dataset.do || target.dataset.zoom;
    if ('panelClose' in target.dataset) act.close();
    else if ('claimPrev' in target.dataset) act.panelPrevious();
    else if ('claimNext' in target.dataset) act.panelNext();
    else if (act[name]) act[name]();
    else return;
    event.preventDefault();
  }

  /** Asks for a date in the head of the axis and goes there. */
  askDate() {
    const { head } = this.frame.axis;
    if (head.querySelector('input')) return;
    const field = document.createElement('input');
    field.type = 'text';
    field.className = 'tl-date';
    field.placeholder = '14 June 2022';
    field.setAttribute('aria-label', 'Go to date');
    let gone = false;
    const remove = () => {
      if (gone) return;
      gone = true;
      field.remove();
    };
    const done = () => {
      remove();
      this.frame.keys.focus({ preventScroll: true });
    };
    field.addEventListener('keydown', (event) => {
      if (event.key === 'Escape') done();
      if (event.key !== 'Enter') return;
      event.preventDefault();
      const day = parseWords(field.value);
      field.setAttribute('aria-invalid', String(day === null));
      if (day === null) return;
      const half = Math.min((this.scale.to - this.scale.from) / 2, 183);
      this.fit(day - half, day + half);
      done();
    });
    field.addEventListener('blur', remove);
    head.append(field);
    field.focus();
  }

  weight(i) {
    return this.data.review(i) === 'curated' ? 2 : this.data.review(i) === 'accepted' ? 1 : 0;
  }

  layoutOf(row) {
    const at = {
      perDay: this.scale.perDay, origin: this.limits.from, end: this.limits.to, h: this.h, known: this.known,
    };
    const key = [this.data.version, at.perDay, at.h, at.known].join();
    const chosen = [this.selected, this.focused].filter((i) => i >= this.data.laneFrom[row.lane] && i < this.data.laneFrom[row.lane + 1]);
    if (row.key !== key) {
      row.key = key;
      row.base = baseLayout(this.data, row.lane, at);
      row.chosen = null;
    }
    if (row.chosen !== chosen.join()) {
      row.chosen = chosen.join();
      row.layout = withChosen(row.base, this.data, chosen, at);
    }
    return row.layout;
  }

  draw() {
    this.data.want?.(this.scale, this.selectedId, this.known);
    const offset = (this.scale.from - this.limits.from) * this.scale.perDay;
    const plumb = this.plumb();
    const shared = {
      scale: this.scale, offset, width: this.width, h: this.h, pitch: this.pitch, phone: this.phone,
      palette: this.palette, grid: gridLines(this.scale), plumb, selected: this.selected, hovered: this.hovered,
      focused: this.focused, weight: (i) => this.weight(i), inWindow: (members) => this.inWindow(members),
    };
    for (const row of this.frame.rows) if (row.visible && !row.element.hidden) this.drawRow(row, shared);
    this.drawFrame(plumb);
    clearTimeout(this.idle);
    this.idle = setTimeout(() => this.rest(), IDLE);
  }

  /** A lane with the letters' dates on its second axis. */
  drawRowTwo(row, shared) {
    const days = this.slider.days;
    row.part = null;
    const view = {
      ...shared, height: heightOf(days.length), h: this.phone ? 6 : 8, known: this.known, colour: this.colourOf(row),
    };
    row.drawn = drawSecondAxis(row.surface.begin(this.width, view.height), view, this.data, row.lane, days);
  }

  colourOf(row) {
    const { colour } = this.data.lanes[row.lane];
    return colour ? this.palette.party[colour - 1] : this.palette['ink-2'];
  }

  drawRow(row, shared) {
    if (this.lanes.state.two) {
      this.drawRowTwo(row, shared);
      return;
    }
    const layout = this.layoutOf(row);
    const part = visiblePart(layout, shared.offset, shared.offset + this.width);
    row.part = part;
    const rows = rowsInUse(part);
    // While the hand moves, a lane only grows: what it has is kept until the hand rests.
    row.used = this.resting ? rows : { own: rows.own | (row.used?.own || 0), reported: rows.reported | (row.used?.reported || 0) };
    const { height, line } = laneHeight(row.used, row.least, this.pitch);
    const ctx = row.surface.begin(this.width, height);
    const view = {
      ...shared, height, line, rows: row.used, colour: this.colourOf(row),
    };
    row.drawn = drawLane(ctx, view, layout, part, this.texts);
  }

  drawFrame(plumb) {
    const { axis, undated } = this.frame;
    drawAxis(axis.surface.begin(this.width, 44), this.scale, this.palette, plumb);
    axis.flag.hidden = plumb === null;
    if (plumb !== null) {
      axis.flag.textContent = this.texts.get(this.selected)?.date || dayWords(this.data.start[this.selected]);
      axis.flag.style.left = `${plumb}px`;
    }
    this.overview.draw(this.scale, this.palette, this.overWidth);
    this.slider.draw(this.palette, this.overWidth);
    if (undated) drawUndated(undated, this);
  }

  /** Where the selected claim's plumb line falls, null where it is out of the window. */
  plumb() {
    const i = this.selected;
    if (i < 0) return null;
    const day = this.data.precision(i) === 'day' ? this.data.start[i] + 0.5 : this.data.start[i];
    const x = this.scale.x(day);
    return x >= 0 && x <= this.width ? x : null;
  }

  /** Once the hand rests: lanes take the height they need, and words are fetched for what has room. */
  rest() {
    const used = () => this.frame.rows.map((row) => `${row.used?.own} ${row.used?.reported}`).join();
    const before = used();
    this.resting = true;
    for (const row of this.frame.rows) {
      if (!row.part) continue;
      row.used = rowsInUse(row.part);
      if (!this.phone && row.visible) this.wantLabels(row);
    }
    if (before !== used()) this.draw();
    this.resting = false;
  }

  wantLabels(row) {
    const items = [...row.part.marks, ...row.part.bars].filter((m) => !m.traits.reported && m.kind !== 'bundle');
    if (items.length > 400) return;
    items.sort((a, b) => this.weight(b.i) - this.weight(a.i) || a.i - b.i);
    this.texts.want(items.slice(0, LABELS).map((m) => m.i));
  }

  /** The first year in view, for what reads the state from outside. */
  get year() {
    return civil(this.scale.from).year;
  }
}
