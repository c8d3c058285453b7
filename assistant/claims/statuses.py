"""Where a project stands, with polarity and time: 未开工, 已开工 and 计划开工 are three."""

from __future__ import annotations

import re
from typing import Literal, NamedTuple

Mode = Literal["done", "not", "planned"]

_VERBS: dict[str, str] = {
    "start": r"开工建设|开工|动工|启动建设|启动施工|开建|破土|启动实施|在建|开始建设|开始施工|进场施工|正在建设|正在施工|续建",
    "complete": r"竣工运营|竣工投产|竣工|完工|建成|已办结(?=[,;。的\d]|$)|交付使用|投产|投用|投入使用|投入运营|完成建设|建设完成|通车",
    "suspend": r"停工|停建|缓建|暂停(?:施工|建设|实施|推进)?|搁置|停滞|中止",
    "resume": r"(?<!修)复工|恢复施工|恢复建设",
    "cancel": r"取消|放弃|终止|撤销|撤项|不再实施|不再建设",
    "behind": r"低于(?:序时|时间)进度|(?:比|较)(?:序时|时间)进度(?:慢|低)|(?:滞后|落后|慢)于(?:年度|序时|时间)?(?:计划|进度|目标)(?:进度)?|滞后|落后于|落后|慢于|[推进]进缓慢|进度缓慢|进展缓慢|进度慢|进展慢",
    "ontrack": (
        r"(?:赶上|达到|达|符合|跟上)了?(?:计划|序时|目标|时序|既定)?(?:计划)?(?:进度|要求)(?:目标|计划|要求)?"
        r"|按照?(?:既定|原定|原)?(?:计划|序时|期|时间节点|时间|节点|进度)(?:进度|要求|安排)?(?:顺利|正常|有序|稳步|组织)?(?:推进|实施|建设|进行|施工|完成)"
        r"|(?:正常|顺利|有序|稳步)推进"
    ),
    "met": r"完成了?(?:其|了)?(?:当年|全年|年度|本年度|本年|年)(?:度)?(?:的)?(?:建设|投资)?(?:计划|目标|任务)(?!投资?\d|的?\d)",
}  # fmt: skip
_NOUN = r"(?!原因分析|程|条件|率|令|手续|准备|仪式|报告|前[^期]|目标|计划|验收(?:前|资料))"
_ANY = re.compile("|".join(f"(?P<{k}>(?:{v}){_NOUN})" for k, v in _VERBS.items()))
_NOT = re.compile(
    r"(?:[未没非无]|没有|尚未|还未|仍未|暂未|均未|无法|不能|难以|未能|没能|不予|并未|从未|待|有待|尚待|不)"
    r"(?:能够?|得到|实现|按期|如期|及时|全部|完全|全面|正式|实质性?|予以|有|达到?|再|被|曾|完成|提前|(?:于|在)[^,]{1,10})?$"
)
_TIME_OF = re.compile(r"(?:投资)?(?:时间|日期|时限|目标)")
_AIM = re.compile(
    r"[^,;。]{0,6}(?:只是|仅是|还是|是|为)[^,;。]{0,4}(?:目标|计划|设想|打算|安排|要求)"
)
_TWICE = re.compile(r"(?:并非|不是|并不是|没有[^,]{0,6}|无一|绝非)[^,]{0,8}$")
_PLANNED = re.compile(
    r"(?:预计|计划(?!进度|投资|的)|拟|力争|确保|争取|将(?!军)|要求|有望|可(?!研|是|见)|准备|打算|应当?|须|必须|督促|促使?|推动|加快|尽快|早日|待)[^,;。]{0,18}$"
    r"|(?:月底|月|日|年底|年|节|季度末?)(?:之)?前[^,;。]{0,6}$"
)
_DONE = re.compile(
    r"(?:已经?|均已|现已|全部|顺利|正式)(?:按期|如期|全部|全面|实现|于[^,]{0,10}|在[^,]{0,10})?$"
)
_IMPLIED: dict[tuple[str, Mode], frozenset[tuple[str, Mode]]] = {
    ("start", "done"): frozenset(
        {("complete", "done"), ("suspend", "done"), ("met", "done"), ("resume", "planned")}
    ),
    ("behind", "done"): frozenset({("ontrack", "not"), ("met", "not")}),
    ("ontrack", "not"): frozenset({("behind", "done"), ("met", "not")}),
    ("met", "not"): frozenset({("ontrack", "not")}),
    ("complete", "not"): frozenset({("start", "not"), ("complete", "planned")}),
    ("cancel", "planned"): frozenset({("cancel", "done")}),
    ("cancel", "done"): frozenset({("cancel", "planned")}),
}
_CODES = {
    "not_started": "未开工", "preparatory": "前期", "under_construction": "在建已开工",
    "suspended": "停工", "completed": "已竣工", "cancelled": "取消",
    "met": "完成年度投资计划", "ahead": "快于计划进度", "on_schedule": "赶上计划进度", "behind": "进度滞后",
}  # fmt: skip


class Status(NamedTuple):
    """A status word: its class, its mode, and half-open offsets of it with its negation."""

    kind: str
    mode: Mode
    start: int
    end: int

    @property
    def key(self) -> tuple[str, Mode]:
        """The class and the mode, which is what is compared."""
        return self.kind, self.mode


def find_statuses(text: str) -> list[Status]:
    """Return the status words of folded ``text`` in order."""
    found: list[Status] = []
    for match in _ANY.finditer(text):
        before = text[max(0, match.start() - 24) : match.start()]
        *ahead, before = re.split(r"[,;。:()\n\t、]", before)
        # “8月底前促成调解、恢复施工”: one plan with two deeds.
        if ahead and not before and text[match.start() - 1] == "、" and not _ANY.search(ahead[-1]):
            before = ahead[-1]
        negated = _NOT.search(before)
        mode: Mode = "done"
        start = match.start()
        if negated:
            start -= len(negated.group())
            outer = before[: negated.start()]
            mode = "done" if _TWICE.search(outer) else "not"
            if negated.group().endswith("待") or negated.group().startswith(("有待", "待")):
                mode = "not"
        elif (
            _TIME_OF.match(text, match.end())
            or _AIM.match(text, match.end())
            or (_PLANNED.search(before) and not _DONE.search(before))
        ):
            mode = "planned"
        elif _TWICE.search(before):
            mode = "not"
        found.append(Status(str(match.lastgroup), mode, start, match.end()))
    return found


def borne_out(claimed: tuple[str, Mode], held: set[tuple[str, Mode]]) -> bool:
    """Tell whether statuses that the evidence holds say what the claim says."""
    return claimed in held or bool(_IMPLIED.get(claimed, frozenset()) & held)


def contradicted(claimed: tuple[str, Mode], held: set[tuple[str, Mode]]) -> bool:
    """Tell whether the evidence holds the same status with the other polarity."""
    kind, mode = claimed
    other: Mode = "not" if mode == "done" else "done"
    return (kind, other) in held


def spoken(code: str) -> str:
    """Return a status code of the ledger in Chinese words; other text as it is."""
    return _CODES.get(code, code)
