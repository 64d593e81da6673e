// A lane with the letters' dates on its second axis: across, when it is said to have happened; down, when it was
// said. One sees an account appear, change and harden. A claim on the slanting line was made on the day itself.
import { yearWords, civil, dayNumber } from './calendar.js';
import { boxOf, drawMark } from './draw-mark.js';
import { shapeOf } from './mark-shape.js';

const TOP = 14;
const FOOT = 14;
const LEAST = 128;
const A_LETTER = 9; // pixels of height that a letter adds
const MOST = 320;

/** The height of a lane that holds so many letters. */
export function heightOf(letters) {
  return Math.round(Math.min(MOST, Math.max(LEAST, TOP + FOOT + letters * A_LETTER)));
}

/** Days of letters to pixels from the top: earlier letters stand higher. */
export function depthScale(days, height) {
  const first = days[0];
  const last = days[days.length - 1];
  const per = last > first ? (height - TOP - FOOT) / (last - first) : 0;
  return (day) => TOP + (day - first) * per;
}

/** The claims of a lane that touch the window, where they stand. Claims of letters without a date are left out. */
export function placeClaims(data, lane, view, depth) {
  const items = [];
  for (let i = data.laneFrom[lane]; i < data.laneFrom[lane + 1]; i += 1) {
    const made = data.made(i);
    if (made === null || !data.knownBy(i, view.known)) continue;
    const traits = data.traits(i);
    const dayish = traits.precision === 'day' || traits.precision === 'unknown';
    const end = traits.open === 'end' ? Math.max(data.end(i), view.scale.to) : data.end(i);
    const start = traits.open === 'start' ? Math.min(data.start[i], view.scale.from) : data.start[i];
    let x = Math.max(-60, view.scale.x(start));
    let w = Math.min(view.width + 60, view.scale.x(end)) - x;
    if (w < 0 || x > view.width) continue;
    if (dayish && w <= view.h) {
      x += w / 2;
      w = 0;
    }
    items.push({ kind: 'mark', i, x, w, traits, y: Math.round(depth(made)), alternatives: null });
  }
  return items.sort((a, b) => b.w - a.w); // what is short lies on top
}

function drawGround(ctx, view, data, depth, days) {
  const { palette, width, height } = view;
  for (const { x, strong } of view.grid) {
    ctx.globalAlpha = strong ? 1 : 0.45;
    ctx.fillStyle = palette.rule;
    ctx.fillRect(Math.round(x), 0, 1, height);
  }
  ctx.globalAlpha = 0.6;
  for (const day of days) ctx.fillRect(0, Math.round(depth(day)), width, 1);
  ctx.globalAlpha = 1;
  ctx.strokeStyle = palette['rule-2'];
  ctx.beginPath();
  ctx.moveTo(view.scale.x(days[0]), depth(days[0]));
  ctx.lineTo(view.scale.x(days[days.length - 1]), depth(days[days.length - 1]));
  ctx.stroke();
  ctx.fillStyle = palette['ink-3'];
  let last = -Infinity;
  const { year: from } = civil(days[0]);
  const { year: to } = civil(days[days.length - 1]);
  for (let year = from; year <= to; year += 1) {
    const y = depth(Math.max(days[0], dayNumber(year)));
    if (y - last < 14) continue;
    last = y;
    ctx.fillText(yearWords(year), 4, y + 4);
  }
  if (view.plumb !== null) {
    ctx.fillStyle = palette.ink;
    ctx.fillRect(Math.round(view.plumb), 0, 1, height);
  }
}

/** Draws the lane; gives the boxes of what was drawn, for the pointer. `days`: the letters' days, in order. */
export function drawSecondAxis(ctx, view, data, lane, days) {
  const drawn = [];
  ctx.font = `semi-condensed 11.5px ${view.palette.sans}`;
  if (!days.length) return drawn;
  const depth = depthScale(days, view.height);
  drawGround(ctx, view, data, depth, days);
  const items = placeClaims(data, lane, view, depth);
  const chosen = (item) => item.i === view.selected || item.i === view.focused || item.i === view.hovered;
  for (const item of [...items.filter((m) => !chosen(m)), ...items.filter(chosen)]) {
    const states = ['selected', 'hover', 'focus'].filter((name) => item.i === view[{ selected: 'selected', hover: 'hovered', focus: 'focused' }[name]]);
    const mark = {
      ...item.traits, w: item.w, h: view.h, states, fade: Math.min(56, item.w * 0.6), colour: view.colour,
      paper: view.palette.lane, ink: view.palette.ink,
    };
    if (mark.precision === 'oneof') mark.precision = 'interval';
    ctx.save();
    ctx.translate(item.x, item.y);
    drawMark(ctx, mark);
    ctx.restore();
    const [left, top, width, height] = boxOf(mark, shapeOf(mark), 0);
    drawn.push({ left: item.x + left, right: item.x + left + width, top: item.y + top, bottom: item.y + top + height, item });
  }
  return drawn;
}
