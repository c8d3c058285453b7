"""Totals of tables that list no projects: what does not sum up is found, nothing else is."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.index.ledger.conftest import Read

Reader = Callable[[str], Read]
TITLE = "# 青川区2024年重点项目进展情况\n\n"


def table(total: str, *rows: str, head: str = "项目类别|个数|完成投资（亿元）|完成率") -> str:
    """Return a Markdown table of rows written with bars."""
    lines = [head, "|".join(["---"] * (head.count("|") + 1)), *rows, total]
    return TITLE + "\n".join(f"| {line.replace('|', ' | ')} |" for line in lines) + "\n"


SECTORS = ("产业类|9|5.20|71.0%", "民生类|6|3.15|80.2%", "生态类|4|1.06|66.4%")


def test_a_total_that_does_not_sum_up_is_found(read_md: Reader) -> None:
    found = read_md(table("合计|19|9.14|72.8%", *SECTORS))
    (finding,) = found.findings()
    assert (finding.kind, finding.formula) == ("sum", "5.20 + 3.15 + 1.06 = 9.41")
    assert [found.text[a:b] for a, b in finding.spans] == ["9.14"]


@pytest.mark.parametrize("total", ["合计|19|9.41|72.8%", "总计|19|9.42|70%", "合 计|19|9.40|0%"])
def test_a_total_within_rounding_is_no_finding(read_md: Reader, total: str) -> None:
    assert read_md(table(total, *SECTORS)).findings() == []


@pytest.mark.parametrize(
    "rows",
    [
        ("产业类|9|5.20|71%", "小计|9|5.20|71%", "民生类|6|3.15|80%"),  # a sum among the rows
        ("产业类|9|5.20|71%", "民生类|约6|3.15多|80%"),  # no plain numbers
        ("产业类|9|5.20|71%",),  # nothing to add
    ],
)
def test_what_may_be_no_sum_is_left_alone(read_md: Reader, rows: tuple[str, ...]) -> None:
    assert read_md(table("合计|99|99.99|72.8%", *rows)).findings() == []


def test_shares_are_not_added(read_md: Reader) -> None:
    rows = ("园区甲|1|40.0", "园区乙|2|55.5")
    found = read_md(table("合计|3|47.6", *rows, head="园区|家数|工时占比"))
    assert found.findings() == []
