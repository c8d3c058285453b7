"""What became of what the last answer told: the value that took its place, the state it has now.

“联系人是谁？” “甲某。” “现在换成谁了？”: the sentence that sets “甲某” right. “为什么滞后？”
“管线迁改没有完成。” “管线那一块后来弄完了没有，哪天？”: the newest clause that says so of it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from assistant.evidence import sections_above
from assistant.ledger.named import runs_of
from assistant.ledger.vocabulary import ASKING
from assistant.mentions import candidates
from assistant.records import Turn
from assistant.statements import Draft, Source, Statement, with_bold
from assistant.things.amended import Filed, amendments_of, fold_same
from assistant.things.corrections import amended_line, is_old
from assistant.things.kinds import values_in
from assistant.things.naming import FEW
from assistant.things.synonyms import share_said
from assistant.things.wants import words_of
from index.library import Library
from index.sentences import sentences
from index.words import fold

LONGEST = 24  # characters of a follow-up that says nothing of its own
ANCHOR = 3  # characters that a paragraph or its headings share with the question before
_BECAME = re.compile(
    r"(?:换|改|变|调整?|变更|更正|推迟?|延|顺延|核定|接手|接替)(?:成|为|到|至|给)?了?(?:谁|哪|几|多少|什么)|(?:谁|哪[天月])(?:接手|接替|接的|顶替)"
)
_LEFT = re.compile(
    r"(?:还?剩下?|还[有差缺]|[降减增升]加?到)了?(?:多少|几)|(?:多少|几)[\u4e00-\u9fff]{1,2}(?:没|未|还没)"
)
_LATER = re.compile(r"后来|现在|目前|如今|最后|结果|眼下|至今")
_STATE = re.compile(
    r"(?:了|过)(?:没有?|吗)|完没完|[搞弄办做干建]完|解决|到位|怎么样|什么情况|哪一?步"
)
_WHEN = re.compile(r"哪一?天|什么时[候间]|何时|几[月号]")
_DONE = re.compile(
    r"完成|完毕|完工|竣工|建成|办结|到位|结束|通过|解决|付清|拨付|恢复|销号|尚未|没有|未[能完]|仍"
)
_AHEAD = re.compile(r"前|计划|预计|拟|力争|确保|要|应")  # what is to be done tells of no state


def answer_later(question: str, history: Sequence[Turn], library: Library) -> Draft | None:
    """Return what took the place of the last answer's value, or how its matter stands now."""
    if not history or len(question) > LONGEST:
        return None
    folded, last = fold(question), history[-1]
    if _BECAME.search(folded):
        return _became(last, library)
    if _LEFT.search(folded) and (since := _became(last, library, shrunk=True)):
        return since
    if _LATER.search(folded) and _STATE.search(folded):
        return _stands(folded, last, library)
    return None


def _became(last: Turn, library: Library, *, shrunk: bool = False) -> Draft | None:
    """Return the sentence that sets a value of the last answer right, None unless it is one.

    ``shrunk`` asks for what a number has become, though it was no wrong one.
    """
    words = words_of(fold(last.question))
    found: list[Filed] = []
    for file in _files(last.question, library):
        for one in amendments_of(file, library.content(file)):
            old = fold(one.amendment.old)
            told = any(is_old(value, old) for value in _values(last.answer))
            if told and one.amendment.corrects is not shrunk and share_said(one.text, words) > 0:
                found.append(one)
    newest = max((one.document.date or "" for one in found), default="")
    found = [one for one in found if (one.document.date or "") == newest]
    if len({_new(one) for one in found}) != 1:
        return None
    draft = Draft([amended_line(found[0], "zh")], interpretation={"kind": "later", "filters": {}})
    draft.short = _new(found[0])
    return draft


def _new(one: Filed) -> str:
    return one.text[slice(*one.amendment.new)]


def _values(answer: str) -> Iterator[str]:
    """Yield what an answer told: its clauses whole, and the values in them."""
    folded = fold_same(answer)
    yield from (part for part in re.split(r"[，,；;。：:\s]", folded) if part)
    for kind in ("date", "person", "money", "quantity"):
        yield from (folded[slice(*span)] for span in values_in(folded, kind))


@dataclass(frozen=True, slots=True)
class _Clause:
    """A clause that tells how a matter stands: its sentence, and where in it the clause is."""

    date: str
    text: str
    span: tuple[int, int]
    source: Source


def _stands(folded: str, last: Turn, library: Library) -> Draft | None:
    """Return the newest clause that tells how a part of the last answer's matter stands."""
    told = fold(last.answer)
    topic = [word for word in words_of(folded) if len(word) > 1 and word in told]
    anchors = _anchors(fold(last.question))
    if not topic or not anchors:
        return None
    dated = bool(_WHEN.search(folded))
    found = [
        clause
        for file in _files(last.question, library)
        for clause in _clauses(file, topic, anchors, dated, library)
    ]
    newest = max((clause.date for clause in found), default="")
    found = [clause for clause in found if clause.date == newest]
    if len(found) != 1:
        return None
    best = found[0]
    line = Statement(with_bold(best.text, [best.span]), (best.source,))
    return Draft([line], interpretation={"kind": "later", "filters": {}})


def _anchors(question: str) -> list[str]:
    """Return the runs of a question's own words."""
    bare = ASKING.sub(lambda match: " " * len(match.group()), question)
    return [run for run, _ in runs_of(bare) if len(run) >= ANCHOR]


def _shares(text: str, anchors: Sequence[str]) -> bool:
    """Tell whether a text names what a question is about, in part at least."""
    return any(
        run[at : at + ANCHOR] in text for run in anchors for at in range(len(run) - ANCHOR + 1)
    )


def _clauses(
    file_id: int, topic: Sequence[str], anchors: Sequence[str], dated: bool, library: Library
) -> Iterator[_Clause]:
    content = library.content(file_id)
    for document in content.structure.documents:
        view = content.structure.reading.view(document.start, document.end)
        folded = fold_same(view.text)
        for low, high in sentences(view):
            if not all(word in folded[low:high] for word in topic):
                continue
            above = sections_above(document, view.offsets[low])
            around = fold(" ".join(s.heading for s in above)) + folded[low:high]
            if not _shares(around, anchors):
                continue
            for match in re.finditer(r"[^，,；;。]+", folded[low:high]):
                if _tells(match.group(), topic, dated):
                    source = Source(file_id, document.ordinal, *view.span(low, high))
                    text = view.text[low:high]
                    yield _Clause(document.date or "", text, match.span(), source)


def _tells(clause: str, topic: Sequence[str], dated: bool) -> bool:
    """Tell whether a clause says how the matter stands, and when if that is asked."""
    if not all(word in clause for word in topic) or not _DONE.search(clause):
        return False
    if _AHEAD.search(clause):
        return False
    return not dated or next(values_in(clause, "date"), None) is not None


def _files(words: str, library: Library) -> list[int]:
    files = library.files()
    return [f.id for f in (files if len(files) <= FEW else candidates(words, library))]
