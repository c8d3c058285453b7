"""Plans told as done: “已补足到120人” of “8月31日前将作业人员补足到120人”."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

_ON = r"(?:于|在)(?:\d{4}年)?(?:\d{1,2}月)?(?:\d{1,2}[日号]|月?底|月?末|[上中下]旬)"
_DONE = re.compile(
    rf"(?:已经|均已|都已|现已|目前已|已)(?:(?P<all>全部|全面)|均|都|被|正式|顺利|按期|如期|按时|{_ON})*"
    r"(?P<verb>[\u4e00-\u9fff]{2})"
)
_PLAN = re.compile(
    r"下一?步|下阶段|要求|须|应(?!急|用|届|对|收)|(?<![重主需])要(?!素|求|点)|将(?!军)|拟|计划(?!总|投)|力争|确保|争取|准备|打算|预计|有望|措施|目标"
    r"|[日月底旬末年]前|之前|抓紧|尽快|加快|督促|研究提出"
    r"|建议|申请|请求|提议|起草|方案|遴选|筹备|洽谈|有意|如果|若(?!干)|凡|逾期|[未不没]\S{0,14}的,|连续\S{0,12}的,|达不到"
)
# What opens a sentence so is asked for in all of it; what ends so holds for what follows it.
_GOVERNS = re.compile(
    r"^(?:下一?步|下阶段|.{0,6}(?:要求|建议|议定|明确|措施|下一?步|安排|打算)$|拟|计划(?!总|投)|力争|确保|争取|.{0,12}将)"
)
_IF = re.compile(r"的$|^(?:如果|如(?=[不未需遇仍无])|若|凡|逾期)")
_HAPPENED = re.compile(r"已|了|完毕|截至|目前|现有|累计")
_STEP = re.compile(
    r"(?P<limit>(?:\d{1,2}月)?(?:\d{1,2}[日号]|底|末|[上中下]旬)(?:之?前)?)[^,;。\d]{0,3}?"
    r"(?:(?P<start>启动|开始|着手|开工|动工)|(?P<end>完成|办结|完工|竣工|建成|结束))"
)
_ONGOING = re.compile(r"正在?[^,;。已]{0,4}$")
_NOT = re.compile(r"(?:未|没有|尚未|还没|无法|未能|有待|尚待)(?:全部|完全)?$")
_SENTENCE = re.compile(r"[^。;!?\n]+")
BEHIND = 3  # characters behind a verb that may tell that it was done


def plans_as_done(claim: str, sentences: Sequence[str]) -> Iterator[str]:
    """Yield what folded ``claim`` tells as done and its source holds as something to be done.

    ``sentences`` are those of the evidence that speak of the same thing. A word that they
    hold nowhere is not judged here, nor one that they tell as done anywhere.
    """
    for match in _DONE.finditer(claim):
        for words in filter(None, ((match["all"] or "") + match["verb"], match["verb"])):
            told = _told(words, sentences)
            if told and all(_undone(sentence, at, len(words)) for sentence, at in told):
                yield match.group()
                break


def other_step(claim: str, scope: str) -> Iterator[str]:
    """Yield a time limit of folded ``claim`` that ``scope`` sets for another step of the work.

    “10月15日前启动” is no “10月15日前完成”.
    """
    for match in _STEP.finditer(claim):
        theirs = [m for m in _STEP.finditer(scope) if m["limit"] == match["limit"]]
        if theirs and not any(bool(m["start"]) == bool(match["start"]) for m in theirs):
            yield match.group()


def _told(words: str, told: Sequence[str]) -> list[tuple[str, int]]:
    """Return where words stand: the sentence, and the place in it.

    The cell of a table is left out where it is told a second time under its heading.
    """
    sentences = [part for text in told for part in _SENTENCE.findall(text)]
    found = [(s, at.start()) for s in sentences for at in re.finditer(words, s)]
    return [(s, at) for s, at in found if not any(o != s and o.endswith(f":{s}") for o, _ in found)]


def _undone(sentence: str, at: int, size: int) -> bool:
    if _NOT.search(sentence[:at]) or _ONGOING.search(sentence[:at]):
        return True
    *earlier, clause = re.split(r"[,:]", sentence[:at])
    if _HAPPENED.search(clause) or _HAPPENED.match(sentence[at + size : at + size + BEHIND]):
        return False
    governed = any(map(_GOVERNS.search, earlier)) or (earlier and _IF.search(earlier[-1]))
    return bool(_PLAN.search(clause) or governed)
