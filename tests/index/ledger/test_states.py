"""Lists by state, their owners, reasons and counts in any place, in layouts unseen until now."""

from collections.abc import Callable

import pytest

from index.ledger.names import is_sentence
from index.ledger.saidcounts import said_counts
from index.ledger.splitting import split
from tests.index.ledger.conftest import Read

Reader = Callable[[str], Read]

# Layouts: an owner in brackets with its number, owners behind, reasons that group, lines by owner.
WEEKLY = (
    "云陂市项目专班\n项目周报第40期\n截至9月30日，全市盯办项目20个。\n"
    "一、收了尾的：4个\n市工信局（2个）：恒泰轴承扩产；铸造车间改建。\n"
    "东浦镇（2个）：东浦水厂；渡口粮库。\n"
    "二、走在前头的：5个\n西环路改造、古塔步道，以上市住建局；云溪堤防、柳湾泵站（以上两项市水利局）；实训基地（市教育局）。\n"
    "三、掉队的：5个\n市交通局——云陂大桥：主桥钢箱梁没有到货，9月停了半个月。\n"
    "市交通局——港区专线：12户房屋没有腾退。\n"
    "市文旅局——博物馆新馆：展陈方案退回三次。\n"
    "高新区｜芯片封装：设备贷款没有批下来；电池隔膜：订单减少。\n"
    "四、没破土的：6个\n资金没到位的3个：南湾码头、望江停车楼、云陂中学。用地没批的2个：冷链园、东浦养老院。"
    "另1个是老街商业体，土地流拍。\n"
)
COUNTIES = (
    "岚州水利局\n上半年进展通报\n截至6月底。\n一、分县情况\n"
    "（一）青石县。5个项目，年度计划1.2亿元，完成0.6亿元。青石水库扩容6月3日竣工；城区堤防清表完成，快于计划；"
    "西片管网因砂石涨价、运力不足，只完成300万元，进度滞后。其余两个都没有开工：东湖泵站是县里配套没有落实，"
    "石门渠涉及基本农田，用地没有批。\n"
    "（二）白沙县。3个项目，完成2100万元。白沙灌区一期、白沙灌区二期均按计划推进；柳河治理防洪评价没有批复，未进场。\n"
)
YARDS = (
    "槐区住建局\n1—9月小结\n一、旧改\n截至9月底，已有4个小区竣工，占三成，涉及1200户，分别是东街街道的棉纺院、槐安里，北门街道的电厂院、二建宿舍。"
    "3个小区按节点推进，占两成，即印染厂院、化肥厂院、石桥北里。慢于节点的有2个，症结不同：桂香院，燃气迁改没有批；柳巷院，脚手架搭不起来。"
    "还有2个尚未进场：机修厂院因产权不清；北里小区第一轮征询没有过半。\n"
    "二、口袋公园\n已建成清水巷、塔影、船台等3个；水塘（900平方米）、码头园2个在建。\n"
)


def test_owners_with_numbers_before_and_without_behind(read: Reader) -> None:
    found = read(WEEKLY)
    assert len(found.names) == 20
    assert found.field("渡口粮库", "unit") == "东浦镇"
    assert found.field("古塔步道", "unit") == "市住建局"
    assert found.field("云溪堤防", "unit") == "市水利局"
    assert found.field("铸造车间改建", "status_text") == "收了尾"


def test_dashes_and_colons_part_owner_project_and_reason(read: Reader) -> None:
    found = read(WEEKLY)
    assert found.field("港区专线", "unit") == "市交通局"
    assert found.field("港区专线", "reason") == "12户房屋没有腾退"
    assert found.field("芯片封装", "unit") == "高新区"
    assert found.field("电池隔膜", "unit") == "高新区"
    assert found.record("云陂大桥").progress == "behind"


def test_reasons_that_head_their_projects_are_those_of_each(read: Reader) -> None:
    found = read(WEEKLY)
    assert found.field("云陂中学", "reason") == "资金没到位"
    assert found.record("望江停车楼").reason_kind == "funds"
    assert found.record("冷链园").reason_kind == "land"
    assert found.field("老街商业体", "reason") == "土地流拍"


def test_each_project_of_a_county_says_its_own_state(read: Reader) -> None:
    found = read(COUNTIES)
    assert found.names == [
        "青石水库扩容", "城区堤防", "西片管网", "东湖泵站", "石门渠",
        "白沙灌区一期", "白沙灌区二期", "柳河治理",
    ]  # fmt: skip
    assert found.record("青石水库扩容").stage == "completed"
    assert found.record("西片管网").progress == "behind"
    assert found.field("西片管网", "reason") == "砂石涨价、运力不足"
    assert found.field("东湖泵站", "reason") == "县里配套没有落实"
    assert found.record("石门渠").stage == "not_started"
    assert found.record("柳河治理").reason_kind == "approval"


def test_yards_and_parks_are_counted_as_projects_are(read: Reader) -> None:
    found = read(YARDS)
    assert len(found.names) == 16
    assert found.field("二建宿舍", "unit") == "北门街道"
    assert found.record("化肥厂院").progress == "on_schedule"
    assert found.field("桂香院", "reason") == "燃气迁改没有批"
    assert found.record("北里小区").stage == "not_started"
    assert found.record("塔影").stage == "completed"
    assert found.record("水塘").stage == "under_construction"


@pytest.mark.parametrize(
    ("text", "number", "names"),
    [
        ("◆市交通局　环湖路，完成80%；乡村路，完成90%。", 2, ["环湖路", "乡村路"]),
        ("1. 市住建局，1个。体育园，看台改了方案，要重批。", 1, ["体育园"]),
        ("市水利局——北水厂：1.2亿元债券没有下达，公告发不出去。", 1, ["北水厂"]),
        ("旧区改造、环路（以上市住建局）；堤防（市水利局）", 3, ["旧区改造", "环路", "堤防"]),
        ("瑞禾生物：母公司调整布局，8月来函不再投了。", 1, ["瑞禾生物"]),
        ("停车楼：管线、杆线没有迁完。", 1, ["停车楼"]),
        ("闸北院列入征收范围，改造没有定论", 1, ["闸北院"]),
        ("机修厂院由区国资中心12月10日前出具意见", 1, ["机修厂院"]),
        ("首末站是县财政资金未到位，湖区码头涉及水源地，环评未过", 2, ["首末站", "湖区码头"]),
        ("青龙大桥主墩遇到溶洞，设计没有批；该桥投资调整为2亿元", 1, ["青龙大桥"]),
    ],
)  # fmt: skip
def test_a_number_proves_where_names_end(text: str, number: int, names: list[str]) -> None:
    items = split(text, 0, len(text), number)
    assert ["".join(text[a:b] for a, b in item.name) for item in items] == names


@pytest.mark.parametrize(
    ("text", "words", "count"),
    [
        ("已有9个小区竣工验收，占34%，分别是甲院、乙院", "竣工验收", "9个"),
        ("8个小区按节点推进，占30%，涉及2县、3镇，分别是甲、乙", "按节点推进", "8个"),
        ("慢于节点的有5个，症结不同：甲院，没有批", "慢于节点", "5个"),
        ("慢于节点的小区有5个，占两成，即甲、乙", "慢于节点", "5个"),
        ("还有3台没有动工，即甲院1号楼（住户反对）", "没有动工", "3台"),
        ("甲园（900平方米）、乙园、丙园3个在建", "在建", "3个"),
        ("已建成甲园、乙园等6个", "已建成", "6个"),
        ("（一）按计划，尚未开工的还有2处：甲、乙", "尚未开工", "2处"),
    ],
)
def test_a_sentence_says_a_state_and_a_number(text: str, words: str, count: str) -> None:
    (said,) = said_counts(text, 0, len(text))
    assert (text[slice(*said.words)], text[slice(*said.count)]) == (words, count)


@pytest.mark.parametrize(
    "words",
    [
        "还有4个尚未进场", "26个小区里竣工", "3个卡在选址", "尚未进场的3个小区", "更正后该项目",
        "审批环节", "补齐欠账项目",
    ],
)  # fmt: skip
def test_parts_of_sentences_are_no_names(words: str) -> None:
    assert is_sentence(words)


@pytest.mark.parametrize("words", ["17座危桥改造", "6处渡改桥工程", "两项工程", "未来城的3个地块"])
def test_names_with_numbers_are_names(words: str) -> None:
    assert not is_sentence(words)


def test_parts_by_state_below_a_county_are_left_to_their_own_reader(read: Reader) -> None:
    found = read(
        "泊州通报\n截至8月底。\n一、分县情况\n（一）青石县。4个项目，年计划2亿元。"
        "竣工1个：青石连接线；超序时进度2个：云岭风电场、恒岳新材料厂；进度滞后1个：北站物流园（接轨方案未批复）。\n"
    )
    assert found.record("青石连接线").stage == "completed"
    assert found.record("恒岳新材料厂").progress == "ahead"
    assert found.field("北站物流园", "reason") == "接轨方案未批复"
