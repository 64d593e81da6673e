// The hover label: whose words, when, and what, beside the mark. The picture's own; the list says the same.
import { dayWords } from './calendar.js';
import { make } from './frame.js';
import { claims, many } from './numbers.js';

export class Tip {
  constructor(frame, data, texts) {
    this.element = frame.tip;
    this.host = frame.lanes;
    this.data = data;
    this.texts = texts;
    this.shown = null;
    this.element.setAttribute('aria-hidden', 'true');
  }

  show(found, row, members) {
    const { item } = found;
    const name = item.kind === 'column' ? `${row.lane} ${item.from} ${item.to}` : item.kind === 'bundle' ? item : item.i;
    if (this.shown === name) return;
    this.shown = name;
    if (item.kind === 'column' || item.kind === 'bundle') this.fillMany(item, members);
    else this.fillOne(item.i);
    const plot = row.plot.getBoundingClientRect();
    const host = this.host.getBoundingClientRect();
    this.at = { x: plot.left - host.left + (found.left + found.right) / 2, y: plot.top - host.top, found };
    this.element.hidden = false;
    this.put();
  }

  put() {
    const { x, y, found } = this.at;
    const tip = this.element;
    const left = Math.max(4, Math.min(x - 20, this.host.clientWidth - tip.offsetWidth - 4));
    const above = y + found.top - tip.offsetHeight - 10;
    tip.style.transform = `translate(${Math.round(left)}px, ${Math.round(above > 48 ? above : y + found.bottom + 10)}px)`;
  }

  fillMany(item, members) {
    const told = members.filter((i) => this.data.quoted(i)).length;
    const reported = item.kind === 'column' ? item.reported : item.blocks && item.traits.reported ? item.count : told;
    const extent = item.kind === 'column' ? item : item.blocks?.[0];
    const when = extent ? `${dayWords(extent.from)}${extent.to - extent.from > 1 ? ` to ${dayWords(extent.to - 1)}` : ''}` : '';
    const count = item.kind === 'column' ? item.own + item.reported : members.length + (item.count || 0);
    this.element.replaceChildren(
      make('b', '', `${claims(count)}${reported ? `, ${reported === count ? 'all' : `${many(reported)} of them`} reported` : ''}`), make('span', 'sub', when),
    );
  }

  fillOne(i) {
    const fill = () => {
      const words = this.texts.get(i);
      this.element.replaceChildren(
        make('b', '', words?.date || dayWords(this.data.start[i])),
        make('span', 'sub', words?.voice || this.data.lanes[this.data.laneOf(i)].name),
        make('q', '', words?.clause || ''),
      );
      this.element.lastChild.dir = 'auto';
    };
    fill();
    if (this.texts.get(i)) return;
    this.texts.one(i).then(() => {
      if (this.shown !== i) return;
      fill();
      this.put();
    });
  }

  hide() {
    if (this.shown === null) return;
    this.shown = null;
    this.element.hidden = true;
  }
}
