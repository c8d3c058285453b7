"""What in the documents does not agree: asked for, or noted beside an answer that uses it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.ledger.checked import (
    MOST,
    Checked,
    Place,
    checked_line,
    checked_wholes,
    document_asked,
    near,
    topic_of,
)
from assistant.ledger.headed import headed_shares
from assistant.ledger.headline import titles
from assistant.ledger.projects import Project
from assistant.ledger.query import Query
from assistant.ledger.restated import restated
from assistant.question import Question
from assistant.statements import Draft, Source, Statement, escape
from index.ledger.book import FiledFinding, Ledger
from index.ledger.records import Finding
from index.library import Library
from prompts import render

_CHECK = re.compile(
    r"(?:数|率|合计|报表|表|账|金额)[^，。？?]{0,12}(?:出错|有错|加错|写错|错没错|有没有错)|(?:数字|数据|数|账)[^，。？?]{0,10}(?:能|否)?对得?上|能对上|对得上(?:吗|么|不)|有没有(?:出|算|加|写)?错|[算加写]错|不一致|(?:前后|彼此|相互|互相|口径|数字|数据)(?:是否|都|能)?一致|是否(?:前后)?一致|前后(?:不符|矛盾|不同)|(?:互相|自相|相互)?矛盾|对不上|不吻合|不相符|算错|(?:数字"
    r"|数据|合计|比例|统计|计算).{0,6}(?:错误|有误|出错|不对|问题)|算得对|(?:数字|数据|合计"
    r"|比例)?对不对(?=[？?]|$)|有没有算错|[算写加印填]得(?:不[对准]|有问题)|(?:数字|数据|数|合计|比例|百分比)(?:是否|有没有|有无)?(?:不(?:准|对头|太对)|有出入)|是否准确|准不准|核对.{0,10}(?:数字|数据|结果)"
    r"|出入(?!境)|inconsisten|contradict|discrepanc|(?:numbers?"
    r"|figures?) (?:that )?(?:do(?:es)? not|don't) (?:match|agree|add up)|add up"
)
MAX_NOTED = 3  # findings noted beside an answer


def asks_check(text: str) -> bool:
    """Tell whether a question asks for contradictions in the documents."""
    return bool(_CHECK.search(text.lower()))


def answer_check(
    question: Question, ledger: Ledger, library: Library | None = None
) -> Draft | None:
    """Return all findings, each with the places concerned; or that there are none.

    A question that names a document is answered from that one, and where it names a
    thing, with the totals of that thing beside the sum of their parts.
    """
    if not ledger.files:
        return None
    places: list[Place] = []
    if library is not None:
        places, rest = document_asked(question, library)
        topic = topic_of(rest)
        shown = checked_wholes(places, topic, library) if topic and places else []
        if topic and not places:
            shown = checked_wholes(near(question, library), topic, library, max(3, len(topic) // 2))
        if shown:
            return _of_thing(question, shown, library)
    found = [f for f in ledger.findings if _about(question, f)]
    if places:
        found = [f for f in ledger.findings if (f.file.id, f.finding.document) in places]
    if library is not None:
        found += _of_classes(found, places, ledger, library)
    draft = Draft(count=len(found), interpretation={"kind": "check", "filters": {}})
    if not found:
        return _nothing_found(draft, question, ledger, places, library)
    text = render("ledger_findings", question.frames, count=len(found))
    draft.statements.append(Statement(text, computed=frozenset({str(len(found))})))
    several = len({(f.file.id, f.finding.document) for f in found}) > 1
    for filed in found:
        draft.statements.append(finding_line(filed, with_title=several))
        if places:
            draft.statements += _said_elsewhere(filed)
    draft.short = f"{len(found)}处" if question.frames == "zh" else str(len(found))
    return draft


def _of_classes(
    found: Sequence[FiledFinding], places: Sequence[Place], ledger: Ledger, library: Library
) -> list[FiledFinding]:
    """Return what documents state of a class in two ways, those left out that are found already."""
    more: list[FiledFinding] = []
    for file in ledger.files:
        content = library.content(file.id)
        for document in content.structure.documents:
            if places and (file.id, document.ordinal) not in places:
                continue
            view = content.structure.reading.view(document.start, document.end)
            more += [
                FiledFinding(file, finding)
                for finding in (*restated(view, document), *headed_shares(view, document))
                if not any(
                    one.file.id == file.id and _covers(finding, one.finding) for one in found
                )
            ]
    return more


def _covers(finding: Finding, other: Finding) -> bool:
    """Tell whether every place of another finding is one of this one's."""
    return all(any(a <= c and d <= b for a, b in finding.spans) for c, d in other.spans)


def _of_thing(question: Question, shown: Sequence[Checked], library: Library) -> Draft:
    """Return the totals of one thing, each with the sum of its parts."""
    off = sum(checked.whole.gap > 0 for checked in shown)
    draft = Draft(count=off, interpretation={"kind": "check", "filters": {}})
    draft.statements = [checked_line(one, question.frames, library) for one in shown]
    if question.frames == "zh":
        draft.short = "对不上" if off else "对得上"
    return draft


def _nothing_found(
    draft: Draft,
    question: Question,
    ledger: Ledger,
    places: Sequence[Place],
    library: Library | None,
) -> Draft | None:
    """Return that nothing disagrees, and of what that is said: what was compared."""
    if not ledger.rows and not places:
        return None
    compared = [0, 0, 0, 0]
    for file in ledger.files:

        def here(document: int, file_id: int = file.id) -> bool:
            return not places or (file_id, document) in places

        rosters = [r for r in file.ledger.rosters if here(r.document)]
        figures = [f for f in file.ledger.figures if here(f.document)]
        compared[0] += sum(bool(r.stated or r.announced) for r in rosters)
        compared[1] += sum(len(r.totals) for r in rosters)
        compared[2] += sum(f.unit == "%" and f.base_value is not None for f in figures)
        compared[3] += len({f.sentence for f in figures if f.among})
    shown = checked_wholes(places, frozenset(), library, most=99) if places and library else []
    if places:
        compared[3] = len(shown)
    lists, sums, shares, parts = compared
    text = render(
        "ledger_consistent", question.frames,
        lists=lists, sums=sums, shares=shares, parts=parts,
    )  # fmt: skip
    rows = [r for r in ledger.rows if not places or (r.file.id, r.record.document) in places]
    sources = tuple(titles(rows)[:5])
    counted = frozenset(map(str, compared))
    draft.statements.append(Statement(text, sources, computed=counted))
    if not any(compared):
        draft.statements[0] = Statement(render("ledger_uncompared", question.frames), sources)
        draft.count = None
    if library is not None:
        draft.statements += [checked_line(one, question.frames, library) for one in shown[:MOST]]
    return draft


def _said_elsewhere(filed: FiledFinding) -> list[Statement]:
    """Return where else the document states the sum that a finding computes."""
    found = re.search(r"= ?(\d[\d,]*(?:\.\d+)?)", filed.finding.formula)
    if filed.finding.kind != "sum" or found is None:
        return []
    sum_text = found[1]
    for figure in filed.file.ledger.figures:
        same = re.match(r"\d[\d,]*(?:\.\d+)?", figure.number.text)
        if figure.document != filed.finding.document or not same or same.group() != sum_text:
            continue
        if any(a <= figure.number.start < b for a, b in filed.finding.spans):
            continue
        source = Source(filed.file.id, figure.document, *figure.sentence)
        text = f"同一文件另一处写：{escape(figure.measure)}{escape(figure.number.text)}"
        return [Statement(text, (source,), bullet=True)]
    return []


def _about(question: Question, filed: FiledFinding) -> bool:
    """Keep to the documents that the question names, if it names any."""
    title = filed.file.documents[filed.finding.document].title
    named = re.findall(r"《([^》]+)》", question.text)
    return not named or any(name in title or title in name for name in named)


def finding_line(filed: FiledFinding, *, with_title: bool = False) -> Statement:
    """Return a finding as a cited line; the figures that it computes are marked as such."""
    finding = filed.finding
    title = filed.file.documents[finding.document].title
    text = f"《{escape(title)}》：{escape(finding.text)}" if with_title else escape(finding.text)
    if finding.formula:
        text += f"（{escape(finding.formula)}）"
    places = [Source(filed.file.id, finding.document, a, b) for a, b in _clauses(filed)]
    places += [Source(file.id, article, *span) for file, article, span in filed.others]
    sources = tuple(dict.fromkeys(places))
    numbers = re.findall(r"\d[\d,]*(?:\.\d+)?\s*(?:%|[万亿]+元?|元)?", text)
    return Statement(text, sources, bullet=True, computed=frozenset(n.strip() for n in numbers))


def _clauses(filed: FiledFinding) -> list[tuple[int, int]]:
    """Return the spans of a finding, each widened to the clause of the figure in it."""
    figures = [f for f in filed.file.ledger.figures if f.document == filed.finding.document]
    found = []
    for start, end in filed.finding.spans:
        clause = next((f for f in figures if f.start <= start and end <= f.end), None)
        found.append((clause.start, clause.end) if clause else (start, end))
    return found


# Findings about what a list adds up to, and about how many it counts of all.
_OF_AMOUNTS = frozenset({"sum"})
_OF_COUNTS = frozenset({"count", "announced", "percent"})


def add_findings(draft: Draft, projects: Sequence[Project], ledger: Ledger, query: Query) -> None:
    """Note the findings that concern the lists which an answer uses, in what it uses of them."""
    amounts = bool(query.measure or query.limits)
    narrow = bool(query.units or query.leaders or query.locations or query.texts or query.reasons)
    places = {
        (row.file.id, row.record.document, min(roster.start, lead), roster.end)
        for project in projects
        for row in project.current_rows
        for roster in (row.roster,)
        for lead in (roster.lead.start if roster.lead else roster.start,)
    }
    found = [
        f
        for f in ledger.findings
        if _concerns(f, places)
        and (amounts or f.finding.kind not in _OF_AMOUNTS)
        and (not narrow or f.finding.kind not in _OF_COUNTS)
    ]
    note_findings(draft, found, query.language)


def against(sources: Sequence[Source], ledger: Ledger) -> list[FiledFinding]:
    """Return the findings about words that lie within ``sources``: figures that do not hold."""
    places = {(s.file_id, s.document, s.start, s.end) for s in sources}
    return [f for f in ledger.findings if _concerns(f, places)]


def note_findings(draft: Draft, found: Sequence[FiledFinding], language: str) -> None:
    """Add findings to an answer as cited lines, the first few of them."""
    for filed in found[:MAX_NOTED]:
        line = finding_line(filed)
        label = "注意：" if language == "zh" else "Note: "
        draft.statements.append(
            Statement(label + line.text, line.sources, bullet=True, computed=line.computed)
        )


def _concerns(filed: FiledFinding, places: set[tuple[int, int, int, int]]) -> bool:
    finding = filed.finding
    return any(
        filed.file.id == file_id and finding.document == document and low <= a and b <= high
        for file_id, document, low, high in places
        for a, b in finding.spans
    )
