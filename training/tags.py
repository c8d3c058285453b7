"""Teach what names, owners and reasons in a paragraph look like: ``index.ledger.tagging``'s weights.

python -m training.tags [--hold NAME …]

Learns from the paragraphs of the offices of the evaluation as far as they are read, from
the same with other names put in, and from sentences put together (``training/tagging/``). ``--hold``
leaves offices out, and says how much of what the rules read there the model finds.
"""

from __future__ import annotations

import argparse
import random
import tempfile
import zlib
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import pycrfsuite

from index.ledger.builder import Builder
from index.ledger.openers import with_colons
from index.ledger.reader import _is_law, _lines, read_ledger
from index.ledger.records import FileLedger, Record
from index.ledger.tagging import tagger
from index.ledger.tagging.tagger import LABELS, LONGEST, WEIGHTS, features
from index.load import load_file
from index.structure import read_structure
from training.names import OFFICES
from training.tagging.frames import Slots, put_together

SEED = 7
MADE = 6_000  # sentences put together
SWAPPED = 0.7  # of the names of a paragraph, the share that others stand for
PLAIN = 0.25  # of the paragraphs without a name, the share that is learnt from
SMALLEST = 0.02  # weights below are left out
KINDS = {"name": "name", "unit": "owner", "reason": "reason"}
LATE = frozenset({"not_started", "suspended", "cancelled", "preparatory", "behind"})
Labelled = tuple[str, list[str]]  # a text and the label of each of its characters


@dataclass
class Office:
    """What is learnt of one office: its paragraphs, and the words for each slot."""

    name: str
    paragraphs: list[Labelled] = field(default_factory=list)
    slots: Slots = field(default_factory=lambda: Slots([], [], [], []))


def read_office(folder: Path) -> Office:
    """Return the paragraphs of an office, labelled by its records, and their words."""
    office = Office(folder.name)
    for path in sorted(p for p in (folder / "documents").rglob("*") if p.is_file()):
        loaded = load_file(path)
        structure = read_structure(loaded, path.name)
        ledger = read_ledger(loaded.blocks, structure)
        for record in ledger.records:
            if record.kind in ("project", "task", "promise"):
                _note(office.slots, record)
        for document in structure.documents:
            view = with_colons(structure.reading.view(document.start, document.end))
            if not view.text.strip() or _is_law(document, view.text):
                continue
            builder = Builder(document, loaded.blocks, structure.reading, view, FileLedger())
            labels = _labels(builder, ledger)
            tables = [b for b in builder.blocks if b.kind == "table"]
            for line in _lines(builder, tables):
                if line.end - line.start <= LONGEST:
                    span = slice(line.start, line.end)
                    office.paragraphs.append((view.text[span], labels[span]))
    return office


def _note(slots: Slots, record: Record) -> None:
    fields = record.fields
    late = {record.stage, record.progress} & LATE
    slots.names.append(record.name)
    for words, key in ((slots.owners, "unit"), (slots.reasons, "reason")):
        words.extend([fields[key].text] if key in fields else [])
    if "status_text" in fields and not late:
        slots.said.append(fields["status_text"].text)


def _labels(builder: Builder, ledger: FileLedger) -> list[str]:
    offsets = builder.view.offsets
    labels = ["O"] * len(builder.view.text)
    for record in ledger.records:
        table = ledger.rosters[record.roster].table
        if record.document != builder.document.ordinal or table or record.kind == "fund_line":
            continue
        for key, kind in KINDS.items():
            for start, end in record.fields[key].spans if key in record.fields else ():
                low, high = bisect_left(offsets, start), bisect_left(offsets, end)
                if low < high <= len(labels) and set(labels[low:high]) == {"O"}:
                    labels[low:high] = _labelled(high - low, kind)
    return labels


def _labelled(length: int, kind: str) -> list[str]:
    return [f"B-{kind}", *[f"I-{kind}"] * (length - 1)]


def swapped(told: Labelled, slots: Slots, chance: random.Random) -> Labelled:
    """Return a paragraph with most of what is labelled in it put in other words."""
    text, labels = told
    others = {"name": slots.names, "owner": slots.owners, "reason": slots.reasons}
    out, marks, at = "", list[str](), 0
    while at < len(text):
        kind, stop = labels[at][2:], at + 1
        while kind and stop < len(text) and labels[stop] == f"I-{kind}":
            stop += 1
        words = text[at:stop]
        if kind and chance.random() < SWAPPED:
            words = chance.choice(others[kind])
        out += words
        marks += _labelled(len(words), kind) if kind else ["O"]
        at = stop
    return out, marks


def examples(offices: Sequence[Office], chance: random.Random) -> Iterator[Labelled]:
    """Yield all that is learnt from."""
    slots = Slots.of([office.slots for office in offices])
    for office in offices:
        for told in office.paragraphs:
            if set(told[1]) != {"O"}:
                yield told
                yield swapped(told, slots, chance)
            elif chance.random() < PLAIN:
                yield told
    for _ in range(MADE):
        yield put_together(slots, chance)


def fit(told: Iterator[Labelled]) -> tuple[dict[tuple[str, str], float], np.ndarray]:
    """Return the weights by feature and label, and those of a label behind another."""
    trainer = pycrfsuite.Trainer(verbose=False)
    trainer.set_params({"c1": 0.6, "c2": 0.01, "max_iterations": 100, "feature.minfreq": 3})
    for text, labels in told:
        trainer.append(list(features(text)), labels)
    with tempfile.TemporaryDirectory() as folder:
        path = str(Path(folder) / "model")
        trainer.train(path)
        model = pycrfsuite.Tagger()
        model.open(path)
        info = model.info()
    steps = np.full((len(LABELS), len(LABELS)), -50.0)  # a step that was never seen
    for (before, after), weight in info.transitions.items():
        steps[LABELS.index(before), LABELS.index(after)] = weight
    for before, after in ((a, b) for a in LABELS for b in LABELS if b[0] != "I"):
        steps[LABELS.index(before), LABELS.index(after)] = max(
            steps[LABELS.index(before), LABELS.index(after)], -6.0
        )
    return info.state_features, steps


def write(weights: dict[tuple[str, str], float], steps: np.ndarray) -> None:
    """Write the weights to be shipped."""
    kept = [(f, label, w) for (f, label), w in weights.items() if abs(w) >= SMALLEST]
    np.savez_compressed(
        WEIGHTS,
        features=np.array([zlib.crc32(f.encode()) for f, _, _ in kept], dtype=np.uint32),
        labels=np.array([LABELS.index(label) for _, label, _ in kept], dtype=np.uint8),
        weights=np.array([w for _, _, w in kept], dtype=np.float16),
        steps=steps.astype(np.float16),
    )


def report(held: Sequence[Office]) -> None:
    """Print how much of what the rules read in ``held`` the model finds, and what it adds."""
    told: Counter[str] = Counter()
    for office in held:
        for text, labels in office.paragraphs:
            if set(labels) == {"O"}:
                continue
            path = [LABELS.index(label) for label in labels]
            truth = {(t.kind, t.start, t.end) for t in tagger._spans(path)}
            found = {(t.kind, t.start, t.end) for t in tagger.tag(text)}
            for kind in KINDS.values():
                told[kind, "both"] += sum(k == kind for k, *_ in truth & found)
                told[kind, "rules"] += sum(k == kind for k, *_ in truth)
                told[kind, "model"] += sum(k == kind for k, *_ in found)
    for kind in KINDS.values():
        both, rules, model = (told[kind, one] for one in ("both", "rules", "model"))
        print(f"{kind}: {both} of the {rules} that rules read, {model} found")


def main() -> None:
    """Learn, write the weights, and say how they do on what was left out."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--hold", nargs="*", default=[], help="offices to leave out")
    options = parser.parse_args()
    folders = sorted(p.parent for p in OFFICES.glob("*/questions.jsonl"))
    with ProcessPoolExecutor() as pool:
        offices = list(pool.map(read_office, folders))
    held = [office for office in offices if office.name in options.hold]
    chance = random.Random(SEED)
    weights, steps = fit(examples([o for o in offices if o not in held], chance))
    write(weights, steps)
    print(f"{WEIGHTS.stat().st_size / 1024:.0f} KB")
    if held:
        tagger._load.cache_clear()
        report(held)


if __name__ == "__main__":
    main()
