"""``/me``, ``/audit`` and ``/model``: who I am; for managers, who did what, and the model."""

from __future__ import annotations

from dataclasses import asdict
from typing import Annotated, Any

from fastapi import APIRouter, Query

from assistant.api.caller import Here
from assistant.api.faults import ToldRoute
from assistant.llm.status import status_of

Words = Annotated[str, Query(max_length=200)]


router = APIRouter(tags=["人员"], route_class=ToldRoute)


@router.get("/me", summary="当前账号")
def me(caller: Here) -> dict[str, Any]:
    """返回令牌或登录是谁的。"""
    return {"name": caller.person.name, "role": caller.person.role}


@router.get("/model", summary="语言模型的状态（管理员）")
def model(caller: Here) -> dict[str, Any]:
    """返回语言模型的名称、状态、速度和用途，没有设置时 model 为 null；不含密钥。"""
    caller.require("manage")
    writer = caller.reception.writer
    return status_of(writer.endpoint).to_json() if writer else {"model": None}


@router.get("/audit", summary="操作记录，最近的在前（管理员）")
def audit(
    caller: Here,
    words: Words = "",
    person: Words = "",
    action: Words = "",
    since: Words = "",
    until: Words = "",
    before: Annotated[int | None, Query(ge=1)] = None,
    limit: Annotated[int, Query(ge=1, le=1_000)] = 100,
) -> dict[str, Any]:
    """返回操作记录，最近的在前；只给管理员。"""
    caller.require("manage")
    found = caller.reception.people.audit.search(
        words, person=person, action=action, since=since, until=until, before=before,
        limit=limit,
    )  # fmt: skip
    return {"entries": [asdict(entry) for entry in found]}
