// The panel beside the lanes: fetched by HTMX, so that it works the same from a list.
import { htmx } from './htmx.js';

export class Panel {
  constructor(root, signal) {
    this.root = root;
    this.template = root.dataset.panelUrl;
    this.element = document.getElementById('panel');
    this.position = '';
    this.element?.addEventListener('htmx:afterSwap', () => this.place(), { signal });
    for (const name of ['htmx:responseError', 'htmx:sendError', 'htmx:timeout']) {
      this.element?.addEventListener(name, () => this.fail(), { signal });
    }
  }

  get isOpen() {
    return this.root.dataset.panel === 'open';
  }

  /** Fetches a claim into the panel; `position` is its place in its lane, in words. */
  open(id, position) {
    if (!this.element || !this.template) return;
    this.position = position;
    this.element.hidden = false;
    this.root.dataset.panel = 'open';
    if (this.element.dataset.claim === String(id) && this.element.childElementCount) {
      this.place();
      return;
    }
    this.element.dataset.claim = id;
    this.fetch();
  }

  /** The newest wish counts: hx-sync on the element gives up one that is still under way. */
  fetch() {
    const { claim } = this.element.dataset;
    htmx().then((it) => {
      if (this.element.dataset.claim !== claim) return; // closed, or another is wished by now
      const address = this.template.replace('{id}', encodeURIComponent(claim));
      it.ajax('GET', address, { source: this.element, target: this.element, swap: 'innerHTML' })
        .catch(() => {}); // a failure is said by its event, a wish given up needs no word
    }, () => this.fail());
  }

  /** Writes the claim's place in its lane where the panel leaves room for it. */
  place() {
    const spot = this.element.querySelector('[data-position]');
    if (spot && this.position) spot.textContent = this.position;
  }

  /** Says that a claim could not be fetched, and offers to try again. */
  fail() {
    const said = document.getElementById('panel-failed').content.cloneNode(true);
    said.querySelector('[data-again]').addEventListener('click', () => this.fetch());
    this.element.replaceChildren(said);
  }

  close() {
    if (!this.element || this.element.hidden) return false; // it outlives the timeline that opened it
    this.element.hidden = true;
    this.element.dataset.claim = '';
    this.element.replaceChildren();
    delete this.root.dataset.panel;
    return true;
  }
}
