// What every page does with a script: the theme, copying, pop-ups that close.
const root = document.documentElement;

function isDark() {
  return getComputedStyle(root).colorScheme === 'dark';
}

for (const button of document.querySelectorAll('[data-theme-switch]')) {
  button.hidden = false;
  button.addEventListener('click', () => {
    const theme = isDark() ? 'light' : 'dark';
    root.dataset.theme = theme;
    document.cookie = `theme=${theme};path=/;max-age=31536000;samesite=lax`;
  });
}

/** Copies the text a button names, and says so on the button for a moment. */
async function copy(button) {
  const source = button.dataset.copyFrom && document.getElementById(button.dataset.copyFrom);
  const text = source ? source.textContent.replace(/\s+/g, ' ').trim() : new URL(button.dataset.copy || location.href, location.href).href;
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    return;
  }
  const words = button.textContent;
  button.textContent = 'Copied';
  setTimeout(() => { button.textContent = words; }, 1600);
}

document.addEventListener('click', (event) => {
  const button = event.target.closest?.('[data-copy], [data-copy-from]');
  if (button) copy(button);
  for (const open of document.querySelectorAll('details.facet[open]')) {
    if (!open.contains(event.target)) open.open = false;
  }
});

document.addEventListener('keydown', (event) => {
  if (event.key !== 'Escape') return;
  const open = document.querySelector('details.facet[open]');
  if (!open) return;
  open.open = false;
  open.querySelector('summary').focus();
});
