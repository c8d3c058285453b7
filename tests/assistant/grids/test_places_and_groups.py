"""Rankings and measured places that stand as text, group heads with sums, corrected figures."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from assistant.records import Turn
from tests.assistant.ledger.conftest import Desk, opened

RANKING = """云溪县乡村图书室评比结果的通报
2025年3月6日

一、得分与名次

名次  图书室    藏书  借阅  服务  总分   等次
1     青禾村    28.5  37.2  26.0  91.7   优秀
2     白塘村    27.0  38.1  24.4  89.5   良好
3     石榴村    24.1  33.0  27.2  84.3   良好
4     三岔村    19.6  35.5  22.0  77.1   一般
5     柳坡村    18.2  30.4  21.3  69.9   较差
"""

BOOKS = """# 云溪县图书室添置情况表

> 金额单位：万元

| 序号 | 事项 | 责任单位 | 状态 | 预算 | 已支付 |
|---|---|---|---|---|---|
| **一** | **硬件（2件）** | | | **90** | **50** |
| 1 | 书架更换 | 县图书馆 | 已完成 | 60 | 50 |
| 2 | 阅览桌购置 | 县教育局 | 推进中 | 30 | 0 |
| **二** | **图书（2件）** | | | **75** | **20** |
| 3 | 绘本采购 | 县图书馆 | 推进中 | 45 | 20 |
| 4 | 农技书采购 | 县农业农村局 | 未启动 | 30 | 0 |
| | **合计4件** | | | **165** | **70** |
"""

ISSUES = """# 云溪县图书室检查问题整改清单

| 问题来源 | 序号 | 问题表现 | 责任人 | 整改状态 |
|---|---|---|---|---|
| 读者反映（3个） | 1 | 周末不开门 | 乔一帆 | 已销号 |
| 读者反映（3个） | 2 | 灯光太暗 | 乔一帆 | 整改中 |
| 读者反映（3个） | 3 | 座椅破损 | 邵敏 | 已销号 |
| 县级检查（2个） | 4 | 借阅登记不全 | 乔一帆 | 逾期未完成 |
| 县级检查（2个） | 5 | 消防器材过期 | 邵敏 | 已销号 |
"""

LOANS = """云溪县图书流转情况的简报
2025年4月10日

一、各镇情况

东岭镇：年度计划320万元，完成280万元，完成率87.5%；数字阅读点新建计划12个，完成9个。
西岭镇：年度计划200万元，完成150万元，完成率75.0%；数字阅读点计划8个，完成8个。
南岭镇：年度计划400万元，完成288万元，完成率72.0%，列末位；数字阅读点计划15个，完成11个。
"""

CORRECTION = """关于图书流转数据更正的函
2025年5月8日

经复核，西岭镇完成投资由150万元更正为130万元，完成率由75.0%更正为65.0%。
"""


@pytest.fixture(scope="module")
def rooms(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """Return a desk with a ranking in lines, two tables, measured towns, and a correction."""
    files = {
        "评比.txt": RANKING, "添置.md": BOOKS, "问题.md": ISSUES, "简报.txt": LOANS,
        "更正函.txt": CORRECTION,
    }  # fmt: skip
    with opened(tmp_path_factory.mktemp("rooms"), files) as desk:
        yield desk


@pytest.mark.parametrize(
    ("question", "names"),
    [
        ("评比里藏书得分不到20分的是哪几个村？", ["三岔村", "柳坡村"]),
        ("评比中借阅得分排前两名的是哪几个村？", ["白塘村", "青禾村"]),
        ("乡村图书室评比最后一名是哪个村，多少分？", ["柳坡村"]),
        ("乡村图书室评比第2名是哪个村？", ["白塘村"]),
        ("添置情况表里预算在40万元以上的有哪几件？", ["书架更换", "绘本采购"]),
        ("乔一帆负责的问题，还没销号的有哪些？", ["灯光太暗", "借阅登记不全"]),
    ],
)
def test_rows_are_chosen_as_the_question_says(rooms: Desk, question: str, names: list[str]) -> None:
    answer = rooms.ask(question)
    assert [row["name"] or row["unit"] for row in answer.rows or ()] == names
    assert not answer.unverified


def test_another_place_of_the_same_ranking_is_no_item_of_the_answer(rooms: Desk) -> None:
    before = Turn("乡村图书室评比第一名是哪个村？", "青禾村，总分91.7分。")
    answer = rooms.assistant.answer("最后一名是谁，多少分？", [before])
    assert "柳坡村" in answer.answer
    assert "69.9" in answer.answer


def test_of_which_goes_on_with_the_conditions_before_it(rooms: Desk) -> None:
    answer = rooms.ask("读者反映的问题一共几个，其中已销号的有几个？")
    assert "**3个**" in answer.answer
    assert "**2个**" in answer.answer


def test_places_told_in_lines_are_compared(rooms: Desk) -> None:
    answer = rooms.ask("按简报，东岭镇和南岭镇的完成率差几个百分点？")
    assert answer.value is not None
    assert answer.value.number == pytest.approx(15.5)
    assert not answer.unverified


def test_a_corrected_figure_counts_and_the_correction_is_cited(rooms: Desk) -> None:
    answer = rooms.ask("把更正算进去，各镇里完成率最低的是哪个，多少？")
    assert answer.short == "西岭镇"
    assert "65%" in answer.answer
    assert any("由75.0%更正为65.0%" in c.quote for c in answer.citations)
