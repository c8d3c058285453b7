"""States that a report counts one beside another exclude one another."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.assistant.ledger.conftest import Desk, opened

TABLE = """<!doctype html><html><meta charset="utf-8"><body>
<h1>梅岭区2031年三季度重点项目督查报告</h1>
<p>截至9月30日，全区重点项目5个。其中竣工1个、滞后2个、未开工2个。</p><table>
<tr><td>序号</td><td>项目名称</td><td>责任单位</td><td>完成率</td><td>进度评定</td></tr>
<tr><td>1</td><td>北渡大桥</td><td>区交通局</td><td>55.0%</td><td>滞后</td></tr>
<tr><td>2</td><td>南湖书院</td><td>区文旅局</td><td>40.0%</td><td>滞后</td></tr>
<tr><td>3</td><td>东岭泵站</td><td>区水利局</td><td>0.0%</td><td>未开工</td></tr>
<tr><td>4</td><td>竹园市场</td><td>区商务局</td><td>0.0%</td><td>未开工</td></tr>
<tr><td>5</td><td>青禾小学</td><td>区教育局</td><td>100.0%</td><td>竣工</td></tr>
</table></body></html>
"""
NOTICE = """梅岭区关于对三季度重点项目挂牌督办的通知
2031年10月13日
一、挂牌项目
（一）未开工项目2个，进度严重滞后：区水利局的东岭泵站、区商务局的竹园市场。
（二）滞后项目2个：区交通局的北渡大桥、区文旅局的南湖书院。
"""


@pytest.fixture(scope="module")
def district(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    texts = {"报告.html": TABLE, "通知.txt": NOTICE}
    with opened(tmp_path_factory.mktemp("apart"), texts) as desk:
        yield desk


def test_the_lowest_of_those_behind_is_none_of_those_not_begun(district: Desk) -> None:
    first = district.ask("9月底滞后的项目中，完成率最低的是哪一个？").answer.splitlines()[0]
    assert "南湖书院" in first
    assert "东岭泵站" not in first


def test_those_behind_are_counted_without_those_not_begun(district: Desk) -> None:
    assert district.ask("9月底进度滞后的项目有多少个？").count == 2
