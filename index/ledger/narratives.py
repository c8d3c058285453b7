"""Entries and sentences about single projects, put into the ledger."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from index.headings import numbering_of
from index.ledger.attributes import Fields, read_attributes
from index.ledger.builder import Builder, Line
from index.ledger.context import Context, announces_list
from index.ledger.counted import heading_count
from index.ledger.edges import trimmed
from index.ledger.entries import MAX_NAME, Entry, past_label, read_entry
from index.ledger.labels import IN_TEXT
from index.ledger.names import is_generic, looks_named
from index.ledger.owners import owner_clause
from index.ledger.records import AMOUNTS, Roster, Span
from index.ledger.status import Status, is_status_only
from index.ledger.subjects import Statement, read_statement
from index.ledger.told import told_reason
from index.ledger.units import is_office, is_region
from index.records import View
from index.sentences import parts, sentences

# What a part demands is listed under it, and no project: “下步工作要求” above “（三）严管现场。”.
_DEMANDS = re.compile(
    r"^(?:下一?步|下一?阶段|下段|后段|今后)[^，。]{0,12}$|^(?:几点|有关|相关|工作)+(?:要求|打算|建议|措施)$"
)
# A paragraph behind an entry goes on with it where it has a label, or speaks of it.
GOES_ON = re.compile(
    rf"{IN_TEXT.pattern}|(?:目前|现|该项目|本项目|项目|工程|存在|主要问题|截至|计划|总投资)(?!们)"
    r"|下一?步(?!.{0,60}(?:我们|以下|各级|各部门|各单位|全[区县市]|上述|全部"
    r"|(?:县|市|区)(?:委|政府)|[两三四五六七八九十\d]+[件项个](?:项目|事项|实事|任务)))"
)
# Who signed, and the date, at the end of a document.
_SIGNATURE = re.compile(
    r"[^，。；：]{2,30}(?:局|委|办|室|办公室|政府|专班|领导小组|中心|指挥部)|(?:19|20)\d\d年\d{1,2}月\d{1,2}日"
)
# What closes minutes and reports, and belongs to none of their items.
_CLOSING = re.compile(
    r"(?:出席|列席|参会|参加|缺席|请假|主持|记录|分送|抄送|抄报|主送|印发|联系人|附件)[^，。；：:]{0,8}[：:]"
    r"|会议(?:最后)?(?:强调|要求|明确)[，,][^。]{0,30}(?:上述|以上|议定)|(?:以上|上述)(?:事项|工作|问题)"
    r"|(?!会议)[\u4e00-\u9fff]{2,3}(?:最后)?强调[，,：:]"
)
_CARD = re.compile(
    r"\s*(?:\d{1,3}[.．、]|[（(][\d一二三四五六七八九十]{1,3}[）)])?\s*(?:项目|工程|任务|事项)名称\s*[：:]\s*\S"
)
_LABELLED = re.compile(r"(?:\d{1,2}[.．、])?\s*[^，。；：:]{2,16}[：:]")
_BODY = re.compile(r"(?:镇|乡|街道|公司|集团)$")
CARD_LINES = 2  # labelled lines under a bare name that make it a card
_STILL = frozenset({"not_started", "suspended", "cancelled"})
_UNBUILT = frozenset({"preparatory", "under_construction", None})


def read_entry_at(builder: Builder, lines: Sequence[Line], place: int) -> int:
    """Read the entry that begins at a line; return how many lines it took, 0 if it is none."""
    line = lines[place]
    titled = _card_end(builder, lines, place)
    card = titled or _is_card(builder, line)
    numbered = bool(card) or line.heading or _numbering(builder, line)
    stop = titled or (_body_end(builder, lines, place) if numbered else place + 1)
    if line.heading and stop == place + 1 and not _holds_all(builder, line):
        return 0
    context = builder.context(line)
    heading = context.heading.text if context.heading else ""
    listed = announces_list(heading) or bool(context.status) or bool(titled)
    span = (line.start, lines[stop - 1].end)
    entry = read_entry(builder.view, *span, numbered=numbered, listed=listed)
    if entry is None or builder.is_used((entry.start, entry.end)):
        return 0
    name = builder.view.text[slice(*entry.name)]
    part = not entry.labelled and (not looks_named(name) or bool(_DEMANDS.search(heading)))
    if line.heading and (part or _heads_owned(name)):
        return 0  # a part of the document (“本周要情”), whatever it tells of
    _add_entry(builder, entry, context)
    return stop - place


def _heads_owned(heading: str) -> bool:
    """Tell whether a heading says whose the projects below it are (“某局（8个）”)."""
    counted = heading_count(heading)
    name = re.sub(r"[（(，,]?\s*共?$", "", heading[: counted.start()]) if counted else ""
    # “新建养老服务中心3个” is what is to be built.
    return bool(name) and (is_office(name) or is_region(name) or bool(_BODY.search(name)))


def _numbering(builder: Builder, line: Line) -> bool:
    return numbering_of(builder.view.text[line.start : line.end]) is not None


def _is_card(builder: Builder, line: Line) -> bool:
    """Tell whether a line begins a card of labelled lines (“项目名称：……”)."""
    return not line.heading and bool(_CARD.match(builder.view.text, line.start, line.end))


def _card_end(builder: Builder, lines: Sequence[Line], place: int) -> int:
    """Return the line behind the labelled lines that stand under a bare name, 0 if there are none.

    “新建公办幼儿园” above “牵头单位：县教体局”, “全年目标：6所”, “完成情况：……”.
    """
    line = lines[place]
    name = builder.view.text[line.start : line.end]
    if len(name) > MAX_NAME or re.search(r"[，。；：:]", name) or is_generic(name):
        return 0
    end = place + 1
    while end < len(lines) and _LABELLED.match(_text(builder, lines[end])):
        if _numbering(builder, lines[end]):
            return 0  # a heading above items
        end += 1
    known = [n for n in range(place + 1, end) if IN_TEXT.match(_text(builder, lines[n]))]
    return end if len(known) >= CARD_LINES else 0


def _holds_all(builder: Builder, line: Line) -> bool:
    """Tell whether a heading says all of its entry itself, in parentheses or behind a comma."""
    text = builder.view.text[line.start : line.end]
    return any(mark in text for mark in "（(，,：:")


def _body_end(builder: Builder, lines: Sequence[Line], place: int) -> int:
    """Return the line behind those that belong to the numbered line at ``place``."""
    level = _level(builder, lines[place])
    end = place + 1
    run_in = end < len(lines) and "\n" not in builder.view.text[lines[place].end : lines[end].start]
    while end < len(lines):
        other = _level(builder, lines[end])
        if _is_card(builder, lines[end]):
            break
        if _is_card(builder, lines[place]):
            if not _LABELLED.match(_text(builder, lines[end])):
                break
            end += 1
            continue
        if other is not None and (level is None or other <= level):
            break
        if other is not None:
            return place + 1  # it has numbered parts of its own
        words = _text(builder, lines[end]).strip()
        if _SIGNATURE.fullmatch(words) or _CLOSING.match(words):
            break
        alone = not lines[place].heading or (run_in and end > place + 1)
        if alone and not GOES_ON.match(_text(builder, lines[end])):
            break  # behind an item that is a paragraph only labelled lines go on with it
        end += 1
    return end


def _text(builder: Builder, line: Line) -> str:
    return builder.view.text[line.start : line.end].lstrip("*- •·　")


def _level(builder: Builder, line: Line) -> int | None:
    """Return how deep a numbered line or heading stands, None for a plain paragraph."""
    numbering = numbering_of(builder.view.text[line.start : line.end])
    if numbering:
        return 10 + numbering.level
    if line.heading:
        at = builder.view.offsets[line.start]
        section = next((s for s in builder.document.sections if s.start == at), None)
        return section.level if section else 0
    return None


def _add_entry(builder: Builder, entry: Entry, context: Context) -> None:
    view = builder.view
    fields: Fields = {"name": builder.name([entry.name]), **entry.fields}
    for name, words in (
        ("unit", context.unit),
        ("as_of", context.as_of),
        ("status_text", context.status_words),
    ):
        if words:
            fields.setdefault(name, words)
    stage = entry.status.stage or context.status.stage
    if context.status.stage == "not_started" and entry.status.stage in _UNBUILT:
        stage = "not_started"
    status = Status(stage, entry.status.progress or context.status.progress)
    span = view.span(entry.start, entry.end)
    roster = entry_roster(builder, context, span)
    builder.record(context.kind, roster, span, fields, status)
    builder.use((entry.start, entry.end))


def joined_status(one: Status, other: Status) -> Status:
    """Return the status of both: the first one's, completed by the other's."""
    return Status(one.stage or other.stage, one.progress or other.progress)


def entry_roster(builder: Builder, context: Context, span: Span) -> int:
    """Return the roster of the entries under one heading, made with the first of them."""
    rosters = builder.ledger.rosters
    for place in range(len(rosters) - 1, -1, -1):
        roster = rosters[place]
        if roster.document != builder.document.ordinal:
            break
        if (
            not roster.table
            and roster.lead is None
            and roster.announced is None
            and roster.heading == context.heading
        ):
            builder.extend(place, span[1])
            return place
    return builder.roster(
        Roster(
            builder.document.ordinal, *span, context.heading, None, context.stated, None,
            context.status.stage, context.status.progress, context.as_of,
        )
    )  # fmt: skip


def read_statements(builder: Builder, line: Line) -> None:
    """Read the sentences of a paragraph that say where named projects stand."""
    view = builder.view
    inner = View(view.text[line.start : line.end], view.offsets[line.start : line.end])
    context = builder.context(line)
    for a, b in sentences(inner):
        for span in _clauses(view.text, line.start + a, line.start + b):
            statement = read_statement(view.text, *span)
            if statement and not builder.is_used(span):
                _add_statement(builder, context, statement, span)


def read_headline(builder: Builder, line: Line, body: Line) -> bool:
    """Read a heading that itself says where a project stands: “（六）牛坪蓄水池不再实施。……”."""
    view = builder.view
    span = (past_label(view.text, line.start, line.end), line.end)
    statement = read_statement(view.text, *span)
    whole = (line.start, body.end)
    if statement is None or len(statement.names) != 1 or builder.is_used(whole):
        return False
    if not looks_named(view.text[slice(*statement.names[0])]):
        return False
    context = builder.context(line)
    fields: Fields = {"name": builder.name(statement.names)}
    fields["status_text"] = builder.words(statement.said)
    if statement.reason:
        fields["reason"] = builder.words(statement.reason)
    fields = {**read_attributes(view, body.start, body.end), **fields}
    if context.as_of:
        fields.setdefault("as_of", context.as_of)
    place = entry_roster(builder, context, view.span(*whole))
    builder.record(context.kind, place, view.span(*whole), fields, statement.status)
    builder.use(whole)
    return True


_EXAMPLE = re.compile(r"(?<=，)(?:如|比如|例如|其中|特别是)(?=[^何果此下])")


def _clauses(text: str, start: int, end: int) -> Iterator[Span]:
    """Yield the parts of a sentence that may each have a subject: between ；, from “如” on."""
    for low, high in parts(text, start, end, "；;"):
        at = low
        for match in _EXAMPLE.finditer(text, low, high):
            yield at, match.start()
            at = match.end()
        yield at, high


def _why_behind(text: str, statement: Statement) -> Span | None:
    """Return why one project is late where it stands behind its status and its owner.

    “某校迁建1个项目滞后，责任单位为县教育局，配套资金缺口4200万元，实训楼无法施工”
    """
    status = statement.status
    if status.stage not in _STILL and status.progress != "behind":
        return None
    clauses = [trimmed(text, *span) for span in parts(text, *statement.said, "，,；;")]
    if not clauses or not is_status_only(text[slice(*clauses[0])]):
        return None
    behind = clauses[1:]
    owned = bool(behind) and owner_clause(text, *behind[0]) is not None
    behind = behind[owned:]
    if not behind:
        return None
    return told_reason(text, behind[0][0], behind[-1][1], lacking=not owned)


def _add_statement(builder: Builder, context: Context, statement: Statement, span: Span) -> None:
    view = builder.view
    shared = read_attributes(view, *statement.said)
    if statement.reason:
        shared["reason"] = builder.words(statement.reason)
    if len(statement.names) == 1 and "reason" not in shared:
        why = _why_behind(view.text, statement)
        shared |= {"reason": builder.words(why)} if why else {}
    if len(statement.names) > 1:
        # A sum said of several is none of theirs.
        shared = {k: v for k, v in shared.items() if k not in (*AMOUNTS, "percent")}
    announced = None
    if statement.announced:
        announced = builder.words(statement.announced[0], float(statement.announced[1]))
    roster = builder.roster(
        Roster(
            builder.document.ordinal, *view.span(*span), context.heading, None, None, announced,
            statement.status.stage, statement.status.progress, context.as_of,
        )
    )  # fmt: skip
    builder.said.add(roster)
    for name, unit in zip(statement.names, statement.units, strict=True):
        fields: Fields = {"name": builder.name([name]), **shared}
        if unit:
            fields["unit"] = builder.words(unit)
        if context.as_of:
            fields.setdefault("as_of", context.as_of)
        if context.unit:
            fields.setdefault("unit", context.unit)
        builder.record(context.kind, roster, view.span(*span), fields, statement.status)
