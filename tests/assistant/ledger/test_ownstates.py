"""Questions about the states that a report sorts its projects into by its own names."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from assistant.ledger.asked import meets
from assistant.ledger.issued import issued_then
from assistant.ledger.ownstates import own_mentions
from index.ledger.periods import periods_in
from tests.assistant.ledger.conftest import Desk, opened

REPORT = """青禾区2024年三季度重点项目进展情况
截至9月底，全区安排重点项目12个，年度计划投资9.00亿元。
评定结果：紫旗（竣工投用）3个，占25.0%，完成投资1.20亿元；橙旗4个，占33.3%，完成投资2.50亿元；灰旗（进度滞后）5个，占41.7%，完成投资0.40亿元。
一、紫旗项目（3个）
1.朝阳街雨污分流，区住建局，已竣工。
2.第六小学食堂，区教育局，已竣工。
3.柳溪河清淤，区水利局，已竣工。
二、橙旗项目（4个）
4个项目年度计划投资5.00亿元，完成投资2.50亿元。
1.文昌路拓宽，区住建局，正在铺设管线。
2.供热管网二期，区住建局，正在安装。
3.石桥改建工程，区交通局，正在浇筑桥墩。
4.西环路大修工程，区交通局，正在施工。
三、灰旗：进度滞后的5个
分别是：开发区的标准厂房三期（资金未到位）；区文旅局的古塔修缮工程（等待文物部门批复）；\
区交通局的东关客运站（征地协议未签）；区住建局的北苑广场（规划未批复）、滨河公园（资金未到位）。
区重点项目建设办公室
2024年10月8日
"""


@pytest.fixture(scope="module")
def flags(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    with opened(tmp_path_factory.mktemp("flags"), {"q3.txt": REPORT}) as desk:
        yield desk


def test_a_list_holds_those_of_one_state_with_its_own_name(flags: Desk) -> None:
    answer = flags.ask("挂橙旗的项目有哪些？")
    assert [row["name"] for row in answer.rows or ()] == [
        "文昌路拓宽", "供热管网二期", "石桥改建工程", "西环路大修工程",
    ]  # fmt: skip
    assert answer.count == 4
    assert "状态=橙旗" in answer.answer
    assert "原文写4个，一致" in answer.answer
    assert answer.interpretation["filters"]["state"] == "橙旗"


def test_own_states_narrow_and_are_left_out_like_ours(flags: Desk) -> None:
    assert flags.names("灰旗项目里因为资金问题的有哪些？") == ["标准厂房三期", "滨河公园"]
    assert len(flags.names("除了灰旗的，还有哪些项目？")) == 7


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("橙旗和紫旗项目哪个多，多几个？", "4 − 3 = 1"),
        ("紫旗和橙旗加起来占全部项目的比例是多少？", "58.33%"),
        ("紫旗和橙旗项目一共完成投资多少？", "3.7亿元"),
        ("橙旗项目完成投资占年度计划投资的比例是多少？", "2.50亿元 ÷ 5.00亿元 = 50"),
    ],
)
def test_what_the_report_states_of_states_is_added_and_compared(
    flags: Desk, question: str, said: str
) -> None:
    assert said in flags.ask(question).answer


def test_another_state_than_supposed_is_set_right(flags: Desk) -> None:
    answer = flags.ask("石桥改建工程为什么挂了灰旗？").answer
    assert "橙旗" in answer
    assert "没有列为“灰旗”" in answer


@pytest.mark.parametrize(
    ("question", "found"),
    [
        ("还没有进场的有哪些", ["own:未进场"]),
        ("已交付的和扫尾的哪个多", ["own:交付", "own:扫尾"]),
        ("什么时候交付", []),
        ("没有交付的项目", []),
        ("交付时间是哪天", []),
    ],
)
def test_a_name_is_a_state_only_where_it_is_asked_for(question: str, found: list[str]) -> None:
    mentions = own_mentions(question, ["未进场", "交付", "扫尾"])
    assert [key for key, _ in mentions] == found


def test_a_report_is_named_by_when_it_was_issued(flags: Desk) -> None:
    text = "10月8日那份通报里的橙旗项目"
    found = issued_then(periods_in(text)[0], text, flags.library.ledger.rows)
    assert found is not None
    assert (found.year, found.month) == (2024, 9)
    other = "10月8日开工的项目"
    assert issued_then(periods_in(other)[0], other, flags.library.ledger.rows) is None


def test_a_reading_of_own_states_can_be_edited(flags: Desk) -> None:
    read = {"kind": "list", "filters": {"state": "灰旗"}}
    answer = flags.assistant.answer_edited("橙旗项目有哪些？", read)
    assert answer.count == 5


def test_what_is_not_done_yet_is_so_where_no_document_sorts_it_too() -> None:
    assert meets({"not_started"}, ("own:未进场",))
    assert not meets({"not_started", "own:暂缓"}, ("own:未进场",))
    assert not meets({"behind"}, ("own:橙旗",))
