"""Spoken wordings of a question in the usual ones, so that all that reads questions reads them.

“没动工的项目，哪个单位手上最多” asks “哪个单位没动工的项目最多”; “前10个月投了多少钱” asks
“1—10月完成投资多少”. General language, none of any one office. Single words that only the search
and the reader need in writing are in ``spoken``.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from assistant.citations import chinese_value

_Put = str | Callable[[re.Match[str]], str]
_END = r"(?=[？?，,。]|$)"
_N = r"[^，,。；;？?]"  # a character inside a clause
_WHEN = r"(?:今年|\d{4}年)?(?:\d{1,2}月底?|[一二三四]季度末?|上半年|年底)"
_PROJECTS = rf"{_N}{{1,20}}?的(?:重点)?(?:项目|工程)"
_AMONG = r"(?:里头?|里面|中间?|当中|之中)?[，,]\s*"
_WHO = r"(?:单位|部门|局|乡镇|街道|镇街|镇|领域|行业|类别|板块|领导)"
_CAUSES = "钱|资金|用地|地|手续|审批手续|审批|拆迁|征地拆迁|征地|设计"
_CALLED = {"钱": "资金", "地": "用地", "手续": "审批手续", "拆迁": "征地拆迁"}
_LEFT_OUT = (
    r"(?:[刨撇抛除][开除掉去]|[去扣拿][掉除]|排除|剔[除掉])(?:在外|以外|之外|外)?[，,]?"
    r"(?P<rest>还剩(?:下)?(?=哪|多少|几))?"
)


def reworded(question: str) -> str:
    """Return a Chinese question in the usual wording; others stay as they are."""
    for pattern, usual in _RULES:
        question = pattern.sub(usual, question)
    return question


def _months(match: re.Match[str]) -> str:
    said = match["n"]
    number = int(said) if said.isdigit() else chinese_value(said)
    return f"1—{number}月" if 1 < number <= 12 else match.group()


def _cause(words: str) -> str:
    bare = re.sub(r"^(?:因为|由于|是)|(?:的|上|方面|原因|问题)+$", "", words)
    return _CALLED.get(bare, bare)


def _except(match: re.Match[str]) -> str:
    return f"除了{_cause(match['what'])}原因以外，{'还有' if match['rest'] else ''}"


def _because(match: re.Match[str]) -> str:
    return f"因为{_cause(match['what'])}问题"


def _than(match: re.Match[str]) -> str:
    how = "少" if "少" in match["how"] else "多"
    return f"{match['what']}{match['b']}比{match['a']}{how}了几个"


_SLIPS: tuple[tuple[str, _Put], ...] = (
    (rf"那(?=(?:个|家|些|几个){_WHO}{_N}{{0,8}}最[多少高低快慢])", "哪"),
    ("不一至", "不一致"),
)
_VERBS: tuple[tuple[str, _Put], ...] = (
    # 了 inside a verb: “开了工”.
    (r"(?<![未没])([开动完竣复停])了工(?!作|程|业|人|资|厂)", r"\1工了"),
    ("投了产", "投产了"),
    (r"欠了(?=进度|时序|序时|账)", "欠"),
)
_AMOUNTS: tuple[tuple[str, _Put], ...] = (
    (
        r"(?<![之以往此去])前(?P<n>\d{1,2}|[一二三四五六七八九十]{1,2})个?月(?!底)(?:份)?(?:里|间)?",
        _months,
    ),
    (
        r"(?:总共|一共|全部|合计|共)(?:要|需要?|得)投(?:资|入)?多少(?:钱|资金)",
        "总投资是多少",
    ),
    (rf"^(?:修|建设?|盖|办)(?={_N}{{3,24}}总投资是多少)", ""),
    (r"(?:总共|一共|合计|累计|共)投(?:入)?了多少(?:钱|资金|投资)", "累计完成投资多少"),
    (r"(?<!招)投(?:入)?了多少(?:钱|资金|投资)", "完成投资多少"),
    ("投资完成额", "完成投资"),
    (r"(?<=各自的)完成额|(?<=各)完成额", "完成投资"),
    (
        r"(?:达到|完成)(?:了)?(全年|年度|今年)计划的?(?:百分之几|几成|多少)",
        r"占\1计划的百分之几",
    ),
    (rf"(?P<a>{_N}{{2,16}})加上(?P<b>{_N}{{2,16}})[，,](?={_N}*(?:共|合计|总计))", r"\g<a>和\g<b>"),
    (
        r"(?P<a>[^，,。；？?的]{2,12})的和(?P<b>[^，,。；？?的]{2,12})的(?P<n>一共|合计|总共|共)"
        r"(?:有|是)?(?P<m>多少个?|几个)项目",
        r"\g<a>和\g<b>的项目\g<n>有\g<m>",
    ),
    (
        r"(完成投资|总投资|投资额?|计划投资)排(?:在|名)?前([二两三四五六七八九十\d]+)(?:位|名)?的"
        r"(?:都)?(?:是|有)?(?:哪几个|哪些|哪[二两三四五六七八九十]个|什么)(项目|单位|工程)",
        r"\1最多的\2个\3是哪些",
    ),
    (rf"完成了?(多少(?:[万亿]?元)?)的?投资{_END}", r"完成投资\1"),
)
_REASONS: tuple[tuple[str, _Put], ...] = (
    (rf"(?:把|将)(?P<what>{_N}{{1,12}}?)的?{_LEFT_OUT}", _except),
    (
        rf"(?<![不没未非])(?<!不是)(?<!没有)(?:(?<!不)是)?卡在了?(?P<what>{_CAUSES})(?:上头?|方面|问题上|这一?[关块])[，,]?的?",
        _because,
    ),
    (
        r"(?:各自)?(?:都|又)?(?:是)?[被让给]什么(?:卡住|拖住|绊住|耽误|耽搁|难住|拖了后腿)[了的]?",
        "原因是什么",
    ),
    (
        r"[缺差]的(?:那笔|那些|这笔)?(?:钱|资金)[，,]?(?:打算|准备|计划)?从哪[里儿](?:来|出|筹)",
        "的资金缺口准备怎么解决",
    ),
)
_COMPARED: tuple[tuple[str, _Put], ...] = (
    (rf"^(?:比一比|比比看|比较一下|对比一下)[，,]?(?={_N}+[和与跟])", ""),
    (r"哪(?:一)?[边头]更?(?=[多少高低])", "哪个"),
    (r"(?<=哪[个类家]多)(?:一些|些)?[，,？?]\s*(?:相)?差(?:多少|几)个", "，多几个"),
    (r"(?<=项目)[，,](?=哪[个类]多)", ""),
    (
        rf"(?:跟|和|与|同|比起|相比|较)?(?P<a>{_WHEN})(?:相)?比(?:较|起来)?[，,](?:到|截至)?(?P<b>{_WHEN})"
        r"(?P<what>[^，,。；？?增减]{2,14}?)(?P<how>增加|增|多|减少|少)了?(?:多少|几)个",
        _than,
    ),
)
# What is said of comes first, and what is asked of it behind the comma.
_TOPICS: tuple[tuple[str, _Put], ...] = (
    (
        rf"^(?P<s>{_PROJECTS}){_AMONG}(?P<t>{_N}{{0,8}}?)[数论看]?(?P<w>哪(?:个|家|一个)(?:责任|牵头)?{_WHO})"
        r"(?:手上|手里|那里|名下|占得|占的|的|里)?(?P<m>最[多少])",
        r"\g<t>\g<w>\g<s>\g<m>",
    ),
    (
        rf"^(?P<s>{_PROJECTS}){_AMONG}(?P<r>(?:由|归|属于|是){_N}{{2,16}}的)(?:是|有)?"
        r"(?P<ask>哪几个|哪些|几个|多少个?)",
        r"\g<r>\g<s>有\g<ask>",
    ),
    (r"的是(?=哪(?:几个|些)[？?。]?$)", "的有"),
    (
        rf"(?:接下来|下一?步|往后|今后|下一阶段)的?(?:工作)?[，,](?P<u>{_N}{{2,12}}?)(?:是|又)?"
        r"(?:怎么|如何|怎样)(?:打算|安排|考虑|部署|谋划)的?",
        r"\g<u>对下一步工作作了哪些安排",
    ),
    (
        rf"^(?P<x>{_N}{{4,24}})[，,](?P<u>{_N}{{2,10}}?)(?:准备|打算|计划|将|要)采取(?:哪些|什么)"
        r"(?:办法|措施|举措)",
        r"对\g<x>，\g<u>打算怎么办",
    ),
    (
        rf"(?:在)?(?P<a>[^，,。；？?在]{{2,10}})这一?(?:块|方面)[，,](?P<w>{_N}{{2,10}}?)在?(?:会上|讲话)"
        rf"[里中]?(?:要求|提出|强调){_N}{{0,8}}(?:哪些|什么|哪几[点条])",
        r"\g<w>在讲话中对\g<a>提了哪些要求",
    ),
)
_DOCUMENTS: tuple[tuple[str, _Put], ...] = (
    (r"从(?:哪些|哪几个|几个)方面提出?了要求", "提了哪几点要求"),
    (
        rf"^(?P<x>{_N}{{2,16}}?)[，,](?P<d>{_N}{{2,8}}?)[里中]面?[是又]?(?:打算|准备|计划|要)"
        rf"(?:怎么|如何)(?P<v>{_N}{{2,6}}?){_END}",
        lambda m: f"{m['d']}对{m['v']}{m['x'].replace('的项目', '项目')}作了哪些安排",
    ),
    (
        rf"^(?P<x>{_N}{{2,20}}?)的?(?P<k>进展|状态|情况|进度)[，,](?P<d>{_N}{{2,14}}?)[里中上]?[是又]?"
        rf"怎么[说写]的[，,；](?P<e>{_N}{{2,14}}?)[里中上]?又?是?怎么[说写]的",
        r"\g<x>在\g<d>和\g<e>里分别是什么\g<k>",
    ),
    (
        r"会上是?(?:怎么|如何)(?:处理|议定|议|定|决定|安排|研究)(这个项目|这件事|它)的?",
        r"会上对\1是怎么定的",
    ),
    (r"的那份(?=通知|通报|报告|纪要|批复|意见|方案|答复)", ""),
    (r"[，,]?(?:发的)?是几号文件?", "的文号是什么"),
    (r"新增加?的(竣工|完工|开工|动工|投用|建成|投产)的?项目", r"新\1的项目"),
    (r"^[这那]\d+个(?=项目)", "这些"),
)
_RULES: tuple[tuple[re.Pattern[str], _Put], ...] = tuple(
    (re.compile(said), usual)
    for said, usual in (
        *_SLIPS, *_VERBS, *_AMOUNTS, *_REASONS, *_COMPARED, *_TOPICS, *_DOCUMENTS,
    )
)  # fmt: skip
