"""From a question to a ``Query``: its words linked to what the ledger really holds.

Each facet takes the words that it understood out of the question. What is left
over must be held by a row or its document; if it is not, the question is not one
for the ledger.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from assistant.glossary import translate
from assistant.ledger.measures import limits_in, measure_of, top_of
from assistant.ledger.query import Kind, Query
from assistant.ledger.unitnames import UnitNames
from assistant.question import Question
from index.ledger.book import Ledger, LedgerRow
from index.ledger.names import core_name
from index.ledger.reasons import kinds_in
from index.ledger.status import status_mentions
from index.words import fold

_EXCEPT = re.compile(
    r"(?:除了?|除去|不算|不包括|不含|排除|剔除)(?P<what>[^，,。？?]{1,16}?)(?:之外|以外|外|的项目|的|，|,)"
    r"|(?:other than|except(?: for)?|excluding|apart from|besides) (?P<en>[a-z ,]{3,40}?)(?= ?(?:,|\?|$|reasons?|problems?|projects?|which|what))"
    r"|(?:不是|并非|非)(?:因为?|由于)?(?P<no>[^，,。？?]{1,8}?)(?:原因|问题|因素)"
)
_CAUSE = re.compile(
    r"因|由于|原因|问题|困难|缺|不足|不到位|未落实|受阻|导致|卡在|due to|because|lack|reason|shortage|problem|issue"
)
_KIND_WORDS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("promise", re.compile(r"民生实事|为民实事|实事|livelihood (?:promises|projects)")),
    ("task", re.compile(r"(?:工作|重点|年度|目标)?任务|督办事项|事项|\btasks?\b")),
    ("unit", re.compile(r"(?:哪些?|哪[个几]|各|所有|每个)(?:乡镇|街道|镇街|镇|县区|区县)|(?:乡镇|街道|镇街)(?:排名|完成率)|which (?:towns?|townships?|subdistricts?)")),
    ("fund_line", re.compile(r"债券项目|专项债")),
)  # fmt: skip
_GROUPS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("unit", re.compile(r"(?:按|各|每个?|分)(?:责任|牵头|主管|实施)?(?:单位|部门|街道|镇街)|哪(?:个|些|几个|家)(?:责任|牵头|主管|实施|建设)?(?:单位|部门|街道|局|镇)|(?:by|per|each|every|which) (?:responsible )?(?:units?|departments?|bureaus?|offices?|agenc(?:y|ies))|(?:单位|部门)(?:分别|各|分布)")),
    ("reason_kind", re.compile(r"按(?:原因|问题)(?:类别|种类|分类|归类)?|(?:各类|每类|哪类|哪种)(?:原因|问题)|原因(?:分类|归类|分布)|(?:by|per|which) (?:kind of )?reasons?")),
    ("status", re.compile(r"按(?:状态|进度|阶段|进展)|各(?:种|类)?(?:状态|阶段)|(?:by|per) (?:status|stage)|(?:状态|阶段)分布")),
    ("location", re.compile(r"按(?:地点|位置|区域)")),
    ("leader", re.compile(r"(?:按|各|每(?:个|位))(?:责任|包抓|分管|包联)?领导|哪(?:个|位)(?:责任|包抓|分管)?领导")),
)  # fmt: skip
_WHAT: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("reason", re.compile(r"原因|为什么|为何|理由|存在(?:什么|哪些)?问题|(?:什么|哪些)(?:问题|困难)|卡在|难点|\bwhy\b|reasons?|problems?")),
    ("measures", re.compile(r"措施|下一?步|怎么(?:办|解决)|如何解决|打算|measures?|next steps?")),
    ("deadline", re.compile(r"时限|期限|(?:何时|什么时候|哪天|几月)(?:能|前|要)?(?:完成|竣工|完工|建成|开工|投用)?|完成时间|竣工时间|计划完工|deadline|when will")),
    ("leader", re.compile(r"(?:责任|包抓|分管|包联|联系|牵头|挂点)?领导|责任人|负责人|谁(?:负责|牵头|包抓)|leaders?\b")),
    ("location", re.compile(r"地点|位置|在哪里?|位于|where|locations?")),
    ("status_text", re.compile(r"进展|状态|进度(?:如何|怎|情况|是)|情况(?:如何|怎|$|？|\?)|怎么样|如何了|到哪一?步|形象进度|\bstatus\b|progress|how (?:are|is) .* going")),
    ("unit", re.compile(r"(?:责任|牵头|主管|实施|负责|建设)(?:单位|部门)|哪(?:个|些|家)(?:单位|部门|局)|归(?:谁|哪)|由谁|谁(?:负责|牵头)|名下|responsible|which (?:unit|department|bureau)|in charge")),
    ("total_investment", re.compile(r"总投资|投资总额|概算|total investment")),
    ("planned_investment", re.compile(r"(?:年度|计划|年)(?:计划)?投资|年度计划|投资计划|债券额度|额度|planned investment")),
    ("done_investment", re.compile(r"完成(?:了)?(?:多少)?投资|投资完成|已(?:完成|支出|投)|支出(?:了)?多少|完成多少|completed investment|invested|spent")),
    ("percent", re.compile(r"完成率|支出率|完成比例|百分之|完成(?:了)?百分|percentage|completion rate")),
)  # fmt: skip
# Words of asking and grammar, and those that every record is described by.
_STOP = re.compile(
    r"请问|请|帮我|告诉我|列出|列举|罗列|统计|查(?:一下|询)?|说说|看看|一下|目前|现在|当前|现阶段|截至|截止|到底|今年|本年度?|全部|所有|一共|总共|合计|共计|累计|共有|共|总(?!投资)|各自|各是|各个?|分别|都|还|又|也|仍|的|了|吗|呢|吧|啊|是|有|在|由|被|把|和|与|及|或者?|以及|跟|同|而|但|这|那|其中|其|哪些|哪几[个项家]|哪[个类家种一]?|什么|多少|几[个项家条]|怎么样?|如何|为什么|为何|是否|有没有|没有|没|谁|何时"
    r"|重点|建设|子?项目|工程|任务|工作|事项|清单|名单|名称|台账|记录|情况|进展|进度|状态|原因|理由|问题|困难|影响|导致|造成|因为|由于|因|单位|部门|责任|负责|牵头|承担|实施|主管|名下|归|属于|投资额?|资金|金额|数额|数量|个数|总数|总额|总和|比例|占比|比重|占|百分比|率|个|项|家|件|条|类|种|位|最|多|少|大|小|高|低|前|后|名|排名|排序|从|按|以|为|比|较|差|相差|差额|差距|相比|之间|之|个?数|按期|如期|计划|年度|年|完成|能|会|要|请列|给出|提供|需要|存在|涉及|具体|相关|有关|主要|里面?|中|里|内|上|下|我区|我市|我县|全区|全市|全县|区里|报告|文件|材料|通报|情形|处于|已经?|已|未|不|尚|至今|其他|其它|另外?|除外|万元|亿元|元|超过|以上|以下|不足|大于|小于|低于|高于|达到|截至目前|目前为止|落实|推进|对应|相应|说明|措施|下一?步|时限|期限|领导|地点|位置|卡在|哪里|哪儿"
)
_STOP_EN = re.compile(
    r"\b(?:which|what|who|whom|how|many|much|why|when|where|list|show|give|tell|me|all|the|a|an|of|in|on|at|for|to|by|with|from|and|or|is|are|was|were|be|been|being|has|have|had|do|does|did|not|yet|there|that|this|these|those|their|its|it|they|them|each|every|any|still|currently|now|please|can|could|you|i|we|us|about|as|than|more|most|least|fewest|largest|biggest|highest|lowest|smallest|top|total|sum|number|count|altogether|combined|together|difference|between|share|percentage|percent|proportion|rate|projects?|works?|tasks?|items?|responsible|in charge|unit|units|department|bureau|reasons?|problems?|problem|issues?|because|due|lack|status|progress|stage|stand|standing|going|investment|invested|amount|yuan|million|billion|plan|planned|annual|schedule|completed|complete|key|under|far|so|also|them|group|grouped|rank|ranked|district|county|city)\b"
)


@dataclass(slots=True)
class _Words:
    """The question's words; what a facet understood is blanked out of ``rest``."""

    rest: str
    taken: list[str] = field(default_factory=list)

    def take(self, start: int, end: int) -> None:
        """Blank out a span."""
        self.taken.append(self.rest[start:end])
        self.rest = self.rest[:start] + " " * (end - start) + self.rest[end:]

    def take_all(self, pattern: re.Pattern[str]) -> bool:
        """Blank out every match; tell whether there was one."""
        matches = list(pattern.finditer(self.rest))
        for match in matches:
            self.take(*match.span())
        return bool(matches)


def read_query(
    question: Question, ledger: Ledger, similar: Callable[[str, Sequence[str]], str | None]
) -> Query | None:
    """Return the question as a filter over the ledger, None where it is no such question.

    ``similar(words, names)`` returns the one of ``names`` that is nearest in
    meaning, None if none is near: the last resort for a unit in other words.
    """
    if not ledger.rows:
        return None
    words = _Words(fold(question.text))
    names = UnitNames(ledger)
    # Exclusions first: “除资金原因外” must not be read as “资金原因”.
    without = _without(words, names, question.language)
    named = _take_names(words, ledger)
    by = next((key for key, pattern in _GROUPS if pattern.search(words.rest)), None)
    units, unknown_unit = _take_units(words, names, question.language, similar, bool(by))
    leaders = _take_values(words, ledger, "leader")
    _take_base(words)
    statuses = _take_statuses(words)
    limits = limits_in(words.rest)
    for limit in limits:
        at = words.rest.find(limit.words)
        if at >= 0:
            words.take(at, at + len(limit.words))
    kinds = tuple(kind for kind, pattern in _KIND_WORDS if pattern.search(words.rest))
    columns = tuple(key for key, pattern in _WHAT if pattern.search(words.rest))
    reasons: tuple[str, ...] = ()
    if _CAUSE.search(words.rest):
        reasons = tuple(sorted(kinds_in(words.rest)))
    measure = measure_of(words.rest)
    top, ascending, superlative = top_of(words.rest)
    kind = _kind(words.rest, by, superlative, measure, statuses, units, named)
    if kind is None or unknown_unit or not _of_records(question.text, kind, statuses, kinds, named):
        return None
    query = Query(
        kind=kind,
        language=question.language,
        statuses=statuses,
        without_statuses=without[0],
        units=units,
        without_units=without[1],
        reasons=reasons,
        without_reasons=without[2],
        kinds=kinds,
        names=named,
        limits=limits,
        leaders=leaders,
        measure=measure,
        by=by if kind in ("rank", "group", "compare") else None,
        top=top,
        ascending=ascending,
        columns=columns,
        leftover=_leftover(words, question.language, reasons, kinds),
    )
    return link_leftover(query, ledger)


def _without(
    words: _Words, names: UnitNames, language: str
) -> tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]]:
    match = _EXCEPT.search(words.rest)
    if not match:
        return (), (), ()
    what = match["what"] or match["no"] or translate(match["en"] or "") or match["en"] or ""
    statuses = tuple(dict.fromkeys(key for key, _ in status_mentions(what)))
    units = names.find(what)
    reasons = tuple(sorted(kinds_in(what)))
    if not (statuses or units or reasons):
        return (), (), ()
    words.take(*match.span())
    return statuses, units, () if statuses or units else reasons


def _take_names(words: _Words, ledger: Ledger) -> tuple[str, ...]:
    """Take the names of records that the question says whole, longest first."""
    found: list[str] = []
    names = {core_name(row.record.name): row.record.name for row in ledger.rows}
    for core in sorted(names, key=len, reverse=True):
        if len(core) < 3:
            continue
        at = _find_plain(words.rest, core)
        if at:
            words.take(*at)
            found.append(core)
    return tuple(found)


def _find_plain(text: str, core: str) -> tuple[int, int] | None:
    pattern = r"[\W_]*".join(re.escape(c) for c in core)
    match = re.search(pattern, text)
    return match.span() if match else None


def _take_units(
    words: _Words,
    names: UnitNames,
    language: str,
    similar: Callable[[str, Sequence[str]], str | None],
    grouped: bool,
) -> tuple[tuple[str, ...], bool]:
    """Take the units named; tell also whether one was named that the ledger does not hold."""
    units: list[str] = []
    for start, end, found in names.mentions(words.rest):
        words.take(start, end)
        units += found
    unknown = False
    if not units and language == "en":
        for start, end, mention in names.english_mentions(words.rest):
            near = similar(mention, names.all())
            if near:
                units.append(near)
                words.take(start, end)
            else:
                unknown = True
    elif not units and not grouped:
        unknown = names.unknown_mention(words.rest) is not None
    return tuple(dict.fromkeys(units)), unknown


def _take_values(words: _Words, ledger: Ledger, name: str) -> tuple[str, ...]:
    values = {row.text(name) for row in ledger.rows} - {None}
    found = []
    for value in sorted((str(v) for v in values), key=len, reverse=True):
        bare = re.sub(r"\s", "", fold(value))
        for part in re.split(r"[、，,]", bare):
            at = words.rest.find(part)
            if len(part) >= 2 and at >= 0:
                words.take(at, at + len(part))
                found.append(part)
    return tuple(dict.fromkeys(found))


_SHARE_OF = re.compile(r"占(?P<base>[^，,。？?占]{1,16}?)的?(?=比例|比重|百分|多少|几成|率)")


def _take_base(words: _Words) -> None:
    """Take what a share is asked of (“占在建项目总数的比例”): it names no status."""
    match = _SHARE_OF.search(words.rest)
    if match:
        words.take(*match.span("base"))


def _take_statuses(words: _Words) -> tuple[str, ...]:
    """Take the statuses named, in the order in which they are named."""
    found: list[str] = []
    covered = 0
    for key, (start, end) in status_mentions(words.rest):
        if start >= covered:
            found.append(key)
            words.take(start, end)
            covered = end
    return tuple(dict.fromkeys(found))


_COMPARE = re.compile(
    r"哪(?:类|种|个|一类)?(?:更?多|多些|更少|少)|相差|差多少|差几|(?:比|较).{0,20}(?:多|少)(?:多少|几)|多(?:多少|几[个项家])|少(?:多少|几[个项家])|对比|比较|差距|compare|difference|how many more|more .* than"
)
_SHARE = re.compile(
    r"占.{0,16}(?:比例|比重|多少|百分|几成|率)|比例|占比|比重|百分之几|几成|what (?:share|percentage|proportion|percent)|percentage of"
)
_COUNT = re.compile(
    r"(?:多少|几)(?:个|项|家|件|条)|数量|有多少(?:项目|工程|任务|事项)|how many|number of"
)
_SUM = re.compile(
    r"(?:合计|总共|一共|共|总额|总和|总计|加起来|累计|之和).{0,16}(?:投资|资金|支出|多少|额度)|(?:投资|资金|支出|额度).{0,12}(?:合计|总共|一共|共|总额|总和|总计|加起来|之和|是?多少)|(?:完成|投)了?多少(?:投资|资金)?|how much|total .*invest|sum of"
)
_LIST = re.compile(
    r"哪些|哪几|哪[个家]|有什么|列出|列举|罗列|名单|清单|都有|分别是|各是|which|what|list|show"
)
_WHY = re.compile(r"为什么|为何|原因|怎么(?:没|还没|会)|理由|卡在|\bwhy\b|reasons?")
_STATUS = re.compile(
    r"状态|进展|进度|怎么样|如何|情况|到哪一?步|(?:开工|竣工|完工|完成|建成|启动|动工)了?(?:吗|没)|\bstatus\b|progress|how is|finished|started"
)


def _kind(
    rest: str,
    by: str | None,
    superlative: bool,
    measure: str | None,
    statuses: tuple[str, ...],
    units: tuple[str, ...],
    named: tuple[str, ...],
) -> Kind | None:
    """Return the kind of question, None where it is none for the ledger."""
    compared = len(statuses) >= 2 or len(units) >= 2 or len(named) >= 2
    if _COMPARE.search(rest) and compared:
        return "compare"
    if named:
        if superlative or by:
            return None
        return "why" if _WHY.search(rest) else "status" if _STATUS.search(rest) else "value"
    if superlative:
        return "rank"
    if by and not re.search(r"哪(?:个|家)", rest):
        return "group"
    if _SHARE.search(rest) and (statuses or units):
        return "share"
    if _COUNT.search(rest):
        return "count"
    if _SUM.search(rest) and measure and not re.search(r"哪些|which", rest):
        return "sum"
    if _LIST.search(rest) or units or statuses:
        return "list"
    return None


_RECORDS = re.compile(
    r"项目|工程(?!师)|任务|事项|实事|\b(?:projects?|works|tasks?|promises)\b"
    r"|(?:负责|牵头|承担|主管|名下)(?:的|了|着)?(?:哪|什么|多少|几)|responsible for"
)
# “多少个老旧小区” counts other things than projects.
_COUNTED = re.compile(
    r"(?:多少|几)(?:个|项|家|件|条)(?P<what>[\u4e00-\u9fff]{2,6})|how many (?P<en>[a-z ]{3,30})"
)
_COUNTABLE = re.compile(
    r"^(?:重点|在建|新建|续建|省级|市级|区级|县级|子|民生|政府|投资|产业|工业)*(?:项目|工程|任务|事项|实事)|项目|projects?|tasks?|works"
    r"|^(?:是|已|还|未|没|有|因|由|属|正|能|按|滞后|停工|竣工|完工|完成|开工|在|处于|被|投资|超过|总投资|are|were|have|is)"
)


def _of_records(
    text: str,
    kind: Kind,
    statuses: tuple[str, ...],
    kinds: tuple[str, ...],
    named: tuple[str, ...],
) -> bool:
    """Tell whether a question speaks of projects or the like, not of what a text says."""
    folded = fold(text)
    counted = _COUNTED.search(folded)
    if kind == "count" and counted and not _COUNTABLE.search(counted["what"] or counted["en"]):
        return False
    return bool(named or kinds or _RECORDS.search(folded)) or (
        bool(statuses) and kind in ("list", "count", "compare", "share", "sum")
        and not re.search(r"为什么|为何|why", folded)
    )  # fmt: skip


def _leftover(
    words: _Words, language: str, reasons: tuple[str, ...], kinds: tuple[str, ...]
) -> tuple[str, ...]:
    """Return the words of the question that no facet has understood."""
    rest = words.rest
    if language == "en":
        rest = _STOP_EN.sub(" ", rest)
        pieces = [p for p in re.findall(r"[a-z][a-z\-']+|[\u4e00-\u9fff]+|\d+", rest) if len(p) > 1]
        return tuple(p for p in pieces if not (p.isascii() and _is_reason(p, reasons)))
    for _, pattern in (*_KIND_WORDS, *_GROUPS):
        rest = pattern.sub(" ", rest)
    if reasons:
        rest = _REASON_WORDS.sub(" ", rest)
    rest = _STOP.sub(" ", rest)
    return tuple(p for p in re.findall(r"[\u4e00-\u9fffa-z\d*]+", rest) if len(p) > 1)


_REASON_WORDS = re.compile(
    r"资金|融资|经费|土地|用地|征地|拆迁|征迁|征收|手续|审批|规划|设计|变更|市场|投资(?:方|商|人)|撤资|退出|放弃|短缺|缺乏|不足|不到位|未落实|紧张|缺口|到位|办理|缓慢"
)


def _is_reason(word: str, reasons: tuple[str, ...]) -> bool:
    return bool(set(kinds_in(word)) & set(reasons)) or word in ("shortage", "money", "problems")


def link_leftover(query: Query, ledger: Ledger) -> Query | None:
    """Link words that are left over to documents or rows; None where one links to nothing."""
    from dataclasses import replace

    periods, texts = [], []
    for word in query.leftover:
        if any(_document_says(row, word) for row in _documents(ledger)):
            periods.append(word)
        elif any(_row_says(row, word) for row in ledger.rows):
            texts.append(word)
        else:
            return None
    return replace(query, periods=tuple(periods), texts=tuple(texts))


def _documents(ledger: Ledger) -> list[LedgerRow]:
    """Return one row of each document."""
    first: dict[tuple[int, int], LedgerRow] = {}
    for row in ledger.rows:
        first.setdefault((row.file.id, row.record.document), row)
    return list(first.values())


def _document_says(row: LedgerRow, word: str) -> bool:
    document = row.document
    said = f"{document.title} {row.file.path} {document.issuer or ''} {document.date_text or ''}"
    as_of = row.text("as_of") or ""
    return word in fold(re.sub(r"\s", "", said)) or word in fold(re.sub(r"\s", "", as_of))


def _row_says(row: LedgerRow, word: str) -> bool:
    said = " ".join(words.text for words in row.record.fields.values())
    return word in fold(f"{said} {row.section}")
