"""The panel beside the page: one document, as text, beside its original, and how it was read."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from assistant.web.dossier import render_manage_failed, render_report, render_versions
from assistant.web.original import render_original
from assistant.web.ports import Library
from assistant.web.source import (
    CURRENT,
    Look,
    Opened,
    keys_of,
    named_keys,
    open_document,
    render_message,
    render_text_view,
)
from assistant.web.strings import both, say, words
from index.errors import UnknownDocumentError

if TYPE_CHECKING:
    from index.library import DocumentInfo

VIEWS = ("text", "original", "report", "versions")


def render_source(look: Look, library: Library, said: str = "") -> str:
    """Return the panel's HTML; ``said`` stands in it as what just happened."""
    named = [d for d in library.documents() if d.path == look.document]
    info = next((d for d in named if d.state != "failed"), None)
    failed = next((d for d in named if d.state == "failed"), None)
    try:
        opened = open_document(look, library)
    except UnknownDocumentError:
        if info is not None or failed is None:
            return render_message("source_gone")
        # It was never read: there is nothing to see but why, and nothing to do but erase.
        head, body = _head(look, failed), render_manage_failed(failed, said)
        return f'<section class="panel" data-shown="versions">{head}{body}</section>'
    view = look.view if look.view != "original" or opened.pages else "text"
    return (
        f'<section class="panel" data-shown="{view}"{_target(opened)}>'
        f"{_head(look, info, _tabs(opened, view), opened)}{_notices(opened, failed)}"
        f"{_body(view, opened, info, said)}</section>"
    )


def _body(view: str, opened: Opened, info: DocumentInfo | None, said: str) -> str:
    if view == "original":
        return render_original(opened)
    if view == "report":
        return render_report(opened)
    if view == "versions":
        return render_versions(opened, info, said)
    return render_text_view(opened)


def _target(opened: Opened) -> str:
    """Say what the browser should scroll to; the keys make each look a new one."""
    to_quote = opened.look.at is None and opened.quote
    scroll = "quote" if to_quote else opened.focus[0]
    return f' data-scroll="{scroll}" {keys_of(opened.look)}'


def _head(
    look: Look, info: DocumentInfo | None, tabs: str = "", opened: Opened | None = None
) -> str:
    cited = look.citation
    title = (cited and cited.title) or (info and info.title) or look.document
    listed = "".join(
        f"<dt>{say(key)}</dt><dd>{words}</dd>"
        for key, words in (*_facts(look, info, title), *_edition(opened))
        if words
    )
    return (
        f'<header><div class="bar"><span class="kind">{say("source")}</span>{_steps(look)}'
        f'<button class="close" data-close>{say("close")}</button></div>'
        f"<h2>{escape(title)}</h2><dl>{listed}</dl>{tabs}</header>"
    )


def _facts(look: Look, info: DocumentInfo | None, title: str) -> list[tuple[str, str]]:
    cited = look.citation
    date = (cited and cited.date) or (info and (info.date or info.date_text)) or ""
    facts = [("file", escape(look.document))]
    if cited:
        article = cited.article if cited.article and cited.article != title else ""
        facts += [("article", escape(article or "")), ("section", escape(cited.section))]
    facts += [("issuer", escape((info and info.issuer) or "")), ("date", escape(date))]
    if cited:
        facts.append(("page", str(cited.page) if cited.page else ""))
        facts.append(("place", say("place_value", start=cited.start, end=cited.end)))
    return facts


def _edition(opened: Opened | None) -> list[tuple[str, str]]:
    """Return which version is shown, since when it is on file, and the way to the original."""
    if opened is None:
        return []
    number, date = opened.number, opened.version.indexed_at[:10]
    if opened.version.state == "current":
        line = say("version_now", version=number, date=date)
    else:
        states = words(f"version_{opened.version.state}")
        said = [words("version_then", version=number, date=date, state=state) for state in states]
        line = both(said[0][0], said[1][1])
    path = opened.look.document
    take = (
        f'<button class="link" data-original data-document="{escape(path)}" '
        f'data-version="{number}" data-said="{escape(path.rsplit("/", 1)[-1])}">'
        f'{say("original_take")}<span hidden data-when="forbidden">{say("original_closed")}</span>'
        f'<span hidden data-when="gone">{say("original_gone")}</span></button>'
    )
    return [("version", f"{line} {take}")]


def _tabs(opened: Opened, view: str) -> str:
    page = f' data-page="{opened.look.page}"' if opened.look.page else ""
    at = f' data-at="{opened.look.at}"' if opened.look.at is not None else ""
    buttons = "".join(
        f'<button data-look data-view="{name}" {keys_of(opened.look)}'
        f"{page if name == 'original' else ''}{at if name in ('text', 'original') else ''}"
        f"{CURRENT if name == view else ''}>{say(f'view_{name}')}</button>"
        for name in VIEWS
        if name != "original" or opened.pages
    )
    return f'<nav class="views">{buttons}</nav>'


def _notices(opened: Opened, failed: DocumentInfo | None) -> str:
    """Return what the reader must know of this text: changed, superseded, withdrawn."""
    html = ""
    if failed:
        kept = say("is_failed", newest=opened.history[0].number)
        html += f'<p class="warning">{kept} {escape(failed.error or "")}</p>'
    if opened.look.citation and not opened.quote:
        html += f'<p class="warning">{say("source_changed")}</p>'
    shown, newest = opened.version, opened.history[0]
    if shown.number < newest.number:
        old = say("is_old", version=shown.number, date=shown.indexed_at[:10], newest=newest.number)
        html += (
            f'<p class="warning">{old} <button class="link" data-look '
            f'data-document="{escape(opened.look.document)}">'
            f"{say('open_newest', newest=newest.number)}</button></p>"
        )
    if newest.state == "withdrawn":
        by, why = newest.by or "", newest.why or ""
        who = say("withdrawn_by", by=by, why=why) if by or why else ""
        html += f'<p class="warning">{say("is_withdrawn", who="")}{who}</p>'
    elif newest.state == "removed":
        html += f'<p class="warning">{say("is_removed")}</p>'
    return html


def _steps(look: Look) -> str:
    """Return the previous/next buttons of a citation."""
    if look.citation is None or len(look.siblings) < 2:
        return ""
    numbers = [c.n for c in look.siblings]
    place = numbers.index(look.citation.n)
    view = f' data-view="{look.view}"' if look.view == "original" else ""
    steps = []
    for key, other in (("previous", place - 1), ("next", place + 1)):
        there = 0 <= other < len(numbers)
        where = f'data-n="{numbers[other]}"{view}' if there else "disabled"
        steps.append(
            f'<button class="step" data-look {named_keys(look)} {where}>{say(key)}</button>'
        )
    count = say("of", n=place + 1, count=len(numbers))
    return f'<span class="steps">{steps[0]}<span class="count">{count}</span>{steps[1]}</span>'
