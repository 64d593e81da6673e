// What lies under the pointer, and what a click on it opens: a claim, a closer view, or the list behind a column.
import { hit } from './hit-test.js';
import { claims } from './numbers.js';

const CLOSER = { days: 7, claims: 12 }; // a column longer and fuller than this opens to a closer view
const AROUND = 0.75; // of a column's length, shown on either side in that view

export class Pointing {
  constructor(instrument) {
    this.it = instrument;
  }

  /** {row, found}: what was last drawn at a place of a plot. */
  at(plot, x, y) {
    const row = this.it.frame.rows.find((r) => r.plot === plot);
    return { row, found: row && hit(row.drawn, x, y) };
  }

  hover(plot, x, y) {
    const { row, found } = this.at(plot, x, y);
    plot.style.cursor = found ? 'pointer' : '';
    this.light(found && found.item.i >= 0 ? found.item.i : -1);
    if (found) this.it.tip.show(found, row, this.membersOf(found.item, row));
    else this.it.tip.hide();
  }

  leave() {
    this.it.tip.hide();
    this.light(-1);
  }

  light(i) {
    if (i === this.it.hovered) return;
    this.it.hovered = i;
    this.it.request();
  }

  /** The claims behind a column or bundle. */
  membersOf(item, row) {
    const { data, roaming, known } = this.it;
    if (item.kind === 'bundle') return this.it.inWindow(item.members);
    if (item.kind !== 'column') return [item.i];
    if (data.counts) return [];
    return roaming.between(row.lane, item.from, item.to, known, row.layout);
  }

  click(plot, x, y) {
    this.it.frame.keys.focus({ preventScroll: true });
    this.it.tip.hide();
    this.it.list?.close(); // it was of another place
    const { row, found } = this.at(plot, x, y);
    if (!found) return;
    const { item } = found;
    if (item.kind === 'mark' || item.kind === 'bar') this.it.open(item.i);
    else this.openMany(row, item, x, y);
  }

  /** A column opens: closer in while it is long, to its list at day width. */
  async openMany(row, item, x, y) {
    const { data, scale } = this.it;
    const members = this.membersOf(item, row);
    const count = item.kind === 'column' ? item.own + item.reported : members.length + (item.count || 0);
    const days = item.kind === 'column' ? item.to - item.from : 0;
    const around = days * AROUND;
    // What is counted by its letter's day as well has no list: that of its days would hold other letters' claims.
    if (item.closer ? days + 2 * around < scale.to - scale.from : days > CLOSER.days && count > CLOSER.claims) {
      this.it.fit(item.from - around, item.to + around);
      return;
    }
    const ids = members.map((i) => data.ids[i]);
    if (data.counts) ids.push(...await this.listed(row, item));
    const { plot, element } = row;
    const inRow = element.contains(plot) && element !== plot ? element.offsetTop : 0;
    const title = `${claims(count)} in ${data.lanes[row.lane].name}’s lane`;
    const { MemberList } = await import('./member-list.js');
    this.it.list ||= new MemberList(this.it.frame.lanes, this.it.texts, (id) => this.it.openId(id));
    this.it.list.show(ids, title, plot.offsetLeft + x, plot.offsetTop + inRow + y, count);
  }

  /** The first claims behind a column or block that is known by its number only. */
  async listed(row, item) {
    const { data, known, texts } = this.it;
    const parts = item.kind === 'column' ? [item] : item.blocks || [];
    const { widest } = data.tile;
    const found = [];
    for (const part of parts.slice(0, 4)) {
      const query = { lane: data.lanes[row.lane].id, from: part.from, to: part.to - 1 };
      if (item.kind === 'column') query.longest = widest;
      else Object.assign(query, { shortest: widest + 1, longest: Math.ceil((part.to - part.from) * 1.31), quoted: Number(part.reported), open: part.open });
      if (known !== null) query.known = known;
      found.push(...await texts.list(query));
    }
    return found;
  }
}
