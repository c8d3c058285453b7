"""Pairs out of reading sets, statutes and our own gold documents, with hard negatives."""

from __future__ import annotations

import gzip
import json
import random
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from opencc import OpenCC

from training.altered import altered, names_of
from training.cloze import make_pairs
from training.pairs import Pair, cut_window, place_answer, without_answer
from training.phrases import as_phrase
from training.switch import switched

SIMPLIFIED = OpenCC("t2s").convert
NEAREST = 12  # passages that a hard negative is drawn from
TRADITIONAL_SHARE = 0.25
ENGLISH_SHARE = 0.2
ALTERED_SHARE = 0.35  # of the questions that can be asked for another year, figure or name


@dataclass(frozen=True, slots=True)
class Passages:
    """Texts with their titles and ids, and for each the rows that share most bigrams with it."""

    ids: list[str]
    titles: list[str]
    texts: list[str]


def read_passages(folder: Path) -> Passages:
    """Return the passages of a set's folder ({id,title,text} a line)."""
    with gzip.open(folder / "passages.jsonl.gz", "rt", encoding="utf-8") as lines:
        rows = [json.loads(line) for line in lines]
    return Passages([r["id"] for r in rows], [r["title"] for r in rows], [r["text"] for r in rows])


def read_queries(folder: Path) -> list[dict]:
    """Return the questions of a set's folder."""
    lines = (folder / "queries.jsonl").read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines]


def simplified(passages: Passages) -> Passages:
    """Return the passages in simplified characters."""
    return Passages(
        passages.ids,
        [SIMPLIFIED(t) for t in passages.titles],
        [SIMPLIFIED(t) for t in passages.texts],
    )


def nearest(questions: Sequence[str], passages: Passages, count: int = NEAREST) -> np.ndarray:
    """Return the rows of the passages that share most with each question, (questions, count)."""
    from sklearn.feature_extraction.text import TfidfVectorizer

    vectorizer = TfidfVectorizer(
        analyzer="char", ngram_range=(1, 2), sublinear_tf=True, dtype=np.float32, min_df=1
    )
    rows = vectorizer.fit_transform(
        f"{title} {text}" for title, text in zip(passages.titles, passages.texts, strict=True)
    )
    found = np.zeros((len(questions), count), np.int64)
    for at in range(0, len(questions), 64):
        scores = (vectorizer.transform(questions[at : at + 64]) @ rows.T).toarray()
        best = np.argpartition(-scores, count, axis=1)[:, :count]
        order = np.take_along_axis(scores, best, 1).argsort(axis=1)[:, ::-1]
        found[at : at + 64] = np.take_along_axis(best, order, 1)
    return found


def reading_pairs(folder: Path, held_out: float, seed: int) -> tuple[list[Pair], list[list[Pair]]]:
    """Return whole-passage pairs of a reading set.

    Each question gives its relevant passage, and its nearest other passages as pairs that
    are not relevant. The passages of the last ``held_out`` share of the set are kept for
    validation: one group of pairs a question, the right one first.
    """
    original = read_passages(folder)
    rng = random.Random(seed)
    row_of = {name: row for row, name in enumerate(original.ids)}
    cut = int(len(original.ids) * (1 - held_out))
    pairs: list[Pair] = []
    groups: list[list[Pair]] = []
    queries = read_queries(folder)
    plain = simplified(original)
    near = nearest([SIMPLIFIED(q["text"]) for q in queries], plain)
    for query, rows in zip(queries, near, strict=True):
        row = row_of[query["relevant"][0]]
        use = original if rng.random() < TRADITIONAL_SHARE else plain
        convert = str if use is original else SIMPLIFIED
        question, answer = convert(query["text"]), convert(query["answers"][0])
        place = place_answer(question, use.texts[row], answer)
        if place is None:
            continue
        right = Pair(question, use.titles[row], use.texts[row], *place, True, "reading")
        others = [
            Pair(question, use.titles[r], use.texts[r], 0, 0, False, "reading-other")
            for r in map(int, rows)
            if r != row and (r < cut) == (row < cut) and answer not in use.texts[r]
        ]
        if row < cut:
            pairs += [right, *rng.sample(others[:6], min(2, len(others)))]
        else:
            groups.append([right, *others[:5]])
    return pairs, groups


def statute_pairs(folder: Path, seed: int, clozes: int) -> list[Pair]:
    """Return pairs of ordinary people's questions and statutes, and clozes of statutes."""
    passages, rng = read_passages(folder), random.Random(seed)
    row_of = {name: row for row, name in enumerate(passages.ids)}
    queries = read_queries(folder)
    near = nearest([q["text"] for q in queries], passages)
    pairs: list[Pair] = []
    for query, rows in zip(queries, near, strict=True):
        right = {row_of[name] for name in query["relevant"]}
        others = [int(r) for r in rows if int(r) not in right]
        chosen = [(r, True) for r in right] + [(r, False) for r in rng.sample(others[2:], 2)]
        pairs += [
            Pair(query["text"], passages.titles[r], passages.texts[r], 0, 0, relevant, "statute")
            for r, relevant in chosen
        ]
    made: list[Pair] = []
    for row in rng.sample(range(len(passages.texts)), clozes):
        made += make_pairs(passages.titles[row].split()[0], passages.texts[row], 1, rng)
    return pairs + with_others(made, passages, rng)


def cloze_pairs(passages: Passages, each: int, seed: int) -> list[Pair]:
    """Return clozes of every passage, with negatives."""
    rng = random.Random(seed)
    made = [
        pair
        for title, text in zip(passages.titles, passages.texts, strict=True)
        for pair in make_pairs(title, text, each, rng)
    ]
    return with_others(made, passages, rng)


def with_others(made: Sequence[Pair], passages: Passages, rng: random.Random) -> list[Pair]:
    """Return the pairs, and for half of them one with a passage that is near and does not answer."""
    asked = rng.sample(list(made), len(made) // 2)
    near = nearest([pair.question for pair in asked], passages)
    others: list[Pair] = []
    for pair, rows in zip(asked, near, strict=True):
        free = [r for r in map(int, rows) if pair.answer not in passages.texts[r]]
        if free:
            row = rng.choice(free[:5])
            others.append(
                replace(pair, title=passages.titles[row], passage=passages.texts[row],
                        start=0, end=0, relevant=False)
            )  # fmt: skip
    return [*made, *others]


def windows(pairs: Sequence[Pair], seed: int, phrases: float = 0.0) -> list[Pair]:
    """Return a window of each pair, and for some the same passage without the answer.

    Some questions are asked in English words, a share of ``phrases`` without asking, and
    some once more for another year, figure or name.
    """
    rng, phrasing = random.Random(seed), random.Random(seed)
    names = names_of(pair.question for pair in pairs)
    found: list[Pair] = []
    for original in pairs:
        pair = original
        if phrasing.random() < phrases:
            pair = replace(pair, question=as_phrase(pair.question, phrasing))
        asked = pair.question
        if rng.random() < ENGLISH_SHARE:
            pair = replace(pair, question=switched(pair.question, rng))
        window = cut_window(pair, rng)
        found.append(window)
        if pair.end > pair.start and rng.random() < 0.45:
            other = without_answer(pair, rng)
            if other:
                found.append(other)
        if pair.relevant and rng.random() < ALTERED_SHARE:
            other = altered(replace(window, question=asked), names, rng)
            if other:
                found.append(other)
    rng.shuffle(found)
    return found
