"""A table that judges its rows in two months, and a rank that classes are no answer to."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.assistant.ledger.conftest import Desk, opened

TABLE = """<!doctype html><html><meta charset="utf-8"><body>
<h1>松岗县督办项目整改台账</h1><table>
<tr><td>序号</td><td>项目名称</td><td>责任单位</td><td>8月底评定</td><td>9月底评定</td></tr>
<tr><td>1</td><td>青桥水厂</td><td>县水务局</td><td>未开工</td><td>进度正常</td></tr>
<tr><td>2</td><td>南坪粮库</td><td>县粮食局</td><td>未开工</td><td>未开工</td></tr>
<tr><td>3</td><td>梅山隧道</td><td>县交通局</td><td>进度滞后</td><td>进度滞后</td></tr>
</table></body></html>
"""
REPORT = """松岗县2025年三季度重点项目情况
1—9月完成投资10.00亿元。分类看，产业类完成投资5.00亿元，交通类完成投资3.00亿元，民生类完成投资2.00亿元。
完成投资超过1亿元的项目有3个：县交通局的梅山隧道（1.80亿元）、县水务局的青桥水厂（1.50亿元）、县粮食局的南坪粮库（1.20亿元）。
"""


@pytest.fixture(scope="module")
def county(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    files = {"table.html": TABLE, "report.txt": REPORT}
    with opened(tmp_path_factory.mktemp("months"), files) as desk:
        yield desk


def test_the_later_month_tells_how_things_stand_now(county: Desk) -> None:
    assert county.names("台账里还有哪些项目未开工？") == ["南坪粮库"]


def test_classes_are_no_answer_to_which_projects_have_most(county: Desk) -> None:
    answer = county.ask("1—9月完成投资排前三的是哪几个项目？分别完成了多少？").answer
    assert "产业类" not in answer
