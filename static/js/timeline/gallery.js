// The gallery of marks: each as the timeline draws it, at 6, 10 and 14 pixels.
import { drawMark } from './draw-mark.js';
import { make } from './frame.js';
import { readPalette, watchTheme } from './palette.js';
import { Surface } from './surface.js';

const base = {
  precision: 'day', w: 0, reported: false, stance: 'asserts', review: 'accepted', inferred: false,
  approximate: false, uncertain: false, open: null, states: [],
};
const rep = { reported: true };
const month = { precision: 'month', w: 22 };
export const GALLERY = [
  ['Precision', 1, [
    ['day', {}], ['wide day', { w: 26 }], ['month', month], ['season', { precision: 'season', w: 40 }],
    ['year', { precision: 'year', w: 72 }], ['decade', { precision: 'decade', w: 96 }],
    ['interval', { precision: 'interval', w: 60 }], ['open end', { precision: 'open', open: 'end', w: 84 }],
    ['open start', { precision: 'open', open: 'start', w: 84 }],
    ['one of', { precision: 'oneof', w: 48, alternatives: [0, 24, 48] }], ['short month', { precision: 'month', w: 2 }],
    ['short year', { precision: 'year', w: 4 }],
  ]],
  ['Basis and doubt', 2, [
    ['explicit', {}], ['inferred', { inferred: true }], ['inferred, month', { ...month, w: 40, inferred: true }],
    ['approximate', { approximate: true }], ['approx., year', { precision: 'year', w: 56, approximate: true }],
    ['approx., month', { ...month, w: 26, approximate: true }], ['uncertain', { uncertain: true }],
    ['uncertain, month', { ...month, w: 26, uncertain: true }],
    ['inferred, approx.', { ...month, w: 36, inferred: true, approximate: true }],
  ]],
  ['Voice: reported', 3, [
    ['day', rep], ['month', { ...rep, ...month }], ['year', { ...rep, precision: 'year', w: 60 }],
    ['decade', { ...rep, precision: 'decade', w: 96 }], ['interval', { ...rep, precision: 'interval', w: 50 }],
    ['open end', { ...rep, precision: 'open', open: 'end', w: 72 }],
    ['one of', { ...rep, precision: 'oneof', w: 48, alternatives: [0, 24, 48] }], ['inferred', { ...rep, inferred: true }],
    ['approximate', { ...rep, approximate: true }], ['approx., month', { ...rep, ...month, approximate: true }],
    ['uncertain', { ...rep, uncertain: true }],
  ]],
  ['Stance', 4, [
    ['asserted', {}], ['denied', { stance: 'denies' }], ['denied, reported', { ...rep, stance: 'denies' }],
    ['denied, month', { ...month, w: 30, stance: 'denies' }], ['wording rejected', { ...rep, stance: 'rejects-wording' }],
    ['the same, month', { ...rep, ...month, stance: 'rejects-wording' }], ['announced', { stance: 'announces' }],
    ['announced, month', { ...month, stance: 'announces' }], ['demanded', { stance: 'demands' }],
    ['demanded, rep.', { ...rep, stance: 'demands' }],
  ]],
  ['Review', 1, [
    ['suggested', { review: 'suggested' }], ['suggested, month', { ...month, review: 'suggested' }],
    ['suggested, rep.', { ...rep, review: 'suggested' }], ['accepted', {}], ['accepted, rep.', rep],
    ['curated', { review: 'curated' }], ['curated, month', { ...month, review: 'curated' }],
    ['curated, rep.', { ...rep, review: 'curated' }], ['dismissed', { review: 'dismissed' }],
    ['dismissed, month', { ...month, review: 'dismissed' }],
  ]],
  ['State; combined', 2, [
    ['hover', { states: ['hover'] }], ['selected', { states: ['selected'] }], ['focused', { states: ['focus'] }],
    ['selected, month', { ...month, states: ['selected'] }], ['focused, month', { ...month, states: ['focus'] }],
    ['wording rejected, curated', { ...rep, inferred: true, stance: 'rejects-wording', review: 'curated' }],
    ['and selected', { ...rep, inferred: true, stance: 'rejects-wording', review: 'curated', states: ['selected'] }],
    ['denied, curated, inferred', { inferred: true, stance: 'denies', review: 'curated' }],
  ]],
];

function paint(cells) {
  const palette = readPalette(document.documentElement);
  for (const { surface, mark, party } of cells) {
    const ctx = surface.begin(120, 96);
    [6, 10, 14].forEach((h, k) => {
      ctx.save();
      ctx.translate(14, [14, 42, 76][k]);
      drawMark(ctx, { ...base, ...mark, h, colour: palette.party[party - 1], paper: palette.paper, ink: palette.ink });
      ctx.restore();
    });
  }
}

const host = document.getElementById('gallery');
if (host) {
  const cells = [];
  for (const [title, party, marks] of GALLERY) {
    const row = make('section', 'gallery-row');
    row.append(make('h2', '', title));
    for (const [name, mark] of marks) {
      const cell = make('div', 'gallery-cell');
      cell.dataset.mark = name;
      cells.push({ surface: new Surface(cell, ''), mark, party });
      cell.append(make('span', '', name));
      row.append(cell);
    }
    host.append(row);
  }
  paint(cells);
  watchTheme(() => paint(cells));
  host.dataset.ready = '';
}
