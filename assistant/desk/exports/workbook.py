"""The desk as a workbook: a line for each answer, a line for each citation."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import BinaryIO

from assistant.desk.claims import plain_words
from assistant.desk.exports.wording import (
    ERASED,
    MARKS,
    STATES,
    UNMARKED,
    said_fates,
    said_time,
)
from assistant.desk.records import Case
from assistant.records import Citation
from index.ledger.export import Cell, SheetOfBook, write_book
from index.sql import now

ANSWERS = (
    "编号", "问题", "答案", "状态", "结论", "核实人", "核实时间", "意见", "未核实的内容", "引文数",
    "支持", "部分支持", "不支持", "未核对", "来源", "申请人", "申请时间", "申请说明", "提问时间",
)  # fmt: skip
CITATIONS = (
    "编号", "引文号", "引文", "文件", "标题", "章节", "页", "起", "止", "日期", "版本",
    "标记", "意见", "核对人", "核对时间",
)  # fmt: skip
HISTORY = ("编号", "结论", "更正后的答案", "意见", "核实人", "核实时间")


def write_workbook(target: Path | BinaryIO, cases: Sequence[Case]) -> None:
    """Write cases to an xlsx file of three sheets; whatever a cell says, it is text."""
    head = [f"导出时间：{said_time(now())}　答案 {len(cases)} 个"]
    write_book(
        target,
        [
            SheetOfBook("答案", ANSWERS, [_answer(c) for c in cases], "核实台：答案", head=head),
            SheetOfBook(
                "引文", CITATIONS, [r for c in cases for r in _citations(c)], "核实台：引文"
            ),
            SheetOfBook(
                "结论", HISTORY, [r for c in cases for r in _decisions(c)], "核实台：历次结论"
            ),
        ],
    )


def _answer(case: Case) -> list[Cell]:
    answer, decision = case.turn.answer, case.decision
    cited = answer.citations if answer else ()
    marks = [case.latest[c.n].mark for c in cited if c.n in case.latest]
    doubts = "\n".join(f"{u.text}（{u.why}）" for u in answer.unverified) if answer else ""
    return [
        case.turn.id,
        case.turn.question if answer else ERASED,
        plain_words(answer.answer) if answer else "",
        STATES[case.state],
        decision.text if decision else "",
        decision.by if decision else "",
        said_time(decision.at) if decision else "",
        decision.comment if decision else "",
        doubts,
        len(cited),
        *(marks.count(mark) for mark in MARKS),  # type: ignore[arg-type]
        len(cited) - len(marks),
        said_fates(case.sources),
        case.requested_by,
        said_time(case.requested_at),
        case.request_note,
        said_time(case.turn.asked_at),
    ]


def _citations(case: Case) -> list[list[Cell]]:
    answer = case.turn.answer
    return [_citation(case, cited) for cited in answer.citations] if answer else []


def _citation(case: Case, cited: Citation) -> list[Cell]:
    mark = case.latest.get(cited.n)
    return [
        case.turn.id, cited.n, cited.quote, cited.document, cited.title, cited.section,
        cited.page, cited.start, cited.end, cited.date, cited.version,
        MARKS[mark.mark] if mark else UNMARKED,
        mark.comment if mark else "",
        mark.by if mark else "",
        said_time(mark.at) if mark else "",
    ]  # fmt: skip


def _decisions(case: Case) -> list[list[Cell]]:
    return [
        [case.turn.id, STATES[d.verdict], d.text, d.comment, d.by, said_time(d.at)]
        for d in case.decisions
    ]
