"""The steps of an answer, in order: a LangChain chain with plain Python inside.

standalone question -> understanding -> retrieval -> ranking -> composing -> verifying

A question that is several goes through these steps part by part.
"""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from langchain_core.runnables import Runnable, RunnableLambda

from assistant.citations import verify_answer
from assistant.compose import compose
from assistant.compound.answering import answer_parts
from assistant.errors import QuestionError, ReadingError
from assistant.history import read_with_history
from assistant.ledger.answer import answer_from_ledger, answer_query
from assistant.ledger.edited import edited_query
from assistant.ledger.link import read_query
from assistant.ledger.nearest import nearest
from assistant.question import Question, understand
from assistant.ranking import Candidate
from assistant.reader.loading import load_reader
from assistant.reader.reading import Reader
from assistant.records import Answer, Citation, Turn
from assistant.reranking import best_first
from assistant.retrieval import Hit, Vector, retrieve
from assistant.statements import Draft, Numbering, cite
from assistant.texts.answer import answer_from_texts, of_a_text
from index.library import Library

MAX_QUESTION = 2_000  # characters


@dataclass(frozen=True, slots=True)
class Asked:
    """A question as it was typed, with the conversation so far."""

    question: str
    history: tuple[Turn, ...] = ()
    part: bool = False  # one of several that were asked at once


@dataclass(frozen=True, slots=True)
class Understood:
    """The question made standalone, its vector, and its answer from records if it has one."""

    asked: Asked
    question: Question
    vector: Vector
    draft: Draft | None = None
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Found:
    """The evidence, best first."""

    understood: Understood
    hits: tuple[Hit, ...] = ()
    ranked: tuple[Candidate, ...] = ()


@dataclass(frozen=True, slots=True)
class Composed:
    """The draft over the evidence."""

    found: Found
    draft: Draft


class Assistant:
    """Answers questions over one library."""

    def __init__(self, library: Library, reader: Reader | None = None) -> None:
        self._library = library
        self._reader = reader
        self.chain: Runnable[Asked, Answer] = (
            RunnableLambda(self._understand)
            | RunnableLambda(self._consult)
            | RunnableLambda(self._retrieve)
            | RunnableLambda(self._rank)
            | RunnableLambda(self._compose)
            | RunnableLambda(self._verify)
        ).with_config(run_name="youju")

    def answer(self, question: str, history: Sequence[Turn] = ()) -> Answer:
        """Return the verified answer.

        Raises:
            QuestionError: the question is empty or longer than ``MAX_QUESTION``.
        """
        began = time.perf_counter()
        asked = Asked(_checked(question), tuple(history))
        answer = self.chain.invoke(asked)
        seconds = round(time.perf_counter() - began, 3)
        return replace(answer, question=_writable(question), seconds=seconds)

    def stream(self, question: str, history: Sequence[Turn] = ()) -> Iterator[Answer]:
        """Yield the answer as it grows, a line at a time; the last one is complete."""
        whole = self.answer(question, history)
        lines = whole.answer.split("\n")
        for count in range(1, len(lines)):
            yield replace(whole, answer="\n".join(lines[:count]), notes=(), related=())
        yield whole

    def answer_edited(self, question: str, interpretation: Mapping[str, object]) -> Answer:
        """Return the answer to a standalone question whose reading someone edited.

        Raises:
            QuestionError: the question is empty or too long.
            ReadingError: the ledger has no such reading, or cannot answer it.
        """
        began = time.perf_counter()
        ledger = self._library.ledger
        read = understand(_checked(question))
        base = read_query(read, ledger, self._similar)
        if base is None:
            raise ReadingError("台账有变动，这个提问不再能按条件筛选。请重新提问。")
        draft = answer_query(edited_query(interpretation, base, ledger), ledger)
        if draft is None:
            raise ReadingError("台账里的记录不足以完整回答这样的条件。请换一个条件，或重新提问。")
        understood = Understood(Asked(question), read, np.zeros(0, dtype=np.float32), draft)
        answer = self._verify(Composed(Found(understood), draft))
        return replace(answer, seconds=round(time.perf_counter() - began, 3))

    def warm_up(self) -> None:
        """Load the model and open the vectors, so that the first answer is as fast as others."""
        if self._library.files():
            self._rank(self._retrieve(self._understand(Asked("预热"))))
        else:
            self._library.encoder.embed_query("预热")

    def _understand(self, asked: Asked) -> Understood:
        read = read_with_history(asked.question, asked.history, self._library, self.answer)
        question = replace(understand(read.text), assumed=read.assumed)
        if read.draft:  # nothing to look up
            return Understood(asked, question, np.zeros(0, dtype=np.float32), read.draft)
        vector = np.asarray(self._library.encoder.embed_query(question.text), dtype=np.float32)
        return Understood(asked, question, vector, notes=read.notes)

    def _consult(self, understood: Understood) -> Understood:
        """Answer part by part, from a named text or from the ledger, where it is for these."""
        question, draft = understood.question, understood.draft
        if not (draft or understood.asked.part):
            draft = answer_parts(question, self._library, self._part, self._records)
        known = draft or self._records(question.text, question)
        return replace(understood, draft=known)

    def _records(self, text: str, question: Question | None = None) -> Draft | None:
        """Return what a named text or the ledger answers at once, None where neither does."""
        asked = question or understand(text)
        draft = answer_from_texts(asked, self._library)
        if draft or of_a_text(asked):
            return draft
        return answer_from_ledger(asked, self._library.ledger, self._similar)

    def _part(self, text: str) -> Draft:
        """Return the answer to one of several questions."""
        understood = self._understand(Asked(text, part=True))
        return self._compose(self._rank(self._retrieve(self._consult(understood)))).draft

    def _similar(self, words: str, names: Sequence[str]) -> str | None:
        return nearest(words, names, self._library.encoder)

    def _retrieve(self, understood: Understood) -> Found:
        if understood.draft:
            return Found(understood)
        hits = retrieve(understood.question, understood.vector, self._library)
        return Found(understood, tuple(hits))

    def _rank(self, found: Found) -> Found:
        understood = found.understood
        if understood.draft:
            return found
        question, vector = understood.question, understood.vector
        ranked = best_first(question, vector, found.hits, self._library, self._reader)
        return replace(found, ranked=tuple(ranked))

    def _compose(self, found: Found) -> Composed:
        draft = found.understood.draft
        if draft is None:
            part = found.understood.asked.part
            draft = compose(found.understood.question, found.ranked, self._library, part)
        return Composed(found, draft)

    def _verify(self, composed: Composed) -> Answer:
        draft = composed.draft
        numbering = Numbering(self._library)
        text = "\n".join(numbering.line(statement) for statement in draft.statements)
        texts = {c.document: self._library.text(c.document) for c in numbering.citations}
        computed = {n: s.computed for n, s in enumerate(draft.statements) if s.computed}
        citations, problems = verify_answer(text, numbering.citations, texts, computed)
        return Answer(
            question=composed.found.understood.asked.question,
            answer=text,
            short=draft.short,
            refused=draft.refused,
            interpretation=_interpretation(composed.found.understood),
            columns=draft.columns,
            rows=_rows(draft, numbering) if draft.columns else None,
            count=draft.count,
            value=draft.value,
            citations=() if draft.refused else tuple(citations),
            related=tuple(self._related(draft)),
            unverified=tuple(problems),
            notes=(*composed.found.understood.notes, *draft.notes),
        )

    def _related(self, draft: Draft) -> Iterator[Citation]:
        for number, source in enumerate(draft.related, start=1):
            yield cite(source, number, self._library)


def open_assistant(library: Library) -> Assistant:
    """Return an assistant over an opened library, with the reader of its settings.

    Raises:
        ModelError: the reader that the settings name cannot be used.
    """
    settings = library.settings
    return Assistant(library, load_reader(settings.reader, settings.cache_dir))


def _writable(text: str) -> str:
    """Return ``text`` with “?” for what no file can hold, halves of a character."""
    return text.encode("utf-8", "replace").decode("utf-8")


def _checked(question: str) -> str:
    text = _writable(question).strip()
    if not text:
        raise QuestionError("问题是空的。请输入要问的内容。")
    if len(text) > MAX_QUESTION:
        raise QuestionError(
            f"问题有 {len(text)} 个字，超过了上限 {MAX_QUESTION} 个字。请缩短后再问。"
        )
    return text


def _rows(draft: Draft, numbering: Numbering) -> tuple[dict[str, Any], ...]:
    """Return the rows with the citation numbers of their cells."""
    return tuple(
        values
        | {"cells": {name: [numbering.number(s) for s in found] for name, found in cells.items()}}
        for values, cells in draft.rows
    )


def _interpretation(understood: Understood) -> dict[str, Any]:
    read: dict[str, Any] = {"kind": understood.question.kind, "filters": {}}
    if understood.draft and understood.draft.interpretation:
        read = dict(understood.draft.interpretation)
    if understood.question.text != understood.asked.question:
        read["standalone"] = understood.question.text
    return read
