"""A ledger of three files: a report, a table in 亿元, and names that try to be markup."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape
from pathlib import Path

import pytest

from assistant.web.ledger.desk import LedgerDesk
from assistant.web.shelf import Shelf
from index.build import build_index
from index.ledger.book import LedgerRow
from index.library import Library, open_library
from index.settings import IndexSettings
from tests.conftest import WordCountEncoder

REPORT = """青禾区2024年三季度重点项目进展情况
截至9月底，全区安排重点项目5个。
一、滞后项目（3个）
截至9月底，3个项目进度滞后。分别是：区水利局的柳溪河清淤（设计变更）；区住建局的供热管网二期（资金未到位）。
二、未开工项目（3个）
截至9月底，3个项目未开工。分别是：区交通局的石桥改建工程（征地协议未签）、西环路大修工程（资金未到位）；区文旅局的古塔修缮工程（等待文物部门批复）。
区重点项目建设办公室
2024年10月8日
"""
TABLE = """<!doctype html><html><meta charset="utf-8"><body>
<h1>白石县2024年重点项目台账</h1><p>截至2024年9月底　单位：亿元</p><table>
<tr><td>序号</td><td>项目名称</td><td>责任单位</td><td>总投资</td><td>计划投资</td><td>完成投资</td><td>进展情况</td></tr>
<tr><td>1</td><td>滨河大桥</td><td>县交通局</td><td>3.5</td><td>1.2</td><td>0.6</td><td>正在施工</td></tr>
<tr><td>2</td><td>供热管网一期</td><td>县住建局</td><td>0.5</td><td>0.3</td><td>0.3</td><td>已竣工</td></tr>
<tr><td>3</td><td>龙泉水库加固</td><td>县水务局</td><td>12</td><td>2</td><td>0.1</td><td>停工</td></tr>
</table></body></html>
"""
HOSTILE = """云岭县2024年重点项目台账
| 项目名称 | 责任单位 | 进展情况 |
| --- | --- | --- |
| =SUM(A1:A9)管网工程 | 县住建局 | 未开工 |
| <img src=x onerror=alert(1)>大桥工程 | "><b>局 | 未开工 |
| +1公路工程 | @县交通局 | 未开工 |
"""
CORPUS = {"report.txt": REPORT, "table.html": TABLE, "hostile.md": HOSTILE}


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    for name, text in CORPUS.items():
        file = tmp_path / "corpus" / name
        file.parent.mkdir(exist_ok=True)
        file.write_text(text, encoding="utf-8")
    return tmp_path / "corpus"


@pytest.fixture
def library(settings: IndexSettings, encoder: WordCountEncoder, corpus: Path) -> Iterator[Library]:
    with open_library(settings, "测试", create=True) as library:
        library.__dict__["encoder"] = encoder
        build_index([corpus], library)
        yield library


@pytest.fixture
def shelf(library: Library) -> Shelf:
    return Shelf(library)


@pytest.fixture
def desk(shelf: Shelf) -> LedgerDesk:
    return LedgerDesk(shelf)


def row_of(library: Library, name: str) -> LedgerRow:
    return next(row for row in library.ledger.rows if name in row.record.name)


def names_in(html: str) -> list[str]:
    """Return the project names of a table, in the order shown."""
    cells = re.findall(r'<td class="name".*?<bdi>(.*?)</bdi>', html)
    return [unescape(cell) for cell in cells]
