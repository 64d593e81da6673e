// The view as a picture to take away: title, axis, lanes as they stand, legend, sources, address and date.
import { drawAxis } from './axis.js';
import { dayWords } from './calendar.js';
import { boxOf, drawMark } from './draw-mark.js';
import { shapeOf } from './mark-shape.js';
import { claims } from './numbers.js';
import { SvgContext } from './svg-context.js';

const EDGE = 24;
const HEAD = 200;
const LINE = 18;
const SOURCES = 60;
const LEGEND = [
  ['day', {}], ['month', { precision: 'month', w: 20 }], ['year', { precision: 'year', w: 30 }],
  ['interval', { precision: 'interval', w: 26 }], ['open end', { precision: 'open', open: 'end', w: 40 }],
  ['reported', { reported: true }], ['worked out', { inferred: true }], ['about', { approximate: true }],
  ['perhaps', { uncertain: true }], ['denied', { stance: 'denies' }],
  ['wording rejected', { reported: true, stance: 'rejects-wording' }], ['announced', { stance: 'announces' }],
  ['demanded', { stance: 'demands' }], ['not yet checked', { review: 'suggested' }],
  ['set by a person', { review: 'curated' }],
];
const PLAIN = {
  precision: 'day', w: 0, reported: false, stance: 'asserts', review: 'accepted', inferred: false,
  approximate: false, uncertain: false, open: null, states: [],
};

async function sourcesOf(instrument) {
  const address = instrument.texts.url.replace('marks-texts', 'marks-sources');
  const query = new URL(instrument.root.dataset.marksUrl, location.href).search;
  try {
    const answer = await fetch(address.split('?')[0] + query, { headers: { Accept: 'application/json' } });
    return answer.ok ? (await answer.json()).sources : [];
  } catch {
    return [];
  }
}

/** Marks and words in lines; gives the height at which it ends. */
function legend(ctx, palette, top, width) {
  let x = EDGE;
  let y = top;
  ctx.font = `12px ${palette.sans}`;
  for (const [words, traits] of LEGEND) {
    const mark = { ...PLAIN, ...traits, h: 10, colour: palette['ink-2'], paper: palette.sheet, ink: palette.ink };
    const [left, , long] = boxOf(mark, shapeOf(mark), 0);
    const wide = long + 8 + ctx.measureText(words).width;
    if (x + wide > width - EDGE) {
      x = EDGE;
      y += 26;
    }
    ctx.save();
    ctx.translate(x - left, y);
    drawMark(ctx, mark);
    ctx.restore();
    ctx.fillStyle = palette['ink-2'];
    ctx.fillText(words, x + long + 8, y + 4);
    x += wide + 22;
  }
  return y + 26;
}

/** `text` in lines of at most `most` pixels. */
function wrapped(ctx, text, most) {
  const lines = [];
  for (const word of text.split(' ')) {
    const longer = lines.length ? `${lines[lines.length - 1]} ${word}` : word;
    if (lines.length && ctx.measureText(longer).width <= most) lines[lines.length - 1] = longer;
    else lines.push(word);
  }
  return lines;
}

/** The name of a lane and what it holds, as its head on the page says it. */
function head(say, { row, sheet, colour }, { data, sizes: { even }, palette: { sans } }, ctx, y) {
  const most = HEAD - 24 - (sheet.aside || 0);
  const [size, step] = even ? [13, 17] : [14, 18];
  let foot = y + 20;
  ctx.fillStyle = colour;
  ctx.fillRect(EDGE, y + 12, 8, 8);
  ctx.font = `600 ${size}px ${sans}`;
  for (const line of wrapped(ctx, data.lanes[row.lane].name, most)) {
    say(line, EDGE + 16, foot, `600 ${size}px`, 'ink', most);
    foot += step;
  }
  const sub = [...row.head?.querySelectorAll('.sub > span') || []].map((span) => span.textContent);
  for (const words of even ? [sub.join(' · ')] : sub) {
    say(words, EDGE + 16, foot, '12px', 'ink-3', most);
    foot += 16;
  }
}

/** Draws everything; `ctx` is a canvas's context or an SvgContext. Gives the height that it took. */
function compose(ctx, instrument, rows, sources, width) {
  const { palette, scale, data } = instrument;
  const say = (text, x, y, font, colour, most = width - x) => {
    ctx.font = `${font} ${palette.sans}`;
    ctx.fillStyle = palette[colour];
    ctx.fillText(text, x, y, most);
  };
  ctx.font = `600 26px ${palette.serif}`;
  ctx.fillStyle = palette.ink;
  ctx.fillText(instrument.root.dataset.title || document.title, EDGE, 44, width - 2 * EDGE);
  const known = instrument.known === null ? '' : `, as known on ${dayWords(instrument.known)}`;
  say(`${dayWords(Math.ceil(scale.from))} – ${dayWords(Math.floor(scale.to))}${known}`, EDGE, 68, '13px', 'ink-2');
  ctx.save();
  ctx.beginPath();
  ctx.rect(EDGE + HEAD, 84, instrument.width, 44);
  ctx.clip();
  ctx.translate(EDGE + HEAD, 84);
  drawAxis(ctx, scale, palette, null);
  ctx.restore();
  let y = 128;
  for (const one of rows) {
    const { sheet } = one;
    ctx.fillStyle = palette['rule-2'];
    ctx.fillRect(EDGE, y, width - 2 * EDGE, 1);
    head(say, one, instrument, ctx, y);
    if (sheet.beside) {
      ctx.save();
      ctx.translate(EDGE + HEAD - sheet.aside, y);
      sheet.beside(ctx);
      ctx.restore();
    }
    ctx.save();
    ctx.beginPath();
    ctx.rect(EDGE + HEAD, y, instrument.width, sheet.height);
    ctx.clip();
    ctx.translate(EDGE + HEAD, y);
    sheet.draw(ctx);
    ctx.restore();
    y += sheet.height;
  }
  ctx.fillStyle = palette['rule-2'];
  ctx.fillRect(EDGE, y, width - 2 * EDGE, 1);
  y = legend(ctx, palette, y + 30, width) + 8;
  if (data.undatedTotal) {
    say(`Not drawn: ${claims(data.undatedTotal)} without a date.`, EDGE, y, '12px', 'ink-2');
    y += 28;
  }
  if (sources.length) {
    say('Sources', EDGE, y, '600 13px', 'ink');
    sources.slice(0, SOURCES).forEach((source) => {
      y += LINE;
      say(source, EDGE, y, '12px', 'ink-2');
    });
    if (sources.length > SOURCES) {
      y += LINE;
      say(`and ${sources.length - SOURCES} more`, EDGE, y, '12px', 'ink-2');
    }
    y += 28;
  }
  const today = new Date();
  const taken = dayWords(719163 + Math.floor((today - today.getTimezoneOffset() * 60000) / 864e5));
  say(`${location.href} · ${taken} · Claimline shows who says what. It does not say who is right.`, EDGE, y, '11px', 'ink-3');
  return y + EDGE;
}

/** The lanes as they stand, ready to be drawn again. */
function rowsOf({ painter, lanes, frame }) {
  const shared = { ...painter.shared(), hovered: -1, focused: -1, plumb: null };
  return lanes.shown.map((lane) => {
    const row = frame.rows.find((r) => r.lane === lane);
    return { row, sheet: painter.sheet(row, shared), colour: painter.colourOf(row) };
  });
}

function save(blob, name) {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10000);
}

/** Saves the view as "svg" or "png". */
export async function takeAway(instrument, kind) {
  const sources = await sourcesOf(instrument);
  const rows = rowsOf(instrument);
  const width = instrument.width + HEAD + 2 * EDGE;
  const measuring = new SvgContext(width, 0);
  const height = compose(measuring, instrument, rows, sources, width);
  const name = `${location.pathname.split('/').filter(Boolean).pop() || 'timeline'}.${kind}`;
  if (kind === 'svg') {
    const svg = new SvgContext(width, height);
    svg.fillStyle = instrument.palette.sheet;
    svg.fillRect(0, 0, width, height);
    compose(svg, instrument, rows, sources, width);
    save(new Blob([svg.toString()], { type: 'image/svg+xml' }), name);
    return;
  }
  const canvas = document.createElement('canvas');
  canvas.width = width * 2;
  canvas.height = height * 2;
  const ctx = canvas.getContext('2d');
  ctx.scale(2, 2);
  ctx.fillStyle = instrument.palette.sheet;
  ctx.fillRect(0, 0, width, height);
  compose(ctx, instrument, rows, sources, width);
  canvas.toBlob((blob) => save(blob, name), 'image/png');
}
