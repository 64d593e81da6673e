// The timeline is drawn before the page's first picture; where its script is late, the reader does not wait for it.
const PATIENCE = 400; // milliseconds

setTimeout(() => document.querySelector('script[blocking]')?.removeAttribute('blocking'), PATIENCE);
