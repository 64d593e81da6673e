// A date typed in words, in the head of the axis.
import { make } from './frame.js';

const MOST = 183; // days on either side of the date that are shown, where it is shorter
const ROOM = 0.1; // of its length, on either side of a longer one

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
  const go = async () => {
    const found = await dayOf(it, field.value);
    if (gone) return;
    field.setCustomValidity(found.error || '');
    field.setAttribute('aria-invalid', String(Boolean(found.error)));
    if (found.error) {
      field.reportValidity();
      return;
    }
    const most = Math.min((it.scale.to - it.scale.from) / 2, MOST);
    const half = Math.max((found.last + 1 - found.first) * (0.5 + ROOM), most);
    const middle = (found.first + found.last + 1) / 2;
    it.fit(middle - half, middle + half);
    done();
  };
  field.addEventListener('keydown', (event) => {
    if (event.key === 'Escape') done();
    if (event.key !== 'Enter') return;
    event.preventDefault();
    go();
  });
  field.addEventListener('input', () => field.setCustomValidity(''));
  field.addEventListener('blur', remove);
  head.append(field);
  field.focus();
}

/** {first, last} as day numbers of a date in words, or {error}: read by the server, as letters are. */
async function dayOf(it, words) {
  try {
    const address = it.texts.url.replace('marks-texts', 'marks-day');
    const answer = await fetch(`${address}?${new URLSearchParams({ words })}`);
    return answer.ok ? await answer.json() : { error: 'The date could not be read just now. Try again.' };
  } catch {
    return { error: 'The connection failed. Try again.' };
  }
}
