"""Questions cut into parts, and parts that are one question after all."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.compound.answering import covers, merge, told_at_once
from assistant.compound.parts import Part, split_clauses
from assistant.compound.sides import split_coordination
from assistant.records import Value
from assistant.statements import Draft, Source, Statement

CLAUSES = [
    ("区里有多少个项目未开工，书记讲话里提出了哪些措施？", ["区里有多少个项目未开工", "书记讲话里提出了哪些措施"]),
    ("通知是哪天发的？会议是谁主持的？", ["通知是哪天发的", "会议是谁主持的"]),
    ("石桥改建为什么未开工，监理单位是谁？", ["石桥改建为什么未开工", "石桥改建监理单位是谁"]),
    ("2025年计划安排多少个项目，总投资多少？", ["2025年计划安排多少个项目", "2025年计划安排项目总投资多少"]),
    ("供水会议谁主持的，提了什么要求？", ["供水会议谁主持的", "供水会议提了什么要求"]),
    ("谁主持了供水会议？几个人参加？会上提了哪些要求？", ["谁主持了供水会议", "几个人参加", "供水会议上提了哪些要求"]),
    ("《东风》是什么报纸？它的主编是谁？", ["《东风》是什么报纸", "《东风》的主编是谁"]),
    ("总结一下水务局上半年工作，并说明存在的问题", ["总结一下水务局上半年工作", "水务局上半年工作存在的问题"]),
    ("石桥改建项目6月是什么情况，到9月有什么变化？", ["石桥改建项目6月是什么情况", "石桥改建项目6月到9月有什么变化"]),
    ("石桥改建项目为什么停工，后来有没有新进展？", ["石桥改建项目为什么停工", "石桥改建项目后来有没有新进展"]),
    ("哪些项目未开工？哪些项目滞后？", ["哪些项目未开工", "哪些项目滞后"]),
    ("某厂偷税多少钱，被罚了多少钱", ["某厂偷税多少钱", "某厂偷税被罚了多少钱"]),
    ("When was the notice issued, and who signed it?", ["When was the notice issued", "who signed it"]),
]  # fmt: skip
SINGLE = [
    "石桥改建项目是哪个单位负责的？",
    "《关于水、电，气的通知》讲了什么？",
    "“一事一专班，谁来负责”是哪份文件的说法？",
    "截至9月底，全区哪些项目未开工？",
    "截至9月底，全区哪些项目未开工？请列表。",
    "总投资1,200万元以上的项目有哪些？",
    "我想问一下，西环路什么时候通车？",
]
COORDINATED = [
    ("2024年和2025年的财政收入分别是多少？", ["2024年的财政收入是多少？", "2025年的财政收入是多少？"]),
    ("2024和2025年的产量", ["2024年的产量", "2025年的产量"]),
    ("2024年一季度和二季度的投资分别是多少", ["2024年一季度的投资是多少", "2024年二季度的投资是多少"]),
    ("《春江》的主演和导演是谁？", ["《春江》的主演是谁？", "《春江》的导演是谁？"]),
    ("研讨会的时间和地点？", ["研讨会的时间？", "研讨会的地点？"]),
    ("未开工和滞后的项目各有多少个？", ["未开工的项目有多少个？", "滞后的项目有多少个？"]),
    ("Alpha和Beta2的发布时间", ["Alpha的发布时间", "Beta2的发布时间"]),
    ("年度最佳新人和最佳教练分别是谁？", ["年度最佳新人是谁？", "年度最佳教练是谁？"]),
    ("去年中考和高考报名人数分别是多少？", ["去年中考报名人数是多少？", "去年高考报名人数是多少？"]),
    ("全国赛男单和女单冠军分别是谁？", ["全国赛男单冠军是谁？", "全国赛女单冠军是谁？"]),
    ("全国赛男女单打冠军是谁？", ["全国赛男子单打冠军是谁？", "全国赛女子单打冠军是谁？"]),
    ("全区男女职工各有多少人？", ["全区男职工有多少人？", "全区女职工有多少人？"]),
    ("谷歌和百度推出的产品是什么？", ["谷歌推出的产品是什么？", "百度推出的产品是什么？"]),
]  # fmt: skip
TOGETHER = [
    "石桥改建和西环路大修的总投资合计多少？",
    "未开工和滞后的项目哪类多？",
    "讲话和通知的要求有什么不同？",
    "城管局和交通局联合划定了什么路线？",
    "区委和区政府之间是什么关系？",
    "全区男女比例是多少？",
    "水和电的价格政策是什么时候调整的？",
]


@pytest.mark.parametrize(("text", "wanted"), CLAUSES)
def test_questions_asked_one_after_the_other_are_parted(text: str, wanted: list[str]) -> None:
    assert [part.question for part in split_clauses(text)] == wanted


@pytest.mark.parametrize("text", SINGLE)
def test_one_question_stays_whole(text: str) -> None:
    assert [part.question for part in split_clauses(text)] == [text]


@pytest.mark.parametrize(("text", "wanted"), COORDINATED)
def test_two_sides_of_one_clause_are_parted(text: str, wanted: list[str]) -> None:
    assert [part.question for part in split_coordination(text)] == wanted


@pytest.mark.parametrize("text", TOGETHER)
def test_what_is_asked_of_two_together_is_one_question(text: str) -> None:
    assert split_coordination(text) == []


def test_nothing_is_cut_inside_a_name() -> None:
    text = "水、电，谁来管项目什么时候开工？"
    assert len(split_clauses(text, [(0, 8)])) == 1


@given(st.text(alphabet="项目未开工多少谁什么，；？和《》（）1。的有", max_size=40))
def test_any_text_is_parted_into_words_of_its_own(text: str) -> None:
    for part in split_clauses(text):
        words = re.sub("[，；？。]", "", part.words)
        assert words in re.sub("[，；？。]", "", text)
    split_coordination(text)


def draft(text: str, **more: object) -> Draft:
    return Draft([Statement(text, (Source(1, 0, 0, len(text)),))], **more)  # type: ignore[arg-type]


PARTS = [Part("甲是谁", "甲是谁"), Part("乙有几个", "乙有几个")]


def test_parts_stand_under_the_questions_own_words() -> None:
    merged = merge(PARTS, [draft("张三"), draft("三个", count=3)], "zh")
    assert [s.text for s in merged.statements] == ["**甲是谁**：张三", "**乙有几个**：三个"]
    assert merged.count == 3
    assert not merged.refused


def test_count_rows_and_value_are_those_of_the_first_part_that_has_them() -> None:
    first = draft("甲", count=2, value=Value(1.0, "个"))
    second = draft("乙", count=5, value=Value(9.0, "个"), columns=("name",), rows=[({}, {})])
    merged = merge(PARTS, [first, second], "zh")
    assert (merged.count, merged.value, merged.columns) == (2, Value(1.0, "个"), ("name",))


def test_only_a_question_whose_every_part_fails_is_refused() -> None:
    failed = Draft([Statement("没有找到")], refused=True, related=[Source(1, 0, 0, 4)])
    half = merge(PARTS, [failed, draft("三个")], "zh")
    assert not half.refused
    assert half.statements[0].text == "**甲是谁**：没有找到"
    assert half.related == [Source(1, 0, 0, 4)]
    assert merge(PARTS, [failed, failed], "zh").refused


def test_a_long_part_has_its_words_on_a_line_of_their_own() -> None:
    long = Draft([Statement("一", bullet=True), Statement("二", bullet=True)])
    merged = merge(PARTS, [long, draft("三个")], "zh")
    assert [s.text for s in merged.statements][:3] == ["**甲是谁**：", "一", "二"]


def test_the_short_answers_are_joined_while_they_are_short() -> None:
    merged = merge(PARTS, [draft("甲", short="张三"), draft("乙", short="3个")], "zh")
    assert merged.short == "张三；3个"
    long = merge(PARTS, [draft("甲", short="长" * 40), draft("乙", short="短" * 40)], "zh")
    assert long.short is None
    lacking = merge(PARTS, [draft("甲", short="张三"), draft("乙")], "zh")
    assert lacking.short is None


@pytest.mark.parametrize(
    ("kind", "first", "leaning", "told"),
    [
        ("list", "哪些项目未开工", "原因是什么", True),
        ("why", "石桥改建是哪个单位负责的", "为什么未开工", True),
        ("count", "安排多少个项目", "总投资多少", False),
        ("list", "哪些项目未开工", "哪些项目滞后", False),
        ("why", "石桥改建为什么没开工", "监理单位是谁", False),
        ("summary", "总结一下工作", "存在什么问题", False),
    ],
)
def test_records_answer_what_are_their_columns(
    kind: str, first: str, leaning: str, told: bool
) -> None:
    assert covers(Draft(interpretation={"kind": kind}), first, [leaning]) is told


def test_a_sentence_that_holds_what_a_part_leaves_open_answers_as_a_whole() -> None:
    said = Statement("常务副县长何远在三楼会议室主持召开专题会。", (Source(1, 0, 0, 30),))
    who = Draft([Statement("何远", (Source(1, 0, 5, 9),))])
    lost, whole = Draft([Statement("没有")], refused=True), Draft([said])
    where = Part("在哪里开的", "专题会在哪里开的", leans=True)
    parts = [Part("专题会谁主持的", "专题会谁主持的"), where]
    assert told_at_once(parts, [who, lost], whole)
    assert told_at_once(parts, [lost, lost], whole)
    assert not told_at_once(parts, [who, lost], lost)
    alone = Part("书记电话是多少", "书记电话是多少")
    assert not told_at_once([parts[0], alone], [who, lost], whole)
    elsewhere = Draft([Statement("何远", (Source(2, 0, 5, 9),))])
    assert not told_at_once(parts, [elsewhere, lost], whole)
