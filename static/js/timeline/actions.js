// What keys and buttons do. A button anywhere on the page names its action: data-do="fit".

const CLOSER = 0.6;
const focusOn = (...names) => names.map((name) => document.querySelector(name)).find(Boolean)?.focus();

// What is seldom asked for is fetched when it is first asked for.
const takeAway = async (it, kind) => (await import('./take-away.js')).takeAway(it, kind);
const askDate = async (it) => (await import('./go-to-date.js')).askDate(it);
const showHelp = async () => (await import('./help.js')).showHelp();
const chooseLanes = async (it) => (await import('./lanes-dialog.js')).chooseLanes(it.lanes);

/** {name: action} for the instrument `it`. */
export function actionsOf(it) {
  const step = (way) => it.focus(it.roaming.step(it.here(), way, it.known, it.lanes.shown));
  const along = (way) => {
    const i = it.roaming.step(it.selected, way, it.known);
    if (it.panel.isOpen && i >= 0) it.open(i);
  };
  const zoom = (factor) => it.move(it.scale.zoomed(factor, it.width / 2, it.limits));
  return {
    previous: () => step('previous'),
    next: () => step('next'),
    up: () => step('up'),
    down: () => step('down'),
    first: () => step('first'),
    last: () => step('last'),
    open: () => it.focused >= 0 && it.open(it.focused),
    close: () => it.close(),
    in: () => zoom(CLOSER),
    out: () => zoom(1 / CLOSER),
    fit: () => it.fit(it.limits.from, it.limits.to),
    fitLane: () => it.fitLane(),
    panelPrevious: () => along('previous'),
    panelNext: () => along('next'),
    knownBack: () => it.stepKnown(-1),
    knownForward: () => it.stepKnown(1),
    goto: () => askDate(it),
    search: () => focusOn('[data-search]', 'input[type=search]'),
    filters: () => focusOn('[data-filters] summary', '.filters summary'),
    copy: () => navigator.clipboard?.writeText(location.href).then(() => it.say('Link copied.')),
    svg: () => takeAway(it, 'svg'),
    png: () => takeAway(it, 'png'),
    print: () => print(),
    lanes: () => chooseLanes(it),
    list: () => (document.querySelector('[data-list], #list') || document.body).scrollIntoView(),
    help: showHelp,
  };
}

const BUTTONS = '[data-do], [data-zoom], [data-panel-close], [data-claim-prev], [data-claim-next]';

/** Lets the page's buttons act; a click elsewhere closes an open list. */
export function watchButtons(it, act) {
  document.addEventListener('click', (event) => {
    const target = event.target.closest?.(BUTTONS);
    if (!target) {
      if (!event.target.closest?.('.tl-list, [data-plot]')) it.list?.close();
      return;
    }
    const { dataset } = target;
    let name = dataset.do || dataset.zoom;
    if ('panelClose' in dataset) name = 'close';
    else if ('claimPrev' in dataset) name = 'panelPrevious';
    else if ('claimNext' in dataset) name = 'panelNext';
    if (!act[name]) return;
    act[name]();
    event.preventDefault();
  }, { signal: it.signal });
}
