"""How questions speak of records: words of asking, of grouping, of the fields."""

from __future__ import annotations

import re

EXCEPT = re.compile(
    r"(?:跟|与|和|同)(?P<rel>[^，,。？?]{1,10}?)(?:没|无)(?:有|什么|多大)*(?:关系|关联|关)的?"
    r"|(?:除了?|除去|除开|不算|不包括|不含|排除|剔除|抛开|撇开|刨除|刨去|去掉|不考虑)(?P<what>[^，,。？?]{1,16}?)"
    r"(?:之外|以外|不算|不说|不谈|外|的项目|的|，|,)"
    r"|(?:other than|except(?: for)?|excluding|apart from|besides) (?P<en>[a-z ,]{3,40}?)"
    r"(?= ?(?:,|\?|$|reasons?|problems?|projects?|which|what))"
    r"|(?:既不是|也不是|不是|并非|非|不属于)(?:因为?|由于)?(?P<no>[^，,。？?]{1,8}?)(?:原因|问题|因素)"
)
CAUSE = re.compile(
    r"因|由于|原因|问题|困难|缺|不足|(?:没|不|未)(?:有)?(?:到位|落实|批|办|着落|下来|解决)|受阻|导致|造成|引起|所致|卡|涉及|影响|拖住|绊住"
    r"|due to|because|lack|reason|shortage|caused by|held up by"
)
# How people, not reports, call the kinds of reason.
REASONS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("funds", re.compile(r"缺钱|没钱|差钱|^钱$|钱(?:没|不|还)|钱的(?:问题|原因)|因为钱|(?:没|缺)资金|经费")),
    ("land", re.compile(r"地皮|没地|缺地|地的(?:问题|原因)|拿不到地|用地|土地")),
    ("approval", re.compile(r"批文|没批|批不下来|审批|手续|报批")),
    ("demolition", re.compile(r"拆不动|拆迁|征拆|征地拆迁|搬迁")),
    ("investor", re.compile(r"老板|投资(?:商|方|人)|企业自身")),
)  # fmt: skip
# Which is due first or last.
LATEST = re.compile(
    r"(?:(?P<first>最[先早])|最(?:晚|迟|后))(?:一个|一项)?(?:要)?(?:到期|完成|办结|销号|交付|竣工|完工)|时限(?:(?P<first2>最[早近])|最[晚远])"
)
# A percentage said as a share of the plan.
SHARE_MEASURE = re.compile(
    r"(?:完成)?(?:投资)?(?:额)?占(?:年度|全年|当年|今年|年)?(?:投资)?(?:计划|任务|目标)(?:投资)?的?(?:比例|比重|百分比)?(?:是|为)?(?=还?不[到足]|超过|低于|高于|[\d]|比例|比重|百分|多少|几成|最|从|[，,？?]|$)"
)
KIND_WORDS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("promise", re.compile(r"民生实事|为民实事|实事|暖心事|好事实事|关键小事|民心工程|livelihood (?:promises|projects)")),
    ("task", re.compile(r"(?<!投资)(?<!年度)(?:工作|重点)?任务(?!数|完成|已经|没)|(?:议定|定了|明确)[^，,。？?]{0,6}[件项]事?|督办事项|事项|\btasks?\b")),
    ("unit", re.compile(
        r"(?:哪些?|哪[个几]|所有|每个)(?:乡镇|街道|镇街|镇(?!政府)|县区|区县)"
        r"|(?:乡镇|街道|镇街|镇)(?:[（(][镇街道]+[）)])?(?:有|是|分别是)?(?:哪些|哪几个|几个|多少)"
        r"|(?:乡镇|街道|镇街)(?:排名|完成率)|which (?:towns?|townships?|subdistricts?|streets?)")),
    ("fund_line", re.compile(
        r"(?:专项)?债(?:券)?(?:项目|资金)?(?:里|中|当中|的|支出)|专项债|bond(?:-funded| fund(?:ed|s))? projects?"
        r"|bonds?")),
)  # fmt: skip
GROUPS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("unit", re.compile(
        r"(?:按|各|每个?|每家|分(?!局))(?:责任|牵头|主管|实施)?(?:单位|部门|街道|镇街|局|县区|区县|乡镇|区(?!域)|县|地区)"
        r"|前[一二三四五\d]+(?:名|位|家)?的?(?:责任|牵头)?(?:单位|部门|县区)|的(?:责任|牵头)(?:单位|部门)是谁"
        r"|(?:县区|区县|乡镇|镇街)(?:是)?哪(?:个|家)|哪(?:个|些|几个)(?:县区|区县|乡镇|镇街)"
        r"|哪(?:个|些|几个|家)(?:责任|牵头|主管|实施|建设)?(?:单位|部门|街道|局|镇)"
        r"|哪(?:一)?个(?:县|区(?![域间块段])|市(?!场)|乡(?!村))(?=[（(、，,最的有完]|$)"
        r"|(?:by|per|each|every) (?:responsible )?"
        r"(?:units?|departments?|bureaus?|offices?|agenc(?:y|ies))"
        r"|which (?:responsible )?(?:units?|departments?|bureaus?|offices?|agenc(?:y|ies))"
        r" (?:has|have|leads?|is (?:in charge|responsible) (?:of|for)) (?:the )?(?:most|fewest|largest)"
        r"|(?:单位|部门)(?:分别|各|分布)")),
    ("reason_kind", re.compile(
        r"按(?:照)?(?:未开工|滞后|停工)?(?:的)?(?:原因|问题)(?:类别|种类|分类|归类|类型)?"
        r"|(?:各类|每类|哪类|哪种|什么|各种)(?:原因|问题)(?:最|各|的项目)"
        r"|原因(?:分类|归类|分布)|(?:by|per) (?:kind of )?reasons?")),
    ("status", re.compile(
        r"按(?:照)?(?:工程|项目|当前|目前)?(?:状态|进度|阶段|进展|现状)|各(?:种|类)?(?:状态|阶段)|(?:by|per) (?:status|stage)"
        r"|(?:状态|阶段)分布")),
    ("leader", re.compile(
        r"(?:按|各|每(?:个|位))(?:责任|包抓|分管|包联|县级|区级|市级)*领导"
        r"|领导(?:各|分别)(?:自)?(?:包|负责|牵头|联系|分管|有|抓)"
        r"|哪(?:个|位)(?:责任|包抓|分管|包联)?领导")),
    ("group", re.compile(
        r"(?:按|各|每个?|分)(?:项目)?(?:类别|类型|领域|行业|板块|大类)"
        r"|(?:哪|最[多少高低快慢大小]的)(?:一)?个?(?:类别|类型|大类|领域|板块|行业|系统|条线|战线|类)(?!问题|原因|困难|人|企业|情况|事)")),
)  # fmt: skip
# How much is lacking is said where the problem is told, if anywhere.
LACKING = re.compile(
    r"(?:缺|还差)(?:多少|几)(?:钱|资金|经费|[万亿元个])|缺口(?:有|是|为)?(?:多[大少]|几)"
)

WHAT: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("reason", re.compile(
        r"原因|为什么|为何|理由|(?:存在|有)?(?:什么|哪些)(?:问题|困难)|问题(?:是|出在|在哪|如何)"
        r"|卡在|卡住|难点|制约|瓶颈|绊住|拖住|难处|缘故"
        r"|\bwhy\b|reasons?|problems?|hold(?:ing|s)? (?:it|them)? ?(?:up|back)|what held|delaying|what is wrong|obstacles?")),
    ("measures", re.compile(
        r"措施|下一?步|下步|怎么(?:办|解决|处理|推进)|如何(?:解决|推进)|打算怎|整改要求|督办要求|要求(?:是|怎么|干成)|提的(?:是)?什么要求"
        r"|measures?|next steps?|what is required")),
    ("deadline", re.compile(
        r"时限|期限|(?<!从)(?:何时|什么时候|啥时候|哪天|几月|最迟|最晚)(?!起|开始|停|开的|封|竣的)(?:能|前|要|会|计划|之前)?(?:完成|竣工|完工|建成|开工"
        r"|投用|办完|办结|恢复|复工)?|到期|(?:还)?(?:要|需要?|得)?(?:等)?多久(?:才|能)+(?:全部)?(?:完成|竣工|完工|建成|开工|投用|办完|办结|复工)|by when"
        r"|完成时间|竣工时间|计划完工|deadline|when will|due date")),
    ("leader", re.compile(
        r"(?:责任|包抓|分管|包联|联系|牵头|挂点)?领导|责任人|负责人|谁(?:负责|牵头|包抓)"
        r"|leaders?\b")),
    ("location", re.compile(r"(?<!卡在什么)(?<!卡在哪个)地点|位置|(?<!卡)(?<!出)在(?:哪里|哪儿|什么地方)|位于|where|locations?")),
    ("status_text", re.compile(
        r"进展|状态|进度(?:如何|怎|情况|是)|(?:什么|啥)情况|情况(?:如何|怎|$|？|\?)|怎么样|怎样"
        r"|如何了"
        r"|(?:到|干到|做到|办到|建到)(?:哪一?步|什么程度|哪了|哪儿了)|形象进度|\bstatus\b|progress|how (?:are|is) .* going")),
    ("unit", re.compile(
        r"(?:责任|牵头|主管|实施|负责|建设)(?:单位|部门)|哪(?:个|些|家)(?:单位|部门|局)|归(?:谁"
        r"|哪)|由谁"
        r"|谁(?:负责|牵头|的责任|管)|由谁|哪家(?:单位|部门)?(?:负责|牵头|管|的)|名下|responsible|which (?:unit|department|bureau)|in charge|led by")),
    ("total_investment", re.compile(r"总投资|投资总额|概算|total investment")),
    ("planned_investment", re.compile(
        r"(?:年度|计划|年)(?:计划)?投资|年度计划(?!的)|投资计划|债券额度|额度|planned investment")),
    ("done_investment", re.compile(
        r"完成(?:了)?(?:多少)?投资|投资完成|已(?:完成|支出|投)|支出(?:了|情况)|完成多少"
        r"|completed investment|invested|spent")),
    ("percent", re.compile(
        r"(?:完成|支出|使用|拨付|执行)率|完成比例|百分之|完成(?:了)?(?:年度)?(?:计划|任务|目标)?的?(?:百分"
        r"|多少(?!投资))"
        r"|percentage|completion rate")),
)  # fmt: skip
# What stands before a leader's name, and what leaders do for the projects that are theirs.
TITLE = re.compile(
    r"(?:[省市县区州旗镇乡]?(?:委|政府|人大|政协|管委会)?(?:常委|党组)?[、，]?(?:常务)?副?"
    r"(?:书记|[省市县区州旗镇乡]长|主任|主席|常委|委员|部长|组长|局长))+$"
)
LEADS = re.compile(
    r"(?:同志|本人)?(?:所|一?共|正在|还|都|分别)*(?:包[联抓保案挂干]|挂[包联钩点帅牌]|领[衔办]|联[系络]|分[管包]|牵头|督[导办]|盯办"
    r"|蹲点|主抓|负责|认领|帮扶)(?:着|了|过)?"
)
COMPARE = re.compile(
    r"(?:比|较)[^，,。？?]{2,20}(?:多|少|高|低)[^，,。？?]{0,8}(?:多少|几)|(?:哪|谁).{0,12}(?:更?多(?!少)|多些|更少|少|高|低|大|快)(?![级于])|相差|差多少|差几"
    r"|(?:比|较).{0,20}(?:多|少|高|低)(?:多少|几|出)|(?:多|少|高|低)(?:多少|几[个项家])|对比"
    r"|比较|差距"
    r"|compare|difference|how many more|more .* than"
)
SHARE = re.compile(
    r"占(?![着用了]).{0,16}(?:比例|比重|多少|多大|百分|几成|率|份额)|多大(?:比例|比重)|比例|占比|比重|百分之几|几成"
    r"|what (?:share|percentage|proportion|percent)|percentage of"
)
COUNT = re.compile(
    r"(?:多少|(?<!哪)(?<!这)(?<!那)几)(?:个|项|家|件|条)|数量|有多少(?:项目|工程|任务|事项)|how many|number of"
)
SUM_SURE = re.compile(
    r"加(?:起来|在一[起块]儿?|一[起块])|总和|之和|合在一起|(?:投资|投入|资金|支出|额度|钱).{0,12}(?:合计|总共|一共|总额|总计|加总)|taken together|combined"
    r"|(?:合计|总共|一共|共|总计|累计).{0,8}(?:投了?|付了?|投资|投入|资金|支出|花|额度|钱)|sum of|in total|altogether"
)
SUM = re.compile(
    r"(?:投资|资金|支出|额度|概算).{0,12}(?:共|是?多少)|(?:完成|投入?|花|支出)了?多少(?:投资|资金"
    r"|钱)?|how much"
    r"|total .*invest"
)
LIST = re.compile(
    r"哪些|哪几|哪[个家两三]|(?:列|理|点|数|报)一[列理点数报下]|列[个张份]|有谁|都是谁|是谁|谁(?:还|没)|有什么|列出|列举|罗列|名单|清单|都有|分别是|各是|which|what|list|show"
)
WHY = re.compile(
    r"为什么|为啥|为何|因为什么|原因|怎么(?:没|还没|会)|理由|卡在|卡住|问题|咋回事|怎么回事|怎么搞的"
    r"|(?:怎么|咋个?|咋)(?:就|又|还|会|一直|老是|突然|越来越|才)*(?:没|未|不(?!错)|停|掉|慢|落|滞|拖|卡|退|黄|搁|搞不|办不|完不|动不|开不)|delaying|\bwhy\b|reasons?|hold(?:ing|s)? (?:it"
    r"|them)? ?(?:up|back)"
)
# “为什么进度滞后” asks for no state, whatever state it names.
WHY_SURE = re.compile(
    r"为什么|为啥|为何|因为什么|咋回事|怎么回事|怎么搞的|\bwhy\b"
    r"|(?:怎么|咋个?|咋)(?:就|又|还|会|一直|老是|突然|越来越|才)*(?:没|未|停|掉|慢|落|滞|拖|卡|退|黄|搁)"
)
STATUS = re.compile(
    r"状态|进展|进度|怎么样|怎样|如何|情况|变化|经历|历程|来龙去脉|到(?:了)?(?:第?几[层楼步段节]|哪(?:一?步|了|儿|里|个(?:阶段|环节))|(?:什么|啥)(?:程度|阶段|地步))|咋样|\bstatus\b|progress|how is"
    r"|finished|started"
    r"|(?:开工|竣工|完工|完成|建成|启动|动工|验收|投用|复工|停工|办完|办结)了?(?:吗|没|没有)(?!什么)"
    r"|[\u4e00-\u9fff]了(?:吗|没有?)(?=[，,。？?]|$)|还[搞建做干办]不[搞建做干办]"
    r"|是否(?:已经?)?(?:开工|竣工|完工|完成|建成|停工)"
)
RECORDS = re.compile(
    r"项目|工程(?!师)|任务|事项|实事|暖心事|[件桩]事|(?:哪|什么)些?事|[件桩](?=[^，。]{0,6}(?:办|完))|小区|标段|债券|专项债|\b(?:projects?|works|tasks?|promises)\b"
    r"|(?:负责|牵头|承担|主管|名下)(?:的|了|着)?(?:哪|什么|多少|几)|responsible for"
)
# “多少个老旧小区” counts other things than projects.
COUNTED = re.compile(
    r"(?:多少|(?<!哪)几)(?:个|项|家|件|条)(?P<what>[\u4e00-\u9fff]{2,6})|how many (?P<en>[a-z ]{3,30})"
)
COUNTABLE = re.compile(
    r"^(?:重点|在建|新建|续建|省级|市级|区级|县级|子|民生|政府|投资|产业|工业|小区|街道|乡镇"
    r"|单位|部门)*"
    r"(?:项目|工程|任务|事项|实事|没|未|还|尚)|项目|工程|任务|实事|projects?|tasks?|works"
    r"|^(?:是|已|还|未|没|有|因|由|属|正|能|按|进度|滞后|停工|竣工|完工|完成|开工|在|处于|被|投资"
    r"|超过|总投资|办"
    r"|are|were|have|is)"
)
# Words of asking, cut before the parts of speech of the rest are told.
ASKING = re.compile(
    r"(?:报告|文件|材料|通报|纪要|讲话|名单|清单|台账|表格?|明细|公告)(?:里面?|中|上)|(?:列|报|写|点名|提)(?:了|到的?|过|出)|批评了?|议定的?|目前为止|"
    r"干到|做到|办到|投了|花了|区里|县里|市里|请问|请|帮我|麻烦|劳驾|梳理|汇总|摸一?下|给一?下|报一?下|讲一?下|最后一次|最近一次|最新|手上|手头|手里|眼下|这里头|里头|里面|当中|连|啥|咋|告诉我|列出来?|列举|罗列|统计|查(?:一下|询)|说说|看看|一下|目前|现在|当前"
    r"|现阶段|截至|截止"
    r"|一共|总共|合计|共计|累计|共有|加起来|总和|之和|各自|各是|各有|各个|分别|都有|都是|还有"
    r"|还在|尚有|仍有|哪些"
    r"|哪几[个项家条位]?|哪[个家类种位一]|什么|多少|几[个项家条位]|怎么样?|怎样|如何|为什么|为何"
    r"|是否|有没有|没有|谁|何时|(?:工程|项目|施工|建设)进[度展]"
    r"|(?:排|在|最)*[前后倒]数?第?[一二两三四五六七八九十\d]+[个名位项家件]?|倒数|垫底|末位|从[低高大小多少]到[低高大小多少]|最[多少大小高低快慢差]|排[名序在]?"
    r"|相差|差额|差距|相比"
    r"|因为|由于|导致|造成|影响|卡住|卡在|受阻|困住|主管|牵头|负责|承担|名下|归属|属于|处于|进行"
    r"|已经|至今|除外|其他|其它"
    r"|[一二两三四五六七八九十\d]+(?:个|项|件|家|位|名|笔|条)|[的了吗呢吧啊是有在由被把和与及或]"
)
