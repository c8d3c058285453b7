"""What is known of one document: how it was read, its versions, and what can be done with it."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from typing import TYPE_CHECKING

from assistant.web.documents import format_name
from assistant.web.ledger.correcting import MAX_SIGNATURE
from assistant.web.source import Opened
from assistant.web.strings import say
from index.errors import IndexingError
from index.jobs import ReadingReport, Version

if TYPE_CHECKING:
    from index.library import DocumentInfo

MAX_WHY = 500  # characters
LISTED = 200  # lines, pages and notes of a report
_COUNTS = (
    "characters", "chunks", "pages", "articles", "sections", "tables", "records", "figures",
    "findings",
)  # fmt: skip


def render_report(opened: Opened) -> str:
    """Return how the newest version of a document was read, and what was not understood."""
    path = opened.look.document
    try:
        report = opened.library.report(path)
    except IndexingError as error:  # written for the user
        return f'<div class="text dossier" tabindex="0"><p>{escape(str(error))}</p></div>'
    starts = _line_starts(opened.library.text(path, report.version))
    return (
        f'<div class="text dossier" tabindex="0">{_facts(report)}{_notes(report)}'
        f"{_recognised(report)}{_unread(report, starts)}</div>"
    )


def _facts(report: ReadingReport) -> str:
    format_of = format_name(report.media_type, report.encoding, report.path)
    facts = [("version", str(report.version)), ("format", escape(format_of))]
    facts += [(name, f"{getattr(report, name):,}") for name in _COUNTS]
    shown = [(name, words) for name, words in facts if name != "pages" or report.pages]
    listed = "".join(
        f"<div><dt>{say(f'report_{name}')}</dt><dd>{words}</dd></div>" for name, words in shown
    )
    return f'<dl class="figures">{listed}</dl>'


def _notes(report: ReadingReport) -> str:
    if not report.notes:
        return f"<h3>{say('report_no_notes')}</h3>"
    items = "".join(f"<li>{escape(note)}</li>" for note in report.notes[:LISTED])
    return f"<h3>{say('report_notes')}</h3><ul>{items}</ul>{_more(report.notes)}"


def _recognised(report: ReadingReport) -> str:
    if not report.recognised:
        return ""
    items = "".join(
        f'<li><button class="link" data-look data-view="original" data-page="{page}" '
        f'data-document="{escape(report.path)}">{say("report_page", page=page)}</button> '
        f"{say('report_sure', percent=round(100 * sure))}</li>"
        for page, sure in report.recognised[:LISTED]
    )
    head = say("report_recognised", count=len(report.recognised))
    return f'<h3>{head}</h3><ul class="pages">{items}</ul>{_more(report.recognised)}'


def _unread(report: ReadingReport, starts: Sequence[int]) -> str:
    if not report.unread:
        return f"<h3>{say('report_no_unread')}</h3>"
    items = "".join(
        f"<li>{_line(report, line, starts)} {escape(sentence)}</li>"
        for line, sentence in report.unread[:LISTED]
    )
    head = say("report_unread", count=len(report.unread))
    return f"<h3>{head}</h3><ul>{items}</ul>{_more(report.unread)}"


def _line(report: ReadingReport, line: int, starts: Sequence[int]) -> str:
    said = say("report_line", line=line)
    if not 1 <= line <= len(starts):
        return said
    return (
        f'<button class="link" data-look data-at="{starts[line - 1]}" '
        f'data-document="{escape(report.path)}">{said}</button>'
    )


def _line_starts(text: str) -> list[int]:
    starts, at = [0], text.find("\n")
    while at >= 0:
        starts.append(at + 1)
        at = text.find("\n", at + 1)
    return starts


def _more(items: Sequence[object]) -> str:
    rest = len(items) - LISTED
    return f'<p class="muted">{say("report_more", count=rest)}</p>' if rest > 0 else ""


def render_versions(opened: Opened, info: DocumentInfo | None, said: str = "") -> str:
    """Return the versions of a document, and the forms that withdraw, reinstate and erase it."""
    path, history = opened.look.document, opened.history
    items = "".join(_version(version, opened) for version in history)
    state = history[0].state
    forms = ""
    if state == "current":
        forms += _form("withdraw", path, say("withdraw_how"), why=True)
    elif state == "withdrawn":
        forms += _form("reinstate", path, say("reinstate_how"))
    forms += _erase(path, info, len(history))
    return (
        f'<div class="text dossier" tabindex="0">{said}'
        f"<h3>{say('versions_title', count=len(history))}</h3>"
        f'<ol class="versions">{items}</ol>{forms}</div>'
    )


def _version(version: Version, opened: Opened) -> str:
    here = version.number == opened.number
    line = say(
        "version_line",
        date=_moment(version.indexed_at),
        characters=f"{version.characters:,}",
        sha=version.sha256[:12],
    )
    until = (
        f'<span class="muted"> {say("version_until", date=_moment(version.until))}</span>'
        if version.until
        else ""
    )
    by = (
        f'<p class="muted">{say("withdrawn_by", by=version.by or "", why=version.why or "")}</p>'
        if version.by or version.why
        else ""
    )
    return (
        f'<li class="{version.state}"{" aria-current=true" if here else ""}>'
        f"<strong>{say('version_short', version=version.number)}</strong> "
        f'<span class="badge">{say(f"version_{version.state}")}</span> '
        f'<button class="link" data-look data-document="{escape(opened.look.document)}" '
        f'data-version="{version.number}">{say("version_open")}</button>'
        f'<p class="muted">{line}{until}</p>{by}</li>'
    )


def _moment(at: str) -> str:
    return at[:16].replace("T", " ")


def render_manage_failed(info: DocumentInfo, said: str = "") -> str:
    """Return why a document could not be read, and the form that takes it off the list."""
    error = f'<p class="warning">{escape(info.error)}</p>' if info.error else ""
    return f'{error}<div class="text dossier" tabindex="0">{said}{_erase(info.path, info, 0)}</div>'


def _erase(path: str, info: DocumentInfo | None, versions: int) -> str:
    how = say("erase_how", count=versions) if versions else say("take_off_how")
    if info is not None and not info.uploaded:
        how += f"</p><p>{say('erase_folder')}"
    return _form("erase", path, how, sure=True)


def _form(act: str, path: str, how: str, *, why: bool = False, sure: bool = False) -> str:
    reason = (
        f'<label class="wide"><span>{say("why")}</span>'
        f'<input name="why" maxlength="{MAX_WHY}" autocomplete="off" required></label>'
        if why
        else ""
    )
    check = (
        f'<label class="check"><input type="checkbox" name="sure" required>'
        f"<span>{say('erase_sure')}</span></label>"
        if sure
        else ""
    )
    return (
        f'<details class="act {act}"><summary>{say(act)}</summary>'
        f'<form data-act="{act}" data-document="{escape(path)}"><p>{how}</p>'
        f'<div class="sign">{reason}<label><span>{say("signature")}</span>'
        f'<input name="by" maxlength="{MAX_SIGNATURE}" autocomplete="name" data-signature required>'
        f'</label>{check}<button type="submit" class="send">{say(f"{act}_do")}</button></div>'
        "</form></details>"
    )
