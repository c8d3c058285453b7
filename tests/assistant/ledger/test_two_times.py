"""One document with the reports of two times: each question gets the figures of its own."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.assistant.ledger.conftest import Desk, opened

YEAR = """松溪县2033年重点项目建设情况汇编
松溪县重点项目办
2033年10月12日
第一部分 上半年情况
截至6月30日，全县重点项目28个，年度计划投资30.00亿元，{half}完成投资12.60亿元，占年度计划的42.0%。
（一）没有开工的2个
县水务局的西河泵站（用地未批）；县交通局的石坪大桥（资金未到位）。
第二部分 前三季度情况
截至9月底，全县重点项目28个，{third}完成投资21.30亿元，占年度计划的71.0%。
（一）没有开工的1个
县交通局的石坪大桥（资金未到位）。
"""


@pytest.fixture(scope="module", params=[("上半年累计", "前三季度累计"), ("累计", "前三个季度实际")])
def county(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Desk]:
    half, third = request.param
    texts = {"汇编.txt": YEAR.format(half=half, third=third)}
    with opened(tmp_path_factory.mktemp("times"), texts) as desk:
        yield desk


@pytest.mark.parametrize(
    ("question", "told", "other"),
    [
        ("上半年全县重点项目累计完成投资多少，占年度计划多少？", ("12.60亿元", "42.0%"), "21.30"),
        ("截至9月底全县重点项目完成投资多少，占年度计划多少？", ("21.30亿元", "71.0%"), "12.60"),
        ("全县重点项目一共完成投资多少？", ("21.30亿元", "71.0%"), "12.60"),
    ],
)
def test_amounts_of_all_are_those_of_the_time_asked_for(
    county: Desk, question: str, told: tuple[str, ...], other: str
) -> None:
    answer = county.ask(question).answer
    assert all(words in answer for words in told)
    assert other not in answer
