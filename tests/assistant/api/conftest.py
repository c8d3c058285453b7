"""The served application over a real index: an open document, a closed one, four visitors."""

from __future__ import annotations

import json
import re
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Any

import httpx
import pytest
import uvicorn
from argon2 import PasswordHasher
from reportlab.pdfgen import canvas

from assistant.people.people import People
from assistant.people.visitors import Visitors
from assistant.web.desks import Reception
from assistant.web.server import build_app
from assistant.web.shelf import Shelf
from index.build import build_index
from index.intake import Intake
from index.library import Library, open_library
from index.settings import IndexSettings
from tests.conftest import WordCountEncoder

PASSWORD = "correct horse battery"
OPEN, CLOSED, SCANNED = "通报/三季度.txt", "人事/任免.txt", "人事/名单.pdf"
ABSENT = "人事/没有.txt"
SECRET = ("赵铁柱", "梧桐", "免去", "秘密", "Zhaotiezhu")  # words of the closed documents only
OPEN_TEXT = """青禾区2024年三季度重点项目进展情况
截至9月底，全区安排重点项目5个。
一、滞后项目（3个）
截至9月底，3个项目进度滞后。分别是：区水利局的柳溪河清淤（设计变更）；区住建局的供热管网二期（资金未到位）。
二、未开工项目（3个）
截至9月底，3个项目未开工。分别是：区交通局的石桥改建工程（征地协议未签）、西环路大修工程（资金未到位）；区文旅局的古塔修缮工程（等待文物部门批复）。
区重点项目建设办公室
2024年10月8日
"""
CLOSED_TEXT = """青禾区2024年人事秘密项目情况
一、未开工项目（3个）
截至9月底，3个项目未开工。分别是：区梧桐局的梧桐大楼工程（赵铁柱被免去职务）、梧桐湖治理工程（资金未到位）。
青禾区人事办公室
2024年11月8日
"""


def pdf() -> bytes:
    made = BytesIO()
    page = canvas.Canvas(made)
    page.drawString(72, 700, "Report on Zhaotiezhu, who was dismissed in September.")
    page.showPage()
    page.save()
    return made.getvalue()


@dataclass
class Site:
    """The served application and what it is made of."""

    base: str
    port: int
    library: Library
    people: People
    reception: Reception

    def client(self, token: str = "", session: str = "") -> httpx.Client:
        headers = {"authorization": f"Bearer {token}"} if token else {}
        cookies = {"youju": session} if session else {}
        return httpx.Client(base_url=self.base, timeout=60, headers=headers, cookies=cookies)

    def of(self, name: str) -> httpx.Client:
        """Return a client with a token of that person."""
        return self.client(token=self.people.make_token(name, "试"))

    def browser_of(self, name: str) -> httpx.Client:
        """Return a client with a session of that person."""
        return self.client(session=self.people.sessions.open(self.people.accounts.find(name).id))


@contextmanager
def serving(app: Any) -> Iterator[int]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = int(free.getsockname()[1])
    server = uvicorn.Server(uvicorn.Config(app, port=port, log_level="error"))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.05)
    yield port
    server.should_exit = True
    thread.join(10)


@contextmanager
def site_over(root: Path, *, login: bool) -> Iterator[Site]:
    for name, text in ((OPEN, OPEN_TEXT), (CLOSED, CLOSED_TEXT)):
        file = root / "corpus" / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
    (root / "corpus" / SCANNED).write_bytes(pdf())
    with open_library(IndexSettings(root / "data"), "测试", create=True) as library:
        library.__dict__["encoder"] = WordCountEncoder()
        build_index([root / "corpus"], library)
        people = People(
            library.database, PasswordHasher(time_cost=1, memory_cost=64, parallelism=1)
        )
        for name, role in (("李问", "asks"), ("周核", "verifies"), ("王管", "manages")):
            people.add(name, role, PASSWORD)  # type: ignore[arg-type]
        people.add("钱问", "asks", PASSWORD)
        people.add_collection("人事", originals=False)
        people.place("人事/", ["人事"])
        people.grant("人事", person="周核")
        intake = Intake(library)
        intake.start()
        reception = Reception(library, people, Visitors(people, login=login), intake)
        assistant = reception.set_of(people.accounts.find("王管")).assistant
        app = build_app(assistant, Shelf(library), intake, library.incoming, "127.0.0.1", reception)
        with serving(app) as port:
            yield Site(f"http://127.0.0.1:{port}", port, library, people, reception)
        intake.close()


@pytest.fixture(scope="package")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    with site_over(tmp_path_factory.mktemp("site"), login=True) as site:
        yield site


@pytest.fixture(scope="package")
def alone(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """Return the application as one person runs it: without login, on loopback."""
    with site_over(tmp_path_factory.mktemp("alone"), login=False) as site:
        yield site


def fire(
    client: httpx.Client, part: str, event: str, sent: object, page: str = "abcdefghijk"
) -> str:
    """Do on the page what a browser does; return everything that comes back of it."""
    config = client.get("/config").json()
    parts = {c["id"]: c["props"].get("elem_id") for c in config["components"]}
    named = [
        d
        for d in config["dependencies"]
        if any(parts.get(number) == part and on == event for number, on in d["targets"])
        or (part == "" and any(on == event for _, on in d["targets"]))
    ]
    told = ""
    for dependency in named:
        body = {
            "data": [None] * len(dependency["inputs"]),
            "fn_index": dependency["id"],
            "session_hash": page,
            "event_data": sent,
            "trigger_id": dependency["targets"][0][0],
        }
        joined = client.post("/gradio_api/queue/join", json=body)
        joined.raise_for_status()
        told += _stream(client, page)
    assert named, f"the page has no event {event} of {part}"
    return told


def _stream(client: httpx.Client, page: str) -> str:
    told = ""
    with client.stream("GET", "/gradio_api/queue/data", params={"session_hash": page}) as lines:
        lines.raise_for_status()
        for line in lines.iter_lines():
            message = json.loads(line.removeprefix("data: ")) if line else {}
            told += json.dumps(message, ensure_ascii=False)
            if message.get("msg") == "close_stream":
                break
    return told


def words_of(told: str) -> list[str]:
    """Return the words of the closed documents that something gives away."""
    plain = re.sub(r"\\u([0-9a-f]{4})", lambda found: chr(int(found[1], 16)), told)
    return [word for word in SECRET if word in plain]
