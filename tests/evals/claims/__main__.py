"""How many planted errors are caught and how many right sentences flagged, by kind.

python -m tests.evals.claims [--held-out | --fluent] [--file DOCUMENT] [--seed N] [--show KIND]
"""

from __future__ import annotations

import argparse
import random
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path

from rich.console import Console
from rich.table import Table

from assistant.claims.checking import check_claim
from assistant.claims.records import Claim, Fault, Verdict
from tests.evals.claims.documents import DEVELOPED, HELD_OUT, sources
from tests.evals.claims.natural import Case, english, fluent, natural
from tests.evals.claims.planted import planted
from tests.evals.claims.right import right

RIGHT = ("right", "by hand", "English", "fluent", "unseen", "blind")
console = Console(highlight=False, soft_wrap=True)


def verdict(case: Case) -> Verdict:
    """Return what the checks say of a sentence that cites its evidence as E1, E2…"""
    keys = tuple(f"E{n}" for n, _ in enumerate(case.evidence, 1))
    claim = Claim(case.text, keys, 0, len(case.text))
    evidence = dict(zip(keys, case.evidence, strict=True))
    return check_claim(claim, evidence, case.source.names, case.source.today)


def cases(*, held_out: bool, seed: int, folders: Sequence[Path] = ()) -> list[Case]:
    """Return all sentences: generated, by hand, and with an error planted in either."""
    rng = random.Random(seed)
    documents = sources(folders or (HELD_OUT if held_out else DEVELOPED))
    good = right(documents, rng, held_out=held_out)
    by_hand = [] if folders else [c for c in natural() if c.held_out == held_out]
    wrong = planted([*good, *by_hand], documents, rng, held_out=held_out)
    told = [] if folders or not held_out else list(english())
    in_english = [_as("English, wrong" if c.kind == "wrong" else "English", c) for c in told]
    return [*good, *(_as("by hand", c) for c in by_hand), *in_english, *wrong]


def _as(kind: str, case: Case) -> Case:
    return Case(case.text, case.evidence, case.source, case.held_out, kind)


def measure(found: Sequence[Case], show: str = "") -> dict[str, tuple[int, int]]:
    """Return (flagged, all) by kind, and print those that were judged wrongly of one kind."""
    counts: dict[str, list[int]] = defaultdict(lambda: [0, 0])
    for case in found:
        faults = verdict(case).faults
        counts[case.kind][0] += bool(faults)
        counts[case.kind][1] += 1
        good = case.kind in RIGHT
        if show in (case.kind, "all") and bool(faults) == good:
            _print(case, faults)
    return {kind: (a, b) for kind, (a, b) in counts.items()}


def _print(case: Case, faults: Sequence[Fault]) -> None:
    console.print(f"{case.kind}: {case.text}  [{case.planted}]", markup=False)
    console.print(f"    {[(f.kind, f.words) for f in faults]}", markup=False)
    for item in case.evidence:
        console.print(f"    {item.quote[:300]!r} {dict(item.fields)} {item.section}", markup=False)


def table(counts: dict[str, tuple[int, int]]) -> Table:
    """Return the counts as a table with shares."""
    made = Table("kind", "flagged", "of", "share")
    for kind, (flagged, total) in counts.items():
        made.add_row(kind, str(flagged), str(total), f"{100 * flagged / total:.1f} %")
    for name, kinds in (
        ("RIGHT", RIGHT),
        ("PLANTED", set(counts) - set(RIGHT)),
    ):
        flagged, total = (sum(counts[k][i] for k in kinds if k in counts) for i in (0, 1))
        made.add_row(name, str(flagged), str(total), f"{100 * flagged / max(total, 1):.2f} %")
    return made


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--held-out", action="store_true")
    parser.add_argument("--fluent", action="store_true", help="sentences worded freely")
    parser.add_argument("--file", type=Path, action="append", default=[])
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--show", default="")
    asked = parser.parse_args()
    found: Sequence[Case] = fluent()
    if not asked.fluent:
        found = cases(held_out=asked.held_out, seed=asked.seed, folders=asked.file)
    console.print(table(measure(found, asked.show)))


if __name__ == "__main__":
    main()
