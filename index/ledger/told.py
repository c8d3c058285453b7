"""What a paragraph about a late project tells besides its amounts: why it is late.

All spans are offsets into a View's clean text.
"""

from __future__ import annotations

import re

from index.ledger.edges import STOPS, trimmed
from index.ledger.records import Span
from index.sentences import parts

_MONEY = re.compile(r"\d[\d.．,，]*\s*[万亿]+元|\d[\d.．]*\s*[%％]")
_INVESTED = re.compile(r"投资|完成|计划|概算|占|支付|到位")
_LACK = re.compile(r"缺口?|不足|未|没|欠|短缺|仅到|只到")
_PLAIN = re.compile(
    r"^(?:选址|位于|建设|全长|新建|房源|规划|占地|面积|建筑面积|设计|设置|计划|预计|拟|力争|总投资"
    r"|(?:年度|全年|本年|今年)(?:任务|目标|计划)"
    r"|(?:已|累计|实际)*(?:完成|完工|装|建成|开工|改造|铺设)[^，。；]{0,6}\d[\d.．]*[家部个公里米座处户栋台套亩件]+$)"
)
_WRONG = re.compile(
    r"未(?!来)|没有|不(?!断|少|含|再)|缺|异议|超标|困难|分歧|纠纷|尚需|须(?:重|另)|需(?:重|另|做|补)|受阻|影响|[流废]标"
)
_NO_SUBJECT = re.compile(r"^(?:尚|还|仍|至今|目前|但)*(?:未|没有|不)")


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
    return (low, high) if high - low > 1 else None


def _tells_plan(clause: str) -> bool:
    """Tell whether a clause but gives amounts, or says what and where it is to be built."""
    bare = clause.strip(STOPS)
    if _LACK.search(bare):
        return False
    return (
        not bare or bool(_PLAIN.match(bare)) or bool(_MONEY.search(bare) and _INVESTED.search(bare))
    )
