"""``python -m index CORPUS…``: index files and folders.

``text``, ``list``, ``history`` and ``ledger`` look inside; ``verify``, ``rebuild``,
``backup`` and ``restore`` keep it whole; ``withdraw``, ``reinstate`` and ``erase`` take
documents out and in.
"""

from __future__ import annotations

import logging
import sys
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from index.database import Database
from index.errors import IndexingError, NoIndexError, UnknownDocumentError
from index.locales import use_utf8
from index.settings import IndexSettings, read_settings


class LedgerFormat(StrEnum):
    """What ``ledger`` prints."""

    TABLE = "table"
    CSV = "csv"
    JSON = "json"
    XLSX = "xlsx"
    DOCX = "docx"


STATES = {
    "indexed": "现行",
    "superseded": "已被新版取代",
    "withdrawn": "已撤回",
    "removed": "已移除",
}
Signed = Annotated[str, typer.Option("--by", help="署名")]
DataDir = Annotated[Path | None, typer.Option(help="索引所在目录（默认 ./data）")]

app = typer.Typer(add_completion=False, no_args_is_help=True, pretty_exceptions_enable=False)
console = Console(highlight=False, soft_wrap=True)
errors = Console(stderr=True, highlight=False, soft_wrap=True)


@app.command()
def build(
    corpus: Annotated[list[Path], typer.Argument(help="文件或文件夹，可以有多个")],
    data_dir: DataDir = None,
    watch: Annotated[
        bool, typer.Option("--watch", help="索引之后继续监视这些文件夹，有变化就索引")
    ] = False,
) -> None:
    """索引文件和文件夹（增量）；也是不写子命令时的命令。"""
    from index.build import build_index
    from index.library import open_library
    from index.terminal import Bar, Interrupt, emit_report, watch_folders

    with (
        open_library(read_settings(data_dir), "命令行索引", create=True) as library,
        Interrupt() as interrupt,
    ):
        with Bar(errors) as bar:
            report = build_index(corpus, library, bar.show, stop=interrupt.asked)
        library.remember_roots(corpus)
        emit_report(report, console)
        for problem in library.problems():
            errors.print(problem, markup=False, style="red")
        if report.stopped:
            raise typer.Exit(130)
        if watch:
            watch_folders(corpus, library, interrupt, console)
            return
    worked = report.added or report.changed or report.unchanged or report.removed or report.renamed
    if report.failed and not (worked or report.kept_out):
        raise typer.Exit(1)


@app.command()
def text(
    document: Annotated[str, typer.Argument(help="索引中的文件名")],
    data_dir: DataDir = None,
    version: Annotated[int | None, typer.Option(help="第几版（默认最新）", min=1)] = None,
) -> None:
    """输出一个文件的规范文本，引文的位置就是它的字符位置。"""
    database = _open_database(read_settings(data_dir))
    for file in database.history(document):
        if file.version == version or (version is None and file.state == "indexed"):
            sys.stdout.reconfigure(encoding="utf-8", newline="\n")  # type: ignore[union-attr]
            sys.stdout.write(database.content(file.id).text)
            return
    which = f"（第 {version} 版）" if version else ""
    raise UnknownDocumentError(
        f"索引里没有名为“{document}”的文件{which}。用 python -m index list 查看已有的文件名。"
    )


@app.command()
def history(
    document: Annotated[str, typer.Argument(help="索引中的文件名")], data_dir: DataDir = None
) -> None:
    """列出一个文件的各个版本。"""
    database = _open_database(read_settings(data_dir))
    versions = database.history(document)
    if not versions:
        raise UnknownDocumentError(f"索引里没有名为“{document}”的文件。")
    for file in versions:
        until = f"\t至 {file.until}" if file.until else ""
        signed = f"\t{file.by}" if file.by else ""
        why = f"\t{file.why}" if file.why else ""
        console.print(
            f"第 {file.version} 版\t{STATES[file.state]}\t{file.indexed_at} 收录{until}\t"
            f"{file.characters} 字{signed}{why}",
            markup=False,
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


@app.command()
def withdraw(
    document: Annotated[str, typer.Argument(help="索引中的文件名")],
    by: Signed,
    why: Annotated[str, typer.Option(help="原因")] = "",
    data_dir: DataDir = None,
) -> None:
    """撤回一个文件：回答不再用它，历史保留。"""
    from index.library import open_library
    from index.withdrawal import withdraw as run

    with open_library(read_settings(data_dir), "撤回") as library:
        run(library, document, by, why)
    console.print(f"已撤回：{document}。恢复：python -m index reinstate", markup=False)


@app.command()
def reinstate(
    document: Annotated[str, typer.Argument(help="索引中的文件名")],
    by: Signed,
    data_dir: DataDir = None,
) -> None:
    """恢复一个撤回的文件。"""
    from index.library import open_library
    from index.withdrawal import reinstate as run

    with open_library(read_settings(data_dir), "恢复文件") as library:
        run(library, document, by)
    console.print(f"已恢复：{document}", markup=False)


@app.command()
def erase(
    document: Annotated[str, typer.Argument(help="索引中的文件名")],
    by: Signed,
    yes: Annotated[bool, typer.Option("--yes", help="不再询问")] = False,
    data_dir: DataDir = None,
) -> None:
    """彻底删除一个文件：它的文字从索引的每一处清除，不能恢复。"""
    from index.library import open_library
    from index.terminal import Bar
    from index.withdrawal import erase as run

    if not yes:
        typer.confirm(f"彻底删除“{document}”的所有版本？此操作不能恢复。", abort=True)
    with open_library(read_settings(data_dir), "彻底删除") as library, Bar(errors) as bar:
        left = run(library, document, by, bar.show_work)
    console.print(f"已彻底删除：{document}", markup=False)
    if left:
        console.print(
            f"原文件仍在 {left}，需要时请自行删除；它不会再被收录。以前的备份里仍有它的文字。",
            markup=False,
        )


@app.command()
def verify(data_dir: DataDir = None) -> None:
    """证明索引是完整的：每一段、每个向量、每个文件；有问题时返回 1。"""
    from index.library import open_library
    from index.terminal import Bar, emit_verification
    from index.verify import verify as run

    with open_library(read_settings(data_dir), "检查") as library, Bar(errors) as bar:
        found = run(library, library.roots(), bar.show_work)
    emit_verification(found, console)
    if found.problems:
        raise typer.Exit(1)


@app.command("rebuild")
def rebuild_stores(data_dir: DataDir = None) -> None:
    """用留存的文字在旁边重建检索库，证明完好后替换；换嵌入模型也用它。"""
    from index.library import open_library
    from index.rebuild import RebuildStopped, rebuild
    from index.terminal import Bar, Interrupt

    settings = read_settings(data_dir)
    with (
        open_library(settings, "重建检索库", probing=False) as library,
        Interrupt() as interrupt,
        Bar(errors) as bar,
    ):
        try:
            count = rebuild(library, bar.show_work, interrupt.asked)
        except RebuildStopped:
            console.print("已停止；检索库和原来一样。", markup=False)
            raise typer.Exit(130) from None
    console.print(f"已重建：{count} 段，模型 {library.model_name}", markup=False)


@app.command()
def backup(
    file: Annotated[Path, typer.Argument(help="写入的文件")], data_dir: DataDir = None
) -> None:
    """把索引备份成一个文件。"""
    from index.backup import backup as run
    from index.library import open_library

    with open_library(read_settings(data_dir), "备份", probing=False) as library:
        made = run(library, file)
    console.print(f"已备份 {made.files} 个文件、{made.chunks} 段到 {file}", markup=False)


@app.command()
def restore(
    file: Annotated[Path, typer.Argument(help="备份文件")], data_dir: DataDir = None
) -> None:
    """从备份恢复到一个新的或空的数据目录。"""
    from index.backup import restore as run
    from index.terminal import Bar

    settings = read_settings(data_dir)
    with Bar(errors) as bar:
        made = run(file, settings, bar.show_work)
    console.print(
        f"已恢复 {made.files} 个文件、{made.chunks} 段（备份于 {made.made_at}）到 "
        f"{settings.data_dir}",
        markup=False,
    )


def _open_database(settings: IndexSettings) -> Database:
    """Open the SQL part alone: reading it needs no lock."""
    if not settings.database_url and not (settings.data_dir / "youju.sqlite").exists():
        raise NoIndexError(
            f"数据目录 {settings.data_dir} 里还没有索引。"
            f"请先建立：python -m index 文件夹 --data-dir {settings.data_dir}"
        )
    return Database(settings.sql_url)


def main() -> None:
    """Run the command line; errors of this package become one sentence and exit code 1."""
    use_utf8()
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
