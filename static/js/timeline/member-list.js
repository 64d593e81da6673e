// The list behind a column or a bundle: every claim in it, each a button that opens it.
import { make } from './frame.js';

const SHOWN = 200;

export class MemberList {
  constructor(host, texts, open) {
    this.host = host;
    this.texts = texts;
    this.open = open;
    this.element = null;
  }

  /** Shows `members` at (x, y) of the host under `title`. */
  async show(members, title, x, y) {
    this.close();
    const box = make('div', 'tl-list');
    box.setAttribute('role', 'dialog');
    box.setAttribute('aria-label', title);
    const list = make('ul');
    box.append(make('h3', '', title), list);
    this.element = box;
    this.host.append(box);
    const shown = members.slice(0, SHOWN);
    const missing = shown.filter((i) => !this.texts.get(i));
    for (let k = 0; k < missing.length; k += 100) await this.texts.load(missing.slice(k, k + 100));
    if (this.element !== box) return;
    for (const i of shown) list.append(this.line(i));
    if (members.length > SHOWN) list.append(make('li', 'sub', `and ${members.length - SHOWN} more: zoom in`));
    box.style.left = `${Math.max(4, Math.min(x, this.host.clientWidth - box.offsetWidth - 4))}px`;
    box.style.top = `${Math.max(4, Math.min(y + 12, this.host.clientHeight - box.offsetHeight - 4))}px`;
    list.querySelector('button')?.focus();
  }

  line(i) {
    const words = this.texts.get(i);
    const item = make('li');
    const button = make('button');
    button.type = 'button';
    button.append(make('b', '', words?.date || ''), make('span', 'sub', words?.voice || ''), make('q', '', words?.clause || ''));
    button.addEventListener('click', () => {
      this.close();
      this.open(i);
    });
    item.append(button);
    return item;
  }

  /** Whether there was a list to close. */
  close() {
    if (!this.element) return false;
    this.element.remove();
    this.element = null;
    return true;
  }
}
