"""Which leader answers for which projects."""

from collections.abc import Callable

from tests.index.ledger.conftest import Read

Reader = Callable[[str], Read]

NOTICE = (
    "甲县人民政府办公室\n关于县领导包联重点项目的通知\n\n各有关单位：\n现将包联安排通知如下。\n\n"
    "一、包联分工\n（一）县委书记宋启明：东岭水库、西桥改建。\n（二）县委副书记、县长陆远：南园小学。\n"
    "（三）副县长白若谷：北塔公园、城西冷库。\n\n二、要求\n每月到现场一次。\n"
)


def test_a_notice_gives_each_project_its_leader(read: Reader) -> None:
    assert read(NOTICE).pairs("leader") == [
        ("东岭水库", "县委书记宋启明"),
        ("西桥改建", "县委书记宋启明"),
        ("南园小学", "县委副书记、县长陆远"),
        ("北塔公园", "副县长白若谷"),
        ("城西冷库", "副县长白若谷"),
    ]


def test_other_lists_under_names_assign_nothing(read: Reader) -> None:
    other = NOTICE.replace("包联重点项目的通知", "分工的通知").replace("包联", "工作")
    assert read(other).pairs("leader") == []
