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

  /** Shows the claims with these public numbers, of `total`, at (x, y) of the host under `title`. */
  async show(ids, title, x, y, total = ids.length) {
    this.close();
    const box = make('div', 'tl-list');
    box.setAttribute('role', 'dialog');
    box.setAttribute('aria-label', title);
    const list = make('ul');
    box.append(make('h2', '', title), list);
    this.element = box;
    this.host.append(box);
    const shown = ids.slice(0, SHOWN);
    const missing = shown.filter((id) => !this.texts.known.has(id));
    for (let k = 0; k < missing.length; k += 100) await this.texts.load(missing.slice(k, k + 100));
    if (this.element !== box) return;
    for (const id of shown) list.append(this.line(id));
    if (total > shown.length) list.append(make('li', 'sub', `and ${total - shown.length} more, in the list below`));
    box.style.left = `${Math.max(4, Math.min(x, this.host.clientWidth - box.offsetWidth - 4))}px`;
    box.style.top = `${Math.max(4, Math.min(y + 12, this.host.clientHeight - box.offsetHeight - 4))}px`;
    list.querySelector('button')?.focus();
  }

  line(id) {
    const words = this.texts.known.get(id);
    const item = make('li');
    const button = make('button');
    button.type = 'button';
    button.append(make('b', '', words?.date || ''), make('span', 'sub', words?.voice || ''), make('q', '', words?.clause || ''));
    button.lastChild.dir = 'auto';
    button.addEventListener('click', () => {
      this.close();
      this.open(id);
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
