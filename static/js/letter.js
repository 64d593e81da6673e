// The letter: notes stand at the height of their first word, pushed apart; J and K go from claim to claim.

const GAP = 10;
const wide = matchMedia('(min-width: 861px)');
const sheet = document.querySelector('.sheet');
const notes = [...sheet.querySelectorAll('.notes .note')];
const anchorOf = (id) => document.getElementById(`claim-${id}`);
const highlights = [...sheet.querySelectorAll('.hl')];
const marksOf = (id) => highlights.filter((mark) => mark.dataset.claims.split(' ').includes(id));
let current = -1;

/**
 * Where notes of these heights stand, none over another, in this order, and each as near as can be to the
 * place it wants: neighbours that would overlap form a block, which takes the mean of what its notes want.
 */
function spread(wanted, heights, least) {
  const blocks = [];
  wanted.forEach((top, k) => {
    let block = { from: k, sum: top, count: 1, height: heights[k] + GAP };
    for (let before = blocks.at(-1); before && before.sum / before.count + before.height > block.sum / block.count; before = blocks.at(-1)) {
      blocks.pop();
      block = {
        from: before.from, count: before.count + block.count, height: before.height + block.height,
        sum: before.sum + block.sum - before.height * block.count,
      };
    }
    blocks.push(block);
  });
  const tops = [];
  let free = least;
  blocks.forEach((block, b) => {
    let top = Math.max(block.sum / block.count, free);
    const end = blocks[b + 1]?.from ?? wanted.length;
    for (let k = block.from; k < end; k += 1) {
      tops.push(top);
      top += heights[k] + GAP;
    }
    free = top;
  });
  return tops;
}

/** Puts every note beside its first word. */
function place() {
  for (const note of notes) note.style.top = note.style.position = '';
  sheet.style.minHeight = '';
  if (!wide.matches || !notes.length) return;
  const zero = sheet.getBoundingClientRect().top;
  const first = (note) => marksOf(note.dataset.note)[0] || note;
  const wanted = notes.map((note) => first(note).getBoundingClientRect().top - zero + 3);
  const heights = notes.map((note) => note.offsetHeight);
  const tops = spread(wanted, heights, 0);
  notes.forEach((note, k) => {
    const group = note.parentElement.getBoundingClientRect().top - zero;
    note.style.position = 'absolute';
    note.style.top = `${tops[k] - group}px`;
  });
  const last = tops.at(-1) + heights.at(-1);
  if (last > sheet.offsetHeight) sheet.style.minHeight = `${last}px`;
  sheet.dataset.placed = '';
}

/** Shows the words that attribute a claim: who speaks, by which word, what is said. */
function attribute(id) {
  for (const on of sheet.querySelectorAll('.v-source, .v-cue, .v-content')) on.classList.remove('v-source', 'v-cue', 'v-content');
  for (const lit of sheet.querySelectorAll('.note.lit')) lit.classList.remove('lit');
  if (!id) return;
  sheet.querySelector(`[data-note="${id}"]`)?.classList.add('lit');
  for (const part of sheet.querySelectorAll('[data-voiced]')) {
    for (const token of part.dataset.voiced.split(' ')) {
      const [kind, claim] = token.split('-');
      if (claim === id) part.classList.add(`v-${kind}`);
    }
  }
}

/** The claim under the pointer or the focus: of its note, or the first of its words. */
function pointed(target) {
  const note = target.closest?.('[data-note]');
  return note ? note.dataset.note : target.closest?.('.hl')?.dataset.claims.split(' ')[0];
}

/** Raises a claim's note and its words. */
function choose(id) {
  current = notes.findIndex((note) => note.dataset.note === id);
  for (const on of sheet.querySelectorAll('.on')) on.classList.remove('on');
  if (current < 0) return;
  notes[current].classList.add('on');
  for (const mark of marksOf(id)) mark.classList.add('on');
  attribute(id);
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
for (const [come, go_] of [['pointerover', 'pointerout'], ['focusin', 'focusout']]) {
  sheet.addEventListener(come, (event) => { if (pointed(event.target)) attribute(pointed(event.target)); });
  sheet.addEventListener(go_, () => attribute(notes[current]?.dataset.note));
}
document.addEventListener('keydown', (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest('input, textarea, select')) return;
  if (event.key === 'j') go(1);
  if (event.key === 'k') go(-1);
});
addEventListener('hashchange', fromAddress);
wide.addEventListener('change', place);
addEventListener('resize', place);
document.fonts.ready.then(place);
place();
fromAddress();
