// Claims whose date was not found wait in a lane of their own: never dropped, never placed.
import { drawMark } from './draw-mark.js';
import { make } from './frame.js';
import { traitsOf } from './marks-data.js';
import { Surface } from './surface.js';

const STEP = 25;
const TALL = 34;

/** Draws the undated claims, each over a link to its page. */
export function drawUndated(row, instrument) {
  const { data, palette } = instrument;
  if (!row.surface) {
    row.surface = new Surface(row.plot, 'tl-undated-canvas');
    row.links = data.undated.map((claim) => {
      const link = make('a', 'tl-undated-link');
      link.href = `/claims/${claim.id}/`;
      link.setAttribute('aria-label', `Claim without a date, ${data.lanes[claim.lane]?.name || ''}`);
      link.addEventListener('click', (event) => {
        if (event.metaKey || event.ctrlKey || !instrument.panel.element) return;
        event.preventDefault();
        instrument.panel.open(claim.id, 'No date found');
      });
      return link;
    });
    row.plot.append(...row.links);
  }
  const room = Math.max(1, Math.floor((instrument.width - 16) / STEP));
  const ctx = row.surface.begin(instrument.width, TALL);
  data.undated.forEach((claim, k) => {
    row.links[k].hidden = k >= room;
    if (k >= room) return;
    const lane = data.lanes[claim.lane];
    row.links[k].style.left = `${8 + k * STEP}px`;
    ctx.save();
    ctx.translate(20 + k * STEP, TALL / 2);
    drawMark(ctx, {
      ...traitsOf(claim.flags), precision: 'unknown', w: 0, h: instrument.phone ? 8 : 9, states: [],
      colour: lane?.colour ? palette.party[lane.colour - 1] : palette['ink-2'], paper: palette.lane, ink: palette.ink,
    });
    ctx.restore();
  });
}
