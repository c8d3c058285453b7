"""The desk's codes in words, for files that people read."""

from __future__ import annotations

from collections.abc import Iterable

from assistant.desk.records import Case, SourceFate
from assistant.records import Citation

STATES = {
    "unasked": "未申请核实",
    "asked": "待核实",
    "verified": "已核实",
    "corrected": "已更正",
    "rejected": "不采用",
}
MARKS = {"supported": "支持", "partly": "部分支持", "not_supported": "不支持"}
UNMARKED = "未核对"
FATES = {
    "current": "现行",
    "updated": "来源已更新",
    "withdrawn": "来源已撤回",
    "erased": "来源已彻底删除",
    "unknown": "版本不明",
}
ERASED = "（所引文件已彻底删除，内容不再保留）"


def said_state(case: Case) -> str:
    """Return the state, with by whom and when it was decided."""
    decision = case.decision
    words = STATES[case.state]
    return f"{words}（{decision.by}，{said_time(decision.at)}）" if decision else words


def said_time(at: str) -> str:
    """Return a time of ISO 8601 to the minute, as it was where it was noted."""
    return at[:16].replace("T", " ")


def said_fates(fates: Iterable[SourceFate]) -> str:
    """Return what became of the sources, but for those that are current."""
    return "；".join(said_fate(fate) for fate in fates if fate.fate not in ("current", "unknown"))


def said_fate(fate: SourceFate) -> str:
    """Return what became of one source."""
    words = f"{FATES[fate.fate]}：{fate.path}"
    if fate.fate == "updated":
        words += f"（引用第 {fate.version} 版，现行第 {fate.newest} 版）"
    if fate.lost:
        words += f"，现行版中已没有引文 {'、'.join(f'[{n}]' for n in fate.lost)} 的原话"
    return words


def said_place(citation: Citation) -> str:
    """Return where a quote stands: title, section, page, document, characters, date, version."""
    page = f"第 {citation.page} 页" if citation.page else ""
    version = f"第 {citation.version} 版" if citation.version else ""
    at = f"第 {citation.start}–{citation.end} 字"
    parts = (
        f"《{citation.title}》", citation.section, page, citation.document, version, at,
        citation.date or "",
    )  # fmt: skip
    return "，".join(part for part in parts if part)
