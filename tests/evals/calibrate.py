"""Fit the weights of ranking and refusal on a reading set.

    python -m tests.evals.calibrate FOLDER [--sample N] [--held-out 0.12] [--events] [--keep FILE]

FOLDER holds ``passages.jsonl.gz`` {id,title,text} and ``queries.jsonl``
{id,text,relevant,answers}. Only questions about the last share of the passages are
asked: the reader has not learnt from them (``training``). Each is asked six times: of
an index of all passages, of one of forty and of one of five, with its own passage and
without it, when the right reply is a refusal. ``--events`` asks of the events kept out of
training, too: among five accounts, of which one or two answer or none. ``--keep`` writes
what was found, or reads it if it is there.
"""

from __future__ import annotations

import argparse
import pickle
import random
from collections.abc import Sequence
from dataclasses import astuple, dataclass, fields
from pathlib import Path

import numpy as np
from opencc import OpenCC
from rich.console import Console
from rich.progress import track

from assistant.question import understand
from assistant.ranking import Candidate, Features, rank
from assistant.reranking import reread
from assistant.retrieval import Hit, retrieve
from index.library import Library
from index.words import fold, units
from tests.evals.public.asking import reader_of
from tests.evals.public.indexing import Indexer, path_of
from tests.evals.public.sets import Passage, PassageSet, Query, read_set
from training.written import events_kept_out

TEXTS = Path("training/texts")
NAMES = [field.name for field in fields(Features)]
KEPT = 12  # chunks read, with and without the right passage
SOME = 40  # passages of an index as large as an office's few documents
FEW = 5  # passages of a small index
SETTINGS: dict[str, tuple[str, ...]] = {
    "reader": ("covered", "framed", "form", "retrieved", "relevance", "held", "margin"),
    "reader, others heard": (
        "covered",
        "framed",
        "form",
        "retrieved",
        "relevance",
        "held",
        "margin",
        "support",
    ),
    "reader and meaning": tuple(NAMES),
    "no reader": ("covered", "framed", "similarity", "form", "retrieved"),
}
REFUSAL: dict[str, tuple[str, ...]] = {
    "reader": ("covered", "framed", "relevance", "margin"),
    "reader, retrieved": ("covered", "framed", "relevance", "margin", "retrieved"),
    "reader and meaning": ("covered", "framed", "relevance", "margin", "similarity"),
    "reader, meaning, others": (
        "covered",
        "framed",
        "relevance",
        "margin",
        "similarity",
        "support",
    ),
    "no reader": ("covered", "framed", "similarity", "retrieved"),
}
Row = tuple[float, ...]
console = Console(highlight=False, soft_wrap=True)


@dataclass(frozen=True)
class Asked:
    """The features of the candidates for one question, and which of them hold an answer."""

    place: str  # "many", "some", "few" or "event"
    with_answer: list[Row]
    right: list[bool]
    without: list[Row]


def main() -> None:
    """Ask, fit, print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--sample", type=int, default=400)
    parser.add_argument("--held-out", type=float, default=0.12)
    parser.add_argument("--work", type=Path, default=Path("~/.cache/youju/eval").expanduser())
    parser.add_argument("--events", action="store_true")
    parser.add_argument("--keep", type=Path)
    options = parser.parse_args()
    if options.keep and options.keep.exists():
        asked = pickle.loads(options.keep.read_bytes())
    else:
        asked = _collect(options)
        if options.keep:
            options.keep.write_bytes(pickle.dumps(asked))
    for place in ("many", "some", "few", "event"):
        report(place, [a for a in asked if a.place == place])


def _collect(options: argparse.Namespace) -> list[Asked]:
    given = read_set(options.folder, Path())
    assert isinstance(given, PassageSet)
    held = {p.id for p in given.passages[int(len(given.passages) * (1 - options.held_out)) :]}
    queries = [q for q in given.queries if held & set(q.relevant)]
    random.Random(7).shuffle(queries)
    indexer = Indexer(options.work, console)
    found = []
    with indexer.kept(given.passages, any_code=True) as library:
        for query in track(queries[: options.sample], "问全部"):
            found.append(_ask_many(query, library))
    last = given.passages[int(len(given.passages) * (1 - options.held_out)) :]
    for at in range(0, len(last), SOME):
        part = last[at : at + SOME]
        here = [q for q in queries[: options.sample] if {p.id for p in part} & set(q.relevant)]
        with indexer.kept(part, any_code=True) as library:
            found += [_ask_many(q, library, "some") for q in track(here, f"问{len(part)}篇")]
    for query in track(queries[: options.sample], "问五篇"):
        found.append(_ask_few(query, given.passages, indexer))
    if options.events:
        for event in track(events_kept_out([TEXTS]), "问事件"):
            found += [_ask_event(event, asked, indexer) for asked in event["questions"]]
    return found


def _ask_many(query: Query, library: Library, place: str = "many") -> Asked:
    question = understand(query.text)
    vector = np.asarray(library.encoder.embed_query(question.text), dtype=np.float32)
    hits = retrieve(question, vector, library, top_k=KEPT + len(query.relevant))
    own = {path_of(key) for key in query.relevant}
    others = [h for h in hits if library.file_by_id(h.stored.file_id).path not in own]
    found = _candidates(query.text, hits[:KEPT], library)
    right = [
        library.file_by_id(c.unit.file_id).path in own and _holds(c.unit.text, query) for c in found
    ]
    without = _candidates(query.text, others[:KEPT], library)
    return Asked(place, _rows(found), right, _rows(without))


def _ask_few(query: Query, passages: Sequence[Passage], indexer: Indexer) -> Asked:
    rng = random.Random(query.id)
    convert = OpenCC("t2s").convert if rng.random() < 0.7 else str
    asked = convert(query.text)
    own = [p for p in passages if p.id in query.relevant]
    others = _nearest(query, [p for p in passages if p.id not in query.relevant])
    with indexer.small([convert(f"{p.title}\n{p.text}") for p in [*own, *others][:FEW]]) as library:
        found = _candidates(asked, None, library)
        right = [
            library.file_by_id(c.unit.file_id).path == "1.txt" and _holds(c.unit.text, query)
            for c in found
        ]
    with indexer.small([convert(f"{p.title}\n{p.text}") for p in others[:FEW]]) as library:
        without = _candidates(asked, None, library)
    return Asked("few", _rows(found), right, _rows(without))


def _ask_event(event: dict, asked: dict, indexer: Indexer) -> Asked:
    """Ask among accounts of an event, one or two of which answer, and among near ones."""
    rights = event["right"][: random.Random(asked["question"]).choice((1, 2))]
    with indexer.small([*rights, *event["near"]][:FEW]) as library:
        found = _candidates(asked["question"], None, library)
        right = [fold(asked["answer"]) in fold(c.unit.text) for c in found]
    with indexer.small(event["near"][:FEW]) as library:
        without = _candidates(asked["question"], None, library)
    return Asked("event", _rows(found), right, _rows(without))


def _nearest(query: Query, passages: Sequence[Passage]) -> list[Passage]:
    """Return those that share most with the question, and do not hold its answer."""
    wanted = set(units(query.text))
    free = [p for p in passages if not any(a in p.text for a in query.answers)]
    return sorted(free, key=lambda p: -len(wanted & set(units(p.text))))[:FEW]


def _candidates(asked: str, hits: Sequence[Hit] | None, library: Library) -> list[Candidate]:
    question = understand(asked)
    vector = np.asarray(library.encoder.embed_query(question.text), dtype=np.float32)
    if hits is None:
        hits = retrieve(question, vector, library, top_k=KEPT)
    ranked = rank(question, vector, hits, library)
    reader = reader_of(library)
    return reread(question, ranked, library, reader) if reader else ranked


def _holds(text: str, query: Query) -> bool:
    return any(fold(answer) in fold(text) for answer in query.answers)


def _rows(found: Sequence[Candidate]) -> list[Row]:
    return [astuple(c.features) for c in found]


def report(place: str, asked: Sequence[Asked]) -> None:
    """Print fitted weights, and how often the best unit is right and refusals are."""
    usable = [a for a in asked if a.with_answer and a.without and any(a.right)]
    if not usable:
        return
    console.rule(f"{place}: {len(asked)} questions, {len(usable)} with the answer among the units")
    for name, features in SETTINGS.items():
        columns = [NAMES.index(f) for f in features]
        weights = _fit_ranking(usable, columns)
        first = sum(_first(a, columns, weights) for a in usable) / len(usable)
        told = {f: round(float(w), 2) for f, w in zip(features, weights, strict=True)}
        console.print(f"ranking, {name}: right unit first {first:.3f}", told)
        for kind, chosen in REFUSAL.items():
            if ("reader" in name) == (kind != "no reader"):
                _print_refusal(kind, usable, columns, weights, [NAMES.index(f) for f in chosen])


def _best(rows: list[Row], columns: list[int], weights: np.ndarray) -> int:
    return int(np.argmax([float(np.dot([row[c] for c in columns], weights)) for row in rows]))


def _first(one: Asked, columns: list[int], weights: np.ndarray) -> bool:
    return one.right[_best(one.with_answer, columns, weights)]


def _fit_ranking(asked: Sequence[Asked], columns: list[int]) -> np.ndarray:
    """Return softmax-regression weights that put a right unit first."""
    import torch

    pairs = [
        (torch.tensor(a.with_answer[:40])[:, columns], torch.tensor(a.right[:40]))
        for a in asked
        if any(a.right[:40])
    ]
    weights = torch.zeros(len(columns), requires_grad=True)
    optimiser = torch.optim.LBFGS([weights], max_iter=200)

    def closure() -> torch.Tensor:
        optimiser.zero_grad()
        losses = [
            torch.logsumexp(x @ weights, 0) - torch.logsumexp((x @ weights)[y], 0) for x, y in pairs
        ]
        loss = torch.stack(losses).mean() + 1e-3 * (weights**2).sum()
        loss.backward()
        return loss

    optimiser.step(closure)
    return weights.detach().numpy()


def _print_refusal(
    name: str, asked: Sequence[Asked], columns: list[int], order: np.ndarray, chosen: list[int]
) -> None:
    """Fit and print a logistic model of “answerable” over the best unit's features."""
    import torch

    best = [a.with_answer[_best(a.with_answer, columns, order)] for a in asked]
    best += [a.without[_best(a.without, columns, order)] for a in asked]
    x = torch.tensor(best)[:, chosen]
    y = torch.tensor([1.0] * len(asked) + [0.0] * len(asked))
    spread = x.std(0) + 1e-6
    weights = torch.zeros(x.shape[1] + 1, requires_grad=True)
    optimiser = torch.optim.LBFGS([weights], max_iter=300)

    def closure() -> torch.Tensor:
        optimiser.zero_grad()
        logits = (x / spread) @ weights[:-1] + weights[-1]
        loss = torch.nn.functional.binary_cross_entropy_with_logits(logits, y)
        loss = loss + 1e-3 * (weights[:-1] ** 2).sum()
        loss.backward()
        return loss

    optimiser.step(closure)
    scale = (weights[:-1] / spread).detach().numpy()
    bias = float(weights[-1])
    told = {NAMES[c]: round(float(w), 2) for c, w in zip(chosen, scale, strict=True)}
    scores = (x.numpy() @ scale) + bias
    yes, no = scores[: len(asked)], scores[len(asked) :]
    kept = []
    for false_refusals in (0.02, 0.05, 0.10, 0.15):
        cut = float(np.quantile(yes, false_refusals))
        kept.append(f"{false_refusals:.0%} at {cut:.2f}: {np.mean(no < cut):.1%}")
    console.print(f"  refusal, {name}:", told, f"bias {bias:.2f}; refused with", "; ".join(kept))


if __name__ == "__main__":
    main()
