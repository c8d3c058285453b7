"""What a leader demands for the projects of one state; a name set apart from the office."""

from __future__ import annotations

from pathlib import Path

from assistant.texts.speakers import Saying, persons
from tests.assistant.ledger.conftest import opened
from tests.assistant.ledger.test_ownstates import REPORT

MINUTES = """全区重点项目调度会会议记录
时间：2024年10月20日
出席：副区长江若谷，各单位负责人。
一、江若谷副区长讲话
副区长说，三季度总体是好的。下面提三点要求：
（一）橙旗项目要追赶。每个橙旗项目编一张倒排表，11月5日前报区发改局。
（二）紫旗项目要结算。年底前完成审计。
（三）安全要抓牢。工地每周自查一次。
"""


def test_demands_for_a_state_are_no_list_of_its_projects(tmp_path: Path) -> None:
    with opened(tmp_path, {"q3.txt": REPORT, "minutes.txt": MINUTES}) as desk:
        answer = desk.ask("江若谷副区长对橙旗项目提出了哪些要求？")
    assert answer.interpretation["kind"] == "demand"
    assert "倒排表" in answer.answer
    assert "文昌路拓宽" not in answer.answer


def test_a_byline_may_set_its_name_apart() -> None:
    assert list(persons([Saying(0, 9, "副市长  江若谷", (0, 8), "讲话")])) == ["江若谷"]
