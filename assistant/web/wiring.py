"""Which event of the overview, the kept conversations and the desk does what."""

from __future__ import annotations

import uuid
from typing import Any

import gradio as gr

from assistant.web.conversation import Conversation
from assistant.web.desk.bench import Bench
from assistant.web.desk.talks import TalkRoom
from assistant.web.dialogue import Dialogue, whole_number
from assistant.web.ledger.home import Home
from assistant.web.ports import Library, Who
from assistant.web.turns import render_parts

HIDDEN: dict[str, Any] = {"show_progress": "hidden", "api_visibility": "private"}
LAST: dict[str, Any] = {"trigger_mode": "always_last", **HIDDEN}
FAILED = "() => window.youjuLedgerFailed()"  # says at the foot of the page that it did not work


def sent_by(event: gr.EventData) -> dict[str, Any]:
    """Return what the browser sent with an event."""
    sent = event._data
    return sent if isinstance(sent, dict) else {}


def wire_talks(
    room: TalkRoom,
    dialogue: Dialogue,
    who: Who,
    talk: gr.State,
    turns: tuple[gr.HTML, gr.HTML],
    talks: gr.HTML,
    source: gr.HTML,
    changing: list[Any],
) -> None:
    """Wire the kept conversations; ``changing`` are the events after which they differ."""

    def show(conversation: Conversation, event: gr.EventData, request: gr.Request) -> str:
        return room.list(who(request), sent_by(event), conversation)

    def refresh(conversation: Conversation, request: gr.Request) -> str:
        return room.list(who(request), {}, conversation)

    def reopen(
        conversation: Conversation, event: gr.EventData, request: gr.Request
    ) -> tuple[Any, ...]:
        visitor = who(request)
        found = room.open(visitor, whole_number(sent_by(event).get("talk")))
        if found is None:
            return (*(gr.skip() for _ in range(4)), room.list(visitor, {}, conversation))
        conversation.stopping = True  # an answer on its way ends with its old conversation
        past, current = render_parts(found.exchanges)
        return past, current, found, dialogue.no_source(), room.list(visitor, {}, found)

    def rename(conversation: Conversation, event: gr.EventData, request: gr.Request) -> str:
        sent, visitor = sent_by(event), who(request)
        said = room.rename(visitor, whole_number(sent.get("talk")), sent.get("title"))
        return room.list(visitor, {}, conversation) + _tell(said)

    def delete(
        conversation: Conversation, event: gr.EventData, request: gr.Request
    ) -> tuple[Any, ...]:
        number, visitor = whole_number(sent_by(event).get("talk")), who(request)
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
        sent = sent_by(event)
        room.act(who(request), conversation.exchange(whole_number(sent.get("turn"))), sent)
        return render_parts(conversation.exchanges)

    whole = [*turns, talk, source, talks]
    events = [
        talks.expand(show, [talk], [talks], **LAST),
        talks.select(reopen, [talk], whole, **LAST),
        talks.edit(rename, [talk], [talks], **HIDDEN),
        talks.delete(delete, [talk], whole, **HIDDEN),
        *(part.like(act, [talk], [*turns], **HIDDEN) for part in turns),
    ]
    for event in events:
        event.failure(None, None, None, js=FAILED, **HIDDEN)
    for event in changing:
        event.then(refresh, [talk], [talks], **HIDDEN)


def wire_bench(
    bench: Bench,
    dialogue: Dialogue,
    who: Who,
    talk: gr.State,
    queue: gr.HTML,
    case: gr.HTML,
    source: gr.HTML,
    download: gr.HTML,
) -> None:
    """Wire the queue and the desk."""

    def show(event: gr.EventData, request: gr.Request) -> str:
        return bench.queue(who(request), sent_by(event))

    def handle(event: gr.EventData, request: gr.Request) -> str:
        sent = sent_by(event)
        return bench.handle(who(request), whole_number(sent.get("handle")), sent.get("handling"))

    def take(event: gr.EventData, request: gr.Request) -> str:
        return bench.case(who(request), whole_number(sent_by(event).get("case")))

    def mark(event: gr.EventData, request: gr.Request) -> str:
        sent = sent_by(event)
        number, n = whole_number(sent.get("case")), whole_number(sent.get("n"))
        return bench.mark(who(request), number, n, sent)

    def decide(event: gr.EventData, request: gr.Request) -> str:
        sent = sent_by(event)
        return bench.decide(who(request), whole_number(sent.get("case")), sent)

    def look(conversation: Conversation, event: gr.EventData, request: gr.Request) -> str:
        return dialogue.look(sent_by(event), conversation, who(request))

    def make(event: gr.EventData, request: gr.Request) -> str:
        return bench.download(who(request), sent_by(event))

    every: dict[str, Any] = {"trigger_mode": "multiple", **HIDDEN}  # no mark may be lost
    events = [
        queue.expand(show, None, [queue], **LAST),
        queue.edit(handle, None, [queue], **HIDDEN),
        queue.select(take, None, [case], **LAST),
        queue.download(make, None, [download], **LAST),
        case.edit(mark, None, [case], **every),
        case.submit(decide, None, [case], **HIDDEN),
        case.select(look, [talk], [source], **LAST),
    ]
    for event in events:
        event.failure(None, None, None, js=FAILED, **HIDDEN)


def wire_home(
    library: Library, dialogue: Dialogue, talk: gr.State, home: gr.HTML, source: gr.HTML
) -> None:
    """Wire the overview."""

    overview = Home()

    def show() -> str:
        return overview.render(library.ledger)

    def look(conversation: Conversation, event: gr.EventData) -> str:
        return dialogue.look(sent_by(event), conversation)

    events = [home.expand(show, None, [home], **LAST), home.select(look, [talk], [source], **LAST)]
    for event in events:
        event.failure(None, None, None, js=FAILED, **LAST)


def _tell(said: str) -> str:
    """Return words for the foot of the page, in a form that is new each time."""
    return f'<div hidden data-tell="{uuid.uuid4().hex}">{said}</div>' if said else ""
