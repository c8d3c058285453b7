"""Protocols: each question has documents of its own, and is asked of an index of them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass

from assistant.chat import open_assistant
from assistant.llm.writing import Writer
from tests.evals.public import figures, metrics
from tests.evals.public.asking import Texts, ask
from tests.evals.public.indexing import Indexer
from tests.evals.public.parts import Ask, Figures, Part, Record, sampled, worded_by
from tests.evals.public.sets import Protocol, ProtocolSet, Trial


def protocol_parts(
    given: ProtocolSet,
    sample: int | None,
    seed: int,
    indexer: Indexer,
    writer: Writer | None = None,
) -> list[Part]:
    """Return one part a protocol; the same sample of each where the ids are the same."""
    parts = []
    for protocol in given.protocols:
        asked = _Asked(protocol, {trial.id: trial for trial in protocol.trials}, indexer, writer)
        ids = sampled(list(asked.trials), sample, seed)
        parts.append(
            Part(
                given.name, protocol.name, worded_by(writer), tuple(ids), len(asked.trials),
                asked.opened, asked.figured, asked.wrong, asked.gold,
            )
        )  # fmt: skip
    return parts


@dataclass(frozen=True, slots=True)
class _Asked:
    """One protocol."""

    protocol: Protocol
    trials: Mapping[str, Trial]
    indexer: Indexer
    writer: Writer | None = None

    @contextmanager
    def opened(self) -> Iterator[Ask]:
        """Yield what asks a question of its own documents."""

        def one(key: str) -> Record:
            trial = self.trials[key]
            with self.indexer.small(trial.docs) as library:
                assistant = open_assistant(library, self.writer)
                assistant.warm_up()
                return ask(assistant, trial.text, Texts(library))

        yield one

    def figured(self, records: Mapping[str, Record]) -> Figures:
        """Return the figures; where nothing answers, ``refused`` is what is right."""
        asked = [(self.trials[key], record) for key, record in records.items()]
        found: Figures = {"answerable": self.protocol.answerable}
        found["refused"] = metrics.mean(record["refused"] for _, record in asked)
        if self.protocol.answerable:
            found |= figures.accuracy_figures([(trial.wanted, record) for trial, record in asked])
        if any(trial.false for trial, _ in asked):
            found["repeats_false"] = metrics.mean(
                figures.replies(record, trial.false) for trial, record in asked if trial.false
            )
        cited = [(relevant_documents(trial), record) for trial, record in asked]
        found |= figures.citation_figures(cited)
        found |= figures.wording_figures([record for _, record in asked])
        found |= figures.time_figures([record for _, record in asked])
        return found | {"causes": figures.counted([self.wrong(k, r) for k, r in records.items()])}

    def wrong(self, key: str, record: Record) -> str | None:
        """Return where an answer went wrong."""
        trial = self.trials[key]
        if not self.protocol.answerable:
            return None if record["refused"] else "answered"
        if record["refused"]:
            return "refused"
        held = metrics.share_held(record["said"], trial.wanted)
        if held == 1.0:
            long = len(record["said"]) > figures.REPLY
            brief = figures.says_shortly(record, trial.wanted)
            return "too long" if long else None if brief else "short answer"
        if figures.replies(record, trial.false):
            return "repeats the false answer"
        return "a part is missing" if held else self._elsewhere(trial, record)

    @staticmethod
    def _elsewhere(trial: Trial, record: Record) -> str:
        if any(metrics.share_held(quote, trial.wanted) for quote in record["quotes"]):
            return "cut out"
        cites = relevant_documents(trial) & set(record["cited"])
        return "another sentence" if cites else "another document"

    def gold(self, key: str) -> str:
        """Return what was to be said."""
        return " & ".join(" / ".join(group) for group in self.trials[key].wanted)


def relevant_documents(trial: Trial) -> set[str]:
    """Return the documents that hold something of what is wanted."""
    return {
        f"{number}.txt"
        for number, text in enumerate(trial.docs, start=1)
        if metrics.share_held(text, trial.wanted)
    }
