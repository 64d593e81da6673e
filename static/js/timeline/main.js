// Starts the timeline of the page: fetches its marks, draws the first view, says that it is ready.
import { CountedData } from './counted-data.js';
import { htmx } from './htmx.js';
import { Instrument } from './instrument.js';
import { MarkData } from './marks-data.js';
import { addTakeMenu } from './take-menu.js';

/** Does what the first view does not need once the browser has nothing better to do. */
const atLeisure = (act) => (window.requestIdleCallback ? requestIdleCallback(act, { timeout: 1000 }) : setTimeout(act, 200));

const COMING = ['pointerover', 'focusin'];
let leave = null; // ends what the timeline before this one heard

/** Draws the first view of what marks.json answers. */
function show(root, json) {
  leave?.abort();
  leave = new AbortController();
  let instrument = null;
  const changed = () => instrument?.renewed();
  const data = json.mode === 'counts' ? new CountedData(json, root.dataset.marksUrl, changed) : new MarkData(json);
  addTakeMenu(root); // before anything is measured, so that the head of the page moves nothing later
  instrument = new Instrument(root, data, leave.signal);
  root.classList.add('tl-live');
  instrument.draw();
  root.dataset.ready = '';
  atLeisure(() => htmx().catch(() => {})); // who opens a claim asks again
}

/** Asks for the marks where the page has not brought them. */
async function ask(root) {
  const answer = await fetch(root.dataset.marksUrl, { headers: { Accept: 'application/json' }, credentials: 'same-origin' });
  if (answer.ok) show(root, await answer.json());
  else root.dataset.failed = String(answer.status);
}

/** Starts the timeline once; without it the list below is all there is. */
async function start(root) {
  if (!root || root.dataset.started !== undefined) return;
  root.dataset.started = '';
  const brought = document.getElementById('marks');
  try {
    brought?.remove(); // the next timeline brings its own
    if (brought) show(root, JSON.parse(brought.textContent));
    else await ask(root);
  } finally {
    if (root.dataset.ready === undefined) root.dataset.whole = '';
  }
}

/** From when hand or focus first comes near them, filters change the page in place. */
function near(event) {
  if (!event.target.closest?.('[data-filters], .chips, .ways')) return;
  for (const name of COMING) document.removeEventListener(name, near);
  htmx().then(() => import('./in-place.js')).then((it) => it.filterInPlace(), () => {}); // else they are a form like any other
}
for (const name of COMING) document.addEventListener(name, near);

start(document.getElementById('timeline'));
document.addEventListener('htmx:afterSwap', () => start(document.getElementById('timeline')));
