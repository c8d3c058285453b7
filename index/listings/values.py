"""Figures told of several names in one sentence: “甲区33.2亿元、79.0%，乙区26.5亿元、68.8%”.

The names follow a lead that says what is told of them: measures “分别是”, a way of sorting
(“分产业看”), a whole “其中” parts, or lines of places (“第1名　甲区　91.6分”).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from index.ledger.quantities import UNITS, quantities
from index.ledger.records import Span
from index.listings.lines import Page, trimmed
from index.listings.records import NAME, PLACED, Listing, Row

MIN_ITEMS = 3
MIN_PARTS = 2  # behind “其中” and “分别”, which say that parts follow
LOOKED_BACK = 320  # characters before a list in which its whole may be told
SHARED = 0.6  # of the names have a measure that is a column
LEAD = 48  # characters of a lead that says what the figures are of
_FIGURE = rf"(?P<figure>\d[\d,]*(?:\.\d+)?\s*(?:％|个百分点|(?:万亿|[百千]?万|亿|千)?(?:{UNITS}|分|美元)))"
_BARE = _FIGURE.replace("?P<figure>", "?:")
_NAME = r"(?P<name>\d[\d.]*[万亿]?元?及?以[上下]|[省市县区镇村](?=\d)|[\u4e00-\u9fffA-Za-z（）()]{2,16}?)"
_VERB = r"(?P<verb>(?:累计|共|已|实际)?(?:完成投资|完成|投资|到位资金|到位|拨付|支付|支出|下达|安排)额?)?"
_ITEM = re.compile(
    rf"(?:其中|一是|二是|三是|和|及)?[：:]?(?:\d+[个项家户件][\u4e00-\u9fff]{{0,4}}[里中])?{_NAME}{_VERB}(?:各?有|共|为|是|达)?约?{_FIGURE}"
)
_MORE = re.compile(rf"(?P<label>[\u4e00-\u9fff—\-\d]{{0,12}}?)约?{_FIGURE}")
_NO_NAME = re.compile(
    r"^(?:同比|环比|比|较|占|为|是|另|增长|增加|增幅|下降|减少|超|低于|高于|约|近|累计|共|总|合计|今年|去年|全[年市县区省州]|已经?(?:完成|到位|支付|拨付|累计|实现)|还[有需剩差欠缺]|尚[有需剩差欠缺]|计划|预计|综合|平均)"
    r"|(?:率|比例|占比|比重|增速|以来|时间|底|前|(?<![滞落])后|到|至)$|[年月日]"
    r"|^(?:完成|总?投资|投入|支出|拨付)$"
)
_RESPECTIVELY = re.compile(
    r"(?:[\u4e00-\u9fff（）()]{0,12}?[各每](?:(?:[省市县区镇乡村街道、]|[（(]区[）)])+|地|单位|部门|类|板块|片区|标段|项目|行业)(?:的)?)?(?P<measures>[\u4e00-\u9fff、]{2,24}?)分别(?:是|为|达到?|有)[：:]?"
)
_SORTED = re.compile(
    r"(?:分|按|从)(?P<by>[\u4e00-\u9fff（）()]{1,8}?)(?:来?看|来?分|划分|统计)?[，,：:]\s*"
)
_AMONG = re.compile(r"(?P<before>[，,。（(；;])\s*其中[：:，,]?")
_COLON = re.compile(r"(?:^|(?<=[。；;]))(?P<what>[^，。；;：:\n]{2,30})[：:]\s*")
_PAIRED = re.compile(
    rf"(?:^|(?<=[，,。；;：:\n]))(?:其中|对|给|向)?(?P<names>[\u4e00-\u9fffA-Za-z]{{2,10}}(?:、[\u4e00-\u9fffA-Za-z]{{2,10}})*(?:和|、|与|及)[\u4e00-\u9fffA-Za-z]{{2,20}}?)"
    rf"(?P<between>[，,][^。；;：:、]{{0,24}})?分别(?P<verb>[\u4e00-\u9fff]{{0,6}}?)(?P<figures>{_BARE}(?:(?:、|和|与|，){_BARE})+)"
)
_OF_PLACE = re.compile(
    r"[\u4e00-\u9fff]{1,8}?(?:新区|[区县市镇乡州旗村]|街道|[局委办]|公司|集团|社区)"
)
_PLACED = re.compile(
    rf"\s*第(?P<place>\d{{1,2}}|[一二三四五六七八九十]{{1,2}})[名位][：:、，\s]*{_NAME}[，：:、\s]*(?:得分|综合得分|总分)?{_FIGURE}"
)
_COUNTERS = frozenset("个项家件处座宗户人")
_LABEL = re.compile(r"[\u4e00-\u9fff][\u4e00-\u9fffA-Za-z]{1,15}$")
_PLAIN_HEAD = re.compile(
    r"(?:其中|今年|本[年期月季]|全[年市县区省州]|[个月日]|累计|共|已|现有?|有|新|总|的|和|与)+"
)
_PLAIN_TAIL = re.compile(r"(?:已|约|共|为|达到?|是|有|的)+$")


@dataclass(slots=True)
class _Told:
    """One name and its figures by what they measure, as clean spans."""

    name: Span
    end: int
    figures: dict[str, Span] = field(default_factory=dict)
    unit: str = ""


def value_listings(page: Page) -> Iterator[Listing]:
    """Yield the runs of names with figures, each with the whole that they are parts of."""
    yield from _placed(page)
    for line in page.lines:
        at = line.start
        for lead, items in _runs(page, line.start, line.end):
            if lead[0] >= at:
                at = items[-1].end
                if listing := _listing(page, lead, items):
                    yield listing


def _runs(page: Page, start: int, end: int) -> list[tuple[Span, list[_Told]]]:
    """Return leads with the items behind them, in order of place."""
    text = page.text
    found: list[tuple[Span, list[_Told]]] = []
    for match in _RESPECTIVELY.finditer(text, start, end):
        measures = re.split(r"、|和|与|及", match["measures"])
        items = _items(text, match.end(), end, measures)
        found.append((match.span(), items if len(items) >= MIN_PARTS else []))
    for match in _AMONG.finditer(text, start, end):
        stop = end if match.group()[-1] in "：:" else _before(text, match.end(), end, "；;")
        found.append((match.span(), _alike(_items(text, match.end(), stop), MIN_PARTS)))
    for pattern in (_SORTED, _COLON):
        for match in pattern.finditer(text, start, end):
            stop = end if match.end() < end else _line_after(page, end)
            found.append((match.span(), _alike(_items(text, match.end(), stop), MIN_ITEMS)))
    found += [(match.span(), _paired(match)) for match in _PAIRED.finditer(text, start, end)]
    return sorted(((lead, items) for lead, items in found if items), key=lambda one: one[0])


def _before(text: str, start: int, end: int, marks: str) -> int:
    """Return where the first of some marks stands, ``end`` without one."""
    return min((at for m in marks if (at := text.find(m, start, end)) >= 0), default=end)


def _line_after(page: Page, at: int) -> int:
    """Return the end of the line below a lead that ends its line, ``at`` without one."""
    return next((line.end for line in page.lines if at <= line.start <= at + 6), at)


def _items(text: str, start: int, end: int, measures: Sequence[str] = ()) -> list[_Told]:
    """Return the names with their figures up to the end of the sentence, or of the list."""
    while start < end and text[start] in " \u3000\n\t":
        start += 1
    stop = next((m.start() for m in re.finditer("[。\n]", text[start:end])), end - start) + start
    grouped = any(c in "；;" for c in text[start:stop])
    found: list[_Told] = []
    for low, high in _split(text, start, stop, "；;" if grouped else ""):
        before = len(found)
        for a, b in _split(text, low, high, "，,、" + ("" if grouped else " \u3000\t")):
            if grouped and len(found) > before:
                _more(text, a, b, found[-1], measures)
            elif not _one(text, a, b, found, measures, grouped=grouped) and not grouped:
                nought = re.search(r"(?:为|是)(?:0|零|无)$", text[a:b])
                return [] if nought else [one for one in found if one.figures]
        if len(found) == before:
            break
    return [one for one in found if one.figures]


def _one(
    text: str, start: int, end: int, found: list[_Told], measures: Sequence[str], *, grouped: bool
) -> bool:
    """Take a piece as the next name with its figure, or as more of the last one."""
    match = _ITEM.fullmatch(text, start, end)
    unit, verb = (_unit(match["figure"]), match["verb"] or "") if match else ("", "")
    named = match.span("name") if match else (start, end)
    if match and verb and unit in _COUNTERS:  # “提前完成6个” are so many that are done early
        named, verb = (named[0], match.end("verb")), ""
    if match and not _NO_NAME.search(text[slice(*named)]):
        figures = {measures[0] if measures else verb: match.span("figure")}
        found.append(_Told(named, end, figures, unit))
        return True
    if grouped and re.fullmatch(r"[\u4e00-\u9fffA-Za-z（）()]{2,20}", text[start:end]):
        found.append(_Told((start, end), end))
        return True
    if not found or not (measures or text[start] in "占为"):
        return False
    return _more(text, start, end, found[-1], measures)


def _more(text: str, start: int, end: int, last: _Told, measures: Sequence[str]) -> bool:
    """Take a piece as one more figure of a name; False where it is none."""
    match = _MORE.fullmatch(text, start, end)
    if match is None:
        return False
    label = match["label"]
    if measures:
        if label or len(last.figures) >= len(measures):
            return False
        label = measures[len(last.figures)]
    elif not label:
        return False
    last.unit = last.unit or _unit(match["figure"])
    last.figures.setdefault(_head(label, match["figure"]), match.span("figure"))
    last.end = end
    return True


def _head(label: str, figure: str) -> str:
    """Return how a measure is called (“占年度计划的” a share: 占年度计划的比例)."""
    match = _PLAIN_HEAD.match(label)
    bare = _PLAIN_TAIL.sub("", label[match.end() if match else 0 :]) or label
    share = _unit(figure) == "%" and re.match(r"[占为]", label)
    return f"占{bare.lstrip('占为')}的比例" if share else bare


def _split(text: str, start: int, end: int, marks: str) -> Iterator[Span]:
    at = start
    for place in range(start, end + 1):
        if place == end or text[place] in marks:
            low, high = trimmed(text, at, place)
            if high > low:
                yield low, high
            at = place + 1


def _unit(figure: str) -> str:
    return re.sub(r"^[\d.,\s]+(?:万亿|[百千]?万|亿|千)?", "", figure).replace("％", "%")


def _alike(items: list[_Told], least: int) -> list[_Told]:
    """Return items whose first figures are all in one unit, none where they are not."""
    units = {one.unit for one in items}
    return items if len(items) >= least and len(units) == 1 else []


def _paired(match: re.Match[str]) -> list[_Told]:
    """Return the names of “甲、乙分别完成32.8亿元和28.9亿元”, each with its figure."""
    names = list(re.finditer(r"[^、和与及]+", match["names"]))
    # “甲、乙体量最大，1—8月分别完成……”: the last name ends as the others do.
    last = _OF_PLACE.match(names[-1].group())
    cut = len(last.group()) if last else len(names[-1].group())
    if not last and match["between"]:
        return []
    stops = [name.end() for name in names[:-1]] + [names[-1].start() + cut]
    figures = list(re.finditer(_FIGURE, match["figures"]))
    if len(names) != len(figures) or len({_unit(f["figure"]) for f in figures}) > 1:
        return []
    low, high = match.start("names"), match.start("figures")
    return [
        _Told(
            (low + n.start(), low + stop), match.end(),
            {match["verb"]: (high + f.start(), high + f.end())}, _unit(f["figure"]),
        )
        for n, stop, f in zip(names, stops, figures, strict=True)
    ]  # fmt: skip


def _listing(page: Page, lead: Span, items: Sequence[_Told]) -> Listing | None:
    text = page.text
    among = "其中" in text[slice(*lead)]
    verbs = {next(iter(one.figures)) for one in items}
    first = verbs.pop() if len(verbs) == 1 else ""
    for one in items:
        one.figures = {
            first if n == 0 else head: span for n, (head, span) in enumerate(one.figures.items())
        }
    whole = _whole(text, lead, items, first, among=among)
    if among and whole is None:
        return None
    named = _label(text, whole) if whole else (0, 0)
    label = text[slice(*named)]
    head = first or label or _of_unit(items[0].unit)
    seen = Counter(h or head for one in items for h in one.figures)
    heads = [h for h, count in seen.items() if count >= SHARED * len(items)]
    rows = [
        Row(
            *page.view.span(one.name[0], one.end),
            {NAME: page.words(one.name)}
            | {
                h or head: page.words(span)
                for h, span in one.figures.items()
                if (h or head) in heads
            },
        )
        for one in items
    ]
    start = min(lead[0], whole[0]) if whole and whole[1] <= lead[0] + 1 else lead[0]
    start = max(start, lead[1] - LOOKED_BACK)
    start = max([start - LEAD, *(text.rfind(m, 0, start) + 1 for m in "。；\n")])
    total = None
    if whole:
        cells = {NAME: page.words(named)} if label else {}
        total = Row(*page.view.span(*whole), {**cells, head: page.words(whole)})
    span = page.view.span(items[0].name[0], items[-1].end)
    return Listing(
        page.document.ordinal, *span, (NAME, *heads), tuple(rows),
        page.view.span(start, max(lead[1], start + 1)), headed=True, valued=True, whole=total,
    )  # fmt: skip


def _of_unit(unit: str) -> str:
    return {"元": "金额", "%": "比例", "分": "得分"}.get(unit, "个数" if len(unit) == 1 else "数量")


def _whole(text: str, lead: Span, items: Sequence[_Told], head: str, *, among: bool) -> Span | None:
    """Return the figure that the first figures are parts of: they add up to it.

    Behind “其中” they may be some of its parts; it then stands right before.
    """
    figures = [
        next(iter(quantities(text, *next(iter(one.figures.values())))), None) for one in items
    ]
    if any(f is None for f in figures) or items[0].unit == "%":
        return None
    total = sum((f.value for f in figures if f), Decimal(0))
    low = max(0, lead[0] - (LEAD * 2 if among else LOOKED_BACK))
    before = [
        q for q in quantities(text, low, lead[0])
        if q.unit == figures[0].unit and not q.hedged  # type: ignore[union-attr]
    ]  # fmt: skip
    if among:
        last = before[-1:]
        return (last[0].start, last[0].end) if last and last[0].value >= total else None
    same = [q for q in before if q.value == total]
    return (same[-1].start, same[-1].end) if same else None


def _label(text: str, whole: Span) -> Span:
    """Return the words before a whole's figure that say what it measures."""
    match = _LABEL.search(text, max(0, whole[0] - LEAD), whole[0])
    if match is None:
        return whole[0], whole[0]
    low, high = match.span()
    while low < high and (plain := _PLAIN_HEAD.match(text, low, high)):
        low = plain.end()
    while high > low and (plain := _PLAIN_TAIL.search(text[low:high])):
        high = low + plain.start()
    return low, high


def _placed(page: Page) -> Iterator[Listing]:
    """Yield the runs of lines that give names by their places, each with a figure."""
    run: list[re.Match[str]] = []
    for line in [*page.lines, None]:
        match = _PLACED.match(page.text, line.start, line.end) if line else None
        if match:
            run.append(match)
            continue
        if len(run) >= MIN_ITEMS and len({_unit(m["figure"]) for m in run}) == 1:
            head = _of_unit(_unit(run[0]["figure"]))
            rows = tuple(
                Row(
                    *page.view.span(m.start("place") - 1, m.end()),
                    {
                        NAME: page.words(m.span("name")), PLACED: page.words(m.span("place")),
                        head: page.words(m.span("figure")),
                    },
                )
                for m in run
            )  # fmt: skip
            low = page.text.rfind("\n", 0, max(0, run[0].start() - 1)) + 1
            yield Listing(
                page.document.ordinal, rows[0].start, rows[-1].end, (NAME, PLACED, head), rows,
                page.view.span(low, run[0].start("place")), headed=True, valued=True,
            )  # fmt: skip
        run = []
