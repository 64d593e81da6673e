// The view in the address: from, to, claim, known. A link shows the same view, and Back works.
import { isoDay, parseIso } from './calendar.js';

const SETTLED = 250; // milliseconds of rest before a moved window is written

export class Address {
  constructor(changed, signal) {
    this.timer = null;
    addEventListener('popstate', () => changed(this.read()), { signal });
    signal?.addEventListener('abort', () => clearTimeout(this.timer));
  }

  /** {from, to, claim, known} as the address says; null where it says nothing. */
  read() {
    const query = new URLSearchParams(location.search);
    const to = parseIso(query.get('to'), true);
    return {
      from: parseIso(query.get('from')),
      to: to === null ? null : to + 1,
      claim: query.get('claim'),
      known: parseIso(query.get('known'), true),
    };
  }

  /** Writes the view in place, once it rests. */
  settle(view) {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.write(view(), false), SETTLED);
  }

  /** Writes a view as a new step of the history. */
  push(view) {
    clearTimeout(this.timer);
    this.write(view, true);
  }

  write(view, step) {
    const address = new URL(location.href);
    const set = (name, value) => {
      if (value === null || value === undefined) address.searchParams.delete(name);
      else address.searchParams.set(name, value);
    };
    set('from', view.whole ? null : isoDay(Math.round(view.from)));
    set('to', view.whole ? null : isoDay(Math.round(view.to) - 1));
    set('claim', view.claim);
    set('known', view.known === null ? null : isoDay(view.known));
    if (address.href === location.href) return;
    history[step ? 'pushState' : 'replaceState']({}, '', address);
    for (const name of ['from', 'to', 'claim', 'known']) {
      for (const field of document.querySelectorAll(`form[data-filters] input[name=${name}]`)) {
        field.value = address.searchParams.get(name) || '';
      }
    }
  }
}
