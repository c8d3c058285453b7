"""What units are said to have done, against the sentences about their projects behind it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from index.ledger.amounts import Amount, amounts
from index.ledger.builder import Builder
from index.ledger.checks.sums import adds_up, wrong_sum
from index.ledger.checks.terms import NOTHING_DONE
from index.ledger.records import Finding, Words
from index.ledger.status import status_of
from index.ledger.unitopenings import DONE, MIN_UNITS, Opening
from index.records import View
from index.sentences import parts, sentences

_DONE_BEHIND = re.compile(
    r"(?:的)?(?:年度)?(?:计划|任务|投资|资金)?(?:已|也|都|均|如数|全部|全数)*(?:完成|做满|用完|做完|花完|足额)"
)
_NOT_DONE = re.compile(r"(?:未|没有?|(?<!的)计划|拟|力争|需)$")
# “1300万元的计划还没有动工”: what stands behind the plan says how the project stands.
_OF_PLAN = re.compile(r"元的(?:年度)?(?:计划|任务|投资)")


def unit_sums(builder: Builder, openings: Sequence[Opening]) -> Iterator[Finding]:
    """Yield each opening whose amount is not that of its sentences, if those of most are."""
    read = [(one, one.done, told) for one in openings if one.done and (told := _told(builder, one))]
    wrong = [(one, done, told) for one, done, told in read if not adds_up(done, told)]
    if len(read) - len(wrong) < max(MIN_UNITS, 2 * len(wrong)):
        return
    for one, done, told in wrong:
        says = f"“{one.unit.text}”原文写完成{done.text}，各项目相加为"
        spans = [one.span, *(words.spans[0] for words in told)]
        yield from wrong_sum(builder.document.ordinal, says, done, told, spans=spans)


def _told(builder: Builder, one: Opening) -> list[Words]:
    """Return what each sentence behind an opening says is done, nothing unless all can be read."""
    view = builder.view
    low = one.end + 1
    inner = View(view.text[low : one.line.end], view.offsets[low : one.line.end])
    told = [(low + a, low + b) for a, b in sentences(inner)]
    found: list[Words] = []
    for start, end in told:
        amount = _done(view.text, start, end)
        if amount:
            found.append(builder.words((amount.start, amount.end), amount.value))
        elif not _is_empty(view.text[start:end]):
            return []
    return found if len(told) == one.number else []


def _is_empty(sentence: str) -> bool:
    said = (sentence, _OF_PLAN.split(sentence)[-1])
    return any(status_of(words).stage in NOTHING_DONE for words in said)


def _done(text: str, start: int, end: int) -> Amount | None:
    """Return the amount that a project's sentence says is done."""
    for amount in amounts(text, start, end):
        before = text[max(start, amount.start - 12) : amount.start]
        said = DONE.search(before)
        if said and not _NOT_DONE.search(before[: said.start()]):
            return amount
    for amount in amounts(text, start, end):
        if _DONE_BEHIND.match(text, amount.end, end) and not _amounts_behind(text, amount.end, end):
            return amount
    return None


def _amounts_behind(text: str, start: int, end: int) -> bool:
    """Tell whether the clause goes on to another amount (“700万元的计划完成500万元”)."""
    stop = next(parts(text, start, end, "，,。；;"), (start, end))[1]
    return next(amounts(text, start, stop), None) is not None
