"""Uploads and page pictures over HTTP: what is taken, what is refused, and with what words."""

from __future__ import annotations

import asyncio
import os
import socket
import threading
import time
from collections.abc import AsyncIterator, Callable, Iterator
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from urllib.parse import quote

import httpx
import pytest
import uvicorn
from PIL import Image
from starlette.applications import Starlette
from starlette.routing import Route
from starlette.testclient import TestClient

from assistant.web import uploads
from assistant.web.server import build_app
from tests.browser.fakes import REPORT, SCAN, FakeIntake, FakeLibrary, ScriptedAssistant


class KeepingIntake(FakeIntake):
    """Takes everything over and keeps what it was given."""

    def __init__(self, library: FakeLibrary) -> None:
        super().__init__(library, pause=0)
        self.taken: dict[str, bytes] = {}
        self.fault: Exception | None = None

    def add(self, name: str, file: Path) -> str:
        if self.fault:
            raise self.fault
        self.taken[name] = file.read_bytes()
        return super().add(name, file)


@dataclass
class Site:
    """The served page, its parts, and a client."""

    client: httpx.Client
    port: int
    intake: KeepingIntake
    incoming: Path

    def upload(self, name: str, body: bytes, **headers: str) -> httpx.Response:
        named = {"x-youju-name": quote(name), **headers}
        return self.client.post("/upload", content=body, headers=named)

    def left(self) -> list[Path]:
        return list(self.incoming.iterdir())


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    incoming = tmp_path_factory.mktemp("incoming")
    (incoming / "left-by-a-crash.part").write_bytes(b"half")
    library = FakeLibrary()
    intake = KeepingIntake(library)
    app = build_app(ScriptedAssistant(), library, intake, incoming)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = int(free.getsockname()[1])
    server = uvicorn.Server(uvicorn.Config(app, port=port, log_level="error"))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.05)
    with httpx.Client(base_url=f"http://127.0.0.1:{port}", timeout=30) as client:
        yield Site(client, port, intake, incoming)
    server.should_exit = True
    thread.join(10)


@pytest.fixture(autouse=True)
def _sound(site: Site) -> Iterator[None]:
    yield
    site.intake.fault = None
    assert site.left() == []


def test_a_file_is_taken_in_under_its_name(site: Site) -> None:
    body = os.urandom(3 * 1024 * 1024 + 17)
    answer = site.upload("三季度 通报+附件%20.docx", body)
    assert answer.status_code == 200
    assert answer.json()["name"] == "三季度 通报+附件%20.docx"
    assert answer.json()["renamed"] is False
    assert site.intake.taken["三季度 通报+附件%20.docx"] == body
    assert answer.json()["job"] in {job.id for job in site.intake.jobs()}
    assert answer.headers["cache-control"] == "no-store"


def test_an_empty_file_is_the_intakes_business(site: Site) -> None:
    assert site.upload("空.txt", b"").status_code == 200
    assert site.intake.taken["空.txt"] == b""


def test_a_hostile_name_is_cleaned_and_the_page_is_told(site: Site) -> None:
    answer = site.upload("../../CON.txt", b"x").json()
    assert (answer["name"], answer["renamed"]) == ("_CON.txt", True)


@pytest.mark.parametrize("header", ["", "%FF%FE.txt", "..", "%00", "/"])
def test_a_name_that_cannot_be_read_is_refused_in_words(site: Site, header: str) -> None:
    answer = site.client.post("/upload", content=b"x", headers={"x-youju-name": header})
    assert answer.status_code == 400
    assert "改名" in answer.json()["error"]["zh"]


def test_a_request_without_the_header_is_refused(site: Site) -> None:
    assert site.client.post("/upload", content=b"x").status_code == 400


def test_a_refusal_of_the_intake_is_passed_on_in_its_words(site: Site) -> None:
    answer = site.upload("会议.mp4", b"film")
    assert answer.status_code == 422
    assert "会议.mp4" in answer.json()["error"]["zh"]


def test_a_fault_names_no_place_of_the_machine(site: Site) -> None:
    site.intake.fault = RuntimeError(f"cannot open {site.incoming}/x")
    answer = site.upload("a.txt", b"x")
    assert answer.status_code == 500
    assert str(site.incoming) not in answer.text
    assert "请重试" in answer.json()["error"]["zh"]


def test_a_full_disk_is_said_and_leaves_nothing(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(uploads, "RESERVE", 1 << 60)
    answer = site.upload("a.txt", b"x")
    assert answer.status_code == 507
    assert "磁盘空间不足" in answer.json()["error"]["zh"]


def test_a_disk_that_fills_up_meanwhile_is_said(site: Site) -> None:
    site.intake.fault = OSError(28, "No space left on device")
    assert site.upload("a.txt", b"x").status_code == 507


def test_what_declares_itself_too_large_is_refused_at_once(site: Site) -> None:
    head = (
        b"POST /upload HTTP/1.1\r\nHost: 127.0.0.1\r\nx-youju-name: a.pdf\r\n"
        b"Content-Length: 99999999999\r\n\r\n"
    )
    with socket.create_connection(("127.0.0.1", site.port), timeout=10) as line:
        line.sendall(head)
        answer = line.recv(65536).decode()
    assert answer.startswith("HTTP/1.1 413")
    assert "500 MB" in answer


def test_what_turns_out_too_large_is_refused_on_the_way(site: Site, tmp_path: Path) -> None:

    receiver = uploads.Receiver(lambda _: site.intake, tmp_path, limit=1000)
    app = Starlette(routes=[Route("/upload", receiver.receive, methods=["POST"])])
    pieces = (b"x" * 400 for _ in range(3))
    headers = {"x-youju-name": "big.txt"}
    assert TestClient(app).post("/upload", content=pieces, headers=headers).status_code == 413
    assert list(tmp_path.iterdir()) == []
    assert "big.txt" not in site.intake.taken


def test_a_sender_who_goes_away_leaves_nothing(site: Site) -> None:
    with socket.create_connection(("127.0.0.1", site.port), timeout=10) as line:
        line.sendall(
            b"POST /upload HTTP/1.1\r\nHost: 127.0.0.1\r\nx-youju-name: half.txt\r\n"
            b"Content-Length: 1000\r\n\r\nhalf"
        )
        wait_for(lambda: len(site.left()) == 1)
    wait_for(lambda: site.left() == [])
    assert "half.txt" not in site.intake.taken


def test_only_so_many_at_once_and_the_places_come_free(site: Site) -> None:
    lines = [socket.create_connection(("127.0.0.1", site.port), 10) for _ in range(uploads.AT_ONCE)]
    for line in lines:
        line.sendall(
            b"POST /upload HTTP/1.1\r\nHost: 127.0.0.1\r\nx-youju-name: slow.txt\r\n"
            b"Content-Length: 1000\r\n\r\nslow"
        )
    wait_for(lambda: len(site.left()) == uploads.AT_ONCE)
    answer = site.upload("late.txt", b"x")
    assert answer.status_code == 503
    assert answer.headers["retry-after"] == "2"
    assert site.client.get("/healthz").status_code == 200
    for line in lines:
        line.close()
    wait_for(lambda: site.left() == [])
    assert site.upload("late.txt", b"x").status_code == 200


def test_a_silent_sender_loses_its_place(site: Site, tmp_path: Path) -> None:

    async def silent() -> AsyncIterator[bytes]:
        yield b"a"
        await asyncio.sleep(60)

    async def run() -> None:
        receiver = uploads.Receiver(lambda _: site.intake, tmp_path, patience=0.05)
        with pytest.raises(uploads.Refused) as refused:
            await receiver._keep("a.txt", silent(), site.intake)
        assert refused.value.status == 408

    asyncio.run(run())
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    "headers",
    [
        {"sec-fetch-site": "cross-site"},
        {"sec-fetch-site": "same-site"},
        {"origin": "https://evil.example"},
        {"origin": "http://127.0.0.1:1"},
        {"origin": "null"},
    ],
)
def test_the_page_of_another_site_can_send_nothing(site: Site, headers: dict[str, str]) -> None:
    assert site.upload("a.txt", b"x", **headers).status_code == 403
    for path in ("/gradio_api/queue/join", "/gradio_api/cancel"):
        assert site.client.post(path, json={}, headers=headers).status_code == 403
    assert "a.txt" not in site.intake.taken or site.intake.taken["a.txt"] != b"x"


def test_another_site_is_not_told_that_it_may(site: Site) -> None:
    asked = {
        "origin": "https://evil.example",
        "access-control-request-method": "POST",
        "access-control-request-headers": "x-youju-name",
    }
    answer = site.client.options("/upload", headers=asked)
    assert answer.status_code >= 400
    assert "access-control-allow-origin" not in answer.headers


def test_the_own_page_may(site: Site) -> None:
    own = {"sec-fetch-site": "same-origin", "origin": f"http://127.0.0.1:{site.port}"}
    assert site.upload("own.txt", b"x", **own).status_code == 200
    assert site.upload("own.txt", b"x", origin=own["origin"]).status_code == 200


def test_a_body_of_unknown_length_goes_to_uploads_only(site: Site) -> None:
    pieces = (b"x" for _ in range(3))
    answer = site.client.post("/gradio_api/queue/join", content=pieces)
    assert answer.status_code == 411


@pytest.mark.parametrize("method", ["GET", "PUT", "DELETE"])
def test_there_is_no_other_way_to_use_the_upload(site: Site, method: str) -> None:
    assert site.client.request(method, "/upload").status_code in (404, 405)


@pytest.mark.parametrize(
    "path",
    [
        "/gradio_api/upload",
        "/gradio_api/file=/etc/hostname",
        "/file=/etc/hostname",
        "/upload/x",
        "/uploads/a.html",
        "/page-image/x",
        "/monitoring/summary",
    ],
)
def test_no_other_route_is_there(site: Site, path: str) -> None:
    assert site.client.get(path).status_code == 404


def test_a_page_is_sent_as_a_picture_and_nothing_else(site: Site) -> None:
    wanted = {"document": SCAN, "page": "2", "width": "1000"}
    answer = site.client.get("/page-image", params=wanted)
    assert answer.status_code == 200
    assert answer.headers["content-type"] == "image/png"
    assert answer.headers["cache-control"] == "no-store"
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert "default-src 'none'" in answer.headers["content-security-policy"]
    assert Image.open(BytesIO(answer.content)).width == 1000


@pytest.mark.parametrize(
    "wanted",
    [
        {},
        {"document": SCAN},
        {"document": SCAN, "page": "0"},
        {"document": SCAN, "page": "4"},
        {"document": SCAN, "page": "-1"},
        {"document": SCAN, "page": "9" * 40},
        {"document": SCAN, "page": "１"},
        {"document": SCAN, "page": "1", "version": "7"},
        {"document": REPORT, "page": "1"},
        {"document": "/etc/passwd", "page": "1"},
        {"document": "../../etc/passwd", "page": "1"},
    ],
)
def test_what_has_no_picture_is_a_bare_404(site: Site, wanted: dict[str, str]) -> None:
    answer = site.client.get("/page-image", params=wanted)
    assert (answer.status_code, answer.content) == (404, b"")


def test_the_width_is_one_of_ours(site: Site) -> None:
    for width, drawn in (("99999", 1000), ("2000", 2000), ("x", 1000)):
        wanted = {"document": SCAN, "page": "1", "width": width}
        answer = site.client.get("/page-image", params=wanted)
        assert Image.open(BytesIO(answer.content)).width == drawn


def test_another_site_cannot_make_us_draw(site: Site) -> None:
    wanted = {"document": SCAN, "page": "1"}
    foreign = {"sec-fetch-site": "cross-site"}
    answer = site.client.get("/page-image", params=wanted, headers=foreign)
    assert answer.status_code == 403


def test_a_fault_while_drawing_is_a_bare_404(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> bytes:
        raise RuntimeError("/srv/secret")

    monkeypatch.setattr(FakeLibrary, "page_image", fail)
    answer = site.client.get("/page-image", params={"document": SCAN, "page": "1"})
    assert (answer.status_code, answer.content) == (404, b"")


def test_markup_is_never_sent_as_a_picture(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(FakeLibrary, "page_image", lambda *_: b"<svg onload=alert(1)>")
    answer = site.client.get("/page-image", params={"document": SCAN, "page": "1"})
    assert (answer.status_code, answer.content) == (404, b"")


def wait_for(true: Callable[[], bool], seconds: float = 10.0) -> None:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if true():
            return
        time.sleep(0.02)
    raise AssertionError("did not come about in time")
