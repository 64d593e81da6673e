// The panel beside the lanes: fetched by HTMX, so that it works the same from a list.

export class Panel {
  constructor(root) {
    this.root = root;
    this.template = root.dataset.panelUrl;
    this.element = document.getElementById('panel');
  }

  get isOpen() {
    return this.root.dataset.panel === 'open';
  }

  /** Fetches a claim into the panel; `position` is its place in its lane, in words. */
  open(id, position) {
    if (!this.element || !this.template) return;
    this.element.hidden = false;
    this.root.dataset.panel = 'open';
    const address = this.template.replace('{id}', id).replace('%7Bid%7D', id);
    if (this.element.dataset.claim === String(id) && this.element.childElementCount) this.place(position);
    else {
      this.element.dataset.claim = id;
      window.htmx
        ?.ajax('GET', address, { target: '#panel', swap: 'innerHTML' })
        .then(() => this.place(position))
        .catch(() => {});
    }
  }

  /** Writes the claim's place in its lane where the panel leaves room for it. */
  place(position) {
    const spot = this.element.querySelector('[data-position]');
    if (spot) spot.textContent = position;
  }

  close() {
    if (!this.isOpen || !this.element) return false;
    this.element.hidden = true;
    this.element.dataset.claim = '';
    this.element.replaceChildren();
    delete this.root.dataset.panel;
    return true;
  }
}
