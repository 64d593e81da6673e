// The lanes' own small page: what a lane is, where it stands, whether it is shown.
import { make } from './frame.js';
import { WAYS } from './lanes.js';

const SWITCHES = [['group', 'Group states, organs, persons'], ['two', 'Second axis: down the lane, when it was said']];

function choice(type, name, words, checked, changed) {
  const label = make('label');
  const box = make('input');
  Object.assign(box, { type, name, checked });
  box.addEventListener('change', () => changed(box.checked));
  label.append(box, ` ${words}`);
  return label;
}

/** Asks the server for lanes of another kind: what was ordered by hand were other lanes. */
function goBy(way) {
  const address = new URL(location.href);
  if (way === 'words') address.searchParams.delete('by');
  else address.searchParams.set('by', way);
  for (const name of ['hide', 'pin', 'order']) address.searchParams.delete(name);
  location.assign(address);
}

function ways(lanes) {
  const set = make('fieldset');
  set.append(make('legend', '', 'A lane for each party'));
  set.append(...WAYS.map(([way, words]) => choice('radio', 'by', words, lanes.state.by === way, () => goBy(way))));
  return set;
}

function switches(lanes, again) {
  const set = make('fieldset');
  set.append(...SWITCHES.map(([name, words]) => choice('checkbox', name, words, lanes.state[name], (on) => {
    lanes.set({ [name]: on });
    again();
  })));
  return set;
}

function line(lanes, i, again) {
  const lane = lanes.data.lanes[i];
  const item = make('li');
  item.append(choice('checkbox', 'shown', lane.name, lanes.shown.includes(i), () => lanes.toggle('hide', i)));
  item.firstChild.dir = 'auto';
  const act = (sign, words, does) => {
    const button = make('button', 'btn bare ic', sign);
    button.type = 'button';
    button.setAttribute('aria-label', `${words}: ${lane.name}`);
    button.addEventListener('click', () => {
      does();
      again();
    });
    item.append(button);
    return button;
  };
  act('↑', 'Up', () => lanes.move(i, -1));
  act('↓', 'Down', () => lanes.move(i, 1));
  const pinned = lanes.state.pin.includes(String(lane.id));
  act('Pin', 'Keep on top', () => lanes.toggle('pin', i)).setAttribute('aria-pressed', String(pinned));
  return item;
}

function list(lanes, again) {
  const element = make('ul', 'tl-lanes-list');
  const hidden = lanes.data.lanes.map((_, i) => i).filter((i) => !lanes.shown.includes(i));
  element.append(...[...lanes.shown, ...hidden].map((i) => line(lanes, i, again)));
  return element;
}

/** Opens the page; what is changed on it shows at once behind it. */
export function chooseLanes(lanes) {
  const dialog = make('dialog', 'tl-help tl-choose');
  dialog.setAttribute('aria-label', 'Lanes');
  const foot = make('p', 'tl-foot');
  const offer = (look, words, does) => {
    const button = make('button', look, words);
    button.type = 'button';
    button.addEventListener('click', () => {
      does();
      button.focus(); // it has been taken out and put back
    });
    foot.append(button);
  };
  const fill = () => {
    const name = document.activeElement?.getAttribute('aria-label');
    const field = document.activeElement?.name;
    dialog.replaceChildren(make('h2', '', 'Lanes'), ways(lanes), switches(lanes, fill), list(lanes, fill), foot);
    const same = [...dialog.querySelectorAll('button, input')].find((e) => (name ? e.getAttribute('aria-label') === name : field && e.name === field));
    same?.focus();
  };
  const hide = (ids) => {
    lanes.set({ hide: ids });
    fill();
  };
  offer('btn', 'Close', () => dialog.close());
  offer('btn bare', 'Show all', () => hide([]));
  offer('btn bare', 'Show none', () => hide(lanes.data.lanes.map((lane) => String(lane.id)))); // to choose a few of many
  fill();
  dialog.addEventListener('close', () => dialog.remove());
  document.body.append(dialog);
  dialog.showModal();
}
