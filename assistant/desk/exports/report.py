"""Verified answers as a report: each claim with its quotes, where they stand, and their marks."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any, BinaryIO

from assistant.desk.claims import Claim, as_markdown, claims_of
from assistant.desk.exports.wording import (
    ERASED,
    MARKS,
    UNMARKED,
    said_fates,
    said_place,
    said_state,
    said_time,
)
from assistant.desk.records import Case
from assistant.records import Answer, Citation
from index.ledger.export import writable
from index.sql import now


def write_report(target: Path | BinaryIO, cases: Sequence[Case]) -> None:
    """Write cases to a docx file; what documents and people say stands there literally."""
    from docx import Document

    document = Document()
    document.add_heading("答案核实报告", level=1)
    _line(document, f"导出时间：{said_time(now())}　答案 {len(cases)} 个")
    for number, case in enumerate(cases, 1):
        _case(document, number, case)
    document.save(str(target) if isinstance(target, Path) else target)


def _case(document: Any, number: int, case: Case) -> None:  # noqa: ANN401 - python-docx has no types
    answer = case.turn.answer
    title = case.turn.question if answer else ERASED
    document.add_heading(writable(f"{number}. {title}"), level=2)
    _line(document, f"状态：{said_state(case)}　编号：{case.turn.id}")
    outdated = said_fates(case.sources)
    if outdated:
        _line(document, outdated, bold=True)
    if answer is None:
        return
    for doubt in answer.unverified:
        _line(document, f"未核实：{doubt.text}（{doubt.why}）", bold=True)
    decision = case.decision
    if decision and decision.comment:
        _line(document, f"核实意见：{decision.comment}")
    if decision and decision.text:
        document.add_heading("更正后的答案", level=3)
        _claims(document, claims_of(as_markdown(decision.text)))
    document.add_heading("原答案" if decision and decision.text else "答案", level=3)
    _claims(document, claims_of(answer.answer))
    document.add_heading("逐条依据", level=3)
    _evidence(document, case, answer)
    _past(document, case)


def _claims(document: Any, claims: Sequence[Claim]) -> None:  # noqa: ANN401
    table: Any = None
    for claim in claims:
        if claim.cells:
            if table is None or claim.is_head or len(claim.cells) != len(table.columns):
                table = document.add_table(rows=0, cols=len(claim.cells), style="Table Grid")
            for place, words in zip(table.add_row().cells, claim.cells, strict=True):
                place.text = writable(words)
            continue
        table = None
        _line(document, claim.text, style="List Bullet" if claim.is_item else None)


def _evidence(document: Any, case: Case, answer: Answer) -> None:  # noqa: ANN401
    """Write each claim with its quotes; a quote that was shown above is named only."""
    cited = {c.n: c for c in answer.citations}
    shown: set[int] = set()
    for claim in claims_of(answer.answer):
        if not claim.numbers or claim.is_head:
            continue
        _line(document, claim.text)
        for n in claim.numbers:
            if n in cited and n not in shown:
                shown.add(n)
                _quote(document, case, cited[n])
    for citation in answer.citations:
        if citation.n not in shown:
            _quote(document, case, citation)


def _quote(document: Any, case: Case, cited: Citation) -> None:  # noqa: ANN401
    mark = case.latest.get(cited.n)
    said = UNMARKED
    if mark:
        comment = f"：{mark.comment}" if mark.comment else ""
        said = f"{MARKS[mark.mark]}（{mark.by}，{said_time(mark.at)}）{comment}"
    _line(document, f"[{cited.n}] “{cited.quote}”", style="List Bullet 2")
    _line(document, f"出处：{said_place(cited)}", style="List Continue 2")
    _line(document, f"核对：{said}", style="List Continue 2")


def _past(document: Any, case: Case) -> None:  # noqa: ANN401
    if len(case.decisions) < 2:
        return
    document.add_heading("历次结论", level=3)
    for decision in case.decisions:
        words = {"verified": "已核实", "corrected": "已更正", "rejected": "不采用"}[
            decision.verdict
        ]
        comment = f"：{decision.comment}" if decision.comment else ""
        _line(document, f"{said_time(decision.at)}　{decision.by}　{words}{comment}")


def _line(document: Any, words: str, *, bold: bool = False, style: str | None = None) -> None:  # noqa: ANN401
    """Add a paragraph; a line break in the words stays one."""
    document.add_paragraph(style=style).add_run(writable(words)).bold = bold
