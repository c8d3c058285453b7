"""What a report says in money of each of its classes or regions, one after another.

“教育类计划8.40亿元、完成6.55亿元；水利类计划……”: a figure without a name is said of the part
that was named last in its sentence, or counted there (“教育项目12个，计划8.40亿元，完成率78％”).
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from assistant.ledger.asked import asked_statuses
from assistant.ledger.figurelink import in_period
from assistant.ledger.query import Query
from index.ledger.book import FiledFigure, Ledger
from index.ledger.records import Span
from index.words import fold

MIN_PARTS = 2
_MEASURES = (
    r"(?:(?P<planned>(?:年度|全年|年)?(?:投资)?计划(?:完成)?(?:投资)?)"
    r"|(?P<done>(?:[今本]年|[上下]半年|前?[一二三四1-4]个?季度|(?:1[—\-–~～至])?\d{1,2}月|年内)?(?:累计|已|实际)?完成(?:投资)?)"
    r"|(?P<total>总投资))"
)
_ALONE = re.compile(rf"^{_MEASURES}$")
_SAID = re.compile(rf"^(?P<name>[\u4e00-\u9fff]{{2,12}}?)?(?:项目|工程)?的?(?:其中)?{_MEASURES}$")
_NO_NAME = re.compile(
    r"^(?:年|全|累计|已|共|其中|本|今|去|上|下|各|实际|项目|固定|重点|仅|只|还|前)|占|比|投资|率$|月"
)
_FIELDS = {
    "planned": "planned_investment", "done": "done_investment", "total": "total_investment",
}  # fmt: skip
_RATE = re.compile(r"(?:完成|投资)率|占(?:年度|全年|年)?(?:投资)?计划")
# When projects were begun sorts all of them, whatever states they are in.
_BEGUN = frozenset({"续建", "新建", "结转", "新开工"})
_NOUN = "项目|工程|领域|方面|板块|行业"
_TAIL = re.compile(rf"(?:类|{_NOUN})+$")
# What follows the name of a class in a question; “产业” is not asked about in “产业园”.
_AFTER = (
    r"(?=[和与跟及、，,的比还年今各平共谁哪差相高低多少前到剩有加]"
    r"|一共|合计|总共|完成|投资|计划|总投资|上半年|$)"
)
MIN_NAME = 2


@dataclass(slots=True)
class Part:
    """A class or region with its amounts by field, as one sentence states them."""

    name: str
    amounts: dict[str, FiledFigure] = field(default_factory=dict)
    count: FiledFigure | None = None


def parts_stated(query: Query, ledger: Ledger) -> list[Part]:
    """Return the parts of the newest document that states amounts of several, one after another.

    In one sentence, or else in sentences that each count their own: “新建项目30个，计划……”.
    """
    sentences: dict[tuple[int, int, Span], list[FiledFigure]] = defaultdict(list)
    for filed in in_period(query, ledger):
        place = (filed.file.id, filed.figure.document, filed.figure.sentence)
        sentences[place].append(filed)
    by_document: dict[tuple[int, int], list[list[Part]]] = defaultdict(list)
    for (file, document, _), figures in sentences.items():
        by_document[file, document].append(_parts_in(figures))
    for choose in (_together, _apart):
        for stated in by_document.values():
            if parts := choose(stated):
                return parts
    return []


def _together(stated: Sequence[Sequence[Part]]) -> list[Part]:
    """Return the parts of the sentences of a document that tell of several, each once."""
    return _each_once(part for parts in stated if len(parts) >= MIN_PARTS for part in parts)


def _apart(stated: Sequence[Sequence[Part]]) -> list[Part]:
    """Return the parts that sentences of a document count each by itself; none where but one."""
    found = _each_once(part for parts in stated if len(parts) == 1 for part in parts if part.count)
    return found if len(found) >= MIN_PARTS else []


def _each_once(parts: Iterable[Part]) -> list[Part]:
    found: dict[str, Part] = {}
    for part in parts:
        found.setdefault(fold(part.name), part)
    return list(found.values())


def _parts_in(figures: list[FiledFigure]) -> list[Part]:
    parts: list[Part] = []
    for filed in sorted(figures, key=lambda f: f.figure.number.start):
        figure = filed.figure
        if figure.part and not (figure.state or figure.among):
            _add_counted(parts, filed)
            continue
        if parts and figure.unit == "%" and _RATE.match(figure.measure):
            parts[-1].amounts.setdefault("percent", filed)
            continue
        said = _SAID.match(figure.measure) if figure.unit == "万元" else None
        of_begun = bool(parts) and parts[-1].name in _BEGUN and not figure.state
        if said is None or (_of_a_state(filed, said["name"] or "") and not of_begun):
            continue
        said = _ALONE.match(figure.measure) or said
        name = said.groupdict().get("name") or ""
        if name and not _NO_NAME.search(name):
            parts.append(Part(name))
        elif name or not parts:
            continue
        parts[-1].amounts.setdefault(_field_of(said), filed)
    return [part for part in parts if part.amounts]


def _of_a_state(filed: FiledFigure, name: str) -> bool:
    """Tell whether an amount is said of a state, not of a class (“其中交通类完成3亿元”)."""
    figure = filed.figure
    if name in _BEGUN and not figure.state:
        return False
    if name and figure.among and not figure.state:
        return bool(asked_statuses(fold(name)))
    return bool(figure.stage or figure.progress or figure.state)


def _add_counted(parts: list[Part], filed: FiledFigure) -> None:
    """Add a figure to the class that its sentence has counted before it."""
    figure = filed.figure
    if not parts or parts[-1].name != figure.part:
        parts.append(Part(figure.part))
    if figure.unit in "个项":
        parts[-1].count = parts[-1].count or filed
    elif figure.unit == "%" and figure.base is not None and _RATE.search(figure.measure):
        parts[-1].amounts.setdefault("percent", filed)
    elif figure.unit == "万元" and (said := _ALONE.match(figure.measure)):
        parts[-1].amounts.setdefault(_field_of(said), filed)


def _field_of(said: re.Match[str]) -> str:
    return next(field for key, field in _FIELDS.items() if said[key])


def tells_of_more(query: Query, rows: int, ledger: Ledger) -> bool:
    """Tell whether a report states the amount asked for of classes of more than ``rows`` projects.

    A table that holds but some of them cannot sum up what they all have.
    """
    asked = [part for part in parts_stated(query, ledger) if fold(part.name) in query.groups]
    if not query.groups or len(asked) < len(set(query.groups)) or query.statuses:
        return False
    counts = [part.count.figure.value for part in asked if part.count]
    stated = all(query.measure in part.amounts for part in asked)
    return stated and len(counts) == len(asked) and sum(counts) > rows


def parts_named(text: str, ledger: Ledger) -> list[tuple[str, Span]]:
    """Return the parts that a folded question names, with their spans."""
    found = []
    parts = parts_stated(Query("sum", "zh"), ledger)
    for part in parts:
        for said in (fold(part.name), *_shorter(part.name, parts)):
            if match := re.search(
                rf"{re.escape(said)}(?:类|这?[两二三四五六七八几]个|{_NOUN})*{_AFTER}", text
            ):
                found.append((fold(part.name), match.span()))
                break
    return sorted(found, key=lambda one: one[1])


def _shorter(name: str, parts: Sequence[Part]) -> list[str]:
    """Return in what shorter words a part may be called, each of which calls no other part."""
    bare = _TAIL.sub("", fold(name))
    short = [bare, *re.split(r"和|与|及|、", bare)]
    others = [fold(part.name) for part in parts if part.name != name]
    return [
        s for s in dict.fromkeys(short)
        if len(s) >= MIN_NAME and not any(s in other for other in others)
    ]  # fmt: skip
