"""``POST /ask``: an answer at once, or as it grows; ``/answers/…/citations``."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Callable, Iterator
from concurrent.futures import Future
from dataclasses import asdict, replace
from functools import partial
from typing import Annotated, Any

from fastapi import APIRouter, Path, Request
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import JSONResponse, Response, StreamingResponse
from pydantic import BaseModel, ConfigDict, Field

from assistant.api.caller import Caller, Here
from assistant.api.faults import Fault, ToldRoute, fault_of
from assistant.api.pool import AnswerPool, Answers
from assistant.chat import MAX_QUESTION
from assistant.records import Answer, Turn
from index.errors import UnknownDocumentError

MAX_TURNS = 12  # as far back as a follow-up is traced
MAX_TOLD = 20_000  # characters of an earlier answer
POLL = 0.5  # seconds between looks whether the caller is still there


class Earlier(BaseModel):
    """An exchange that a follow-up question may lean on."""

    model_config = ConfigDict(extra="forbid")
    question: str = Field(max_length=MAX_QUESTION)
    answer: str = Field(default="", max_length=MAX_TOLD)


class Question(BaseModel):
    """A question; ``stream`` true sends the answer line by line as it grows."""

    model_config = ConfigDict(extra="forbid")
    question: str = Field(min_length=1, max_length=MAX_QUESTION)
    history: list[Earlier] = Field(default_factory=list, max_length=MAX_TURNS)
    stream: bool = False


router = APIRouter(tags=["提问"], route_class=ToldRoute)


@router.post("/ask", summary="提问；stream 为 true 时逐行返回")
async def ask(body: Question, request: Request, caller: Here) -> Response:
    """返回核对过的答案；stream 为 true 时先给引文，再给增长中的文字，最后给整个答案。

    有语言模型时，draft 是它还没有核对的话，只在增长中出现；核对过的在 answer 里。
    """
    pool: AnswerPool = request.app.state.pool
    answers: Answers = request.app.state.answers
    history = [Turn(turn.question, turn.answer) for turn in body.history]
    if body.stream:
        as_events = "text/event-stream" in request.headers.get("accept", "")
        growing = _Growing(
            asyncio.get_running_loop(),
            lambda: caller.assistant.stream(body.question, history),
        )
        begun: Future[None] = pool.submit(caller.person.id, growing.run)
        await _noted(caller, body.question, begun)
        return StreamingResponse(
            _lines(growing, begun, partial(answers.keep, caller.person.id), as_events),
            media_type="text/event-stream" if as_events else "application/x-ndjson",
        )
    future = pool.submit(caller.person.id, lambda: caller.assistant.answer(body.question, history))
    await _noted(caller, body.question, future)
    answer = await _while_there(future, request)
    return JSONResponse(_told(answer, answers.keep(caller.person.id, answer)))


@router.get("/answers/{key}/citations", summary="一个答案的引文")
def citations(
    key: Annotated[str, Path(pattern="^[0-9a-f]{32}$")], request: Request, caller: Here
) -> dict[str, Any]:
    """返回本人一个答案的引文和相关段落；不能再看的文件不在其中。"""
    answers: Answers = request.app.state.answers
    answer = answers.find(caller.person.id, key)
    if answer is None:
        raise Fault(404, "没有这个答案。", "答案只给提问的人，并且只保留最近的。", "请重新提问。")
    return {
        "citations": [asdict(c) for c in answer.citations if sees(caller, c.document)],
        "related": [asdict(c) for c in answer.related if sees(caller, c.document)],
    }


async def _noted(caller: Caller, question: str, future: Future[Any]) -> None:
    """Note the question; one that cannot be noted is not answered."""
    try:
        await run_in_threadpool(caller.log, "asked", "", question)
    except BaseException:
        future.cancel()
        raise


async def _while_there(future: Future[Answer], request: Request) -> Answer:
    """Return the answer; its place comes free where the caller goes away before its turn."""
    waiting = asyncio.wrap_future(future)
    while not (await asyncio.wait({waiting}, timeout=POLL))[0]:
        if await request.is_disconnected() and future.cancel():
            raise Fault(499, "提问的人已离开。", "连接已断开。", "请重新提问。")
    return waiting.result()


class _Growing:
    """Carries the states of a growing answer from its thread to the event loop."""

    def __init__(
        self, loop: asyncio.AbstractEventLoop, make: Callable[[], Iterator[Answer]]
    ) -> None:
        self._loop = loop
        self._make = make
        self.arrived: asyncio.Queue[Answer | Exception | None] = asyncio.Queue()
        self.abandoned = False

    def run(self) -> None:
        """Make the answer, in a thread."""
        try:
            for answer in self._make():
                if self.abandoned:
                    return
                self._put(answer)
        except Exception as error:  # told to the caller, who waits for a last line
            self._put(error)
        else:
            self._put(None)

    def _put(self, item: Answer | Exception | None) -> None:
        if not self._loop.is_closed():
            self._loop.call_soon_threadsafe(self.arrived.put_nowait, item)


async def _lines(
    growing: _Growing, future: Future[None], keep: Callable[[Answer], str], as_events: bool
) -> AsyncIterator[str]:
    """Yield the evidence and the growing text, then the whole answer, then nothing more."""
    last: Answer | None = None
    try:
        yield _line("accepted", {}, as_events)
        while (item := await growing.arrived.get()) is not None:
            if isinstance(item, Exception):
                yield _line("error", fault_of(item).to_json(), as_events)
                return
            if item is last:  # nothing has come meanwhile
                continue
            if last is None:
                evidence = {"citations": [asdict(c) for c in item.citations]}
                yield _line("evidence", evidence, as_events)
            last = item
            yield _line("partial", _partial(item), as_events)
        if last is not None:
            yield _line("answer", _told(last, keep(last)), as_events)
    finally:  # the caller may have gone away
        growing.abandoned = True
        future.cancel()


def _partial(answer: Answer) -> dict[str, Any]:
    """Return the text as far as it has come, and the model's words that are not checked yet."""
    draft = answer.wording.draft if answer.wording else ""
    return {"answer": answer.answer} | ({"draft": draft} if draft else {})


def _line(event: str, content: dict[str, Any], as_events: bool) -> str:
    if as_events:
        return f"event: {event}\ndata: {json.dumps(content, ensure_ascii=False)}\n\n"
    return json.dumps({"event": event, **content}, ensure_ascii=False) + "\n"


def _told(answer: Answer, key: str) -> dict[str, Any]:
    return replace(answer, id=key).to_json()


def sees(caller: Caller, document: str) -> bool:
    """Tell whether who calls may see a document now."""
    try:
        return bool(caller.library.history(document))
    except UnknownDocumentError:
        return False
