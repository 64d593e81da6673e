// One key for each thing to do; off while one types, and off altogether where one wants it so.

const STORED = "claimline-review-keys";

export function listenToKeys(root, actions) {
  const choice = root.querySelector("[data-keys]");
  choice.checked = localStorage.getItem(STORED) !== "off";
  choice.addEventListener("change", () => localStorage.setItem(STORED, choice.checked ? "on" : "off"));
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && types(event.target)) {
      event.target.blur();
      return;
    }
    if (!choice.checked || event.ctrlKey || event.metaKey || event.altKey || types(event.target)) return;
    const action = actions[event.key.toLowerCase()];
    if (!action) return;
    event.preventDefault();
    action();
  });
}

/** Whether keys pressed there are text, or choose something. */
export function types(target) {
  return target.matches?.("input:not([type=checkbox]):not([type=radio]), select, textarea, [contenteditable]");
}
