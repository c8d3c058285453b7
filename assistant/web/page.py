"""The page: where its parts stand and which event does what.

This file, ``wiring.py`` and ``server.py`` are all that knows Gradio.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from importlib.resources import files
from typing import Any

import gradio as gr

from assistant.web.conversation import Conversation
from assistant.web.desks import Desk, Front
from assistant.web.documents import render_find
from assistant.web.filing import render_upload
from assistant.web.frame import render_composer, render_header
from assistant.web.source import render_message
from assistant.web.strings import say
from assistant.web.wiring import (
    desk_of,
    sent_by,
    wire_bench,
    wire_home,
    wire_model,
    wire_people,
    wire_talks,
)

TITLE = "有据 Youju"
NO_HEALTH = '<section class="health" hidden></section>'
NO_JOBS = '<section class="jobs" data-busy="false" data-ended="0" hidden></section>'
LEDGER_PARTS = ("controls", "rows", "checks", "choices", "names")
ANSWERS_AT_ONCE = 4  # more would only wait for the same two cores
QUEUE = 64  # waiting events; beyond that visitors are told to try again
FONTS = ("system-ui", "-apple-system", "PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC")


def build_page(front: Front, *, login: bool = False) -> gr.Blocks:
    """Return the page, not yet served; ``login`` tells whether visitors have accounts."""
    with gr.Blocks(title=TITLE, analytics_enabled=False, fill_width=True) as page:
        talk = gr.State(Conversation())
        rights = _part("rights")
        scripts = (
            "page.js",
            "aids.js",
            "people.js",
            "documents.js",
            "desk.js",
            "ledger.js",
            *(("session.js",) if login else ()),
        )
        _part("top", render_header(login, front.keeps), script=_read(*scripts))
        with gr.Row(elem_id="desk"):
            talks = _part("talks") if front.keeps else None
            with gr.Column(elem_id="left"):
                health = _part("health")
                with gr.Column(elem_id="talk"):
                    past = _part("past")
                    current = _part("current")
                composer = _part("composer", render_composer(kept=front.keeps))
                with gr.Column(elem_id="filing"):
                    upload = _part("upload", render_upload())
                    jobs = _part("jobs")
                    _part("find", render_find())
                    documents = _part("documents")
                with gr.Column(elem_id="ledger"):
                    ledger = [_part(name) for name in LEDGER_PARTS]
                    ledger[0].value = f'<p class="searching">{say("ledger_loading")}</p>'
                    charts = _part("charts")
                    form = _part("form")
                    download = _part("download")
                with gr.Column(elem_id="overview"):
                    home = _part("home")
                    model = _part("model")
                if front.keeps:
                    with gr.Column(elem_id="verifying"):
                        queue, case = _part("queue"), _part("bench")
                if login:
                    with gr.Column(elem_id="managing"):
                        people = _part("people")
            source = _part("source", render_message("source_empty", "source_empty_how"))
        changing = _wire(front, talk, past, current, composer, (documents, jobs), source)
        wire_home(front, talk, home, source)
        wire_model(front, model)
        if talks:
            wire_bench(front, talk, queue, case, source, download)
            wire_talks(front, talk, (past, current), talks, source, changing)
        if login:
            wire_people(front, people)
        _wire_ledger(front, talk, ledger, charts, form, source)
        choices = ledger[LEDGER_PARTS.index("choices")]
        _wire_documents(front, documents, health, jobs, source)
        _wire_renewal(front, talk, jobs, past, choices)
        _wire_opening(front, page, (rights, past, choices, health, jobs, upload))
        _wire_downloads(front, talk, (past, current, ledger[0]), download)
    page.queue(max_size=QUEUE, default_concurrency_limit=ANSWERS_AT_ONCE, api_open=False)
    return page  # type: ignore[no-any-return]


def _wire_opening(front: Front, page: gr.Blocks, parts: tuple[gr.HTML, ...]) -> None:
    def show(request: gr.Request) -> tuple[Any, ...]:
        desk = desk_of(front, request)
        dialogue = desk.dialogue
        upload = gr.skip() if desk.may("file") else ""
        return (desk.rights(), dialogue.welcome(), dialogue.choices(), *_watched(desk), upload)

    page.load(show, None, list(parts), show_progress="hidden", api_visibility="private")


def _watched(desk: Desk) -> tuple[str, str]:
    """Return the state of the index and the files on their way, to those who file."""
    return desk.filing.watch() if desk.may("file") else (NO_HEALTH, NO_JOBS)


def theme() -> gr.themes.Base:
    """Return a theme that asks for no font from anywhere; page.css does the rest."""
    return gr.themes.Base(font=FONTS, font_mono=("ui-monospace", "Consolas", "monospace"))


def style() -> str:
    """Return the style sheet, which Gradio repeats below its own class."""
    return _read("page.css")


def head() -> str:
    """Return what stands in the page's head: styles that must reach it as they are written."""
    return f"<style>{_read('ledger.css', 'documents.css', 'desk.css', 'aids.css', 'people.css')}</style>"


def _read(*names: str) -> str:
    return "\n".join(files(__package__).joinpath(name).read_text("utf-8") for name in names)


def _part(name: str, html: str = "", script: str = "") -> gr.HTML:
    """Return a piece of the page; page.js is told of it, whichever mounts first."""
    connect = f"(window.youjuParts ??= []).push({{name: '{name}', element, trigger, watch}});\n"
    return gr.HTML(
        html, elem_id=name, apply_default_css=False, padding=False, js_on_load=connect + script
    )


def _wire(
    front: Front,
    talk: gr.State,
    past: gr.HTML,
    current: gr.HTML,
    composer: gr.HTML,
    lists: tuple[gr.HTML, ...],
    source: gr.HTML,
) -> list[Any]:
    """Wire asking and looking; return the events that change which conversation goes on."""

    def ask(
        conversation: Conversation, event: gr.EventData, request: gr.Request
    ) -> Iterator[tuple[str, str, Any]]:
        desk = desk_of(front, request, conversation)
        question = str(sent_by(event).get("question", ""))
        if question.strip():
            desk.log("asked", detail=question)
        for earlier, now in desk.dialogue.ask(question, conversation, desk.mine):
            yield earlier, now, conversation

    def stop(conversation: Conversation) -> None:
        conversation.stopping = True

    def clear(
        conversation: Conversation, request: gr.Request
    ) -> tuple[str, str, Conversation, str]:
        conversation.stopping = True  # an answer on its way ends with its old conversation
        dialogue = desk_of(front, request).dialogue
        return dialogue.welcome(), "", Conversation(), dialogue.no_source()

    def look(conversation: Conversation, event: gr.EventData, request: gr.Request) -> str:
        desk = desk_of(front, request, conversation)
        return desk.dialogue.look(sent_by(event), conversation, desk.saw, desk.mine)

    def reread(
        conversation: Conversation, event: gr.EventData, request: gr.Request
    ) -> Iterator[tuple[str, str, Any]]:
        desk = desk_of(front, request, conversation)
        desk.log("asked", detail=str(sent_by(event).get("filters", "")))
        for earlier, now in desk.dialogue.reread(sent_by(event), conversation, desk.mine):
            yield earlier, now, conversation

    hidden: dict[str, Any] = {"show_progress": "hidden", "api_visibility": "private"}
    asking = composer.submit(ask, [talk], [past, current, talk], concurrency_id="ask", **hidden)
    asking.failure(None, None, None, js="() => window.youjuFailed()", **hidden)
    composer.stop(stop, [talk], None, **hidden)
    cleared = composer.clear(clear, [talk], [past, current, talk, source], **hidden)
    for part in (past, current, source, *lists):
        part.select(look, [talk], [source], trigger_mode="always_last", **hidden)
    changing = [asking, cleared]
    for part in (past, current):
        again = part.apply(reread, [talk], [past, current, talk], concurrency_id="ask", **hidden)
        again.failure(None, None, None, js="() => window.youjuFailed()", **hidden)
        changing.append(again)
    return changing


def _wire_ledger(
    front: Front,
    talk: gr.State,
    ledger: list[gr.HTML],
    charts: gr.HTML,
    form: gr.HTML,
    source: gr.HTML,
) -> None:
    controls, rows, checks, _, names = ledger

    def show(event: gr.EventData, request: gr.Request) -> tuple[str, ...]:
        return desk_of(front, request).dialogue.ledger.open(sent_by(event))

    def narrow(event: gr.EventData, request: gr.Request) -> str:
        return desk_of(front, request).dialogue.ledger.rows(sent_by(event))

    def draw(event: gr.EventData, request: gr.Request) -> str:
        return desk_of(front, request).dialogue.ledger.charts(sent_by(event))

    def look(conversation: Conversation, event: gr.EventData, request: gr.Request) -> str:
        desk = desk_of(front, request, conversation)
        return desk.dialogue.look(sent_by(event), conversation, desk.saw)

    def edit(event: gr.EventData, request: gr.Request) -> str:
        desk = desk_of(front, request)
        return desk.dialogue.ledger.form(sent_by(event)) if desk.may("correct") else render_not()

    def correct(event: gr.EventData, request: gr.Request) -> tuple[Any, ...]:
        desk = desk_of(front, request)
        if not desk.may("correct"):
            return (render_not(), *(gr.skip() for _ in ledger))
        sent = desk.signed(sent_by(event))
        shown, parts = desk.dialogue.ledger.correct(sent)
        if parts:
            desk.log("corrected", str(sent.get("record", "")), _fields(sent))
        return (shown, *(parts or (gr.skip() for _ in ledger)))

    def rename(event: gr.EventData, request: gr.Request) -> tuple[Any, ...]:
        desk = desk_of(front, request)
        if not desk.may("correct"):
            return tuple(gr.skip() for _ in ledger)
        sent = desk.signed(sent_by(event))
        parts = desk.dialogue.ledger.rename(sent)
        desk.log("corrected", detail=f"{sent.get('add') or ''}{sent.get('remove') or ''}")
        return parts

    hidden: dict[str, Any] = {"show_progress": "hidden", "api_visibility": "private"}
    last: dict[str, Any] = {"trigger_mode": "always_last", **hidden}
    events = [
        controls.expand(show, None, ledger, **last),
        rows.expand(narrow, None, [rows], **last),
        charts.expand(draw, None, [charts], **last),
        rows.edit(edit, None, [form], **last),
        form.submit(correct, None, [form, *ledger], **hidden),
        names.submit(rename, None, ledger, **hidden),
    ]
    events += [
        part.select(look, [talk], [source], **last) for part in (rows, checks, form, controls)
    ]
    for event in events:
        event.failure(None, None, None, js="() => window.youjuLedgerFailed()", **hidden)


def _wire_documents(
    front: Front, documents: gr.HTML, health: gr.HTML, jobs: gr.HTML, source: gr.HTML
) -> None:
    def watch(request: gr.Request) -> tuple[str, str]:
        return _watched(desk_of(front, request))

    def show(event: gr.EventData, request: gr.Request) -> str:
        return desk_of(front, request).filing.list(sent_by(event))

    def stop(event: gr.EventData, request: gr.Request) -> tuple[str, str]:
        desk = desk_of(front, request)
        return desk.filing.stop(sent_by(event)) if desk.may("file") else _watched(desk)

    def rebuild(request: gr.Request) -> str:
        desk = desk_of(front, request)
        return desk.filing.rebuild() if desk.may("file") else NO_HEALTH

    def act(event: gr.EventData, request: gr.Request) -> tuple[str, str]:
        desk = desk_of(front, request)
        sent = desk.signed(sent_by(event))
        done = desk.filing.act(sent) if desk.may("file") else render_message("forbidden")
        return done, desk.filing.list(sent.get("view"))

    hidden: dict[str, Any] = {"show_progress": "hidden", "api_visibility": "private"}
    last: dict[str, Any] = {"trigger_mode": "always_last", **hidden}
    jobs.expand(watch, None, [health, jobs], **last)
    events = [
        documents.expand(show, None, [documents], **last),
        jobs.stop(stop, None, [health, jobs], **hidden),
        health.submit(rebuild, None, [health], **hidden),
        source.submit(act, None, [source, documents], **hidden),
    ]
    for event in events:
        event.failure(None, None, None, js="() => window.youjuFilingFailed()", **hidden)


def _wire_renewal(
    front: Front, talk: gr.State, jobs: gr.HTML, past: gr.HTML, choices: gr.HTML
) -> None:
    """Let documents that came or went be seen where nothing was asked yet."""

    def renew(conversation: Conversation, request: gr.Request) -> tuple[Any, str]:
        dialogue = desk_of(front, request, conversation).dialogue
        begun = bool(conversation.exchanges)
        return gr.skip() if begun else dialogue.welcome(), dialogue.choices()

    hidden: dict[str, Any] = {"show_progress": "hidden", "api_visibility": "private"}
    jobs.apply(renew, [talk], [past, choices], trigger_mode="always_last", **hidden)


def _wire_downloads(
    front: Front, talk: gr.State, parts: tuple[gr.HTML, ...], download: gr.HTML
) -> None:
    def make(conversation: Conversation, event: gr.EventData, request: gr.Request) -> str:
        desk = desk_of(front, request, conversation)
        sent = sent_by(event)
        if sent.get("report") is not True:  # the desk notes that itself
            desk.log("exported", detail=str(sent.get("format", ""))[:20])
        return desk.dialogue.download(sent, conversation, desk.mine)

    hidden: dict[str, Any] = {"show_progress": "hidden", "api_visibility": "private"}
    for part in parts:
        made = part.download(make, [talk], [download], trigger_mode="always_last", **hidden)
        made.failure(None, None, None, js="() => window.youjuLedgerFailed()", **hidden)


def _fields(sent: Mapping[str, Any]) -> str:
    """Return which fields were set right, without what they say."""
    values = sent.get("values")
    return "、".join(str(name)[:40] for name in values) if isinstance(values, dict) else ""


def render_not() -> str:
    """Return the dialog that says that somebody may not do this."""
    return (
        f'<dialog class="sheet"><p class="bad" role="alert">{say("forbidden")}</p>'
        f'<button class="close" data-shut>{say("close")}</button></dialog>'
    )
