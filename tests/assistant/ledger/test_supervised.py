"""A bulletin, minutes that give projects to leaders, a notice of what is supervised, a ledger."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.assistant.ledger.conftest import Desk, opened

BULLETIN = """松溪县2031年三季度重点项目通报
现将截至2031年9月30日的情况通报如下。
一、总体情况
今年县委、县政府确定重点项目8个，年度计划投资9.00亿元。已建成2个，占25.0%；进展平稳、符合序时进度的3个，占37.5%；\
进展偏慢、落后于序时进度的3个，占37.5%。进展偏慢的项目比二季度末减少2个。
二、已建成的项目（2个）
这2个项目年度计划投资1.00亿元，已完成0.95亿元，占95.0%。包括：县教育局的第二小学食堂；县住建局的南门停车楼。
三、进展平稳、符合序时进度的项目（3个）
这3个项目年度计划投资5.00亿元，已完成3.80亿元，占76.0%。包括：县交通局的沿江公路；县住建局的东区污水处理厂；县卫健局的妇幼保健院迁建。
四、进展偏慢、落后于序时进度的项目（3个）
这3个项目年度计划投资3.00亿元，已完成1.20亿元，只占40.0%。包括：县交通局的青龙大桥（钢梁没有到货）；\
开发区管委会的标准厂房三期（厂家供货滞后）；县文旅局的游客服务中心（用地指标没有落实）。
松溪县重点办
2031年10月9日
"""
MINUTES = """<!doctype html><html><meta charset="utf-8"><body><h1>松溪县重点项目调度会纪要</h1>
<p>2031年10月15日</p><h2>关于滞后项目的包联</h2><table>
<tr><td>序号</td><td>项目名称</td><td>责任单位</td><td>包联领导</td></tr>
<tr><td>1</td><td>青龙大桥</td><td>县交通局</td><td>周敏</td></tr>
<tr><td>2</td><td>标准厂房三期</td><td>开发区管委会</td><td>郑刚</td></tr>
<tr><td>3</td><td>游客服务中心</td><td>县文旅局</td><td>周敏</td></tr></table></body></html>
"""
NOTICE = """松溪县政府督查室督办通知
截至11月12日，情况通知如下。
一、已有突破的项目
游客服务中心的用地指标已由市里调剂，项目于11月3日复工。第二小学食堂已移交学校。
二、继续督办的项目（3个）
1.青龙大桥（县交通局）。钢梁已到货6片，11月25日前必须全部到场。
2.标准厂房三期（开发区管委会）。第二批构件没有到场，12月10日前到场安装。
3.沿江公路（县交通局、东门镇）。还有3户没有签约，11月底前签完。
松溪县政府督查室
2031年11月14日
"""
BIG = """<!doctype html><html><meta charset="utf-8"><body>
<h1>松溪县2031年5000万元以上重点项目投资台账</h1><p>单位：万元</p><table>
<tr><td>序号</td><td>项目名称</td><td>责任单位</td><td>年度计划投资</td><td>进展</td></tr>
<tr><td>1</td><td>沿江公路</td><td>县交通局</td><td>20000</td><td>进展平稳</td></tr>
<tr><td>2</td><td>妇幼保健院迁建</td><td>县卫健局</td><td>15000</td><td>进展平稳</td></tr>
<tr><td>3</td><td>青龙大桥</td><td>县交通局</td><td>12000</td><td>进展偏慢</td></tr>
<tr><td>4</td><td>东区污水处理厂</td><td>县住建局</td><td>11000</td><td>进展平稳</td></tr>
<tr><td></td><td>合计</td><td></td><td>58000</td><td></td></tr></table></body></html>
"""


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    files = {"通报.txt": BULLETIN, "纪要.html": MINUTES, "督办.txt": NOTICE, "台账.html": BIG}
    with opened(tmp_path_factory.mktemp("supervised"), files) as found:
        yield found


def test_a_state_counts_as_its_section_does_not_as_its_change(desk: Desk) -> None:
    answer = desk.ask("三季度末进展偏慢的项目有多少个？")
    assert answer.count == 3
    assert "原文写3个，一致" in answer.answer


def test_what_two_states_have_done_is_added_from_their_sections(desk: Desk) -> None:
    answer = desk.ask("进展平稳和进展偏慢的项目一共完成投资多少？")
    assert "5.00亿元" in answer.answer or "5亿元" in answer.answer


def test_a_state_that_a_project_is_not_in_is_set_right(desk: Desk) -> None:
    answer = desk.ask("东区污水处理厂为什么进展偏慢？")
    assert not answer.refused
    assert "列为“**进展平稳**”" in answer.answer


@pytest.mark.parametrize(
    "question",
    ["副县长周敏包联的项目有哪些滞后？", "县委常委周敏联系了哪些滞后的项目？"],
)
def test_a_leader_is_asked_for_with_title_and_task(desk: Desk, question: str) -> None:
    answer = desk.ask(question)
    assert "周敏" in str(answer.interpretation)
    assert "青龙大桥" in answer.answer
    assert "标准厂房三期" not in answer.answer


@pytest.mark.parametrize(
    "question",
    ["督办通知里继续督办的项目有哪些？", "督办通知里督办的项目有哪些，什么时候以前办到？"],
)
def test_a_section_that_the_question_names_holds_its_rows(desk: Desk, question: str) -> None:
    assert desk.names(question) == ["青龙大桥", "标准厂房三期", "沿江公路"]


def test_the_last_reason_counts_where_the_newest_record_says_no_state(desk: Desk) -> None:
    answer = desk.ask("开发区管委会进展偏慢的项目有哪些，原因是什么？")
    assert [(row["name"], row["reason"]) for row in answer.rows or ()] == [
        ("标准厂房三期", "厂家供货滞后")
    ]


@pytest.mark.parametrize("later", ["后来解决了没有", "后来办下来了没有"])
def test_what_came_later_is_told_beside_what_a_report_says(desk: Desk, later: str) -> None:
    answer = desk.ask(f"游客服务中心在三季度通报里卡在什么问题上，{later}？").answer
    assert "用地指标没有落实" in answer
    assert "11月3日复工" in answer
    assert "第二小学食堂" not in answer  # the next sentence tells of another project


def test_all_projects_are_not_those_of_a_bounded_table(desk: Desk) -> None:
    answer = desk.ask("2031年全年重点项目计划投资多少？").answer
    assert "9.00亿元" in answer.split("\n")[0]
    assert "1.00亿元" not in answer  # that of one state alone
