"""Ask the questions of gold documents, each of an index of that document alone.

python -m tests.evals.ledger.ask [FOLDER…] [--verbose] [--save]

A folder with a ``questions.jsonl`` is one index; other folders are searched for
``FILE.ext.gold.json`` with a list of ``questions``.
"""

from __future__ import annotations

import argparse
import json
import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.progress import track

from index.build import build_index
from index.library import open_library
from index.settings import read_settings
from tests.evals.ledger.measure import HERE, gold_files
from tests.evals.run import print_results, run, save_results

console = Console(highlight=False, soft_wrap=True)
Set = tuple[list[Path], list[dict[str, Any]]]


def question_sets(folders: Iterable[Path]) -> Iterator[Set]:
    """Yield (documents of one index, its questions)."""
    for folder in folders:
        for listed in sorted(folder.rglob("questions.jsonl")):
            files = [p for p in sorted(listed.parent.iterdir()) if _is_document(p)]
            yield files, [json.loads(line) for line in listed.read_text("utf-8").splitlines()]
        for path, gold in gold_files([folder]):
            if gold.get("questions"):
                yield [path], gold["questions"]


def _is_document(path: Path) -> bool:
    return path.is_file() and path.suffix not in (".json", ".jsonl", ".py")


def ask(documents: list[Path], questions: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return the scored answers over an index of ``documents``."""
    with tempfile.TemporaryDirectory() as folder:
        settings = read_settings(Path(folder))
        with open_library(settings, "评测", create=True) as library:
            build_index(documents, library)
            return run(questions, library)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folders", nargs="*", type=Path, default=[HERE])
    parser.add_argument("--verbose", action="store_true", help="print wrong answers whole")
    parser.add_argument("--save", action="store_true", help="keep the figures in results/")
    options = parser.parse_args()
    results = []
    for documents, questions in track(list(question_sets(options.folders)), "文件"):
        results += ask(documents, questions)
    print_results(results, options.verbose)
    if options.save:
        save_results("ledger-questions", results)


if __name__ == "__main__":
    main()
