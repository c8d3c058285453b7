"""Lists in running text, read into records."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.index.ledger.conftest import Read

Reader = Callable[[str], Read]
TITLE = "青川区2024年三季度重点项目进展情况\n"

OWNERS = (
    TITLE + "截至9月底，有5个项目未开工，分别是：区住建局的东湖改造项目（资金未到位）、西苑小区"
    "改造项目；区交通局的北环路工程、南门桥工程（征地未完成）；开发区的标准厂房项目。\n"
)


def test_all_items_are_read_in_order(read: Reader) -> None:
    expected = ["东湖改造项目", "西苑小区改造项目", "北环路工程", "南门桥工程", "标准厂房项目"]
    assert read(OWNERS).names == expected


def test_an_owner_holds_until_the_next_one(read: Reader) -> None:
    expected = ["区住建局", "区住建局", "区交通局", "区交通局", "开发区"]
    assert read(OWNERS).column("unit") == expected


def test_a_reason_belongs_to_the_item_that_it_stands_behind(read: Reader) -> None:
    expected = ["资金未到位", None, None, "征地未完成", None]
    assert read(OWNERS).column("reason") == expected


def test_the_lead_in_gives_status_and_date(read: Reader) -> None:
    found = read(OWNERS)
    assert {r.stage for r in found.ledger.records} == {"not_started"}
    assert set(found.column("as_of")) == {"9月底"}


def test_the_list_knows_how_many_it_announces(read: Reader) -> None:
    (roster,) = read(OWNERS).ledger.rosters
    assert roster.stated is not None
    assert (roster.stated.text, roster.stated.value) == ("5", 5.0)


def test_a_list_may_be_parted_by_comma_between_owners_and_semicolon(read: Reader) -> None:
    found = read(
        TITLE + "一、进度滞后的项目（6个）\n"
        "区水利局的青河治理、白河清淤，区教育局的一中扩建、二小迁建；高新区的孵化园、人才公寓。\n"
    )
    assert found.pairs() == [
        ("青河治理", "区水利局"),
        ("白河清淤", "区水利局"),
        ("一中扩建", "区教育局"),
        ("二小迁建", "区教育局"),
        ("孵化园", "高新区"),
        ("人才公寓", "高新区"),
    ]


def test_an_owner_may_stand_before_a_colon(read: Reader) -> None:
    found = read(
        TITLE + "一、已竣工项目（3个）\n区住建局：东湖花园、西湖花园；区交通局：北环路。\n"
    )
    assert found.pairs() == [
        ("东湖花园", "区住建局"),
        ("西湖花园", "区住建局"),
        ("北环路", "区交通局"),
    ]


def test_an_owner_may_be_introduced_by_responsible(read: Reader) -> None:
    found = read(
        TITLE + "停工的3个项目是：由区住建局负责的东湖花园、西湖花园，由区交通局负责的北环路。\n"
    )
    assert found.pairs() == [
        ("东湖花园", "区住建局"),
        ("西湖花园", "区住建局"),
        ("北环路", "区交通局"),
    ]


def test_an_owner_may_stand_in_the_parenthesis(read: Reader) -> None:
    found = read(
        TITLE + "停工的2个项目是：东湖花园项目（区住建局，资金未到位）、"
        "北环路项目（区交通局，征地未完成）。\n"
    )
    assert found.pairs() == [("东湖花园项目", "区住建局"), ("北环路项目", "区交通局")]
    assert found.column("reason") == ["资金未到位", "征地未完成"]


def test_a_comma_list_mark_inside_quotes_is_part_of_the_name(read: Reader) -> None:
    found = read(
        TITLE + "未开工的项目有2个，分别是：区文旅局的“山、水、城”景观带项目；"
        "区住建局的文化馆项目。\n"
    )
    assert found.names == ["“山、水、城”景观带项目", "文化馆项目"]


def test_a_comma_list_mark_inside_parentheses_is_part_of_the_name(read: Reader) -> None:
    found = read(
        TITLE + "未开工的项目有2个，分别是：区住建局的老旧小区（和平里、建设里）改造项目、"
        "文化馆项目。\n"
    )
    assert found.names == ["老旧小区（和平里、建设里）改造项目", "文化馆项目"]


def test_the_owner_mark_inside_a_name_is_kept(read: Reader) -> None:
    found = read(
        TITLE + "未开工的项目有2个，分别是：区教育局的“孩子的家”托育项目、二小迁建项目。\n"
    )
    assert found.names == ["“孩子的家”托育项目", "二小迁建项目"]


def test_a_name_with_and_inside_stays_one(read: Reader) -> None:
    found = read(
        TITLE + "已竣工的项目有2个，分别是：区卫健委的县医院及传染病区扩建项目、县中医院项目。\n"
    )
    assert found.names == ["县医院及传染病区扩建项目", "县中医院项目"]


@pytest.mark.parametrize("count", [2, 3])
def test_the_stated_count_tells_whether_and_joins_two_items(read: Reader, count: int) -> None:
    listed = (
        "县中医院、妇幼保健院和托育中心" if count == 3 else "县中医院、妇幼保健院和托育中心项目"
    )
    found = read(TITLE + f"已竣工的项目有{count}个，分别是：区卫健委的{listed}。\n")
    assert len(found.names) == count


def test_the_last_two_items_joined_by_and_are_two(read: Reader) -> None:
    found = read(
        TITLE + "已竣工的项目有3个，分别是：区卫健委的县医院及传染病区扩建项目、"
        "县中医院项目和妇幼保健院项目。\n"
    )
    assert found.names == ["县医院及传染病区扩建项目", "县中医院项目", "妇幼保健院项目"]


@pytest.mark.parametrize("name", ["和平医院项目", "和谐花园", "及第路项目"])
def test_a_name_may_begin_with_a_word_for_and(read: Reader, name: str) -> None:
    found = read(TITLE + f"已竣工的项目有2个，分别是：区卫健委的康复医院项目、{name}。\n")
    assert found.names == ["康复医院项目", name]


def test_a_shared_head_is_put_before_a_bare_phase(read: Reader) -> None:
    found = read(
        TITLE + "有3个项目停工，分别是：区住建局的滨河花园一期、二期；区交通局的北环路。\n"
    )
    assert found.pairs() == [
        ("滨河花园一期", "区住建局"),
        ("滨河花园二期", "区住建局"),
        ("北环路", "区交通局"),
    ]


def test_a_shared_head_is_cited_where_both_parts_stand(read: Reader) -> None:
    found = read(TITLE + "有2个项目停工，分别是：区住建局的滨河花园一期、二期。\n")
    words = found.record("二期").fields["name"]
    assert [found.text[a:b] for a, b in words.spans] == ["滨河花园", "二期"]


def test_a_shared_head_and_tail_are_put_around_a_bare_number(read: Reader) -> None:
    found = read(TITLE + "有2个项目停工，分别是：区工信局的电子产业园1号、2号厂房项目。\n")
    assert "电子产业园2号厂房项目" in found.names


def test_and_so_on_n_projects_is_no_part_of_the_last_name(read: Reader) -> None:
    found = read(TITLE + "区住建局的朝阳路、文昌路，区水利局的东湖清淤等12个项目已竣工。\n")
    assert found.pairs() == [
        ("朝阳路", "区住建局"),
        ("文昌路", "区住建局"),
        ("东湖清淤", "区水利局"),
    ]


def test_the_number_behind_and_so_on_is_kept_as_announced(read: Reader) -> None:
    found = read(TITLE + "区住建局的朝阳路、文昌路，区水利局的东湖清淤等12个项目已竣工。\n")
    (roster,) = found.ledger.rosters
    assert roster.announced is not None
    assert roster.announced.value == 12.0
    assert {r.stage for r in found.ledger.records} == {"completed"}


def test_figures_in_parentheses_are_amounts_of_that_item(read: Reader) -> None:
    found = read(
        TITLE + "已开工的项目有2个，分别是：区交通局的南环路（总投资2.4亿元，完成投资3000万元，"
        "完成率12.5％）、区水利局的水库加固（总投资８００万元）。\n"
    )
    assert found.amounts("total_investment") == [24000.0, 800.0]
    assert found.amounts("done_investment") == [3000.0, None]
    assert found.amounts("percent") == [12.5, None]


def test_figures_and_a_labelled_reason_share_a_parenthesis(read: Reader) -> None:
    found = read(
        TITLE + "未开工的项目有2个，分别是：区交通局的南环路（总投资2.4亿元；原因：征地拆迁"
        "难度大）、区水利局的水库加固（设计变更）。\n"
    )
    assert found.column("reason") == ["征地拆迁难度大", "设计变更"]
    assert found.amounts("total_investment") == [24000.0, None]


def test_figures_and_a_bare_reason_share_a_parenthesis(read: Reader) -> None:
    found = read(
        TITLE + "未开工的项目有2个，分别是：区交通局的南环路（总投资2.4亿元，征地拆迁难度大）、"
        "区水利局的水库加固（设计变更，总投资800万元）。\n"
    )
    assert found.column("reason") == ["征地拆迁难度大", "设计变更"]


def test_a_reason_said_of_all_goes_to_each(read: Reader) -> None:
    found = read(
        TITLE + "未开工项目3个，分别是：区住建局的东湖花园、西湖花园，均因资金不足未开工；"
        "区交通局的北环路（征地未完成）。\n"
    )
    assert [r.reason_kind for r in found.ledger.records] == ["funds", "funds", "land"]
    assert all("资金不足" in str(reason) for reason in found.column("reason")[:2])


def test_a_page_number_inside_a_name_is_bridged(read: Reader) -> None:
    found = read(
        TITLE + "截至9月底，3个项目未开工，分别是：区住建局的芙蓉\n商厦项目（资金困难）；"
        "区交通局的滨河\n－2－\n大道项目（征地未完成）、新区大桥项目。\n"
    )
    assert found.names == ["芙蓉商厦项目", "滨河大道项目", "新区大桥项目"]


def test_the_span_of_a_broken_name_covers_the_debris(read: Reader) -> None:
    found = read(
        TITLE + "截至9月底，2个项目未开工，分别是：区住建局的芙蓉商厦项目；"
        "区交通局的滨河\n－2－\n大道项目。\n"
    )
    words = found.record("滨河").fields["name"]
    assert [found.text[a:b] for a, b in words.spans] == ["滨河\n－2－\n大道项目"]


def test_a_reason_broken_by_a_page_number_is_whole(read: Reader) -> None:
    found = read(
        TITLE + "截至9月底，2个项目未开工，分别是：区住建局的芙蓉商厦项目（资金\n－2－\n困难）；"
        "区交通局的滨河大道项目（征地未完成）。\n"
    )
    assert found.column("reason") == ["资金困难", "征地未完成"]


SECTIONS = (
    TITLE + "一、已竣工项目（3个）\n区住建局的东湖花园、西湖花园；区交通局的北环路。\n"
    "二、未开工项目（2个）\n区水利局的白河清淤、青河治理。\n"
)


def test_the_heading_of_a_section_gives_the_status(read: Reader) -> None:
    stages = [(r.name, r.stage) for r in read(SECTIONS).ledger.records]
    assert stages == [
        ("东湖花园", "completed"),
        ("西湖花园", "completed"),
        ("北环路", "completed"),
        ("白河清淤", "not_started"),
        ("青河治理", "not_started"),
    ]


def test_each_section_is_a_list_with_its_own_count(read: Reader) -> None:
    stated = [roster.stated.value for roster in read(SECTIONS).ledger.rosters if roster.stated]
    assert stated == [3.0, 2.0]


def test_a_heading_without_a_count_heads_a_list_of_a_district_office(read: Reader) -> None:
    found = read(
        TITLE + "一、已竣工项目\n区住建局的东湖花园、西湖花园；区交通局的北环路。\n"
        "二、未开工项目\n区水利局的白河清淤、青河治理。\n"
    )
    assert found.names == ["东湖花园", "西湖花园", "北环路", "白河清淤", "青河治理"]


def test_one_of_several_counts_is_that_of_the_list(read: Reader) -> None:
    found = read(
        TITLE + "全区重点项目20个，其中竣工5个，在建12个，未开工3个。"
        "未开工的分别是：区住建局的东湖花园、西湖花园；区交通局的北环路。\n"
    )
    assert found.names == ["东湖花园", "西湖花园", "北环路"]
    assert {r.stage for r in found.ledger.records} == {"not_started"}
    assert found.findings() == []


def test_a_list_of_cancelled_projects_has_stage_and_reasons(read: Reader) -> None:
    found = read(
        TITLE + "取消的项目有2个，分别是：区工信局的电池厂（投资方退出）、区商务局的冷链市场。\n"
    )
    assert [r.stage for r in found.ledger.records] == ["cancelled", "cancelled"]
    assert found.column("reason") == ["投资方退出", None]


@pytest.mark.parametrize(
    "text",
    [
        "青川区召开干部大会\n会议强调，要加强学习、改进作风、狠抓落实。区长王伟出席会议并讲话。\n",
        "青川区召开防汛会议\n参加会议的有：区水利局、区应急局、区气象局的负责人。\n",
        "青川区创建工作总结\n一是抓宣传、抓教育；二是抓整治、抓提升；三是抓督查、抓考核。\n",
        "青川区招商情况\n我区有交通、区位、人才、市场等优势，正在加快建设。\n",
    ],
)
def test_running_text_that_lists_no_projects_gives_no_records(read: Reader, text: str) -> None:
    assert read(text).names == []


def test_a_county_before_the_reason_is_who_answers_for_the_item(read: Reader) -> None:
    text = (
        "关于上半年重点项目的通报\n二、进度滞后项目（2个）\n"
        "1.青峰环线公路（青峰县，配套资金未到位）；\n"
        "2.都峦物流园二期（都峦市，接轨方案未批复）。\n"
    )
    found = read(text)
    assert found.column("unit") == ["青峰县", "都峦市"]
    assert found.column("reason") == ["配套资金未到位", "接轨方案未批复"]


def test_those_besides_which_a_list_is_given_are_not_its_count(read: Reader) -> None:
    found = read(
        "青川区2024年重点项目进展情况\n除上述40个重点项目外，2个储备项目启动了前期工作，"
        "分别是：区住建局的东湖花园项目；区交通局的北环路项目。\n"
    )
    assert found.findings() == []
    assert found.names == ["东湖花园项目", "北环路项目"]


@pytest.mark.parametrize(
    ("lead", "stage", "progress"),
    [
        ("6个滞后项目中，有2个赶上了计划", None, "on_schedule"),
        ("9个未开工事项中，目前已有2个动了工", "under_construction", None),
        ("4个停工项目中，有2个已经复工", "under_construction", None),
    ],
)
def test_some_of_a_class_stand_where_they_are_said_to_stand_by_now(
    read: Reader, lead: str, stage: str | None, progress: str | None
) -> None:
    found = read(f"督办通报\n一、进展\n{lead}：榆林路改造、松江片区院落整治（2个小区）。\n").ledger
    assert [(r.name, r.stage, r.progress) for r in found.records] == [
        ("榆林路改造", stage, progress),
        ("松江片区院落整治", stage, progress),
    ]
    assert all("reason" not in record.fields for record in found.records)
    assert [r.stated.text if r.stated else None for r in found.rosters] == ["2"]
