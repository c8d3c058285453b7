"""Serves the page: security headers, only the routes that it needs, one plain process."""

from __future__ import annotations

import ipaddress
import re
import secrets
import socket
from collections.abc import Awaitable, Callable, Mapping, MutableMapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from assistant.errors import AssistantError
from assistant.people.visitors import Visitors
from assistant.web.desks import Front, OneDesk, Reception
from assistant.web.gate import PEOPLE, Gate
from assistant.web.ports import Assistant, Intake, Library
from assistant.web.strings import words

if TYPE_CHECKING:
    from fastapi import FastAPI
    from starlette.requests import Request

Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
AsgiApp = Callable[[Message, Receive, Send], Awaitable[None]]

# What a browser that shows the page asks for, and no more: none of Gradio's upload, file,
# proxy, API description, run history or monitoring routes can be reached.
ROUTES = re.compile(
    r"/(?:|upload|page-image|config|theme\.css|favicon\.ico|manifest\.json|healthz|readyz"
    r"|login|logout|account|account/password|api/v1/[a-z0-9/._-]{1,80}"
    r"|(?:assets|static|svelte)/[^?]*"
    r"|gradio_api/(?:queue/(?:join|data)|cancel|reset|startup-events|heartbeat/[^/]+))"
)
UPLOAD, PICTURE = "/upload", "/page-image"
MAX_BODY = 256 * 1024  # bytes; the longest question takes 8,000. An upload has its own limit
HEADERS = {
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
    "x-frame-options": "DENY",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
}
# Gradio compiles its HTML templates in the browser, hence 'unsafe-eval'; scripts in
# the page itself need the nonce, so text that became a tag could still not run.
POLICY = (
    "default-src 'none'; script-src 'self' 'unsafe-eval' 'nonce-{nonce}'; "
    "style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self' data:; "
    "connect-src 'self'; manifest-src 'self'; base-uri 'self'; form-action 'none'; "
    "frame-ancestors 'none'; frame-src 'none'; object-src 'none'"
)
# The pages of login.py have forms and no script at all. Without a referrer a browser would
# hide where a form comes from, and it would be taken for another site's.
FORMS = PEOPLE
FORM_POLICY = (
    "default-src 'none'; style-src 'unsafe-inline'; img-src 'self'; form-action 'self'; "
    "base-uri 'none'; frame-ancestors 'none'"
)
LASTING = re.compile(r"/(?:assets|static|svelte)/")  # the same for everybody; all else is not kept


class ServingError(AssistantError):
    """The page cannot be served at that address."""


_SCRIPT = re.compile(rb"<script(?=[\s>])")
_OUTSIDE = re.compile(rb"<meta\s+(?:property|name)=\"(?:og|twitter):[^>]*>\s*")


def check_port(host: str, port: int) -> None:
    """Return quietly if the address can be listened on.

    Raises:
        ServingError: it is taken, or not an address of this machine.
    """
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except (OSError, OverflowError) as error:
            raise ServingError(
                f"不能使用地址 {host}:{port}（{error}）。可能已有程序在用这个端口；"
                f"请先关闭它，或换一个端口：python app.py --port {min(port + 1, 65535)}"
            ) from error


def is_loopback(host: str) -> bool:
    """Tell whether only this machine can reach the host address."""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def serve(
    assistant: Assistant,
    library: Library,
    intake: Intake,
    incoming: Path,
    host: str,
    port: int,
    reception: Reception | None = None,
    certificate: tuple[Path, Path] | None = None,
) -> None:
    """Serve the page until the process is told to stop.

    ``incoming`` is a folder on the disk of the index, for uploads on their way.
    ``reception`` is there where visitors have accounts, or are noted; ``certificate`` are
    the files of a certificate and of its key, for https.
    """
    import uvicorn

    secure = certificate or (None, None)
    uvicorn.run(
        build_app(assistant, library, intake, incoming, host, reception),
        ssl_certfile=secure[0],
        ssl_keyfile=secure[1],
        host=host,
        port=port,
        log_level="warning",
        access_log=False,
        server_header=False,
        timeout_graceful_shutdown=2,  # open event streams would hold it for ever
    )


def build_app(
    assistant: Assistant,
    library: Library,
    intake: Intake,
    incoming: Path,
    host: str = "127.0.0.1",
    reception: Reception | None = None,
) -> FastAPI:
    """Return the web application with the page at its root.

    Without a ``reception`` everybody works at one desk over ``library``, and there is
    neither login nor API.
    """
    import gradio as gr
    from fastapi import FastAPI
    from starlette.middleware.trustedhost import TrustedHostMiddleware

    from assistant.web.page import build_page, head, style, theme

    front: Front = reception or OneDesk(assistant, library, intake)
    visitors = reception.visitors if reception else Visitors(None, login=False)
    app = FastAPI(docs_url=None, redoc_url=None, openapi_url=None)

    @app.get("/healthz")
    async def healthz() -> dict[str, bool]:
        return {"ok": True}

    _add_files(app, front, intake, incoming)
    if reception is not None:
        _add_people(app, reception)
    gr.mount_gradio_app(
        app,
        build_page(front, login=visitors.login),
        path="/",
        footer_links=[],
        run_history=False,
        allowed_paths=[],
        show_error=False,
        max_file_size=MAX_BODY,
        ssr_mode=False,
        enable_monitoring=False,
        pwa=False,
        mcp_server=False,
        theme=theme(),
        css=style(),
        head=head(),
    )
    app.add_middleware(Gate, visitors=visitors)
    app.add_middleware(Guard)
    if is_loopback(host) and not visitors.login:
        # A name that a foreign page made point here must not reach the page.
        app.add_middleware(
            TrustedHostMiddleware, allowed_hosts=["127.0.0.1", "localhost", "[::1]", host]
        )
    return app


def _add_files(app: FastAPI, front: Front, intake: Intake, incoming: Path) -> None:
    """Add the routes of uploads and of pictures of pages."""
    from assistant.web.pictures import Pictures
    from assistant.web.uploads import Receiver, Refused

    def intake_of(request: Request) -> Intake:
        desk = front.desk(request.state.visitor)
        if not desk.may("file"):
            raise Refused(403, words("forbidden"))
        return desk.filing.intake

    def library_of(request: Request) -> Library:
        desk = front.desk(request.state.visitor)
        desk.saw(request.query_params.get("document", ""))
        return desk.shelf

    app.add_route(UPLOAD, Receiver(intake_of, incoming).receive, methods=["POST"])
    app.add_route(PICTURE, Pictures(library_of).send, methods=["GET"])


def _add_people(app: FastAPI, reception: Reception) -> None:
    """Add the pages where people log in, and the API."""
    from assistant.api.routes import add_api
    from assistant.web.login import Login
    from assistant.web.login_pages import ACCOUNT, LOGIN, LOGOUT, PASSWORD

    add_api(app, reception)
    if not reception.visitors.login:
        return
    login = Login(reception.people)
    app.add_route(LOGIN, login.show, methods=["GET"])
    app.add_route(LOGIN, login.enter, methods=["POST"])
    app.add_route(LOGOUT, login.leave, methods=["POST"])
    app.add_route(LOGOUT, login.account, methods=["GET"])  # else Gradio's own would answer
    app.add_route(ACCOUNT, login.account, methods=["GET"])
    app.add_route(PASSWORD, login.password, methods=["POST"])


class Guard:
    """Lets only the page's own requests through, and adds the security headers."""

    def __init__(self, app: AsgiApp) -> None:
        self._app = app

    async def __call__(self, scope: Message, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != "http":
            if scope["type"] == "lifespan":
                await self._app(scope, receive, send)
            return
        out = _Response(send, secrets.token_urlsafe(16), scope["path"])
        status = _objection(scope)
        if status is not None:
            await out.refuse(status)
        else:
            await self._app(scope, receive, out)


def _objection(scope: Message) -> int | None:
    """Return the status that refuses a request, None for one of the page's own."""
    path, headers = scope["path"], dict(scope["headers"])
    if not ROUTES.fullmatch(path):
        return 404
    reads = scope["method"] in ("GET", "HEAD")
    if (not reads or path == PICTURE or path.startswith("/api/")) and _foreign(headers):
        return 403
    if path == UPLOAD:  # counted while it arrives
        return None
    if b"transfer-encoding" in headers:  # of a length that nobody knows; browsers send none
        return 411
    length = headers.get(b"content-length", b"0")
    return None if length.isdigit() and int(length) <= MAX_BODY else 413


def _foreign(headers: Mapping[bytes, bytes]) -> bool:
    """Tell whether the page of another site makes the request.

    Programs that are no browser say neither where they come from nor what they show.
    """
    site = headers.get(b"sec-fetch-site")
    if site is not None:
        return site not in (b"same-origin", b"none")
    origin = headers.get(b"origin")
    if origin is None:
        return False
    return origin.partition(b"://")[2].lower() != headers.get(b"host", b"").lower()


class _Response:
    """Passes a response on with headers; the page itself also gets its nonce."""

    def __init__(self, send: Send, nonce: str, path: str) -> None:
        self._send = send
        self._nonce = nonce
        self._path = path
        self._start: Message | None = None  # held back while the page is collected
        self._page = b""

    async def __call__(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            ours = HEADERS | {"content-security-policy": POLICY.format(nonce=self._nonce)}
            if self._path in FORMS:
                ours |= {"content-security-policy": FORM_POLICY, "referrer-policy": "same-origin"}
            if not LASTING.match(self._path):
                ours["cache-control"] = "no-store"
            headers = [(k, v) for k, v in message["headers"] if k.decode().lower() not in ours]
            headers += [(name.encode(), value.encode()) for name, value in ours.items()]
            message = {**message, "headers": headers}
            if dict(headers).get(b"content-type", b"").startswith(b"text/html"):
                self._start = message
                return
        elif self._start is not None:
            self._page += message.get("body", b"")
            if not message.get("more_body"):
                await self._send_page(self._start)
            return
        await self._send(message)

    async def _send_page(self, start: Message) -> None:
        page = _OUTSIDE.sub(b"", self._page)
        page = _SCRIPT.sub(b'<script nonce="' + self._nonce.encode() + b'"', page)
        page = page.replace(b'<html\n\tlang="en"', b'<html\n\tlang="zh-CN"', 1)
        headers = [(k, v) for k, v in start["headers"] if k != b"content-length"]
        headers += [(b"content-length", str(len(page)).encode())]
        await self._send({**start, "headers": headers})
        await self._send({"type": "http.response.body", "body": page})

    async def refuse(self, status: int) -> None:
        """Answer with a bare status."""
        headers = [(b"content-type", b"text/plain")]
        await self({"type": "http.response.start", "status": status, "headers": headers})
        await self({"type": "http.response.body", "body": b""})
