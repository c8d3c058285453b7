"""English questions put into Chinese."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

from assistant.translation.clauses import clause_in_chinese
from assistant.translation.pinyin import in_characters, is_pinyin
from assistant.translation.questions import _with_names, in_chinese
from assistant.translation.times import in_chinese_figures

_NAMES = "柳塘片区安置房二标段 柳塘大桥 青石西路停车场 区水务局 供水管网 李青松"
SAID = _NAMES.replace(" ", "\n")


@pytest.fixture
def held() -> SimpleNamespace:
    return SimpleNamespace(
        names=SAID, texts=SAID, says=lambda w: w in SAID, count=lambda w: SAID.count(w)
    )


@pytest.mark.parametrize(
    ("asked", "chinese"),
    [
        ("Which projects are behind schedule", "进度滞后的项目有哪些"),
        ("and what is holding each of them up?", "原因分别是什么"),
        ("Which items are overdue and not finished?", "超期未完成的事项有哪些"),
        ("Why has the Liutang Bridge still not been started?", "柳塘大桥为什么未开工"),
        ("What is the status of the Liutang resettlement housing lot 2?", "柳塘安置房二标段"),
        ("How many projects in the second-quarter register are suspended?", "二季度台账里停工"),
        ("Which company is building 柳塘大桥?", "柳塘大桥是哪家公司施工的"),
        ("Who chaired the meeting?", "会议是谁主持的"),
        ("Who led the on-site inspection on 3 and 4 May?", "5月3日至4日谁带队现场督导"),
        ("By when must the overdue wages be paid?", "拖欠的工资"),
        ("Which projects are ahead of schedule?", "快于序时进度的项目有哪些"),
        ("Which projects are progressing slowly?", "进度滞后的项目有哪些"),
        ("Who led the inspection team that visited 柳塘?", "是谁带队的"),
        ("and who is responsible?", "谁负责"),
        ("How many registered residents does 柳塘 have?", "户籍人口"),
    ],
)
def test_a_clause_is_asked_as_chinese_asks(asked: str, chinese: str, held: SimpleNamespace) -> None:
    said = clause_in_chinese(in_chinese_figures(asked.lower()), held)  # type: ignore[arg-type]
    assert chinese in said


def test_pinyin_is_read_as_what_the_texts_say() -> None:
    assert in_characters("Liutang", SAID) == "柳塘"
    assert in_characters("Li Qingsong", SAID) == "李青松"
    assert in_characters("Fuzhou", SAID) is None


@pytest.mark.parametrize(
    ("english", "chinese"),
    [
        ("by the end of June 2024", "by 2024年6月底"),
        ("in the third quarter", "in the 三季度"),
        ("by year-end", "by 年底"),
        ("on year-end work", "on year-end work"),
        ("more than 12 million yuan", "more than 1200万元"),
        ("lot 3", "三标段"),
        ("from 8 to 12 March", "3月8日至12日"),
        ("July 4-6", "7月4日至6日"),
    ],
)
def test_times_and_amounts_are_written_in_chinese(english: str, chinese: str) -> None:
    assert in_chinese_figures(english.lower()) == chinese


def test_chinese_in_brackets_stands_for_the_english_before_it(held: SimpleNamespace) -> None:
    asked = "What is the progress of the west extension of Liutang Road (柳塘路西延)?"
    assert _with_names(asked, held) == "What is the progress of the 柳塘路西延 ?"  # type: ignore[arg-type]


@pytest.mark.parametrize("name", ["东坊改造（B区）", "青山林场（二期）", "“河湾”路网（城北段）"])
def test_brackets_of_a_chinese_name_stay_in_it(name: str, held: SimpleNamespace) -> None:
    asked = f"Who is responsible for {name}?"
    assert _with_names(asked, held) == asked  # type: ignore[arg-type]
    said = clause_in_chinese(asked.lower().rstrip("?"), held)  # type: ignore[arg-type]
    assert name.lower() in said


def test_what_a_leader_demands_is_not_put_into_chinese() -> None:
    asked = "How many projects are suspended, and what did the mayor demand?"
    assert in_chinese(asked, SimpleNamespace()) is None  # type: ignore[arg-type]


def test_a_long_run_of_letters_is_no_pinyin() -> None:
    assert not is_pinyin("xian" * 400)
    assert is_pinyin("xian" * 4)
