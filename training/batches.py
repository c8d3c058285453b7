"""Pairs as tokens, in batches of about equal size."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import torch

from assistant.reader.layout import Tokens, lay_out
from training.pairs import Pair

UNKNOWN = -100  # a place that the loss leaves out


@dataclass(frozen=True, slots=True)
class Target:
    """One pair as the model learns it; ``start`` and ``end`` are tokens, both within."""

    tokens: Tokens
    start: int
    end: int
    relevant: bool


@dataclass(frozen=True, slots=True)
class Batch:
    """Padded tokens (pairs, tokens) and targets (pairs,)."""

    ids: torch.Tensor
    mask: torch.Tensor
    start: torch.Tensor
    end: torch.Tensor
    relevant: torch.Tensor


def target_of(pair: Pair, tokenizer: Any) -> Target | None:  # noqa: ANN401
    """Return the pair as tokens with its answer's; None if the answer does not fit."""
    tokens = lay_out(tokenizer, pair.question, pair.title, pair.passage)
    if not pair.relevant:
        return Target(tokens, 0, 0, False)
    if pair.end == pair.start:
        return Target(tokens, UNKNOWN, UNKNOWN, True)
    places = tokens.places
    inside = [i for i, (a, b) in enumerate(places) if a < pair.end and b > pair.start]
    if not inside or places[inside[-1]][1] < pair.end:
        return None
    return Target(tokens, tokens.offset + inside[0], tokens.offset + inside[-1], True)


def batches(found: Sequence[Target], size: int, rng: random.Random) -> Iterator[Batch]:
    """Yield batches of about ``size`` tokens each, neighbours of like length, in random order."""
    order = sorted(range(len(found)), key=lambda i: (len(found[i].tokens.ids) // 8, rng.random()))
    groups: list[list[int]] = [[]]
    for i in order:
        if (len(groups[-1]) + 1) * len(found[i].tokens.ids) > size:
            groups.append([])
        groups[-1].append(i)
    rng.shuffle(groups)
    for group in groups:
        if group:
            yield collate([found[i] for i in group])


def collate(group: Sequence[Target], pad: int = 1) -> Batch:
    """Return the group as one padded batch."""
    longest = max(len(t.tokens.ids) for t in group)
    ids = torch.full((len(group), longest), pad)
    for row, target in enumerate(group):
        ids[row, : len(target.tokens.ids)] = torch.tensor(target.tokens.ids)
    return Batch(
        ids,
        (torch.arange(longest) < torch.tensor([[len(t.tokens.ids)] for t in group])).long(),
        torch.tensor([t.start for t in group]),
        torch.tensor([t.end for t in group]),
        torch.tensor([float(t.relevant) for t in group]),
    )
