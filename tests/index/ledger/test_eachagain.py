"""Sentences that tell of several projects at once, and then of each by its name."""

from collections.abc import Callable

from index.ledger.merging import ALSO
from tests.index.ledger.conftest import Read

Reader = Callable[[str], Read]
REPORT = (
    "云亭县上半年重点项目推进情况报告\n今年全县安排重点项目12个，截至6月底：已建成3个，进度正常5个，进度滞后4个。\n"
    "一、各单位推进情况\n"
    "（一）县住建局。承担项目6个，年度计划投资4.20亿元，完成2.10亿元。迎春大道改造、湖滨公园二期、北苑安置小区"
    "3个项目进度正常，迎春大道改造路基已全部完成，湖滨公园二期正在栽植苗木，北苑安置小区12栋楼已有9栋封顶。"
    "第二水质净化厂提标、西门片区棚户区改造2个项目进度滞后：第二水质净化厂提标因进口膜组件到货推迟，设备安装晚了约40天；"
    "西门片区棚户区改造还有11户没有签订征收补偿协议，地块不能整体交付。环卫停车场已建成使用。\n"
    "（二）县交通局。承担项目6个，年度计划投资3.60亿元，完成1.30亿元。白石公路改建和农村公路危桥改造已建成通车。"
    "沙溪大桥重建主桥墩全部出水，完成总工程量的64%，城乡公交站场主体完工，两个项目进度正常。"
    "环城公路东段进度滞后，占用林地的审批手续没有办结；汽车南站进度滞后，原施工单位中途退场。\n"
)


def test_each_project_has_the_reason_told_by_its_name(read: Reader) -> None:
    found = read(REPORT)
    assert found.field("西门片区棚户区改造", "reason") == (
        "还有11户没有签订征收补偿协议，地块不能整体交付"
    )
    assert found.record("西门片区棚户区改造").reason_kind == "demolition"
    assert "膜组件" in (found.field("第二水质净化厂提标", "reason") or "")
    assert found.field("西门片区棚户区改造", "status_text") == "进度滞后"


def test_each_project_has_the_news_told_by_its_name(read: Reader) -> None:
    found = read(REPORT)
    assert found.field("湖滨公园二期", "status_text") == "正在栽植苗木"
    assert found.field("北苑安置小区", "status_text") == "12栋楼已有9栋封顶"
    assert found.field("迎春大道改造", ALSO) == "进度正常"


def test_news_of_one_of_two_are_none_of_the_other(read: Reader) -> None:
    found = read(
        "云亭县1—8月重点项目通报\n一、教育\n云亭一中新校区、职教中心实训楼2个项目进度正常，云亭一中新校区教学楼已封顶。"
        "高标准农田建设、稻虾示范基地2个项目进度滞后，其中高标准农田今年任务4.2万亩，只完成1.3万亩。\n"
    )
    assert "封顶" not in (found.field("职教中心实训楼", "status_text") or "")
    assert "1.3万亩" not in (found.field("稻虾示范基地", "reason") or "")


def test_a_clause_that_sums_up_tells_of_the_projects_before_it(read: Reader) -> None:
    found = read(REPORT)
    for name in ("沙溪大桥重建", "城乡公交站场"):
        assert found.record(name).progress == "on_schedule"
        assert found.field(name, "unit") == "县交通局"


def test_the_units_number_parts_two_projects_joined_by_and(read: Reader) -> None:
    found = read(REPORT)
    assert found.field("白石公路改建", "status_text") == "已建成通车"
    assert found.record("农村公路危桥改造").stage == "completed"
    assert len(found.names) == 12


def test_what_a_unit_is_to_do_is_no_state(read: Reader) -> None:
    found = read(
        "云亭县重点项目专题调度会会议纪要\n2026年7月8日\n会议研究了2个项目的问题。纪要如下：\n"
        "一、关于环城公路东段。由县林业局派专人对接，8月10日前办结占用林地审批手续；县交通局先组织不涉及林地的路段施工。\n"
        "二、关于西门片区棚户区改造。由城东街道牵头，对没有签约的11户逐户上门做工作，8月底前全部签约。\n"
    )
    record = found.record("环城公路东段")
    assert record.stage is None
    assert "status_text" not in record.fields


def test_the_beginning_of_a_name_is_enough_behind_owners_in_brackets(read: Reader) -> None:
    found = read(
        "云亭区重点项目通报\n截至6月底。\n一、生态\n银湖湿地公园一期（区林业局）、口袋公园建设（区城管局）2个项目已完工，"
        "其中口袋公园建成12处。\n"
    )
    assert found.field("口袋公园建设", "status_text") == "建成12处"
    assert "12处" not in (found.field("银湖湿地公园一期", "status_text") or "")
