"""Three or more stated figures of one paragraph, added up: named parts, or a run of months.

“甲资金、乙资金和丙贷款合计多少”, “4到6月一共完成投资多少”.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import pairwise

from assistant.question import Question
from assistant.records import Value
from assistant.stated.added import ADDED, Part, digits_of, label_of, paragraphs_of, part_of
from assistant.statements import Draft, Source, Statement, escape
from assistant.things.amended import fold_same
from assistant.things.naming import FEW
from index.library import Library
from index.records import Document, View
from index.words import fold
from prompts import render

LEAST = 3
MOST = 12
_NAMED = re.compile(
    rf"(?P<names>[^，,。？?]{{8,80}}?)(?:三者|三项|几项)?{ADDED}[^，,。？?]{{0,14}}多少"
)
_BETWEEN = re.compile(r"、|加上?|和|与|跟|及")
_LEADING = re.compile(r"^.*的(?=.{2,})")
# Of months from January on, reports state what was done up to then.
_MONTHS = re.compile(
    rf"(?<!\d)(?P<from>[2-9]|1[0-2])月?份?(?:到|至|—|－|-|~|～)(?P<to>\d{{1,2}})月份?[^，,。？?\d]{{0,8}}?{ADDED}(?P<rest>[^，,。？?]{{0,10}})多少"
)
_OF_MONTH = r"(?<![\d—\-–~～至到]){month}月份?(?:当月|单月)?(?:新增)?(?:完成)?(?:投资)?(?:额)?"


def answer_several(question: Question, library: Library) -> Draft | None:
    """Return the sum of the stated figures, None unless one paragraph states every one."""
    text = fold(question.text)
    if question.language != "zh" or len(library.files()) > FEW:
        return None
    asked = list(_asked(text))
    money = re.search(r"投资|资金|支出|贷款|元", text) is not None
    if not LEAST <= len(asked) <= MOST:
        return None
    best: tuple[str, list[Part], View, Document, int] | None = None
    for document, view, file_id, low, high in paragraphs_of(library):
        folded = fold_same(view.text)
        parts = [part_of(folded, low, high, label, "") for _, label in asked]
        found = [part for part in parts if part is not None]
        date = document.date or ""
        if len(found) < len(parts) or not _alike(found, money) or (best and date <= best[0]):
            continue
        best = (date, found, view, document, file_id)
    return _draft([name for name, _ in asked], *best[1:]) if best else None


def _asked(text: str) -> Iterator[tuple[str, re.Pattern[str]]]:
    """Yield what is to be added up, each with what finds its label."""
    if match := _MONTHS.search(text):
        for month in range(int(match["from"]), int(match["to"]) + 1):
            yield f"{month}月", re.compile(_OF_MONTH.format(month=month))
    elif match := _NAMED.search(text):
        first, *others = _BETWEEN.split(match["names"])
        for name in (_LEADING.sub("", first), *others):
            if len(name) < 2:
                return
            yield name, label_of(name, None)


def _alike(parts: Sequence[Part], money: bool) -> bool:
    """Tell whether figures are of one unit, each another, in the order of their places."""
    same = {part.quantity.unit for part in parts}
    apart = all(a.quantity.start < b.quantity.start for a, b in pairwise(parts))
    return len(same) == 1 and apart and "%" not in same and (not money or "元" in same)


def _draft(
    names: Sequence[str], parts: Sequence[Part], view: View, document: Document, file_id: int
) -> Draft:
    total = sum((part.quantity.value for part in parts), Decimal(0))
    finest = max(parts, key=lambda part: part.quantity.places)
    said = finest.quantity.say(total)
    formula = f"{' + '.join(part.quantity.text for part in parts)} = {said}"
    text = render(
        "stated_sum", "zh", first=escape("、".join(names[:-1])), second=escape(names[-1]),
        label="", total=said, formula=formula,
    )  # fmt: skip
    sources = tuple(
        dict.fromkeys(
            Source(file_id, document.ordinal, *view.span(part.low, part.quantity.end))
            for part in parts
        )
    )
    draft = Draft([Statement(text, sources, computed=digits_of(said))])
    number = re.match(r"[\d.]+", said)
    draft.value = Value(float(number.group()), said[number.end() :], formula) if number else None
    draft.short = said
    draft.interpretation = {"kind": "sum", "filters": {}}
    return draft
