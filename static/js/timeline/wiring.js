// What the instrument hears.
import { actionsOf, watchButtons } from './actions.js';
import { Gestures } from './gestures.js';
import { listen } from './keyboard.js';
import { readPalette, watchTheme } from './palette.js';

/** Lets `it`, the instrument, hear hand, keys, theme, size, and which lanes are on the screen. */
export function wire(it) {
  const { lanes, keys } = it.frame;
  const measure = () => it.measure() && it.request();
  new ResizeObserver(measure).observe(lanes); // also when lanes grow, which changes none of the sizes
  document.fonts.addEventListener('loadingdone', () => {
    if (it.hasType) return; // what is drawn is drawn in it
    it.measure();
    it.request();
  }, { signal: it.signal });
  watchTheme(() => {
    it.palette = readPalette(it.root);
    it.request();
  }, it.signal);
  const seen = new IntersectionObserver((entries) => {
    for (const entry of entries) {
      const row = it.frame.rows.find((r) => r.plot === entry.target);
      if (!row || row.visible === entry.isIntersecting) continue;
      row.visible = entry.isIntersecting;
      if (row.visible) it.request();
    }
  }, { rootMargin: '300px' });
  for (const row of it.frame.rows) seen.observe(row.plot);
  it.gestures = new Gestures(lanes, {
    zoom: (factor, x) => it.move(it.scale.zoomed(factor, x, it.limits)),
    pan: (pixels) => it.move(it.scale.panned(pixels, it.limits)),
    hover: (plot, x, y) => it.pointing.hover(plot, x, y),
    leave: () => it.pointing.leave(),
    click: (plot, x, y) => it.pointing.click(plot, x, y),
  });
  const act = actionsOf(it);
  listen(keys, act, it.signal);
  watchButtons(it, act);
  keys.addEventListener('focus', () => {
    if (keys.matches(':focus-visible') && it.focused < 0) {
      it.focus(it.selected >= 0 ? it.selected : it.roaming.nearest(it.scale, it.known));
      it.standClear();
    } else it.request();
  });
  keys.addEventListener('blur', () => {
    it.focused = -1;
    it.focusedId = null;
    it.request();
  });
}
