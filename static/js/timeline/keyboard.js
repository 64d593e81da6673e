// Keys: one tab stop, a focus that roams over every claim, and one-letter keys that stay off while typing.

const OFF = 'claimline-keys-off';

export function lettersOff() {
  try {
    return localStorage.getItem(OFF) === '1';
  } catch {
    return false;
  }
}

export function setLettersOff(off) {
  try {
    localStorage.setItem(OFF, off ? '1' : '0');
  } catch {
    // A browser that stores nothing keeps the keys on.
  }
}

function typing(target) {
  return target.closest?.('input:not([type=range]), textarea, select, [contenteditable], dialog') !== null;
}

const LANE_KEYS = {
  ArrowLeft: 'previous', ArrowRight: 'next', ArrowUp: 'up', ArrowDown: 'down', Enter: 'open', ' ': 'open',
  Home: 'first', End: 'last',
};
const ANYWHERE = {
  '+': 'in', '=': 'in', '-': 'out', '−': 'out', 0: 'fit', ',': 'panelPrevious', '.': 'panelNext', '[': 'knownBack',
  ']': 'knownForward', '/': 'search', '?': 'help',
};
const LETTERS = { l: 'fitLane', g: 'goto', f: 'filters', c: 'copy', t: 'list' };

/** Calls act[name]() for the keys of the timeline, until `signal`. `stop` is its one tab stop. */
export function listen(stop, act, signal) {
  stop.addEventListener('keydown', (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const name = LANE_KEYS[event.key];
    if (!name) return;
    event.preventDefault();
    act[name]();
  });
  document.addEventListener('keydown', (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
    if (event.key === 'Escape') {
      // Who came to the search by its key goes back by this one.
      if (event.target.matches?.('[data-search]')) stop.focus({ preventScroll: true });
      else act.close();
      return;
    }
    if (typing(event.target) || !stop.isConnected) return;
    const name = ANYWHERE[event.key] || (event.shiftKey ? null : LETTERS[event.key]);
    if (!name || (lettersOff() && event.target !== stop)) return;
    event.preventDefault();
    act[name]();
  }, { signal });
}
