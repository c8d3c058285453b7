"""The list of documents as HTML: searched, narrowed and sorted here, a page at a time."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence, Set
from dataclasses import asdict, dataclass
from html import escape
from typing import TYPE_CHECKING

from assistant.web.strings import STRINGS, say

if TYPE_CHECKING:
    from index.library import DocumentInfo

FORMATS = {
    "text/plain": "TXT",
    "text/markdown": "Markdown",
    "text/html": "HTML",
    "text/csv": "CSV",
    "text/rtf": "RTF",
    "application/pdf": "PDF",
    "application/msword": "DOC",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": "DOCX",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": "XLSX",
    "application/vnd.openxmlformats-officedocument.presentationml.presentation": "PPTX",
}
COLUMNS = ("title", "date", "issuer", "format", "chunks", "state")
STATES = {
    "indexed": "indexed",
    "failed": "failed_state",
    "withdrawn": "withdrawn_state",
    "removed": "removed_state",
}
SORTS = ("added", "date", "title")
PAGE = 50  # rows shown at a time; 10,000 would take the browser seconds
MAX_SEARCH = 200  # characters
NOTES = 2  # notes of a document that its row shows


@dataclass(frozen=True, slots=True)
class ListView:
    """What of the list is wanted; ``state`` "" is all, ``page`` counts from 1."""

    search: str = ""
    state: str = ""
    sort: str = "added"
    page: int = 1


WHOLE = ListView()


def read_list_view(sent: object) -> ListView:
    """Return the view that a browser asks for; what is not understood is left out."""
    given = sent if isinstance(sent, Mapping) else {}
    search, state, sort, page = (given.get(key) for key in ("search", "state", "sort", "page"))
    return ListView(
        search=search[:MAX_SEARCH] if isinstance(search, str) else "",
        state=state if isinstance(state, str) and state in STATES else "",
        sort=sort if isinstance(sort, str) and sort in SORTS else "added",
        page=page if type(page) is int and 1 <= page < 10**6 else 1,
    )


def render_find() -> str:
    """Return the controls above the list; page.js sends what they hold."""
    states = _options([("", "any_state"), *STATES.items()])
    sorts = _options([(sort, f"sort_{sort}") for sort in SORTS])
    return (
        '<form class="filters" data-find>'
        f'<label class="find"><span>{say("filter")}</span>'
        '<input type="search" name="search" data-filter autocomplete="off"></label>'
        f'<label><span>{say("state")}</span><select name="state">{states}</select></label>'
        f'<label><span>{say("sort")}</span><select name="sort">{sorts}</select></label></form>'
    )


def _options(pairs: Sequence[tuple[str, str]]) -> str:
    return "".join(
        f'<option value="{value}" data-say-zh="{escape(STRINGS[key][0])}" '
        f'data-say-en="{escape(STRINGS[key][1])}">{escape(STRINGS[key][0])}</option>'
        for value, key in pairs
    )


def render_documents(documents: Sequence[DocumentInfo], view: ListView = WHOLE) -> str:
    """Return one page of the list with its banner and counts; a calm text if it is empty."""
    if not documents:
        return (
            f'<section class="documents empty"><h2>{say("no_documents")}</h2>'
            f"<p>{say('no_documents_how')}</p></section>"
        )
    found = narrowed(documents, view)
    pages = max(1, -(-len(found) // PAGE))
    page = min(view.page, pages)
    shown = found[(page - 1) * PAGE : page * PAGE]
    read = {d.path for d in documents if d.state != "failed"}
    rows = _table(shown, read) if shown else f'<p class="none">{say("documents_none")}</p>'
    kept = escape(json.dumps({**asdict(view), "page": page}, ensure_ascii=False))
    return (
        f'<section class="documents" data-list="{kept}">{_banner(documents)}'
        f"<h2>{say('documents_title')}</h2>{_count(documents, found, view)}"
        f"{rows}{_pager(page, pages)}</section>"
    )


def narrowed(documents: Sequence[DocumentInfo], view: ListView) -> list[DocumentInfo]:
    """Return the documents that a view wants, all pages of them, in its order."""
    return _sorted([d for d in documents if _fits(d, view)], view.sort)


def _fits(info: DocumentInfo, view: ListView) -> bool:
    if view.state and info.state != view.state:
        return False
    words = view.search.lower().split()
    if not words:
        return True
    said = " ".join([info.title, info.path, info.issuer or "", *info.articles]).lower()
    return all(word in said for word in words)


def _sorted(documents: Sequence[DocumentInfo], sort: str) -> list[DocumentInfo]:
    if sort == "title":
        return sorted(documents, key=lambda d: (d.title, d.path))
    # What was added in one go keeps the order of its names.
    named = sorted(documents, key=lambda d: d.path)
    if sort == "date":
        return sorted(named, key=lambda d: d.date or "", reverse=True)
    return sorted(named, key=lambda d: d.indexed_at[:16], reverse=True)


def _count(documents: Sequence[DocumentInfo], found: Sequence[DocumentInfo], view: ListView) -> str:
    by_state = [d.state for d in documents]
    count = say(
        "documents_count",
        count=len(documents),
        indexed=by_state.count("indexed"),
        failed=by_state.count("failed"),
        withdrawn=by_state.count("withdrawn"),
    )
    narrowed = view.search.strip() or view.state
    fits = f" <strong>{say('documents_found', found=len(found))}</strong>" if narrowed else ""
    return f'<p class="count" role="status">{count}{fits}</p>'


def _table(shown: Sequence[DocumentInfo], read: Set[str]) -> str:
    head = "".join(f'<th scope="col">{say(key)}</th>' for key in COLUMNS)
    body = "".join(_row(document, read) for document in shown)
    return f'<table class="list"><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>'


def _pager(page: int, pages: int) -> str:
    if pages == 1:
        return ""
    steps = [
        f'<button class="quiet" data-list-page="{other}"'
        f"{'' if 1 <= other <= pages else ' disabled'}>{say(key)}</button>"
        for key, other in (("page_before", page - 1), ("page_after", page + 1))
    ]
    said = say("page_of", page=page, pages=pages)
    return f'<nav class="pager">{steps[0]}<span>{said}</span>{steps[1]}</nav>'


def _banner(documents: Sequence[DocumentInfo]) -> str:
    if all(d.sample for d in documents):
        return f'<p class="banner">{say("samples_banner")}</p>'
    if any(d.sample for d in documents):
        return f'<p class="banner">{say("samples_aside")}</p>'
    return ""


def _row(info: DocumentInfo, read: Set[str]) -> str:
    cells = (
        ("title", _title(info) + _doors(info, info.path in read)),
        ("date", escape(info.date or info.date_text or "")),
        ("issuer", escape(info.issuer or "")),
        ("format", escape(format_name(info.media_type, info.encoding, info.path))),
        ("chunks", str(info.chunks) if info.state == "indexed" else ""),
        ("state", _state(info)),
    )
    columns = "".join(
        f'<td class="{key}{"" if words else " blank"}"><span class="label">{say(key)}</span>'
        f'<div class="cell">{words or "–"}</div></td>'
        for key, words in cells
    )
    return f'<tr class="{escape(info.state)}">{columns}</tr>'


def _title(info: DocumentInfo) -> str:
    name = f"<bdi>{escape(info.title)}</bdi>"
    title = (
        f"<strong>{name}</strong>"
        if info.state == "failed"
        else f'<button class="link" data-look data-document="{escape(info.path)}">{name}</button>'
    )
    marks = f' <span class="badge">{say("sample")}</span>' if info.sample else ""
    if info.versions > 1:
        marks += f' <span class="badge">{say("version_short", version=info.version)}</span>'
    file = f'<p class="file"><bdi>{escape(info.path)}</bdi></p>' if info.path != info.title else ""
    error = f'<p class="error">{escape(info.error)}</p>' if info.error else ""
    return f"{title}{marks}{file}{_articles(info)}{_notes(info)}{error}"


def _notes(info: DocumentInfo) -> str:
    notes = "".join(f'<p class="note">{escape(note)}</p>' for note in info.notes[:NOTES])
    if len(info.notes) > NOTES:
        notes += f'<p class="note">{say("more_notes", count=len(info.notes))}</p>'
    return notes


def _doors(info: DocumentInfo, read: bool) -> str:
    """Return the buttons that open what else there is to see of a document, and to do with it.

    ``read`` tells whether some version of it could be read.
    """
    doors = [("report", "view_report"), ("versions", "view_versions")]
    if info.state == "failed":
        doors = [("versions", "view_versions" if read else "take_off")]
    buttons = "".join(
        f'<button class="link" data-look data-view="{view}" '
        f'data-document="{escape(info.path)}">{say(key)}</button>'
        for view, key in doors
    )
    return f'<p class="doors">{buttons}</p>'


def _articles(info: DocumentInfo) -> str:
    if len(info.articles) < 2:
        return ""
    items = "".join(f"<li>{escape(article)}</li>" for article in info.articles)
    count = say("articles", count=len(info.articles))
    return f'<details class="articles"><summary>{count}</summary><ol>{items}</ol></details>'


def format_name(media_type: str, encoding: str | None, path: str) -> str:
    """Return a short name of a format, with the encoding where it is not UTF-8."""
    kind = FORMATS.get(media_type) or path.rpartition(".")[2].upper()[:8]
    shown = (encoding or "").upper()
    return f"{kind} {shown}".strip() if shown not in ("", "UTF-8", "UTF8") else kind


def _state(info: DocumentInfo) -> str:
    good = "ok" if info.state == "indexed" else "bad" if info.state == "failed" else "off"
    return f'<span class="state {good}">{say(STATES.get(info.state, "failed_state"))}</span>'
