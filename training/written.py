"""Pairs out of texts and questions that were written to learn from (``training/texts``)."""

from __future__ import annotations

import json
import random
from collections.abc import Iterator, Sequence
from pathlib import Path

from training.pairs import Pair, sentences

AROUND = 260  # characters of a document kept on each side of the answer's sentence
PARTS = 2  # windows of a document beside a question that it does not answer
REPEATED = 2  # times each pair is learnt in an epoch, in other windows


def written_pairs(folders: Sequence[Path], seed: int) -> list[Pair]:
    """Return the pairs of every ``*.json`` in the folders (form: ``training/texts/README.md``)."""
    rng = random.Random(seed)
    pairs: list[Pair] = []
    for folder in folders:
        for path in sorted(folder.glob("*.json")):
            held = json.loads(path.read_text(encoding="utf-8"))
            found = _of_events(held, rng) if "events" in held else _of_documents(held, rng)
            pairs += [pair for pair in found for _ in range(REPEATED)]
    return pairs


def _of_documents(held: dict, rng: random.Random) -> Iterator[Pair]:
    """Yield the questions beside their documents, and beside places where no answer is."""
    documents = {d["id"]: d for d in held["documents"]}
    for asked in held["questions"]:
        document = documents[asked["doc"]]
        text, title = document["text"], _title(document["title"], rng)
        at = text.index(asked["quote"])
        begin = max(0, at - AROUND)
        start = at + asked["quote"].index(asked["answer"]) - begin
        around = text[begin : at + len(asked["quote"]) + AROUND]
        yield Pair(
            asked["question"], title, around, start, start + len(asked["answer"]), True, "written"
        )
        others = [part for part in _parts(text) if asked["answer"] not in part]
        for part in rng.sample(others, min(1, len(others))):
            yield Pair(asked["question"], title, part, 0, 0, False, "written")
    for asked in held["unanswerable"]:
        document = documents[asked["doc"]]
        parts = _parts(document["text"])
        for part in rng.sample(parts, min(PARTS, len(parts))):
            title = _title(document["title"], rng)
            yield Pair(asked["question"], title, part, 0, 0, False, "written")


def _of_events(held: dict, rng: random.Random) -> Iterator[Pair]:
    """Yield the questions beside each right text and each near one."""
    for event in held["events"]:
        for asked in event["questions"]:
            for text in event["right"]:
                start = text.index(asked["answer"])
                end = start + len(asked["answer"])
                yield Pair(asked["question"], "", text, start, end, True, "written")
            for text in rng.sample(event["near"], min(2, len(event["near"]))):
                yield Pair(asked["question"], "", text, 0, 0, False, "written")


def _title(title: str, rng: random.Random) -> str:
    """Return the title, or none: a passage is read with and without."""
    return title if rng.random() < 0.5 else ""


def _parts(text: str) -> list[str]:
    """Return the text in parts of a few sentences each."""
    found = [""]
    for start, end in sentences(text):
        if len(found[-1]) > AROUND:
            found.append("")
        found[-1] += text[start:end]
    return [part for part in found if len(part.strip()) > 1]
