"""A report of one year answers nothing about another."""

from __future__ import annotations

from pathlib import Path

from tests.assistant.ledger.conftest import opened

REPORT = """榕江县2031年上半年水利项目情况报告
2031年7月6日
全县42个水利补短板项目，年度计划投资12.40亿元，上半年完成投资5.10亿元，未开工9个。
"""


def test_other_year_is_not_answered(tmp_path: Path) -> None:
    with opened(tmp_path, {"报告.txt": REPORT}) as desk:
        other = desk.ask("2032年全县水利补短板项目计划投资多少亿元？")
        same = desk.ask("2031年全县水利补短板项目计划投资多少亿元？")
    assert other.refused
    assert "12.40亿元" in same.answer
