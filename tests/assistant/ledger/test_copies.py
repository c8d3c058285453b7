"""A report that was sent twice, or in two formats, is counted once."""

from collections.abc import Callable

from tests.assistant.ledger.conftest import AUTUMN, SPRING, Desk

Make = Callable[[dict[str, str]], Desk]


def test_a_masked_project_of_a_report_sent_twice_is_one(make: Make) -> None:
    desk = make({"a.txt": AUTUMN, "b.txt": AUTUMN + "\n"})
    answer = desk.ask("哪些项目进度滞后？")
    assert answer.count == 4
    assert len([row for row in answer.rows or () if row["name"].startswith("**")]) == 1


def test_the_same_article_with_another_word_in_its_records_is_no_copy(make: Make) -> None:
    desk = make({"a.txt": AUTUMN, "b.txt": AUTUMN.replace("企业资金不足", "企业资金到位")})
    masked = [r for r in desk.ask("哪些项目进度滞后？").rows or () if r["name"].startswith("**")]
    assert len(masked) == 2


def test_reports_of_two_quarters_are_no_copies(make: Make) -> None:
    desk = make({"q2.txt": SPRING, "q3.txt": AUTUMN})
    assert {row.file.path for row in desk.library.ledger.rows} == {"q2.txt", "q3.txt"}
