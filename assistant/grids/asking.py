"""What a question wants of a table: rows, their number, a sum, the first, a difference."""

from __future__ import annotations

import re
from typing import Literal

Wish = Literal["list", "count", "sum", "average", "rank", "compare", "value"]

NUMERAL = r"[一二两三四五六七八九十\d]+"
THINGS = r"个|项|条|家|件|处|座|所|宗|笔|起|类"
RANK = re.compile(
    r"(?P<low>最(?:少|小|低|早|短|老|旧|便宜|靠前)|倒数|垫底|末位|(?:从|由)[低少小早][往到])"
    r"|(?P<high>最(?:多|大|高|晚|长|新|贵|迟|靠后)|(?:从|由)[高多大晚][往到]|排(?:在|名)?(?:第一|前))"
)
OLD = re.compile(r"最(?:老|旧|久)|年头最长|最新建")
TOP = re.compile(rf"(?:前|最[多大高少小低早晚]的?)(?P<n>{NUMERAL})(?:{THINGS}|名|位|(?=的|$))")
SUM = re.compile(r"一共|总共|合计|共计|总计|加(?:起来|在一[起块]儿?|一[起块])|总和|之和|总数|累计")
AVERAGE = re.compile(r"平均|均值|人均|户均")
HOW_MUCH = re.compile(r"多少|几|多大|多长|百分之几|几成")
COUNT = re.compile(
    rf"(?<![哪这那])(?:有|是|共|剩|多少|几|的)?(?:多少|(?<![哪这那好的])几)(?:{THINGS})(?!百分|月)|多少(?:项目|工程|任务|事项|问题|小区)|数量是多少"
)
COMPARE = re.compile(
    r"(?:谁|哪[个家边一]|哪)[^，,。？?]{0,14}?(?:更|较)?(?:多|大|高|少|小|低|早|晚|快|慢)(?!少)|相差|差(?:了)?(?:多少|几)|[多少高低]多少|多几|少几"
)
LESS = re.compile(r"(?:谁|哪)[^，,。？?]{0,14}?(?:少|小|低|早)(?!于|数)")
# What is planned less what is done: not paid, left over, lacking.
LEFT = re.compile(
    r"(?:还|尚|仍)?(?:没有?|未|尚未|没能)(?:支?付|拨付?|支出|花|使用|到位|完成)(?:完|掉|出去|清)?的?(?:钱|资金|款项?|投资|部分|金额)?(?=[^，,。？?]{0,6}(?:最|多少|几|差|剩|合计|一共|总共|加))"
    r"|(?:还|尚|仍)(?:剩|差|欠|缺)(?:下|着|了|余)?(?:多少)?(?:钱|资金|投资)?(?:没有?|未)?(?:支?付|拨付?|支出|花|使用|到位|完成)?"
    r"|剩(?:下|余)(?:的)?(?:没有?|未)?(?:支?付|拨付?|支出|花|使用|到位|完成)?(?:完|掉)?的?(?:钱|资金|款项?|投资)|结余|缺口|欠(?:付|拨)"
)
# All of the planned is done, or nothing is.
NOTHING = re.compile(
    r"(?:一分(?:钱)?|一点|一毛(?:钱)?|分文|完全|根本)(?:都|也|还)*(?:还)?(?:没有?|未)(?P<verb>支?付|拨付?|支出|花|使用?|到位?|完成|投)?(?:过|出去)?|零(?P<verb2>支付|支出|拨付|完成|投资)|(?P<verb3>支付|支出|拨付|完成|到位)(?:率|额|数|资金|投资)?(?:还)?(?:是|为)(?:零|0)(?![.\d])"
)
WHOLLY = re.compile(
    r"(?:资金|钱|款)?(?:已经?|都|全部?|全额)+(?P<verb>支付|付|拨付|支出|花|到位)(?:完|清|光|到位|完毕)+了?|(?:全部|足额|全额)(?P<verb2>支付|拨付|支出|付|到位)|(?:付|花)(?:完|清|光)了?"
)
SHARE = re.compile(
    r"(?P<verb>支付|拨付|支出|完成|执行|到位|使用|付|花)(?:了)?(?:的)?(?:率|比例|占比|进度|百分之几|几成|百分比)|占(?:计划|总额|总投资)?[^，,。？?]{0,8}(?:百分之几|几成|比例|比重)"
)
OTHER_UNIT = re.compile(
    r"施工(?:单位|方|企业)|监理|设计(?:单位|院)|承建|勘察|中标|代建|哪家公司|哪个公司"
)
LIST = re.compile(
    r"哪些|哪几|哪[个家项条处位所]|有谁|都有|列(?:一下|出|举|个)|名单|清单|分别|各[是由自]|有什么|什么事|罗列|梳理|\bwhich\b|\bwhat\b|\blist\b"
)
YES_NO = re.compile(r"吗|没有?[？?]?$|是否|是不是|有没有|了没")

# What people ask for, and the headings that such columns have (the fields of a record by key).
WANTED: tuple[tuple[re.Pattern[str], frozenset[str], re.Pattern[str]], ...] = (
    (re.compile(r"谁(?:来|在)?(?:牵头|负责|主管|承办|管|办)|(?:由|归|是)谁|哪(?:个|家|些)(?:单位|部门|局|镇|街道)|(?:责任|牵头|主管|承办)(?:单位|部门)"),
     frozenset({"unit"}), re.compile(r"单位|部门|主体|牵头|责任$")),
    (re.compile(r"(?:哪(?:位|个)|什么|责任|分管|包抓|挂钩)(?:区|县|市)?(?:级)?(?:领导|负责人|责任人)|责任人|哪位"),
     frozenset({"leader"}), re.compile(r"领导|责任人|负责人|联系人")),
    (re.compile(r"什么时候|何时|啥时候|哪(?:一)?天|几(?:号|月)|时限|期限|截止|哪年|几时|最[迟晚]"),
     frozenset({"deadline"}), re.compile(r"时限|时间|日期|期限|年份|节点")),
    (re.compile(r"原因|为什么|为啥|为何|怎么回事|卡在|咋(?:个|回事)?|怎么(?:还)?(?:没|停)"),
     frozenset({"reason"}), re.compile(r"原因|问题|备注|说明|困难")),
    (re.compile(r"进展|进度|怎么样|怎样|什么情况|啥情况|到(?:了)?(?:哪一?步|什么程度|哪)|状态|销号没|整改(?:得|的)?(?:如何|咋样)|(?:完工|开工|完成|建好|搞定|销号|验收)了?(?:没|吗|没有)"),
     frozenset({"status_text"}), re.compile(r"进展|进度|状态|情况")),
    (re.compile(r"在(?:哪里|哪儿|什么地方)|地点|位置|位于"),
     frozenset({"location"}), re.compile(r"地点|位置|地址|所在")),
    (re.compile(r"措施|下一步|怎么办"), frozenset({"measures"}), re.compile(r"措施|打算|举措")),
)  # fmt: skip
