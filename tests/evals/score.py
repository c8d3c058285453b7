"""Score one answer against one gold question (form: see questions/README.md).

Pure functions over the JSON form of answers; standard library only.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

Json = Mapping[str, Any]


@dataclass(slots=True)
class Score:
    """What is wrong with an answer; none of it means right."""

    faults: list[str] = field(default_factory=list)

    @property
    def right(self) -> bool:
        return not self.faults


def plain(markdown: str) -> str:
    """Return the answer's words: no bold, no citation marks, no escapes."""
    text = re.sub(r"(?<!\\)\*\*", "", markdown)
    text = re.sub(r"(?<!\\)\[\d+\]", "", text)
    return re.sub(r"\\([\\*\[\]|])", r"\1", text)


def holds(text: str, variant: str) -> bool:
    """Tell whether ``variant`` stands in ``text``, not as part of a longer number."""
    before = r"(?<![\d.])" if variant[:1].isdigit() else ""
    after = r"(?![\d]|\.\d)" if variant[-1:].isdigit() else ""
    return re.search(before + re.escape(variant) + after, text) is not None


def score(gold: Json, answer: Json, texts: Mapping[str, str]) -> Score:
    """Return the faults of ``answer``; ``texts`` maps documents to canonical texts."""
    expect = gold["expect"]
    found = Score()
    text = plain(answer["answer"])
    if bool(answer["refused"]) != bool(expect["refuse"]):
        found.faults.append("refused" if answer["refused"] else "not refused")
    found.faults += _citations(answer, texts)
    if expect["refuse"]:
        return found
    for variants in expect["must_all"]:
        if not any(holds(text, v) for v in variants):
            found.faults.append(f"missing {'/'.join(variants)}")
    found.faults += [f"must not say {v}" for v in expect.get("must_not", []) if holds(text, v)]
    premise = expect.get("premise_correction")
    if premise and not any(v in text for v in premise):
        found.faults.append("premise not corrected")
    if expect.get("count") is not None and not _counts(expect["count"], answer, text):
        found.faults.append(f"count is not {expect['count']}")
    lines = _lines(answer, text)
    found.faults += _items(expect, lines)
    found.faults += _evidence(gold.get("evidence", []), answer, texts)
    return found


def _counts(count: int, answer: Json, text: str) -> bool:
    return answer.get("count") == count or holds(text, str(count))


def _lines(answer: Json, text: str) -> list[str]:
    rows = [
        " ".join(str(v) for k, v in row.items() if k != "cells" and v is not None)
        for row in answer.get("rows") or []
    ]
    return rows or [line for line in text.splitlines() if line.lstrip().startswith("- ")] or [text]


def _items(expect: Json, lines: Sequence[str]) -> list[str]:
    faults = []
    items = expect.get("items") or []
    for item in items:
        fits = [line for line in lines if any(name in line for name in item["name"])]
        if not fits:
            faults.append(f"item missing: {item['name'][0]}")
        for variants in item["with"]:
            if fits and not any(v in line for v in variants for line in fits):
                faults.append(f"{item['name'][0]} without {'/'.join(variants)}")
    for name in expect.get("rows_must_not") or []:
        if any(name in line for line in lines):
            faults.append(f"wrong row: {name}")
    if items and len(lines) > 1:
        known = [n for item in items for n in item["name"]] + list(expect.get("optional") or [])
        extra = [line for line in lines if not any(name in line for name in known)]
        faults += [f"extra row: {line[:30]}" for line in extra]
    return faults


def _citations(answer: Json, texts: Mapping[str, str]) -> list[str]:
    faults = []
    for c in answer["citations"]:
        if texts.get(c["document"], "")[c["start"] : c["end"]] != c["quote"] or not c["quote"]:
            faults.append(f"citation {c['n']} is not verbatim")
    if answer["refused"] and answer["citations"]:
        faults.append("refused with citations")
    if not answer["refused"] and not answer["citations"]:
        faults.append("no citation")
    return faults


def _evidence(wanted: Sequence[Json], answer: Json, texts: Mapping[str, str]) -> list[str]:
    faults = []
    for evidence in wanted:
        text = texts.get(evidence["doc"], "")
        spans = _occurrences(text, evidence["contains"])
        cited = [c for c in answer["citations"] if c["document"] == evidence["doc"]]
        hit = any(c["start"] < b and c["end"] > a for c in cited for a, b in spans)
        if not hit:
            faults.append(f"not cited: {evidence['contains'][:20]}")
    return faults


def _occurrences(text: str, words: str) -> list[tuple[int, int]]:
    loose = r"\s*".join(re.escape(c) for c in words if not c.isspace())
    return [m.span() for m in re.finditer(loose, text)] if loose else []
