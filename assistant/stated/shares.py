"""What share of a stated whole a stated part is: “应付2000万元，只付了500万元” makes 25%."""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import pairwise

from assistant.ledger.money import percent
from assistant.records import Value
from assistant.stated.passages import Said, pairs_of
from assistant.statements import Draft, Statement, escape
from assistant.things.synonyms import share_said
from assistant.things.wants import words_of
from index.ledger.quantities import Quantity, quantities
from index.words import fold
from prompts import render

ENOUGH = 0.6  # of the words asked about, that a sentence must say
NEARLY_ALL = 0.8  # of them by their like (“批下来”: “获批”)
_ASKED = re.compile(
    r"(?:已经?|一共|总共|共|才|只)?(?P<verb>[\u4e00-\u9fff]{1,4}?)(?:了|的)?(?:占)?(?:百分之几|百分之多少|几成|多大比例|(?:比例|占比)(?:是|有)?多少)"
)
_WHOLE = re.compile(
    r"应|需|须|总|计划|共|安排|核定|下达|上报|申报|任务|目标|预算|申请|发放|拟|原有|涉及"
)
_PART = re.compile(r"已|只|仅|才|实际|完成|收回|到位|落实|累计")
_REST = re.compile(r"仍|还|尚|剩|未|没|缺|欠|余下|其余|不足|低于|超")
_RESTED = re.compile(r"没|未|还差|剩|欠|缺")
_EDGE = re.compile(r"[，,；;。：:、（）()]")


def answer_share(text: str, said: Iterable[Said]) -> Draft | None:
    """Return the share with its formula; None where no one sentence says both figures."""
    asked = _ASKED.search(text)
    if asked is None or _RESTED.search(asked.group()):
        return None
    topic = pairs_of(text[: asked.start()] + "，" + asked["verb"])
    words = words_of(fold(text[: asked.start()] + asked["verb"]))
    best: tuple[float, Said, Quantity, Quantity] | None = None
    for one in said:
        said_so = share_said(one.text, words)
        score = max(one.shares(topic), said_so if said_so >= NEARLY_ALL else 0.0)
        pair = _pair(one, asked["verb"]) if score >= ENOUGH else None
        if pair and (best is None or score > best[0]):
            best = (score, one, *pair)
    return _worked(best[1], best[2], best[3]) if best else None


def _pair(one: Said, verb: str) -> tuple[Quantity, Quantity] | None:
    """Return the part and the whole that stand next to each other in a sentence."""
    found = list(quantities(one.view.text, one.start, one.end))
    pairs = []
    for whole, part in pairwise(found):
        if whole.unit != part.unit or whole.unit == "%" or not 0 < part.value <= whole.value:
            continue
        labels = [_label(one, q) for q in (whole, part)]
        if whole.hedged or part.hedged or _REST.search(labels[1]) or not _PART.search(labels[1]):
            continue
        if _PART.search(labels[0]) or not _WHOLE.search(labels[0]):
            continue
        if any(q.unit == "%" and part.end <= q.start <= part.end + 12 for q in found):
            continue  # the sentence states the share itself
        if not set(verb) & set("".join(labels)):
            continue
        pairs.append((part, whole))
    return pairs[0] if len(pairs) == 1 else None


def _label(one: Said, quantity: Quantity) -> str:
    low = max(
        (m.end() for m in _EDGE.finditer(one.view.text, one.start, quantity.start)),
        default=one.start,
    )
    return one.view.text[low : quantity.start]


def _worked(one: Said, part: Quantity, whole: Quantity) -> Draft:
    share = percent(part.value / whole.value * 100)
    expression = f"{part.text} ÷ {whole.text} = {share}"
    text = render(
        "stated_share", "zh", words=escape(one.text), share=share, formula=escape(expression)
    )
    numbers = frozenset({share, share.rstrip("%")})
    draft = Draft([Statement(text, (one.source(one.start, one.end),), computed=numbers)])
    draft.value = Value(float(share.rstrip("%")), "%", expression)
    draft.short = share
    return draft
