// A date typed in words, in the head of the axis.
import { parseWords } from './calendar.js';
import { make } from './frame.js';

const MOST = 183; // days on either side of the date that are shown

/** Asks for a date and goes there. */
export function askDate(it) {
  const { head } = it.frame.axis;
  if (head.querySelector('input')) return;
  const field = make('input', 'tl-date');
  Object.assign(field, { type: 'text', placeholder: '14 June 2022' });
  field.setAttribute('aria-label', 'Go to date');
  let gone = false;
  const remove = () => {
    if (gone) return;
    gone = true;
    field.remove();
  };
  const done = () => {
    remove();
    it.frame.keys.focus({ preventScroll: true });
  };
  field.addEventListener('keydown', (event) => {
    if (event.key === 'Escape') done();
    if (event.key !== 'Enter') return;
    event.preventDefault();
    const day = parseWords(field.value);
    field.setAttribute('aria-invalid', String(day === null));
    if (day === null) return;
    const half = Math.min((it.scale.to - it.scale.from) / 2, MOST);
    it.fit(day - half, day + half);
    done();
  });
  field.addEventListener('blur', remove);
  head.append(field);
  field.focus();
}
