"""How the list of a status changed between two reports."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.assistant.ledger.conftest import Desk, opened

EARLY = """青禾区2024年二季度重点项目进展情况
截至6月底，全区安排重点项目5个。
一、在建项目（1个）
截至6月底，1个项目在建：区水利局的柳溪河清淤。
二、未开工项目（4个）
截至6月底，4个项目未开工。分别是：区交通局的石桥改建工程（征地协议未签）、西环路大修工程（资金未到位）；开发区的**产业园（资金未到位）；区文旅局的古塔修缮（未批复）。
区重点项目建设办公室
2024年7月5日
"""
LATE = """青禾区2024年三季度重点项目进展情况
截至9月底，全区安排重点项目6个。
一、在建项目（2个）
截至9月底，2个项目在建。分别是：区水利局的柳溪河清淤；区交通局的西环路大修工程。
二、未开工项目（4个）
截至9月底，4个项目未开工。分别是：区交通局的石桥改建工程（征地协议未签）；开发区的**产业园（资金未到位）；区文旅局的古塔修缮（未批复）；区住建局的北苑广场（规划未批）。
区重点项目建设办公室
2024年10月8日
"""
ELSEWHERE = """白石县2024年三季度重点项目进展情况
截至9月底，全县安排重点项目2个。
一、未开工项目（2个）
截至9月底，2个项目未开工。分别是：县交通局的石桥改建工程（资金未到位）；县水务局的龙泉水库（未批复）。
县重点项目办公室
2024年10月9日
"""


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with opened(tmp_path, {"q2.txt": EARLY, "q3.txt": LATE, "other.txt": ELSEWHERE}) as desk:
        yield desk


@pytest.mark.parametrize(
    "question",
    ["二季度和三季度未开工项目有什么变化？", "三季度未开工项目与二季度相比有哪些变动？"],
)
def test_who_left_the_list_and_who_is_new_in_it(desk: Desk, question: str) -> None:
    answer = desk.ask(question)
    assert "2024年6月 4个，2024年9月 4个" in answer.answer
    assert answer.count == 2
    rows = [line for line in answer.answer.splitlines() if re.match(r"\| \d", line)]
    assert "西环路大修工程" in rows[0]
    assert "未开工项目（4个）" in rows[0]
    assert "在建项目（2个）" in rows[0]
    assert "北苑广场" in rows[1]
    assert all(re.search(r"\[\d+\]", row) for row in rows)


def test_a_masked_name_is_taken_for_none_of_another_report(desk: Desk) -> None:
    answer = desk.ask("二季度和三季度未开工项目有什么变化？")
    rows = [line for line in answer.answer.splitlines() if re.match(r"\| \d", line)]
    assert not any("产业园" in row for row in rows)
    assert sum("产业园" in line for line in answer.answer.splitlines()) == 2


def test_a_region_with_one_report_is_left_out(desk: Desk) -> None:
    assert "龙泉水库" not in desk.ask("二季度和三季度未开工项目有什么变化？").answer
