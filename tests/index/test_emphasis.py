"""Marks of bold print in Markdown are passed over; those that mask a name are read."""

from __future__ import annotations

import pytest

from index.emphasis import bold_marks
from index.load.markdown import read_markdown
from index.reading import read_lines

BOLD = [
    ("**（一）培训服务。** 上半年办班6期。", "（一）培训服务。 上半年办班6期。"),
    ("1. **水费难收。** 收缴率只有六成。", "1. 水费难收。 收缴率只有六成。"),
    ("- **下一步**：抓紧招标", "- 下一步：抓紧招标"),
    ("**一、基本情况**", "一、基本情况"),
    ("全镇共有**13处**水窖，占**16.5%**。", "全镇共有13处水窖，占16.5%。"),
    ("印发**《用水管理办法》**并公示。", "印发《用水管理办法》并公示。"),
    ("**续建项目**24个，总投资96亿元。", "续建项目24个，总投资96亿元。"),
    ("- **民生类**共12件。", "民生类共12件。"),
    ("各村要**逐户核对台账**，月底前上报。", "各村要逐户核对台账，月底前上报。"),
]
MASKED = [
    "**要求，各单位抓紧。",
    "区委书记**主持会议，**强调了两点。",
    "由**公司承建，**镇和**村配合。",
    "**镇、**村：各报一份。",
    "**镇**3个项目没有开工。",
    "副县长**、局长**、主任**出席。",
]


@pytest.mark.parametrize(("source", "read"), BOLD)
def test_bold_is_passed_over(source: str, read: str) -> None:
    loaded = read_markdown(source.encode())
    assert loaded.text == source
    assert read_lines(loaded).reading.view().text.replace("- ", "") == read.replace("- ", "")


@pytest.mark.parametrize("source", MASKED)
def test_masks_are_read(source: str) -> None:
    assert not list(bold_marks(source))


def test_bold_cells_and_headings_are_their_words() -> None:
    source = (
        "## **二、用水**\n\n| **项目** | 户数 |\n|---|---|\n| **合计** | **30** |\n| **镇 | 4 |\n"
    )
    loaded = read_markdown(source.encode())
    said = [source[c.start : c.end] for b in loaded.blocks for c in b.cells]
    assert said == ["项目", "户数", "合计", "30", "**镇", "4"]
    assert [source[b.start : b.end] for b in loaded.blocks if b.kind == "heading"] == ["二、用水"]
