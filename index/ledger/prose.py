"""Enumerations in prose: “区建设局的A、B；开发区的C（资金困难）” read into items.

All spans here are offsets into a View's clean text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from index.ledger.names import is_generic, is_phase, looks_named, shared_head
from index.ledger.records import Span
from index.ledger.units import are_units, can_own, is_region, is_strong_unit, is_unit
from index.ledger.wording import first_word
from index.sentences import parts

MIN_OWNED = 3  # segments that each end in a unit in brackets
_NUMERALS = "一二两三四五六七八九十百"
_COUNT = rf"(?:\d+|[{_NUMERALS}]+)"
_KINDS = r"(?:个|项|件|条|家|处|座|所)"
COUNTED = re.compile(
    rf"(?<![\d.．第])(?P<number>{_COUNT})\s*(?:多|余)?{_KINDS}(?!月|百分点|小时|工作日|环节|方面"
    rf"|阶段|季度)"
)
_HEDGE_BEFORE = re.compile(r"(?:约|近|超过?|不足|逾|至少|将近|不少于|多达)\s*$")
_HEDGE_AFTER = re.compile(r"左右|以上|以内")
# “市水利局有A、B；县林业局有C”: whose those behind it are, where no number is given.
HAS = (
    r"(?<![没还只所])有(?![\d一二两三四五六七八九十几多]+[个项件处座家条宗]"
    r"|[些关色轨序害偿效的]|机(?![场电械关])|线(?!路)|限公司|没|无|待|可能"
    r"|望(?:[年在于按今明本\d]|提前|如期|完成|实现))"
)
_HEADS = (
    re.compile(
        r"(?:其中)?[，,]?(?:由|属于?)?(?P<unit>[^，、；：。的]{2,24}?)(?:负责|牵头|承建|承办"
        r"|主管|承担|组织|主抓|包抓|抓|引进|实施|承接|投资|建设|推进)(?:组织|具体)?(?:实施|建设|推进|负责)?的(?:项目)?(?:有"
        r"|是|为|包括)?[：:]?"
    ),
    re.compile(
        rf"(?P<unit>[^，、；：。]{{2,26}}?)(?:负责|牵头|承担|承建"
        rf"|实施)?(?:的)?(?:项目)?(?:[（(]?(?:共|计"
        rf"|有)?{_COUNT}{_KINDS}(?:项目)?[）)]?)?(?:[，,]?(?:分别|主要)?(?:是|为|有|包括))?[：:]"
    ),
    re.compile(r"(?P<unit>[^、，；：。（）()“”《》]{2,20}?)的(?=[^、，；：。]{2})"),
    re.compile(
        rf"(?P<unit>[^，、；：。（）()]{{2,20}}?)(?:负责|牵头|承担|实施)?(?:的)?(?:项目)?(?:有"
        rf"|共)?{_COUNT}{_KINDS}(?:项目)?(?:[，,]?(?:分别|主要)?(?:是|为|有|包括|即)[：:]?|[，,])"
    ),
    re.compile(rf"(?P<unit>[^，、；：。（）()]{{2,20}}?){HAS}(?=[^、，；：。]{{3}})"),
)
_OWNING = re.compile(r"牵头|负责|主管|承担|承建|承办|主抓")
_NO_OWNER = re.compile(r"项目|工程|[“”（）()]|^(?:各|有关|相关|其他|并|且|已|将|要)")
_LABEL = re.compile(
    r"\s*(?:[（(]?\d{1,3}[）)]|\d{1,3}[.．、](?!\d)|[①-⑳]|[（(][一二三四五六七八九十]{1,3}[）)])\s*"
)
_ET_CETERA = re.compile(
    rf"(?:等|共|共计|这)(?P<count>{_COUNT})(?P<more>余"
    rf"|多)?{_KINDS}(?P<what>[^，。；、（）]{{0,16}}?)(?=[，,。；;（(]|$)|等(?P<bare>(?:子?项目"
    rf"|工程|任务|事项)?)(?=[，,。；;]|$)"
)
# “区发改委的意见还没有下来” behind a name tells of it, though a unit heads the clause.
_PREDICATE = re.compile(r"(?:还|尚|仍)(?:没有|未|没|在)|没有(?:下来|批|完成|落实)")
# “A（区交通局）——手续未办结”: what is said of A.
_WRAPPED = re.compile(r"\s*[〔［](?P<inside>[^〔〕［］]+)[〕］]\s*[。；;]?\s*")
_DASH = re.compile(r"——|－－|--")
_ONE_IS = re.compile(r"(?:另外?|还有)?一个(?:项目)?(?:是|为)")
_ALL = re.compile(
    r"^[，,]?(?:均|都|皆|上述|以上|全部)|^(?:两|三|四|五|六|七|八|九|\d+)个(?:项目)?(?:均|都)"
)
# What in parentheses belongs to a name: a phase, a lot, a stretch, a letter.
_PART_OF_NAME = re.compile(
    r"^(?:第?[一二三四五六七八九十\d]+[期标段批#号]+(?:工程|项目)?"
    r"|[^，；。]{1,12}(?:段|[\dA-Z一二三四五六七八九十]标|线|路|[\d一二三四五六七八九十]期"
    r"|片区?|标段|地块|校区|厂区|院区|[至—\-~－][^，；。]{1,12})|原[^，；。]{1,16}"
    r"|[A-Za-z\d一二三四五六七八九十东西南北中]{1,2}(?:区|座|栋|幢|楼|号楼|地块)"
    r"|暂?(?:定名|名)|[A-Za-z0-9\-]{1,8}|[东西南北中]+[区段线环路侧]?"
    r"|[A-Za-z\d一二三四甲乙丙丁]{1,3}[型类级]|续建|新建|扩建|改建|技改|[^，；。]{1,6}站"
    r"|(?:19|20)\d\d年度?(?:第?[一二三四五\d]?批次?)?)$"
)
# What else a thing is called, in brackets: a housing estate's, a park's or a brand's name.
_SECOND_NAME = re.compile(
    r"[^，。；：、（）()\d]{1,10}(?:家园|花园|[佳名]?苑|雅[居苑]|新[村居城]|小区|[豪嘉华]庭|公馆|府|里|湾|[壹一]号院|书院"
    r"|广场|公园|乐园|基地|中心|小镇|社区|片区|大厦|产业园|园区?)"
)
_SAYING = re.compile(r"未|不|无|缺|正在|待|受|因|^含|停")
_JOINED = re.compile(r"以及|及其|和|(?<![惠普涉危])及|与|暨")
_NUMBER_WORD = r"第?[一二三四五六七八九十\d]+"
_NUMBERED = re.compile(
    rf"(?P<head>.*?)(?P<number>{_NUMBER_WORD})(?P<kind>期|标段|标|号|#|区|段|栋|幢)"
)
_NUMBER_AND_TAIL = re.compile(
    rf"{_NUMBER_WORD}(?P<kind>期|标段|标|号|#|区|段|栋|幢)(?P<tail>[^\d、，（(]{{2,}})?"
)
_FULL_NAME = re.compile(r"(?:项目|工程)$")


@dataclass(frozen=True, slots=True)
class Item:
    """One listed thing: where its name, its unit and what is said of it stand.

    ``name`` has two spans where the head is shared (“X一期、二期”); ``notes`` are
    what stands in parentheses or in a clause behind it, ``group`` is its
    class, ``cause`` what its head says of why it is late.
    """

    start: int
    end: int
    name: tuple[Span, ...]
    unit: Span | None = None
    notes: tuple[Span, ...] = ()
    group: Span | None = None
    cause: Span | None = None


@dataclass(frozen=True, slots=True)
class Listing:
    """The items behind a lead-in, and what “等N个” says of their number."""

    items: tuple[Item, ...]
    announced: Span | None = None
    number: int | None = None


def read_listing(text: str, start: int, end: int, stated: int | None = None) -> Listing:
    """Return the items of ``text[start:end]``, the part of a list behind its lead-in.

    ``stated`` is the source's own count: where names hold 、 or 和 it decides
    between readings, never more than that.
    """
    if wrapped := _WRAPPED.fullmatch(text, start, end):
        start, end = wrapped.span("inside")
    segments = [span for span in parts(text, start, end, "；;") if text[slice(*span)].strip()]
    trusted = _weak_heads_trusted(text, segments)
    items: list[Item] = []
    announced: Span | None = None
    number: int | None = None
    read: list[list[Item]] = []
    for low, high in segments:
        stop, announced_here = _without_et_cetera(text, low, high)
        if announced_here:
            announced, number = announced_here
        read.append(_segment(text, low, stop, trusted))
    for found in _owned_by_last(text, read):
        owner = items[-1].unit if items else None
        # A segment without an owner goes on with that of the one before it.
        items += [replace(i, unit=owner) if i.unit is None else i for i in found]
    items = _carry_heads(text, items)
    if stated is not None:
        items = _reconciled(text, items, stated)
    else:
        items = [piece for item in items for piece in _split_joined(text, item)]
    return Listing(tuple(items), announced, number)


def _owned_by_last(text: str, segments: list[list[Item]]) -> list[list[Item]]:
    """Return the items of segments, all of one with the unit in brackets behind its last.

    “A、B（甲局）；C、D（乙局）；E（丙局）”: no other name has brackets, so they are said of all.
    """
    ends = [items[-1] for items in segments if items]
    before = [item for items in segments for item in items[:-1]]
    told = any(item.notes or item.unit for item in before) or len(ends) < MIN_OWNED
    if told or not before or not all(_bracketed_unit(text, item) for item in ends):
        return segments
    return [[replace(i, unit=items[-1].notes[0]) for i in items[:-1]] + items[-1:]
            for items in segments if items]  # fmt: skip


def _bracketed_unit(text: str, item: Item) -> bool:
    return (
        len(item.notes) == 1 and item.unit is None and is_strong_unit(text[slice(*item.notes[0])])
    )


def is_hedged(text: str, counted: re.Match[str]) -> bool:
    """Tell whether a count (a match of ``COUNTED``) is only about so many (“10余个”, “约4个”)."""
    return bool(
        re.search(r"多|余", counted.group())
        or _HEDGE_BEFORE.search(text, max(0, counted.start() - 4), counted.start())
        or _HEDGE_AFTER.match(text, counted.end())
    )


def chinese_count(numeral: str) -> int:
    """Return the value of a count in digits or Chinese numerals up to the hundreds."""
    if numeral.isdigit():
        return int(numeral)
    digits = {c: n for n, c in enumerate("零一二三四五六七八九")} | {"两": 2}
    total, digit = 0, 0
    for c in numeral:
        if c in "十百":
            total += (digit or 1) * (10 if c == "十" else 100)
            digit = 0
        else:
            digit = digits[c]
    return total + digit


def _weak_heads_trusted(text: str, segments: Sequence[Span]) -> bool:
    """Tell whether “X的” heads a segment as a rule here, so that any X is a unit."""
    headed = sum(bool(_HEADS[2].match(text, *_unlabelled(text, span))) for span in segments)
    known = sum(
        bool(m and is_unit(m["unit"]))
        for span in segments
        if (m := _HEADS[2].match(text, *_unlabelled(text, span)))
    )
    return headed >= max(2, 0.6 * len(segments)) and known >= max(1, 0.4 * headed)


def _unlabelled(text: str, span: Span) -> Span:
    low, high = span
    while low < high and text[low] in " \t\u3000\n":
        low += 1
    label = _LABEL.match(text, low, high)
    return (label.end() if label else low), high


def _head(text: str, start: int, end: int, trusted: bool) -> tuple[Span, int] | None:
    """Return the unit that the words at ``start`` name as owner, and where its items begin."""
    for rank, pattern in enumerate(_HEADS):
        match = pattern.match(text, start, end)
        if not match or match.end() >= end:
            continue
        words = match["unit"].strip()
        # “由石堰县牵头的”: the verb makes any short words an owner.
        verb = _OWNING.search(text, match.end("unit"), match.end())
        owner = rank == 0 and verb is not None and not _NO_OWNER.search(words)
        sure = (
            owner
            or is_strong_unit(words)
            or (rank in (0, 1, 3) and (is_unit(words) or are_units(words)))
            # “东湾区2个：”, “东湾区的”: a county owns what is listed under its name.
            or (rank != 0 and is_region(words))
        )
        if sure or (rank == 2 and (trusted or is_unit(words))):
            return match.span("unit"), match.end()
    return None


def owner_at(text: str, start: int, end: int, *, colon: bool = False) -> bool:
    """Tell whether an owner's head (“县住建局负责的”) stands at ``start``.

    With ``colon`` only one that ends in a colon counts (“县住建局：”).
    """
    head = _head(text, start, end, trusted=False)
    return head is not None and (not colon or text[head[1] - 1] in "：:")


def first_holder(text: str, start: int, end: int) -> int | None:
    """Return where the first clause begins that says who has what follows (“区住建局有”)."""
    for low, _ in parts(text, start, end, "，,；;"):
        holder = _HEADS[-1].match(text, low, end)
        if holder and (is_strong_unit(holder["unit"]) or is_region(holder["unit"])):
            return low
    return None


def read_item(text: str, start: int, end: int) -> Item | None:
    """Return the thing that ``text[start:end]`` names, what stands in brackets behind it apart."""
    return _item(text, start, end, None)


def read_single(text: str, start: int, end: int) -> Item | None:
    """Return the one thing that ``text[start:end]`` names, with the clauses behind as notes."""
    items: list[Item] = []
    for place, (a, b) in enumerate(_comma_pieces(text, start, end)):
        if place:
            _note_on(text, items, (a, b))
        elif item := _item(text, a, b, None):
            items.append(item)
    return items[0] if items else None


def _segment(text: str, start: int, end: int, trusted: bool) -> list[Item]:
    """Read one segment: heads may change inside it, a clause may close it."""
    low, high = _unlabelled(text, (start, end))
    while high > low and text[high - 1] in "。！？.；; \n":
        high -= 1
    unit: Span | None = None
    if head := _head(text, low, high, trusted):
        unit, low = head
    items: list[Item] = []
    for piece in _joint_pieces(text, parts(text, low, high, "、")):
        for place, (a, b) in enumerate(_comma_pieces(text, *piece)):
            a, b = _unlabelled(text, (a, b))
            if (items or place) and (head := _head(text, a, b, trusted=False)):
                unit, a = head
            named = looks_named(_bare(text, a, b))
            goes_on = bool(items) and not (named or head) and _is_told(text, items[-1], a)
            if goes_on or (place and not named and (not head or _PREDICATE.search(text, a, b))):
                _note_on(text, items, (a, b))
                continue
            head = None
            item = _item(text, a, b, unit)
            if item:
                items.append(item)
    return _spread_notes(text, items)


def _is_told(text: str, item: Item, at: int) -> bool:
    """Tell whether what stands at ``at`` is still within what a dash says of an item.

    “A——2号、5号楼不能开工”: 、 parts words of the note, where the next piece is no name.
    """
    if not item.notes or not _DASH.search(text, item.name[-1][1], item.notes[-1][0]):
        return False
    return text[item.notes[-1][1] : at].strip() == "、"


def _joint_pieces(text: str, pieces: Iterator[Span]) -> Iterator[Span]:
    """Part “区教育局的A和云台街道的B” where the second owner begins."""
    for start, end in pieces:
        at = start
        for match in _JOINED.finditer(text, start, end):
            if match.start() > at + 2 and _head(text, match.end(), end, trusted=False):
                yield at, match.start()
                at = match.end()
        yield at, end


def _bare(text: str, start: int, end: int) -> str:
    return re.sub(r"[（(].*$", "", text[start:end]).strip()


def _comma_pieces(text: str, start: int, end: int) -> Iterator[Span]:
    yield from parts(text, start, end, "，,")


def _note_on(text: str, items: list[Item], clause: Span) -> None:
    """Take a clause behind names as said of them: of the last, or of all with “均”."""
    if not items:
        return
    targets = range(len(items)) if _ALL.match(text[slice(*clause)]) else [len(items) - 1]
    for n in targets:
        notes = items[n].notes
        joined = notes and clause[0] - notes[-1][1] <= 1
        merged = (*notes[:-1], (notes[-1][0], clause[1])) if joined else (*notes, clause)
        items[n] = replace(
            items[n],
            notes=merged,
            end=max(items[n].end, clause[1]) if n == len(items) - 1 else items[n].end,
        )


def _item(text: str, start: int, end: int, unit: Span | None) -> Item | None:
    start = _past_joint(text, start, end)
    while end > start and text[end - 1] in " \t\u3000\n，,。":
        end -= 1
    if start >= end:
        return None
    notes: list[Span] = []
    name_end = end
    if dash := _DASH.search(text, start, end):
        before = text[start : dash.start()]
        if before.count("（") == before.count("）") and dash.start() > start:
            notes, name_end = [(dash.end(), end)], dash.start()
    while (opened := _opening(text, start, _without_noun(text, start, name_end))) is not None:
        inside = (opened + 1, _without_noun(text, start, name_end) - 1)
        words = text[slice(*inside)]
        if opened <= start or is_part_of_name(words) or (notes and _is_second_name(words)):
            break
        notes.insert(0, inside)
        name_end = opened
    return Item(start, end, ((start, name_end),), unit, tuple(notes))


def _is_second_name(words: str) -> bool:
    """Tell whether a bracket before the one that says something but names the thing again.

    “安置房（锦绣家园）（尚有11户未签）”, not “泵站（区水利局）（汛后开工）”.
    """
    return bool(_SECOND_NAME.fullmatch(words)) and not (can_own(words) or _SAYING.search(words))


def is_part_of_name(words: str) -> bool:
    """Tell whether words in brackets belong to the name before them: a phase, a stretch."""
    return bool(_PART_OF_NAME.match(words) and not _SAYING.search(words))


def _past_joint(text: str, start: int, end: int) -> int:
    """Return where a name begins behind a word for “and” (“和” of “和平路” is its own)."""
    while start < end and text[start] in " \t\u3000\n，,":
        start += 1
    if one := _ONE_IS.match(text, start, end):
        return one.end()
    if text.startswith(("以及", "还有"), start):
        return start + 2
    if text[start : start + 1] not in ("和", "及"):
        return start
    return start if len(first_word(text[start : min(end, start + 12)])) > 1 else start + 1


def _without_noun(text: str, start: int, end: int) -> int:
    """Return where a name ends without “项目” (“A（资金困难）项目” is A)."""
    for noun in ("项目", "工程"):
        if text.endswith(noun, start, end) and text[end - 3 : end - 2] in "）)":
            return end - len(noun)
    return end


def _opening(text: str, start: int, end: int) -> int | None:
    """Return where the parenthesis that closes at ``end`` opens, None if none does."""
    if end <= start or text[end - 1] not in "）)":
        return None
    depth = 0
    for place in range(end - 1, start - 1, -1):
        if text[place] in "）)":
            depth += 1
        elif text[place] in "（(":
            depth -= 1
            if depth == 0:
                return place
    return None


def _spread_notes(text: str, items: list[Item]) -> list[Item]:
    """Give a note that speaks of all (“均因资金困难”) to all items of its segment."""
    shared = [note for item in items[-1:] for note in item.notes if _ALL.match(text[slice(*note)])]
    if not shared:
        return items
    return [
        item if item is items[-1] else replace(item, notes=(*item.notes, *shared)) for item in items
    ]


def _without_et_cetera(text: str, start: int, end: int) -> tuple[int, tuple[Span, int] | None]:
    """Return where the names end before “等N个项目”, and that number."""
    found = None
    for match in _ET_CETERA.finditer(text, start, end):
        depth = text.count("（", start, match.start()) - text.count("）", start, match.start())
        if depth <= 0 and match.start() > start:
            found = match
            break
    if found is None:
        return end, None
    if found["count"] and not found["more"]:
        return found.start(), (found.span("count"), chinese_count(found["count"]))
    return found.start(), None


def _carry_heads(text: str, items: list[Item]) -> list[Item]:
    """Complete a bare phase with the head that it shares with the item before it."""
    done: list[Item] = []
    for item in _carry_tails(text, items):
        words = text[slice(*item.name[0])]
        before = text[slice(*done[-1].name[0])] if done else ""
        head = shared_head(before) if is_phase(words) else ""
        if head:
            at = done[-1].name[0][0]
            item = replace(item, name=((at, at + len(head)), *item.name), start=min(item.start, at))
        done.append(item)
    return done


def _carry_tails(text: str, items: list[Item]) -> list[Item]:
    """Complete “X1号、2号厂房”: both have the head, and what follows the number."""
    done = list(items)
    for n in range(len(items) - 2, -1, -1):
        first, second = items[n], done[n + 1]
        if len(first.name) > 1 or first.notes or first.unit != second.unit:
            continue
        head = _NUMBERED.fullmatch(text[slice(*first.name[0])])
        low, high = items[n + 1].name[0]
        label = _NUMBER_AND_TAIL.fullmatch(text[low:high])
        if head is None or label is None or head["kind"] != label["kind"]:
            continue
        tail = (low + label.start("tail"), high) if label["tail"] else second.name[-1]
        if not label["tail"] and len(second.name) < 2:
            continue
        at = first.name[0][0]
        done[n] = replace(first, name=(first.name[0], tail))
        if head["head"]:
            for later in range(n + 1, len(items)):
                if not _NUMBER_AND_TAIL.fullmatch(text[slice(*items[later].name[0])]):
                    break
                bare = tuple(span for span in done[later].name if span[0] > at)
                done[later] = replace(
                    done[later], name=((at, at + len(head["head"])), *bare), start=at
                )
                if items[later].name[0][1] == tail[1]:
                    break
    return done


def _split_joined(text: str, item: Item) -> list[Item]:
    """Split “A工程和B工程” where both sides are full names."""
    start, end = item.name[0]
    if len(item.name) > 1:
        return [item]
    for match in _JOINED.finditer(text, start, end):
        left, right = text[start : match.start()], text[match.end() : end]
        if _FULL_NAME.search(left) and looks_named(left) and looks_named(right):
            return _cut(item, match.start(), match.end())
    return [item]


def _cut(item: Item, left_end: int, right_start: int) -> list[Item]:
    start, end = item.name[0]
    first = replace(item, end=left_end, name=((start, left_end),), notes=())
    second = replace(item, start=right_start, name=((right_start, end),))
    return [first, second]


def _reconciled(text: str, items: list[Item], stated: int) -> list[Item]:
    """Choose among the readings of names with 和 or 、 the one that the stated count bears out."""
    if len(items) < stated:
        return _split_to(text, items, stated)
    if len(items) > stated:
        return _joined_to(text, items, stated)
    return items


def _split_to(text: str, items: list[Item], stated: int) -> list[Item]:
    missing = stated - len(items)
    cuts: list[tuple[int, int, int]] = []
    for n, item in enumerate(items):
        start, end = item.name[0]
        for match in _JOINED.finditer(text, start, end):
            left, right = text[start : match.start()], text[match.end() : end]
            if len(left) >= 3 and looks_named(right) and not is_generic(left):
                full = _FULL_NAME.search(left) and _FULL_NAME.search(right)
                rank = 0 if full else 1 if looks_named(left) else 2
                cuts.append((rank, n, match.start()))
    cuts.sort()
    if len(cuts) < missing or (len(cuts) > missing and cuts[missing - 1][0] == cuts[missing][0]):
        return (
            [piece for item in items for piece in _split_joined(text, item)] if not cuts else items
        )
    chosen = {n: at for _, n, at in cuts[:missing]}
    if len(chosen) != missing:
        return items
    result: list[Item] = []
    for n, item in enumerate(items):
        if n in chosen:
            joint = _JOINED.match(text, chosen[n])
            result += _cut(item, chosen[n], joint.end() if joint else chosen[n] + 1)
        else:
            result.append(item)
    return result


def _joined_to(text: str, items: list[Item], stated: int) -> list[Item]:
    surplus = len(items) - stated
    phases = [n for n, item in enumerate(items[1:]) if len(item.name) > 1]
    if len(phases) == surplus:
        return _merged(items, phases)
    short = [
        n
        for n, item in enumerate(items[:-1])
        if len(item.name) == 1
        and not item.notes
        and item.unit == items[n + 1].unit
        and item.name[0][1] - item.name[0][0] <= 4
        and not looks_named(text[slice(*item.name[0])])
        and items[n + 1].name[0][0] - item.name[0][1] <= 2
    ]
    return _merged(items, short) if len(short) == surplus else items


def _merged(items: list[Item], joined: Sequence[int]) -> list[Item]:
    """Join each item at ``joined`` with the one behind it."""
    result: list[Item] = []
    pending: int | None = None
    for n, item in enumerate(items):
        start = pending if pending is not None else item.name[0][0]
        if n in joined:
            pending = start
            continue
        name = ((start, item.name[-1][1]),) if pending is not None else item.name
        result.append(replace(item, start=min(start, item.start), name=name))
        pending = None
    return result
