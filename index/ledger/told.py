"""What a paragraph about a late project tells besides its amounts: why it is late.

All spans are offsets into a View's clean text.
"""

from __future__ import annotations

import re

from index.ledger.edges import STOPS, trimmed
from index.ledger.records import Span
from index.ledger.units import are_units
from index.sentences import parts

_MONEY = re.compile(r"\d[\d.．,，]*\s*[万亿]+元|\d[\d.．]*\s*[%％]")
_INVESTED = re.compile(r"投资|完成|计划|安排|概算|占|支付|支出|花了|到位")
_LACK = re.compile(r"缺口?|不足|未|没|欠|短缺|仅到|只到")
_PLAIN = re.compile(
    r"^(?:选址|位于|建设|全长|新建|房源|规划|占地|面积|建筑面积|设计(?!方案|图|单位|变更|调整|深度)|设置|计划|预计|拟|力争|总投资"
    r"|(?:年度|全年|本年|今年)(?:任务|目标|计划)"
    r"|(?:已|累计|实际)*(?:完成|完工|装|建成|开工|改造|铺设)[^，。；]{0,6}\d[\d.．]*[家部个公里米座处户栋台套亩件]+$)"
)
_WRONG = re.compile(
    r"未(?!来)|没有|不(?!断|少|含|再)|缺|异议|超标|困难|分歧|纠纷|尚需|[须要](?:重|另)|需(?:重|另|做|补)|受阻|影响|[流废]标|反对|超[出概支]"
)
_NO_SUBJECT = re.compile(r"^(?:尚|还|仍|至今|目前|但)*(?:未|没有|不)")
# “尚未形成投资”, “还没有完成投资”: how much was put in, not why nothing was.
_NONE_PUT_IN = re.compile(
    r"(?:截?[至到][^，。；]{2,10}?|目前|至今|今年)?(?:尚|还|暂|仍|均|都)*(?:未|没有?|无)(?:能)?(?:形成|完成|产生|发生|投入|纳统)?"
    r"(?:实物|有效|任何|固定资产|实际|建设)*(?:投资|投入|工作量|支出|产值|资金投入)(?:额|量|完成额?)?"
    r"|(?:已|累计)?(?:完成)?(?:投资|投入)(?:完成)?(?:额)?(?:为|是)?(?:零|0)(?:万元|元)?"
)
# “住建局负责”: whose it is, as a clause of its own.
_OWNED = re.compile(r"(?:由)?(?P<unit>[^，,、；;：:（）]{2,40}?)(?:负责|牵头|承建|承办|主管|实施)$")
# “完成土方开挖60%。”, “大楼封顶。”: a sentence of what was built, in front of why it is late.
_NEWS = re.compile(
    r"\s*(?:目前|现在?|截至[^，。；]{2,10}[，,]?|至今|已经?|只|仅|才|刚刚?|累计|共)*(?:完成|建成|建好|施工(?:至|到)|开挖|铺设|浇筑|安装|敷设|砌筑|改造)"
    r"|[^。]*(?:完成|完工|竣工|封顶|完毕|结束|成型|成形|过半|贯通|到场|[一二三四五六七八九]成|\d(?:公里|千米|米|层|栋|座|%|％))\s*$"
)


def past_news(text: str, start: int, end: int) -> int:
    """Return where the words of a late project leave what was built, and begin to say why.

    “完成土方开挖60%。基坑出现渗水，……”: the sentences in front that tell but news. Where
    nothing follows them, they are all there is: then that is ``start``.
    """
    at = start
    for low, high in parts(text, start, end, "。"):
        said = text[low:high].strip(STOPS)
        if said and (not _NEWS.match(said) or _WRONG.search(said)):
            return trimmed(text, low, high)[0] if low > start else start
        at = high
    return start if at >= end else at


def told_reason(text: str, start: int, end: int, *, lacking: bool = False) -> Span | None:
    """Return the clauses behind the amounts and the site of a late project, as written.

    With ``lacking`` only from the first that says what is wrong to the last: the
    others are news (“11月取得批复，土地未摘牌”).
    """
    clauses = list(parts(text, start, end, "，,。；;"))
    while clauses and _tells_plan(text[slice(*clauses[0])]):
        clauses.pop(0)
    if lacking:
        wrong = [n for n, span in enumerate(clauses) if _WRONG.search(text[slice(*span)])]
        first = wrong[0] if wrong else len(clauses)
        bare = first < len(clauses) and _NO_SUBJECT.match(text[slice(*clauses[first])].strip(STOPS))
        clauses = clauses[first - 1 if bare and first else first : wrong[-1] + 1 if wrong else 0]
    if not clauses:
        return None
    low, high = clauses[0][0], clauses[-1][1] if lacking else end
    low, high = trimmed(text, low, high)
    return (past_news(text, low, high), high) if high - low > 1 else None


def none_put_in(clause: str) -> bool:
    """Tell whether a clause but says that no money was put in yet (“尚未形成投资”)."""
    return bool(_NONE_PUT_IN.fullmatch(clause.strip(STOPS)))


def _tells_plan(clause: str) -> bool:
    """Tell whether a clause but gives amounts or its owner, or what and where is to be built."""
    bare = clause.strip(STOPS)
    owned = _OWNED.match(bare)
    if none_put_in(bare) or (owned and are_units(owned["unit"])):
        return True
    if _LACK.search(bare) or _WRONG.search(bare):
        return False
    return (
        not bare or bool(_PLAIN.match(bare)) or bool(_MONEY.search(bare) and _INVESTED.search(bare))
    )
