"""What running text says of one project: labelled fields, amounts, units, reasons."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from itertools import pairwise

from index.ledger.amounts import amount_value, amounts, percents
from index.ledger.causes import cause_in
from index.ledger.labels import IN_TEXT, text_label_key
from index.ledger.records import COLUMN, Span, Words
from index.ledger.status import status_of
from index.ledger.units import is_unit
from index.records import View

Fields = dict[str, Words]
_OTHERS = ("skip", "number", "place", "planned_count", "done_count")
LONG = frozenset({"reason", "measures", "status_text"})

_STOP = re.compile(r"[。\n]|$")
_SHORT_STOP = re.compile(r"[。；;\n，,]|$")
_PLANNED = re.compile(
    r"(?:(?:\d{4}|[今本当全])年度?|年度|全年|年|当年)[^，。；]{0,6}(?:计划|目标|任务"
    r"|安排)[^，。；]{0,8}$|(?:计划|目标|安排)(?:完成)?投资(?:额)?(?:为|是)?$|年度投资(?:为"
    r"|是)?$|投资计划(?:为|是)?$|计划(?:今|本|当)年投资$|计划投入(?:资金)?$|债券(?:资金|额度)?(?:为|是)?$"
)
_DONE = re.compile(
    r"(?:完成|到位|支出|拨付|使用)(?:了|的|年度|全年|前期|固定资产)*(?:总?投资|资金|产值|工作量"
    r"|债券资金)?(?:额)?(?:共|达到?|为|是|计|了|合计|约)*$"
)
# “1500万元已全部完成”.
_ALL_DONE = re.compile(r"(?:已经?|均已|都已)?(?:全部|如数|全数)完成")
# A share that one payer put in, and what contracts promise, is no investment done.
_OTHERS_MONEY = re.compile(
    r"(?:配套|自筹|补助|资本金|专项债券?|中央|(?:省|州|市|县|区)级)[^，。；]{0,10}到位|协议|签约|合同额"
)
_TOTAL = re.compile(
    r"(?:总投资|投资总额|概算|投资估算|投资规模|计划投资|估算投资|总造价"
    r"|投资)(?:额)?(?:[约近超逾共达为是计了]|预计|估算|合计)*$"
)
_SHARE = re.compile(
    r"(?:占|完成|达到?|[是为])(?:了)?[^，。；]{0,16}(?:计划|目标|任务|总投资|投资额?|债券额度|进度"
    r"|工程量|总量|下达)[^，。；]{0,10}?的?(?:约|近)?$"
    r"|(?:完成率|支出率|投资率|开工率|形象进度|总?体?进度|执行率|工程量"
    r"|投资完成率)(?:已)?(?:达到?|为|是|约|完成|至|：|:)*(?:约|近)?$|^(?:约|近|已)?完成(?:约"
    r"|近)?$|^占(?:比)?(?:约|近)?$|(?:已|累计)完成(?:约|近|总量的|总工程量的|工程量的)?$"
)
_BY_UNIT = re.compile(
    r"(?:由|属|归)(?P<unit>[^，。；：、的由]{2,20}?)(?:负责|牵头|承建|实施|主管|承办|承担"
    r"|组织实施|建设|推进|主抓|具体实施|投资建设)"
)
# “（市城管局牵头，市水利局配合）”
_UNIT_FIRST = re.compile(
    r"(?:^|(?<=[（(，；。]))(?P<unit>[^，。；：、（）()]{2,20}?)(?:牵头|负责|主办"
    r"|主责)(?=[，,；）)。]|$)"
)
_RESPONSIBLE = re.compile(
    r"(?:责任|牵头|实施|主管|承办|建设)单位(?:为|是)?(?P<unit>[^，。；：（）()]{2,30})"
)
_AT = re.compile(
    r"(?:(?<!单)位于|坐落于|选址(?:于|在)|选址(?=[^，。；涉报未须]{2,10}(?:镇|乡|街道|村|区|园|路|社区|县)[，。；])|地处)(?P<place>[^，。；]{2,30})"
)
_REASON = (
    re.compile(r"受(?!理|益|到)(?P<why>[^，。；]{2,40}?)(?:的?影响|制约|限制)"),
    re.compile(
        r"(?:主要|具体)?(?:原因|问题|困难)(?:主要)?(?:是|为|在于)[：:]?"
        r"(?P<why>(?:(?![，,；](?:(?:责任|牵头|主管|实施|建设)单位|(?:由|请|责成)[^，。；]{2,14}"
        r"(?:局|委|办|厅|镇|乡|街道|公司|集团|中心|政府)))[^。]){2,80})"
    ),
)
# “尚未开工，主要是方案没定”: why, behind the status.
_MAINLY = re.compile(r"(?<=[，,；;。])主要(?:是|系)(?:因为?|由于)?(?P<why>[^。；;]{3,60})")
WHEN = (
    r"(?:\d{4}年)?(?:\d{1,2}月(?:\d{1,2}日|份|[上中下]旬|底)?|年底|[上下]半年"
    r"|第?[一二三四]季度末?|年内)|\d{4}年底|\d{4}年(?:[上下]半年|[一二三四]季度)"
    r"|[明后]年(?:\d{1,2}月(?:底|初|[上中下]旬)?|[上下]半年|第?[一二三四]季度末?|年?[底初中])?"
)
_DEADLINE = re.compile(
    rf"(?:计划|预计|力争|确保|拟|将|争取|要求|须|应|务必|必须|限)(?:于|在|至"
    rf"|到)?(?P<when>(?:{WHEN})(?:底|初|末)?(?:前|之前|以前)?)(?:全面|全部|正式|基本|建成"
    rf"|完工)?(?=[^，。；]{{0,12}}(?:竣工|完工|建成|完成|投用|投产|投入|交付|通车|开工|动工|启动|办结"
    rf"|整改|启用|验收|解决|恢复|复工))"
)
# “11月底前完成”
_BY_THEN = re.compile(
    rf"(?P<when>(?:{WHEN})(?:底|初|末)?(?:之前|以前|前))[，,]?(?:必须|务必|须|要|应当?|力争|确保|争取|由[^，。；]{{2,12}})?"
    r"(?:全面|全部|正式|基本|一次性|彻底|实现)*(?:完成|竣工|完工|建成|[开动复]工|投[用产运]|交付|办[结妥好]|解决|整改|打通|贯通|通车"
    r"|达到|取得|拿到|获批|批复|拨付|拨到|到位|到场|进场|发布|签订|签约|提交|报送|上报|移交|启动|恢复|落实|拆除|腾[空退]|清零|销号|划定|开标|挂网|合龙|封顶)"
)
# In measures only what is to be built or opened by then is the project's own deadline.
_GOAL = re.compile(
    rf"(?P<when>(?:{WHEN})(?:底|初|末)?(?:之前|以前|前)?)(?:全面|全部|正式|基本|实现)?"
    rf"(?:竣工|完工|建成|开工|动工|复工|投用|投产|投入使用|投入运营|交付使用|通车)"
)
# “由区城建局约谈……，8月31日前……”: a demand made of a unit, with its day.
_TOLD = re.compile(
    r"(?:由|请|责成)(?P<unit>[^，。；、]{2,20}?(?:局|委|办|厅|街道(?:办事处)?|镇(?:政府)?|乡(?:政府)?|公司|集团"
    r"|中心|管委会|指挥部|政府|办事处|院|站))(?=[\d会牵负组尽在于加协督抓研制约，进提完按]|抓紧|尽快)"
)
_THEN = re.compile(rf"(?P<when>(?:{WHEN})(?:底|初|末)?(?:之前|以前|前))")
_NEXT = re.compile(
    r"(?:^|(?<=[。；;\n]))\s*(?:下一?步|下阶段|接下来)(?:将|要|拟)?[，,：:]?(?P<what>[^\n]+?)(?=。?\s*$|\n)"
)
_DAY = r"(?:\d{4}年)?\d{1,2}月(?:\d{1,2}日|底|末|份|[上中下]旬)?"
_AS_OF = re.compile(
    rf"(?:截至|截止到?|截至到)(?:时间|日期)?[：:]?\s*(?P<when>{_DAY}"
    r"|目前|\d{4}年底?|年底|(?:上半年|[一二三四]季度)末?)"
    # “到9月底，完成……” at the head of a clause, where nothing there is yet to come.
    r"|(?:^|(?<=[，。；：:\n（(]))\s*[到至](?P<then>(?:\d{4}年)?\d{1,2}月(?:\d{1,2}日|底|末|[上中下]旬))"
    r"(?=[，,]|[全已共累我])(?![^。；]{0,40}(?:确保|力争|务必|必须|争取|要|将|实现|达到|计划|预计))"
    # “1至9月，完成……”: from the first month of the year on.
    r"|(?<!\d)(?:1|１|一)月?(?:[-—–－~～至到]|——)(?P<month>\d{1,2}月份?)"
    r"(?![^。；]{0,40}(?:确保|力争|务必|必须|争取|计划|预计))"
)
_NO_REASON = re.compile(
    r"(?<=。)\s*(?:经[^，。；]{2,24}(?:研究|同意|批准|决定)|下一?步|下阶段|目前[，,]|截至)"
)
_NOW = re.compile(r"(?:目前|现已?|当前|截至[^，。；]{1,12}[，,]?|至今)")


def read_attributes(view: View, start: int, end: int) -> Fields:
    """Return what ``view.text[start:end]`` says of the one thing it is about.

    Labels come first; what stands outside of labelled parts is searched for
    amounts, units, places, reasons and dates in the words of the field.
    """
    fields: Fields = {}
    rest: list[Span] = []
    for key, (a, b) in labelled_parts(view.text, start, end):
        if key is None:
            rest.append((a, b))
        elif key in ("status_text",):
            _put(fields, key, view, a, b)
            rest.append((a, b))
        else:
            stop = _reason_end(view.text, a, b) if key == "reason" else b
            _put_labelled(fields, key, view, a, stop)
            if stop < b:
                rest.append((stop, b))
    for a, b in rest:
        _read_amounts(fields, view, a, b)
        _read_words(fields, view, a, b)
    if "measures" in fields:
        _read_measures(fields, view)
    return fields


def _read_measures(fields: Fields, view: View) -> None:
    """Take who is told to act, and by when, from what is demanded."""
    low = bisect_left(view.offsets, fields["measures"].start)
    high = bisect_left(view.offsets, fields["measures"].end)
    told = _TOLD.match(view.text, low, high)
    if told:
        _put(fields, "unit", view, *told.span("unit"))
    goal = _GOAL.search(view.text, low, high) or (told and _THEN.search(view.text, low, high))
    if goal:
        _put(fields, "deadline", view, *goal.span("when"))


def _reason_end(text: str, start: int, end: int) -> int:
    """Return where a labelled reason ends: before a sentence that tells what was decided or is."""
    match = _NO_REASON.search(text, start, end)
    return match.start() if match else end


def labelled_parts(text: str, start: int, end: int) -> Iterator[tuple[str | None, Span]]:
    """Yield (field key or None, span) for every part of ``text[start:end]``, in order.

    A label that names no field of a record is a key of its own (“column:建设内容”).
    """
    marks = []
    for match in IN_TEXT.finditer(text, start, end):
        key = text_label_key(match.group())
        if key in _OTHERS:
            key = COLUMN + re.sub(r"[\s：:*]|[（(].*?[）)]", "", match.group())
        if key is not None:
            marks.append((match.start(), match.end(), key))
    if not marks:
        yield None, (start, end)
        return
    if marks[0][0] > start:
        yield None, (start, marks[0][0])
    bounds = [*marks, (end, end, "")]
    for (_, value, key), (following, _, _) in pairwise(bounds):
        stop = following
        other = key.startswith(COLUMN)
        if key not in LONG and not other:
            stop = min(
                stop,
                _first(
                    _SHORT_STOP
                    if key not in ("unit", "leader")
                    else re.compile(r"[。；;\n，,（(〔〕】）)]|$"),
                    text,
                    value,
                    following,
                ),
            )
        elif other:
            stop = min(stop, _first(_STOP, text, value, following))
        yield key, (value, stop)
        if stop < following:
            yield None, (stop, following)


def _first(pattern: re.Pattern[str], text: str, start: int, end: int) -> int:
    match = pattern.search(text, start, end)
    return match.start() if match else end


def _put(
    fields: Fields, key: str, view: View, start: int, end: int, value: float | None = None
) -> None:
    while start < end and view.text[start] in " \t\u3000\n，,；;。、：:*|-":
        start += 1
    while end > start and view.text[end - 1] in " \t\u3000\n，,；;。、：:*|-":
        end -= 1
    end = _balanced(view.text, start, end)
    text = view.text[start:end]
    if end > start and key not in fields and text not in _EMPTY:
        fields[key] = Words(re.sub(r"\s*\n\s*", "", text), (view.span(start, end),), value)


_EMPTY = frozenset(
    {
        "无",
        "—",
        "-",
        "——",
        "/",
        "暂无",
        "\\",
        "－",
        "没有",
        "无问题",
        "暂无问题",
        "无。",
        "–",
        "不涉及",
        "N/A",
    }
)


def _balanced(text: str, start: int, end: int) -> int:
    """Return where the words end that a closing bracket without an opening one cuts off."""
    depth = 0
    for place in range(start, end):
        if text[place] in "（(":
            depth += 1
        elif text[place] in "）)":
            depth -= 1
            if depth < 0:
                return place
    return end


def _put_labelled(fields: Fields, key: str, view: View, start: int, end: int) -> None:
    text = view.text[start:end]
    if key in ("total_investment", "planned_investment", "done_investment"):
        first = next(amounts(view.text, start, end), None)
        if first is None:
            value = amount_value(text.strip())
            if value is not None and key != "planned_investment":
                _put(fields, key, view, start, end, value)
            elif text.strip() and key in ("done_investment",):
                _read_amounts(fields, view, start, end)
            return
        _put(fields, key, view, first.start, first.end, first.value)
        _read_amounts(fields, view, first.end, end)
    elif key == "percent":
        share = next(percents(view.text, start, end), None)
        if share:
            _put(fields, key, view, share.start, share.end, share.value)
    else:
        _put(fields, key, view, start, end)


def _clause_start(text: str, at: int, start: int) -> int:
    for place in range(at - 1, start - 1, -1):
        if text[place] in "，。；、,;：:\n（(":
            return place + 1
    return start


def _read_amounts(fields: Fields, view: View, start: int, end: int) -> None:
    """Put amounts and percentages under the field that the words before them name."""
    text = view.text
    for amount in amounts(text, start, end):
        before = text[_clause_start(text, amount.start, start) : amount.start]
        key = amount_key(before, text[amount.end : amount.end + 6])
        if key:
            _put(fields, key, view, amount.start, amount.end, amount.value)
    for share in percents(text, start, end):
        before = text[_clause_start(text, share.start, start) : share.start]
        if _SHARE.search(before) and not re.search(
            r"同比|增长|增速|提高|下降|占地|绿化率|满意", before
        ):
            _put(fields, "percent", view, share.start, share.end, share.value)


def amount_key(before: str, after: str) -> str | None:
    """Return which amount of a project the words before an amount name, if they name one."""
    if _OTHERS_MONEY.search(before):
        return None
    if not before.strip() and _ALL_DONE.match(after):
        return "done_investment"
    if re.search(r"缺口|短缺|欠|贷款|融资|补助|奖补|产值|税收|收入|争取|尚需|申请", before):
        return None
    if _DONE.search(before) and not re.search(r"(?:计划|拟|预计|可|将)[^，]{0,6}完成", before):
        return "done_investment"
    if _PLANNED.search(before) or re.search(r"(?:计划|拟|预计)[^，]{0,6}完成(?:投资)?$", before):
        return "planned_investment"
    if _TOTAL.search(before):
        return "total_investment"
    return None


def _read_words(fields: Fields, view: View, start: int, end: int) -> None:
    text = view.text
    for pattern in (_RESPONSIBLE, _BY_UNIT, _UNIT_FIRST):
        match = pattern.search(text, start, end)
        if match and is_unit(match["unit"]):
            _put(fields, "unit", view, *match.span("unit"))
    if match := _AT.search(text, start, end):
        _put(fields, "location", view, *match.span("place"))
    if match := _NEXT.search(text, start, end):
        _put(fields, "measures", view, *match.span("what"))
        end_of_now = match.start()
    else:
        end_of_now = end
    for pattern in _REASON:
        match = pattern.search(text, start, end_of_now)
        if match:
            _put(fields, "reason", view, *match.span("why"))
    if "reason" not in fields and (mainly := _MAINLY.search(text, start, end_of_now)):
        said = status_of(text[start : mainly.start()])
        if said.stage in ("not_started", "suspended") or said.progress == "behind":
            _put(fields, "reason", view, *mainly.span("why"))
    if "reason" not in fields and (why := cause_in(text, start, end_of_now)):
        _put(fields, "reason", view, *why)
    for pattern in (_DEADLINE, _BY_THEN):
        if match := pattern.search(text, start, end):
            _put(fields, "deadline", view, *match.span("when"))
    if match := _AS_OF.search(text, start, end):
        _put(fields, "as_of", view, *match.span(match.lastgroup or "when"))
    if "status_text" not in fields:
        _read_status(fields, view, start, end_of_now)


def _read_status(fields: Fields, view: View, start: int, end: int) -> None:
    """Put the clauses that say where the thing stands, from “目前” where it is said."""
    status = status_of(view.text[start:end])
    if not status or status.span is None:
        return
    low, high = start + status.span[0], start + status.span[1]
    begin = _clause_start(view.text, low, start)
    stop = _first(_SHORT_STOP, view.text, high, end)
    _put(fields, "status_text", view, begin, stop)


def _is_quoted(text: str, start: int, at: int) -> bool:
    return text.rfind("《", start, at) > text.rfind("》", start, at)


def as_of_in(view: View, start: int, end: int) -> Words | None:
    """Return the date up to which ``view.text[start:end]`` counts (“截至9月底”).

    A title that tells of the months “1—9月” says it less exactly than such words below it.
    """
    # A title that is quoted (“《1—10月总结》”) says what another document counts.
    found = [
        match
        for match in _AS_OF.finditer(view.text, start, end)
        if not _is_quoted(view.text, start, match.start())
    ]
    if not found:
        return None
    month = found[0][found[0].lastgroup or "when"]
    exact = (
        match
        for match in found
        if re.fullmatch(r"\d{1,2}月", month)
        and re.search(rf"(?<!\d){month}(?:\d|底|末)", match[match.lastgroup or "when"])
    )
    match = next(exact, found[0])
    when = match.lastgroup or "when"
    return Words(match[when], (view.span(*match.span(when)),))
