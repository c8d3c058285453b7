"""A question that takes for granted what a sentence denies: the sentence is the answer.

“会议同意提高水价后，什么时候执行？” where the minutes say that it was not agreed to.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.clauses import window
from assistant.question import Question
from assistant.ranking import Candidate
from assistant.statements import Draft, Source, Statement, escape, with_bold
from index.ledger.wording import tagged_words
from index.library import Library
from index.words import fold, units
from prompts import render

LOOKED_AT = 8  # candidates
HELD = 0.4  # share of the question's words, by rarity, that the sentence says itself
OF_SAME = 0.6  # of the pairs of characters of what is denied that the question says
SHOWN = 150  # characters of the sentence
_NOT = r"(?:没有|没|未能|未予|并未|尚未|未|不予|不再|暂不|暂缓|不(?=同意|采纳|批准|通过|支持))"
_DENIED = re.compile(rf"(?P<said>{_NOT}(?:再|被|予以?|获得?|经)?(?P<verb>[\u4e00-\u9fff]{{2}}))")
# What asks whether it is so takes nothing for granted.
_WHETHER = re.compile(
    r"是否|有没有|有无|吗|能不能|可不可以|是不是|会不会|要不要|行不行|了没|没有[？?]?$|没[？?]?$|(?P<v>[\u4e00-\u9fff]{1,2})[没不](?P=v)"
)
_HOW_MUCH = re.compile(r"了?(?:多少|几[个万亿成])")  # “到位多少” need not be all that should be
_ALREADY_NOT = re.compile(r"(?:没有?|未能?|不|尚未|暂缓|无法|拒绝)[\u4e00-\u9fff]{0,2}$")


def denial(question: Question, ranked: Sequence[Candidate], library: Library) -> Draft | None:
    """Return the sentence that denies what the question takes for granted, None without one."""
    asked = fold(question.text)
    if question.language != "zh" or asks_whether(asked):
        return None
    for candidate in ranked[:LOOKED_AT]:
        if candidate.unit.kind != "sentence" or candidate.features.framed < HELD:
            continue
        for match in _DENIED.finditer(candidate.unit.text):
            held = candidate.features.covered >= HELD or _of_same(asked, candidate, match)
            if held and _takes_for_granted(asked, match["verb"]):
                return _draft(question, candidate, match, library)
    return None


def asks_whether(folded: str) -> bool:
    """Tell whether a question asks if something is so, and takes nothing for granted."""
    return bool(_WHETHER.search(folded))


def _of_same(asked: str, candidate: Candidate, match: re.Match[str]) -> bool:
    """Tell whether what is denied is what the question says (“未同意财政垫资”)."""
    denied = re.split("[，,；;。：]", candidate.unit.text[match.end() :])[0]
    pairs = set(units(denied))
    return len(pairs) > 1 and len(pairs & set(units(asked))) >= OF_SAME * len(pairs)


def _takes_for_granted(asked: str, verb: str) -> bool:
    """Tell whether a question says of its matter that it is so."""
    at = asked.find(verb)
    if at < 0 or _ALREADY_NOT.search(asked[:at]) or _HOW_MUCH.match(asked, at + len(verb)):
        return False
    # The tagger takes “同意” before a verb for an adverb.
    return any(word == verb and flag.startswith(("v", "d")) for word, flag in tagged_words(asked))


def _draft(
    question: Question, candidate: Candidate, match: re.Match[str], library: Library
) -> Draft:
    unit = candidate.unit
    view = library.content(unit.file_id).structure.reading.view(unit.start, unit.end)
    low, high = 0, len(view.text)
    if high > SHOWN:
        low, high = window(view.text, match.span("said"), SHOWN)
    said = with_bold(view.text[low:high], [(match.start("said") - low, match.end("said") - low)])
    source = Source(unit.file_id, unit.document, *view.span(low, high))
    text = render(
        "denied", question.frames, said=escape(match["said"]), asked=escape(match["verb"])
    )
    draft = Draft([Statement(text, (source,)), Statement(said, (source,))])
    draft.short = match["said"]
    return draft
