"""``/answers/…/verification``: an answer asked through the API goes to the desk of the staff."""

from __future__ import annotations

from dataclasses import asdict
from typing import Annotated, Any

from fastapi import APIRouter, Path, Request
from pydantic import BaseModel, ConfigDict, Field

from assistant.api.asking import sees
from assistant.api.caller import Caller, Here
from assistant.api.faults import Fault, ToldRoute
from assistant.api.pool import Answers
from assistant.desk.desk import Desk
from assistant.desk.opinions import LONGEST_COMMENT
from assistant.desk.records import Case

router = APIRouter(tags=["核实"], route_class=ToldRoute)
Key = Annotated[str, Path(pattern="^[0-9a-f]{32}$")]


class Wanted(BaseModel):
    """What the staff are told of why it is asked for."""

    model_config = ConfigDict(extra="forbid")
    note: str = Field(default="", max_length=LONGEST_COMMENT)


@router.post("/answers/{key}/verification", summary="请求核实一个答案", status_code=201)
def ask_for_it(key: Key, body: Wanted, request: Request, caller: Here) -> dict[str, Any]:
    """保存本人的一个答案，交核对人员核实；turn 是以后查看结果用的编号。"""
    answers: Answers = request.app.state.answers
    answer = answers.find(caller.person.id, key)
    if answer is None or not all(sees(caller, c.document) for c in answer.citations):
        raise Fault(404, "没有这个答案。", "答案只给提问的人，并且只保留最近的。", "请重新提问。")
    desk = _desk(caller)
    turn = answers.turn_of(key, lambda: desk.keep(caller.person, answer)[1])
    return _told(desk.request(caller.person, turn, body.note))


@router.get("/verifications/{turn}", summary="本人的一个答案核实得怎样")
def standing(turn: Annotated[int, Path(ge=1, le=10**9)], caller: Here) -> dict[str, Any]:
    """返回状态、由谁核实、何时、意见和更正后的文字；来源变了也会说明。"""
    found = _desk(caller).standing(caller.person, [turn], lambda path: sees(caller, path))
    case = found.get(turn)
    if case is None or case.turn.hidden:
        raise Fault(
            404, "没有这个答案。", "只能查看本人请求核实的答案；它可能已被删除。",
            "请用请求核实时返回的 turn。",
        )  # fmt: skip
    return _told(case)


def _desk(caller: Caller) -> Desk:
    return caller.reception.kept


def _told(case: Case) -> dict[str, Any]:
    return {
        "turn": case.turn.id, "state": case.state, "requested_at": case.requested_at,
        "note": case.request_note, "outdated": case.outdated,
        "marks": [asdict(mark) for mark in case.latest.values()],
        "decisions": [asdict(decision) for decision in case.decisions],
    }  # fmt: skip
