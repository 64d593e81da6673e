// The size of a mark, before anything is drawn: shared by drawing, packing and hitting.

const THICKNESS = {
  day: 1, month: 0.7, season: 0.58, year: 0.46, decade: 0.34, century: 0.34, interval: 0.38, open: 0.38,
  oneof: 0.7, unknown: 1,
};
const SHORTEST = {
  month: 0.7, season: 0.95, year: 1.2, decade: 1.5, century: 1.5, interval: 1.6, open: 1.6,
};
export const FADE = 56; // the pixels of an open end that break into dashes

/** How long a mark is drawn at least, and from where, its origin at the true start of the date: [x0, length]. */
export function lengthOf(precision, w, h) {
  const dayish = precision === 'day' || precision === 'unknown';
  const length = dayish ? (w <= h ? h : w) : Math.max(w, h * (SHORTEST[precision] || 0));
  return [dayish && w > h ? 0 : (w - length) / 2, length];
}

function outlineWidth(m, thickness, big) {
  const pencil = m.review === 'suggested';
  if (!m.reported) return 1;
  if (m.precision === 'day' || m.precision === 'unknown') {
    if (pencil) return big ? 1 : 0.9;
    if (m.h >= 14) return 2;
    return big ? 1.75 : 1.4;
  }
  if (pencil || thickness < 6) return 1;
  return thickness < 8 ? 1.5 : 2;
}

/**
 * The shape of mark `m` ({w, h, precision, reported, review, uncertain, stance}), its origin at the true start
 * of the date and the middle of the row: x0, x1, thickness, shift (odd heights sit on whole pixels), outline.
 */
export function shapeOf(m) {
  const { h } = m;
  const w = m.w || 0;
  const big = h >= 10;
  const dayish = m.precision === 'day' || m.precision === 'unknown';
  const light = m.reported || m.review === 'suggested' || m.review === 'dismissed' || m.uncertain;
  const thickness = Math.max(light ? 4 : 2, Math.round(h * (THICKNESS[m.precision] || 1)));
  const pointed = m.stance === 'announces' || m.stance === 'demands';
  const disc = dayish && w <= h;
  const [x0, length] = lengthOf(m.precision, w, h);
  return {
    x0,
    x1: x0 + length,
    thickness,
    shift: !dayish && !pointed && thickness % 2 ? 0.5 : 0,
    outline: outlineWidth(m, thickness, big),
    disc,
    pointed,
    big,
  };
}
