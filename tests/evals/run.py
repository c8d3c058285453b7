"""Ask a question file of an index and print how many answers are right, by type.

python -m tests.evals.run [QUESTIONS.jsonl] [--corpus PATH] [--data-dir DIR] [--save]
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
    print_results(results, options.verbose)
    if options.save:
        save_results(options.questions.stem, results)


def run(questions: Iterable[dict[str, Any]], library: Library) -> list[dict[str, Any]]:
    """Return one result a question: its gold, its answer (JSON form) and its faults."""
    assistant = open_assistant(library)
    texts = {file.path: library.text(file.path) for file in library.files()}
    results = []
    for gold in questions:
        history = [Turn(t["question"], t["answer"]) for t in gold.get("history", [])]
        answer = assistant.answer(gold["question"], history).to_json()
        found: Score = score(gold, answer, texts)
        results.append({"gold": gold, "answer": answer, "faults": found.faults})
    return results


def print_results(results: Sequence[dict[str, Any]], verbose: bool) -> None:
    """Print how many are right by type, and the faults of the others."""
    by_type: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for result in results:
        by_type[result["gold"]["type"]].append(result)
    table = Table("type", "right", "of", "median s")
    for kind, group in [*sorted(by_type.items()), ("all", list(results))]:
        seconds = statistics.median(r["answer"]["seconds"] for r in group)
        right = sum(not r["faults"] for r in group)
        table.add_row(kind, str(right), str(len(group)), f"{seconds:.3f}")
    console.print(table)
    for result in results:
        if result["faults"]:
            gold = result["gold"]
            console.print(f"{gold['id']} {gold['question']}", markup=False)
            console.print("   ", "; ".join(result["faults"][:6]), markup=False)
            if verbose:
                console.print("   ", result["answer"]["answer"], markup=False)


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
