"""The list of documents as HTML."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from typing import TYPE_CHECKING

from assistant.web.strings import say

if TYPE_CHECKING:
    from index.library import DocumentInfo

FORMATS = {
    "text/plain": "TXT",
    "text/markdown": "Markdown",
    "text/html": "HTML",
    "text/csv": "CSV",
    "application/pdf": "PDF",
    "application/msword": "DOC",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": "DOCX",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": "XLSX",
}
COLUMNS = ("title", "date", "issuer", "format", "chunks", "state")


def render_documents(documents: Sequence[DocumentInfo]) -> str:
    """Return the table of documents with its banner and filter; a calm text if empty."""
    if not documents:
        return (
            f'<section class="documents empty"><h2>{say("no_documents")}</h2>'
            f"<p>{say('no_documents_how')}</p></section>"
        )
    head = "".join(f'<th scope="col">{say(key)}</th>' for key in COLUMNS)
    body = "".join(_row(document) for document in documents)
    indexed = sum(d.state == "indexed" for d in documents)
    count = say(
        "documents_count",
        count=len(documents),
        indexed=indexed,
        failed=len(documents) - indexed,
    )
    return (
        f'<section class="documents">{_banner(documents)}'
        f'<h2>{say("documents_title")}</h2><p class="count">{count}</p>'
        f'<label class="filter"><span>{say("filter")}</span>'
        '<input type="search" data-filter autocomplete="off"></label>'
        f'<table class="list"><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></section>'
    )


def _banner(documents: Sequence[DocumentInfo]) -> str:
    if all(d.sample for d in documents):
        return f'<p class="banner">{say("samples_banner")}</p>'
    if any(d.sample for d in documents):
        return f'<p class="banner">{say("samples_aside")}</p>'
    return ""


def _row(info: DocumentInfo) -> str:
    found = " ".join([info.title, info.path, info.issuer or "", *info.articles]).lower()
    cells = (
        ("title", _title(info)),
        ("date", escape(info.date or info.date_text or "")),
        ("issuer", escape(info.issuer or "")),
        ("format", escape(_format(info))),
        ("chunks", str(info.chunks) if info.state == "indexed" else ""),
        ("state", _state(info)),
    )
    columns = "".join(
        f'<td class="{key}"><span class="label">{say(key)}</span>'
        f'<div class="cell">{words or "–"}</div></td>'
        for key, words in cells
    )
    return f'<tr data-words="{escape(found)}" class="{escape(info.state)}">{columns}</tr>'


def _title(info: DocumentInfo) -> str:
    name = f"<bdi>{escape(info.title)}</bdi>"
    title = (
        f'<button class="link" data-look data-document="{escape(info.path)}">{name}</button>'
        if info.state == "indexed"
        else f"<strong>{name}</strong>"
    )
    mark = f'<span class="badge">{say("sample")}</span>' if info.sample else ""
    file = f'<p class="file">{escape(info.path)}</p>' if info.path != info.title else ""
    more = "".join(f'<p class="note">{escape(note)}</p>' for note in info.notes)
    error = f'<p class="error">{escape(info.error)}</p>' if info.error else ""
    return f"{title} {mark}{file}{_articles(info)}{more}{error}"


def _articles(info: DocumentInfo) -> str:
    if len(info.articles) < 2:
        return ""
    items = "".join(f"<li>{escape(article)}</li>" for article in info.articles)
    count = say("articles", count=len(info.articles))
    return f'<details class="articles"><summary>{count}</summary><ol>{items}</ol></details>'


def _format(info: DocumentInfo) -> str:
    kind = FORMATS.get(info.media_type) or info.path.rpartition(".")[2].upper()[:8]
    encoding = (info.encoding or "").upper()
    return f"{kind} {encoding}".strip() if encoding not in ("", "UTF-8", "UTF8") else kind


def _state(info: DocumentInfo) -> str:
    if info.state == "indexed":
        return f'<span class="state ok">{say("indexed")}</span>'
    return f'<span class="state bad">{say("failed_state")}</span>'
