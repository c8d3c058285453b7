"""Paragraphs of which each segment between semicolons names one project first."""

from collections.abc import Callable

from tests.index.ledger.conftest import Read

Reader = Callable[[str], Read]

LATE = (
    "重点工程通报\n截至2024年5月31日。\n一、滞后的项目（5个）\n"
    "（一）资金类（2个）。甲河堤防加固（县水务局），分包单位周转不灵，机具无法进场；"
    "乙村养鸡场（县农业农村局，300万元），原选址占压林地，电力接入方案未定。\n"
    "（二）其他（3个）。丙镇车站由县交投集团负责，站前广场衔接方案未定；"
    "丁河二桥（北段）（县交通局）因管线迁改停等；戊区新建泵站，仍缺一台机组。\n"
)


def test_the_clauses_behind_a_name_are_said_of_it(read: Reader) -> None:
    found = read(LATE)
    assert found.names == [
        "甲河堤防加固",
        "乙村养鸡场",
        "丙镇车站",
        "丁河二桥（北段）",
        "戊区新建泵站",
    ]
    assert found.field("乙村养鸡场", "reason") == "原选址占压林地，电力接入方案未定"
    assert {record.progress for record in found.ledger.records} == {"behind"}


def test_the_unit_in_brackets_or_behind_by_is_the_projects(read: Reader) -> None:
    found = read(LATE)
    assert found.column("unit") == ["县水务局", "县农业农村局", "县交投集团", "县交通局", None]


def test_a_heading_of_a_kind_of_reason_classes_what_it_counts(read: Reader) -> None:
    found = read(LATE)
    assert [found.record(name).reason_kind for name in found.names[:2]] == ["funds", "funds"]


def test_units_in_brackets_prove_a_list_that_is_shorter_than_stated(read: Reader) -> None:
    found = read(
        "重点工程通报\n一、未开工的项目（4个）\n甲桥改造（县交通局），用地未批；"
        "乙站扩建（县水务局），资金未落实；丙路新建（县城管局），方案未定。\n"
    )
    assert found.names == ["甲桥改造", "乙站扩建", "丙路新建"]
    assert len(found.findings("count")) == 1


def test_a_county_owns_what_is_listed_behind_its_count(read: Reader) -> None:
    found = read(
        "重点工程通报\n一、滞后的项目\n县交投集团2个：甲高速公路、乙互通；东湾区1个：东湾大道改造；"
        "西河市1个：丙桥重建。甲高速公路已架梁，比计划早了半月。\n"
    )
    assert found.pairs() == [
        ("甲高速公路", "县交投集团"), ("乙互通", "县交投集团"),
        ("东湾大道改造", "东湾区"), ("丙桥重建", "西河市"),
    ]  # fmt: skip


def test_a_meetings_business_gives_no_status_to_what_it_treats(read: Reader) -> None:
    found = read(
        "党组会议纪要\n一、听取项目建设汇报，研究滞后和未开工项目\n1．甲河大桥。便道已抢通，"
        "9月10日前完成桩基，张三负责。\n2．乙镇水厂。图纸8月2日前重新报审。\n"
    )
    assert all(record.progress != "behind" for record in found.ledger.records)


def test_a_heading_over_parts_counts_what_they_list_together(read: Reader) -> None:
    short = LATE.replace(
        "；戊区新建泵站，仍缺一台机组", "；戊区新建泵站（县水务局），缺机组"
    ).replace("丙镇车站由县交投集团负责，", "丙镇车站（县交投集团），")
    assert read(short).findings("count") == []
    found = read(
        short.replace(
            "丁河二桥（北段）（县交通局）因管线迁改停等；",
            "己村冷库（县商务局），缺电；庚村水厂（县水务局），缺水；",
        )
        .replace("（3个）", "（5个）")
        .replace("（5个）\n", "（7个）\n")
    )
    assert any("写7个，各部分所列合计6个" in f.text for f in found.findings("count"))
