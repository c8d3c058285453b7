"""Where the readers of one document put what they find: rosters and records."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from index.headings import numbering_of
from index.ledger.context import Context, context_at, sections_above
from index.ledger.names import clean_name, is_problem, is_sentence
from index.ledger.reasons import reason_kind
from index.ledger.records import (
    COLUMN,
    FileLedger,
    ReasonKind,
    Record,
    RecordKind,
    Roster,
    Span,
    Words,
)
from index.ledger.status import Status
from index.ledger.units import is_strong_unit
from index.records import Block, Document, Reading, View

Fields = dict[str, Words]
_OWNED = re.compile(r"(?P<unit>[^的，。；：、（）()]{2,16})的(?=[^的]{3})")

_MONTH = re.compile(r"(?:今年)?(?P<month>1[0-2]|[1-9])月(?:\d{1,2}日|[底末初]|[上中下]旬)?前?")
# “12月底前完成桩基”, “2027年4月开工”: what is to be done by a day, not what stands.
_BY_DAY = re.compile(
    r"(?:(?:确保|力争|争取|务必|计划|预计|拟|须|应|要)(?:于|在)?)?(?:(?P<year>20\d\d|今|本|当|明|次)年)?"
    r"(?:(?P<month>1[0-2]|0?[1-9])月(?:份|\d{1,2}日|[初底末]|[上中下]旬)?|年?底)(?P<before>(?:之|以)?前)?"
    r"(?=\S)"
)
# “由市水利局先组织岸上部分施工”: who is to do what, and not how far it is.
_BY_WHOM = re.compile(
    r"(?:由|请|责成)?(?P<unit>[^，。；：、]{2,16}?)(?:(?P<must>先(?!后|期|进)|尽快|抓紧|立即|务必|[要须]|继续|加快|派(?!出所))"
    r"|负责|牵头|会同|组织|指导|督促|协调)"
)
_AS_IT_IS = re.compile(r"[已现]|目前|正在|累计|截[至止]|[成通到取获开竣完交入下启动]了")
_SIZED = re.compile(
    r"(?:全长|总长|长|总?投资|占地|总?建筑?面积)约?[\d.]+(?:[万亿]?[\u4e00-\u9fff]{1,3})的(?=.{4})"
)
_ABOUT = re.compile(r"关于(?=\S{3})")  # the business of a meeting: “关于北区道路的事”
_MARKED = re.compile(r"[▲△★☆●○■□◆◇※]+\s*(?=\S{2})")
# What stands before an owner's name in a list: how far it reaches back, or that a list begins.
_LED = re.compile(
    r"(?:以上|上述)(?:[两三四五六七八九十\d]+[个项处座]?)?(?:项目)?(?:均|都|皆)?(?:由|归|属于?|为|系)?[：:]?"
    r"|(?:分别|依次|具体|主要|其中)(?:是|为|有|包括)?[：:]?"
)
_LABELLED = re.compile(
    r"(?:责任|牵头|实施|建设|主管|主责)(?:单位|部门|主体)(?:为|是)?[：:]?(?P<unit>[^，。；]{2,24})[，,。；](?=.{2})"
)


@dataclass(frozen=True, slots=True)
class Line:
    """A logical paragraph as a span of the document's clean text; a heading or not."""

    start: int
    end: int
    heading: bool

    def end_of_all(self, text: str, following: Line | None) -> int:
        """Return where it ends, for a heading with what runs in behind it in the same line."""
        if not self.heading or following is None or following.heading:
            return self.end
        return self.end if "\n" in text[self.end : following.start] else following.end


@dataclass(slots=True)
class Builder:
    """One document being read. ``view`` is its clean text; spans of it are “clean”.

    ``_used`` marks each character that gave records already, ``last_table`` the header
    and the roster of the table read last, ``said`` the rosters of mere sentences,
    ``proved`` the stretches that were read into just as many projects as their section counts.
    """

    document: Document
    blocks: Sequence[Block]
    reading: Reading
    view: View
    ledger: FileLedger
    _contexts: dict[tuple[tuple[int, ...], str], Context] = field(default_factory=dict)
    _used: bytearray = field(default_factory=bytearray)
    last_table: tuple[str, int] | None = None
    said: set[int] = field(default_factory=set)
    proved: list[Span] = field(default_factory=list)
    starts: list[int] = field(default_factory=list)

    def __post_init__(self) -> None:
        """Note where the blocks begin, for looking them up, and that nothing is used."""
        self._used = bytearray(len(self.view.text))
        self.starts = [block.start for block in self.blocks]

    def words(self, span: Span, value: float | None = None) -> Words:
        """Return the words of a clean span."""
        return Words(self.view.text[slice(*span)], (self.view.span(*span),), value)

    def name(self, spans: Sequence[Span]) -> Words:
        """Return a name: quotation marks around it dropped, a shared head put before it."""
        text = "".join(self.view.text[a:b] for a, b in spans)
        if len(spans) > 1:
            return Words(text, tuple(self.view.span(a, b) for a, b in spans))
        bare = clean_name(text) or text
        at = spans[0][0] + text.index(bare)
        return self.words((at, at + len(bare)))

    def context(self, line: Line, near: str = "") -> Context:
        """Return what stands above a line; for a heading, above its section."""
        at = self.view.offsets[line.start]
        if line.heading:
            section = next((s for s in self.document.sections if s.start == at), None)
            if section is not None:
                parent = section.parent
                above = self.document.sections[parent].start if parent is not None else None
                return self._context(self.document.start if above is None else above, near)
        return self._context(self._above(line, at), near)

    def _context(self, at: int, near: str) -> Context:
        """Return the context of a canonical offset; it is the same all over a section."""
        above = tuple(s.start for s in sections_above(self.document, self.view, at))
        found = self._contexts.get((above, near))
        if found is None:
            found = context_at(self.document, self.view, at, near=near)
            self._contexts[above, near] = found
        return found

    def _above(self, line: Line, at: int) -> int:
        """Return an offset in the section that a numbered paragraph stands in.

        “（四）停工项目1个，为……” behind the heading “（三）滞后项目” is no part of it.
        """
        numbering = numbering_of(self.view.text[line.start : line.end])
        inner = [s for s in self.document.sections if s.start <= at < s.end]
        if numbering is None or not inner:
            return at
        own = numbering_of(inner[-1].heading)
        if own is None or own.level < numbering.level or inner[-1].start == at:
            return at
        parent = inner[-1].parent
        while parent is not None:
            above = numbering_of(self.document.sections[parent].heading)
            if above is None or above.level < numbering.level:
                break
            parent = self.document.sections[parent].parent
        return self.document.sections[parent].start if parent is not None else self.document.start

    def clean(self, offset: int) -> int:
        """Return the clean position of a canonical offset."""
        return bisect_left(self.view.offsets, offset)

    def roster(self, roster: Roster) -> int:
        """Add a roster and return its position."""
        self.ledger.rosters.append(roster)
        return len(self.ledger.rosters) - 1

    def record(
        self, kind: RecordKind, roster: int, span: Span, fields: Fields, status: Status
    ) -> None:
        """Add a record; ``span`` is canonical. Part of a sentence is no name and makes none."""
        name = fields["name"].text
        if is_sentence(name) or (is_problem(name) and not self.ledger.rosters[roster].table):
            return
        fields = self._without_label(self._with_owner(self._bare_unit(self._bare_name(fields))))
        if status.stage == "completed" and self._is_to_come(fields.get("status_text")):
            status = replace(status, stage=None)
            fields = {key: words for key, words in fields.items() if key != "status_text"}
        told = fields.get("status_text")
        demanded = self._is_demanded(told) or _is_ordered(told, kind)
        if not self.ledger.rosters[roster].table and demanded:
            status = replace(status, stage=None, progress=None)
            fields = {**fields, "measures": fields.get("measures", fields["status_text"])}
            del fields["status_text"]
        reason = fields.get("reason")
        if kind in ("promise", "task") and status.progress == "met" and status.stage is None:
            status = replace(status, stage="completed")
        self.ledger.records.append(
            Record(
                document=self.document.ordinal,
                kind=kind,
                start=span[0],
                end=span[1],
                roster=roster,
                fields=fields,
                stage=status.stage,
                progress=status.progress,
                reason_kind=reason_kind(reason.text) if reason else _sorted_by(fields),
            )
        )

    def _is_to_come(self, words: Words | None) -> bool:
        """Tell whether a completion is told of a month behind the document's own (“12月投产”)."""
        told = _MONTH.match(words.text) if words else None
        date = self.document.date or ""
        return bool(told and len(date) >= 7 and int(told["month"]) > int(date[5:7]))

    def _is_demanded(self, words: Words | None) -> bool:
        """Tell whether words say but what is to be done by days that lie ahead.

        A plan of tasks (“11月底前取得批复，12月10日前开工”) says not how its projects stand.
        """
        first = _BY_DAY.match(words.text) if words else None
        if words is None or first is None or _AS_IT_IS.search(words.text):
            return False
        date = self.document.date or ""
        if len(date) < 7 or first["month"] is None:
            return first["before"] is not None
        year, month = int(date[:4]), int(date[5:7])
        named = first["year"] or "今"
        then = int(named) if named.isdigit() else year + (named in "明次")
        ahead = (then, int(first["month"]))
        return ahead > (year, month) or (ahead == (year, month) and first["before"] is not None)

    def _bare_name(self, fields: Fields) -> Fields:
        """Return fields whose name is bare: “▲某桥”, “全长2公里的某路”, “关于某路”."""
        name = fields["name"]
        sized = _MARKED.match(name.text) or _SIZED.match(name.text) or _ABOUT.match(name.text)
        sized = sized if len(name.spans) == 1 else None
        at = self.clean(name.start)
        if sized is None or self.view.text[at : at + len(name.text)] != name.text:
            return fields
        return {**fields, "name": self.words((at + sized.end(), at + len(name.text)))}

    def _bare_unit(self, fields: Fields) -> Fields:
        """Return fields whose unit is but its name (“以上市水利局”, “分别是望塔街道”)."""
        unit = fields.get("unit")
        led = _LED.match(unit.text) if unit and len(unit.spans) == 1 else None
        if unit is None or led is None or not is_strong_unit(unit.text[led.end() :]):
            return fields
        at = self.clean(unit.start)
        if self.view.text[at : at + len(unit.text)] != unit.text:
            return fields
        return {**fields, "unit": self.words((at + led.end(), at + len(unit.text)))}

    def _with_owner(self, fields: Fields) -> Fields:
        """Return fields whose name does not swallow its unit: “市旧改办的某村改造” is both."""
        name = fields["name"]
        owned = _OWNED.match(name.text) if "unit" not in fields and len(name.spans) == 1 else None
        if owned is None or not is_strong_unit(owned["unit"]):
            return fields
        at = self.clean(name.start)
        if self.view.text[at : at + len(name.text)] != name.text:
            return fields
        unit = self.words((at, at + owned.end("unit")))
        return {**fields, "unit": unit, "name": self.words((at + owned.end(), at + len(name.text)))}

    def _without_label(self, fields: Fields) -> Fields:
        """Return fields whose reason does not begin with whose the project is."""
        reason = fields.get("reason")
        label = _LABELLED.match(reason.text) if reason and len(reason.spans) == 1 else None
        if reason is None or label is None:
            return fields
        if "unit" in fields and label["unit"] != fields["unit"].text:
            return fields
        at = self.clean(reason.start)
        if self.view.text[at : at + len(reason.text)] != reason.text:
            return fields
        unit = self.words((at + label.start("unit"), at + label.end("unit")))
        rest = self.words((at + label.end(), at + len(reason.text)))
        return {**fields, "unit": fields.get("unit", unit), "reason": rest}

    def extend(self, roster: int, end: int) -> None:
        """Let a roster reach to the canonical ``end``."""
        self.ledger.rosters[roster] = replace(self.ledger.rosters[roster], end=end)

    def is_list_item(self, offset: int) -> bool:
        """Tell whether the layout shows a list item at a canonical offset."""
        place = bisect_right(self.starts, offset) - 1
        return place >= 0 and self.blocks[place].kind == "list_item"

    def is_used(self, span: Span) -> bool:
        """Tell whether records were already read from part of a clean span."""
        return self._used.find(1, *span) >= 0

    def use(self, span: Span) -> None:
        """Mark a clean span as one that gave records."""
        self._used[span[0] : span[1]] = b"\x01" * (span[1] - span[0])


def _is_ordered(words: Words | None, kind: RecordKind) -> bool:
    """Tell whether words say but who is to do what, as minutes and orders do."""
    whom = _BY_WHOM.match(words.text) if words else None
    if words is None or whom is None or _AS_IT_IS.search(words.text):
        return False
    return is_strong_unit(whom["unit"]) and (bool(whom["must"]) or kind == "task")


# A column that sorts the rows by why they are late: “问题类别”, “滞后原因类型”.
_SORTS = re.compile(
    r"(?:问题|原因|困难|症结|[卡堵难]点|瓶颈|障碍|制约(?:因素)?)(?:的)?(?:类[别型]|种类|分类|归类|大类)"
)


def _sorted_by(fields: Fields) -> ReasonKind | None:
    """Return the kind of reason that a row's own column of kinds gives, None where it has none."""
    kinds = (reason_kind(words.text) for key, words in fields.items() if _sorts(key))
    return next((kind for kind in kinds if kind not in (None, "other")), None)


def _sorts(key: str) -> bool:
    return key.startswith(COLUMN) and bool(_SORTS.search(key))
