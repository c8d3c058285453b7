"""A half-year report that names no region, and a later one that does: one county's."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.assistant.ledger.conftest import Desk, opened

HALF = """2031年上半年全县重点项目建设情况报告
县重点项目中心
2031年7月4日
现将上半年（统计截止6月30日）情况报告如下。全县重点项目7个。
1.已完工1个。县教育局1个（育才幼儿园）。
2.达到时间进度2个。县水利局1个（西沟泵站），县工业园1个（恒通齿轮厂）。
3.低于时间进度1个。县住建局1个（滨湖路）。
4.未开工3个。县交通局2个（柳河大桥，正在招标；北环路，用地预审没有完成），县文旅局1个（南山书院，方案待省里批复）。
"""
LATE = """松岭县2031年1—10月重点项目进展情况
松岭县重点项目中心
2031年11月3日
到10月31日，全县重点项目7个。
一是已经交付使用的1个，分别是：县教育局的育才幼儿园项目。
二是紧跟节点的2个，分别是：县水利局的西沟泵站项目；县交通局的柳河大桥项目。
三是落在节点后面的3个，分别是：县住建局的滨湖路（还有9户没有签拆迁协议）项目；县工业园的恒通齿轮厂项目，股东出资款没有到账；县文旅局的南山书院项目，施工方案二次报审。
四是至今没有破土的1个，是：县交通局的北环路项目（林地手续没有批下来）。
"""
MINUTES = """县政府重点项目调度会议纪要
2031年11月7日，县政府召开重点项目调度会，听取了关于1—10月重点项目进展的汇报。纪要如下：
1. 关于北环路。县财政局从预备费中安排200万元，11月20日前拨付到位，县交通局年内完成招标。
"""


@pytest.fixture(scope="module")
def county(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    texts = {"半年.txt": HALF, "十月.txt": LATE, "纪要.txt": MINUTES}
    with opened(tmp_path_factory.mktemp("region"), texts) as desk:
        yield desk


def test_what_began_between_the_two_reports(county: Desk) -> None:
    answer = county.ask("6月底还没开工、到10月底已经动过工的项目有哪些？")
    assert answer.count == 2
    assert "柳河大桥" in answer.answer
    assert "南山书院" in answer.answer


def test_who_left_a_state_of_one_region(county: Desk) -> None:
    answer = county.ask("6月底到10月底未开工项目有什么变化？").answer
    assert "2031年6月 3个，2031年10月 1个" in answer
    assert "仍在其中 1个" in answer


def test_words_for_pace_are_known_and_reasons_told(county: Desk) -> None:
    assert "9户没有签拆迁协议" in county.ask("滨湖路为什么慢了？").answer
    behind = county.ask("10月底落在节点后面的项目里，哪些是因为钱没到位？")
    assert behind.count == 1
    assert "恒通齿轮厂" in behind.answer


def test_what_is_demanded_does_not_change_where_a_project_stands(county: Desk) -> None:
    answer = county.ask("10月底还有哪些项目没有动工？")
    assert answer.count == 1
    assert "北环路" in answer.answer


def test_how_much_and_when_are_of_one_act(county: Desk) -> None:
    said = county.ask("财政局提供北环路多少资金，什么时候之前？").answer.replace("**", "")
    assert "200万元" in said
    assert "11月20日" in said
