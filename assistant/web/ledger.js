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
  parts.controls?.trigger("expand", currentView());
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
  draw();
}

// The charts follow the table, but only while they are looked at.
function draw() {
  if (document.body.dataset.pane !== "charts") return;
  const view = parts.rows.element.querySelector("[data-view]")?.dataset.view;
  if (view && view !== drawn) parts.charts.trigger("expand", JSON.parse(view));
  drawn = view;
}

let drawn = null; // the view that the charts show; null after a correction
let refocus = null; // what gets the focus back when the table was made anew
let typing = 0;

function onLedgerInput(event) {
  const { target } = event;
  if (target.matches?.(".reading [data-more]")) addFacet(target);
  else if (target.matches?.(".reading [data-facet]")) touched(target.form);
  const filters = event.target.closest?.("[data-filters]");
  if (!filters) return;
  clearTimeout(typing);
  typing = setTimeout(() => narrow({}), event.target.type === "search" ? 250 : 0);
}

window.youjuLedgerFailed = () => {
  delete parts.rows.element.dataset.waiting;
  tell(parts.composer.element.querySelector("[data-lost]").innerHTML, true);
};

// A line at the foot of the page, for what has no place of its own.
const toast = document.createElement("div");
toast.className = "toast";
toast.setAttribute("role", "status");
document.body.append(toast);
let toasted = 0;

function tell(html, bad = false) {
  toast.innerHTML = html; // from our own templates and Python's answer
  toast.dataset.shown = bad ? "bad" : "good";
  clearTimeout(toasted);
  toasted = setTimeout(() => delete toast.dataset.shown, 6000);
}

// --- downloads ---

function download(button) {
  const wanted = { format: button.dataset.download, language: root.dataset.ui };
  const turn = button.closest(".turn")?.dataset.turn;
  const from = button.closest("#past, #current, #controls");
  tell(parts.composer.element.querySelector("[data-making]").innerHTML);
  parts[from.id].trigger("download", turn ? { ...wanted, turn } : { ...wanted, view: currentView() });
}

function saveFile() {
  const refused = parts.download.element.querySelector("[data-refused]");
  if (refused) tell(refused.innerHTML, true);
  const file = parts.download.element.querySelector("[data-file]");
  if (!file) return;
  const bytes = Uint8Array.from(atob(file.dataset.bytes), (c) => c.charCodeAt(0));
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([bytes], { type: file.dataset.type }));
  link.download = file.dataset.name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
  tell(file.innerHTML);
  file.remove();
}

// --- the reading of an answer ---

function choicesOf(facet) {
  return parts.choices?.element.querySelector(`[data-choices="${facet}"]`) ?? null;
}

// Each select of a reading begins with its own value; the others are copied in here.
function offer(select) {
  const known = choicesOf(select.dataset.like);
  const chosen = select.value;
  if (!known) return;
  const own = [...select.options].find((option) => option.value === chosen);
  const options = [...known.options].map((option) => option.cloneNode(true));
  if (own && !options.some((option) => option.value === chosen)) options.unshift(own);
  select.replaceChildren(...options);
  select.value = chosen;
}

function offerAll(part) {
  for (const select of part.querySelectorAll(".reading [data-facet][data-like]")) offer(select);
  speak(part);
}

function touched(form) {
  form.querySelector("[data-apply]").hidden = false;
}

function drop(button) {
  const form = button.closest("form");
  button.closest(".chip").remove();
  touched(form);
  form.querySelector("[data-apply]").focus();
}

function addFacet(more) {
  const known = choicesOf(more.value);
  if (!known) return;
  const chip = document.createElement("label");
  const name = document.createElement("span");
  const select = document.createElement("select");
  chip.className = "chip";
  name.textContent = root.dataset.ui === "en" ? known.dataset.e : known.dataset.h;
  Object.assign(select.dataset, { facet: more.value, like: more.value });
  const button = document.createElement("button");
  button.type = "button";
  button.dataset.drop = "";
  button.textContent = "×";
  chip.append(name, select, button);
  more.closest("label").before(chip);
  select.append(...[...known.options].map((option) => option.cloneNode(true)));
  speak(chip);
  more.value = "";
  touched(more.form);
  select.focus();
}

function applyReading(form) {
  if (busy()) return;
  const filters = {};
  for (const field of form.querySelectorAll("[data-facet]")) {
    (filters[field.dataset.facet] ??= []).push(field.value ?? field.dataset.value);
  }
  document.body.dataset.busy = "true";
  const from = form.closest("#past, #current");
  const { reading: turn, kind } = form.dataset;
  parts[from.id].trigger("apply", { turn, kind, filters });
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
  startAfresh(dialog);
  dialog.close(); // it may still be open, and in the other way
  for (const field of dialog.querySelectorAll("textarea")) fit(field);
  if (window.innerWidth > 900) dialog.show();
  else dialog.showModal();
  dialog.querySelector("[role=alert]")?.scrollIntoView({ block: "nearest" });
  sign(dialog);
}

// Gradio changes what stands in the page piece by piece and leaves typed words in place.
function startAfresh(part) {
  for (const form of part.querySelectorAll("form")) form.reset();
  speak(part);
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
  else if ("download" in dataset) download(button);
  else if ("drop" in dataset) drop(button);
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
  draw();
  if (refocus) parts.rows.element.querySelector(refocus)?.focus();
  refocus = null;
}

function showControls() {
  drawn = null;
  const part = parts.controls.element;
  startAfresh(part);
  const chosen = [...part.querySelectorAll(".facets select")].some((field) => field.value);
  const facets = part.querySelector(".facets");
  if (facets && window.innerWidth <= 900) facets.open = chosen;
  setPane(document.body.dataset.pane ?? "rows");
}

function showNames() {
  startAfresh(parts.names.element);
  sign(parts.names.element);
}

const shown = {
  rows: showRows,
  form: showForm,
  controls: showControls,
  names: showNames,
  download: saveFile,
  choices: () => ["past", "current"].forEach((name) => offerAll(parts[name].element)),
};

function connectLedger(part) {
  if (part.name in shown) part.watch("value", shown[part.name]);
  if (["past", "current"].includes(part.name)) part.watch("value", () => offerAll(part.element));
}

document.addEventListener("input", onLedgerInput);
document.addEventListener(
  "keydown",
  (event) => {
    const open = parts.form?.element.querySelector("dialog[open]");
    if (event.key !== "Escape" || !open) return;
    event.stopPropagation(); // the source stays where it is
    event.preventDefault();
    shutForm();
  },
  true,
);
document.addEventListener("keydown", onCellKey);
document.addEventListener("submit", (event) => {
  event.preventDefault();
  const { dataset } = event.target;
  if ("correct" in dataset) correct(event.target);
  else if ("reading" in dataset) applyReading(event.target);
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
