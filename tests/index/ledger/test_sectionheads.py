"""What a section's head or first sentence says of all below it: a cause, a status."""

from __future__ import annotations

from collections.abc import Callable

from index.ledger.reasons import reason_kind
from tests.index.ledger.conftest import Read

Reader = Callable[[str], Read]

CAUSES = """# 屏川县项目通报

2025年7月4日

## 六、迟未动工（5个）

这5个项目至今没有动工。按症结分：

症结一：地没有落下来（3个）

城西客运枢纽——县城投集团牵头，用地报批材料被退回；

县特殊教育学校——县教体局牵头，原选址压占基本农田；

青坪镇粮食烘干中心——青坪镇牵头，林地占用审批没有办下来。

症结二：钱没有着落（2个）

双龙水库——县水利局牵头，省级补助没有下达；

柳河渡改桥——县交通运输局牵头，县级配套缺口1800万元。
"""


def test_a_line_that_heads_others_gives_their_cause(read_md: Reader) -> None:
    causes = {r.name: r.fields["cause"].text for r in read_md(CAUSES).ledger.records}
    assert causes == {
        "城西客运枢纽": "地没有落下来",
        "县特殊教育学校": "地没有落下来",
        "青坪镇粮食烘干中心": "地没有落下来",
        "双龙水库": "钱没有着落",
        "柳河渡改桥": "钱没有着落",
    }


def test_a_cause_in_one_everyday_word_has_its_kind() -> None:
    assert reason_kind("钱没有着落") == "funds"
    assert reason_kind("“地”") == "land"
    assert reason_kind("地方配合不够") == "other"


def test_the_first_sentence_says_how_those_below_stand(read_md: Reader) -> None:
    read = read_md(
        "# 禾朔县五档晾晒通报\n\n2024年9月3日\n\n## E档·蓄势待开（3项）\n\n"
        "还没有开工，前期工作共花费400万元。引朔入云调水工程，县水利局牵头，可研仍在省里评审；"
        "生猪屠宰中心，县农业农村局牵头，用地指标未落实；明川储能电站，经开区管委会牵头，企业观望电价政策、暂缓投资。\n"
    )
    assert [r.stage for r in read.ledger.records] == ["not_started"] * 3
    assert read.column("reason") == [
        "可研仍在省里评审",
        "用地指标未落实",
        "企业观望电价政策、暂缓投资",
    ]


def test_sections_that_count_as_the_states_do_one_by_one_are_these_states(read_md: Reader) -> None:
    read = read_md(
        "# 海岭区季报\n\n2025年7月9日\n\n重点项目共12个。"
        "截至6月末，建成交付3个，超序时进度4个，达到序时进度5个。\n\n"
        "## ◆ 收官的\n\n3个项目交到了群众手里，分别是甲路桥、乙水库、丙学校。\n\n"
        "## ◆ 跑在前面的\n\n4个项目提前量较足，分别是丁医院、戊车站、己公园、庚码头。\n\n"
        "## ◆ 跟得上的\n\n5个项目与节点表同步，分别是辛厂房、壬仓库、癸水厂、子大道、丑小区改造。\n"
    )
    assert read.field("己公园", "state") == "超序时进度"
    assert read.record("己公园").progress == "ahead"
    assert read.record("丑小区改造").progress == "on_schedule"


def test_who_is_to_do_what_by_a_day_is_no_reason(read_md: Reader) -> None:
    read = read_md(
        "# 县政府专题会议纪要\n\n2024年9月6日\n\n"
        "会议听取了2个滞后项目的情况汇报，议定事项如下：\n\n"
        "一、关于北区道路。经开区管委会9月15日前先行支付600万元，组织施工队复工。\n\n"
        "二、关于特殊教育学校。县教育局更换设计团队，9月25日前施工图审查通过。\n"
    )
    assert {r.name for r in read.ledger.records} == {"北区道路", "特殊教育学校"}
    assert read.column("reason") == [None, None]


def test_a_head_at_the_very_end_heads_nothing(read: Reader) -> None:
    found = read("某县项目通报\n2025年7月4日\n一、停工的1个：甲桥，资金未到位。\n困难：征地未完成")
    assert all(
        "征地" not in r.fields.get("cause", r.fields["name"]).text for r in found.ledger.records
    )


def test_a_heading_of_a_field_is_no_cause(read_md: Reader) -> None:
    read = read_md(
        "# 某县项目通报\n\n2025年7月4日\n\n## 未开工项目\n\n"
        "（一）安置房项目（2个）：东关安置房，资金未到位；西关安置房，招标流标。\n"
    )
    assert read.column("cause") == [None] * len(read.names)


def test_a_sentence_that_counts_several_states_is_said_of_none_below(read_md: Reader) -> None:
    read = read_md(
        "# 某县项目通报\n\n2025年7月4日\n\n## 二、进展情况\n\n"
        "截至6月底，已开工36个，未开工4个。\n\n"
        "东岭大桥：县交通局负责，总投资2亿元。\n"
    )
    assert all(record.stage is None for record in read.ledger.records)


def test_a_column_of_states_is_known_by_what_stands_in_it(read_table: Callable[..., Read]) -> None:
    rows = [
        [f"第{n}号桥改建", "县交通局", ("跟上节点", "慢于节点", "没动土")[n % 3]] for n in range(9)
    ]
    read = read_table(["项目名称", "牵头单位", "走到哪一步"], *rows)
    assert read.column("status_text") == [row[2] for row in rows]
    assert read.record("第2号桥").stage == "not_started"


def test_what_those_not_begun_have_spent_is_part_of_the_whole(read: Reader) -> None:
    found = read(
        "岚溪县重点项目推进情况通报\n2025年9月8日\n今年排定项目62个。到8月31日，累计完成18.69亿元。\n"
        "已交付使用11个，占17.7%，完成2.29亿元；收尾待验9个，占14.5%，完成3.04亿元；"
        "正常施工20个，占32.3%，完成10.04亿元；进度落后10个，占16.1%，完成2.16亿元；"
        "中途停工5个，占8.1%，完成1.08亿元；尚未进场7个，占11.3%，花掉前期费用800万元。\n"
    )
    assert found.findings("sum") == []


def test_several_causes_in_one_head_are_the_cause_of_none(read_md: Reader) -> None:
    found = read_md(
        "# 某区通报\n\n2024年10月8日\n\n## 三、停工项目（3个）\n\n"
        "受矛盾纠纷、企业自身经营影响的3个："
        "农贸综合体项目（施工单位撤场）；污水泵站项目（需变更设计）；家居卖场项目（行业下行）。\n"
    )
    assert len(found.names) == 3
    assert found.column("cause") == [None] * 3


def test_a_state_counted_by_a_table_alone_heads_its_section(read_html: Reader) -> None:
    found = read_html(
        "<h1>宁禾县上半年简报</h1><table><tr><th>口径</th><th>项目数</th></tr>"
        "<tr><td>销号</td><td>2</td></tr><tr><td>顺推</td><td>4</td></tr><tr><td>待开</td><td>3</td></tr>"
        "</table><h2>已经销号的项目</h2><p>沙岗排涝站更新、滨河口袋公园。</p>"
        "<h2>待开的项目</h2><p>潘庄蓄滞洪区建设、城北热源厂、殡仪馆迁址新建。</p>"
    )
    assert [r.stated.text for r in found.ledger.rosters if r.stated] == ["2", "3"]
    assert found.record("城北热源厂").stage == "not_started"
