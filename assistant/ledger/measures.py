"""Amounts that a question speaks of: which one, bounds on it, how many of a ranking."""

from __future__ import annotations

import re

from assistant.ledger.query import Limit
from index.ledger.amounts import amounts, percents
from index.ledger.prose import chinese_count

_MEASURES: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("percent", re.compile(
        r"完成率|(?:资金)?(?:支出|使用|拨付)(?:率|比例)|完成比例|执行率|(?:支出|拨付|使用|完成|投资)进度|(?:年度|全年)?(?:投资)?(?:任务|计划)完成(?:情况|比例)|(?:投资|形象)进度(?=最)|进度(?=最[快慢高低])"
        r"|完成(?:了)?(?:年度|全年)?(?:投资)?(?:计划|任务|目标)的?(?:多少|百分之几|几成)"
        r"|completion rate|percentage complete")),
    ("done_investment", re.compile(
        r"(?:完成|(?:实际|一共|总共|合计)?做)(?:了)?(?:的)?(?:多少)?(?:年度)?(?:总)?投资(?:额)?|投资完成|投了?(?:多少)?钱|投入了(?:多少)?|已?(?:支出|拨付|使用)(?:的)?(?:资金)?"
        r"|完成(?:额|多少)|(?<![计规]划)(?<!打算)(?:已经?|累计|实际)?投(?:了|进去?|下去?)?多少(?![人次票])|花(?:了|掉|费)?(?:多少)?(?:钱|资金)?|(?:completed|actual) investment"
        r"|invested|complete(?:d)? investment|investment .{0,140}complete"
        r"|spent|spending|investment (?:done|completed)")),
    ("planned_investment", re.compile(
        r"(?:年度|全年|当年|本年|今年|年)(?:计划)?投资(?:额)?|计划(?:完成)?投(?:资|入)(?:额|资金)?(?:多少钱)?|(?:计划|打算|安排)(?:要|再)?投(?=多少)|债券(?:资金)?总?额度|到位的?(?:专项)?(?:债券)?资金|总额度|(?:年度|投资)计划|债券额度|额度"
        r"|(?:planned|annual) investment|quota")),
    ("total_investment", re.compile(
        r"总投资|投资(?:总)?额|概算|(?<!固定资产)(?<!协议)(?<!签约)投资(?!方|商|人|企业|主体)|造价"
        r"|total investment|investment")),
)  # fmt: skip
_LOW = re.compile(r"超过|大于|高于|多于|不低于|不少于|达到|over|above|more than|at least|exceed")
_HIGH = re.compile(r"低于|小于|少于|不足|不到|不超过|under|below|less than|at most")
_LIMIT = re.compile(
    r"(?P<before>超过|大于|高于|多于|不低于|不少于|达到|低于|小于|少于|不足|不到|不超过|over"
    r"|above|more than|at least|under|below|less than|at most)?\s*"
    r"(?P<value>[\d.,]+\s*(?:万亿|亿|万|千)?元|[\d.,]+\s*(?:万亿|亿|万)(?![户人亩平吨套个])|[\d.]+\s*(?:%|％|个百分点))\s*(?P<after>以上"
    r"|及以上|以下|以内)?"
)
_WORDS = {"one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "ten": 10}
_N = r"[一二两三四五六七八九十\d]+"
_TOP = re.compile(
    rf"最(?:多|大|高|快|少|小|低|慢)的?(?:前|后)?(?P<after>{_N})(?:个|名|位|项|家)"
    rf"|(?:前|头|后|倒数)第?(?P<first>{_N})(?:个|名|位|项|家|件|(?=的|[，,？?]|$))(?!月|季|年)|(?:最|排)[^，,。？?]{{0,6}}的(?P<these>{_N})(?:个|名|位|项|家|件)|top (?P<en>\w+)"
    r"|\b(?P<en2>one|two|three|four|five|ten|\d+) (?:projects?|tasks?|units?|works) with the (?:largest|biggest|highest|smallest|lowest|most|least)"
    r"|(?P<adj>one|two|three|four|five|ten|\d+) (?:largest|biggest|highest|smallest|lowest)"
)
_MOST = re.compile(
    rf"最(?:多|大|高|快)|从[高大多]到[低小少]|排第一|排名(?!通报)|排序|排前|前{_N}(?:个|名|位|项)|most|largest|biggest"
    rf"|highest|\btop\b"
    r"|greatest"
)
_LEAST = re.compile(
    rf"最(?:少|小|低|慢|差)|从[低小少]到[高大多]|排?在?最后(?=的?[一二两三四五六七八九十几\d]+[个名位项家件条]|名|的|是[谁哪]|[？?，,。]|$)|排在?最后|垫底|末位|倒数|后{_N}(?:个|名|位|项)|靠后|least|fewest|smallest|lowest"
)
_SURELY_LEAST = re.compile(
    r"倒数|垫底|末位|最后(?=的?[一二两三四五六七八九十几\d]+[个名位项家件条]|名|的)|从[低小少]到[高大多]"
)
_HALF = re.compile(
    r"(?P<less>(?:不到|不足|低于|没到|没过|没有?达到)(?:一半|50[%％])|一半(?:都|也)?(?:还)?(?:不到|没到|没有))"
    r"|(?P<more>过半|超过一半|一半以上|大半)"
)
_NOTHING = re.compile(
    r"spent nothing|(?:零|没有|无)(?:资金)?支出|支出(?:额)?为(?:零|0)|一分(?:钱)?(?:都|也)?没"
)


def measure_spans(text: str) -> list[tuple[str, tuple[int, int]]]:
    """Return each amount that a question speaks of with its span, the most special first."""
    found: list[tuple[str, tuple[int, int]]] = []
    for key, pattern in _MEASURES:
        for match in pattern.finditer(text):
            if not any(a < match.end() and match.start() < b for _, (a, b) in found):
                found.append((key, match.span()))
    return found


def measure_of(text: str) -> str | None:
    """Return the amount or share that a question speaks of, None if it speaks of none."""
    return next((key for key, pattern in _MEASURES if pattern.search(text)), None)


def limits_in(text: str) -> tuple[Limit, ...]:
    """Return the bounds that a question sets (“总投资超过1亿元的”)."""
    found = []
    for match in _HALF.finditer(text):
        low = 50.0 if match["more"] else None
        found.append(Limit("percent", low, None if low else 50.0, match.group()))
    for match in _NOTHING.finditer(text):
        found.append(Limit("done_investment", None, 0.0, match.group()))
    for match in _LIMIT.finditer(text):
        low = bool(match["before"] and _LOW.search(match["before"])) or (
            match["after"] or ""
        ).endswith("以上")
        high = bool(match["before"] and _HIGH.search(match["before"])) or match["after"] in (
            "以下",
            "以内",
        )
        if low == high:
            continue
        said = match["value"] if match["value"][-1] in "元%％点" else f"{match['value']}元"
        amount = next(amounts(said), None) or next(percents(match["value"]), None)
        if amount is None:
            continue
        before = text[max(0, match.start() - 14) : match.start()]
        field = "percent" if amount.unit == "%" else measure_of(before) or "total_investment"
        value = amount.value
        found.append(
            Limit(field, value if low else None, value if high else None, match.group().strip())
        )
    return tuple(found)


def top_of(text: str) -> tuple[int | None, bool, bool]:
    """Return how many of a ranking are wanted, whether the least, and whether any is asked for."""
    match = _TOP.search(text)
    number = None
    if match:
        word = (
            match["after"]
            or match["first"]
            or match["these"]
            or match["en"]
            or match["en2"]
            or match["adj"]
            or ""
        )
        number = _WORDS.get(word) or _count(word)
    least, most = bool(_LEAST.search(text)), bool(_MOST.search(text))
    return number, bool(_SURELY_LEAST.search(text)) or (least and not most), least or most


def _count(word: str) -> int | None:
    """Return the value of a count in figures or Chinese numerals, None for other words."""
    if not re.fullmatch(r"\d+|[一二两三四五六七八九十]+", word):
        return None
    return chinese_count(word) or None


def both_ends(text: str) -> bool:
    """Tell whether the first and the last of a ranking are asked for."""
    bare = re.sub(rf"从[高大多低小少]到[高大多低小少]|倒数前?第?{_N}?", "", text)
    return bool(_MOST.search(bare) and _LEAST.search(bare))
