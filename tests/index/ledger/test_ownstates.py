"""States by a document's own names: which they are, what they mean, who and what is in them."""

from collections.abc import Callable

import pytest

from index.ledger.states import bare_name, states_in
from tests.index.ledger.conftest import Read

Reader = Callable[[str], Read]

COLOURS = (
    "甲县重点办\n关于一季度项目推进情况的通报\n截至3月31日，全县安排重点项目12个。对照节点，分四色亮标：\n"
    "金标（已交付）3个，占25.0%，完成投资2.10亿元；\n蓝标（快于节点）4个，占33.3%，完成投资3.20亿元；\n"
    "橙标（慢于节点）3个，占25.0%，完成投资0.90亿元；\n灰标（尚未进场）2个，占16.7%，只发生前期费用80万元。\n"
    "一、金标项目（3个）\n完成投资2.10亿元，都已移交。\n"
    "道路方面2个：东湖路大修、西堤路拓宽（以上由县交通局负责）；水务方面1个：石湾泵站，县水利局负责。\n"
    "二、蓝标项目（4个）\n县住建局2个，即青园小区改造（外墙完成七成）、北门停车楼；"
    "县教育局2个，即第三幼儿园、城西小学。\n"
    "三、橙标项目（3个）\n卡在征地上的2个：南河桥（县交通局，还有9户没有签约）；"
    "云台路北延（县住建局，坟墓没有迁完）。卡在钱上的1个：龙山水库加固（县水利局，省级补助没有下达）。\n"
    "四、灰标项目（2个）\n白石冷库，县商务局（投资方退出）；北山驿站，县文旅局（用地指标未下达）。\n"
)
DEFINED = (
    "乙区指挥部通报\n全部项目共9个。分类看：清账的3个，占33.3％；顺水的4个；欠账的2个。"
    "（注：“清账”指已竣工移交；“顺水”指进度不低于倒排表；“欠账”指已施工但落后于倒排表。）\n"
    "【甲】清账类，3个，完成投资0.8亿元。区交投公司的一号路、二号路；区水投公司的三号泵站。\n"
    "【乙】顺水类，4个，完成投资1.5亿元。区交投公司2个，即四号桥（62％）、五号路（70％）；"
    "区水投公司2个，即六号水厂（80％）、七号管网（55％）。\n"
    "【丙】欠账类，2个。区交投公司的八号路——杆线没有迁走、九号桥——设计变更没有批。\n"
)


def test_a_sentence_that_counts_all_names_the_states() -> None:
    text = "共有项目10个：交卷的4个，占40%；顺排的3个；欠账的3个。"
    found = {state.name: state for state in states_in(text, [], [])}
    assert {name: state.number for name, state in found.items()} == {
        "交卷": 4,
        "顺排": 3,
        "欠账": 3,
    }
    assert text[slice(*found["顺排"].words)] == "顺排"
    assert found["欠账"].status.progress == "behind"


@pytest.mark.parametrize(
    "text",
    [
        "共有项目10个：省级的4个，市级的3个，县级的3个。",  # kinds, no states
        "共有项目12个：竣工4个，在建3个，未开工3个。",  # they do not make up the whole
        "全年办理事项4件、走访2次、培训3期。",
    ],
)
def test_other_counts_are_no_states(text: str) -> None:
    assert states_in(text, [], []) == []


def test_bare_names_are_without_what_stands_around_them() -> None:
    assert bare_name("已交付的") == "交付"
    assert bare_name("欠账类项目") == "欠账"
    assert bare_name("未进场") == "未进场"


def test_each_record_is_in_the_state_that_it_stands_under(read: Reader) -> None:
    found = read(COLOURS)
    assert len(found.names) == 12
    states = dict(found.pairs("state"))
    assert [n for n, s in states.items() if s == "金标"] == ["东湖路大修", "西堤路拓宽", "石湾泵站"]
    assert states["城西小学"] == "蓝标"
    assert [found.record(n).stage for n in ("石湾泵站", "白石冷库")] == ["completed", "not_started"]
    assert [found.record(n).progress for n in ("北门停车楼", "南河桥")] == ["ahead", "behind"]


def test_owners_and_reasons_stand_before_behind_and_above(read: Reader) -> None:
    found = read(COLOURS)
    units = dict(found.pairs())
    assert units["东湖路大修"] == units["西堤路拓宽"] == "县交通局"
    assert units["石湾泵站"] == units["龙山水库加固"] == "县水利局"
    assert units["白石冷库"] == "县商务局"
    assert found.field("南河桥", "reason") == "还有9户没有签约"
    assert found.field("白石冷库", "reason") == "投资方退出"
    assert found.field("西堤路拓宽", "group") == "道路"


def test_figures_are_of_the_state_that_they_are_said_of(read: Reader) -> None:
    found = read(COLOURS)
    said = {(f.state, f.number.text) for f in found.ledger.figures if f.state}
    assert {("橙标", "3"), ("橙标", "25.0%"), ("橙标", "0.90亿元"), ("金标", "2.10亿元")} <= said
    assert ("蓝标", "2.10亿元") not in said


def test_definitions_tell_what_own_words_mean(read: Reader) -> None:
    found = read(DEFINED)
    assert len(found.names) == 9
    assert {s for _, s in found.pairs("state")} == {"清账", "顺水", "欠账"}
    assert found.record("三号泵站").stage == "completed"
    assert found.record("六号水厂").progress == "on_schedule"
    assert found.record("九号桥").progress == "behind"
    assert found.field("八号路", "reason") == "杆线没有迁走"
    assert found.field("七号管网", "unit") == "区水投公司"


def test_what_a_mark_says_is_noted_with_the_names_behind_it(read: Reader) -> None:
    found = read(
        "丙市通报\n项目共6个：竣工2个，绿灯3个，未开工1个。\n一、绿灯项目（3个）\n名称前标▲的快于序时。\n"
        "1. ▲东门大桥（市交投集团），主桥合龙。\n2. 南园小学（市教育局），正在装修。\n"
        "3. ▲北塔公园（市园林局），栽植过半。\n"
    )
    assert [found.record(n).progress for n in ("东门大桥", "南园小学", "北塔公园")] == [
        "ahead",
        "on_schedule",
        "ahead",
    ]
    assert "▲" not in "".join(found.names)


def test_a_states_figures_in_overview_and_section_are_compared(read: Reader) -> None:
    assert [f.text for f in read(COLOURS).findings("figures")] == []
    changed = COLOURS.replace("三、橙标项目（3个）\n", "三、橙标项目（3个）\n完成投资0.99亿元。\n")
    assert [f.text for f in read(changed).findings("figures")] == [
        "“橙标”的完成投资在一处写0.90亿元，在另一处写0.99亿元"
    ]


def test_a_remark_tells_why_a_late_row_is_late(read_md: Reader) -> None:
    found = read_md(
        "# 丁县通报\n\n| 项目 | 状态 | 说明 |\n| --- | --- | --- |\n"
        "| 东岭水库 | 未开工 | 林地手续未批 |\n"
        "| 西桥改建 | 已竣工 | 5月通车 |\n| 南园小学 | 停工 | 总包退场 |\n"
    )
    reasons = dict(found.pairs("reason"))
    assert reasons == {"东岭水库": "林地手续未批", "西桥改建": None, "南园小学": "总包退场"}


def test_what_a_head_says_of_the_cause_is_kept_where_an_annex_says_more(read: Reader) -> None:
    found = read(
        "戊县通报\n项目共7个：完工4个，滞后3个，其余0个。\n3个项目滞后。"
        "卡在征迁上的2个，东岭路、西岭路；卡在资金上的1个，南岭桥。\n附件：清单\n一、滞后（3个）\n"
        "（1）东岭路，县交通局；原因：地块内9座老屋还在。\n（2）西岭路，县住建局；原因：4户没有签约。\n"
        "（3）南岭桥，县交通局；原因：贷款没有到账。\n"
    )
    assert len(found.names) == len(set(found.names))
    assert found.record("南岭桥").reason_kind == "funds"


MOORED = (
    "丁县专班\n关于一季度项目推进情况的通报\n截至3月31日，全县安排重点项目10个。"
    "已经建成的，称“结穗”；快于序时进度的，称“拔节”；{said}，称“倒伏”。\n"
    "一、总体情况\n结穗3个，占30%；拔节2个，占20%；倒伏5个，占50%。\n"
    "二、结穗项目\n结穗项目3个，完成投资1.2亿元，差额主要是招标节余。县住建局1个，为产业园2号、3号厂房；"
    "县水利局2个，为石湾泵站和柳河堤防。\n"
    "三、拔节项目\n拔节项目2个，完成投资0.8亿元。县教育局2个：第三幼儿园、城西小学。\n"
    "四、倒伏项目\n倒伏项目5个。其中，{first}3个，分别是县住建局的北门停车楼，县林草局的西山林场，"
    "东浦镇的东浦粮库；{second}2个，分别是县水利局的龙山水库，县商务局的白石冷库。\n"
    "五、拔节、倒伏项目问题梳理\n（一）倒伏的5个项目。因资金问题的有2个：龙山水库，省级补助未下达；"
    "白石冷库，投资方抽走资金，决定暂缓建设。因土地问题的有3个：北门停车楼，地块权属没有划转；"
    "西山林场，林地协议没有签；东浦粮库，用地预审没有通过。\n"
)


@pytest.mark.parametrize(
    ("said", "first", "second"),
    [
        ("应开工未开工，或开工后停工的", "应开工未开工的", "开工后停工的"),
        ("到期没有动工或者中途停建的", "没有动工的", "中途停建的"),
    ],
)
def test_a_state_that_means_either_of_two_leaves_each_project_its_own(
    read: Reader, said: str, first: str, second: str
) -> None:
    found = read(MOORED.format(said=said, first=first, second=second))
    late = [r for r in found.ledger.records if r.fields["state"].text == "倒伏"]
    assert [(r.name, r.stage) for r in late] == [
        ("北门停车楼", "not_started"), ("西山林场", "not_started"), ("东浦粮库", "not_started"),
        ("龙山水库", "suspended"), ("白石冷库", "suspended"),
    ]  # fmt: skip
    # A heading that names two states puts nothing behind the plan, and each is listed once.
    assert {r.progress for r in late} == {None}
    assert found.field("西山林场", "reason") == "林地协议没有签"
    assert found.field("西山林场", "unit") == "县林草局"
    assert found.findings("two_statuses") == []
    assert found.findings("count") == []


def test_what_a_count_bears_out_as_one_is_one_with_its_numbers(read: Reader) -> None:
    found = read(MOORED.format(said="没有开工或停工的", first="没有开工的", second="停工的"))
    assert found.field("厂房", "unit") == "县住建局"
    assert found.record("厂房").name == "产业园2号、3号厂房"
    assert "结穗项目" not in found.names


@pytest.mark.parametrize(
    ("smooth", "slow"),
    [
        ("进展平稳、符合序时进度", "进展偏慢、落后于序时进度"),
        ("推进顺畅、达到计划进度", "推进较慢、慢于计划进度"),
    ],
)
def test_a_state_of_two_names_goes_by_the_first(read: Reader, smooth: str, slow: str) -> None:
    found = read(
        f"戊县通报\n全县项目共9个。已建成3个，占33.3%；{smooth}的4个，占44.4%；{slow}的2个，占22.2%。\n"
        f"一、{slow}的项目（2个）\n这2个项目年度计划投资0.90亿元，已完成0.20亿元，只占22.2%。包括："
        "县交通局的东门大桥（钢梁没有到货）；县住建局的西园路改造（管线没有迁走）。\n"
    )
    names = [found.field(name, "state") for name in ("东门大桥", "西园路改造")]
    assert names == [slow.split("、", maxsplit=1)[0]] * 2


def test_a_bare_share_behind_an_amount_is_no_share_of_the_number(read: Reader) -> None:
    section = "一、金标项目（3个）\n年度计划投资2.30亿元，完成投资2.10亿元，占91.3%。\n"
    changed = COLOURS.replace("一、金标项目（3个）\n完成投资2.10亿元，都已移交。\n", section)
    assert changed != COLOURS
    assert read(changed).findings("figures") == []
