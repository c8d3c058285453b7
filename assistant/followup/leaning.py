"""Whether a question leans on the conversation, or is complete by itself."""

from __future__ import annotations

import re
from dataclasses import dataclass

from assistant.followup.listed import Pick, pick_in
from assistant.followup.parts import Known, Part, blanked, parts_of, same_length
from assistant.followup.scope import HEAD
from assistant.language import is_english
from index.ledger.wording import tagged_words

_LEAD = re.compile(
    r"^(?:那么|那(?![个些边里年天月份位]|几)|然后|另外(?!那?一[个家项户条座处])|以及|再|还有(?![哪什吗没别其更多])"
    r"|对了|哦|嗯|好的?[，,]|请问|我想问(?:一下)?)+[，,\s]*"
)
_LEAD_EN = re.compile(
    r"^(?:ok(?:ay)?|and|so|then|what about|how about|but|also)\b[,\s]*", re.IGNORECASE
)
_TAIL = re.compile(r"[呢吗吧啊呀？?！!。.，,\s]+$")
PLURAL = re.compile(
    r"它们|他们|她们|(?:这|那)(?:些|几[个项件条])(?:重点)?(?:项目|工程|任务|事项|实事|单位"
    r"|地方)?|上述(?:的)?(?:项目|工程|任务|单位)?|以上(?:项目|工程|任务)"
)
PERSON = re.compile(
    r"(?<![其吉])[他她](?![们人])|此人|(?:这|那|该)(?:位|个)?(?:领导|同志|区长|书记|局长|县长"
    r"|副区长)"
)
SINGLE = re.compile(
    r"另外那?一[个家项户条座处](?=[\u4e00-\u9fff]{0,4}(?:什么|啥|哪|谁|怎|咋|呢|多少|有没有|是))|(?<![其])它(?!们)|(?:该|此|本|这个|那个|这一|这项|这条|那条)(?:项目|工程|任务|事项|实事"
    r"|小区)|上一个(?:项目|工程)|前者|^(?:这个|那个)(?=$|的|[，,]|总|投|由|为|怎|什|是|归|何"
    r"|有)|^其(?!中|他|它|余|实)"
)
OF_TEXT = re.compile(
    r"(?:该|这个|这次|那个|那次|此次|这份|那份|这篇|此)(?:会议|会|讲话|通知|报告|通报|文件"
    r"|活动|公告|简报|纪要|材料|单位|镇街|街道)(?:上|里|中)?"
)
_EN_PLURAL = re.compile(
    r"\b(?:they|them|their|these|those)\b(?: (?:projects|ones))?", re.IGNORECASE
)
_EN_PERSON = re.compile(r"\b(?:he|she|him|her|his)\b", re.IGNORECASE)
_EN_SINGLE = re.compile(
    r"\b(?:it|its)\b|\b(?:this|that) (?:one|project|task)\b|\b(?:this|that)(?=$|[?.])",
    re.IGNORECASE,
)
AMONG = re.compile(
    r"^(?:这里头|这里面|这里边|其中|里头|里面|当中|这当中|(?:这|那)(?:几[个项件]|些)(?:项目"
    r"|任务|工程|实事)?(?:里头?|里面|中|当中)|among them|of (?:these|those|them))(?:的)?[，,]?",
    re.IGNORECASE,
)
_CORRECTIONS = (
    re.compile(
        r"^(?:不对|错了|搞错了)?[，,]?(?:我)?(?:问的|说的|要的"
        r"|指的)?不是(?P<old>[^，,。]{1,20}?)[，,。；; ]*(?:而是|应该是|(?:我)?(?:问|说|要"
        r"|指)的是|是)(?P<new>.+)$"
    ),
    re.compile(
        r"^(?:是|要|(?:我)?(?:问|说|要|指)的是)(?P<new>[^，,。]{1,20})[，,](?:而)?不是(?P<old>.+)$"
    ),
    re.compile(
        r"^(?:不对|错了|不是|说错了|搞错了|更正)?[，,。]?(?:我(?:问|说|要|指)的是|我是(?:问"
        r"|说|要|指)|应该是|应为|应当是|改成|换成|改为|换为|改问|改按|换到)(?P<new>.+)$"
    ),
    re.compile(r"^(?:不对|错了|说错了|搞错了|更正)[，,。](?:是)?(?P<new>.+)$"),
    re.compile(r"^(?:no[,.]? )?not (?P<old>[^,]+), (?:but )?(?P<new>.+)$", re.IGNORECASE),
    re.compile(r"^(?:no[,.]? )?(?:i mean[t]?|i was asking about) (?P<new>.+)$", re.IGNORECASE),
)
_MORE = re.compile(
    r"^(?:那)?(?:还有(?:吗|没有|没|别的|其他的?|其它的?|更多的?|哪些)?|继续|再?(?:详细|具体"
    r"|展开)(?:一点|一些|些|点|地|的)?(?:说|讲|介绍|解释|列)?(?:一下|说|讲)?"
    r"|(?:说|讲|介绍)得?(?:再)?(?:详细|具体)(?:一?点|一?些)?|展开(?:说说|讲讲)?|更多|细说"
    r"|全部列出来?|具体(?:情况|内容)?|详情|详细情况"
    r"|(?:any|anything) (?:more|else)|(?:tell me )?more(?: details?)?"
    r"|(?:in )?(?:more )?details?(?: please)?|go on|continue)$"
)
NOW = re.compile(
    r"(?:到)?(?:现在|目前|眼下|如今|最新)(?:的?(?:情况|状态))?|(?:right )?now", re.IGNORECASE
)
# “后来改到哪天”, “剩下的由谁补”, “这个错是谁查出来的”: something said before goes on.
_GOES_ON = re.compile(
    r"(?:后来|之后|随后|此后|事后|过后|到头来|要是到时候|到时候|当时)(?![的])|(?:剩下|余下|其余|剩余|余)的|还(?:差|剩|欠)(?=多少|几)"
)
ANOTHER = re.compile(r"另外?那?一[个家座项户条处]|另[一外]|别的|其他")
THAT = re.compile(
    r"(?:这|那|该)(?:一?[个家座笔项件条处位类种户块起栋台套])?(?P<noun>(?![份张次批篇期本]|些|么|样|里|儿|边|时|年|天|月|要|会|都|就|还|是|由|能|该|有|没|谁|什|哪|几|次会)[\u4e00-\u9fff]{1,3}?)(?=另外|还|又|也|都|是|由|归|什么|何时|哪|谁|怎|的|有|在|要|多|为|现在|目前|今年|后来|最)"
)
# Words of asking, of the things asked for, and of grammar; what is left names something.
_ASKING = re.compile(
    r"为什么|为啥|为何|因何|怎么样?|怎样|如何|咋样?|什么时候|啥时候|什么|啥|何时|哪一?(?:天"
    r"|步|年|月)|哪(?:些|几|里|儿|个|家|位|一个|一项)?|多少|(?:一共|总共|共计|合计|总计"
    r"|加起来|加在一起|共有)|几[个项件条家]?"
    r"|谁|是不是|是否|有没有|分别|各自|各(?=是|有|归|由)|都|还|又|也|只|就|才|已经|已|未"
    r"|没有?|不|能|会|要|可以|应该|请问?|帮我|给我|告诉我|说说|讲讲|列出?来?|看看|查一?下|一下|分析"
    r"|原因|缘故|理由|问题|困难|难点|症结|责任|牵头|负责|主管|包抓|分管|承担|管|归|名下|单位"
    r"|部门|领导|负责人|责任人|联系人|电话|总?投资额?|资金|投入|概算|钱|额度|完成率?|支出率?"
    r"|拨付|进展|进度|状态|现状|情况|措施|办法|打算|下一?步|要求|整改"
    r"|时限|期限|时间|日期|工期|时候|期间|地点|位置|地址|规模|面积|占地|长度|内容|施工|监理"
    r"|设计|建设|中标价?|承建|方案|数量|个数|比例|占比|比重|百分比|排名|名单|清单|名称|名字"
    r"|标题|文件|报告|出处|来源"
    r"|开工|动工|完工|竣工|停工|复工|建成|启动|投用|验收|推进(?!会)|解决|搞定|卡在|卡住|环节|之前"
    r"|必须|计划|年度|预计|目标|最(?:多|少|大|小|高|低|快|慢|早|晚|长|近)|第一|前|后|最后"
    r"|按照?|分组|排序?|统计|汇总|项目|工程|任务|事项|实事|小区"
    r"|提|说|讲|谈|做|办|搞|批|主持|召集|参加|出席|作|发言|是|的|了|着|过|在|有|由|被|把|对"
    r"|和|与|及|或|到|从|给|让|于|以|为|个|项|件|些|点|人|呢|吗|吧|啊|呀|么|这|那|它|他|她|们"
    r"|其|中|里|上|下|时|处|方面|具体|详细|继续|更多|其他|别的"
    r"|[，,、。；;：:？?！!“”\"'（）()\s%％]"
)
_EN_ASKING = re.compile(
    r"\b(?:and|so|then|but|also|what|about|how|who|whom|whose|when|where|which|why|is|are|was"
    r"|were|do|does|did|has|have|had|been|be|much|many|long|will|would|can|could"
    r"|the|a|an|of|for|in|on|at|by|to|with|from|total|all|altogether|together|each|one|ones"
    r"|other|others|responsible|charge|unit|units|department|bureau|leader|reason|reasons"
    r"|problem|problems|status|progress|investment|invested|cost|money|deadline|due|measures?"
    r"|next|step|steps|started|finished|completed|largest|biggest|smallest|most|least|highest"
    r"|lowest"
    r"|first|second|third|last|please|tell|me|more|details?|list|show|them|they|it|its|their"
    r"|these|those|this|that|he|she|say|said|else|anything|not|no|wrong|sum|us|there|now"
    r"|group(?:ed)?|sort(?:ed)?|broken|down)\b|[^\w]|'s"
)
ASKS = re.compile(
    r"哪|什么|啥|谁|多少|几[个项件条家]|为何|何时|如何|怎|是否|有没有|吗|没有[？?]?$|原因"
    r"|列出|最[多少大小高低快慢早晚]|占比|比例|合计|[按分](?:责任)?单位"
    r"|\b(?:which|what|who|when|where|why|how|is|are|was|were|did|does|has|have)\b"
)
_OVERALL = re.compile(
    r"全[区县市镇省]|各[区县镇街]|截至|截止|所有|全部|会上|会议|讲话|报告|通报|文件|材料|附表"
    r"|表[中里上]|清单|数字|数据"
)
_WHOLE = re.compile(
    r"全[区县市镇乡省年]|各[区县镇乡街地]|所有|全部|会上|会议|讲话|报告|通报|文件|材料|公示|通知|督办|排名|[张几]表"
)
_HOW_MANY = re.compile(r"几[户人名位亩座处天台辆家]")
_OF_LISTS = re.compile(
    r"[一二三四五六](?:期|标段?)|哪些|哪几|[分各]别|各[是有自由归]|几[个项件](?!月)|[会推][是在]?什么时[候间]开"
)
_NOUNS = ("n", "j", "l", "i", "vn", "eng")
_OF_PLACE = frozenset(("垫底", "末位", "头名", "榜首", "啥时", "尾款", "余款", "余额", "差额"))
# How much or how long it was is taken as told.
_AS_BEFORE = re.compile(r"(?:这么|那么)(?=[多少久长大高慢快低])")
_AT_NOW = re.compile(r"到?(?:现在|目前|眼下|如今|到时候|至今)(?:为止)?")
BRIEF = 8  # characters; a question joined on by “那” that is no longer leaves its subject out
SHORT = 14  # characters; a question this short that names nothing leans on history
SHORT_EN = 9  # words


@dataclass(frozen=True, slots=True)
class Follow:
    """A question taken apart as one that leans on what was said before.

    ``bare`` is it without words of joining on and ``？``; ``points`` says what its
    pronoun stands for, ``words`` the part that stands for nothing known.
    """

    bare: str
    english: bool
    parts: tuple[Part, ...]
    points: str = ""  # "", "plural", "single", "person", "text", "that"
    pick: Pick | None = None
    among: bool = False
    more: bool = False
    old: str = ""
    corrects: bool = False
    words: str = ""


def follow_of(question: str, known: Known) -> Follow | None:
    """Return the question as a follow-up, None where it is complete by itself."""
    text = question.strip()
    english = is_english(text)
    for pattern in _CORRECTIONS:
        match = pattern.match(_TAIL.sub("", text))
        if match:
            new = _bare(match["new"], english)
            old = match.groupdict().get("old") or ""
            return _follow(new, english, known, corrects=True, old=old.strip("，, "))
    bare = _bare(text, english)
    if NOW.fullmatch(bare.lower()):
        return Follow(bare, english, ())
    if _MORE.match(_TAIL.sub("", text).lower()) or (bare and _MORE.match(bare.lower())):
        return Follow(bare or text, english, (), more=True)
    if not bare:
        return None
    among = AMONG.match(bare)
    if among:
        return _follow(bare[among.end() :], english, known, among=True)
    found = _follow(bare, english, known)
    marked = bool(_LEAD.match(text) or _LEAD_EN.match(text) or re.search(r"呢[？?！!。\s]*$", text))
    return found if _leans(found, text, marked) else None


def _bare(text: str, english: bool) -> str:
    stripped = _TAIL.sub("", text.strip())
    previous = None
    while previous != stripped:
        previous = stripped
        stripped = _LEAD.sub("", stripped)
        stripped = _LEAD_EN.sub("", stripped) if english else stripped
    return stripped


def _follow(
    bare: str,
    english: bool,
    known: Known,
    *,
    among: bool = False,
    corrects: bool = False,
    old: str = "",
) -> Follow:
    parts = tuple(parts_of(bare, known))
    pick = _pick(bare, parts)
    points = "" if pick else _points(bare, english, parts)
    return Follow(
        bare, english, parts, points, pick, among,
        old=old, corrects=corrects, words=residue(bare, parts),
    )  # fmt: skip


def _pick(bare: str, parts: tuple[Part, ...]) -> Pick | None:
    """Return the items pointed at, where nothing before says what they are items of."""
    pick = pick_in(bare)
    if pick is None:
        return None
    ahead = bare[: pick.start]
    own = tuple(part for part in parts if part.end <= pick.start)
    ranked = re.search(r"最|排|按|倒|名次", ahead)
    return None if own or ranked or HEAD.search(ahead) or residue(ahead, ()) else pick


def _points(bare: str, english: bool, parts: tuple[Part, ...]) -> str:
    """Return what kind of thing a pronoun stands for that nothing before it explains."""
    if not english and _goes_on(bare, parts):
        return "that"
    patterns = (
        (("plural", _EN_PLURAL), ("person", _EN_PERSON), ("single", _EN_SINGLE))
        if english
        else (("plural", PLURAL), ("person", PERSON), ("text", OF_TEXT), ("single", SINGLE))
    )
    for points, pattern in patterns:
        match = pattern.search(bare)
        if match is None:
            continue
        ahead = [part for part in parts if part.end <= match.start()]
        before = [p for p in ahead if points == "text" or p.facet != "period"]
        own = residue(bare[: match.start()], tuple(ahead))
        if not before and len(own) < 2 and not HEAD.search(bare[: match.start()]):
            return points
    return ""


def _goes_on(bare: str, parts: tuple[Part, ...]) -> bool:
    """Tell whether a question opens with words that take up something said before."""
    if any(part.facet in ("name", "document", "issuer") for part in parts):
        return False
    return taken_up(bare)


def taken_up(bare: str) -> bool:
    """Tell whether words open with what takes up something said before, whatever it is."""
    return bool(_GOES_ON.match(bare) or (THAT.match(bare) and not SINGLE.match(bare)))


def residue(text: str, parts: tuple[Part, ...]) -> str:
    """Return what of a text names something that is no facet."""
    rest = _AT_NOW.sub(" ", same_length(blanked(text, parts)))
    return re.sub(r"\s+", " ", _EN_ASKING.sub(" ", _ASKING.sub(" ", rest))).strip()


def nameless(follow: Follow) -> bool:
    """Tell whether a question has no noun but those for what is asked of a thing.

    Whatever it asks it asks of what was spoken of: “最新还缺多少”, “谁来弄，啥时候弄完”.
    """
    bare = follow.bare
    if _WHOLE.search(bare) or HEAD.search(bare) or _OF_LISTS.search(bare):
        return False
    if any(part.facet != "period" for part in follow.parts):
        return False
    return not any(
        flag.startswith(_NOUNS) and len(residue(word, ())) > 1 and word not in _OF_PLACE
        for word, flag in tagged_words(bare)
    )


def _brief_clauses(bare: str) -> bool:
    return all(len(clause) <= SHORT for clause in re.split(r"[，,；;？?]", bare))


def _leans(follow: Follow, text: str, marked: bool) -> bool:
    if follow.points or follow.pick:
        # Not “该区…”: the whole thing that it points at must be missing.
        return follow.points != "text" or len(follow.words) <= 6 or marked
    bare = follow.bare
    names = [part for part in follow.parts if part.facet in ("name", "document")]
    asks = bool(ASKS.search(text.lower()))
    clauses = re.split(r"[，,；;？?]", bare) if marked else [bare]
    longest = max(len(clause) for clause in clauses)
    long = len(bare.split()) > SHORT_EN if follow.english else longest > SHORT
    content = follow.words.replace(" ", "")
    brief = marked and len(bare) <= BRIEF and not names and not _OVERALL.search(bare)
    if brief and asks and HEAD.search(bare) is None:
        return True  # “那还差多少没付”
    as_before = _AS_BEFORE.search(bare)
    if as_before and not long and not names and len(residue(bare[: as_before.start()], ())) < 2:
        return True  # “为什么拖这么久”
    if (
        (asks or _HOW_MANY.search(bare))
        and not follow.english
        and nameless(follow)
        and _brief_clauses(bare)
    ):
        return True
    if len(content) >= 2:
        # Of “那要求整改到位……” only single characters are left: they name nothing.
        bits = marked and max(map(len, follow.words.split())) < 2
        if not bits or long:
            return marked and not asks and not long
    if names:
        return marked and not asks
    if _OVERALL.search(bare):
        return False
    if not follow.parts:
        head = HEAD.search(bare)
        return not long and (head is None or not re.search(r"最|多少|几", bare))
    if HEAD.search(bare) or (
        follow.english and re.search(r"\b(?:projects|tasks|works)\b", bare.lower())
    ):
        return not asks and (marked or len(bare) <= SHORT)
    if marked and not asks:
        return True
    return not long and (marked or not re.search(r"[，,？?。；;]", bare))
