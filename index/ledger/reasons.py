"""What kind of reason words give: money, land, approval… General words of the field."""

from __future__ import annotations

import re

from index.ledger.records import ReasonKind

# First match wins where words name several kinds at the same place; else the earliest.
_KINDS: tuple[tuple[ReasonKind, re.Pattern[str]], ...] = (
    ("investor", re.compile(
        r"(?:投资(?:方|商|人|企业|主体)|业主|开发商|股东|公司|企业|合作方"
        r"|社会资本)[^，；。]{0,12}(?:放弃|撤资|退出|取消|变动|变更|更换|破产|重组|认为|经营"
        r"|资金链断|跑路|违约|意向|不积极|内部)"
        r"|(?:撤资|退出投资|取消(?:原)?投资|放弃(?:该|本)?(?:项目|投资)|董事会|高层|股权|破产"
        r"|investor)")),
    ("demolition", re.compile(
        r"征地(?:拆迁|补偿)|拆迁|违建|拆除|征迁|征拆|搬迁|征收|安置|迁坟|腾退|杆线|管线迁改|迁改"
        r"|补偿"
        r"|demolition|relocation|resettlement"
    )),
    ("land", re.compile(
        r"土地|用地|征地|挂牌|国土|供地|地块|农转用|耕地|林地|占补|红线|选址|场地|land")),
    ("funds", re.compile(
        r"资金|融资|经费|投入不足|缺口|贷款|债券|拨付|垫资|欠款|工程款|筹措|财力|财政困难|付款|外汇"
        r"|funds?|funding|money|financ"
    )),
    ("design", re.compile(
        r"设计|图纸|方案[^，。]{0,4}(?:调整|变更|优化|修改)|线位|位置(?:未|尚)|变更|design"
    )),
    ("approval", re.compile(
        r"手续|审批|报批|批复|核准|备案|立项|规划|许可|环评|审查|评审|图审|可研|报建|验收|注册"
        r"|外汇|approv|permit|planning|procedure")),
    ("market", re.compile(
        r"市场|金融危机|经济(?:下行|形势)|需求|价格|销售|行情|疫情|原材料|涨价|产能|滞销|market")),
)  # fmt: skip


def reason_kind(text: str) -> ReasonKind | None:
    """Return the kind of the reason that ``text`` gives; ``other`` if none is known.

    The kind whose words come first wins: a reason begins with what matters.
    """
    if not text.strip():
        return None
    places = [
        (match.start(), rank, kind)
        for rank, (kind, pattern) in enumerate(_KINDS)
        if (match := pattern.search(text))
    ]
    if not places:
        return "other"
    decisive = [place for place in places if place[2] == "investor"]
    return min(decisive or places)[2]


def kinds_in(text: str) -> set[ReasonKind]:
    """Return every kind of reason whose words stand in ``text``."""
    return {kind for kind, pattern in _KINDS if pattern.search(text)}
