"""Questions about what texts say: every point in its order, every line cited, nothing else."""

from __future__ import annotations

import re

import pytest

from assistant.chat import Assistant
from assistant.records import Answer
from index.library import Library

# Question, words that the answer's lines hold in this order, words that no line holds.
Expected = tuple[str, tuple[str, ...], tuple[str, ...]]

ALL_DEMANDS = (
    "4月底前必须开工", "5月10日前完成招标", "逐个检查", "每周报送进度", "前期费800万元",
    "严肃处理",
)  # fmt: skip
MEETING_DEMANDS = ("全面排查隐患", "备足物资", "严格值班")

DEMANDS: list[Expected] = [
    ("推进会讲话提了哪些要求？", ALL_DEMANDS, ("6.2亿元", "居全市第二")),
    ("县委书记顾长宁在推进会上提了什么要求？", ALL_DEMANDS, ("6.2亿元",)),
    ("书记在推进会上对水务局提了什么要求？", ("4月底前必须开工",), ("5月10日", "住建局", "前期费")),
    ("书记讲话对县财政局有什么要求", ("前期费800万元",), ("停工整改", "5月10日")),
    ("推进会讲话对住建局怎么要求的", ("逐个检查",), ("财政局", "编织袋")),
    ("书记讲话对南塘泵站提了什么要求？", ("5月10日前完成招标",), ("4月底前必须开工",)),
    ("What did the party secretary demand at the progress meeting?", ALL_DEMANDS, ("6.2亿元",)),
    ("督办通知对责任单位有什么要求", ("落实补偿资金", "重新报批", "每周三上午", "约谈"), ("电话",)),
    ("督办通知对城投公司提了什么要求", ("重新报批招标文件",), ("落实补偿资金",)),
    ("督办通知对柳河堤防加固提了什么要求", ("落实补偿资金",), ("重新报批",)),
    ("What does the supervision notice require?", ("落实补偿资金", "每周三上午"), ("电话",)),
    ("防汛工作会议提出了哪些要求？", MEETING_DEMANDS, ("降雨量",)),
    ("防汛会议对应急管理局提了什么要求", ("6月10日前组织一次演练",), ("编织袋",)),
    ("县长在防汛会议上提了什么要求", ("逐库落实责任人",), ("演练", "编织袋")),
    ("何满在防汛会议上强调了什么？", ("6月10日前组织一次演练",), ("侥幸心理",)),
    ("秦望指出了什么", ("侥幸心理", "逐库落实责任人"), ("演练", "降雨量")),
    ("副区长纪云提了哪些要求", ("引进亿元以上项目12个", "建立项目专班", "5个工作日"), ("水利",)),
    ("纪云在招商工作会议上对商务局提了什么要求", ("建立项目专班",), ("5个工作日", "12个")),
    ("招商会议讲话的要求有哪些", ("12个", "建立项目专班", "5个工作日"), ("水务局",)),
    ("改造计划的保障措施有哪些", ("统筹资金6000万元", "群众走访"), ("燃气管道",)),
]  # fmt: skip

SUMMARIES: list[Expected] = [
    ("总结一下水务局上半年工作", ("18公里", "1.6万人", "征地滞后", "22人", "柳河堤防加固", "3200户"), ("纪云",)),
    ("请帮我概括一下督办通知的主要内容", ("2个工程存在问题", "落实补偿资金", "重新报批", "每周三上午"), ("电话",)),
    ("推进会讲话主要讲了什么", ("6.2亿元", "4月底前必须开工", "严肃处理"), ("纪云",)),
    ("推进会讲话第二部分讲了什么", ("4月底前必须开工", "逐个检查"), ("6.2亿元", "前期费")),
    ("推进会讲话第三点讲了什么？", ("每周报送进度", "前期费800万元", "严肃处理"), ("6.2亿元", "停工整改")),
    ("水务局总结里存在哪些问题", ("征地滞后", "缺口22人"), ("18公里", "3200户")),
    ("水务局工作总结的下半年打算", ("柳河堤防加固", "龙口水厂", "3200户"), ("18公里",)),
    ("归纳一下临溪县二季度报告的下一步工作", ("7月10日前制定计划", "每半月通报一次"), ("在建", "2.7亿元")),
    ("简要介绍白鹭区二季度通报", ("4.1亿元", "樱花路", "湖心岛栈道"), ("临溪",)),
    ("白鹭区老旧小区改造计划的主要内容", ("15个", "12公里", "640个", "6000万元"), ("水库",)),
    ("《关于做好水利工程问题整改的督办通知》讲了什么", ("落实补偿资金", "约谈"), ("演练",)),
    ("Summarise the supervision notice", ("落实补偿资金", "重新报批"), ("电话",)),
    ("梳理一下防汛会议的内容", ("降雨量", "侥幸心理", "全面排查隐患", "演练"), ("柳河",)),
]  # fmt: skip

FACTS: list[Expected] = [
    ("督办通知是哪天发的？", ("2025年4月2日",), ("7700123",)),
    ("督办通知是谁印发的", ("临溪县人民政府督查室",), ()),
    ("推进会是什么时候开的", ("2025年3月12日",), ()),
    ("推进会讲话是谁讲的？", ("顾长宁",), ("纪云",)),
    ("When was the supervision notice issued?", ("2025年4月2日",), ()),
    ("哪些文件提到了南塘泵站？", ("南塘泵站",), ("演练",)),
    ("南塘泵站在哪些文件里提到过", ("南塘泵站",), ("演练",)),
    ("提到南塘泵站的文件有哪些", ("南塘泵站",), ("演练",)),
    ("Which documents mention 南塘泵站?", ("南塘泵站",), ("演练",)),
]  # fmt: skip

CONTRASTS: list[Expected] = [
    ("推进会讲话和督办通知的要求有什么不同？", ("柳河堤防加固", "南塘泵站", "逐个检查", "每周三上午"), ("电话",)),
    ("推进会讲话和督办通知对完成时限的说法一致吗？", ("相同", "不同：5月10日 / 5月20日"), ("逐个检查",)),
    ("推进会讲话与督办通知对南塘泵站的要求一样吗", ("5月10日", "5月20日"), ("800万元",)),
    ("比较临溪县一季度报告和二季度报告", ("相同", "不同：后者多 1.5亿元", "不同：后者多 25个百分点"), ("白鹭",)),
    ("Compare the supervision notice with the speech at the progress meeting", ("柳河堤防加固",), ("演练",)),
]  # fmt: skip

COMPOUND: list[Expected] = [
    ("临溪县二季度有多少个工程未开工，书记讲话里提出了哪些要求？", ("南塘泵站", "4月底前必须开工", "严肃处理"), ("湖心岛",)),
    ("督办通知是哪天发的？推进会讲话是谁讲的？", ("2025年4月2日", "顾长宁"), ("纪云",)),
    ("南塘泵站为什么未开工，监理单位是谁？", ("招标文件未批复", "监理单位是谁", "没有找到"), ()),
    ("防汛工作会议谁主持的，提了什么要求？", ("秦望", *MEETING_DEMANDS), ()),
    ("临溪县二季度未开工和在建的工程各有多少个？", ("未开工", "2个", "在建", "4个"), ("湖心岛",)),
    ("总结一下水务局上半年工作，并说明督办通知的要求", ("18公里", "落实补偿资金"), ("纪云",)),
    ("改造计划安排改造多少个小区？新增停车位多少个？", ("15个", "640个"), ("水库",)),
    ("全县公务员有多少人，督办通知是哪天发的？", ("没有找到", "2025年4月2日"), ()),
    ("谁主持了防汛工作会议？会上提了哪些要求？", ("秦望", *MEETING_DEMANDS), ()),
    ("When was the supervision notice issued, and who gave the speech at the progress meeting?", ("2025年4月2日", "顾长宁"), ()),
]  # fmt: skip

REFUSED = [
    "书记讲话对县卫健局提了什么要求？",
    "水利局抗旱通知讲了什么",
    "推进会讲话第七部分讲了什么",
    "两份文件对完成时限的说法一致吗？",
    "哪些文件提到了磁悬浮列车？",
    "县长秦望的电话是多少，县图书馆几点开门？",
]


def lines_of(answer: Answer) -> list[str]:
    plain = re.sub(r"(?<!\\)\[\d+\]", "", answer.answer).replace("**", "").replace("\\", "")
    return plain.splitlines()


def check_order(answer: Answer, wanted: tuple[str, ...]) -> None:
    """Each of the words stands in a line at or after that of the one before."""
    lines, place = lines_of(answer), 0
    for words in wanted:
        found = next((n for n in range(place, len(lines)) if words in lines[n]), None)
        assert found is not None, f"{words} not found in order:\n{answer.answer}"
        place = found


def check_cited(answer: Answer, library: Library) -> None:
    """Every citation is verbatim; every bullet and row is cited and holds its quote's words."""
    quotes = {c.n: c.quote for c in answer.citations}
    for c in (*answer.citations, *answer.related):
        assert library.text(c.document)[c.start : c.end] == c.quote != ""
    for line in answer.answer.splitlines():
        if not line.startswith("- "):
            continue
        marks = [int(n) for n in re.findall(r"(?<!\\)\[(\d+)\]", line)]
        assert marks, f"an uncited line: {line}"
        said = re.sub(r"(?<!\\)\[\d+\]|\\|\*|\s|…|^《.*?》：", "", line[2:])
        quoted = "".join(quotes[n] for n in marks)
        if "|" not in quoted and "\t" not in quoted:  # a row says its columns, too
            # “此前（3月底）：未开工；招标文件未批复”: a state and a reason, each where it stands.
            before = re.match(r"此前（.+?）：", said)
            parts = said[before.end() :].split("；") if before else [said]
            assert all(part in re.sub(r"\s|\*", "", quoted) for part in parts), line
    assert answer.unverified == (), answer.unverified


EVERY = [*DEMANDS, *SUMMARIES, *FACTS, *CONTRASTS, *COMPOUND]


@pytest.mark.parametrize(("question", "wanted", "unwanted"), EVERY, ids=[q for q, _, _ in EVERY])
def test_the_points_come_in_order_and_each_is_cited(
    assistant: Assistant,
    library: Library,
    question: str,
    wanted: tuple[str, ...],
    unwanted: tuple[str, ...],
) -> None:
    answer = assistant.answer(question)
    assert not answer.refused
    check_order(answer, wanted)
    for words in unwanted:
        assert words not in answer.answer
    check_cited(answer, library)


@pytest.mark.parametrize("question", REFUSED)
def test_what_no_text_says_is_refused_without_citations(
    assistant: Assistant, library: Library, question: str
) -> None:
    answer = assistant.answer(question)
    assert answer.refused
    assert answer.citations == ()
    assert not re.search(r"(?<!\\)\[\d+\]", answer.answer)
    check_cited(answer, library)


def test_a_text_that_says_nothing_of_the_matter_is_said_to(assistant: Assistant) -> None:
    answer = assistant.answer("推进会讲话和防汛会议对南塘泵站的要求一样吗？")
    assert "《临溪县召开防汛工作会议》没有找到关于这一点的内容" in answer.answer
    assert "5月10日前完成招标" in answer.answer


def test_a_speaker_who_is_not_the_one_asked_about_is_named(assistant: Assistant) -> None:
    answer = assistant.answer("县长在推进会上提了什么要求？")
    assert "不是“县长”" in answer.answer
    assert "顾长宁" in answer.answer.splitlines()[0]


def test_of_several_points_those_left_out_are_counted(assistant: Assistant) -> None:
    answer = assistant.answer("推进会讲话主要讲了什么")
    bullets = [line for line in answer.answer.splitlines() if line.startswith("- ")]
    left = re.search(r"另有 (\d+) 条", answer.answer)
    assert answer.count == len(bullets) + (int(left[1]) if left else 0)
