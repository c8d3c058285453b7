"""Questions that are several: cut into parts, each with what the first says of all.

“A是什么？B是谁？”, “有多少个项目，总投资多少” are several questions; “哪些项目未开工，
原因是什么” is one, whose second half asks for a column.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from assistant.language import is_english
from assistant.ledger.asked import asked_statuses
from assistant.ledger.eachof import WHEN, asks_of_each
from index.words import fold

MOST_PARTS = 6

ASKS = re.compile(
    r"为什么|为何|什么|哪|谁|多少|(?<![这那前后头])几(?=[个家项条人名位点天年月号日时处批次起份种辆台部类所座件笔]|成)|何时|何地|何人|为何|如何|怎么|怎样|咋|啥|是否|有没有|是不是|能否|多(?:大|长|高|久|远)|(?:吗|呢)$"
    r"|^(?:请|并|再|同时|顺便)*(?:总结|概括|列出|列举|说明|介绍|归纳|比较|梳理|简述|告诉我)"
)
# A clause that asks for a list of things.
LISTS = re.compile(
    r"哪些|哪几|哪[两三四五六]|有什么|(?:都)?有谁|列|名单|清单|(?:项目|工程|事项|问题)(?:呢)?$"
)
_ASKS_EN = re.compile(
    r"\b(?:who|whom|whose|what|when|where|which|why|how|is there|are there|did|does|summari[sz]e|list)\b"
)
_CLAUSE = re.compile(
    r"[，,；;。？?！!\n]+|(?:，|,)?(?:以及|另外|还有|并且|同时)(?=[^，,。；？?]*(?:什么|哪|谁|多少|几|何|怎|如何))"
)
_SENTENCE_END = re.compile(r"[；;。？?！!\n]")
_CLAUSE_EN = re.compile(
    r"[?;]\s*|,?\s+and\s+(?=(?:who|whom|what|when|where|which|why|how)\b)|,\s*(?=(?:who|what|when|where|which|why|how)\b)"
)
_LEADING = re.compile(
    r"^[/／\s]+|^(?:那么?|以及|另外|还有|并且|并|同时|再|和|其次|然后|请问|请|又)+(?!且)|^(?:and|also|then)\s+",
    re.IGNORECASE,
)
_PRONOUN = re.compile(
    r"它们|他们|它|(?<!其)他(?!们|人)|其(?!中|他|它|余|实|次)|该(?:项目|工程|单位|通知|文件|会议)|这些项目|这个项目"
)
# What a clause may consist of when it says nothing that it is about.
_ATTRIBUTE = re.compile(
    r"[干做建办推]到|哪?一步|程度|全部|所有|全[市县区镇]|(?:包[保联抓干]|挂[点钩联包]|联系|分管)(?=[省市县区镇]?领导)|原因|理由|缘由|备注|写|责任|牵头|负责|主管|领导|单位|部门|项目|工程|进展|进度|状态|情况|总?投资额?|资金|金额|年度|年计划|计划|任务|占|比例|比重|百分之|时限|期限|时间|日期|地点|位置|措施|问题|数量|总数|结果|名称"
    r"|未开工|没有?开工|没开工|开工|滞后|竣工|完工|停工|在建|完成|截至|合计|总共|一共|共|分别|各自|各|都|又|还|是|的|了|有|在|为|由|于|属于|归|因为?|没|未|最[后终迟晚早]|最|第|类|多|少|个|项|家|条|份|名|位|到|被|给|出|具体|主要|现在|目前|其中|要求|要(?!求)|会(?!议)|能|时候|监理|施工|设计|承建|建设|联系人|电话|牵头人|提|讲|说|强调|指出|规定|谈|主持|召开|印发|发布|举措|建议|意见"
)
# A clause that begins so has left its subject out.
_OPENS = re.compile(
    r"(?:又|还|都|会|要求?|应|须|计划|预计|打算|最迟|最晚)*(?:在)?(?:什么时候|何时|哪[天年月]|为什么|为何|怎么|如何|在哪|有?多少(?![个项家件条名位户])|是否|有没有|被|多[大长高久])|(?:在)?会上|会议上|文中|其中"
    r"|[\u4e00-\u9fff]{1,4}(?:率|额|比例|占比)(?:又|是|有|为|达|到)*(?:多少|几成|百分)"
    # “到11月有什么变化”: since what is said before it
    r"|(?:到了?|截至|截止)?(?:现在|目前|如今|后来|之后|(?:今年|20\d\d年)?\d{1,2}月(?:\d{1,2}日|[底末初份]|[上中下]旬)?|年底|[上下]半年|[一二三四]季度)?"
    r"(?:又|还|都|已经?)*(?:有(?:了)?(?:什么|哪些|啥|何|没有)新?的?|发生了?(?:什么|哪些|啥)|怎么|如何)(?:变化|进展|起色|改观|动静|突破|变)"
)
_MEETING = re.compile(
    r"[\u4e00-\u9fff]{2,14}?(?:会议|大会|推进会|座谈会|讲评会|动员会|现场会|调度会|观摩会)"
)
_HERE = re.compile(r"(?:在)?会(?:议)?上")
_THING = re.compile(
    r"(?P<thing>(?!.{0,6}(?:哪|多少|几个|各|这些|所有|重点|重大))[^，。？?的]{3,24}?(?:工程|项目))"
    r"(?=为什么|为何|的|现在|目前|当前|滞后|没|未|进展|进度|是|怎么|什么|由谁|谁|$)"
)
_ASKS_TEXT = re.compile(
    r"(?P<text>[^，。？?对]{0,16}?(?:会议?|讲话|通报|通知|纪要|简报|报告)[上里中]?)"
    r"(?P<rest>(?:上|里|中)?(?:又|都|具体|是|对(?:于)?(?:它|此|其|该(?:项目|工程)|这个项目)){0,3}"
    r"(?:怎么|如何|怎样|(?:提|作|做|讲|说)(?:到|出|了)|有(?:什么|哪些|何)|(?:要求|安排|部署|强调|规定)(?:了|什么|哪|何时|多久|怎)).*)$"
)
# “哪家完成的投资多，|多多少”: by how much belongs to which is more.
_GAP = re.compile(
    r"(?:又|各|相差|差距?|高|低|少|多|大|小|快|慢|长|短)+(?:是|有|了|出)?(?:多少|多大|几)"
    r"(?:投资|钱|项目|百分点|[个项件万亿千元户人亩栋套公里平方米座处天])*(?:呢)?"
)
_WHICH_MORE = re.compile(
    r"(?:哪|谁)[^，。；？?]{1,24}(?:多|少|高|低|大|小|快|慢|长|短)(?:些|一些|一点)?$"
)
_IMPERATIVE = re.compile(
    r"^(?:请|帮我|麻烦|并|再)*(?:总结|概括|列出|列举|说明|介绍|归纳|比较|梳理|简述|告诉我|说说)(?:一下|下)?"
)


@dataclass(frozen=True, slots=True)
class Part:
    """One question of several: standing by itself, and in the words it was asked in.

    ``leans`` tells that it says nothing that it is about, so that this was taken from
    the part before: the two may be one question. ``otherwise`` is the question with
    that before it, to be asked where the words by themselves find nothing. ``of_each``
    tells that it asks something of each thing that the part before lists, ``of_text`` that it
    asks a text or a meeting of what the part before names.
    """

    question: str
    words: str
    leans: bool = False
    otherwise: str = ""
    of_each: bool = False
    of_text: bool = False


def split_clauses(text: str, names: Sequence[tuple[int, int]] = ()) -> list[Part]:
    """Return the questions that a text asks one after the other; one part where it is but one.

    ``names`` are spans of names, inside which nothing is cut.
    """
    english = is_english(text)
    clauses = _clauses(text, names, english)
    if len(clauses) < 2:
        return [Part(text, text)]
    parts: list[Part] = []
    named = bool(names) and names[0][0] < len(clauses[0])
    known = [text[start:end] for start, end in names]
    subject = meeting = name = ""
    for clause in clauses[:MOST_PARTS]:
        words = _LEADING.sub("", clause).strip() or clause
        here = _HERE.match(words)
        if here and meeting:
            parts.append(Part(f"{meeting}上{words[here.end() :]}", words, leans=True))
            continue
        meeting = _meeting_in(words) or meeting
        own = [one for one in known if one in words]
        told = "" if own or not name or english else _told_of(name, words)
        name = _thing_in(words, own) or name
        if told:
            parts.append(Part(told, words, of_text=True))
        elif parts and not english and _of_each(words, parts[0]):
            parts.append(Part(f"{subject}，{words}", words, leans=True, of_each=True))
        elif parts and (
            _leans_en(words) if english else _leans(words) or (named and _of_an_amount(words))
        ):
            parts.append(Part(_carried(subject, words, english), words, leans=True))
        else:
            fuller = _carried(subject, words, english) if subject and not english else ""
            subject = words
            parts.append(Part(words, words, otherwise=fuller))
    return parts


def _of_each(words: str, first: Part) -> bool:
    """Tell whether a clause asks something of each thing that the first one lists."""
    return bool(LISTS.search(first.words)) and asks_of_each(fold(words), fold(first.words))


def _thing_in(words: str, names: Sequence[str]) -> str:
    """Return the one project that a clause is about, as it calls it; empty where it is none."""
    if len(names) > 1:
        return ""
    if names:
        at = words.find(names[0]) + len(names[0])
        kind = re.match("工程|项目", words[at:])
        return names[0] + (kind.group() if kind else "")
    thing = _THING.match(words)
    counted = thing is not None and re.search(r"多少|几个|哪", thing["thing"])
    plain = thing is not None and not counted and not asked_statuses(fold(thing["thing"]))
    return thing["thing"] if thing and plain else ""


def _told_of(name: str, words: str) -> str:
    """Return what a clause asks a text or a meeting of the thing named before, empty if nothing.

    “推进会对它提了什么要求” means that thing; so does “会议纪要是怎么安排的”, which names none.
    """
    asks = _ASKS_TEXT.match(words)
    if asks is None:
        return ""
    pronoun = _PRONOUN.search(words)
    if pronoun:
        return f"{words[: pronoun.start()]}{name}{words[pronoun.end() :]}"
    bare = not re.search(r"对|给|向|就|关于|各|项目|工程", asks["rest"])
    return f"{asks['text']}对{name}{asks['rest']}" if bare else ""


def _meeting_in(words: str) -> str:
    """Return the meeting that a clause names (“安全生产会议”), empty where it names none."""
    match = _MEETING.search(re.sub(r"^.*[了谁在](?=[\u4e00-\u9fff]{2,14}会)", "", words))
    return match.group() if match else ""


def _clauses(text: str, names: Sequence[tuple[int, int]], english: bool) -> list[str]:
    """Return the clauses that each ask something, statements joined to what they open."""
    masked = masked_names(text, names)
    cut, asks = (_CLAUSE_EN, _ASKS_EN) if english else (_CLAUSE, ASKS)
    bounds = [(0, 0), *(m.span() for m in cut.finditer(masked)), (len(text), len(text))]
    found: list[str] = []
    start = 0
    for (_, begin), (end, after) in pairwise(bounds):
        piece = masked[begin:end].strip()
        if not piece:
            continue
        if found and _GAP.fullmatch(piece) and _WHICH_MORE.search(found[-1]):
            found[-1] = f"{found[-1]}，{text[start:end].strip()}"  # one comparison
            start = after
        elif asks.search(piece.lower() if english else piece):
            found.append(text[start:end].strip(" ，,；;。"))
            start = after
        elif found and _SENTENCE_END.search(masked[end:after]) and not masked[after:].strip():
            found[-1] = f"{found[-1]}，{text[start:end].strip()}"
            start = after
    rest = text[start:].strip(" ，,；;。？?！!")
    if rest and found and start < len(text):
        found[-1] = f"{found[-1]}，{rest}"
    return found


def masked_names(text: str, names: Sequence[tuple[int, int]]) -> str:
    """Return the text with quoted words and names blanked, so that nothing in them is cut."""
    spans = [
        *names,
        *(m.span() for m in re.finditer(r"《[^》]*》|“[^”]*”|（[^）]*）|\([^)]*\)|\d,\d", text)),
    ]
    for start, end in spans:
        text = text[:start] + "□" * (end - start) + text[end:]
    return text


def _leans(words: str) -> bool:
    if _PRONOUN.match(words) or _OPENS.match(words):
        return True
    words = WHEN.sub("", re.sub(r"(?:吗|呢|吧|啊)$", "", words))
    rest = _ATTRIBUTE.sub("", ASKS.sub("", words))
    return len(re.sub(r"[\W_]", "", rest)) < 2


# “今年完成了多少投资”, behind a project’s name, asks for that project’s.
_AMOUNT = re.compile(
    r"(?:那么?|又|还|已经?|都|目前|现在|截至目前|到(?:现在|目前|年底)|今年|本年|去年|前[一二三]季度|上半年|全年|年度|\d{1,2}月底?|到|实际|累计|一共|总共|共|计划|的|了|需要?|要|得|是|为|有|总)*"
    r"(?:完成|投入?|支出|拨付|到位|花|投资|概算|计划|资金)"
    r"(?:完成|投入?|支出|拨付|到位|投资额?|资金|额|的|了|是|为|有|钱|概算|计划)*(?:多少|百分之几|几成|多大)(?:投资|资金|钱|[万亿]?元|个百分点)*(?:了|呢)?"
)


def _of_an_amount(words: str) -> bool:
    return bool(_AMOUNT.fullmatch(fold(words).rstrip("？?。 ")))


def _leans_en(words: str) -> bool:
    rest = re.sub(
        r"\b(?:who|what|when|where|which|why|how|is|are|was|were|did|does|do|the|their|its|it|they|much|many|reasons?|units?"
        r"|responsible|in charge|of|for|status|progress|not|started|and|have|has|been|problems?|must|be|by|solved|due|deadlines?"
        r"|costs?|total|investment|completed|finished|started|measures?|on|in|to|an?)\b", "", words.lower())  # fmt: skip
    return len(re.sub(r"[\W_]", "", rest)) < 3


# What is asked of the time since then, which is to be kept.
_SINCE = re.compile(r"变|起色|改观|动静|突破|增|减|新")


def _carried(subject: str, words: str, english: bool) -> str:
    """Return a clause with what the one before is about put before it."""
    if english:
        return f"{subject.rstrip('?')}, {words}"
    about = _about(subject)
    words = _IMPERATIVE.sub("", words) or words
    if WHEN.search(words) and not _SINCE.search(words):  # “6月底什么状态，到10月底又是什么状态”
        about = WHEN.sub("", about) or about
    if asked_statuses(fold(words)):  # another status of the same projects
        for status, (a, b) in reversed(asked_statuses(fold(about))):
            about = about[:a] + about[b:] if status else about
        about = re.sub(r"(?:项目|工程)的?$", "", about) if re.search("项目|工程", words) else about
    if _PRONOUN.search(words):
        return _PRONOUN.sub(lambda _: about, words, count=1)
    thing = re.search(r"(?:多少|几)[个项家件]?(?P<noun>项目|工程|任务|事项|小区|企业)", subject)
    noun = thing["noun"] if thing and thing["noun"] not in words + about else ""
    return f"{about}{noun}{words}"


def _about(subject: str) -> str:
    """Return what a question is about: its words before those of asking."""
    subject = _IMPERATIVE.sub("", subject) or subject
    at = ASKS.search(subject)
    head = subject[: at.start()] if at else subject
    head = re.sub(
        r"(?:一共|总共|共|都|分别|有|是|由|归|属于?|在|为|因|的|(?<![必需主重只])要|应|须|[，,、\s])+$",
        "",
        head,
    )
    if len(head) >= 2:
        return head
    return re.sub(r"^(?:哪些|哪几个|什么|谁|多少[个项家]?)", "", subject)
