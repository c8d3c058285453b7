"""The forms in which English asks, and how Chinese asks the same."""

from __future__ import annotations

import re
from collections.abc import Callable

from assistant.translation.states import AUX, SAID_STATE

_MONEY = re.compile(
    r"\b(?:cost|costs|money|pay|paid|rent|fund|spend|spent|subsid\w+|owe\w*|invest\w*|compensat\w+|price|wages?|transfer\w*)\b"
)
_AMOUNTS = re.compile(
    r"(?:投资|资金|价|款|额|率|租金?|押金|收入|面积|库容|容量|规模|产值|人口|补助|工资|增速|增长|比例|占比|支出|预算|缺口|费用|数量?|长度?|里程|标准|金额)$"
)

Say = Callable[[str | None], str]


def _counter(things: str) -> str:
    table = (
        (r"户", "户"), (r"人|劳动力|学生|教师", "人"), (r"公里", "公里"), (r"楼层|层", "层"),
        (r"套|公寓", "套"), (r"电梯", "部"), (r"学位|车位", "个"), (r"百分点", "个"), (r"天", "天"),
        (r"事项|问题", "项"),
    )  # fmt: skip
    return next((counter for pattern, counter in table if re.search(pattern, things)), "个")


def _many(match: re.Match[str], say: Say) -> str:
    things, rest = _of_things(match["n"], say), match["v"] or ""
    one = _counter(things)
    bare = "" if things in (one, "套", "层") else things
    state = SAID_STATE.match(rest.strip())
    if state and not say(rest.strip()[state.end() :]):
        return f"{state.group()}的{bare}有多少{one}"
    verb, subject = _turned(rest, say)
    return f"{subject}{verb or '有'}多少{one}{bare}"


def _of_things(words: str, say: Say) -> str:
    things = say(words)
    if re.search(r"\bprojects?\b", words) and "项目" not in things:
        things += "项目"
    return things


def _turned(rest: str, say: Say) -> tuple[str, str]:
    """Return verb and subject of “does the car park provide”, “are located in X”."""
    match = re.fullmatch(
        rf"(?:{AUX} )(?P<s>.+?) (?:responsible for|in charge of|undertak\w+)", rest.strip()
    )
    if match:
        return "负责", say(match["s"])
    match = re.fullmatch(r"(?P<v>benefit\w*) from (?P<s>.+)", rest.strip())
    if match:
        return "惠及", say(match["s"])
    match = re.fullmatch(
        r"(?:do|does|did|will|can|could|has|have|had|would) (?P<s>.+?) (?P<v>[a-z]+)", rest.strip()
    )
    if match:
        return say(match["v"]), say(match["s"])
    return "", say(rest)


_SHARE_OF_PLAN = re.compile(
    r"(?:(?:had|have|has|were|are|was|is) )?(?:only )?(?:completed|finished|achieved|done|fulfilled) "
    r"(?P<way>more than|over|above|at least|less than|below|under) (?P<n>[\d.]+%) of "
    r"(?:their|its|the)(?: own)?(?: annual| yearly| full-year| investment)* (?:plan|target|task)s?"
)


def _listed(match: re.Match[str], say: Say) -> str:
    things, rest = _of_things(match["n"], say), (match["v"] or "").strip()
    share = _SHARE_OF_PLAN.search(rest)
    if share:  # “completed less than 40% of their annual plan”
        side = "超过" if share["way"] in ("more than", "over", "above", "at least") else "低于"
        what = say(rest[: share.start()] + rest[share.end() :])
        return f"{what}{'的' if what else ''}{things}，完成年度计划{side}{share['n']}的有哪些"
    more = re.search(
        r"(?:more than|over|above|exceeding|at least|less than|below|under|before|after|fewer than) (?P<n>[\d.]+(?:[亿万]?元|年)?)",
        rest,
    )
    if more:
        way = more.group().split(" ")[0]
        side = {"before": "以前", "after": "以后"}.get(
            way, "以下" if way in ("less", "below", "under", "fewer") else "以上"
        )
        what = say(rest[: more.start()] + rest[more.end() :])
        if side in ("以前", "以后"):
            return f"{more['n']}{side}{what}的{things}有哪些"
        return f"{what}{'超过' if side == '以上' else '低于'}{more['n']}的{things}有哪些"
    reason = re.search(r"(?:because of|due to|for lack of|owing to) (?P<r>.+)$", rest)
    if reason:
        cause = say(reason["r"])
        return f"因{cause}{say(rest[: reason.start()])}的{things}有哪些"
    at = re.fullmatch(rf"(?:{AUX} )?(?:located |situated |built )?(?:in|at) (?P<p>.+)", rest)
    if at:
        return f"在{say(at['p'])}的{things}有哪些"
    what = say(rest)
    return f"{what}{'的' if what else ''}{things}有哪些"


def _owned(match: re.Match[str], say: Say) -> str:
    return f"{say(match['u'])}负责的{_of_things(match['n'], say)}有哪些"


def _best(match: re.Match[str], say: Say) -> str:
    order = "最少" if match["o"] in ("fewest", "least", "smallest") else "最多"
    if match["o"] in ("highest", "lowest"):
        order = "最高" if match["o"] == "highest" else "最低"
    counted = re.fullmatch(r"(?P<n>.+?) to be (?P<v>.+)", match["m"] or "")
    what = f"{say(counted['v'])}{say(counted['n'])}" if counted else say(match["m"])
    what = {"": "花钱" if "cost" in match["v"] else ""}.get(what, what)
    what += "数" if what.endswith(("户", "人")) else ""
    things = _of_things(match["n"], say)
    if re.search(r"单位|部门|局|公司", things):
        return f"{what}{order}的是哪个{things}"
    return f"{what}{order}的{things}是哪个"


def _better(match: re.Match[str], say: Say) -> str:
    order = {
        "more": "多",
        "higher": "高",
        "larger": "大",
        "bigger": "大",
        "lower": "低",
        "fewer": "少",
        "less": "少",
    }[match["o"]]
    what, _, about = match["m"].partition(" in ")
    done = "完成" if "done" in match.re.groupindex and match["done"] else ""
    return f"{say(match['a'])}和{say(match['b'])}，{say(about)}哪个{done}{say(what)}{order}"


def _why(match: re.Match[str], say: Say) -> str:
    rest = match["r"].strip()
    state = SAID_STATE.search(rest)
    if state:
        return f"{say(rest[: state.start()])}为什么{say(rest[state.start() :])}"
    subject, told = _parted(rest, say)
    return f"{subject}为什么{told}" if subject else f"{told}是为什么"


def _parted(rest: str, say: Say) -> tuple[str, str]:
    """Return a Chinese name with which words begin, and what is told of it."""
    named = re.match(r"(?:the )?[\u4e00-\u9fff\d]+(?: project)?(?= )", rest)
    told = rest[named.end() :] if named else rest
    by = re.search(r"(?P<v>[a-z]+(?:ed|en)) by (?P<s>.+)", told)
    said = f"被{say(by['s'])}{say(by['v'])}" if by else say(told)
    return say(named.group()) if named else "", said


def _when(match: re.Match[str], say: Say) -> str:
    subject, told = _parted(match["r"], say)
    past = "的" if re.match(r"was|were|did", match["aux"] or "") else ""
    return f"{subject}什么时候{told}{past}" if subject else f"{told}是什么时候"


def _whether(match: re.Match[str], say: Say) -> str:
    still = "还" if re.search(r"\bstill\b", match["r"]) else ""
    subject, told = _parted(match["r"], say)
    return f"{subject}{still}{told}吗"


def _what_of(match: re.Match[str], say: Say) -> str:
    whole = re.fullmatch(r"total (?!investment)(?P<a>.+)", match["a"])
    if whole:
        return f"{say(match['x'])}的{say(whole['a'])}一共是多少"
    asked = say(match["a"])
    if re.search(r"状态|进展|进度", asked):
        return f"{say(match['x'])}{asked}如何"
    end = "是多少" if _AMOUNTS.search(asked) else "是什么"
    return f"{say(match['x'])}的{asked}{end}"


def _much(match: re.Match[str], say: Say) -> str:
    rest, things = match["r"] or "", say(match["n"])
    put = re.fullmatch(
        r"(?:been )?(?P<v>invested|spent|paid|raised|allocated) (?:in|on|for|to) (?P<x>.+)", rest
    )
    if put and not things:
        return f"{say(put['x'])}{say(put['v'])}多少"
    given = re.fullmatch(
        r"(?P<s>.+?) (?:to )?(?P<v>transfer|pay|give|allocate|lend|provide|grant)\w* to (?P<x>.+)",
        rest,
    )
    if given:
        return f"{say(given['s'])}要给{say(given['x'])}{say(given['v'])}多少{things or '钱'}"
    together = "一共" if "一共" in rest else ""
    rest = rest.replace("一共", " ")
    if things == "投资":
        rest = f"{rest} "
        made = re.fullmatch(r"(?P<x>.+) completed? *", rest)
        if made:
            return f"{say(made['x'])}{together}完成多少投资"
        rest = re.sub(r"\bcompleted?\b", "完成", rest)
    money = "钱" if not things and _MONEY.search(rest) else things
    return f"{say(re.sub(r'(?:is|was|are|were) ', ' ', rest))}多少{money}"


def _f(
    pattern: str, form: Callable[[re.Match[str], Say], str]
) -> tuple[re.Pattern[str], Callable[[re.Match[str], Say], str]]:
    return re.compile(pattern), form


_SUPER = r"(?:most|highest|largest|biggest|longest|fewest|lowest|smallest|least)"
FORMS = (
    # What leans on the question before it.
    _f(r"(?:why(?: is that| so)?|for what reasons?|what (?:is|are|was|were) the (?:reasons?|problems?)(?: for each)?|the reasons?(?: for each)?)", lambda m, say: "原因分别是什么"),
    _f(r"(?:what|which problems?) (?:is|are|was|were)? ?(?:holding|delaying|blocking|keeping|held|caus\w+|hold|holds|behind)\b.*", lambda m, say: "原因分别是什么"),
    _f(r"what (?:is|are|was|were) the (?:status|progress) of (?:each|them|these)(?: of them| one)?", lambda m, say: "进展分别如何"),
    _f(r"who (?:is|was) (?:responsible|in charge)(?: (?:of|for) (?:it|this|that))?", lambda m, say: "谁负责"),
    _f(r"(?:who|which) (?:is|are|was|were) the (?P<l>(?:[a-z]+ )?leaders?) (?:responsible|in charge)(?: (?:of|for) (?:each|them|it)(?: of them)?)?", lambda m, say: f"{say(m['l']).replace('责任人', '领导')}是谁"),
    _f(r"(?:who|which) (?:is|are|was|were) the (?P<l>(?:[a-z]+ )?leaders?) (?:responsible for|in charge of) (?P<x>.+)", lambda m, say: f"{say(m['x'])}的{say(m['l']).replace('责任人', '领导')}是谁"),
    _f(r"who (?:is|are|was|were) (?:responsible|in charge)(?: (?:of|for) (?:each|them|it))?(?: of them)?", lambda m, say: "责任单位分别是谁"),
    _f(r"(?:when|on what date|what date) (?:was|is|were) it held", lambda m, say: "什么时候开的"),
    _f(r"(?:by when|by what date|when|what deadlines?)\b.*\b(?:each|they|it|them)\b.*", lambda m, say: "时限分别是什么时候"),
    _f(r"how much (?:is|are|was|were) the (?P<a>.+) of each(?: of them| one)?", lambda m, say: f"{say(m['a'])}分别是多少"),
    _f(r"by how much", lambda m, say: "差多少"),
    _f(r"how much", lambda m, say: "是多少"),
    _f(r"(?:by|before) (?:when|what date|which date)", lambda m, say: "什么时候之前"),
    _f(r"(?:when|on what date|what date) (?:was|is|were) (?P<x>.+?) (?:issued|published|released|dated|signed|printed)", lambda m, say: f"{say(m['x'])}是什么时候印发的"),
    _f(r"(?:by )?how many percentage points", lambda m, say: "差几个百分点"),
    _f(r"what (?:percentage|share|proportion) of (?P<b>.+?) (?:is|was|does|did) (?:that|this|it)(?: \w+)?", lambda m, say: f"占{say(m['b'])}的百分之几"),
    _f(r"where (?:was|is|were|are) (?:it|they) (?:held|located|built)?", lambda m, say: "在哪里"),
    _f(r"what (?:is|are|was|were) (?P<s>.+?) (?:ordered|asked|told|required|instructed) to do", lambda m, say: f"{say(m['s'])}被要求干什么"),
    _f(r"how far apart (?:is|are|was|were) (?P<x>.+?)(?: (?:on|in|over) (?P<y>.+))?", lambda m, say: f"{say(m['x'])}{say(m['y'])}相差多少"),
    _f(rf"(?:on|in|at) (?:which|what) (?P<n>[a-z -]+?) {AUX} (?P<x>.+?) (?:located|built|situated|placed)", lambda m, say: f"{say(m['x'])}位于哪个{say(m['n'])}"),
    _f(r"(?:for )which (?P<n>.+?) ?(?P<v>(?:has|have|had|is|are|was|were|超期|未|进度|快于|停工|按计划|在建|取消|已|整改中|一分钱).*)", _listed),
    _f(r"what (?:is|are|was|were) the (?P<a>.+?) of (?:each|every)(?: of the)? (?P<n>.+?)(?: (?:of|in|for) (?P<u>.+))?", lambda m, say: f"{say(m['u'])}{'的' if m['u'] else ''}{_of_things(m['n'], say)}有哪些，{say(m['a'])}分别是什么"),
    # Why.
    _f(rf"(?:why|for what reasons?) (?:{AUX} )?(?P<r>.+)", _why),
    _f(r"what (?:is|are|was|were) the reasons? (?:why|for|that|of) (?P<r>.+)", _why),
    # Which documents, who built.
    _f(r"(?:which|what) (?:documents?|files?|materials?|reports?) (?:mention\w*|speak of|refer to|talk about|say something about) (?P<x>.+)", lambda m, say: f"哪些材料提到了{say(m['x'])}"),
    _f(rf"(?:which|what|who) ?(?:contractor|company|firm|enterprise|builder)? (?:{AUX} )?(?:building|build|built|builds|constructing|在建|construct) (?P<x>.+)", lambda m, say: f"{say(m['x'])}是哪家公司施工的"),
    # Most and more.
    _f(rf"(?:which|what) (?P<n>.+?) (?P<v>has|have|had|costs?|is|was|with|needs?|received) (?:the )?(?P<o>{_SUPER})(?: (?P<m>.+))?", _best),
    _f(r"(?:which|what|who)(?: of the (?:two )?(?P<n>[a-z -]+?)?,)?(?: has| had| have)? (?:the )?(?P<o>more|higher|larger|bigger|lower|fewer|less) (?P<m>[^,]+), (?P<a>.+) or (?P<b>.+)", _better),
    _f(r"(?:which|what|who) of (?:the )?(?:two )?[a-z -]*,? ?(?P<a>[^,]+?) (?:and|or) (?P<b>[^,]+?), (?:has|had|have)? ?(?P<done>completed |done |invested )?(?P<o>more|higher|larger|lower|fewer|less) (?P<m>.+)", _better),
    # Lists.
    _f(rf"(?:which|what) (?P<n>.+?) {AUX} (?P<u>.+?) (?:responsible for|in charge of|undertak\w+|lead|leading)", _owned),
    _f(r"(?:list|give|name|show)(?: me)?(?: all)?(?: of)?(?: the)? (?P<n>.+?)(?P<v>(?: (?:that|which|put|[a-z]+ed|超期|未|进度|快于|停工|按计划|在建|取消|已|整改中|一分钱).*)?)", _listed),
    _f(r"who (?:asked|raised|put) (?:(?:the|a) )?(?:questions? )?(?:about|on|regarding|concerning) (?P<x>.+)", lambda m, say: f"关于{say(m['x'])}的问题是谁提问的"),
    _f(r"who (?:answered|replied to|responded to) (?:(?:the|a) )?(?:questions? )?(?:about|on|regarding|concerning) (?P<x>.+)", lambda m, say: f"关于{say(m['x'])}的问题是谁答复的"),
    _f(r"who (?:answered|replied|responded)(?: to)?(?: it| that| this| the question)?", lambda m, say: "是谁答复的"),
    _f(r"(?:who) (?:chaired|presided over|hosted|convened) (?P<x>.+)", lambda m, say: f"{say(m['x'])}是谁主持的"),
    _f(r"who (?:is|are|was|were) (?:responsible for|in charge of) (?P<x>.+)", lambda m, say: f"{say(m['x'])}的责任单位是谁"),
    _f(r"who (?:is|are|was|were) (?:the )?(?P<a>.+?) (?:of|in|for) (?P<x>.+)", lambda m, say: f"{say(m['x'])}的{say(m['a'])}是谁"),
    _f(r"who (?:is|are|was|were) absent(?: from (?P<x>.+))?", lambda m, say: f"{say(m['x'])}谁请假"),
    _f(r"who (?:is|are|was|were) (?:the )?(?P<x>.+)", lambda m, say: f"{say(m['x'])}是谁"),
    _f(r"who (?:led|headed) (?P<x>(?:the )?[^,?]*?(?:team|group|delegation|party)) (?:that|which) (?P<y>[^,?]+)", lambda m, say: f"{say(m['y'])}的{say(m['x'])}是谁带队的"),
    _f(r"who (?:led|headed) (?P<x>(?:the )?[^,?]*?(?:team|group|delegation|party))", lambda m, say: f"{say(m['x'])}是谁带队的"),
    _f(r"who (?:led|headed|brought|guided) (?:the )?(?P<a>.+?) (?:of|from|by) (?:the )?(?P<x>.+)", lambda m, say: f"{say(m['x'])}的{say(m['a'])}是谁带队的"),
    _f(r"who (?P<x>.+)", lambda m, say: f"谁{say(m['x'])}"),
    _f(r"how many (?:key |major )?projects? (?:(?:is|are|was|were) (?:there )?|there (?:is|are|were) )?(?:in|under|belong(?:ing)? to) (?:the )?(?P<x>[a-z ,-]+?) (?:sector|field|category|class|domain|group)s?", lambda m, say: f"{say(m['x'])}领域有多少个项目"),
    _f(r"(?:for |in )?how many of (?:the |these )?(?P<n>[^?]+?) (?:is|are|was|were) (?:the )?(?P<y>[^?]+?) the (?P<z>[^?]+)", lambda m, say: f"{say(m['z'])}是{say(m['y'])}的{_of_things(m['n'], say)}有多少个"),
    _f(rf"how many (?P<n>[a-z -]+?|[a-z -]*?[\u4e00-\u9fff]+?)(?P<v> (?:{AUX}|that|which|in|at|benefit\w*)\b.*| ?(?:超期|未|进度|快于|停工|按计划|在建|取消|已|整改中|一分钱).*|)", _many),
    _f(r"how much (?:is|are|was|were) (?:the )?(?P<a>.+?) (?:for|of) (?P<x>.+)", lambda m, say: f"{say(m['x'])}{say(m['a'])}多少钱"),
    _f(r"how much (?:of )?(?:the )?(?P<x>[^?]+?) (?:has|have|had) (?:already |actually )?(?:been )?(?:arrived|received|come in|in place|paid in)(?: (?:by|as of|at) (?P<t>.+))?", lambda m, say: f"{'截至' + say(m['t']) if m['t'] else ''}{say(m['x'])}到位多少"),
    _f(rf"how much(?: in\b)? ?(?P<n>[a-z -]*?) ?\b{AUX} (?P<r>.*)", _much),
    _f(r"how long (?:does|will|did) it take (?P<r>.+)", lambda m, say: f"{say(m['r'])}要多久"),
    _f(rf"how (?P<a>large|big|long|far|high|deep|wide|old) (?:{AUX} )(?P<r>.+)", lambda m, say: f"{say(m['r'])}{ {'large': '多大', 'big': '多大', 'long': '多长', 'far': '多远', 'high': '多高', 'deep': '多深', 'wide': '多宽', 'old': '多老'}[m['a']] }"),
    _f(rf"(?:by when|by what date|by which date) (?:{AUX} )?(?P<r>.+)", lambda m, say: "".join([*_parted(m["r"], say), "要在什么时候之前"])),
    _f(rf"(?:when|on what date|on which day|what date) (?:(?P<aux>{AUX}) )?(?P<r>.+)", _when),
    _f(rf"where (?:{AUX} )?(?P<r>.+)", lambda m, say: f"{say(m['r'])}在哪里"),
    _f(r"what (?:percentage|share|proportion) of (?P<b>.+?) (?:is|was|were|had|have|has|are|did) (?P<r>.+)", lambda m, say: f"{say(m['b'])}{say(m['r'])}{'' if say(m['r']).endswith('率') else '的比例'}是多少"),
    _f(r"what (?:is|are|was|were) (?:the )?(?P<a>.+?) of (?P<x>.+)", _what_of),
    _f(r"what (?:is|was) (?P<x>.+?)'s (?P<a>.+)", _what_of),
    _f(r"what (?:is|are|was|were) (?:the )?(?P<a>.+?) (?:for|in) (?P<x>.+)", _what_of),
    _f(r"what (?:is|are|was|were) planned", lambda m, say: "安排了哪些事"),
    _f(r"what (?P<n>requirements?|demands?|measures?|problems?|difficulties|matters?|tasks?|issues?|suggestions?)(?: did| does| do| has| have| are| is)? ?(?P<v>.*)", lambda m, say: f"{say(re.sub(r'(?:put forward|set out|list|name|make|made|raise|remain(?:s|ing)?|exist)', ' ', m['v']))}{'提了' if re.search('put forward|set out|make|raise', m['v']) else '有'}哪些{say(m['n'])}"),
    _f(rf"(?:which|what) (?P<n>(?!did|does|do|was|is)[a-z’' \u4e00-\u9fff-]+?) (?P<v>(?:由|(?:{AUX}|that|which|still|remain\w*|with|in|at|need\w*|fall|fell|lie|lies|went|go|belong\w*|mention\w*)\b).*)", _listed),
    _f(r"(?:which|what) (?P<n>[a-z -]+?) ?(?P<v>(?:超期|未|进度|快于|停工|按计划|在建|取消|已|整改中|一分钱).*)", _listed),
    _f(r"what (?:did|does|do) (?P<s>.+?) (?P<v>decide|say|ask|require|demand|propose|promise|stress|emphasi[sz]e)(?: about| on| at| for)?(?: (?P<x>.+))?", lambda m, say: f"{say(m['s'])}对{say(m['x'])}怎么{say(m['v']) or '说'}的" if m["x"] else f"{say(m['s'])}{say(m['v']) or '说'}了什么"),
    _f(r"summari[sz]e (?P<x>.+)", lambda m, say: f"概括一下{say(m['x'])}"),
    _f(r"what (?:is|are|was|were) (?:the )?(?P<x>.+)", lambda m, say: f"{say(m['x'])}是{'多少' if _AMOUNTS.search(say(m['x'])) else '什么'}"),
    _f(rf"{AUX} (?P<r>.+)", _whether),
)  # fmt: skip
