"""People and collections from the terminal, and the remedies that messages name."""

from __future__ import annotations

import shlex
import subprocess
import sys
from pathlib import Path

import pytest

from assistant.people.people import People
from assistant.people.records import Person
from index.database import Database
from index.settings import IndexSettings
from tests.assistant.people.conftest import PASSWORD

ROOT = Path(__file__).parents[3]


def run(*command: str, told: str = "") -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, *command],
        cwd=ROOT, input=told, text=True, capture_output=True, check=False, timeout=120,
    )  # fmt: skip


def assistant(data: Path, *command: str, told: str = "") -> str:
    done = run("-m", "assistant", *command, "--data-dir", str(data), told=told)
    assert done.returncode == 0, done.stderr
    return " ".join(done.stdout.split())


def test_on_another_address_nothing_starts_without_an_account_and_the_remedy_works(
    settings: IndexSettings,
) -> None:
    for options in (("--host", "0.0.0.0"), ("--login",)):
        refused = run("app.py", *options, "--data-dir", str(settings.data_dir))
        assert refused.returncode == 1
        assert "Traceback" not in refused.stderr
    command = shlex.split(refused.stderr.strip().splitlines()[-1])
    assert command[:4] == ["python", "-m", "assistant", "person"]
    done = run(*command[1:], told=f"{PASSWORD}\n")
    assert done.returncode == 0, done.stderr
    database = Database(settings.sql_url)
    people = People(database)
    assert people.accounts.can_begin()
    assert people.log_in("姓名", PASSWORD, "")
    database.close()


def test_accounts_are_made_changed_and_listed(settings: IndexSettings) -> None:
    data = settings.data_dir
    assistant(data, "person", "add", "王管", "--role", "manages", told=f"{PASSWORD}\n")
    assistant(data, "person", "add", "李问", told=f"{PASSWORD}\n")
    assistant(data, "person", "role", "李问", "verifies")
    assistant(data, "person", "disable", "李问")
    listed = assistant(data, "person", "list")
    assert "李问 verifies 核对 已停用" in listed
    assistant(data, "person", "enable", "李问")
    token = assistant(data, "person", "token", "李问", "--for", "统计").strip()
    assert "1 统计 至" in assistant(data, "person", "tokens", "李问")
    said = assistant(data, "person", "password", "李问", told="another long one\n")
    assert "1 个令牌" in said
    assistant(data, "person", "revoke", "李问", "1")
    log = assistant(data, "person", "audit", "李问", "--action", "token_made")
    assert "本机" in log
    assert token not in assistant(data, "person", "audit")
    database = Database(settings.sql_url)
    assert People(database).tokens.find(token) is None
    database.close()


def test_collections_are_made_filled_and_granted(settings: IndexSettings) -> None:
    data = settings.data_dir
    assistant(data, "person", "add", "李问", told=f"{PASSWORD}\n")
    assistant(data, "collection", "add", "人事", "--no-originals")
    assistant(data, "collection", "put", "人事/", "人事")
    assistant(data, "collection", "grant", "人事", "--person", "李问")
    assistant(data, "collection", "deny", "默认", "--role", "asks")
    listed = assistant(data, "collection", "list")
    assert "人事 李问 不可下载原件 人事/" in listed
    assert "默认 只有管理员" in listed
    database = Database(settings.sql_url)
    sight = People(database).collections.sight(Person(1, "李问", "asks"))
    assert sight.sees("人事/任免.txt", "")
    assert not sight.sees("通报.txt", "")
    database.close()


@pytest.mark.parametrize(
    ("command", "said"),
    [
        (("person", "add", "李问"), "没有读到密码"),
        (("person", "add", "李问", "--role", "boss"), "可用的有"),
        (("person", "disable", "没有"), "person list"),
        (("person", "password", "没有"), "person list"),
        (("collection", "put", "a.txt", "没有"), "collection list"),
        (("collection", "grant", "默认"), "请指定"),
    ],
)
def test_what_cannot_be_done_is_one_sentence(
    settings: IndexSettings, command: tuple[str, ...], said: str
) -> None:
    done = run("-m", "assistant", *command, "--data-dir", str(settings.data_dir))
    assert done.returncode == 1
    assert said in done.stderr
    assert "Traceback" not in done.stderr


def test_a_password_is_never_an_argument(settings: IndexSettings) -> None:
    for command in (("add", "李问", PASSWORD), ("add", "李问", "--password", PASSWORD)):
        done = run(
            "-m", "assistant", "person", *command, "--data-dir", str(settings.data_dir),
        )  # fmt: skip
        assert done.returncode == 2
