"""A question linked to one table: its conditions, its measure, the columns it asks for."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import cast

from assistant.grids import asking
from assistant.grids.apart import parted_heads, roles_said
from assistant.grids.asking import Wish
from assistant.grids.bounds import (
    bounds_in,
    dates_in_columns,
    period_agrees,
    periods_in,
    years_in_columns,
)
from assistant.grids.cells import STATED, cells_said, others_in, portions_in, stated_number
from assistant.grids.conditions import Among, Apart, Bound, Condition, Named
from assistant.grids.groups import GROUP
from assistant.grids.labels import label_asked, labels_said, period_said, told_columns
from assistant.grids.linked import Linked
from assistant.grids.measuring import find_measure, part_of_a_measure
from assistant.grids.naming import (
    PHASE,
    at_places,
    called,
    core,
    denied_values,
    head_variants,
    is_class,
    is_status,
    role_of,
    status_values,
    values_of,
    variants,
)
from assistant.grids.numbered import numbered
from assistant.grids.pairs import pair, read_money, whole_in
from assistant.grids.quantities import figure_behind, quantity_in
from assistant.grids.reading import Column, Grid
from assistant.grids.remarks import mentioned, mentions_in
from assistant.grids.said import Span, Text
from assistant.grids.spans import months_since, same_months
from assistant.grids.spells import spells_in
from assistant.grids.standing import is_place, place_in, score_asked
from assistant.grids.valued import find_value, is_valued, kinds_said, share_asked
from assistant.ledger.asked import asked_statuses
from assistant.ledger.leftover import content_words
from assistant.ledger.vocabulary import ASKING
from index.ledger.months import of_latest
from index.ledger.owners import is_owner
from index.ledger.prose import chinese_count
from index.words import fold

_FUNCTION = re.compile(
    r"(?:里头|里面|当中|上头|里边|名下|手上|这块|方面|[的了吗呢吧啊是有在由被把和与及或到跟同那这些都也就还给对]|[，,。？?！!；;：:、“”\"'()（）《》\s])+"
)
TABLES = re.compile(r"台账|清单|周报|月报|一览表|明细|附表|统计表|情况表|安排表|进度表")
_DOCUMENTS = re.compile(
    r"通报|台账|(?<![列个份])清单|周报|月报|旬报|简报|纪要|报告|通知|答复|讲话|方案|公告|一览表|明细表"
)
_PLAIN = re.compile(
    r"(?:重点|项目|工程|事项|内容|企业|情况|进展|进度|任务|工作|年度|[省市县区][级里内]|全[省市县区]|建设|问题|推进|单位|责任|名称|截[至止]|数据|各)+"
)
_MORE = re.compile(
    r"存在|涉及(?!到?(?:了)?(?:哪|什么|多少))|因[^，,为此]|由于|因为|困难|(?:资金|钱的?|用地|手续)(?:问题|原因)|卡在"
)
# “在建里头”, “储备那张表”, “今年计划开工的里面”: what stands before calls the table.
_INSIDE = re.compile(
    r"(?:的)?(?:项目)?(?:这|那)?(?:一)?(?:里头|里面|里边|当中|之中|里(?!程|面)|[张个]表|那?张?表(?:里|中|上)?)"
)
LEAST_HEAD = 3  # characters of a heading of amounts that names one
LEAST_CALLED = 4  # characters of a caption that call the table: a state is said of rows, too
_NARROWER = re.compile(r"[年月]底|[以之]?前(?!期)|[以之]后|以[上下]|[是为]无|最|超过|不|没|未|无")
_EVERYWHERE = re.compile(r"全[省市县区镇乡州旗]")  # said of all, not of the rows that say so
_WHICH = re.compile(r"哪些|哪几|列出|列一下|名单")
_HOW_MUCH = re.compile(r"多少|合计|总共|一共|共计|加起来|平均|百分之几")
_SHARES = re.compile(r"(?<!效)率|比例|比重|占比|百分之|几成")
_FIGURES = re.compile(r"多少|百分之几|几成|多[大长]")  # “几个小区” may be some of them
_MONEY_OF = re.compile(
    r"(?:收入|支出|预算|税收|产值|生产总值|gdp|投资|资金|金额|补助|债券|贷款|费用)(?:额|数)?(?:[是为有达]|总额|$)"
)
# What is asked of a region, and no project has.
_PUBLIC = re.compile(
    r"(?:公共|财政|基金|国有资本经营)预算|(?:财政|税收|非税|基金|可支配|人均|旅游|营业)(?:总|综合)?收入|税收|生产总值|gdp|(?:工业|农业)?(?:总产值|增加值)|零售总?额|进出口"
)
_BATCHES = re.compile(r"第[一二三四五六七八九十\d]+(?:批|类|组|期|标段)")
_BEST = re.compile(r"最(?!后|新|近|终|低生活|低工资|迟)[\u4e00-\u9fff]")
_KINDS = re.compile(r"哪(?:一)?个?(?P<kind>批|类|板块|块|组|领域|部分)")
_WHOSE = re.compile(
    r"哪(?:一)?(?:个|家)?(?:责任|牵头|实施|主管)?(?:单位|部门)|(?:单位|部门)(?:是|为)?(?:哪|谁)"
)
_EACH_OF = r"(?:各|每(?:一)?个?)"
_WHAT = re.compile(r"什么|啥|怎么样|怎样|如何")
_RATE = re.compile(r"(?:率|比例|比重)(?:[是为有]|$)|多少|百分之几|几成")
_EXCEPT = re.compile(
    r"除[了去开掉]|除[^，,。？?]{1,20}?外(?!墙|立|网|部|环)|不含|不包括|不算|以外|之外|去掉|扣除"
)


# What is said of how a thing goes (“进度正常”, “推进缓慢”).
_HOW_IT_GOES = re.compile(
    r"正常|顺利|良好|有序|平稳|较?快|[较偏缓]?慢|缓慢|迟缓|滞后|落后|不快|不理想|受阻|停滞"
)
_PROJECTS = re.compile(
    r"(?:哪些|哪几[个项]|几[个项]|多少[个项]?)(?:重点|重大)?(?:项目|工程|任务)|的(?:项目|工程|任务)(?:有|是|共|都|[，,]|$)"
)
_PERSONS = re.compile(
    r"(?:市|县|区|镇|乡|州|省)?领导(?:同志)?$|姓名|职务|责任人|负责人|联系人|(?:书记|[市县区镇乡]长|干部|同志)$"
)
_THINGS = re.compile(r"项目|工程|任务|事项|名称|内容|标段|问题")
WANTED = 0.5  # of the weight of a heading that the question says: what it asks in other words
PARTLY = 0.6  # of the weight of a whole name: one that is called by pieces
_JOINT = re.compile(r"(?:和|与|跟|同|及|以及|、|还有)")


def link(question: str, grid: Grid, given: Sequence[Condition] = ()) -> Linked | None:
    """Return how a normalised question is linked to a table, None where that is not sure.

    ``given`` are conditions of the talk before, which hold where the question names no row
    and says nothing else of their columns.
    """
    if asking.OTHER_UNIT.search(question) and not _headed(asking.OTHER_UNIT, grid):
        return None
    stated = _stated(question)
    found = _link(question, grid, given, titled=True)
    if stated is None or found is None or found.number() == stated:
        return found
    if found.sides and stated == len(found.sides):
        return found  # “两个街道” counts what is compared
    # The number that the question states tells which of two readings is meant.
    other = _link(question, grid, given, titled=False)
    if other is not None and other.number() == stated:
        return other
    return found if found.conditions else None  # what is counted was not understood


def _link(question: str, grid: Grid, given: Sequence[Condition], *, titled: bool) -> Linked | None:
    """Link a question; ``titled``: a state in the table's title is no condition on its rows."""
    said = Text(question)
    linked = Linked(grid)
    for conditions, span in others_in(question, grid):
        linked.conditions += conditions
        said.take(span)
        linked.score += span[1] - span[0]
    if _EXCEPT.search(re.sub(r"[（(]?不含[^，,）)]*[）)]?", "", said.rest())):
        return None
    _labels(said, linked)
    for condition, span in cells_said(said.rest(), grid):
        linked.conditions.append(condition)
        said.take(span)
        linked.score += span[1] - span[0]
    _remarks(said, linked)
    if quantity := quantity_in(said.rest(), grid):
        linked.grid, linked.measure, span = quantity
        linked.asked.append(linked.measure)
        said.take(span)
        linked.score += span[1] - span[0]
        grid = linked.grid
    planned, done = pair(question, grid)
    if not any(c.unit == "%" for c in grid.columns):
        portion = portions_in(said.rest(), planned, done)
        if portion:
            linked.conditions.append(portion[0])
            said.take(portion[1])
            linked.score += portion[1][1] - portion[1][0]
    if not read_money(said, linked, planned, done):
        return None
    if titled:
        for span in _of_the_title(said.rest(), grid):
            said.take(span)
            linked.score += span[1] - span[0]
            linked.titled += span[1] - span[0]
            linked.titles.append(said.text[slice(*span)])
    placed = place_in(said.rest(), grid)
    if placed:
        linked.conditions.append(placed[0])
        said.take(placed[1])
        linked.score += placed[1][1] - placed[1][0]
    for within, span in spells_in(said.rest(), grid):
        linked.conditions.append(within)
        linked.asked.append(within.column)
        said.take(span)
        linked.score += span[1] - span[0]
    bounds = bounds_in(said.rest(), grid)
    if bounds is None:
        return None
    dated = dates_in_columns(said.rest(), grid)
    years = [
        (condition, (start, end))
        for condition, (start, end) in years_in_columns(said.rest(), grid)
        if not any(a < end and start < b for _, (a, b) in [*bounds, *dated])
    ]
    for condition, span in [*bounds, *dated, *years]:
        linked.conditions.append(condition)
        said.take(span)
        linked.score += span[1] - span[0]
    _wanted(said, linked, asking.WANTED[:1])
    _mentions(said, linked)
    _kinds(said, linked)
    if not same_months(said.text, grid):
        return None
    around_the_year = period_said(said.rest(), grid)
    if around_the_year is None or not (
        period_agrees(said.rest(), grid) and _kind_agrees(question, grid)
    ):
        return None
    since = [span for _, span in months_since(said.rest())]
    for span in [*around_the_year, *since, *periods_in(said.rest())]:
        said.take(span)
    _heads_and_titles(said, linked)
    for number, span in parted_heads(said.rest(), grid):
        linked.asked.append(number)
        said.take(span)
        linked.score += span[1] - span[0]
    _wanted(said, linked, asking.WANTED[1:])
    if scored := score_asked(said.rest(), grid):
        linked.asked.append(scored[0].number)
        said.take(scored[1])
        linked.score += scored[1][1] - scored[1][0]
    find_measure(said, linked, planned, done)
    if is_valued(grid) and not find_value(said, linked):
        return None
    for span in roles_said(said.rest(), linked.conditions, grid):
        said.take(span)
    if not _rows_called(said, linked):
        return None
    if not any(isinstance(c, Named) for c in linked.conditions):
        said_of = {getattr(c, "column", None) for c in linked.conditions}
        linked.conditions += [c for c in given if getattr(c, "column", grid.name) not in said_of]
    _asks_state(question, linked)
    if (numbers := numbered(question, linked)) is not None:
        linked.measure = numbers
    linked.asked = list(dict.fromkeys(linked.asked))
    linked.wish = "sum" if numbers is not None else _wish(question, linked)
    if linked.wish in ("value", "list", "count"):
        linked.asked += [
            n for n in told_columns(grid, named=linked.wish == "value") if n not in linked.asked
        ]
    linked.stated = None if linked.sides else _stated(question)
    linked.counted = linked.wish == "sum" and bool(asking.COUNT.search(question))
    return linked if _complete(question, said, linked) else None


def _labels(said: Text, linked: Linked) -> None:
    """Take the labels of a list that the question says or asks for."""
    for condition, span in labels_said(said.rest(), linked.grid):
        if condition not in linked.conditions:
            linked.conditions.append(condition)
        said.take(span)
        linked.score += span[1] - span[0]
    if asked := label_asked(said.rest(), linked.grid):
        linked.asked.append(asked[0])
        linked.labelled = True
        said.take(asked[1])
        linked.score += asked[1][1] - asked[1][0]


def _stated(question: str) -> int | None:
    """Return how many rows are meant; “占全部16处” counts all of them, not those."""
    whole = whole_in(question)
    return stated_number(question[: whole[0]] + question[whole[1] :] if whole else question)


def _of_the_title(text: str, grid: Grid) -> Iterator[Span]:
    """Yield where states stand that the table's title says of all its rows (“在建项目”)."""
    cells = {
        value
        for column in grid.columns
        if is_status(column) and is_class(column, grid)
        for value in values_of(column, grid)
    }
    for span in _called(text, grid):
        yield span
        text = text[: span[0]] + " " * (span[1] - span[0]) + text[span[1] :]
    for _, (start, end) in asked_statuses(text):
        if text[start:end] in cells or core(text[start:end]) in cells:
            continue  # that column tells the rows apart
        after = re.match(r"的?(?:项目|工程|任务|事项)", text[end:])
        if after and text[start:end] + after.group().lstrip("的") in grid.title:
            yield start, end


def _called(text: str, grid: Grid) -> Iterator[Span]:
    """Yield where a question calls the table by its caption or its sheet (“今年计划开工的里头”)."""
    names = {fold(grid.sheet)} if 2 <= len(grid.sheet) <= 8 else set()
    for match in _INSIDE.finditer(text):
        runs = (text[at : match.start()] for at in range(match.start()))
        run = next((run for run in runs if run in grid.near and not run[:1].isspace()), "")
        if run and (run in names or len(run) >= LEAST_CALLED):
            yield match.start() - len(run), match.start()


def _remarks(said: Text, linked: Linked) -> None:
    """Take what a named column of running text mentions, and the amount behind it."""
    grid = linked.grid
    mention = mentions_in(said.rest(), grid)
    if mention is None:
        return
    condition, span = mention
    linked.conditions.append(condition)
    linked.asked.append(condition.column)
    said.take(span)
    linked.score += span[1] - span[0]
    if not _HOW_MUCH.search(said.rest()) or any(
        fold(c.name) in said.rest() for c in grid.columns if c.kind == "number"
    ):
        return
    figures = figure_behind(condition.words, grid.column(condition.column), grid)
    if figures is not None:
        linked.grid, linked.measure = figures
        linked.asked.append(linked.measure)


def _headed(pattern: re.Pattern[str], grid: Grid) -> bool:
    return any(pattern.search(column.path) for column in grid.columns)


def _mentions(said: Text, linked: Linked) -> None:
    """Take the names and values that the question says, the longest first."""
    grid = linked.grid
    found: list[tuple[int, int, Span, str, object]] = []
    for line in grid.lines:
        name = fold(line.words.get(grid.name, ""))
        if len(name) >= 2:
            found += [
                (len(name), 4, s, "name", line.start)
                for s in at_places(said.text, name)
                if not PHASE.match(said.text, s[1])  # 二期 is another one
            ]
    for column in _of_now(grid.columns, said.text):
        if is_class(column, grid):
            role = role_of(column)
            said_of = any(h in said.text for h in head_variants(column))
            rank = 3 if said_of or (role and role in said.text) else 2
            for folded, written in values_of(column, grid).items():
                if _EVERYWHERE.fullmatch(folded):
                    continue
                for words in variants(folded, column):
                    found += [
                        (len(words), rank, s, "value", (column.number, written))
                        for s in at_places(said.text, words)
                        if words == folded
                        or not (_of_a_name(said.text, s, grid) or _of_a_head(said.text, s, grid))
                    ]
    values: dict[int, dict[str, str]] = {}
    rows: dict[int, str] = {}
    taken: dict[Span, tuple[str, int]] = {}
    for length, _, span, kind, what in sorted(found, key=lambda f: (-f[0], -f[1], f[2])):
        free = said.free(span)
        place = cast(tuple[int, str], what)[0] if kind == "value" else -1
        if not free and taken.get(span) != (kind, place):
            continue
        taken[span] = (kind, place)
        said.take(span)
        linked.score += length if free else 0
        words = said.text[span[0] : span[1]]
        if kind == "name":
            rows[cast(int, what)] = words
        else:
            number, value = cast(tuple[int, str], what)
            values.setdefault(number, {})[value] = words
    _statuses(said, linked, values)
    _denied(said, linked)
    for column_number, said_for in values.items():
        calls = "、".join(dict.fromkeys(said_for.values()))
        linked.conditions.append(Among(column_number, frozenset(said_for), calls))
    if rows:
        linked.conditions.append(Named(frozenset(rows), "、".join(dict.fromkeys(rows.values()))))


def _kinds(said: Text, linked: Linked) -> None:
    """Take the rows of a told list of states that the question says in other words."""
    if not is_valued(linked.grid):
        return
    rows: set[int] = set()
    calls: list[str] = []
    for named, span in list(kinds_said(said.rest(), linked.grid)):
        rows |= named.rows
        calls.append(named.said)
        said.take(span)
        linked.score += span[1] - span[0]
    if rows:
        _name_rows(linked, Named(frozenset(rows), "、".join(calls)))
    if (share := share_asked(said.rest())) and linked.grid.sums:
        linked.whole = True
        said.take(share)
        linked.score += share[1] - share[0]


def _of_a_head(text: str, span: Span, grid: Grid) -> bool:
    """Tell whether words are part of a heading that the question says (“完成时限”)."""
    return any(
        a <= span[0] and span[1] <= b and b - a > span[1] - span[0]
        for column in grid.columns
        for words in head_variants(column)
        for a, b in at_places(text, words)
    )


def _heads_and_titles(said: Text, linked: Linked) -> None:
    """Take the headings and what of the titles the question says, the longest first."""
    grid = linked.grid
    found: list[tuple[int, int, Span, int]] = [
        (b - a, 0, (a, b), -1)
        for a, b in _in_title(said.rest(), grid.title)
        if said.text[a:b] not in ("进度", "进展", "状态")
        and (TABLES.search(said.text[a:b]) or not _of_a_name(said.rest(), (a, b), grid))
    ]
    for column in grid.columns:
        if column.kind != "serial":
            for words in head_variants(column):
                found += [(len(words), 1, s, column.number) for s in at_places(said.text, words)]
    taken: set[Span] = set()
    titled: list[Span] = []
    for length, _, span, number in sorted(found, key=lambda f: (-f[0], -f[1], f[2])):
        if number < 0:
            if part_of_a_measure(said.text, span):
                continue  # “完成投资” says a measure, though the note above the table has “投资”
            for part in _free_parts(said, span):
                _take_title(said, linked, part)
                titled.append(part)
        elif _is_measure(grid, number, span) and any(a <= span[0] < b for a, b in titled):
            linked.asked.append(number)  # “专项债券” of “专项债券资金”, words of the title, too
        elif said.free(span) or span in taken:
            linked.score += length if said.free(span) else 0
            said.take(span)
            taken.add(span)
            linked.asked.append(number)
            words = said.text[slice(*span)]
            if number == grid.name and not _PLAIN.fullmatch(words):
                # What the rows are (“水厂”) names the table, too.
                linked.titles.append(words)


def _is_measure(grid: Grid, number: int, span: Span) -> bool:
    """Tell whether a heading that the question says is of amounts, and says of which."""
    return grid.column(number).kind == "number" and span[1] - span[0] >= LEAST_HEAD


def _free_parts(said: Text, span: Span) -> list[Span]:
    """Return the parts of a span that nothing explains yet, of two characters or more."""
    found, start = [], span[0]
    for at in range(span[0], span[1] + 1):
        if at == span[1] or not said.open[at]:
            if at - start >= 2:
                found.append((start, at))
            start = at + 1
    return found


def _of_a_name(text: str, span: Span, grid: Grid) -> bool:
    """Tell whether words go on as the name of a row does (“柳林沟” is not 柳林街道)."""
    start, end = span
    longer = {text[start : end + 1], text[max(0, start - 1) : end]} - {text[start:end]}
    return any(
        words in fold(line.words.get(grid.name, "")) for line in grid.lines for words in longer
    )


def _in_title(text: str, title: str) -> Iterator[Span]:
    """Yield the longest runs of the question that the titles hold, of two characters or more."""
    at = 0
    while at < len(text):
        end = at
        while end < len(text) and text[at : end + 1] in title and not text[end].isspace():
            end += 1
        if end - at >= 2:
            yield at, end
            at = end
        else:
            at += 1


def _take_title(said: Text, linked: Linked, span: Span) -> None:
    """Take a run of the titles; only one that names something, or a kind of table, counts."""
    words = said.text[slice(*span)]
    said.take(span)
    linked.score += 0.5 * len(words)
    if TABLES.search(words) or not _PLAIN.fullmatch(words):
        linked.titled += len(words)
        linked.titles.append(words)


def _kind_agrees(question: str, grid: Grid) -> bool:
    """Tell whether a kind of document that the question names is the table's (“通报里”)."""
    kinds = set(_DOCUMENTS.findall(question))
    return not kinds or any(kind in grid.title for kind in kinds)


def _denied(said: Text, linked: Linked) -> None:
    """Take states that the question denies: all rows but those that have them are meant."""
    for column in linked.grid.columns:
        if not (is_status(column) and is_class(column, linked.grid)):
            continue
        for written, span in denied_values(said.rest(), column, linked.grid):
            if said.free(span):
                said.take(span)
                linked.score += span[1] - span[0]
                among = Among(column.number, frozenset({written}), written)
                linked.conditions.append(Apart(among))


def _statuses(said: Text, linked: Linked, values: dict[int, dict[str, str]]) -> None:
    """Take states: parts of a state's own words that no other state has, else what they mean."""
    grid = linked.grid
    columns = _of_now([c for c in grid.columns if is_status(c) and c.kind == "words"], said.text)
    for column in sorted(columns, key=lambda c: not is_class(c, grid)):
        known = values_of(column, grid) if is_class(column, grid) else {}
        for folded, written in known.items():
            for size in range(len(folded) - 1, max(1, len(core(folded)) // 2), -1):
                for at in range(len(folded) - size + 1):
                    piece = folded[at : at + size]
                    shared = sum(piece in other for other in known) != 1
                    if shared or piece in grid.title or any(piece in c.path for c in grid.columns):
                        continue
                    for span in at_places(said.text, piece):
                        if said.free(span):
                            said.take(span)
                            linked.score += size
                            values.setdefault(column.number, {})[written] = piece
        rest = said.rest()
        for written, span in status_values(rest, column, grid):
            words = said.text[span[0] : span[1]]
            values.setdefault(column.number, {})[written] = words
            linked.score += span[1] - span[0] if said.free(span) else 0
            said.take(span)


def _of_now(columns: Sequence[Column], asked: str) -> Sequence[Column]:
    """Return the columns without those that the same column of a later month follows.

    Of “9月底评定” and “10月底评定” the second tells how a thing stands now; a question that says
    a month means that month's.
    """
    if re.search(r"\d月", asked):
        return columns
    return of_latest(columns, lambda column: column.path)


def _wanted(said: Text, linked: Linked, wanted: Sequence[asking.Wanted]) -> None:
    """Take what is asked for (“谁牵头”), and note the columns that say it."""
    grid = linked.grid
    for pattern, keys, heads in wanted:
        match = pattern.search(said.rest())
        if match is None:
            continue
        columns = [c for c in grid.columns if c.key in keys and c.number != grid.name]
        columns = columns or [
            c for c in grid.columns if heads.search(c.name) and c.number != grid.name
        ]
        if columns:
            linked.asked += [c.number for c in columns]
            said.take(match.span())
            linked.score += WANTED * len(match.group())


def _rows_called(said: Text, linked: Linked) -> bool:
    """Take runs that call rows by part of their names; False where a run is not explained."""
    grid = linked.grid
    rest = said.rest()
    for pattern in (
        asking.RANK,
        asking.SUM,
        asking.COUNT,
        asking.COMPARE,
        asking.HOW_MUCH,
        asking.LIST,
    ):
        rest = pattern.sub(lambda m: " " * len(m.group()), rest)
    rest = STATED.sub(lambda m: " " * len(m.group()), rest)
    rest = ASKING.sub(lambda m: " " * len(m.group()), rest)
    rest = _FUNCTION.sub(lambda m: " " * len(m.group()), rest)
    rows: frozenset[int] | None = None
    calls: list[str] = []
    last = 0
    for match in re.finditer(r"[\u4e00-\u9fffa-z0-9.+#*]+", rest):
        run = match.group()
        names = content_words(run, "zh", sure=True)
        lines = [line for line in grid.lines if names and called(run, line, grid)]
        if lines and len(lines) <= max(1, len(grid.lines) // 2):
            found = frozenset(line.start for line in lines)
            joint = _JOINT.fullmatch(said.text, last, match.start()) if rows else None
            rows = found if rows is None else (rows | found if joint else rows & found)
            last = match.end()
            calls.append(run)
            said.take(match.span())
            linked.score += PARTLY * len(run)
        elif names and all(name in grid.notes for name in names):
            said.take(match.span())
        elif names and (mention := mentioned(names, grid)):
            linked.conditions.append(mention)
            linked.asked.append(mention.column)
            said.take(match.span())
            linked.score += PARTLY * len(run)
        elif names:
            return False
    if rows is not None and not rows:
        return False
    if rows:
        _name_rows(linked, Named(rows, "、".join(calls)))
    return True


def _name_rows(linked: Linked, named: Named) -> None:
    """Add rows called by part of a name; with another in full, both are meant."""
    other = next((c for c in linked.conditions if isinstance(c, Named)), None)
    if other is not None and not other.rows & named.rows:
        linked.conditions.remove(other)
        named = Named(other.rows | named.rows, f"{other.said}、{named.said}")
    linked.conditions.append(named)


def _wish(question: str, linked: Linked) -> Wish:
    number = bool(linked.measure is not None or linked.less or linked.share)
    if _WHICH.search(question) and not _HOW_MUCH.search(question):
        number = number and bool(asking.RANK.search(question) or asking.COMPARE.search(question))
    if any(
        isinstance(c, Bound) and is_place(linked.grid.column(c.column)) for c in linked.conditions
    ):
        return "list"  # the table's own places answer “第一名”
    if asking.RANK.search(question):
        return "rank"
    if asking.COMPARE.search(asking.LEFT.sub("", question)) and number and _sides(linked):
        return "compare"
    if asking.AVERAGE.search(question) and number:
        return "average"
    if asking.PORTION.search(question) and linked.conditions and not linked.measure:
        return "portion"
    if linked.whole and linked.conditions:
        return "portion"
    grouped = _grouped(question, linked, _EACH_OF) is not None
    if asking.EACH.search(question) and not asking.SUM.search(question) and not grouped:
        named = any(isinstance(c, Named) for c in linked.conditions)
        return "value" if named and linked.asked else "list"
    summed = asking.SUM.search(question) and number
    if is_valued(linked.grid) and asking.HOW_MUCH.search(question):
        return "sum"  # a figure that is told, not how many names there are
    if asking.COUNT.search(question) and not (summed and linked.measure is not None):
        both = number and linked.measure in linked.asked
        besides = asking.HOW_MUCH.search(asking.COUNT.sub("", question))
        return "sum" if both and besides else "count"
    if summed or (linked.share and _RATE.search(question)):
        return "sum"
    several = sum(linked.grid.column(n).kind == "number" for n in linked.asked) > 1
    if several and any(isinstance(c, Named) for c in linked.conditions):
        return "value"  # “总投资多少，建多少套”
    if number and asking.HOW_MUCH.search(question):
        return "sum"
    if any(isinstance(c, Named) for c in linked.conditions) and linked.asked:
        return "value"
    return "list"


def _asks_state(question: str, linked: Linked) -> None:
    """Take “销号没有” of one row for the question of its state, not for a filter."""
    named = any(isinstance(c, Named) for c in linked.conditions)
    if not (named and asking.YES_NO.search(question)):
        return
    for condition in list(linked.conditions):
        if isinstance(condition, Among) and is_status(linked.grid.column(condition.column)):
            linked.conditions.remove(condition)
            linked.asked += [c.number for c in linked.grid.columns if is_status(c)]


def _sides(linked: Linked) -> bool:
    """Split the condition that names two values or two rows into the sides of a comparison."""
    for condition in linked.conditions:
        sides: Sequence[Condition] = ()
        if isinstance(condition, Among) and len(condition.values) == 2:
            sides = [Among(condition.column, frozenset({v}), v) for v in sorted(condition.values)]
        elif isinstance(condition, Named) and len(condition.rows) == 2:
            sides = [Named(frozenset({row}), "") for row in sorted(condition.rows)]
        chosen = {frozenset(n.start for n in linked.grid.lines if s.holds(n)) for s in sides}
        if len(chosen) == 2:
            linked.conditions.remove(condition)
            linked.sides = list(sides)
            return True
    return False


def _half_read(question: str, said: Text) -> bool:
    """Tell whether a state was taken for a heading (“进度”), and what is said of that left over."""
    rest = said.rest()
    return any(_HOW_IT_GOES.fullmatch(rest[a:b].strip()) for _, (a, b) in asked_statuses(question))


def _of_people(question: str, grid: Grid) -> bool:
    """Tell whether projects are asked for of a table that names persons and no things."""
    heads = [column.name for column in grid.columns if column.kind == "words"]
    persons = any(_PERSONS.search(head) for head in heads)
    return bool(_PROJECTS.search(question) and persons and not any(map(_THINGS.search, heads)))


def _complete(question: str, said: Text, linked: Linked) -> bool:
    """Tell whether enough is understood for an answer of that kind."""
    grid = linked.grid
    if linked.wish != "value" and asked_statuses(said.rest()):
        return False  # a state that no row is said to have
    if linked.wish != "value" and _half_read(question, said):
        return False
    if linked.wish in ("list", "count") and _of_people(question, grid):
        return False
    if linked.wish != "value" and _MORE.search(said.rest()):
        return False  # a condition that no column answers for sure
    if linked.wish in ("list", "count", "sum") and asking.GAP.search(asking.LEFT.sub("", question)):
        return False  # by how much, where nothing to compare was understood
    if len(asking.COUNT.findall(question)) > 1 or _two_roles(question, linked):
        return False
    if linked.wish == "rank":
        ranked = asking.RANK.search(question)
        linked.ascending = bool(ranked and ranked["low"])
        if (match := asking.TOP.search(question)) and match["n"]:
            linked.top = _numeral(match["n"])
        linked.by = _grouped(question, linked)
        kinds = _KINDS.search(question)
        if linked.by is None and kinds and kinds["kind"] not in grid.column(grid.name).name:
            return False  # of kinds that the table does not tell apart
        if linked.by is None and _WHOSE.search(question) and not _names_owners(grid):
            return False  # “哪个单位” of rows that are projects, whose the table does not say
        return (
            linked.measure is not None or bool(linked.less or linked.share) or linked.by is not None
        )
    if _BEST.search(said.rest()):
        return False  # the best of something that no column ranks
    rated = (
        linked.share
        or linked.whole
        or (linked.measure is not None and grid.column(linked.measure).unit == "%")
    )
    if linked.wish in ("sum", "average", "compare") and _SHARES.search(said.rest()) and not rated:
        return False  # a share is asked for, which no column gives
    if linked.measure is not None and _PUBLIC.search(said.rest()):
        return False  # what a government takes in or a region makes, which no column tells
    if linked.measure is not None and _MONEY_OF.search(said.rest()):
        measured = grid.column(linked.measure)
        if not (measured.money or measured.unit == "%"):
            return False  # an amount of money is asked for, and the column counts things
    if _BATCHES.search(said.rest()):
        return False  # of a batch that no row is said to be of
    several = len(_FIGURES.findall(question)) > 1 and not linked.counted
    if linked.wish in ("sum", "average") and several:
        return False  # only one of the figures asked for is worked out
    if linked.wish == "portion":
        counted = linked.measure is not None or asking.COUNT.search(question)
        return bool(counted) or not asking.SUM.search(question)
    if linked.wish in ("sum", "count") and (by := _grouped(question, linked, _EACH_OF)) is not None:
        linked.wish, linked.by = "rank", by
        return True
    if linked.wish in ("compare", "sum", "average"):
        return bool(linked.conditions or linked.sides or linked.titled >= 2)
    if linked.wish == "value":
        return bool(linked.asked) or bool(linked.less or linked.share)
    if linked.wish == "count":
        whole = any(w in grid.near for w in linked.titles) and not _NARROWER.search(said.rest())
        return bool(linked.conditions) or whole
    if linked.conditions:
        bounded = any(not isinstance(c, Among | Named) for c in linked.conditions)
        asked = set(linked.asked) - {grid.name} and _WHAT.search(question)
        return bounded or bool(asked or asking.LIST.search(question))
    each = linked.measure is not None and asking.EACH.search(question)
    if (asking.HOW_MUCH.search(question) and not each) or _NARROWER.search(said.rest()):
        return False  # a condition, or a figure, that was not understood
    listed = each or asking.LIST.search(question)
    return bool(listed) and any(w in grid.near for w in linked.titles)


def _two_roles(question: str, linked: Linked) -> bool:
    """Tell whether a value is asked for in two roles (“牵头和配合”): one alone is no answer."""
    roles = {role for c in linked.grid.columns if (role := role_of(c)) and role in question}
    filtered = {
        role_of(linked.grid.column(c.column)) for c in linked.conditions if isinstance(c, Among)
    }
    return len(roles) > 1 and bool(filtered & roles)


def _grouped(question: str, linked: Linked, which: str = r"(?:哪|各|每)") -> int | None:
    """Return the column whose values are asked about (“哪个乡镇”, “各乡镇”), None for none."""
    for column in linked.grid.columns:
        if not is_class(column, linked.grid):
            continue
        heads = [re.escape(h) for h in head_variants(column)]
        heads += [re.escape(re.sub(r"^(?:所在|所属)", "", fold(column.name)))]
        heads += ["单位", "部门"] if column.key == "unit" else []
        heads += ["乡镇", "镇街", "镇", "乡", "街道"] if column.key in ("location", "place") else []
        if column.number == GROUP or re.search(r"类|批|板块", column.name):
            heads += ["批", "类", "板块", "块", "组", "领域", "部分"]
        names = "|".join(heads)
        named = rf"|(?:{names})是哪" if "哪" in which else ""
        if re.search(rf"{which}(?:一|个|家|些|几个)*(?:{names}){named}", question):
            return column.number
    return None


def _names_owners(grid: Grid) -> bool:
    """Tell whether the rows of a table are units, by their heading or by their names."""
    if re.search(r"单位|部门|主体|乡镇|街道|地区", grid.column(grid.name).name):
        return True
    return any(is_owner(line.words.get(grid.name, "")) for line in grid.lines)


def _numeral(words: str) -> int:
    """Return how many are wanted, one or more."""
    digits = re.match(r"\d+", words)
    return max(1, int(digits.group()) if digits else chinese_count(words))
