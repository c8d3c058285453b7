"""The amount of all projects is told with the share of the plan that the report adds."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.assistant.ledger.conftest import Desk, opened

REPORT = """潭州区2032年三季度重点项目通报
2032年10月9日
全区重点项目24个，年度计划投资50.00亿元，截至9月30日累计完成投资36.20亿元，占年度计划的72.4%。
一、未开工的2个项目
区水务局的北塘泵站（征地未完成）；区交通局的沙河桥（设计未批复）。
"""
MINUTES = """潭州区重点项目调度会会议纪要
2032年10月15日
会议听取了汇报：24个重点项目累计完成投资36.20亿元，总体可控。
"""


@pytest.fixture(scope="module")
def district(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    texts = {"通报.txt": REPORT, "纪要.txt": MINUTES}
    with opened(tmp_path_factory.mktemp("shares"), texts) as desk:
        yield desk


@pytest.mark.parametrize(
    "question",
    ["全区重点项目一共完成投资多少？", "全区重点项目一共完成投资多少，占年度计划多少？"],
)
def test_share_of_the_plan_is_told(district: Desk, question: str) -> None:
    answer = district.ask(question)
    assert "36.20亿元" in answer.answer
    assert "72.4%" in answer.answer
