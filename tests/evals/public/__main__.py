"""Ask sets of questions and tell how good the answers are.

python -m tests.evals.public FOLDER [--set NAME[/PART]]… [--sample N] [--save]

FOLDER is a set or holds sets (forms: tests/evals/public/sets.py). What was answered is
kept in the work folder: a run that was cut off goes on where it was.
"""

from __future__ import annotations

import argparse
import contextlib
import sys
import traceback
from collections.abc import Sequence
from pathlib import Path

import platformdirs
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from assistant.errors import AssistantError
from assistant.llm.endpoint import open_endpoint
from assistant.llm.settings import read_model_settings
from assistant.llm.writing import Writer
from index.embed import PassageEncoder
from index.errors import IndexingError
from tests.evals.public import keeping
from tests.evals.public.answers import AnswerLog, code_state, open_log
from tests.evals.public.errors import EvaluationError, SetError
from tests.evals.public.indexing import Indexer
from tests.evals.public.keeping import Measured
from tests.evals.public.parts import Part
from tests.evals.public.passages import Options, passage_parts
from tests.evals.public.plot import draw
from tests.evals.public.protocols import protocol_parts
from tests.evals.public.questions import question_parts
from tests.evals.public.sets import PassageSet, ProtocolSet, find_sets, read_set
from tests.evals.public.table import print_tables

console = Console(highlight=False, soft_wrap=True)
if not console.is_terminal:
    console.width = 160  # a file has no width; tables want one
SHOWN = 300  # characters of a question and of a reply
STOPPED = 130  # exit status after Ctrl-C, as shells have it


def main(arguments: Sequence[str] | None = None, encoder: PassageEncoder | None = None) -> int:
    """Run it and return the exit status; ``encoder`` instead of the one in the settings."""
    options = _options(arguments)
    try:
        crashed = _measure(options, encoder)
    except (EvaluationError, IndexingError, AssistantError) as error:
        console.print(str(error), style="red", markup=False)
        return 1
    except KeyboardInterrupt:
        console.print(f"已停止。答过的题留在 {options.work}，再运行一次会接着做。", markup=False)
        return STOPPED
    return 1 if crashed else 0


def _measure(options: argparse.Namespace, encoder: PassageEncoder | None) -> bool:
    """Ask, print and keep; return whether a question crashed the assistant."""
    chosen = _chosen(find_sets(options.folder), options.set)
    indexer = Indexer(options.work, console, encoder)
    # Where a language model is set, each part is asked twice: its rows stand side by side.
    model = read_model_settings()
    writers = [None, *([Writer(open_endpoint(model))] if model else [])]
    parts = [
        part
        for folder, wanted in chosen.items()
        for group in zip(
            *(_parts(folder, wanted, options, indexer, w) for w in writers), strict=True
        )
        for part in group
    ]
    # The older of two states, should somebody change the code while this runs.
    about = {
        **keeping.commit(),
        "code": code_state("assistant", "index", "prompts"),
        "machine": keeping.machine(),
        "precision": indexer.encoder.precision,
        "sample": options.sample,
        "seed": options.seed,
    }
    measured: list[Measured] = []
    for part in parts:
        path = options.work / "answers" / part.file_name
        with open_log(
            path, str(about["code"]), fresh=options.fresh, any_code=options.any_code
        ) as log:
            crashed = _answer(part, log)
            records = {key: log.records[key] for key in part.ids if key not in crashed}
        measured.append(Measured(part, len(records), len(crashed), part.figured(records)))
        _print_wrong(part, records, options.wrong)
    print_tables({one.part.title: (one.questions, one.figures) for one in measured}, console)
    for one in measured:
        if one.crashed:
            text = f"{one.part.title}：有 {one.crashed} 题使程序出错，没有计入；见上面的记录。"
            console.print(text, style="red", markup=False)
    if options.save:
        for written in keeping.save(measured, about, options.results):
            console.print(str(written), markup=False)
        console.print(str(draw(options.results)), markup=False)
    return any(one.crashed for one in measured)


def _answer(part: Part, log: AnswerLog) -> set[str]:
    """Ask what is not in the log yet; return the questions that crashed the assistant."""
    crashed: set[str] = set()
    todo = [key for key in part.ids if key not in log]
    if not todo:
        return crashed
    bar = Progress(
        TextColumn("{task.description}", markup=False),
        BarColumn(),
        MofNCompleteColumn(),
        TimeRemainingColumn(),
        console=console,
    )
    with part.opened() as ask, bar:
        task = bar.add_task(part.title, total=len(part.ids), completed=len(part.ids) - len(todo))
        for key in todo:
            try:
                log.add(key, ask(key))
            except Exception:  # a fault of the product: told with its trace, others are asked
                crashed.add(key)
                console.print(f"{part.title} {key}\n{traceback.format_exc()}", markup=False)
            bar.advance(task)
    return crashed


def _print_wrong(part: Part, records: dict[str, dict[str, object]], most: int) -> None:
    causes = ((key, part.wrong(key, record)) for key, record in records.items())
    for key, cause in [(key, cause) for key, cause in causes if cause][:most]:
        record = records[key]
        console.print(
            f"{part.title} {key} [{cause}] {str(record['question'])[:SHOWN]}", markup=False
        )
        console.print(f"    wanted: {part.gold(key)}", markup=False)
        if "said" in record:
            said = "(refused) " if record["refused"] else ""
            console.print(f"    short:  {record['short']}", markup=False)
            console.print(f"    said:   {said}{str(record['said'])[:SHOWN]}", markup=False)


def _chosen(found: dict[str, Path], asked: Sequence[str]) -> dict[Path, set[str]]:
    """Return the folders of the sets to ask, each with the parts wanted (none: all)."""
    if not asked or "all" in asked:
        return {path: set() for path in found.values()}
    chosen: dict[Path, set[str]] = {}
    for name in asked:
        name, _, part = name.partition("/")
        if name not in found:
            known = "、".join(found)
            raise SetError(f"没有名为“{name}”的评测集；这个文件夹里有：{known}。请改正 --set。")
        chosen.setdefault(found[name], set()).update({part} if part else ())
    return chosen


def _parts(
    folder: Path,
    wanted: set[str],
    options: argparse.Namespace,
    indexer: Indexer,
    writer: Writer | None,
) -> list[Part]:
    given = read_set(folder, options.corpus)
    if isinstance(given, PassageSet):
        how = Options(
            options.sample, options.seed, options.passages, options.variant == "simplified",
            options.retrieval_only, options.any_code,
        )  # fmt: skip
        parts = passage_parts(given, how, indexer, writer)
    elif isinstance(given, ProtocolSet):
        parts = protocol_parts(given, options.sample, options.seed, indexer, writer)
    else:
        parts = question_parts(given, options.sample, options.seed, indexer, writer)
    unknown = wanted - {part.name for part in parts}
    if unknown:
        known = "、".join(part.name for part in parts)
        raise SetError(f"评测集 {given.name} 没有“{min(unknown)}”这一部分；有：{known}。")
    return [part for part in parts if not wanted or part.name in wanted]


def _options(arguments: Sequence[str] | None) -> argparse.Namespace:
    about, _, more = (__doc__ or "").split("\n\n")
    parser = argparse.ArgumentParser(
        prog="python -m tests.evals.public", description=about, epilog=more
    )
    parser.add_argument("folder", type=Path, help="a set, or a folder of sets")
    parser.add_argument(
        "--set", action="append", default=[], metavar="NAME[/PART]", help="may be repeated; or all"
    )
    parser.add_argument("--sample", type=_count, help="questions of each part")
    parser.add_argument("--seed", type=int, default=7, help="of the samples")
    parser.add_argument("--variant", choices=["simplified"], help="convert the questions")
    parser.add_argument(
        "--passages", type=_count, help="index about so many: the relevant ones and random others"
    )
    parser.add_argument("--retrieval-only", action="store_true", help="do not compose answers")
    parser.add_argument(
        "--work", type=Path, default=Path(platformdirs.user_cache_dir("youju")) / "eval",
        help="keeps indexes and answers (%(default)s)",
    )  # fmt: skip
    parser.add_argument("--fresh", action="store_true", help="ask again what was answered")
    parser.add_argument(
        "--any-code", action="store_true", help="count answers and use an index of older code too"
    )
    parser.add_argument("--wrong", type=int, default=0, metavar="N", help="print N wrong answers")
    parser.add_argument(
        "--corpus", type=Path, default=Path("corpus"), help="of bare question files"
    )
    parser.add_argument("--save", action="store_true", help="keep the figures, and draw them")
    parser.add_argument("--results", type=Path, default=keeping.RESULTS, help="where to keep them")
    return parser.parse_args(arguments)


def _count(text: str) -> int:
    number = int(text)
    if number < 1:
        raise argparse.ArgumentTypeError("must be at least 1")
    return number


if __name__ == "__main__":
    with contextlib.suppress(BrokenPipeError):
        sys.exit(main())
