// Runs once, inside the header part. Each part of the page announces itself in
// window.youjuParts as {name, element, trigger, watch}; Python does all the rendering.
const parts = {};
const root = document.documentElement;

function setLanguage(language) {
  root.dataset.ui = language;
  root.lang = language === "en" ? "en" : "zh-CN";
  speak(document);
}

// Placeholders and options hold no markup: their words are put in here.
function speak(part) {
  const english = root.dataset.ui === "en";
  for (const field of part.querySelectorAll("[data-zh][data-en]")) {
    field.placeholder = field.dataset[english ? "en" : "zh"];
  }
  for (const option of part.querySelectorAll("option[data-say-zh]")) {
    option.textContent = option.dataset[english ? "sayEn" : "sayZh"];
  }
}

function remembered() {
  try {
    return localStorage.getItem("youju-language") === "en" ? "en" : "zh";
  } catch {
    return "zh"; // storage may be forbidden; the switch still works
  }
}

function switchLanguage() {
  const language = root.dataset.ui === "en" ? "zh" : "en";
  setLanguage(language);
  try {
    localStorage.setItem("youju-language", language);
  } catch {
    // not remembered, that is all
  }
}

function setView(view) {
  document.body.dataset.view = view;
  for (const tab of document.querySelectorAll("[role=tab]")) {
    const chosen = tab.dataset.view === view;
    tab.setAttribute("aria-selected", String(chosen));
    tab.tabIndex = chosen ? 0 : -1;
  }
  if (view === "documents") openDocuments();
  if (view === "ledger") openLedger();
  if (view === "verify") openQueue();
  if (view === "people") openPeople();
  if (view === "home") {
    parts.home?.trigger("expand", {});
    parts.model?.trigger("expand", {});
  }
}

// --- asking ---

const field = () => parts.composer.element.querySelector("textarea");
const busy = () => document.body.dataset.busy === "true";

function grow() {
  const box = field();
  box.style.height = "auto";
  box.style.height = `${Math.min(box.scrollHeight + 2, 200)}px`;
}

function notice(text) {
  const place = parts.composer.element.querySelector(".notice");
  place.hidden = !text;
  place.innerHTML = text; // from our own <template>, with a number filled in
}

function ask(question) {
  if (busy() || !question.trim()) return;
  const box = field();
  const length = Array.from(question.trim()).length; // code points, as the server counts
  if (length > Number(box.dataset.limit)) {
    const words = parts.composer.element.querySelector("[data-too-long]").innerHTML;
    notice(words.replaceAll("{length}", length));
    return;
  }
  notice("");
  document.body.dataset.busy = "true";
  box.value = "";
  grow();
  setView("ask");
  asked = question;
  parts.composer.trigger("submit", { question });
}

let asked = ""; // given back when the server could not take the question

window.youjuFailed = () => {
  document.body.dataset.busy = "false";
  if (!field().value) field().value = asked;
  grow();
  notice(parts.composer.element.querySelector("[data-overloaded]").innerHTML);
};

function onKey(event) {
  if (event.target.id !== "question" || event.key !== "Enter" || event.shiftKey) return;
  // While an input method composes, Enter accepts the candidate (229: older browsers).
  if (event.isComposing || event.keyCode === 229) return;
  event.preventDefault();
  ask(field().value);
}

function followAnswer() {
  const turn = parts.current.element.querySelector(".turn");
  const state = turn?.dataset.state;
  document.body.dataset.busy = String(state === "searching" || state === "streaming");
  const began = turn && turn.dataset.turn !== followed;
  followed = turn?.dataset.turn ?? null;
  if (began) turn.scrollIntoView({ block: "start" });
}

let followed = null; // the turn that was brought into view when it began

// --- the source panel ---

const desk = () => document.getElementById("desk");

function look(button) {
  const { at, reach, document: path, edge } = button.dataset;
  const near = button.closest(".panel")?.querySelector(`[data-place="${at}"]`);
  if (near && !reach && !("view" in button.dataset)) {
    near.scrollIntoView({ block: "start" });
    return;
  }
  keep = edge === undefined ? null : measure();
  desk().dataset.source = "open";
  const from = button.closest(FROM);
  const wanted = { at, reach };
  for (const key of LOOK_KEYS) {
    if (key in button.dataset && (path === undefined || DOCUMENT_KEYS.includes(key))) {
      wanted[key] = button.dataset[key];
    }
  }
  for (const chosen of document.querySelectorAll(".cite[aria-current]")) {
    chosen.removeAttribute("aria-current");
  }
  if (button.classList.contains("cite")) button.setAttribute("aria-current", "true");
  if (!from) return;
  if (from.id !== "source") opener = button;
  parts[from.id].trigger("select", wanted);
}

const FROM = "#past, #current, #documents, #jobs, #rows, #checks, #form, #bench, #home, #source";
const DOCUMENT_KEYS = ["document", "version", "view", "page"];
const LOOK_KEYS = ["turn", "kind", "n", "record", "field", "finding", "unread", "case", ...DOCUMENT_KEYS];
let opener = null; // gets the focus back when the panel closes
let keep = null; // where the reader was, when more text comes in above

function measure() {
  const text = parts.source.element.querySelector(".text");
  return text.scrollHeight - text.scrollTop;
}

function showSource() {
  showDossier(parts.source.element.querySelector(".panel"));
  const panel = parts.source.element.querySelector("[data-scroll]");
  const text = panel?.querySelector(".text");
  if (!text) return;
  if (keep !== null) {
    text.scrollTop = text.scrollHeight - keep;
    keep = null;
    return;
  }
  const quote = panel.querySelector("mark.quote");
  const place = panel.querySelector(`[data-place="${panel.dataset.scroll}"]`);
  const target = panel.dataset.scroll === "quote" ? quote : place;
  const outline = panel.querySelector("details.outline");
  // Beside the text it stays open; above the text it would push it down.
  if (outline) outline.open = getComputedStyle(outline.closest(".pages")).flexDirection === "row";
  text.scrollTop = 0;
  if (!target) return;
  // A long quote is shown from its beginning, a short one in the middle.
  const box = target.getBoundingClientRect();
  const room = text.clientHeight;
  const above = box.height > room * 0.7 ? room * 0.1 : (room - box.height) / 2;
  text.scrollTop += box.top - text.getBoundingClientRect().top - above;
}

function closeSource() {
  desk().dataset.source = "closed";
  desk().dataset.wide = "false";
  opener?.focus();
}

// --- small things ---

function show(tip, button) {
  const english = root.dataset.ui === "en" && button.dataset.tipEn;
  tip.textContent = english || button.dataset.tip;
  tip.hidden = false;
  const at = button.getBoundingClientRect();
  const box = tip.getBoundingClientRect();
  const left = Math.min(Math.max(8, at.left - 24), window.innerWidth - box.width - 8);
  const above = at.top - box.height - 8;
  tip.style.left = `${left}px`;
  tip.style.top = `${above > 8 ? above : at.bottom + 8}px`;
}

async function copy(button) {
  const { copy: words, sources } = button.dataset;
  const head = root.dataset.ui === "en" ? "Sources:" : "来源：";
  const text = sources ? `${words}\n\n${head}\n${sources}` : words;
  if (navigator.clipboard) {
    await navigator.clipboard.writeText(text);
  } else { // plain http from another machine
    const box = document.createElement("textarea");
    box.value = text;
    document.body.append(box);
    box.select();
    document.execCommand("copy");
    box.remove();
  }
  button.dataset.done = "true";
  setTimeout(() => delete button.dataset.done, 1600);
}

function onClick(event) {
  const button = event.target.closest?.("button");
  if (!button) return;
  const { dataset } = button;
  if ("look" in dataset) look(button);
  else if ("ask" in dataset) ask(dataset.ask);
  else if ("send" in dataset) ask(field().value);
  else if ("stop" in dataset) parts.composer.trigger("stop");
  else if ("clear" in dataset) startAnew();
  else if ("copy" in dataset) copy(button);
  else if ("close" in dataset) closeSource();
  else if ("language" in dataset) switchLanguage();
  else if ("go" in dataset) setView(dataset.go);
  else if (button.getAttribute("role") === "tab") setView(dataset.view);
  else if (onAidClick(button)) return;
  else if (onPeopleClick(button)) return;
  else if ("probe" in dataset) parts.model.trigger("submit", {});
  else if (onDocumentsClick(button)) return;
  else if (onDeskClick(button)) return;
  else onLedgerClick(button);
}

function startAnew() {
  notice("");
  desk().dataset.source = "closed";
  desk().dataset.wide = "false";
  parts.composer.trigger("clear");
  field().focus();
}

function onTabKey(event) {
  if (event.target.getAttribute?.("role") !== "tab") return;
  if (event.key !== "ArrowLeft" && event.key !== "ArrowRight") return;
  const tabs = [...document.querySelectorAll("[role=tab]")];
  const step = event.key === "ArrowRight" ? 1 : tabs.length - 1;
  const other = tabs[(tabs.indexOf(event.target) + step) % tabs.length];
  setView(other.dataset.view);
  other.focus();
}

const tip = document.createElement("div");
tip.className = "tip";
tip.setAttribute("role", "tooltip");
tip.hidden = true;
document.body.append(tip);
for (const kind of ["mouseover", "focusin"]) {
  document.addEventListener(kind, (event) => {
    const button = event.target.closest?.("[data-tip]");
    if (button) show(tip, button);
    else tip.hidden = true;
  });
}
document.addEventListener("focusout", () => (tip.hidden = true));
document.addEventListener("scroll", () => (tip.hidden = true), true);
document.addEventListener("click", onClick);
document.addEventListener("keydown", onKey);
document.addEventListener("keydown", onTabKey);
document.addEventListener("keydown", (event) => {
  if (event.key === "Escape") {
    tip.hidden = true;
    if (desk().dataset.source === "open") closeSource();
  }
});
document.addEventListener("input", (event) => {
  if (event.target.id === "question") grow();
});

function connect(part) {
  parts[part.name] = part;
  if (part.name === "current") part.watch("value", followAnswer);
  if (part.name === "source") part.watch("value", showSource);
  if (part.name === "composer") setLanguage(root.dataset.ui);
  connectAids(part);
  connectPeople(part);
  connectDocuments(part);
  connectDesk(part);
  connectLedger(part);
}

