"""Evidence cut into cells: what is said of one thing stands in the cells of its name."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from assistant.claims.folding import fold
from assistant.claims.names import UNIT, NameIndex, core, is_unit
from assistant.claims.records import Evidence
from assistant.claims.rows import TableReader, heading_words, name_of
from assistant.claims.statuses import find_statuses, spoken
from assistant.claims.subjects import NOTHING, Subjects, is_deed, subjects_of

# What the fields of a ledger row are called in such reports.
PERCENT_LABEL = "完成比例占年度计划"
_LABELS = {
    "name": "项目名称", "unit": "责任单位", "stage": "状态", "progress": "进度", "status_text": "进展情况",
    "reason": "原因问题", "measures": "措施下一步", "deadline": "完成时限", "leader": "包抓领导",
    "location": "地点位置", "total_investment": "总投资", "planned_investment": "年度计划投资",
    "done_investment": "完成投资", "percent": PERCENT_LABEL, "as_of": "截至",
}  # fmt: skip
_HEADING = re.compile(
    r"^(?:[一二三四五六七八九十]{1,3}、|\([一二三四五六七八九十]{1,3}\)|第[一二三四五六七八九十]+[章节])"
)
_NUMBERED = re.compile(r"^(?:\d{1,3}[.、)]|\(\d{1,3}\)|[①-⑳]|-)\s*(?!\d)")
_POINTS_ON = re.compile(r"(?:分别|具体|包括|这些|如下|主要|名单)")
_LEAD = re.compile(r"^由?([^的,、():]{2,20}?)(?:牵头|负责)?[的:](?=[^,])")
_COUNT = re.compile(r"\d(?:个|项|件|家)")
_ALTOGETHER = re.compile(r"累计|合计|总计|共计")
_LISTS = re.compile(r"(?:分别|具体|包括|这些|如下|名单|[是为有])[^,:]{0,6}$|[个项件]\)?$")
_ROLE = re.compile(r"由.{2,20}(?:牵头|负责|主办|承办|组织)")
_AND = re.compile(
    r"(?<=\))(?:和|及|以及|与)|(?:和|及|以及|与)(?=[^的,、()]{2,12}[局委办镇乡区会道司心]的)"
)
_OWN = re.compile(r"\(.*\)$|\d|[局委办镇乡区会道司心](?:牵头|负责)?的")
_HEAD = re.compile(r"^.*?(?:分别是|分别为|包括|其中|[是为:])")
_LISTING = re.compile(r"^.{0,30}?(?:分别是|分别为|包括)")
_OFFICE = re.compile(r"^(?:由|其中)?[^的,、()]{2,14}?(?:的|牵头的|负责的)")
MAX_HEADING = 40  # characters; a longer numbered line is a paragraph


@dataclass(frozen=True, slots=True)
class Cell:
    """Folded words of one evidence item that are said of ``subjects``; empty: of no one thing.

    ``context`` is what stands above: title, section, heading, lead-in.
    ``said_before`` is the last clause before it, in the same paragraph, that tells a
    status, ``counted_before`` the last that counts, ``counted_first`` the first, where
    the words speak of all. ``row``: the words are values of a record, which share no
    grammar; ``listed``: they are one name of a list, with its unit and what stands in
    brackets. ``sentence`` is the whole one that they are part of. ``firm``: the subjects
    are names that the index knows, or of a row or a list; others only look like names,
    and what stands behind them may be said of anything.
    """

    key: str
    text: str
    subjects: frozenset[str]
    context: str = ""
    row: bool = False
    listed: bool = False
    said_before: str = ""
    counted_before: str = ""
    counted_first: str = ""
    firm: bool = True
    sentence: str = ""


def cells_of(evidence: Evidence, known: NameIndex) -> list[Cell]:
    """Return the cells of an evidence item in the order of its words."""
    above = "\n".join(fold(part) for part in (evidence.title, evidence.section) if part)
    found = list(_record(evidence, above))
    owner = next(iter(found[0].subjects), "") if found else ""
    found += _Reader(evidence.key, above, known, owner).read(fold(evidence.quote))
    return found


def _record(evidence: Evidence, above: str) -> Iterator[Cell]:
    values = {k: fold(spoken(v)) for k, v in evidence.fields.items() if v}
    if not values:
        return
    parts = [f"{_LABELS.get(k, fold(k.removeprefix('column:')))}:{v}" for k, v in values.items()]
    name = values.get("name", "")
    subjects = frozenset({core(name)}) if name else frozenset[str]()
    yield Cell(evidence.key, "\n".join(parts), subjects, above, row=True)


class _Reader:
    """Reads one quote; remembers the heading, the lead-in and what is spoken of."""

    def __init__(self, key: str, above: str, known: NameIndex, owner: str) -> None:
        self._key, self._above, self._known, self._owner = key, above, known, owner
        self._heading = ""
        self._table = TableReader()
        self._subjects = NOTHING
        self._status = self._count = self._total = self._back = self._office = ""
        self._after_office = False
        self._sentence = ""

    def read(self, quote: str) -> Iterator[Cell]:
        for line in re.split(r"\n+", quote):
            text = line.strip()
            if not text:
                continue
            self._subjects, self._sentence = _of(self._owner), ""
            if re.search(r"\t|\|", text):
                yield self._row(re.sub(r"[ ]*\|[ ]*", "\t", line.strip(" |")))
                continue
            self._table.forget()
            if _HEADING.match(text) and len(text) <= MAX_HEADING:
                self._heading = text
                yield self._cell(text, NOTHING)
                continue
            yield from self._paragraph(_NUMBERED.sub("", text))

    def _cell(self, text: str, subjects: Subjects, context: str = "") -> Cell:
        above = "\n".join(part for part in (self._above, self._heading, context) if part)
        # “12个项目：在建8个…，累计完成投资3亿元” may go back to all of them.
        self._back = self._total if _ALTOGETHER.search(text) else self._back
        cell = Cell(
            self._key, text, subjects.names, above, firm=subjects.firm, said_before=self._status,
            sentence=self._sentence, counted_before=self._count, counted_first=self._back,
        )  # fmt: skip
        if find_statuses(text):
            self._status = text
        if _COUNT.search(text):
            self._count = text
            self._total = self._total or text
        return cell

    def _row(self, text: str) -> Cell:
        values = [value.strip() for value in text.split("\t")]
        if self._table.is_header(values):
            return self._cell(heading_words(values), NOTHING)
        name = name_of(values)
        name = self._owner or name if name else ""
        cell = self._cell("\n".join(self._table.labelled(values)), _of(name))
        return replace(cell, row=True)

    def _paragraph(self, text: str) -> Iterator[Cell]:
        before = self._status = self._count = self._total = self._back = ""
        for sentence in re.findall(r"[^。!?]+[。!?]?", text):
            self._office, self._after_office = "", False
            self._sentence = sentence
            lead, colon, rest = sentence.partition(":")
            listing = bool(colon) and len(lead) <= 60 and bool(_LISTS.search(lead))
            listing = listing and bool(re.search(r"、|\(.*\)|;", rest))
            if not listing:
                lead, rest = "", sentence
            context = lead + (before if _POINTS_ON.search(lead) else "")
            if lead:
                yield self._cell(lead, self._subjects)
            for segment in _outer_split(rest, ";"):
                if not segment.strip(" ;。"):
                    continue
                clauses = _outer_split(segment, ",")
                if _is_list(segment, listing=listing):
                    yield from self._list(segment, context)
                elif listing and len(clauses) > 1 and all(map(_OFFICE.match, clauses)):
                    for clause in clauses:
                        yield from self._list(clause, context)
                else:
                    yield from self._narrative(segment, context)
            before = sentence if not listing else before

    def _list(self, segment: str, context: str) -> Iterator[Cell]:
        body = segment.strip(" ;。!?")
        unit = ""
        pieces = [p for part in _outer_split(body, "、") for p in _AND.split(part)]
        for item in pieces:
            lead = _LEAD.match(item)
            if lead and "(" not in lead[1]:
                unit, item = lead[1], item[lead.end() :]
            name = core(re.sub(r"\(.*", "", item).strip())
            text = f"{unit}的{item}" if unit else item
            cell = self._cell(text, _of(name if len(name) >= 2 else ""), context)
            yield replace(cell, listed=True)

    def _narrative(self, segment: str, context: str) -> Iterator[Cell]:
        waiting: list[str] = []
        start = self._subjects
        for clause in _outer_split(segment, ","):
            items = self._items(clause)
            # The list may go on behind a comma: “分别是甲局的A（缺地），乙局的B（缺钱）”.
            head = _LISTING.match(clause)
            if items:
                yield from self._itemised(items, context)
                context = f"{context}\n{head.group()}" if head else context
                continue
            subjects = subjects_of(clause, self._subjects.names, self._known, self._owner)
            if not subjects.names and not self._owner and _GROUP.match(clause):
                self._subjects = NOTHING
            if subjects.names:
                self._subjects = subjects
                ahead = [] if start.names else [c for c in waiting if _ROLE.search(c)]
                self._remember_office(",".join([*ahead, clause]), subjects.names)
                if waiting and not start.names:
                    yield self._cell(",".join(waiting), subjects, context)
                    waiting = []
            elif not self._subjects.names:
                waiting.append(clause)
                continue
            of_project = not all(map(is_unit, self._subjects.names)) and not self._after_office
            above = f"{context}\n{self._office}" if of_project and self._office else context
            opening = UNIT.match(clause.removeprefix("由")) if of_project else None
            also = {opening.group()} if opening else set()
            told_of = Subjects(self._subjects.names | also, self._subjects.firm)
            yield self._cell(clause, told_of, above)
            context = f"{context}\n{head.group()}" if head else context
        for clause in waiting:
            yield self._cell(clause, NOTHING, context)

    def _remember_office(self, clause: str, subjects: frozenset[str]) -> None:
        """Keep the clause that says who does what follows: “由甲局牵头，乙局配合，…”."""
        of_office = all(map(is_unit, subjects))
        if of_office:
            self._office = f"{self._office},{clause}" if self._after_office else clause
        self._after_office = of_office

    def _items(self, clause: str) -> list[tuple[str, str]]:
        """Return the items of a clause that tells each its own: “A（资金）、B（土地）”.

        Each comes with what stands before all of them and with its office; so do
        offices with a figure each. Empty where the clause tells all the same.
        """
        pieces = [p for part in _outer_split(clause, "、") for p in _AND.split(part)]
        named = [
            self._subject_of(piece if at else _HEAD.sub("", piece))
            for at, piece in enumerate(pieces)
        ]
        own = [bool(_OWN.search(piece.strip("。;"))) for piece in pieces]
        if sum(map(bool, named)) < 2 or sum(own) < 2 or not all(named):
            return []
        head = _HEAD.match(pieces[0])
        lead, office = head.group() if head else "", ""
        made = []
        for piece, name in zip(pieces, named, strict=True):
            text = piece[len(lead) :] if piece.startswith(lead) else piece
            owner = _OFFICE.match(text)
            office = owner.group() if owner else office
            made.append((f"{lead}{'' if owner else office}{text}", name))
        return made

    def _itemised(self, items: list[tuple[str, str]], context: str) -> Iterator[Cell]:
        above = f"{context}\n{self._office}" if self._office else context
        tail = re.search(r"(?:等?\d+个|等[^、()]*|均|都)[^()]*$", items[-1][0])
        for text, name in items:
            text += f"\n{tail.group()}" if tail and tail.group() not in text else ""
            cell = self._cell(text, _of(name), above)
            yield replace(cell, listed=not is_unit(name))
        # “甲局的A、乙局的B，正在做前期” says so of both; behind brackets it may be the last alone.
        alike = not any(re.search(r"[(\d]", text) for text, _ in items)
        self._subjects = Subjects(frozenset(n for _, n in items)) if alike else _of(items[-1][1])

    def _subject_of(self, piece: str) -> str:
        """Return the one thing that an item names before its brackets or its figure."""
        before = re.split(r"\(|\d+(?:\.\d+)?(?:亿|万|%|个|项)", piece)[0]
        names = [core(f.name) for f in self._known.find(before)]
        projects = [n for n in names if not is_unit(n)]
        if projects or names:
            return (projects or names)[-1]
        if not _OWN.search(re.sub(r"\d", "", piece)) or re.search(r"\d", before):
            unit = UNIT.search(before)
            return unit.group() if unit else ""
        tail = re.split(r"的|是|为|:|有", before)[-1].strip("。; ")
        return core(tail) if 2 <= len(tail) <= 30 and not is_deed(tail) else ""


# “全县12个排涝工程” speaks of a group, not of one thing.
_GROUP = re.compile(
    r"^(?:这|上述|以上|全[区市县])?\d+[个项件](?:重点|重大|在建)?(?:项目|工程|实事|任务)(?![\u4e00-\u9fff]{0,6}(?:分别|是|为))"
)


def _of(name: str) -> Subjects:
    return Subjects(frozenset({name})) if name else NOTHING


def _is_list(segment: str, *, listing: bool) -> bool:
    """Tell whether a segment lists names: “区交通局的A、B项目（资金困难）”."""
    outer = re.sub(r"\([^()]*\)", "()", segment)
    if "," in outer:
        return False
    lead = _LEAD.match(outer)
    named_lead = bool(lead and UNIT.search(lead[1]))
    return listing or (named_lead and ("、" in outer or "()" in outer))


def _outer_split(text: str, mark: str) -> list[str]:
    """Split at ``mark`` outside brackets, quotation marks and thousands."""
    parts, depth, last = [], 0, 0
    for at, char in enumerate(text):
        if char in "(《“":
            depth += 1
        elif char in ")》”":
            depth = max(0, depth - 1)
        elif char == mark and not depth:
            if mark == "," and text[at - 1 : at].isdigit() and re.match(r",\d{3}(?!\d)", text[at:]):
                continue
            parts.append(text[last:at])
            last = at + 1
    parts.append(text[last:])
    return [part for part in parts if part.strip(" 。;")]


def all_subjects(cells: Sequence[Cell]) -> Mapping[str, list[Cell]]:
    """Return the cells of each thing that the evidence speaks of."""
    found: dict[str, list[Cell]] = {}
    for cell in cells:
        for subject in cell.subjects:
            found.setdefault(subject, []).append(cell)
    return found
