"""Free prose split into exactly as many projects as its heading counts.

“甲、乙由某局实施，均已交工；某局2个，为丙、丁；某镇的戊，用地被核减”: each part may be read in
several ways; the cheapest reading of the whole that gives the stated number is taken, and
nothing where none does. All spans are offsets into a View's clean text.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from index.ledger.edges import STOPS, trimmed
from index.ledger.names import looks_named
from index.ledger.naming import LEADS as _LEADS
from index.ledger.naming import Named, named_in, one_named
from index.ledger.owners import (
    SAME,
    counted_owner,
    is_owner,
    leading_owner,
    line_owner,
    owner_before,
    owner_clause,
)
from index.ledger.parted import partings, under
from index.ledger.prose import Item, chinese_count
from index.ledger.reasons import reason_kind
from index.ledger.records import Span
from index.ledger.retold import is_retold, past_among, tell_again
from index.ledger.wording import first_word
from index.sentences import parts

MAX_COST = 0.9  # per project, of a reading that is still believed
MIN_CLAUSES = 2  # of a sentence each of whose clauses tells of a project
_ASIDE, _SUMMED, _STRANGE = 0.1, 0.2, 4.0  # what it costs to pass over a part
_AMONG = 0.3  # to take “其中” for the beginning of the list
_LED = 0.5  # and over all that stands before the first head that counts
_BEHIND_COMMA = 1.0
_HEADED = 0.6  # and to take for a remark what begins as a project does
_LABEL = re.compile(
    r"\s*(?:[（(]?\d{1,2}[）)]|\d{1,2}(?:、|[.．](?!\d))|[①-⑳]|[（(][一二三四五六七八九十]{1,2}[）)]"
    r"|[一二三四五六七八九十]{1,2}(?:是|、)|[-•·●◆■▪□○◇▲△▶➢→★☆])\s*"
)
_LEAD = re.compile(
    r"[^，。；、]{1,6}方面[，,：:]|(?:分别|具体|依次|主要|其中)?(?:包括|涉及|如下|是|为|有|即)(?=[^，。；]{3})[：:]?|[^。；：:]{0,40}[：:](?=.)"
)
# “进度正常3个，|为甲、乙、丙”: but what joins names to their number; “为民服务中心” is a name.
_COPULA = re.compile(
    r"(?:也|则|都|均|就)?(?:分别|具体|依次)?(?:是|为|即|系)(?!民|[：:])(?=[^，。；]{3})"
)
_BESIDE = re.compile(r"\s*(?:其中|另外?(?![一两\d])|此外|上述|以上|总的看|需要说明|说明|注)")
_TOTAL = re.compile(
    r"\s*(?:(?:截至|今年)?[^，。；、]{0,4}?\d{1,2}月[底末份]?[，,]|今年以来[，,]|[上下]半年[，,])?(?:截至|本[类档组]|这[类档组]|共|计|合计)?[^，。；、]{0,10}\d+(?:个|项|件)|(?:数量|总数)?(?:在|居|列|排|位居|名列|为)全[省市县区州旗镇乡]|占|完成投资|总投资|\d[%％]"
)
_ALL = re.compile(
    r"\s*(?:也?均|也?都|皆|全部|上述|(?:以上)?(?:两|三|四|五|六|七|八|九|\d+)个(?:项目)?(?:均|都)?)"
)
# “资金没到位的3个：”: a reason, and how many projects it is that of.
WHY_LEAD = re.compile(
    r"(?:因为?|由于|受)?(?P<why>[^，。；：:、]{3,20}?)(?:影响|制约|限制|等?原因)?(?:而|没有开工|未开工)?的(?:还|共|也)?有?"
    r"(?P<number>\d+|[一二两三四五六七八九十]+)[个项处件](?:项目|工程)?[，,]?(?:分别|具体)?(?:即|是|为|有)?[：:]?"
)
_BRACKETS = re.compile(r"[（(][^（）()]*[）)]")
# What goes on with the project before it (“该桥初步设计批复后，……”).
_POINTS_BACK = re.compile(r"[该此](?!类)|其(?![中余他])|这[一个条座]")


@dataclass(frozen=True, slots=True)
class _Reading:
    """One way to read some text: what it costs, its projects, and whom a remark is about.

    ``told`` is how many of the last projects the words behind them speak of,
    ``rest`` a part that names nothing and goes on with what stands before it.
    """

    cost: float
    items: tuple[Item, ...] = ()
    told: int = 1
    rest: Span | None = None


_Readings = Mapping[int, _Reading]  # by the number of projects


def split(text: str, start: int, end: int, number: int) -> tuple[Item, ...]:
    """Return the ``number`` projects that ``text[start:end]`` tells of, else nothing."""
    return split_best(text, [(start, end)], number)[1]


def split_best(text: str, bodies: Sequence[Span], number: int) -> tuple[Span, tuple[Item, ...]]:
    """Return the stretch of text that most likely tells of ``number`` projects, and these.

    Of two as likely ones the first; no projects where none of them tells of so many.
    """
    best: tuple[float, Span, tuple[Item, ...]] | None = None
    for body in bodies:
        found = _whole(text, *body, number)
        if found and (best is None or found.cost < best[0]):
            best = found.cost, body, found.items
    if best is None:
        return bodies[0], ()
    return best[1], tell_again(text, best[1], _owned(text, best[2]))


def _owned(text: str, items: Sequence[Item]) -> tuple[Item, ...]:
    """Return the items, that of “同园区的某项目” with the owner of the one before it."""
    done: list[Item] = []
    for item in items:
        if item.unit and SAME.fullmatch(text[slice(*item.unit)]):
            item = replace(item, unit=done[-1].unit if done else None)
        done.append(item)
    return tuple(done)


def _whole(text: str, start: int, end: int, number: int) -> _Reading | None:
    """Return the cheapest reading as ``number`` projects, if it can be believed."""
    found = _exactly(text, start, end, number, None)
    return found if found and found.cost <= MAX_COST * number else None


@lru_cache(maxsize=256)  # a part is read again in each way to part the whole
def _exactly(text: str, start: int, end: int, number: int, unit: Span | None) -> _Reading | None:
    """Return the cheapest reading as ``number`` projects, under heads that count if it has any."""
    best: _Reading | None = None
    for before, heads in partings(text, start, end, number):
        aside = _plain(text, *before, 0, None)
        found = aside and replace(aside, cost=min(aside.cost, _LED))
        for head in heads:
            own = head.words if is_owner(text[slice(*head.words)]) else unit
            inner = found and _exactly(text, *head.body, head.number, own)
            if found is None or inner is None:
                found = None
                break
            items = under(text, head, inner.items)
            found = _Reading(found.cost + inner.cost, (*found.items, *items))
        if found and (best is None or found.cost < best.cost):
            best = found
    return best or _plain(text, start, end, number, unit)


def _plain(text: str, start: int, end: int, number: int, unit: Span | None) -> _Reading | None:
    found = _lines(text, start, end, number, unit).get(number)
    if found is None or found.cost > MAX_COST * number:
        return _one_a_clause(text, start, end, number, unit) or found
    return found


def _one_a_clause(
    text: str, start: int, end: int, number: int, unit: Span | None
) -> _Reading | None:
    """Return the reading of a sentence as many of whose clauses are told as there are projects.

    “甲路于5月20日通车，乙园续建工程惠及居民2000户，丙校将于秋季招生”: each clause begins with
    what is surely a name, and says something of it.
    """
    clauses = [trimmed(text, *span) for span in parts(text, start, end, "，,。；;")]
    clauses = [(low, high) for low, high in clauses if low < high]
    if number < MIN_CLAUSES or len(clauses) != number:
        return None
    items: list[Item] = []
    cost = 0.0
    for low, high in clauses:
        owner = owner_before(text, low, high)
        own, low = owner if owner else (unit, low)
        more, item = one_named(text, low, high, own)
        if not item.notes or not looks_named(text[slice(*item.name[0])]):
            return None
        items.append(item)
        cost += more
    return _Reading(cost, tuple(items))


def ways(text: str, start: int, end: int, limit: int) -> dict[int, tuple[float, tuple[Item, ...]]]:
    """Return what the cheapest reading as each number of projects costs, and its projects."""
    return {n: (r.cost, r.items) for n, r in _lines(text, start, end, limit, None).items()}


def _lines(text: str, start: int, end: int, limit: int, unit: Span | None) -> _Readings:
    total: _Readings = {0: _Reading(0.0)}
    for a, b in parts(text, start, end, "\n"):
        read = _told_in(text, a, b, limit, unit) if unit else _line(text, a, b, limit)
        total = _joined(total, read, limit)
    return total


def _line(text: str, start: int, end: int, limit: int) -> _Readings:
    """Return the readings of a line; one that an owner alone heads tells of its own projects."""
    plain = _told_in(text, start, end, limit, None)
    low, high = trimmed(text, start, end)
    label = _LABEL.match(text, low, high)
    head = line_owner(text, label.end() if label else low, high)
    if head is None or _has_owners(text, head.end, high):
        return plain
    owned = _told_in(text, head.end, high, limit, head.unit)
    if head.number:
        owned = {n: reading for n, reading in owned.items() if n == head.number}
    return {**plain, **{n: r for n, r in owned.items() if n}}


def _has_owners(text: str, start: int, end: int) -> bool:
    """Tell whether a part behind the first begins with an owner of its own."""
    return any(
        owner_before(text, *trimmed(text, a, b)) or counted_owner(text, *trimmed(text, a, b))
        for a, b in parts(text, start, end, "；;。")
    )


def _told_in(text: str, start: int, end: int, limit: int, unit: Span | None) -> _Readings:
    """Return the readings of some sentences, whose projects are ``unit``'s own."""
    total: _Readings = {0: _Reading(0.0)}
    begun = False  # whether anything but sums is said so far
    for a, b in parts(text, start, end, "。"):
        beside = _BESIDE.match(text, a, b)  # what is added to a list, to its full stop
        low, high = trimmed(text, a, b)
        if not beside:
            total = _joined(total, _sentence(text, a, b, limit, unit), limit)
        elif not begun and past_among(text, low, high) > low:
            # “共12个，占20％。其中，某园的甲……”: it begins the list.
            read = _sentence(text, past_among(text, low, high), b, limit, unit)
            total = _joined(total, {0: _Reading(_ASIDE), **_dearer(read, _AMONG)}, limit)
        begun = begun or not (low == high or _TOTAL.match(text, low, high))
    return total


def _dearer(readings: _Readings, cost: float) -> _Readings:
    return {n: replace(r, cost=r.cost + cost) for n, r in readings.items() if n}


def _sentence(text: str, start: int, end: int, limit: int, unit: Span | None) -> _Readings:
    """Return the readings of a sentence; an owner with a number may head all parts of it."""
    plain: _Readings = {0: _Reading(0.0)}
    for low, high in parts(text, start, end, "；;"):
        if text[low:high].strip(STOPS):
            plain = _joined(plain, _part(text, low, high, unit), limit)
    low, high = trimmed(text, start, end)
    head = counted_owner(text, low, high)
    if head is None or not re.search("[；;]", text[head.end : high]):
        return plain
    owned: _Readings = {0: _Reading(0.0)}
    for a, b in parts(text, head.end, high, "；;"):
        owned = _joined(owned, _part(text, a, b, head.unit), limit)
    only = owned.get(head.number)
    return {**plain, head.number: only} if only else plain


def _joined(left: _Readings, right: _Readings, limit: int) -> _Readings:
    """Return the cheapest reading of both for each number of projects up to ``limit``."""
    best: dict[int, _Reading] = {}
    for n, a in left.items():
        for m, b in right.items():
            cost = a.cost + b.cost
            if n + m > limit or (n + m in best and best[n + m].cost <= cost):
                continue
            items = _noted(a.items, b.rest, a.told) if b.rest else a.items
            told = b.told if b.items else a.told
            best[n + m] = _Reading(cost, (*items, *b.items), told)
    return best


def _noted(items: tuple[Item, ...], clause: Span, told: int) -> tuple[Item, ...]:
    """Return the items, the last ``told`` of them with a clause that tells of them."""
    if not items:
        return items
    kept, said = items[:-told], items[-told:]
    return (*kept, *(_with_note(item, clause, last=item is items[-1]) for item in said))


def _with_note(item: Item, clause: Span, *, last: bool) -> Item:
    notes = item.notes
    joined = bool(notes) and clause[0] - notes[-1][1] <= 1
    merged = (*notes[:-1], (notes[-1][0], clause[1])) if joined else (*notes, clause)
    return replace(item, notes=merged, end=max(item.end, clause[1]) if last else item.end)


def _part(text: str, start: int, end: int, unit: Span | None) -> _Readings:
    """Return the readings of what stands between two semicolons or full stops."""
    low, high = trimmed(text, start, end)
    label = _LABEL.match(text, low, high)
    low = label.end() if label else low
    low = _past_copula(text, low, high)
    if _BESIDE.match(text, low, high) or is_retold(text, low, high):
        return {0: _Reading(_ASIDE)}
    passed = _SUMMED if _TOTAL.match(text, low, high) else _STRANGE
    if _POINTS_BACK.match(text, low, high):
        passed = _ASIDE
    found: dict[int, _Reading] = {0: _Reading(passed, rest=_goes_on(text, start, (low, high)))}
    headed = (
        counted_owner(text, low, high)
        or owner_before(text, low, high)
        or leading_owner(text, low, high)
    )
    begins = (low,) if headed else dict.fromkeys((_past_lead(text, low, high), low))
    for begin in begins:
        head = counted_owner(text, begin, high)
        if head is None:
            readings = _clauses(text, begin, high, unit)
        else:
            found[0] = replace(found[0], cost=_STRANGE, rest=None)
            only = _clauses(text, head.end, high, head.unit).get(head.number)
            readings = {head.number: only} if only else {}
        why = WHY_LEAD.match(text, low, begin) if begin > low else None
        if why and reason_kind(why["why"]) not in (None, "other"):
            only = readings.get(chinese_count(why["number"]))
            readings = {len(only.items): _because(only, why.span("why"))} if only else {}
        for number, reading in readings.items():
            if begin > low and not _LEADS.search(text[low:begin]):
                # “某地块综合体：土地流拍”: a name rather than what leads in a list.
                reading = replace(reading, cost=reading.cost + _HEADED)
            if number and (number not in found or found[number].cost > reading.cost):
                found[number] = reading
    return found


def _because(reading: _Reading, why: Span) -> _Reading:
    """Return a reading whose projects have the reason that leads them in (“用地没批的2个：”)."""
    items = tuple(i if i.notes else replace(i, notes=(why,)) for i in reading.items)
    return replace(reading, items=items)


def _past_lead(text: str, low: int, high: int) -> int:
    lead = _LEAD.match(text, low, high)
    return lead.end() if lead else low


def _past_copula(text: str, low: int, high: int) -> int:
    """Return where the names begin behind a word that but joins them to their number."""
    copula = _COPULA.match(text, low, high)
    if copula is None or len(first_word(text[copula.end() - 1 : min(high, copula.end() + 8)])) > 1:
        return low  # “即墨区……”
    return copula.end()


def _goes_on(text: str, start: int, part: Span) -> Span | None:
    """Return a part behind a semicolon that may go on with what is said before it."""
    return part if text[start - 1 : start] in ("；", ";") else None


def _clauses(text: str, start: int, end: int, unit: Span | None) -> _Readings:
    """Return the readings of one part: each clause names projects or tells of those before."""
    best: _Readings = {0: _Reading(0.0)}
    led = leading_owner(text, start, end)
    unit, start = led if led else (unit, start)
    for place, (a, b) in enumerate(parts(text, start, end, "，,")):
        low, high = trimmed(text, a, b)
        if low == high:
            continue
        again = place > 0 and is_retold(text, low, high)
        names = [] if again else named_in(text, low, high, unit)
        begun: dict[int, _Reading] = {}
        for named in names:
            # Behind a comma stands more often what is said of a project than the next one.
            guessed = place > 0 and not named.sure
            cost = named.cost + (_BEHIND_COMMA if guessed else 0.0)
            known = begun.get(len(named.items))
            if known is None or cost < known.cost:
                begun[len(named.items)] = _Reading(cost, named.items, _told(named))
        starting = _joined(best, begun, 99) if begun else {}
        remark = _remarks(text, best, (low, high), _is_headed(names)) if place else {}
        best = _cheaper(starting, remark)
    return {n: replace(r, items=_handed_on(text, r.items)) for n, r in best.items()}


def _handed_on(text: str, items: tuple[Item, ...]) -> tuple[Item, ...]:
    """Return the items, one behind what is said of another with that one's owner.

    “某局的甲，用地没有批，乙，资金没有到位；”: both are its own.
    """
    done: list[Item] = []
    for item in items:
        before = done[-1] if done else None
        if item.unit is None and before and before.unit and before.unit < before.name[0]:
            owning = text[before.unit[1] : before.name[0][0]].endswith("的")
            said = _BRACKETS.sub("", text[before.name[-1][1] : item.name[0][0]])
            handed = owning and said.strip(STOPS)
            item = replace(item, unit=before.unit) if handed else item
        done.append(item)
    return tuple(done)


def _told(named: Named) -> int:
    return len(named.items) if named.shared else 1


def _is_headed(names: Sequence[Named]) -> bool:
    """Tell whether a clause begins as one that names projects: by an owner, or all of it."""
    return any(named.sure for named in names)


def _remarks(text: str, before: _Readings, clause: Span, headed: bool) -> _Readings:
    """Return the readings that take a clause for what is said of the projects before it."""
    owner = owner_clause(text, *clause)
    found: dict[int, _Reading] = {}
    for number, reading in before.items():
        if not reading.items:
            continue
        if owner:
            # “甲、乙，由某局负责”: whose all of them are that no owner was said of.
            items = tuple(replace(i, unit=i.unit or owner.unit) for i in reading.items)
            if owner.said:
                items = _noted(items, owner.said, reading.told)
            found[number] = replace(reading, items=items)
            continue
        everyone = len(reading.items) if _ALL.match(text, *clause) else reading.told
        cost = reading.cost + (_HEADED if headed else 0.0)
        found[number] = replace(reading, cost=cost, items=_noted(reading.items, clause, everyone))
    return found


def _cheaper(one: _Readings, other: _Readings) -> _Readings:
    best = dict(one)
    for number, reading in other.items():
        if number not in best or reading.cost < best[number].cost:
            best[number] = reading
    return best
