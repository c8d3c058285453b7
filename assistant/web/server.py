"""Serves the page: security headers, only the routes that it needs, one plain process."""

from __future__ import annotations

import ipaddress
import re
import secrets
import socket
from collections.abc import Awaitable, Callable, MutableMapping
from typing import TYPE_CHECKING, Any

from assistant.errors import AssistantError
from assistant.web.ports import Assistant, Library

if TYPE_CHECKING:
    from fastapi import FastAPI

Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
AsgiApp = Callable[[Message, Receive, Send], Awaitable[None]]

# What a browser that shows the page asks for, and no more: no upload, no file,
# proxy, API description, run history or monitoring route can be reached.
ROUTES = re.compile(
    r"/(?:|config|theme\.css|favicon\.ico|manifest\.json|healthz|(?:assets|static|svelte)/[^?]*"
    r"|gradio_api/(?:queue/(?:join|data)|cancel|reset|startup-events|heartbeat/[^/]+))"
)
MAX_BODY = 256 * 1024  # bytes; the longest question takes 8,000
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


def serve(assistant: Assistant, library: Library, host: str, port: int) -> None:
    """Serve the page until the process is told to stop."""
    import uvicorn

    uvicorn.run(
        build_app(assistant, library, host),
        host=host,
        port=port,
        log_level="warning",
        access_log=False,
        server_header=False,
        timeout_graceful_shutdown=2,  # open event streams would hold it for ever
    )


def build_app(assistant: Assistant, library: Library, host: str = "127.0.0.1") -> FastAPI:
    """Return the web application with the page at its root."""
    import gradio as gr
    from fastapi import FastAPI
    from starlette.middleware.trustedhost import TrustedHostMiddleware

    from assistant.web.page import build_page, head, style, theme

    app = FastAPI(docs_url=None, redoc_url=None, openapi_url=None)

    @app.get("/healthz")
    def healthz() -> dict[str, bool]:
        return {"ok": True}

    gr.mount_gradio_app(
        app,
        build_page(assistant, library),
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
    app.add_middleware(Guard)
    if is_loopback(host):
        # A name that a foreign page made point here must not reach the page.
        app.add_middleware(
            TrustedHostMiddleware, allowed_hosts=["127.0.0.1", "localhost", "[::1]", host]
        )
    return app


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
        nonce = secrets.token_urlsafe(16)
        out = _Response(send, nonce)
        length = dict(scope["headers"]).get(b"content-length", b"0")
        if not ROUTES.fullmatch(scope["path"]):
            await out.refuse(404)
        elif not length.isdigit() or int(length) > MAX_BODY:
            await out.refuse(413)
        else:
            await self._app(scope, receive, out)


class _Response:
    """Passes a response on with headers; the page itself also gets its nonce."""

    def __init__(self, send: Send, nonce: str) -> None:
        self._send = send
        self._nonce = nonce
        self._start: Message | None = None  # held back while the page is collected
        self._page = b""

    async def __call__(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            ours = HEADERS | {"content-security-policy": POLICY.format(nonce=self._nonce)}
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
        headers += [(b"content-length", str(len(page)).encode()), (b"cache-control", b"no-store")]
        await self._send({**start, "headers": headers})
        await self._send({"type": "http.response.body", "body": page})

    async def refuse(self, status: int) -> None:
        """Answer with a bare status."""
        headers = [(b"content-type", b"text/plain")]
        await self({"type": "http.response.start", "status": status, "headers": headers})
        await self({"type": "http.response.body", "body": b""})
