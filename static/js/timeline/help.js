// The keys, on one small page.
import { make } from './frame.js';
import { lettersOff, setLettersOff } from './keyboard.js';

const KEYS = [
  ['← →', 'along the lane'], ['↑ ↓', 'across the line, then to the next lane'], ['Enter', 'open the claim'],
  ['Esc', 'close'], ['+ −', 'zoom'], ['0', 'fit all'], ['L', 'fit this lane'], ['Home End', 'first, last in lane'],
  [', .', 'previous, next with the panel open'], ['[ ]', 'as known on: earlier, later'], ['G', 'go to a date'],
  ['/', 'search'], ['F', 'filters'], ['C', 'copy link'], ['T', 'list'], ['?', 'this help'],
];

/** Shows the keys; a page that has a help of its own (`[data-help]`) shows that. */
export function showHelp() {
  const own = document.querySelector('dialog[data-help]');
  if (own) {
    own.showModal();
    return;
  }
  const dialog = make('dialog', 'tl-help');
  dialog.setAttribute('aria-label', 'Keys of the timeline');
  const list = make('dl');
  for (const [key, words] of KEYS) list.append(make('dt', '', key), make('dd', '', words));
  const label = make('label');
  const box = make('input');
  box.type = 'checkbox';
  box.checked = lettersOff();
  box.addEventListener('change', () => setLettersOff(box.checked));
  label.append(box, ' One-letter keys only while the timeline has the focus');
  const close = make('button', 'btn', 'Close');
  close.type = 'button';
  close.addEventListener('click', () => dialog.close());
  dialog.append(make('h2', '', 'Keys'), list, label, close);
  dialog.addEventListener('close', () => dialog.remove());
  document.body.append(dialog);
  dialog.showModal();
}
