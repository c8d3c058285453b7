"""What the reader learns from: a question, a passage, and where the answer stands in it."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

SENTENCE = re.compile(r"[^。！？!?；;\n]+[。！？!?；;\n”’」』）]*|[。！？!?；;\n]+")
SHORTEST, LONGEST = 40, 220  # characters of a window


@dataclass(frozen=True, slots=True)
class Pair:
    """A question beside a passage.

    ``passage[start:end]`` is the answer; ``start == end`` where no exact answer is
    known or there is none. ``relevant``: the passage answers the question.
    """

    question: str
    title: str
    passage: str
    start: int
    end: int
    relevant: bool
    source: str

    @property
    def answer(self) -> str:
        """The words of the answer, or an empty text."""
        return self.passage[self.start : self.end]


def sentences(text: str) -> list[tuple[int, int]]:
    """Return the half-open character spans of the sentences; they cover ``text``."""
    return [match.span() for match in SENTENCE.finditer(text)]


def cut_window(pair: Pair, rng: random.Random, longest: int = LONGEST) -> Pair:
    """Return ``pair`` with some neighbouring sentences of its passage, the answer among them."""
    spans = sentences(pair.passage)
    wanted = rng.randint(SHORTEST, longest)
    if pair.end > pair.start:
        inside = [i for i, (a, b) in enumerate(spans) if a < pair.end and b > pair.start]
        first, last = inside[0], inside[-1]
    else:
        first = last = rng.randrange(len(spans))
    while spans[last][1] - spans[first][0] < wanted:
        steps = [side for side, open_ in ((-1, first > 0), (1, last < len(spans) - 1)) if open_]
        if not steps:
            break
        if rng.choice(steps) < 0:
            first -= 1
        else:
            last += 1
    begin, end = spans[first][0], spans[last][1]
    if end - begin > longest + SHORTEST:  # one endless sentence
        end = max(begin + longest, pair.end)
    if not pair.relevant or pair.end == pair.start:
        return replace(pair, passage=pair.passage[begin:end])
    return replace(
        pair, passage=pair.passage[begin:end], start=pair.start - begin, end=pair.end - begin
    )


def place_answer(question: str, passage: str, answer: str) -> tuple[int, int] | None:
    """Return where ``answer`` stands in the sentence that shares most with the question."""
    asked = _bigrams(question)
    found = [m.start() for m in re.finditer(re.escape(answer), passage)] if answer else []
    if not found:
        return None
    spans = sentences(passage)

    def shared(at: int) -> int:
        text = next((passage[a:b] for a, b in spans if a <= at < b), "")
        return len(asked & _bigrams(text))

    best = max(found, key=lambda at: (shared(at), -at))
    return best, best + len(answer)


def without_answer(pair: Pair, rng: random.Random) -> Pair | None:
    """Return the same question beside a window of the passage in which the answer is not."""
    spans = sentences(pair.passage)
    free = [i for i, (a, b) in enumerate(spans) if pair.answer not in pair.passage[a:b]]
    runs = [run for run in _runs(free) if spans[run[-1]][1] - spans[run[0]][0] >= SHORTEST]
    if not runs:
        return None
    run = rng.choice(runs)
    text = pair.passage[spans[run[0]][0] : spans[run[-1]][1]]
    if pair.answer in text:
        return None
    left = replace(pair, passage=text, start=0, end=0, relevant=False)
    return cut_window(left, rng)


def _runs(numbers: Sequence[int]) -> Iterator[list[int]]:
    run: list[int] = []
    for number in numbers:
        if run and number != run[-1] + 1:
            yield run
            run = []
        run.append(number)
    if run:
        yield run


def _bigrams(text: str) -> set[str]:
    return {text[i : i + 2] for i in range(len(text) - 1)}
