"""A table of money that came in and of days of completion, beside a report of what was built."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from index.ledger.labels import label_key
from tests.assistant.ledger.conftest import Desk, opened

REPORT = """枫桥区2025年二季度重点项目情况
截至6月30日，全区安排重点项目3个。
一、与序时同步的有3个
1．北环路。交通局负责，年计划6000万元，完成3000万元。路基成型。
2．中心医院。卫健局负责，年计划8000万元，完成4100万元。主体封顶。
3．双河水厂。水务局负责，年计划3000万元，完成1500万元。滤池完工。
枫桥区重点项目办
2025年7月4日
"""
TABLE = """<!doctype html><html><meta charset="utf-8"><body>
<h1>枫桥区2025年市级重点项目包联台账（截至2025年6月30日）</h1><table>
<tr><td>序号</td><td>项目名称</td><td>责任单位</td><td>到位资金（万元）</td><td>包联领导</td><td>计划竣工</td></tr>
<tr><td>1</td><td>北环路</td><td>交通局</td><td>52000</td><td>田远</td><td>2026年12月</td></tr>
<tr><td>2</td><td>中心医院</td><td>卫健局</td><td>14000</td><td>江帆</td><td>2027年6月</td></tr>
<tr><td>3</td><td>双河水厂</td><td>水务局</td><td>9000</td><td>田远</td><td>2026年4月</td></tr>
</table></body></html>
"""


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    files = {"report.txt": REPORT, "table.html": TABLE}
    with opened(tmp_path_factory.mktemp("came-in"), files) as found:
        yield found


@pytest.mark.parametrize(
    ("head", "key"), [("到位资金（万元）", None), ("完成投资（万元）", "done_investment")]
)
def test_money_that_came_in_is_no_investment_done(head: str, key: str | None) -> None:
    assert label_key(head) == key


@pytest.mark.parametrize(
    ("question", "amount"),
    [("北环路上半年完成投资多少？", "3000万元"), ("中心医院上半年完成了多少投资？", "4100万元")],
)
def test_what_was_done_by_then_is_money_and_no_day_of_completion(
    desk: Desk, question: str, amount: str
) -> None:
    answer = desk.ask(question)
    assert amount in answer.answer
    assert not answer.notes


def test_the_money_that_came_in_is_found_by_its_name(desk: Desk) -> None:
    assert "52000" in desk.ask("北环路到位资金多少？").answer


@pytest.mark.parametrize(
    "question", ["双河水厂目前是什么状态，截至什么时候？", "双河水厂进展怎么样，截至什么时候？"]
)
def test_up_to_when_is_not_by_when(desk: Desk, question: str) -> None:
    told = desk.ask(question).answer
    assert "滤池完工" in told
    assert "6月30日" in told
