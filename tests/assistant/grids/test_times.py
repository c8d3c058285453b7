"""Tables whose columns are times, tables that rank units, and states that are but proposed."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

import pytest

from assistant.ledger.money import percent
from assistant.ledger.ownstates import own_mentions
from tests.assistant.ledger.conftest import Desk, opened

BRIEF = """# 溪口县项目快报

| 类别 | 8月底 | 9月底 |
|---|---|---|
| 竣工投用 | 6 | 9 |
| 进度滞后 | 7 | 5 |
| 尚未动工 | 4 | 3 |
| 拟退出 | 1 | 1 |
"""
UNITS = """# 溪口县分单位投资台账

| 序号 | 责任单位 | 项目个数 | 1—9月完成投资（万元） |
|---|---|---|---|
| 1 | 县住建局 | 5 | 4100 |
| 2 | 县水务局 | 4 | 9300 |
| 3 | 城关镇 | 2 | 700 |

# 溪口县债券支出台账

| 项目名称 | 已下达（万元） | 已支出（万元） |
|---|---|---|
| 第三中学扩建 | 5000 | 4800 |
| 东门泵站改造 | 900 | 400 |
"""
REPORT = """溪口县重点项目通报
全县重点项目7个。按状况分为三类：建成投用3个，慢于节点2个，拟退出2个。
一、建成投用
共3个，占42.9%。年度计划1.20亿元，已全部完成。按责任单位分：
县住建局（2个）：东环路改造；老街立面整治。
县教育局（1个）：第三中学扩建。
二、慢于节点
共2个，占28.6%。年度计划3.00亿元，只完成1.50亿元。按责任单位分：
县水务局（2个）：东门泵站改造（设备未到货）；北渠清淤工程（汛期无法施工）。
三、拟退出
共2个，占28.6%。年度计划0.80亿元，完成0.10亿元。按责任单位分：
县商务局（2个）：宏盛冷库扩建（企业决定不再投资）；金街城市综合体（债务纠纷）。
"""


@pytest.fixture(scope="module")
def brief(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    with opened(tmp_path_factory.mktemp("brief"), {"brief.md": BRIEF, "units.md": UNITS}) as desk:
        yield desk


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("9月底和8月底比，尚未动工的项目少了几个？", "8月底 4个，9月底 3个，后者少 **1个**"),
        ("从8月底到9月底，竣工投用的多了多少个？", "8月底 6个，9月底 9个，后者多 **3个**"),
        ("9月底没有动工的比8月底减少了几个？", "后者少 **1个**"),
    ],
)
def test_a_table_of_times_tells_how_a_count_changed(brief: Desk, question: str, said: str) -> None:
    assert said in brief.ask(question).answer


def test_times_that_no_table_has_are_not_taken_for_others(brief: Desk) -> None:
    assert "后者" not in brief.ask("10月底和8月底比，尚未动工的项目少了几个？").answer


def test_a_table_of_projects_does_not_rank_units(brief: Desk) -> None:
    answer = brief.ask("台账里哪个单位完成投资最多，是多少？")
    assert answer.short == "县水务局"
    assert "9300" in answer.answer


def test_what_is_proposed_is_asked_for_in_other_words() -> None:
    asked = "哪些项目申请退出"
    assert own_mentions(asked, ["拟退出"]) == [("own:拟退出", (4, 8))]
    assert not own_mentions(asked, ["拟退出", "建议退出"])
    assert own_mentions("哪些建议退出", ["拟退出", "建议退出"]) == [("own:建议退出", (2, 6))]


def test_halves_are_rounded_up() -> None:
    assert percent(Decimal(10) / 64 * 100) == "15.63%"


def test_a_general_state_is_one_of_the_own_ones(tmp_path_factory: pytest.TempPathFactory) -> None:
    with opened(tmp_path_factory.mktemp("report"), {"report.txt": REPORT}) as desk:
        answer = desk.ask("建成投用和拟退出这两类一共完成投资多少？")
        assert "1.3亿元" in answer.answer
