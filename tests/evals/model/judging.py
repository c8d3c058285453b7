"""What of an answer is shown as verified, and whether its cited words hold it.

Written without the checker that is judged: plain substrings of the cited quotes.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

_SENTENCE = re.compile(r"(?P<words>[^\[\]]+?)(?P<marks>(?:\[\d+\])+)")
_OWN = ("\n原文依据：\n", "\nIn the documents' own words:\n")
_FAILED = ("（未核实）", "(unverified)")
_NUMBER = re.compile(r"\d+(?:,\d{3})*(?:\.\d+)?")
STATUSES = (
    "未开工", "尚未开工", "已开工", "开工", "停工", "滞后", "竣工", "完工", "建成", "投用", "取消",
    "在建", "前期", "完成年度计划", "赶上",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Shown:
    """A sentence of the wording that is shown as verified, and the numbers of its citations."""

    words: str
    numbers: tuple[int, ...]


def wording_of(answer: Mapping[str, Any]) -> str:
    """Return what a language model wrote above the documents' own words; empty where none did."""
    text = str(answer["answer"])
    return next((text.partition(line)[0] for line in _OWN if line in text), "")


def shown_as_verified(answer: dict[str, Any]) -> list[Shown]:
    """Return the model's sentences that the answer shows as verified."""
    found = []
    for line in wording_of(answer).splitlines():
        for match in _SENTENCE.finditer(line.replace("\\", "")):
            words = match["words"].strip().removeprefix("- ")
            if not words.endswith(_FAILED):
                numbers = tuple(int(n) for n in re.findall(r"\d+", match["marks"]))
                found.append(Shown(words, numbers))
    return found


def violations(answer: dict[str, Any], names: Collection[str]) -> list[str]:
    """Return what is shown as verified though its cited words do not hold it."""
    by_number = {c["n"]: c for c in answer["citations"]}
    counted = _counted(answer)
    found = []
    for shown in shown_as_verified(answer):
        cited = [by_number[n] for n in shown.numbers if n in by_number]
        if len(cited) < len(shown.numbers):
            found.append(f"no such citation: {shown.words}")
        held = _plain("".join(f"{c['quote']}{c['title']}{c['section']}" for c in cited))
        found += [f"{what}: {shown.words}" for what in _not_held(shown.words, held, counted, names)]
    return found


def _not_held(
    words: str, held: str, counted: Collection[str], names: Collection[str]
) -> Iterator[str]:
    said = _plain(words)
    there = {n.replace(",", "") for n in _NUMBER.findall(held)} | set(counted)
    for number in _NUMBER.findall(said):
        if number.replace(",", "") not in there:
            yield f"number {number}"
    for name in names:
        if _plain(name) in said and _plain(name) not in held:
            yield f"name {name}"
    for status in STATUSES:
        if status in said and status not in held:
            yield f"status {status}"


def _counted(answer: dict[str, Any]) -> list[str]:
    """Return the figures that the code has counted or computed: they stand in its own lines."""
    text = answer["answer"]
    own = next((text.partition(line)[2] for line in _OWN if line in text), text)
    return [n.replace(",", "") for n in _NUMBER.findall(_plain(re.sub(r"\[\d+\]", "", own)))]


def _plain(text: str) -> str:
    return re.sub(r"\s", "", unicodedata.normalize("NFKC", text))


def median(values: Sequence[float]) -> float | None:
    """Return the middle value, None of none."""
    ordered = sorted(values)
    return ordered[len(ordered) // 2] if ordered else None
