"""Fifty users at once over HTTP: ``python -m tests.bench_users``.

Each asks every thirty seconds, with an account of its own; a probe of health runs
beside them, and then more ask at once than the queue takes.
"""

from __future__ import annotations

import argparse
import asyncio
import random
import statistics
import subprocess
import sys
import tempfile
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

import httpx

from assistant.people.people import People
from index.library import open_database
from index.settings import IndexSettings
from tests.browser.conftest import free_port, serving

QUESTIONS = (
    "青禾区三季度哪些项目未开工，原因是什么？",
    "石桥改建项目为什么没有开工？",
    "进度滞后的项目有几个？",
    "Which projects were not started and why?",
    "区交通局负责哪些项目？",
    "全区完成投资多少亿元？",
    "安全生产会议提出了哪些要求？",
    "石桥改建项目的监理单位是哪家公司？",
)


@dataclass
class Seen:
    """What came of it: seconds of answers, statuses, seconds of health probes."""

    answers: list[float] = field(default_factory=list)
    statuses: Counter[int] = field(default_factory=Counter)
    health: list[float] = field(default_factory=list)


def accounts(data: Path, users: int) -> list[str]:
    """Return a token of each user; every other one sees one document less."""
    database = open_database(IndexSettings(data))
    people = People(database)
    people.add("管理员", "manages", "correct horse battery")
    hidden = sorted(file.path for file in database.files())[0]
    people.add_collection("内部")
    people.place(hidden, ["内部"])
    tokens = []
    for number in range(users):
        person = people.add(f"用户{number}", "asks", "correct horse battery")
        if number % 2:
            people.grant("内部", person=person.name)
        tokens.append(people.make_token(person.name, "测"))
    database.close()
    return tokens


async def user(client: httpx.AsyncClient, token: str, pause: float, end: float, seen: Seen) -> None:
    await asyncio.sleep(random.uniform(0, pause))
    while time.monotonic() < end:
        began = time.monotonic()
        await ask(client, token, seen)
        await asyncio.sleep(max(0.0, pause - (time.monotonic() - began)))


async def ask(client: httpx.AsyncClient, token: str, seen: Seen) -> None:
    began = time.monotonic()
    headers = {"authorization": f"Bearer {token}"}
    body = {"question": random.choice(QUESTIONS)}
    answer = await client.post("/api/v1/ask", json=body, headers=headers)
    seen.statuses[answer.status_code] += 1
    if answer.status_code == 200:
        seen.answers.append(time.monotonic() - began)


async def probe(client: httpx.AsyncClient, seen: Seen) -> None:
    while True:
        began = time.monotonic()
        (await client.get("/healthz")).raise_for_status()
        seen.health.append(time.monotonic() - began)
        await asyncio.sleep(0.2)


async def measure(address: str, tokens: list[str], pause: float, seconds: float) -> None:
    limits = httpx.Limits(max_connections=None)
    async with httpx.AsyncClient(base_url=address, timeout=120, limits=limits) as client:
        while (await client.get("/readyz")).status_code != 200:
            await asyncio.sleep(0.5)
        steady = Seen()
        watching = asyncio.create_task(probe(client, steady))
        end = time.monotonic() + seconds
        await asyncio.gather(*(user(client, token, pause, end, steady) for token in tokens))
        report(f"{len(tokens)} users, each every {pause:g} s", steady)
        burst = Seen()
        watching.cancel()
        watching = asyncio.create_task(probe(client, burst))
        await asyncio.gather(*(ask(client, token, burst) for token in tokens * 3))
        report(f"{3 * len(tokens)} questions at once", burst)
        watching.cancel()


def report(what: str, seen: Seen) -> None:
    took = sorted(seen.answers)
    print(
        f"{what}: {dict(seen.statuses)}; answer median {statistics.median(took):.2f} s, "
        f"95th percentile {took[int(0.95 * (len(took) - 1))]:.2f} s; "
        f"health at most {max(seen.health):.3f} s of {len(seen.health)} probes"
    )


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--users", type=int, default=50)
    parser.add_argument("--every", type=float, default=30.0, help="seconds between questions")
    parser.add_argument("--seconds", type=float, default=90.0)
    parser.add_argument("--corpus", default="corpus")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as root:
        data = Path(root) / "data"
        command = [sys.executable, "-m", "index", given.corpus, "--data-dir", str(data)]
        subprocess.run(command, check=True, capture_output=True)
        tokens = accounts(data, given.users)
        port = free_port()
        options = ("app.py", "--login", "--data-dir", str(data), "--port", str(port))
        with serving(*options, port=port):
            address = f"http://127.0.0.1:{port}"
            asyncio.run(measure(address, tokens, given.every, given.seconds))


if __name__ == "__main__":
    main()
