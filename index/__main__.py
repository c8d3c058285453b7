"""``python -m index CORPUS…``: index files and folders.

``text``, ``list`` and ``ledger`` look inside.
"""

from __future__ import annotations

import logging
import sys
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console
from rich.markup import escape
from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeElapsedColumn
from rich.progress import Progress as Bar

from index.database import Database
from index.errors import IndexingError, NoIndexError, UnknownDocumentError
from index.settings import IndexSettings, read_settings

if TYPE_CHECKING:
    from index.build import BuildReport


class LedgerFormat(StrEnum):
    """What ``ledger`` prints."""

    TABLE = "table"
    CSV = "csv"
    JSON = "json"
    XLSX = "xlsx"
    DOCX = "docx"


DataDir = Annotated[Path | None, typer.Option(help="索引所在目录（默认 ./data）")]

app = typer.Typer(add_completion=False, no_args_is_help=True, pretty_exceptions_enable=False)
console = Console(highlight=False, soft_wrap=True)
errors = Console(stderr=True, highlight=False, soft_wrap=True)


@app.command()
def build(
    corpus: Annotated[list[Path], typer.Argument(help="文件或文件夹，可以有多个")],
    data_dir: DataDir = None,
) -> None:
    """索引文件和文件夹（增量）；也是不写子命令时的命令。"""
    from index.build import build_index
    from index.library import open_library

    settings = read_settings(data_dir)
    with open_library(settings, "命令行索引", create=True) as library, _bar() as bar:
        task = bar.add_task("读取", total=None, chunks=0)
        report = build_index(
            corpus,
            library,
            lambda p: bar.update(
                task,
                total=p.files,
                completed=p.files_done,
                chunks=p.chunks,
                description=escape(p.current[-40:]) or "完成",
            ),
        )
    _print_report(report)
    worked = report.added or report.changed or report.unchanged or report.removed
    if report.failed and not worked:
        raise typer.Exit(1)


@app.command()
def text(
    document: Annotated[str, typer.Argument(help="索引中的文件名")], data_dir: DataDir = None
) -> None:
    """输出一个文件的规范文本，引文的位置就是它的字符位置。"""
    database = _open_database(read_settings(data_dir))
    for file in database.files():
        if file.path == document:
            sys.stdout.reconfigure(encoding="utf-8", newline="\n")  # type: ignore[union-attr]
            sys.stdout.write(database.content(file.id).text)
            return
    raise UnknownDocumentError(
        f"索引里没有名为“{document}”的文件。用 python -m index list 查看已有的文件名。"
    )


@app.command("list")
def list_documents(data_dir: DataDir = None) -> None:
    """列出索引中的文件。"""
    database = _open_database(read_settings(data_dir))
    for file in database.files():
        mark = "（示例）" if file.sample else ""
        console.print(
            f"{file.path}{mark}\t{file.characters} 字\t{file.chunk_count} 段", markup=False
        )
    for failure in database.failures():
        console.print(f"{failure.path}\t未能读取：{failure.reason}", markup=False)


@app.command("ledger")
def print_ledger(
    data_dir: DataDir = None,
    form: Annotated[
        LedgerFormat, typer.Option("--format", help="table、csv、json 或 xlsx（docx）")
    ] = LedgerFormat.TABLE,
    out: Annotated[
        Path | None, typer.Option(help="写入的文件；xlsx 和 docx 不写时为 ledger.xlsx/.docx")
    ] = None,
) -> None:
    """输出台账：每条记录及其出处；table 形式还列出核对结果和未能识别之处。"""
    from index.ledger.loading import load_ledger
    from index.ledger.printing import emit

    database = _open_database(read_settings(data_dir))
    ledger = load_ledger(database)
    texts = {file.id: database.content(file.id).text for file in ledger.files}
    emit(ledger, texts, form.value, out, console)


def _open_database(settings: IndexSettings) -> Database:
    """Open the SQL part alone: reading it needs no lock."""
    if not settings.database_url and not (settings.data_dir / "youju.sqlite").exists():
        raise NoIndexError(
            f"数据目录 {settings.data_dir} 里还没有索引。"
            f"请先建立：python -m index 文件夹 --data-dir {settings.data_dir}"
        )
    return Database(settings.sql_url)


def _bar() -> Bar:
    return Bar(
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("{task.fields[chunks]} 段"),
        TimeElapsedColumn(),
        console=errors,
    )


def _print_report(report: BuildReport) -> None:
    counts = (
        f"新增 {len(report.added)}，更改 {len(report.changed)}，移除 {len(report.removed)}，"
        f"未变 {len(report.unchanged)}，失败 {len(report.failed)}；嵌入 {report.chunks} 段"
    )
    console.print(counts, markup=False)
    for label, names in (
        ("新增", report.added),
        ("更改", report.changed),
        ("移除", report.removed),
    ):
        for name in names:
            console.print(f"  {label}  {name}", markup=False)
    for label, reasons in (("失败", report.failed), ("注意", report.notes)):
        for name, reason in reasons:
            console.print(f"  {label}  {name}：{reason}", markup=False)


def main() -> None:
    """Run the command line; errors of this package become one sentence and exit code 1."""
    logging.basicConfig(level=logging.WARNING)
    commands = {info.name or (info.callback.__name__ if info.callback else "")
                for info in app.registered_commands}  # fmt: skip
    arguments = sys.argv[1:]
    if arguments and arguments[0] not in commands and arguments[0] != "--help":
        arguments.insert(0, "build")
    try:
        app(arguments)
    except IndexingError as error:
        errors.print(str(error), markup=False, style="red")
        sys.exit(1)


if __name__ == "__main__":
    main()
