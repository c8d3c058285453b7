// The documents' side of page.js, in the same scope: it sends files, watches them on
// their way, and points from a page's picture to its text and back.

const AT_ONCE = 2; // uploads; the server takes a few from all visitors together
const TRIES = 30; // of an upload while the server is busy with others
const LISTED = 50; // refusals shown; a folder of films would fill the page
const BEAT = 1000; // milliseconds between looks at the progress

const sender = () => parts.upload.element.querySelector(".upload");

// --- choosing files ---

const JUNK = /^(\.|~\$|thumbs\.db$|desktop\.ini$|__macosx$)/i;

function choose(kind) {
  const input = sender().querySelector(kind === "folder" ? "[data-folder]" : "[data-files]");
  input.value = ""; // the same file may be chosen again
  input.click();
}

function onChosen(input) {
  const inFolder = "folder" in input.dataset;
  const found = [...input.files].map((file) => ({
    file,
    parts: inFolder ? file.webkitRelativePath.split("/").slice(1) : [file.name],
  }));
  enqueue(found, inFolder);
}

// A file of a folder is named with the folders above it: two 通报.docx are two documents.
function enqueue(found, inFolder) {
  const wanted = found.filter(({ parts: names }) => !inFolder || !names.some((n) => JUNK.test(n)));
  const skipped = found.length - wanted.length;
  if (skipped) line("", sentence("skipped", { count: skipped }), "note");
  for (const { file, parts: names } of wanted) waiting.push({ file, name: names.join("_"), tries: 0 });
  sendNext();
}

async function onDrop(event) {
  event.preventDefault();
  delete document.body.dataset.drag;
  if (document.body.dataset.view !== "documents") return;
  // The entries must be taken before anything is waited for.
  const items = [...event.dataTransfer.items].filter((item) => item.kind === "file");
  const taken = items.map((item) => [item.webkitGetAsEntry?.(), item.getAsFile()]);
  const folders = taken.map(([entry]) => entry).filter((entry) => entry?.isDirectory);
  const files = taken.filter(([entry, file]) => file && !entry?.isDirectory);
  enqueue(files.map(([, file]) => ({ file, parts: [file.name] })), false);
  for (const folder of folders) {
    const inside = await children(folder);
    enqueue((await Promise.all(inside.map((entry) => walk(entry, [])))).flat(), true);
  }
}

async function walk(entry, above) {
  const names = [...above, entry.name];
  if (entry.isFile) {
    const file = await new Promise((done) => entry.file(done, () => done(null)));
    if (!file) line(names.join("_"), sentence("unsent"), "bad");
    return file ? [{ file, parts: names }] : [];
  }
  const found = [];
  for (const child of await children(entry)) found.push(...(await walk(child, names)));
  return found;
}

async function children(folder) {
  const reader = folder.createReader();
  const found = [];
  for (;;) { // a reader gives some hundred at a time
    const some = await new Promise((done) => reader.readEntries(done, () => done([])));
    if (!some.length) return found;
    found.push(...some);
  }
}

// --- sending them ---

const waiting = []; // {file, name, tries}
let sending = 0;

function sendNext() {
  while (sending < AT_ONCE && waiting.length) send(waiting.shift());
  const foot = sender().querySelector(".waiting");
  foot.hidden = !waiting.length;
  foot.querySelector("span").replaceChildren(sentence("more", { count: waiting.length }));
}

function send(item) {
  const limit = Number(sender().dataset.limit);
  if (item.file.size > limit) {
    line(item.name, sentence("large"), "bad");
    return;
  }
  sending += 1;
  const row = line(item.name, sentence("sending"), "going");
  const gauge = document.createElement("span");
  gauge.className = "gauge";
  gauge.append(document.createElement("i"));
  row.querySelector(".how").append(gauge);
  const request = new XMLHttpRequest();
  request.open("POST", "upload");
  request.setRequestHeader("x-youju-name", encodeURIComponent(item.name.toWellFormed?.() ?? item.name));
  request.upload.onprogress = ({ loaded, total }) => {
    gauge.firstChild.style.width = `${total ? (100 * loaded) / total : 0}%`;
  };
  request.onloadend = () => sent(item, row, request);
  request.send(item.file);
}

function sent(item, row, request) {
  sending -= 1;
  row.remove();
  const answer = read(request.responseText);
  if (request.status === 200) {
    if (answer.renamed) line(item.name, sentence("renamed", { name: answer.name }), "note");
    watchJobs();
  } else if (request.status === 503 && item.tries < TRIES) {
    setTimeout(() => {
      waiting.unshift({ ...item, tries: item.tries + 1 });
      sendNext();
    }, 2000);
  } else {
    line(item.name, answer.error ? inBoth(answer.error) : sentence("unsent"), "bad");
  }
  sendNext();
}

function read(text) {
  try {
    return JSON.parse(text) ?? {};
  } catch {
    return {}; // cut off, or a proxy's own page
  }
}

// One line of what is being sent, or of why it was not; everything in it is text.
function line(name, said, kind) {
  const list = sender().querySelector(".sending");
  const row = document.createElement("li");
  const title = document.createElement("bdi");
  const how = document.createElement("span");
  row.className = kind;
  title.textContent = name;
  how.className = "how";
  how.append(said);
  row.append(title, how);
  if (kind !== "going") {
    const button = document.createElement("button");
    button.className = "quiet";
    button.dataset.dismiss = "";
    button.append(sentence("dismiss"));
    row.append(button);
  }
  list.append(row);
  const told = list.querySelectorAll("li:not(.going)");
  if (told.length > LISTED) told[0].remove();
  return row;
}

function sentence(key, gaps = {}) {
  const words = sender().querySelector(`[data-say="${key}"]`).content.cloneNode(true);
  for (const span of words.querySelectorAll("span")) {
    span.textContent = span.textContent.replace(/\{(\w+)\}/g, (gap, name) => gaps[name] ?? gap);
  }
  return words;
}

function inBoth({ zh, en }) {
  const words = document.createDocumentFragment();
  for (const [language, text] of [["zh", zh], ["en", en]]) {
    const span = document.createElement("span");
    span.className = language;
    span.textContent = text;
    words.append(span);
  }
  return words;
}

// --- watching them ---

let beating = 0;
let watchUntil = 0; // a job that was just sent shows in the next answer only
let ended = null; // changes when another file has come to its end
let beats = 0;

function watchJobs() {
  watchUntil = Date.now() + 4 * BEAT;
  if (!beating) beating = setInterval(beat, BEAT);
}

function goingOn() {
  const busyJobs = parts.jobs.element.querySelector('[data-busy="true"]');
  const rebuilding = parts.health.element.querySelector("[data-rebuilding]");
  return busyJobs || rebuilding || sending || waiting.length || Date.now() < watchUntil;
}

function beat() {
  if (!goingOn()) {
    clearInterval(beating);
    beating = 0;
    return;
  }
  beats += 1;
  const looked = document.body.dataset.view === "documents" || beats % 5 === 0;
  if (looked && !document.hidden) parts.jobs.trigger("expand", {});
}

function showJobs() {
  const section = parts.jobs.element.querySelector(".jobs");
  if (!section) return;
  if (ended !== null && section.dataset.ended !== ended) documentsChanged();
  ended = section.dataset.ended;
  if (goingOn()) watchJobs();
}

function showHealth() {
  if (rebuildingSeen && !parts.health.element.querySelector("[data-rebuilding]")) documentsChanged();
  rebuildingSeen = Boolean(parts.health.element.querySelector("[data-rebuilding]"));
  if (rebuildingSeen) watchJobs();
}

let rebuildingSeen = false;

// What was made of the documents is asked for again: the list, examples, the ledger.
function documentsChanged() {
  refreshList();
  parts.jobs.trigger("apply", {});
  ledgerOpened = false;
  if (document.body.dataset.view === "ledger") openLedger();
}

// --- the list ---

function openDocuments() {
  if (!parts.documents) return; // the page is still being put together
  refreshList();
  parts.jobs.trigger("expand", {});
}

function listView() {
  const view = parts.documents.element.querySelector("[data-list]")?.dataset.list;
  const wanted = view ? JSON.parse(view) : {};
  for (const field of parts.find?.element.querySelectorAll("input, select") ?? []) {
    wanted[field.name] = field.value;
  }
  return wanted;
}

function refreshList(change = {}) {
  parts.documents.element.dataset.waiting = "true";
  parts.documents.trigger("expand", { ...listView(), ...change });
}

let listTyping = 0;

function onDocumentsInput(event) {
  if (!event.target.closest?.("[data-find]")) return;
  clearTimeout(listTyping);
  const pause = event.target.type === "search" ? 250 : 0;
  listTyping = setTimeout(() => refreshList({ page: 1 }), pause);
}

function turnList(button) {
  refreshList({ page: Number(button.dataset.listPage) });
  document.getElementById("find").scrollIntoView({ block: "start" });
}

// --- one document ---

function showDossier(panel) {
  desk().dataset.wide = String(panel?.dataset.shown === "original" && desk().dataset.source === "open");
  if (!panel) return;
  sign(panel);
  const refused = panel.querySelector(".dossier > .bad");
  for (const act of panel.querySelectorAll("details.act")) {
    delete act.querySelector("form").dataset.sent;
    if (!refused) act.open = false; // what was typed belongs to what is done
  }
  const leaf = panel.querySelector("[data-leaf]");
  if (leaf) leaf.value = leaf.dataset.leaf;
  const picture = panel.querySelector("[data-page-image]");
  if (!picture) return;
  const figure = picture.closest("figure");
  delete figure.dataset.lost;
  zoom(panel, enlarged);
  if (picture.complete && picture.naturalWidth) showQuoted(figure);
  else figure.dataset.loading = "true";
}

let enlarged = false; // stays so from page to page

function zoom(panel, large) {
  enlarged = large;
  const picture = panel.querySelector("[data-page-image]");
  const small = picture.dataset.large.replace(/width=\d+$/, "width=1000");
  const wanted = large ? picture.dataset.large : small;
  if (picture.getAttribute("src") !== wanted) picture.setAttribute("src", wanted);
  panel.querySelector(".pair").dataset.enlarged = String(large);
  panel.querySelector("[data-zoom]").setAttribute("aria-pressed", String(large));
}

// Brings the quoted words into view on the picture, where there is more than fits.
function showQuoted(figure) {
  const mark = figure.querySelector(".box.quote");
  figure.scrollTop = 0;
  if (!mark) return;
  const at = mark.getBoundingClientRect();
  const room = figure.getBoundingClientRect();
  if (at.bottom > room.bottom || at.right > room.right) {
    figure.scrollTop += at.top - room.top - room.height / 3;
    figure.scrollLeft += at.left - room.left - room.width / 3;
  }
}

function lineOf(target) {
  if (!target.closest?.(".pair")) return null;
  const piece = target.closest('[class*="line-"]');
  return [...(piece?.classList ?? [])].find((name) => name.startsWith("line-")) ?? null;
}

let lit = null;

function lightUp(name) {
  if (name === lit) return;
  for (const piece of document.querySelectorAll(".pair .lit")) piece.classList.remove("lit");
  lit = name;
  if (!name) return;
  for (const piece of document.querySelectorAll(`.pair .${name}`)) piece.classList.add("lit");
}

// A click on a line of the picture finds its words, and the other way round.
function crossOver(target, name) {
  const there = target.closest(".leaf") ? ".pair .text" : ".pair .leaf";
  document.querySelector(`${there} .${name}`)?.scrollIntoView({ block: "nearest" });
}

function act(form) {
  if ("sent" in form.dataset) return; // once is enough
  form.dataset.sent = "";
  setTimeout(() => delete form.dataset.sent, 5000);
  const { act: what, document: path } = form.dataset;
  const { by, why, sure } = form.elements;
  remember(by.value);
  parts.source.trigger("submit", {
    act: what,
    document: path,
    by: by.value,
    why: why?.value ?? "",
    sure: sure?.checked ?? false,
    view: listView(),
  });
  acted = true;
  watchJobs(); // erasing goes on in the background
}

let acted = false;

window.youjuFilingFailed = () => {
  delete parts.documents.element.dataset.waiting;
  for (const form of document.querySelectorAll("[data-act][data-sent]")) delete form.dataset.sent;
  tell(parts.composer.element.querySelector("[data-lost]").innerHTML, true);
};

// --- events ---

function onDocumentsClick(button) {
  const { dataset } = button;
  if ("choose" in dataset) choose(dataset.choose);
  else if ("dismiss" in dataset) button.closest("li").remove();
  else if ("unsend" in dataset) {
    waiting.length = 0;
    sendNext();
  } else if ("listPage" in dataset) turnList(button);
  else if ("jobStop" in dataset) parts.jobs.trigger("stop", { job: dataset.jobStop });
  else if ("rebuild" in dataset) {
    button.disabled = true;
    parts.health.trigger("submit", {});
    watchJobs();
  } else if ("zoom" in dataset) {
    zoom(button.closest(".panel"), !enlarged);
  } else return false;
  return true;
}

const shownOfDocuments = {
  jobs: showJobs,
  health: showHealth,
  find: () => speak(parts.find.element),
  documents: () => {
    delete parts.documents.element.dataset.waiting;
    if (acted) parts.jobs.trigger("apply", {});
    if (acted) ledgerOpened = false;
    acted = false;
  },
};

function connectDocuments(part) {
  if (part.name in shownOfDocuments) part.watch("value", shownOfDocuments[part.name]);
}

const holdsFiles = (event) => [...(event.dataTransfer?.types ?? [])].includes("Files");
for (const kind of ["dragenter", "dragover"]) {
  document.addEventListener(kind, (event) => {
    if (!holdsFiles(event)) return;
    event.preventDefault(); // a file that is let go elsewhere must not replace the page
    const here = document.body.dataset.view === "documents";
    event.dataTransfer.dropEffect = here ? "copy" : "none";
    if (here) document.body.dataset.drag = "true";
  });
}
document.addEventListener("dragleave", (event) => {
  if (!event.relatedTarget) delete document.body.dataset.drag;
});
document.addEventListener("drop", (event) => holdsFiles(event) && onDrop(event));
document.addEventListener("input", onDocumentsInput);
document.addEventListener("change", (event) => {
  const { target } = event;
  if (target.matches?.("[data-files], [data-folder]")) onChosen(target);
  if ("leaf" in (target.dataset ?? {})) {
    const page = Math.min(Math.max(1, Math.round(Number(target.value) || 1)), Number(target.max));
    target.dataset.page = String(page);
    look(target);
  }
});
document.addEventListener("submit", (event) => {
  const { dataset } = event.target;
  if ("act" in dataset) act(event.target);
  else if ("find" in dataset) refreshList({ page: 1 });
});
document.addEventListener("mouseover", (event) => lightUp(lineOf(event.target)));
document.addEventListener("click", (event) => {
  const name = lineOf(event.target);
  if (!name || String(getSelection())) return;
  lightUp(name);
  crossOver(event.target, name);
});
for (const kind of ["load", "error"]) {
  document.addEventListener(
    kind,
    (event) => {
      if (!event.target.matches?.("[data-page-image]")) return;
      const figure = event.target.closest("figure");
      delete figure.dataset.loading;
      if (kind === "error") figure.dataset.lost = "true";
      else {
        delete figure.dataset.lost;
        showQuoted(figure);
      }
    },
    true,
  );
}
window.addEventListener("beforeunload", (event) => {
  if (sending || waiting.length) event.preventDefault();
});
