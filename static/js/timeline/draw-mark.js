// One mark, drawn from its claim. Composed from inside out: shape, slit, ring, strike or quotes, outline.
import { FADE, shapeOf } from './mark-shape.js';

const TURN = Math.PI * 2;
const DASHES = [[14, 3, 1], [9, 3, 0.85], [6, 4, 0.65], [4, 4, 0.5], [2, 4, 0.4]];

function pointedPath(ctx, m, s, grow) {
  const tall = (s.disc ? m.h * 0.9 : Math.max(s.thickness, m.h * 0.5)) + 2 * grow;
  const a = s.x0 - grow;
  const b = s.x1 + (s.disc ? m.h * 0.18 : m.h * 0.3) + grow;
  const tip = Math.min(tall * 0.62, (b - a) * 0.6);
  ctx.beginPath();
  ctx.moveTo(a, -tall / 2);
  ctx.lineTo(b - tip, -tall / 2);
  ctx.lineTo(b, 0);
  ctx.lineTo(b - tip, tall / 2);
  ctx.lineTo(a, tall / 2);
  ctx.closePath();
}

function outlinePath(ctx, m, s, grow) {
  if (s.pointed) {
    pointedPath(ctx, m, s, grow);
    return;
  }
  ctx.beginPath();
  if (s.disc) ctx.arc((s.x0 + s.x1) / 2, 0, m.h / 2 + grow, TURN / 2, TURN * 1.5);
  else {
    const half = s.thickness / 2 + grow;
    ctx.rect(s.x0 - grow, -half + s.shift, s.x1 - s.x0 + 2 * grow, 2 * half);
  }
}

function hatch(ctx, m, s) {
  const [wide, step] = m.reported ? [0.9, 4.2] : [1.7, 3.2];
  const reach = Math.max(Math.abs(s.x0), Math.abs(s.x1)) + m.h;
  ctx.save();
  ctx.clip();
  ctx.rotate(Math.PI / 4);
  ctx.fillStyle = m.colour;
  for (let k = Math.floor(-reach / step); k * step < reach; k += 1) {
    ctx.fillRect(k * step, -reach, wide, 2 * reach);
  }
  ctx.restore();
}

/** Fills and outlines the path in force as voice, review and doubt ask. */
function paint(ctx, m, s) {
  ctx.lineWidth = 1;
  ctx.strokeStyle = m.colour;
  if (m.review === 'dismissed') {
    ctx.setLineDash([1.5, 1.75]);
    ctx.stroke();
    ctx.setLineDash([]);
    return;
  }
  if (m.uncertain || m.reported || m.review === 'suggested') {
    ctx.fillStyle = m.paper;
    ctx.fill();
    if (m.uncertain) hatch(ctx, m, s);
    else if (!m.reported) {
      ctx.globalAlpha *= 0.3;
      ctx.fillStyle = m.colour;
      ctx.fill();
      ctx.globalAlpha /= 0.3;
    }
    if (m.reported) ctx.lineWidth = s.outline;
    ctx.stroke();
    return;
  }
  ctx.fillStyle = m.colour;
  ctx.fill();
}

function faded(ctx, opacity, draw) {
  const before = ctx.globalAlpha;
  ctx.globalAlpha = before * opacity;
  draw();
  ctx.globalAlpha = before;
}

/** Two thin rules (reported) or a block (own) from p to q. */
function stretch(ctx, m, s, p, q, opacity, line) {
  const left = Math.min(p, q);
  const width = Math.abs(q - p);
  faded(ctx, opacity, () => {
    ctx.fillStyle = m.colour;
    if (m.reported) {
      ctx.fillRect(left, -s.thickness / 2 + s.shift, width, line);
      ctx.fillRect(left, s.thickness / 2 - line + s.shift, width, line);
    } else ctx.fillRect(left, -s.thickness / 2 + s.shift, width, s.thickness);
  });
}

/** A tick at the known end, then dashes that shorten and pale towards the open one. */
function openBody(ctx, m, s) {
  const direction = m.open === 'start' ? -1 : 1;
  const known = direction > 0 ? s.x0 : s.x1;
  const length = s.x1 - s.x0;
  const strength = m.review === 'suggested' && !m.reported ? 0.55 : 1;
  let at = Math.max(0, length - (m.fade ?? FADE));
  stretch(ctx, m, s, known, known + direction * at, strength, 1);
  for (const [dash, gap, opacity] of DASHES) {
    stretch(ctx, m, s, known + direction * at, known + direction * Math.min(at + dash, length), opacity * strength, 1);
    at += dash + gap;
    if (at > length) break;
  }
  ctx.fillStyle = m.colour;
  ctx.fillRect(known - (direction > 0 ? 0 : 2), -m.h / 2, 2, m.h);
}

function softDisc(ctx, m, s) {
  const middle = (s.x0 + s.x1) / 2;
  const halo = (radius, opacity) => faded(ctx, opacity, () => {
    ctx.beginPath();
    ctx.arc(middle, 0, radius, 0, TURN);
    if (m.reported) {
      ctx.lineWidth = 1;
      ctx.strokeStyle = m.colour;
      ctx.stroke();
    } else {
      ctx.fillStyle = m.colour;
      ctx.fill();
    }
  });
  if (m.reported) halo(m.h * 0.68, 0.38);
  else {
    halo(m.h * 0.74, 0.2);
    halo(m.h * 0.54, 0.42);
  }
  ctx.beginPath();
  ctx.arc(middle, 0, m.h * (m.reported ? 0.4 : 0.34), 0, TURN);
  paint(ctx, m, s);
}

function softBar(ctx, m, s) {
  const edge = Math.max(2, Math.round(m.h * 0.32));
  const strength = m.review === 'suggested' && !m.reported ? 0.7 : 1;
  const step = (left, opacity) => stretch(ctx, m, s, left, left + edge, opacity * strength, s.outline);
  step(s.x0 - edge, 0.2);
  step(s.x0, 0.48);
  step(s.x1, 0.2);
  step(s.x1 - edge, 0.48);
  if (m.reported) stretch(ctx, m, s, s.x0 + edge, s.x1 - edge, 1, s.outline);
  else {
    ctx.beginPath();
    ctx.rect(s.x0 + edge, -s.thickness / 2 + s.shift, s.x1 - s.x0 - 2 * edge, s.thickness);
    paint(ctx, m, s);
  }
}

function plainBody(ctx, m, s) {
  const light = m.reported || m.uncertain || m.review === 'suggested' || m.review === 'dismissed';
  outlinePath(ctx, m, s, light ? -s.outline / 2 : 0);
  paint(ctx, m, s);
  const thin = s.thickness < 6 && !s.disc && !s.pointed && m.precision !== 'interval';
  if (m.reported && thin && m.review !== 'suggested' && m.review !== 'dismissed') {
    ctx.fillStyle = m.colour;
    ctx.fillRect(s.x0, -s.thickness / 2 + s.shift, 2, s.thickness);
    ctx.fillRect(s.x1 - 2, -s.thickness / 2 + s.shift, 2, s.thickness);
  }
}

function body(ctx, m, s) {
  if (m.precision === 'open') openBody(ctx, m, s);
  else if (m.approximate && s.disc) softDisc(ctx, m, s);
  else if (m.approximate) softBar(ctx, m, s);
  else plainBody(ctx, m, s);
  if (m.precision === 'interval' && m.review !== 'dismissed') {
    const tick = s.big ? 2 : 1.5;
    ctx.fillStyle = m.colour;
    ctx.fillRect(s.x0, -m.h / 2, tick, m.h);
    ctx.fillRect(s.x1 - tick, -m.h / 2, tick, m.h);
  }
}

function slit(ctx, m, s) {
  const at = s.disc ? (s.x0 + s.x1) / 2 : s.x0 + Math.min(m.h * 0.7, (s.x1 - s.x0) / 2);
  const half = Math.max(s.disc || s.pointed ? m.h / 2 : Math.max(s.thickness / 2, 2), s.thickness / 2) + 1;
  ctx.fillStyle = m.paper;
  ctx.fillRect(at - Math.max(0.7, m.h * 0.075), -half, Math.max(1.4, m.h * 0.15), 2 * half);
}

function ring(ctx, m, s) {
  ctx.strokeStyle = m.colour;
  ctx.lineWidth = 1.1;
  ctx.beginPath();
  if (s.disc && !s.pointed) ctx.arc((s.x0 + s.x1) / 2, 0, m.h / 2 + (s.big ? 3 : 2.4), 0, TURN);
  else {
    const half = Math.max(s.thickness / 2, s.pointed ? m.h * 0.45 : 0) + 3;
    ctx.roundRect(s.x0 - 3, -half, s.x1 - s.x0 + 6 + (s.pointed ? m.h * 0.3 : 0), 2 * half, 3);
  }
  ctx.stroke();
}

function strike(ctx, m, s) {
  const at = s.disc ? (s.x0 + s.x1) / 2 : s.x0 + Math.min((s.x1 - s.x0) / 2, m.h * 1.2);
  const up = m.h * 0.5 + (s.big ? 3 : 2);
  const across = up * 0.78;
  const line = (colour, width) => {
    ctx.strokeStyle = colour;
    ctx.lineWidth = width;
    ctx.beginPath();
    ctx.moveTo(at - across, up);
    ctx.lineTo(at + across, -up);
    ctx.stroke();
  };
  line(m.paper, s.big ? 3.8 : 3);
  line(m.ink, s.big ? 1.75 : 1.4);
}

function quotes(ctx, m, s) {
  const long = m.h * (s.big ? 0.36 : 0.42);
  const top = -Math.max(m.h * 0.5, s.thickness / 2);
  const gap = s.big ? 2.6 : 2.1;
  const lean = long * 0.28;
  const off = m.review === 'curated' ? 2 : 0;
  const left = s.x0 - (s.big ? 2.4 : 1.8) - off;
  const right = s.x1 + (s.big ? 2.4 : 1.8) + off + lean;
  ctx.strokeStyle = m.ink;
  ctx.lineWidth = s.big ? 1.6 : 1.3;
  ctx.beginPath();
  for (const x of [left, left - gap, right, right + gap]) {
    ctx.moveTo(x, top);
    ctx.lineTo(x - lean, top + long);
  }
  ctx.stroke();
}

/** The box round a mark with its ring and quotes, grown by `grow`: left, top, width, height. */
export function boxOf(m, s, grow) {
  const pad = m.review === 'curated' ? 3 : 0;
  const side = pad + (m.stance === 'rejects-wording' ? (s.big ? 5 : 4) : 0) + grow;
  const left = s.x0 - (m.stance === 'demands' ? 4 : 0) - side;
  const right = s.x1 + (s.pointed ? m.h * 0.25 : 0) + side;
  const half = Math.max(m.h / 2, s.thickness / 2) + pad + grow;
  return [left, -half, right - left, 2 * half];
}

function state(ctx, m, s, kind) {
  const [grow, width] = { hover: [4, 1], selected: [4, 2], focus: [5, 2] }[kind];
  const box = boxOf(m, s, m.near ? 2 : grow);
  ctx.beginPath();
  ctx.roundRect(...box, kind === 'focus' ? 2 : box[3] / 2);
  if (kind === 'selected') {
    ctx.fillStyle = m.paper;
    ctx.fill();
  }
  ctx.lineWidth = width;
  ctx.strokeStyle = m.ink;
  ctx.stroke();
}

/** Alternatives: smaller discs on a thin joining rule. */
function oneOf(ctx, m, s) {
  const days = m.alternatives?.length ? m.alternatives : [s.x0, s.x1];
  ctx.strokeStyle = m.colour;
  ctx.lineWidth = 1.25;
  ctx.beginPath();
  ctx.moveTo(Math.min(...days), 0);
  ctx.lineTo(Math.max(...days), 0);
  ctx.stroke();
  for (const x of days) {
    ctx.save();
    ctx.translate(x, 0);
    drawMark(ctx, {
      ...m, precision: 'day', w: 0, h: Math.max(5, Math.round(m.h * 0.7)), states: [], stance: 'asserts',
    });
    ctx.restore();
  }
}

/**
 * Draws mark `m` at the origin of `ctx`: x the true start of its date, y the middle of its row.
 * m: w, h, precision, reported, inferred, approximate, uncertain, stance, review, open, alternatives,
 * colour, paper, ink, states (of 'hover', 'selected', 'focus'), near (the states' outlines: rows are close).
 */
export function drawMark(ctx, m) {
  const s = shapeOf(m);
  const states = m.states || [];
  const before = ctx.globalAlpha;
  if (states.includes('selected')) state(ctx, m, s, 'selected');
  if (m.review === 'dismissed') ctx.globalAlpha = before * 0.75;
  if (m.precision === 'oneof') oneOf(ctx, m, s);
  else {
    body(ctx, m, s);
    if (m.inferred) slit(ctx, m, s);
    if (m.stance === 'demands') {
      ctx.fillStyle = m.colour;
      ctx.fillRect(s.x0 - (s.big ? 4 : 3.2), -m.h / 2, s.big ? 2 : 1.5, m.h);
    }
    if (m.review === 'curated') ring(ctx, m, s);
    if (m.stance === 'denies') strike(ctx, m, s);
    if (m.stance === 'rejects-wording') quotes(ctx, m, s);
  }
  ctx.globalAlpha = before;
  if (states.includes('hover') && !states.includes('selected')) state(ctx, m, s, 'hover');
  if (states.includes('focus')) state(ctx, m, s, 'focus');
}

/** The ground behind a mark at (x, y) that stands over others, `grow` pixels around it. */
export function drawBehind(ctx, m, x, y, grow) {
  const [left, top, width, height] = boxOf(m, shapeOf(m), grow);
  ctx.fillStyle = m.paper;
  ctx.beginPath();
  ctx.roundRect(x + left, y + top, width, height, m.w ? 2 : Math.min(width, height) / 2);
  ctx.fill();
}

/** Words with a halo of the ground, so that they stand out of what they lie on. */
export function haloText(ctx, text, x, y, colour, paper, width) {
  ctx.lineJoin = 'round';
  ctx.lineWidth = width;
  ctx.strokeStyle = paper;
  ctx.strokeText(text, x, y);
  ctx.fillStyle = colour;
  ctx.fillText(text, x, y);
}
