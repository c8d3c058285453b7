"""One measure of two named parts of a paragraph, added up, with its share of a whole."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.assistant.ledger.conftest import Desk, opened

REPORT = """海棠市2032年村道改造总结
2032年10月12日
全年总投资2.5亿元，资金来源为：中央补助6400万元，省级补助2600万元，其余由市县自筹。
按进度分，“走得快”12个，完成投资6.3亿元；“跟得上”9个，完成投资4.2亿元；“落了单”5个，完成投资1.1亿元。
村道一组完成硬化38公里，村道二组完成硬化27公里。
"""
LETTER = """关于更正村道改造数据的函
2032年10月30日
更正以后，“走得快”仍为12个，完成投资6.1亿元；“跟得上”由9个变为8个，完成投资4.05亿元。
"""


@pytest.fixture(scope="module")
def city(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    texts = {"总结.txt": REPORT, "函.txt": LETTER}
    with opened(tmp_path_factory.mktemp("added"), texts) as desk:
        yield desk


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("按更正后的数，走得快加跟得上一共完成多少投资？", ["10.15亿元"]),
        ("中央和省里的补助合起来多少，占总投资多大比例？", ["9000万元", "36%"]),
        ("中央补助和省级补助加起来多少万元？", ["9000万元"]),
        ("中央、省里的补助合计多少钱，占总投资的百分之几？", ["9000万元", "36%"]),
    ],
)
def test_parts_of_one_paragraph_are_added(city: Desk, question: str, said: list[str]) -> None:
    answer = city.ask(question)
    for words in said:
        assert words in answer.answer.replace("**", "")


@pytest.mark.parametrize(
    "question", ["走得快和没影子一共完成多少投资？", "中央和港商的补助合起来多少？"]
)
def test_a_part_that_nothing_tells_is_not_added(city: Desk, question: str) -> None:
    assert "合计 " not in city.ask(question).answer
