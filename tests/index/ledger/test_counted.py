"""Sections that count their projects, and running text that tells of as many as a heading says."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.index.ledger.conftest import Read

Reader = Callable[[str], Read]
TITLE = "关于2025年三季度区级重点项目推进情况的通报\n各镇街：\n"
UNITS = TITLE + (
    "一、已完工项目（4个）\n"
    "1．区住建局（2个）。（1）青阳路改造工程，5月通车；（2）月湖口袋公园，6月对外开放。\n"
    "2．区水利局（2个）\n"
    "（1）柳河清淤：已通过验收；\n"
    "（2）东堰泵站：已投用。\n"
    "二、进度滞后项目（3个）\n"
    "1、区住建局2个：（1）老城管网（一批），年计划800万元，完成300万元，占37%（管材两次流标）；"
    "（2）石桥旧改（11户未签约）。\n"
    "2、白塔镇1个：白塔集贸市场改造（摊主不愿搬）。\n"
    "三、要求\n抓紧整改。\n"
)
SIGNED = TITLE + (
    "一、进度滞后（2个，完成投资1.6亿元）\n"
    "红星数据中心：总投资4亿元，完成1.1亿元。能耗指标没有批复，设备不能进场。（投资合作局）\n"
    "竹溪河治理。总投资1.2亿元，完成0.5亿元。沿线管线复杂，施工降效。（生态环境分局）\n"
    "二、未开工（1个）\n"
    "（一）古窑遗址公园：选址为原砖厂地块，文物勘探没有结束。（区文旅局）\n"
    "三、要求\n抓紧整改。\n"
)


def test_items_within_a_paragraph_and_below_units_are_all_read(read: Reader) -> None:
    found = read(UNITS)
    assert found.pairs() == [
        ("青阳路改造工程", "区住建局"),
        ("月湖口袋公园", "区住建局"),
        ("柳河清淤", "区水利局"),
        ("东堰泵站", "区水利局"),
        ("老城管网（一批）", "区住建局"),
        ("石桥旧改", "区住建局"),
        ("白塔集贸市场改造", "白塔镇"),
    ]
    assert found.findings("count") == []
    assert [r.stage for r in found.ledger.records[:4]] == ["completed"] * 4
    assert [r.progress for r in found.ledger.records[4:]] == ["behind"] * 3
    assert found.column("reason")[4:] == ["管材两次流标", "11户未签约", "摊主不愿搬"]
    assert found.amounts("done_investment")[4] == 300


def test_a_heading_that_counts_otherwise_than_its_groups_is_a_finding(read: Reader) -> None:
    (finding,) = read(UNITS.replace("已完工项目（4个）", "已完工项目（5个）")).findings("count")
    assert "5" in finding.text
    assert "4" in finding.text


def test_a_paragraph_a_project_is_signed_by_its_unit(read: Reader) -> None:
    found = read(SIGNED)
    assert found.pairs() == [
        ("红星数据中心", "投资合作局"),
        ("竹溪河治理", "生态环境分局"),
        ("古窑遗址公园", "区文旅局"),
    ]
    assert found.column("reason") == [
        "能耗指标没有批复，设备不能进场",
        "沿线管线复杂，施工降效",
        "文物勘探没有结束",
    ]
    assert found.column("status_text")[:2] == ["进度滞后", "进度滞后"]
    assert found.amounts("total_investment") == [40000, 12000, None]
    assert found.findings("count") == []


def test_paragraphs_in_bold_need_no_count(read_md: Reader) -> None:
    found = read_md(
        "# 桂岭市城建项目推进情况通报\n\n## 一、滞后项目\n\n"
        "**城北快速路**：计划投资5亿元，完成1.3亿元，光缆迁改没有批复。（市住建局）\n\n"
        "**体育公园**。施工单位更换。（市体育局）\n"
    )
    assert found.pairs() == [("城北快速路", "市住建局"), ("体育公园", "市体育局")]
    assert found.column("reason") == ["光缆迁改没有批复", "施工单位更换"]


def test_a_lead_in_of_its_own_paragraph_counts_numbered_items(read: Reader) -> None:
    found = read(
        TITLE + "一、在建项目（2个）\n一是云岭水厂，主体完工；二是智慧停车楼，正在装修。\n"
        "二、停工项目3个，分别是：①长宁文化馆，总包单位破产；②绿谷小镇，土地性质需调整；"
        "③北环冷链基地，资金断链。\n"
    )
    assert found.names == ["云岭水厂", "智慧停车楼", "长宁文化馆", "绿谷小镇", "北环冷链基地"]
    assert [r.stage for r in found.ledger.records] == ["under_construction"] * 2 + ["suspended"] * 3
    assert found.column("reason")[2:] == ["总包单位破产", "土地性质需调整", "资金断链"]


def test_parts_with_a_status_of_their_own_are_lists_of_their_own(read: Reader) -> None:
    found = read(
        TITLE + "一、在建项目（3个）\n（一）超序时进度2个\n- 青禾大道（区交通局）：路面摊铺过半\n"
        "- 云岭水厂（区水利局）：试压\n（二）落后序时进度1个\n"
        "- 石桥泵站（区水利局）：机组没有到货\n"
    )
    assert [r.progress for r in found.ledger.records] == ["ahead", "ahead", "behind"]
    assert [r.stage for r in found.ledger.records] == ["under_construction"] * 3
    assert found.column("unit") == ["区交通局", "区水利局", "区水利局"]


def test_a_labelled_unit_leaves_the_words_behind_it_as_the_reason(read: Reader) -> None:
    found = read(
        TITLE + "一、停滞项目（2个）\n（一）江北物流园。牵头单位：区发改委。投资方股权冻结。\n"
        "（二）汽车公园。牵头单位：区文旅局。\n"
    )
    assert found.pairs("reason") == [("江北物流园", "投资方股权冻结"), ("汽车公园", None)]


def test_tags_before_names_say_where_each_stands(read: Reader) -> None:
    found = read(
        "白鹭县工作周报\n一、项目动态\n"
        "【仍滞后】东门立交。光缆迁改方案没有定。\n"
        "【未开工】文化馆新馆：方案获批，11月取得用地，下月开工。\n"
        "【转正常】凤鸣食品厂搬迁。环评通过，转为按计划推进。\n"
        "其余项目不再列。\n"
    )
    assert found.names == ["东门立交", "文化馆新馆", "凤鸣食品厂搬迁"]
    first, second, third = found.ledger.records
    assert (first.progress, second.stage, third.progress) == (
        "behind",
        "not_started",
        "on_schedule",
    )
    assert found.column("reason") == ["光缆迁改方案没有定", None, None]


FIELDS = TITLE + (
    "一、分领域进展\n"
    "（一）水利（6个，区水利局）。云岭供水工程已完工，5月底通水；柳河治理、竹溪灌区配套、东堰泵站等3个项目按期推进，"
    "其中东堰泵站机组已安装；西坡饮水工程因管材涨价、施工方停工观望，进度滞后；黑石水库因选址调整、需重新报批未开工。\n"
    "（二）产业（5个）。\n"
    "区农业农村局负责的冷水鱼基地已完工，新能源电池厂、肉牛小区2个项目正常推进，茶叶加工厂因设备流标进度滞后；"
    "区文旅局负责的环湖步道因企业资金未到位未开工。\n"
    "（三）民生（3个）\n"
    "实验幼儿园扩建（区教育局）已完工；红石敬老院（区发展和改革局）、卫生服务站（区卫健局）按期推进。\n"
)


def test_clauses_of_running_text_are_projects_where_the_heading_counts_them(read: Reader) -> None:
    found = read(FIELDS)
    assert found.names == [
        "云岭供水工程", "柳河治理", "竹溪灌区配套", "东堰泵站", "西坡饮水工程", "黑石水库",
        "冷水鱼基地", "新能源电池厂", "肉牛小区", "茶叶加工厂", "环湖步道",
        "实验幼儿园扩建", "红石敬老院", "卫生服务站",
    ]  # fmt: skip
    assert found.findings("count") == []


def test_units_of_clauses_are_their_owners_or_stand_in_brackets(read: Reader) -> None:
    units = read(FIELDS).column("unit")
    assert units[:6] == ["区水利局"] * 6
    assert units[6:11] == ["区农业农村局"] * 4 + ["区文旅局"]
    assert units[11:] == ["区教育局", "区发展和改革局", "区卫健局"]


def test_a_cause_says_no_status_of_the_project(read: Reader) -> None:
    found = read(FIELDS)
    late = found.record("西坡饮水工程")
    assert (late.stage, late.progress) == (None, "behind")
    assert found.field("西坡饮水工程", "reason") == "管材涨价、施工方停工观望"
    assert found.record("黑石水库").stage == "not_started"
    assert found.field("黑石水库", "reason") == "选址调整、需重新报批"
    assert found.record("柳河治理").stage is None
    assert found.record("茶叶加工厂").progress == "behind"


@pytest.mark.parametrize(
    "line",
    [
        "其中已完工项目完成投资6240万元，未开工项目发生前期费用260万元。",
        "高新区、南湖区各有2个项目滞后。",
        "岭南县一县就有41个项目未开工。",
        "**项目情况**　今年入库项目743个，已批复612个，已完工118个。",
        "已签约的34个项目中，已注册公司21个，已开工6个。",
        "在新院区建成之前，我们采取三项办法：从今年5月起，区医院每周派出专家坐诊；"
        "为9家服务站配备了设备。",
    ],
)
def test_what_opens_a_sentence_or_names_a_class_is_no_project(read: Reader, line: str) -> None:
    assert read(f"关于重点项目推进情况的通报\n一、总体情况\n{line}\n").names == []


def test_parts_of_a_bulletin_are_no_projects(read: Reader) -> None:
    found = read(
        "高新区工作周报\n一、本周要情\n截至11月24日，22个重点项目累计完成投资70.9亿元，"
        "占年度计划84亿元的84.4％。\n二、民生与服务\n学校主体封顶，完成约40％。\n"
    )
    assert found.names == []


def test_names_in_minutes_lack_what_introduces_them(read: Reader) -> None:
    found = read(
        "云岭县人民政府专题会议纪要\n一、关于北门农贸市场。审查未通过的原因是通道宽度不够，"
        "由县发改局修改设计、县住建局8月20日前完成补审。\n"
        "罗县长强调，一要抢抓进度；二要守住底线。\n出席：罗明\n"
    )
    assert found.names == ["北门农贸市场"]
    assert found.column("reason") == ["通道宽度不够"]
    assert found.ledger.records[0].end < found.text.index("罗县长")


def test_the_end_of_a_headline_says_what_was_found(read: Reader) -> None:
    found = read(
        "关于重点项目的督办通知\n一、督办事项\n"
        "（一）肉牛小区停工至今。设施仅建成1座。责任单位：县农业农村局。10月25日前完成整改。\n"
        "（二）冷链中心超过三个月未开工。责任单位：县农业农村局。10月30日前开工，逾期收回资金。\n"
    )
    assert [(r.kind, r.stage, r.progress) for r in found.ledger.records] == [
        ("task", "suspended", None),
        ("task", "not_started", None),
    ]


def test_one_payers_share_is_no_investment_done(read: Reader) -> None:
    found = read(
        "重点项目情况\n一、项目进展\n1.城南医院（责任单位：县卫健局）。总投资6800万元，正在砌筑，"
        "县级配套资金到位900万元。\n2.北门桥（责任单位：县交通局）。总投资900万元，正在浇筑。\n"
    )
    assert found.amounts("done_investment") == [None, None]
    assert found.amounts("total_investment") == [6800, 900]


def test_a_heading_may_itself_say_where_its_project_stands(read: Reader) -> None:
    found = read(
        "关于重点项目的督办通知\n一、督办事项\n"
        "（一）牛坪蓄水池不再实施。资金调整用于供水工程。\n"
        "（二）北门片区棚改进度严重滞后。该项目应于6月交付。\n"
    )
    first, second = found.ledger.records
    assert found.names == ["牛坪蓄水池", "北门片区棚改"]
    assert (first.stage, second.progress) == ("cancelled", "behind")


def test_a_day_may_follow_a_name(read: Reader) -> None:
    found = read(
        "关于重点项目的通报\n一、总体情况\n黑石水库9月28日取得审核同意书，已于10月9日开工；"
        "南坡光伏车棚因接入方案未批，仍未开工。\n"
    )
    assert found.names == ["黑石水库", "南坡光伏车棚"]
    assert [r.stage for r in found.ledger.records] == ["under_construction", "not_started"]


def test_a_class_of_projects_may_hold_one_that_stands_still(read: Reader) -> None:
    found = read(
        TITLE + "一、续建项目（3个）\n1.白石大桥。总投资1.2亿元，累计完成9000万元。\n"
        "2.客运总站迁建。因站房设计变更停工，正在重新图审。\n3.黑山隧道。用地报批未完成，尚未开工。\n"
    )
    assert [r.stage for r in found.ledger.records] == [
        "under_construction",
        "suspended",
        "not_started",
    ]
    assert found.column("reason") == [None, "站房设计变更", "用地报批未完成"]


def test_tasks_with_a_unit_in_brackets_may_end_in_a_count(read: Reader) -> None:
    found = read(
        "关于重点工作落实情况的督查报告\n一、已完成事项（3项）\n1.建成城区充电桩320个（市发改委）；\n"
        "2.社区食堂开业8家（市民政局）；\n3.政务大厅搬迁（市行政审批局）。\n"
    )
    assert found.pairs() == [
        ("建成城区充电桩320个", "市发改委"),
        ("社区食堂开业8家", "市民政局"),
        ("政务大厅搬迁", "市行政审批局"),
    ]
    assert {r.stage for r in found.ledger.records} == {"completed"}


def test_targets_and_quantities_are_no_reason(read: Reader) -> None:
    found = read(
        TITLE
        + "一、滞后事项（2项）\n（一）农贸市场改造。年度任务4家，完工1家。业主资金没有到位。\n"
        "（二）污水管网补短板。完成9公里。雨季施工受阻。\n"
    )
    assert found.column("reason") == ["业主资金没有到位", "雨季施工受阻"]


def test_the_count_proves_names_without_a_noun_of_their_own(read: Reader) -> None:
    found = read(
        "2025年重点项目三季度进展通报\n一、分乡镇情况\n"
        "（一）龙泉镇（4个，资金1380万元）。村道硬化、文化广场已完工；冷库扩容正在安装制冷机组，支出240万元；"
        "水厂管网因用地纠纷停工。\n"
        "（二）青山镇3个，资金1210万元。茶叶车间主体封顶；人居整治、河堤修复两个项目有序推进。\n"
    )
    assert found.names == [
        "村道硬化", "文化广场", "冷库扩容", "水厂管网", "茶叶车间", "人居整治", "河堤修复",
    ]  # fmt: skip
    assert found.column("unit") == ["龙泉镇"] * 4 + ["青山镇"] * 3
    assert found.findings() == []
