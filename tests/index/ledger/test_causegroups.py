"""Causes that a report counts projects under, states' amounts against rows, tables' titles."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from index.ledger.records import CAUSE
from tests.index.ledger.conftest import Read

Reader = Callable[[str], Read]

REPORT = """# 关于云山县2024年1—9月重点项目推进情况的通报

截至9月30日，全县重点项目7个，其中续建4个、新建3个，年度计划投资3.4亿元。

一、分类情况

按进度，7个项目分为三类：

1. 进度较快2个，年度计划0.9亿元，完成0.8亿元。

2. 进度偏慢3个，年度计划1.5亿元，完成{slow}亿元。

3. 未动工2个，年度计划1.0亿元，未完成投资。

二、问题及成因

（一）拆迁还没有收尾，2个。{first}的12户没有签约；白塔公园的围墙内还有一家作坊。

（二）资金接续不上，2个。清水渠改造工程配套资金没有到位；南门客运站项目贷款没有批下来。

（三）群众有意见，1个。垃圾中转站项目选址需重新公示。

云山县重点项目办公室

2024年10月8日

附件1　新建项目情况表（7个）

单位：万元

| 序号 | 项目名称 | 责任单位 | 进展状态 | 年度计划 | 1—9月完成 | 滞后原因 |
|---|---|---|---|---|---|---|
| 1 | 东环路延伸工程 | 县交通局 | 进度偏慢 | 6000 | 3000 | 12户没有签约 |
| 2 | 清水渠改造工程 | 县水利局 | 进度偏慢 | 5000 | 2500 | 配套资金没有到位 |
| 3 | 白塔公园项目 | 县住建局 | 进度偏慢 | 4000 | 1500 | 一家作坊没有搬走 |
| 4 | 粮食仓库项目 | 县粮食局 | 进度较快 | 5000 | 4500 | — |
| 5 | 云山中学食堂项目 | 县教育局 | 进度较快 | 4000 | 3500 | — |
| 6 | 南门客运站项目 | 县交通局 | 未动工 | 6000 | 0 | 贷款没有批下来 |
| 7 | 垃圾中转站项目 | 县住建局 | 未动工 | 4000 | 0 | 需重新选址 |
"""


def report(slow: str = "0.70", first: str = "东环路延伸工程") -> str:
    return REPORT.format(slow=slow, first=first)


def test_projects_are_counted_under_the_causes_of_a_section(read_md: Reader) -> None:
    found = read_md(report())
    assert found.field("东环路", CAUSE) == "拆迁还没有收尾"
    assert found.field("白塔公园", CAUSE) == "拆迁还没有收尾"
    assert found.field("南门客运站", CAUSE) == "资金接续不上"
    assert found.record("南门客运站").reason_kind == "funds"
    assert found.field("粮食仓库", CAUSE) is None


def test_a_cause_that_names_fewer_than_it_counts_is_none(read_md: Reader) -> None:
    found = read_md(report(first="某条路"))
    assert found.field("白塔公园", CAUSE) is None
    assert found.field("清水渠", CAUSE) == "资金接续不上"


def test_an_amount_of_a_state_is_held_against_its_rows(read_md: Reader) -> None:
    found = read_md(report(slow="0.95"))
    (finding,) = found.findings("sum")
    assert finding.formula == "3000 + 2500 + 1500 = 7000"
    assert "0.95亿元" in finding.text
    assert "0.7亿元" in finding.text
    assert [found.text[a:b] for a, b in finding.spans] == ["0.95亿元"]


def test_an_amount_that_fits_its_rows_is_no_finding(read_md: Reader) -> None:
    # The plan of all is not held against the number of the new ones behind “其中”, either.
    assert read_md(report()).findings("sum") == []


def test_the_title_of_an_attached_table_heads_its_rows(read_md: Reader) -> None:
    found = read_md(report())
    heading = found.ledger.rosters[found.record("粮食仓库").roster].heading
    assert heading is not None
    assert heading.text == "新建项目情况表（7个）"


@pytest.mark.parametrize(
    "section",
    [
        "## 二、为什么进展慢\n\n1. **场地一直没有定下来。** 原拟用老校操场，因家长反对放弃。\n"
        "2. **部分商户有顾虑。** 主要担心客源减少。\n3. **分段施工行不通。** 存在安全隐患。\n",
        "## 三、压实责任\n\n进度偏慢的3个项目，每个都有人包抓：东环路由赵成同志包抓，"
        "清水渠由副县长钱立同志包抓，其余1个另行明确。\n",
    ],
)
def test_reasons_and_assignments_are_no_projects(read_md: Reader, section: str) -> None:
    head = "# 关于第12号建议的答复\n\n云商函〔2024〕5号　2024年10月9日\n\n"
    head += "## 一、现状\n\n建于1990年。\n\n"
    assert read_md(head + section).names == []


def test_this_many_is_no_part_of_a_name(read: Reader) -> None:
    text = "重点项目讲话\n2024年10月8日\n"
    text += "有人说，东环路改造、清水渠加固这两个项目暂缓了，能不能少报？\n"
    assert read(text).names == ["东环路改造", "清水渠加固"]
