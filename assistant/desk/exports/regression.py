"""Verified and corrected answers as questions that an evaluation asks again.

The rows have the form of ``tests/evals/questions``: what a right answer says, what it
must not say, and the places that it must cite.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from assistant.desk.claims import unmarked_words
from assistant.desk.records import Case, Decision
from assistant.records import Answer, Citation
from index.words import chinese_share

# A figure with its unit, or a date in parts: what an answer must not get wrong.
_UNIT = r"[%％‰]|万亿元|亿元|万元|个百分点|平方米|公里|[亿万元个项家人处套户亩米吨年月日]"
_FIGURE = re.compile(rf"\d+(?:[.,，]\d+)*(?:\s?(?:{_UNIT}))?")
_LEAD = re.compile(r"^\s*\d{1,4}\.\s")  # the number of an item is none of its figures
_MARK = re.compile(r"\[(\d{1,4})\]")
_CHINESE = 0.2  # share of Chinese letters from which a question counts as Chinese


@dataclass(frozen=True, slots=True)
class LeftOut:
    """An answer that makes no question, and why."""

    turn: int
    why: str


def regression_rows(cases: Iterable[Case]) -> tuple[list[dict[str, Any]], list[LeftOut]]:
    """Return the questions, and the answers that make none."""
    rows, left = [], []
    for case in cases:
        why = _unusable(case)
        if why:
            left.append(LeftOut(case.turn.id, why))
        else:
            rows.append(regression_row(case))
    return rows, left


def _unusable(case: Case) -> str | None:
    if case.state not in ("verified", "corrected"):
        return "没有核实"
    if case.turn.answer is None:
        return "所引文件已彻底删除"
    if case.outdated:
        return "来源已更新或撤回，现在的答案可以不同"
    if case.turn.origin:
        return "提问的条件是在页面上改过的，不能只凭问题重现"
    return None


def regression_row(case: Case) -> dict[str, Any]:
    """Return an answer that was verified or corrected as one question."""
    answer, decision = case.turn.answer, case.decision
    assert answer is not None
    assert decision is not None
    read = answer.interpretation.get("standalone")
    question = read if isinstance(read, str) and read else case.turn.question
    expect = (
        _corrected(answer, decision.text) if decision.verdict == "corrected" else _verified(answer)
    )
    return {
        "id": f"desk-{case.turn.id}",
        "lang": "zh" if chinese_share(question) >= _CHINESE else "en",
        "type": str(answer.interpretation.get("kind") or "other"),
        "question": question,
        "history": [],
        "expect": {"refuse": False, "premise_correction": [], **expect},
        "evidence": [
            {"doc": c.document, "contains": c.quote} for c in _borne_out(case, answer, decision)
        ],
        "verified": {"verdict": decision.verdict, "by": decision.by, "at": decision.at},
    }


def _verified(answer: Answer) -> dict[str, Any]:
    """Return what an answer says that was found right: its rows, else its figures."""
    items = _items(answer, None)
    said = unmarked_words(answer.answer)
    facts = [] if items else _figures(said)
    if answer.short and answer.short in said:
        facts = [answer.short]
    return {
        "must_all": [_spellings(fact) for fact in facts],
        "must_not": [],
        "items": items,
        "count": answer.count,
    }


def _corrected(answer: Answer, text: str) -> dict[str, Any]:
    """Return what a corrected text says, and the figures and rows that it took out."""
    said = _MARK.sub("", text)
    items = _items(answer, said)
    wrong = [f for f in _figures(unmarked_words(answer.answer)) if f not in said]
    names = [_name(answer, row) for row in answer.rows or ()]
    gone = [name for name in dict.fromkeys(names) if name and name not in said]
    return {
        "must_all": [_spellings(fact) for fact in _figures(said)],
        "must_not": [f for f in wrong if not any(f in name for name in names)],
        "items": items,
        "rows_must_not": gone,
        "count": len(items) if items and answer.count is not None else None,
    }


def _items(answer: Answer, said: str | None) -> list[dict[str, Any]]:
    """Return the rows as items; of a corrected text, those that it names, by their name alone."""
    columns = [key for key in (answer.columns or ())[1:] if said is None]
    items: dict[str, list[list[str]]] = {}
    for row in answer.rows or ():
        name = _name(answer, row)
        if name and (said is None or name in said):
            cells = [row.get(key) for key in columns]
            wanted = [[cell] for cell in cells if isinstance(cell, str) and cell]
            items.setdefault(name, []).extend(wanted)
    return [{"name": [name], "with": wanted} for name, wanted in items.items()]


def _name(answer: Answer, row: dict[str, Any]) -> str:
    """Return what a row is about: its name, else its first cell."""
    first = answer.columns[0] if answer.columns else "name"
    return str(row.get("name") or row.get(first) or "")


def _figures(said: str) -> list[str]:
    lines = (_LEAD.sub("", line) for line in said.split("\n"))
    return list(dict.fromkeys(f for line in lines for f in _FIGURE.findall(line)))


def _spellings(figure: str) -> list[str]:
    """Return a figure as it was written, and with no blank before its unit."""
    return list(dict.fromkeys((figure, re.sub(r"\s", "", figure))))


def _borne_out(case: Case, answer: Answer, decision: Decision) -> Sequence[Citation]:
    """Return the citations that bear the answer out: of a corrected text, those it marks."""
    marks = {int(n) for n in _MARK.findall(decision.text)} if decision.text else None
    wrong = {n for n, mark in case.latest.items() if mark.mark == "not_supported"}
    kept = [c for c in answer.citations if c.n not in wrong and (marks is None or c.n in marks)]
    seen: dict[tuple[str, str], Citation] = {}
    for citation in kept:
        seen.setdefault((citation.document, citation.quote), citation)
    return list(seen.values())
