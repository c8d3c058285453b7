"""What kind of reason words give: money, land, approval… General words of the field."""

from __future__ import annotations

import re

from index.ledger.records import ReasonKind

# First match wins where words name several kinds at the same place; else the earliest.
_KINDS: tuple[tuple[ReasonKind, re.Pattern[str]], ...] = (
    ("investor", re.compile(
        r"(?:投资(?:方|商|人|企业|主体)|业主|开发商|股东|公司|企业|合作方|社会资本)[^，；。]{0,12}"
        r"(?:放弃|撤资|撤回|退出|取消|变动|变更|更换|破产|重组|认为|经营|资金链断|跑路|违约|意向"
        r"|不积极|内部|另选|调整(?:布局|战略|方向|投资)|战略调整|改投|不投|变了?卦|涉诉|被?冻结"
        r"|意见不一|拟退出|反悔)"
        r"|撤资|撤回投资|退出(?:投资|合作|项目)|取消(?:原)?投资|放弃(?:该|本)?(?:项目|投资)"
        r"|董事会|高层|股权|破产|investor")),
    ("demolition", re.compile(
        r"征地(?:拆迁|补偿)|拆迁|违建|(?<!已)(?<!已经)(?<!已全部)拆除(?!重建)|征迁|征拆|搬迁|征收|安置|迁坟|坟[墓茔头]|腾退|腾空|补偿"
        r"|demolition|relocation|resettlement")),
    ("land", re.compile(
        r"土地|用地|征地(?!拆迁|补偿|搬迁)|挂牌|国土(?!空间规划)|供地|地块(?![内里上中])|[新厂场]址|农转用|耕地|林地|占补|红线|选址|场地|land")),
    ("funds", re.compile(
        r"(?:(?:增资|注资|出资)款?|(?:贷|拨|尾|补助|补偿|配套|工程|进度|专项)款)项?"
        r"[^，。；]{0,4}(?:没|未|迟迟)[^，。；]{0,4}(?:到账|到位|拨|放|付|落实)"
        r"|资金|资本金|融资|经费|缺口|贷款|债券|拨付|垫资|欠款|工程款|筹措|财力|财政困难|付款|外汇"
        r"|funds?|funding|money|financ")),
    ("approval", re.compile(
        r"(?:设计|方案|图纸|可研)[^，。；]{0,8}(?:批复|审批|报批|待批|未批|评审|审查|报审)"
        r"|手续|审批|报批|待批|批复|核准|备案|立项|规划|控规|评估|许可|环评|审查|评审|图审|可研|报建|验收"
        r"|注册|approv|permit|planning|procedure")),
    ("design", re.compile(
        r"设计|图纸|施工图|方案[^，。]{0,4}(?:调整|变更|优化|修改|未定|未确定|衔接|反复)|线位|位置(?:未|尚)|变更|design")),
    ("market", re.compile(
        r"市场|金融危机|(?:经济|行业)[^，。；]{0,4}(?:下行|形势|低迷|不景气)|需求|价(?:格|低|跌)|[菜粮油煤钢]价"
        r"|销售|销路|招租|订单|行情|疫情|原材料|涨价|产能|滞销|market")),
)  # fmt: skip
# “卡在‘钱’上”, “地没有落下来”: in one everyday word.
_ONE_WORD: tuple[tuple[ReasonKind, re.Pattern[str]], ...] = (
    ("funds", re.compile(r"[“\"「]?钱[”\"」]?(?:[没未不还上迟]|$)")),
    ("land", re.compile(r"[“\"「]?地[”\"」]?(?:[没未不还上迟]|$)")),
    ("approval", re.compile(r"[“\"「]?[纸章证][”\"」]?(?:[没未不还上迟]|$)")),
    ("design", re.compile(r"[“\"「]?图[”\"」]?(?:[没未不还上迟]|$)")),
)
# Houses still standing on the land: their removal is what is waited for.
_HOUSES = re.compile(r"拆除|拆迁|征迁|搬迁|\d+户")

# “征收补偿资金缺口大”: what the money is for is not what is lacking.
_FOR_WHAT = re.compile(
    r"(?:征收|征地|征迁|征拆|拆迁|搬迁|安置|补偿|用地|土地|设计)+(?=(?:专项|补助)?(?:资金|经费))"
)

# People who object to a site or a plan: neither land nor approval is what is lacking.
_OBJECTION = re.compile(
    r"(?:村民|居民|群众|业主|住户|商户)[^，。；]{0,12}(?:异议|反对|阻工|阻挠|不同意|不支持|意见|诉求|信访|上访|投诉)"
)


def reason_kind(text: str) -> ReasonKind | None:
    """Return the kind of the reason that ``text`` gives; ``other`` if none is known.

    The kind whose words come first wins: a reason begins with what matters. An
    investor's own decision counts before all it was founded on.
    """
    if not text.strip():
        return None
    text = _FOR_WHAT.sub(lambda match: " " * len(match.group()), text)
    places: dict[ReasonKind, tuple[int, int]] = {
        kind: (match.start(), rank)
        for rank, (kind, pattern) in enumerate(_KINDS)
        if (match := pattern.search(text))
    }
    if _OBJECTION.search(text):
        return "other"
    if "investor" in places:
        return "investor"
    if "land" in places and "demolition" in places and _HOUSES.search(text):
        return "demolition"
    found = sorted((place, kind) for kind, place in places.items())
    plain = next((kind for kind, pattern in _ONE_WORD if pattern.match(text.strip())), None)
    return found[0][1] if found else plain or "other"


def kinds_in(text: str) -> set[ReasonKind]:
    """Return every kind of reason whose words stand in ``text``."""
    return {kind for kind, pattern in _KINDS if pattern.search(text)}


# “资金已到位，用地未批”: what is settled is no reason.
_SETTLED = re.compile(
    r"(?:已经?|均已?|全部|都)[^，。；未没不]{0,6}(?:到位|落实|批复|获批|下达|办结|办妥|解决|取得|签订|完成|备案|明确)"
    r"|(?:不缺|不受|并非|不是|无关)"
)
_CLAUSES = re.compile(r"[，,；;。、]")
_CHAIN = re.compile(r"资金链|融资|自筹资金|资金(?:短缺|不足|困难|紧张)")


def clause_kinds(text: str) -> set[ReasonKind]:
    """Return the kind that each clause of a reason gives first, but for what is settled.

    “工艺变更，环评需重新报批” waits for an approval, too; an investor whose money ran out
    is a matter of funds besides.
    """
    found: set[ReasonKind] = set()
    for clause in _CLAUSES.split(_FOR_WHAT.sub("", text)):
        kind = None if _SETTLED.search(clause) else reason_kind(clause)
        if kind and kind != "other":
            found.add(kind)
        if kind == "investor" and _CHAIN.search(clause):
            found.add("funds")
    return found
