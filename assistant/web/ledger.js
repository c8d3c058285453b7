// The ledger's side of page.js, in the same scope: it collects what is wanted and
// sends it; what stands in the page always comes from Python.

let ledgerOpened = false;

function currentView() {
  const view = parts.rows?.element.querySelector("[data-view]")?.dataset.view;
  return view ? JSON.parse(view) : {};
}

function openLedger() {
  if (ledgerOpened) return;
  ledgerOpened = true;
  document.body.dataset.pane ??= "rows";
  parts.controls?.trigger("expand", {});
}

function narrow(change) {
  const filters = parts.controls.element.querySelector("[data-filters]");
  const view = { ...currentView(), page: 1, ...change };
  for (const field of filters.querySelectorAll("input, select")) {
    if (field.name in change) {
      if (field.type === "checkbox") field.checked = change[field.name];
      else field.value = change[field.name];
    } else {
      view[field.name] = field.type === "checkbox" ? field.checked : field.value;
    }
  }
  parts.rows.element.dataset.waiting = "true";
  parts.rows.trigger("expand", view);
}

function sortBy(column) {
  const view = currentView();
  const descending = view.sort === column && !view.descending;
  refocus = `[data-sort="${column}"]`;
  narrow({ sort: column, descending });
}

function resetFilters() {
  const filters = parts.controls.element.querySelector("[data-filters]");
  const change = {};
  for (const field of filters.querySelectorAll("input, select")) {
    change[field.name] = field.type === "checkbox" ? false : "";
  }
  narrow(change);
}

function setPane(pane) {
  document.body.dataset.pane = pane;
  for (const button of document.querySelectorAll("[data-pane]")) {
    if (button.tagName === "BUTTON") {
      button.setAttribute("aria-pressed", String(button.dataset.pane === pane));
    }
  }
}

let refocus = null; // what gets the focus back when the table was made anew
let typing = 0;

function onLedgerInput(event) {
  const filters = event.target.closest?.("[data-filters]");
  if (!filters) return;
  clearTimeout(typing);
  typing = setTimeout(() => narrow({}), event.target.type === "search" ? 250 : 0);
}

window.youjuLedgerFailed = () => {
  delete parts.rows.element.dataset.waiting;
  const place = parts.download.element.querySelector("[data-lost]");
  say(place ? place.innerHTML : "…");
};

function say(html) {
  const place = parts.controls.element.querySelector(".export .said");
  if (!place) return;
  place.innerHTML = html; // from our own templates and Python's answer
  place.hidden = !html;
}

// --- correcting ---

function edit(key) {
  const row = parts.rows.element.querySelector(`tr[data-record="${key}"]`);
  opener = row?.querySelector("[data-edit]") ?? null;
  parts.rows.trigger("edit", { record: key });
  const source = row?.querySelector("td.source [data-look]");
  if (source && window.innerWidth > 900) look(source);
}

function showForm() {
  const dialog = parts.form.element.querySelector("dialog");
  if (!dialog) return;
  speak(dialog);
  for (const field of dialog.querySelectorAll("textarea")) fit(field);
  if (window.innerWidth > 900) dialog.show();
  else dialog.showModal();
  dialog.querySelector("[role=alert]")?.scrollIntoView({ block: "nearest" });
  sign(dialog);
}

function fit(box) {
  box.style.height = "auto";
  box.style.height = `${Math.min(box.scrollHeight + 2, 160)}px`;
}

function shutForm() {
  parts.form.element.querySelector("dialog")?.close();
  opener?.focus();
}

function signature() {
  try {
    return localStorage.getItem("youju-signature") ?? "";
  } catch {
    return "";
  }
}

function sign(part) {
  for (const field of part.querySelectorAll("[data-signature]")) field.value ||= signature();
}

function remember(signed) {
  try {
    if (signed.trim()) localStorage.setItem("youju-signature", signed.trim());
  } catch {
    // not remembered, that is all
  }
}

function correct(form, undo) {
  const values = {};
  for (const field of form.querySelectorAll("[data-was]")) {
    if (field.value !== field.dataset.was) {
      values[field.name] = { was: field.dataset.was, value: field.value };
    }
  }
  const signed = form.elements.signed.value;
  remember(signed);
  const wanted = { record: form.dataset.correct, signed, values, view: currentView() };
  parts.form.trigger("submit", undo ? { ...wanted, values: {}, undo } : wanted);
}

function addName(form) {
  const wanted = { add: form.dataset.add, view: currentView() };
  for (const field of form.querySelectorAll("input")) wanted[field.name] = field.value;
  remember(wanted.signed);
  parts.names.trigger("submit", wanted);
}

function removeName(button) {
  if (!("sure" in button.dataset)) {
    button.dataset.sure = ""; // the second press does it
    setTimeout(() => delete button.dataset.sure, 4000);
    return;
  }
  const { remove, alias, name, sameAs } = button.dataset;
  parts.names.trigger("submit", { remove, alias, name, same_as: sameAs, view: currentView() });
}

// --- events ---

function onLedgerClick(button) {
  const { dataset } = button;
  if ("sort" in dataset) sortBy(dataset.sort);
  else if ("page" in dataset) narrow({ page: Number(dataset.page) });
  else if ("pane" in dataset) setPane(dataset.pane);
  else if ("set" in dataset) narrow({ [dataset.set]: dataset.value });
  else if ("reset" in dataset) resetFilters();
  else if ("edit" in dataset) edit(dataset.edit);
  else if ("shut" in dataset) shutForm();
  else if ("undo" in dataset) correct(button.closest("form"), dataset.undo);
  else if ("remove" in dataset) removeName(button);
}

// Arrow keys walk through the cells; Tab goes from row to row.
function onCellKey(event) {
  const cell = event.target.closest?.("table.ledger td");
  if (!cell || !event.key.startsWith("Arrow")) return;
  const row = cell.parentElement;
  let next = null;
  if (event.key === "ArrowLeft" || event.key === "ArrowRight") {
    const buttons = [...row.querySelectorAll("button")];
    const step = event.key === "ArrowRight" ? 1 : -1;
    next = buttons[buttons.indexOf(event.target) + step];
  } else {
    const other = event.key === "ArrowDown" ? row.nextElementSibling : row.previousElementSibling;
    next = other?.cells[cell.cellIndex]?.querySelector("button") ?? other?.querySelector("button");
  }
  if (!next) return;
  event.preventDefault();
  next.focus();
}

function showRows() {
  delete parts.rows.element.dataset.waiting;
  if (refocus) parts.rows.element.querySelector(refocus)?.focus();
  refocus = null;
}

function connectLedger(part) {
  if (part.name === "rows") part.watch("value", showRows);
  if (part.name === "form") part.watch("value", showForm);
  if (part.name === "controls") part.watch("value", () => (speak(part.element), setPane(document.body.dataset.pane ?? "rows")));
  if (part.name === "names") part.watch("value", () => sign(part.element));
}

document.addEventListener("input", onLedgerInput);
document.addEventListener("keydown", onCellKey);
document.addEventListener("submit", (event) => {
  event.preventDefault();
  const { dataset } = event.target;
  if ("correct" in dataset) correct(event.target);
  else if ("add" in dataset) addName(event.target);
  else if ("filters" in dataset) narrow({});
});
document.addEventListener("input", (event) => {
  if (event.target.closest?.("dialog") && event.target.tagName === "TEXTAREA") fit(event.target);
});
document.addEventListener("click", (event) => {
  // Anywhere in a row opens its record; buttons open what they are for.
  const row = event.target.closest?.("table.ledger tbody tr");
  if (!row || event.target.closest("button") || String(getSelection())) return;
  row.querySelector("td.source [data-look]")?.click();
});

setLanguage(remembered());
setView("ask");
for (const part of window.youjuParts) connect(part);
window.youjuParts.push = connect;
