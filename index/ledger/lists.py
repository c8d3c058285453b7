"""Paragraphs that list records: “未开工项目13个，分别是：区建设局的A（资金困难）……”."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from index.ledger.attributes import Fields, as_of_in, read_attributes
from index.ledger.builder import Builder, Line
from index.ledger.context import Context, announces_list, is_plan, kind_of
from index.ledger.labels import IN_TEXT
from index.ledger.names import clean_name, is_generic, is_phase, is_sentence, looks_named
from index.ledger.notes import note_fields
from index.ledger.prose import (
    COUNTED,
    Item,
    Listing,
    chinese_count,
    first_holder,
    is_hedged,
    read_listing,
)
from index.ledger.reasons import reason_kind
from index.ledger.records import CAUSE, LATE_STAGES, NOTE, Roster, Span, Words
from index.ledger.status import Status, is_status_only, past_class, status_of
from index.ledger.subjects import read_statement
from index.ledger.tails import JUDGED, TailList, status_clause, tail_list
from index.ledger.units import are_units, is_office, is_region
from index.records import View
from index.sentences import parts, sentences

MAX_LEAD = 160  # characters
MAX_SPEAKER = 1  # characters before a colon that say but who speaks
MAX_ONE = 60  # characters of a paragraph that but names one thing
MIN_KNOWN = 4  # characters of a name that is told of again
MIN_REASON = 4  # characters; “受资金影响” is kept whole
_LEAD_END = re.compile(
    r"(?:分别|具体|依次|主要|包括|如下|名单|清单|有|是|为|即|其中)?[是为有]?(?:以下"
    r"|如下)?[：:](?=.)"
    r"|(?<=】)\s*(?=[^，。；【]{2,60}[、；（(]|[^，。；【]{3,40}$)"
    r"|(?<=[个项件家处])[，,]?(?:为|是|即)(?=[^，。；是为]{4,60}[（(])"
    r"|(?<=[个项件家处])[，,]?即(?=[^，。；是为]{3,40}[。；]?$)"
    r"|(?:分别|依次|具体)(?:是|为)(?=[^，。；]{2,60}[、；的（(])|(?:主要)?(?:包括|涉及"
    r"|(?<!没)(?<!所)有(?!关|\d+个[^，。；、：:]{2,12}[：:]"
    # “有3个受用地、征迁影响，分别是……”: the list stands behind.
    r"|\d+[个项件][^。；]{2,40}?[，,](?:分别|依次|具体)(?:是|为)))(?=[^，。；]{2,60}、)"
)
# “大家建议：”, “会议强调：”: what follows is said or demanded, and lists no projects.
_DEMANDS = re.compile(r"(?:建议|要求|强调|指出|提出|认为|希望|表示)[：:]$")
_SHARE = re.compile(r"占[^，。；]*|仅?前期(?:工作)?(?:费用|完成投资|投资|投入)[^，。；]*")
_CAPTION = re.compile(r"[^，。；：:、]{2,30}")
_CLAUSE = re.compile(r"[^，。；：:]+")
_COUNT_CONTEXT = re.compile(
    r"[^，。；]{0,12}(?:项目|工程|任务|事项|实事|未|已|分别|具体|赶|完成|停工|竣工|[，,]?(?:占"
    r"|分别|包括|即|是|为)|$|[：:（(])"
)
_NO_NAME = re.compile(
    r"^\d+[户栋幢套台亩]$|^(?:分别|本[镇乡县区市]|该[镇乡县区])|^(?:“[^”]+”)+(?:分别)?(?:是指|指|表示|代表|即)|^第*\d+[期号]$|[。：:]|(?:个|项)(?:重点)?(?:项目|工程|任务)?(?:当)?中$|^(?:[一二三四五六七八九](?:是|要)|要|必须|进一步|原计划|已经?(?!建)|截至|截止|目前|主要"
    r"|计划(?!生育)|完工|开工|其中|各有关|有关|区级有关)|(?:有关部门|相关单位|有关单位)$"
    r"|(?:各|就|共|中|只|仍|尚|还)有$|的[^的]{2,14}(?:公司|局|委|办|街道|镇|乡|管委会)$|各(?:发|给|记|奖|罚)|\d+(?:个|项|家|件|处|次|起|条|人|[万]?方|吨|份|亿元|万元|％|%)$|(?:项目|工程)\d+"
)
_COUNT_IN_LEAD = re.compile(r"(?:\d+|[一二两三四五六七八九十]+)\s*[个项件]")
_LISTED_NOUN = re.compile(r"(?:项目|工程|任务|事项|小区|片区)(?:有|共|为)?$")
_CAUSE = re.compile(
    r"(?:因为?|由于|受|鉴于)(?P<why>[^，。；]{2,40}?)(?:等?(?:的)?(?:影响|制约|限制|原因))?[，,]"
)
_MARKS = " \t\u3000【】*•·●◆■▪□○◇▲△▶➢"
_LABEL_MARKS = re.compile(
    r"[（(].*?[）)]|共?\s*[\d一二三四五六七八九十]+(?:个|项|家|处)|[【】：:\s]"
)
# “县交通局3个：”: how many an owner has.
_OWN_COUNT = re.compile(r"(?:有|共|计)?(?:\d+|[一二两三四五六七八九十]+)[个项件]$")
# “报批手续慢，涉及6个项目”: a cause and how many it keeps, listed as classes are.
_KEEPS = re.compile(
    r"(?:共|分别|主要)?(?:涉及|影响|制约|卡住)(?:了)?\d+[个项](?:项目|工程)?(?=[，。；、]|$)"
)
_SHARED = ("deadline", "reason")
# “拟调出”, “申请退出”: what is said of each beside it is why.
_LEAVES = re.compile(r"[调退移剔][出除]")


def read_lists(builder: Builder, line: Line, above: Line | None = None) -> bool:
    """Read the lists of a paragraph; tell whether there were any.

    ``above`` is the line before it: a caption that says a status leads in.
    """
    view = builder.view
    inner = View(view.text[line.start : line.end], view.offsets[line.start : line.end])
    context = builder.context(line)
    spans = [
        part
        for a, b in sentences(inner)
        for part in _counted_parts(view.text, line.start + a, line.start + b)
    ]
    caption = (above.start, above.end) if above and is_caption(builder, above) else None
    found, before = False, None
    for span in spans:
        if caption and before is None and _is_bare_list(view.text[slice(*span)]):
            found |= _read_list(builder, context, caption, span, alone=True, caption=True)
            before = span
            continue
        alone = len(spans) == 1 or _owners_count(view.text[slice(*span)])
        found |= _read_list(builder, context, before, span, alone=alone)
        before = span
    return found


def _counted_parts(text: str, start: int, end: int) -> Iterator[Span]:
    """Yield a sentence, or its parts where each gives a state and a number of its own.

    “未开工的2个，分别是甲、乙；停工的3个，分别是丙、丁、戊。”: two lists, not one of five.
    """
    begin, led = start, False
    for low, high in parts(text, start, end, "；;"):
        lead_end = _lead_end(text, low, high)
        own = lead_end is not None and _COUNT_IN_LEAD.search(text, low, lead_end)
        counted = bool(own and status_of(text[low : own.start()], heading=True))
        if counted and led:
            yield begin, low
            begin = low
        led = led or counted
    yield begin, end


def _owners_count(sentence: str) -> bool:
    """Tell whether each part of a sentence says how many its owner has (“县交通局3个：……”)."""
    heads = [part.partition("：")[0] for part in sentence.split("；")]
    bare = [_OWN_COUNT.sub("", head) for head in heads]
    counted = all(one != head for one, head in zip(bare, heads, strict=True))
    return len(heads) > 1 and counted and all(are_units(b) or is_region(b) for b in bare)


def _read_list(
    builder: Builder,
    context: Context,
    before: Span | None,
    span: Span,
    *,
    alone: bool,
    caption: bool = False,
) -> bool:
    text = builder.view.text
    tail = tail_list(text, *span)
    if tail is not None:
        return _read_tail(builder, context, tail)
    lead_end = _lead_end(text, *span)
    lead, said = None, ""
    if caption and lead_end is None:
        lead = before
        said = text[slice(*lead)] if lead else ""
    elif lead_end is not None:
        lead = (span[0], lead_end)
        # “这些项目分别是” says little without the sentence before it.
        said = text[slice(*lead)]
        little = not own_status(said) and not COUNTED.search(said)
        if before and little and lead_end - before[0] <= 2 * MAX_LEAD:
            lead = (before[0], lead_end)
        said = text[slice(*lead)]
    elif not (_is_bare(text[slice(*span)], context) and _heads(context, alone)):
        return False
    if _DEMANDS.search(said) or is_plan(said.rstrip("：:")):
        return False
    own = own_status(said)
    counted = stated_in(builder, lead) if lead else None
    status = own
    if not own or not agrees(own, context.status):
        # A lead-in may say the progress alone where the heading says the stage.
        status = Status(own.stage or context.status.stage, own.progress or context.status.progress)
    heading = context.heading.text if context.heading else ""
    announced = announces_list(said) and counted is not None
    if not status and not announced and not (context.stated and announces_list(heading)):
        return False
    stated = counted or (context.stated if not own or agrees(own, context.status) else None)
    number = int(stated.value) if stated and stated.value else None
    listing = read_listing(text, lead_end or span[0], span[1], number)
    if number is None and listing.number and len(listing.items) < listing.number:
        # “等7个” settles how “A和B” is to be read, where it fits exactly.
        fitted = read_listing(text, lead_end or span[0], span[1], listing.number)
        listing = fitted if len(fitted.items) == listing.number else listing
    items = tuple(item for item in listing.items if is_item(text, item))
    if listing.items and is_sentence("".join(text[a:b] for a, b in listing.items[0].name)):
        return False  # “有3个是在地勘、鉴定环节……”: parts of a sentence
    if number and 2 * max(len(items), 1) < min(number, len(listing.items)):
        return False  # most of what the sentence counts is no name: “甲：……；乙：……”
    if any(_KEEPS.match(text, *note) for item in listing.items for note in item.notes):
        return False  # causes, each with the number of the projects that it keeps
    if (
        not _is_list(items, number)
        or not _is_parted(text[lead_end or span[0] : span[1]], items)
        or not _of_things(items, said, heading)
    ):
        return False
    if not (status and (lead or alone)) and not _near(len(items), number):
        return False
    named = [_under_known_name(builder, item) for item in items]
    told = None not in named and tuple(item for item in named if item)
    listing = replace(listing, items=told or items)
    _add(builder, context, (own, status), lead, None if told else stated, listing, span)
    if told:
        builder.said.add(builder.ledger.records[-1].roster)
    return True


def _under_known_name(builder: Builder, item: Item) -> Item | None:
    """Return an item under the name of a project listed before that its words begin with.

    “甲路的占补指标仍差31亩；乙院周转金到账后，……”: more of 甲路 and 乙院, no other projects.
    """
    text = builder.view.text
    (start, end), *more = item.name
    name, own = text[start:end], builder.document.ordinal
    if more or looks_named(name):
        return None
    known = (r.name for r in builder.ledger.records if r.document == own)
    begun = (k for k in known if len(k) >= MIN_KNOWN and name.startswith(k))
    best = max(begun, key=len, default="")
    low = start + len(best)
    if not best or is_phase(text[low : low + 2]):
        return None
    low += text.startswith("的", low)
    notes = item.notes
    joined = bool(notes) and notes[0][0] - end <= 1
    if low < end:
        notes = ((low, notes[0][1] if joined else end), *notes[joined:])
    return replace(item, name=((start, start + len(best)),), notes=notes)


def is_caption(builder: Builder, line: Line) -> bool:
    """Tell whether a short line without stops says the status of what stands below it."""
    words = builder.view.text[line.start : line.end].strip()
    return not line.heading and bool(_CAPTION.fullmatch(words) and own_status(words))


def _heads(context: Context, alone: bool) -> bool:
    """Tell whether a heading says the status of a bare list below it, and that it is one."""
    counted = context.stated is not None
    return bool(context.status) and context.section and (alone or counted)


def _read_tail(builder: Builder, context: Context, tail: TailList) -> bool:
    """Read “县住建局负责的A、B，县交通局负责的C等16个项目已竣工”."""
    text = builder.view.text
    listing = read_listing(text, *tail.items, tail.number)
    items = tuple(item for item in listing.items if is_item(text, item))
    if not items or (len(items) < len(listing.items) and len(items) != tail.number):
        return False
    tail = replace(tail, said=_without_others(text, tail.said))
    status = status_of(text[slice(*tail.said)])
    # “13个在建项目达到节点要求” says both; a heading that agrees may say the stage.
    opening = max(tail.opening, text.rfind("；", tail.opening, tail.items[0]) + 1)
    for said in (text[tail.count[1] : tail.said[0]], text[opening : tail.items[0]]):
        status = _joined(status, status_of(said, heading=True))
    if not status.stage and status.progress == context.status.progress:
        status = _joined(status, context.status)
    judged = not status and bool(JUDGED.search(text, *tail.said))
    if judged:
        status = context.status  # “其中A、B、C3个项目整改不力”: of those that the heading tells of
    shared = read_attributes(builder.view, *tail.said)
    cause = _CAUSE.search(text, tail.opening, tail.items[0])
    if cause:
        short = cause.end("why") - cause.start("why") < MIN_REASON
        shared["reason"] = builder.words(
            (cause.start(), cause.end() - 1) if short else cause.span("why")
        )
    announced = builder.words(tail.count, float(tail.number)) if tail.number else None
    words = builder.words(status_clause(text, *tail.said))
    if judged and context.status_words:  # “滞后”, and what is said of these besides
        above = context.status_words
        words = Words(f"{above.text}；{words.text}", (*above.spans, *words.spans))
    as_of = as_of_in(builder.view, tail.opening, tail.items[0]) or context.as_of
    span = (tail.items[0], tail.said[1])
    roster = builder.roster(
        Roster(
            builder.document.ordinal, *builder.view.span(*span), context.heading, None, None,
            announced, status.stage, status.progress, as_of,
        )
    )  # fmt: skip
    for item in items:
        add_item(builder, item, roster, context, status, words, as_of)
        record = builder.ledger.records[-1]
        record.fields.update(
            {k: w for k, w in shared.items() if k in _SHARED and k not in record.fields}
        )
        if "reason" in shared and record.reason_kind is None:
            kind = reason_kind(record.fields["reason"].text)
            builder.ledger.records[-1] = replace(record, reason_kind=kind)
    builder.use(span)
    return True


def _without_others(text: str, said: Span) -> Span:
    """Return a predicate up to the clause that tells of other projects (“，丙因协议未签而滞后”)."""
    for place, (start, end) in enumerate(parts(text, *said, "，,")):
        other = read_statement(text, start, said[1]) if place else None
        if other and other.names[0][0] == start < end:
            return said[0], start - 1
    return said


def _joined(one: Status, other: Status) -> Status:
    """Return the status of both: the first one's, completed by the other's."""
    return Status(one.stage or other.stage, one.progress or other.progress)


def own_status(said: str) -> Status:
    """Return the status that a lead-in gives what it lists: its last clauses count most."""
    # “占在建项目总数的16.8％” says nothing of where these stand.
    bare = _SHARE.sub("", said.rstrip("：:"))
    return status_of(bare.rsplit("。", 1)[-1], heading=True) or status_of(bare, heading=True)


def _lead_end(text: str, low: int, high: int) -> int | None:
    """Return where the lead-in of a list ends, None where the sentence has none."""
    for match in _LEAD_END.finditer(text, low, high):
        if match.start() - low > MAX_LEAD:
            return None
        before = text[low : match.start()]
        if is_label(text, low, match.end()):
            return None
        if len(match.group()) == 1 and match.start() - low <= MAX_SPEAKER:
            continue  # “答：”
        if before.count("（") > before.count("）") or before.count("“") > before.count("”"):
            continue
        # “县交通局：A、B”: the words before the colon are an owner, not a lead-in.
        owner = re.sub(r"[（(].*?[）)]|负责|牵头|^.*[，。]", "", text[low : match.start()])
        owner = _OWN_COUNT.sub("", owner)
        if len(match.group()) == 1 and (are_units(owner) or is_region(owner)):
            return None
        holder = first_holder(text, low, match.end() + 1) if "有" in match.group() else None
        if holder is not None:  # “其中，区住建局有A；县林业局有B、C”: the owner is no lead-in
            return holder if holder > low else None
        return match.end()
    return None


def is_label(text: str, low: int, end: int) -> bool:
    """Tell whether the colon that ends at ``end`` belongs to a label (“存在问题：”)."""
    return any(m.end() >= end > m.start() for m in IN_TEXT.finditer(text, low, end + 1))


def _is_bare(words: str, context: Context) -> bool:
    """Tell whether a sentence is but a list, or the one thing that its heading counts."""
    one = context.stated is not None and context.stated.value == 1
    return _is_bare_list(words) or (
        one and len(words) <= MAX_ONE and "，" not in words and not status_of(words)
    )


def _is_bare_list(words: str) -> bool:
    """Tell whether a sentence is but a list, with no verb of its own outside parentheses."""
    bare = re.sub(r"[（(][^（）()]*[）)]", "", words)
    opening = re.match(r"(?:截至|截止|目前|今年|全[区市县])", bare)
    return bool(re.search(r"[、；]", bare)) and not opening and not status_of(bare)


def is_item(text: str, item: Item) -> bool:
    """Tell whether a listed thing can be one: a name, not a clause or a count."""
    name = clean_name("".join(text[a:b] for a, b in item.name))
    generic = (is_generic(name) and not item.notes) or is_status_only(name)
    return 2 <= len(name) <= 60 and not (generic or _NO_NAME.search(name) or is_office(name))


def _is_list(items: Sequence[Item], stated: int | None) -> bool:
    return len(items) >= 2 or (
        len(items) == 1 and (stated == 1 or bool(items[0].unit or items[0].notes))
    )


def _is_parted(words: str, items: Sequence[Item]) -> bool:
    """Tell whether 、 or ；part the items, or an owner heads them: commas alone make clauses."""
    bare = re.sub(r"[（(][^（）()]*[）)]|“[^“”]*”", "", words)
    owned = any(item.unit for item in items) or all(item.notes for item in items)
    return len(items) == 1 or bool(re.search(r"[、；]", bare)) or owned


def _near(listed: int, stated: int | None) -> bool:
    """Tell whether a list without any status holds about as many items as it says."""
    return stated is not None and abs(listed - stated) <= stated // 5


def _of_things(items: Sequence[Item], said: str, heading: str) -> bool:
    """Tell whether what is listed has a status: projects or tasks, or things with owners."""
    labelled = any(_is_status_label(words) for words in (said, heading))
    return (
        announces_list(said)
        or announces_list(heading)
        or labelled
        or any(item.unit for item in items)
    )


def _is_status_label(words: str) -> bool:
    """Tell whether words say but a status, with or without a count (“【在建】”, “已竣工3个”)."""
    bare = _LABEL_MARKS.sub("", words)
    return bool(bare) and is_status_only(bare)


_BESIDES = re.compile(r"除(?:了|去)?[^，。；]{0,8}$")
# “慢于节点的11个项目中，有3个受征迁影响”: the list is of the 3.
_AMONG = re.compile(r"其中|(?:项目|工程|任务|事项)(?:当)?[中里][，,]?")
_OUTSIDE = re.compile(r"[^，。；]{0,12}?(?:之|以)?外")


def stated_in(builder: Builder, lead: Span) -> Words | None:
    """Return the count that a lead-in gives: the first one of its last sentence with one."""
    text = builder.view.text
    best: tuple[int, re.Match[str]] | None = None
    for match in COUNTED.finditer(text, lead[0] + past_class(text[slice(*lead)]), lead[1]):
        after = text[match.end() : min(lead[1], match.end() + 24)]
        if _BESIDES.search(text, lead[0], match.start()) and _OUTSIDE.match(after):
            continue  # “除上述68个重点项目外，5个储备项目……”: the list is of the others
        named = _LISTED_NOUN.search(text[lead[0] : match.start()])
        if named or _COUNT_CONTEXT.match(after):
            sentence = text.rfind("。", lead[0], match.start())
            among = best is not None and _AMONG.search(text, best[1].end(), match.start())
            if best is None or sentence > best[0] or among:
                best = (sentence, match)
    if best is None or is_hedged(text, best[1]):
        return None
    span = best[1].span("number")
    return builder.words(span, float(chinese_count(text[slice(*span)])))


def _add(
    builder: Builder,
    context: Context,
    statuses: tuple[Status, Status],
    lead: Span | None,
    stated: Words | None,
    listing: Listing,
    span: Span,
) -> None:
    own, status = statuses
    announced = None
    if listing.announced and listing.number is not None:
        announced = builder.words(listing.announced, float(listing.number))
    as_of = (as_of_in(builder.view, *lead) if lead else None) or context.as_of
    words = context.status_words
    if lead and own and not agrees(own, context.status):
        words = status_words_in(builder, lead)
    lead_words = None
    if lead:
        lead_words = Words(
            builder.view.text[slice(*lead)].rstrip("：:"), (builder.view.span(*lead),)
        )
    roster = builder.roster(
        Roster(
            builder.document.ordinal, *builder.view.span(*span), context.heading, lead_words,
            stated, announced, status.stage, status.progress, as_of,
        )
    )  # fmt: skip
    for item in listing.items:
        add_item(builder, item, roster, context, status, words, as_of)
    builder.use(span)


def agrees(own: Status, above: Status) -> bool:
    """Tell whether a heading says the same status as the lead-in, so that its words serve."""
    return bool(above) and (own.stage, own.progress) == (above.stage, above.progress)


def status_words_in(builder: Builder, lead: Span) -> Words | None:
    """Return the clause of the lead-in that says the status."""
    text = builder.view.text
    for match in _CLAUSE.finditer(text, lead[0] + past_class(text[slice(*lead)]), lead[1]):
        if status_of(match.group(), heading=True):
            words = match.group()
            start = match.start() + len(words) - len(words.lstrip(_MARKS))
            return builder.words((start, start + len(words.strip(_MARKS))))
    return None


def add_item(
    builder: Builder,
    item: Item,
    roster: int,
    context: Context,
    status: Status,
    words: Words | None,
    as_of: Words | None,
) -> None:
    """Put one listed thing into a roster, with what its notes say of it."""
    fields: Fields = {"name": builder.name(item.name)}
    if item.unit:
        fields["unit"] = builder.words(item.unit)
    elif context.unit:
        fields["unit"] = context.unit
    if item.group:
        fields["group"] = builder.words(item.group)
    if item.cause:
        fields[CAUSE] = builder.words(item.cause)
    above = context.status_words
    late = status.stage in LATE_STAGES or status.progress == "behind"
    late = late or bool(above and _LEAVES.search(above.text))
    own = Status()
    for note in item.notes:
        extra, said = note_fields(builder.view, *note, late=late)
        if not extra:
            fields.setdefault(NOTE, builder.words(note))
        own = own or (said if "reason" not in extra or "status_text" in extra else Status())
        fields = extra | fields
    if words:
        fields.setdefault("status_text", words)
    if as_of:
        fields.setdefault("as_of", as_of)
    kind = kind_of(fields["group"].text) if "group" in fields else "project"
    builder.record(
        context.kind if kind == "project" else kind, roster,
        builder.view.span(item.start, item.end), fields,
        Status(status.stage or own.stage, status.progress or own.progress),
    )  # fmt: skip
