"""Items that begin with a name and its owner, in sections by field."""

from collections.abc import Callable

from tests.index.ledger.conftest import Read

Reader = Callable[[str], Read]

REPORT = (
    "# 松溪县重点项目1—6月推进情况\n\n松溪县重点办　2025年7月3日\n\n## 一、总体情况\n\n"
    "今年安排项目8个。到6月30日，完工2个、快于序时2个、慢于序时2个、停工1个、尚未动工1个。\n\n"
    "分领域看：社会事业4个，完成0.4亿元，水利建设4个，完成0.3亿元。\n\n"
    "后面4个项目的卡点：用地和征拆2个（第3、8项）；资金1个（第4项）。\n\n"
    "## 二、社会事业项目\n\n共4个，年度计划投资0.84亿元。\n\n"
    "1. **县二小教学楼**。县教育局承担，今年安排1600万元。"
    "1600万元已全部完成，5月完工，6月启用。\n\n"
    "2. **敬老院扩建**。县民政局承担，今年安排2000万元，年底主体封顶。"
    "完成1500万元，走在序时前面。\n\n"
    "3. **中心医院门诊楼**。县卫健局承担，今年安排3000万元。"
    "完成700万元，尚有6户没有搬迁，慢于序时。\n\n"
    "4. **体育场看台**。县文体局承担，今年安排1800万元。"
    "完成400万元后，补助没有到账，5月起停工。\n\n"
    "## 三、水利项目\n\n共4个，年度计划投资0.50亿元。\n\n"
    "5. **南河堤防**。县水利局承担，今年安排1500万元。完成1400万元，4月已完工，余款待结算。\n\n"
    "6. **北塘泵站**。柳湾镇服务，今年安排1200万元。完成900万元，机组到位3台，快于序时。\n\n"
    "7. **东渠改造**。县水务公司承担，今年安排1300万元。"
    "完成300万元，管材两次流标，落在序时后面。\n\n"
    "8. **西坝水库**。县水利局承担，今年安排1000万元。"
    "到6月底没有发生投资，淹没区用地没有批复，一直没能动工。\n"
)


def test_every_item_is_read_alike(read_md: Reader) -> None:
    records = {r.name: r for r in read_md(REPORT).ledger.records}
    assert len(records) == 8
    assert records["体育场看台"].fields["unit"].text == "县文体局"
    assert records["体育场看台"].stage == "suspended"
    assert records["体育场看台"].fields["reason"].text == "补助没有到账"
    assert records["北塘泵站"].fields["unit"].text == "柳湾镇"
    assert records["西坝水库"].stage == "not_started"
    assert records["西坝水库"].fields["reason"].text == "淹没区用地没有批复"
    assert records["中心医院门诊楼"].fields["reason"].text == "尚有6户没有搬迁"


def test_the_last_clause_says_the_state_and_the_plan_none(read_md: Reader) -> None:
    records = {r.name: r for r in read_md(REPORT).ledger.records}
    assert (records["敬老院扩建"].stage, records["敬老院扩建"].progress) == (None, "ahead")
    assert records["东渠改造"].fields["state"].text == "慢于序时"
    assert records["南河堤防"].stage == "completed"
    assert records["县二小教学楼"].fields["status_text"].text == "5月完工"
    assert records["县二小教学楼"].fields["done_investment"].value == 1600


def test_fields_that_count_as_many_are_no_states(read_md: Reader) -> None:
    states = {r.fields["state"].text for r in read_md(REPORT).ledger.records}
    assert states == {"完工", "快于序时", "慢于序时", "停工", "尚未动工"}


def test_counts_by_number_give_the_cause(read_md: Reader) -> None:
    records = {r.name: r for r in read_md(REPORT).ledger.records}
    assert records["西坝水库"].fields["cause"].text == "用地和征拆"
    assert records["中心医院门诊楼"].reason_kind == "land"
    assert records["体育场看台"].reason_kind == "funds"
    assert "cause" not in records["东渠改造"].fields


def test_a_sum_is_checked_against_the_list_that_follows(read_md: Reader) -> None:
    assert [f for f in read_md(REPORT).ledger.findings if f.kind == "sum"] == []


def test_items_under_a_state_are_left_to_it(read_md: Reader) -> None:
    text = (
        "柳湾镇通报\n2025年6月\n一、停工项目（3个）\n"
        "1. 甲桥改造。县交通局负责，完成投资300万元，5月复工。\n"
        "2. 乙路拓宽。县住建局负责，完成投资200万元，资金没有到位。\n"
        "3. 丙渠治理。县水利局负责，完成投资100万元，用地未批。\n"
    )
    assert {r.stage for r in read_md(text).ledger.records} == {"suspended"}


def test_projects_pass_from_one_state_into_another(read: Reader) -> None:
    text = (
        "柳湾镇月报\n2025年9月5日\n北塘泵站和甲桥改造由慢于序时转为与序时持平：前者加了两个班组。\n"
        "东渠改造工程转为快于序时。\n丙渠治理工程在补助到位后，于8月12日开工。\n"
    )
    records = {r.name: r for r in read(text).ledger.records}
    assert records["北塘泵站"].progress == "on_schedule"
    assert records["甲桥改造"].progress == "on_schedule"
    assert records["东渠改造工程"].progress == "ahead"
    assert records["丙渠治理工程"].stage == "under_construction"


def test_a_reply_tells_of_the_project_of_its_proposal(read: Reader) -> None:
    text = (
        "关于县政协第8号提案的答复\n松教函〔2025〕3号\n何晓雯委员：\n"
        "您提出的《关于加快第三小学迁建的建议》收悉，现答复如下：\n"
        "新址占地30亩，设36个班，总投资1.2亿元。\n"
        "目前没有动工，主要是新址的用地指标没有下达。\n松溪县教育局\n2025年6月2日\n"
    )
    (record,) = read(text).ledger.records
    assert record.name == "第三小学迁建"
    assert record.stage == "not_started"
    assert record.fields["total_investment"].value == 12000
    assert record.fields["reason"].text == "新址的用地指标没有下达"
