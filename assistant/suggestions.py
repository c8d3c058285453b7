"""Questions to begin with, made from what the index holds."""

from __future__ import annotations

import re
from collections.abc import Iterator

from assistant.entities import item_name
from assistant.evidence import paragraph_units, paragraphs
from assistant.status import statuses
from index.library import Library
from index.records import Document

MAX_SUGGESTIONS = 6
MAX_FILES = 12  # the newest are looked at
MAX_NAME = 18  # characters of a name that still makes a short question

_LABEL = re.compile(r"^[\s（(]*(?:第?[一二三四五六七八九十\d]+[）)、．.章节]?)+[、．.）)]?\s*")
_MEETING = re.compile(
    r"(?:召开|举行|举办)了?(?P<name>[^，。]{4,24}?(?:会议|大会|讲评会|推进会|现场会|座谈会|会))$"
)


def suggest(library: Library) -> list[str]:
    """Return up to six questions that these documents can answer, of different kinds."""
    files = sorted(library.files(), key=lambda file: file.indexed_at, reverse=True)[:MAX_FILES]
    found: dict[str, list[str]] = {"list": [], "why": [], "meeting": [], "english": []}
    documents = [(file.id, d) for file in files for d in library.articles(file.id)]
    documents.sort(key=lambda pair: pair[1].date or "", reverse=True)
    for file_id, document in documents:
        for kind, question in _of_document(file_id, document, library):
            if question not in found[kind]:
                found[kind].append(question)
    mixed = [q for rank in range(3) for kind in found.values() for q in kind[rank : rank + 1]]
    return mixed[:MAX_SUGGESTIONS]


def _of_document(file_id: int, document: Document, library: Library) -> Iterator[tuple[str, str]]:
    meeting = _MEETING.search(document.title)
    if meeting and "*" not in meeting["name"]:
        yield "meeting", f"{meeting['name']}提出了哪些要求？"
    for section in document.sections:
        name = re.sub(r"[（(].*?[）)]", "", _LABEL.sub("", section.heading)).strip("：: ")
        said = statuses(section.heading)
        if (
            not said
            or not 3 <= len(name) <= MAX_NAME
            or not re.search(r"项目|工程|任务|事项", name)
        ):
            continue
        late = said & {"not_started", "behind", "suspended"}
        yield "list", f"{name}有哪些，原因是什么？" if late else f"{name}有哪些？"
        if "not_started" in said:
            yield "english", "Which projects were not started and why?"
            yield from _whys(file_id, document, section.heading_end, section.end, library)


def _whys(
    file_id: int, document: Document, start: int, end: int, library: Library
) -> Iterator[tuple[str, str]]:
    content = library.content(file_id)
    for a, b in paragraphs(content, document, start, end):
        for unit in paragraph_units(content, document, file_id, a, b):
            name = item_name(unit.text)
            usable = "（" in unit.text and "*" not in name and len(name) <= MAX_NAME
            if unit.kind == "item" and usable:
                yield "why", f"{name}项目为什么没有开工？"
