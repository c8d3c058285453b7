"""Where a project stands, in the field's general words: stage, and progress against the plan."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import cast

from index.ledger.records import Progress, Span, Stage

_NOT = r"(?:尚未|还未|仍未|均未|都未|未能|未曾|至今未|暂未|并未|没有|没能|还没有?|尚无|未|没)"
_HOW = r"(?:按(?:期|时|计划)?|如期|及时|正式|实质性?|全面|实际|真正|予以|进行)?"
_PLAN = (
    r"(?:年度|既定|全年|今年)?(?:计划|序时|时序|节点|倒排(?:工期)?)"
    r"(?:进度|工期|要求|安排|节点|计划)?"
)
_BEGIN = (
    r"(?:开工|动工|启动|开建|破土(?:动工)?|动土|进场|开始(?:施工|建设|实施)|实施(?:建设)?|开始|施工"
    r"|建设)"
)
_DONE = (
    r"(?:竣工|完工(?!程)|(?<![提移外])交工(?![程作业会])|建成|投产|投用|投入(?:使用|运营|运行|生产)|交付(?:使用)?|通车|启用"
    r"|完成(?:建设|施工|改造)(?!图|许可|招标|手续|单位|合同|方案|准备)"
    r"|(?:通过|完成)(?:[竣交]工|交[（(]?竣[）)]?工)?验收|(?:全面|全部|已经?|按期|如期|提前"
    r"|均已?)完成(?=了?(?:[，。；、,;（）()\s]|$))"
    r"|办结|(?:已|全部|均已?)(?:全部|正式|全面)?(?:挂牌)?(?:运行|运营|开放|销号))"
)
# “同意由某集团先行垫付资金启动招标”: what a meeting agrees to is still to be done.
_AGREED = re.compile(r"(?:同意|议定|商定|决定由)[^，。；]{0,36}$")
# “按计划正常往前走”: how a speaker says that work goes on.
_ONWARD = r"(?:[往向]前[走推赶干]|往下[走推赶干]|在?[走推干]着?(?=的|[，。、；]|$))"

# “未按期完工”: what stands between “未” and the verb does not undo it.
_NOT_LATE = r"(?<![未没能有][按如][期时])(?<![未没能有](?:及时|全部|全面))"

# What is only planned or demanded is no status (“力争年底竣工”).
_FUTURE = re.compile(
    r"(?:确保|力争|[做抓](?:好|实)|不具备|无法|不能|难以|尚不|争取|预计|计划|拟|将|(?<![主重需概纪])要(?![素点])|促|推动|加快|早日|尽快"
    r"|(?<![供反响效适])应(?![急用])|需(?!求)|待|(?<!许)可(?!研)"
    r"|(?<![扩节智储性功产新热光动电氢核])能(?![源耗力效级])|望|目标|为了"
    r"|以便|有望|年底前|明年|下(?:一?步|半年|季度|月))[^，。；、已]{0,14}$"
)
_TO_BE = re.compile(
    r"(?:计划|拟|预计|力争|确保|即将|必须|务必|务求|应当|要求)(?:今年|年内|年底|全面|全部)?$"
)
_STAGES: tuple[tuple[Stage, re.Pattern[str]], ...] = (
    ("cancelled", re.compile(
        r"(?:取消|放弃|终止|中止|不再|撤销|撤回|退出)(?:了)?(?:原|该|本|此)?(?:投资|建设|实施"
        r"|项目|合作|执行|计划)"
        r"|(?:已|只能|只好|被迫)(?:取消|终止|撤销|撤项|销号退出)|决定(?:取消|放弃|终止|不再)|项目(?:取消|终止|撤销)"
        r"|^(?:取消|终止|撤销)(?:类|的?项目)?(?=$|[有共为（(：:])"
        r"|cancell?ed|abandoned|terminated|dropped|called off")),
    ("suspended", re.compile(
        r"(?<!一度)(?<!前后)(?<!先后)(?<!累计)(?<!曾)(?<![一两二三多几数]次)停(?:了)?工|停建|缓建|停滞|(?:暂缓|暂停)(?!拨付|发放|受理|支付|安排|申报|审批|新增)|停止施工|停了?下来|搁置|停摆|中断施工|suspended|halted|stalled"
        r"|on hold|paused|shut down")),
    ("not_started", re.compile(
        rf"(?:[开动]不了工|(?:无法|不能|没法|没能|迟迟)(?:正常|按期|如期)?[开动]工|一锹土[^，。]{{0,4}}(?:没|未)"
        rf"|{_NOT}{_HOW}{_BEGIN})|{_NOT}(?:能)?[^，。；、]{{0,4}}(?:开工|动工)|待(?:开工|动工|破土|建|启动)"
        rf"|拟(?:开工|建)|(?:没有?|未|尚未)(?:动身|起步|挪窝|动静)|(?:仍|还|停|躺)(?:停留|停|躺)?在(?:图)?纸上"
        rf"|(?:not (?:yet )?(?:been )?|un|haven't |hasn't |yet to "
        rf"|yet )start(?:ed)?|not (?:yet )?(?:begun|broken ground|commenced)|(?:haven't|hasn't"
        rf"|yet to) (?:begun?|broken? ground|commence)")),
    ("completed", re.compile(
        rf"(?<!未)(?<!未能)(?<!没有){_NOT_LATE}{_DONE}|(?:已经?|(?<![没未])都|(?<![没未有能])全部|^)(?:全部|陆续)?(?:[干建修盖]完|[建修盖]好)(?=了|的|项目|[，。；、]|$)|(?:交卷|交账|交钥匙|收官|落成|完结)(?=了|类|组|档|的|项目|$|[，。；、：:（\d]|有)|已(?:办结|销号|达成)|^(?:已经?)?(?:全部|全面)?完成(?:的)?(?:类|事项|任务|项目|工程|工作)"
        r"(?=$|[（(：:\d一二三四五六七八九十共])|^(?:完成|建成|竣工|完工|办结)(?:类"
        rf"|项目)?$|(?<!investment )\b(?:completed|finished)\b")),
    ("under_construction", re.compile(
        r"在建|续建|新(?:开工|破土|动工|开建)(?!时间|目标|计划)|(?:正在|正|已|已经|现|目前|全面|陆续|均"
        r"|复工)[^，。；未]{0,10}(?:施工"
        r"|(?<!重点)建设(?!用地|规模|资金|内容|项目|计划)|实施|开挖|浇筑|安装|铺设|砌筑|装修|装饰|改造|调试|吊装"
        r"|绿化|平整|打桩|填筑|架设|掘进|回填|钻孔|灌注|摊铺|敷设|焊接|清淤|疏浚|栽植|布展|布线)"
        r"|(?<!停止)(?<!无法)(?<!暂停)(?<!未)(?<![待可能应限])施工(?!单位|队伍?|方|图|许可|招标"
        r"|合同|方案|条件|场地|准备|手续|企业|总?承包|监理|组织|力量|难度|环境|受|工期|便道|期间"
        r"|人员|进度|计划|安全|用|时间|季节|资质|界面|作业面|图纸|阻|占)"
        r"|已经?(?:全面|正式|全部|实质性|于.{1,12})?(?:开工|动工|启动|复工|进场)|(?<!没)(?<!未)[开动复]了工|(?<!没)(?<!未)(?:开|动|复)工了"
        r"|(?<!未)(?<!没有)(?<!能)(?:开工建设|动工建设|破土动工)(?!手续|条件)"
        r"|(?:主体|基础|桩基|地下室|桥墩|路基|路面|管网|结构|围墙|土方|二次结构|内外?装修?"
        r"|室内外?装饰|外立面|幕墙|设备)[^，。；、（）]{0,8}(?:施工|封顶|完成|浇筑|安装|建设"
        r"|阶段|调试|过半|收尾)"
        r"|正(?:在)?(?:进行|开展|实施|推进|组织)(?![^，。；]{0,12}(?:手续|审批|招|设计|论证|评审"
        r"|报批|选址|规划|可研|勘察|前期|征|拆|协商|对接|谈判))[^，。；]{2,}"
        r"|(?:完成|达到?)(?:了)?(?:总)?(?:工程量|工程|形象进度|总量|总进度|进度)?的?(?:约"
        r"|近)?\d+(?:\.\d+)?[%％](?=[，。；）)]|$)(?<!100%)(?<!100％)"
        r"|(?:完成|铺设|浇筑|掘进|开挖|安装|敷设|砌筑|已改造|已新建"
        r"|已建设)[^，。；（]{0,12}?\d+(?:\.\d+)?(?:万)?(?:余|多)?(?:公里|千米|米|平方米|立方米"
        r"|方|亩|座|栋|幢|户|处|根|延米|部|台|盏|株)"
        r"|贯通|封顶|施工(?:中(?!心)|阶段)|建设(?:中(?!心)|阶段)|推进中(?!心)|实施中(?!心)|进行中(?!心)|扫尾|收尾"
        r"|under construction|in progress|ongoing")),
    ("preparatory", re.compile(
        r"(?:做|抓|跑|开展)前期|前期(?:工作|阶段|手续|准备|类|项目|论证|研究)|(?:正在|正|已)?(?:办理|完善|开展|进行"
        r"|编制|完成|组织|启动)[^，。；]{0,14}(?:手续|审批|可研|立项|初设|初步设计|设计|规划"
        r"|环评|招(?:投)?标|挂网|征地|拆迁|征收|论证|选址|勘察|报批|备案|评审)"
        r"|(?:招(?:投)?标|可研|立项|规划|设计|谋划|储备|报批)(?:阶段|中)|储备(?:类|项目)"
        r"|谋划(?:类|项目)|preparatory|preparation|planning stage")),
)  # fmt: skip
_PROGRESS: tuple[tuple[Progress, re.Pattern[str]], ...] = (
    ("behind", re.compile(
        rf"(?:未|没)(?:有|能)?(?:赶上|跟上|达到?|完成|实现|按)[^，。；、]{{0,10}}(?:计划|进度"
        rf"|序时|时序|目标"
        rf"|节点|任务|时间|要求)|{_NOT}达(?:到)?序时"
        rf"|{_NOT}(?:能)?(?:按期|按时|如期|及时)(?:全部|全面)?(?:完工|竣工|建成|完成|投用|交付"
        rf"|投产|通车)"
        r"|(?:拖|在)(?:了)?后腿|拖后(?=的|项目|$|[，。（\d])|掉[了]?(?:队|链子?)|(?:进度|工期|步子|节奏)[^，。；]{0,3}跟不上|跟不上(?:序时|计划|进度|节点|工期|趟|队)|欠序时|落在(?:了)?(?:序时|计划|进度|时间|节点|工期|趟)*之?后|(?<!不)(?:差|逊|不及|未及|低)于?序时|脱[期序]|蜗牛|(?<!早)晚点(?=类|组|的|项目|$|[，。（\d])"
        r"|放[慢缓]了?(?:建设|施工|推进|工程)?(?:进度|步伐|速度)|进度放[慢缓]"
        r"|(?<![曾不])(?<!曾经)(?<!一度)(?<!没有)(?:滞后|落后)|(?<!不)慢于(?:序时|时序|计划|节点|时间)?(?:进度)?|(?:进度|推进|进展|处置)(?:比较|较|偏|太)?慢"
        r"|(?<!不)低于(?:序时|时序|计划|节点|时间进度|进度)"
        r"|未达(?:标|序时|时序)|进(?:度|展)(?:缓慢|较慢"
        r"|偏慢|迟缓|不快|不理想)|推进(?:缓慢|较慢|偏慢|不力|不快)|(?<!路口)(?:红|黄)[灯牌](?:类|事?项目?|（|有?\d+个|$)|超期|逾期(?!不|未|没|仍|的|者|按|将|则|收|更|由|一律|予以|，|视)|欠(?:进度|账)"
        r"|behind(?: schedule)?|delayed|lagging|overdue")),
    ("met", re.compile(
        r"(?<!未)(?<!未能)(?<!没有)(?:提前|已|超额|全面|圆满|均|按期)?(?:完成|实现"
        r"|达到|做完|干完|办完|拿下)(?:了)?[^，。；、]{0,4}(?:当年|全年|年度|本年|年|年初)[^，。；、率]{0,6}(?:计划"
        r"|目标|任务)(?!的?\s*(?:约|近)?(?:[\d０-９]|多少|百分|比例|几成))"
        r"|(?:全年|年度|今年|本年|当年|年初)的?(?:下达|定下?)?的?(?:投资|建设|工作)?的?(?:任务|计划|目标|指标)量?(?:已经?|都|也|均|就|全部|全数|提前|超额|如数|圆满|按期|早早)+(?:完成|[做干办投]完|[做投完]满|达成|实现|拿下|交账|交卷|交了[账卷])"
        r"|(?:全年|年度|今年|本年|当年)的?投资(?:已经?|都|均|全部|全数|提前|超额|如数|圆满)+(?:完成|投完|到账|做[满完])"
        r"|(?:投资|建设)(?:任务|计划|目标)(?:已经?|都|均|全部|全数|提前|超额|如数|圆满)+(?:完成|[做干办投]完|[做投完]满|拿下)"
        r"|超额完成|(?:met|fulfilled|completed) (?:its|the|their) "
        r"(?:(?:annual|yearly|full-year|investment) )*(?:plan|target)s?"
        r"(?: ahead of (?:time|schedule))?|met target")),
    ("ahead", re.compile(
        rf"(?<!未)(?<!未能)(?<!不)(?:快于|高于|超前?于?|超过|领先于?|跑赢|优于|早于)(?:了)?{_PLAN}"
        rf"|(?:走|跑|赶|冲|抢)在(?:了)?(?:{_PLAN}|时间|日子|工期|最)?(?:的)?(?:前[面列头边]?|头里)|领跑|提速(?=类|组|项目|$|[（\d])|(?:进度|时序)前[面列头]"
        r"|(?:进度|工期|推进)(?:明显|大幅|较为?)?(?:超前|领先)|ahead of (?:schedule|plan|time)")),
    ("on_schedule", re.compile(
        rf"(?:与|和|跟|同)?{_PLAN}(?:相比)?(?:差不多|基本|大体|大致|总体|保持|正好|刚好)*(?:合拍|持平|同步|一致|相当|吻合|齐平|对齐|相符|一个样)|(?:合|踩|卡|压)(?:上|着|准|在|于|乎)?(?:了)?(?:{_PLAN}|节拍|点|线)(?=[的，。（）\d]|推进|[走跑]|$)"
        rf"|(?:紧[跟扣贴踩]|跟[紧住]|[贴咬]住)(?:着|了|住)?{_PLAN}"
        r"|(?<!未)(?:追平|持平于|同步于)(?:了)?(?:序时|计划|进度)|(?<!不)(?:合拍|准点|正点|步调一致)|并跑"
        r"|(?<!红)绿灯(?:类|事?项目?|（|有?\d+个|$)|(?<![未没不欠难])(?<!未能)(?<!没能)达(?=序时|时序|计划进度|进度|节点)|(?<!未)(?<!未能)(?:赶上|赶得上|跟上|跟得上|达到|符合|满足)(?:了)?[^，。；、]{0,6}(?:计划(?=$|[，。；：（(的])|计划进度|序时|时序|进度要求|计划要求|节点"
        r"|进度)"
        r"|^正常(?=的?(?:类|档|组)?(?:项目)?(?:共|有|还|仍)*\s*(?:\d|[一二两三四五六七八九十]+[个项]|[：:（(]|$))"
        r"|(?<!未)[按照](?:照|着)?(?:年度|既定|时间)?(?:计划|序时|期|时序|时间节点|节点"
        r"|进度)(?:进度)?(?:要求)?(?:正常|有序|稳步|顺利|加快|稳稳|一步步|一步一步)?地?"
        rf"(?:推进|实施|建设|进行|{_ONWARD})|(?:正常|有序|顺利)(?:推进|{_ONWARD})|按部就班(?=地?(?:推进|{_ONWARD})|的|$)|"
        r"进展(?:顺利|正常|良好)|进度正常|推进(?:顺利|正常)|on (?:schedule"
        r"|track)|as planned|as scheduled")),
)  # fmt: skip
_PART = re.compile(
    r"(?:主体|土建|基础|桩基|地下|路基|路面|管网|结构|围墙|土方|标段|部分|段|一期|二期|首期|首批|前期"
    r"|设计|招标|勘察|征地|拆迁|征迁|征拆|迁坟|(?:坟墓|管线|线路|线杆|杆线|管道|光缆|电力|电缆|树木|苗木)[^，。；]{0,3}|迁[移改]|腾退|签约|供地|交地|征收|清表|可研|手续|审批|环评|图审|评审|论证|备案|选址|平整|装修"
    r"|工程量|任务|桥梁|隧道|户型|楼|栋|座|幢|户|公里|千米|米|亩|％|%|投资)[^，。；]{0,6}$"
)
# “在建。大坝防渗墙完成，放水洞未启动”: the word in front is said of the whole.
_FIRST = re.compile(
    r"(?P<under_construction>在建|续建)|(?P<suspended>停工|停建|缓建)|(?P<not_started>(?:尚)?未开工)"
    r"|(?P<completed>已?(?:竣工|完工))|(?P<preparatory>(?:开展|处于)?前期(?:工作|阶段)?)"
)
_STOP = re.compile(r"[。；：:]")
# Before “未动工”: what is said of a part alone, where the rest is being built.
_OF_PART = re.compile(r"[^，。；、：]{2,}$")
_OF_WHOLE = re.compile(
    r"(?:项目|工程|目前|至今|现|仍|迟迟|整体|该|均|都|企业|单位|公司|但|因|受|条件|暂|还|一直|全部)"
)
_AFTER = re.compile(r"后|前|时间|目标|计划|以来")
_QUANTITY = re.compile(r"[^，。；、\d]{0,10}\d+(?:\.\d+)?(?![\d.]*[年月日号])")
# “建成之前” tells of what is to come, “12月15日前建成” of what is demanded by then.
_RESUMED = re.compile(r"(?:已|[日月后])[^，。；]{0,6}(?:复工|恢复(?:施工|建设))")
# “6月12日开工”, where nothing else says how far it has come.
_BEGUN = re.compile(
    r"\d(?:日|月(?:份|[底初]|[上中下]旬)?)(?:正式|全面)?(?:开工|动工|复工)(?![率前后时])"
)
_WHEN_DONE = re.compile(r"(?:之|以)前|之后")
_DUE = re.compile(r"(?:\d月|\d日|月底|月末|月初|旬|年底|年内)(?:之|以)?前[^，。；、]{0,8}$|年内$")
_RENEWED = re.compile(r"前(?:全面|全部)?(?:恢复|重新|启动|进场|开始|具备)[^，。；、]{0,6}$")
_UNDONE = re.compile(r"(?:至今|尚|仍|还|均|都|一直)?未")
_CAUSAL = re.compile(r"因(?!地|此)|由于|受(?!理|益)")
_ONGOING = re.compile(
    r"正在(?![^，。；]{0,6}(?:验收|结算|决算|审计|移交|交付))|正(?=[^式常]{1,4}(?:施工|安装|铺设"
    r"|建设|进行))|施工中|进行中|剩余|余下|尚余|其余|仍在"
)


MAX_STATUS_ONLY = 8  # characters
MAX_BESIDE = 4  # characters beside the status words; more are a name (“高店灌区续建配套”)
_THING = re.compile(r"(?:项目|工程|路|桥|厂|园|楼|校|院|站|区|改造|建设)$")


@dataclass(frozen=True, slots=True)
class Status:
    """The two statuses that words say, and the words of each, as spans.

    ``either`` are the stages between which words leave open which it is (“未开工或停工”).
    """

    stage: Stage | None = None
    progress: Progress | None = None
    stage_span: Span | None = None
    progress_span: Span | None = None
    either: frozenset[Stage] = frozenset()

    @property
    def span(self) -> Span | None:
        """Where the status words stand, the stage's first."""
        return self.stage_span or self.progress_span

    def __bool__(self) -> bool:
        return bool(self.stage or self.progress)


# “3个未开工项目已经开工”, “2个滞后项目赶上了进度”: a class, and where those of it stand now.
_OF_A_CLASS = re.compile(
    r"[^，。；：、（）()\d]{0,6}?(?:\d+|[一二两三四五六七八九十]+)\s*[个项件]"
    r"(?P<class>[^，。；：、（）()\d]{2,10}?)的?(?:项目|工程|任务|事项)(?P<said>(?![和与及或中])[^，。；：、]{3,})"
)

# The colour of a card or lamp, which means what an office says it means.
_CARD = re.compile(r"[红黄绿蓝][灯牌]")

# “14个滞后项目中，有4个赶上了计划”: a class, and where some of it stand now.
_OUT_OF_A_CLASS = re.compile(
    r"[^，。；：、（）()\d]{0,12}?(?:\d+|[一二两三四五六七八九十]+)\s*[个项件]"
    r"(?P<class>[^，。；：、（）()\d]{2,10}?)的?(?:项目|工程|任务|事项)(?:当中|之中|中|里)?[，,、]?"
    r"(?:目前|现|又|其中|共|已经?)*有(?=(?:\d+|[一二两三四五六七八九十]+)\s*[个项件])"
    r"(?P<said>[^，。；：、（）()]{4,})"
)


@lru_cache(maxsize=4096)  # each reader of a paragraph asks for the same words again
def status_of(text: str, *, heading: bool = False) -> Status:
    """Return the statuses that ``text`` says of one thing.

    What is merely hoped for is passed over. In a heading a status word names
    the class of what follows, so nothing there is taken for a mere part.
    """
    told = past_class(text)
    text = " " * told + text[told:]
    progress = _progress(text)
    stage = _stage(text, heading)
    if stage and progress and _CARD.match(text, *progress[1]):
        # “红牌6个（未开工）”: the colour is but a name, and the other word what it means.
        progress = None
    if (
        stage
        and progress
        and progress[0] == "met"
        and stage[0] in ("completed", "under_construction")
    ):
        # “全年任务已经提前完成”: what is completed is the task of the year alone.
        stage = None if _within(stage[1], progress[1]) else stage
    return Status(
        stage[0] if stage else None,
        progress[0] if progress else None,
        stage[1] if stage else None,
        progress[1] if progress else None,
    )


def past_class(text: str) -> int:
    """Return where the words begin that say where projects of a class stand by now.

    “3个未开工项目|已经开工”, “14个滞后项目中，有|4个赶上了计划”; 0 where no class is told of.
    """
    for pattern in (_OF_A_CLASS, _OUT_OF_A_CLASS):
        of_class = pattern.match(text)
        if of_class and _says_another(of_class):
            return of_class.start("said")
    return 0


def _within(span: Span, whole: Span) -> bool:
    return whole[0] <= span[0] and span[1] <= whole[1]


def _says_another(of_class: re.Match[str]) -> bool:
    """Tell whether a class is named by one status and said to be in another by now."""
    named, said = status_of(of_class["class"], heading=True), status_of(of_class["said"])
    return bool(named and said) and (named.stage, named.progress) != (said.stage, said.progress)


def _stage(text: str, heading: bool) -> tuple[Stage, Span] | None:
    first = _FIRST.match(text)
    if first and _STOP.match(text, first.end()):
        return cast(Stage, first.lastgroup), first.span()
    ongoing = _ONGOING.search(text)
    found: dict[Stage, Span] = {}
    for stage, pattern in _STAGES:
        for match in pattern.finditer(text):
            before = text[max(0, match.start() - 24) : match.start()]
            if _FUTURE.search(before) and not heading and not _is_result(text, match):
                continue
            ahead = stage in ("preparatory", "under_construction", "completed")
            if ahead and not heading and _AGREED.search(text[: match.start()]):
                continue
            if stage == "suspended" and _is_resumed(text, match.end()):
                continue
            if heading and stage in ("completed", "under_construction") and _TO_BE.search(before):
                continue  # “计划竣工项目” names those that are not completed yet
            if (
                stage == "under_construction"
                and not heading
                and _is_due(before)
                and _RENEWED.search(before)
            ):
                continue  # “10月底前恢复满负荷施工” is demanded
            if stage == "completed" and (_WHEN_DONE.match(text, match.end()) or _is_due(before)):
                continue
            if stage == "preparatory" and not heading and _is_due(before):
                continue  # “某镇年内完成招标” is demanded
            if stage == "completed" and not heading:
                # “建成停车位735个” tells of a part, “建成后” of what is to come.
                if _AFTER.match(text, match.end()):
                    continue
                if (
                    _PART.search(before)
                    or _QUANTITY.match(text, match.end())
                    or (ongoing and ongoing.start() > match.start())
                ):
                    found.setdefault("under_construction", match.span())
                    continue
            found.setdefault(stage, match.span())
            break
    # “主体已完工，尚未装修”: of several the one that decides stands first in the table.
    if "completed" in found and "under_construction" in found and not heading:
        done, building = found["completed"], found["under_construction"]
        if done[0] >= building[0] and not (ongoing and ongoing.start() > done[0]):
            return "completed", done
    begun, unbegun = found.get("under_construction"), found.get("not_started")
    if begun and unbegun and begun < unbegun and not heading and _is_part(text, unbegun[0]):
        return "under_construction", begun
    for stage, _ in _STAGES:
        if stage in found:
            return stage, found[stage]
    dated = _BEGUN.search(text)
    if dated and not _FUTURE.search(text[max(0, dated.start() - 24) : dated.start()]):
        return "under_construction", dated.span()
    return None


def _is_resumed(text: str, at: int) -> bool:
    """Tell whether work that stopped is said to go on again (“停工3天后已复工”)."""
    again = _RESUMED.search(text, at)
    if again is None:
        return False
    return not _FUTURE.search(text[max(0, again.start() - 24) : again.start()])


def _is_due(before: str) -> bool:
    """Tell whether the words before “建成” give the day by which it is to be."""
    due = _DUE.search(before)
    return due is not None and "已" not in before[max(0, due.start() - 8) :]


def _is_result(text: str, match: re.Match[str]) -> bool:
    """Tell whether “未开工” is what came of a cause: “因选址调整、需重新报批未开工”."""
    return bool(_UNDONE.match(match.group()) and _CAUSAL.search(text[: match.start()]))


def _is_part(text: str, at: int) -> bool:
    """Tell whether the words before a status name a part of the thing: “5、6号厂房未动工”."""
    before = _OF_PART.search(text[:at])
    return before is not None and not _OF_WHOLE.search(before.group())


def _progress(text: str) -> tuple[Progress, Span] | None:
    for progress, pattern in _PROGRESS:
        for match in pattern.finditer(text):
            before = text[max(0, match.start() - 24) : match.start()]
            if not _FUTURE.search(before):
                return progress, match.span()
    return None


def is_status_only(text: str) -> bool:
    """Tell whether ``text`` says a status and names nothing (“已完工”)."""
    if len(text) > MAX_STATUS_ONLY or _THING.search(text):
        return False
    span = status_of(text).span
    return span is not None and len(text) - (span[1] - span[0]) <= MAX_BESIDE


_THEN = re.compile(r"(?:之?后)?(?:又|再|却|反而)(?:被)?|之?后(?:被)?")


def status_mentions(text: str) -> list[tuple[str, Span]]:
    """Return every status whose words stand in ``text`` with its span, in order.

    For questions: nothing there is hoped for or a mere part.
    """
    lower = text.lower()
    found = [
        (str(key), match.span())
        for key, pattern in (*_STAGES, *_PROGRESS)
        for match in pattern.finditer(lower)
    ]
    found.sort(key=lambda mention: mention[1])
    return [
        (key, span)
        for place, (key, span) in enumerate(found)
        if not (key == "under_construction" and _is_over(lower, span[1], found[place + 1 :]))
    ]


def _is_over(text: str, end: int, behind: list[tuple[str, Span]]) -> bool:
    """Tell whether work that had begun is said to have stopped again (“开了工又停下来的”)."""
    key, span = behind[0] if behind else ("", (0, 0))
    return key == "suspended" and bool(_THEN.fullmatch(text, end, max(end, span[0])))


def stages_in(text: str) -> set[str]:
    """Return every stage and progress whose words stand in ``text``."""
    return {key for key, _ in status_mentions(text)}
