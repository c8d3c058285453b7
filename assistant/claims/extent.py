"""How much of a group a claim speaks of: all, most, the only one, so many in total."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence

from assistant.claims.clauses import Part
from assistant.claims.folding import pairs_of
from assistant.claims.names import UNIT, is_unit
from assistant.claims.quantities import Quantity, quantities
from assistant.claims.scope import Scope, Statuses
from assistant.claims.statuses import find_statuses

_ALL = re.compile(r"全部|全都|均|都(?!市)|皆(?!知)|一律|悉数")
_HELD_ALL = re.compile(
    r"全部|全都|所有|均|都|皆|一律|悉数|各|每|逐|完毕|全面|100%|全(?=[市县区镇])"
)
_MOST = re.compile(r"绝?大?多数|大部分|绝大部分|普遍|多半|大多")
_ONLY = re.compile(r"(?:只有|仅有|唯一|惟一)(?!\d|[一二三四五六七八九十]?成)")
_WHOLE = ("全部", "全都", "悉数")
_PARTLY = re.compile(r"主体|[一首]期|首批|部分|其余|剩余|还有|[尚仍另]有|余下|未")
_HELD_ONLY = re.compile(r"只|仅|唯一|惟一|限于")
_TOTAL = re.compile(r"共|只有|仅有|一共|总共|合计")
_CLAUSE = re.compile(r"[^,;。!?\n]+")
_SENTENCE = re.compile(r"[^。!?\n]+")
_SUBJECT = re.compile(
    r"^(?:的?(?:项目|工程|单位|部门|地方|村|企业|干部|任务|问题)|已经?|仍然?|还|被|能够?)+"
)
RANK = re.compile(
    r"(?P<rank>最[高低多少大小快慢]|倒数第[一二三]|(?<!倒数)(?<!\d)第一(?![批期季次至中人实书季产轮时步阶条高类医]|\d)|首位|榜首|末位|垫底|居首|居多)"
)
_LAST = ("最低", "最后", "末位", "垫底", "倒数第一", "最少", "最慢")
_FIRST = ("第一", "首位", "榜首", "居首", "最高", "最多", "最快", "最大")
_ALIKE = {**dict.fromkeys(_LAST, _LAST), **dict.fromkeys(_FIRST, _FIRST)}
LEAST_RANKED = 3  # figures that a greatest is the greatest of
LONGEST = 12  # characters of what is said of all
LEAST = 2  # pairs of characters that two clauses must share to say the same thing


def extent_faults(part: Part, scope: Scope, whole: Scope) -> Iterator[str]:
    """Yield the words of a part that make more of a group than its source does."""
    yield from _all_of(part, scope)
    yield from _most_of(part, scope)
    yield from _only(part, whole)


def _all_of(part: Part, scope: Scope) -> Iterator[str]:
    """“12个公园都增设了…” needs “都” or the same number where the source says it."""
    if len(part.subjects) > 1 or part.pooled:
        return  # said of each of those that are named
    for match in _ALL.finditer(part.text):
        told = _told(part.text[match.end() :])
        counts = {
            q.value for q in quantities(part.before + part.text[: match.start()]) if _is_count(q)
        }
        found = [(s, at) for s in _sentences(scope) for at in _places(told, s)]
        if not found or not told:
            continue
        if counts and not any(_says_all(sentence, at, counts) for sentence, at in found):
            yield match.group()
        elif not counts and not any(_HELD_ALL.search(_clause_at(s, at)) for s, at in found):
            partly = match.group() in _WHOLE and any(_PARTLY.search(s) for s, _ in found)
            yield from [match.group()] if partly else []


def _says_all(sentence: str, at: int, counts: set[float]) -> bool:
    clause = _clause_at(sentence, at)
    before = [q.value for q in quantities(sentence[:at]) if _is_count(q)]
    return bool(_HELD_ALL.search(clause)) or not before or before[-1] in counts


def _most_of(part: Part, scope: Scope) -> Iterator[str]:
    for match in _MOST.finditer(part.text):
        told = _told(part.text[match.end() :])
        clauses = [c for s in _sentences(scope) for c in _CLAUSE.findall(s)]
        shared = {c: n for c in clauses if (n := _shared(told, c)) >= LEAST}
        best = [c for c, n in shared.items() if n == max(shared.values())]
        if best and not any(_MOST.search(c) for c in best):
            yield match.group()


def _only(part: Part, whole: Scope) -> Iterator[str]:
    """“唯一竣工的” needs the same word, or “竣工1个”."""
    for match in _ONLY.finditer(part.text):
        clauses = [c for text in whole.sentences for c in _CLAUSE.findall(text)]
        only = [c for c in clauses if _HELD_ONLY.search(c)]
        if "才" in part.text[match.end() :] or any(_shared(part.text, c) >= LEAST for c in only):
            continue
        wanted = {status.key for status in find_statuses(part.text)}
        ones = [r for r in whole.readings for q in r.quantities if q.unit == "个" and q.value == 1]
        if not any(wanted & r.own or _shared(part.text, r.cell.text) for r in ones):
            yield match.group()


def rank_faults(text: str, whole: Scope) -> Iterator[str]:
    """Yield superlatives and ranks of folded ``text`` that the source neither says nor shows.

    “最多，为48个” is shown where 48 is the greatest of three figures or more that stand
    in the same piece of evidence.
    """
    for match in RANK.finditer(text):
        words = match["rank"]
        if words in whole.text or any(w in whole.text for w in _ALIKE.get(words, ())):
            continue
        if not _shown(words, text[match.end() :], whole):
            yield match.group()


def _shown(words: str, after: str, whole: Scope) -> bool:
    told = quantities(after)
    quantity = next(iter(told), None)
    if quantity is None or quantity.start > LONGEST:
        return False
    least = words[-1] in "少低小慢后末"
    beside = [q.value for q in told if q.unit == quantity.unit]
    if len(beside) >= LEAST_RANKED:
        return quantity.value == (min(beside) if least else max(beside))
    for sentence in whole.sentences:
        values = {q.value for q in quantities(sentence) if q.unit == quantity.unit}
        if quantity.value in values and len(values) >= LEAST_RANKED:
            return quantity.value == (min(values) if least else max(values))
    return False


def total_faults(text: str, parts: Sequence[Part], whole: Scope) -> Iterator[str]:
    """Yield the count of folded ``text`` that calls an incomplete list the whole of it.

    “未开工的有甲、乙，共2个” is less than the source says where that counts three that
    are not started, or where the claim cites a third row of the same status.
    """
    named = {name for part in parts for name in part.subjects}
    stated = [
        q for q in quantities(text)
        if q.unit == "个" and q.value == len(named) and _TOTAL.search(text[: q.start])
    ]  # fmt: skip
    if len(named) < 1 or not stated:
        return
    wanted = {status.key for status in find_statuses(text)}
    units = any(is_unit(name) for name in named) or UNIT.search(_without(text, named))
    counted = set() if units else {n for r in whole.readings for n in _counted(r.cell.text, wanted)}
    if (counted and len(named) not in counted) or _left_out(text, named, whole):
        yield stated[-1].words.strip()


def _without(text: str, names: Collection[str]) -> str:
    for name in names:
        text = text.replace(name, "")
    return text


def _counted(cell: str, wanted: Statuses) -> Iterator[float]:
    """Yield how many a cell says are of one of the statuses: “停工2个、未开工3个”."""
    for piece in re.split("[、,]", cell):
        if wanted & {status.key for status in find_statuses(piece)}:
            yield from (q.value for q in quantities(piece) if q.unit == "个")


def _left_out(text: str, named: Collection[str], whole: Scope) -> bool:
    """Tell whether a cited row is not named that shares with those named what is said of them."""
    rows = [(r.cell.subjects, set(r.cell.text.split("\n"))) for r in whole.readings if r.cell.row]
    mine = [lines for subjects, lines in rows if subjects & set(named)]
    if not mine:
        return False
    shared = {line for line in set.intersection(*mine) if _value(line) and _value(line) in text}
    return any(
        subjects and not subjects & set(named) and shared & lines for subjects, lines in rows
    )


def _value(line: str) -> str:
    _label, colon, value = line.partition(":")
    return value if colon and len(value) >= LEAST else ""


def _told(words: str) -> str:
    """Return what is said behind a word like “都”, to the end of its clause."""
    clause = _CLAUSE.match(words)
    return _SUBJECT.sub("", clause.group())[:LONGEST] if clause else ""


def _is_count(quantity: Quantity) -> bool:
    return quantity.unit not in ("元", "%")


def _sentences(scope: Scope) -> list[str]:
    return [part for text in scope.sentences for part in _SENTENCE.findall(text)]


def _places(told: str, sentence: str) -> list[int]:
    """Return where a sentence says what is told: at the clause that shares the most with it."""
    found = [(_shared(told, c.group()), c.start()) for c in _CLAUSE.finditer(sentence)]
    least = min(LEAST, len(pairs_of(told)))  # “建成” has one pair
    return [_first(told, sentence, at) for n, at in found if n >= least > 0]


def _first(told: str, sentence: str, start: int) -> int:
    """Return where the first shared pair of characters stands from ``start`` on."""
    ats = [sentence.find(pair, start) for pair in pairs_of(told)]
    return min((at for at in ats if at >= 0), default=start)


def _clause_at(sentence: str, at: int) -> str:
    start = max(sentence.rfind(mark, 0, at) for mark in ",;") + 1
    match = _CLAUSE.match(sentence, start)
    return match.group() if match else ""


def _shared(one: str, other: str) -> int:
    return sum(pair in other for pair in pairs_of(one))
