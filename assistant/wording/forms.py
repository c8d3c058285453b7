"""The usual wording of each way to ask, with the letters of what it asks about.

The names are those of the lists of wordings that the model learns from (``training/wordings``).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from assistant.wording.modifiers import TROUBLED
from assistant.wording.slots import Masked, Slot
from index.ledger.status import status_of

OTHER = "其他"
_LETTER = re.compile(r"[A-Z]")
# What is not named but told by a word of the question: what was done (V), which amount (Q),
# which end of a rank (E).
_DONE = (
    ("开工", re.compile("开[工建]|动[工土]|破土|启动|上马|进场|奠基|开干")),
    ("复工", re.compile("复工|恢复施工")),
    ("整改到位", re.compile("整改|销号|办结|办完|解决")),
    (
        "竣工",
        re.compile("竣|完工|[建干做]完|[建修]成|投[用产入]|交付|收[官尾]|完成|收工|验收|通车"),
    ),
)
_MEASURES = (
    ("完成比例", re.compile("完成率|完成比例|完成(?:投资)?占|百分|进度比")),
    (
        "计划投资",
        re.compile("计划投|(?:年度|全年|今年)的?(?:投资)?(?:计划|任务|目标|盘子)|计划数|计划额"),
    ),
    (
        "完成投资",
        re.compile(
            "完成(?:的|了|过)?(?:多少)?投资|投资完成|完成[额数量]|已投|投进去|投了|花[了出]|实际投"
        ),
    ),
    ("总投资", re.compile("总投资|投资(?:总)?[额规盘]|概算|总盘子|总造价|体量|投资")),
)
_NOT = re.compile("[没未不]|尚待")
_LEAST = re.compile("最[少低小慢]|垫底|倒数|末[尾位]|靠后|最后|排后")
_MOST = re.compile("最[多大高]|前N|排前|靠前|领先|数一")


@dataclass(frozen=True, slots=True)
class Form:
    """One way to ask: its usual wordings, the one with the most letters first."""

    wordings: tuple[str, ...]
    half: bool = False  # it goes on about what a first half lists


def _whole(*wordings: str) -> Form:
    return Form(wordings)


def _half(*wordings: str) -> Form:
    return Form(wordings, half=True)


FORMS: dict[str, Form] = {
    "原因": _whole("P为什么S？", "P存在什么问题，原因是什么？"),
    "状态": _whole("P目前进展情况如何？"),
    "状态截至": _whole("P是什么状态，截至什么时间？"),
    "责任单位": _whole("P由哪个单位负责？"),
    "包联领导": _whole("P的包联领导是谁？"),
    "总投资": _whole("P总投资是多少？"),
    "计划投资": _whole("PT计划投资多少？", "P今年计划投资多少？"),
    "完成投资": _whole("PT完成投资多少？", "P完成投资多少？"),
    "完成比例": _whole("P完成年度计划的百分之几？"),
    "剩余投资": _whole("P还有多少投资没有完成？"),
    "资金缺口": _whole("P的资金缺口是多少？"),
    "竣工时间": _whole("P计划什么时候竣工？"),
    "开工时间": _whole("P什么时候开工？"),
    "下一步": _whole("P下一步采取什么措施？"),
    "谁来解决": _whole("P的问题由哪个单位解决，什么时候前完成？"),
    "施工单位": _whole("P的施工单位是哪家？"),
    "建设地点": _whole("P建在哪里？"),
    "建设规模": _whole("P的建设规模是多少？"),
    "会议决定": _whole("K对P作了什么决定？", "会议对P作了什么决定？"),
    "列状态": _whole("S的项目有哪些？"),
    "数状态": _whole("S的项目有多少个？"),
    "列单位": _whole("U负责哪些项目？"),
    "数单位": _whole("U负责多少个项目？"),
    "列单位状态": _whole("U有哪些S的项目？"),
    "数单位状态": _whole("US的项目有多少个？"),
    "列领域状态": _whole("D项目中S的有哪些？"),
    "列原因": _whole("因为CS的项目有哪些？"),
    "列除原因": _whole("除了C原因以外，还有哪些项目S？"),
    "列期限": _whole(
        "US的项目中T前要V的有哪些？",
        "U有哪些项目T前要V？",
        "S的项目中T前要V的有哪些？",
        "T前要V的项目有哪些？",
    ),
    "列时间": _whole("U有哪些项目TV？", "TV的项目有哪些？"),
    "排名": _whole("QE的N个项目是哪些？", "哪个项目QE？"),
    "超过": _whole("Q超过M的项目有哪些？"),
    "最低比例": _whole("完成比例最低的N个项目是哪些？", "哪个项目完成比例最低？"),
    "最高比例": _whole("完成比例最高的N个项目是哪些？", "哪个项目完成比例最高？"),
    "低于比例": _whole("完成年度计划不到R的项目有哪些？"),
    "高于比例": _whole("完成年度计划超过R的项目有哪些？"),
    "列领域": _whole("D项目有哪些？"),
    "数领域": _whole("D项目有多少个？"),
    "领域投资": _whole("D和D项目Q一共是多少？", "D项目Q一共是多少？"),
    "单位投资": _whole("U负责的项目Q一共是多少？"),
    "两项合计": _whole("P和PTQ一共是多少？", "P和PQ一共是多少？"),
    "两项比较": _whole("P和P哪个Q多，多多少？"),
    "单位比较": _whole("U和U哪个S的项目多，多几个？"),
    "列领导": _whole("H包联的项目有哪些？"),
    "全部指标": _whole("TQ一共是多少？", "Q一共是多少？"),
    "列地点": _whole("L有哪些项目？"),
    "列地点状态": _whole("L有哪些S的项目？"),
    "列问题": _whole("存在问题的项目有哪些，分别是什么问题？"),
    "资金来源": _whole("P的资金来源是什么？"),
    "会议时间": _whole("K是什么时候开的？", "会议是什么时候开的？"),
    "会议地点": _whole("K在哪里开的？", "会议在哪里开的？"),
    "会议议题": _whole("K研究了哪些事项？", "会议研究了哪些事项？"),
    "点名": _whole("F点名了哪些项目？"),
    "对单位要求": _whole("F对U提出了哪些要求？", "H对U提出了哪些要求？"),
    "对项目要求": _whole("F对P提出了什么要求？", "H对P提出了什么要求？"),
    "未完成差额": _whole("S的项目还有多少投资没有完成？", "还有多少投资没有完成？"),
    "最多单位": _whole("哪个单位S的项目最多？"),
    "各单位": _whole("各单位S的项目各有几个？"),
    "合计个数": _whole("S和S的项目一共有多少个？"),
    "相差个数": _whole("S的项目和S的项目哪类多，多几个？"),
    "占比": _whole("S的项目占项目总数的百分之几？"),
    "合计投资": _whole("S和S的项目一共完成投资多少？", "S的项目一共完成投资多少？"),
    "总数": _whole("T一共安排了多少个项目？", "一共安排了多少个项目？"),
    "总完成": _whole(
        "T全部项目累计完成投资多少，占年度计划的百分之几？",
        "全部项目累计完成投资多少，占年度计划的百分之几？",
    ),
    "各原因": _half("分别是什么原因？"),
    "各状态": _half("目前各是什么进展？"),
    "各单位负责": _half("分别由哪个单位负责？"),
    "各期限": _half("各要求什么时候完成？"),
    "各投资": _half("各完成投资多少？"),
    "讲话要求": _whole("H在K上提了哪些要求？", "H在F中提了哪些要求？", "H在讲话中提了哪些要求？"),
    "下步安排": _whole("F对下一步工作作了哪些安排？"),
    "文件问题": _whole("F指出了哪些问题？"),
    "文件主要内容": _whole("F的主要内容是什么？"),
    "核对": _whole("F里的数字有没有前后不一致的？", "数字有没有前后不一致的？"),
    "合计核对": _whole("F的合计数和各项加起来一致吗？"),
    "文号": _whole("F的文号是什么？"),
    "印发时间": _whole("F是什么时候印发的？"),
    "谁发": _whole("F是哪个单位发的？"),
    "主持": _whole("K是谁主持的？", "会议是谁主持的？"),
    "参加": _whole("哪些人参加了K？", "哪些人参加了会议？"),
    "两文比较": _whole("P在F和F里分别是什么状态？"),
    "变化": _whole("与T相比，P的情况有什么变化？"),
}
# What narrows any question, before it: a document, a time.
_BEFORE = {"F": "{}中，", "K": "{}上，", "T": "{}"}


def usual(form: str, asked: Masked) -> str | None:
    """Return a question in the usual wording of a form, None where its letters do not fit."""
    if form == "原因":  # whatever the trouble is, it is asked for and narrows nothing
        asked = replace(asked, slots=tuple(s for s in asked.slots if s.words != TROUBLED))
        if any(_is_well(slot.words) for slot in asked.slots if slot.letter == "S"):
            return None  # nobody asks why what goes well does
    for wording in FORMS[form].wordings:
        if (told := _filled(wording, asked)) is not None:
            return told
    return None


def _is_well(words: str) -> bool:
    """Tell whether a state is none that wants a reason."""
    said = status_of(words, heading=True)
    return said.stage == "completed" or said.progress in ("ahead", "met", "on_schedule")


def _filled(wording: str, asked: Masked) -> str | None:
    """Return a wording with its letters filled: each slot once, and every letter."""
    left = list(asked.slots)
    said = []
    for char in wording:
        if not _LETTER.fullmatch(char):
            said.append(char)
            continue
        slot = next((s for s in left if s.letter == char), None)
        words = _plain(slot) if slot else _told_by_words(char, asked)
        if words is None:
            return None
        if slot:
            left.remove(slot)
        said.append(words)
    if "V" in wording:  # the state named is what was done
        if any(slot.letter == "S" and _NOT.search(slot.words) for slot in left):
            return None
        done = [slot for slot in asked.slots if slot.letter == "S" and _is_well(slot.words)]
        if "前要" in wording and done:
            return None  # nothing that is finished is still to be done
        left = [slot for slot in left if slot.letter != "S" or not _first(_DONE, slot.words)]
    before = []
    for slot in left:
        if slot.letter not in _BEFORE:
            return None
        before.append(_BEFORE[slot.letter].format(slot.words))
    return "".join(before) + "".join(said)


def _told_by_words(letter: str, asked: Masked) -> str | None:
    if letter == "V":
        states = [slot.words for slot in asked.slots if slot.letter == "S"]
        done = _first(_DONE, asked.text) or _first(_DONE, "".join(states[:1]))
        new = done == "开工" and re.search(
            "新的?(?:项目|工程|[开动])", asked.text + "".join(states)
        )
        return f"新{done}" if new else done
    if letter == "Q":
        return _first(_MEASURES, asked.text)
    if letter == "E":
        return "最少" if _LEAST.search(asked.text) else "最多" if _MOST.search(asked.text) else None
    return None


def _first(kinds: Sequence[tuple[str, re.Pattern[str]]], said: str) -> str | None:
    return next((name for name, pattern in kinds if pattern.search(said)), None)


def _plain(slot: Slot) -> str:
    return slot.words.removesuffix("的") if slot.letter == "S" else slot.words
