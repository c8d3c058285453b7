"""Ask the questions about the offices, each of an index of its own documents.

python -m tests.evals.offices [NAME ...] [--verbose] [--save]
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
console = Console(highlight=False, soft_wrap=True)


def offices() -> list[str]:
    """Return the names of the offices, in order."""
    return sorted(path.parent.name for path in HERE.glob("*/questions.jsonl"))


def questions_of(office: str) -> list[dict[str, Any]]:
    """Return an office's gold questions."""
    lines = (HERE / office / "questions.jsonl").read_text("utf-8").splitlines()
    return [json.loads(line) for line in lines]


def main() -> None:
    """Index, ask, print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("offices", nargs="*", default=offices())
    parser.add_argument("--verbose", action="store_true", help="print wrong answers whole")
    parser.add_argument("--save", action="store_true", help="keep the figures in results/")
    options = parser.parse_args()
    results: list[dict[str, Any]] = []
    for office in options.offices:
        with tempfile.TemporaryDirectory() as folder:
            settings = read_settings(Path(folder))
            with open_library(settings, "评测", create=True) as library:
                build_index([HERE / office / "documents"], library)
                found = run(track(questions_of(office), office), library)
        right = sum(not result["faults"] for result in found)
        console.print(f"{office}: {right} / {len(found)}")
        results += found
    print_results(results, options.verbose)
    if options.save:
        save_results("offices", results)


if __name__ == "__main__":
    main()
