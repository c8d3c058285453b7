"""``/people…`` and ``/collections…``: what managers do, the same steps as the page's."""

from __future__ import annotations

from dataclasses import asdict
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Query
from pydantic import BaseModel, ConfigDict, Field

from assistant.api.caller import Caller, Here
from assistant.api.faults import Fault, ToldRoute
from assistant.people.keys import DAYS
from assistant.people.people import People
from assistant.people.records import LOCAL, Person, Role

NAME, SECRET, PATH = 64, 128, 1_024  # characters
Name = Annotated[str, Query(min_length=1, max_length=NAME)]


def manager(caller: Here) -> Caller:
    """Return who calls; raise ``ForbiddenError`` where they do not manage."""
    caller.require("manage")
    return caller


Managing = Annotated[Caller, Depends(manager)]
router = APIRouter(tags=["人员"], route_class=ToldRoute)


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid")


class NewPerson(_Strict):
    """An account to open."""

    name: str = Field(min_length=1, max_length=NAME)
    role: Role
    password: str = Field(max_length=SECRET)


class Change(_Strict):
    """What is to be different about an account; what is left out stays."""

    name: str = Field(min_length=1, max_length=NAME)
    role: Role | None = None
    password: str | None = Field(default=None, max_length=SECRET)
    disabled: bool | None = None
    unlock: bool = False


class NewToken(_Strict):
    """A key for a program."""

    name: str = Field(min_length=1, max_length=NAME)
    title: str = Field(min_length=1, max_length=NAME)
    days: int = DAYS


class NewCollection(_Strict):
    """A collection that only managers see at first."""

    name: str = Field(min_length=1, max_length=NAME)
    originals: bool = True


class Right(_Strict):
    """That a role and those above it, or one person, may see a collection."""

    name: str = Field(min_length=1, max_length=NAME)
    role: Role | None = None
    person: str | None = Field(default=None, max_length=NAME)


class Place(_Strict):
    """The only collections of a document or of a folder, whose name ends with “/”."""

    path: str = Field(min_length=1, max_length=PATH)
    collections: list[str] = Field(max_length=100)


@router.get("/people", summary="所有账号（管理员）")
def everyone(caller: Managing) -> dict[str, Any]:
    """返回所有账号，按名字排列；没有密码。"""
    people = _people(caller)
    return {"people": [_told(person, people) for person in people.accounts.all()]}


@router.post("/people", summary="建立账号（管理员）", status_code=201)
def add(body: NewPerson, caller: Managing) -> dict[str, Any]:
    """建立一个账号。"""
    people = _people(caller)
    return _told(people.add(body.name, body.role, body.password, _by(caller)), people)


@router.patch("/people", summary="更改账号：角色、密码、停用、解除暂停（管理员）")
def change(body: Change, caller: Managing) -> dict[str, Any]:
    """更改一个账号；没有写的不变。"""
    people, by = _people(caller), _by(caller)
    people.accounts.find(body.name)
    if body.password is not None:
        people.set_password(body.name, body.password, by)
    if body.role is not None:
        people.set_role(body.name, body.role, by)
    if body.disabled is not None:
        people.set_disabled(body.name, body.disabled, by)
    if body.unlock:
        people.unlock(body.name, by)
    return _told(people.accounts.find(body.name), people)


@router.get("/people/tokens", summary="一个账号的令牌（管理员）")
def tokens(name: Name, caller: Managing) -> dict[str, Any]:
    """返回令牌的说明，不含令牌本身。"""
    people = _people(caller)
    return {"tokens": [asdict(one) for one in people.tokens.of(people.accounts.find(name))]}


@router.post("/people/tokens", summary="新建令牌，只显示这一次（管理员）", status_code=201)
def make_token(body: NewToken, caller: Managing) -> dict[str, str]:
    """返回新的令牌，只显示这一次。"""
    return {"token": _people(caller).make_token(body.name, body.title, body.days, _by(caller))}


@router.delete("/people/tokens", summary="撤销令牌（管理员）", status_code=204)
def revoke_token(
    name: Name, number: Annotated[int, Query(ge=1, le=10**9)], caller: Managing
) -> None:
    """撤销一个令牌。"""
    _people(caller).revoke_token(name, number, _by(caller))


@router.get("/collections", summary="资料集、其中的文件和能看的人（管理员）")
def collections(caller: Managing) -> dict[str, Any]:
    """返回所有资料集。"""
    return {"collections": [asdict(one) for one in _people(caller).collections.all()]}


@router.post("/collections", summary="建立资料集（管理员）", status_code=201)
def add_collection(body: NewCollection, caller: Managing) -> dict[str, Any]:
    """建立一个资料集，起初只有管理员能看。"""
    _people(caller).add_collection(body.name, body.originals, _by(caller))
    return _collection(caller, body.name)


@router.patch("/collections", summary="可否下载原件（管理员）")
def change_collection(body: NewCollection, caller: Managing) -> dict[str, Any]:
    """更改能看的人可否下载原件。"""
    _people(caller).set_originals(body.name, body.originals, _by(caller))
    return _collection(caller, body.name)


@router.delete("/collections", summary="删除空的资料集（管理员）", status_code=204)
def remove_collection(name: Name, caller: Managing) -> None:
    """删除一个空的资料集。"""
    _people(caller).remove_collection(name, _by(caller))


@router.post("/collections/grants", summary="允许一个角色或一个人看（管理员）")
def grant(body: Right, caller: Managing) -> dict[str, Any]:
    """允许查看一个资料集。"""
    _people(caller).grant(body.name, body.role, body.person, _by(caller))
    return _collection(caller, body.name)


@router.delete("/collections/grants", summary="取消这样的允许（管理员）")
def deny(
    name: Name,
    caller: Managing,
    role: Annotated[Role | None, Query()] = None,
    person: Annotated[str | None, Query(max_length=NAME)] = None,
) -> dict[str, Any]:
    """取消一个允许。"""
    _people(caller).revoke(name, role, person, _by(caller))
    return _collection(caller, name)


@router.put("/collections/documents", summary="把文件或文件夹只放进这些资料集（管理员）")
def place(body: Place, caller: Managing) -> dict[str, Any]:
    """把文件或文件夹只放进这些资料集；一个都没有就回到默认。"""
    _people(caller).place(body.path, body.collections, _by(caller))
    return {"path": body.path, "collections": body.collections or ["默认"]}


def _people(caller: Caller) -> People:
    return caller.reception.people


def _by(caller: Caller) -> Person:
    return LOCAL if caller.person.is_local else caller.person


def _told(person: Person, people: People) -> dict[str, Any]:
    return {
        "name": person.name, "role": person.role, "disabled": person.disabled,
        "created_at": person.created_at, "shut_for_seconds": people.wait_of(person.name),
    }  # fmt: skip


def _collection(caller: Caller, name: str) -> dict[str, Any]:
    for one in _people(caller).collections.all():
        if one.name == name.strip():
            return asdict(one)
    raise Fault(404, "没有这个资料集。", "可能刚被删除。", "用 GET /api/v1/collections 查看。")
