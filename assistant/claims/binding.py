"""What a figure or a date is said of: its clause in the claim beside its clause in the source."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from assistant.claims.dates import dates
from assistant.claims.folding import pairs_of
from assistant.claims.quantities import quantities

LEAST_ELSEWHERE = 2  # pairs of characters that the source says of another figure
_CLAUSE = re.compile(r"[^,;。:!?\n]+")
_SENTENCE = re.compile(r"[^。!?\n]+")
_BEFORE = re.compile(r"([\u4e00-\u9fff]{2})(?:的?有?|了|达到?|为|仅|只有?|约|近)$")
_PLAIN = re.compile(
    r"完成|已经|全部|其中|目前|项目|工程|截至|累计|要求|之前|以上|以下|左右|投资|分别|均已|共有|共计|达到|超过|不足"
)


class _Anchor(NamedTuple):
    """A figure or a date: what is compared of it, and where it stands."""

    key: tuple[object, ...]
    kind: str
    start: int
    end: int
    words: str


def unbound(claim: str, evidence: str) -> Iterator[str]:
    """Yield the figures and dates of folded ``claim`` that the source says of something else.

    What stands in the clause of a figure is looked for in the prose of ``evidence`` beside
    the same figure, and beside others of its kind; where it stands with another one, the
    figure was moved. A clause with two of a kind is not judged, nor a table: its cells
    share no grammar. Names in ``claim`` are to be blanked out before.
    """
    theirs = list(_windows(evidence))
    yield from _exchanged(claim, evidence)
    for clause in _CLAUSE.findall(claim):
        anchors = list(_anchors(clause))
        for anchor in anchors:
            if sum(other.kind == anchor.kind for other in anchors) > 1:
                continue
            beside = [held for other, held in theirs if other.key == anchor.key]
            others = [
                held
                for other, held in theirs
                if other.kind == anchor.kind and other.key != anchor.key
            ]
            if not beside or not others:
                continue
            told = pairs_of(_PLAIN.sub(" ", clause[: anchor.start] + " " + clause[anchor.end :]))
            here = max(len(told & held) for held in beside)
            there = max(len(told & held) for held in others)
            if there - here >= LEAST_ELSEWHERE and here * 3 <= there:
                yield anchor.words


def _exchanged(claim: str, evidence: str) -> Iterator[str]:
    """Yield figures right behind a word that the source puts before another of their kind.

    “新制定8项、修订5项” of “新制定5项、修订8项”.
    """
    lines = [line for line in evidence.split("\n") if "\t" not in line]
    held = [found for line in lines for found in _ahead(line)]
    for anchor, word in _ahead(claim):
        same = {before for other, before in held if other.key == anchor.key}
        others = {
            before
            for other, before in held
            if other.kind == anchor.kind and other.key != anchor.key
        }
        clause = re.split(r"[,;。:]", claim[: anchor.start])[-1]
        elsewhere = word in others and not any(own in clause for own in same)
        if same and elsewhere and word and not word.endswith("中"):
            yield anchor.words


def _ahead(text: str) -> Iterator[tuple[_Anchor, str]]:
    """Yield each figure with the two characters right before it; empty where they are none."""
    for anchor in _anchors(text):
        before = _BEFORE.search(text, 0, anchor.start)
        yield anchor, before[1] if before and anchor.kind != "date" else ""


def _windows(text: str) -> Iterator[tuple[_Anchor, set[str]]]:
    """Yield each figure and date with the pairs of characters from the last one to the next."""
    for sentence in _SENTENCE.findall(text):
        if "\t" in sentence:
            continue
        anchors = sorted(_anchors(sentence), key=lambda a: a.start)
        for at, anchor in enumerate(anchors):
            low = anchors[at - 1].end if at else 0
            high = anchors[at + 1].start if at + 1 < len(anchors) else len(sentence)
            lead = _lead(sentence, anchor.start, anchors)
            beside = f"{lead} {sentence[low : anchor.start]} {sentence[anchor.end : high]}"
            yield anchor, pairs_of(beside)


def _lead(sentence: str, at: int, anchors: list[_Anchor]) -> str:
    """Return what a clause says before its first figure, which is of all figures in it."""
    start = max((m.end() for m in re.finditer(r"[,;:]", sentence[:at])), default=0)
    first = next((a.start for a in anchors if a.start >= start), at)
    return sentence[start:first]


def _anchors(text: str) -> Iterator[_Anchor]:
    for q in quantities(text):
        if q.value == 1 or q.unit == "元":  # what money measures is told by its label
            continue
        yield _Anchor((round(q.value, 4), q.unit), q.unit, q.start, q.end, q.words.strip())
    for when in dates(text):
        key = (when.month, when.day, when.part, when.span)
        if any(key):
            yield _Anchor(key, "date", when.start, when.end, when.words)
