"""Ask the questions about the offices, each of an index of its own documents.

python -m tests.evals.offices [NAME ...] [--reworded] [--verbose] [--save]
"""

from __future__ import annotations

import argparse
import json
import tempfile
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.progress import track

from index.build import build_index
from index.library import open_library
from index.settings import read_settings
from tests.evals.run import print_results, run, save_results

HERE = Path(__file__).parent
REWORDED = "reworded.jsonl"
console = Console(highlight=False, soft_wrap=True)


def offices() -> list[str]:
    """Return the names of the offices, in order."""
    return sorted(path.parent.name for path in HERE.glob("*/questions.jsonl"))


def questions_of(office: str, *, reworded: bool = False) -> list[dict[str, Any]]:
    """Return an office's gold questions, or those that somebody else put in other words."""
    golds = _lines(HERE / office / "questions.jsonl")
    if not reworded:
        return golds
    others = {line["id"]: line["question"] for line in _lines(HERE / office / REWORDED)}
    return [{**gold, "question": others[gold["id"]]} for gold in golds if gold["id"] in others]


def _lines(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()]


def main() -> None:
    """Index, ask, print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("offices", nargs="*", default=offices())
    parser.add_argument("--reworded", action="store_true", help="ask in the other words")
    parser.add_argument("--verbose", action="store_true", help="print wrong answers whole")
    parser.add_argument("--save", action="store_true", help="keep the figures in results/")
    options = parser.parse_args()
    results: list[dict[str, Any]] = []
    asked = options.offices
    if options.reworded:
        asked = [office for office in asked if (HERE / office / REWORDED).exists()]
    for office in asked:
        with tempfile.TemporaryDirectory() as folder:
            settings = read_settings(Path(folder))
            golds = questions_of(office, reworded=options.reworded)
            with open_library(settings, "评测", create=True) as library:
                build_index([HERE / office / "documents"], library)
                found = run(track(golds, office), library)
        right = sum(not result["faults"] for result in found)
        console.print(f"{office}: {right} / {len(found)}")
        results += found
    print_results(results, options.verbose)
    if options.save:
        save_results("offices-reworded" if options.reworded else "offices", results)


if __name__ == "__main__":
    main()
