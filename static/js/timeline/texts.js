// The few words of marks, fetched when they are needed, a batch at a time, and kept.

const AT_ONCE = 120;
const WAIT = 90; // milliseconds to gather a batch

export class Texts {
  constructor(data, url, arrived) {
    this.data = data;
    this.url = url;
    this.arrived = arrived;
    this.known = new Map();
    this.asked = new Set();
    this.waiting = [];
    this.timer = null;
  }

  get(i) {
    return this.known.get(i);
  }

  label(i) {
    return this.known.get(i)?.label || '';
  }

  /** Asks for the words of these claims, unless they are known or under way. */
  want(places) {
    for (const i of places) {
      if (this.asked.has(i)) continue;
      this.asked.add(i);
      this.waiting.push(i);
    }
    if (this.waiting.length && this.timer === null) this.timer = setTimeout(() => this.fetch(), WAIT);
  }

  /** The words of one claim, as soon as they are here. */
  async one(i) {
    if (!this.known.has(i)) await this.load([i]);
    return this.known.get(i);
  }

  async fetch() {
    this.timer = null;
    const batch = this.waiting.splice(0, AT_ONCE);
    if (this.waiting.length) this.timer = setTimeout(() => this.fetch(), WAIT);
    await this.load(batch);
    this.arrived();
  }

  async load(places) {
    const ids = places.map((i) => this.data.ids[i]);
    const address = new URL(this.url, location.href);
    address.searchParams.set('ids', ids.join(','));
    try {
      const answer = await fetch(address, { headers: { Accept: 'application/json' } });
      if (!answer.ok) return;
      const { texts } = await answer.json();
      places.forEach((i, k) => {
        if (texts[ids[k]]) this.known.set(i, texts[ids[k]]);
      });
    } catch {
      // Without words the marks still stand; they are asked for again when next needed.
      places.forEach((i) => this.asked.delete(i));
    }
  }
}
