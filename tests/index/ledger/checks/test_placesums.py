"""Amounts of several states by their places, and amounts listed by the names of projects."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.index.ledger.conftest import Read
from tests.index.ledger.test_laidout import REPORT as LAID_OUT

Reader = Callable[[str], Read]
REPORT = """某县前三季度重点项目进展情况
到9月30日，全县重点项目6个，累计完成投资7.50亿元。年内完成投资过亿元的项目有3个，分别是甲大桥2.40亿元、乙泵站1.30亿元、丙医院1.20亿元。
一是已经竣工的2个，完成投资3.70亿元，分别是：县交通局的甲大桥项目；县水利局的乙泵站项目。
二是在建的2个，完成投资2.30亿元，分别是：县卫健局的丙医院项目；县教育局的丁中学项目。
三是停工的2个，完成投资1.50亿元，分别是：县住建局的戊大道项目（资金没有到位）；县文旅局的己书院项目（用地没有批复）。
总的看，{}
"""


@pytest.mark.parametrize(
    ("said", "formula"),
    [
        ("前两种情形的4个项目合计完成投资6.20亿元。", "3.70亿元 + 2.30亿元 = 6亿元"),
        ("后两类的4个项目共完成投资3.90亿元。", "2.30亿元 + 1.50亿元 = 3.8亿元"),
        ("前两堆项目，合计4个，实际支出6.20亿元。", "3.70亿元 + 2.30亿元 = 6亿元"),
    ],
)
def test_an_amount_of_several_states_that_is_off_is_found(
    read: Reader, said: str, formula: str
) -> None:
    found = read(REPORT.format(said)).findings("sum")
    assert [one.formula for one in found] == [formula]


@pytest.mark.parametrize(
    "said",
    [
        "前两种情形的4个项目合计完成投资6.00亿元。",
        "前两种情形的4个项目合计完成投资6亿元左右。",
        "前两类的3个重点镇完成投资1.10亿元。",  # of something else: the numbers do not agree
    ],
)
def test_an_amount_that_agrees_or_is_of_something_else_is_not(read: Reader, said: str) -> None:
    assert not read(REPORT.format(said)).findings("sum")


def test_the_sum_of_the_first_states_is_checked(read: Reader) -> None:
    assert not read(LAID_OUT.format(done=1300)).findings("sum")
    (found,) = read(LAID_OUT.format(done=1030)).findings("sum")
    assert "1030万元" in found.text
    assert found.formula == "600万元 + 700万元 = 1300万元"


def test_amounts_listed_by_name_go_to_the_projects(read: Reader) -> None:
    found = read(REPORT.format("形势总体平稳。"))
    assert len(found.names) == 6
    told = {
        record.name: record.fields["done_investment"]
        for record in found.ledger.records
        if "done_investment" in record.fields
    }
    assert {name.removesuffix("项目"): words.text for name, words in told.items()} == {
        "甲大桥": "2.40亿元",
        "乙泵站": "1.30亿元",
        "丙医院": "1.20亿元",
    }
    assert all(found.read_at(words) == words.text for words in told.values())
