// Small aids, in the same scope as page.js: what the visitor may do, tables that sort and
// copy, a question to change, originals, printing, and keys with a page that lists them.

// --- what the visitor may do: shown or hidden by aids.css; Python refuses all the same ---

function showRights() {
  const rights = parts.rights.element.querySelector("[data-may]")?.dataset.may ?? "";
  document.body.dataset.may = rights;
  const tab = document.getElementById("tab-people");
  if (tab) tab.hidden = !rights.split(" ").includes("manage");
}

// --- tables of an answer ---

function wordsOf(cell) {
  const copied = cell?.cloneNode(true);
  for (const mark of copied?.querySelectorAll(".cite, .sr") ?? []) mark.remove();
  const hidden = root.dataset.ui === "en" ? ".zh" : ".en";
  for (const other of copied?.querySelectorAll(hidden) ?? []) other.remove();
  return copied?.textContent.trim() ?? "";
}

// 4.03亿元 is 40,300 of 万元; a cell that does not begin with a number has none.
function amountOf(words) {
  const found = /^[约近≥≤]?\s*(-?[\d,]+(?:\.\d+)?)\s*(亿)?/.exec(words.normalize("NFKC"));
  return found ? Number(found[1].replaceAll(",", "")) * (found[2] ? 10_000 : 1) : NaN;
}

function compareWords(a, b) {
  const [x, y] = [amountOf(a), amountOf(b)];
  if (!Number.isNaN(x) && !Number.isNaN(y)) return x - y;
  return a.localeCompare(b, "zh-CN", { numeric: true });
}

function sortHere(button) {
  const head = button.closest("th");
  const column = head.cellIndex;
  const descending = head.getAttribute("aria-sort") === "ascending";
  for (const other of head.parentElement.cells) {
    if (other.hasAttribute("aria-sort")) other.setAttribute("aria-sort", "none");
  }
  head.setAttribute("aria-sort", descending ? "descending" : "ascending");
  const rows = [...head.closest("table").rows].filter((row) => row !== head.parentElement);
  const keyed = rows.map((row) => [wordsOf(row.cells[column]), row]);
  keyed.sort(([a], [b]) => {
    if (!a || !b) return a ? -1 : b ? 1 : 0; // empty cells stay last
    return descending ? compareWords(b, a) : compareWords(a, b);
  });
  for (const [, row] of keyed) row.parentElement.append(row);
}

function copyTable(button) {
  const table = button.closest(".turn").querySelector("table");
  const lines = [...(table?.rows ?? [])].map((row) =>
    [...row.cells].map((cell) => wordsOf(cell).replaceAll(/\s+/g, " ")).join("\t"),
  );
  button.dataset.copy = lines.join("\n");
  copy(button);
}

function rewrite(question) {
  setView("ask");
  field().value = question;
  grow();
  field().focus();
}

// --- originals ---

async function takeOriginal(button) {
  const { document: name, version, said } = button.dataset;
  const query = new URLSearchParams({ name, version });
  const failed = (key) => tell(button.querySelector(`[data-when=${key}]`).innerHTML, true);
  try {
    const answer = await fetch(`api/v1/document/original?${query}`);
    if (!answer.ok) {
      failed(answer.status === 403 ? "forbidden" : "gone");
      return;
    }
    const link = document.createElement("a");
    link.href = URL.createObjectURL(await answer.blob());
    link.download = said;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
  } catch {
    failed("gone");
  }
}

// --- printing: one answer with its sources, or all that is on the page ---

function printTurn(button) {
  const turn = button.closest(".turn");
  turn.dataset.printing = "true";
  document.body.dataset.printing = "turn";
  window.print();
}

window.addEventListener("beforeprint", () => {
  for (const turn of document.querySelectorAll(".turn")) {
    const { sources } = turn.querySelector("[data-sources]")?.dataset ?? {};
    if (!sources) continue;
    const list = document.createElement("pre");
    list.className = "printed";
    list.textContent = `${root.dataset.ui === "en" ? "Sources" : "来源"}\n${sources}`;
    turn.append(list);
  }
});
window.addEventListener("afterprint", () => {
  for (const list of document.querySelectorAll(".printed")) list.remove();
  for (const turn of document.querySelectorAll("[data-printing]")) delete turn.dataset.printing;
});

// --- keys ---

const KEYS_OFF = "youju-keys";
const VIEW_KEYS = { a: "ask", h: "home", l: "ledger", d: "documents", v: "verify", p: "people" };
let leading = 0; // when g was pressed

function keysOn() {
  try {
    return localStorage.getItem(KEYS_OFF) !== "off";
  } catch {
    return true;
  }
}

function showKeys() {
  const sheet = document.getElementById("keys");
  sheet.querySelector("[data-keys-on]").checked = keysOn();
  if (!sheet.open) sheet.showModal();
}

function stepSource(forward) {
  const steps = parts.source.element.querySelectorAll(".steps .step");
  steps[forward ? 1 : 0]?.click();
}

// A key reaches a field of a dialog that was shut in the same moment: no one types there.
function inField(event) {
  return event.target.closest?.("input, textarea, select, dialog[open]")?.checkVisibility();
}

function onAidKey(event) {
  if (inField(event)) return;
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || !keysOn()) return;
  const tab = Date.now() - leading < 1500 ? VIEW_KEYS[event.key.toLowerCase()] : null;
  leading = event.key === "g" ? Date.now() : 0;
  if (tab) {
    const button = document.getElementById(`tab-${tab}`);
    if (!button || button.hidden) return;
    setView(tab);
    button.focus();
  } else if (event.key === "/") {
    setView("ask");
    field().focus();
  } else if (event.key === "n") startAnew();
  else if (event.key === "[" || event.key === "]") stepSource(event.key === "]");
  else if (event.key === "?") showKeys();
  else return;
  event.preventDefault();
}

document.addEventListener("keydown", onAidKey);
document.addEventListener("change", (event) => {
  if (!("keysOn" in event.target.dataset)) return;
  try {
    localStorage.setItem(KEYS_OFF, event.target.checked ? "on" : "off");
  } catch {
    // not remembered, that is all
  }
});

function onAidClick(button) {
  const { dataset } = button;
  if ("sortHere" in dataset) sortHere(button);
  else if ("copyTable" in dataset) copyTable(button);
  else if ("rewrite" in dataset) rewrite(dataset.rewrite);
  else if ("original" in dataset) takeOriginal(button);
  else if ("print" in dataset) printTurn(button);
  else if ("keys" in dataset) showKeys();
  else if ("shutKeys" in dataset) button.closest("dialog").close();
  else return false;
  return true;
}

function connectAids(part) {
  speak(part.element);
  part.watch("value", () => speak(part.element));
  if (part.name === "rights") part.watch("value", showRights);
}
