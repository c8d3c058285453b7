"""What prose in one file tells of the projects that a table in another names."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from index.build import build_index
from index.library import open_library
from index.settings import IndexSettings
from tests.conftest import WordCountEncoder

TABLE = (
    "全县重点项目表（截至2025年9月30日）\n\n"
    "| 序号 | 项目名称 | 责任单位 | 状态 |\n| --- | --- | --- | --- |\n"
    "| 1 | 长岭水库扩建 | 县水利局 | 停工 |\n| 2 | 松岭大桥 | 县交通局 | 滞后 |\n"
    "| 3 | 城西小学新建 | 县教育局 | 未开工 |\n| 4 | 柏溪老旧小区改造 | 柏溪镇 | 已完工 |\n"
)
PROSE = (
    "关于2025年1至9月重点项目进展的报告\n\n"
    "长岭水库扩建库底还有两户不肯搬，计划400万元，完成80万元。"
    "松岭大桥桩孔打到了暗河，桩型要换，计划900万元，完成100万元。"
    "城西小学新建图纸两次退回修改，300万元的计划没有开工。"
    "柏溪老旧小区改造26栋楼已全部完工。\n"
)


def test_prose_completes_the_projects_of_a_table(
    settings: IndexSettings, encoder: WordCountEncoder, write: Callable[[str, str], Path]
) -> None:
    with open_library(settings, "测试", create=True) as library:
        library.__dict__["encoder"] = encoder
        build_index([write("a.md", TABLE), write("b.txt", PROSE)], library)
        rows = library.ledger.rows
    reasons = {r.record.name: r.text("reason") for r in rows if r.text("reason")}
    assert reasons == {
        "长岭水库扩建": "库底还有两户不肯搬",
        "松岭大桥": "桩孔打到了暗河，桩型要换",
        "城西小学新建": "图纸两次退回修改",
    }
    assert "柏溪老旧小区改造26栋楼" not in {r.record.name for r in rows}
