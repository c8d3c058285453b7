"""How questions speak of records: words of asking, of grouping, of the fields."""

from __future__ import annotations

import re

EXCEPT = re.compile(
    r"(?:除了?|除去|不算|不包括|不含|排除|剔除)(?P<what>[^，,。？?]{1,16}?)"
    r"(?:之外|以外|外|的项目|的|，|,)"
    r"|(?:other than|except(?: for)?|excluding|apart from|besides) (?P<en>[a-z ,]{3,40}?)"
    r"(?= ?(?:,|\?|$|reasons?|problems?|projects?|which|what))"
    r"|(?:不是|并非|非|不属于)(?:因为?|由于)?(?P<no>[^，,。？?]{1,8}?)(?:原因|问题|因素)"
)
CAUSE = re.compile(
    r"因|由于|原因|问题|困难|缺|不足|不到位|未落实|受阻|导致|卡|due to|because|lack|reason"
    r"|shortage|problem|issue"
)
KIND_WORDS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("promise", re.compile(r"民生实事|为民实事|实事|livelihood (?:promises|projects)")),
    ("task", re.compile(r"(?:工作|重点|年度|目标)?任务(?!数)|督办事项|事项|\btasks?\b")),
    ("unit", re.compile(
        r"(?:哪些?|哪[个几]|所有|每个)(?:乡镇|街道|镇街|镇(?!政府)|县区|区县)"
        r"|(?:乡镇|街道|镇街|镇)(?:[（(][镇街道]+[）)])?(?:有|是|分别是)?(?:哪些|哪几个|几个|多少)"
        r"|(?:乡镇|街道|镇街)(?:排名|完成率)|which (?:towns?|townships?|subdistricts?|streets?)")),
    ("fund_line", re.compile(r"债券项目|专项债项目|bond projects?")),
)  # fmt: skip
GROUPS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("unit", re.compile(
        r"(?:按|各|每个?|分)(?:责任|牵头|主管|实施)?(?:单位|部门|街道|镇街|局)"
        r"|哪(?:个|些|几个|家)(?:责任|牵头|主管|实施|建设)?(?:单位|部门|街道|局|镇)"
        r"|(?:by|per|each|every|which) (?:responsible )?"
        r"(?:units?|departments?|bureaus?|offices?|agenc(?:y|ies))"
        r"|(?:单位|部门)(?:分别|各|分布)")),
    ("reason_kind", re.compile(
        r"按(?:照)?(?:未开工|滞后|停工)?(?:的)?(?:原因|问题)(?:类别|种类|分类|归类|类型)?"
        r"|(?:各类|每类|哪类|哪种|什么|各种)(?:原因|问题)(?:最|各|的项目)"
        r"|原因(?:分类|归类|分布)|(?:by|per) (?:kind of )?reasons?")),
    ("status", re.compile(
        r"按(?:照)?(?:状态|进度|阶段|进展)|各(?:种|类)?(?:状态|阶段)|(?:by|per) (?:status|stage)"
        r"|(?:状态|阶段)分布")),
    ("leader", re.compile(
        r"(?:按|各|每(?:个|位))(?:责任|包抓|分管|包联|县级|区级|市级)*领导"
        r"|哪(?:个|位)(?:责任|包抓|分管|包联)?领导")),
)  # fmt: skip
WHAT: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("reason", re.compile(
        r"原因|为什么|为何|理由|(?:存在|有)?(?:什么|哪些)(?:问题|困难)|问题(?:是|出在|在哪|如何)"
        r"|卡在|难点"
        r"|\bwhy\b|reasons?|problems?|hold(?:ing|s)? (?:it|them)? ?(?:up|back)|what held")),
    ("measures", re.compile(
        r"措施|下一?步|怎么(?:办|解决)|如何解决|打算怎|measures?|next steps?")),
    ("deadline", re.compile(
        r"时限|期限|(?:何时|什么时候|哪天|几月)(?:能|前|要|会|计划)?(?:完成|竣工|完工|建成|开工"
        r"|投用)?"
        r"|完成时间|竣工时间|计划完工|deadline|when will|due date")),
    ("leader", re.compile(
        r"(?:责任|包抓|分管|包联|联系|牵头|挂点)?领导|责任人|负责人|谁(?:负责|牵头|包抓)"
        r"|leaders?\b")),
    ("location", re.compile(r"地点|位置|在哪里|位于|where|locations?")),
    ("status_text", re.compile(
        r"进展|状态|进度(?:如何|怎|情况|是)|(?:什么|啥)情况|情况(?:如何|怎|$|？|\?)|怎么样|怎样"
        r"|如何了"
        r"|到(?:哪一?步|什么程度)|形象进度|\bstatus\b|progress|how (?:are|is) .* going")),
    ("unit", re.compile(
        r"(?:责任|牵头|主管|实施|负责|建设)(?:单位|部门)|哪(?:个|些|家)(?:单位|部门|局)|归(?:谁"
        r"|哪)|由谁"
        r"|谁(?:负责|牵头|的责任|管)|名下|responsible|which (?:unit|department|bureau)|in charge")),
    ("total_investment", re.compile(r"总投资|投资总额|概算|total investment")),
    ("planned_investment", re.compile(
        r"(?:年度|计划|年)(?:计划)?投资|年度计划(?!的)|投资计划|债券额度|额度|planned investment")),
    ("done_investment", re.compile(
        r"完成(?:了)?(?:多少)?投资|投资完成|已(?:完成|支出|投)|支出(?:了|情况)|完成多少"
        r"|completed investment|invested|spent")),
    ("percent", re.compile(
        r"完成率|支出率|完成比例|百分之|完成(?:了)?(?:年度)?(?:计划|任务|目标)?的?(?:百分"
        r"|多少(?!投资))"
        r"|percentage|completion rate")),
)  # fmt: skip
COMPARE = re.compile(
    r"(?:哪|谁).{0,12}(?:更?多|多些|更少|少|高|低|大|快)(?![级于])|相差|差多少|差几"
    r"|(?:比|较).{0,20}(?:多|少|高|低)(?:多少|几|出)|(?:多|少|高|低)(?:多少|几[个项家])|对比"
    r"|比较|差距"
    r"|compare|difference|how many more|more .* than"
)
SHARE = re.compile(
    r"占.{0,16}(?:比例|比重|多少|百分|几成|率)|比例|占比|比重|百分之几|几成"
    r"|what (?:share|percentage|proportion|percent)|percentage of"
)
COUNT = re.compile(
    r"(?:多少|几)(?:个|项|家|件|条)|数量|有多少(?:项目|工程|任务|事项)|how many|number of"
)
SUM_SURE = re.compile(
    r"加起来|总和|之和|(?:投资|资金|支出|额度|钱).{0,12}(?:合计|总共|一共|总额|总计)"
    r"|(?:合计|总共|一共|共|总计|累计).{0,8}(?:投资|资金|支出|花|额度)|sum of|in total|altogether"
)
SUM = re.compile(
    r"(?:投资|资金|支出|额度|概算).{0,12}(?:共|是?多少)|(?:完成|投|花|支出)了?多少(?:投资|资金"
    r"|钱)?|how much"
    r"|total .*invest"
)
LIST = re.compile(
    r"哪些|哪几|哪[个家]|有什么|列出|列举|罗列|名单|清单|都有|分别是|各是|which|what|list|show"
)
WHY = re.compile(
    r"为什么|为何|原因|怎么(?:没|还没|会)|理由|卡在|问题|\bwhy\b|reasons?|hold(?:ing|s)? (?:it"
    r"|them)? ?(?:up|back)"
)
STATUS = re.compile(
    r"状态|进展|进度|怎么样|怎样|如何|情况|到(?:哪一?步|什么程度)|\bstatus\b|progress|how is"
    r"|finished|started"
    r"|(?:开工|竣工|完工|完成|建成|启动|动工|验收|投用|复工|停工)了?(?:吗|没|没有)"
    r"|是否(?:已经?)?(?:开工|竣工|完工|完成|建成|停工)"
)
RECORDS = re.compile(
    r"项目|工程(?!师)|任务|事项|实事|小区|标段|\b(?:projects?|works|tasks?|promises)\b"
    r"|(?:负责|牵头|承担|主管|名下)(?:的|了|着)?(?:哪|什么|多少|几)|responsible for"
)
# “多少个老旧小区” counts other things than projects.
COUNTED = re.compile(
    r"(?:多少|几)(?:个|项|家|件|条)(?P<what>[\u4e00-\u9fff]{2,6})|how many (?P<en>[a-z ]{3,30})"
)
COUNTABLE = re.compile(
    r"^(?:重点|在建|新建|续建|省级|市级|区级|县级|子|民生|政府|投资|产业|工业|小区|街道|乡镇"
    r"|单位|部门)*"
    r"(?:项目|工程|任务|事项|实事|没|未|还|尚)|项目|projects?|tasks?|works"
    r"|^(?:是|已|还|未|没|有|因|由|属|正|能|按|滞后|停工|竣工|完工|完成|开工|在|处于|被|投资"
    r"|超过|总投资"
    r"|are|were|have|is)"
)
# Words of asking, cut before the parts of speech of the rest are told.
ASKING = re.compile(
    r"请问|请|帮我|告诉我|列出来?|列举|罗列|统计|查(?:一下|询)|说说|看看|一下|目前|现在|当前"
    r"|现阶段|截至|截止"
    r"|一共|总共|合计|共计|累计|共有|加起来|总和|之和|各自|各是|各有|各个|分别|都有|都是|还有"
    r"|还在|尚有|仍有|哪些"
    r"|哪几[个项家条位]?|哪[个家类种位一]|什么|多少|几[个项家条位]|怎么样?|怎样|如何|为什么|为何"
    r"|是否|有没有|没有|谁|何时"
    r"|排?[前后倒]数?[一二两三四五六七八九十\d]+[个名位项家]?|最[多少大小高低快慢差]|排[名序在]?"
    r"|相差|差额|差距|相比"
    r"|因为|由于|导致|造成|影响|卡住|卡在|受阻|困住|主管|牵头|负责|承担|名下|归属|属于|处于|进行"
    r"|已经|至今|除外|其他|其它"
    r"|[一二两三四五六七八九十\d]+个|[的了吗呢吧啊是有在由被把和与及或]"
)
