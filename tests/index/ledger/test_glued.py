"""Owners that stand right before the names of their projects."""

from collections.abc import Callable

from tests.index.ledger.conftest import Read

Reader = Callable[[str], Read]
REPORT = (
    "云亭区1—9月重点项目推进情况报告\n今年安排重点项目11个，截至9月底：已交付4个，序时内4个，欠序时3个。\n"
    "一、分领域进展\n（一）交通。共5个项目，年度计划投资2.60亿元，完成1.12亿元。\n"
    "已交付2个：区住建局凤鸣路北段改造、区城管局东大道路灯提升。\n"
    "序时内2个：区住建局环西路延伸、纬六路新建。\n欠序时1个：区交通局南塬快速路，7户企业未签约。\n"
    "（二）住房。共6个项目，年度计划投资3.30亿元，完成2.28亿元。\n"
    "已交付2个：区住建局东关小区改造、和顺安置房。\n"
    "序时内2个：区住房保障中心青年公寓、柳湾安置区二期。\n"
    "欠序时2个：区住房保障中心老机床厂棚户区改造，23户纠纷未解决；桥头镇政府桥头安置区，用工不足。\n"
)


def test_an_office_whose_name_ends_like_a_projects_is_parted_from_it(read: Reader) -> None:
    units = dict(read(REPORT).pairs())
    assert units["青年公寓"] == units["柳湾安置区二期"] == "区住房保障中心"
    assert units["老机床厂棚户区改造"] == "区住房保障中心"
    assert units["桥头安置区"] == "桥头镇政府"
    assert units["环西路延伸"] == "区住建局"


def test_an_offices_house_stays_the_project(read: Reader) -> None:
    found = read(REPORT.replace("东关小区改造", "区文化中心改造工程"))
    assert "区文化中心改造工程" in found.names


def test_where_no_other_owner_stands_so_nothing_is_parted(read: Reader) -> None:
    found = read(
        "云亭区重点项目通报\n一、未开工项目（2个）\n区养老中心护理公寓、西山水库大坝加固。\n"
    )
    assert "区养老中心护理公寓" in found.names
