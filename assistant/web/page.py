"""The page: where its parts stand and which event does what. The only file that knows Gradio."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from importlib.resources import files
from typing import Any

import gradio as gr

from assistant.desk.desk import Desk
from assistant.web.conversation import Conversation
from assistant.web.desk.bench import Bench
from assistant.web.desk.talks import TalkRoom
from assistant.web.dialogue import MAX_QUESTION, Dialogue, whole_number
from assistant.web.filing import FilingDesk
from assistant.web.ledger.home import Home
from assistant.web.ports import Assistant, Intake, Library, Who, local_visitor
from assistant.web.strings import STRINGS, say
from assistant.web.turns import render_parts

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
        _wire_home(library, dialogue, talk, home, source)
        if bench:
            _wire_bench(bench, dialogue, who, talk, queue, case, source, download)
        if room and talks:
            _wire_talks(room, dialogue, who, talk, (past, current), talks, source, changing)
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
        question = str(_sent(event).get("question", ""))
        for earlier, now in dialogue.ask(question, conversation, who(request)):
            yield earlier, now, conversation

    def stop(conversation: Conversation) -> None:
        conversation.stopping = True

    def clear(conversation: Conversation) -> tuple[str, str, Conversation, str]:
        conversation.stopping = True  # an answer on its way ends with its old conversation
        return dialogue.welcome(), "", Conversation(), dialogue.no_source()

    def look(conversation: Conversation, event: gr.EventData, request: gr.Request) -> str:
        return dialogue.look(_sent(event), conversation, who(request))

    def reread(
        conversation: Conversation, event: gr.EventData, request: gr.Request
    ) -> Iterator[tuple[str, str, Any]]:
        for earlier, now in dialogue.reread(_sent(event), conversation, who(request)):
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


def _wire_talks(
    room: TalkRoom,
    dialogue: Dialogue,
    who: Who,
    talk: gr.State,
    turns: tuple[gr.HTML, gr.HTML],
    talks: gr.HTML,
    source: gr.HTML,
    changing: list[Any],
) -> None:
    def show(conversation: Conversation, event: gr.EventData, request: gr.Request) -> str:
        return room.list(who(request), _sent(event), conversation)

    def refresh(conversation: Conversation, request: gr.Request) -> str:
        return room.list(who(request), {}, conversation)

    def reopen(
        conversation: Conversation, event: gr.EventData, request: gr.Request
    ) -> tuple[Any, ...]:
        visitor = who(request)
        found = room.open(visitor, whole_number(_sent(event).get("talk")))
        if found is None:
            return (*(gr.skip() for _ in range(4)), room.list(visitor, {}, conversation))
        conversation.stopping = True  # an answer on its way ends with its old conversation
        past, current = render_parts(found.exchanges)
        return past, current, found, dialogue.no_source(), room.list(visitor, {}, found)

    def rename(conversation: Conversation, event: gr.EventData, request: gr.Request) -> str:
        sent, visitor = _sent(event), who(request)
        said = room.rename(visitor, whole_number(sent.get("talk")), sent.get("title"))
        return room.list(visitor, {}, conversation) + _tell(said)

    def delete(
        conversation: Conversation, event: gr.EventData, request: gr.Request
    ) -> tuple[Any, ...]:
        number, visitor = whole_number(_sent(event).get("talk")), who(request)
        said = room.delete(visitor, number)
        if number is None or number != conversation.kept:
            listed = room.list(visitor, {}, conversation)
            return (*(gr.skip() for _ in range(4)), listed + _tell(said))
        conversation.stopping = True
        fresh = Conversation()
        listed = room.list(visitor, {}, fresh) + _tell(said)
        return dialogue.welcome(), "", fresh, dialogue.no_source(), listed

    def act(
        conversation: Conversation, event: gr.EventData, request: gr.Request
    ) -> tuple[str, str]:
        sent = _sent(event)
        room.act(who(request), conversation.exchange(whole_number(sent.get("turn"))), sent)
        return render_parts(conversation.exchanges)

    hidden: dict[str, Any] = {"show_progress": "hidden", "api_visibility": "private"}
    last: dict[str, Any] = {"trigger_mode": "always_last", **hidden}
    whole = [*turns, talk, source, talks]
    events = [
        talks.expand(show, [talk], [talks], **last),
        talks.select(reopen, [talk], whole, **last),
        talks.edit(rename, [talk], [talks], **hidden),
        talks.delete(delete, [talk], whole, **hidden),
        *(part.like(act, [talk], [*turns], **hidden) for part in turns),
    ]
    for event in events:
        event.failure(None, None, None, js="() => window.youjuLedgerFailed()", **hidden)
    for event in changing:
        event.then(refresh, [talk], [talks], **hidden)


def _wire_home(
    library: Library, dialogue: Dialogue, talk: gr.State, home: gr.HTML, source: gr.HTML
) -> None:
    overview = Home()

    def show() -> str:
        return overview.render(library.ledger)

    def look(conversation: Conversation, event: gr.EventData) -> str:
        return dialogue.look(_sent(event), conversation)

    last: dict[str, Any] = {
        "trigger_mode": "always_last", "show_progress": "hidden", "api_visibility": "private",
    }  # fmt: skip
    events = [home.expand(show, None, [home], **last), home.select(look, [talk], [source], **last)]
    for event in events:
        event.failure(None, None, None, js="() => window.youjuLedgerFailed()", **last)


def _wire_bench(
    bench: Bench,
    dialogue: Dialogue,
    who: Who,
    talk: gr.State,
    queue: gr.HTML,
    case: gr.HTML,
    source: gr.HTML,
    download: gr.HTML,
) -> None:
    def show(event: gr.EventData, request: gr.Request) -> str:
        return bench.queue(who(request), _sent(event))

    def handle(event: gr.EventData, request: gr.Request) -> str:
        sent = _sent(event)
        return bench.handle(who(request), whole_number(sent.get("handle")), sent.get("handling"))

    def take(event: gr.EventData, request: gr.Request) -> str:
        return bench.case(who(request), whole_number(_sent(event).get("case")))

    def mark(event: gr.EventData, request: gr.Request) -> str:
        sent = _sent(event)
        number, n = whole_number(sent.get("case")), whole_number(sent.get("n"))
        return bench.mark(who(request), number, n, sent)

    def decide(event: gr.EventData, request: gr.Request) -> str:
        sent = _sent(event)
        return bench.decide(who(request), whole_number(sent.get("case")), sent)

    def look(conversation: Conversation, event: gr.EventData, request: gr.Request) -> str:
        return dialogue.look(_sent(event), conversation, who(request))

    def make(event: gr.EventData, request: gr.Request) -> str:
        return bench.download(who(request), _sent(event))

    hidden: dict[str, Any] = {"show_progress": "hidden", "api_visibility": "private"}
    last: dict[str, Any] = {"trigger_mode": "always_last", **hidden}
    every: dict[str, Any] = {"trigger_mode": "multiple", **hidden}  # no mark may be lost
    events = [
        queue.expand(show, None, [queue], **last),
        queue.edit(handle, None, [queue], **hidden),
        queue.select(take, None, [case], **last),
        queue.download(make, None, [download], **last),
        case.edit(mark, None, [case], **every),
        case.submit(decide, None, [case], **hidden),
        case.select(look, [talk], [source], **last),
    ]
    for event in events:
        event.failure(None, None, None, js="() => window.youjuLedgerFailed()", **hidden)


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
        return desk.open(_sent(event))

    def narrow(event: gr.EventData) -> str:
        return desk.rows(_sent(event))

    def draw(event: gr.EventData) -> str:
        return desk.charts(_sent(event))

    def look(conversation: Conversation, event: gr.EventData) -> str:
        return dialogue.look(_sent(event), conversation)

    def edit(event: gr.EventData) -> str:
        return desk.form(_sent(event))

    def correct(event: gr.EventData) -> tuple[Any, ...]:
        shown, parts = desk.correct(_sent(event))
        return (shown, *(parts or (gr.skip() for _ in ledger)))

    def rename(event: gr.EventData) -> tuple[str, ...]:
        return desk.rename(_sent(event))

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
    filing: FilingDesk, documents: gr.HTML, health: gr.HTML, jobs: gr.HTML, source: gr.HTML
) -> None:
    def show(event: gr.EventData) -> str:
        return filing.list(_sent(event))

    def stop(event: gr.EventData) -> tuple[str, str]:
        return filing.stop(_sent(event))

    def act(event: gr.EventData) -> tuple[str, str]:
        sent = _sent(event)
        return filing.act(sent), filing.list(sent.get("view"))

    hidden: dict[str, Any] = {"show_progress": "hidden", "api_visibility": "private"}
    last: dict[str, Any] = {"trigger_mode": "always_last", **hidden}
    jobs.expand(filing.watch, None, [health, jobs], **last)
    events = [
        documents.expand(show, None, [documents], **last),
        jobs.stop(stop, None, [health, jobs], **hidden),
        health.submit(filing.rebuild, None, [health], **hidden),
        source.submit(act, None, [source, documents], **hidden),
    ]
    for event in events:
        event.failure(None, None, None, js="() => window.youjuFilingFailed()", **hidden)


def _wire_renewal(
    dialogue: Dialogue, talk: gr.State, jobs: gr.HTML, past: gr.HTML, choices: gr.HTML
) -> None:
    """Let documents that came or went be seen where nothing was asked yet."""

    def renew(conversation: Conversation) -> tuple[Any, str]:
        begun = bool(conversation.exchanges)
        return gr.skip() if begun else dialogue.welcome(), dialogue.choices()

    hidden: dict[str, Any] = {"show_progress": "hidden", "api_visibility": "private"}
    jobs.apply(renew, [talk], [past, choices], trigger_mode="always_last", **hidden)


def _wire_downloads(
    dialogue: Dialogue,
    who: Who,
    talk: gr.State,
    parts: tuple[gr.HTML, ...],
    download: gr.HTML,
) -> None:
    def make(conversation: Conversation, event: gr.EventData, request: gr.Request) -> str:
        return dialogue.download(_sent(event), conversation, who(request))

    hidden: dict[str, Any] = {"show_progress": "hidden", "api_visibility": "private"}
    for part in parts:
        made = part.download(make, [talk], [download], trigger_mode="always_last", **hidden)
        made.failure(None, None, None, js="() => window.youjuLedgerFailed()", **hidden)


def _sent(event: gr.EventData) -> dict[str, Any]:
    sent = event._data
    return sent if isinstance(sent, dict) else {}


def _tell(said: str) -> str:
    """Return words for the foot of the page, in a form that is new each time."""
    return f'<div hidden data-tell="{uuid.uuid4().hex}">{said}</div>' if said else ""


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
