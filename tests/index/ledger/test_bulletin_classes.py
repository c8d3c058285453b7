"""Bulletins that sort problems by their own words: “【销号的3个】”, “【逾期未销号的2个】”."""

from __future__ import annotations

from pathlib import Path

from index.ledger.reader import read_ledger
from index.ledger.records import STATE, FileLedger
from index.load import load_file
from index.structure import read_structure

BULLETIN = """关于区级重点项目问题销号情况的通报

区督查室对清单上的6个项目逐个核查。截至11月30日，销号3个，逾期未销号2个，调出重点项目盘子1个。

【销号的3个】
1. 望江路改造：管线探明，剩余2公里11月12日铺完。
2. 西郊消防站：概算调整获批，11月24日动工。
3. 梅岭水厂扩建：11月9日动工。

【逾期未销号的2个】
1. 青禾饲料厂（区工业园管委会）：设备卡在海关，现仍未安装。
2. 东湖公园（区城投公司）：垫付的500万元刚到账，工人只有20余名。
"""
REPORT = """临江区2024年重点项目情况报告

全区重点项目24个，年度计划投资20.00亿元。各类投资见下表（单位：亿元）。

| 建设状态 | 项目数（个） | 年度计划投资 | 完成投资 |
| --- | --- | --- | --- |
| 已竣工 | 10 | 8.00 | 8.00 |
| 进度滞后 | 8 | 7.00 | 3.00 |
| 未开工 | 4 | 3.00 | 0.00 |
| 停工 | 2 | 2.00 | 0.50 |

问题项目共14个，其中进度滞后8个、未开工4个、停工2个，年度计划投资合计{stated}亿元。
"""


def _read(tmp_path: Path, text: str, name: str = "通报.md") -> FileLedger:
    file = tmp_path / name
    file.write_text(text, encoding="utf-8")
    loaded = load_file(file)
    return read_ledger(loaded.blocks, read_structure(loaded, name))


def test_each_item_is_in_the_class_that_heads_it(tmp_path: Path) -> None:
    records = _read(tmp_path, BULLETIN, "通报.txt").records
    classes = {r.name: r.fields[STATE].text for r in records if STATE in r.fields}
    assert classes == {
        "望江路改造": "销号", "西郊消防站": "销号", "梅岭水厂扩建": "销号",
        "青禾饲料厂": "逾期未销号", "东湖公园": "逾期未销号",
    }  # fmt: skip


def test_off_the_list_says_nothing_of_the_stage(tmp_path: Path) -> None:
    records = {r.name: r for r in _read(tmp_path, BULLETIN, "通报.txt").records}
    assert records["望江路改造"].stage is None
    assert records["青禾饲料厂"].stage is None
    assert records["西郊消防站"].stage == "under_construction"
    assert records["东湖公园"].fields["unit"].text == "区城投公司"


def test_a_sum_of_states_is_checked_against_the_overview(tmp_path: Path) -> None:
    wrong = _read(tmp_path, REPORT.format(stated="13.00")).findings
    assert [f.text for f in wrong] == [
        "“进度滞后、未开工、停工”的计划投资写13.00亿元，表中各行相加为12亿元"
    ]
    assert not _read(tmp_path, REPORT.format(stated="12.00")).findings


def test_a_bracketed_unit_behind_each_group_is_that_of_all_in_it(tmp_path: Path) -> None:
    text = (
        "临江区重点项目进展\n\n有6个项目快于序时，分别是：北环路、南桥扩建（区交通局）；"
        "云溪泵站、石坝加固（区水利局）；新城小学、梅岭幼儿园（区教育局）。\n"
    )
    units = {r.name: r.fields["unit"].text for r in _read(tmp_path, text, "进展.txt").records}
    assert units == {
        "北环路": "区交通局", "南桥扩建": "区交通局", "云溪泵站": "区水利局",
        "石坝加固": "区水利局", "新城小学": "区教育局", "梅岭幼儿园": "区教育局",
    }  # fmt: skip
