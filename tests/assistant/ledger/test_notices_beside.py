"""A report on all projects, and a notice a month later that tells of two of them."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.assistant.ledger.conftest import Desk, opened

REPORT = """枫桥区2025年二季度重点项目情况
截至6月30日，全区安排重点项目8个。
一、落在序时后面的有4个
1．槐荫路改造。住建局负责，年计划4200万元，完成900万元。沿街征收没有谈完。
2．城西热源厂。住建局负责，年计划5000万元，完成800万元。设计方案要重做。
3．南岸泵站。水务局负责，年计划1800万元，完成300万元。配套资金没有到位。
4．竹溪小学。教育局负责，年计划2400万元，完成500万元。施工单位更换。
二、与序时同步的有4个
1．北环路。交通局负责，年计划6000万元，完成3000万元。
2．中心医院。卫健局负责，年计划8000万元，完成4100万元。
3．滨湖公园。文旅局负责，年计划2000万元，完成1000万元。
4．双河水厂。水务局负责，年计划3000万元，完成1500万元。
枫桥区重点项目办
2025年7月4日
"""
NOTICE = """<!doctype html><html><meta charset="utf-8"><body>
<h1>枫桥区关于对2个项目进行督办的通知</h1><p>情况截至2025年8月15日。</p><table>
<tr><td>序号</td><td>项目</td><td>责任单位</td><td>核查情况</td><td>存在问题</td><td>整改时限</td></tr>
<tr><td>1</td><td>槐荫路改造</td><td>住建局</td><td>8月2日复工</td><td>没有按会议要求完成签约</td><td>9月10日</td></tr>
<tr><td>2</td><td>城西热源厂</td><td>住建局</td><td>方案定稿，8月12日复工</td><td>锅炉没有订货</td><td>9月15日</td></tr>
</table><p>枫桥区督查室</p><p>2025年8月20日</p></body></html>
"""


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    files = {"report.txt": REPORT, "notice.html": NOTICE}
    with opened(tmp_path_factory.mktemp("notice"), files) as found:
        yield found


def test_a_notice_that_work_goes_on_leaves_a_project_behind(desk: Desk) -> None:
    assert {row["name"] for row in desk.ask("落在序时后面的项目有哪些？").rows or ()} == {
        "槐荫路改造",
        "城西热源厂",
        "南岸泵站",
        "竹溪小学",
    }
    assert desk.ask("哪个单位落在序时后面的项目最多？").answer.count("住建局") > 0


def test_the_kind_of_reason_that_a_notice_does_not_give_is_that_of_the_report(desk: Desk) -> None:
    rows = desk.ask("因为征收问题落在序时后面的项目有哪些？").rows or ()
    assert [row["name"] for row in rows] == ["槐荫路改造"]


@pytest.mark.parametrize(
    ("question", "cause"),
    [
        ("城西热源厂为什么落在序时后面？", "设计方案要重做"),
        ("槐荫路改造进度滞后的原因是什么？", "沿街征收没有谈完"),
    ],
)
def test_why_a_project_is_behind_is_told_by_the_report_besides(
    desk: Desk, question: str, cause: str
) -> None:
    assert cause in desk.ask(question).answer
