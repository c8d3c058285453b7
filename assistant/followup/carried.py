"""A follow-up without a subject of its own, asked of the thing that the talk is about.

“某桥为什么没动工？” “补偿资金缺口大。” “谁牵头？” “区财政局。” “最新还缺多少？”: the
newest of what all documents say of that bridge which tells what is lacking. Where the talk
is about no thing with a name, its passage is what said the last answer.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace

from assistant.followup.leaning import PLURAL, Follow, follow_of, nameless
from assistant.followup.parts import Known
from assistant.followup.passages import Passage, passages_about
from assistant.followup.scope import topic_of
from assistant.language import is_english
from assistant.records import Turn
from assistant.statements import Draft
from assistant.things.answer import asks_of_several, draft_of, says_same
from assistant.things.fitting import best_fits
from assistant.things.gathering import of_time, remarks_on
from assistant.things.naming import thing_in
from assistant.things.remarks import Remark, Thing
from assistant.things.wants import Want, wants_of, words_of
from index.library import Library
from index.words import fold, units

TURNS = 6  # back that the thing of a talk is looked for
LONGEST = 30  # characters of a follow-up that says no subject
SAID = 0.7  # of the pairs of characters of the last answer that its passage says
TOLD = 4  # of these pairs at least: fewer stand anywhere
_ANSWERED = re.compile(r"哪[个家座条处项些几]|什么(?:项目|工程)")
_LATER = re.compile(r"后来|现在|目前|如今|最后|最新|最终|结果|眼下|至今|到底")
_OWNER = re.compile(
    r"(?:归|由|是|属于?)?(?:哪个?|什么)(?:单位|部门|局|家)|谁(?:负责|管|牵头)|责任单位"
)
_DEFAULT = {"place": "定在", "who": "负责", "body": "责任单位", "person": "负责人", "date": "时限"}


def answer_carried(
    question: str,
    history: Sequence[Turn],
    library: Library,
    consult: Callable[[], Draft | None] = lambda: None,
) -> Draft | None:
    """Return what the documents say, newest first, of the thing last talked of.

    Where that has no name, what the one passage says that said the last answer. None where
    the question has a subject of its own, or not all that it asks is said. What the records,
    which ``consult`` asks, tell of a thing with the same values stands for it.
    """
    if not history or not _subjectless(question, library):
        return None
    if draft := _of_thing(question, history, library, consult):
        return draft
    draft = _in_passage(question, history, library)
    if draft and _lists(draft) and talked_of(history, library) and consult():
        return None  # what the records say of a thing with a name is surer than such a passage
    return draft


def _of_thing(
    question: str, history: Sequence[Turn], library: Library, consult: Callable[[], Draft | None]
) -> Draft | None:
    thing = talked_of(history, library)
    if thing is None:
        return None
    asked = f"{history[-1].question} {question}"
    remarks = of_time(asked, remarks_on(thing, library), library)
    draft = _told(question, thing, remarks, history)
    told = consult() if draft else None
    if told and draft and _lists(draft) and _OWNER.search(question) and _names_owner(told):
        return told  # a sentence that lists many projects says first whose the first ones are
    return told if draft and says_same(told, draft) else draft


def _lists(draft: Draft) -> bool:
    """Tell whether an answer quotes a sentence that lists the projects of several owners."""
    return any(line.text.count("；") > 1 for line in draft.statements)


def _names_owner(told: Draft) -> bool:
    """Tell whether an answer from records of one thing says whose it is."""
    single = (told.interpretation or {}).get("kind") in ("value", "status")
    return single and any("责任单位：" in line.text for line in told.statements)


def _in_passage(question: str, history: Sequence[Turn], library: Library) -> Draft | None:
    passage = _passage(history[-1], library)
    if passage is None:
        return None
    thing = Thing("", (), (0, 0), recorded=False)
    return _told(question, thing, _remarks(passage, library), history)


def talked_of(history: Sequence[Turn], library: Library) -> Thing | None:
    """Return the one thing that the latest turn that names any is about, None without one.

    What “哪个项目” asked for is named by its answer.
    """
    for turn in reversed(history[-TURNS:]):
        texts = [turn.question, turn.answer]
        if _ANSWERED.search(turn.question):
            texts.reverse()
        for text in texts:
            thing = thing_in(text, library)
            if thing is not None and (thing.recorded or text is turn.question):
                return replace(thing, said=(0, 0))
    return None


def _subjectless(question: str, library: Library) -> bool:
    """Tell whether a question asks something and says of nothing what it asks it of."""
    if len(question) > LONGEST or is_english(question) or asks_of_several(question):
        return False
    follow = follow_of(question, Known(library.ledger))
    return follow is not None and _asks_on(follow) and nameless(follow)


def _asks_on(follow: Follow) -> bool:
    other = follow.pick or follow.among or follow.more or follow.corrects
    return not other and follow.points in ("", "that", "single") and not PLURAL.search(follow.bare)


def _told(
    question: str,
    thing: Thing,
    remarks: Sequence[Remark],
    history: Sequence[Turn],
) -> Draft | None:
    wants = [_whole(want) for want in wants_of(question, thing, history[-1].question)]
    if not wants:
        return None
    later = _LATER.search(question) is not None
    fits = [best_fits(want, remarks, later=later) for want in wants]
    if not all(fits):
        return None
    draft = draft_of(thing, wants, fits, remarks, "zh")
    if not thing.name:
        draft.interpretation = {"kind": "beside", "filters": {}}
    return draft


def _whole(want: Want) -> Want:
    """Return a want that has words: “谁来弄” asks who is responsible, “哪天” by when."""
    if want.kind not in _DEFAULT or words_of(fold(want.clause)):
        return want
    return replace(want, words=(_DEFAULT[want.kind],))


def _passage(last: Turn, library: Library) -> Passage | None:
    """Return the one passage that says the last answer and some of what it was asked about."""
    told, topic = _pairs(last.answer), _pairs(topic_of(last.question))
    if len(told) < TOLD:
        return None
    found = [
        (len(told & said) / len(told), passage)
        for passage in passages_about([last.answer, topic_of(last.question)], library)
        if (said := _pairs(passage.folded)) and topic & (said | _pairs(passage.above))
    ]
    best = max((share for share, _ in found), default=0.0)
    near = [passage for share, passage in found if share == best]
    return near[0] if best >= SAID and len(near) == 1 else None


def _pairs(words: str) -> set[str]:
    return {pair for pair in units(fold(words)) if len(pair) > 1}


def _remarks(passage: Passage, library: Library) -> list[Remark]:
    """Return the sentences of a passage as remarks on what it is about."""
    found = []
    for unit in passage.units:
        content = library.content(unit.file_id)
        document = content.structure.documents[unit.document]
        view = content.structure.reading.view(unit.start, unit.end)
        found.append(Remark(
            "sentence", "", view.text, unit.file_id, unit.document, document.date or "",
            document.title, passage.above, about=passage.folded, view=view, high=len(view.text),
        ))  # fmt: skip
    return found
