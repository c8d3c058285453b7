"""Lets in who is known, and keeps one visitor's events from another."""

from __future__ import annotations

import json
import logging
import re
from collections import OrderedDict
from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any
from urllib.parse import parse_qs

from assistant.people.visitors import Visitor, Visitors
from index.errors import StoreError

logger = logging.getLogger(__name__)

Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
AsgiApp = Callable[[Message, Receive, Send], Awaitable[None]]

PEOPLE = ("/login", "/logout", "/account", "/account/password")
OPEN = ("/login", "/healthz", "/readyz", "/favicon.ico")
API = "/api/"
EVENTS = "/gradio_api/"
KEPT = 10_000  # pages that are open
MAX_EVENT = 256 * 1024  # bytes, as the guard lets through
_HEARTBEAT = re.compile(r"/gradio_api/heartbeat/([^/]+)")
UNKNOWN = {
    "what": "没有登录，或登录已结束。",
    "why": "这个地址只给有账号的人用；账号可能已停用，令牌可能已过期或被撤销。",
    "next": "在浏览器打开 /login 登录；程序请在 Authorization 头里带上“Bearer 令牌”。",
}
UNUSABLE = {
    "what": "数据库暂时不能用。",
    "why": "它被占用或损坏，日志里有原因。",
    "next": "请稍后再试；仍然不行时请找管理员。",
}
PASSED_ON = {
    "what": "这个请求是经代理转来的，没有受理。",
    "why": "程序以单机方式运行，没有登录；经代理对外提供时任何人都能读到文件。",
    "next": "请用 python app.py --login 启动。",
}


class Gate:
    """Puts the visitor into ``scope["state"]["visitor"]``; without one nothing is reached."""

    def __init__(self, app: AsgiApp, visitors: Visitors) -> None:
        self._app = app
        self._visitors = visitors
        self._pages: OrderedDict[str, int] = OrderedDict()  # whose page a session hash is of

    async def __call__(self, scope: Message, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        from starlette.concurrency import run_in_threadpool

        path = scope["path"]
        if path in PEOPLE and not self._visitors.login:  # Gradio has a login of its own
            await _answer(send, 404, b"text/plain", b"")
            return
        public = path in OPEN
        visitor = None
        if not public or path == "/login":
            try:
                visitor = await run_in_threadpool(self._visitors.of, scope)
            except StoreError as error:
                logger.error("It cannot be told who a request is of: %s", error)
                await _say(send, 503, UNUSABLE, (b"retry-after", b"5"))
                return
        if visitor is None and not public:
            await self._refuse(scope, send)
            return
        scope.setdefault("state", {})["visitor"] = visitor
        if visitor is not None and self._visitors.login and path.startswith(EVENTS):
            receive, own = await self._own(scope, receive, visitor)
            if not own:
                await _answer(send, 403, b"text/plain", b"")
                return
        await self._app(scope, receive, send)

    async def _refuse(self, scope: Message, send: Send) -> None:
        if self._visitors.login and scope["path"] == "/" and scope["method"] in ("GET", "HEAD"):
            await _answer(send, 303, b"text/plain", b"", (b"location", b"/login"))
            return
        said = UNKNOWN if self._visitors.login else PASSED_ON
        status = 401 if self._visitors.login else 403
        await _say(send, status, said, (b"www-authenticate", b"Bearer"))

    async def _own(
        self, scope: Message, receive: Receive, visitor: Visitor
    ) -> tuple[Receive, bool]:
        """Tell whether the page that an event is of is this visitor's.

        Gradio keeps a conversation under a word that the browser chose, and gives it to
        whoever says that word: here it belongs to the first who does.
        """
        named = parse_qs(scope["query_string"].decode("latin-1")).get("session_hash", [])
        beat = _HEARTBEAT.fullmatch(scope["path"])
        named += [beat[1]] if beat else []
        if scope["method"] == "POST":
            body = await _whole(receive)
            receive = _again(body, receive)
            said = _session_hash(body)
            if said is None:
                return receive, False
            named += said
        return receive, all(self._is_of(name, visitor.person.id) for name in named)

    def _is_of(self, name: str, person: int) -> bool:
        owner = self._pages.setdefault(name, person)
        self._pages.move_to_end(name)
        while len(self._pages) > KEPT:
            self._pages.popitem(last=False)
        return owner == person


def _session_hash(body: bytes) -> list[str] | None:
    """Return whose page an event names; None for what is no event at all."""
    try:
        sent = json.loads(body) if body else {}
    except ValueError:
        return None
    named = sent.get("session_hash") if isinstance(sent, dict) else None
    return [named] if isinstance(named, str) else []


async def _whole(receive: Receive) -> bytes:
    body = bytearray()
    while len(body) <= MAX_EVENT:
        message = await receive()
        body += message.get("body", b"")
        if message["type"] != "http.request" or not message.get("more_body"):
            break
    return bytes(body)


def _again(body: bytes, receive: Receive) -> Receive:
    """Return what hands out a body that was read, and then goes on as before."""
    left = [{"type": "http.request", "body": body, "more_body": False}]

    async def replay() -> Message:
        return left.pop() if left else await receive()

    return replay


async def _say(
    send: Send, status: int, said: dict[str, str], *headers: tuple[bytes, bytes]
) -> None:
    body = json.dumps({"error": said}, ensure_ascii=False).encode()
    await _answer(send, status, b"application/json", body, *headers)


async def _answer(
    send: Send, status: int, kind: bytes, body: bytes, *headers: tuple[bytes, bytes]
) -> None:
    length = (b"content-length", str(len(body)).encode())
    named = [(b"content-type", kind), length, (b"cache-control", b"no-store"), *headers]
    await send({"type": "http.response.start", "status": status, "headers": named})
    await send({"type": "http.response.body", "body": body})
