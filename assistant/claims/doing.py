"""Plans told as done: “已补足到120人” of “8月31日前将作业人员补足到120人”."""

from __future__ import annotations

import re
from collections.abc import Iterator

_ON = r"(?:于|在)(?:\d{4}年)?(?:\d{1,2}月)?(?:\d{1,2}[日号]|月?底|月?末|[上中下]旬)"
_DONE = re.compile(
    rf"(?:已经|均已|都已|现已|目前已|已)(?:全部|全面|均|都|被|正式|顺利|按期|如期|按时|{_ON})*"
    r"(?P<verb>[\u4e00-\u9fff]{2})"
)
_PLAN = re.compile(
    r"下一?步|下阶段|要求|须|应(?!急|用|届|对|收)|(?<![重主需])要(?!素|求|点)|将(?!军)|拟|计划(?!总|投)|力争|确保|争取|准备|打算|预计|有望|措施|目标"
    r"|[日月底旬末年]前|之前|抓紧|尽快|加快|督促|研究提出"
)
_HAPPENED = re.compile(r"已|了|完毕|截至|目前|现有|累计")
_SENTENCE = re.compile(r"[^。;!?\n]+")
BEHIND = 3  # characters behind a verb that may tell that it was done


def plans_as_done(claim: str, scope: str) -> Iterator[str]:
    """Yield what folded ``claim`` tells as done and ``scope`` holds as something to be done.

    ``scope`` is the folded evidence that speaks of the same thing. A word that it holds
    nowhere is not judged here, nor one that it tells as done anywhere.
    """
    for match in _DONE.finditer(claim):
        verb = match["verb"]
        told = [
            (sentence.group(), at.start())
            for sentence in _SENTENCE.finditer(scope)
            for at in re.finditer(verb, sentence.group())
        ]
        if told and all(_planned(sentence, at, len(verb)) for sentence, at in told):
            yield match.group()


def _planned(sentence: str, at: int, size: int) -> bool:
    before, behind = sentence[:at], sentence[at + size : at + size + BEHIND]
    clause = re.split(r"[,:]", before)[-1]
    happened = _HAPPENED.search(clause) or _HAPPENED.match(behind)
    return bool(_PLAN.search(before)) and not happened
