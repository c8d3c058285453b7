"""Question files of our own form, about the documents beside them; follow-ups apart."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from assistant.chat import open_assistant
from assistant.llm.writing import Writer
from assistant.records import Turn
from tests.evals.public import figures, metrics
from tests.evals.public.asking import Texts, ask
from tests.evals.public.indexing import Indexer
from tests.evals.public.parts import Ask, Figures, Part, Record, sampled, worded_by
from tests.evals.public.sets import QuestionSet
from tests.evals.score import score


def question_parts(
    given: QuestionSet,
    sample: int | None,
    seed: int,
    indexer: Indexer,
    writer: Writer | None = None,
) -> list[Part]:
    """Return the questions that stand alone, and those with a history."""
    golds = {str(gold["id"]): gold for gold in given.questions}
    alone = [key for key, gold in golds.items() if not gold.get("history")]
    follow = [key for key, gold in golds.items() if gold.get("history")]
    parts = []
    for name, ids in (("questions", alone), ("follow-ups", follow)):
        asked = _Asked(given, {key: golds[key] for key in ids}, indexer, writer)
        chosen = tuple(sampled(ids, sample, seed))
        if chosen:
            parts.append(
                Part(
                    given.name, name, worded_by(writer), chosen, len(ids),
                    asked.opened, asked.figured, asked.wrong, asked.gold,
                )
            )  # fmt: skip
    return parts


@dataclass(frozen=True, slots=True)
class _Asked:
    """Questions about one index."""

    set: QuestionSet
    golds: Mapping[str, Mapping[str, Any]]
    indexer: Indexer
    writer: Writer | None = None

    @contextmanager
    def opened(self) -> Iterator[Ask]:
        """Yield what asks a question, with its history."""
        with (
            tempfile.TemporaryDirectory(prefix="youju-eval-") as scratch,
            self.indexer.of(self.set.documents, Path(scratch)) as library,
        ):
            assistant = open_assistant(library, self.writer)
            assistant.warm_up()
            texts = Texts(library)

            def one(key: str) -> Record:
                gold = self.golds[key]
                history = [Turn(t["question"], t["answer"]) for t in gold.get("history") or []]
                record = ask(assistant, gold["question"], texts, history)
                return record | {"wrong": score(gold, record["answer"], texts).faults}

            yield one

    def figured(self, records: Mapping[str, Record]) -> Figures:
        """Return how many are right, by type too, and how they are cited."""
        answered = list(records.values())
        by_type: dict[str, list[bool]] = {}
        for key, record in records.items():
            by_type.setdefault(str(self.golds[key].get("type")), []).append(not record["wrong"])
        cited = figures.citation_figures([((), record) for record in answered])
        return {
            "right": metrics.mean(not record["wrong"] for record in answered),
            "refused": metrics.mean(record["refused"] for record in answered),
            **cited,
            **figures.wording_figures(answered),
            **figures.time_figures(answered),
            "types": {name: metrics.mean(right) for name, right in sorted(by_type.items())},
        }

    def wrong(self, key: str, record: Record) -> str | None:
        """Return what the scorer found."""
        return "; ".join(record["wrong"][:6]) or None

    def gold(self, key: str) -> str:
        """Return what was to be said, as far as it is in words."""
        expect = self.golds[key]["expect"]
        if expect.get("refuse"):
            return "(a refusal)"
        items = [item["name"][0] for item in expect.get("items") or []]
        return " ".join([variants[0] for variants in expect.get("must_all") or []] + items)
