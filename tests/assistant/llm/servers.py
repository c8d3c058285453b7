"""An OpenAI-compatible server on loopback that answers as scripted, well or badly."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

Script = Callable[["Handler"], None]


class Handler(BaseHTTPRequestHandler):
    """Hands every POST to the script of the server; GET knows nothing."""

    protocol_version = "HTTP/1.1"
    server: Server

    def do_GET(self) -> None:
        self.reply(404, {"error": {"message": "not found"}})

    def do_POST(self) -> None:
        length = int(self.headers.get("content-length") or 0)
        body = json.loads(self.rfile.read(length) or b"{}")
        if not self.path.endswith("/chat/completions"):
            self.reply(404, {"error": {"message": "not found"}})
            return
        self.server.asked.append({"body": body, "headers": dict(self.headers)})
        try:
            self.server.script(self)
        except (BrokenPipeError, ConnectionResetError):  # the client went away
            self.server.left.set()

    def reply(self, status: int, content: Any, **headers: str) -> None:
        raw = content if isinstance(content, bytes) else json.dumps(content).encode()
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        self.send_header("content-type", "application/json")
        self.send_header("content-length", str(len(raw)))
        self.end_headers()
        self.wfile.write(raw)

    def begin(self) -> None:
        """Begin a stream of events that ends with the connection."""
        self.send_response(200)
        self.send_header("content-type", "text/event-stream")
        self.send_header("connection", "close")
        self.end_headers()
        self.close_connection = True

    def event(self, raw: str) -> None:
        self.wfile.write(f"data: {raw}\n\n".encode())
        self.wfile.flush()

    def say(self, words: str = "", finish: str | None = None, **delta: Any) -> None:
        choice = {"index": 0, "delta": {"content": words, **delta}, "finish_reason": finish}
        chunk = {
            "id": "1", "object": "chat.completion.chunk", "created": 1, "model": "m",
            "choices": [choice],
        }  # fmt: skip
        self.event(json.dumps(chunk, ensure_ascii=False))

    def done(self) -> None:
        usage = {"prompt_tokens": 100, "completion_tokens": 20, "total_tokens": 120}
        last = {
            "id": "1", "object": "chat.completion.chunk", "created": 1, "model": "m",
            "choices": [], "usage": usage,
        }  # fmt: skip
        self.say(finish="stop")
        self.event(json.dumps(last))
        self.event("[DONE]")

    def log_message(self, format: str, *args: Any) -> None:
        return


class Server(ThreadingHTTPServer):
    """The server: ``asked`` are the requests so far, ``left`` is set when a client goes away."""

    daemon_threads = True

    def __init__(self, script: Script) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.script = script
        self.asked: list[dict[str, Any]] = []
        self.left = threading.Event()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}/v1"


@contextmanager
def serving(script: Script) -> Iterator[Server]:
    """Run a server with a script."""
    server = Server(script)
    thread = threading.Thread(target=server.serve_forever, args=[0.02], daemon=True)
    thread.start()
    try:
        yield server
    finally:
        server.shutdown()
        server.server_close()


def saying(*pieces: str, pause: float = 0.0) -> Script:
    """Return a script that streams ``pieces``."""

    def script(handler: Handler) -> None:
        handler.begin()
        for piece in pieces:
            handler.say(piece)
            time.sleep(pause)
        handler.done()

    return script


def failing(status: int, message: str = "no", **headers: str) -> Script:
    """Return a script that answers with an error."""

    def script(handler: Handler) -> None:
        handler.reply(status, {"error": {"message": message, "type": "x", "code": 1}}, **headers)

    return script
