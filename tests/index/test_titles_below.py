"""Titles below a letterhead, or below what a portal puts above an article."""

from __future__ import annotations

from index.load.markdown import read_markdown
from index.structure import read_structure


def _title(text: str) -> str:
    return read_structure(read_markdown(text.encode()), "文件.md").documents[0].title


def test_a_letterhead_above_a_number_is_no_title() -> None:
    text = (
        "# 南渡区项目中心文件\n\n南项办〔2024〕5号\n\n关于开展集中攻坚的通知\n\n"
        "各镇：\n\n请照办。\n"
    )
    assert _title(text) == "关于开展集中攻坚的通知"


def test_the_name_of_a_portal_is_no_title_nor_is_how_a_page_is_filed() -> None:
    text = (
        "南渡区人民政府门户网站\n\n首页 > 信息公开 > 重点项目\n\n| 索引号 | 发布机构 |\n|---|---|\n"
        "| ND-3 | 区项目中心 |\n\n# 南渡区2024年重点项目建设进展\n\n各镇抓紧推进，进展总体平稳。\n"
    )
    assert _title(text) == "南渡区2024年重点项目建设进展"
