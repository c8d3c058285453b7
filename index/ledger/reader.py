"""From a file's text and structure to its ledger: rosters, records, figures, findings."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence

from index.ledger.bands import read_bands
from index.ledger.breakdowns import read_breakdowns
from index.ledger.builder import Builder, Line
from index.ledger.causegroups import read_cause_groups
from index.ledger.causeheads import read_cause_heads
from index.ledger.checks import check_document, check_file
from index.ledger.clauses import read_clauses
from index.ledger.counted import read_counted
from index.ledger.countedstates import with_counted
from index.ledger.deadlines import add_due, part_duties
from index.ledger.doubted import mend_names
from index.ledger.eachagain import tell_each
from index.ledger.figures import read_figures
from index.ledger.formers import deal_out
from index.ledger.glued import part_owners
from index.ledger.inlinestates import read_inline_states
from index.ledger.itemised import read_runs
from index.ledger.labelled import read_labelled
from index.ledger.leaders import read_leaders
from index.ledger.legends import read_legends
from index.ledger.lists import read_lists
from index.ledger.merging import merge_said
from index.ledger.minuted import read_minuted
from index.ledger.narratives import read_entry_at, read_headline, read_statements
from index.ledger.openers import with_colons
from index.ledger.owneditems import read_owned_items
from index.ledger.ownstates import document_states, put_into_states, state_blocks
from index.ledger.pasted import pasted_tables
from index.ledger.reasonwords import add_likely_reasons
from index.ledger.records import FileLedger
from index.ledger.remarks import add_remarks
from index.ledger.rows import read_rows
from index.ledger.sectionstates import add_section_states
from index.ledger.segments import read_segments
from index.ledger.single import read_single
from index.ledger.statedheads import read_stated_heads
from index.ledger.tagging.reading import read_tagged
from index.ledger.unitlists import add_named_amounts, read_unit_amounts
from index.ledger.unitopenings import read_unit_openings
from index.ledger.whys import add_whys
from index.records import Block, Document, Structure

# Raised whenever records are read otherwise: files are then read anew.
READER_VERSION = "21"

# Articles of law say what is to be, and tell of no project: “建设工程竣工验收合格的，…”.
_LAW = re.compile(
    r"(?:法|法典|条例|办法|规定|细则|解释|规程|规则|准则|章程)(?:\s*[（(][^（()）]{1,12}[)）])?"
    r"(?:\s*第?[一二三四五六七八九十]*[编章]?)?(?:\s*第[一二三四五六七八九十百千零\d]+条(?:之[一二三四五六七八九十]+)?)?\s*$"
)
_NORM = re.compile(r"应当|不得|可以|有权|处[^，。]{0,12}(?:罚款|徒刑)|有下列|本[法条办规]|适用")
_REPORTS = re.compile(r"截至|完成投资|开工|项目名称")


_NOTE = re.compile(r"\s*(?:附?注|说明|填表说明|填报说明|备注)(?:释|\d)?\s*[:：.．、]")
# What web pages put around an article: lists of other articles, and where one is.
_LINKS = re.compile(
    r"\s*(?:相关|推荐|热点|热门|延伸|更多|最新|近期)(?:新闻|链接|阅读|文章|报道|资讯|信息|推荐|动态|内容|稿件)[：:]?\s*$"
)
_NAVIGATION = re.compile(
    r"\s*(?:[上下]一[篇条则][：:]|(?:当前|所在|您的?)位置[：:]|您(?:现在)?(?:的位置|所在)|(?:责任)?编辑[：:]|附件下载)"
    r"|[^。，；]{1,60}[|>＞»][^。，；]{1,20}[|>＞»][^。，；]{1,20}$"
)


def read_ledger(blocks: Sequence[Block], structure: Structure) -> FileLedger:
    """Return the records, figures and findings of a file."""
    ledger = FileLedger()
    for document in structure.documents:
        view = with_colons(structure.reading.view(document.start, document.end))
        if view.text.strip() and not _is_law(document, view.text):
            _read_document(Builder(document, blocks, structure.reading, view, ledger))
    check_file(ledger, structure, blocks)
    return ledger


def _is_law(document: Document, text: str) -> bool:
    """Tell whether a document is a law, a rule or an article of one, and reports nothing."""
    law = _LAW.search(document.title)
    if not law:
        return False
    article = "条" in law.group().removeprefix("条例")
    return article or bool(_NORM.search(text) and not _REPORTS.search(text))


def _read_document(builder: Builder) -> None:
    document = builder.document
    tables = [
        b for b in builder.blocks if b.kind == "table" and document.start <= b.start < document.end
    ]
    lines = _lines(builder, tables)
    first = len(builder.ledger.records)
    for table in tables:
        read_rows(builder, table, lines)
    pasted = list(pasted_tables(builder, lines))
    for table, _ in pasted:
        read_rows(builder, table, lines)
    taken = {place for _, places in pasted for place in places}
    lines = [line for place, line in enumerate(lines) if place not in taken]
    told = lines
    states = document_states(builder, lines, first)
    blocks = with_counted(builder, lines, states, state_blocks(builder, lines, states))
    lines = [line for line in lines if not _explains_a_table(builder, line, tables)]
    read_stated_heads(builder, lines, states)
    read_owned_items(builder, lines, states, blocks)
    read_leaders(builder, lines)
    read_counted(builder, lines)
    read_clauses(builder, lines)
    read_segments(builder, lines)
    for line in lines:
        read_minuted(builder, line)
    read_runs(builder, lines)
    for above, line in zip([None, *lines], lines, strict=False):
        words = builder.view.text[above.start : above.end] if above else ""
        if not line.heading and read_unit_amounts(builder, line, words):
            continue
        unread = not line.heading and not builder.is_used((line.start, line.end))
        if unread and not read_breakdowns(builder, line):
            read_lists(builder, line, above)
    read_inline_states(builder, lines, states)
    read_bands(builder, lines, blocks)
    read_labelled(builder, lines)
    place = 0
    while place < len(lines):
        place += _read_paragraph(builder, lines, place)
    read_tagged(builder, lines, first, states, blocks)
    add_section_states(builder, lines, first)
    mend_names(builder, first)
    part_owners(builder, first)
    deal_out(builder.ledger, first)
    tell_each(builder, first)
    merge_said(builder.ledger, first, builder.said)
    add_remarks(builder, lines, first)
    add_named_amounts(builder, lines, first)
    read_single(builder, lines, first)
    spans = [(line.start, line.end) for line in told]
    figures = read_figures(document, builder.view, spans)
    builder.ledger.figures += put_into_states(builder, states, blocks, first, figures)
    read_legends(builder, first)
    read_cause_groups(builder, told, first)
    read_cause_heads(builder, told, first)
    add_whys(builder.ledger, first)
    part_duties(builder, first)
    add_likely_reasons(builder, first)
    add_due(builder, first)
    openings = read_unit_openings(builder, told)
    builder.ledger.findings += check_document(builder, told, first, states, openings)


def _explains_a_table(builder: Builder, line: Line, tables: Sequence[Block]) -> bool:
    """Tell whether a line is the note right behind a table (“说明：阶段依次为……”).

    It says how the table is to be read, and lists nothing of its own.
    """
    if not _NOTE.match(builder.view.text, line.start, line.end):
        return False
    at = builder.view.offsets[line.start]
    ends = [table.end for table in tables if table.end <= at]
    return bool(ends) and not builder.reading.view(max(ends), at).text.strip()


def _read_paragraph(builder: Builder, lines: Sequence[Line], place: int) -> int:
    """Read what no list gave from the paragraph at ``place``; return how many lines it took."""
    line = lines[place]
    taken = read_entry_at(builder, lines, place)
    if taken:
        return taken
    following = lines[place + 1] if place + 1 < len(lines) else None
    run_in = following and "\n" not in builder.view.text[line.end : following.start]
    if line.heading and following and run_in and read_headline(builder, line, following):
        return 2
    if not line.heading:
        known = len(builder.ledger.records)
        read_statements(builder, line)
        # What a paragraph about a project demands belongs to it, and is no task of its own.
        if len(builder.ledger.records) == known:
            read_minuted(builder, line)
    return 1


def _lines(builder: Builder, tables: Sequence[Block]) -> list[Line]:
    """Return the logical paragraphs outside tables; a run-in heading is a line of its own."""
    view, document = builder.view, builder.document
    links = False
    heads = {s.start: s.heading_end for s in document.sections}
    found: list[Line] = []
    at = 0
    for line in view.text.split("\n"):
        start = at + len(line) - len(line.lstrip())
        end = at + len(line.rstrip())
        at += len(line) + 1
        if end <= start:
            continue
        low, high = view.span(start, end)
        links = bool(_LINKS.match(line)) or (links and not re.search(r"[。；，]", line))
        if links or _NAVIGATION.match(line):
            continue
        if any(t.start <= low < t.end for t in tables) or _is_title(document, low, high):
            continue
        stop = heads.get(low)
        if stop is None or stop >= high:
            found.append(Line(start, end, heading=stop is not None))
            continue
        cut = bisect_left(view.offsets, stop)
        found.append(Line(start, cut, heading=True))
        rest = cut + len(view.text[cut:end]) - len(view.text[cut:end].lstrip("。：: \u3000"))
        if rest < end:
            found.append(Line(rest, end, heading=False))
    return found


def _is_title(document: Document, start: int, end: int) -> bool:
    if document.title_start is None or document.title_end is None:
        return False
    return document.title_start <= start and end <= document.title_end
