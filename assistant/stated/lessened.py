"""How many more or fewer of something a thing has by a later day, where two documents count it.

“没签约的户数，11月底比10月底少了多少户”: a report says “还有43户没签协议”, a bulletin of the
month after “还有19户没签”.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace

from assistant.question import Question
from assistant.records import Value
from assistant.statements import Draft, Source, Statement, escape
from assistant.things.fitting import Fit, fits_of
from assistant.things.gathering import remarks_on
from assistant.things.naming import FEW, known_names, thing_in
from assistant.things.remarks import Thing
from assistant.things.wants import wants_of, without_times
from index.ledger.periods import Period, ended_in, periods_in
from index.library import Library
from index.words import fold
from prompts import render

LEAST = 0.3  # how well a remark must say what is counted
_UNITS = "户|人|亩|栋|套|公里|米|处|座|张|个|台|辆|平方米"
_ASKED = re.compile(
    rf"(?P<verb>减少|缩减|下降|降低?|少|增加|增长|新增|上升|多|相差|差)(?:出|了|掉)?(?:多少|几)(?P<unit>{_UNITS})?"
)
_NUMBER_OF = re.compile(rf"(?P<unit>{_UNITS})数")
_JOINTS = re.compile(
    r"(?:从|由|到|至|比|较|与|跟|和|相比|时|底|末|的)+(?=\s|[，,]|$)|(?<=\s)(?:比|较|到|至)"
)
_WHOLE_NUMBER = re.compile(r"\d+(?:\.\d+)?")

SHORT = 4  # characters of a name without the works done to it
_WORKS = re.compile(r"(?:改造|建设|迁建|新建|扩建|提升|整治|工程|项目)+$")
_UP_TO = re.compile(
    r"(?:截[至止]到?|(?<=[。，,；;\s】])到)((?:20\d\d年)?\d{1,2}月(?:\d{1,2}日|底|末))"
)

Place = tuple[int, int]


def answer_lessened(question: Question, library: Library) -> Draft | None:
    """Return by how much what is counted of a thing differs between two documents, else None."""
    text = fold(question.text)
    asked = _ASKED.search(text)
    number = _NUMBER_OF.search(text)
    unit = (asked["unit"] or (number["unit"] if number else "")) if asked else ""
    if question.language != "zh" or asked is None or not unit or len(library.files()) > FEW:
        return None
    times = periods_in(text)
    thing = thing_in(text, library)
    if thing is None or len(times) != 2:
        return None
    thing = _also_shorter(thing, library)
    rest = text[: asked.start()] + text[asked.end() :]
    for time in times:
        rest = rest.replace(time.words, " ")
    if number:
        rest = rest.replace(number.group(), "")
    plain = _JOINTS.sub(" ", without_times(rest)).strip(" ，,？?。")
    wants = wants_of(f"{plain}有多少{unit}", thing)
    if len(wants) != 1 or not wants[0].words:
        return None
    found: dict[Place, list[Fit]] = defaultdict(list)
    for fit in fits_of(wants[0], remarks_on(thing, library)):
        if fit.score >= LEAST and _WHOLE_NUMBER.search(fit.value):
            found[fit.remark.file_id, fit.remark.document].append(fit)
    best = {place: max(fits, key=lambda fit: fit.score) for place, fits in found.items()}
    sides = [_then(time, best, library) for time in times]
    if any(side is None for side in sides):
        return None
    pair = [(t, s) for t, s in zip(times, sides, strict=True) if s is not None]
    pair.sort(key=lambda one: (one[0].year or 0, one[0].month or 0))
    if pair[0][1].remark.source == pair[1][1].remark.source:
        return None
    return _draft(thing.name, unit, pair)


def _also_shorter(thing: Thing, library: Library) -> Thing:
    """Return a thing with the name by which a bulletin may call it: “西门棚户区” for its 改造."""
    short = _WORKS.sub("", thing.name)
    others = [name for name in known_names(library) if short in name and name not in thing.names]
    if len(short) < SHORT or short == thing.name or others:
        return thing
    return replace(thing, names=(*thing.names, short))


def _then(time: Period, best: dict[Place, Fit], library: Library) -> Fit | None:
    """Return what the one document of a time says, None where several say other numbers."""
    ends = {(r.file.id, r.record.document): ended_in(r) for r in library.ledger.rows}
    of_it = []
    for place, fit in best.items():
        if time.fits(_as_of(fit) or ends.get(place)):
            of_it.append(fit)
    numbers = {_number(fit) for fit in of_it}
    return of_it[0] if len(numbers) == 1 else None


def _as_of(fit: Fit) -> tuple[int, int] | None:
    """Return (year, month) up to which the remark counts, as it or its document says itself."""
    remark = fit.remark
    signed = remark.date
    around = remark.view.text if remark.view is not None else ""
    for text in (remark.text, around[: remark.low]):
        said = [m.group(1) for m in _UP_TO.finditer(fold(text))]
        months = [p.month for words in said for p in periods_in(words) if p.month]
        if months and len(signed) >= 7:
            year = int(signed[:4]) - (months[-1] > int(signed[5:7]))
            return year, months[-1]
    return None


def _number(fit: Fit) -> float:
    match = _WHOLE_NUMBER.search(fold(fit.value))
    return float(match.group()) if match else 0.0


def _draft(name: str, unit: str, pair: Sequence[tuple[Period, Fit]]) -> Draft:
    (early, first), (late, second) = pair
    a, b = _number(first), _number(second)
    gap = f"{abs(b - a):g}{unit}"
    larger, smaller = (first, second) if a >= b else (second, first)
    formula = f"{larger.value} − {smaller.value} = {gap}"
    text = render(
        "ledger_grown", "zh", what=escape(name), early=escape(early.words),
        late=escape(late.words), first=escape(first.value), second=escape(second.value),
        more="少" if b < a else "多", difference=gap, formula=escape(formula),
    )  # fmt: skip
    sources = tuple(dict.fromkeys(fit.remark.source for _, fit in pair))
    numbers = frozenset({gap, f"{abs(b - a):g}", *re.findall(r"\d+", early.words + late.words)})
    draft = Draft([Statement(text, sources, computed=numbers)], short=gap)
    draft.value = Value(abs(b - a), unit, formula)
    for _, fit in pair:
        draft.statements.append(_said(fit))
    draft.interpretation = {"kind": "change", "filters": {"name": name}}
    return draft


def _said(fit: Fit) -> Statement:
    remark = fit.remark
    source: Source = remark.source
    return Statement(
        escape(f"{remark.label}{'：' if remark.label else ''}{remark.text}"), (source,), bullet=True
    )
