// The colours in force, read from the custom properties of the page.

const NAMES = ['paper', 'sheet', 'lane', 'well', 'rule', 'rule-2', 'edge', 'ink', 'ink-2', 'ink-3'];

/** {ink, paper, lane, …, party: [12 colours]} as they stand at `element`. */
export function readPalette(element) {
  const style = getComputedStyle(element);
  const of = (name) => style.getPropertyValue(`--${name}`).trim();
  const palette = Object.fromEntries(NAMES.map((name) => [name, of(name)]));
  palette.party = Array.from({ length: 12 }, (_, i) => of(`party-${i + 1}`) || of(`p${i + 1}`) || palette.ink);
  palette.sans = of('sans') || 'system-ui, sans-serif';
  palette.serif = of('serif') || 'serif';
  return palette;
}

/** Calls `changed` whenever light turns to dark, by the system or by the page, until `signal`. */
export function watchTheme(changed, signal) {
  matchMedia('(prefers-color-scheme: dark)').addEventListener('change', changed, { signal });
  matchMedia('(forced-colors: active)').addEventListener('change', changed, { signal });
  const page = new MutationObserver(changed);
  signal?.addEventListener('abort', () => page.disconnect());
  page.observe(document.documentElement, {
    attributes: true,
    attributeFilter: ['data-theme', 'class'],
  });
}
