// The people's tab, in the same scope as page.js: it collects what is wanted and sends it;
// what stands in the page always comes from Python, which asks for rights each time.

let office = { pane: "roster" };

function openPeople(wanted = office) {
  office = wanted;
  parts.people?.trigger("expand", wanted);
}

// Fields by name; one name may stand at several boxes, of which the checked ones count.
function fieldsOf(form) {
  const sent = {};
  for (const field of form.elements) {
    if (!field.name) continue;
    if (field.type !== "checkbox") sent[field.name] = field.value;
    else if (field.name === "collections") {
      sent.collections = [...(sent.collections ?? []), ...(field.checked ? [field.value] : [])];
    } else sent[field.name] = field.checked;
  }
  return sent;
}

function officeAct(act, sent) {
  if (act === "search") openPeople({ ...sent, pane: "log" });
  else parts.people.trigger("submit", { ...sent, act, pane: office.pane });
}

function doWithPeople(button) {
  if ("twice" in button.dataset && !("sure" in button.dataset)) {
    button.dataset.sure = ""; // the second press does it
    setTimeout(() => delete button.dataset.sure, 4000);
    return;
  }
  const sent = {};
  for (const [key, value] of Object.entries(button.dataset)) {
    if (key.startsWith("with")) sent[key.slice(4).toLowerCase()] = value;
  }
  officeAct(button.dataset.peopleDo, sent);
}

function showPeople() {
  for (const form of parts.people.element.querySelectorAll("form")) form.reset(); // no password stays
  const told = parts.people.element.querySelector("[role=alert], [role=status]");
  told?.scrollIntoView({ block: "nearest" });
}

function onPeopleClick(button) {
  const { dataset } = button;
  if ("peopleDo" in dataset) doWithPeople(button);
  else if ("peoplePane" in dataset) openPeople({ pane: dataset.peoplePane });
  else if ("logBefore" in dataset) openPeople({ ...office, before: Number(dataset.logBefore) });
  else return false;
  return true;
}

function connectPeople(part) {
  if (part.name === "people") part.watch("value", showPeople);
}

document.addEventListener("submit", (event) => {
  const { dataset } = event.target;
  if ("peopleAct" in dataset) officeAct(dataset.peopleAct, fieldsOf(event.target));
});
