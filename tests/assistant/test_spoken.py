import pytest

from assistant.question import understand
from assistant.spoken import as_written


@pytest.mark.parametrize(
    ("spoken", "written"),
    [
        ("东桥为啥还没完工？", "东桥为什么还没完工？"),
        ("东桥咋样了", "东桥怎么样了"),
        ("东桥总投资好多", "东桥总投资多少"),
        ("总包欠了工人多少工钱", "总包拖欠工人多少工资"),
        ("专题会哪个主持的", "专题会谁主持的"),
        ("今冬几号送暖", "今冬几日供热"),
    ],
)
def test_spoken_words_are_read_as_written_ones(spoken: str, written: str) -> None:
    assert as_written(spoken) == written


@pytest.mark.parametrize(
    "question",
    [
        "3号线几号线站开通？",
        "覆盖了多少人？",
        "没来得及说？",
        "弥补多少缺口？",
        "落下帷幕了",
        "拖欠工资多少？",
        "招投了几次标",
        "好多项目未开工，有哪些？",
        "哪个项目未开工？",
        "哈欠",
    ],
)
def test_what_is_written_already_or_means_something_else_stays(question: str) -> None:
    assert as_written(question) == question


def test_a_spoken_why_is_a_why_and_the_question_stays_as_asked() -> None:
    question = understand("东桥咋个还没动工")
    assert question.kind == "why"
    assert question.text == "东桥咋个还没动工"
