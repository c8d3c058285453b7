"""Lists whose status stands behind them: “A、B，县交通局负责的C等16个项目已竣工交付”.

All spans are offsets into a View's clean text.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from index.ledger.edges import trimmed
from index.ledger.names import is_generic
from index.ledger.prose import chinese_count, owner_at, read_listing
from index.ledger.records import Span
from index.ledger.status import status_of
from index.sentences import parts

_TAIL = re.compile(
    r"(?P<etc>等)?[这那]?(?<!\d)(?P<count>\d+|[一二两三四五六七八九十百]+)(?P<more>余|多)?(?:个|项|家"
    r"|处)(?:[^，。；、（）]{0,8}?)?"
    r"(?:项目|工程|任务|事项|小区|片区|标段)"
)
# What a notice says of projects besides a status: that they are warned, blamed or praised.
JUDGED = re.compile(
    r"[黄红]牌|警告|约谈|通报|批评|点名|督办|问责|追责|曝光|表扬|表彰|流动红旗|不力|责令|处罚|罚款|扣分|函告|提醒"
)
_AMONG = re.compile(r"\s*(?:其中|特别是|尤其是)[，,：:]?(?:对)?")
_VERB = re.compile(
    r"^(?:要|将|已|正在|先后|实地|察看|观摩|推进|加快|围绕|重点|包括|其中|特别是|对|把)"
)


@dataclass(frozen=True, slots=True)
class TailList:
    """Where the sentence, its names, their number and what is said of them stand.

    ``number`` is None where the count is only about so many (“等10余个项目”).
    """

    opening: int
    items: Span
    count: Span
    number: int | None
    said: Span


def tail_list(text: str, start: int, end: int) -> TailList | None:
    """Return the list in a sentence that ends in “等N个项目” and a status, or None."""
    for match in _TAIL.finditer(text, start, end):
        before = text[start : match.start()]
        if before.count("（") != before.count("）") or before.count("“") != before.count("”"):
            continue
        stop = next(iter(parts(text, match.end(), end, "；;")), (match.end(), end))[1]
        said = (match.end(), stop)
        if not (status_of(text[slice(*said)]) or JUDGED.search(text, *said)):
            continue
        first = _first_item(text, start, match.start())
        if first is not None:
            number = None if match["more"] else chinese_count(match["count"])
            # Without “等” the number must be that of the names.
            if not match["etc"]:
                if number is None:
                    continue
                names = read_listing(text, first, match.start(), number).items
                if abs(len(names) - number) > 1:
                    continue
            return TailList(start, (first, match.start()), match.span("count"), number, said)
    return None


def _first_item(text: str, start: int, end: int) -> int | None:
    """Return where the names begin: at the first owner, else at the last clause of names alone."""
    clauses = list(parts(text, start, end, "，,；;"))
    for a, _ in clauses:
        if owner_at(text, a, end):
            return a
    a, b = clauses[-1] if clauses else (start, end)
    among = _AMONG.match(text, a, b)
    a = among.end() if among else a
    names = [text[x:y] for x, y in parts(text, a, b, "、")]
    if len(names) >= 2 and not _VERB.match(names[0].strip()) and not is_generic(names[0]):
        return a
    return None


def status_clause(text: str, start: int, end: int) -> Span:
    """Return the clause of a predicate that says the status."""
    for a, b in parts(text, start, end, "，,。"):
        if status_of(text[a:b]):
            return a, b
    return trimmed(text, start, end)
