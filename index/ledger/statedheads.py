"""Items whose state stands in brackets behind their names: “2．青坪大桥【欠时序】牵头：县交通局。”.

A document that writes several so writes all so. What follows is read for whose the item is, its
amounts and dates, and, of what is late, for the clause that a label says to be the reason
(“停下来的原因：……”, “拖后腿的是：……”).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import zip_longest

from index.ledger.attributes import Fields, read_attributes
from index.ledger.builder import Builder, Line
from index.ledger.entries import past_label
from index.ledger.names import is_generic, is_sentence
from index.ledger.narratives import entry_roster
from index.ledger.records import STATE, Span, Words
from index.ledger.states import State, bare_name
from index.ledger.statewords import likely_status
from index.ledger.status import Status, status_of

MIN_ITEMS = 3  # of a document that begin so
_HEAD = re.compile(
    r"(?P<name>[^，。；：:、\n【】\[\]〔〕［］*]{3,45})\s*[【\[〔［]\s*(?P<state>[^】\]〕］\n]{2,10}?)\s*[】\]〕］]\s*[：:，,]?\s*"
)
_OWNER = re.compile(
    r"(?<=[。；，\s】\]〕］：])(?:责任|牵头|实施|主责|主管|承办|建设|负责)(?:单位|部门|主体)?[：:]\s*(?P<unit>[^，。；、：:\s]{2,20})(?=[，。；\s]|$)"
)
_WHY = re.compile(
    r"(?:原因(?:在于|是|为)?|(?:存在)?(?:的)?(?:问题|困难)(?:是)?|拖(?:了)?后腿的是|症结(?:是|在于)?|堵点(?:是)?|障碍(?:是)?)[：:]\s*(?P<why>(?!无[。；\s]|没有[。；\s])[^。；\n]+)"
)
_LATE = frozenset({"not_started", "suspended", "cancelled"})


@dataclass(frozen=True, slots=True)
class _Item:
    """An item: its line, and where it, its name, its state and what follows them stand."""

    line: Line
    span: Span
    name: Span
    said: Span
    body: Span
    status: Status
    state: str


def read_stated_heads(builder: Builder, lines: Sequence[Line], states: Mapping[str, State]) -> None:
    """Read the items whose names a state in brackets follows, where a document has several."""
    items = [item for item in _items(builder, lines, states) if not builder.is_used(item.span)]
    if len(items) < MIN_ITEMS:
        return
    for item in items:
        _add(builder, item)


def _items(builder: Builder, lines: Sequence[Line], states: Mapping[str, State]) -> Iterator[_Item]:
    text = builder.view.text
    for line, following in zip_longest(lines, lines[1:]):
        end = line.end_of_all(text, following)
        low = past_label(text, line.start, line.end)
        head = _HEAD.match(text, low, end)
        if head is None or is_generic(head["name"]) or is_sentence(head["name"]):
            continue
        own = states.get(head["state"]) or states.get(bare_name(head["state"]))
        status = own.status if own else _status(head["state"])
        if status:
            body = (head.end(), end)
            name = own.name if own else ""
            yield _Item(line, (low, end), head.span("name"), head.span("state"), body, status, name)


def _status(said: str) -> Status:
    return status_of(said, heading=True) or likely_status(said)


def _add(builder: Builder, item: _Item) -> None:
    text, context = builder.view.text, builder.context(item.line)
    said = read_attributes(builder.view, *item.body)
    fields: Fields = {k: w for k, w in said.items() if k not in ("name", "unit", "status_text")}
    fields |= {"name": builder.name([item.name]), "status_text": builder.words(item.said)}
    if owner := _OWNER.search(text, *item.body):
        fields["unit"] = builder.words(owner.span("unit"))
    if context.as_of:
        fields.setdefault("as_of", context.as_of)
    if item.state:
        fields[STATE] = Words(item.state, fields["status_text"].spans)
    late = item.status.stage in _LATE or item.status.progress == "behind"
    if late and (why := _WHY.search(text, *item.body)):
        fields["reason"] = builder.words(why.span("why"))
    elif not late:
        fields.pop("reason", None)
    span = builder.view.span(*item.span)
    builder.record(context.kind, entry_roster(builder, context, span), span, fields, item.status)
    builder.use(item.span)
