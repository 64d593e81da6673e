// Starts the timeline of the page: fetches its marks, draws the first view, says that it is ready.
import { htmx } from './htmx.js';
import { Instrument } from './instrument.js';
import { readLanes } from './lanes.js';
import { MarkData } from './marks-data.js';
import { addTakeMenu } from './take-menu.js';

/** The data of a dossier too large for all its marks. */
async function counted(json, url, changed) {
  const { CountedData } = await import('./counted-data.js');
  return new CountedData(json, url, changed);
}

async function start(root) {
  if (!root || root.dataset.started !== undefined) return;
  root.dataset.started = '';
  const { by } = readLanes(location.search);
  if (by !== 'words') {
    const address = new URL(root.dataset.marksUrl, location.href);
    address.searchParams.set('by', by);
    root.dataset.marksUrl = address.pathname + address.search;
  }
  const answer = await fetch(root.dataset.marksUrl, { headers: { Accept: 'application/json' }, credentials: 'same-origin' });
  if (!answer.ok) {
    root.dataset.failed = String(answer.status);
    return;
  }
  const json = await answer.json();
  let instrument = null;
  const changed = () => instrument?.renewed();
  const data = json.mode === 'counts' ? await counted(json, root.dataset.marksUrl, changed) : new MarkData(json);
  instrument = new Instrument(root, data);
  root.classList.add('tl-live');
  instrument.draw();
  root.dataset.ready = '';
  addTakeMenu(root);
  htmx().catch(() => {}); // who opens a claim asks again
}

start(document.getElementById('timeline'));
document.addEventListener('htmx:afterSwap', () => start(document.getElementById('timeline')));
