// What every page does with a script: the theme, copying, pop-ups that close.
const root = document.documentElement;

// The timeline is drawn before its page's first picture; where its script is late, the reader does not wait for it.
// So this comes as soon as it can; what follows waits until the page has been read, and for no other script.
const PATIENCE = 400; // milliseconds
setTimeout(() => document.querySelector('script[blocking]')?.removeAttribute('blocking'), PATIENCE);
if (document.readyState === 'loading') await new Promise((done) => { document.addEventListener('readystatechange', done, { once: true }); });

function isDark() {
  return getComputedStyle(root).colorScheme === 'dark';
}

for (const button of document.querySelectorAll('[data-theme-switch]')) {
  button.hidden = false;
  button.addEventListener('click', () => {
    const theme = isDark() ? 'light' : 'dark';
    root.dataset.theme = theme;
    document.cookie = `theme=${theme};path=/;max-age=31536000;samesite=lax`;
  });
}

// On a phone the tabs scroll: the one that one is on shows. The first does anyway, so nothing is measured for it.
const tab = document.querySelector('.tabs [aria-current]');
if (tab?.previousElementSibling) tab.parentNode.scrollLeft = tab.offsetLeft - tab.parentNode.offsetLeft - 40;

/** Copies the text a button names, and says so on the button for a moment. */
async function copy(button) {
  const source = button.dataset.copyFrom && document.getElementById(button.dataset.copyFrom);
  const text = source ? source.textContent.replace(/\s+/g, ' ').trim() : new URL(button.dataset.copy || location.href, location.href).href;
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    return;
  }
  const words = button.textContent;
  button.textContent = 'Copied';
  setTimeout(() => { button.textContent = words; }, 1600);
}

document.addEventListener('click', (event) => {
  const button = event.target.closest?.('[data-copy], [data-copy-from]');
  if (button) copy(button);
  for (const open of document.querySelectorAll('details.facet[open]')) {
    if (!open.contains(event.target)) open.open = false;
  }
});

document.addEventListener('keydown', (event) => {
  if (event.key !== 'Escape') return;
  const open = document.querySelector('details.facet[open]');
  if (!open) return;
  open.open = false;
  open.querySelector('summary').focus();
});

// A filter applies when it is changed; its list of values is open again afterwards, with the focus where it was.
const APPLIES_AFTER = 600; // milliseconds, so that several values can be ticked in one go
const OPEN_FACET = 'claimline-facet';
let applying = 0;

/** The value chosen last, where this page comes of a filter: storage is slow to open, so others do not ask it. */
function remembered() {
  if (document.referrer.split('?')[0] !== location.href.split(/[?#]/)[0]) return null;
  try {
    const value = sessionStorage.getItem(OPEN_FACET);
    sessionStorage.removeItem(OPEN_FACET);
    return value;
  } catch {
    return null;
  }
}

document.addEventListener('change', (event) => {
  const field = event.target;
  const form = field.closest?.('form[data-filters]');
  if (!form || field.type === 'search') return;
  clearTimeout(applying);
  applying = setTimeout(() => {
    try {
      sessionStorage.setItem(OPEN_FACET, `${field.name}=${field.value}`);
    } catch {
      // Without storage the list is closed after the change, no more.
    }
    form.requestSubmit();
  }, APPLIES_AFTER);
});

// Who reaches for a button of the form applies the filter themselves.
document.addEventListener('pointerdown', (event) => {
  if (event.target.closest?.('form[data-filters] button')) clearTimeout(applying);
});

const changed = remembered();
for (const field of changed ? document.querySelectorAll('form[data-filters] input[type=checkbox]') : []) {
  if (changed !== `${field.name}=${field.value}`) continue;
  field.closest('details').open = true;
  field.focus({ preventScroll: true });
}

// The claim that is open stays open under other filters; empty fields stay out of the address.
document.addEventListener('submit', (event) => {
  if (!event.target.matches('form[data-filters]')) return;
  clearTimeout(applying);
  const { claim } = event.target.elements;
  if (claim) claim.value = new URLSearchParams(location.search).get('claim') || '';
  for (const field of event.target.elements) if (field.name && !field.value) field.disabled = true;
});
addEventListener('pageshow', () => {
  for (const field of document.querySelectorAll('form[data-filters] :disabled')) field.disabled = false;
});

// A row of the list opens in the panel beside the lanes, where there is one; elsewhere its link is followed.
document.addEventListener('click', (event) => {
  const link = event.target.closest?.('a[data-open-claim]');
  const timeline = document.getElementById('timeline');
  if (!link || !timeline || timeline.dataset.ready === undefined) return;
  if (event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
  event.preventDefault();
  const address = new URL(location.href);
  address.searchParams.set('claim', link.dataset.openClaim);
  address.hash = '';
  history.pushState({}, '', address);
  dispatchEvent(new PopStateEvent('popstate', { state: {} }));
  if (timeline.dataset.panel !== 'open') {
    location.assign(link.href);
    return;
  }
  for (const row of document.querySelectorAll('tr[data-claim]')) row.classList.toggle('sel', row.dataset.claim === link.dataset.openClaim);
  const lane = timeline.querySelector(`[data-lane="${link.closest('[data-in-lane]')?.dataset.inLane}"]`);
  if (lane && matchMedia('(max-width: 860px)').matches) lane.scrollIntoView({ block: 'start' });
  else if (!link.closest('#panel')) timeline.scrollIntoView({ block: 'start' });
});
