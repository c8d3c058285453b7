"""A small index whose sentences, items and rows are read."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from index.build import build_index
from index.library import Library, open_library
from index.settings import IndexSettings

REPORT = """青禾区2024年重点工程建设情况
一、总体情况
截至6月底，全区安排重点工程9项，总投资7.2亿元。石桥改建工程由区交通局负责，总投资4.03亿元，因征
－2－
地协议未签没有开工。供热管网二期工程9月底前完工。
二、未开工的工程
截至6月底，4项工程未开工，分别是：区交通局的西环路大修工程（资金未到位）、北环路改造工程；区文旅局的古塔修缮工程（等待批复）。
2024年7月5日
"""
TABLE = """| 项目名称 | 责任单位 | 总投资（万元） |
| --- | --- | --- |
| 柳溪河清淤 | 区水利局 | 1,260 |
| 文昌路拓宽 | 区住建局 | 4,030 |
"""


@pytest.fixture(scope="package")
def library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    root: Path = tmp_path_factory.mktemp("reader")
    (root / "corpus").mkdir()
    (root / "corpus" / "report.txt").write_text(REPORT, encoding="utf-8")
    (root / "corpus" / "table.md").write_text(TABLE, encoding="utf-8")
    with open_library(IndexSettings(root / "data"), "测试", create=True) as library:
        build_index([root / "corpus"], library)
        yield library
