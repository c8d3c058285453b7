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

// --- events ---

function onDeskClick(button) {
  const { dataset } = button;
  if ("toggleTalks" in dataset) setTalks(document.body.dataset.talks !== "open");
  else if ("openTalk" in dataset) openTalk(button);
  else if ("deleteTalk" in dataset) deleteTalk(button);
  else if ("thumb" in dataset) thumb(button);
  else if ("request" in dataset) actOn(button, { act: "request" });
  else return false;
  return true;
}

function connectDesk(part) {
  if (part.name !== "talks") return;
  part.watch("value", showTalks);
  setTalks(window.innerWidth >= WIDE);
  part.trigger("expand", {});
}

document.addEventListener("keydown", (event) => {
  const drawer = document.body.dataset.talks === "open" && window.innerWidth < WIDE;
  if (event.key === "Escape" && drawer) setTalks(false);
});
document.addEventListener("input", (event) => {
  if (event.target.id === "talk-find") onTalkFind(event.target);
});
document.addEventListener("submit", (event) => {
  const { dataset } = event.target;
  if ("talkFind" in dataset) onTalkFind(event.target.querySelector("input"));
  else if ("opinion" in dataset) sendOpinion(event.target);
  else if ("renameTalk" in dataset) {
    const title = event.target.elements.title.value;
    parts.talks.trigger("edit", { talk: dataset.renameTalk, title });
  }
});
