"""Train the reader and keep what was changed of the encoder.

    python -m training.train --reading FOLDER --statutes FOLDER --work FOLDER [--epochs 3] [--steps N]

Seeded. The work folder holds the pairs' settings, the state after every few minutes,
and a log; the same command goes on where it was stopped.
"""

from __future__ import annotations

import argparse
import json
import random
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import torch
from torch import nn

from assistant.reader.layout import load_tokenizer
from index.bundled_model import bundled_model_folder
from training.batches import Batch, Target, batches, target_of
from training.measure import measure
from training.model import Reader
from training.office import office_pairs
from training.pairs import Pair
from training.sets import (
    cloze_pairs,
    read_passages,
    reading_pairs,
    simplified,
    statute_pairs,
    windows,
)
from training.start import weights_of
from training.written import event_groups, written_groups, written_pairs

BATCH = 3072  # tokens
RATE = 1e-4
HEADS = 5  # times this rate
WARM_UP = 0.06  # of all steps
SAVE_SECONDS = 240
SEED = 20261125
RELEVANT_WEIGHT = 0.7
PHRASES = 0.25  # of the questions, from the second epoch on, are phrases without asking


def main() -> None:
    """Train, or go on training."""
    options = _options()
    options.work.mkdir(parents=True, exist_ok=True)
    torch.manual_seed(SEED)
    folder = bundled_model_folder()
    tokenizer = load_tokenizer(folder)
    pairs, groups = all_pairs(options)
    groups = random.Random(SEED).sample(groups, min(len(groups), options.validate))
    state = State(begun(folder, options.start), options.work, options.bfloat16, options.rate)
    plan = list(epochs(pairs, tokenizer, options.epochs, made_first=options.start is None))
    plan[0] = plan[0][: options.first]
    total = min(sum(len(epoch) for epoch in plan), options.steps)
    written = written_groups(options.written)
    written = random.Random(SEED).sample(written, min(len(written), options.validate))
    events = event_groups(options.written)
    events = random.Random(SEED).sample(events, min(len(events), options.validate))
    say(options.work, pairs=len(pairs), steps=total, groups=len(groups), written=len(written))

    def validate() -> dict[str, float]:
        named: dict[str, float] = {}
        for kind, of_kind in (("office", written), ("event", events)):
            if of_kind:
                found = measure(state.reader, of_kind, tokenizer)
                named |= {f"{kind}_{name}": value for name, value in found.items()}
        return measure(state.reader, groups, tokenizer) | named

    state.train(plan, total, validate)


def begun(folder: Path, start: Path | None) -> Reader:
    """Return the reader with new heads, or with what ``start`` has learnt already."""
    reader = Reader(folder)
    if start:
        learnt = {name for name, weight in reader.named_parameters() if weight.requires_grad}
        kept = {name: value for name, value in weights_of(start).items() if name in learnt}
        reader.load_state_dict(kept, strict=False)
    return reader


def all_pairs(options: argparse.Namespace) -> tuple[list[Pair], list[list[Pair]]]:
    """Return the pairs to learn from and the groups to validate with."""
    reading, groups = reading_pairs(options.reading, options.held_out, SEED)
    passages = simplified(read_passages(options.reading))
    kept = int(len(passages.ids) * (1 - options.held_out))
    passages = type(passages)(passages.ids[:kept], passages.titles[:kept], passages.texts[:kept])
    made = [] if options.start else cloze_pairs(passages, 3, SEED)
    clozes = 0 if options.start else options.clozes
    office = office_pairs(options.office, SEED) + written_pairs(options.written, SEED)
    return reading + made + office + statute_pairs(options.statutes, SEED, clozes), groups


def epochs(
    pairs: list[Pair],
    tokenizer: Any,  # noqa: ANN401
    count: int,
    made_first: bool = True,
) -> Iterator[list[Batch]]:
    """Yield the batches of each epoch; every epoch cuts other windows.

    The pairs that were made by rule come first, and only in the first epoch: what people
    asked has the last word. Without ``made_first`` that epoch has been before.
    """
    for epoch in range(count):
        rng = random.Random(SEED + epoch)
        stages = [[p for p in pairs if p.source != "cloze"]]
        if epoch == 0 and made_first:
            stages = [[p for p in pairs if p.source == "cloze" or rng.random() < 0.5]]
        # First what is asked, then what is left out.
        share = PHRASES if epoch or not made_first else 0.0
        found: list[Batch] = []
        for stage in stages:
            targets = [target_of(pair, tokenizer) for pair in windows(stage, SEED + epoch, share)]
            found += batches([t for t in targets if isinstance(t, Target)], BATCH, rng)
        yield found


class State:
    """The reader, its optimiser, and how far it has come."""

    def __init__(self, reader: Reader, work: Path, quick: bool = False, rate: float = RATE) -> None:
        """Begin, or go on from what ``work`` holds; ``quick`` computes in bfloat16."""
        self.reader = reader
        self._quick = quick
        self._work = work
        self._file = work / "state.pt"
        heads = [p for n, p in reader.named_parameters() if not n.startswith("bert")]
        body = [p for p in reader.bert.parameters() if p.requires_grad]
        self._optimiser = torch.optim.AdamW(
            [{"params": body, "lr": rate}, {"params": heads, "lr": rate * HEADS}], weight_decay=0.01
        )
        self._step = 0
        if self._file.exists():
            kept = torch.load(self._file, weights_only=True)
            self.reader.load_state_dict(kept["reader"], strict=False)
            self._optimiser.load_state_dict(kept["optimiser"])
            self._step = kept["step"]

    def train(self, plan: list[list[Batch]], total: int, validate: Any) -> None:  # noqa: ANN401
        """Take every step that is left."""
        schedule = torch.optim.lr_scheduler.LambdaLR(
            self._optimiser, lambda n: self._rate(n + self._step, total)
        )
        steps = [batch for epoch in plan for batch in epoch][:total]
        began = saved = time.monotonic()
        loss_sum, seen = 0.0, 0
        self.reader.train()
        for batch in steps[self._step :]:
            loss = self._loss(batch)
            self._optimiser.zero_grad()
            loss.backward()
            nn.utils.clip_grad_norm_(self.reader.parameters(), 1.0)
            self._optimiser.step()
            self._step += 1
            schedule.step()
            loss_sum, seen = loss_sum + float(loss.detach()), seen + 1
            if self._step % 50 == 0:
                rate = seen / (time.monotonic() - began)
                say(
                    self._work, step=self._step, loss=round(loss_sum / seen, 4), rate=round(rate, 2)
                )
                began, loss_sum, seen = time.monotonic(), 0.0, 0
            if time.monotonic() - saved > SAVE_SECONDS or self._step == total:
                self._save()
                saved = time.monotonic()
            if self._step % 1000 == 0 or self._step == total:
                self.reader.eval()
                say(self._work, step=self._step, **validate())
                self.reader.train()

    def _loss(self, batch: Batch) -> torch.Tensor:
        with torch.autocast("cpu", dtype=torch.bfloat16, enabled=self._quick):
            start, end, relevant = (out.float() for out in self.reader(batch.ids, batch.mask))
        loss = nn.functional.binary_cross_entropy_with_logits(relevant, batch.relevant)
        loss = loss * RELEVANT_WEIGHT
        if bool((batch.start >= 0).any()):
            span = nn.functional.cross_entropy
            loss = loss + (span(start, batch.start) + span(end, batch.end)) / 2
        return loss

    def _rate(self, step: int, total: int) -> float:
        warm = max(1, int(total * WARM_UP))
        return min(step / warm, max(0.02, (total - step) / max(1, total - warm)))

    def _save(self) -> None:
        part = self._file.with_suffix(".part")
        trained = {n for n, p in self.reader.named_parameters() if p.requires_grad}
        reader = {n: t for n, t in self.reader.state_dict().items() if n in trained}
        kept = {"reader": reader, "optimiser": self._optimiser.state_dict(), "step": self._step}
        torch.save(kept, part)
        part.replace(self._file)


def say(work: Path, **facts: float) -> None:
    """Print the facts and add them to the log."""
    line = json.dumps({"time": time.strftime("%H:%M:%S"), **facts})
    print(line, flush=True)
    with (work / "log.jsonl").open("a", encoding="utf-8") as log:
        log.write(line + "\n")


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--reading", type=Path, required=True, help="passages, queries, answers")
    parser.add_argument("--statutes", type=Path, required=True, help="passages and queries")
    parser.add_argument("--office", type=Path, nargs="*", default=[Path("tests/evals/ledger")])
    parser.add_argument("--written", type=Path, nargs="*", default=[Path("training/texts")])
    parser.add_argument("--start", type=Path, help="a reader to go on from (.onnx or state.pt)")
    parser.add_argument("--rate", type=float, default=RATE, help="the highest learning rate")
    parser.add_argument("--work", type=Path, required=True)
    parser.add_argument("--epochs", type=int, default=3)
    parser.add_argument("--bfloat16", action="store_true", help="quicker, with such processors")
    parser.add_argument("--steps", type=int, default=10**9, help="stop after so many")
    parser.add_argument("--first", type=int, default=10**9, help="steps of the first epoch")
    parser.add_argument("--clozes", type=int, default=3000, help="statutes that clozes are made of")
    parser.add_argument("--held-out", type=float, default=0.12)
    parser.add_argument("--validate", type=int, default=150)
    return parser.parse_args()


if __name__ == "__main__":
    main()
