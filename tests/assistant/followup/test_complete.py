"""A question that is complete by itself is never changed, whatever was said before."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from assistant.followup.parts import Known
from assistant.history import standalone
from assistant.records import Turn
from tests.assistant.followup.conftest import Talk

EVALS = Path(__file__).parents[2] / "evals"


def _questions() -> Iterator[str]:
    """Yield every example question that has no history.

    Those about the five offices are as short as people speak (“督办联系人”): behind
    another question some of them are rightly read as going on from it.
    """
    for path in sorted((EVALS / "questions").rglob("*.jsonl")):
        for line in path.read_text("utf-8").splitlines():
            gold = json.loads(line)
            if "question" in gold and not gold.get("history"):
                yield gold["question"]
    for path in sorted(EVALS.rglob("*.gold.json")):
        for gold in json.loads(path.read_text("utf-8")).get("questions", ()):
            if not gold.get("history"):
                yield gold["question"]


EXAMPLES = sorted(set(_questions()))
TALK = st.lists(
    st.sampled_from([*EXAMPLES, "那原因呢？", "第二个呢？", "谢谢"]), min_size=1, max_size=4
)


def _fails(question: str) -> str | None:
    raise AssertionError(f"answered again: {question}")


def test_there_are_examples() -> None:
    assert len(EXAMPLES) > 300


@pytest.mark.parametrize("question", EXAMPLES)
def test_an_example_question_stays_as_it_is(talk: Talk, question: str) -> None:
    known = Known(talk.desk.library.ledger)
    for before in (
        "河湾区二季度哪些项目未开工？",
        "谁主持了防汛工作会议？",
        "Which projects were suspended?",
    ):
        found = standalone(question, [Turn(before, "……")], known)
        assert found.text == question
        assert found.reply is None
        assert found.notes == ()


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(question=st.sampled_from(EXAMPLES), before=TALK)
def test_after_any_conversation(talk: Talk, question: str, before: list[str]) -> None:
    known = Known(talk.desk.library.ledger)
    history = [Turn(said, "1. 甲桥\n2. 乙路") for said in before]
    assert standalone(question, history, known).text == question


@given(st.text(min_size=1, max_size=80))
def test_without_history_nothing_changes(question: str) -> None:
    assert standalone(question).text == question


@settings(max_examples=80, deadline=None)
@given(question=st.text(max_size=60), before=st.text(max_size=60), shown=st.text(max_size=80))
def test_nothing_that_is_typed_breaks_it(question: str, before: str, shown: str) -> None:
    assert isinstance(standalone(question, [Turn(before, shown)]).text, str)


COMPLETE = [
    "全区共有多少个镇？",
    "那全区一共有多少个重点项目？",
    "那临溪县哪些工程未开工？",
    "河湾区10个项目中，其中停工的有几个？",
    "还有哪些项目没有开工？",
    "沈静秋在会上强调了什么？",
    "请问古街修缮工程的责任单位是哪个？",
    "望江路延伸工程为什么滞后，它的总投资是多少？",
    "这份通报里的数字有没有对不上的地方？",
    "第三小学什么时候建成？",
    "前三季度全区完成投资多少？",
    "总投资排前三位的项目是哪些？",
    "区水利局负责的项目有哪些？",
    "白鹭湖清淤工程",
    "Who chaired the flood meeting?",
    "How many reservoirs were inspected?",
]


@pytest.mark.parametrize("question", COMPLETE)
def test_new_topics_are_not_glued_to_the_old(talk: Talk, question: str) -> None:
    known = Known(talk.desk.library.ledger)
    for before in ("青年公寓项目为什么滞后？", "河湾区二季度哪些项目未开工？"):
        assert standalone(question, [Turn(before, "……")], known).text == question


@pytest.mark.parametrize(
    ("question", "before", "expected"),
    [
        ("那原因呢？", "东环路改造项目开工了吗？", "东环路改造项目的原因？"),
        ("它由哪个单位负责？", "东环路改造项目为什么没有开工？", "东环路改造项目由哪个单位负责？"),
        ("什么时候完工？", "东环路改造项目的总投资是多少？", "东环路改造项目什么时候完工？"),
        ("那二季度呢？", "一季度完成投资多少？", "二季度完成投资多少？"),
        ("李建国呢？", "王明远在会上提了哪些要求？", "李建国在会上提了哪些要求？"),
    ],
)
def test_of_what_no_ledger_holds(question: str, before: str, expected: str) -> None:
    assert standalone(question, [Turn(before, "……")]).text == expected
