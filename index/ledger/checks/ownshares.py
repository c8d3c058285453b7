"""Shares printed behind both of their figures: “完成830万元，仅为年度计划3600万元的23.6%”."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from index.ledger.quantities import Quantity, quantities
from index.ledger.records import Finding
from index.records import Block, Structure

COUNTED = "个项家件处"
BETWEEN = 16  # characters between a part and the word that relates it to its whole
# “，占年度计划”, “，仅为这5个项目年度计划”, “，完成全年”: a whole of the same unit follows.
_RELATES = re.compile(
    rf"[^，,。；;%％\d]{{0,{BETWEEN}}}[，,]?\s*(?:仅|只|只有|约)?(?:占|为|是|完成|达到?|相当于)(?:了|到)?"
    r"(?P<what>[^，,。；;%％\d]{0,12}(?:\d{1,4}[个项家件处][^，,。；;%％\d]{0,12})?)"
)
_OF_IT = re.compile(r"(?:的)?(?:任务|目标|计划|总额|总量|总投资|概算)?的?(?:比例为|比重为)?")
# “年度计划6.40亿元，完成5.12亿元，占年度计划的80.0%”: the whole stands first.
_WHOLE = re.compile(r"[^，,。；;\d]*(?P<base>计划|总投资|额度|任务|目标)[^，,。；;\d]{0,8}$")
# “计划5亿元，已开工20个，完成3亿元，占计划的60%”: a count may stand between.
_DONE = re.compile(
    rf"(?:[，,][^，,。；;\d]{{0,8}}\d{{1,4}}[{COUNTED}](?:项目|工程)?)?"
    r"[，,](?:[^，,。；;\d]{0,8})(?:完成|支出|拨付|到位)[^，,。；;\d]{0,8}"
)
_OF_WHOLE = re.compile(
    r"[，,]?(?:仅|只)?(?:占|为|完成|达到?)(?:了)?(?P<base>[^，,。；;\d]{0,12}?)的?"
)
# “年度计划4.45亿元，完成3.19亿元，完成率77.1%” says of the plan before it.
_RATE = re.compile(
    r"[，,](?:年度|投资|计划|任务)*(?:完成|执行|支出|拨付|到位)(?P<base>)(?:率|比例)(?:为|是|达到?|仅为?|仅)?"
)
# “年度计划6.40亿元，完成5.12亿元，占全县年度计划的9.1%”: of a plan wider than that before it.
_WIDER = re.compile(r"全[省市县区州旗镇乡部局]|总(?!投资)|所有")
_MORE = re.compile(r"增长|增加|提高|下降|减少|高于|低于|超|多|少|快|慢|同比|比")


def own_shares(
    structure: Structure, blocks: Sequence[Block], known: Sequence[Finding]
) -> Iterator[Finding]:
    """Yield printed shares that are not what their part is of their whole, within rounding."""
    taken = [span for one in known if one.kind == "percent" for span in one.spans]
    tables = [(b.start, b.end) for b in blocks if b.kind == "table"]
    for document in structure.documents:
        view = structure.reading.view(document.start, document.end)
        found = list(quantities(view.text))
        told = [t for t in _triples(found) if _is_share(view.text, *t)]
        for part, whole, share in (*told, *_of_plans(view.text, found)):
            span = view.span(min(part.start, whole.start), share.end)
            if any(a < span[1] and span[0] < b for a, b in (*taken, *tables)):
                continue
            says = _share_of(part, whole)
            if not _fits(part, whole, share):
                places = max(1, share.places)
                worked = f"{says.quantize(Decimal(1).scaleb(-places))}%"
                yield Finding(
                    "percent", f"占比写{share.text}，按同句的数字为{worked}", document.ordinal,
                    (span,), f"{part.text} ÷ {whole.text} = {worked}",
                )  # fmt: skip


def _triples(found: Sequence[Quantity]) -> Iterator[tuple[Quantity, Quantity, Quantity]]:
    """Yield each share with two quantities of one unit before it, “这5个项目” left out."""
    for place, share in enumerate(found):
        if share.unit == "%" and place >= 2:
            whole, before = found[place - 1], found[max(0, place - 3) : place - 1]
            part = next((q for q in reversed(before) if q.unit == whole.unit), None)
            if part is not None and (part is before[-1] or before[-1].unit in COUNTED):
                yield part, whole, share


def _of_plans(
    text: str, found: Sequence[Quantity]
) -> Iterator[tuple[Quantity, Quantity, Quantity]]:
    """Yield part, whole and share where a clause gives the whole, the next what is done of it."""
    plain = [q for q in found if q.unit not in COUNTED]
    three = [*zip(found, found[1:], found[2:], strict=False)]
    three += [one for one in zip(plain, plain[1:], plain[2:], strict=False) if one not in three]
    for whole, part, share in three:
        if share.unit != "%" or whole.unit != part.unit or part.unit == "%" or not whole.value:
            continue
        if whole.hedged or part.hedged or share.hedged:
            continue
        planned = _WHOLE.search(text, max(0, whole.start - BETWEEN), whole.start)
        done = _DONE.fullmatch(text, whole.end, part.start)
        behind = (part.end, share.start)
        told = _RATE.fullmatch(text, *behind) or _OF_WHOLE.fullmatch(text, *behind)
        if not (planned and done and told):
            continue
        wider = _WIDER.search(told["base"]) and not _WIDER.search(planned.group())
        if not told["base"] or (planned["base"] in told["base"] and not wider):
            yield part, whole, share


def _is_share(text: str, part: Quantity, whole: Quantity, share: Quantity) -> bool:
    """Tell whether three quantities in a row are a part, its whole, and its share."""
    if share.unit != "%" or part.unit != whole.unit or part.unit == "%" or not whole.value:
        return False
    if part.hedged or whole.hedged or share.hedged or part.value > whole.value * 2:
        return False
    between = text[part.end : whole.start]
    return bool(
        _RELATES.fullmatch(between)
        and not _MORE.search(between)
        and _OF_IT.fullmatch(text, whole.end, share.start)
    )


def _share_of(part: Quantity, whole: Quantity) -> Decimal:
    return part.value / whole.value * 100


def _fits(part: Quantity, whole: Quantity, share: Quantity) -> bool:
    if whole.value <= whole.half:
        return True
    least = (part.value - part.half) / (whole.value + whole.half) * 100
    most = (part.value + part.half) / (whole.value - whole.half) * 100
    return least <= share.value + share.half and share.value - share.half <= most
