"""Reports that go unit by unit or sector by sector, with counts in headings or first words."""

from collections.abc import Callable

from index.ledger.records import STATE
from tests.index.ledger.conftest import Read

Reader = Callable[[str], Read]

UNITS = (
    "关于前三季度全县重点项目推进情况的通报\n一、总体情况\n"
    "今年全县安排重点项目12个，截至9月底：完工4个，按计划推进3个，进度滞后2个，未开工3个。\n"
    "二、各单位推进情况\n"
    "1.松溪镇。负责项目4个，年度计划投资2.10亿元，完成1.30亿元，完成率61.9%。松溪水厂扩建、"
    "集镇停车场2个项目已完工并对外开放；松溪茶厂技改按计划推进；松溪敬老院未开工，原因是选址调整。\n"
    "2.临江经济开发区。负责项目5个，年度计划投资6.40亿元，完成4.20亿元。完工1个，为创业大道；"
    "按计划推进2个，为标准厂房二期、铜箔生产线；进度滞后2个，为冷链物流园（设备交货延期）、污水处理厂扩建（地质复杂）。\n"
    "3.县水利局。负责项目3个，年度计划投资1.00亿元，完成0.60亿元。东河堤防加固已完工；"
    "石门水库、西溪水库2个项目未开工，前者移民安置没有谈妥，后者可研报告尚未批复。\n"
    "三、存在问题\n"
    "一是前期工作慢。松溪敬老院、石门水库2个项目因用地问题未能开工，冷链物流园因设备问题进度滞后。\n"
)
SECTORS = (
    "# 平川区1—8月重点项目进展报告\n\n平川区重点办\n\n2025年9月5日\n\n## 一、总体情况\n\n"
    "今年安排重点项目12个。其中：已完工3个；完成年度投资计划的2个；按序时进度推进的3个；"
    "进度滞后的2个；尚未开工的2个。\n\n## 二、分领域进展\n\n### （一）交通（6个）\n\n"
    "交通项目年度计划投资5.20亿元，1—8月完成3.10亿元，占59.6％。完工的有2个，即南河镇的南河大桥"
    "和区交通局的环城北路。\n\n已完成年度投资计划1个：南河镇的南河产业路，路基、路面全部完成。\n\n"
    "滞后的有2个，均由区公路建设指挥部负责：省道改线工程（12户没有签约）；东山隧道（变更设计耗时较长）。\n\n"
    "没有开工的是区交通局的客运西站（用地没有批复）。\n\n### （二）教育（5个）\n\n"
    "教育项目年度计划投资2.00亿元，完成1.50亿元。其中已完工1个、完成年度投资计划1个、按序时推进3个、未开工1个。\n\n"
    "区教育局的实验小学综合楼已经完工。区教育局的第三中学食堂已完成年度投资计划。\n\n"
    "望江街道的望江幼儿园（5月开工）、区教育局的职教中心实训楼、平川一中体育馆按序时进度推进。\n\n"
    "区教育局的特教学校迁建未开工（选址没有确定）。\n"
)


def test_the_first_words_of_a_unit_count_its_projects_and_name_none(read: Reader) -> None:
    found = read(UNITS)
    assert len(found.names) == 12
    units = dict(found.pairs())
    assert units["松溪水厂扩建"] == units["集镇停车场"] == "松溪镇"
    assert units["铜箔生产线"] == units["创业大道"] == "临江经济开发区"
    assert dict(found.pairs(STATE))["集镇停车场"] == "完工"
    assert found.findings() == []


def test_what_is_told_of_one_project_goes_before_what_is_said_of_several(read: Reader) -> None:
    found = read(UNITS)
    assert found.field("松溪敬老院", "reason") == "选址调整"
    assert found.field("冷链物流园", "reason") == "设备交货延期"
    assert found.record("松溪敬老院").progress is None


def test_the_former_and_the_latter_have_a_reason_each(read: Reader) -> None:
    found = read(UNITS)
    assert found.field("石门水库", "reason") == "移民安置没有谈妥"
    assert found.field("西溪水库", "reason") == "可研报告尚未批复"
    assert found.record("西溪水库").reason_kind == "approval"


def test_states_in_other_words_than_the_overview_s_are_the_same(read_md: Reader) -> None:
    found = read_md(SECTORS)
    traffic = found.names[:6]
    assert len(found.names) == 12
    assert {"南河大桥", "环城北路", "南河产业路", "客运西站"} < set(traffic)
    assert found.record("客运西站").stage == "not_started"
    assert found.field("南河大桥", "unit") == "南河镇"
    assert found.field("东山隧道", "unit") == "区公路建设指挥部"
    assert found.record("南河产业路").progress == "met"


def test_a_part_that_counts_otherwise_than_it_lists_is_the_only_finding(read_md: Reader) -> None:
    found = read_md(SECTORS)
    assert [f.text for f in found.findings()] == ["“教育”原文写5个，所列为6个"]


def test_headings_of_demands_and_sentences_about_all_are_no_projects(read: Reader) -> None:
    found = read(
        "动员会召开\n今年全市安排重点项目40个，截至9月底已开工35个，完成投资20亿元，占年度计划的66%。\n"
        "五、下步工作要求\n（一）严管现场。加强冬季施工质量安全管理。\n（二）倒排工期。按周调度。\n"
    )
    assert found.names == []
