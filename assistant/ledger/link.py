"""From a question to a ``Query``: its words linked to what the ledger really holds.

Each facet takes the words that it understood out of the question. What is left
over must be held by a row or its document; if it is not, the question is not one
for the ledger.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from typing import get_args

from assistant.figures_said import in_figures
from assistant.glossary import translate
from assistant.ledger import vocabulary as vocab
from assistant.ledger.asked import asked_statuses, statuses_said, supposed_statuses
from assistant.ledger.bounded import limits_of_columns, spells_asked
from assistant.ledger.causes import cause_asked, kind_of_cause
from assistant.ledger.changes import Change, change_in
from assistant.ledger.columns import PREFIX, columns_asked, rank_column
from assistant.ledger.deadlines import due_in
from assistant.ledger.eachof import each_in
from assistant.ledger.issued import issued_then
from assistant.ledger.leftover import (
    content_words,
    dates_in,
    document_says,
    documents,
    names_something,
    row_says,
)
from assistant.ledger.measures import both_ends, limits_in, measure_spans, top_of
from assistant.ledger.monthspans import Span as Months
from assistant.ledger.monthspans import before_asked, months_asked
from assistant.ledger.named import held_by_one, part_names, runs_of, whole_names
from assistant.ledger.ownstates import is_own, own_key, own_mentions, own_names
from assistant.ledger.parted import parts_named
from assistant.ledger.query import Kind, Query
from assistant.ledger.sectionamounts import places_named
from assistant.ledger.select import cause_of, class_names, counted_classes, in_group
from assistant.ledger.sorts import sort_named, trade_named
from assistant.ledger.unitclasses import classes_asked
from assistant.ledger.unitnames import UnitNames
from assistant.question import Question
from index.ledger.book import Ledger, LedgerRow
from index.ledger.issuers import issuer_of
from index.ledger.periods import Period, ended_in, periods_in, resolved
from index.ledger.places import place_of
from index.ledger.reasons import kinds_in
from index.ledger.records import AMOUNTS, Progress, Span
from index.ledger.status import status_of
from index.ledger.units import is_region
from index.words import fold

Similar = Callable[[str, Sequence[str]], str | None]

_SHARE_OF = re.compile(
    r"占(?!比)(?P<base>[^，,。？?占]{1,16}?)的?(?=比例|比重|百分|多少|多大|几成|率|份额|[？?]|$)"
)
# “续建项目完成年度计划的百分之几”: of their own plan, too, though nothing “占” it.
_DONE_OF_PLAN = re.compile(
    r"(?:完成|达到?|实现)(?:了|到)?(?:年度|全年|当年|今年|年)?(?:投资)?(?:计划|任务|目标)(?:投资|任务)?的?(?:百分|几成|多大比例|比例)"
)
# “完成年度计划不到40%”: what the bound is of, and no state.
_DONE_OF = re.compile(
    r"(?:只|才|仅)?(?:完成|实现|达到)了?(?:本项目|自身|其|年初)?(?:年度|全年|当年|今年|年)?(?:投资)?"
    r"(?:计划|任务|目标)(?:投资)?的?(?:比例)?(?:还|都|仍|只)?$"
)
_SHARES = re.compile(r"占比|比重|占(?:项目)?总数|百分点")
_AMONG = re.compile(r"(?:类)?(?:的)?(?:项目|工程)?(?:当?中|里)(?!止)")
_TROUBLED = re.compile(
    r"(?:存在|有|填了|写了|列了|反映)(?:了|明)?(?:存在)?(?:的)?(?:问题|困难)的|哪些(?:[^，,？?]{0,6}有)?问题"
    r"|(?:还|仍|尚)(?:留|带)?(?:有|着)(?:什么|哪些|些)?[^，,。？?]{0,10}(?:欠项|缺项|尾项|尾巴|遗留事项|(?:没|未)(?:有)?(?:了结|办结|办完|办好))"
    r"(?:没|未)?(?:有)?(?:了结|清完|清|办完|补齐)?(?:的)?"
    r"|问题(?:清单|项目|工程|台账)|存在问题|with problems|problem list"
)
_REMAINING = re.compile(
    r"(?:还差|还剩|还有)[^，,。？?]{0,4}多少[^，,。？?]{0,8}(?:没|未|完成|才)|差多少[^，,。？?]{0,6}(?:没|未)?完成|还差多少"
    r"|(?:超出|超过|超额?完成|超|多于)(?:了)?(?:年度|全年)?(?:投资)?计划[^，,。？?]{0,4}多少|比(?:年度|全年)?(?:投资)?计划多(?:完成)?了?多少"
)
_OWN_BASE = re.compile(
    r"(?:其|自身|自己)?的?(?:总投资|(?:年度|全年|年)?(?:计划)?(?:投资|投入|任务|目标)(?:计划)?|概算)(?:额)?的?"
)
# Who builds, plans or supervises is not the one responsible.
_OTHER_UNIT = re.compile(
    r"(?:施工|监理|设计|承建|勘察|中标|代建|运营|总包|检测)(?:单位|方|公司|企业|院)|设计院|施工队|谁(?:设计|施工|监理|承建)"
    r"|哪(?:个|家)(?:公司|单位|企业|队伍)?[^，。？?]{0,4}(?:施工|承建|监理|设计|中标|代建)"
)
_ASIDE = re.compile(r"[（(][^（）()]{4,}[）)]")
_AS_TOLD = re.compile(r"为准|通报|报告|简报|[月周]报|截[至止]|数据")
_RATE = re.compile(r"比例|比重|占比|百分|完成率|几成")
_DOMAIN = re.compile(r"(?:领域|方面|板块|行业|系统)")
_GROUP_NAME = re.compile(r"[\u4e00-\u9fff]{2,8}?类")
_ASPECT = re.compile(r"(?P<name>[\u4e00-\u9fff]{2,10}?)方面")
_GENRE_TAIL = re.compile(r"(?:通知|通报|单|函|稿|材料|报告)$")
_GENRE = re.compile(
    r"督办(?:通知|通报|单|函)?|(?:整改|问题)?清单|[\u4e00-\u9fff]{0,2}台账|[周月季]报|交办(?:清单|单|问题)?|会议纪要|纪要|讲话稿?|公告|通报|简报|分析(?:材料|报告)?|进展表|明细表|排名|汇报|方案|新闻|工作报告"
)


@dataclass(slots=True)
class _Words:
    """The question's words; what a facet understood is blanked out of ``rest``.

    ``asked`` has only names, units and dates blanked: it tells the kind of question.
    """

    rest: str
    asked: str
    taken: list[str] = field(default_factory=list)

    def take(self, start: int, end: int, *, named: bool = False) -> None:
        """Blank out a span; ``named`` ones also where the kind of question is told."""
        self.taken.append(self.rest[start:end])
        blank = " " * (end - start)
        self.rest = self.rest[:start] + blank + self.rest[end:]
        if named:
            self.asked = self.asked[:start] + blank + self.asked[end:]


def read_query(question: Question, ledger: Ledger, similar: Similar) -> Query | None:
    """Return the question as a filter over the ledger, None where it is no such question.

    ``similar(words, names)`` returns the one of ``names`` that is nearest in
    meaning, None if none is near: the last resort for a unit in other words.
    """
    if not ledger.rows:
        return None
    folded = in_figures(fold(question.text))
    words = _Words(folded, folded)
    units_known = UnitNames(ledger)
    named = _take_names(words, ledger)
    asked_of_each: tuple[str, ...] = ()
    if question.language == "zh":
        asked_of_each = _take_each(words)
        _take_asides(words)
    # Exclusions first: “除资金原因外” must not be read as “资金原因”.
    own_known = own_names(ledger)
    without = _without(words, units_known, own_known)
    turned = _take_turns(words, ledger)
    fresh = _take_fresh(words, ledger)
    own = _take_states(words, own_known)
    by = next((key for key, pattern in vocab.GROUPS if pattern.search(words.rest)), None)
    issuers = _take_issuers(words, ledger)
    locations = _take_places(words, ledger)
    latest = vocab.LATEST.search(words.asked)
    classes = () if by else _take_unit_classes(words, units_known)
    units, unknown = _take_units(words, units_known, ledger, question.language, similar, bool(by))
    leaders = _take_leaders(words, ledger)
    groups = _take_parted(words, ledger) or _take_groups(words, ledger)
    groups += _take_month(words, ledger)
    trade = _take_trade(words, ledger)
    due = due_in(words.rest) if _has_deadlines(ledger) else None
    if due:
        words.take(*due.span, named=True)
    months = _take_months(words, ledger)
    before = before_asked(words.rest) if measure_spans(words.rest) and not named else None
    if before:
        words.take(*before, named=True)
    periods = (months.early, months.late) if months else _take_periods(words, ledger)
    dates = _take_dates(words)
    genres = _take_genres(words, ledger)
    parts = _take_sections(words, ledger, genres)
    limits = limits_of_columns(words.rest, limits_in(words.rest), ledger)
    limits += spells_asked(words.rest, ledger)
    for limit in limits:
        at = words.rest.find(limit.words)
        if at >= 0:
            led = _DONE_OF.search(words.rest, 0, at) if limit.field == "percent" else None
            words.take(led.start() if led else at, at + len(limit.words))
    plain = _without_statuses(words.asked)
    columns = tuple(key for key, pattern in vocab.WHAT if pattern.search(plain))
    columns = tuple(dict.fromkeys([*columns, *asked_of_each]))
    lacking = bool(vocab.LACKING.search(words.asked))
    if lacking and "reason" not in columns:
        columns = ("reason", *columns)
    extra = columns_asked(words.asked, ledger)
    if _OTHER_UNIT.search(words.asked):
        columns = tuple(c for c in columns if c != "unit")
    change = None if fresh else change_in(words.asked, periods)
    if months:
        change = Change("amount", months.early, months.late)
    if before and not periods:
        change = Change("amount")
    base = _SHARE_OF.search(words.rest)
    share_of_all = bool(base and not _OWN_BASE.fullmatch(base["base"].strip()))
    _take_base(words)
    share = None if limits else _take_share_measure(words)
    own_states = _take_own_states(words, ledger)
    statuses, among, both = _take_statuses(words, own)
    if fresh and set(fresh) <= set(own_known):  # its own name of a state, said in other words
        statuses, fresh = (*map(own_key, fresh), *statuses), ()
    kinds = _kinds(words.rest, by, statuses)
    measure = _take_measure(words) or share
    reasons = tuple(sorted(_reasons_asked(words.rest)))
    said = " ".join(_causes_said(words.rest))
    causes = _take_causes(words, ledger)
    if not causes and (cause := cause_asked(said, ledger)):
        causes = (cause,)
    if causes and not reasons:
        reasons = (kind_of_cause(causes[0]),)
    top, ascending, superlative = top_of(words.asked)
    if latest and not superlative and measure is None:
        measure, superlative, ascending = "deadline", True, bool(latest["first"])
    ranks = rank_column(extra)
    if superlative and measure is None and ranks:
        measure, ascending = ranks, not ascending
    if statuses:  # “慢于序时（个）” heads a column of counts, and is asked of projects here
        extra = tuple(k for k in extra if not status_of(k.removeprefix(PREFIX), heading=True))
    if extra and not kinds and _only_units(extra, ledger):
        kinds = ("unit",)
    sorts = () if named else _take_sort(words, ledger)
    named += _take_parts(words, ledger, named, superlative)
    narrowed = (*units, *classes, *groups, *issuers, *locations, *leaders, *trade)
    kind = _kind(words.asked, by, superlative, measure, statuses, narrowed, named, limits)
    if change and change.kind == "any" and named:
        change, kind = None, "status"
    if change and len(named) > 1 and kind == "compare":
        change = None  # two projects at one time, not one at two
    if change and (kind in ("list", "count", "compare", "sum", "value", "status", None)):
        kind = "change"
    if len(named) > 1 and kind == "value" and measure and vocab.SUM_SURE.search(words.asked):
        kind = "sum"
    if named and share_of_all and measure and kind == "value":
        kind = "share"
    if _REMAINING.search(folded) and measure:
        kind = "remaining"
    if by == "group" and len(statuses) > 1:
        by = None  # “滞后的和没开工的，哪类多”: the states are what is compared
    sides = groups or issuers
    if (
        kind in ("list", "value", "sum", "count", None)
        and len(sides) > 1
        and vocab.COMPARE.search(words.asked)
    ):
        kind = "compare"
    if kind == "compare" and measure is None and len(statuses) > 1 and _SHARES.search(folded):
        measure = "share"
        words.rest = _SHARES.sub(" ", words.rest)
    if kind == "compare" and groups and measure in AMOUNTS and _RATE.search(folded):
        return None  # whose rate is higher is no difference of amounts
    if kind is None or (unknown and not named):
        return None
    if named and kind in ("why", "status") and not units:
        mentioned = units_known.unknown_mention(folded)
        units = (mentioned,) if mentioned else ()
    if not _of_records(
        folded,
        kind,
        statuses or own_states or fresh,
        kinds,
        named,
        bool(narrowed or extra or (by == "group" and measure)),
        bool(measure and (periods or before)),
    ):
        if not (kind == "sum" and measure and periods):
            return None
        of_all = True  # “截至10月底累计完成投资多少” says of what but by saying nothing
    else:
        of_all = False
    query = Query(
        kind=kind,
        language=question.frames,
        statuses=statuses,
        without_statuses=without[0],
        units=units,
        without_units=without[1],
        unit_classes=classes,
        reasons=reasons,
        causes=causes,
        without_reasons=without[2],
        kinds=kinds,
        names=named,
        limits=limits,
        leaders=leaders,
        locations=locations,
        groups=groups,
        trades=trade,
        issuers=issuers,
        at=periods,
        change=change,
        both=both,
        due=due,
        troubled=bool(_TROUBLED.search(words.asked)) or bool(without[2] and not statuses),
        measure=measure,
        base=_base_asked(base, folded, statuses, groups, units),
        by=by if kind in ("rank", "group", "compare") else None,
        top=top,
        ascending=ascending,
        ends=both_ends(words.asked),
        columns=columns,
        lacking=lacking,
        still=len(periods) == 2 and not named and bool(_STILL.search(folded)),
        supposed=supposed_statuses(folded) if named else (),
        extra=extra,
        texts=(*turned, *fresh, *own_states, *among, *parts, *sorts),
        periods=genres,
    )
    sure = bool(
        turned
        or fresh
        or own_states
        or statuses
        or units
        or classes
        or named
        or reasons
        or causes
        or limits
        or issuers
        or due
    )
    rest = _without_known(words.rest, reasons or causes)
    left = [*dates, *content_words(rest, question.language, sure)]
    if of_all and (left or query.filtered_beyond_time):
        return None
    if named and question.language == "en":
        left = dates  # the name stands there in both languages
    if named and _of_no_year(dates, ledger):
        return None
    if named and (columns or measure or extra):
        return _link_known(query, left, ledger)
    return _link(query, left, ledger)


def _without_statuses(asked: str) -> str:
    """Return a question without its statuses: “完成年度投资计划的” asks for no plan."""
    for _, (start, end) in asked_statuses(asked):
        asked = asked[:start] + " " * (end - start) + asked[end:]
    return asked


def _without(
    words: _Words, names: UnitNames, own: Sequence[str]
) -> tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]]:
    statuses: list[str] = []
    units: list[str] = []
    reasons: list[str] = []
    for match in list(vocab.EXCEPT.finditer(words.rest)):
        what = (
            match["what"]
            or match["no"]
            or match["rel"]
            or translate(match["en"] or "")
            or match["en"]
            or ""
        )
        found = [key for key, _ in statuses_said(what, own)]
        named = names.find(what)
        kinds = [] if named else sorted(_reasons(what))
        # “钱没到位的” is a reason, though 没到位 might be said of a status.
        found = [] if kinds else found
        if found or named or kinds:
            words.take(*match.span())
            statuses += found
            units += named
            reasons += kinds
    return (
        tuple(dict.fromkeys(statuses)), tuple(dict.fromkeys(units)), tuple(dict.fromkeys(reasons)),
    )  # fmt: skip


_OF_KIND = re.compile(r"(?:专项)?债券?(?:资金|项目|额度)?|专项债|bond\S*")
_NO_CAUSE = re.compile(
    r"(?:什么|哪些|哪个|啥)(?:样的)?(?:原因|问题|困难|环节)|(?:原因|问题)(?:是|在|有)"
)
_CAUSE_SAID = re.compile(
    r"(?:因为?|由于|受|涉及|卡在|缺少?|没有?|差|除了?|under|due to|because of|lack of|for lack of)[^，,。？?]{0,12}"
    r"|[^，,。？?的]{1,10}(?:的)?(?:原因|问题|困难|不足|短缺|缺口|制约|影响|拖住|绊住|没到位|不到位|未到位|没落实|未落实|没批|造成|引起|导致|所致|shortage|problems?|reasons?)"
)


MIN_CAUSE = 4  # characters; shorter heads (“资金”) but name a kind of reason


def _take_causes(words: _Words, ledger: Ledger) -> tuple[str, ...]:
    """Take the heads under which a document counts reasons (“用地和征拆5个（第7、29项……）”)."""
    known = {cause for row in ledger.rows if len(cause := cause_of(row.record)) >= MIN_CAUSE}
    found = []
    for cause in sorted(known, key=len, reverse=True):
        at = words.rest.find(cause)
        if at >= 0:
            words.take(at, at + len(cause))
            found.append(cause)
    return tuple(found)


def _reasons_asked(rest: str) -> set[str]:
    """Return the kinds of reason that a question narrows by, not those that it asks for."""
    return {kind for said in _causes_said(rest) for kind in _reasons(said)}


def _causes_said(rest: str) -> list[str]:
    """Return the words of a question that name a reason which it narrows by."""
    text = _NO_CAUSE.sub(" ", _OF_KIND.sub(" ", rest))
    if not vocab.CAUSE.search(text):
        return []
    return [match.group() for match in _CAUSE_SAID.finditer(text)]


def _reasons(text: str) -> set[str]:
    """Return the kinds of reason that a question's words mean, colloquial ones too."""
    colloquial = {kind for kind, pattern in vocab.REASONS if pattern.search(text)}
    return colloquial | set(kinds_in(text))


def _take_names(words: _Words, ledger: Ledger) -> tuple[str, ...]:
    """Take the names of records that the question says whole, longest first."""
    found = []
    for core, span in whole_names(words.rest, ledger):
        if _unit_itself(core, ledger) or _place_of_projects(core, words.rest, ledger):
            continue
        words.take(*span, named=True)
        found.append(core)
    return tuple(found)


def _unit_itself(core: str, ledger: Ledger) -> bool:
    """Tell whether a ranked unit's name is meant as the owner of other records."""
    kinds = {row.record.kind for row in ledger.rows if fold(row.record.name) == core}
    owners = {fold(row.text("unit") or "") for row in ledger.rows}
    return kinds == {"unit"} and core in owners


def _place_of_projects(core: str, text: str, ledger: Ledger) -> bool:
    """Tell whether a county with figures of its own is named for its projects in some state."""
    if not (is_region(core) and re.search(r"项目|工程", text) and asked_statuses(text)):
        return False
    kinds = {row.record.kind for row in ledger.rows if fold(row.record.name) == core}
    places = {place_of(row.record) for row in ledger.rows if row.record.kind != "unit"}
    return kinds == {"unit"} and core in places


def _take_parts(
    words: _Words, ledger: Ledger, named: tuple[str, ...], superlative: bool
) -> tuple[str, ...]:
    """Take parts of names, where the question is about single projects."""
    both = vocab.COMPARE.search(words.asked) or vocab.SUM_SURE.search(words.asked)
    lacking = not named or (len(named) == 1 and both)
    latin = words.rest.isascii() is False and bool(re.match(r"[a-z]", words.asked.strip()))
    if not lacking or superlative:
        return ()
    listed = bool(vocab.LIST.search(words.asked)) and not latin
    text = _JOINTS.sub(lambda m: " " * len(m.group()), words.rest)
    text = vocab.ASKING.sub(lambda m: " " * len(m.group()), text)
    found = []
    runs = [(run, at) for run, at in runs_of(text) if names_something(run)]
    if listed:  # a list of many; but “某某园从二季度到三季度有什么变化” begins with one
        begins = text.find(runs[0][0]) == 0 if runs else False
        runs = runs[:1] if begins and not named and held_by_one(runs[0][0], ledger) else []
    for core, span in part_names(runs, ledger):
        if core not in named:
            words.take(*span, named=True)
            found.append(core)
    return tuple(found)


# Where the words of a name end in a question.
_JOINTS = re.compile(
    r"(?:这|那|该)(?:[个项件条座]|(?=项目|工程))|对(?!外)|关于|把|到(?!位)|从|比|较(?!场)|要求(?!是)|[多少](?:出|完成|投入?|花|支出|用)?(?=了?\s|了?$)|提的|批评了?|点名"
)


def _take_asides(words: _Words) -> None:
    """Take remarks in parentheses: they explain, and narrow nothing but the time."""
    for match in list(_ASIDE.finditer(words.rest)):
        if not re.search(r"[\u4e00-\u9fff]", match.group()):
            continue
        start, end = match.span()
        for period in periods_in(match.group()) if _AS_TOLD.search(match.group()) else ():
            words.take(start, match.start() + period.span[0], named=True)
            start = match.start() + period.span[1]
        words.take(start, end, named=True)


def _take_each(words: _Words) -> tuple[str, ...]:
    """Take the half that asks something of each thing listed; return the columns it asks for."""
    each = each_in(words.asked)
    if each is None or not each.columns:
        return ()
    start, end = each.span
    for aside in _ASIDE.finditer(words.rest, start, end):
        end = min(end, aside.start())  # “……，各是什么进展？（以9月底通报为准）” says the time
    words.take(start, end, named=True)
    return each.columns


def _take_issuers(words: _Words, ledger: Ledger) -> tuple[str, ...]:
    """Take the regions whose documents are asked about (“澄湖区和云麓区”)."""
    known = {issuer_of(row) for row in documents(ledger)} - {""}
    found = []
    for region in sorted(known, key=len, reverse=True):
        at = words.rest.find(region)
        if len(region) >= 2 and at >= 0:
            words.take(at, at + len(region), named=True)
            found.append(region)
    return tuple(found) if len(found) < len(known) or len(found) > 1 else ()


def _take_places(words: _Words, ledger: Ledger) -> tuple[str, ...]:
    """Take a place where things are built (“在双港镇实施的”)."""
    values = {row.text("location") for row in ledger.rows} - {None}
    found = []
    for value in sorted((fold(str(v)) for v in values), key=len, reverse=True):
        match = re.search(
            rf"(?:在|位于|地处|落在|坐落于){re.escape(value)}(?:境内|辖区|内|里|实施|建设|落地|开工|的)"
            rf"|{re.escape(value)}(?:境内|辖区内)",
            words.rest,
        )
        if len(value) >= 2 and match:
            words.take(*match.span(), named=True)
            found.append(value)
    return tuple(found)


def _take_units(
    words: _Words,
    names: UnitNames,
    ledger: Ledger,
    language: str,
    similar: Similar,
    grouped: bool,
) -> tuple[tuple[str, ...], bool]:
    """Take the units named; tell also whether one was named that the ledger does not hold."""
    units: list[str] = []
    for start, end, found in list(names.mentions(words.rest)):
        if language == "en" and all(is_region(unit) for unit in found):
            continue  # “Shiyan (石堰县)”: where a thing named in English lies, no unit asked for
        words.take(start, end, named=True)
        units += found
    missing = False
    if language == "en":
        for start, end, mention in list(names.english_mentions(words.rest)):
            near = None if units else similar(mention, names.all())
            if near:
                units.append(near)
            missing |= not units
            words.take(start, end, named=True)
    elif not units and not grouped:
        unknown = names.unknown_mention(words.rest)
        # “项目单位是市城投公司的”: no unit responsible, but another column may hold it.
        return (), unknown is not None and not _held(unknown, ledger)
    return tuple(dict.fromkeys(units)), missing


def _take_unit_classes(words: _Words, names: UnitNames) -> tuple[str, ...]:
    """Take the class of units whose projects are asked for (“乡镇的项目里”)."""
    found = classes_asked(words.rest, names.all())
    if found is None:
        return ()
    words.take(*found[1], named=True)
    return found[0]


def _held(mention: str, ledger: Ledger) -> bool:
    """Tell whether some row holds a unit's name, of which ``mention`` ends in it."""
    tails = (mention[start:] for start in range(len(mention) - 2))
    return any(row_says(row, tail) for tail in tails for row in ledger.rows)


def _take_leaders(words: _Words, ledger: Ledger) -> tuple[str, ...]:
    """Take leaders with their titles and what they do (“副县长某某包联的”): the column says that."""
    values = {row.text("leader") for row in ledger.rows} - {None}
    found = []
    for value in sorted((str(v) for v in values), key=len, reverse=True):
        for part in re.split(r"[、，,]", re.sub(r"\s", "", fold(value))):
            at = words.rest.find(part)
            if len(part) < 2 or at < 0:
                continue
            title = vocab.TITLE.search(words.rest, 0, at)
            start, end = at, at + len(part)
            if behind := vocab.TITLE_BEHIND.match(words.rest, end):  # “某某副县长包联的”
                end = behind.end()
            elif title is None and words.rest[:at].endswith("由"):
                start -= 1
            does = vocab.LEADS.match(words.rest, end)
            words.take(title.start() if title else start, does.end() if does else end, named=True)
            found.append(part)
    return tuple(dict.fromkeys(found))


def _take_parted(words: _Words, ledger: Ledger) -> tuple[str, ...]:
    """Take classes that a report gives amounts of one by one, where amounts are asked for."""
    listed = vocab.LIST.search(words.asked) and not vocab.COMPARE.search(words.asked)
    if not measure_spans(words.asked) or listed:
        return ()
    found = parts_named(words.rest, ledger) or places_named(words.rest, ledger)
    for _, span in found:
        words.take(*span, named=True)
    return tuple(dict.fromkeys(name for name, _ in found))


def _take_groups(words: _Words, ledger: Ledger) -> tuple[str, ...]:
    """Take the classes that headings or group rows name (“产业类”, “教育和水利两个领域”)."""
    found = _take_domains(words, ledger)
    for match in _GROUP_NAME.finditer(words.rest):
        for start in range(match.start(), match.end() - 2):
            name = words.rest[start : match.end()]
            said = next((n for n in (name, name[:-1]) if _a_group(n, ledger)), None)
            if said:
                words.take(start, match.end(), named=True)
                found.append(said)
                break
    found += _take_counted(words, ledger)
    for match in _ASPECT.finditer(words.rest):  # “道路交通方面的”, where a list is parted so
        names = [match["name"][at:] for at in range(len(match["name"]) - 1)]
        said = next((n for n in names if any(_is_group(row, n) for row in ledger.rows)), None)
        if said:
            words.take(match.end() - len(said) - 2, match.end(), named=True)
            found.append(said)
    return tuple(dict.fromkeys(found))


def _take_counted(words: _Words, ledger: Ledger) -> list[str]:
    """Take the classes under whose headings projects are counted (“滞后的交通项目”)."""
    names = {name for row in ledger.rows for name in counted_classes(row)}
    found = []
    for name in sorted(names, key=len, reverse=True):
        said = re.search(
            rf"(?<![^的些个类有在\s，,]){re.escape(name)}(?=的?(?:重点)?(?:项目|工程))", words.rest
        )
        if said:
            words.take(*said.span(), named=True)
            found.append(name)
    return found


def _is_group(row: LedgerRow, name: str) -> bool:
    return fold(row.text("group") or "") == name


def _take_domains(words: _Words, ledger: Ledger) -> list[str]:
    """Take the parts that a report goes by, where a question calls them domains."""
    names = {name for row in ledger.rows for name in class_names(row)}
    known = "|".join(map(_loosely, sorted(names, key=len, reverse=True)))
    if not known or not _DOMAIN.search(words.rest):
        return []
    said = re.compile(
        rf"(?P<names>(?:{known})(?:(?:[、和与及跟]|以及)(?:{known}))*)(?:这?[两三四五六七八\d]个|等|这个|各)?{_DOMAIN.pattern}"
    )
    found: list[str] = []
    for match in list(said.finditer(words.rest)):
        words.take(*match.span(), named=True)
        found += [
            name if name in names else re.sub("[和与及、]", "", name)
            for name in re.findall(known, match["names"])
        ]
    return found


def _loosely(name: str) -> str:
    """Return a pattern for a class's name, its halves joined or not (“供水和排水”: “供水排水”)."""
    half = len(name) // 2
    if len(name) < 4 or len(name) % 2 or re.search("[和与及、]", name):
        return re.escape(name)
    return f"{re.escape(name[:half])}[和与及、]?{re.escape(name[half:])}"


def _a_group(name: str, ledger: Ledger) -> bool:
    return len(name) >= 2 and any(in_group(row, name) for row in ledger.rows)


def _take_trade(words: _Words, ledger: Ledger) -> tuple[str, ...]:
    """Take a trade that is asked for as a class, where rows say none (“卫生类”)."""
    found = trade_named(words.rest, ledger)
    if found is None:
        return ()
    words.take(*found[1], named=True)
    return (found[0],)


def _take_sort(words: _Words, ledger: Ledger) -> tuple[str, ...]:
    """Take the sort of thing that names say, where its words are no nouns (“老旧小区改造项目”)."""
    found = sort_named(words.rest, ledger)
    if found is None:
        return ()
    words.take(*found[1])
    return (found[0],)


def _has_deadlines(ledger: Ledger) -> bool:
    return any("deadline" in row.record.fields for row in ledger.rows)


def _take_periods(words: _Words, ledger: Ledger) -> tuple[Period, ...]:
    """Take the periods that some document counts up to."""
    ends = {ended for row in ledger.rows if (ended := ended_in(row))}
    found = []
    named = periods_in(words.rest)
    base = next((p for p in named if p.month and not p.day), None)
    for period in named:
        known = resolved(period, ends, base)
        if (not period.day or _as_of_day(period, ledger)) and any(map(known.fits, ends)):
            words.take(*period.span, named=True)
            found.append(known)
        elif issued := issued_then(period, words.rest, documents(ledger)):
            words.take(*period.span, named=True)
            found.append(issued)
    return tuple(found)


def _take_months(words: _Words, ledger: Ledger) -> Months | None:
    """Take months that are asked about by themselves, where an amount is asked for."""
    asked = re.search(r"多少|几", words.rest) and measure_spans(words.rest)
    ends = {ended for row in ledger.rows if (ended := ended_in(row))} if asked else set()
    months = months_asked(words.rest, ends)
    for start, end in months.spans if months else ():
        words.take(start, end, named=True)
    return months


def _as_of_day(period: Period, ledger: Ledger) -> bool:
    """Tell whether some document counts up to the very day that is named."""
    day = re.sub(r"^.*年|\s", "", fold(period.words)).replace("号", "日")
    return any(day in fold(row.text("as_of") or "") for row in ledger.rows)


def _take_dates(words: _Words) -> list[str]:
    found = []
    for start, end in dates_in(words.rest):
        found.append(words.rest[start:end])
        words.take(start, end, named=True)
    return found


def _take_genres(words: _Words, ledger: Ledger) -> tuple[str, ...]:
    """Take a kind of document that some of the titles name, not all (“会议纪要里”)."""
    rows = documents(ledger)
    found = []
    for match in list(_GENRE.finditer(words.rest)):
        whole = match.group()
        core = (
            whole if any(document_says(row, whole) for row in rows) else _GENRE_TAIL.sub("", whole)
        )
        said = [row for row in rows if document_says(row, core)]
        if said and len(said) < len(rows):
            found.append(core)
        words.take(*match.span())
    return tuple(dict.fromkeys(found))


# “二季度没开工的，到10月还有几个没开工”
_STILL = re.compile(r"[，,][^，,]{0,8}(?:还|仍)(?:有|剩|是)?[^，,]{0,2}(?:几|多少|哪)")
_SECTION = re.compile(
    r"(?:督办|催办|盯办|议定|交办|挂牌|整改|反馈|通报|点名|表[扬彰]|批评|约谈|问责|预警|提醒|警示|曝光|攻坚|帮扶|突破|销号|[调移]出)的?(?:事项|任务|项目|问题|单位)"
    r"|(?:本|下|上)(?:一)?个?(?:周|月|季度|阶段)(?!报)"
)


def _take_sections(words: _Words, ledger: Ledger, genres: Sequence[str]) -> tuple[str, ...]:
    """Take words that head a section of a document in question, whose rows are then meant.

    A notice that counts its “督办事项” tells in another section of what is done.
    """
    rows = [r for r in ledger.rows if all(document_says(r, word) for word in genres)]
    found: list[str] = []
    for match in list(_SECTION.finditer(words.asked)):  # a genre may have taken “督办” of it
        head = match.group().replace("的", "")
        as_headed = re.compile(f"{head[:2]}的?{head[2:]}")
        inside = {
            (r.file.id, r.record.document): said.group()
            for r in rows
            if (said := as_headed.search(fold(r.section)))
        }
        same = [r for r in rows if (r.file.id, r.record.document) in inside]
        if len(inside) == 1 and not all(as_headed.search(fold(r.section)) for r in same):
            found += inside.values()
            if not any(pattern.search(head) for _, pattern in vocab.KIND_WORDS):
                words.take(*match.span())
    return tuple(dict.fromkeys(found))


def _base_asked(
    base: re.Match[str] | None,
    folded: str,
    statuses: Sequence[str],
    groups: Sequence[str],
    units: Sequence[str],
) -> str | None:
    """Return the field of the plan that a share is asked of, None where it is of something else."""
    if base and (statuses or _of_itself(base, groups, units)):
        return _plan_of(base["base"])
    return "planned_investment" if groups and _DONE_OF_PLAN.search(folded) else None


def _of_itself(base: re.Match[str], groups: Sequence[str], units: Sequence[str]) -> bool:
    """Tell whether a share is asked of the own plan of classes or units (“占它年度计划的”)."""
    own = re.sub(r"^(?:它们?|各自|该[县区市类块]?)", "", base["base"].strip())
    plan = re.fullmatch(r"(?:年度|全年|年)?(?:投资)?计划(?:投资)?(?:额)?", own)
    return bool((groups or units) and plan)


def _plan_of(words: str) -> str | None:
    """Return the field of the plan that a share is asked of (“占年度计划投资的比例”)."""
    if re.search(r"计划|任务", words):
        return "planned_investment"
    return "total_investment" if "总投资" in words else None


def _take_base(words: _Words) -> None:
    """Take what a share is asked of (“占在建项目总数的比例”): it names no status."""
    match = _SHARE_OF.search(words.rest)
    if match and not re.search(r"计划|任务|目标", match["base"]):
        words.take(*match.span("base"))


_TURN = re.compile(
    r"[由从]?(?P<old>[红黄绿蓝橙])(?:灯|牌|色)?的?(?:[转变升降改]+)(?:成|为|到|回|了)*(?P<new>[红黄绿蓝橙])(?:灯|牌|色)?的?"
)
_STATE_TAIL = re.compile(r"(?:组|类|档|级|批|项目|的)+$")
_BECOMES = re.compile(r"(?:转|变|改)(?:成|为|入|到)?了?$|转(?:成|为|入)|变(?:成|为)")
_WHY_SO = re.compile(r"[，,；;].*(?:为什么|为啥|为何|怎么)[^，,]{0,4}$")
_EITHER = re.compile(r"和|及|与|、|或|还有|加上|\band\b|\bor\b")
_PROGRESS = frozenset(get_args(Progress))


def _take_states(words: _Words, names: Sequence[str]) -> list[tuple[str, Span]]:
    """Take the documents' own states that a question names, but for what a share is asked of."""
    base = _SHARE_OF.search(words.rest)
    low, high = base.span("base") if base else (0, 0)
    found = [m for m in own_mentions(words.rest, names) if not low <= m[1][0] < high]
    for _, span in found:
        words.take(*span)
    return found


def _take_statuses(
    words: _Words, own: Sequence[tuple[str, Span]]
) -> tuple[tuple[str, ...], tuple[str, ...], bool]:
    """Take the statuses named, in order; apart those that name a class (“前期项目中”).

    Tell, too, whether a stage and a progress are asked for together (“在建且滞后”).
    """
    found: list[str] = []
    both = False
    among: list[str] = []
    covered = 0
    mentions = sorted([*own, *asked_statuses(words.rest)], key=lambda mention: mention[1])
    for key, (start, end) in mentions:
        if start < covered:
            continue
        if found and _WHY_SO.search(words.asked[covered:start]):
            continue  # “红牌项目有哪些，为什么没有动工”: said again, of those
        mixed = bool(found) and is_own(found[-1]) != is_own(key)
        if mixed and not _EITHER.search(words.asked[covered:start]):
            both = True  # “黄牌项目里停工的”, “快于序时的绿牌项目”
            found.append(key)
        elif len(mentions) > 1 and not is_own(key) and _AMONG.match(words.rest, end):
            among.append(words.rest[start:end].removesuffix("项目"))
        else:
            other = bool(found) and (found[-1] in _PROGRESS) != (key in _PROGRESS)
            both |= other and bool(
                re.fullmatch(
                    r"\s*(?:且|但是?|而|并且|却|but|and)(?:又|也|已经?|都)*\s*",
                    words.rest[covered:start],
                )
            )
            if found and _BECOMES.search(words.asked[covered:start]):
                found.pop()  # “由滞后转为按期的”: they are so no longer
            found.append(key)
        words.take(start, end)
        covered = end
    one_of_each = len(found) == 2 and found[0] == "under_construction" and found[1] in _PROGRESS
    both |= one_of_each and not _EITHER.search(words.asked)
    return tuple(dict.fromkeys(found)), tuple(dict.fromkeys(among)), both


def _take_turns(words: _Words, ledger: Ledger) -> tuple[str, ...]:
    """Take a change from light to light as the documents write it (“从黄的变成绿的”)."""
    asked = _TURN.search(words.rest)
    if asked is None:
        return ()
    for row in ledger.rows:
        said = fold(row.text("status_text") or "")
        written = _TURN.search(said)
        if written and written.group("old", "new") == asked.group("old", "new"):
            words.take(*asked.span(), named=True)
            return (written.group(),)
    return ()


_FRESH = re.compile(
    r"(?:(?:今|本|去)年|第?[一二三四]季度|[上下]半年|\d{1,2}月(?:份)?|本[月季])?新(?:开工|动工|破土|开建|竣工|完工|投产|投用|建成|入库|增)(?!投资|加?[^，。]{0,4}多少)"
    r"|(?:[今明]年)?(?:第?[一二三四]季度|年底前?|[上下]半年|\d{1,2}月(?:份)?)(?:计划|拟|预计|力争|确保|要|将)(?:开工|竣工|完工|投产|投用|建成)"
)
_TO_COME = re.compile(r"计划|拟|预计|力争|确保|要|将")


def _take_fresh(words: _Words, ledger: Ledger) -> tuple[str, ...]:
    """Take what a report lists as new in just the words of the question (“三季度新开工7项：”)."""
    asked = _FRESH.search(words.rest)
    if asked is None:
        return ()
    said = {
        match.group()
        for row in ledger.rows
        if row.roster.stated or row.roster.table
        for match in _FRESH.finditer(fold(row.text("status_text") or ""))
        if _as_fresh(match.group()) == _as_fresh(asked.group())
    }
    if said:
        words.take(*asked.span(), named=True)
    return tuple(said)


_BEGUN = re.compile(r"动工|破土|开建")
_MONTH_OF = re.compile(
    r"(?P<month>\d{1,2}月)份?[^，,。？?\d]{0,3}?(?:(?P<begun>开工|动工|破土(?:动工)?|开建|进场)|(?P<done>竣工|完工|建成|投用|交付|投产))"
    r"(?:建设|使用)?的?(?=项目|工程|有|是|$|[，,。？?])"
)


def _as_fresh(words: str) -> str:
    """Return what is new, or to come, in one wording of several."""
    return _BEGUN.sub("开工", _TO_COME.sub("拟", words))


def _take_month(words: _Words, ledger: Ledger) -> tuple[str, ...]:
    """Take the month under which a report lists what began or was completed in it."""
    asked = _MONTH_OF.search(words.rest)
    if asked is None:
        return ()
    stage = "completed" if asked["done"] else "under_construction"
    listed = {fold(row.text("group") or "") for row in ledger.rows if row.record.stage == stage}
    if not {asked["month"], asked["month"] + "份"} & listed:
        return ()
    words.take(*asked.span(), named=True)
    return (asked["month"],)


def _take_own_states(words: _Words, ledger: Ledger) -> tuple[str, ...]:
    """Take an office's own name for a state that no status of ours explains (“跟跑组”)."""
    known = {
        _STATE_TAIL.sub("", fold(row.text("status_text") or ""))
        for row in ledger.rows
        if row.roster.stated and not (row.record.stage or row.record.progress)
    }
    found = []
    for state in sorted(known, key=len, reverse=True):
        at = words.rest.find(state)
        if len(state) >= 2 and at >= 0:
            words.take(at, at + len(state))
            found.append(state)
    return tuple(found)


def _take_share_measure(words: _Words) -> str | None:
    """Take “占年度计划的比例”, which is a percentage and no amount."""
    match = vocab.SHARE_MEASURE.search(words.rest)
    if match is None:
        return None
    words.take(*match.span())
    return "percent"


def _take_measure(words: _Words) -> str | None:
    measure = None
    for key, (start, end) in measure_spans(words.rest):
        measure = measure or key
        words.take(start, end)
    return measure


def _kinds(rest: str, by: str | None, statuses: tuple[str, ...]) -> tuple[str, ...]:
    found = [kind for kind, pattern in vocab.KIND_WORDS if pattern.search(rest)]
    if "unit" in found and statuses:
        found.remove("unit")  # “未开工的小区各街道有几个” groups projects
    return tuple(found)


def _kind(
    asked: str,
    by: str | None,
    superlative: bool,
    measure: str | None,
    statuses: tuple[str, ...],
    units: tuple[str, ...],
    named: tuple[str, ...],
    limits: tuple[object, ...],
) -> Kind | None:
    """Return the kind of question, None where it is none for the ledger."""
    if by and superlative and len(statuses) >= 2 and not measure:
        return "rank"  # “未开工和滞后的合起来，哪个县最多”
    several = len(statuses) >= 2 or len(units) >= 2 or len(named) >= 2
    if vocab.COMPARE.search(asked) and (several or (measure and units and not superlative)):
        return "compare"
    if named:
        if superlative or by == "status":
            return None
        why = vocab.WHY.search(asked) and not vocab.STATUS.search(asked)
        if why or vocab.WHY_SURE.search(asked):
            return "why"
        share = measure == "percent" and re.search(r"多少|几成|百分|\bhow (?:much|far)\b", asked)
        return "status" if vocab.STATUS.search(asked) and not share else "value"
    if superlative:
        return "rank"
    if by and not re.search(r"哪(?:个|家|些)", asked):
        return "group"
    if vocab.SHARE.search(asked) and (statuses or units) and not limits:
        return "share"
    if vocab.SUM_SURE.search(asked) and measure:
        return "sum"
    if vocab.COUNT.search(asked):
        return "count"
    if vocab.SUM.search(asked) and measure and not re.search(r"哪些|which", asked):
        return "sum"
    if vocab.LIST.search(asked) or statuses or limits:
        return "list"
    if units and not _HOW_MUCH.search(asked):  # of something that no facet has understood
        return "list"
    return None


def _only_units(extra: Sequence[str], ledger: Ledger) -> bool:
    """Tell whether only ranked units have those columns."""
    holders = {r.record.kind for r in ledger.rows if any(k in r.record.fields for k in extra)}
    return holders == {"unit"}


_HOW_MUCH = re.compile(r"(?:是|有|为|达到?)多少[^个项件家条]{0,3}$")
_OF_EACH = re.compile(r"的(?:都|各|分别)(?:自)?卡")  # “掉队的都卡在哪”
# What is lacking to the plan of all is asked of no single records.
_OF_THE_PLAN = re.compile(
    r"(?:离|距离?|跟|与|和|比|对照|照)(?:完成)?(?:全年|年度|今年|全区|全市|全县|总)?的?(?:年度|全年)?(?:投资)?(?:的)?(?:计划|目标|任务)"
)
# A meeting or a visit has somebody who holds it; a project has not.
_WHO_DID = re.compile(
    r"(?:谁|哪位|何人)[^，。？?]{0,6}(?:主持|召集|讲话|致辞|出席|参加|陪同|签发)|who (?:chaired|hosted)"
)


# What was arranged for projects in some state is asked of the text, which says it.
_ARRANGED = re.compile(
    r"(?:[作做]了?|有|提出了?|是)(?:哪些|什么|怎样的)(?:具体)?(?:安排|打算|部署|举措)|(?:怎么|如何)(?:安排|部署)"
)


def _of_records(
    folded: str,
    kind: Kind,
    statuses: tuple[str, ...],
    kinds: tuple[str, ...],
    named: tuple[str, ...],
    linked: bool,
    measured: bool,
) -> bool:
    """Tell whether a question speaks of projects or the like, not of what a text says."""
    counted = vocab.COUNTED.search(folded)
    countable = counted is None or vocab.COUNTABLE.search(counted["what"] or counted["en"])
    if kind == "count" and not countable:
        return False
    if kind in ("change", "remaining") and measured:
        return True
    if kind == "remaining" and _OF_THE_PLAN.search(folded):
        return True
    if kind == "list" and not named and _ARRANGED.search(folded):
        return False
    if statuses and not named and (vocab.LIST.search(folded) or _OF_EACH.search(folded)):
        return True
    if kind == "list" and _WHO_DID.search(folded) and not (named or statuses):
        return False
    return bool(named or kinds or vocab.RECORDS.search(folded)) or (
        (bool(statuses) or linked)
        and kind
        in ("list", "count", "compare", "share", "sum", "group", "change", "rank", "remaining")
        and not vocab.WHY.search(folded)
    )


_REASON_WORDS = re.compile(
    r"资金|融资|经费|钱|土地|用地|地皮|征地|拆迁|征迁|征收|手续|审批|规划|设计|变更|市场|投资(?:方|商"
    r"|人)|撤资|退出"
    r"|放弃|短缺|缺乏|不足|紧张|缺口|配套|到位|落实"
    r"|\b(?:funds?|funding|money|financ\w*|land|approvals?|permits?|planning|demolition"
    r"|relocation|resettlement"
    r"|design|investors?|market|shortage|lack)\b"
)


def _without_known(rest: str, reasons: tuple[str, ...]) -> str:
    """Return the rest without the words of grouping, of kinds, and of the reason asked for."""
    for _, pattern in (*vocab.KIND_WORDS, *vocab.GROUPS, *vocab.WHAT):
        rest = pattern.sub(" ", rest)
    rest = _TROUBLED.sub(" ", rest)
    return _REASON_WORDS.sub(" ", rest) if reasons else rest


def _of_no_year(dates: Sequence[str], ledger: Ledger) -> bool:
    """Tell whether a year is asked for that neither a document nor a row is of."""
    years = {match[0] for date in dates if (match := re.search(r"(?:19|20)\d\d", date))}
    known = documents(ledger)
    return any(
        not any(document_says(row, year) for row in known)
        and not any(row_says(row, year) for row in ledger.rows)
        for year in years
    )


def _link_known(query: Query, left: Sequence[str], ledger: Ledger) -> Query:
    """Link what is left over to documents; a project named with what is asked needs no more."""
    known = documents(ledger)
    periods = [word for word in left if any(document_says(row, word) for row in known)]
    return replace(query, periods=(*query.periods, *periods))


def _link(query: Query, left: Sequence[str], ledger: Ledger) -> Query | None:
    """Link words that are left over to documents or rows; None where one links to nothing."""
    periods: list[str] = list(query.periods)
    texts = list(query.texts)
    known = documents(ledger)
    for word in left:
        if any(document_says(row, word) for row in known):
            periods.append(word)
        elif any(row_says(row, word) for row in ledger.rows):
            texts.append(word)
        else:
            return None
    return replace(query, periods=tuple(periods), texts=tuple(texts))
