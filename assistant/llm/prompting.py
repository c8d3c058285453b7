"""The messages of every call, made from the prompt files, and how much evidence fits in."""

from __future__ import annotations

from collections.abc import Sequence

from langchain_core.messages import BaseMessage, HumanMessage, SystemMessage

from assistant.llm.basis import Basis, Shown, Sort, rendered, show
from assistant.llm.counting import MARGIN, Offered
from assistant.llm.neutral import as_data
from assistant.records import Turn
from prompts import render

TURNS = 4  # of the conversation, shown to a model that is to make a question standalone
TOLD = 400  # characters of each earlier answer


def asking(sort: Sort, question: str, shown: Shown, language: str) -> list[BaseMessage]:
    """Return the messages that ask for an answer over the evidence."""
    evidence = fenced(shown.bases, language)
    text = render(f"llm_{sort}", language, evidence=evidence, question=as_data(question))
    return _messages(text, language)


def mending(sentence: str, faults: str, shown: Shown, language: str) -> list[BaseMessage]:
    """Return the messages that ask for one sentence to be put right."""
    text = render(
        "llm_repair", language, evidence=fenced(shown.bases, language),
        sentence=as_data(sentence), faults=as_data(faults),
    )  # fmt: skip
    return _messages(text, language)


def resolving(question: str, history: Sequence[Turn], language: str) -> list[BaseMessage]:
    """Return the messages that ask for a follow-up made standalone."""
    said = "\n".join(
        f"{'问' if language == 'zh' else 'Q'}：{as_data(turn.question)}\n"
        f"{'答' if language == 'zh' else 'A'}：{as_data(turn.answer)[:TOLD]}"
        for turn in history[-TURNS:]
    )
    text = render("llm_standalone", language, history=said, question=as_data(question))
    return [HumanMessage(text)]


def extracting(passage: str, language: str) -> list[BaseMessage]:
    """Return the messages that ask for the records of a passage."""
    return [HumanMessage(render("llm_extraction", language, passage=as_data(passage)))]


def fenced(bases: Sequence[Basis], language: str) -> str:
    """Return the evidence of a prompt, each piece between its keys."""
    return "\n".join(rendered(basis, language) for basis in bases)


def fitting(
    bases: Sequence[Basis], sort: Sort, question: str, offered: Offered, longest: int,
    language: str, share: float = 1.0,
) -> Shown:  # fmt: skip
    """Return what of the evidence a prompt has room for beside everything else.

    ``longest``: tokens kept free for the answer. ``share`` of the room is used: less of
    it after the endpoint has found a prompt too long.
    """
    frame = asking(sort, question, Shown((), 0), language)
    taken = sum(offered.counter.count(str(m.content)) for m in frame) + MARGIN
    # A short context is shared between prompt and answer, not given to the answer whole.
    kept_free = min(longest, offered.context // 3)
    room = int((offered.context - kept_free - taken) * share)
    return show(bases, room, offered.counter, language)


def _messages(text: str, language: str) -> list[BaseMessage]:
    return [SystemMessage(render("llm_rules", language)), HumanMessage(text)]
