"""What a question asks for: its kind, its language, and the words that matter."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from assistant.dictionary import alternatives
from assistant.glossary import translate, untranslated
from assistant.language import is_english
from assistant.places import places_in
from assistant.spoken import as_written
from index.words import fold, units

Kind = Literal[
    "documents", "why", "count", "amount", "list", "summary", "who", "when", "where",
    "unit", "status", "check", "lookup",
]  # fmt: skip

# First match wins; general words of asking only, none of any one corpus.
_KINDS: tuple[tuple[Kind, re.Pattern[str]], ...] = (
    ("documents", re.compile(
        r"(哪些|哪几份|哪份|哪个|多少份|(?<![这那前后])几份)(文件|报告|材料|文档|通知|简报)"
        r"|which (documents?|reports?|files?)|what (documents?|files?) ")),
    ("list", re.compile(
        r"(哪些|哪几个|哪几项)[^，。？?]{0,12}(项目|工程|任务|单位|企业|街道|乡镇|实事).*(原因|为什么|为何|责任|投资|进展)"
        r"|(which|what) (projects?|tasks?|units?|works?)\b.*\b(and|with) (why|(the )?reasons?|their)")),
    ("why", re.compile(
        r"为什么|为何|缘何|因何|原因|怎么(没|还没|会|未|又?停|就|一直|老是?|总是|变|拖|慢|滞后)|卡在|症结|难点|受阻|\bwhy\b|reasons?\b"
        r"|what (held|is holding|caused)|because of what")),
    ("summary", re.compile(
        r"(哪些|什么|哪几(点|方面|项|条)|怎样的|如何)的?(要求|措施|举措|安排|部署|意见|建议|经验|做法"
        r"|问题|不足|成效|成绩|成果|打算|任务|目标|内容|变化|特点|困难|困难和问题)"
        r"|(要求|措施|举措|安排|部署|意见|建议|经验|做法|问题|不足|成效|打算|任务|内容)"
        r"(是什么|有哪些|都有哪些|分别是|包括)|总结一下|概括|概述|归纳|简要介绍|主要内容|讲了(些)?什么|怎么(要求|安排|部署)"
        r"|summar|what (requirements?|measures?|steps|problems?|tasks?|achievements?)|main points|overview")),
    ("count", re.compile(
        r"(多少|几)(个|家|项|条|人|名|位|户|处|所|座|件|次|场|套|栋|台|辆|批|类|种|份|天|年|个月|镇|村|公里|亩|部|起|间|层|张|床|盏|平方米|学位)"
        r"|有多少(项目|企业|单位|人)|数量|\bhow many\b|number of")),
    ("amount", re.compile(
        r"多少|占比|比例|比重|百分之几|几成|多大|多长|多高|多重|多快|总额|金额|造价|how much|what (percentage|share|amount|proportion)"
        r"|percent|how (long|large|big|high)")),
    ("who", re.compile(r"谁|哪位|哪(一)?个(人|领导|局长|区长|主任)|何人|\bwho(m|se)?\b")),
    ("when", re.compile(
        r"什么时候|什么时间|何时|哪(一)?(天|日|年|月)|几(月|号|日|点)|时限|期限|(时间|日期)(是|为)?"
        r"(什么|多久)?[？?]?$|\bwhen\b|what (date|time|year)|deadline|by what")),
    ("unit", re.compile(
        r"(哪(个|家|些)|什么)(责任|牵头|主管|负责|实施)?(单位|部门|局|街道|乡镇|镇|机构|公司|企业)"
        r"|(责任|牵头|主管|负责|实施|建设|施工|监理|设计|承建)(单位|部门)|归(谁|哪)|名下|由谁|which (unit|department|bureau|office|agency|company)"
        r"|responsible|in charge")),
    ("where", re.compile(r"在哪|哪里|哪儿|何处|什么地方|什么位置|地点|位于|\bwhere\b|location")),
    ("list", re.compile(
        r"哪些|有哪几|哪几(个|项|家|处)|列出|列举|罗列|名单|清单|分别是(什么|哪)|都有(谁|什么)|都是(谁|什么)|还有(什么|哪)"
        r"|\bwhich\b|\blist\b|what are the|name (all|the)")),
    ("status", re.compile(
        r"状态|进展|进度|情况(如何|怎|是|呢)|怎么样|怎样了|如何了|到(哪一步|什么程度)|(了|完成|开工|竣工|完工|启动)(吗|没有|没)"
        r"|是否|\bstatus\b|progress|how is .* going|has .* been|is .* (finished|complete)")),
)  # fmt: skip

# Words of asking, politeness and grammar that say nothing about what is sought.
_ASKING = re.compile(
    r"从?(?:哪一?天|何时|什么时[候间]|几[号日点])(?:开始|起)(?=[的呢呀？?。]*$)|请问|请|帮我|属于|隶属于?|已经|今年|(?:文件|报告|材料|通报|简报)(?:里面|里)|(?:文件|报告|通报|简报)中(?=[，,有提的])|要(?=完成|建成|达到|做)|从(?=哪)|由(?=哪|谁)|里面|因为|由于|会议?上|会中|我想(知道|了解)|想(知道|了解)|告诉我|说说|介绍一下|查一下|列出|列举|为什么|为何|缘何|因何"
    r"|怎么样|怎么|怎样|如何|是什么|有什么|什么时候|什么时间|什么地方|什么样|什么|何时|何处|何人|哪里|哪儿|在哪(?![些个几家位])"
    r"|(责任|牵头|主管|负责)?(单位|部门)?(是|归)?(哪(一|几|些|个|家|位|项(?!目)|份|类|种|处|条|天|年|月|日|方面)*(单位|部门|公司|企业)?|谁)"
    r"|多少(个|家|项|条|人|名|位|户|份)?|几(个|家|项|条|名|位|户|份|点)|一共|总共|共有|分别|各是|各自|都有|都是|还有"
    r"|有没有|是不是|是否|吗|呢|吧|呀|[？?！!。，,、；;：:“”\"'‘’（）()]|的|了|又|也|各|是|有|(?<!存)在|对|与|和|及|到|为|被|把"
)
# What the answer's form supplies, so that the text need not say the word itself.
_FACETS = re.compile(
    r"原因|理由|状态|进展|进度|情况|时间|日期|名单|清单|数量|个数|单位|部门|名下|列在|归属|责任|牵头|负责|主管|项目|工程|目前|现在|截至|截止|比例|占比|比重|百分比|金额|总额|数额|名称|名字|姓名|结果|具体"
)
_EN_ASKING = re.compile(
    r"\b(who|whom|whose|what|when|where|which|why|how|many|much|did|does|do|is|are|was|were|has|have|had|been|be"
    r"|the|a|an|of|in|on|at|for|to|by|and|or|with|from|that|this|these|those|it|its|their|there|please|tell|me"
    r"|can|could|you|i|about|list|give|show|all|any|each)\b"
)
# “没有开工” and “未动工” say what documents write as “未开工”.
_NEGATION = re.compile(
    r"(?:还|尚|仍|一直)?(?:没有?|未能?)(?=(?:按期|如期|及时)?(?:开工|动工|启动|完成|竣工|完工|建成|开始|实施|到位|通过|达到|落实))"
)
_SAME = {"未动工": "未开工", "未启动": "未开工", "未开始": "未开工", "动工": "开工", "卡在": "问题"}
_ATTRIBUTE = re.compile(
    r"(?:的|项目|工程)([^的，,。？?]{2,12}?)(?:是|为|有|在)?(?:多少|什么|谁|哪|几|何|怎)"
)
# What is listed (“有哪些鱼”) must be spoken of, like an attribute.
_LISTED = re.compile(r"(?:有|是)哪些([^，,。？?的]{1,8})[？?]?$")
_DOING = re.compile(r"[被把让]|(?:干|做|说|讲|提|提出|要求|强调|指出)$")
_DONE_BY = re.compile(
    r"(?:谁|哪一?[家个]|什么)(?:单位|公司|企业|机构)?(?:来|负责)?"
    r"(施工|监理|设计|勘察|承建|中标|代建|运营|审计|检测|供货)"
)
_MEASURE = r"[万亿多余元亩米户人个吨家套座件%]|公[里顷斤]|平方|千[米瓦]"  # no year: “2000万”
_CONSTRAINT = re.compile(
    r"[\u4e00-\u9fff]{2,8}[〔\[(（](?:19|20)\d\d[〕\])）]第?\d{1,4}号"  # a document's number
    rf"|(?<!\d)(?:19|20)\d\d(?:年|(?!\d|[.,]\d|{_MEASURE}))"
    r"|\d{1,2}月(?:\d{1,2}[日号]|底)?|第?[一二三四1-4](?:季度)|[上下]半年"
)


@dataclass(frozen=True, slots=True)
class Question:
    """A standalone question, understood.

    ``topic`` is the question without the words of asking, an English one in the
    Chinese words of the glossary; ``terms`` are its
    lexical units, ``facets`` those that the form of the answer supplies
    (“原因”, “状态”), so that evidence need not hold them. ``groups`` are, for an English
    question, what each of its phrases may be in Chinese. ``constraints`` are
    years, dates and quarters that evidence must agree with; ``attribute`` the
    lexical units of what is asked of a thing (施工 in “某项目的施工单位是谁”) and
    ``attribute_words`` its words as asked. ``assumed`` are those constraints that the
    question did not say itself (“今年”): a document without a date need not hold them.
    ``in_context`` tells that it is one of several, or leans on the talk before it.
    ``answered_in`` is the language in which it was asked, where its words were put into
    those of the documents.
    """

    text: str
    language: Literal["zh", "en"]
    kind: Kind
    topic: str
    terms: tuple[str, ...]
    facets: frozenset[str]
    constraints: tuple[str, ...]
    attribute: tuple[str, ...] = ()
    attribute_words: str = ""
    groups: tuple[tuple[str, ...], ...] = ()
    assumed: frozenset[str] = frozenset()
    in_context: bool = False
    answered_in: Literal["zh", "en"] | None = None

    @property
    def frames(self) -> Literal["zh", "en"]:
        """The language of the words around the documents' own."""
        return self.answered_in or self.language


def understand(text: str) -> Question:
    """Return what ``text``, a question that needs no history, asks for."""
    folded = fold(text)
    language: Literal["zh", "en"] = "en" if is_english(folded) else "zh"
    if language == "zh":
        folded = as_written(folded)
    written = _NEGATION.sub(" 未", folded)
    for word, other in _SAME.items():
        written = written.replace(word, other)
    asking = _ASKING if language == "zh" else _EN_ASKING
    attribute = _attribute(folded)
    constraints = tuple(dict.fromkeys([*_CONSTRAINT.findall(folded), *places_in(folded)]))
    for words in constraints:
        written = written.replace(words, " ")
    # Years and places stand apart, so that no bigram joins them to their neighbours.
    topic = " ".join([*asking.sub(" ", written).split(), *constraints])
    groups: tuple[tuple[str, ...], ...] = ()
    if language == "en":
        # Names and figures are written alike in both; the rest is the glossary's.
        words = (word.strip(".,;:?!\"'()") for word in topic.split())
        alike = [word for word in words if word and not (word.isascii() and word.isalpha())]
        field, rest = translate(folded), untranslated(folded)
        topic = " ".join([*alike, field])
        single = [(word,) for word in dict.fromkeys([*alike, *field.split()]) if units(word)]
        groups = tuple(dict.fromkeys([*single, *alternatives(rest)]))
    # Years and dates are checked against the whole document, not against each sentence.
    bare = _FACETS.sub(" ", topic)
    for words in constraints:
        bare = bare.replace(words, " ")
    return Question(
        text=text,
        language=language,
        kind=kind_of(folded),
        topic=topic,
        terms=tuple(dict.fromkeys(units(topic))),
        facets=frozenset(units(topic)) - frozenset(units(bare)),
        constraints=constraints,
        attribute=tuple(units(_FACETS.sub(" ", attribute))),
        attribute_words=attribute,
        groups=groups,
    )


def _attribute(folded: str) -> str:
    match = _ATTRIBUTE.search(folded) or _LISTED.search(folded) or _DONE_BY.search(folded)
    if match is None or _DOING.search(match[1]):  # “被要求干什么”: no attribute of anybody
        return ""
    return re.sub(r"^(?:一共|总共|共)|(?:[额数量叫]|名叫)$", "", match[1])


def kind_of(folded: str) -> Kind:
    """Return the kind of a folded question."""
    for kind, pattern in _KINDS:
        if pattern.search(folded):
            return kind
    return "lookup"
