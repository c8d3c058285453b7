"""Whether the reader could tell what the rules miss: python -m tests.evals.claims.support

The sentence is put as a question to the evidence that it cites; the reader's relevance is
its support. For each kind of planted error: how often a right sentence has more of it (AUC,
0.5 is chance), and what share lies below the lowest 2 % of the right ones.
"""

from __future__ import annotations

import random
from collections import defaultdict

import numpy as np
from rich.console import Console
from rich.table import Table

from assistant.reader.bundled import BundledReader, load_bundled_reader
from assistant.reader.reading import Passage
from assistant.reader.windows import LONGEST
from tests.evals.claims.__main__ import RIGHT, cases, verdict
from tests.evals.claims.natural import Case

EACH = 60  # sentences of a kind
GOOD = 300
console = Console(highlight=False, soft_wrap=True)


def main() -> None:
    """Measure and print."""
    found = cases(held_out=True, seed=1)
    random.Random(3).shuffle(found)
    reader = load_bundled_reader()
    right = _supports(reader, [c for c in found if c.kind in RIGHT][:GOOD])
    wrong: dict[str, list[Case]] = defaultdict(list)
    for case in found:
        if case.kind not in RIGHT:
            wrong[case.kind].append(case)
            if not verdict(case).faults:
                wrong["missed by the rules"].append(case)
    table = Table("kind", "sentences", "AUC", "below 2 % of the right ones")
    for kind, group in sorted(wrong.items()):
        got = _supports(reader, group[:EACH])
        more = (right[:, None] > got).mean() + (right[:, None] == got).mean() / 2
        below = (got < np.percentile(right, 2)).mean()
        table.add_row(kind, str(len(got)), f"{more:.2f}", f"{below:.1%}")
    console.print(table)


def _supports(reader: BundledReader, found: list[Case]) -> np.ndarray:
    texts = ["\n".join(e.quote for e in case.evidence)[:LONGEST] for case in found]
    pairs = zip(found, texts, strict=True)
    return np.array([reader.read(c.text, [Passage("", text)])[0].relevance for c, text in pairs])


if __name__ == "__main__":
    main()
