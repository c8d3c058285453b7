"""``python -m assistant desk``: the desk from the command line."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console

from assistant.errors import DeskError
from index.settings import read_settings

if TYPE_CHECKING:
    from assistant.desk.records import Case
    from index.library import Library

app = typer.Typer(no_args_is_help=True)
console = Console(highlight=False, soft_wrap=True)


class Format(StrEnum):
    """What ``export`` writes."""

    XLSX = "xlsx"
    DOCX = "docx"
    JSONL = "jsonl"
    EVAL = "eval"


class State(StrEnum):
    """Which answers ``export`` takes."""

    UNASKED = "unasked"
    ASKED = "asked"
    VERIFIED = "verified"
    CORRECTED = "corrected"
    REJECTED = "rejected"


DECIDED = (State.VERIFIED, State.CORRECTED, State.REJECTED)


@app.callback()
def _commands() -> None:
    """核实台：导出核实过的答案。"""


@app.command()
def export(
    out: Annotated[Path, typer.Argument(help="要写的文件；eval 格式是一个新文件夹")],
    fmt: Annotated[Format, typer.Option("--format", help="格式")] = Format.XLSX,
    state: Annotated[
        list[State] | None, typer.Option(help="只要这些状态的答案，可以有多个（默认：有结论的）")
    ] = None,
    turn: Annotated[list[int] | None, typer.Option(help="只要这些编号的答案")] = None,
    data_dir: Annotated[Path | None, typer.Option(help="索引所在目录（默认 ./data）")] = None,
) -> None:
    """导出答案及核实结论：xlsx 表格、docx 报告、jsonl 数据、eval 评测题。"""
    from assistant.desk.desk import sees_all
    from assistant.desk.opening import open_desk
    from assistant.people.people import People
    from assistant.people.records import LOCAL
    from index.library import open_library

    if out.exists() and fmt is not Format.EVAL:
        raise DeskError(f"{out} 已经存在。请换一个文件名，或先移走它。")
    settings = read_settings(data_dir)
    with open_library(settings, "命令行导出核实结果", probing=False) as library:
        people = People(library.database)
        desk = open_desk(library)
        found = desk.queue(LOCAL, sees_all, "all", [s.value for s in state or DECIDED], most=None)
        cases = [case for case in found if not turn or case.turn.id in turn]
        if not cases:
            raise DeskError("没有这样的答案可以导出。可以用 --state 选择其他状态的答案。")
        _write(out, fmt, cases, library)
        turns = " ".join(str(case.turn.id) for case in cases)
        people.audit.log(LOCAL, "exported", fmt.value, turns)


def _write(out: Path, fmt: Format, cases: Sequence[Case], library: Library) -> None:
    if fmt is Format.EVAL:
        _write_set(out, cases, library)
        return
    from assistant.desk.exports.lines import json_lines
    from assistant.desk.exports.report import write_report
    from assistant.desk.exports.workbook import write_workbook

    try:
        if fmt is Format.JSONL:
            out.write_text("".join(json_lines(cases)), encoding="utf-8")
        else:
            (write_workbook if fmt is Format.XLSX else write_report)(out, cases)
    except OSError as error:
        raise DeskError(
            f"不能写入 {out}（{error.strerror or error}）。请检查路径、权限和剩余空间。"
        ) from error
    console.print(f"已导出 {len(cases)} 个答案：{out}", markup=False)


def _write_set(out: Path, cases: Sequence[Case], library: Library) -> None:
    from assistant.desk.exports.folder import write_set
    from assistant.desk.exports.regression import regression_rows

    rows, left = regression_rows(cases)
    for answer in left:
        console.print(f"未收入评测题：答案 {answer.turn}（{answer.why}）", markup=False)
    if not rows:
        raise DeskError("没有可以作评测题的答案。请先核实或更正一些答案。")
    for path in write_set(out, rows, library):
        console.print(f"没有原件，评测时读不到：{path}", markup=False)
    console.print(f"已导出 {len(rows)} 道评测题：{out}", markup=False)
    console.print(f"运行：python -m tests.evals.public {out}", markup=False)
