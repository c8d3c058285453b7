"""What happens to documents on the page: listed, watched, withdrawn, erased; no Gradio in here.

Every event carries what it needs, so no visitor's state is kept, and nothing in
it is believed.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping

from assistant.web.documents import read_list_view, render_documents, render_find
from assistant.web.dossier import MAX_WHY
from assistant.web.ledger.correcting import MAX_SIGNATURE
from assistant.web.panel import render_source
from assistant.web.ports import Intake, Library
from assistant.web.progress import render_health, render_jobs
from assistant.web.sorry import sorry
from assistant.web.source import Look, render_message
from assistant.web.strings import say
from assistant.web.uploads import MAX_UPLOAD, MEGABYTE
from index.errors import IndexingError

logger = logging.getLogger(__name__)

SENTENCES = ("sending", "queued", "more", "renamed", "skipped", "unsent", "large", "dismiss")


class FilingDesk:
    """The documents' actions over one library and its intake; holds no visitor's state."""

    def __init__(self, library: Library, intake: Intake) -> None:
        self._library = library
        self.intake = intake

    def upload(self) -> str:
        """Return where files are chosen or dropped; page.js fills in those being sent."""
        return render_upload()

    def find(self) -> str:
        """Return the controls above the list."""
        return render_find()

    def list(self, sent: object = None) -> str:
        """Return the list of documents in the view that the browser keeps."""
        return render_documents(self._library.documents(), read_list_view(sent))

    def watch(self) -> tuple[str, str]:
        """Return the state of the index, and the files on their way into it."""
        return render_health(self._library, self.intake), render_jobs(self.intake)

    def stop(self, sent: Mapping[str, object]) -> tuple[str, str]:
        """Stop a job; return the same as ``watch``."""
        job = sent.get("job")
        if isinstance(job, str):
            self._attempt(lambda: self.intake.stop(job))
        return self.watch()

    def rebuild(self) -> str:
        """Begin to make the index anew; return its state, with what went wrong."""
        said = self._attempt(self.intake.rebuild)
        return f"{said}{render_health(self._library, self.intake)}"

    def act(self, sent: Mapping[str, object]) -> str:
        """Withdraw, reinstate or erase a document; return its panel with what came of it."""
        path, act = _text(sent, "document"), _text(sent, "act")
        by, why = _text(sent, "by").strip(), _text(sent, "why").strip()
        acts: dict[str, tuple[str, Callable[[], None]]] = {
            "withdraw": ("withdrew", lambda: self._library.withdraw(path, by, why)),
            "reinstate": ("reinstated", lambda: self.intake.reinstate(path, by)),
            "erase": ("erased", lambda: self.intake.erase(path, by)),
        }
        if act not in acts:
            return render_message("act_failed")
        done, do = acts[act]
        said = _objection(act, by, why, sure=sent.get("sure") is True) or self._attempt(do)
        if act == "erase" and not said:
            return render_message("erased", "erased_how", name=path)
        said = said or f'<p class="good" role="status">{say(done)}</p>'
        return render_source(Look(path, view="versions"), self._library, said)

    def _attempt(self, do: Callable[[], None]) -> str:
        """Do something; return as HTML why that failed, nothing where it went well."""
        try:
            do()
        except IndexingError as error:  # written for the user
            return _bad(sorry(error))
        except Exception:  # the page must go on; the log has the traceback
            logger.exception("Something asked for on the documents page failed")
            return _bad(say("act_failed"))
        return ""


def _objection(act: str, by: str, why: str, *, sure: bool) -> str:
    """Return as HTML what is missing before something is done."""
    if not by:
        return _bad(say("who_needed"))
    if len(by) > MAX_SIGNATURE:
        return _bad(say("signature_long", limit=MAX_SIGNATURE))
    if act == "withdraw" and not why:
        return _bad(say("why_needed"))
    if len(why) > MAX_WHY:
        return _bad(say("words_long", limit=MAX_WHY))
    if act == "erase" and not sure:
        return _bad(say("sure_needed"))
    return ""


def _bad(html: str) -> str:
    return f'<p class="bad" role="alert">{html}</p>'


def _text(sent: Mapping[str, object], name: str) -> str:
    given = sent.get(name)
    return given if isinstance(given, str) else ""


def render_upload(limit: int = MAX_UPLOAD) -> str:
    """Return where files are chosen or dropped, with the sentences that page.js needs."""
    gaps = {"count": "{count}", "name": "{name}", "limit": limit // MEGABYTE}
    sentences = "".join(
        f'<template data-say="{key}">{say(f"upload_{key}", **gaps)}</template>' for key in SENTENCES
    )
    return (
        f'<section class="upload" data-limit="{limit}"><h2 class="sr">{say("upload_title")}</h2>'
        f'<div class="drop"><span>{say("upload_drop")}</span>'
        f'<button class="send" data-choose="files">{say("upload_files")}</button>'
        f'<button class="quiet" data-choose="folder">{say("upload_folder")}</button>'
        f'<p class="muted">{say("upload_limit", limit=limit // MEGABYTE)}</p></div>'
        '<input type="file" multiple hidden data-files>'
        '<input type="file" multiple webkitdirectory hidden data-folder>'
        '<ul class="sending" aria-live="polite"></ul>'
        f'<p class="waiting" hidden><span></span> <button class="quiet" data-unsend>'
        f"{say('upload_cancel')}</button></p>{sentences}</section>"
    )
