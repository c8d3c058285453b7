"""Conversations of several turns over the documents of two offices, without a model."""

import re

import pytest

from assistant.records import Turn
from tests.assistant.followup.conftest import Talk

NOT_STARTED = "河湾区二季度哪些项目未开工？"
LAKE, GATE, GRAIN, ROAD = "白鹭湖清淤工程", "南门广场改造", "粮库搬迁项目", "望江路延伸工程"
OLD, CANAL, FLATS, SEWER = "古街修缮工程", "东干渠衬砌", "青年公寓项目", "雨污分流一期"
BRIDGE, SCHOOL = "石门大桥", "实验中学扩建"
EN = "Which projects in 河湾区 were not started?"

LISTS = [
    # a change of what the list is of
    ([NOT_STARTED, "那水利局的呢？"], [LAKE]),
    ([NOT_STARTED, "区住建局呢"], [GATE]),
    ([NOT_STARTED, "城东街道的有哪些"], [GRAIN]),
    ([NOT_STARTED, "停工的呢？"], [OLD, CANAL]),
    ([NOT_STARTED, "那停工的项目呢"], [OLD, CANAL]),
    ([NOT_STARTED, "滞后的有哪些"], [SEWER, FLATS, ROAD]),
    ([NOT_STARTED, "一季度呢？"], [ROAD, LAKE, GATE, GRAIN]),
    ([NOT_STARTED, "2024年一季度呢？"], [ROAD, LAKE, GATE, GRAIN]),
    ([NOT_STARTED, "去年四季度呢？"], [ROAD, LAKE, GATE, GRAIN]),
    ([NOT_STARTED, "临溪县呢？"], [BRIDGE, SCHOOL]),
    ([NOT_STARTED, "临溪县停工的呢？"], []),
    ([NOT_STARTED, "上季度呢？"], [ROAD, LAKE, GATE, GRAIN]),
    (["河湾区一季度哪些项目停工？", "二季度呢"], [OLD, CANAL]),
    (["区交通局负责哪些项目？", "那区水利局呢？"], [LAKE, CANAL]),
    # the same list, with something more said of it
    ([NOT_STARTED, "那原因呢？"], [LAKE, GATE, GRAIN]),
    ([NOT_STARTED, "为什么没开工"], [LAKE, GATE, GRAIN]),
    ([NOT_STARTED, "它们归哪个单位？"], [LAKE, GATE, GRAIN]),
    ([NOT_STARTED, "这些项目的责任领导是谁？"], [LAKE, GATE, GRAIN]),
    ([NOT_STARTED, "总投资分别是多少？"], [LAKE, GATE, GRAIN]),
    ([NOT_STARTED, "什么时候完成？"], [LAKE, GATE, GRAIN]),
    ([NOT_STARTED, "还有吗？"], [LAKE, GATE, GRAIN]),
    ([NOT_STARTED, "详细说说"], [LAKE, GATE, GRAIN]),
    ([NOT_STARTED, "改成按单位列"], [LAKE, GATE, GRAIN]),
    (["河湾区二季度有几个项目停工？", "分别是哪些？"], [OLD, CANAL]),
    (["河湾区二季度有几个项目停工？", "是哪几个"], [OLD, CANAL]),
    ([NOT_STARTED, "那水利局呢，原因是什么？"], [LAKE]),
    ([NOT_STARTED, "跟一季度比呢？"], [ROAD]),
    ([f"{SEWER}为什么滞后？", "区住建局还有哪些滞后的？"], [SEWER, FLATS]),
    ([NOT_STARTED, "谢谢，那停工的呢？"], [OLD, CANAL]),
    # narrower
    ([NOT_STARTED, "其中因为资金的有哪些？"], [LAKE]),
    ([NOT_STARTED, "这里面住建局的是哪个？"], [GATE]),
    ([NOT_STARTED, "资金问题的呢？"], [LAKE]),
    # corrections
    ([NOT_STARTED, "不是河湾区，是临溪县"], [BRIDGE, SCHOOL]),
    ([NOT_STARTED, "我问的是一季度"], [ROAD, LAKE, GATE, GRAIN]),
    ([NOT_STARTED, "不对，我说的是停工的"], [OLD, CANAL]),
    ([NOT_STARTED, "改成滞后的"], [SEWER, FLATS, ROAD]),
    ([NOT_STARTED, "不是未开工，是停工"], [OLD, CANAL]),
    # several turns
    ([NOT_STARTED, "临溪县呢？", "原因呢？"], [BRIDGE, SCHOOL]),
    ([NOT_STARTED, "停工的呢", "一季度呢"], [OLD, FLATS]),
    ([NOT_STARTED, "那水利局的呢？", "停工的呢？"], [CANAL]),
    ([NOT_STARTED, "第二个呢？", "那滞后的呢？"], [SEWER, FLATS, ROAD]),
    ([NOT_STARTED, "谢谢", "停工的呢"], [OLD, CANAL]),
    (["哪个单位滞后的项目最多？", "是哪些？"], [SEWER, FLATS]),
    ([NOT_STARTED, "前两个", "那临溪县的呢？"], [BRIDGE, SCHOOL]),
    # English, and both languages
    ([EN, "and why?"], [LAKE, GATE, GRAIN]),
    ([EN, "who is responsible for them?"], [LAKE, GATE, GRAIN]),
    ([EN, "and the suspended ones?"], [OLD, CANAL]),
    ([EN, "what about 临溪县?"], [BRIDGE, SCHOOL]),
    ([EN, "那停工的呢？"], [OLD, CANAL]),
    ([EN, "原因呢？"], [LAKE, GATE, GRAIN]),
    ([NOT_STARTED, "and why?"], [LAKE, GATE, GRAIN]),
    ([NOT_STARTED, "tell me more"], [LAKE, GATE, GRAIN]),
    # a new topic
    ([f"{ROAD}为什么滞后？", "那临溪县哪些工程未开工？"], [BRIDGE, SCHOOL]),
    ([f"{ROAD}进展如何？", "河湾区停工的项目有哪些？"], [OLD, CANAL]),
    ([NOT_STARTED, "河湾区10个项目中，其中停工的项目有哪些？"], [OLD, CANAL]),
    (["防汛工作会议提出了哪些要求？", "临溪县滞后的工程有哪些？"],
     ["柏林水库除险加固", "供水管网改造"]),
]  # fmt: skip


@pytest.mark.parametrize(("questions", "names"), LISTS, ids=lambda v: " → ".join(v)[:60])
@pytest.mark.parametrize("bare", [False, True], ids=["shown", "bare"])
def test_a_follow_up_lists(talk: Talk, questions: list[str], names: list[str], bare: bool) -> None:
    answer = talk.say(*questions, bare=bare)
    assert not answer.refused
    assert sorted({row["name"] for row in answer.rows or ()}) == sorted(names)


SAYS = [
    ([NOT_STARTED, "一共多少钱？"], "15600万元"),
    ([NOT_STARTED, "总投资加起来是多少？"], "15600万元"),
    ([NOT_STARTED, "年度计划投资合计多少？"], "4400万元"),
    ([NOT_STARTED, "哪个投资最大？"], GRAIN),
    ([NOT_STARTED, "投资最少的是哪个？"], GATE),
    ([NOT_STARTED, "有几个？"], "3个"),
    ([NOT_STARTED, "占比多少？"], "30%"),
    ([NOT_STARTED, "其中住建局的有几个？"], "1个"),
    ([NOT_STARTED, "第二个呢？"], "未开工"),
    ([NOT_STARTED, "倒数第二个为什么没开工？"], "规划未批"),
    ([NOT_STARTED, "最后一个是谁负责的？"], "何志远"),
    ([NOT_STARTED, "第一个的总投资是多少？"], "4200万元"),
    ([NOT_STARTED, "第二个呢？", "那第三个呢？", "它的总投资呢？"], "8800万元"),
    ([NOT_STARTED, "哪个投资最大？", "它归谁管？"], "城东街道"),
    ([NOT_STARTED, "第3个什么时候完成？"], "2025年10月底"),
    ([NOT_STARTED, "临溪县呢？", "原因呢？", "第一个谁负责？"], "县交通局"),
    ([NOT_STARTED, "那水利局的呢？", "它为什么没开工？"], "资金未到位"),
    (["河湾区有哪些项目滞后？", "青年公寓呢？"], "滞后"),
    ([f"{ROAD}为什么滞后？", "总投资多少？"], "15600万元"),
    ([f"{ROAD}为什么滞后？", f"{LAKE}呢？"], "资金未到位"),
    ([f"{ROAD}为什么滞后？", "一季度呢？"], "土地未征"),
    ([f"{ROAD}为什么滞后？", "谁负责？", "什么时候完成？"], "2025年6月底"),
    ([f"{ROAD}进展如何？", "这个项目总投资呢"], "15600万元"),
    ([f"{ROAD}进展如何？", "该项目的责任单位是哪个？"], "区交通局"),
    ([f"{ROAD}的总投资是多少？", "那粮库搬迁呢？"], "8800万元"),
    ([f"{ROAD}的总投资是多少？", "为什么滞后"], "拆迁未完"),
    ([f"{ROAD}的总投资是多少？", f"不是{ROAD}，是{GATE}"], "2600万元"),
    ([f"{ROAD}3月底是什么状态？", "现在呢？"], "滞后"),
    ([EN, "what about the second one?"], "not started"),
    ([EN, "how much in total?"], "15600万元"),
    ([EN, "how many are there?"], "3"),
    ([NOT_STARTED, "which is the largest?"], GRAIN),
    ([f"Why is {ROAD} behind schedule?", "who is responsible for it?"], "区交通局"),
    (["上半年末河湾区停工的项目有几个？", "一季度呢"], "2个"),
]  # fmt: skip


@pytest.mark.parametrize(("questions", "short"), SAYS, ids=lambda v: " → ".join(v)[:60])
@pytest.mark.parametrize("bare", [False, True], ids=["shown", "bare"])
def test_a_follow_up_says(talk: Talk, questions: list[str], short: str, bare: bool) -> None:
    answer = talk.say(*questions, bare=bare)
    assert answer.short == short


TEXTS = [
    (["谁主持了防汛工作会议？", "她还说了什么？"], "24小时值班"),
    (["防汛工作会议提出了哪些要求？", "谁主持的？"], "沈静秋"),
    (["防汛工作会议提出了哪些要求？", "什么时候开的？"], "5月20日"),
    (["全区共检查水库多少座？", "发现了多少处隐患？"], "14处"),
    ([NOT_STARTED, "前两个的总投资是多少？"], "2600"),
    ([NOT_STARTED, "第一个和第三个的责任单位"], "城东街道"),
]


@pytest.mark.parametrize(("questions", "words"), TEXTS, ids=lambda v: " → ".join(v)[:60])
def test_a_follow_up_to_what_a_text_says(talk: Talk, questions: list[str], words: str) -> None:
    answer = talk.say(*questions)
    assert not answer.refused
    assert words in answer.answer


@pytest.mark.parametrize(
    "questions",
    [
        [f"{ROAD}为什么滞后？", "全区共有多少个镇？"],
        [NOT_STARTED, "河湾区图书馆几点开门？"],
        [NOT_STARTED, "第十个呢？"],
        [NOT_STARTED, "2021年呢？"],
        [NOT_STARTED, "the fifth one?"],
    ],
)
def test_what_no_document_tells_is_refused_after_any_turn(talk: Talk, questions: list[str]) -> None:
    answer = talk.say(*questions)
    assert answer.refused
    assert answer.citations == ()


def test_the_answer_says_how_a_follow_up_was_read(talk: Talk) -> None:
    answer = talk.say(NOT_STARTED, "那水利局的呢？")
    read = answer.interpretation["standalone"]
    assert "河湾区" in read
    assert "水利局" in read
    assert "二季度" in read
    assert "未开工" in read
    assert answer.notes[0] == f"按上文理解为：{read}"
    assert answer.question == "那水利局的呢？"


def test_an_english_note_for_an_english_follow_up(talk: Talk) -> None:
    assert talk.say(NOT_STARTED, "and why?").notes[0].startswith("Read with what was asked before")


def test_what_is_complete_by_itself_has_no_note(talk: Talk) -> None:
    answer = talk.say(NOT_STARTED, f"{ROAD}为什么滞后？")
    assert "standalone" not in answer.interpretation
    assert answer.notes == ()


def test_a_place_that_the_list_has_not_is_said(talk: Talk) -> None:
    answer = talk.say(NOT_STARTED, "第十个呢？")
    assert "只有3项" in answer.answer
    assert "第十个" in answer.answer


@pytest.mark.parametrize(
    "words", ["谢谢", "好的", "好的，谢谢！", "明白了", "thanks", "OK, thank you!"]
)
def test_thanks_are_no_question(talk: Talk, words: str) -> None:
    answer = talk.say(NOT_STARTED, words)
    assert not answer.refused
    assert answer.citations == ()
    assert answer.rows is None
    assert "\n" not in answer.answer
    assert bool(re.search(r"[a-z]{4}", answer.answer)) == words.isascii()


def test_a_list_kept_by_another_client_is_counted_in(talk: Talk) -> None:
    shown = "未开工的有：\n1. 粮库搬迁项目（选址未定）\n2. 白鹭湖清淤工程（资金未到位）"
    answer = talk.desk.assistant.answer("第二个为什么没开工？", [Turn(NOT_STARTED, shown)])
    assert answer.short == "资金未到位"
