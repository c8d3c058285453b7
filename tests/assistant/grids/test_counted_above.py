"""A line above a table that counts its rows, and money asked for that a table only plans."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.assistant.ledger.conftest import Desk, opened

NOTICE = """# 关于调整年度重点项目名单的通知

调出1个项目，核减投资0.30亿元：柳村酒厂项目。

**调入3个项目，增加年度计划投资1.60亿元：**

| 序号 | 项目 | 责任单位 |
|---|---|---|
| 1 | 东门停车楼 | 县城投公司 |
| 2 | 石溪水厂 | 县水利局 |
| 3 | 北关中学 | 县教育局 |

松岭县人民政府办公室

2031年7月20日
"""
REPORT = """松岭县2031年1—10月重点项目进展情况
松岭县重点项目中心
2031年11月3日
到10月31日，全县重点项目6个，累计完成投资5.90亿元。分领域看，产业类3个，计划投资3.60亿元，完成2.80亿元；民生类3个，计划投资3.20亿元，完成3.10亿元；其他类0个，计划投资0.20亿元，完成0亿元。
年内完成投资过亿元的项目有3个，分别是甲大桥2.40亿元、乙泵站1.30亿元、丙医院1.20亿元。
一是已经竣工的2个，分别是：县交通局的甲大桥项目；县水利局的乙泵站项目。
二是在建的2个，分别是：县卫健局的丙医院项目；县教育局的丁中学项目。
三是停工的2个，分别是：县住建局的戊大道项目（资金没有到位）；县文旅局的己书院项目（用地没有批复）。
"""


@pytest.fixture(scope="module")
def county(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    texts = {"通知.md": NOTICE, "进展.txt": REPORT}
    with opened(tmp_path_factory.mktemp("counted"), texts) as desk:
        yield desk


def test_the_line_that_counts_the_rows_is_cited(county: Desk) -> None:
    answer = county.ask("名单调整时调入了哪些项目，责任单位是谁？")
    assert answer.count == 3
    assert any("调入3个" in citation.quote for citation in answer.citations)


def test_what_was_done_is_ranked_by_the_amounts_listed(county: Desk) -> None:
    answer = county.ask("1—10月完成投资最多的两个项目是哪些，各多少？").answer
    assert "甲大桥" in answer
    assert "2.40亿元" in answer
    assert "乙泵站" in answer
    assert "产业类" not in answer
