"""The steps of an answer, in order: a LangChain chain with plain Python inside.

standalone question -> understanding -> retrieval -> ranking -> composing -> verifying

A question that is several goes through these steps part by part. Where a language model
is set, it words the verified answer afterwards (``llm/``); without one nothing of it is
loaded.
"""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING, Any, Literal

import numpy as np
from langchain_core.runnables import Runnable, RunnableLambda

from assistant.compose import compose
from assistant.compound.answering import answer_parts, lacks_a_part, turns_to_text
from assistant.compound.parts import split_clauses
from assistant.contrary import answer_contrary
from assistant.corrected.answer import answer_corrected
from assistant.elsewhere.citing import with_elsewhere
from assistant.errors import QuestionError, ReadingError
from assistant.finishing import Finishing, finish, own_words
from assistant.followup.beside import answer_beside
from assistant.followup.carried import answer_carried
from assistant.followup.later import answer_later
from assistant.followup.memory import State
from assistant.grids.answering import answer_from_tables, answer_in_talk, answer_more_fully
from assistant.history import read_with_history
from assistant.ledger.answer import answer_query
from assistant.ledger.checking import answer_check, asks_check
from assistant.ledger.edited import edited_query
from assistant.ledger.link import read_query
from assistant.ledger.listedin import answer_listed_in
from assistant.ledger.nearest import nearest
from assistant.ledger.ofall import answer_of_all
from assistant.ledger.ofstates import answer_of_states, lacks_some, only_statuses, read_of_states
from assistant.ledger.parted import tells_of_more
from assistant.question import Question, understand
from assistant.ranking import Candidate
from assistant.reader.loading import load_reader
from assistant.reader.reading import Reader
from assistant.records import Answer, Turn
from assistant.reranking import best_first
from assistant.retrieval import Hit, Vector, retrieve
from assistant.rewording import reworded
from assistant.routine import asks_routine
from assistant.stated.added import answer_added
from assistant.stated.answer import answer_stated
from assistant.stated.grown import answer_grown
from assistant.stated.lessened import answer_lessened
from assistant.stated.month import answer_of_month
from assistant.stated.several import answer_several
from assistant.statements import Draft
from assistant.texts.agreeing import answer_agreeing
from assistant.texts.answer import answer_from_texts, of_a_speaker, of_a_text
from assistant.texts.digest import answer_planned
from assistant.texts.inquiries import answer_inquiry
from assistant.texts.lately import with_later
from assistant.texts.led import with_points
from assistant.things.alike import answer_of_alike
from assistant.things.answer import answer_of_thing
from assistant.things.corrections import with_corrections
from assistant.translation.plain import plainly
from assistant.translation.questions import NOTHING, InChinese, in_chinese
from assistant.wording.usual import SURE, SURER, usual_question
from assistant.years import of_other_years
from index.library import Library

if TYPE_CHECKING:
    from assistant.llm.wording import Worder
    from assistant.llm.writing import Writer

MAX_QUESTION = 2_000  # characters
_UNSURE = ("table", "lookup")  # kinds of answers that are given where nothing better is known
_NO_BETTER = (*_UNSURE, "premise")
# What a pattern may overlook, and turn an answer into its opposite: “不是卡在资金上的”.
_NOT_THAT = re.compile("不是(?!说)|并非|不因|无关")
SHORT_QUESTION = 16  # characters; one in a talk that is no longer leaves out what was said before


@dataclass(frozen=True, slots=True)
class Asked:
    """A question as it was typed, with the conversation so far."""

    question: str
    history: tuple[Turn, ...] = ()
    part: bool = False  # one of several that were asked at once
    answered_in: Literal["zh", "en"] | None = None  # where it is not in the words as asked
    usual: bool = False  # in the usual words already


@dataclass(frozen=True, slots=True)
class Understood:
    """The question made standalone, its vector, and its answer from records if it has one."""

    asked: Asked
    question: Question
    vector: Vector
    draft: Draft | None = None
    notes: tuple[str, ...] = ()
    before: State | None = None  # where the talk stood whose matter the question goes on about
    told: InChinese | None = None  # the question in the documents' words, where it was English


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

    def __init__(
        self, library: Library, reader: Reader | None = None, writer: Writer | None = None
    ) -> None:
        """Take the library, who reads its evidence, and who words its answers, if anybody does."""
        self._library = library
        self._reader = reader
        self._composing: Runnable[Asked, Composed] = (
            RunnableLambda(self._understand)
            | RunnableLambda(self._consult)
            | RunnableLambda(self._retrieve)
            | RunnableLambda(self._rank)
            | RunnableLambda(self._compose)
        )
        self.chain: Runnable[Asked, Answer] = (
            self._composing | RunnableLambda(self._verify)
        ).with_config(run_name="youju")
        self._worder = _worder(library, writer, self._made) if writer else None

    def answer(self, question: str, history: Sequence[Turn] = ()) -> Answer:
        """Return the verified answer, worded where a language model is set.

        Raises:
            QuestionError: the question is empty or longer than ``MAX_QUESTION``.
        """
        if self._worder is None:
            return self._verbatim(question, history)
        *_, whole = self._worder.stream(self._asked(question, history))
        return whole

    def stream(self, question: str, history: Sequence[Turn] = ()) -> Iterator[Answer]:
        """Yield the answer as it grows; the last one is complete.

        Without a language model it grows line by line. With one, the documents' own words
        come at once, then the wording; the same object again says that nothing has come.
        """
        if self._worder is not None:
            yield from self._worder.stream(self._asked(question, history))
            return
        whole = self._verbatim(question, history)
        lines = whole.answer.split("\n")
        for count in range(1, len(lines)):
            yield replace(whole, answer="\n".join(lines[:count]), notes=(), related=())
        yield whole

    def _made(self, asked: Asked) -> Finishing:
        """Return the draft of an answer with what it was made from."""
        return finishing(self._composing.invoke(asked, config={"run_name": "youju"}))

    def _verbatim(self, question: str, history: Sequence[Turn] = ()) -> Answer:
        """Return the verified answer in the documents' own words."""
        began = time.perf_counter()
        answer = self.chain.invoke(self._asked(question, history))
        seconds = round(time.perf_counter() - began, 3)
        return replace(answer, question=_writable(question), seconds=seconds)

    def _asked(self, question: str, history: Sequence[Turn]) -> Asked:
        turns = tuple(replace(turn, answer=own_words(turn.answer)) for turn in history)
        return Asked(_checked(question), turns)

    def answer_edited(self, question: str, interpretation: Mapping[str, object]) -> Answer:
        """Return the answer to a standalone question whose reading someone edited.

        Raises:
            QuestionError: the question is empty or too long.
            ReadingError: the ledger has no such reading, or cannot answer it.
        """
        began = time.perf_counter()
        ledger = self._library.ledger
        plain = _usual(_checked(question))
        told = in_chinese(plain, self._library)
        read = understand(plain)
        if told:
            read = replace(understand(told.text), answered_in="en")
        base = read_query(read, ledger, self._similar)
        if base is None:
            raise ReadingError("台账有变动，这个提问不再能按条件筛选。请重新提问。")
        draft = answer_query(edited_query(interpretation, base, ledger), ledger)
        if draft is None:
            raise ReadingError("台账里的记录不足以完整回答这样的条件。请换一个条件，或重新提问。")
        draft = with_elsewhere(draft, read, self._library)
        understood = Understood(Asked(question), read, np.zeros(0, dtype=np.float32), draft)
        answer = self._verify(Composed(Found(understood), draft))
        return replace(answer, seconds=round(time.perf_counter() - began, 3))

    def warm_up(self) -> None:
        """Load the model and open the vectors, so that the first answer is as fast as others."""
        if self._library.files():
            self._rank(self._retrieve(self._understand(Asked("预热"))))
        else:
            self._library.encoder.embed_query("预热")
        if self._worder is not None:
            self._worder.warm_up()

    def _understand(self, asked: Asked) -> Understood:
        said = _usual(asked.question)
        read = read_with_history(said, asked.history, self._library, self._verbatim)
        read = replace(read, text=plainly(read.text))
        leans = read.text != said or len(asked.question) <= SHORT_QUESTION
        in_context = asked.part or (bool(asked.history) and leans)
        # A speech or a notice is asked about in the same words in English: it is found as it is.
        known = bool(read.draft) or any(
            of_a_text(understand(part.words)) for part in split_clauses(read.text)
        )
        told = None if known else in_chinese(read.text, self._library)
        question = replace(
            understand(told.text if told else read.text),
            assumed=read.assumed, in_context=in_context,
            answered_in="en" if told else asked.answered_in,
        )  # fmt: skip
        if read.draft:  # nothing to look up
            return Understood(asked, question, np.zeros(0, dtype=np.float32), read.draft)
        vector = np.asarray(self._library.encoder.embed_query(question.text), dtype=np.float32)
        return Understood(asked, question, vector, notes=read.notes, before=read.before, told=told)

    def _consult(self, understood: Understood) -> Understood:
        """Answer part by part, from a named text or from the ledger, where it is for these."""
        question, draft = understood.question, understood.draft
        if draft is None:
            asked = understood.asked
            draft = answer_later(asked.question, asked.history, self._library)
            draft = draft or answer_carried(
                asked.question, asked.history, self._library,
                lambda: self._records(question.text, question),
            )  # fmt: skip
        if draft is None and understood.before:
            said = understood.asked.question
            draft = answer_beside(said, question.text, understood.before, self._library)
        draft = draft or answer_corrected(question, self._library)
        spoken = of_a_speaker(question)
        ledger = self._library.ledger
        sorted_into = None if draft or spoken else read_of_states(question, ledger, self._similar)
        if sorted_into:
            draft = answer_of_states(sorted_into, ledger)
        if draft is None and not spoken:
            draft = answer_of_all(question, ledger, self._similar)
        draft = draft or answer_added(question, self._library)
        draft = draft or answer_several(question, self._library)
        draft = draft or answer_of_month(question, self._library)
        draft = draft or answer_grown(question, self._library, self._similar)
        draft = draft or answer_lessened(question, self._library)
        draft = draft or answer_agreeing(question, self._library)
        draft = draft or answer_inquiry(question, understood.asked.history, self._library)
        draft = draft or answer_planned(question, self._library)
        draft = draft or answer_contrary(question, self._library)
        draft = draft or answer_of_alike(question, self._library)
        draft = draft or answer_listed_in(
            question, ledger, lambda asked: read_query(asked, ledger, self._similar)
        )
        if draft is None and not turns_to_text(question, self._library):
            told = None if spoken else answer_from_tables(question, self._library, sure=True)
            if told and sorted_into and lacks_some(told, sorted_into, self._library.ledger):
                told = None
            if told and self._knows_more(question, told):
                told = None

            def consult() -> Draft | None:
                return told or self._records(question.text, question)

            history = understood.asked.history
            draft = answer_of_thing(question, self._library, consult, history) or told
            if draft and of_other_years(draft, question, self._library):
                draft = None
        if not (draft or understood.asked.part):
            frames = question.answered_in
            draft = answer_parts(
                question,
                self._library,
                partial(self._part, answered_in=frames),
                partial(self._records, answered_in=frames),
                (understood.told or NOTHING).as_asked,
            )
        known = draft or self._records(question.text, question)
        if known is None and understood.asked.history:
            asked = understood.asked
            known = answer_in_talk(asked.question, asked.history, self._library)
        return replace(understood, draft=known)

    def _knows_more(self, question: Question, told: Draft) -> bool:
        """Tell whether the ledger knows of as many projects in the statuses asked for as a table.

        “截至10月底已完工的项目有多少个” asks for all reports' projects, not for the cells of one
        table that happen to say “完工”, too.
        """
        ledger = self._library.ledger
        query = read_query(question, ledger, self._similar)
        if query is not None and tells_of_more(query, len(told.rows or ()), ledger):
            return True
        if query is None or query.kind not in ("list", "count") or not only_statuses(query):
            return False
        records = answer_query(query, ledger)
        return records is not None and len(records.rows or ()) >= max(len(told.rows or ()), 1)

    def _records(
        self,
        text: str,
        question: Question | None = None,
        answered_in: Literal["zh", "en"] | None = None,
    ) -> Draft | None:
        """Return what a named text or the ledger answers at once, None where neither does."""
        asked = question or replace(understand(text), answered_in=answered_in)
        draft = answer_from_texts(asked, self._library)
        if draft or of_a_text(asked):
            return draft
        if asks_routine(asked.text):
            return None
        ledger = self._library.ledger
        if asks_check(asked.text):
            return answer_check(asked, ledger, self._library)
        query = read_query(asked, ledger, self._similar)
        told = answer_query(query, ledger) if query else None
        if told and of_other_years(told, asked, self._library):
            return None
        if told and (fuller := answer_more_fully(asked, self._library, told)):
            return fuller
        later = with_later(told, query, asked.text, self._library)
        return later or answer_from_tables(asked, self._library, sure=False)

    def _part(self, text: str, answered_in: Literal["zh", "en"] | None = None) -> Draft:
        """Return the answer to one of several questions."""
        understood = self._understand(Asked(text, part=True, answered_in=answered_in))
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
            draft = answer_stated(found.understood.question, found.hits, self._library)
        if draft is None:
            part = found.understood.asked.part
            draft = compose(found.understood.question, found.ranked, self._library, part)
            draft = with_points(draft, found.understood.question, self._library)
        question = found.understood.question
        draft = with_corrections(draft, question, self._library)
        composed = Composed(found, with_elsewhere(draft, question, self._library))
        return self._in_usual_words(composed) or composed

    def _in_usual_words(self, composed: Composed) -> Composed | None:
        """Return what a question not understood comes to in the usual words of what it asks."""
        understood, draft = composed.found.understood, composed.draft
        question = understood.question
        kind = (draft.interpretation or {}).get("kind")
        unanswered = draft.refused or lacks_a_part(draft)
        doubtful = understood.draft is None or kind in _UNSURE or _NOT_THAT.search(question.text)
        if understood.asked.usual or question.language != "zh" or not (unanswered or doubtful):
            return None
        sure = SURE if unanswered else SURER
        text = usual_question(question.text, self._library.ledger, self._library.encoder, sure)
        if text is None or text == question.text:
            return None
        asked = replace(understood.asked, usual=True, answered_in=question.answered_in)
        again = self._composing.invoke(replace(asked, question=text, history=()))
        known = again.found.understood.draft
        kind = (again.draft.interpretation or {}).get("kind", "table")
        if known is None or known.refused or kind in _NO_BETTER or lacks_a_part(again.draft):
            return None
        if not draft.refused and kind == "compound":
            return None  # in parts, where there was one answer
        told = replace(
            again.found.understood, asked=asked, notes=understood.notes, before=understood.before
        )
        return replace(again, found=replace(again.found, understood=told))

    def _verify(self, composed: Composed) -> Answer:
        return finish(finishing(composed), self._library)


def finishing(composed: Composed) -> Finishing:
    """Return what the answer to a composed question is made of."""
    understood = composed.found.understood
    return Finishing(
        understood.asked.question,
        understood.question,
        composed.draft,
        _interpretation(understood),
        understood.notes,
        composed.found.ranked,
    )


def _usual(question: str) -> str:
    """Return a question in the wording that all that reads questions knows."""
    return plainly(reworded(question))


def _worder(library: Library, writer: Writer, make: Callable[[Asked], Finishing]) -> Worder:
    from assistant.llm.wording import Worder

    return Worder(library, writer, make)


def open_assistant(library: Library, writer: Writer | None = None) -> Assistant:
    """Return an assistant over an opened library, with the reader of its settings.

    ``writer`` words its answers; without one they are the documents' own words.

    Raises:
        ModelError: the reader that the settings name cannot be used.
    """
    settings = library.settings
    return Assistant(library, load_reader(settings.reader, settings.cache_dir), writer)


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


def _interpretation(understood: Understood) -> dict[str, Any]:
    read: dict[str, Any] = {"kind": understood.question.kind, "filters": {}}
    if understood.draft and understood.draft.interpretation:
        read = dict(understood.draft.interpretation)
    if understood.question.text != understood.asked.question:
        read["standalone"] = understood.question.text
    return read
