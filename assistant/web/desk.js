// The desk's side of page.js, in the same scope: kept conversations and what people
// think of answers. What stands in the page always comes from Python.

// --- kept conversations ---

const WIDE = 1200; // pixels from which the list stands beside the conversation
let seeking = 0;

function setTalks(open) {
  document.body.dataset.talks = open ? "open" : "closed";
  const button = parts.composer?.element.querySelector("[data-toggle-talks]");
  button?.setAttribute("aria-expanded", String(open));
}

function onTalkFind(field) {
  clearTimeout(seeking);
  seeking = setTimeout(() => parts.talks.trigger("expand", { search: field.value }), 250);
}

function openTalk(button) {
  if (busy()) parts.composer.trigger("stop");
  document.body.dataset.busy = "false";
  followed = null;
  desk().dataset.source = "closed";
  parts.talks.trigger("select", { talk: button.dataset.openTalk });
  if (window.innerWidth < WIDE) setTalks(false);
  setView("ask");
}

function deleteTalk(button) {
  if (!("sure" in button.dataset)) {
    button.dataset.sure = ""; // the second press does it
    setTimeout(() => delete button.dataset.sure, 4000);
    return;
  }
  parts.talks.trigger("delete", { talk: button.dataset.deleteTalk });
}

function showTalks() {
  const part = parts.talks.element;
  for (const more of part.querySelectorAll("details[open]")) more.open = false;
  for (const button of part.querySelectorAll("[data-sure]")) delete button.dataset.sure;
  speak(part);
  const said = part.querySelector("[data-tell]");
  if (said) tell(said.innerHTML);
}

// --- what the asker thinks, and wants verified ---

function actOn(button, wanted) {
  const turn = button.closest(".turn")?.dataset.turn;
  const from = button.closest("#past, #current");
  if (turn && from) parts[from.id].trigger("like", { turn, ...wanted });
}

function thumb(button) {
  const pressed = button.getAttribute("aria-pressed") === "true";
  actOn(button, { act: "rate", thumb: pressed ? null : button.dataset.thumb });
}

function sendOpinion(form) {
  const reasons = [...form.querySelectorAll("[name=reason]:checked")].map((box) => box.value);
  actOn(form, { act: "rate", thumb: "down", reasons, comment: form.elements.comment.value });
}

function report(button) {
  const turn = button.closest(".turn")?.dataset.turn;
  const from = button.closest("#past, #current");
  tell(parts.composer.element.querySelector("[data-making]").innerHTML);
  parts[from.id].trigger("download", { turn, format: "docx", report: true });
}

// --- the desk ---

const NOTHING = { show: "asked" };
let listed = NOTHING; // what the list of the desk shows
let marked = null; // the citation that was marked last: the next one gets the focus

let asking = 0;

function openQueue(wanted = listed) {
  listed = wanted;
  parts.queue?.trigger("expand", wanted);
  clearTimeout(asking); // a busy page can lose what was asked for while it was drawn anew
  asking = setTimeout(() => {
    const shown = parts.queue?.element.querySelector(".queue")?.dataset.show;
    if (shown && shown !== listed.show) openQueue();
  }, 4000);
}

function openCase(button) {
  marked = null;
  parts.queue.trigger("select", { case: button.dataset.case });
  document.body.dataset.case = "open";
}

function closeCase() {
  delete document.body.dataset.case;
  closeSource();
  openQueue();
}

function caseOf(element) {
  return element.closest(".bench")?.dataset.case;
}

function mark(quote, name) {
  const comment = quote.querySelector("[name=comment]").value;
  marked = quote.dataset.quote;
  parts.bench.trigger("edit", { case: caseOf(quote), n: quote.dataset.quote, mark: name, comment });
}

function decide(button) {
  const { comment, text } = button.form.elements;
  const wanted = { case: caseOf(button), verdict: button.dataset.verdict };
  parts.bench.trigger("submit", { ...wanted, comment: comment.value, text: text.value });
}

const quotes = () => [...parts.bench.element.querySelectorAll(".quoted")];

function visit(quote) {
  if (!quote) return;
  quote.focus();
  quote.scrollIntoView({ block: "nearest" });
  // On a phone the source would lie over the answer: there it is opened by its number.
  if (window.innerWidth > 900) look(quote.querySelector("[data-look]"));
}

function step(by) {
  const every = quotes();
  const here = every.indexOf(document.activeElement.closest?.(".quoted"));
  visit(every[here < 0 ? 0 : Math.max(0, Math.min(here + by, every.length - 1))]);
}

function showCase() {
  const part = parts.bench.element;
  speak(part);
  const section = part.querySelector(".bench");
  if (!section) return;
  if (section.dataset.case !== shownCase) {
    shownCase = section.dataset.case;
    startAfresh(part); // words that were typed for another answer
    section.scrollIntoView({ block: "start" });
  }
  if (part.querySelector(".told")) openQueue(); // one less to do
  if (marked === null) return;
  const every = quotes();
  const here = every.findIndex((quote) => quote.dataset.quote === marked);
  marked = null;
  if (!part.querySelector("[role=alert]")) visit(every[Math.min(here + 1, every.length - 1)]);
}

let shownCase = null;

function showQueue() {
  const section = parts.queue.element.querySelector(".queue");
  const tab = document.getElementById("tab-verify");
  if (!section || !tab) return;
  // What was asked for last wins, in whatever order the answers came.
  if (section.dataset.show && section.dataset.show !== listed.show) setTimeout(() => openQueue(), 50);
  tab.hidden = !("allowed" in section.dataset);
  const count = Number(section.dataset.waitingCases ?? 0);
  if (count) tab.dataset.count = count < 500 ? count : "500+"; // more are not counted
  else delete tab.dataset.count;
}

function onBenchKey(event) {
  const typing = event.target.closest?.("input, textarea, select");
  if (typing || event.ctrlKey || event.metaKey || event.altKey) return;
  const open = document.body.dataset.view === "verify" && parts.bench?.element.querySelector(".bench");
  if (!open) return;
  const quote = event.target.closest?.(".quoted");
  const marks = { 1: "supported", 2: "partly", 3: "not_supported" };
  if (event.key === "j" || event.key === "J") step(1);
  else if (event.key === "k" || event.key === "K") step(-1);
  else if (event.key in marks && quote) mark(quote, marks[event.key]);
  else return;
  event.preventDefault();
}

// --- events ---

function drill(button) {
  const home = parts.home.element;
  const list = home.querySelector(`[id="${button.dataset.drill}"]`);
  const open = list.hidden;
  for (const other of home.querySelectorAll(".drilled")) other.hidden = true;
  for (const other of home.querySelectorAll("[aria-expanded=true]")) other.setAttribute("aria-expanded", "false");
  list.hidden = !open;
  button.setAttribute("aria-expanded", String(open));
  if (open) list.scrollIntoView({ block: "nearest" });
}

function onDeskClick(button) {
  const { dataset } = button;
  if ("toggleTalks" in dataset) setTalks(document.body.dataset.talks !== "open");
  else if ("openTalk" in dataset) openTalk(button);
  else if ("talksPages" in dataset) {
    const search = document.getElementById("talk-find").value;
    parts.talks.trigger("expand", { search, pages: Number(dataset.talksPages) });
  } else if ("queuePage" in dataset) openQueue({ ...listed, page: Number(dataset.queuePage) });
  else if ("deleteTalk" in dataset) deleteTalk(button);
  else if ("thumb" in dataset) thumb(button);
  else if ("report" in dataset) report(button);
  else if ("drill" in dataset) drill(button);
  else if ("queuePane" in dataset) {
    openQueue(dataset.queuePane === "feedback" ? { show: "feedback" } : NOTHING);
  } else if ("backToQueue" in dataset) closeCase();
  else if ("mark" in dataset) mark(button.closest(".quoted"), dataset.mark);
  else if ("verdict" in dataset) decide(button);
  else if ("handle" in dataset) {
    parts.queue.trigger("edit", { handle: dataset.handle, handling: dataset.handling });
  } else if ("deskExport" in dataset) {
    tell(parts.composer.element.querySelector("[data-making]").innerHTML);
    parts.queue.trigger("download", { ...listed, format: dataset.deskExport });
  } else if ("case" in dataset && button.closest("#queue")) openCase(button);
  else return false;
  return true;
}

function connectDesk(part) {
  if (part.name === "bench") part.watch("value", showCase);
  if (part.name === "queue") {
    part.watch("value", showQueue);
    part.trigger("expand", listed);
  }
  if (part.name !== "talks") return;
  part.watch("value", showTalks);
  setTalks(window.innerWidth >= WIDE);
  part.trigger("expand", {});
}

document.addEventListener("keydown", (event) => {
  const drawer = document.body.dataset.talks === "open" && window.innerWidth < WIDE;
  if (event.key === "Escape" && drawer) setTalks(false);
});
document.addEventListener("keydown", onBenchKey);
document.addEventListener("change", (event) => {
  if (event.target.matches?.("[data-show-cases]")) openQueue({ show: event.target.value });
});
document.addEventListener("input", (event) => {
  if (event.target.id === "talk-find") onTalkFind(event.target);
});
document.addEventListener("submit", (event) => {
  const { dataset } = event.target;
  if ("talkFind" in dataset) onTalkFind(event.target.querySelector("input"));
  else if ("opinion" in dataset) sendOpinion(event.target);
  else if ("askVerify" in dataset) {
    actOn(event.target, { act: "request", note: event.target.elements.note.value });
  }
  else if ("renameTalk" in dataset) {
    const title = event.target.elements.title.value;
    parts.talks.trigger("edit", { talk: dataset.renameTalk, title });
  }
});
