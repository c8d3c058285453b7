"""``python -m assistant ask``: one answer in the terminal, or a batch from a file.

``desk`` takes out what was verified; ``person`` and ``collection`` are about who may
log in, and what they see.
"""

from __future__ import annotations

import json
import logging
import re
import sys
from collections.abc import Callable, Iterator
from dataclasses import asdict, replace
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.progress import track

from assistant.desk.commands import app as desk_commands
from assistant.errors import AssistantError, BatchError, ModelSettingError, QuestionError
from assistant.people.commands import collections_app, people_app
from assistant.records import Answer, Turn
from index.errors import IndexingError
from index.locales import use_utf8
from index.settings import read_settings

app = typer.Typer(add_completion=False, no_args_is_help=True, pretty_exceptions_enable=False)
app.add_typer(people_app, name="person")
app.add_typer(collections_app, name="collection")
console = Console(highlight=False, soft_wrap=True)
errors = Console(stderr=True, highlight=False, soft_wrap=True)
app.add_typer(desk_commands, name="desk")


@app.callback()
def _commands() -> None:
    """向已建立的索引提问；管理账号和资料集。"""


@app.command()
def ask(
    question: Annotated[str | None, typer.Argument(help="问题")] = None,
    data_dir: Annotated[Path | None, typer.Option(help="索引所在目录（默认 ./data）")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="以 JSON 输出")] = False,
    batch: Annotated[Path | None, typer.Option(help="问题文件，每行一个 JSON")] = None,
    out: Annotated[Path | None, typer.Option(help="答案文件，与 --batch 合用")] = None,
    model: Annotated[
        bool, typer.Option("--model/--no-model", help="设置了语言模型时，是否由它表述")
    ] = True,
) -> None:
    """回答一个问题，或用 --batch 回答一批问题。"""
    from assistant.chat import open_assistant
    from assistant.llm.opening import open_writer
    from index.library import open_library

    if (question is None) == (batch is None) or (batch is None) != (out is None):
        raise QuestionError("请给出一个问题，或者同时给出 --batch 问题文件 和 --out 答案文件。")
    rows = list(_read_batch(batch)) if batch else []
    with open_library(read_settings(data_dir), "命令行提问") as library:
        assistant = open_assistant(library, open_writer(library) if model else None)
        if question is not None:
            answer = assistant.answer(question)
            console.print(
                json.dumps(answer.to_json(), ensure_ascii=False) if as_json else _plain(answer),
                markup=False,
            )
        elif out is not None:
            with out.open("w", encoding="utf-8") as stream:
                for row in track(rows, "回答", console=errors):
                    answer = _answer_row(row, assistant.answer)
                    stream.write(json.dumps(answer.to_json(), ensure_ascii=False) + "\n")
                    stream.flush()


@app.command()
def model() -> None:
    """向语言模型的接口问一个字，显示它的状态、速度和上下文。"""
    from assistant.llm.endpoint import open_endpoint
    from assistant.llm.faults import told
    from assistant.llm.settings import read_model_settings
    from assistant.llm.status import probe

    settings = read_model_settings()
    if settings is None:
        console.print("没有设置语言模型：回答由原文语句组成。设置见 docs/language-model.md。")
        return
    found = probe(open_endpoint(settings))
    state = f"不能用：{told(found.fault, 'zh')}" if found.fault else "应答正常"
    first = "" if found.answered is None else f"　首字 {found.answered:.2f} 秒"
    counted = "按接口的计数" if found.counts else "按偏多估计"
    console.print(
        f"{found.model}　{found.place}　{state}{first}　上下文 {found.context} 词元（{counted}）",
        markup=False,
    )
    if found.fault:
        sys.exit(1)


@app.command()
def extract(
    document: Annotated[str | None, typer.Argument(help="只读这一份文件")] = None,
    data_dir: Annotated[Path | None, typer.Option(help="索引所在目录（默认 ./data）")] = None,
    everything: Annotated[
        bool, typer.Option("--everything", help="不只读语法没有读懂的行，也读其他段落")
    ] = False,
) -> None:
    """让语言模型读台账没有读懂的行，每行输出一个 JSON 建议；不写入台账。"""
    from assistant.llm.endpoint import open_endpoint
    from assistant.llm.extraction import propose
    from assistant.llm.faults import ModelFaultError, told
    from assistant.llm.settings import read_model_settings
    from index.library import open_library

    settings = read_model_settings()
    if settings is None:
        raise ModelSettingError("没有设置语言模型。请设置 YOUJU_LLM_URL 和 YOUJU_LLM_MODEL 再试。")
    with open_library(read_settings(data_dir), "命令行提取") as library:
        endpoint = open_endpoint(settings)
        try:
            for found in propose(endpoint, library, document, everything=everything):
                console.print(json.dumps(asdict(found), ensure_ascii=False), markup=False)
        except ModelFaultError as fault:
            raise ModelSettingError(
                f"没有读完：{told(fault.kind, 'zh')}。以上建议仍然有效；请稍后再试。"
            ) from None


def _read_batch(batch: Path) -> Iterator[dict[str, Any]]:
    try:
        lines = batch.read_text(encoding="utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise BatchError(f"不能读取问题文件 {batch}（{error}）。请检查路径和编码。") from error
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
            turns = tuple(
                Turn(t["question"], t.get("answer", "")) for t in row.get("history") or ()
            )
            yield {"id": row.get("id"), "question": row["question"], "history": turns}
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            raise BatchError(
                f"问题文件 {batch} 第 {number} 行不对（{error!r}）。"
                '每行应为 {"id": …, "question": …, "history": […]}。'
            ) from error


def _answer_row(row: dict[str, Any], answer: Callable[..., Answer]) -> Answer:
    try:
        return replace(answer(row["question"], row["history"]), id=row["id"])
    except QuestionError as error:  # one bad question must not stop the others
        return Answer(
            question=row["question"],
            answer=str(error),
            refused=True,
            notes=(str(error),),
            id=row["id"],
        )


def _plain(answer: Answer) -> str:
    text = re.sub(r"(?<!\\)\*\*", "", answer.answer)
    lines = [re.sub(r"\\([\\*\[\]|])", r"\1", text), ""]
    for citation in answer.citations:
        place = " > ".join(part for part in (citation.title, citation.section) if part)
        page = f" 第{citation.page}页" if citation.page else ""
        lines.append(
            f"[{citation.n}] {citation.document} {citation.start}–{citation.end}{page}  {place}"
        )
        lines.append(f"    “{citation.quote}”")
    if answer.related:
        lines.append("相关内容（不是答案）：")
        lines += [f"  {c.document} {c.start}–{c.end} “{c.quote}”" for c in answer.related]
    lines += [f"未核实：{item.text}（{item.why}）" for item in answer.unverified]
    lines += [f"注：{note}" for note in answer.notes]
    return "\n".join(lines)


def main() -> None:
    """Run the command line; errors of our packages become one sentence and exit code 1."""
    use_utf8()
    logging.basicConfig(level=logging.WARNING)
    sys.stdout.reconfigure(encoding="utf-8")  # type: ignore[union-attr]
    try:
        app()
    except (IndexingError, AssistantError) as error:
        errors.print(str(error), markup=False, style="red")
        sys.exit(1)


if __name__ == "__main__":
    main()
