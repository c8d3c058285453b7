"""Tables in which a column judges each row, beside one that tells how far its works are."""

from collections.abc import Callable

import pytest

from index.ledger.records import STATE
from tests.index.ledger.conftest import Read

Table = Callable[..., Read]
WORKS = ("基础完成，设备进场", "东区拆除完毕，西区未动工", "完成立项", "6月底开园", "厂房建成一栋")


def _table(read_table: Table, heading: str, judgements: tuple[str, ...]) -> Read:
    head = ["序号", "项目名称", "责任单位", "形象进度", heading]
    names = ("松林冷库", "河口汽贸城改造", "云亭驿站", "文创园二期", "青坪牧场")
    rows = zip(names, WORKS, judgements, strict=True)
    return read_table(
        head, *([str(n), name, "县商务局", *row] for n, (name, *row) in enumerate(rows, 1))
    )


@pytest.mark.parametrize(
    "heading", ["进度评定", "督查结论", "当前状态判定", "推进评价", "是否滞后"]
)
def test_the_judgement_decides_and_not_what_is_built_of_a_part(
    read_table: Table, heading: str
) -> None:
    found = _table(read_table, heading, ("达序时", "滞后", "未开工", "已竣工", "滞后"))
    assert [(r.stage, r.progress) for r in found.ledger.records] == [
        ("under_construction", "on_schedule"),
        (None, "behind"),
        ("not_started", None),
        ("completed", None),
        (None, "behind"),
    ]
    assert found.column(STATE) == ["达序时", "滞后", "未开工", "已竣工", "滞后"]
    assert found.column("status_text") == list(WORKS)


@pytest.mark.parametrize("heading", ["上月状态", "计划状态", "年初状态"])
def test_a_judgement_of_another_time_does_not(read_table: Table, heading: str) -> None:
    found = _table(read_table, heading, ("达序时", "滞后", "未开工", "已竣工", "滞后"))
    assert found.record("河口汽贸城改造").stage == "not_started"


def test_of_judgements_of_several_days_the_latest_is_meant(read_table: Table) -> None:
    found = read_table(
        ["序号", "项目名称", "责任单位", "5月底评定", "6月底评定", "销号情况"],
        ["1", "松林冷库", "县商务局", "未开工", "滞后", "未销号"],
        ["2", "云亭驿站", "县文旅局", "未开工", "未开工", "未销号"],
        ["3", "文创园二期", "县文旅局", "滞后", "达序时", "已销号"],
        ["4", "青坪牧场", "县农业农村局", "滞后", "滞后", "未销号"],
    )
    assert found.record("松林冷库").progress == "behind"
    assert found.record("松林冷库").stage is None
    assert found.record("云亭驿站").stage == "not_started"
    assert found.column(STATE) == ["未销号", "未销号", "已销号", "未销号"]
    assert found.field("文创园二期", "status_text") == "达序时"


def test_a_column_of_things_names_the_rows_and_not_the_unit(read_table: Table) -> None:
    found = read_table(
        ["序号", "督办项目", "责任单位", "督办要求", "办结时限"],
        ["1", "白沙至柳林公路", "县交通局", "签完补偿协议", "2026年8月20日"],
        ["2", "鹿鸣隧道", "县交通局", "取得批复并动工", "2026年9月30日"],
        ["3", "金叶铝材", "县经开区管委会", "取得用地批复", "2026年9月15日"],
    )
    assert found.pairs() == [
        ("白沙至柳林公路", "县交通局"),
        ("鹿鸣隧道", "县交通局"),
        ("金叶铝材", "县经开区管委会"),
    ]
    assert {record.kind for record in found.ledger.records} <= {"project", "task"}


def test_a_cell_of_several_projects_names_none(read_table: Table) -> None:
    found = read_table(
        ["序号", "责任单位", "承担项目", "完成投资（万元）"],
        ["1", "县交通局", "鹿鸣隧道、白沙大桥", "300"],
        ["2", "县水利局", "南堰水库、北堰水库", "200"],
    )
    assert found.names == ["县交通局", "县水利局"]


def test_the_colour_of_a_card_is_but_a_name_beside_what_it_means(
    read: Callable[[str], Read],
) -> None:
    found = read(
        "关于实行挂牌督办的通知\n一、挂牌项目\n"
        "（一）红牌项目2个（未开工）：县商务局的松林冷库、县文旅局的云亭驿站。\n"
        "（二）黄牌项目2个（滞后）：县交通局的鹿鸣隧道、县水利局的南堰水库。\n"
    )
    assert [(r.stage, r.progress) for r in found.ledger.records] == [
        ("not_started", None),
        ("not_started", None),
        (None, "behind"),
        (None, "behind"),
    ]


def test_a_pace_that_is_defined_of_begun_projects_stays_a_pace(
    read: Callable[[str], Read],
) -> None:
    found = read(
        "云亭县重点项目督查报告\n截至6月底，完成率在60%以上的评为“达序时”；已开工但完成率不足60%的评为“滞后”；"
        "尚未动工的评为“未开工”。按此评定：\n——达序时项目2个，占50.0%。\n——滞后项目1个，占25.0%。\n"
        "——未开工项目1个，占25.0%。\n滞后项目1个：鹿鸣隧道。\n"
    )
    assert found.record("鹿鸣隧道").progress == "behind"


def test_a_list_by_states_below_a_unit_is_the_units_own(read: Callable[[str], Read]) -> None:
    found = read(
        "云亭县上半年重点项目推进情况报告\n一、各单位推进情况\n"
        "（一）县水利局。承担项目4个，年度计划投资4.80亿元，完成2.88亿元。其中已建成2个，即南堰水库除险加固、"
        "农村供水保障工程；进度滞后1个，即城乡供水水厂，上级补助资金没有到位；进度正常1个，即北堰灌区改造。\n"
        "（二）县教育局。承担项目2个，年度计划投资1.00亿元，完成0.50亿元。第三小学已建成；第五幼儿园进度正常。\n"
    )
    units = dict(found.pairs())
    assert units["南堰水库除险加固"] == units["城乡供水水厂"] == units["北堰灌区改造"] == "县水利局"
