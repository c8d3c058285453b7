"""The page: where its parts stand and which event does what. The only file that knows Gradio."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from importlib.resources import files
from typing import Any

import gradio as gr

from assistant.errors import ForbiddenError
from assistant.web.conversation import Conversation
from assistant.web.desks import Desk, Front
from assistant.web.dialogue import MAX_QUESTION
from assistant.web.documents import render_find
from assistant.web.filing import render_upload
from assistant.web.source import render_message
from assistant.web.strings import STRINGS, say

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
        scripts = ("page.js", "documents.js", "ledger.js", *(("session.js",) if login else ()))
        _part("top", _header(login), script=_read(*scripts))
        with gr.Row(elem_id="desk"):
            with gr.Column(elem_id="left"):
                health = _part("health")
                with gr.Column(elem_id="talk"):
                    past = _part("past")
                    current = _part("current")
                composer = _part("composer", _composer())
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
            source = _part("source", render_message("source_empty", "source_empty_how"))
        _wire(front, talk, past, current, composer, (documents, jobs), source)
        _wire_ledger(front, talk, ledger, charts, form, source)
        choices = ledger[LEDGER_PARTS.index("choices")]
        _wire_documents(front, documents, health, jobs, source)
        _wire_renewal(front, talk, jobs, past, choices)
        _wire_opening(front, page, (past, choices, health, jobs, upload))
        _wire_downloads(front, talk, (past, current, ledger[0]), download)
    page.queue(max_size=QUEUE, default_concurrency_limit=ANSWERS_AT_ONCE, api_open=False)
    return page  # type: ignore[no-any-return]


def _wire_opening(front: Front, page: gr.Blocks, parts: tuple[gr.HTML, ...]) -> None:
    def show(request: gr.Request) -> tuple[Any, ...]:
        desk = _desk(front, request)
        dialogue = desk.dialogue
        upload = gr.skip() if desk.may("file") else ""
        return (dialogue.welcome(), dialogue.choices(), *_watched(desk), upload)

    page.load(show, None, list(parts), show_progress="hidden", api_visibility="private")


def _desk(front: Front, request: gr.Request, talk: Conversation | None = None) -> Desk:
    """Return the desk of whoever an event is of; ``talk`` is left without what is closed now."""
    made = request.request
    if made is None:  # Gradio hands events over with the request that brought them
        raise ForbiddenError("无从得知这个请求是谁的。请刷新页面。")
    desk = front.desk(made.state.visitor)
    if talk is not None:
        desk.tidy(talk)
    return desk


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
    return f"<style>{_read('ledger.css', 'documents.css')}</style>"


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
) -> None:
    def ask(
        conversation: Conversation, event: gr.EventData, request: gr.Request
    ) -> Iterator[tuple[str, str, Any]]:
        desk = _desk(front, request, conversation)
        question = str(_sent(event).get("question", ""))
        if question.strip():
            desk.log("asked", detail=question)
        for earlier, now in desk.dialogue.ask(question, conversation):
            yield earlier, now, conversation

    def stop(conversation: Conversation) -> None:
        conversation.stopping = True

    def clear(
        conversation: Conversation, request: gr.Request
    ) -> tuple[str, str, Conversation, str]:
        conversation.stopping = True  # an answer on its way ends with its old conversation
        dialogue = _desk(front, request).dialogue
        return dialogue.welcome(), "", Conversation(), dialogue.no_source()

    def look(conversation: Conversation, event: gr.EventData, request: gr.Request) -> str:
        desk = _desk(front, request, conversation)
        return desk.dialogue.look(_sent(event), conversation, desk.saw)

    def reread(
        conversation: Conversation, event: gr.EventData, request: gr.Request
    ) -> Iterator[tuple[str, str, Any]]:
        desk = _desk(front, request, conversation)
        desk.log("asked", detail=str(_sent(event).get("filters", "")))
        for earlier, now in desk.dialogue.reread(_sent(event), conversation):
            yield earlier, now, conversation

    hidden: dict[str, Any] = {"show_progress": "hidden", "api_visibility": "private"}
    asking = composer.submit(ask, [talk], [past, current, talk], concurrency_id="ask", **hidden)
    asking.failure(None, None, None, js="() => window.youjuFailed()", **hidden)
    composer.stop(stop, [talk], None, **hidden)
    composer.clear(clear, [talk], [past, current, talk, source], **hidden)
    for part in (past, current, source, *lists):
        part.select(look, [talk], [source], trigger_mode="always_last", **hidden)
    for part in (past, current):
        again = part.apply(reread, [talk], [past, current, talk], concurrency_id="ask", **hidden)
        again.failure(None, None, None, js="() => window.youjuFailed()", **hidden)


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
        return _desk(front, request).dialogue.ledger.open(_sent(event))

    def narrow(event: gr.EventData, request: gr.Request) -> str:
        return _desk(front, request).dialogue.ledger.rows(_sent(event))

    def draw(event: gr.EventData, request: gr.Request) -> str:
        return _desk(front, request).dialogue.ledger.charts(_sent(event))

    def look(conversation: Conversation, event: gr.EventData, request: gr.Request) -> str:
        desk = _desk(front, request, conversation)
        return desk.dialogue.look(_sent(event), conversation, desk.saw)

    def edit(event: gr.EventData, request: gr.Request) -> str:
        desk = _desk(front, request)
        return desk.dialogue.ledger.form(_sent(event)) if desk.may("correct") else render_not()

    def correct(event: gr.EventData, request: gr.Request) -> tuple[Any, ...]:
        desk = _desk(front, request)
        if not desk.may("correct"):
            return (render_not(), *(gr.skip() for _ in ledger))
        sent = desk.signed(_sent(event))
        shown, parts = desk.dialogue.ledger.correct(sent)
        if parts:
            desk.log("corrected", str(sent.get("record", "")), _fields(sent))
        return (shown, *(parts or (gr.skip() for _ in ledger)))

    def rename(event: gr.EventData, request: gr.Request) -> tuple[Any, ...]:
        desk = _desk(front, request)
        if not desk.may("correct"):
            return tuple(gr.skip() for _ in ledger)
        sent = desk.signed(_sent(event))
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
        return _watched(_desk(front, request))

    def show(event: gr.EventData, request: gr.Request) -> str:
        return _desk(front, request).filing.list(_sent(event))

    def stop(event: gr.EventData, request: gr.Request) -> tuple[str, str]:
        desk = _desk(front, request)
        return desk.filing.stop(_sent(event)) if desk.may("file") else _watched(desk)

    def rebuild(request: gr.Request) -> str:
        desk = _desk(front, request)
        return desk.filing.rebuild() if desk.may("file") else NO_HEALTH

    def act(event: gr.EventData, request: gr.Request) -> tuple[str, str]:
        desk = _desk(front, request)
        sent = desk.signed(_sent(event))
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
        dialogue = _desk(front, request, conversation).dialogue
        begun = bool(conversation.exchanges)
        return gr.skip() if begun else dialogue.welcome(), dialogue.choices()

    hidden: dict[str, Any] = {"show_progress": "hidden", "api_visibility": "private"}
    jobs.apply(renew, [talk], [past, choices], trigger_mode="always_last", **hidden)


def _wire_downloads(
    front: Front, talk: gr.State, parts: tuple[gr.HTML, ...], download: gr.HTML
) -> None:
    def make(conversation: Conversation, event: gr.EventData, request: gr.Request) -> str:
        desk = _desk(front, request, conversation)
        sent = _sent(event)
        desk.log("exported", detail=str(sent.get("format", ""))[:20])
        return desk.dialogue.download(sent, conversation)

    hidden: dict[str, Any] = {"show_progress": "hidden", "api_visibility": "private"}
    for part in parts:
        made = part.download(make, [talk], [download], trigger_mode="always_last", **hidden)
        made.failure(None, None, None, js="() => window.youjuLedgerFailed()", **hidden)


def _sent(event: gr.EventData) -> dict[str, Any]:
    sent = event._data
    return sent if isinstance(sent, dict) else {}


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


def _header(login: bool) -> str:
    account = f'<a class="account" href="account">{say("account")}</a>' if login else ""
    tabs = "".join(
        f'<button role="tab" id="tab-{view}" data-view="{view}" '
        f'aria-selected="{"true" if view == "ask" else "false"}">{say(f"tab_{view}")}</button>'
        for view in ("ask", "ledger", "documents")
    )
    return (
        '<header class="top"><h1><span class="mark">有据</span><span class="latin">Youju</span></h1>'
        f'<p class="tagline">{say("tagline")}</p><nav role="tablist">{tabs}</nav>'
        '<button class="language" data-language>'
        '<span class="zh" lang="en">English</span><span class="en" lang="zh-CN">中文</span>'
        f"</button>{account}</header>"
    )


def _composer() -> str:
    placeholder = STRINGS["question"]
    return (
        '<div class="composer"><p class="notice" role="alert" hidden></p>'
        f'<label class="sr" for="question">{say("question")}</label>'
        f'<textarea id="question" rows="1" data-limit="{MAX_QUESTION}" '
        f'data-zh="请输入问题" data-en="Type a question" placeholder="{placeholder[0]}">'
        "</textarea>"
        f'<div class="row"><button class="quiet" data-clear>{say("new")}</button>'
        f'<span class="hint">{say("hint")}</span>'
        f'<button class="stop" data-stop>{say("stop")}</button>'
        f'<button class="send" data-send>{say("send")}</button></div>'
        f"<template data-too-long>{say('too_long', length='{length}', limit=MAX_QUESTION)}</template>"
        f"<template data-overloaded>{say('overloaded')}</template>"
        f"<template data-making>{say('export_working')}</template>"
        f"<template data-lost>{say('ledger_failed')}</template></div>"
    )
