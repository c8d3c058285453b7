"""Pairs out of texts and questions that were written to learn from (``training/texts``).

    python -m training.written FOLDER

writes the documents that are kept out of training, with their questions, as a reading set
(``passages.jsonl.gz``, ``queries.jsonl``), which ``tests.evals.calibrate`` reads.
"""

from __future__ import annotations

import gzip
import json
import random
import re
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from training.pairs import Pair, sentences

AROUND = 260  # characters of a document kept on each side of the answer's sentence
PARTS = 2  # windows of a document beside a question that it does not answer
HELD_OUT = 0.15  # of the documents or events of each file, the last, are for validation
OTHERS = 2  # documents beside the right one, in validation
REPEATED = 2  # times each pair is learnt in an epoch, in other windows
_HEADING = re.compile(r"[^。；，：]{2,30}")


def written_pairs(folders: Sequence[Path], seed: int) -> list[Pair]:
    """Return the pairs of every ``*.json`` in the folders (form: ``training/texts/README.md``)."""
    rng = random.Random(seed)
    pairs: list[Pair] = []
    for held in _read(folders):
        events = _events_of(held)
        found = _of_events(events, rng) if events else _of_documents(_kept(held), rng)
        pairs += [pair for pair in found for _ in range(REPEATED)]
    return pairs


def written_groups(folders: Sequence[Path]) -> list[list[Pair]]:
    """Return the questions kept out of training: the right document first, then others."""
    groups: list[list[Pair]] = []
    for held in _read(folders):
        left = _kept(held, out=True) if "documents" in held else {"questions": []}
        for asked in left["questions"]:
            right, *others = sorted(left["documents"], key=lambda d: d["id"] != asked["doc"])
            at = right["text"].index(asked["quote"]) + asked["quote"].index(asked["answer"])
            end = at + len(asked["answer"])
            first = Pair(asked["question"], right["title"], right["text"], at, end, True, "written")
            groups.append([first, *(
                Pair(asked["question"], d["title"], d["text"], 0, 0, False, "written")
                for d in others[:OTHERS]
            )])  # fmt: skip
    return groups


def events_kept_out(folders: Sequence[Path]) -> list[dict]:
    """Return the events that are not learnt from (form: ``training/texts/README.md``)."""
    return [event for held in _read(folders) for event in _events_of(held, out=True)]


def event_groups(folders: Sequence[Path]) -> list[list[Pair]]:
    """Return the questions about events kept out of training: a right text first, then near ones."""
    return [
        [
            Pair(asked["question"], "", right, at, at + len(asked["answer"]), True, "written"),
            *(Pair(asked["question"], "", near, 0, 0, False, "written") for near in event["near"]),
        ]
        for event in events_kept_out(folders)
        for asked in event["questions"]
        for right in event["right"][:1]
        for at in [right.index(asked["answer"])]
    ]


def _read(folders: Sequence[Path]) -> Iterator[dict]:
    for folder in folders:
        for path in sorted(folder.glob("*.json")):
            yield json.loads(path.read_text(encoding="utf-8"))


def _events_of(held: dict, out: bool = False) -> list[dict]:
    """Return the events to learn from, or those kept ``out``."""
    events = held.get("events", [])
    cut = round(len(events) * (1 - HELD_OUT))
    return events[cut:] if out else events[:cut]


def _kept(held: dict, out: bool = False) -> dict:
    """Return the documents to learn from with their questions, or those kept ``out``."""
    cut = round(len(held["documents"]) * (1 - HELD_OUT))
    documents = held["documents"][cut:] if out else held["documents"][:cut]
    ids = {d["id"] for d in documents}
    asked = {k: [q for q in held[k] if q["doc"] in ids] for k in ("questions", "unanswerable")}
    return {"documents": documents, **asked}


def _of_documents(held: dict, rng: random.Random) -> Iterator[Pair]:
    """Yield the questions beside their documents, and beside places where no answer is."""
    documents = {d["id"]: d for d in held["documents"]}
    for asked in held["questions"]:
        document = documents[asked["doc"]]
        text = document["text"]
        at = text.index(asked["quote"])
        title = _title(document["title"], text[:at], rng)
        begin = max(0, at - AROUND)
        start = at + asked["quote"].index(asked["answer"]) - begin
        around = text[begin : at + len(asked["quote"]) + AROUND]
        yield Pair(
            asked["question"], title, around, start, start + len(asked["answer"]), True, "written"
        )
        others = [part for part in _parts(text) if asked["answer"] not in part]
        for part in rng.sample(others, min(1, len(others))):
            above = _title(document["title"], text[: text.index(part)], rng)
            yield Pair(asked["question"], above, part, 0, 0, False, "written")
    for asked in held["unanswerable"]:
        document = documents[asked["doc"]]
        parts = _parts(document["text"])
        for part in rng.sample(parts, min(PARTS, len(parts))):
            above = document["text"][: document["text"].index(part)]
            title = _title(document["title"], above, rng)
            yield Pair(asked["question"], title, part, 0, 0, False, "written")


def _of_events(events: Sequence[dict], rng: random.Random) -> Iterator[Pair]:
    """Yield the questions beside each right text and some near ones."""
    for event in events:
        for asked in event["questions"]:
            for text in event["right"]:
                start = text.index(asked["answer"])
                end = start + len(asked["answer"])
                yield Pair(asked["question"], "", text, start, end, True, "written")
            for text in rng.sample(event["near"], min(2, len(event["near"]))):
                yield Pair(asked["question"], "", text, 0, 0, False, "written")


def _title(title: str, above: str, rng: random.Random) -> str:
    """Return title and nearest heading, or none: a passage is read with and without."""
    if rng.random() < 0.3:
        return ""
    headings = [line.strip() for line in above.splitlines() if _HEADING.fullmatch(line.strip())]
    return " ".join(dict.fromkeys([title, *headings[-1:]]))


def _parts(text: str) -> list[str]:
    """Return the text in parts of a few sentences each."""
    found = [""]
    for start, end in sentences(text):
        if len(found[-1]) > AROUND:
            found.append("")
        found[-1] += text[start:end]
    return [part for part in found if len(part.strip()) > 1]


def main() -> None:
    """Write what is kept out as a reading set."""
    folder = Path(sys.argv[1])
    folder.mkdir(parents=True, exist_ok=True)
    documents: dict[str, dict] = {}
    with (folder / "queries.jsonl").open("w", encoding="utf-8") as lines:
        for n, group in enumerate(written_groups([Path(__file__).with_name("texts")])):
            for pair in group:
                row = {"id": pair.title, "title": pair.title, "text": pair.passage}
                documents.setdefault(pair.title, row)
            right = group[0]
            query = {"id": f"w{n}", "text": right.question, "relevant": [right.title]}
            lines.write(json.dumps(query | {"answers": [right.answer]}, ensure_ascii=False) + "\n")
    with gzip.open(folder / "passages.jsonl.gz", "wt", encoding="utf-8") as passages:
        passages.writelines(json.dumps(d, ensure_ascii=False) + "\n" for d in documents.values())


if __name__ == "__main__":
    main()
