"""Sentences that give figures of several names are read as tables, with their whole."""

from __future__ import annotations

import pytest

from index.listings.reader import read_listings
from index.listings.records import NAME, Listing
from index.load.text import read_text
from index.structure import read_structure

VARIANTS = [
    ("各镇完成额和完成率分别是：梅溪镇3.2亿元、81.0%，竹坪镇2.5亿元、64.4%，兰埠乡1.9亿元、70.1%。",
     ["完成额", "完成率"], ["梅溪镇", "竹坪镇", "兰埠乡"]),
    ("全区到位资金5400万元，其中中央2900万元、省级1700万元、区级800万元。", ["到位资金"], ["中央", "省级", "区级"]),
    ("全县共有隐患48处，其中：道路20处，桥梁16处，水库12处。", ["隐患"], ["道路", "桥梁", "水库"]),
    ("分档看：提前完成6个，完成投资4.1亿元；正常推进10个，完成投资7.3亿元；进度滞后5个，完成投资1.2亿元。",
     ["个数", "完成投资"], ["提前完成", "正常推进", "进度滞后"]),
    ("分行业看，工业类完成21.3亿元，为计划的71.0%；交通类完成10.4亿元，为计划的52.1%；民生类完成6.6亿元，为计划的60.0%。",
     ["完成", "占计划的比例"], ["工业类", "交通类", "民生类"]),
    ("松湖镇、桐山镇分别完成12.8亿元和8.9亿元。", ["完成"], ["松湖镇", "桐山镇"]),
    ("全县新签约项目18个。分承接地看：\n  高新区9个　柳林镇6个　石桥镇3个", ["签约项目"], ["高新区", "柳林镇", "石桥镇"]),
    ("本期得分如下：\n第1名　松湖镇　92.5分\n第2名　桐山镇　90.1分（上期第4）\n第3名　梅溪镇　88.0分",
     ["名次", "得分"], ["松湖镇", "桐山镇", "梅溪镇"]),
    ("按资金来源分，财政资金1.2亿元，银行贷款3.5亿元，企业自筹0.8亿元。", ["金额"], ["财政资金", "银行贷款", "企业自筹"]),
    ("各乡镇受益户数分别为：南坡乡120户，北岭乡95户，河口镇310户。", ["受益户数"], ["南坡乡", "北岭乡", "河口镇"]),
]  # fmt: skip
NONE = [
    "1—9月完成投资60.8亿元，同比增长13.8%，动工率87.0%，比序时进度低4.6个百分点。",
    "会议要求：10月底前完成征收，11月底前进场，12月底前完成投资3亿元。",
    "总体情况：安排项目46个，完成投资60.8亿元，占计划的70.4%。",
]


def _values(text: str) -> list[Listing]:
    loaded = read_text(f"松湖县重点项目情况通报\n\n{text}\n".encode())
    structure = read_structure(loaded, "文件.txt")
    return [one for one in read_listings(loaded.blocks, structure) if one.valued]


@pytest.mark.parametrize(("text", "heads", "names"), VARIANTS)
def test_names_with_figures_are_rows(text: str, heads: list[str], names: list[str]) -> None:
    (found,) = _values(text)
    assert list(found.heads) == [NAME, *heads]
    assert [row.cells[NAME].text for row in found.rows] == names


@pytest.mark.parametrize("text", NONE)
def test_measures_of_one_thing_are_no_rows(text: str) -> None:
    assert _values(text) == []


def test_the_whole_is_the_figure_that_the_parts_add_up_to() -> None:
    (found,) = _values(
        "1—9月完成投资7.6亿元。分镇看，甲山镇3.2亿元，乙水镇2.5亿元，丙桥镇1.9亿元。"
    )
    assert found.whole is not None
    assert found.whole.cells[found.heads[1]].text == "7.6亿元"


def test_a_figure_that_the_parts_do_not_make_up_is_no_whole() -> None:
    (found,) = _values(
        "1—9月完成投资9.6亿元。分镇看，甲山镇3.2亿元，乙水镇2.5亿元，丙桥镇1.9亿元。"
    )
    assert found.whole is None
