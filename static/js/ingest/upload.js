// Files are sent one by one, and each says what became of it as soon as it is read; they may be dropped as well.
// Without this module the form sends them all at once, and the page that answers says the same.

const form = document.querySelector("form[data-upload]");
if (form) start(form);

function start(form) {
  const input = form.elements.namedItem("files");
  const drop = form.querySelector("[data-drop]");
  showTitleOnlyForNew(form);
  drop.querySelector("[data-drop-hint]").hidden = false;
  for (const kind of ["dragenter", "dragover"]) {
    drop.addEventListener(kind, (event) => {
      event.preventDefault();
      drop.classList.add("over");
    });
  }
  drop.addEventListener("dragleave", () => drop.classList.remove("over"));
  drop.addEventListener("drop", (event) => {
    event.preventDefault();
    drop.classList.remove("over");
    const files = [...event.dataTransfer.files];
    if (files.length && form.reportValidity()) send(form, files);
  });
  form.addEventListener("submit", (event) => {
    const files = [...input.files];
    // Text, a new dossier, or nothing: the plain form does it, with all its messages.
    if (!files.length || form.elements.namedItem("text").value.trim()) return;
    event.preventDefault();
    send(form, files).then(() => {
      input.value = "";
    });
  });
}

function showTitleOnlyForNew(form) {
  const dossier = form.elements.namedItem("dossier");
  const title = form.querySelector("[data-new-dossier]");
  const show = () => {
    title.hidden = dossier.value !== "";
  };
  dossier.addEventListener("change", show);
  show();
}

async function send(form, files) {
  const list = form.querySelector("[data-results]");
  const line = form.querySelector("[data-progress]");
  let done = 0;
  for (const file of files) {
    line.textContent = `${done} of ${files.length} read`;
    list.insertAdjacentHTML("beforeend", await one(form, file));
    keepNewDossier(form, list);
    done += 1;
  }
  line.textContent = `${done} of ${files.length} read`;
}

async function one(form, file) {
  const data = new FormData();
  for (const name of ["csrfmiddlewaretoken", "dossier", "title"]) data.set(name, form.elements.namedItem(name).value);
  data.set("files", file);
  try {
    const answer = await fetch(form.action, {
      method: "POST",
      body: data,
      headers: { "X-Requested-With": "fetch" },
    });
    if (answer.ok) return await answer.text();
    return failed(file.name, answer.status === 413 ? "It is too large." : "The form was not complete. Look above.");
  } catch {
    return failed(file.name, "The connection broke. Add it again.");
  }
}

// The first file of a new dossier makes it; the others go to the same one.
function keepNewDossier(form, list) {
  const made = list.querySelector("[data-dossier]:last-of-type")?.dataset;
  const choice = form.elements.namedItem("dossier");
  if (!made || choice.value) return;
  choice.add(new Option(made.title, made.dossier, true, true));
  choice.dispatchEvent(new Event("change"));
}

function failed(name, why) {
  const item = document.createElement("li");
  item.className = "failed";
  for (const [tag, kind, text] of [
    ["span", "", ""],
    ["b", "", name],
    ["span", "small quiet", "Not stored"],
    ["span", "msg", `${name}: not stored. ${why}`],
  ]) {
    const part = document.createElement(tag);
    part.className = kind;
    part.textContent = text;
    item.append(part);
  }
  return item.outerHTML;
}
