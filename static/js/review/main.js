// The review queue without a page load between two claims: what is decided is sent while the next claim, fetched
// beforehand, is already on the screen. Each claim keeps what was typed until the server has it.
import { understandDates } from "../admin/understand.js";
import { listenToKeys, types } from "./keys.js";
import { Panes } from "./panes.js";

const review = document.querySelector("[data-review]");
if (review?.querySelector("[data-pane]")) start(review);

function start(review) {
  const pane = review.querySelector("[data-pane]");
  const said = review.querySelector("[data-said]");
  const panes = new Panes(review.dataset.review, review.dataset.query);
  const desk = { review, pane, said, panes, sending: Promise.resolve() };
  panes.keep(currentId(pane), pane.innerHTML);
  pane.addEventListener("submit", (event) => {
    event.preventDefault();
    // Sent with Enter from within a field: nothing is typed there any more.
    if (types(document.activeElement)) pane.focus({ preventScroll: true });
    if (event.target.matches("[data-note]")) note(desk, event.target, event.submitter);
    else if (event.target.matches("[data-undoing]")) undo(desk, event.target);
    else decide(desk, event.submitter?.value || "correct");
  });
  review.querySelector("[data-queue]").addEventListener("click", (event) => {
    const link = event.target.closest("a[data-claim]");
    if (!link || event.metaKey || event.ctrlKey) return;
    event.preventDefault();
    show(desk, link.dataset.claim);
  });
  review.querySelector(".rev-steps").addEventListener("click", (event) => {
    const link = event.target.closest("[data-step]");
    if (!link || event.metaKey || event.ctrlKey) return;
    event.preventDefault();
    step(desk, Number(link.dataset.step));
  });
  review.querySelector("[data-undo]").addEventListener("submit", (event) => {
    event.preventDefault();
    undo(desk);
  });
  listenToKeys(review, {
    a: () => decide(desk, "accept"),
    d: () => decide(desk, "dismiss"),
    e: () => focus(pane, "edtf"),
    v: () => focus(pane, "asserted_by"),
    s: () => focus(pane, "stance"),
    j: () => step(desk, 1),
    k: () => step(desk, -1),
    x: () => decide(desk, "split"),
    m: () => focus(pane, "same"),
    u: () => undo(desk),
    n: () => {
      pane.querySelector("[data-notes]")?.setAttribute("open", "");
      focus(pane, "note");
    },
    p: () => pane.querySelector("[data-page] summary")?.click(),
    o: () => pane.querySelector("[data-letter]")?.click(),
  });
  prefetch(desk);
}

function currentId(pane) {
  return pane.querySelector("[data-form], [data-undoing]").dataset.claim;
}

function links(desk) {
  return [...desk.review.querySelectorAll("[data-queue] a[data-claim]")];
}

function neighbour(desk, id, by) {
  const all = links(desk);
  const place = all.findIndex((link) => link.dataset.claim === id);
  return all[place + by]?.dataset.claim;
}

function focus(pane, name) {
  const field = pane.querySelector(`[name="${name}"]`);
  field?.focus();
  field?.select?.();
}

async function show(desk, id) {
  const html = await desk.panes.get(id);
  await typed(desk.pane);
  if (html === null) {
    desk.said.textContent = "This claim could not be shown. Load the page again.";
    return;
  }
  put(desk, id, html);
  prefetch(desk);
}

// A pane is never taken away while one types in it: the rest of the words would be taken for commands.
function typed(pane) {
  const field = document.activeElement;
  if (!pane.contains(field) || !types(field)) return undefined;
  return new Promise((done) => {
    field.addEventListener("blur", done, { once: true });
  });
}

// After what was saved: the claim as it stands now. Where one has begun to type already, only what is hidden.
async function renew(desk, id) {
  const html = await desk.panes.get(id);
  if (html === null || currentId(desk.pane) !== id) return;
  if (!typed(desk.pane)) {
    put(desk, id, html);
    return;
  }
  const now = new DOMParser().parseFromString(html, "text/html");
  for (const name of ["version", "seen"]) {
    const [here, there] = [desk.pane, now].map((root) => root.querySelector(`[data-form] [name="${name}"]`));
    if (here && there) here.value = there.value;
  }
}

function put(desk, id, html) {
  // What had the focus goes with the old claim: a reader of the screen goes on at the new one.
  const inside = desk.pane.contains(document.activeElement);
  const other = currentId(desk.pane) !== id;
  desk.pane.innerHTML = html;
  desk.pane.setAttribute("aria-label", `Claim: ${desk.pane.querySelector("h2.rev-date")?.textContent || "both versions"}`);
  if (inside) desk.pane.focus({ preventScroll: true });
  for (const link of links(desk)) {
    if (link.dataset.claim === id) {
      link.setAttribute("aria-current", "true");
      link.scrollIntoView({ block: "nearest" });
    } else link.removeAttribute("aria-current");
  }
  for (const link of desk.review.querySelectorAll("[data-step]")) {
    const beside = neighbour(desk, id, Number(link.dataset.step));
    link.hidden = !beside && link.dataset.step === "-1";
    link.href = `${desk.review.dataset.review}${beside ? `${beside}/` : ""}?${desk.review.dataset.query}`;
  }
  understandDates(desk.pane);
  if (other) reveal(desk.pane, desk.said);
}

// On a small screen the buttons stand far below the words: what is new is brought into sight, from a place on.
function reveal(what, from = what) {
  const { top } = what.getBoundingClientRect();
  if (top < 0 || top > innerHeight * 0.8) from.scrollIntoView({ block: "start" });
}

function prefetch(desk) {
  const next = neighbour(desk, currentId(desk.pane), 1);
  if (next) desk.panes.get(next);
}

async function step(desk, by) {
  const next = neighbour(desk, currentId(desk.pane), by);
  if (next) await show(desk, next);
  else if (by > 0) location.assign(`${desk.review.dataset.review}?${desk.review.dataset.query}`);
}

// Decisions are sent one after another, in the order in which they were taken.
async function decide(desk, what) {
  const form = desk.pane.querySelector("[data-form]");
  if (!form) return;
  const id = form.dataset.claim;
  const data = new FormData(form);
  data.set("do", what);
  desk.panes.keep(id, null);
  const waits = what === "correct" || what === "split" || what === "merge" || data.has("follow_asked");
  const next = waits ? undefined : neighbour(desk, id, 1);
  if (next) await show(desk, next);
  desk.sending = desk.sending.catch(() => {}).then(() => send(desk, form.getAttribute("action"), id, data, what, !next));
  await desk.sending;
}

// The token is the cookie's: after logging in again, in another tab, that of the form is an old one.
function post(address, data) {
  data.delete("csrfmiddlewaretoken");
  const token = document.cookie.match(/(?:^|; )csrftoken=([^;]+)/)?.[1] || "";
  const headers = { "X-Requested-With": "fetch", "X-CSRFToken": token };
  return fetch(address, { method: "POST", body: data, headers });
}

async function send(desk, address, id, data, what, stays) {
  let answer;
  try {
    answer = await post(address, data);
  } catch {
    lost(desk, id, data, "The connection broke. This decision is not stored: send it again.");
    return;
  }
  if (answer.redirected || answer.status === 403) {
    lost(desk, id, data, "You are no longer logged in. Log in in another tab, then send it again: nothing is lost.");
  } else if (answer.ok) {
    await stored(desk, id, await answer.json(), what, stays);
  } else if (answer.headers.get("Content-Type")?.startsWith("text/html") && answer.status < 500) {
    const html = await answer.text();
    await typed(desk.pane);
    put(desk, id, html);
    const told = desk.pane.querySelector("[data-say]")?.dataset.say || "Not stored yet: look at the fields.";
    reveal(desk.pane.querySelector(".conflict, .follow, .errorlist") || desk.pane);
    desk.said.textContent = answer.status === 409 ? "Somebody else changed this meanwhile." : told;
  } else {
    const told = answer.status < 500 ? (await answer.json()).message : "This decision is not stored. Send it again.";
    lost(desk, id, data, told);
  }
}

// A note is stored at once, and the list of notes drawn anew; the claim and what was typed in it stay.
async function note(desk, form, button) {
  const data = new FormData(form);
  if (button?.name) data.set(button.name, button.value);
  let answer;
  try {
    answer = await post(form.getAttribute("action"), data);
  } catch {
    desk.said.textContent = "The connection broke. The note is not stored: send it again.";
    return;
  }
  if (answer.redirected || answer.status === 403) {
    desk.said.textContent = "You are no longer logged in. Log in in another tab, then send the note again.";
  } else if (answer.ok) {
    form.closest("[data-notes]").outerHTML = await answer.text();
    desk.panes.keep(currentId(desk.pane), null);
    desk.said.textContent = button?.name === "remove" ? "Note removed." : "Note added.";
  } else {
    desk.said.textContent = answer.status === 422 ? (await answer.json()).message : "The note is not stored. Send it again.";
  }
}

const DONE = { accept: "accepted", dismiss: "dismissed", correct: "saved", split: "split", merge: "merged" };

async function stored(desk, id, told, what, stays) {
  const named = told.date || "The claim";
  if (told.several) desk.panes.forget();
  offer(desk, told.seen);
  count(desk, told.left);
  const link = links(desk).find((one) => one.dataset.claim === id);
  if (link && what !== "split") {
    link.classList.add("done");
    link.querySelector("b").dataset.done = DONE[what];
    link.querySelector("b").textContent = told.date;
  }
  // Said once it is shown: who goes by what is said finds the claim that it is about.
  if (what === "correct") await renew(desk, id);
  else if (what === "split") {
    queueUp(desk, link, String(told.claim));
    await show(desk, String(told.claim));
  }
  desk.said.textContent = `${named}: ${DONE[what]}.`;
  if (stays && what !== "correct" && what !== "split") step(desk, 1);
}

// The second of two made of one stands in the queue behind the first.
function queueUp(desk, link, id) {
  if (!link) return;
  const row = link.parentElement.cloneNode(true);
  const made = row.querySelector("a");
  made.dataset.claim = id;
  made.dataset.of = link.dataset.claim;
  made.href = `${desk.review.dataset.review}${id}/?${desk.review.dataset.query}`;
  made.removeAttribute("aria-current");
  link.parentElement.after(row);
}

function count(desk, left) {
  const waits = desk.review.querySelector("[data-left]");
  const decided = desk.review.querySelector("[data-decided]");
  decided.textContent = String(Number(decided.textContent) + Number(waits.textContent) - left);
  waits.textContent = String(left);
}

// Go back to a claim whose decision did not arrive, with what was typed.
async function lost(desk, id, data, why) {
  await show(desk, id);
  const form = desk.pane.querySelector("[data-form]");
  for (const [name, value] of data) {
    const field = form.elements.namedItem(name);
    if (field && "value" in field && name !== "csrfmiddlewaretoken") field.value = value;
  }
  desk.said.textContent = why;
}

// What is undone is what was seen: the decision, and the version of its claim.
function offer(desk, seen) {
  const form = desk.review.querySelector("[data-undo]");
  form.elements.namedItem("seen").value = seen;
  form.querySelector("button").disabled = !seen;
}

// The form is that of the button, or the one that lets choose between two versions.
async function undo(desk, form = desk.review.querySelector("[data-undo]")) {
  await desk.sending;
  const data = new FormData(form);
  const answer = await post(form.action, data);
  const told = answer.ok || answer.status === 409 ? await answer.json() : {};
  if (!answer.ok) {
    if (told.claim) {
      // What stands now is shown beside what it would be taken back to; from then on it has been seen.
      desk.panes.forget();
      await typed(desk.pane);
      put(desk, String(told.claim), told.pane);
      offer(desk, told.seen);
    }
    desk.said.textContent = told.message || "There is nothing to undo.";
    return;
  }
  const id = String(told.claim);
  count(desk, told.left);
  desk.panes.forget();
  const link = links(desk).find((one) => one.dataset.claim === id);
  if (link) {
    link.classList.remove("done");
    link.querySelector("b").textContent = told.date;
  }
  if (told.action === "split") desk.review.querySelector(`[data-queue] a[data-of="${id}"]`)?.parentElement.remove();
  await show(desk, id);
  offer(desk, told.seen);
  desk.said.textContent = `Undone: ${told.action}.${told.seen ? "" : " There is nothing before it to undo."}`;
}
