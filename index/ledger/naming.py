"""The names in one clause of a counted list, in every way that they may be parted.

All spans are offsets into a View's clean text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import islice, product

from index.ledger.brackets import NOUNS, note_bracket, owner_in
from index.ledger.edges import STOPS, trimmed
from index.ledger.names import is_generic, looks_named
from index.ledger.owners import owner_before, owner_behind
from index.ledger.prose import Item
from index.ledger.records import Span
from index.ledger.status import is_status_only, status_of
from index.ledger.units import is_office
from index.ledger.wording import first_word, word_spans
from index.sentences import parts

MIN_NAME, SHORT_NAME, MAX_NAME = 3, 2, 36  # characters
MIN_SAID = 3  # characters of what is said of a project
MAX_WAYS = 64  # of parting one clause that are tried
_PLAIN, _CUT, _SHORT, _GUESSED, DOUBTFUL = (
    0.2,
    0.3,
    0.5,
    0.7,
    3.0,
)  # what it costs to take words for a name
_JOINT, _UNJOINT = 0.4, 0.3  # to part at “和”, and to leave two names together
# What a sentence says of the whole list names no project of it.
_SUMS_UP = re.compile(
    r"(?:累计|共|已|实际)*完成(?:年度)?投资|(?:(?:总|计划|年度|概算)*投资|年度计划)(?!促进|服务|大厦)|占|(?:按|从)[^，。]{1,12}(?:分|看|划分)$"
    r"|(?:数量|总数)?(?:在|居|列|排|位居|名列|为|占)全[省市县区州旗镇乡]|(?:此|本|这|该)[类批些]|括号|总体|其中|分别|本[镇乡县区市]|与[^，。]{2,}一样|(?:逐|分)[个项类]|累计|合计|共计|\d+(?:个|项|％|%)"
    r"|(?:\d{4}年)?\d{1,2}(?:[—\-–~～至]\d{1,2})?月[份底末]?$|[上下]半年$|今年以来$"
    r"|[^，。]{1,6}方面$|具体原|[^，。]+的(?:问题|原因|因素)$|是(?!小区)|(?:力争|确保|预计|争取|重新)|计划(?=\d)|比(?:原|计划|合同|去年|上|序时|预)|提前\d|可(?=[赶以在将按望])|(?:卡在|受|因)[^，。]{1,12}(?:上|影响)?的?$|[^，。]+的$"
)
_JOINED = re.compile(r"以及|和|(?<![涉普危惠])及(?!其)|与")
_POINTS_BACK = re.compile(
    r"[该此其]|惠及|受益|今后|上述|以上|这(?:[一些个]|\d)|新的|经.{2,14}(?:研究|同意|批准|决定)|截至|按照|根据"
)
# “6号|、7号厂房”, “第二|、第三水厂”: one number of several that share a name.
_NUMBER = (
    r"(?:第[一二三四五六七八九十\d]+"
    r"|[一二三四五六七八九十\dA-Z]+(?P<kind>号楼|号|#|期|标段|标|区|段|栋|幢|座))"
)
_ENDS_NUMBERED = re.compile(rf"{_NUMBER}$")
_BEGINS_NUMBERED = re.compile(rf"{_NUMBER}(?=[^，。；、]{{1,}})")
_DASH = re.compile(r"\s*(?:——|－－|--)\s*")
_COLON = 0.1  # to take the words before a colon for a name, those behind it for what is said
# Words before a colon that lead in a list, and name nothing.
LEADS = re.compile(
    r"方面[，,：:]$|分别|具体|依次|主要|包括|涉及|如下|其中|原因|问题|情况|名单|清单|[类档组]$|(?:\d|[一二两三四五六七八九十])+[个项件处座台所条家栋]"
)
_TOGETHER_SAID = re.compile(
    r"也?[均都皆]|全部|[两三四五六七八九]个(?:项目)?[均都]|(?:这|等)?[两三四五六七八九十\d]+个(?:项目|工程)"
)
_EACH = re.compile(r"[，,]?各(?:有)?[1一]个(?:项目)?$")
_FIRST = re.compile(
    r"(?:(?:还有|以及|接着|其次|然后|紧接着|再就|最后)是?|再加上|外加|另?一个(?:项目)?(?:就是|是|叫)|(?:有|(?<!的)和)(?=.{3}))?"
    # “9月刚交钥匙的某公寓”: when it was done, before its name
    r"(?:(?:今年|\d{1,2}月(?:份|\d{1,2}日|[初底末]|[上中下]旬)?)?(?:刚刚?|才|新近|新)[^，。、；的（）()]{2,8}的(?=.{3}))?"
)
_TOGETHER = re.compile(
    r"等(?:\d+|[一二两三四五六七八九十]+)(?:口|座|处|条|段|所|栋|宗|个(?!项目))(?=[^，。]{2})"
    r"|(?<![、，：和及与])“[两三四五六七八][^“”]{1,4}”(?=[^，。]{2})"  # “文化馆、图书馆‘两馆’工程”
)
_ET_CETERA = re.compile(
    r"等?(?:这|共)?(?:\d+|[一二两三四五六七八九十]+)(?:个|项)(?:项目|工程)?$|等$"
)
# What is said of a project begins with one of these; these are never part of its name.
_ADVERBS = r"(?:先后|陆续|相继|随后|双双|抢在|(?:卡|堵|难|慢|耽误|耽搁)在(?=.{2}))"
_ADVERB = re.compile(rf"{_ADVERBS}|则")
_SAYS = re.compile(
    rf"{_ADVERBS}|几经|多次|一再|遇到|遭遇|占(?:了|用|着|到|压)(?=.{{2}})|[春夏秋冬]季(?=已|开|招|投|正式)|实现|更换|分别(?=.)|对外(?=开放|营业|运营)|试产|试运[行营]|投入(?=使用|运[行营]|生产)|全面(?=完[工成]|建成|竣工|投|恢复|推进|展开)"
    r"|(?:铺设|敷设|架设|掘进|开挖|浇筑|吊装)(?=[^，。、]{0,8}\d)"
    r"|通过(?=.{2})|取得(?=.{2})|获得(?=.{2})|获批|拿到|惠及|受益|将(?=[于在从]|投|开|建)|进入|调整(?=.{2,}后)|拟(?!定)|共(?=\d)|所需|则(?=[因受是由仍还尚没未在])|(?:室[内外]|内外)装修"
    r"|在(?![线建职校])(?=.{2,}(?:中|时|前|后|期间))|原(?=选址|定|施工|投资|设计|规划|址)|(?:水工|土建)主体|出入口|总平面图|的(?=[^，。的]{2,8}(?:没有?|未|尚|仍|还[没未]|迟迟|至今|被|不足|[改换调]了|才|晚了|慢了|拖了|断了|停了|\d{1,2}月))"
    r"|(?:这|等)?(?:[两三四五六七八九十]|\d+)个(?:项目|工程)(?=.)"
    r"|因(?!地)|由于|尚|仍|还(?![建迁])|目前|至今|暂|未|没有?|已(?!建)|正(?:在|(?=加|抓|进))|受(?![益理])|被|迟迟|均|都"
    r"|于(?=\d)|(?<!\d)(?=\d{1,2}月)|(?:进口|关键|主要|核心|生产)?设备|(?:建设|补偿|征收|配套|专项|项目)?资金|(?:规划|建设)?用地|土地"
    r"|(?:建设|业主|施工|设计|投资|总包|代建|原施工)(?:单位|方|企业|商)|(?:施工|前期|规划|林地|审批|用地)*手续|审批"
    r"|环评|林地|可研|初设|初步设计|施工图|(?:设计|规划|建设|征收|补偿|招商)*方案|专项债|债券|征地|征收(?!安置)|拆迁|管线|电力|业态|定位"
    r"|市场|订单|选址|红线|招标|合同|主体(?!功能)|基础(?!设施)|桩基|进度|进展|工期|推进|原材料|材料|合作方|社会资本|业主|居民|村民|群众|商户|企业(?!.{0,4}(?:园|区|总部|孵化))"
    r"|(?:路基|路面|桥面|主墩|主?站房|坝体|管道|钢结构)(?!.{0,4}(?:改造|工程|项目|[大中小]修|养护|整治|提升|罩面|修复|维修|白改黑|加固))|清表|土方|土石方|(?:防洪|通航|安全|节能|环境|社会|稳定|水土保持|地灾|压覆|能耗|条件|综合|影响|风险)+评[价估]|[列纳划]入|涉及|第[一二三四]次|[第首][一二三四]?轮|首次|是(?!小区)|[须需]|由(?=.{2,12}(?:局|公司|中心|街道|[镇乡委办所]|单位))|经(?=.{2,10}(?:同意|批准|研究|协商))"
    r"|(?:三|两|\d)户|只|缺|提前|赶在|完成|开工|停工|交工|竣工|投用|通车|开诊|开仓|投产|试生产|全线|全部|施工"
)
# What stands behind a name for certain, and what a name before it may end with.
_PAUSE = re.compile(r"(?<=.{4})[呢嘛呀哩]$")  # “某配套道路呢，”
_ENDS = re.compile(
    r"(?:这|等)?(?:[两三四五六七八九十]|\d+)个(?:项目|工程)(?=.)"
    r"|(?:今年|本年|上半年|累计|共计?|已|分别|实际)*完成(?:年度|固定资产)?(?:总?投资)?额?[约近超]?\d[\d.]*[万亿]元"
)
_THINGS = frozenset({"设备", "材料", "原材料", "市场", "电力", "管线", "基础"})
# What is done on a site, behind another such thing.
_DOES = re.compile(
    r"[做铺装修拆挖砌浇](?=[^，。、]{2})(?!配)|(?:安装|铺设|敷设|调试|采购|办理|完善|协调|对接|报批|开挖|浇筑|砌筑|粉刷|清理)"
)
# How far what is built has come, behind a name: “某产业园|厂房封顶”.
_COME = re.compile(
    r"[\u4e00-\u9fff\d]{1,9}?(?:封顶|建成|完成|装修|进场(?!道?路)|过半|验收|铺设|转入|交付|合龙|贯通|安装|浇筑|衬砌|成型|调试|送电|开诊"
    r"|完工|出水(?!口)|出地面|正负零|就位|收尾|砌筑|开挖|吊装|架设|闭合|通水)"
    r"|(?:建成|完成|转入|通过|交付)(?=.)"
)
# “某输变电工程线路走廊|涉及林地”: a part of the thing, behind its whole name.
_WHOLE = re.compile(r".{4,}?(?:工程|项目)(?=[^期标段（(]{2,6}$)")
_PART = re.compile(  # of what is built: it begins what is said
    r"(?:厂房|冷库|(?:教学|住院|门诊|宿舍|办公)楼|站房|大棚|设备|泊位|主体|路基|路面|桥面|护栏|管道|进场|屋面|地下室|建成|基础|桩基)$"
)
_SENTENCE = re.compile(
    rf"{_ADVERBS}|几经|多次|一再|遇到|实现|更换|.了(?!望)|共\d|受.+影响|所需|(?<=...)完成(?=.)|主体(?:厂房|结构|工程|施工)|须(?!弥)|冲突|(?:水工|土建)主体|完成(?:年度)?投资|(?<=.)则[因受是由仍还尚没未在]|[两三四五六七八九十\d]个(?:项目|工程)"
    r"|\d月(?:\d{1,2}日|底|[上中下]旬)|未|没有|不(?!锈|动产)|被|因(?!地)|尚|仍|已(?!建)|正在|[均都]|迟迟|无法|受阻|推迟|困难|滞后|停工|不足|缺口|[退撤进离]场(?!道?路)|[流废]标|流拍|[列纳划]入|涉及|只有|由.{2,12}(?:局|公司|中心|街道|[镇乡委办所]|单位)(?:\d|$)|经.{2,10}(?:同意|批准)|\d日前|(?:完成|过半|封顶|收尾)$"
)


@dataclass(frozen=True, slots=True)
class Named:
    """One way to read a clause as names: its projects and what it costs to believe it.

    ``shared`` tells that what follows speaks of all of them, ``sure`` that the
    clause begins as only one that names projects does.
    """

    cost: float
    items: tuple[Item, ...]
    shared: bool = False
    sure: bool = False


@dataclass(frozen=True, slots=True)
class _One:
    cost: float
    item: Item


def named_in(text: str, start: int, end: int, unit: Span | None) -> list[Named]:
    """Return the ways to read ``text[start:end]`` as names of projects (``unit`` owns them)."""
    low, high = _bounds(text, start, end)
    each = _EACH.search(text, low, high)
    high = each.start() if each else high
    behind = owner_behind(text, low, high) if unit is None else None
    if behind:
        unit, high = behind
    if tail := _ET_CETERA.search(text, low, high):
        high = tail.start() if tail.start() > low else high
    before = owner_before(text, low, high)
    sure = bool(before or behind or each) or _is_whole(text, low, high)
    ways, told = [], False
    for a, b in _pieces(text, low, high):
        owner = owner_before(text, *_bounds(text, a, b))
        unit = owner[0] if owner else unit  # “某局的甲、乙”: both are its own
        way = _ways(text, a, b, unit)
        if told and _DOES.match(text, *_bounds(text, a, b)):
            # “某安置房正在安装电梯、铺管网”: more of what is done there.
            way = [[replace(one, cost=one.cost + DOUBTFUL) for one in ones] for ones in way]
        told = bool(way[0][-1].item.notes)
        ways.append(way)
    found: list[Named] = [*_before_colon(text, low, high, unit), *_told_at_once(text, low, high)]
    found += _numbered_at_once(text, low, high, unit, sure=sure)
    for chosen in islice(product(*ways), MAX_WAYS):
        ones = [one for way in chosen for one in way]
        items, shared = _carried([one.item for one in ones])
        if len(items) > 1 and items[-1].notes and _TOGETHER_SAID.match(text, *items[-1].notes[-1]):
            said, shared = items[-1].notes[-1], True  # “甲、乙均按计划推进”
            items = tuple(i if i.notes else replace(i, notes=(said,)) for i in items)
        cost = sum(one.cost for one in ones)
        found.append(Named(cost, items, bool(behind) or shared, sure))
    return found


def _before_colon(text: str, start: int, end: int, unit: Span | None) -> Iterator[Named]:
    """Yield the reading of “某停车楼：管线要迁” as a name and what is said of it."""
    owner = owner_before(text, start, end)
    if owner and owner[1] < end:
        unit, start = owner
    a, colon = next(parts(text, start, end, "：:"), (start, end))
    if colon >= end - 1 or colon - a > MAX_NAME or LEADS.search(text[a:colon]):
        return
    one = _one(text, a, colon, unit)
    if status_of(text[a:colon]) or one.cost >= _GUESSED:
        return
    item = replace(one.item, end=end, notes=(*one.item.notes, (colon + 1, end)))
    yield Named(one.cost + _COLON, (item,), sure=True)


def _told_at_once(text: str, start: int, end: int) -> Iterator[Named]:
    """Yield the reading of “某边坡治理因汛期提前、二次滑塌” as one name: what is said holds 、."""
    comma = next(parts(text, start, end, "、"), (start, end))[1]
    if comma >= end:
        return
    owner = owner_before(text, start, end)
    unit, low = owner if owner else (None, start)
    cost, cut = _cut(text, low, comma)
    if cut < comma and not _is_inside(text, low, cut):
        item = Item(start, end, ((low, cut),), unit, ((cut, end),))
        yield Named(cost + _COLON, (item,))


def _numbered_at_once(
    text: str, start: int, end: int, unit: Span | None, *, sure: bool
) -> Iterator[Named]:
    """Yield the reading of “某园3号、4号厂房”, “第二、第三水厂” as one name; a count chooses."""
    owner = owner_before(text, start, end)
    unit, start = owner if owner else (unit, start)
    pieces = list(parts(text, start, end, "、"))
    tail = _BEGINS_NUMBERED.match(text, *pieces[-1]) if len(pieces) > 1 else None
    heads = [_ENDS_NUMBERED.search(text[a:b]) for a, b in pieces[:-1]]
    if tail and all(head and head["kind"] == tail["kind"] for head in heads):
        yield Named(_PLAIN + _COLON, (Item(start, end, ((start, end),), unit, ()),), sure=sure)


def is_told_apart(name: str, unit: str | None) -> bool:
    """Tell whether a name holds no owner and nothing said of it, and a unit can be an owner."""
    if re.search(r"[）)][^）)（(]{3}|^(?:其余|其他)", name):
        return False
    cost, end = _cut(name, 0, len(name))
    whole = end == len(name) or cost > _CUT
    apart = not (
        owner_behind(name, 0, len(name)) or owner_before(name, 0, len(name))
    ) and not re.search(r"[由归].+(?:负责|牵头|实施)$", name)
    return whole and apart and (unit is None or not re.match(r"另|一个是", unit))


def _bounds(text: str, start: int, end: int) -> Span:
    start, end = trimmed(text, start, end)
    first = _FIRST.match(text, start, end)
    alone = start == 0 or text[start - 1] in "。；;：:\n"  # nothing before it to be joined to
    if first and first.group() == "和" and (alone or len(first_word(text[start:end])) > 1):
        first = None  # “和平路……”
    pause = _PAUSE.search(text, start, end)
    return (first.end() if first else start), (pause.start() if pause else end)


def _is_whole(text: str, start: int, end: int) -> bool:
    """Tell whether all of the words are a name, with or without its owner in brackets."""
    bracket = note_bracket(text, start, end)
    return looks_named(text[start : bracket[0] if bracket else end]) and (
        bracket is None or bracket[1] == end
    )


def _pieces(text: str, start: int, end: int) -> Iterator[Span]:
    """Yield the parts between 、, those that “等6口” sums up in one name together."""
    found = list(parts(text, start, end, "、"))
    whole = _TOGETHER.search(text, start, end)
    if whole:
        last = next(
            n for n, (a, b) in enumerate(found) if a <= whole.start() < b or n == len(found) - 1
        )
        first = next((n for n in range(last, -1, -1) if owner_before(text, *found[n])), 0)
        found[first : last + 1] = [(found[first][0], found[last][1])]
    yield from found


def _ways(text: str, start: int, end: int, unit: Span | None) -> list[list[_One]]:
    """Return the ways to read one piece: as one name, or as two that “和” joins."""
    start, end = _bounds(text, start, end)
    if before := owner_before(text, start, end):
        unit, start = before
    ways = [[_one(text, start, end, unit)]]
    for match in _JOINED.finditer(text, start + 2, end - 2):
        if _is_inside(text, start, match.start()):
            continue
        owned = owner_before(text, match.end(), end)
        left = _one(text, start, match.start(), unit)
        right = _one(text, owned[1] if owned else match.end(), end, owned[0] if owned else unit)
        both = looks_named(text[slice(*left.item.name[0])])
        cost = 0.0 if owned else _JOINT / 2 if both else _JOINT
        if left.item.notes and not owned:  # “某站出入口|与道路冲突”: within what is said
            cost += _GUESSED
        ways.append([replace(left, cost=left.cost + cost), right])
        if owned:
            ways[0] = [replace(ways[0][0], cost=ways[0][0].cost + DOUBTFUL)]
        elif both and looks_named(text[slice(*right.item.name[0])]):
            ways[0] = [replace(ways[0][0], cost=ways[0][0].cost + _UNJOINT)]
    return ways


def one_named(text: str, start: int, end: int, unit: Span | None) -> tuple[float, Item]:
    """Return the one project that a stretch names and what it costs to believe it."""
    one = _one(text, start, end, unit)
    return one.cost, one.item


def _is_inside(text: str, start: int, at: int) -> bool:
    """Tell whether ``at`` stands within a bracket opened behind ``start``."""
    before = text[start:at]
    return before.count("（") + before.count("(") > before.count("）") + before.count(")")


def _one(text: str, start: int, end: int, unit: Span | None) -> _One:
    """Return the one project that a piece names, with the words behind its name as a note."""
    end = start + len(text[start:end].rstrip(STOPS))
    notes: tuple[Span, ...] = ()
    dash = _DASH.search(text, start + MIN_NAME, end)
    if dash and dash.end() < end:
        named = _one(text, start, dash.start(), unit)
        item = replace(named.item, end=end, notes=(*named.item.notes, (dash.end(), end)))
        return _One(named.cost, item)
    bracket = note_bracket(text, start, end)
    stop, rest = bracket if bracket else (end, end)
    if bracket:
        owner, notes = owner_in(text, bracket[0] + 1, bracket[1] - 1)
        unit = owner or unit
        end = rest if text[rest:end] in NOUNS else end
    cost, cut = _cut(text, start, stop)
    if cut < stop:
        said = (cut + text.startswith(("的", "则"), cut), end)  # “某厂的|股东注资没有到位”
        return _One(cost, Item(start, end, ((start, cut),), unit, (said,)))
    if rest < end:
        notes = (*notes, (rest, end))
    if bracket and unit:
        cost = min(cost, _PLAIN / 2)
    return _One(cost, Item(start, end, ((start, stop),), unit, notes))


def is_doubtful(words: str) -> bool:
    """Tell whether words can hardly name a project: sums, headings, offices, mere statuses."""
    return bool(
        _SUMS_UP.match(words)
        or len(words) < MIN_NAME
        or _POINTS_BACK.match(words)
        or is_generic(words)
        or is_office(words)
        or is_status_only(words)
    )


def _cut(text: str, start: int, end: int) -> tuple[float, int]:
    """Return where the name at ``start`` ends, and what it costs to believe it."""
    words = text[start:end]
    if len(words) == SHORT_NAME and not (is_generic(words) or is_status_only(words)):
        return _SHORT, end
    if is_doubtful(words) or re.search(r"[：:]", words):
        return DOUBTFUL, end
    if looks_named(words) and not _SENTENCE.search(words):
        return 0.0, end
    if (stop := _sure_end(text, start, end)) is not None:
        return _CUT, stop
    best: tuple[float, int] | None = None
    for match in _SAYS.finditer(text, start + MIN_NAME, end):
        if end - match.start() < MIN_SAID:
            break  # “某某棚户区征收” is but a name
        name = text[start : match.start()]
        if _SENTENCE.search(name) or is_office(name):
            break
        whole = _WHOLE.match(name)
        stop = start + whole.end() if whole and not looks_named(name) else match.start()
        sure = looks_named(text[start:stop]) or _ADVERB.match(text, stop)
        cost = _CUT if sure else _GUESSED
        if best is None or cost < best[0]:
            best = cost, stop
    if _COME.search(words) and (best is None or best[0] > _CUT):
        ends = [start + high for _, high in word_spans(words)]
        fit = [at for at in ends if at > start + MIN_NAME and looks_named(text[start:at])]
        told = [at for at in fit if _COME.match(text, at, end) and not _PART.search(text[start:at])]
        if told:
            best = _CUT, told[-1]
    plain = len(words) <= MAX_NAME and not _SENTENCE.search(words) and not status_of(words)
    if plain and (best is None or best[0] > _PLAIN + _CUT):
        return _PLAIN if best is None else _CUT, end
    return best or (DOUBTFUL, end)


def _sure_end(text: str, start: int, end: int) -> int | None:
    """Return where a name ends before a number of projects or an amount that was spent.

    Things that begin what is said of a project elsewhere belong to the name here
    (“某医疗设备|完成2.7亿元”, “甲、某包装材料|两个项目竣工”).
    """
    stop = _ENDS.search(text, start + MIN_NAME, end)
    if stop is None:
        return None
    name = text[start : stop.start()]
    said = next(_SAYS.finditer(text, start + MIN_NAME, stop.start()), None)
    if said and not (said.end() == stop.start() and said.group() in _THINGS):
        return None
    if len(name) > MAX_NAME or is_office(name) or _SENTENCE.search(name) or status_of(name):
        return None
    return stop.start()


def _carried(items: list[Item]) -> tuple[tuple[Item, ...], bool]:
    """Return the items, those before an owner in brackets with it (“甲、乙（区住建局）未开工”).

    Tell, too, whether one such bracket serves them all, so that what follows does.
    """
    last: Item | None = None
    done: list[Item] = []
    for item in reversed(items):
        if item.unit is not None:
            last = item if item.unit[0] >= item.name[-1][1] else None
        elif last is not None:
            item = replace(item, unit=last.unit, notes=(*item.notes, *last.notes))
        done.append(item)
    units = {item.unit for item in items[:-1]}
    shared = len(items) > 1 and last is not None and units == {None} and last is items[-1]
    return tuple(reversed(done)), shared
