"""By when things are to be done, where a list's head or an item of a notice says it.

Minutes and plans sort projects by their deadlines (“9月底前动工5项：……”): each named behind such
a head has the head's, unless its own stands with it. A notice tells of each what is to be done
(“某水厂：9月20日前取得批复”): that is a measure with its deadline, and no reason.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from index.ledger.builder import Builder
from index.ledger.records import Record, Span

_DAY = (
    r"(?:\d{4}年|今年|明年|年内|年)?(?:\d{1,2}月(?:\d{1,2}[日号]|底|末|上旬|中旬|下旬|初)?"
    r"|[一二三四]季度(?:末|底)?|[上下]半年|年底|年末|年内|春节|国庆(?:节)?)(?:以前|之前|前|内)?"
)
_GOAL = (
    r"(?:全部|必须|务必|力争|确保|争取|要|可|能|应|将)*"
    r"(?:开工|动工|破土|复工|进场|启动|完工|竣工|建成|投产|投用|投入使用|交付(?:使用)?|通车|验收|完成|办结|销号|整改到位)"
)
_HEAD = re.compile(
    rf"(?P<when>{_DAY}(?:{_GOAL})+)(?:的|项目|工程|任务|事项|共|有|是|为)*"
    r"[（(]?(?:[\d一二三四五六七八九十]+)[个项件处]?(?:[^：:。；\n]{0,6})[）)]?[：:]"
)
_END = re.compile(r"[。；;\n]")


_DUTY = re.compile(
    rf"(?:要|应|须|务必|确保|力争|于|在)*(?P<when>{_DAY}(?<=[前内底]))(?=[\u4e00-\u9fff])"
)
# “县财政局9月30日前筹措余款”, “由某局会同某街道逐户上门，10月15日前完成签约”.
_WHO = re.compile(
    r"(?:由|请|责成)?(?P<unit>[^，。；：、\d]{1,12}(?:局|委|办|镇|乡|街道|公司|集团|中心|专班|政府|院|站))"
    rf"[^，。；]{{0,20}}?[，,]?[^，。；]{{0,12}}?(?P<when>{_DAY}(?<=[前内底]))(?=[\u4e00-\u9fff])"
)
_HARD = re.compile(r"难|紧[张缺]|短缺|不足|滞后|慢")
_LACKS = re.compile(r"未|没|无法|不[能到足得]|尚|缺")


def part_duties(builder: Builder, first: int) -> None:
    """Make a measure of what is to be done, in records from ``first`` on, where it is the reason.

    Its day becomes the deadline, unless the record has one.
    """
    records = builder.ledger.records
    for place in range(first, len(records)):
        record = records[place]
        words = record.fields.get("reason")
        plain = words is not None and not _LACKS.search(words.text)
        duty = _DUTY.match(words.text) if words and plain else None
        if words and plain and duty is None and not _HARD.search(words.text):
            duty = _WHO.match(words.text)
        if words is None or duty is None:
            continue
        fields = {key: held for key, held in record.fields.items() if key != "reason"}
        fields.setdefault("measures", words)
        if len(words.spans) == 1:
            start = builder.clean(words.start)
            when = (start + duty.start("when"), start + duty.end("when"))
            fields.setdefault("deadline", builder.words(when))
        records[place] = replace(record, fields=fields, reason_kind=None)


def add_due(builder: Builder, first: int) -> None:
    """Give the records from position ``first`` on the deadline of the list's head they stand in."""
    heads = list(_heads(builder.view.text))
    if not heads:
        return
    records = builder.ledger.records
    for place in range(first, len(records)):
        record = records[place]
        if "deadline" not in record.fields and (when := _due(builder, record, heads)):
            fields = {**record.fields, "deadline": builder.words(when)}
            records[place] = replace(record, fields=fields)


def _heads(text: str) -> Iterator[tuple[Span, Span]]:
    """Yield where a head says by when, and where its list stands."""
    for match in _HEAD.finditer(text):
        end = _END.search(text, match.end())
        yield match.span("when"), (match.end(), end.start() if end else len(text))


def _due(builder: Builder, record: Record, heads: list[tuple[Span, Span]]) -> Span | None:
    start = builder.clean(record.fields["name"].start)
    return next((when for when, (low, high) in heads if low <= start < high), None)
