"""From the records of many questions to the figures that are told."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from typing import Any

from tests.evals.public import metrics
from tests.evals.public.metrics import Wanted, mean, percentile

Record = dict[str, Any]
Figures = dict[str, Any]

REPLY = 150  # characters of a reply that counts: whole documents would hold every answer
SHORT = 60  # characters of a short answer
CUTS = (1, 5, 10, 100)


def retrieval_figures(records: Sequence[Record]) -> dict[str, Figures]:
    """Return recall, MRR and nDCG of each ranking, means over the questions."""
    asked = [record["ranks"] for record in records if "ranks" in record]
    return {name: _ranking([ranks[name] for ranks in asked]) for name in (asked or [{}])[0]}


def _ranking(found: Sequence[metrics.Ranks]) -> Figures:
    figures: Figures = {f"recall@{k}": mean(metrics.recall(r, k) for r in found) for k in CUTS}
    figures["hit@1"] = mean(metrics.hit(ranks, 1) for ranks in found)
    figures["mrr"] = mean(map(metrics.reciprocal_rank, found))
    figures["ndcg@10"] = mean(metrics.ndcg(ranks, 10) for ranks in found)
    return figures


def reading_figures(pairs: Sequence[tuple[Sequence[str], Record]]) -> Figures:
    """Return exact match and F1 of the short answers; (answers, record) a question."""
    said = [(answers, record["short"] or "") for answers, record in pairs]
    return {
        "exact_match": mean(metrics.exact_match(short, answers) for answers, short in said),
        "f1": mean(metrics.f1(short, answers) for answers, short in said),
    }


def accuracy_figures(pairs: Sequence[tuple[Wanted, Record]]) -> Figures:
    """Return the shares of replies and short answers that hold what is wanted.

    ``parts_150``: the share of what is wanted that replies hold, where it is several things.
    """
    found: Figures = {
        "accuracy_150": mean(replies(record, wanted) for wanted, record in pairs),
        "short_60": mean(says_shortly(record, wanted) for wanted, record in pairs),
        "any_length": mean(
            not record["refused"] and metrics.holds_answer(record["said"], wanted)
            for wanted, record in pairs
        ),
    }
    if any(len(wanted) > 1 for wanted, _ in pairs):
        found["parts_150"] = mean(
            metrics.share_held(record["said"], wanted) if fits(record) else 0.0
            for wanted, record in pairs
        )
    return found


def wording_figures(records: Sequence[Record]) -> Figures:
    """Return what became of a language model's sentences; nothing where none was asked.

    ``sentences_verified``: share of its sentences; ``fell_back``: share of the answers that
    show the documents' own words alone.
    """
    told = [record["wording"] for record in records if record.get("wording")]
    if not told:
        return {}
    sentences = sum(one["sentences"] for one in told)
    return {
        "sentences_verified": sum(one["verified"] for one in told) / sentences
        if sentences
        else None,
        "fell_back": mean(one["fallback"] is not None for one in told),
    }


def fits(record: Record) -> bool:
    """Tell whether the reply is one, and short enough to count."""
    return not record["refused"] and len(record["said"]) <= REPLY


def replies(record: Record, wanted: Wanted) -> bool:
    """Tell whether the reply holds all that is wanted and is short enough to count."""
    return fits(record) and metrics.holds_answer(record["said"], wanted)


def says_shortly(record: Record, wanted: Wanted) -> bool:
    """Tell whether the short answer holds all that is wanted and is short."""
    short = record["short"] or ""
    usable = not record["refused"] and len(short) <= SHORT
    return usable and metrics.holds_answer(short, wanted)


def citation_figures(pairs: Sequence[tuple[Collection[str], Record]]) -> Figures:
    """Return how answers are cited; (relevant documents, record) a question.

    ``citation_recall``: of the answers to questions that have relevant documents, those that
    cite one. ``citation_precision``: mean share of the cited documents that are relevant.
    The others are shares of all answers: with a citation that does not hold, with a
    figure and with bold or short words that no cited quote has.
    """
    answered = [(set(relevant), record) for relevant, record in pairs if not record["refused"]]
    known = [(relevant, set(record["cited"])) for relevant, record in answered if relevant]
    records = [record for _, record in pairs]
    return {
        "citation_recall": mean(bool(relevant & cited) for relevant, cited in known),
        "citation_precision": mean(
            len(relevant & cited) / len(cited) for relevant, cited in known if cited
        ),
        "false_citations": mean(bool(record["faults"]) for record in records),
        "loose_figures": mean(bool(record["loose_figures"]) for _, record in answered),
        "loose_words": mean(bool(record["loose_words"]) for _, record in answered),
    }


def time_figures(records: Sequence[Record]) -> Figures:
    """Return seconds an answer."""
    seconds = [record["seconds"] for record in records]
    return {"median_seconds": percentile(seconds, 0.5), "p95_seconds": percentile(seconds, 0.95)}


def counted(causes: Sequence[str | None]) -> Mapping[str, int]:
    """Return how many wrong answers have each cause, most frequent first."""
    return dict(Counter(cause for cause in causes if cause).most_common())
