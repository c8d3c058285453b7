"""What a document says that it lists: a count, and the stretch of text that it is said of."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from index.ledger.builder import Builder, Line
from index.ledger.counted import heading_count
from index.ledger.lists import stated_in
from index.ledger.prose import COUNTED, chinese_count, is_hedged
from index.ledger.records import Span, Words
from index.ledger.tagging.analogy import MIN_ALIKE, names_by_analogy
from index.ledger.tagging.tagger import Tag, tag
from index.records import View
from index.sentences import sentences

MAX_SAID = 3  # sentences about one thing, in its own line, before the next is named
MAX_APART = 2  # other sentences before or between the things that are listed
# “县水利局牵头5个，其中……”, “青石工业园管委会一家就牵头7个。”, “县供电公司的两个项目都……”
_OWNER_END = r"(?:局|委|办|镇|乡|街道|公司|集团|中心|管委会|专班|院|处|站)"
_OWNED = re.compile(
    rf"(?:(?:一家就?|共|总共|今年)*(?:牵头|负责|承担|承建|主抓|承办|管着?)|{_OWNER_END}的)的?(?:项目)?(?:有|共)?"
    r"(?P<number>\d+|[一二两三四五六七八九十]+)[个项](?:项目)?"
)
_OF_THINGS = "个项件"
_OF_DEEDS = re.compile(r"事(?!项)|工作|措施|要求|原则|环节|问题|百分点")  # “重点抓三件事”
_BEHIND = frozenset(("，", "。", "：", "；", "（", "）", ""))  # what ends a count of what is listed


@dataclass(frozen=True, slots=True)
class Stretch:
    """A sentence or a heading (clean span), what is tagged in it, and the count that it leads with.

    ``lead`` reaches from its beginning to the first name or owner; ``count`` is None where there is
    none, ``owned`` is how many an owner at its beginning has (“县水利局牵头5个”).
    """

    line: Line
    start: int
    end: int
    tags: tuple[Tag, ...]
    lead: Span
    count: Words | None
    owned: int | None = None


def stretches(builder: Builder, lines: Sequence[Line]) -> list[Stretch]:
    """Return the headings and the sentences of a document in order, tagged from a count on.

    What stands behind a heading before anything is counted lists nothing that a count proves.
    """
    text, found, counted = builder.view.text, list[Stretch](), False
    for line in lines:
        span = (line.start, line.end)
        counts = COUNTED.search(text, *span) or _OWNED.search(text, *span)
        counted = bool(counts) or (counted and not line.heading)
        found += _of_line(builder, line, tagged=counted)
    return found


def _of_line(builder: Builder, line: Line, *, tagged: bool) -> Iterator[Stretch]:
    text = builder.view.text
    if line.heading:
        counted = heading_count(text[line.start : line.end])
        count = None
        if counted:
            span = (line.start + counted.start("number"), line.start + counted.end("number"))
            number = counted["number"]
            count = builder.words(span, float(number)) if number.isdigit() else None
        # “卡在征迁上的5项，完成投资1.6亿元。”: in bold, and so a heading to the layout.
        count = count or _count_in(builder, (line.start, line.end))
        yield Stretch(line, line.start, line.end, (), (line.start, line.end), count)
        return
    inner = View(text[line.start : line.end], builder.view.offsets[line.start : line.end])
    found = [
        Tag(one.kind, line.start + one.start, line.start + one.end)
        for one in (tag(inner.text) if tagged else ())
    ]
    for low, high in sentences(inner):
        start, end = line.start + low, line.start + high
        tags = tuple(one for one in found if start <= one.start < end)
        first = next((one.start for one in tags if one.kind != "reason"), end)
        count = _count_in(builder, (start, first))
        owned = _OWNED.search(text, start, end)
        number = chinese_count(owned["number"]) if owned else None
        yield Stretch(line, start, end, tags, (start, first), count, number)


def _count_in(builder: Builder, lead: Span) -> Words | None:
    """Return the count that a lead-in gives, though it goes on (“……的5项，完成投资1.6亿元。”)."""
    text = builder.view.text
    if not COUNTED.search(text, *lead):
        return None
    things = [
        match
        for match in COUNTED.finditer(text, *lead)
        if match.group()[-1] in _OF_THINGS and not _OF_DEEDS.match(text, match.end())
    ]
    count = stated_in(builder, lead)
    if count and any(builder.clean(count.start) == match.start("number") for match in things):
        return count
    for match in things:
        if text[match.end() : match.end() + 1] in _BEHIND and not is_hedged(text, match):
            span = match.span("number")
            return builder.words(span, float(chinese_count(text[slice(*span)])))
    return None


def listed(found: Sequence[Stretch], place: int) -> int | None:
    """Return the position behind the stretches that hold just as many names as one counts.

    None where no stretch before the next count or heading ends so.
    """
    count = found[place].count
    if count is None or not count.value:
        return None
    names, last = 0, place
    for stop in range(place, len(found)):
        one = found[stop]
        if stop > place and (one.line.heading or one.count is not None):
            return None
        here = sum(tagged.kind == "name" for tagged in one.tags)
        apart = stop - last - 1
        if here and apart > (MAX_SAID if found[last].line is found[stop - 1].line else MAX_APART):
            return None  # the names are no list: much else is told between them
        names, last = names + here, stop if here else last
        if names >= count.value:
            return stop + 1 if names == count.value else None
    return None


def owned_listed(found: Sequence[Stretch], place: int) -> int | None:
    """Return the position behind the sentences of a line that name as many as its owner has."""
    names, line = 0, found[place].line
    if found[place].owned is None:
        return None
    for stop in range(place, len(found)):
        if found[stop].line is not line or (stop > place and found[stop].owned is not None):
            break
        names += sum(tagged.kind == "name" for tagged in found[stop].tags)
        if names == found[place].owned:
            following = found[stop + 1] if stop + 1 < len(found) else None
            if following is None or following.line is not line or following.owned is not None:
                return stop + 1
            # “县文旅局只牵头丙1个，……” goes on with another's.
            if not following.tags or following.tags[0].kind == "owner":
                return stop + 1
    return None


def completed(text: str, found: list[Stretch], place: int) -> bool:
    """Add the names that a list lacks to be as long as it says, where its other parts show them.

    Tells whether it is complete then, and changes nothing else.
    """
    count = found[place].count
    stop = place + 1
    while stop < len(found) and not (found[stop].line.heading or found[stop].count is not None):
        stop += 1
    if count is None or count.value is None or count.value < MIN_ALIKE:
        return False
    more = {at: names_by_analogy(text, found[at].tags, found[at].end) for at in range(place, stop)}
    names, last = 0, place
    for last in range(place, stop):
        names += sum(one.kind == "name" for one in (*found[last].tags, *more[last]))
        if names >= count.value:
            break
    if names != count.value:
        return False
    for at, tags in ((at, tags) for at, tags in more.items() if at <= last):
        both = sorted((*found[at].tags, *tags), key=lambda one: one.start)
        found[at] = replace(found[at], tags=tuple(both))
    return True
