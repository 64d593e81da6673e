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
    return this.known.get(this.data.ids[i]);
  }

  label(i) {
    return this.get(i)?.label || '';
  }

  /** Asks for the words of these claims, unless they are known or under way. */
  want(places) {
    for (const i of places) {
      const id = this.data.ids[i];
      if (this.asked.has(id)) continue;
      this.asked.add(id);
      this.waiting.push(id);
    }
    if (this.waiting.length && this.timer === null) this.timer = setTimeout(() => this.fetch(), WAIT);
  }

  /** The words of one claim, as soon as they are here. */
  async one(i) {
    const id = this.data.ids[i];
    if (!this.known.has(id)) await this.load([id]);
    return this.known.get(id);
  }

  async fetch() {
    this.timer = null;
    const batch = this.waiting.splice(0, AT_ONCE);
    if (this.waiting.length) this.timer = setTimeout(() => this.fetch(), WAIT);
    await this.load(batch);
    this.arrived();
  }

  /** The first claims of a column or block that came as a number: {ids, total}. */
  async list(query) {
    const address = new URL(this.url.replace('marks-texts', 'marks-list'), location.href);
    for (const [name, value] of new URL(this.data.url, location.href).searchParams) address.searchParams.set(name, value);
    for (const [name, value] of Object.entries(query)) address.searchParams.set(name, value);
    const answer = await fetch(address, { headers: { Accept: 'application/json' } });
    if (!answer.ok) return [];
    const { claims } = await answer.json();
    for (const claim of claims) this.known.set(claim.id, claim);
    return claims.map((claim) => claim.id);
  }

  /** Fetches the words of the claims with these public numbers. */
  async load(ids) {
    const address = new URL(this.url, location.href);
    address.searchParams.set('ids', ids.join(','));
    try {
      const answer = await fetch(address, { headers: { Accept: 'application/json' } });
      if (!answer.ok) return;
      const { texts } = await answer.json();
      for (const id of ids) if (texts[id]) this.known.set(id, texts[id]);
    } catch {
      // Without words the marks still stand; they are asked for again when next needed.
      for (const id of ids) this.asked.delete(id);
    }
  }
}
