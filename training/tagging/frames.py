"""Sentences that list projects, put together: a lead-in, then items in one or two ways to say them.

``leads.txt``, ``items.txt`` and ``prose.txt`` hold the ways; {N} stands for a name, {U} for an owner,
{R} for a reason or, at times, for what else is said of a project, other letters for words below.
"""

from __future__ import annotations

import random
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

_SLOT = re.compile(r"(\{\w\})")
_NO_NAME = re.compile(r"[，、；：。\n]")
_NO_REASON = re.compile(r"[；：。\n]")
_KINDS = {"N": "name", "U": "owner", "R": "reason"}
_WORDS = {
    "T": "截至9月底 截至目前 到6月末 至三季度末 目前 截至10月31日 年初以来 上半年 前三季度 眼下 到上月底",
    "S": "未开工 尚未动工 停工 慢于序时 欠序时进度 滞后 已完工 建成投用 在建 超序时 快于进度 达到序时进度 已交付"
    " 没动 进场未施工 未进场 处于前期 歇着 暂缓 完成年度任务 落后于节点 还没破土 平进度 掉队 打桩的 已销号",
    "c": "征地拆迁 资金 手续 用地 审批 设计变更 土地 前期工作 招商 投资方 管线迁改 天气 施工组织 征迁 要素保障"
    " 规划调整 钱 招标",
    "t": "9月底 10月15日 年底 11月中旬 12月 8月底 明年3月 本月末 2025年6月 10月 5月20日",
    "v": "开工 动工 完工 复工 主体封顶 投用 进场 投产 通车 验收 完成招标 拿到批复 交付使用 办结 试运行 启动 开挖",
    "i": "一 二 三 四 五 六 七 八",
}
_JOINS = ("；", "；", "；", "，", "。", "、")


@dataclass(frozen=True, slots=True)
class Slots:
    """The words that stand for names, owners, reasons, and what is said of projects in time."""

    names: list[str]
    owners: list[str]
    reasons: list[str]
    said: list[str]

    @classmethod
    def of(cls, several: Sequence[Slots]) -> Slots:
        """Return the words of several, each once, without what marks part."""
        return cls(
            sorted({w for s in several for w in s.names if _fits(w, 3, 22, _NO_NAME)}),
            sorted({w for s in several for w in s.owners if _fits(w, 2, 16, _NO_NAME)}),
            sorted({w for s in several for w in s.reasons if _fits(w, 3, 30, _NO_REASON)}),
            sorted({w for s in several for w in s.said if _fits(w, 2, 20, _NO_NAME)}),
        )


def _fits(words: str, least: int, most: int, parted: re.Pattern[str]) -> bool:
    return least <= len(words) <= most and not parted.search(words)


def put_together(slots: Slots, chance: random.Random) -> tuple[str, list[str]]:
    """Return a sentence that lists projects, or one that does not, with each character's label."""
    if chance.random() < 0.12:
        return _filled(chance.choice(_ways("prose")), slots, chance)
    text, labels = "", list[str]()
    if chance.random() < 0.7:
        text, labels = _filled(chance.choice(_ways("leads")), slots, chance)
    ways = chance.sample(_ways("items"), chance.choice((1, 1, 2)))
    join = chance.choice(_JOINS)
    count = chance.randint(1, 6)
    for place in range(count):
        way = ways[0] if join == "、" else chance.choice(ways)
        more, marks = _filled(way, slots, chance)
        end = "" if more.endswith("。") else join if place < count - 1 else "。"
        text, labels = text + more + end, labels + marks + ["O"] * len(end)
    if chance.random() < 0.15:
        more, marks = _filled(chance.choice(_ways("prose")), slots, chance)
        text, labels = text + more, labels + marks
    return text, labels


def _ways(name: str) -> list[str]:
    return (Path(__file__).parent / f"{name}.txt").read_text("utf-8").splitlines()


def _filled(way: str, slots: Slots, chance: random.Random) -> tuple[str, list[str]]:
    text, labels = "", list[str]()
    for part in _SLOT.split(way):
        slot = part[1] if _SLOT.fullmatch(part) else ""
        words, kind = _words(slot, slots, chance) if slot else (part, None)
        text += words
        marks = [f"B-{kind}", *[f"I-{kind}"] * (len(words) - 1)]
        labels += marks if kind else ["O"] * len(words)
    return text, labels


def _words(slot: str, slots: Slots, chance: random.Random) -> tuple[str, str | None]:
    """Return the words for a slot, and their kind."""
    if slot == "R" and chance.random() < 0.25:
        return chance.choice(slots.said), None
    if slot in _KINDS:
        words = {"N": slots.names, "U": slots.owners, "R": slots.reasons}[slot]
        return chance.choice(words), _KINDS[slot]
    if slot in _WORDS:
        return chance.choice(_WORDS[slot].split()), None
    if slot == "k" and chance.random() < 0.2:
        return chance.choice("一两三四五六七八九"), None
    if slot == "p":
        return f"{chance.uniform(1, 99):.1f}", None
    if slot == "m" and chance.random() < 0.5:
        return f"{chance.uniform(0.1, 20):.2f}", None
    most = {"k": chance.choice((9, 40)), "d": 20, "m": 9000}[slot]
    return str(chance.randint(1, most)), None
