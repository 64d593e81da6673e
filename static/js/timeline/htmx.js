// HTMX, which only the panel needs: it comes after the first view, or when a claim is opened.

let coming = null;

/** When the page has loaded: HTMX reads its settings at once only then. */
const loaded = () => new Promise((done) => {
  if (document.readyState === 'complete') done();
  else addEventListener('load', done, { once: true });
});

/** HTMX as soon as it is here; it is fetched from the address that `#timeline` names. */
export function htmx() {
  coming ||= loaded().then(() => new Promise((done, failed) => {
    const script = document.createElement('script');
    script.src = document.getElementById('timeline').dataset.htmxUrl;
    script.addEventListener('load', () => done(window.htmx));
    script.addEventListener('error', failed);
    document.head.append(script);
  })).catch((error) => {
    coming = null; // the next wish tries again
    throw error;
  });
  return coming;
}
