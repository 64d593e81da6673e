// What can be taken away, behind one button beside "Copy link". It only makes sense with the canvas, so it is made here.
import { make } from './frame.js';

const WAYS = [['svg', 'Picture, SVG', 'sharp at any size'], ['png', 'Picture, PNG', 'for slides and messages'], ['print', 'Print', 'the view and its list']];

function line(action, words, why) {
  const button = make('button', 'tl-way');
  button.type = 'button';
  button.dataset.do = action;
  button.append(make('b', '', words), make('span', 'faint', why));
  return button;
}

/** The words that show this view inside another page. */
export function embedCode(href, title) {
  const address = new URL(href);
  address.searchParams.set('embed', '1');
  const quoted = (text) => text.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;');
  return `<iframe src="${quoted(address.href)}" title="${quoted(title)}" width="100%" height="640" loading="lazy"></iframe>`;
}

function embedding(menu, title) {
  const label = make('label', 'tl-embed', 'To show it in a page of yours');
  const field = make('textarea');
  Object.assign(field, { readOnly: true, rows: 4 });
  field.addEventListener('focus', () => field.select());
  menu.addEventListener('toggle', () => {
    field.value = embedCode(location.href, title);
  });
  label.append(field);
  return label;
}

/** Puts the menu into the head of the page, where there is one. */
export function addTakeMenu(root) {
  const acts = document.querySelector('.mast .acts');
  if (!acts || acts.querySelector('.tl-take')) return;
  const menu = make('details', 'facet tl-take');
  menu.append(make('summary', 'btn', 'Take away'));
  const pop = make('div', 'pop');
  pop.append(...WAYS.map((way) => line(...way)));
  if (root.dataset.mayFrame !== undefined) pop.append(embedding(menu, root.dataset.title));
  pop.addEventListener('click', (event) => {
    if (event.target.closest('[data-do]')) menu.open = false;
  });
  menu.append(pop);
  acts.querySelector('[data-copy]')?.after(menu);
}
