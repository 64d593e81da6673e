// The letter: notes stand at the height of their first word, pushed apart; J and K go from claim to claim.

const GAP = 10;
const wide = matchMedia('(min-width: 861px)');
const sheet = document.querySelector('.sheet');
const notes = [...sheet.querySelectorAll('.notes .note')];
const anchorOf = (id) => document.getElementById(`claim-${id}`);
const highlights = [...sheet.querySelectorAll('.hl')];
const marksOf = (id) => highlights.filter((mark) => mark.dataset.claims.split(' ').includes(id));
let current = -1;

/** Puts every note beside its first word; where two would overlap, the later gives way downwards. */
function place() {
  for (const note of notes) note.style.marginTop = '';
  if (!wide.matches) return;
  const tops = notes.map((note) => (marksOf(note.dataset.note)[0] || note).getBoundingClientRect().top);
  const boxes = notes.map((note) => ({ top: note.getBoundingClientRect().top, height: note.offsetHeight }));
  let free = -Infinity;
  let shift = 0;
  let group = null;
  notes.forEach((note, k) => {
    if (note.parentElement !== group) {
      group = note.parentElement;
      shift = 0;
    }
    const wanted = Math.max(tops[k] + 3, free);
    const more = Math.max(0, wanted - (boxes[k].top + shift));
    note.style.marginTop = `${more}px`;
    shift += more;
    free = boxes[k].top + shift + boxes[k].height + GAP;
  });
  sheet.dataset.placed = '';
}

/** Raises a claim's note and its words. */
function choose(id) {
  current = notes.findIndex((note) => note.dataset.note === id);
  for (const on of sheet.querySelectorAll('.on')) on.classList.remove('on');
  if (current < 0) return;
  notes[current].classList.add('on');
  for (const mark of marksOf(id)) mark.classList.add('on');
}

function go(step) {
  const next = Math.min(Math.max(current + step, 0), notes.length - 1);
  if (!notes[next]) return;
  const id = notes[next].dataset.note;
  history.replaceState(history.state, '', `#claim-${id}`);
  choose(id);
  anchorOf(id)?.scrollIntoView({ block: 'center' });
}

function fromAddress() {
  const id = /^#claim-(\d+)$/.exec(location.hash)?.[1];
  if (id) choose(id);
}

sheet.addEventListener('click', (event) => {
  const mark = event.target.closest('.hl');
  if (!mark) return;
  const ids = mark.dataset.claims.split(' ');
  const id = ids[(ids.indexOf(notes[current]?.dataset.note) + 1) % ids.length];
  choose(id);
  history.replaceState(history.state, '', `#claim-${id}`);
});
document.addEventListener('keydown', (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest('input, textarea, select')) return;
  if (event.key === 'j') go(1);
  if (event.key === 'k') go(-1);
});
addEventListener('hashchange', fromAddress);
wide.addEventListener('change', place);
new ResizeObserver(place).observe(sheet);
document.fonts.ready.then(place);
place();
fromAddress();
