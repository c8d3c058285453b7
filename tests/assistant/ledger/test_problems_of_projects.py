"""A bulletin that lists projects by state, and a list of problems that other units solve."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.assistant.ledger.conftest import Desk, opened

BULLETIN = """柏溪区重点项目快报2025年第10期
截至2025年10月31日，全区安排重点项目8个，年度计划投资9.00亿元。
- 已收官2个，占25.0％；
- 完工待验（土建已经全部做完，竣工验收还没有组织）2个，占25.0％；
- 慢半拍（比序时计划低3个百分点以上）2个，占25.0％；
- 候场（尚未开工）2个，占25.0％。

一、已收官（2个）
1. 南渡水厂（区水务局）
2. 槐荫小学（区教育局）
二、完工待验（2个）
1. 汀州小学（区教育局）
2. 北坡粮库（区粮食局）
三、慢半拍（2个）
1. 滨江管网（区水务局）：拆迁没有完成
2. 青石桥（区交通局）：钢梁未到
四、候场（2个）
1. 松岭粮库（区粮食局）：用地没有批
2. 柳湾大道改造（区交通局）：资金没有落实
柏溪区项目办
2025年11月5日
"""
PROBLEMS = """<!doctype html><html><meta charset="utf-8"><body>
<h1>柏溪区重点项目问题交办清单</h1><p>2025年11月12日</p><table>
<tr><td>序号</td><td>项目</td><td>存在问题</td><td>责任单位</td><td>解决时限</td><td>办理情况</td></tr>
<tr><td>1</td><td>滨江管网</td><td>3户没有搬</td><td>东门街道</td><td>11月30日</td><td>办理中</td></tr>
<tr><td>2</td><td>青石桥</td><td>钢梁未到</td><td>区交通局</td><td>11月20日</td><td>已销号</td></tr>
<tr><td>3</td><td>松岭粮库</td><td>林地没有批</td><td>自然资源分局</td><td>12月10日</td><td>办理中</td></tr>
</table></body></html>
"""


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    files = {"快报.txt": BULLETIN, "清单.html": PROBLEMS}
    with opened(tmp_path_factory.mktemp("problems"), files) as found:
        yield found


def _names(desk: Desk, question: str) -> set[str]:
    return {str(row["name"]) for row in desk.ask(question).rows or ()}


def test_a_problem_that_is_solved_leaves_its_project_as_it_stands(desk: Desk) -> None:
    assert _names(desk, "慢半拍的项目有哪些？") == {"滨江管网", "青石桥"}


def test_the_unit_of_a_project_is_not_who_solves_its_problem(desk: Desk) -> None:
    rows = desk.ask("还没开工的项目有哪些，责任单位是谁？").rows or ()
    assert {(row["name"], row["unit"]) for row in rows} == {
        ("松岭粮库", "区粮食局"),
        ("柳湾大道改造", "区交通局"),
    }


@pytest.mark.parametrize("words", ["已经做完但还没有验收", "建好了却一直没验收"])
def test_what_is_done_and_not_accepted_is_a_state_of_its_own(desk: Desk, words: str) -> None:
    assert _names(desk, f"{words}的项目有哪些？") == {"汀州小学", "北坡粮库"}


def test_a_cause_may_be_said_behind_what_caused_it(desk: Desk) -> None:
    assert _names(desk, "慢半拍的项目中哪些是拆迁造成的？") == {"滨江管网"}


def test_a_branch_office_is_no_grouping_by_offices(desk: Desk) -> None:
    rows = desk.ask("问题交办清单上自然资源分局要解决的有哪几个项目，时限是什么时候？").rows or ()
    assert [(row["name"], row["deadline"]) for row in rows] == [("松岭粮库", "12月10日")]
