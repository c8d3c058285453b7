"""What was verified leaves as a workbook, a report and lines of JSON, and says what it said."""

import io
import json
from dataclasses import replace

import pytest
from docx import Document
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from assistant.desk.bodies import quote_hash
from assistant.desk.desk import sees_all
from assistant.desk.exports.lines import json_lines
from assistant.desk.exports.report import write_report
from assistant.desk.exports.workbook import write_workbook
from assistant.desk.records import Case, CitationMark, Decision, KeptTurn, SourceFate
from assistant.records import Answer, Citation, Unverified
from index.ledger.export import writable
from index.withdrawal import erase
from tests.assistant.desk.conftest import ELSEWHERE, UNSTARTED, WANG, Office

FORMULAS = ("=cmd|'/C calc'!A0", "+1+1", "-1+1", "@SUM(A1)", "\t=1+1", '=HYPERLINK("http://x")')
TEXT = st.text(max_size=30)


def case_of(words: str, verdict: str = "corrected") -> Case:
    """Return a case in which everything that anybody can say is ``words``."""
    cited = Citation(1, words, None, words, words, 3, 5, 9, words, words, 2)
    answer = Answer(words, "答[1]", citations=(cited,), unverified=(Unverified(words, words),))
    turn = KeptTurn(7, 1, words, answer, words, "2026-01-02T03:04:05+08:00", "v")
    return Case(
        turn, words, "2026-01-02T03:04:06+08:00", words,
        (CitationMark(1, "partly", words, words, "2026-01-02T03:05:00+08:00"),),
        (Decision(verdict, words, words, words, "2026-01-02T03:06:00+08:00"),),  # type: ignore[arg-type]
        (SourceFate(words, 2, "updated", 3, (1,)),),
    )  # fmt: skip


def book_of(*cases: Case) -> dict[str, list[list[object]]]:
    stream = io.BytesIO()
    write_workbook(stream, cases)
    book = load_workbook(stream)
    for sheet in book:
        for row in sheet.iter_rows():
            assert all(cell.data_type != "f" for cell in row)
    return {s.title: [[c.value for c in row] for row in s.iter_rows()] for s in book}


def report_of(*cases: Case) -> str:
    stream = io.BytesIO()
    write_report(stream, cases)
    document = Document(stream)
    cells = [cell.text for t in document.tables for row in t.rows for cell in row.cells]
    return "\n".join([*(p.text for p in document.paragraphs), *cells])


@pytest.mark.parametrize("words", FORMULAS)
def test_no_cell_of_a_workbook_is_a_formula(words: str) -> None:
    sheets = book_of(case_of(words))
    answer = dict(zip(sheets["答案"][2], sheets["答案"][3], strict=True))
    assert answer["问题"] == answer["意见"] == answer["结论"] == answer["申请说明"] == words
    quote = dict(zip(sheets["引文"][1], sheets["引文"][2], strict=True))
    assert quote["引文"] == quote["文件"] == quote["意见"] == words
    assert (quote["标记"], quote["页"], quote["起"]) == ("部分支持", 3, 5)


@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None, max_examples=60)
@given(TEXT)
def test_whatever_is_said_stands_in_the_workbook_as_text(words: str) -> None:
    sheets = book_of(case_of(words))
    told = {
        str(cell).replace("_x000D_", "\r") for rows in sheets.values() for r in rows for cell in r
    }
    wanted = writable(words)
    assert not wanted or wanted in told or wanted.replace("\r\n", "\n") in told


@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None, max_examples=40)
@given(TEXT.filter(lambda words: words == writable(words) and "\r" not in words))
def test_whatever_is_said_stands_in_the_report_literally(words: str) -> None:
    assert f"[1] “{words}”" in report_of(case_of(words))


def test_masks_stay_masks_in_the_report() -> None:
    said = report_of(case_of("**产业园未开工"))
    assert said.count("**产业园未开工") > 5
    assert "\\*" not in said


def test_the_report_tells_all_that_a_reader_asks(office: Office) -> None:
    turn = office.asked()
    office.mark_all(turn)
    office.desk.mark(WANG, turn, 1, "partly", sees_all, "小标题也写了 4 个")
    case = office.desk.decide(WANG, turn, "verified", sees_all, comment="已核")
    said = report_of(case)
    for words in (UNSTARTED, "已核实（王核实，", "核实意见：已核", "石桥改建工程", "征地协议未签",
                  "q3.txt", "三、未开工项目（4个）", "2024-10-08", "部分支持（王核实，",
                  "小标题也写了 4 个", "第 1 版"):  # fmt: skip
        assert words in said, words
    assert case.turn.answer
    for citation in case.turn.answer.citations:
        assert said.count(f"[{citation.n}] “{citation.quote}”") == 1
        assert f"第 {citation.start}–{citation.end} 字" in said


def test_a_corrected_answer_stands_above_the_one_it_corrects(office: Office) -> None:
    turn = office.asked()
    office.desk.decide(WANG, turn, "rejected", sees_all, comment="口径不对")
    case = office.desk.decide(WANG, turn, "corrected", sees_all, "共 3 个[1]\n- **产业园[2]")
    said = report_of(case).split("\n")
    assert said.index("更正后的答案") < said.index("共 3 个[1]") < said.index("原答案")
    assert "**产业园[2]" in said
    assert any("不采用：口径不对" in line for line in said)


def test_lines_of_json_hold_the_whole_history(office: Office) -> None:
    turn = office.asked()
    office.mark_all(turn)
    case = office.desk.decide(WANG, turn, "verified", sees_all)
    (line,) = json_lines([case])
    told = json.loads(line)
    assert case.turn.answer
    assert told["answer"] == json.loads(json.dumps(case.turn.answer.to_json()))
    assert told["state"] == "verified"
    assert [m["n"] for m in told["marks"]] == [c.n for c in case.turn.answer.citations]
    first = case.turn.answer.citations[0]
    assert told["quotes"][str(first.n)] == quote_hash(first.quote)
    assert line.count("\n") == 1


def test_an_erased_answer_leaves_only_what_was_decided(office: Office) -> None:
    turn = office.asked(ELSEWHERE)
    office.desk.decide(WANG, turn, "rejected", sees_all, comment="污水处理厂已取消")
    erase(office.library, "notice.txt", "赵主任")
    case = office.desk.case(WANG, turn, sees_all)
    for said in (report_of(case), "".join(json_lines([case])), str(book_of(case))):
        assert "污水处理厂" not in said
        assert "王核实" in said


def test_a_case_without_decision_is_exported_as_what_it_is() -> None:
    case = replace(case_of("x"), decisions=(), marks=(), requested_at="")
    assert "状态：未申请核实" in report_of(case)
    assert "核对：未核对" in report_of(case)
    assert case.unmarked == (1,)
