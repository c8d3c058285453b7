"""Sections that say whose the projects below are, or where, and how many: “叁、水务中心（7个）”.

The number may stand in the first words below the heading: “负责项目4个，年度计划2.5亿元。”.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from index.ledger.builder import Builder, Line
from index.ledger.context import bare_heading
from index.ledger.counted import heading_count
from index.ledger.entries import past_label
from index.ledger.owners import is_owner, line_owner
from index.ledger.prose import chinese_count
from index.ledger.records import Span, Words
from index.ledger.status import status_of
from index.sentences import parts

_HEAD = re.compile(r"[（(：:，,].*$|共?\s*\d+\s*[个项件].*$")
_INSIDE = re.compile(r"[（）()，,：:]")
_COUNT = r"(?:\d+|[一二两三四五六七八九十]+)"
_WEIGHT = r"(?:[市县区]级?)?(?:重点|重大)?(?:建设)?"
_THING = r"(?:项目|工程|任务)"
# “负责项目4个，年度计划投资2.5亿元，完成1.6亿元。”: how many, then what they sum up to.
_OPENING = re.compile(
    r"\s*(?:今年|本年|目前|现)?(?:[共总]?(?:计|有)?)(?:由其|其)?"
    r"(?:负责|承担|牵头|实施|包联|承建|安排|主管|包抓|列入)(?:的|实施|推进)?"
    rf"(?:{_WEIGHT}{_THING}(?P<number>{_COUNT})\s*[个项件]"
    rf"|(?P<same>{_COUNT})\s*[个项件]{_WEIGHT}{_THING})(?=[，,。；;])"
)
# “水利行业项目6个，”, “工业仍是大头，13个项目年度计划投资14.9亿元”: of a heading that counts none.
_TOPIC_OPENING = re.compile(
    r"\s*(?:(?:今年|本年|目前|现)|(?!其中|截至)[^。；;：:\d]{0,24}?)"
    rf"(?:{_WEIGHT}{_THING}(?:共|有|计|为)*(?P<number>{_COUNT})\s*[个项件]"
    rf"|(?P<same>{_COUNT})\s*[个项件]{_WEIGHT}{_THING})"
    r"(?=[，,。；;]|(?:(?:年度|本年|全年|今年)?(?:计划|总|概算)(?:总?投资|安排)))"
)
_SUM = re.compile(
    r"[^。；;]*?\d[\d.．]*\s*(?:[万亿]?元|[%％])|\s*(?:占|(?:其中|其余|排名|位居|居|列)[^，,。]*)$"
    r"|\s*(?:都|均|全部)?(?:没有|没|无)[^，,。；;]{0,10}(?:项目|工程|任务)$"
)
# “除另有注明的以外，责任单位都是区水务局”: whose the projects are that name no other.
_OF_THE_REST = re.compile(
    r"\s*(?:(?:除|凡|未|没有?)[^。；;\n]{2,24}?(?:[，,]|的))?(?:以上|上述|其余|其他)?(?:各?项目)?(?:的)?"
    r"(?:责任|牵头|实施|建设|主管|项目|业主)(?:单位|部门|主体)(?:都|均|一律|全部)?(?:[是为系]|[：:])"
    r"(?P<unit>[^，,。；;、：:（）()]{2,20})[。；;]"
)


@dataclass(frozen=True, slots=True)
class Section:
    """What a heading or the first words of a paragraph head: whose the projects below it are."""

    heading: Words | None
    unit: Words | None
    count: Words | None
    body: tuple[Span, ...]

    @property
    def whole(self) -> Span:
        """Where all that it heads stands."""
        return self.body[0][0], self.body[-1][1]

    @property
    def number(self) -> int:
        """How many projects the heading counts, 0 where it does not."""
        return int(self.count.value or 0) if self.count else 0


def counted_sections(builder: Builder, lines: Sequence[Line]) -> Iterator[Section]:
    """Yield what headings, and paragraphs that begin with an owner, head."""
    text = builder.view.text
    for place, line in enumerate(lines):
        if not line.heading:
            owner = line_owner(text, past_label(text, line.start, line.end), line.end)
            if owner:
                unit = builder.words(owner.unit)
                at = text.find(str(owner.number), owner.unit[1], owner.end)
                span = (at, at + len(str(owner.number))) if at > 0 else owner.unit
                count = builder.words(span, float(owner.number)) if owner.number else None
                yield _opened(builder, Section(unit, unit, count, ((owner.end, line.end),)))
            continue
        stop = next((n for n in range(place + 1, len(lines)) if lines[n].heading), len(lines))
        if stop > place + 1 and (head := _head(builder, line)):
            body = tuple((one.start, one.end) for one in lines[place + 1 : stop])
            section = _opened(builder, replace(head, body=body))
            if section.count or section.unit:
                yield section


def _opened(builder: Builder, section: Section) -> Section:
    """Return a section without the first words of its body that count and sum up all of it."""
    text = builder.view.text
    first = section.body[0]
    opening = _OPENING.match(text, *first)
    if opening is None and section.unit is None and section.count is None:
        opening = _TOPIC_OPENING.match(text, *first)
    if opening is None:
        return section
    number = opening.span("number" if opening["number"] else "same")
    low = opening.end()
    for a, b in parts(text, opening.end() + 1, first[1], "，,。；;"):
        if not _SUM.fullmatch(text, a, b):
            break
        low = b
    low = min(low + 1, first[1])
    rest = _OF_THE_REST.match(text, low, first[1])
    unit = section.unit
    if rest and is_owner(rest["unit"]):
        unit, low = unit or builder.words(rest.span("unit")), rest.end()
    body = ((low, first[1]), *section.body[1:])
    count = builder.words(number, float(chinese_count(text[slice(*number)])))
    return replace(section, unit=unit, count=section.count or count, body=body)


def _head(builder: Builder, line: Line) -> Section | None:
    """Return what a heading says of whose the projects are and how many, if it says any.

    None of a state's.
    """
    text = builder.view.text
    heading = text[line.start : line.end]
    bare = bare_heading(heading)
    name = _HEAD.sub("", bare).strip()
    counted = heading_count(heading)
    unit = name if is_owner(name) else next(filter(is_owner, _INSIDE.split(bare)[1:]), "")
    if not name or status_of(name, heading=True):
        return None
    low = line.start + heading.index(unit)
    words = builder.words((low, low + len(unit))) if unit else None
    count = None
    if counted:
        at = line.start + counted.start("number")
        span = (at, at + len(counted["number"]))
        count = builder.words(span, float(chinese_count(counted["number"])))
    below = builder.words((line.start + len(heading) - len(bare), line.end))
    return Section(below, words, count, ())
