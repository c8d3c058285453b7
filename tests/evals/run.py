"""Ask a question file of an index and print how many answers are right, by type.

python -m tests.evals.run [QUESTIONS.jsonl] [--corpus PATH] [--data-dir DIR] [--save]

Where a language model is set (YOUJU_LLM_URL), every question is asked with and without
it, and the figures stand side by side.
"""

from __future__ import annotations

import argparse
import json
import statistics
import subprocess
import tempfile
from collections import defaultdict
from collections.abc import Iterable, Sequence
from contextlib import ExitStack
from datetime import date
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.progress import track
from rich.table import Table

from assistant.chat import open_assistant
from assistant.llm.opening import open_writer
from assistant.llm.writing import Writer
from assistant.records import Turn
from index.build import build_index
from index.library import Library, open_library
from index.settings import read_settings
from tests.evals.score import Score, score

HERE = Path(__file__).parent
console = Console(highlight=False, soft_wrap=True)


def main() -> None:
    options = _options()
    questions = [json.loads(line) for line in options.questions.read_text("utf-8").splitlines()]
    with ExitStack() as stack:
        folder = options.data_dir or Path(stack.enter_context(tempfile.TemporaryDirectory()))
        settings = read_settings(folder)
        library = stack.enter_context(open_library(settings, "评测", create=True))
        build_index([options.corpus], library)
        results = run(track(questions, "回答"), library)
        writer = open_writer(library)
        worded = run(track(questions, "由模型表述"), library, writer) if writer else []
    print_results(results, options.verbose, worded)
    if options.save:
        save_results(options.questions.stem, results)
        if worded:
            save_results(f"{options.questions.stem}-model", worded)


def run(
    questions: Iterable[dict[str, Any]], library: Library, writer: Writer | None = None
) -> list[dict[str, Any]]:
    """Return one result a question: its gold, its answer (JSON form) and its faults."""
    assistant = open_assistant(library, writer)
    texts = {file.path: library.text(file.path) for file in library.files()}
    results = []
    for gold in questions:
        history = [Turn(t["question"], t["answer"]) for t in gold.get("history", [])]
        answer = assistant.answer(gold["question"], history).to_json()
        found: Score = score(gold, answer, texts)
        results.append({"gold": gold, "answer": answer, "faults": found.faults})
    return results


def print_results(
    results: Sequence[dict[str, Any]], verbose: bool, worded: Sequence[dict[str, Any]] = ()
) -> None:
    """Print how many are right by type, and the faults of the others.

    ``worded`` are the same questions in the same order, answered with a language model.
    """
    table = Table("type", "right", "of", "median s")
    for head in ("right, model", "median s, model", "sentences", "verified") if worded else ():
        table.add_column(head)
    by_type, with_model = _by_type(results), _by_type(worded)
    for kind in [*sorted(set(by_type) - {"all"}), "all"]:
        group, other = by_type[kind], with_model[kind]
        table.add_row(kind, *_figures(group), *(_model_figures(other) if other else ()))
    console.print(table)
    for result in [*results, *worded]:
        if result["faults"]:
            gold = result["gold"]
            console.print(f"{gold['id']} {gold['question']}", markup=False)
            console.print("   ", "; ".join(result["faults"][:6]), markup=False)
            if verbose:
                console.print("   ", result["answer"]["answer"], markup=False)


def _by_type(results: Sequence[dict[str, Any]]) -> dict[str, list[dict[str, Any]]]:
    found: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for result in results:
        found[result["gold"]["type"]].append(result)
        found["all"].append(result)
    return found


def _figures(group: Sequence[dict[str, Any]]) -> tuple[str, str, str]:
    seconds = statistics.median(r["answer"]["seconds"] for r in group)
    return str(sum(not r["faults"] for r in group)), str(len(group)), f"{seconds:.3f}"


def _model_figures(group: Sequence[dict[str, Any]]) -> tuple[str, ...]:
    right, _, seconds = _figures(group)
    told = [r["answer"]["wording"] for r in group if "wording" in r["answer"]]
    sentences = sum(w["sentences"] for w in told)
    return right, seconds, str(sentences), str(sum(w["verified"] for w in told))


def save_results(name: str, results: Sequence[dict[str, Any]]) -> None:
    """Keep the figures in results/, with date and commit."""
    command = ["git", "rev-parse", "--short", "HEAD"]
    commit = subprocess.run(command, capture_output=True, text=True, check=False).stdout.strip()
    folder = HERE / "results"
    folder.mkdir(exist_ok=True)
    kept = {
        "date": date.today().isoformat(),
        "commit": commit,
        "questions": name,
        "right": sum(not r["faults"] for r in results),
        "of": len(results),
        "median_seconds": statistics.median(r["answer"]["seconds"] for r in results),
        "faults": {r["gold"]["id"]: r["faults"] for r in results if r["faults"]},
    }
    target = folder / f"{kept['date']}-{name}.json"
    target.write_text(json.dumps(kept, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("questions", nargs="?", type=Path, default=HERE / "questions/samples.jsonl")
    parser.add_argument("--corpus", type=Path, default=Path("corpus"))
    parser.add_argument("--data-dir", type=Path)
    parser.add_argument("--save", action="store_true", help="keep the figures in results/")
    parser.add_argument("--verbose", action="store_true", help="print wrong answers whole")
    return parser.parse_args()


if __name__ == "__main__":
    main()
