// A date field says in words what it understood, or what is wrong, while one types.
// In: fields marked data-understand. Out: a line under each, read out politely.

const WAIT = 180;

export function understandDates(root) {
  for (const field of root.querySelectorAll("input[data-understand]")) {
    if (!field.dataset.understood) watch(field);
  }
}

function watch(field) {
  field.dataset.understood = "yes";
  const line = document.createElement("p");
  line.className = "say";
  line.id = `${field.id}-say`;
  line.setAttribute("aria-live", "polite");
  field.insertAdjacentElement("afterend", line);
  field.setAttribute("aria-describedby", `${field.getAttribute("aria-describedby") || ""} ${line.id}`.trim());
  const modifier = field.form?.elements.namedItem("modifier");
  let timer = 0;
  let asked = 0;
  const ask = () => {
    clearTimeout(timer);
    timer = setTimeout(async () => {
      asked += 1;
      const mine = asked;
      const html = await understood(field, modifier);
      if (mine === asked && html !== null) line.innerHTML = html;
    }, WAIT);
  };
  field.addEventListener("input", ask);
  modifier?.addEventListener("change", ask);
  ask();
}

// The answer is our own server's, escaped there.
async function understood(field, modifier) {
  const query = new URLSearchParams({ date: field.value, language: field.dataset.language || "en" });
  if (modifier?.value) query.set("modifier", modifier.value);
  try {
    const answer = await fetch(`${field.dataset.understandAt || "/admin/understand/"}?${query}`);
    // Sent elsewhere means logged out: a log-in page is no answer.
    return answer.ok && !answer.redirected ? await answer.text() : null;
  } catch {
    return null;
  }
}
