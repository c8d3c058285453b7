"""``python -m assistant person …`` and ``collection …``: people and rights from the terminal.

Whoever can run these can read the database's file anyway, so nobody logs in. They work
while the web app runs: it asks the database at every request.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from assistant.errors import PeopleError
from assistant.people.accounts import checked_role
from assistant.people.keys import DAYS
from assistant.people.people import People
from assistant.people.records import ROLE_WORDS
from index.library import open_database
from index.settings import read_settings

people_app = typer.Typer(no_args_is_help=True, help="账号、角色、密码和令牌。")
collections_app = typer.Typer(no_args_is_help=True, help="资料集：哪些文件给哪些人看。")
console = Console(highlight=False, soft_wrap=True)

DataDir = Annotated[Path | None, typer.Option(help="索引所在目录（默认 ./data）")]
Name = Annotated[str, typer.Argument(help="账号名")]
RoleOption = Annotated[str, typer.Option(help="asks 提问、verifies 核对、manages 管理")]
CollectionName = Annotated[str, typer.Argument(help="资料集名")]
ToRole = Annotated[str | None, typer.Option("--role", help="给这个角色及以上的所有人")]
ToPerson = Annotated[str | None, typer.Option("--person", help="给这个账号")]


@people_app.command()
def add(name: Name, role: RoleOption = "asks", data_dir: DataDir = None) -> None:
    """建立一个账号；密码在终端输入两次，或从标准输入读一行。"""
    with _people(data_dir) as people:
        person = people.add(name, checked_role(role), _password())
        _say(f"已建立账号“{person.name}”，角色：{ROLE_WORDS[person.role]}。")


@people_app.command("list")
def list_people(data_dir: DataDir = None) -> None:
    """列出所有账号。"""
    with _people(data_dir) as people:
        for person in people.accounts.all():
            state = "已停用" if person.disabled else "可登录"
            _say(f"{person.name}\t{person.role} {ROLE_WORDS[person.role]}\t{state}")
        if not people.accounts.all():
            _say("还没有账号。先建立管理员：python -m assistant person add 姓名 --role manages")


@people_app.command()
def role(
    name: Name,
    role: Annotated[str, typer.Argument(help="asks、verifies 或 manages")],
    data_dir: DataDir = None,
) -> None:
    """更改角色；该账号要重新登录。"""
    with _people(data_dir) as people:
        person = people.set_role(name, checked_role(role))
        _say(f"“{person.name}”的角色现在是：{ROLE_WORDS[person.role]}。")


@people_app.command()
def disable(name: Name, data_dir: DataDir = None) -> None:
    """停用账号：立即退出登录，令牌失效。"""
    with _people(data_dir) as people:
        _say(f"已停用“{people.set_disabled(name, True).name}”。")


@people_app.command()
def enable(name: Name, data_dir: DataDir = None) -> None:
    """重新启用账号。"""
    with _people(data_dir) as people:
        _say(f"已启用“{people.set_disabled(name, False).name}”。")


@people_app.command()
def password(name: Name, data_dir: DataDir = None) -> None:
    """重设密码；该账号要重新登录，因输错而暂停的登录随即恢复。"""
    with _people(data_dir) as people:
        person = people.accounts.find(name)
        people.set_password(name, _password())
        _say(f"已重设“{person.name}”的密码。")
        live = [token for token in people.tokens.of(person) if not token.revoked]
        if live:
            _say(f"注意：该账号还有 {len(live)} 个令牌；不再需要的请用 person revoke 撤销。")


@people_app.command()
def unlock(name: Name, data_dir: DataDir = None) -> None:
    """解除因输错密码而暂停的登录；密码不变。"""
    with _people(data_dir) as people:
        _say(f"“{people.unlock(name).name}”可以立即再试。")


@people_app.command()
def token(
    name: Name,
    title: Annotated[str, typer.Option("--for", help="给哪个程序用")],
    days: Annotated[int, typer.Option(help="有效天数")] = DAYS,
    data_dir: DataDir = None,
) -> None:
    """给程序一个令牌，只显示这一次。"""
    with _people(data_dir) as people:
        _say(people.make_token(name, title, days))


@people_app.command()
def tokens(name: Name, data_dir: DataDir = None) -> None:
    """列出一个账号的令牌（不含令牌本身）。"""
    with _people(data_dir) as people:
        for one in people.tokens.of(people.accounts.find(name)):
            state = "已撤销" if one.revoked else f"至 {one.expires_at[:10]}"
            _say(f"{one.id}\t{one.name}\t{state}\t最近使用 {one.last_used_at or '从未'}")


@people_app.command()
def revoke(
    name: Name,
    number: Annotated[int, typer.Argument(help="令牌的编号")],
    data_dir: DataDir = None,
) -> None:
    """撤销一个令牌。"""
    with _people(data_dir) as people:
        people.revoke_token(name, number)
        _say("已撤销。")


@people_app.command()
def audit(
    words: Annotated[str, typer.Argument(help="要找的词")] = "",
    person: Annotated[str, typer.Option(help="只看这个账号")] = "",
    action: Annotated[str, typer.Option(help="只看这种操作，例如 asked")] = "",
    since: Annotated[str, typer.Option(help="从这一天起，例如 2025-01-31")] = "",
    until: Annotated[str, typer.Option(help="到这一天为止")] = "",
    limit: Annotated[int, typer.Option(help="行数", min=1, max=1000)] = 100,
    data_dir: DataDir = None,
) -> None:
    """查操作记录，最近的在前。"""
    with _people(data_dir) as people:
        for line in people.audit.search(
            words, person=person, action=action, since=since, until=until, limit=limit
        ):
            parts = (line.at, line.person or "（未登录）", line.action, line.about, line.detail)
            _say("\t".join(" ".join(part.split()) for part in (*parts, line.address)))


@collections_app.command("list")
def list_collections(data_dir: DataDir = None) -> None:
    """列出资料集、其中的文件和能看的人。"""
    with _people(data_dir) as people:
        for found in people.collections.all():
            who = [f"{ROLE_WORDS[role]}及以上" for role in found.roles] + list(found.people)
            taken = "可下载原件" if found.originals else "不可下载原件"
            _say(f"{found.name}\t{'、'.join(who) or '只有管理员'}\t{taken}")
            for path in found.documents:
                _say(f"\t{path}")


@collections_app.command("add")
def add_collection(
    name: CollectionName,
    originals: Annotated[bool, typer.Option(help="能看的人可否下载原件")] = True,
    data_dir: DataDir = None,
) -> None:
    """建立一个资料集；起初只有管理员能看。"""
    with _people(data_dir) as people:
        people.add_collection(name, originals)
        _say(f"已建立资料集“{name}”。用 collection grant 指定能看的人。")


@collections_app.command("remove")
def remove_collection(name: CollectionName, data_dir: DataDir = None) -> None:
    """删除一个空的资料集。"""
    with _people(data_dir) as people:
        people.remove_collection(name)
        _say("已删除。")


@collections_app.command("put")
def put(
    path: Annotated[str, typer.Argument(help="索引里的文件名，或以“/”结尾的文件夹名")],
    names: Annotated[list[str] | None, typer.Argument(help="资料集名；不写就放回默认")] = None,
    data_dir: DataDir = None,
) -> None:
    """把文件或文件夹只放进这些资料集。"""
    with _people(data_dir) as people:
        people.place(path, names or [])
        _say(f"“{path}”现在属于：{'、'.join(names or []) or '默认资料集'}。")


@collections_app.command()
def grant(
    name: CollectionName, role: ToRole = None, person: ToPerson = None, data_dir: DataDir = None
) -> None:
    """允许一个角色或一个人看。"""
    with _people(data_dir) as people:
        people.grant(name, checked_role(role) if role else None, person)
        _say("已允许。")


@collections_app.command("deny")
def deny(
    name: CollectionName, role: ToRole = None, person: ToPerson = None, data_dir: DataDir = None
) -> None:
    """取消这样的允许。"""
    with _people(data_dir) as people:
        people.revoke(name, checked_role(role) if role else None, person)
        _say("已取消。")


@contextmanager
def _people(data_dir: Path | None) -> Iterator[People]:
    database = open_database(read_settings(data_dir))
    try:
        yield People(database)
    finally:
        database.close()


def _password() -> str:
    """Return a password typed twice, or the first line of what is piped in."""
    if not sys.stdin.isatty():
        given = sys.stdin.readline().rstrip("\r\n")
        if not given:
            raise PeopleError("没有读到密码。请在终端运行，或从标准输入给出一行密码。")
        return given
    return str(typer.prompt("密码", hide_input=True, confirmation_prompt="再输一次"))


def _say(line: str) -> None:
    console.print(line, markup=False)
