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
    for (const old of this.frame.lanes.querySelectorAll('.tl-group')) old.remove();
    let after = this.frame.keys;
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
      after.after(row.element);
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

  restore() {
    this.state = readLanes(location.search);
    this.apply();
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

  /** The lanes' own small page: what a lane is, its place, whether it is shown. */
  choose() {
    const dialog = make('dialog', 'tl-help tl-choose');
    dialog.setAttribute('aria-label', 'Lanes');
    const fill = () => {
      const close = make('button', 'btn', 'Close');
      close.type = 'button';
      close.addEventListener('click', () => dialog.close());
      const foot = make('p', 'tl-foot');
      foot.append(close);
      dialog.replaceChildren(make('h2', '', 'Lanes'), this.ways(), this.grouping(), this.list(fill), foot);
    };
    fill();
    dialog.addEventListener('close', () => dialog.remove());
    document.body.append(dialog);
    dialog.showModal();
  }

  ways() {
    const set = make('fieldset');
    set.append(make('legend', '', 'A lane for each party'));
    for (const [way, words] of WAYS) {
      const label = make('label');
      const box = make('input');
      Object.assign(box, { type: 'radio', name: 'by', value: way, checked: this.state.by === way });
      box.addEventListener('change', () => {
        const address = new URL(location.href);
        if (way === 'words') address.searchParams.delete('by');
        else address.searchParams.set('by', way);
        for (const name of ['hide', 'pin', 'order']) address.searchParams.delete(name);
        location.assign(address);
      });
      label.append(box, ` ${words}`);
      set.append(label);
    }
    return set;
  }

  grouping() {
    const set = make('fieldset');
    for (const [name, words] of [['group', 'Group states, organs, persons'], ['two', 'Second axis: down the lane, when it was said']]) {
      const label = make('label');
      const box = make('input');
      Object.assign(box, { type: 'checkbox', checked: this.state[name] });
      box.addEventListener('change', () => this.set({ [name]: box.checked }));
      label.append(box, ` ${words}`);
      set.append(label);
    }
    return set;
  }

  list(fill) {
    const list = make('ul', 'tl-lanes-list');
    const hidden = this.data.lanes.map((_, i) => i).filter((i) => !this.shown.includes(i));
    for (const i of [...this.shown, ...hidden]) list.append(this.line(i, fill));
    return list;
  }

  line(i, fill) {
    const lane = this.data.lanes[i];
    const item = make('li');
    const label = make('label');
    const box = make('input');
    Object.assign(box, { type: 'checkbox', checked: this.shown.includes(i) });
    box.addEventListener('change', () => this.toggle('hide', i));
    label.append(box, ` ${lane.name}`);
    item.append(label);
    const act = (sign, words, does, pressed) => {
      const button = make('button', 'btn bare ic', sign);
      button.type = 'button';
      button.setAttribute('aria-label', `${words}: ${lane.name}`);
      if (pressed !== undefined) button.setAttribute('aria-pressed', String(pressed));
      button.addEventListener('click', () => {
        does();
        fill();
      });
      item.append(button);
    };
    act('↑', 'Up', () => this.move(i, -1));
    act('↓', 'Down', () => this.move(i, 1));
    act('Pin', 'Keep on top', () => this.toggle('pin', i), this.state.pin.includes(String(lane.id)));
    return item;
  }
}
