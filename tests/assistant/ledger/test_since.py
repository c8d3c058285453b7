"""What is new since the last report, and the counts over time, by hand from the reports."""

from __future__ import annotations

from collections.abc import Callable

from assistant.ledger.select import statuses_of
from assistant.ledger.since import CHANGES, Course, courses_of
from tests.assistant.ledger.conftest import AUTUMN, COUNTY, DISTRICT, SPRING, Desk
from tests.assistant.ledger.test_members import EARLY, LATE

Make = Callable[[dict[str, str]], Desk]
SUMMER = """青禾区2024年一季度重点项目进展情况
截至3月底，全区安排重点项目4个。
一、在建项目（1个）
截至3月底，1个项目在建：区水利局的柳溪河清淤。
二、未开工项目（3个）
截至3月底，3个项目未开工。分别是：区交通局的石桥改建工程（征地协议未签）、西环路大修工程（资金未到位）；区文旅局的古塔修缮（未批复）。
区重点项目建设办公室
2024年4月5日
"""
BRIEFING = """青禾区重点项目工作简报
截至11月底，1个项目停工：区水利局的柳溪河清淤。
区重点项目建设办公室
2024年12月2日
"""


def names(course: Course) -> dict[str, list[str]]:
    return {kind: [m.name for m in course.of(kind)] for kind in CHANGES}


def test_the_newest_report_is_compared_with_the_one_before(make: Make) -> None:
    (course,) = courses_of(make({"early.txt": EARLY, "late.txt": LATE}).library.ledger)
    assert (course.issuer, course.early.ended, course.late.ended) == (
        "青禾区",
        (2024, 6),
        (2024, 9),
    )
    assert names(course) == {
        "started": ["西环路大修工程"],
        "stalled": [],
        "behind": [],
        "completed": [],
        "listed": ["北苑广场"],
        "unlisted": [],
    }
    assert [p.current.record.name for p in course.masked] == ["**产业园", "**产业园"]


def test_what_a_report_lists_for_the_first_time_as_finished_is_newly_finished(
    district: Desk,
) -> None:
    (course,) = courses_of(district.library.ledger)
    told = names(course)
    assert told["completed"] == ["朝阳街雨污分流"]
    assert told["behind"] == []
    assert course.untold == ("behind",)  # the spring report lists none of them, or is silent
    assert told["started"] == []
    assert told["unlisted"] == ["北苑广场"]
    (new,) = course.of("completed")
    assert new.then is None


def test_counts_over_time_are_those_that_the_reports_state(district: Desk) -> None:
    (course,) = courses_of(district.library.ledger)
    assert "1个项目竣工" in SPRING
    assert "4个项目未开工" in AUTUMN
    stated = [(p.ended, p.count("completed"), p.count("not_started"), p.count("behind"))
              for p in course.points]  # fmt: skip
    assert stated == [((2024, 6), 1, 5, None), ((2024, 9), 2, 4, 4)]


def test_every_figure_leads_to_the_rows_and_words_that_bear_it_out(make: Make) -> None:
    files = {"q1.txt": SUMMER, "early.txt": EARLY, "late.txt": LATE}
    desk = make(files)
    (course,) = courses_of(desk.library.ledger)
    assert [p.ended for p in course.points] == [(2024, 3), (2024, 6), (2024, 9)]
    for point in course.points:
        for status, projects in point.by_status.items():
            for project in projects:
                assert status in statuses_of(project)
                for row in project.rows:
                    said = desk.library.text(row.file.path)[row.record.start : row.record.end]
                    assert row.record.name.strip("*") in said.replace("\n", "")
    for moved in course.moved:
        assert moved.rows
        assert {row.key for row in moved.rows} <= {row.key for row in desk.library.ledger.rows}


def test_a_briefing_on_one_project_is_no_report_of_all(make: Make) -> None:
    files = {"early.txt": EARLY, "late.txt": LATE, "briefing.txt": BRIEFING}
    files["early.txt"] = EARLY.replace("进展情况", "推进通报")  # another title: no series
    (course,) = courses_of(make(files).library.ledger)
    assert [p.ended for p in course.points] == [(2024, 6), (2024, 9)]


def test_one_report_alone_is_followed_by_nothing(county: Desk, make: Make) -> None:
    assert courses_of(county.library.ledger) == []
    assert courses_of(make({"late.txt": LATE}).library.ledger) == []


def test_two_regions_are_followed_apart(make: Make) -> None:
    other = {
        f"o{n}.txt": text.replace("青禾区", "白石县")
        for n, text in enumerate((EARLY, LATE.replace("西环路大修工程。", "石桥改建工程。")))
    }
    files = {**DISTRICT, **other, **COUNTY}
    found = courses_of(make(files).library.ledger)
    assert {c.issuer for c in found} == {"青禾区", "白石县"}
    for course in found:
        assert {
            row.document.title[:3] for p in course.points for q in p.projects for row in q.rows
        } == {course.issuer}


def test_names_that_staff_declared_one_are_one(make: Make) -> None:
    desk = make({"early.txt": EARLY, "late.txt": LATE.replace("西环路大修工程", "西环大道工程")})
    ledger = desk.library.ledger
    assert names(courses_of(ledger)[0])["started"] == []
    ledger.merge("西环大道工程", "西环路大修工程", "王伟")
    desk.library.reload_ledger()
    told = names(courses_of(desk.library.ledger)[0])
    assert told["started"] == ["西环大道工程"]
    assert "西环大道工程" not in told["listed"]
