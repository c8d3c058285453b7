"""Which cause a report counts a project under: “（二）用地手续没有办下来，3个。甲的……；乙……。”

A section about the causes tells them one paragraph each, with how many projects each keeps; the
projects themselves stand in a list or a table elsewhere. The number proves that all are found.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from index.ledger.builder import Builder, Line
from index.ledger.counted import paragraphs
from index.ledger.names import masked
from index.ledger.prose import chinese_count
from index.ledger.records import CAUSE, Span

MIN_GROUPS = 2  # paragraphs that count projects under a cause each
MIN_NAME = 3  # characters of a name that is looked for
_ABOUT = re.compile(r"[成起]因|原因|症结|[堵卡难痛]点|问题|制约|瓶颈|困难|障碍")
_HEAD = re.compile(
    r"\s*(?:[（(]?[一二三四五六七八九十\d]{1,3}[）)、.．]|[一二三四五六七八九十]是|[-—•·●◆■])\s*"
    r"(?:(?:因为?|由于|卡在|受))?(?P<cause>[\u4e00-\u9fff、]{2,20}?)(?:的)?[，,：:]?\s*"
    r"[（(]?(?:的|共|有|涉及|计|合计)*(?P<number>\d{1,3}|[一二两三四五六七八九十]{1,3})\s*[个项]"
    r"(?:项目|工程)?[）)]?(?:[。：:，,；;]|\s*$)"
)


def read_cause_groups(builder: Builder, lines: Sequence[Line], first: int) -> None:
    """Give the records from position ``first`` on the causes that they are counted under."""
    text = builder.view.text
    names = _names(builder, first)
    groups: list[tuple[Span, list[int]]] = []
    for low, high in paragraphs(builder, lines) if names else ():
        head = _HEAD.match(text, low, high)
        if head and _is_about_causes(builder, low):
            found = _named(text, (head.end(), high), names)
            if len(found) == chinese_count(head["number"]):
                groups.append((head.span("cause"), found))
    if len(groups) < MIN_GROUPS:
        return
    records = builder.ledger.records
    for cause, places in groups:
        for place in places:
            fields = {CAUSE: builder.words(cause), **records[place].fields}
            records[place] = replace(records[place], fields=fields)


def _is_about_causes(builder: Builder, at: int) -> bool:
    """Tell whether the heading above a paragraph, not its own, is about causes."""
    offset = builder.view.offsets[at]
    above = [s for s in builder.document.sections if s.start < offset < s.end]
    return any(_ABOUT.search(section.heading) for section in above[-2:])


def _names(builder: Builder, first: int) -> list[tuple[str, int]]:
    """Return the names of the records with their positions, the longest first."""
    found: dict[str, int] = {}
    for place in range(first, len(builder.ledger.records)):
        record = builder.ledger.records[place]
        if not masked(record.name) and record.kind != "unit":
            found.setdefault(re.sub(r"(?:项目|工程)$", "", record.name), place)
    return sorted(
        ((name, place) for name, place in found.items() if len(name) >= MIN_NAME),
        key=lambda one: -len(one[0]),
    )


def _named(text: str, span: Span, names: Sequence[tuple[str, int]]) -> list[int]:
    """Return the positions of the records that a stretch of text names."""
    said = text[slice(*span)]
    found = []
    for name, place in names:
        if name in said:
            said = said.replace(name, "\n")
            found.append(place)
    return found
