"""What a question wants to know of a thing: of each clause its kind of answer and its words."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from assistant.compound.parts import ASKS, split_clauses
from assistant.glossary import translate
from assistant.language import is_english
from assistant.things.kinds import Kind
from assistant.things.remarks import Thing
from assistant.things.synonyms import CHANGES
from index.ledger.wording import tagged_words
from index.words import fold

_UNITS = (
    "公里|千米|米|亩|公顷|平方米|套|户|人|名|位|家|栋|座|处|台|辆|张|床|吨"
    "|间|层|个|项|件|条|次|天|株|块|眼|口|孔|根|部|所|盏|艘|泊位|学位|车位|机位"
)
_SIZE = {"长": "公里", "远": "公里", "宽": "米", "高": "米", "深": "米", "大": ""}
_DATE = re.compile(
    r"什么时[候间]|啥时[候间]?|何时|哪一?[天年月日]|几[月号日]|多久|(?:时限|期限)(?=呢?$|是?哪|是?多少|[是为]?什么)|截至哪|(?:时限|期限)[^，。]{0,16}(?:是多少|是什么|为多少)"
)
_BODY = re.compile(
    r"(?:哪|什么)(?:一)?[个家些]?(?:责任|牵头|主管)?(?:单位|部门|局|公司|企业|机构|街道|镇|乡镇|银行|学校|医院)|(?:责任|牵头|主管|主责|承办|建设|施工|监理|设计)(?:单位|部门)(?:是谁|是哪)?"
)
_PERSON = re.compile(
    r"(?:责任|负责|联系|联络|经办|牵头)人|(?:哪|什么)(?:一)?(?:位|名|个)(?:[区县市镇副]?[\u4e00-\u9fff]{0,2}(?:领导|长|主任|人|同志))|哪位|找谁|姓什么|(?:成|为)谁|谁(?:来)?(?:联系|对接|主持|带队|同意)"
)
_WHO = re.compile(r"谁")
_MONEY = re.compile(
    r"多少(?:钱|元|[\u4e00-\u9fff]{0,4}款(?![台式项])|[万亿]元?|资金|经费|投资|投入)|投(?:资|了|入)?(?:额|是|为)?多少|(?:资金|经费|概算|造价|金额|补助|缺口)(?:是|为|有|额)?(?:多少|多大)|多少投资"
)
_QUANTITY = re.compile(rf"(?:多少|几)(?P<unit>{_UNITS})|多(?P<size>[长远宽高深大])")
_SORT = re.compile(
    r"(?:哪(?:一)?[条座个处家种类块]|什么)(?P<noun>[\u4e00-\u9fff]{1,3}?)(?=[，,。？?]|$|共|在|相|连|接|通|交|是|的|来|办|修|做)"
)
_STATE = re.compile(
    r"进展|进度|状态|(?:到|干到|做到|办到|走到)(?:了)?(?:哪(?:一?步|了|儿|里)|什么程度|啥程度|第几)|怎么样|怎样|如何了|[什啥]么?情况|(?:了|过)(?:没有?|吗)(?=[？?。，]|$)|有没有|是否"
)
_PLACED = re.compile(
    r"(?:在|到|去|往|落户|选址|设)(?:了)?(?:哪(?:里|儿)|何处|什么(?:地方|位置))|哪里|何处|什么地方"
)
_WHY = re.compile(
    r"为什么|为何|为啥|原因|缘故|(?:怎么|咋)(?:还|就|又|会|往后|往前|是|能)*(?:没|不|停|拖|从|由|变|推|改|延|挪|涨|少|多了|慢|落后|开不|进不|欠)|[卡差慢难堵]在|问题出?在哪|[靠凭]什么(?=[追赶提扭快完])"
)
_EN = (
    ("why", re.compile(r"\bwhy\b|\breason\b")),
    ("person", re.compile(r"\bwho(?:m|se)?\b")),
    ("date", re.compile(r"\bwhen\b|\bdeadline\b|\bwhat date\b|\bby what\b")),
    ("body", re.compile(r"\bwhich (?:unit|department|bureau|office|agency|company)\b")),
    ("money", re.compile(r"\bhow much (?:money|investment|funding)\b|\bwhat .*cost\b")),
)  # fmt: skip
# Words of asking and grammar, and those that say of no attribute what it is.
_ASKING = re.compile(
    r"什么时[候间]|啥时[候间]?|何时|哪一?[天年月日]|几[月号日]|(?:最终|最后|到底|究竟|原来|目前|现在|眼下|当前|最新|后来|那么?|这个|那个|项目|工程)"
    r"|(?:[干做办搞建走进]|施工)到了?|请问|帮我|多少|什么|哪(?:一)?[个家条座位些处种类里儿]?|谁|[靠凭]什么|为什么|为何|怎么样?|咋|怎样|如何|[有没]没?有|是否|分别|各自?|一共|总共|还是"
    r"|(?:台账|报告|清单|纪要|通报|文件|会议|月报|材料)(?:里|上|中|里面)?(?:说|写|列|报|讲|定)?的?|[的吗呢吧啊？?，,。、；;：:“”（）()\s]|第?\d+期?"
)
_DATES = re.compile(
    r"(?:(?:19|20)\d\d年)?(?:\d{1,2}(?:月份?)?[—\-–至到])?\d{1,2}月(?:\d{1,2}[日号]|底|末|份)?|(?:19|20)\d\d年(?:[底末初]|[上下]半年)?|[上下]半年|[一二三四]季度|今年|年底"
)
_NOTHING = """
    是 有 在 由 把 被 跟 和 与 到 会 得 能 要 应 该 让 就 都 也
    还 又 它 其 这 那 了 数 个 座 家 位 区 县 市
    挂 找 说 报 定 会上
    必须 应该 应当 务必 需要 可以 最新 最后 最终 如今 后来 早 晚 剩下来 弄 整
    算 工作 要求 确定 数字 单位 部门 领导 责任人 负责人 是不是 时候 东西 打 给 去 来 做 干 办 搞 弄
"""
_EMPTY = frozenset(_NOTHING.split())
_STATES = """
    程度 进展 进度 状态 情况 步 怎么样 形象 阶段 现状 到 卡
"""
STATES = frozenset(_STATES.split())
_CAUSES = frozenset(("原因", "缘由", "理由", "造成", "导致", "引起"))  # that a reason is asked for
_KEPT = ("n", "v", "a", "j", "l", "i", "b", "x", "eng", "nz", "q", "m", "d")


@dataclass(frozen=True, slots=True)
class Want:
    """One attribute asked for: ``words`` say which, ``unit`` or ``noun`` of what sort it is.

    ``times`` are the periods that the clause or its question names; ``clause`` its words,
    ``runs`` those that stand together. ``before`` are words of the question it leans on.
    """

    kind: Kind
    words: tuple[str, ...]
    clause: str
    unit: str = ""
    noun: str = ""
    times: tuple[str, ...] = ()
    runs: tuple[str, ...] = ()
    before: tuple[str, ...] = ()


def wants_of(text: str, thing: Thing, before: str = "") -> list[Want]:
    """Return what a question wants to know of a thing; empty where a clause wants nothing known.

    ``before`` is the question that a follow-up leans on: its words say what “后来” is of.
    """
    a, b = thing.said
    rest = text[:a] + " " * (b - a) + text[b:] if b > a else text
    english = is_english(rest)
    for name in thing.names:
        before = before.replace(name, " ")
    times = tuple(_DATES.findall(fold(rest)))
    found: list[Want] = []
    for clause in _clauses(rest, english):
        want = _want(clause, times, english, before, thing.name)
        if want is None:
            return []
        if want.kind == "date" and not want.words and found:
            # “安排多少资金，什么时候之前？”: when just that is done.
            want = replace(want, words=found[-1].words)
        found.append(want)
    return found


def _clauses(text: str, english: bool) -> list[str]:
    """Return the clauses that each ask something, with what stands before each and asks nothing."""
    if english:
        return [part.words for part in split_clauses(text)]
    found: list[str] = []
    open_words = ""
    for piece in re.split(r"[，,；;。？?！!、\n]+", text):
        open_words += piece.strip()
        if open_words and kind_asked(fold(piece))[0] is not None:
            found.append(open_words)
            open_words = ""
    if open_words and found and not ASKS.search(open_words):
        found[-1] += open_words
    elif open_words:
        found.append(open_words)
    return found


def _want(
    clause: str, times: tuple[str, ...], english: bool, before: str, name: str
) -> Want | None:
    folded = fold(clause)
    if english:
        kind = next((kind for kind, pattern in _EN if pattern.search(folded)), None)
        words = tuple(w for w in translate(folded).split() if len(w) > 1)
        return Want(kind, words, clause, times=times) if kind and words else None  # type: ignore[arg-type]
    kind, unit, noun = kind_asked(folded)
    if kind is None:
        return None
    words = words_of(folded)
    if before and all(word in CHANGES for word in words):
        words = tuple(dict.fromkeys([*words, *words_of(fold(before))]))
    words = tuple(word for word in words if word not in name)
    if kind in ("state", "why"):
        empty = STATES | _CAUSES if kind == "why" else STATES
        words = tuple(word for word in words if word not in empty)
    if kind == "why":  # a day that is asked about stands where its reason does
        words = (*words, *(time for time in times if re.search(r"[日号]$", time)))
    runs = tuple(run for run in _ASKING.sub(" ", _DATES.sub(" ", folded)).split() if len(run) > 1)
    return Want(kind, words, clause, unit, noun, times, runs, words_of(fold(before)))


def times_in(text: str) -> tuple[str, ...]:
    """Return the periods that a text names."""
    return tuple(_DATES.findall(fold(text)))


def without_times(text: str) -> str:
    """Return a text with a space in place of each period that it names."""
    return _DATES.sub(" ", text)


def kind_asked(folded: str) -> tuple[Kind | None, str, str]:
    """Return the kind of value that a clause asks for, with its unit and its noun."""
    quantity = _QUANTITY.search(folded)
    sort = _SORT.search(folded)
    if _DATE.search(folded):
        return "date", "", ""
    if _PLACED.search(folded) and not _WHY.search(folded) and not _STATE.search(folded):
        return "place", "", ""
    if _MONEY.search(folded):
        return "money", "", ""
    if quantity:
        return "quantity", quantity["unit"] or _SIZE[quantity["size"]], ""
    if body := _BODY.search(folded):
        # “施工单位是哪家公司”: of which sort the unit is may stand behind its role.
        which = re.search(r"(?:哪|什么)一?[个家些]?(?:公司|企业|银行|学校|医院)", folded)
        sort = re.search(r"公司|企业|银行|学校|医院", (which or body).group())
        return "body", "", sort.group() if sort else ""
    if _PERSON.search(folded):
        return "person", "", ""
    if _WHO.search(folded):
        return "who", "", ""
    if _STATE.search(folded):
        return "state", "", ""
    if _WHY.search(folded):
        return "why", "", ""
    if re.search(r"多少$|多少[？?]", folded):
        return "money", "", ""
    if sort:
        return "sort", "", sort["noun"]
    return None, "", ""


def words_of(folded: str) -> tuple[str, ...]:
    """Return the words of a clause that say which attribute is asked for."""
    rest = _DATES.sub(" ", folded)
    rest = re.sub(rf"(?:多少|几)(?:{_UNITS}|[万亿]?元|钱|资金|经费)|多[长远宽高深大]", " ", rest)
    rest = _ASKING.sub(" ", rest)
    found = []
    for run in rest.split():
        for word, flag in tagged_words(run):
            kept = flag.startswith(_KEPT) and re.search(r"[\u4e00-\u9fffa-z]", word)
            if kept and word not in _EMPTY and (len(word) > 1 or flag.startswith(("v", "n", "a"))):
                found.append(word)
    return tuple(dict.fromkeys(found))
