"""What in the documents does not agree: asked for, or noted beside an answer that uses it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.ledger.headline import titles
from assistant.ledger.projects import Project
from assistant.ledger.query import Query
from assistant.question import Question
from assistant.statements import Draft, Source, Statement, escape
from index.ledger.book import FiledFinding, Ledger
from prompts import render

_CHECK = re.compile(
    r"(?:数|率|合计|报表|表|账|金额)[^，。？?]{0,12}(?:出错|有错|加错|写错|错没错|有没有错)|(?:数字|数据|数|账)[^，。？?]{0,10}(?:能|否)?对得?上|能对上|对得上(?:吗|么|不)|有没有(?:出|算|加|写)?错|[算加写]错|不一致|前后(?:不符|矛盾|不同)|(?:互相|自相|相互)?矛盾|对不上|不吻合|不相符|算错|(?:数字"
    r"|数据|合计|比例|统计|计算).{0,6}(?:错误|有误|出错|不对|问题)|算得对|(?:数字|数据|合计"
    r"|比例)?对不对(?=[？?]|$)|有没有算错|是否准确|准不准|核对.{0,10}(?:数字|数据|结果)"
    r"|出入(?!境)|inconsisten|contradict|discrepanc|(?:numbers?"
    r"|figures?) (?:that )?(?:do(?:es)? not|don't) (?:match|agree|add up)|add up"
)
MAX_NOTED = 3  # findings noted beside an answer


def asks_check(text: str) -> bool:
    """Tell whether a question asks for contradictions in the documents."""
    return bool(_CHECK.search(text.lower()))


def answer_check(question: Question, ledger: Ledger) -> Draft | None:
    """Return all findings, each with the places concerned; or that there are none."""
    if not ledger.files:
        return None
    found = [f for f in ledger.findings if _about(question, f)]
    draft = Draft(count=len(found), interpretation={"kind": "check", "filters": {}})
    if not found:
        lists = sum(len(file.ledger.rosters) for file in ledger.files)
        text = render(
            "ledger_consistent", question.frames, lists=lists, figures=len(ledger.figures)
        )
        if not ledger.rows:
            return None
        counted = frozenset({str(lists), str(len(ledger.figures))})
        draft.statements.append(Statement(text, tuple(titles(ledger.rows)[:5]), computed=counted))
        return draft
    text = render("ledger_findings", question.frames, count=len(found))
    draft.statements.append(Statement(text, computed=frozenset({str(len(found))})))
    several = len({(f.file.id, f.finding.document) for f in found}) > 1
    draft.statements += [finding_line(f, with_title=several) for f in found]
    draft.short = f"{len(found)}处" if question.frames == "zh" else str(len(found))
    return draft


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
