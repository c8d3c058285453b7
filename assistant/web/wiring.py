"""Which event of the overview, the kept conversations and the desk does what."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from typing import Any

import gradio as gr

from assistant.errors import ForbiddenError
from assistant.web.conversation import Conversation
from assistant.web.desk.bench import Bench
from assistant.web.desk.talks import TalkRoom
from assistant.web.desks import Desk, Front
from assistant.web.dialogue import whole_number
from assistant.web.ledger.home import Home
from assistant.web.ports import Visitor
from assistant.web.source import render_message
from assistant.web.turns import render_parts

HIDDEN: dict[str, Any] = {"show_progress": "hidden", "api_visibility": "private"}
LAST: dict[str, Any] = {"trigger_mode": "always_last", **HIDDEN}
NO_SOURCE = render_message("source_empty", "source_empty_how")
FAILED = "() => window.youjuLedgerFailed()"  # says at the foot of the page that it did not work


def sent_by(event: gr.EventData) -> dict[str, Any]:
    """Return what the browser sent with an event."""
    sent = event._data
    return sent if isinstance(sent, dict) else {}


def desk_of(front: Front, request: gr.Request, talk: Conversation | None = None) -> Desk:
    """Return the desk of whoever an event is of; ``talk`` is left without what is closed now."""
    made = request.request
    if made is None:  # Gradio hands events over with the request that brought them
        raise ForbiddenError("无从得知这个请求是谁的。请刷新页面。")
    desk = front.desk(made.state.visitor)
    if talk is not None:
        desk.tidy(talk)
    return desk


def _room(front: Front, request: gr.Request, talk: Conversation) -> tuple[TalkRoom, Visitor]:
    desk = desk_of(front, request, talk)
    assert desk.room is not None  # the parts are there only where conversations are kept
    return desk.room, desk.mine


def _bench(front: Front, request: gr.Request) -> tuple[Bench, Visitor]:
    desk = desk_of(front, request)
    assert desk.bench is not None  # as above
    return desk.bench, desk.mine


def wire_talks(
    front: Front,
    talk: gr.State,
    turns: tuple[gr.HTML, gr.HTML],
    talks: gr.HTML,
    source: gr.HTML,
    changing: list[Any],
) -> None:
    """Wire the kept conversations; ``changing`` are the events after which they differ."""

    def show(conversation: Conversation, event: gr.EventData, request: gr.Request) -> str:
        room, visitor = _room(front, request, conversation)
        return room.list(visitor, sent_by(event), conversation)

    def refresh(conversation: Conversation, request: gr.Request) -> str:
        room, visitor = _room(front, request, conversation)
        return room.list(visitor, {}, conversation)

    def reopen(
        conversation: Conversation, event: gr.EventData, request: gr.Request
    ) -> tuple[Any, ...]:
        room, visitor = _room(front, request, conversation)
        found = room.open(visitor, whole_number(sent_by(event).get("talk")))
        if found is None:
            return (*(gr.skip() for _ in range(4)), room.list(visitor, {}, conversation))
        conversation.stopping = True  # an answer on its way ends with its old conversation
        past, current = render_parts(found.exchanges)
        return past, current, found, NO_SOURCE, room.list(visitor, {}, found)

    def rename(conversation: Conversation, event: gr.EventData, request: gr.Request) -> str:
        room, visitor = _room(front, request, conversation)
        sent = sent_by(event)
        said = room.rename(visitor, whole_number(sent.get("talk")), sent.get("title"))
        return room.list(visitor, {}, conversation) + _tell(said)

    def delete(
        conversation: Conversation, event: gr.EventData, request: gr.Request
    ) -> tuple[Any, ...]:
        room, visitor = _room(front, request, conversation)
        number = whole_number(sent_by(event).get("talk"))
        said = room.delete(visitor, number)
        if number is None or number != conversation.kept:
            listed = room.list(visitor, {}, conversation)
            return (*(gr.skip() for _ in range(4)), listed + _tell(said))
        conversation.stopping = True
        fresh = Conversation()
        listed = room.list(visitor, {}, fresh) + _tell(said)
        welcome = desk_of(front, request).dialogue.welcome()
        return welcome, "", fresh, NO_SOURCE, listed

    def act(
        conversation: Conversation, event: gr.EventData, request: gr.Request
    ) -> tuple[str, str]:
        room, visitor = _room(front, request, conversation)
        sent = sent_by(event)
        room.act(visitor, conversation.exchange(whole_number(sent.get("turn"))), sent)
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
    front: Front,
    talk: gr.State,
    queue: gr.HTML,
    case: gr.HTML,
    source: gr.HTML,
    download: gr.HTML,
) -> None:
    """Wire the queue and the desk."""

    def show(event: gr.EventData, request: gr.Request) -> str:
        bench, visitor = _bench(front, request)
        return bench.queue(visitor, sent_by(event))

    def handle(event: gr.EventData, request: gr.Request) -> str:
        bench, visitor = _bench(front, request)
        sent = sent_by(event)
        return bench.handle(visitor, whole_number(sent.get("handle")), sent.get("handling"))

    def take(event: gr.EventData, request: gr.Request) -> str:
        bench, visitor = _bench(front, request)
        return bench.case(visitor, whole_number(sent_by(event).get("case")))

    def mark(event: gr.EventData, request: gr.Request) -> str:
        bench, visitor = _bench(front, request)
        sent = sent_by(event)
        number, n = whole_number(sent.get("case")), whole_number(sent.get("n"))
        return bench.mark(visitor, number, n, sent)

    def decide(event: gr.EventData, request: gr.Request) -> str:
        bench, visitor = _bench(front, request)
        sent = sent_by(event)
        return bench.decide(visitor, whole_number(sent.get("case")), sent)

    def look(conversation: Conversation, event: gr.EventData, request: gr.Request) -> str:
        desk = desk_of(front, request, conversation)
        return desk.dialogue.look(sent_by(event), conversation, desk.saw, desk.mine)

    def make(event: gr.EventData, request: gr.Request) -> str:
        bench, visitor = _bench(front, request)
        return bench.download(visitor, sent_by(event))

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


def wire_home(front: Front, talk: gr.State, home: gr.HTML, source: gr.HTML) -> None:
    """Wire the overview."""
    overview = Home()

    def show(request: gr.Request) -> str:
        return overview.render(desk_of(front, request).shelf.ledger)

    def look(conversation: Conversation, event: gr.EventData, request: gr.Request) -> str:
        desk = desk_of(front, request, conversation)
        return desk.dialogue.look(sent_by(event), conversation, desk.saw, desk.mine)

    events = [home.expand(show, None, [home], **LAST), home.select(look, [talk], [source], **LAST)]
    for event in events:
        event.failure(None, None, None, js=FAILED, **LAST)


def wire_people(front: Front, people: gr.HTML) -> None:
    """Wire the tab where people are managed."""

    def show(event: gr.EventData, request: gr.Request) -> str:
        desk = desk_of(front, request)
        return desk.office.show(desk.person, sent_by(event)) if desk.office else ""

    def act(event: gr.EventData, request: gr.Request) -> str:
        desk = desk_of(front, request)
        return desk.office.act(desk.person, sent_by(event)) if desk.office else ""

    events = [
        people.expand(show, None, [people], **LAST),
        people.submit(act, None, [people], **HIDDEN),
    ]
    for event in events:
        event.failure(None, None, None, js=FAILED, **HIDDEN)


def wire_model(front: Front, model: gr.HTML) -> None:
    """Wire what is shown of the language model, to those who manage."""

    def show(request: gr.Request) -> str:
        view = desk_of(front, request).model
        return view.show() if view else ""

    def probe(request: gr.Request) -> Iterator[str]:
        view = desk_of(front, request).model
        yield from view.probe() if view else [""]

    events = [model.expand(show, None, [model], **LAST), model.submit(probe, None, [model], **LAST)]
    for event in events:
        event.failure(None, None, None, js=FAILED, **LAST)


def _tell(said: str) -> str:
    """Return words for the foot of the page, in a form that is new each time."""
    return f'<div hidden data-tell="{uuid.uuid4().hex}">{said}</div>' if said else ""
