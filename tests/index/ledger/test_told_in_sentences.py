"""Projects told of in sentences: joined by “是”, one a clause, warned together, told of again."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from index.ledger.names import core_name
from index.ledger.status import status_of
from tests.index.ledger.conftest import Read

Reader = Callable[[str], Read]
TITLE = "东川市2024年三季度重点工程进展情况\n截至9月30日，全市重点项目情况如下。\n【江东县】\n"
NOTICE = "督办通知\n各区县：\n现将截至10月15日的情况通知如下。\n一、存在的问题\n"


@pytest.mark.parametrize(
    ("heading", "stage", "progress"),
    [
        ("3个未开工项目已经开工", "under_construction", None),
        ("2个滞后项目赶上了进度", None, "on_schedule"),
        ("仍有5个停工项目没有开工", "not_started", None),
        ("5个未开工项目实行限期办理", "not_started", None),
        ("正常的3个", None, "on_schedule"),
    ],
)
def test_what_is_said_of_a_class_goes_before_its_name(
    heading: str, stage: str | None, progress: str | None
) -> None:
    status = status_of(heading, heading=True)
    assert (status.stage, status.progress) == (stage, progress)


def test_the_words_that_join_names_to_their_number_are_no_part_of_them(read: Reader) -> None:
    found = read(
        TITLE + "竣工2个，为江东供水一期和老桥改建。进度正常3个，为滨湖泵站、竹艺园、县医院搬迁。\n"
        "仅江东光伏电站1个项目未开工。\n"
    )
    assert sorted(found.names) == sorted(
        ["江东供水一期", "老桥改建", "滨湖泵站", "竹艺园", "县医院搬迁", "江东光伏电站"]
    )


def test_parts_of_a_paragraph_that_count_a_state_each_are_read(read: Reader) -> None:
    found = read(
        TITLE
        + "竣工的1个，是江东湿地公园修复。正常的3个，是工业园厂房（三期）、竹艺园、管网全覆盖。\n"
        "滞后的2个，在全市最多。其中，县医院新院区（县卫健局）债券没有获得额度；"
        "石英砂深加工（县资源局）采矿证没有批下来。\n"
    )
    assert [(r.name, r.stage, r.progress) for r in found.ledger.records] == [
        ("江东湿地公园修复", "completed", None),
        ("工业园厂房（三期）", None, "on_schedule"),
        ("竹艺园", None, "on_schedule"),
        ("管网全覆盖", None, "on_schedule"),
        ("县医院新院区", None, "behind"),
        ("石英砂深加工", None, "behind"),
    ]


def test_a_state_in_other_words_ends_the_stretch_of_the_one_before(read: Reader) -> None:
    found = read(
        "东川市重点项目情况\n截至9月30日，已竣工4个，进度正常7个，进度滞后2个。\n【江东县】\n"
        "竣工的1个，是湿地公园修复。正常的3个，是工业园厂房（三期）、竹艺园、管网全覆盖。\n"
    )
    assert found.record("竹艺园").stage is None
    assert found.record("厂房").progress == "on_schedule"
    assert found.record("湿地").stage == "completed"


@pytest.mark.parametrize(
    "clauses",
    [
        "湖西大道改造（二期）于4月12日通车，老城“口袋公园”提升工程惠及居民1200户，第三小学南校区将于9月开学",
        "北环路扩建于3月1日通车，青山水库加固通过验收，人民医院新院区将于年底投用",
    ],
)
def test_as_many_clauses_as_are_counted_name_a_project_each(read: Reader, clauses: str) -> None:
    found = read(TITLE + f"已经完工的有3个：市城建集团实施的{clauses}。\n")
    assert len(found.names) == 3
    assert not [name for name in found.names if "于" in name or "惠" in name or "通过" in name]


def test_projects_that_began_on_days_of_their_own(read: Reader) -> None:
    found = read(
        NOTICE
        + "（一）3个未开工项目已经开工。竹制品产业园于10月1日开工，白龙水库加固于10月8日开工，"
        "江滨艺术中心于10月11日开工。\n（二）1个项目停工。鹤湖度假区因资金链断裂停工。\n"
    )
    begun = [r.name for r in found.ledger.records if r.stage == "under_construction"]
    assert begun == ["竹制品产业园", "白龙水库加固", "江滨艺术中心"]


@pytest.mark.parametrize(
    ("said", "told"),
    [("整改不力，予以黄牌警告", "黄牌警告"), ("推诿拖延，在全市通报批评", "通报批评")],
)
def test_projects_that_are_warned_together(read: Reader, said: str, told: str) -> None:
    found = read(
        NOTICE + "（一）仍有9个项目滞后。其中桐林路北段（K1至K2）、县医院新院区、赤水河堤防加固"
        f"3个项目{said}。\n"
        "桐林路北段（K1至K2）的占补指标仍差31亩；县医院新院区周转金到账后，分包纠纷没有了结；"
        "赤水河堤防加固现场只有12名工人。\n"
    )
    assert found.names == ["桐林路北段（K1至K2）", "县医院新院区", "赤水河堤防加固"]
    assert {r.progress for r in found.ledger.records} == {"behind"}
    assert all(told in (words or "") for words in found.column("status_text"))
    assert found.column("reason") == [
        "占补指标仍差31亩", "周转金到账后，分包纠纷没有了结", "现场只有12名工人",
    ]  # fmt: skip
    assert not found.findings("count")


@pytest.mark.parametrize("scale", ["年产6万吨", "50兆瓦", "3.2万亩", "总建筑面积1.5万平方米"])
def test_how_large_a_thing_is_is_no_reason(read: Reader, scale: str) -> None:
    found = read(
        TITLE + f"进度滞后2个：一是区工信局牵头的碳纤维生产线（{scale}），受原料涨价影响，"
        "企业放慢了建设；"
        "二是市建投集团承建的桐林路北段，林地手续没有办结。\n"
    )
    assert "原料涨价" in (found.field("碳纤维", "reason") or "")
    assert core_name(f"碳纤维生产线（{scale}）") == core_name("碳纤维生产线项目")


def test_a_phase_in_brackets_is_another_project() -> None:
    assert core_name("碳纤维生产线（二期）") != core_name("碳纤维生产线")


@pytest.mark.parametrize(
    ("status", "why"),
    [
        ("滞后", "财政配套资金缺口1800万元，实训楼无法施工"),
        ("未开工", "牵头企业撤出投资，正在重新招商"),
    ],
)
def test_why_one_project_is_late_stands_behind_its_owner(
    read: Reader, status: str, why: str
) -> None:
    found = read(TITLE + f"江东职业中专迁建1个项目{status}，责任单位为江东县教育局，{why}。\n")
    assert found.field("职业中专", "reason") == why
    assert found.field("职业中专", "unit") == "江东县教育局"


REPORT = (
    "白鹭区2025年三季度重点项目情况\n截至9月30日，全区重点项目情况如下。\n"
    "一、落在序时后面的有3个\n"
    "1．翠屏路改造。住建局负责，年计划4200万元，完成900万元。完成路基2公里。杆线没有迁移，作业面打不开。\n"
    "2．区档案馆。综合服务管理办公室牵头，年计划2600万元，完成700万元。主体封顶。幕墙材料供应不及时。\n"
    "3．南岸泵站。水务局负责，年计划1800万元，完成300万元。施工至正负零。配套资金没有到位。\n"
    "二、还没有动工的有3个\n"
    "1．云栖会议中心。文旅局负责，年计划9000万元，尚未形成投资。合作方更换，选址要重新论证。\n"
    "2．桃源水厂。水务局负责，年计划3000万元，还没有完成投资。取水许可没有办下来。\n"
    "3．北环立交。交通局负责，年计划1.2亿元，投资为零。可行性研究报告还在审查。\n"
)


def test_why_an_item_is_late_stands_behind_its_owner_its_money_and_what_was_built(
    read: Reader,
) -> None:
    found = read(REPORT)
    assert found.pairs("reason") == [
        ("翠屏路改造", "杆线没有迁移，作业面打不开"),
        ("区档案馆", "幕墙材料供应不及时"),
        ("南岸泵站", "配套资金没有到位"),
        ("云栖会议中心", "合作方更换，选址要重新论证"),
        ("桃源水厂", "取水许可没有办下来"),
        ("北环立交", "可行性研究报告还在审查"),
    ]
    assert found.field("区档案馆", "unit") == "综合服务管理办公室"


def test_what_was_built_stays_where_nothing_else_is_told(read: Reader) -> None:
    found = read(
        "白鹭区重点项目情况\n一、进度滞后的有2个\n"
        "1．翠屏路改造（完成路基2公里）\n2．南岸泵站（资金没有到位）\n"
    )
    assert found.names == ["翠屏路改造", "南岸泵站"]
    told = f"{found.field('翠屏路改造', 'reason')} {found.field('翠屏路改造', 'status_text')}"
    assert "完成路基2公里" in told
