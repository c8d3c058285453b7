"""Two texts side by side: what each says of the same matter; code says what is alike.

Nothing is said of the texts that is not their own words or found by counting and
comparing figures and dates in them.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from assistant.ledger.changes import Change
from assistant.ledger.moved import answer_change
from assistant.ledger.named import whole_names
from assistant.ledger.query import Query
from assistant.question import Question
from assistant.statements import Draft, Source, Statement, escape
from assistant.texts.demands import demands_of, is_directive, more_line, said_points, title_source
from assistant.texts.digest import chosen
from assistant.texts.figures import Compared, compared_figures
from assistant.texts.points import Point, heading_line, line_of
from assistant.texts.titled import Mention, Named
from index.ledger.book import LedgerRow
from index.ledger.issuers import issuer_of
from index.ledger.names import core_name
from index.ledger.periods import Period, ended_in
from index.ledger.records import STATE, Words
from index.library import Library
from index.words import fold, units
from prompts import render

MOST_POINTS = 10  # lines of each text beside what both speak of
BEGINS = 6  # characters before a name with which an item begins (“12. ”)
ASPECT_SHARE = 0.5  # of an aspect's pairs of characters that a point holds

_CONTRASTS = re.compile(
    r"不同|区别|差异|异同|不一样|不一致|一致|相同|一样|矛盾|出入|冲突|比较|对比|比一比|对照|各自?(?:怎么|如何|是怎)|分别(?:怎么|如何|是怎|提|对)|(?<=[里中上])分别是什么"
    r"|\bcompar|\bdiffer|\bconsistent|\bcontradict|\bversus\b|\bvs\b|\bthe same\b"
)
_OF = re.compile(
    r"[里中□](?:说|讲|写|提到?)的(?P<d>[^，,。？?□]{2,14}?)(?:[，,]?(?:跟|和|与|同)|[，,])"
    r"|(?:对于?|关于|在|就)(?P<a>[^，,。？?]{2,14}?)(?:的|上|方面)*(?:说法|规定|要求|表述|口径|描述|提法|看法|部署)?(?:是否|有(?:什么|何|哪些|没有)|有没有|一致|一样|不同|相同|矛盾|差|区别|的区别)"
    r"|的(?P<b>[^，,。？?的]{2,12}?)(?:有(?:什么|何|哪些)|有没有|是否|一致|一样|相同|不同|矛盾|各|分别)|\b(?:on|about|in) (?P<c>[a-z ]{4,30})\??$"
)
_DEADLINE = re.compile(r"时限|期限|时间|日期|完成节点|节点|deadline|date")
_DEMANDED = re.compile(r"要求|措施|部署|任务|安排|举措|demand|require|measure")
_WHOLE = re.compile(r"内容|说法|主要|方面|情况|表述|口径|地方|之处|$^")
_STANDS = re.compile(r"进展|进度|状态|情况|怎么样|到哪|哪一步|怎么[说写]|status|progress|stand")
_DATE = re.compile(
    r"(?:(?:19|20)\d\d年)?\d{1,2}月(?:\d{1,2}[日号]|[上中下]旬|底|末|初|份)?|(?:今|明|本|当)?年(?:内|底|末)|[上下]半年|[一二三四]季度(?:末|内)?"
    r"|每周[一二三四五六日]?|每月\d{0,2}日?"
)
_NUMBER = re.compile(r"\d+(?:\.\d+)?(?:个百分点|亿元|万元|%)?")
_REPORT = re.compile(r"通报|报告|情况|简报|专报|总结|进度|报表")
_BOTH = re.compile(
    r"(?:这|那)?两[份个篇次](?:文件|报告|讲话|通知|材料|通报|简报)|both (?:documents|reports)|the two (?:documents|reports)"
)


@dataclass(frozen=True, slots=True)
class _Side:
    """One of the two texts, with those of its points that are about what is asked."""

    named: Named
    points: tuple[Point, ...]

    @property
    def title(self) -> str:
        return escape(self.named.document.title)

    @property
    def head(self) -> Source:
        return title_source(self.named.file_id, self.named.document)


def answer_contrast(
    question: Question, linked: Sequence[Mention], library: Library
) -> Draft | None:
    """Return two named texts side by side, None where a question does not compare two."""
    folded = fold(question.text)
    if not _CONTRASTS.search(folded):
        return None
    if len(linked) > 2:
        return _several(linked, _aspect(folded, linked), question.frames, library)
    pair = _pair(linked)
    if pair is None:
        return _which(question.frames) if _BOTH.search(folded) and not linked else None
    told = _of_project(folded, pair, library)
    if told is not None:
        return told
    aspect = _aspect(folded, linked)
    sides = [_Side(named, _about(named, aspect, library)) for named in pair]
    draft = Draft()
    reports = all(_REPORT.search(named.document.title) for named in pair)
    figures = compared_figures(pair[0], pair[1], library) if reports and not aspect else []
    if figures:
        _add_figures(draft, sides, figures, question.frames)
    if not aspect:
        _add_changes(draft, pair, question.frames, library)
    if figures and aspect == "":
        return draft
    if not any(side.points for side in sides):
        return None
    _add_shared(draft, sides, aspect, question.frames, library)
    return draft


def _of_project(folded: str, pair: Sequence[Named], library: Library) -> Draft | None:
    """Return how the one project that a question names stands in each of two documents.

    None unless the ledger has it from both.
    """
    named = whole_names(folded, library.ledger)
    if len(named) != 1 or not _STANDS.search(folded):
        return None
    draft = Draft()
    for one in pair:
        place = (one.file_id, one.document.ordinal)
        rows = (
            r
            for r in library.ledger.rows
            if (r.file.id, r.record.document) == place and r.core == named[0][0]
        )
        told = next((words for r in rows if (words := _standing(r))), None)
        if told is None:
            return None
        text, sources = told
        line = f"《{escape(one.document.title)}》：{text}"
        draft.statements.append(Statement(line, sources, bullet=True))
    return draft


def _standing(row: LedgerRow) -> tuple[str, tuple[Source, ...]] | None:
    """Return what a record says of how its project stands, in its own words, with the places."""
    fields = row.record.fields
    said = [words for key in (STATE, "status_text", "reason") if (words := fields.get(key))]
    told: list[Words] = []
    for words in said:
        if not any(words.text in one.text or one.text in words.text for one in told):
            told.append(words)
    if not told:
        return None
    places = [(row.record.start, row.record.end), *(words.spans[0] for words in told)]
    sources = tuple(Source(row.file.id, row.record.document, *place) for place in places)
    return escape("；".join(words.text for words in told)), tuple(dict.fromkeys(sources))


def _several(
    linked: Sequence[Mention], aspect: str, language: str, library: Library
) -> Draft | None:
    """Return what each of three or more texts says, one after the other."""
    sides = [_Side(m.documents[0], _about(m.documents[0], aspect, library)) for m in linked]
    if any(len(m.documents) > 1 for m in linked) or not any(side.points for side in sides):
        return None
    draft = Draft()
    for side in sides:
        _add_side(draft, side, side.points, language, "texts_side")
    return draft


def _which(language: str) -> Draft:
    """Return a refusal that asks which two documents are meant."""
    text = render("refusal", language, detail=render("texts_which", language))
    return Draft([Statement(text)], refused=True)


def _pair(linked: Sequence[Mention]) -> tuple[Named, Named] | None:
    """Return the two documents compared; of several that fit, the two most alike in title."""
    if len(linked) == 1 and len(linked[0].documents) == 2 and not linked[0].more:
        older, newer = sorted(linked[0].documents, key=lambda n: n.document.date or "")
        return older, newer
    if len(linked) != 2:
        return None
    pairs = [
        (_alike(a, b), a, b)
        for a in linked[0].documents
        for b in linked[1].documents
        if (a.file_id, a.document.ordinal) != (b.file_id, b.document.ordinal)
    ]
    best = max(pairs, key=lambda p: p[0], default=None)
    return (best[1], best[2]) if best else None


def _alike(a: Named, b: Named) -> float:
    first, second = (fold(n.document.title) for n in (a, b))
    return SequenceMatcher(None, first, second).ratio()


def _aspect(folded: str, linked: Sequence[Mention]) -> str:
    """Return the words for what is compared; empty where the texts are as a whole."""
    rest = folded
    for mention in linked:
        rest = (
            rest[: mention.span[0]]
            + "□" * (mention.span[1] - mention.span[0])
            + rest[mention.span[1] :]
        )
    match = _OF.search(rest)
    words = next((w for w in match.groups() if w), "") if match else ""
    words = re.sub(r"□|^(?:和|与|在|对)", "", words).strip()
    if _DEMANDED.search(rest) and not words:
        words = "要求"
    return "" if not words or _WHOLE.fullmatch(words) else words


def _about(named: Named, aspect: str, library: Library) -> tuple[Point, ...]:
    points = said_points(named.file_id, named.document, library)
    if not aspect:
        return tuple(points)
    if _DEADLINE.search(aspect):
        demands = demands_of(named.file_id, named.document, library)
        dated = [p for p in demands if _DATE.search(p.text)]
        topic = re.sub(r"完成|的|时限|期限|时间|日期|节点|要求", "", aspect)
        return tuple(_of_topic(dated, topic) if len(topic) > 1 else dated)
    if _DEMANDED.search(aspect):
        demands = demands_of(named.file_id, named.document, library)
        topic = re.sub(r"(?:提出|主要|具体|工作)?的?(?:要求|措施|部署|任务|安排|举措)", "", aspect)
        return tuple(_of_topic(demands, topic) if len(topic) > 1 else demands)
    return tuple(_of_topic(points, aspect))


def _of_topic(points: Sequence[Point], topic: str) -> list[Point]:
    pairs = set(units(topic))
    return [
        p for p in points
        if len(pairs & set(units("\n".join([p.text, *[s.heading for s in p.above]]))))
        >= ASPECT_SHARE * len(pairs)
    ]  # fmt: skip


def _add_figures(
    draft: Draft, sides: Sequence[_Side], figures: Sequence[Compared], language: str
) -> None:
    """Add a table of the figures that both texts state, and whether they are equal."""
    zh = language == "zh"
    text = render(
        "texts_figures", language, first=sides[0].title, second=sides[1].title, count=len(figures)
    )
    numbers = frozenset({str(len(figures))})
    draft.statements.append(Statement(text, (sides[0].head, sides[1].head), computed=numbers))
    heads = ["指标", f"《{sides[0].title}》", f"《{sides[1].title}》", "比较"] if zh else [
        "Figure", f"“{sides[0].title}”", f"“{sides[1].title}”", "Compared"
    ]  # fmt: skip
    draft.statements += table_head(heads)
    for figure in figures:
        cells = (
            escape(figure.label),
            escape(figure.first),
            escape(figure.second),
            figure.verdict(zh),
        )
        marks = ((1, (figure.sources[0],)), (2, (figure.sources[1],)))
        computed = frozenset(_NUMBER.findall(figure.verdict(zh) + figure.label))
        draft.statements.append(Statement("", cells=cells, cell_sources=marks, computed=computed))


def table_head(heads: Sequence[str]) -> list[Statement]:
    """Return the two lines with which a table begins."""
    return [
        Statement("| " + " | ".join(heads) + " |"),
        Statement("|" + " --- |" * len(heads)),
    ]


def _add_changes(draft: Draft, pair: tuple[Named, Named], language: str, library: Library) -> None:
    """Add the projects of both reports whose status changed, where they have a ledger."""
    ledger = library.ledger
    rows = []
    for named in pair:
        row = next(
            (
                r for r in ledger.rows
                if r.file.id == named.file_id and r.record.document == named.document.ordinal
            ),
            None,
        )  # fmt: skip
        if row is None or ended_in(row) is None:
            return
        rows.append(row)
    times = sorted(e for row in rows if (e := ended_in(row)) is not None)
    if times[0] == times[1] or issuer_of(rows[0]) != issuer_of(rows[1]):
        return
    early, late = (Period("", (0, 0), year, month) for year, month in times)
    query = Query(
        kind="change", language="zh" if language == "zh" else "en",
        issuers=(issuer_of(rows[0]),), change=Change("any", early, late),
    )  # fmt: skip
    changed = answer_change(query, ledger)
    if changed and changed.count:
        draft.statements += changed.statements
        draft.count, draft.columns, draft.rows = changed.count, changed.columns, changed.rows


def _add_shared(
    draft: Draft, sides: Sequence[_Side], aspect: str, language: str, library: Library
) -> None:
    """Add what both texts say of the same projects side by side, then what each says alone."""
    shared = _shared(sides, library)
    text = render(
        "texts_both", language, first=sides[0].title, second=sides[1].title,
        about=f"“{escape(aspect)}”" if aspect else "", count=len(shared),
    )  # fmt: skip
    draft.statements.append(
        Statement(text, (sides[0].head, sides[1].head), computed=frozenset({str(len(shared))}))
    )
    zh = language == "zh"
    if shared:
        heads = ["事项", f"《{sides[0].title}》", f"《{sides[1].title}》", "日期"] if zh else [
            "Matter", f"“{sides[0].title}”", f"“{sides[1].title}”", "Dates"
        ]  # fmt: skip
        draft.statements += table_head(heads)
    used: set[tuple[int, int]] = set()
    for name, first, second in shared:
        used |= {(first.file_id, first.start), (second.file_id, second.start)}
        cells = (escape(name), cell(first), cell(second), _dates(first, second, zh))
        marks = ((1, (first.source,)), (2, (second.source,)))
        computed = frozenset(_NUMBER.findall(fold(cells[3] + name)))
        draft.statements.append(Statement("", cells=cells, cell_sources=marks, computed=computed))
    for side in sides:
        alone = [p for p in side.points if (p.file_id, p.start) not in used]
        _add_side(draft, side, alone, language)


def cell(point: Point) -> str:
    """Return a point as a table cell: no bars, no line ends."""
    return escape(point.text)


def _shared(sides: Sequence[_Side], library: Library) -> list[tuple[str, Point, Point]]:
    """Return (name, point of the first, point of the second) of projects in both."""
    names: dict[str, str] = {}
    for row in library.ledger.rows:
        core = row.core
        if len(core) >= 3 and "*" not in core and row.record.kind != "unit":
            names.setdefault(core, row.record.name)
    found: list[tuple[str, Point, Point]] = []
    for core, name in names.items():
        at = [_most_of(core, side.points) for side in sides]
        if at[0] is not None and at[1] is not None:
            found.append((name, at[0], at[1]))
    longest = [
        f for f in found
        if not any(g is not f and core_name(f[0]) in core_name(g[0]) and f[1:] == g[1:] for g in found)
    ]  # fmt: skip
    return sorted(longest, key=lambda f: f[1].start)


def _most_of(core: str, points: Sequence[Point]) -> Point | None:
    """Return the point that says most of a project: one that begins with its name, a demand."""
    naming = [p for p in points if core in fold(p.text)]
    return min(
        naming, key=lambda p: (fold(p.text).find(core) > BEGINS, not is_directive(p)), default=None
    )


def _dates(first: Point, second: Point, zh: bool) -> str:
    """Return whether two points name the same dates: found and compared by code."""
    sets = [list(dict.fromkeys(_DATE.findall(fold(p.text)))) for p in (first, second)]
    if sets[0] and sets[1]:
        if set(sets[0]) == set(sets[1]):
            return "相同" if zh else "the same"
        both = " / ".join("、".join(s) for s in sets)
        return f"不同：{both}" if zh else f"different: {both}"
    if not sets[0] and not sets[1]:
        return "都没有写日期" if zh else "no date in either"
    return "只有一份写了日期" if zh else "a date in one only"


def _add_side(
    draft: Draft,
    side: _Side,
    alone: Sequence[Point],
    language: str,
    frame: str = "texts_alone",
) -> None:
    shown = chosen(alone, MOST_POINTS)
    name = frame if shown else "texts_nothing" if side.points else "texts_lacks"
    variables = {"count": len(alone)} if shown else {}
    line = render(name, language, title=side.title, **variables)
    draft.statements.append(Statement(line, (side.head,), computed=frozenset({str(len(alone))})))
    opened: set[int] = set()
    for point in shown:
        for section in point.above:
            if section.start not in opened:
                opened.add(section.start)
                draft.statements.append(heading_line(section, point))
        draft.statements.append(line_of(point))
    if len(alone) > len(shown):
        draft.statements.append(more_line(len(alone) - len(shown), language))
