"""The ledger on the command line."""

from __future__ import annotations

import sys
from pathlib import Path

from rich.console import Console
from rich.table import Table
from rich.text import Text

from index.ledger.book import Ledger
from index.ledger.export import COLUMNS, csv_text, ledger_json, record_row, to_json, write_table

_HEADS = ("项目", "责任单位", "状态", "原因或问题", "完成投资", "截至", "出处")


def emit(
    ledger: Ledger, texts: dict[int, str], form: str, out: Path | None, console: Console
) -> None:
    """Print the ledger in the form wanted, or write it to a file."""
    if form == "table":
        _print_table(ledger, console)
        return
    if form == "json":
        _write(to_json(ledger_json(ledger, texts)) + "\n", out)
        return
    rows = [list(record_row(row, texts[row.file.id]).values()) for row in ledger.rows]
    if form == "csv" and out is None:
        _write(csv_text(COLUMNS, rows), None)
        return
    target = out or Path(f"ledger.{form}")
    notes = [f"{f.file.path}：{f.finding.text}" for f in ledger.findings]
    write_table(target, form, COLUMNS, rows, "项目台账", notes)
    console.print(f"已写入 {target}，共 {len(rows)} 条", markup=False)


def _write(text: str, out: Path | None) -> None:
    if out is not None:
        out.write_text(text, encoding="utf-8", newline="")
        return
    sys.stdout.reconfigure(encoding="utf-8", newline="")  # type: ignore[union-attr]
    sys.stdout.write(text)


def _print_table(ledger: Ledger, console: Console) -> None:
    table = Table(*_HEADS)
    for row in ledger.rows:
        record = row.record
        status = " ".join(filter(None, [record.stage, record.progress]))
        place = f"{row.file.path}:{record.start}-{record.end}"
        cells = [
            record.name, row.text("unit"), status, row.text("reason"), row.text("done_investment"),
            row.text("as_of"), place,
        ]  # fmt: skip
        table.add_row(*(Text(cell or "") for cell in cells))
    console.print(table)
    console.print(f"共 {len(ledger.rows)} 条，来自 {len(ledger.files)} 份文件", markup=False)
    for filed in ledger.findings:
        formula = f"（{filed.finding.formula}）" if filed.finding.formula else ""
        console.print(f"核对  {filed.file.path}：{filed.finding.text}{formula}", markup=False)
    for file in ledger.files:
        if file.ledger.unread:
            console.print(
                f"未识别  {file.path}：{len(file.ledger.unread)} 行未能识别", markup=False
            )
