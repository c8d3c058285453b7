"""Pairs as tokens, in batches of about equal size."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import torch

from training.pairs import Pair

LONGEST = 256  # tokens of question, title and passage
QUESTION = 64  # tokens at most
UNKNOWN = -100  # a place that the loss leaves out


@dataclass(frozen=True, slots=True)
class Tokens:
    """One pair as the model reads it; ``start`` and ``end`` are tokens, both within."""

    ids: list[int]
    start: int
    end: int
    relevant: bool
    offset: int  # of the first token of the passage
    places: list[tuple[int, int]]  # characters of the passage, for each token from ``offset``


@dataclass(frozen=True, slots=True)
class Batch:
    """Padded tokens (pairs, tokens) and targets (pairs,)."""

    ids: torch.Tensor
    mask: torch.Tensor
    start: torch.Tensor
    end: torch.Tensor
    relevant: torch.Tensor


def load_tokenizer(folder: Path) -> Any:  # noqa: ANN401
    """Return the tokenizer of a sentence-transformers folder."""
    from tokenizers import Tokenizer

    tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
    tokenizer.no_padding()
    tokenizer.no_truncation()
    return tokenizer


def tokens_of(pair: Pair, tokenizer: Any) -> Tokens | None:  # noqa: ANN401
    """Return ``<s> question </s></s> title ： passage </s>``; None if the answer does not fit."""
    start_mark, end_mark = tokenizer.token_to_id("<s>"), tokenizer.token_to_id("</s>")
    asked = tokenizer.encode(pair.question, add_special_tokens=False).ids[:QUESTION]
    title = tokenizer.encode(pair.title + "：", add_special_tokens=False).ids if pair.title else []
    read = tokenizer.encode(pair.passage, add_special_tokens=False)
    head = [start_mark, *asked, end_mark, end_mark, *title[:24]]
    room = LONGEST - len(head) - 1
    ids, places = read.ids[:room], list(read.offsets[:room])
    start = end = UNKNOWN
    if not pair.relevant:
        start = end = 0
    elif pair.end > pair.start:
        inside = [i for i, (a, b) in enumerate(places) if a < pair.end and b > pair.start]
        if not inside or places[inside[-1]][1] < pair.end:
            return None
        start, end = len(head) + inside[0], len(head) + inside[-1]
    return Tokens([*head, *ids, end_mark], start, end, pair.relevant, len(head), places)


def batches(found: Sequence[Tokens], size: int, rng: random.Random) -> Iterator[Batch]:
    """Yield batches of about ``size`` tokens each, neighbours of like length, in random order."""
    order = sorted(range(len(found)), key=lambda i: (len(found[i].ids) // 8, rng.random()))
    groups: list[list[int]] = [[]]
    for i in order:
        if (len(groups[-1]) + 1) * len(found[i].ids) > size:
            groups.append([])
        groups[-1].append(i)
    rng.shuffle(groups)
    for group in groups:
        if group:
            yield collate([found[i] for i in group])


def collate(group: Sequence[Tokens], pad: int = 1) -> Batch:
    """Return the group as one padded batch."""
    longest = max(len(t.ids) for t in group)
    ids = torch.full((len(group), longest), pad)
    for row, tokens in enumerate(group):
        ids[row, : len(tokens.ids)] = torch.tensor(tokens.ids)
    return Batch(
        ids,
        (torch.arange(longest) < torch.tensor([[len(t.ids)] for t in group])).long(),
        torch.tensor([t.start for t in group]),
        torch.tensor([t.end for t in group]),
        torch.tensor([float(t.relevant) for t in group]),
    )
