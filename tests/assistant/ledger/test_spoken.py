"""Questions as people say them: names in part, spoken whys, two halves, now and then."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest

from assistant.ledger.asked import asked_statuses
from assistant.ledger.deadlines import due_in
from tests.assistant.ledger.conftest import Desk, opened

CIRCULAR = """松溪县2024年三季度重点项目进展情况
截至9月30日，已竣工1个、进度滞后3个、未开工2个，累计完成投资8亿元，占年度计划的40％。\
其中，竣工项目完成投资2亿元，进度滞后项目完成投资5亿元，未开工项目发生前期费用0.1亿元。
一、竣工项目（1个）
截至9月底，1个项目竣工。分别是：县水利局的响水河清淤工程。
二、滞后项目（3个）
截至9月底，3个项目进度滞后。分别是：县交通局的青石镇至落雁乡旅游公路（塌方路段返工）；\
县住建局的柳荫片区安置房三标段（9户未搬离）、云栖社区体育公园（设计变更）。
三、未开工项目（2个）
截至9月底，2个项目未开工。分别是：县农业局的高坪乡黄牛养殖小区（环评未批复）；县文旅局的古驿道修复（资金未到位）。
松溪县人民政府办公室
2024年10月9日
"""
WEEKLY = """松溪县工作周报
松溪县人民政府办公室
一、项目动态
柳荫片区安置房三标段未搬离户由9户减至2户，因过渡房源不足，11月20日前难以全部腾空，目前施工至地上5层。
会议听取了云栖社区体育公园的设计汇报。高坪乡黄牛养殖小区11月3日取得环评批复，已于11月5日开工。
松溪县人民政府办公室
2024年11月15日
"""
TABLE = """<!doctype html><html><meta charset="utf-8"><body>
<h1>松溪县2024年10月督办事项整改台账</h1><p>截至2024年10月底　单位：万元</p><table>
<tr><td>序号</td><td>项目名称</td><td>责任单位</td><td>总投资</td><td>完成投资</td><td>进展情况</td><td>备注</td></tr>
<tr><td>1</td><td>老街停车楼</td><td>县城投集团</td><td>3000</td><td>1000</td><td>停工</td><td>地下管线未迁改</td></tr>
<tr><td>2</td><td>城东水厂扩建</td><td>县水投公司</td><td>5000</td><td>4500</td><td>正在施工</td><td>设备安装</td></tr>
<tr><td>3</td><td>南门粮库</td><td>县商务局</td><td>130000</td><td>1200</td><td>未开工</td><td>土地未挂牌</td></tr>
<tr><td>合计</td><td></td><td></td><td>138000</td><td>6800</td><td></td><td></td></tr>
</table></body></html>
"""


@pytest.fixture(scope="module")
def county(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    files = {"三季度.txt": CIRCULAR, "周报.txt": WEEKLY, "台账.html": TABLE}
    with opened(tmp_path_factory.mktemp("songxi"), files) as desk:
        yield desk


@pytest.mark.parametrize(
    "question",
    [
        "三季度滞后的项目有哪些，原因各是什么？",
        "三季度滞后的项目有哪些，分别卡在哪儿？",
        "三季度进度滞后的都有哪些项目，各自难在什么地方",
    ],
)
def test_two_halves_are_one_list_with_its_reasons(county: Desk, question: str) -> None:
    answer = county.ask(question)
    assert [row["reason"] for row in answer.rows or ()] == [
        "塌方路段返工", "9户未搬离", "设计变更",
    ]  # fmt: skip
    assert "没有找到" not in answer.answer


def test_what_is_asked_of_each_narrows_nothing(county: Desk) -> None:
    rows = county.ask("三季度未开工的有哪些项目，各要求哪天之前办好？").rows or ()
    assert [row["name"] for row in rows] == ["高坪乡黄牛养殖小区", "古驿道修复"]


@pytest.mark.parametrize(
    ("question", "name", "said"),
    [
        ("黄牛小区咋个没开工", "高坪乡黄牛养殖小区", "环评未批复"),
        ("柳荫三标段怎么掉队了？", "柳荫片区安置房三标段", "9户未搬离"),
        ("柳荫三标段剩下那几户为什么不搬？", "柳荫片区安置房三标段", "过渡房源不足"),
        ("老街停车楼怎么停了", "老街停车楼", "地下管线未迁改"),
    ],
)
def test_a_spoken_why_of_a_name_in_part(county: Desk, question: str, name: str, said: str) -> None:
    answer = county.ask(question)
    assert answer.interpretation["filters"]["name"] == name.replace("工程", "")
    assert said in answer.answer


def test_a_longer_name_is_not_the_shorter_one(county: Desk) -> None:
    assert "柳荫片区安置房三标段——" not in county.ask("柳荫片区安置房二期进展如何？").answer


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("黄牛养殖小区现在到哪一步了？", "已于11月5日开工"),
        ("柳荫三标段现在盖到几层了？", "施工至地上5层"),
    ],
)
def test_a_state_is_told_by_later_running_text(county: Desk, question: str, said: str) -> None:
    assert said in county.ask(question).answer


def test_a_project_named_in_passing_is_told_nothing_of(county: Desk) -> None:
    assert "设计汇报" not in county.ask("古驿道修复进展如何？").answer


def test_a_state_at_a_time_asked_for_has_nothing_later(county: Desk) -> None:
    assert "11月5日" not in county.ask("黄牛养殖小区三季度进展如何？").answer


def test_what_was_done_by_a_day_is_no_deadline(county: Desk) -> None:
    assert county.names("9月底前已经竣工的项目") == ["响水河清淤工程"]


def test_the_date_of_a_start_that_was_not_is_corrected(county: Desk) -> None:
    assert "没有列为“已开工”" in county.ask("古驿道修复是哪天开工的？").answer


@pytest.mark.parametrize(
    ("question", "short"),
    [
        ("截至三季度末，滞后项目完成的投资占累计完成投资的百分之几？", "62.5%"),
        ("三季度滞后的和没开工的加在一起完成了多少投资？", "5.1亿元"),
        ("老街停车楼和城东水厂扩建一共完成了多少投资？", "5500万元"),
    ],
)
def test_arithmetic_over_what_is_stated(county: Desk, question: str, short: str) -> None:
    assert county.ask(question).short == short


def test_a_bound_needs_no_word_for_money(county: Desk) -> None:
    assert county.names("台账里总投资超过10亿的项目有哪些？") == ["南门粮库"]


def test_a_quarter_before_a_unit_is_no_part_of_its_name(county: Desk) -> None:
    rows = county.ask("三季度县住建局手上的项目都是什么进度？").rows or ()
    assert [row["name"] for row in rows] == ["柳荫片区安置房三标段", "云栖社区体育公园"]


def test_what_became_something_else_is_that(make: Callable[[dict[str, str]], Desk]) -> None:
    desk = make({"q3.txt": CIRCULAR})
    answer = desk.ask("三季度通报里哪些项目由滞后转为竣工了？")
    assert answer.interpretation["filters"]["stage"] == "completed"
    assert "progress" not in answer.interpretation["filters"]


def test_a_sum_row_that_does_not_add_up_is_noted_where_sums_are_asked(county: Desk) -> None:
    assert "注意" not in county.ask("县城投集团负责的项目有哪些？").answer
    assert "6800" in county.ask("台账里的数字对得上吗？").answer


@pytest.mark.parametrize(
    ("question", "statuses"),
    [
        ("通报里已经完成的项目列一下", ["completed"]),
        ("完成的事项有哪些", ["completed"]),
        ("没有完成的事项有哪些", ["unfinished"]),
        ("已经完成投资多少", []),
        ("应完成的任务有哪些", []),
    ],
)
def test_done_is_a_state_of_what_is_asked_about(question: str, statuses: list[str]) -> None:
    assert [key for key, _ in asked_statuses(question)] == statuses


def test_a_state_as_of_a_day_is_no_deadline() -> None:
    assert due_in("截至10月底完工的项目有哪些") is None
    assert due_in("10月底完工的项目有哪些") is not None


@pytest.mark.parametrize(
    ("question", "wanted"),
    [
        ("提前做完全年投资任务的项目有哪些？", ["met"]),
        ("年度任务已经干完的有几个？", ["met"]),
        ("有多少个项目开工？", ["started"]),
        ("到6月底开工了几个项目？", ["started"]),
        ("有多少个项目没有开工？", ["not_started"]),
        ("今年计划开工多少个项目？", []),
        ("没有做完年度任务的项目有哪些？", ["unfinished"]),
    ],
)
def test_what_is_done_or_begun_is_asked_for_in_spoken_words(
    question: str, wanted: list[str]
) -> None:
    assert [status for status, _ in asked_statuses(question)] == wanted


def test_what_was_done_in_a_spell_is_no_deadline() -> None:
    assert due_in("哪家1至10月完成的投资多") is None
    assert due_in("10月完成的投资多少") is None
    assert due_in("10月完成的项目有哪些") is not None
