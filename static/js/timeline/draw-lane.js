// One lane on its canvas: grid, line, plumb line, columns, bars, marks, labels. Keeps where everything visible
// lies, for the pointer.
import {
  boxOf, drawBehind, drawMark, haloText,
} from './draw-mark.js';
import { covered, directionOf, isLong, overBar } from './lane-labels.js';
import { FADE, shapeOf } from './mark-shape.js';
import { many } from './numbers.js';

const LOW_PEAK = 9; // claims: where a column's number has no room, fewer do not fill its height

/** How many bits are set. */
function bits(mask) {
  let n = 0;
  for (let rest = mask; rest; rest &= rest - 1) n += 1;
  return n;
}

/** The heights of a lane: {height, line}; `rows` as rowsInUse gives them, `least` pixels high. */
export function laneHeight(rows, least, { pitch, top, over, under, foot }) {
  const line = top + bits(rows.own) * pitch + over;
  return { line, height: Math.max(least, line + under + bits(rows.reported) * pitch + foot) };
}

/** The middle of a row on its side of the line; rows that nothing in use needs take no room. */
export function rowMiddle(view, row, reported) {
  const {
    line, rows, pitch, under,
  } = view;
  const slot = bits(rows[reported ? 'reported' : 'own'] & ((1 << row) - 1));
  return Math.round(reported ? line + (slot + 0.5) * pitch + under : line - (slot + 0.5) * pitch - 2);
}

function lowest(sorted, x) {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (sorted[middle].x < x) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** What of a layout lies between the pixels left and right (counted as the layout counts). */
export function visiblePart(layout, left, right) {
  const marks = [];
  const around = 200;
  for (let k = lowest(layout.marks, left - around); k < layout.marks.length; k += 1) {
    const item = layout.marks[k];
    if (item.x > right + around) break;
    if (item.right > left && item.left < right) marks.push(item);
  }
  return {
    marks,
    bars: layout.bars.filter((item) => item.right > left && item.left < right),
    runs: layout.runs.filter((run) => run.right > left && run.left < right),
  };
}

/** Rows in use among what is visible, a bit for each: {own, reported}; columns need their room. Even lanes have all rows always. */
export function rowsInUse(part, { room, even }) {
  if (even) return { own: (2 << room.own) - 1, reported: (2 << room.reported) - 1 };
  const rows = { own: 0, reported: 0 };
  for (const item of [...part.marks, ...part.bars]) rows[item.traits.reported ? 'reported' : 'own'] |= 1 << item.row;
  for (const run of part.runs) {
    if (run.columns.some((c) => c.own)) rows.own |= (1 << room.own) - 1;
    if (run.columns.some((c) => c.reported)) rows.reported |= (1 << run.depth) - 1;
  }
  return { own: rows.own || 1, reported: rows.reported || 1 };
}

function drawGrid(ctx, view, line) {
  const { palette, width, height } = view;
  for (const { x, strong } of view.grid) {
    ctx.globalAlpha = strong ? 1 : 0.45;
    ctx.fillStyle = palette.rule;
    ctx.fillRect(Math.round(x), 0, 1, height);
  }
  ctx.globalAlpha = 1;
  ctx.fillStyle = palette['rule-2'];
  ctx.fillRect(0, line, width, 1);
  if (view.plumb !== null) {
    ctx.fillStyle = palette.ink;
    ctx.fillRect(Math.round(view.plumb), 0, 1, height);
  }
}

function drawRun(ctx, view, run, peak, heights, drawn) {
  const { palette, line, colour, offset } = view;
  const wide = (run.right - run.left) / run.columns.length >= 18;
  let total = 0;
  let tallest = null;
  for (const column of run.columns) {
    total += column.own + column.reported;
    const x = Math.round(column.x - offset);
    const w = Math.round(column.x + column.w - offset) - x;
    const up = column.own ? Math.max(4, Math.sqrt(column.own / peak) * heights.up) : 0;
    const down = column.reported ? Math.max(4, Math.sqrt(column.reported / peak) * heights.down) : 0;
    if (!tallest || up > tallest.up) tallest = { up, x: x + w / 2 };
    if (x + w < 0 || x > view.width) continue;
    ctx.fillStyle = colour;
    if (up) ctx.fillRect(x, line - Math.round(up), Math.max(1, w - 1), Math.round(up));
    if (down) {
      ctx.fillStyle = palette.lane;
      ctx.strokeStyle = colour;
      ctx.lineWidth = 1;
      ctx.beginPath();
      ctx.rect(x + 0.5, line + 1.5, Math.max(1, w - 2), Math.round(down));
      ctx.fill();
      ctx.stroke();
    }
    drawn.push({ left: x, right: x + w, top: line - Math.max(up, 12), bottom: line + Math.max(down, 4), item: column });
    if (wide && view.words && (up || down)) {
      ctx.textAlign = 'center';
      haloText(ctx, many(column.own + column.reported), x + w / 2, line - up - 4, palette['ink-2'], palette.lane, 2.5);
      ctx.textAlign = 'left';
    }
  }
  if (!wide && tallest && view.words && !view.phone) {
    ctx.textAlign = 'center';
    haloText(ctx, many(total), tallest.x, line - tallest.up - 5, palette['ink-2'], palette.lane, 3);
    ctx.textAlign = 'left';
  }
}

/** The mark as drawMark wants it: cut flat where it runs past the window. */
function markOf(item, view) {
  const traits = item.traits;
  let x = item.x - view.offset;
  let { w } = item;
  let { open } = traits;
  let precision = traits.precision;
  const edge = 60;
  if (traits.open === 'end') w = Math.min(w, view.width - 2 - x);
  if (traits.open === 'start' && x < 2) {
    w -= 2 - x;
    x = 2;
  }
  const known = traits.open === 'start' ? x + w : x;
  if (traits.open && (known < -FADE || known > view.width + FADE) && (x < -edge || x + w > view.width + edge)) open = traits.open;
  if (x < -edge && w > 0 && traits.open !== 'start') {
    w -= -edge - x;
    x = -edge;
  }
  if (x + w > view.width + edge && w > 0) w = view.width + edge - x;
  if (w < 0) w = 0;
  return {
    x,
    mark: {
      ...traits, precision, open, w, h: view.h, near: !view.words, fade: Math.min(90, w * 0.6, 56), colour: view.colour,
      paper: view.palette.lane, ink: view.palette.ink, alternatives: item.alternatives,
    },
  };
}

function drawItem(ctx, view, item, drawn) {
  const { x, mark } = markOf(item, view);
  const y = rowMiddle(view, item.row, item.traits.reported);
  mark.states = [];
  if (item.i === view.selected) mark.states.push('selected');
  if (item.i === view.hovered) mark.states.push('hover');
  if (item.i === view.focused) mark.states.push('focus');
  if (item.raised || item.over) drawBehind(ctx, mark, x, y, item.raised ? 3 : 1.5);
  ctx.save();
  ctx.translate(item.w > 0 ? x : Math.round(x * 2) / 2, y);
  drawMark(ctx, mark);
  ctx.restore();
  const box = boxOf(mark, shapeOf(mark), 0);
  const spare = Math.max(0, (view.pitch - box[3]) / 2); // never into the next row
  drawn.push({
    left: x + box[0], right: x + box[0] + box[2], top: y + box[1] - spare, bottom: y - box[1] + spare, item,
  });
  if (item.kind === 'bundle' && view.words) drawCount(ctx, view, item, x, x + mark.w, y);
}

/** How many claims a bundle holds in view, where there is room to say so. */
function drawCount(ctx, view, item, left, right, y) {
  const at = Math.max(left + 6, 4);
  const count = view.inWindow(item.members).length + (item.count || 0);
  if (count < 2 || Math.min(right, view.width) - at < 14) return;
  const [over, under] = view.phone ? [-3, 12] : [-6, 16]; // clear of the bar in the next row
  haloText(ctx, many(count), at, y + (item.traits.reported ? under : over), view.palette['ink-2'], view.palette.lane, 3);
}

/** Labels where there is room, the weightier first. */
function drawLabels(ctx, view, layout, part, texts) {
  const outlined = (item) => isLong(item) && (item.i === view.selected || item.i === view.focused);
  const wanted = [...part.marks, ...part.bars]
    .filter((item) => !item.traits.reported && item.kind !== 'bundle' && !outlined(item) && texts.label(item.i))
    .sort((a, b) => isLong(a) - isLong(b) || view.weight(b.i) - view.weight(a.i) || a.i - b.i);
  // The outline of a chosen bar runs where its label would, and where those of the row below it stand.
  const taken = [...part.marks, ...part.bars].filter((item) => !item.traits.reported && outlined(item))
    .map((item) => ({ left: item.left - view.offset, width: item.w, base: rowMiddle(view, item.row, false) + view.h / 2 }));
  for (const item of wanted) {
    const text = texts.label(item.i);
    const { width } = ctx.measureText(text);
    const y = rowMiddle(view, item.row, false);
    const long = isLong(item);
    const spot = long ? overBar(item, view.offset, view.width, width) : layout.labels.spot(item, width);
    if (spot === null) continue;
    const left = long ? spot : spot - view.offset;
    if (left < 2 || left + width > view.width - 2) continue; // cut off it says nothing
    const block = item.traits.precision === 'day'; // as high as its row: the label reaches into the next that is shown
    const above = view.rows.own >> (item.row + 1);
    const next = item.row + 32 - Math.clz32(above & -above);
    if (long && block && above && !layout.labels.free(next, left + view.offset, left + view.offset + width)) continue;
    const base = long ? y - view.h * 0.5 - (block ? 4 : 1) : y + 4;
    if (long && covered(taken, left, width, base)) continue;
    taken.push({ left, width, base });
    ctx.direction = directionOf(text);
    const colour = view.palette[item.i === view.selected ? 'ink' : 'ink-2'];
    haloText(ctx, text, left, base, colour, view.palette.lane, 3);
  }
  ctx.direction = 'ltr';
}

/**
 * Draws a lane. `view`: {scale, offset, width, height, line, rows, phone, palette, colour, grid, plumb, selected,
 * hovered, focused, weight} and the sizes of lanes. Gives the boxes of what was drawn, for the pointer.
 */
export function drawLane(ctx, view, layout, part, texts) {
  const drawn = [];
  ctx.textBaseline = 'alphabetic';
  ctx.textAlign = 'left'; // whatever way a text runs, its place is its left edge
  ctx.font = `semi-condensed 12px ${view.palette.sans}`;
  drawGrid(ctx, view, view.line);
  const heights = { up: view.room.own * view.pitch - (view.words ? 14 : 1), down: view.room.reported * view.pitch * 0.72 };
  const peak = view.words ? layout.peak : Math.max(LOW_PEAK, layout.peak);
  for (const run of part.runs) drawRun(ctx, view, run, peak, heights, drawn);
  const chosen = [];
  for (const item of [...part.bars, ...part.marks]) {
    if (item.raised || item.i === view.selected || item.i === view.focused) chosen.push(item);
    else drawItem(ctx, view, item, drawn);
  }
  for (const item of chosen) drawItem(ctx, view, item, drawn);
  if (!view.phone && view.words) drawLabels(ctx, view, layout, part, texts);
  return drawn;
}
