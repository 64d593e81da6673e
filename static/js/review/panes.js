// The claims of the queue as the server draws them, fetched once each and ahead of time.

export class Panes {
  constructor(base, query) {
    this.base = base;
    this.query = query;
    this.kept = new Map();
  }

  // Keep a pane as it is, or forget it (null): it is fetched anew when it is asked for.
  keep(id, html) {
    if (html === null) this.kept.delete(id);
    else this.kept.set(id, Promise.resolve(html));
  }

  // Forget them all: one decision has changed several claims.
  forget() {
    this.kept.clear();
  }

  // Return a claim's pane, or null where it cannot be had.
  get(id) {
    if (!this.kept.has(id)) this.kept.set(id, this.#fetch(id));
    return this.kept.get(id);
  }

  async #fetch(id) {
    try {
      const answer = await fetch(`${this.base}${id}/?${this.query}`, { headers: { "X-Requested-With": "fetch" } });
      if (answer.ok && !answer.redirected) return await answer.text();
    } catch {
      // Asked for again when it is needed.
    }
    this.kept.delete(id);
    return null;
  }
}
