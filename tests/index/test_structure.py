from pathlib import Path

import pytest

from index.dates import find_date, find_yearless
from index.headings import heading_length, numbering_of, question_length
from index.load.markdown import read_markdown
from index.records import LoadedFile, Structure
from index.sentences import enumeration, sentences
from index.structure import read_structure
from tests.index.layout import line_blocks

SEED = Path(__file__).parents[3] / "shared" / "seeds" / "district-reports.txt"


def structure(text: str, path: str = "文件.txt") -> Structure:
    return read_structure(LoadedFile(text, "text/plain", line_blocks(text), "utf-8"), path)


REPORT = """东河区人民政府办公室文件
东政办发〔2024〕7号
关于上半年重点工作进展情况的
通报
各镇街：
一、总体情况
上半年进展平稳。
（一）投资情况
完成投资3亿元。
（二）开工情况
开工12项。
二、存在问题
个别项目滞后。
东河区人民政府办公室
二〇二四年七月三日
"""


def test_title_number_issuer_and_date_are_found() -> None:
    (document,) = structure(REPORT).documents
    assert document.title == "关于上半年重点工作进展情况的通报"
    assert document.number == "东政办发〔2024〕7号"
    assert document.issuer == "东河区人民政府办公室"
    assert (document.date, document.date_text) == ("2024-07-03", "二〇二四年七月三日")
    assert REPORT[document.date_start : document.date_end] == document.date_text


def test_headings_nest_by_their_numbering() -> None:
    (document,) = structure(REPORT).documents
    outline = [(s.heading, s.level, s.parent) for s in document.sections]
    assert outline == [
        ("一、总体情况", 1, None),
        ("（一）投资情况", 2, 0),
        ("（二）开工情况", 2, 0),
        ("二、存在问题", 1, None),
    ]
    for section in document.sections:
        assert REPORT[section.start : section.heading_end] == section.heading


def test_a_question_heads_its_answer_and_lies_below_a_section() -> None:
    text = (
        "关于停车难的答复\n一、关于收费\n问：包月多少钱？\n答：每月90元。\n付现金即可。\n"
        "Q2：能退吗？答：能。\n二、其他\n已转交。\n"
    )
    (document,) = structure(text).documents
    assert [(s.heading, s.level) for s in document.sections] == [
        ("一、关于收费", 1), ("问：包月多少钱？", 2), ("Q2：能退吗？", 2), ("二、其他", 1),
    ]  # fmt: skip
    assert text[document.sections[1].heading_end : document.sections[1].end].count("现金") == 1
    assert question_length("问题：资金没有到位。") is None


def test_a_file_of_several_articles_holds_several_documents() -> None:
    text = (
        "第一篇：关于防汛的通知\n关于防汛的通知\n请做好准备。\n2024年6月1日\n"
        "第二篇：会议报道\n区里召开会议\n6月5日，区里召开会议。\n"
    )
    first, second = structure(text).documents
    assert (first.title, first.article, first.date) == (
        "关于防汛的通知",
        "第一篇：关于防汛的通知",
        "2024-06-01",
    )
    assert (second.title, second.date, second.date_text) == ("区里召开会议", None, "6月5日")
    assert first.end == second.start
    assert text[second.start :].startswith("第二篇")


def test_a_draft_is_known_as_one() -> None:
    assert structure("某办法（征求意见稿）\n第一条内容。\n").documents[0].state == "征求意见稿"


@pytest.mark.parametrize(
    ("line", "heading"),
    [
        ("一、工作进展", "一、工作进展"),
        ("（三）下一步打算", "（三）下一步打算"),
        ("1. 东湖公园。总投资3亿元。", "1. 东湖公园"),
        ("2．责任落实：各单位要负责。", "2．责任落实"),
        ("一是加强领导，二是落实责任。", None),
        ("3.5亿元的投资已经到位", None),
        ("（1）各单位要按时报送，不得延误。", None),
    ],
)
def test_which_numbered_lines_are_headings(line: str, heading: str | None) -> None:
    length = heading_length(line)
    assert (line[:length] if length else None) == heading


def test_the_levels_of_numbering() -> None:
    labels = ["第一章 总则", "第二节 范围", "一、甲", "（一）乙", "1. 丙", "（1）丁", "①戊"]
    levels = [found.level for label in labels if (found := numbering_of(label))]
    assert levels == sorted(set(levels))
    assert len(levels) == len(labels)


@pytest.mark.parametrize(
    ("text", "iso"),
    [
        ("2024年10月2日", "2024-10-02"),
        ("２０２４年１０月２日", "2024-10-02"),
        ("二〇二四年十月二十一日", "2024-10-21"),
        ("二○二四年十二月", "2024-12"),
        ("2024-10-02", "2024-10-02"),
        ("2024.10.2", "2024-10-02"),
        ("2024年10月", "2024-10"),
    ],
)
def test_dates_in_their_forms(text: str, iso: str) -> None:
    found = find_date(f"（{text}）")
    assert found is not None
    assert (found.iso, found.text) == (iso, text)


@pytest.mark.parametrize("text", ["9月30日", "13月40日2024", "2024年13月2日", "没有"])
def test_what_is_no_full_date_gets_none(text: str) -> None:
    assert find_date(text) is None


def test_a_date_without_a_year_stays_as_written() -> None:
    found = find_yearless("9月30日，区里开会")
    assert found is not None
    assert (found.text, found.iso) == ("9月30日", None)


@pytest.mark.skipif(not SEED.exists(), reason="the seed documents lie outside the project")
def test_the_seed_report_is_read_whole() -> None:
    text = SEED.read_text("utf-8")
    found = structure(text, SEED.name)
    assert len(found.documents) == 5
    report = found.documents[1]
    assert (report.issuer, report.date, report.state) == ("区重点项目办", "2024-10-02", "最终版")
    view = found.reading.view(report.start, report.end)
    lists = [e for a, b in sentences(view) if (e := enumeration(view, a, b))]
    counts = [sum(len(group.items) for group in e.groups) for e in lists]
    assert counts == [28, 51, 27, 24, 13]
    assert len(found.unread) == 1


def test_a_masthead_that_names_a_subject_is_no_issuer() -> None:
    text = "{}\n第3期\n石桥改建项目已进场施工，本月完成投资500万元。\n"
    (subject,) = structure(text.format("重点项目工作简报")).documents
    (office,) = structure(text.format("东河区发展和改革局工作简报")).documents
    assert (subject.issuer, office.issuer) == (None, "东河区发展和改革局")


def test_the_name_of_a_committee_is_no_title() -> None:
    text = "中共东河镇委员会\n书记办公会议纪要\n〔2025〕3号\n2025年2月6日\n会议研究了防汛工作。\n"
    (document,) = structure(text).documents
    assert document.title == "书记办公会议纪要"


def test_a_title_spread_over_its_line_is_closed_up() -> None:
    text = "督 办\u3000通  知\n东水督〔2024〕3号\n各镇街：\n请抓紧整改。\n"
    (document,) = structure(text).documents
    assert document.title == "督办通知"
    assert text[document.title_start : document.title_end] == "督 办\u3000通  知"


def test_a_document_is_dated_by_its_signature_before_what_is_attached() -> None:
    rows = "".join(f"第{n}行，某项目，某局，正在施工，3000万元\n" for n in range(9))
    text = (
        "关于1—9月项目推进情况的通报\n各单位：\n一、总体情况\n推进平稳。\n"
        f"云山县重点项目办公室\n2024年10月8日\n附件1　项目情况表\n{rows}"
    )
    (document,) = structure(text).documents
    assert document.date == "2024-10-08"
    assert document.issuer == "云山县重点项目办公室"


def test_a_run_in_heading_with_marks_of_emphasis_ends_where_it_ends() -> None:
    loaded = read_markdown("# 答复\n\n1. **场地没有定下来。** 家长反对。\n".encode())
    (document,) = read_structure(loaded, "答复.md").documents
    (section,) = document.sections
    assert section.heading.endswith("场地没有定下来")
    assert loaded.text[: section.heading_end].endswith("场地没有定下来")
