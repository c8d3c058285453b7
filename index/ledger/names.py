"""Names of projects: what looks like one, and when two are the same."""

from __future__ import annotations

import re
from functools import lru_cache

from index.ledger.quantities import SCALE
from index.words import fold

_TAIL = re.compile(
    r"(?:(?:等\d*个?)?(?:建设|续建|新建)?(?:子?项目|工程)+|(?<=.{4})建设|(?<=.{3})新建)$"
)
# What a project's name ends with where it stands as the subject of a sentence.
_NOUNS = (
    "项目|工程|改造|扩建|新建|迁建|重建|扩能|建设|整治|治理|提升|配套|综合体|大厦|广场|中心"
    "|医院|学校|小学|中学|幼儿园|校区|校舍|小区|社区|安置房|安置区|公寓|住宅楼|综合楼|楼"
    "|路|大道|大街|街|桥|隧道|立交|高速|快速路|公路|铁路|站|场|馆|园|公园|游园|厂|水厂"
    "|污水处理厂|电站|变电站|基地|生产线|管网|管廊|水库|河道|渠|堤|码头|港|库|仓库|市场|酒店"
    "|加固|改建|修缮|更新|增容|升级|清淤|疏浚|修复|搬迁|改扩建|连接线|泵站|灌区|冷库|操场|坝|闸"
    "|步道|绿道|驿站|货场|粮库|车间|厂房|车棚|大棚|水池|蓄水池|水塔|水窖|卫生院|敬老院|养老院|福利院|剧院|院区"
    "|硬化|亮化|灌溉|农田|航道|泊位|枢纽|互通|总部|安置点|棚户区|棚改|旧改|食堂|扩产|大修"
    "|景区|服务区|产业园|工业园|物流园|示范区|段|延伸|一期|二期|三期|四期|标段|系统|平台|线"
)
_NAME = re.compile(rf"(?:{_NOUNS})[”》）)]?$")
_GENERIC = re.compile(
    r"^(?:[（(]?[一二三四五六七八九十\d]+[)）、.．]?)?(?:该|此|本|[这那]些|这|那|[以上下][下列]|各|某|有的?|一些|个别"
    r"|表|共|列|清单|名单|涉及|纳入|部分|多数|大多数?|全部|所有|全区|全市|全县|其他|其余|上述|以上|有关|相关|重点|重大|前期|新增|年中|年初|年内|建设|对|将|把|促|抓|关于"
    r"|在建|新建|续建|迁建|改建|扩建|改扩建|重建|技改|在手|储备|产业|工业|城建|民生|基础设施|政府投资|省级?|市级?|区级?|县级?"
    r"|年度|计划|开工|未开工|竣工|签约|招商|亿元|\d+|[一二两三四五六七八九十百几]+|个|项|件|处|座|类|批|大"
    r"|包联|挂牌|督办|盯办|调度|交办|掉档|掉队|问题|超期|红灯|黄灯|绿灯|黄牌|红牌|完工|投用|投产|按期|按计划|正常|推进|进度|序时|达到|入库|出库|签约|注册|办结|销号|今|本"
    r"|的|以上|年|内|已|尚|还|均|滞后|停工|（.*?）)*"
    r"(?:子?项目|工程|任务|事项|建设|改造|工作|实事)?$"
)
_SCALE_BEHIND = re.compile(r"(?<=.{3})[（(](?P<words>[^（）()]{2,20})[）)](?:项目|工程)?$")
_SOME = re.compile(r"^(?:个别|部分|一些|少数|多数|有的|各)")
_PHASE = re.compile(r"(?:第?[一二三四五六七八九十\d]+)(?:期|标段|标|号|#|区|段|批)")
# What a sentence opens with, and no project's name.
_ADVERBIAL = re.compile(r"(?:结合|围绕|依托|借助|通过|按照|根据|针对|靠|自\d|[建修装治].{1,3}$)")
_PREDICATE = re.compile(
    r"[，。；：:？！]|(?:要|将|已|正在|必须|应当|需要|因为|由于|推进|加强|做好|抓好|确保|完善|强化)"
)


# Words of a sentence, a demand or a count, which no project is called by.
_SENTENCE = re.compile(
    r"(?:[对将把被由须并且但而]|(?:承担|负责|牵头|实施|列入)的)$"
    r"|\d{1,2}月(?:\d{1,2}[日号]|底|末)?(?:以前|之前|前)(?:对|将|把|要|须|完成)?$"
    r"|^(?:\d+|[一二两三四五六七八九十]+)(?:个|项|家)(?:项目|工程|事项)?(?:全部|都|均|是|在|因|已|未|仍|有|中)"
    # “还有4个尚未进场”, “26个小区里竣工”, “3个卡在选址”, “尚未进场的3个小区”, “更正后该项目”.
    r"|^(?:还|另|尚|已|仍|共|其余)?有?\d+[个项件](?:[^，。；的]{0,6}(?:[里中]|尚|还|仍|按|未|没|卡|竣工|完工|在建)|(?:小区|项目|工程|任务|事项|社区|公园|点位|标段|单位|企业|电梯)$)"
    r"|(?:[未没](?!来)[^的]{1,5}|慢于[^的]{0,4}|快于[^的]{0,4}|滞后|停工|在建|竣工|完工)的(?:\d+|[一二两三四五六七八九十]+)[个项件][^，。；]{0,6}$"
    r"|^(?:补齐|盯[死紧住牢]|攻克|啃下|催办)[^，。；]{0,6}(?:项目|工程|问题)$"
    r"|^[^【】]{0,6}(?:该|此|本|上述)(?:项目|工程|[桥路站小]区?)$|^(?:[^，。；]{2,6})环节$"
    # “12个项目进度滞后”, “按建设” of “按建设进度划分”.
    r"|^(?:\d+|[一二两三四五六七八九十]+)[个项](?:重点|重大)?(?:项目|工程).|^按(?:建设|进度|投资|行业|类别?|形象|工程|推进|完成)$"
    r"|^的|^[一二三四五六七八九十]{1,2}要(?!素).|^第[一二三四五六七八九十][，,、]."
    # “在某车间项目现场”, “对13个滞后项目”, “新的施工单位”, “全市66项水利工程”.
    r"|^在.{2,}现场$|^[对将把]\d+[个项件]|^新的|^全[省市县区州旗](?:\d+|[一二两三四五六七八九十]+)[个项件]"
    r"|(?:有|还有)(?:\d+|[一二两三四五六七八九十]+)[个项](?:项目|工程)"
    # “资金到位后3栋楼”: a condition, and how much comes of it.
    r"|(?:到位|落实|批复|获批|完成|解决|签约|交地)后\d"
    # “今年全市安排重点项目”, “副市长某某调研交通项目”.
    r"|^(?:今年|本年|全年)?全[省市县区州旗](?:共|拟|计划|已)?(?:安排|实施|推进|列入|谋划)"
    # “会议听取了……汇报”, “会上，县长听取了”: who met, and what was heard.
    r"|^(?:会议|会上|与会|本次会议)[^，。；]{0,12}(?:听取|审议|研究|讨论|传达|学习|通报|观看|部署|原则)"
    r"|^(?:(?:常务)?副|[省市县区]委|[省市县区]政府|[省市县区]人大|[省市县区]政协)*(?:省长|市长|县长|区长|书记|主任|主席|局长|镇长|乡长|部长|秘书长)[\u4e00-\u9fff]{2,3}?(?:到|赴|带队|调研|督导|检查|主持|深入|率队)"
    r"|^(?:\d{4}年)?(?:\d{1,2}[—\-–~～至]\d{1,2}月|[上下]半年|第?[一二三四1-4]季度)"
    # “滞后项目比上季度末减少”, “在建的较年初净增”: a count against that of another time.
    # “原拟用某校操场”: what was thought of.
    r"|^(?:原|曾|本来?)(?:拟|打算|准备|计划|想)[用在将由把从]"
    # “某线由某某同志包抓”: who answers for it.
    r"|由[^，。；、的]{2,14}同志[^，。；、]{0,4}$"
    r"|(?:比|较|同比|环比)[^，。；、]{0,12}(?:[减增][少加多长]|净[增减]|[多少]了|下降|上升|回落|压[减降]|回升|翻番)了?$"
)


def is_sentence(text: str) -> bool:
    """Tell whether words are but part of a sentence, no name (“9月底前对”, “3个是在地勘”)."""
    return bool(_SENTENCE.search(text.strip(" \t\u3000，。；;：:、")))


_PROBLEM = re.compile(
    r"(?:反复|多次|几经|频繁)(?:调整|修改|变更)$|(?:不到位|不落实|自身原因|受限|有阻力|不协调|不顺畅)$"
    r"|(?:手续|审批|资金|融资|征拆|征迁|拆迁|迁改|前期|要素|保障|工作|条件|力量|投入|环境|责任|能力|管理|组织)[^，。；]{0,8}"
    r"(?:[难慢]|不足|不够|紧张|缓慢|滞后|不畅|薄弱|偏[弱紧慢少低])$"
)


def is_problem(text: str) -> bool:
    """Tell whether words name what is wrong, no project (“建设资金不到位”, “手续办理慢”)."""
    return bool(_PROBLEM.search(text.strip(" \t\u3000，。；;：:、")))


# “【新开工1个】某路”: a label with a number is no part of the name behind it.
_LABELLED = re.compile(r"^\s*[【〔][^【】〔〕]{2,12}\d+[个项件][】〕](?=..)")


def clean_name(text: str) -> str:
    """Return a name without quotation marks around it and trailing punctuation."""
    bare = _LABELLED.sub("", text).strip(" \t\n\u3000，。；;：:、")
    if len(bare) > 2 and bare[0] in "“《" and bare[-1] in "”》" and bare.count(bare[0]) == 1:
        bare = bare[1:-1]
    return bare


@lru_cache(maxsize=65_536)  # the whole ledger asks, again and again
def core_name(text: str) -> str:
    """Return a name for matching: folded, letters and digits only, without “项目”."""
    scale = _SCALE_BEHIND.search(text)
    if scale and SCALE.fullmatch(scale["words"]):
        text = text[: scale.start()]  # “某生产线（年产6万吨）” is called without it elsewhere
    bare = re.sub(r"[\W_]+", "", fold(text))
    core = _TAIL.sub("", bare)
    return core or bare


def masked(text: str) -> bool:
    """Tell whether part of a name was masked: it matches nothing elsewhere."""
    return "**" in text or "××" in text or "某某" in text


def is_generic(text: str) -> bool:
    """Tell whether words name no project of their own (“24个重点项目”)."""
    bare = text.strip(" “”")
    return bool(_GENERIC.match(bare) or _SOME.match(bare)) or len(core_name(text)) < 2


def looks_named(text: str) -> bool:
    """Tell whether ``text`` could be the name of one project or task in running prose."""
    bare = text.strip()
    return (
        3 <= len(bare) <= 45
        and bool(_NAME.search(bare))
        and not is_generic(bare)
        and not _ADVERBIAL.match(bare)
        and not re.search(r"[，。；：:？！]", bare)
    )


def is_phase(text: str) -> bool:
    """Tell whether ``text`` is but a phase or lot (“二期”, “3标段”)."""
    return bool(_PHASE.fullmatch(text.strip()))


def shared_head(name: str) -> str:
    """Return what a following bare phase shares with ``name`` (“X一期” gives “X”)."""
    match = re.search(
        r"^(.+?)(?:第?[一二三四五六七八九十\d]+)(?:期|标段|标|号|#|区|段|批)(?:工程|项目)?$", name
    )
    return match[1] if match else ""
