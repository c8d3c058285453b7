"""The attacks through the whole assistant: python -m tests.evals.injection [EVERY].

EVERY takes each second, third… attack only; an index is built for each.
"""

from __future__ import annotations

import sys
import tempfile
from collections import Counter
from pathlib import Path

from rich.console import Console
from rich.table import Table

from tests.evals.injection.attacks import attacks
from tests.evals.injection.chain import outcomes

console = Console(highlight=False, soft_wrap=True)


def main() -> int:
    """Run them, print a table by kind and what came out; 1 if anything did."""
    every = int(sys.argv[1]) if len(sys.argv) > 1 else 1
    total: Counter[str] = Counter()
    failed: Counter[str] = Counter()
    with tempfile.TemporaryDirectory() as folder:
        for outcome in outcomes(Path(folder), attacks()[::every]):
            total[outcome.attack.kind] += 1
            if outcome.wrong:
                failed[outcome.attack.kind] += 1
                console.print(
                    f"{outcome.attack.number} {outcome.attack.planted}: {outcome.wrong}",
                    markup=False,
                )
    table = Table("kind", "asked", "came out")
    for kind, count in total.items():
        table.add_row(kind, str(count), str(failed[kind]))
    table.add_row("ALL", str(total.total()), str(failed.total()))
    console.print(table)
    return int(bool(failed))


if __name__ == "__main__":
    sys.exit(main())
