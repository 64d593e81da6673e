// Finds the parts of the page that the canvas joins, and makes those that only make sense with it.
import { civil, yearWords } from './calendar.js';
import { claims, many } from './numbers.js';
import { Surface } from './surface.js';

export function make(tag, className, text) {
  const element = document.createElement(tag);
  if (className) element.className = className;
  if (text) element.textContent = text;
  return element;
}

function button(label, action, title) {
  const element = make('button', '', label);
  element.type = 'button';
  element.dataset.do = action;
  if (title) element.setAttribute('aria-label', title);
  return element;
}

/** A row of the instrument: a head, and the plot beside it. */
function row(className) {
  const element = make('div', `lrow ${className}`);
  const head = make('div', 'lhead');
  const plot = make('div', 'plot');
  element.append(head, plot);
  return { element, head, plot };
}

function laneHead(head, lane, count) {
  const key = make('i', 'tl-key');
  key.style.setProperty('--c', lane.colour ? `var(--party-${lane.colour})` : 'var(--ink-3)');
  const name = make('b', '', lane.name);
  name.dir = 'auto';
  head.append(key, name, make('span', ''), make('span', 'sub', claims(count)));
}

function axisRow(lanes) {
  const { element, head, plot } = row('axis tl-axis');
  const zoom = make('div', 'zoom');
  zoom.setAttribute('role', 'group');
  zoom.setAttribute('aria-label', 'Zoom');
  zoom.append(button('−', 'out', 'Zoom out'), button('+', 'in', 'Zoom in'), button('Fit all', 'fit'));
  const links = make('div', 'tl-links');
  for (const [words, action, title] of [['Date', 'goto', 'Go to date'], ['Lanes', 'lanes']]) {
    const link = button(words, action, title);
    link.className = 'tl-goto micro nar';
    links.append(link);
  }
  head.append(zoom, links);
  lanes.prepend(element);
  const flag = make('span', 'tl-flag flag');
  flag.hidden = true;
  plot.append(flag);
  return { element, head, plot, flag, surface: new Surface(plot, 'tl-axis-canvas') };
}

function undatedRow(after, total) {
  const { element, head, plot } = row('tl-undated');
  head.append(
    make('i', 'tl-key tl-key-none'), make('b', '', 'No date found'), make('span', ''),
    make('span', 'sub', total === 1 ? '1 claim waits for a date' : `${total} claims wait for a date`),
  );
  plot.classList.add('undated');
  after.append(element);
  return { element, plot };
}

function overviewRow(after) {
  const { element, head, plot } = row('over tl-over');
  const known = make('div', 'sub');
  const first = make('div', 'tl-over-name');
  first.append(make('b', '', 'Whole span'), make('div', 'sub', 'drag the window'));
  const second = make('div', 'tl-over-name tl-known-name');
  second.append(make('b', '', 'As known on'), known);
  head.append(first, second);
  const strip = make('div', 'tl-strip');
  const slider = make('div', 'tl-slider');
  plot.append(strip, slider);
  after.append(element);
  return { element, strip, slider, known, second };
}

/** First and last day of a lane, null where it has none. */
function spanOf(data, lane) {
  let first = Infinity;
  let last = -Infinity;
  const take = (from, to) => {
    first = Math.min(first, from);
    last = Math.max(last, to);
  };
  for (let i = data.laneFrom[lane]; i < data.laneFrom[lane + 1]; i += 1) take(data.start[i], data.end(i) - 1);
  const counts = data.counts?.lanes[lane];
  for (const { from, to, open } of [...counts?.columns || [], ...counts?.blocks || []]) if (!open) take(from, to - 1);
  return last === -Infinity ? null : [first, last];
}

/** "38 claims · 4 letters" and "1990 – 2023": what a lane holds. */
function summary(data, lane) {
  const count = data.laneTotals[lane];
  const span = spanOf(data, lane);
  if (!span) return [claims(count)];
  const [from, to] = span.map((day) => yearWords(civil(day).year));
  const years = from === to ? from : `${from} – ${to}`;
  if (!data.letter) return [claims(count), years];
  const letters = new Set(data.letter.subarray(data.laneFrom[lane], data.laneFrom[lane + 1]));
  return [`${claims(count)} · ${letters.size === 1 ? '1\u00a0letter' : `${letters.size}\u00a0letters`}`, years];
}

/** The lanes' rows in the order of the page; a lane without a row of its own gets one. */
function laneRows(root, lanes, data) {
  const rows = [];
  const seen = new Set();
  for (const element of root.querySelectorAll('[data-lane]')) {
    const lane = data.lanes.findIndex((l) => String(l.id) === element.dataset.lane);
    const plot = element.classList.contains('plot')
      ? element
      : element.querySelector('[data-plot], .plot') || element.appendChild(make('div', 'plot'));
    if (lane < 0) {
      element.hidden = true; // nothing of this party is asked for
      continue;
    }
    rows.push({ element, plot, lane });
    seen.add(lane);
  }
  data.lanes.forEach((lane, k) => {
    if (seen.has(k)) return;
    const made = row('');
    made.element.dataset.lane = lane.id;
    laneHead(made.head, lane, data.laneTotals[k]);
    (rows.length ? rows[rows.length - 1].element.closest('.lrow') || rows[rows.length - 1].element : lanes.lastElementChild)
      .after(made.element);
    rows.push({ element: made.element, plot: made.plot, lane: k });
  });
  for (const r of rows) {
    const sub = r.element.querySelector('.lhead .sub');
    sub?.replaceChildren(...summary(data, r.lane).flatMap((words) => [make('span', '', words), ' ']));
    r.head = r.element.querySelector('.lhead');
    r.plot.dataset.plot = '';
    r.plot.replaceChildren();
    r.surface = new Surface(r.plot, 'tl-lane-canvas');
    r.drawn = [];
    r.visible = true;
  }
  return rows;
}

/** Joins the page's frame: {lanes, axis, rows, undated, over, keys, say, tip}. */
export function joinFrame(root, data) {
  let lanes = root.querySelector('[data-lanes], .lanes');
  if (!lanes) {
    lanes = make('div', 'lanes');
    const rows = [...root.querySelectorAll('[data-lane]')].map((e) => e.closest('.lrow') || e);
    if (rows.length) rows[0].before(lanes);
    else root.prepend(lanes);
    lanes.append(...rows);
  }
  lanes.classList.add('tl-lanes');
  for (const old of lanes.querySelectorAll('.tl-made')) old.remove();
  const axis = axisRow(lanes);
  const rows = laneRows(root, lanes, data);
  const last = rows.length ? rows[rows.length - 1].element.closest('.lrow') || rows[rows.length - 1].element : axis.element;
  const tail = make('div', 'tl-tail');
  last.after(tail);
  const undated = data.undatedTotal ? undatedRow(tail, data.undatedTotal) : null;
  const over = overviewRow(tail);
  const keys = make('div', 'tl-keys');
  keys.tabIndex = 0;
  keys.setAttribute('role', 'application');
  keys.setAttribute('aria-roledescription', 'timeline');
  keys.setAttribute('aria-label', `Timeline, ${many(data.total)} claims. Arrow keys move from claim to claim, Enter opens, question mark lists the keys.`);
  if (!data.total) keys.dataset.empty = '';
  const say = make('div', 'tl-say');
  say.setAttribute('aria-live', 'polite');
  const tip = make('div', 'tl-tip');
  tip.hidden = true;
  lanes.prepend(keys); // the first stop of the tab key
  lanes.append(say, tip);
  for (const element of [axis.element, tail, keys, say, tip]) element.classList.add('tl-made');
  return { lanes, axis, rows, undated, over, keys, say, tip };
}
