"""Lists of one state each, in the words and the layouts of several offices."""

from collections.abc import Callable

import pytest

from index.ledger.splitting import split
from tests.index.ledger.conftest import Read

Reader = Callable[[str], Read]

FRAMED = (
    "甲区重点办\n关于1—6月项目情况的通报\n截至6月30日。\n【第一档 快于序时，4个】\n"
    "区交通局2个，为环湖路东段、县道X9大修；"
    "青岗镇的养殖场和区农业农村局的高标准农田（2023年度）各1个。"
    "其中环湖路东段最快。\n【第二档 与序时合拍，3个】\n垃"
    "圾站扩容、湖心公园（区住建局）；石埠市场（石埠街道）。\n"
    "【第三档 慢于序时，4个】\n区住建局的滨河路，管线没有迁完，只能分段做；区城投公司有两个，"
    "沐东路北延尚有8户没有签约，管廊西段因穿越铁路变更设计"
    "，5月起停工待图；青岗镇的田园综合体用地规模被核减。\n"
    "【第四档 尚未动工，2个】\n湖东大桥，责任单位区交通局，"
    "通航评价未批复；汽车城，责任单位区商务局，投资方撤资。\n"
)
LAPS = (
    "乙市专班办\n关于上半年晾晒结果的通报\n截至6月底。\n一、领跑组（4个）\n"
    "市水利局牵头的清源水库扩容；高新区管委会3个：云帆芯片封装、海曜储能、智联汽车零部件。\n"
    "二、并跑组（3个）\n老城供热改造、滨江步道两项归市住建局管；市教育局的职教新城。\n"
    "三、跟跑组（3个）\n松岭县的松岭电站、竹木加工园；市商务局的商贸城。\n"
)
BULLETS = (
    "丙县“项目擂台”简报\n2024年10月15日\n三季度上台的项目13个。\n"
    "▲已交卷3个：县财政局的智慧停车场，县水利局的石门水厂、白沙泵站。\n"
    "▲跑在时间前面的4个：县工信局2个，为恒丰轴承、鼎新玻璃；县交通局1个，为白石大桥；"
    "另一个是县城投公司的和苑安置房。\n"
    "▲落在后面的3个：县住建局的文化西路，杆线没有谈妥；凤台乡有两个，凤台管网因占用农田重新报批，"
    "凤台敬老院施工单位中途退场。\n"
    "▲仍在纸上的2个：城南学校由县教育局负责，土地指标"
    "没有下来；东站广场由县交通局负责，投资方反悔。\n"
)
OPENED = (
    "丁县水利局半年报告\n2024年7月8日\n一、按计划推进的项目\n共4个，占40%，完成投资930万元。"
    "青溪镇的东片管网已铺管31公里；柳镇的灌区改造、渡口堤防"
    "，桐乡的五里塘、岩塘等6口山塘整治，均达到序时进度。\n"
    "二、滞后的项目\n共2个，占20%。一是青溪镇的青溪治理二期，养殖场搬迁没有谈妥；"
    "二是石镇的跃进水库加固，原施工单位管理不力，需重新招标。\n"
)


def test_every_band_is_read_with_owners_and_reasons(read: Reader) -> None:
    found = read(FRAMED)
    assert len(found.names) == 13
    assert [found.record(n).progress for n in ("环湖路东段", "垃圾站", "滨河路")] == [
        "ahead",
        "on_schedule",
        "behind",
    ]
    assert found.field("养殖场", "unit") == "青岗镇"
    assert found.field("垃圾站扩容", "unit") == "区住建局"
    assert found.field("沐东路北延", "reason") == "尚有8户没有签约"
    assert found.record("管廊西段").stage == "suspended"
    assert found.field("田园综合体", "reason") == "用地规模被核减"
    assert found.pairs()[:2] == [("湖东大桥", "区交通局"), ("汽车城", "区商务局")]


def test_an_offices_own_word_is_the_state_where_none_of_ours_is(read: Reader) -> None:
    found = read(LAPS)
    assert len(found.names) == 10
    assert found.field("商贸城", "status_text") == "跟跑组"
    assert found.record("商贸城").progress is None
    assert found.record("智联汽车零部件").progress == "ahead"
    assert found.field("海曜储能", "unit") == "高新区管委会"
    assert found.field("老城供热改造", "unit") == "市住建局"


def test_bands_that_paragraphs_begin_with(read: Reader) -> None:
    found = read(BULLETS)
    assert len(found.names) == 12
    assert found.field("和苑安置房", "unit") == "县城投公司"
    assert found.field("凤台管网", "reason") == "因占用农田重新报批"
    assert found.record("城南学校").stage == "not_started"
    assert found.field("东站广场", "unit") == "县交通局"
    assert found.record("石门水厂").stage == "completed"


def test_the_first_words_below_a_heading_may_count(read: Reader) -> None:
    found = read(OPENED)
    assert len(found.names) == 6
    assert found.field("渡口堤防", "unit") == "柳镇"
    assert found.record("山塘整治").name == "五里塘、岩塘等6口山塘整治"
    assert found.field("青溪治理二期", "reason") == "养殖场搬迁没有谈妥"


def test_a_number_that_nothing_proves_makes_no_records(read: Reader) -> None:
    found = read(
        "戊区通报\n【第一档 快于序时，5个】\n区交通局"
        "抓得紧，区水务局跟得上，形成了比学赶超的氛围。\n"
        "【第二档 慢于序时，3个】\n各单位要认真查找原因，限期整改。\n"
    )
    assert found.names == []


def test_lights_that_changed_are_states_too(read: Reader) -> None:
    found = read(
        "己市通报\n一、灯色变化\n由黄转绿的有2个，即恒拓铸件技改、云岫职教中心。"
        "由红转黄的1个，是澜浦大道东延，地已于9月交出。\n"
    )
    assert found.pairs("status_text") == [
        ("恒拓铸件技改", "由黄转绿"), ("云岫职教中心", "由黄转绿"), ("澜浦大道东延", "由红转黄"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("told", "number", "names"),
    [
        (
            "区工投公司1个，为南园5号、6号厂房；区水务局1个，为石湾泵站。",
            2,
            ["南园5号、6号厂房", "石湾泵站"],
        ),
        (
            "区水务局1个，为第二、第三水厂扩建；柳镇1个，为柳镇粮库。",
            2,
            ["第二、第三水厂扩建", "柳镇粮库"],
        ),
        ("区工投公司2个，为南园5号、6号厂房；柳镇1个，为柳镇粮库。", 3, None),
    ],
)
def test_numbers_that_share_a_name_are_as_many_as_their_owner_has(
    told: str, number: int, names: list[str] | None
) -> None:
    items = split(told, 0, len(told), number)
    assert len(items) == number
    if names:
        assert ["".join(told[a:b] for a, b in item.name) for item in items] == names
