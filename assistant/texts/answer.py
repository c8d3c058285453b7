"""Answers that a named text gives as a whole: demands, summaries, two texts side by side."""

from __future__ import annotations

from assistant.mentions import answer_documents, asks_documents
from assistant.question import Question
from assistant.statements import Draft
from assistant.texts.asking import read_asked
from assistant.texts.contrast import answer_contrast
from assistant.texts.decisions import answer_meeting
from assistant.texts.demands import answer_sayings, names_in
from assistant.texts.digest import answer_digest, answer_headed, answer_section
from assistant.texts.facts import answer_fact
from assistant.texts.titled import mentions, spoken
from assistant.texts.unknown import unknown_text
from assistant.texts.visits import answer_visits
from assistant.texts.which import answer_which
from index.library import Library
from index.words import fold

_TEXTS = frozenset({"speech", "notice", "minutes", "notice to all", "rules"})


def answer_from_texts(question: Question, library: Library) -> Draft | None:
    """Return what a text that the question names says, None where that is not asked."""
    if asks_documents(question):
        return answer_documents(question, library)
    linked = mentions(fold(question.text), library, question.language)
    fact = answer_fact(question, linked, library) or answer_visits(question, linked, library)
    if fact is not None:
        return fact
    draft, sort = answer_headed(question, linked, library), "summary"
    if draft is None:
        draft, sort = answer_which(question, linked, library), "demand"
    if draft is None:
        draft, sort = answer_contrast(question, linked, library), "contrast"
    if draft is None:
        draft, sort = answer_meeting(question, linked, library), "decision"
    if draft is None:
        asked = read_asked(question)
        if asked is None:
            return None
        sort = asked.sort
        answers = [answer_section, answer_sayings, answer_digest]
        if asked.part is not None:
            answers = [answer_digest]
        elif sort == "demand":
            answers = answers[:2]
        elif sort == "summary" and not (asked.roles or asked.speech or names_in(asked.folded)):
            answers = [answer_digest, answer_sayings]
        for answer in answers:
            draft = answer(asked, question.frames, linked, library)
            if draft is not None:
                break
        if draft is None:
            draft = unknown_text(question, linked, library)
    if draft is not None:
        draft.interpretation = {"kind": sort, "filters": {"texts": _titles(draft, library)}}
    return draft


def of_a_text(question: Question) -> bool:
    """Tell whether a question asks what a speech, notice or the like says, be it known or not.

    The ledger's lists of projects are no answer to that.
    """
    if asks_documents(question):
        return True
    asked = read_asked(question)
    return asked is not None and any(
        kind in _TEXTS for _, kind in spoken(asked.folded, question.language)
    )


def of_a_speaker(question: Question) -> bool:
    """Tell whether a question asks what a meeting demands, or somebody named or called by office.

    A table that has the name, or what the demands are about, in a column says nothing of that.
    """
    asked = read_asked(question)
    if asked is None or asked.sort != "demand":
        return False
    named = asked.roles or names_in(asked.folded)
    return bool(named or next(iter(spoken(asked.folded, question.language)), None))


def _titles(draft: Draft, library: Library) -> list[str]:
    """Return the titles of the documents that an answer cites."""
    titles: dict[str, None] = {}
    for statement in draft.statements:
        for source in statement.sources:
            documents = library.content(source.file_id).structure.documents
            titles[documents[source.document].title] = None
    return list(titles)
