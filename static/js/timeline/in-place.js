// Filters change the page in place: HTMX swaps list, counts and marks; window, panel and focus stay where they were.

const PART = '#main > .wrap';
const VIEW = ['from', 'to', 'claim', 'known']; // what the timeline itself writes into the address

let wish = null; // {address, from, step, sent}: what was asked for last, and where
let shown = '';
let said = null;

/** What of an address decides which claims are shown. */
function filtersOf(address) {
  const query = new URL(address).searchParams;
  for (const name of VIEW) query.delete(name);
  return query.toString();
}

/** What is ticked and written in the form, but for the words sought, which may still be typed. */
function ticked() {
  const form = document.querySelector('form[data-filters]');
  return [...new FormData(form)].filter(([name, value]) => value && name !== 'q' && !VIEW.includes(name)).join('&');
}

/** Asks for the page at an address; `step` makes it a place to come back to. */
function go(address, step) {
  wish = { address: String(address), from: location.href, step, sent: ticked() };
  const part = document.querySelector(PART);
  part.setAttribute('aria-busy', 'true');
  window.htmx.ajax('GET', wish.address, { source: part, target: part, select: `${PART}, #marks`, swap: 'outerHTML show:none' })
    .catch(() => {}); // a failure is told by its event
}

/** The address asked for, with what the timeline wrote into its own meanwhile: a claim opened, a window moved. */
function withView({ address, from }) {
  const asked = new URL(address);
  const [then, now] = [from, location.href].map((href) => new URL(href).searchParams);
  for (const name of VIEW) {
    if (then.get(name) === now.get(name)) continue;
    if (now.has(name)) asked.searchParams.set(name, now.get(name));
    else asked.searchParams.delete(name);
  }
  return asked;
}

/** Where the focus is in the filters, and how to find it again in those that come. */
function place() {
  const at = document.activeElement;
  const { name, value, type } = at;
  const inForm = at.closest('form[data-filters]');
  const open = inForm?.querySelector('details[open]');
  const nth = open ? [...inForm.querySelectorAll('details')].indexOf(open) : -1;
  const scrolled = open?.querySelector('.opts')?.scrollTop || 0;
  const [from, to] = type === 'search' ? [at.selectionStart, at.selectionEnd] : [];
  return () => {
    const form = document.querySelector('form[data-filters]');
    const details = form.querySelectorAll('details')[nth];
    if (details) {
      details.open = true;
      const options = details.querySelector('.opts');
      if (options) options.scrollTop = scrolled;
    }
    if (at.isConnected) return;
    const same = inForm && name && [...form.elements].find((field) => field.name === name && field.type === type && (type !== 'checkbox' || field.value === value));
    const next = same || details?.querySelector('summary') || document.querySelector('.chips a') || form.querySelector('summary');
    next?.focus({ preventScroll: true });
    if (type === 'search' && same) {
      same.value = value; // what was typed since stays
      same.setSelectionRange(from, to);
    }
  };
}

let find = null;

function beforeSwap(event) {
  const { detail } = event;
  if (!wish || !detail.target.matches(PART)) return;
  if (ticked() !== wish.sent) detail.shouldSwap = false; // another value was ticked meanwhile: its answer comes
  if (!detail.shouldSwap) return;
  if (wish.step) history.pushState({}, '', withView(wish));
  find = place();
}

function afterSwap() {
  if (!find) return;
  find();
  find = null;
  wish = null;
  shown = filtersOf(location.href);
  said.textContent = document.querySelector('.filters .count')?.textContent.trim() || '';
}

/** A page that cannot come in place comes as a page, with what it has to say. */
function failed(event) {
  if (!wish || !event.target.matches?.(PART)) return;
  const { address, step } = wish;
  wish = null;
  if (step) location.assign(address);
  else location.reload();
}

function submitted(event) {
  const form = event.target;
  if (event.defaultPrevented || !form.matches('form[data-filters]')) return;
  event.preventDefault();
  const address = new URL(location.href);
  address.search = new URLSearchParams(new FormData(form)).toString(); // empty fields are disabled by now
  address.hash = '';
  for (const field of form.elements) field.disabled = false;
  try {
    sessionStorage.removeItem('claimline-facet'); // the list of values needs no reminder: it stays open
  } catch {
    // Nothing is stored where nothing can be.
  }
  go(address, true);
}

function clicked(event) {
  const link = event.target.closest?.('.chips a, .ways a');
  if (!link || event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
  event.preventDefault();
  const address = new URL(link.href);
  const here = new URL(location.href).searchParams;
  for (const name of VIEW) {
    if ((name === 'from' || name === 'to') && link.dataset.liftsWindow !== undefined) continue;
    if (here.has(name)) address.searchParams.set(name, here.get(name));
    else address.searchParams.delete(name);
  }
  go(address, true);
}

/** From now on filters, chips and ways of the lanes change the page in place. */
export function filterInPlace() {
  if (said || !document.querySelector('form[data-filters]')) return;
  said = document.createElement('div');
  said.className = 'unseen';
  said.setAttribute('aria-live', 'polite'); // no role of its own: the count beside the filters is the status
  document.body.append(said);
  shown = filtersOf(location.href);
  document.addEventListener('submit', submitted);
  document.addEventListener('click', clicked);
  document.addEventListener('htmx:beforeSwap', beforeSwap);
  document.addEventListener('htmx:afterSwap', afterSwap);
  for (const name of ['htmx:responseError', 'htmx:sendError', 'htmx:timeout']) document.addEventListener(name, failed);
  addEventListener('popstate', () => {
    if (filtersOf(location.href) !== shown) go(location.href, false);
  });
}
