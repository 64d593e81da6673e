// The letter: words that are selected there go along with "New claim"; without a selection it asks for them.

const link = document.querySelector('[data-new-claim]');
const sheet = document.querySelector('.sheet');
const LONGEST = 1500;

/** The words selected inside the letter's paragraphs, without what stands beside them; empty for none. */
function selected() {
  const selection = document.getSelection();
  if (!selection || selection.isCollapsed || !sheet.contains(selection.anchorNode)) return '';
  if (!sheet.contains(selection.focusNode)) return '';
  const part = selection.getRangeAt(0).cloneContents();
  for (const beside of part.querySelectorAll('.notes, .note, .pgb')) beside.remove();
  return part.textContent.trim().replace(/\s+/g, ' ');
}

if (link && sheet) {
  const plain = link.getAttribute('href');
  const name = link.textContent;
  const offer = () => {
    const words = selected();
    const fits = words.length > 0 && words.length <= LONGEST;
    link.textContent = fits ? 'New claim from selection' : name;
    link.href = fits ? `${plain}?words=${encodeURIComponent(words)}#new` : plain;
  };
  document.addEventListener('selectionchange', offer);
  offer(); // of what was selected before this came
}
