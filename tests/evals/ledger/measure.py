"""Read documents with gold records and print precision and recall, by layout and field.

python -m tests.evals.ledger.measure [FOLDER…] [--verbose] [--save]

A gold file stands beside its document: ``FILE.ext.gold.json``.
"""

from __future__ import annotations

import argparse
import json
import re
import subprocess
import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table

from index.ledger.names import core_name
from index.ledger.reader import read_ledger
from index.ledger.records import AMOUNTS, FIELDS, FileLedger, Record
from index.load import load_file
from index.structure import read_structure

HERE = Path(__file__).parent
TEXTS = tuple(f for f in FIELDS if f not in ("name", "as_of"))
CODES = ("stage", "progress", "reason_kind")
LOOSE = frozenset({"reason", "measures", "status_text", "leader", "location", "deadline", "unit"})
console = Console(highlight=False, soft_wrap=True)


@dataclass(slots=True)
class Tally:
    """Counts of what was found, what was right, and what there was to find."""

    right: Counter[str] = field(default_factory=Counter)
    found: Counter[str] = field(default_factory=Counter)
    gold: Counter[str] = field(default_factory=Counter)
    faults: list[str] = field(default_factory=list)

    def add(self, other: Tally) -> None:
        """Add another tally to this one."""
        for mine, theirs in (
            (self.right, other.right),
            (self.found, other.found),
            (self.gold, other.gold),
        ):
            mine.update(theirs)
        self.faults += other.faults

    def recall(self, key: str) -> float:
        """Return right of what there was."""
        return self.right[key] / self.gold[key] if self.gold[key] else 1.0

    def precision(self, key: str) -> float:
        """Return right of what was found."""
        return self.right[key] / self.found[key] if self.found[key] else 1.0


def read(path: Path) -> FileLedger:
    """Return what is read from a document."""
    loaded = load_file(path)
    return read_ledger(loaded.blocks, read_structure(loaded, path.name))


def measure(path: Path, gold: dict[str, Any]) -> Tally:
    """Return how the ledger of ``path`` compares with its gold.

    Amounts unit by unit are measured where the gold lists units, and left out elsewhere.
    """
    ledger = read(path)
    tally = Tally()
    wanted = list(gold["records"])
    units = any(want.get("kind") == "unit" for want in wanted)
    left = [r for r in ledger.records if units or r.kind != "unit"]
    tally.gold["records"] = len(wanted)
    tally.found["records"] = len(left)
    for want in wanted:
        record = _match(want, left)
        if record is None:
            tally.faults.append(f"{path.name}: 未读出 {want['name']}")
            continue
        left.remove(record)
        tally.right["records"] += 1
        _fields(path, want, record, tally)
    tally.faults += [f"{path.name}: 多出 {r.name}" for r in left]
    _findings(path, gold.get("findings", []), ledger, tally)
    return tally


def _match(want: dict[str, Any], records: Sequence[Record]) -> Record | None:
    name = core_name(want["name"])
    same = [r for r in records if core_name(r.name) == name]
    if not same:  # “体育公园（二期）” may be given with its phase or without
        same = [r for r in records if core_name(_bare(r.name)) == core_name(_bare(want["name"]))]
    if len(same) > 1:
        key = (want.get("stage"), want.get("progress"), _plain(want.get("unit")))
        return max(
            same,
            key=lambda r: sum(
                a == b
                for a, b in zip(key, (r.stage, r.progress, _plain(_text(r, "unit"))), strict=True)
            ),
        )
    return same[0] if same else None


def _bare(name: str) -> str:
    return re.sub(r"[（(][^（）()]*[）)]$", "", name)


def _fields(path: Path, want: dict[str, Any], record: Record, tally: Tally) -> None:
    for key in (*CODES, *TEXTS):
        gold = want.get(key)
        have = getattr(record, key) if key in CODES else _text(record, key)
        if key == "status_text" and not gold:
            continue
        tally.gold[key] += bool(gold)
        tally.found[key] += bool(have)
        if gold and have and _same(key, gold, have, want, record):
            tally.right[key] += 1
        elif gold or have:
            tally.faults.append(f"{path.name}: {want['name']}.{key}: 应为 {gold}，读为 {have}")


def _text(record: Record, key: str) -> str | None:
    words = record.fields.get(key)
    return words.text if words else None


def _same(key: str, gold: Any, have: Any, want: dict[str, Any], record: Record) -> bool:
    if key in CODES:
        # “快于序时” is more than on schedule, where the gold knows no more.
        return bool(gold == have or (gold, have) == ("on_schedule", "ahead"))
    if key in AMOUNTS and want.get(f"{key}_value") is not None:
        value = record.fields[key].value
        return value is not None and abs(value - want[f"{key}_value"]) < 1e-6 * max(1, value) + 1e-6
    a, b = _plain(gold), _plain(have)
    if key in LOOSE:
        return a == b or (min(len(a), len(b)) >= 0.6 * max(len(a), len(b)) and (a in b or b in a))
    return a == b


def _findings(
    path: Path, wanted: Sequence[dict[str, Any]], ledger: FileLedger, tally: Tally
) -> None:
    left = [f for f in ledger.findings if f.kind != "announced"]
    tally.gold["findings"] += len([w for w in wanted if w["kind"] != "announced"])
    tally.found["findings"] += len(left)
    for want in wanted:
        if want["kind"] == "announced":
            continue
        numbers = [_plain(str(n)) for n in want["numbers"]]
        kinds = {"two_statuses": "two_statuses", "documents_disagree": "documents"}
        hit = next(
            (
                f
                for f in left
                if any(n and n in _plain(f"{f.text}{f.formula}") for n in numbers)
                or (not numbers and f.kind == kinds.get(want["kind"], want["kind"]))
            ),
            None,
        )
        if hit:
            left.remove(hit)
            tally.right["findings"] += 1
        else:
            tally.faults.append(f"{path.name}: 未发现 {want['about']}")
    tally.faults += [f"{path.name}: 误报 {f.text}" for f in left]


def _plain(text: str | None) -> str:
    return re.sub(r"[\W_]", "", unicodedata.normalize("NFKC", text or ""))


def gold_files(folders: Iterable[Path]) -> list[tuple[Path, dict[str, Any]]]:
    """Return (document, gold) of every document with gold under the folders."""
    found = []
    for folder in folders:
        for path in sorted(folder.rglob("*.gold.json")):
            document = path.with_name(path.name.removesuffix(".gold.json"))
            found.append((document, json.loads(path.read_text("utf-8"))))
    return found


def main() -> None:
    options = _options()
    by_layout: dict[str, Tally] = {}
    total = Tally()
    for path, gold in gold_files(options.folders):
        tally = measure(path, gold)
        by_layout.setdefault(gold["layout"], Tally()).add(tally)
        total.add(tally)
    _print(by_layout, total)
    if options.verbose:
        for fault in total.faults:
            console.print(fault, markup=False)
    if options.save:
        _save(by_layout, total)


def _print(by_layout: dict[str, Tally], total: Tally) -> None:
    table = Table("layout", "records", "recall", "precision", "fields recall", "precision")
    for name, tally in [*sorted(by_layout.items()), ("all", total)]:
        right, found, gold = (
            sum(c[k] for k in (*CODES, *TEXTS)) for c in (tally.right, tally.found, tally.gold)
        )
        table.add_row(
            name, str(tally.gold["records"]), f"{tally.recall('records'):.3f}",
            f"{tally.precision('records'):.3f}", f"{right / max(gold, 1):.3f}",
            f"{right / max(found, 1):.3f}",
        )  # fmt: skip
    console.print(table)
    fields = Table("field", "gold", "recall", "precision")
    for key in (*CODES, *TEXTS, "findings"):
        fields.add_row(
            key, str(total.gold[key]), f"{total.recall(key):.3f}", f"{total.precision(key):.3f}"
        )
    console.print(fields)


def _save(by_layout: dict[str, Tally], total: Tally) -> None:
    command = ["git", "rev-parse", "--short", "HEAD"]
    commit = subprocess.run(command, capture_output=True, text=True, check=False).stdout.strip()
    kept = {
        "date": date.today().isoformat(),
        "commit": commit,
        "layouts": {
            name: {
                "records": tally.gold["records"],
                "recall": round(tally.recall("records"), 4),
                "precision": round(tally.precision("records"), 4),
            }
            for name, tally in [*sorted(by_layout.items()), ("all", total)]
        },
        "fields": {
            key: {
                "gold": total.gold[key],
                "recall": round(total.recall(key), 4),
                "precision": round(total.precision(key), 4),
            }
            for key in (*CODES, *TEXTS, "findings")
        },
    }
    target = HERE.parent / "results" / f"{kept['date']}-ledger.json"
    target.write_text(json.dumps(kept, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folders", nargs="*", type=Path, default=[HERE])
    parser.add_argument("--verbose", action="store_true", help="print what differs")
    parser.add_argument("--save", action="store_true", help="keep the figures in results/")
    return parser.parse_args()


if __name__ == "__main__":
    main()
