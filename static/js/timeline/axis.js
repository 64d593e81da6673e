// The axis: years over months, or decades over years, or months over days, whichever there is room for.
import { civil, dayNumber, SHORT_MONTHS, yearWords } from './calendar.js';

const months = (n) => ({
  days: 30.44 * n,
  first: (day) => {
    const { year, month } = civil(day);
    return Math.floor((year * 12 + month) / n) * n;
  },
  start: (k) => dayNumber(0, k),
  step: n,
});
const days = (n) => ({
  days: n,
  first: (day) => Math.floor((day - 1) / n) * n + 1,
  start: (k) => k,
  step: n,
});

const monthName = (day) => SHORT_MONTHS[civil(day).month];
const yearName = (day) => yearWords(civil(day).year);
const monthAndYear = (day) => `${monthName(day)} ${yearName(day)}`;
const dayOfMonth = (day) => String(civil(day).day);
const decadeName = (day) => `${yearName(day)}s`;

// From close to far: what stands above, what below, the ticks between, the narrowest the upper may be.
const LEVELS = [
  { major: months(1), name: monthAndYear, minor: days(1), minorName: dayOfMonth, tick: days(1), room: 26 },
  { major: months(1), name: monthAndYear, minor: days(7), minorName: dayOfMonth, tick: days(1), room: 34 },
  { major: months(12), name: yearName, minor: months(1), minorName: monthName, tick: months(1), room: 34 },
  { major: months(12), name: yearName, minor: months(3), minorName: monthName, tick: months(1), room: 34 },
  { major: months(12), name: yearName, minor: months(6), minorName: monthName, tick: months(3), room: 34 },
  { major: months(120), name: decadeName, minor: months(12), minorName: yearName, tick: months(12), room: 36 },
  { major: months(120), name: decadeName, minor: months(24), minorName: yearName, tick: months(12), room: 36 },
  { major: months(120), name: decadeName, minor: months(60), minorName: yearName, tick: months(12), room: 36 },
  { major: months(1200), name: yearName, minor: months(120), minorName: yearName, tick: months(120), room: 40 },
  { major: months(12000), name: yearName, minor: months(1200), minorName: yearName, tick: months(1200), room: 40 },
];

/** The level whose lower names have room at this scale. */
export function levelFor(perDay) {
  return LEVELS.find((level) => level.minor.days * perDay >= level.room) || LEVELS[LEVELS.length - 1];
}

/** Calls visit(day, x) for each start of a unit in view. */
export function eachStart(unit, scale, visit) {
  for (let k = unit.first(Math.floor(scale.from)); ; k += unit.step) {
    const day = unit.start(k);
    if (day > scale.to) return;
    visit(day, scale.x(day));
  }
}

/** The vertical lines of lanes: [{x, strong}], upper units strong, lower ones faint. */
export function gridLines(scale) {
  const level = levelFor(scale.perDay);
  const lines = [];
  const strong = new Set();
  eachStart(level.major, scale, (day, x) => {
    strong.add(day);
    lines.push({ x, strong: true });
  });
  eachStart(level.minor, scale, (day, x) => {
    if (!strong.has(day)) lines.push({ x, strong: false });
  });
  return lines;
}

/** Draws the axis into `ctx`, 44 pixels high. `flag` is the place of the date flag, null without one. */
export function drawAxis(ctx, scale, palette, flag) {
  const level = levelFor(scale.perDay);
  const majors = new Set();
  const rule = (x, top, colour) => {
    ctx.fillStyle = colour;
    ctx.fillRect(Math.round(x), top, 1, 44 - top);
  };
  const starts = [];
  eachStart(level.major, scale, (day, x) => {
    majors.add(day);
    starts.push([day, x]);
  });
  eachStart(level.tick, scale, (day, x) => {
    if (!majors.has(day)) rule(x, 40, palette.rule);
  });
  ctx.textBaseline = 'alphabetic';
  ctx.font = `semi-condensed 11.5px ${palette.sans}`;
  eachStart(level.minor, scale, (day, x) => {
    if (!majors.has(day)) rule(x, 36, palette['rule-2']);
    ctx.fillStyle = palette['ink-3'];
    const name = level.minorName(day);
    const at = x + (level.room < 30 ? 3 : 6);
    if (x > -4 && at + ctx.measureText(name).width < scale.width) ctx.fillText(name, at, 34);
  });
  ctx.font = `600 13px ${palette.sans}`;
  starts.forEach(([day, x], n) => {
    rule(x, 6, palette['rule-2']);
    const next = n + 1 < starts.length ? starts[n + 1][1] : Infinity;
    const name = level.name(day);
    const width = ctx.measureText(name).width;
    const at = Math.max(x + 6, 6);
    if (at + width + 4 > Math.min(next, scale.width) || (flag !== null && at + width > flag - 56 && at < flag + 56)) return;
    ctx.fillStyle = palette.ink;
    ctx.fillText(name, at, 18);
  });
  if (flag !== null) {
    ctx.fillStyle = palette.ink;
    ctx.fillRect(Math.round(flag), 22, 1, 22);
  }
}
