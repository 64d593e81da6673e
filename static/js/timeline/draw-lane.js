// One lane on its canvas: grid, line, plumb line, columns, bars, marks, labels. Keeps where everything visible
// lies, for the pointer.
import { boxOf, drawMark } from './draw-mark.js';
import { FADE, shapeOf } from './mark-shape.js';

/** The heights of a lane: {height, line} for so many rows above and below. */
export function laneHeight(own, reported, phone, pitch) {
  const line = 8 + Math.max(1, own) * pitch + 3;
  return { line, height: Math.max(phone ? 46 : 74, line + 8 + Math.max(1, reported) * pitch + 6) };
}

/** The middle of row r on its side of the line. */
export function rowMiddle(line, row, reported, pitch) {
  return Math.round(reported ? line + (row + 0.5) * pitch + 4 : line - (row + 0.5) * pitch - 2);
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

/** Rows in use among what is visible: {own, reported}; columns need two above and one below. */
export function rowsInUse(part) {
  const rows = { own: 1, reported: 1 };
  for (const item of [...part.marks, ...part.bars]) {
    const side = item.traits.reported ? 'reported' : 'own';
    rows[side] = Math.max(rows[side], item.row + 1);
  }
  if (part.runs.length) rows.own = Math.max(rows.own, 3);
  if (part.runs.some((run) => run.columns.some((c) => c.reported))) rows.reported = Math.max(rows.reported, 2);
  return rows;
}

/** A number as it is written: 12,340. */
const many = (n) => n.toLocaleString('en');

function haloText(ctx, text, x, y, colour, paper, width) {
  ctx.lineJoin = 'round';
  ctx.lineWidth = width;
  ctx.strokeStyle = paper;
  ctx.strokeText(text, x, y);
  ctx.fillStyle = colour;
  ctx.fillText(text, x, y);
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
    drawn.push({ left: x, right: x + w, top: line - Math.max(up, 12), bottom: line + Math.max(down, 4), item: column, text: 16 });
    if (wide && (up || down)) {
      ctx.textAlign = 'center';
      haloText(ctx, many(column.own + column.reported), x + w / 2, line - up - 4, palette['ink-2'], palette.lane, 2.5);
      ctx.textAlign = 'left';
    }
  }
  if (!wide && tallest && !view.phone) {
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
      ...traits, precision, open, w, h: view.h, fade: Math.min(90, w * 0.6, 56), colour: view.colour,
      paper: view.palette.lane, ink: view.palette.ink, alternatives: item.alternatives,
    },
  };
}

function drawItem(ctx, view, item, drawn) {
  const { x, mark } = markOf(item, view);
  const y = rowMiddle(view.line, item.row, item.traits.reported, view.pitch);
  mark.states = [];
  if (item.i === view.selected) mark.states.push('selected');
  if (item.i === view.hovered) mark.states.push('hover');
  if (item.i === view.focused) mark.states.push('focus');
  ctx.save();
  ctx.translate(item.w > 0 ? x : Math.round(x * 2) / 2, y);
  drawMark(ctx, mark);
  ctx.restore();
  const box = boxOf(mark, shapeOf(mark), 0);
  const spare = Math.max(0, (24 - box[3]) / 2 - 2);
  drawn.push({
    left: x + box[0], right: x + box[0] + box[2], top: y + box[1] - spare, bottom: y - box[1] + spare, item,
  });
  if (item.kind === 'bundle') {
    const at = Math.max(x + 6, 4);
    if (at > view.width - 20) return;
    haloText(ctx, many(view.inWindow(item.members).length + (item.count || 0)), at, y + (item.traits.reported ? 16 : -6), view.palette['ink-2'], view.palette.lane, 3);
  }
}

/** Labels where there is room, the weightier first; right of the mark, else left, else none. */
function drawLabels(ctx, view, part, texts, boxes) {
  const wanted = [...part.marks, ...part.bars]
    .filter((item) => !item.traits.reported && item.kind !== 'bundle' && texts.label(item.i))
    .sort((a, b) => view.weight(b.i) - view.weight(a.i) || a.i - b.i);
  const free = (box) => box.left >= 2 && box.right <= view.width - 2
    && !boxes.some((o) => box.left < o.right && box.right > o.left && box.top < o.bottom && box.bottom > o.top);
  for (const item of wanted) {
    const text = texts.label(item.i);
    const width = ctx.measureText(text).width;
    const y = rowMiddle(view.line, item.row, false, view.pitch);
    const x0 = item.left - view.offset;
    const x1 = item.right - view.offset;
    const spots = item.w > 90
      ? [[Math.max(x0, 0) + 4, y - view.h * 0.5 - 7, 0]]
      : [[x1 + 4, y - 6, 0], [x0 - 4 - width, y - 6, 0]];
    for (const [left, top] of spots) {
      const box = { left, right: left + width, top: top + 1, bottom: top + 12 };
      if (!free(box)) continue;
      boxes.push(box);
      const chosen = item.i === view.selected;
      haloText(ctx, text, left, top + 10, chosen ? view.palette.ink : view.palette['ink-2'], view.palette.lane, 3);
      break;
    }
  }
}

/**
 * Draws a lane. `view`: {scale, offset, width, height, line, h, pitch, phone, palette, colour, grid, plumb,
 * selected, hovered, focused, weight}. Gives the boxes of what was drawn, for the pointer.
 */
export function drawLane(ctx, view, layout, part, texts) {
  const drawn = [];
  ctx.textBaseline = 'alphabetic';
  ctx.font = `semi-condensed 12px ${view.palette.sans}`;
  drawGrid(ctx, view, view.line);
  const heights = { up: 3 * view.pitch - 14, down: 2 * view.pitch * 0.72 };
  for (const run of part.runs) drawRun(ctx, view, run, layout.peak, heights, drawn);
  const chosen = [];
  for (const item of [...part.bars, ...part.marks]) {
    if (item.chosen || item.i === view.selected || item.i === view.focused) chosen.push(item);
    else drawItem(ctx, view, item, drawn);
  }
  for (const item of chosen) drawItem(ctx, view, item, drawn);
  if (!view.phone) drawLabels(ctx, view, part, texts, drawn.map((box) => ({ ...box, top: box.top + 3 - (box.text || 0), bottom: box.bottom - 3 })));
  return drawn;
}
