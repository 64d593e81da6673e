// While a field has the focus, the place where its value was read is raised and brought into view.
const text = document.querySelector('.read-text');

/** Raises the marks of a field, and none other. */
function show(key) {
  let first = null;
  for (const mark of text.querySelectorAll('mark[data-reads]')) {
    const is = Boolean(key) && mark.dataset.reads.split(' ').includes(key);
    mark.classList.toggle('on', is);
    first ??= is ? mark : null;
  }
  if (first) text.scrollTop = first.offsetTop - text.offsetTop - text.clientHeight / 3;
}

document.querySelector('[data-metadata]')?.addEventListener('focusin', (event) => {
  show(event.target.closest('[data-shows]')?.dataset.shows);
});

// Ctrl + Enter confirms from any field, the choices of a list included.
document.addEventListener('keydown', (event) => {
  if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return;
  event.preventDefault();
  document.querySelector('[data-metadata] [name=confirm]')?.click();
});
