// Which lanes stand where: order, pins, hidden ones, groups; and what a lane is. All of it is in the address.
import { make } from './frame.js';

const KINDS = [
  ['state', 'States'], ['organ', 'Organs'], ['office', 'Offices'], ['organisation', 'Organisations'],
  ['group', 'Groups'], ['person', 'Persons'], ['', 'Nobody named'],
];
export const WAYS = [['words', 'Whose words'], ['says', 'Who says it'], ['about', 'Whom it is about']];

const numbers = (text) => (text || '').split(',').filter(Boolean);

/** The places of lanes in the order they are shown: pinned first, then by hand, then as they came. */
export function arrange(lanes, { order, pin, hide, group }) {
  const rank = (lane, list) => {
    const at = list.indexOf(String(lane.id));
    return at < 0 ? list.length : at;
  };
  const kind = (lane) => {
    const at = KINDS.findIndex(([name]) => name === lane.kind);
    return at < 0 ? KINDS.length : at;
  };
  return lanes.map((_, i) => i)
    .filter((i) => !hide.includes(String(lanes[i].id)))
    .sort((a, b) => rank(lanes[a], pin) - rank(lanes[b], pin)
      || (group ? kind(lanes[a]) - kind(lanes[b]) : 0)
      || rank(lanes[a], order) - rank(lanes[b], order) || a - b);
}

/** What the address says of lanes. */
export function readLanes(search) {
  const query = new URLSearchParams(search);
  return {
    order: numbers(query.get('order')), pin: numbers(query.get('pin')), hide: numbers(query.get('hide')),
    group: query.get('group') === '1', two: query.get('axis') === 'two', by: WAYS.some(([way]) => way === query.get('by')) ? query.get('by') : 'words',
  };
}

export class Lanes {
  /** `changed` is called when lanes stand otherwise. */
  constructor(frame, data, changed) {
    this.frame = frame;
    this.data = data;
    this.changed = changed;
    this.state = readLanes(location.search);
    this.shown = [];
    this.apply();
  }

  /** Puts the rows where they belong. */
  apply() {
    const { lanes } = this.data;
    this.shown = arrange(lanes, this.state);
    this.frame.lanes.classList.toggle('tl-two', this.state.two);
    for (const old of this.frame.lanes.querySelectorAll('.tl-group')) old.remove();
    let after = this.frame.axis.element;
    let kind = null;
    for (const i of this.shown) {
      const row = this.frame.rows.find((r) => r.lane === i);
      const pinned = this.state.pin.includes(String(lanes[i].id));
      const group = pinned ? 'pinned' : lanes[i].kind;
      if (this.state.group && group !== kind) {
        kind = group;
        const name = pinned ? 'Pinned' : (KINDS.find(([k]) => k === group) || ['', 'Others'])[1];
        const head = make('div', 'tl-group', name);
        after.after(head);
        after = head;
      }
      if (after.nextElementSibling !== row.element) after.after(row.element);
      after = row.element;
      row.element.classList.toggle('tl-pinned', pinned);
    }
    for (const row of this.frame.rows) row.element.hidden = !this.shown.includes(row.lane);
  }

  set(state) {
    this.state = { ...this.state, ...state };
    const address = new URL(location.href);
    const put = (name, value) => (value ? address.searchParams.set(name, value) : address.searchParams.delete(name));
    for (const name of ['order', 'pin', 'hide']) put(name, this.state[name].join(','));
    put('group', this.state.group ? '1' : '');
    put('axis', this.state.two ? 'two' : '');
    history.replaceState({}, '', address);
    this.apply();
    this.changed();
  }

  /** Takes the lanes that the address names; says whether they take other room than before. */
  restore() {
    const room = () => `${this.shown} ${this.state.two}`;
    const before = room();
    this.state = readLanes(location.search);
    this.apply();
    return before !== room();
  }

  move(i, by) {
    const at = this.shown.indexOf(i);
    const other = at + by;
    if (other < 0 || other >= this.shown.length) return;
    const shown = [...this.shown];
    [shown[at], shown[other]] = [shown[other], shown[at]];
    this.set({ order: shown.map((k) => String(this.data.lanes[k].id)) });
  }

  toggle(list, i) {
    const id = String(this.data.lanes[i].id);
    const has = this.state[list].includes(id);
    this.set({ [list]: has ? this.state[list].filter((other) => other !== id) : [...this.state[list], id] });
  }
}
