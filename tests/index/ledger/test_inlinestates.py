"""Sections by unit, place or sector whose text tells each project's state in its own words."""

from collections.abc import Callable

import pytest

from index.ledger.besides import Finder
from index.ledger.records import STATE
from index.ledger.states import states_in
from tests.index.ledger.conftest import Read

Reader = Callable[[str], Read]

QUARTER = (
    "云槐县三季度进展通报\n截至9月底，全县在册项目23个。其中：销号4个，领跑5个，跟跑7个，掉链4个，待启3个。"
    "“销号”指竣工或投用；“领跑”“跟跑”“掉链”分别指快于、符合、慢于计划；“待启”指未开工。\n"
    "壹、青石镇（7个）\n责任领导：林远。年度计划8.2亿元，完成5.9亿元。\n"
    "销号的有青石水厂扩容、石桥小学；领跑的是环镇西路（完成投资6200万元，铺装过半）。"
    "跟跑3个，为农贸市场改造、卫生院综合楼（封顶）和古街修缮。掉链1个：田畴高标准农田，因土方纠纷停了一个半月。\n"
    "贰、白沙乡（5个）\n"
    "①白沙渡槽加固，8月底通水，销号。②滩涂光伏一期，领跑，年度计划1.20亿元，完成1.05亿元。"
    "③渔港避风塘、④冷冻仓库，均跟跑。⑤沙洲步道，待启，主要是林地审批没有下来。\n"
    "叁、县水务局（6个）\n今年是水网建设的攻坚年。东湾泵站领跑，机电提前安装；柳堰水库除险、河长制平台跟跑。"
    "西干渠衬砌掉链，砂石料断供，只做了3公里。南塘污水厂待启，债券额度没有落实。\n"
    "肆、县交通局（5个）\n●销号：客运枢纽（7月1日启用）\n●领跑：S215改线；柑橘产业路\n"
    "●跟跑：老城环路\n●掉链：槐江二桥，主墩遇到孤石\n"
)
SECTORS = (
    "关于前三季度民生工程的报告\n截至9月底，全区民生工程16项，分为四类：已达成5项、慢于计划4项、稳步走4项、未起步3项。\n"
    "（一）教育类（6项）\n已达成2项（第五小学扩建、幼儿园厨房改造），稳步走2项（实训楼、操场更新），"
    "慢于计划1项（第三中学宿舍楼，消防图审没过），未起步1项（特教学校迁建，选址未定）。\n"
    "（二）卫健类（5项）\n区中医院病房楼、妇幼中心均已达成。城南社区卫生服务站、急救分站稳步走。"
    "慢于计划的是疾控实验楼，设备招标流标两次。\n"
    "（三）养老类（5项）\n1．日间照料中心（东门街道），已达成，6月开放。\n"
    "2．区福利院二期（区民政局），慢于计划，资金缺口800万元。\n"
    "3．农村互助院（柳河镇），慢于计划，村部没有腾出房子。\n"
    "4．认知症专区（区医院），未起步，规范没有定。\n5．养老食堂（东门街道），未起步，房屋没有移交。\n"
)
TABLES = (
    "# 岭东新区半年通报\n\n截至6月30日。说明：已经竣工的为“交卷”，进度在计划之前的为“在前”，"
    "与计划持平的为“在线”，落后计划的为“在后”。\n\n"
    "## （一）交通局 3个\n\n责任人：王一。\n\n| 项目 | 状态 | 备注 |\n|---|---|---|\n"
    "| 东二环 | 交卷 | 通车 |\n"
    "| 跨河大桥 | 在前 | 合龙 |\n| 公交首末站 | 在后 | 场地未移交 |\n\n"
    "## （二）水利局（2个）\n\n堤防加固在前；灌区改造在线，完成2300万元。\n\n"
    "## （三）汇总\n\n| 类别 | 数量 |\n|---|---|\n| 交卷 | 1 |\n"
    "| 在前 | 2 |\n| 在线 | 1 |\n| 在后 | 1 |\n| 合计 | 5 |\n"
)


def test_each_project_of_a_unit_has_the_state_told_beside_it(read: Reader) -> None:
    found = read(QUARTER)
    assert len(found.names) == 22
    states = dict(found.pairs(STATE))
    assert states["石桥小学"] == "销号"
    assert states["古街修缮"] == "跟跑"
    assert states["渔港避风塘"] == states["冷冻仓库"] == "跟跑"
    assert states["东湾泵站"] == "领跑"
    assert states["西干渠衬砌"] == "掉链"
    assert states["柑橘产业路"] == "领跑"
    assert found.record("西干渠衬砌").progress == "behind"
    assert found.record("沙洲步道").stage == "not_started"


def test_the_heading_is_the_unit_of_each_and_no_record(read: Reader) -> None:
    found = read(QUARTER)
    units = [unit for _, unit in found.pairs("unit")]
    assert units == ["青石镇"] * 7 + ["白沙乡"] * 5 + ["县水务局"] * 5 + ["县交通局"] * 5
    assert not any("责任" in name or "（" in name for name in found.names)


def test_late_projects_have_reasons_and_others_amounts(read: Reader) -> None:
    found = read(QUARTER)
    assert found.field("沙洲步道", "reason") == "林地审批没有下来"
    assert found.field("槐江二桥", "reason") == "主墩遇到孤石"
    assert found.field("南塘污水厂", "reason") == "债券额度没有落实"
    assert found.field("滩涂光伏一期", "planned_investment") == "1.20亿元"
    assert found.record("环镇西路").fields["done_investment"].value == 6200


def test_a_heading_that_counts_more_than_it_lists_is_found(read: Reader) -> None:
    (finding,) = read(QUARTER).findings("count")
    assert finding.text.endswith("原文写6个，所列为5个")


def test_sectors_list_in_brackets_and_in_numbered_lines(read: Reader) -> None:
    found = read(SECTORS)
    assert len(found.names) == 16
    assert found.field("操场更新", STATE) == "稳步走"
    assert found.field("第三中学宿舍楼", "reason") == "消防图审没过"
    assert found.record("妇幼中心").stage == "completed"
    assert found.field("疾控实验楼", STATE) == "慢于计划"
    assert found.field("农村互助院", "unit") == "柳河镇"
    assert found.field("农村互助院", "reason") == "村部没有腾出房子"


def test_an_overview_table_and_definitions_name_the_states(read_md: Reader) -> None:
    found = read_md(TABLES)
    assert len(found.names) == 5
    assert found.record("跨河大桥").progress == "ahead"
    assert found.record("灌区改造").progress == "on_schedule"
    assert found.field("灌区改造", "unit") == "水利局"
    assert found.field("公交首末站", "unit") == "交通局"
    assert found.field("公交首末站", STATE) == "在后"
    assert found.field("公交首末站", "reason") == "场地未移交"
    assert found.record("公交首末站").reason_kind == "land"
    assert found.field("东二环", "reason") is None


def test_what_each_of_several_names_means_is_told_in_order() -> None:
    text = (
        "施工中进度领先、持平、落后于计划的，分别为“快棋”“平棋”“慢棋”，未开工的为“空棋”。"
        "共安排项目10个：快棋2个，平棋3个，慢棋4个，空棋1个。"
    )
    found = {s.name: s.status.progress or s.status.stage for s in states_in(text, [], [])}
    assert found == {
        "快棋": "ahead",
        "平棋": "on_schedule",
        "慢棋": "behind",
        "空棋": "not_started",
    }


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("甲路已交付，乙桥掉队", [("甲路", "交付"), ("乙桥", "掉队")]),
        ("甲路、乙桥两个项目均掉队，资金不足", [("甲路、乙桥", "掉队")]),
        ("交付2个：甲路、乙桥。丙库掉队", [("甲路、乙桥", "交付"), ("丙库", "掉队")]),
        ("〔掉队〕甲路（没有批）；乙桥", [("甲路（没有批）；乙桥", "掉队")]),
        ("（1）甲路，目前掉队；（2）乙桥，交付", [("甲路", "掉队"), ("乙桥", "交付")]),
        ("其中交付1个（甲路），掉队1个（乙桥）", [("甲路", "交付"), ("乙桥", "掉队")]),
        ("甲路进展平稳，乙桥（原交付项目）扩建在施工", []),
    ],
)
def test_states_stand_before_or_behind_names(text: str, found: list[tuple[str, str]]) -> None:
    besides = Finder(["交付", "掉队"]).beside(text, 0, len(text))
    assert [(text[slice(*b.names)], b.state) for b in besides] == found


# Sections whose heading counts nothing: their first sentence does, in words of its own.
TOPICS = (
    "青峡市上半年重点工程通报\n截至6月30日。\n"
    "一、文教\n文教领域列入项目7个，年度计划投资3.10亿元，完成1.40亿元，完成率45.2%。\n"
    "已经投用的有两个，一个是松山中学实验楼（市教育局），一个是市图书馆门前路面大修（市文旅局）。"
    "桐溪小学风雨操场由市教育局负责，屋面已经铺完；松山古窑址展示馆由市文旅局负责，布展过半。"
    "这两个项目均踩在计划节点上。\n"
    "进度落下来的有两个。云岭大剧院（市文旅局）卡在消防验收上，整改反复了三次；实训基地二期（市人社局）资金没有到位。"
    "尚未动工的是少年宫迁建（团市委），选址没有定下来。\n"
    "二、水务\n水务仍是薄弱环节，6个项目年度计划投资2.20亿元，完成0.90亿元；除另有注明的以外，责任单位都是市水务局。\n"
    "滞后的2个，原因各不相同。杏花渠衬砌（36公里）汛期不能断流；柏树沟水库除险加固，移民协议还有9户没有签。\n"
    "两岸绿道和市城管局的滨河驿站进度正常，符合计划。和顺路泵站也慢了，设备到货推迟两个月。"
    "市住建局的一个项目不理想：老城雨污分流没有开工，图纸要重新审查。\n"
    "三、小结\n13个项目中，完工2个，按计划推进4个，滞后5个，未开工2个。\n"
)


def test_a_section_whose_first_sentence_counts_is_read_by_its_states(read: Reader) -> None:
    found = {
        record.name: (record.stage or record.progress, record.fields["unit"].text)
        for record in read(TOPICS).ledger.records
    }
    assert found == {
        "松山中学实验楼": ("completed", "市教育局"),
        "市图书馆门前路面大修": ("completed", "市文旅局"),
        "桐溪小学风雨操场": ("on_schedule", "市教育局"),
        "松山古窑址展示馆": ("on_schedule", "市文旅局"),
        "云岭大剧院": ("behind", "市文旅局"),
        "实训基地二期": ("behind", "市人社局"),
        "少年宫迁建": ("not_started", "团市委"),
        "杏花渠衬砌": ("behind", "市水务局"),
        "柏树沟水库除险加固": ("behind", "市水务局"),
        "两岸绿道": ("on_schedule", "市水务局"),
        "滨河驿站": ("on_schedule", "市城管局"),
        "和顺路泵站": ("behind", "市水务局"),
        "老城雨污分流": ("not_started", "市住建局"),
    }


@pytest.mark.parametrize("denied", ["尚未通车", "没有交付", "未能投用"])
def test_what_is_not_reached_is_no_state(denied: str) -> None:
    finder = Finder(["完工", "滞后"], ["通车", "交付", "投用"])
    text = f"杏林桥{denied}。槐林桥已经通车。"
    assert [(text[slice(*one.names)], one.state) for one in finder.beside(text, 0, len(text))] == [
        ("槐林桥", "通车")
    ]
