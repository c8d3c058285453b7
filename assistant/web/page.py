"""The page: where its parts stand and which event does what.

This file, ``wiring.py`` and ``server.py`` are all that knows Gradio.
"""

from __future__ import annotations

from collections.abc import Iterator
from importlib.resources import files
from typing import Any

import gradio as gr

from assistant.desk.desk import Desk
from assistant.web.conversation import Conversation
from assistant.web.desk.bench import Bench
from assistant.web.desk.talks import TalkRoom
from assistant.web.dialogue import MAX_QUESTION, Dialogue
from assistant.web.filing import FilingDesk
from assistant.web.ports import Assistant, Intake, Library, Who, local_visitor
from assistant.web.strings import STRINGS, say
from assistant.web.wiring import HIDDEN, LAST, sent_by, wire_bench, wire_home, wire_talks

TITLE = "有据 Youju"
LEDGER_PARTS = ("controls", "rows", "checks", "choices", "names")
ANSWERS_AT_ONCE = 4  # more would only wait for the same two cores
QUEUE = 64  # waiting events; beyond that visitors are told to try again
FONTS = ("system-ui", "-apple-system", "PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC")


def build_page(
    assistant: Assistant,
    library: Library,
    intake: Intake,
    desk: Desk | None = None,
    who: Who = local_visitor,
) -> gr.Blocks:
    """Return the page, not yet served.

    Without a ``desk`` nothing is kept and nothing verified. ``who`` tells of a
    ``gr.Request`` who makes it.
    """
    room, bench = (TalkRoom(desk), Bench(desk)) if desk else (None, None)
    dialogue = Dialogue(assistant, library, room, bench)
    filing = FilingDesk(library, intake)
    with gr.Blocks(title=TITLE, analytics_enabled=False, fill_width=True) as page:
        talk = gr.State(Conversation())
        _part(
            "top",
            _header(verifying=bench is not None),
            script=_read("page.js", "documents.js", "desk.js", "ledger.js"),
        )
        with gr.Row(elem_id="desk"):
            talks = _part("talks") if room else None
            with gr.Column(elem_id="left"):
                health = _part("health")
                with gr.Column(elem_id="talk"):
                    past = _part("past")
                    current = _part("current")
                composer = _part("composer", _composer(kept=room is not None))
                with gr.Column(elem_id="filing"):
                    _part("upload", filing.upload())
                    jobs = _part("jobs")
                    _part("find", filing.find())
                    documents = _part("documents")
                with gr.Column(elem_id="ledger"):
                    ledger = [_part(name) for name in LEDGER_PARTS]
                    ledger[0].value = f'<p class="searching">{say("ledger_loading")}</p>'
                    charts = _part("charts")
                    form = _part("form")
                    download = _part("download")
                with gr.Column(elem_id="overview"):
                    home = _part("home")
                if bench:
                    with gr.Column(elem_id="verifying"):
                        queue, case = _part("queue"), _part("bench")
            source = _part("source", dialogue.no_source())
        changing = _wire(dialogue, who, talk, past, current, composer, (documents, jobs), source)
        wire_home(library, dialogue, talk, home, source)
        if bench:
            wire_bench(bench, dialogue, who, talk, queue, case, source, download)
        if room and talks:
            wire_talks(room, dialogue, who, talk, (past, current), talks, source, changing)
        _wire_ledger(dialogue, talk, ledger, charts, form, source)
        choices = ledger[LEDGER_PARTS.index("choices")]
        _wire_documents(filing, documents, health, jobs, source)
        _wire_renewal(dialogue, talk, jobs, past, choices)
        page.load(
            lambda: (dialogue.welcome(), dialogue.choices(), *filing.watch()),
            None,
            [past, choices, health, jobs],
            show_progress="hidden",
            api_visibility="private",
        )
        _wire_downloads(dialogue, who, talk, (past, current, ledger[0]), download)
    page.queue(max_size=QUEUE, default_concurrency_limit=ANSWERS_AT_ONCE, api_open=False)
    return page  # type: ignore[no-any-return]


def theme() -> gr.themes.Base:
    """Return a theme that asks for no font from anywhere; page.css does the rest."""
    return gr.themes.Base(font=FONTS, font_mono=("ui-monospace", "Consolas", "monospace"))


def style() -> str:
    """Return the style sheet, which Gradio repeats below its own class."""
    return _read("page.css")


def head() -> str:
    """Return what stands in the page's head: styles that must reach it as they are written."""
    return f"<style>{_read('ledger.css', 'documents.css', 'desk.css')}</style>"


def _read(*names: str) -> str:
    return "\n".join(files(__package__).joinpath(name).read_text("utf-8") for name in names)


def _part(name: str, html: str = "", script: str = "") -> gr.HTML:
    """Return a piece of the page; page.js is told of it, whichever mounts first."""
    connect = f"(window.youjuParts ??= []).push({{name: '{name}', element, trigger, watch}});\n"
    return gr.HTML(
        html, elem_id=name, apply_default_css=False, padding=False, js_on_load=connect + script
    )


def _wire(
    dialogue: Dialogue,
    who: Who,
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
        question = str(sent_by(event).get("question", ""))
        for earlier, now in dialogue.ask(question, conversation, who(request)):
            yield earlier, now, conversation

    def stop(conversation: Conversation) -> None:
        conversation.stopping = True

    def clear(conversation: Conversation) -> tuple[str, str, Conversation, str]:
        conversation.stopping = True  # an answer on its way ends with its old conversation
        return dialogue.welcome(), "", Conversation(), dialogue.no_source()

    def look(conversation: Conversation, event: gr.EventData, request: gr.Request) -> str:
        return dialogue.look(sent_by(event), conversation, who(request))

    def reread(
        conversation: Conversation, event: gr.EventData, request: gr.Request
    ) -> Iterator[tuple[str, str, Any]]:
        for earlier, now in dialogue.reread(sent_by(event), conversation, who(request)):
            yield earlier, now, conversation

    asking = composer.submit(ask, [talk], [past, current, talk], concurrency_id="ask", **HIDDEN)
    asking.failure(None, None, None, js="() => window.youjuFailed()", **HIDDEN)
    composer.stop(stop, [talk], None, **HIDDEN)
    cleared = composer.clear(clear, [talk], [past, current, talk, source], **HIDDEN)
    for part in (past, current, source, *lists):
        part.select(look, [talk], [source], trigger_mode="always_last", **HIDDEN)
    changing = [asking, cleared]
    for part in (past, current):
        again = part.apply(reread, [talk], [past, current, talk], concurrency_id="ask", **HIDDEN)
        again.failure(None, None, None, js="() => window.youjuFailed()", **HIDDEN)
        changing.append(again)
    return changing


def _wire_ledger(
    dialogue: Dialogue,
    talk: gr.State,
    ledger: list[gr.HTML],
    charts: gr.HTML,
    form: gr.HTML,
    source: gr.HTML,
) -> None:
    desk = dialogue.ledger
    controls, rows, checks, _, names = ledger

    def show(event: gr.EventData) -> tuple[str, ...]:
        return desk.open(sent_by(event))

    def narrow(event: gr.EventData) -> str:
        return desk.rows(sent_by(event))

    def draw(event: gr.EventData) -> str:
        return desk.charts(sent_by(event))

    def look(conversation: Conversation, event: gr.EventData) -> str:
        return dialogue.look(sent_by(event), conversation)

    def edit(event: gr.EventData) -> str:
        return desk.form(sent_by(event))

    def correct(event: gr.EventData) -> tuple[Any, ...]:
        shown, parts = desk.correct(sent_by(event))
        return (shown, *(parts or (gr.skip() for _ in ledger)))

    def rename(event: gr.EventData) -> tuple[str, ...]:
        return desk.rename(sent_by(event))

    events = [
        controls.expand(show, None, ledger, **LAST),
        rows.expand(narrow, None, [rows], **LAST),
        charts.expand(draw, None, [charts], **LAST),
        rows.edit(edit, None, [form], **LAST),
        form.submit(correct, None, [form, *ledger], **HIDDEN),
        names.submit(rename, None, ledger, **HIDDEN),
    ]
    events += [
        part.select(look, [talk], [source], **LAST) for part in (rows, checks, form, controls)
    ]
    for event in events:
        event.failure(None, None, None, js="() => window.youjuLedgerFailed()", **HIDDEN)


def _wire_documents(
    filing: FilingDesk, documents: gr.HTML, health: gr.HTML, jobs: gr.HTML, source: gr.HTML
) -> None:
    def show(event: gr.EventData) -> str:
        return filing.list(sent_by(event))

    def stop(event: gr.EventData) -> tuple[str, str]:
        return filing.stop(sent_by(event))

    def act(event: gr.EventData) -> tuple[str, str]:
        sent = sent_by(event)
        return filing.act(sent), filing.list(sent.get("view"))

    jobs.expand(filing.watch, None, [health, jobs], **LAST)
    events = [
        documents.expand(show, None, [documents], **LAST),
        jobs.stop(stop, None, [health, jobs], **HIDDEN),
        health.submit(filing.rebuild, None, [health], **HIDDEN),
        source.submit(act, None, [source, documents], **HIDDEN),
    ]
    for event in events:
        event.failure(None, None, None, js="() => window.youjuFilingFailed()", **HIDDEN)


def _wire_renewal(
    dialogue: Dialogue, talk: gr.State, jobs: gr.HTML, past: gr.HTML, choices: gr.HTML
) -> None:
    """Let documents that came or went be seen where nothing was asked yet."""

    def renew(conversation: Conversation) -> tuple[Any, str]:
        begun = bool(conversation.exchanges)
        return gr.skip() if begun else dialogue.welcome(), dialogue.choices()

    jobs.apply(renew, [talk], [past, choices], trigger_mode="always_last", **HIDDEN)


def _wire_downloads(
    dialogue: Dialogue,
    who: Who,
    talk: gr.State,
    parts: tuple[gr.HTML, ...],
    download: gr.HTML,
) -> None:
    def make(conversation: Conversation, event: gr.EventData, request: gr.Request) -> str:
        return dialogue.download(sent_by(event), conversation, who(request))

    for part in parts:
        made = part.download(make, [talk], [download], trigger_mode="always_last", **HIDDEN)
        made.failure(None, None, None, js="() => window.youjuLedgerFailed()", **HIDDEN)


def _header(*, verifying: bool) -> str:
    views = ("ask", "home", "ledger", "documents", *(["verify"] if verifying else []))
    tabs = "".join(
        f'<button role="tab" id="tab-{view}" data-view="{view}" '
        f'aria-selected="{"true" if view == "ask" else "false"}"{" hidden" if view == "verify" else ""}>'
        f"{say(f'tab_{view}')}</button>"
        for view in views
    )
    return (
        '<header class="top"><h1><span class="mark">有据</span><span class="latin">Youju</span></h1>'
        f'<p class="tagline">{say("tagline")}</p><nav role="tablist">{tabs}</nav>'
        '<button class="language" data-language>'
        '<span class="zh" lang="en">English</span><span class="en" lang="zh-CN">中文</span>'
        "</button></header>"
    )


def _composer(*, kept: bool) -> str:
    placeholder = STRINGS["question"]
    talks = (
        f'<button class="quiet" data-toggle-talks aria-controls="talks">{say("talks")}</button>'
        if kept
        else ""
    )
    return (
        '<div class="composer"><p class="notice" role="alert" hidden></p>'
        f'<label class="sr" for="question">{say("question")}</label>'
        f'<textarea id="question" rows="1" data-limit="{MAX_QUESTION}" '
        f'data-zh="请输入问题" data-en="Type a question" placeholder="{placeholder[0]}">'
        "</textarea>"
        f'<div class="row">{talks}<button class="quiet" data-clear>{say("new")}</button>'
        f'<span class="hint">{say("hint")}</span>'
        f'<button class="stop" data-stop>{say("stop")}</button>'
        f'<button class="send" data-send>{say("send")}</button></div>'
        f"<template data-too-long>{say('too_long', length='{length}', limit=MAX_QUESTION)}</template>"
        f"<template data-overloaded>{say('overloaded')}</template>"
        f"<template data-making>{say('export_working')}</template>"
        f"<template data-lost>{say('ledger_failed')}</template></div>"
    )
