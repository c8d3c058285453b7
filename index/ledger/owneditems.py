"""Items that each begin with a name and whose it is: “12. **A**。县水务局承担，今年安排……”.

Behind the owner stands what is planned, then what is done, what is in the way, and at last the
state: “完成1900万元，管材两次流标，6月才开始敷设，慢于序时。” Where a document has such items they
are all read alike. “用地和征拆3个（第4、9、12项）” refers to them by their numbers.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import zip_longest

from index.headings import numbering_of
from index.ledger.amounts import amounts
from index.ledger.attributes import Fields, read_attributes
from index.ledger.builder import Builder, Line
from index.ledger.edges import trimmed
from index.ledger.entries import is_part, past_label
from index.ledger.labels import IN_TEXT
from index.ledger.names import is_generic, is_sentence
from index.ledger.narratives import entry_roster
from index.ledger.owners import owner_clause
from index.ledger.ownstates import Block
from index.ledger.prose import chinese_count
from index.ledger.records import CAUSE, STATE, Span, Words
from index.ledger.states import State
from index.ledger.status import Status, status_of
from index.ledger.told import none_put_in, told_reason
from index.sentences import parts

MIN_ITEMS = 3  # of a document that begin so
_NAME = re.compile(r"(?P<name>[^，。；：:、\n*]{3,45})(?:\*\*|__)?\s*[。：:，,]\s*(?:\*\*|__)?\s*")
_NUMBER = re.compile(r"\D{0,4}(?P<number>\d{1,3})")
_FINAL = frozenset({"not_started", "suspended", "completed", "cancelled"})
_LATE = frozenset({"not_started", "suspended", "cancelled"})
# “审批和选址3个（第6、27、35项）”.
_REFERS = re.compile(
    r"(?P<words>[^，。；：:（）()\d]{2,20}?)(?:的|类|问题|方面)?(?:有|共)?"
    r"(?P<count>\d+|[一二两三四五六七八九十]+)[个项件](?:项目|工程)?"
    r"[（(](?:即|为)?(?:序号|编号|第)?(?P<numbers>\d{1,3}(?:(?:、|，|,|和|及)\s*第?\d{1,3}(?:项|号)?)*)"
    r"(?:[项号]|号项目)?[）)]"
)


@dataclass(frozen=True, slots=True)
class _Item:
    """One item: its line, its span, and where its name, its owner and its state stand."""

    line: Line
    span: Span
    name: Span
    unit: Span
    body: Span  # behind the owner
    said: Span
    status: Status
    number: int


def read_owned_items(
    builder: Builder, lines: Sequence[Line], states: Mapping[str, State], blocks: Sequence[Block]
) -> None:
    """Read the items of a document that begin with a name and its owner, where it has several.

    What stands in ``blocks``, or under a heading that says a status, is in that: others read it.
    """
    items = [
        item
        for item in _items(builder, lines)
        if not builder.is_used(item.span)
        and not builder.context(item.line).status
        and not any(block.start <= item.span[0] < block.end for block in blocks)
    ]
    if len(items) < MIN_ITEMS:
        return
    causes = _causes(builder, items)
    for item in items:
        _add(builder, item, states, causes.get(item.number))


def _items(builder: Builder, lines: Sequence[Line]) -> Iterator[_Item]:
    text = builder.view.text
    for line, following in zip_longest(lines, lines[1:]):
        end = line.end_of_all(text, following)
        if line.heading and end == line.end:
            continue
        if item := _item(text, line, end):
            yield item


def _item(text: str, line: Line, end: int) -> _Item | None:
    low = past_label(text, line.start, end)
    named = _NAME.match(text, low, end) if low > line.start else None
    if named is None or is_generic(named["name"]) or is_sentence(named["name"]):
        return None
    clauses = list(parts(text, named.end(), end, "，,。；;"))
    first = trimmed(text, *clauses[0]) if clauses else None
    owner = owner_clause(text, *first) if first else None
    if first is None or owner is None or owner.said or is_part(named["name"]):
        return None
    if owner.unit[0] > first[0] + len("由"):
        return None  # “责任单位县住建局”: labels go on behind it
    state = _state(text, clauses[1:])
    if state is None or IN_TEXT.search(text, first[1], end):
        return None
    label = numbering_of(text[line.start : end])
    told = _NUMBER.match(text, line.start, low) if label else None
    number = int(told["number"]) if told else 0
    body = (min(first[1] + 1, end), end)
    return _Item(line, (low, end), named.span("name"), owner.unit, body, *state, number)


def _state(text: str, clauses: Sequence[Span]) -> tuple[Span, Status] | None:
    """Return the clause that says where the thing stands: the last that says it of the whole.

    Of several that say it is completed (“8月完工，9月启用”) the first tells of it; “2600万元
    已全部完成” says it only where no other clause does.
    """
    told: list[tuple[Span, Status]] = []
    for span in clauses:
        said = status_of(text[slice(*span)])
        if said.progress or said.stage in _FINAL:
            told.append((trimmed(text, *span), said))
    of_work = [one for one in told if next(amounts(text, *one[0]), None) is None]
    told = of_work or told
    if not told:
        return None
    last = told[-1]
    if last[1].stage == "completed" and not last[1].progress:
        while len(told) > 1 and told[-2][1].stage == "completed" and not told[-2][1].progress:
            told.pop()
    return told[-1]


def _add(builder: Builder, item: _Item, states: Mapping[str, State], cause: Words | None) -> None:
    view, context = builder.view, builder.context(item.line)
    said = read_attributes(view, *item.body)
    # What “由某局……” names in the body is another's part.
    fields: Fields = {k: w for k, w in said.items() if k not in ("name", "unit", "status_text")}
    fields |= {
        "name": builder.name([item.name]),
        "unit": builder.words(item.unit),
        "status_text": builder.words(item.said),
    }
    if context.as_of:
        fields["as_of"] = context.as_of
    status = Status(
        item.status.stage if item.status.stage in _FINAL else None, item.status.progress
    )
    if status.stage in _LATE or status.progress == "behind":
        if why := _why(view.text, item):
            fields["reason"] = builder.words(why)
        if cause:
            fields[CAUSE] = cause
    if state := _own_state(status, states):
        fields[STATE] = Words(state.name, fields["status_text"].spans)
    span = view.span(*item.span)
    roster = entry_roster(builder, context, span)
    builder.record(context.kind, roster, span, fields, status)
    builder.use(item.span)


def _own_state(status: Status, states: Mapping[str, State]) -> State | None:
    """Return the document's own state that is meant, where but one of them means the same."""
    said = (status.stage, status.progress)
    same = [s for s in states.values() if (s.status.stage, s.status.progress) == said]
    return same[0] if len(same) == 1 else None


def _why(text: str, item: _Item) -> Span | None:
    """Return what stands between the amounts done and the state: what is in the way.

    “完成1900万元，|基坑碰到光缆，迁改方案定不下来，|7月10日起停工”
    """
    sentences = [span for span in parts(text, *item.body, "。") if span[0] < item.said[0]]
    # What is planned stands in the sentence of the owner.
    low = sentences[1][0] if len(sentences) > 1 else item.body[0]
    clauses = list(parts(text, low, item.said[0], "，,。；;"))
    while clauses and _is_bare(text[slice(*clauses[-1])]):
        clauses.pop()
    if not clauses:
        return None
    return told_reason(text, low, trimmed(text, low, clauses[-1][1])[1])


def _is_bare(clause: str) -> bool:
    return not clause.strip(" ，,。；;") or none_put_in(clause)


def _causes(builder: Builder, items: Sequence[_Item]) -> dict[int, Words]:
    """Return the words under which items are counted by their numbers, by number.

    None are taken where numbers come twice or the count is another than that of the numbers.
    """
    numbers = [item.number for item in items]
    found: dict[int, Words] = {}
    if len(set(numbers)) < len(numbers):
        return found
    for match in _REFERS.finditer(builder.view.text):
        referred = [int(n) for n in re.findall(r"\d+", match["numbers"])]
        if len(referred) == chinese_count(match["count"]) and set(referred) <= set(numbers):
            builder.use(match.span())  # no list of names
            for number in referred:
                found.setdefault(number, builder.words(match.span("words")))
    return found
