"""Who asked and who answered in a record of questions and answers, and what was answered.

“某委员问：……？” and, a paragraph below, “某局局长答：……”: records of inquiries, hearings and
interviews go so. The exchange that a question is about is told, its speakers or its answer.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from assistant.evidence import paragraphs
from assistant.question import Question
from assistant.records import Turn
from assistant.statements import Draft, Source, Statement, escape, with_bold
from index.library import Library
from index.records import Document, View
from index.sentences import sentences
from index.words import fold, units

FEW = 300  # files that are all looked through
HELD = 0.5  # share of a topic's words, the rare ones counting more, that its exchange says
MAX_SAID = 12  # sentences of one answer that are told

_TURN = re.compile(
    r"\s*(?P<who>[^：:，。？！]{0,30}?)(?P<does>提问|询问|追问|问|答复|回答|作答|应询|答)道?[：:]"
)
_ANSWERS = frozenset({"答复", "回答", "作答", "应询", "答"})
_WHO = re.compile(
    r"谁(?:提问|问|提出?的|发问|来?答复?|回答|作答|应询)|(?:提问|发问|询问|答复|回答|作答|应询)(?:的人|者|人)?(?:分别)?是谁"
    r"|哪[位名个](?:委员|代表|领导|负责人|同志|局长|记者)?(?:提问|问|提的|提出|答复|回答|作答|应询)"
)
_HOW = re.compile(
    r"(?:打算|准备|计划|想)(?:要|将)?(?:怎么|如何|怎样|咋)|(?:怎么|如何|怎样|咋)(?:来)?(?:办|解决|处理|补|应对|答复|回答|回应|解释|考虑|帮扶|弥补)"
    r"|有(?:什么|哪些|何)(?:新的?|具体的?)?(?:办法|打算|措施|考虑|帮扶|对策)"
)
# Words of a question that tell nothing of the matter.
_ASKING = re.compile(
    r"请问|关于|有关|对于|针对|剩下|其余|这[个些件]|那[个些件]|打算|准备|计划|怎么|如何|怎样|什么|哪些|哪[位名个]|提问|询问|发问|答复|回答|作答|应询|回应|解释"
    r"|委员|代表|负责人|问题|项目|分别|解决|处理|措施|办法|谁|问|答|办|补|的|了|是|有|对|和|在|由|将|要|就|[？?，,。、“”]"
)
_LEANS = re.compile(r"这|那|该|此|它|其|^(?:打算|准备|怎么|如何|谁)")


@dataclass(frozen=True, slots=True)
class _Exchange:
    """A question of a record with its answer: the paragraph of each, and who speaks."""

    file_id: int
    document: Document
    asks: tuple[int, int]
    asker: str
    answers: tuple[int, int]
    answerer: str
    words: str


def answer_inquiry(question: Question, history: Sequence[Turn], library: Library) -> Draft | None:
    """Return who asked and answered, or what was answered; None where no record tells it."""
    folded = fold(question.text)
    who = bool(_WHO.search(folded))
    if question.language != "zh" or not (who or _HOW.search(folded)):
        return None
    found = list(_exchanges(library))
    topic = _topic(folded)
    if history and _LEANS.search(folded):
        topic |= _topic(fold(history[-1].question))
    exchange = _about(topic, found) if topic else None
    if exchange is None:
        return None
    draft = _speakers(exchange, library) if who else _answer(exchange, library)
    draft.interpretation = {"kind": "said", "filters": {"texts": [exchange.document.title]}}
    return draft


def _exchanges(library: Library) -> Iterator[_Exchange]:
    """Yield the questions with their answers of all records of such."""
    files = library.files()
    for file in files if len(files) <= FEW else ():
        content = library.content(file.id)
        for document in content.structure.documents:
            turns: list[tuple[tuple[int, int], re.Match[str] | None, str]] = []
            for span in paragraphs(content, document, document.start, document.end):
                text = content.structure.reading.view(*span).text
                turns.append((span, _TURN.match(text), text))
            yield from _paired(file.id, document, turns)


def _paired(
    file_id: int,
    document: Document,
    turns: Sequence[tuple[tuple[int, int], re.Match[str] | None, str]],
) -> Iterator[_Exchange]:
    """Yield each question that an answer stands right behind; a further question ends that."""
    for (asks, ask, asked), (told, answer, said) in pairwise(turns):
        if not (ask and answer) or ask["does"] in _ANSWERS or answer["does"] not in _ANSWERS:
            continue
        words = fold(f"{asked}\n{said}")
        yield _Exchange(file_id, document, asks, ask["who"], told, answer["who"], words)


def _topic(folded: str) -> set[str]:
    return {pair for pair in units(_ASKING.sub(" ", folded)) if len(pair) > 1}


def _about(topic: set[str], exchanges: Sequence[_Exchange]) -> _Exchange | None:
    """Return the exchange that says most of a topic, None where none says enough of it."""
    said = [set(units(exchange.words)) for exchange in exchanges]
    weight = {pair: 1 / max(1, sum(pair in words for words in said)) for pair in topic}
    shares = [sum(weight[pair] for pair in topic & words) for words in said]
    best = max(shares, default=0.0)
    if best < HELD * sum(weight.values()) or shares.count(best) > 1:
        return None
    return exchanges[shares.index(best)]


def _speakers(exchange: _Exchange, library: Library) -> Draft:
    """Return who asked and who answered, each with the words that they began with."""
    draft = Draft(short="；".join(filter(None, (exchange.asker, exchange.answerer))) or None)
    for span, who in ((exchange.asks, exchange.asker), (exchange.answers, exchange.answerer)):
        view = library.content(exchange.file_id).structure.reading.view(*span)
        first = next(iter(sentences(view)), (0, len(view.text)))
        low = view.text.find(who) if who else first[0]
        spans = [(low - first[0], low - first[0] + len(who))] if who else []
        quote = with_bold(view.text[slice(*first)], spans)
        draft.statements.append(Statement(quote, (_source(exchange, view, first),), bullet=True))
    return draft


def _answer(exchange: _Exchange, library: Library) -> Draft:
    """Return the sentences of the answer, in their order."""
    draft = Draft()
    view = library.content(exchange.file_id).structure.reading.view(*exchange.answers)
    for sentence in list(sentences(view))[:MAX_SAID]:
        words = escape(view.text[slice(*sentence)])
        source = _source(exchange, view, sentence)
        draft.statements.append(Statement(words, (source,), bullet=True))
    return draft


def _source(exchange: _Exchange, view: View, span: tuple[int, int]) -> Source:
    return Source(exchange.file_id, exchange.document.ordinal, *view.span(*span))
