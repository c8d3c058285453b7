"""Relative time is told by the documents' dates, never by the clock."""

from collections.abc import Callable, Iterator

import pytest

from assistant.reltime import absolute, periods_told, years_asked
from tests.assistant.followup.conftest import FILES, SUMMER, Talk, talk
from tests.assistant.ledger.conftest import Desk, make

__all__ = ["make", "talk"]

NO_DATE = """重点项目清单
一、未开工项目（2个）
2个项目未开工。分别是：区交通局的望江路延伸工程（土地未征）；区水利局的白鹭湖清淤工程（资金未到位）。
"""


@pytest.fixture
def one_year(make: Callable[[dict[str, str]], Desk]) -> Iterator[Desk]:
    return make({"q2.txt": SUMMER})


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("上季度有哪些项目停工？", "2024年一季度有哪些项目停工？"),
        ("上个季度有哪些项目停工？", "2024年一季度有哪些项目停工？"),
        ("本季度有哪些项目停工？", "2024年二季度有哪些项目停工？"),
        ("上个月有哪些项目停工？", "2024年5月有哪些项目停工？"),
        ("今年哪些项目未开工？", "2024年哪些项目未开工？"),
        ("今年一季度哪些项目未开工？", "2024年一季度哪些项目未开工？"),
        ("去年哪些项目未开工？", "2023年哪些项目未开工？"),
        ("去年四季度哪些项目未开工？", "2023年四季度哪些项目未开工？"),
        ("前年哪些项目未开工？", "2022年哪些项目未开工？"),
        ("上半年完成投资多少？", "2024年上半年完成投资多少？"),
        (
            "Which projects were suspended last quarter?",
            "Which projects were suspended in 2024年一季度?",
        ),
        (
            "Which projects were not started last year?",
            "Which projects were not started in 2023年?",
        ),
        ("Which projects of this year are late?", "Which projects of 2024年 are late?"),
    ],
)
def test_read_by_the_newest_report(talk: Talk, question: str, expected: str) -> None:
    found = absolute(question, talk.desk.library.ledger)
    assert found.text == expected
    assert "2024" in found.notes[0]
    assert "6月底" in found.notes[0] or "2024-6" in found.notes[0]
    assert found.reply is None


@pytest.mark.parametrize(
    "question",
    [
        "事故比去年同期减少了几起？",
        "与去年相比，停工项目多了几个？",
        "《今年重点工作安排》讲了什么？",
        "“上季度”是什么意思？",
        "跟上季度比，二季度又有哪些项目停工？",
        "哪些项目未开工？",
        "年计划投资是多少？",
    ],
)
def test_what_is_no_time_of_its_own_stays(talk: Talk, question: str) -> None:
    found = absolute(question, talk.desk.library.ledger)
    assert found.text == question
    assert found.notes == ()


@pytest.mark.parametrize("word", ["目前", "现在", "最近"])
def test_now_is_the_newest_report_and_is_said(talk: Talk, word: str) -> None:
    found = absolute(f"{word}哪些项目停工？", talk.desk.library.ledger)
    assert found.text == f"{word}哪些项目停工？"
    assert found.notes == (f"“{word}”按最新报告（截至2024年6月底）理解",)


def test_this_year_stays_where_all_documents_are_of_it(one_year: Desk) -> None:
    found = absolute("今年哪些项目未开工？", one_year.library.ledger)
    assert found.text == "今年哪些项目未开工？"
    assert found.notes == ("“今年”按最新报告（截至2024年6月底）读作2024年",)


def test_the_region_that_is_asked_about_counts(make: Callable[[dict[str, str]], Desk]) -> None:
    later = SUMMER.replace("河湾区", "临溪县").replace("2024年二季度", "2024年三季度")
    later = later.replace("6月底", "9月底").replace("2024年7月8日", "2024年10月9日")
    desk = make({"a.txt": SUMMER, "b.txt": later})
    ledger = desk.library.ledger
    assert absolute("河湾区上季度哪些项目停工？", ledger).text == "河湾区2024年一季度哪些项目停工？"
    assert absolute("临溪县上季度哪些项目停工？", ledger).text == "临溪县2024年二季度哪些项目停工？"


@pytest.mark.parametrize("question", ["上季度哪些项目未开工？", "去年哪些项目未开工？"])
def test_documents_without_dates_are_no_ground_to_guess(
    make: Callable[[dict[str, str]], Desk], question: str
) -> None:
    answer = make({"list.txt": NO_DATE}).ask(question)
    assert answer.refused
    assert "没有写明日期" in answer.answer


def test_this_year_of_documents_without_dates_is_answered_and_said(
    make: Callable[[dict[str, str]], Desk],
) -> None:
    answer = make({"list.txt": NO_DATE}).ask("今年哪些项目未开工？")
    assert answer.count == 2
    assert "没有写明日期" in answer.notes[0]


def test_answers_of_relative_time(talk: Talk) -> None:
    rows = {row["name"] for row in talk.say("上季度有哪些项目停工？").rows or ()}
    assert rows == {"古街修缮工程", "青年公寓项目"}
    answer = talk.say("今年哪些项目未开工？")
    assert answer.count == 5
    assert any("读作2024年" in note for note in answer.notes)


@pytest.mark.parametrize(
    "question",
    [
        "2022年未开工项目有哪些？",
        "2022年哪些项目停工？",
        "2022年一季度停工的项目有几个？",
        "望江路延伸工程2022年完成投资多少？",
        "2030年的重点项目有哪些？",
        "前年哪些项目未开工？",
    ],
)
def test_a_year_of_no_document_is_refused_with_those_that_there_are(
    talk: Talk, question: str
) -> None:
    answer = talk.say(question)
    assert answer.refused
    assert answer.rows is None
    assert all(period in answer.answer for period in ("2023年12月", "2024年3月", "2024年6月"))


def test_a_year_that_a_text_only_mentions_has_no_list(
    make: Callable[[dict[str, str]], Desk],
) -> None:
    text = SUMMER.replace("全区安排重点项目10个。", "全区安排重点项目10个，比2022年增加3个。")
    answer = make({"q2.txt": text}).ask("2022年未开工项目有哪些？")
    assert answer.refused


def test_periods_and_years(talk: Talk) -> None:
    assert periods_told(talk.desk.library.ledger, "zh") == "2023年12月、2024年3月、2024年6月"
    assert years_asked("青政督〔2022〕18号文件和2023年的《2021年总结》") == [2023]
    assert len(FILES) == 6
