"""Words by which such reports say where a project stands: general ones, none of any corpus."""

from __future__ import annotations

import re

STATUSES: dict[str, re.Pattern[str]] = {
    "not_started": re.compile(
        r"(未|没有?|尚未|还未|还没有?)(能|按期|如期)?(开工|动工|启动|开建|实施)|not (yet )?(been )?started"
        r"|haven't started|unstarted|(no|without) start"),
    "suspended": re.compile(r"停工|停建|缓建|暂停|搁置|suspended|halted|stalled|on hold"),
    "cancelled": re.compile(r"取消(投资|建设|原|该|项目)|放弃(该|投资|建设)|终止(建设|实施)|cancel"),
    "completed": re.compile(
        r"(?<!未)(?<!未能)(?<!尚未)(竣工|完工|建成|交付使用|投产|投用|投入使用)(?!目标|计划|时间|日期)"
        r"|(?<!investment )(was|been|were|are|is) (completed|finished)"),
    "behind": re.compile(
        r"未赶上|未达(到)?(计划|进度|序时|目标)|滞后|落后|慢于|未完成(年度|进度|计划|序时)|behind( schedule)?|delayed|lagging"),
    "met": re.compile(
        r"(?<!未)完成(了)?(当年|全年|年度|年)(投资)?(计划|目标|任务)|met (its|the|their) (annual )?(plan|target)"),
    "on_schedule": re.compile(
        r"(?<!未)(赶上|达到|符合)(了)?(计划|序时)?进度|按(计划|序时|期|时间节点)(进度)?(推进|实施|建设)|正常推进|on (schedule|track)"),
}  # fmt: skip


def statuses(text: str) -> set[str]:
    """Return the keys of ``STATUSES`` whose words stand in ``text``."""
    return {key for key, pattern in STATUSES.items() if pattern.search(text.lower())}


def status_words(text: str) -> str | None:
    """Return the first status words in ``text`` as written, or None."""
    found = [m for p in STATUSES.values() if (m := p.search(text.lower()))]
    first = min(found, key=lambda match: match.start(), default=None)
    return text[first.start() : first.end()] if first else None
