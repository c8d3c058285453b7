"""Projects of one list that another document lists, too, or does not.

“今年没有开工的项目里，哪些列入了明年的计划”, “滞后的项目有几个没有被挂牌督办”: what is asked of
the ledger first, and a document that lists projects of its own.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from assistant.ledger.leftover import content_words, dates_in, document_says, documents
from assistant.ledger.projects import Project
from assistant.ledger.query import Query
from assistant.ledger.select import narrowed, select
from assistant.ledger.single import of_name
from assistant.ledger.table import add_table, columns_for, source_of
from assistant.question import Question, understand
from assistant.statements import Draft, Source, Statement, escape
from index.ledger.book import Ledger, LedgerRow
from index.words import fold
from prompts import render

MIN_LISTED = 2  # projects that a document must list
_ASKED = re.compile(
    r"(?P<what>.{2,}?(?:项目|工程|的|任务|事项))(?:当?中|里头?|里面)?(?:的)?[，,]?\s*(?:有|还有|又有)?(?:哪些|哪几个|几个|多少个?)(?:项目)?"
    r"(?:是|又|也|还|已经?|同时)*(?P<no>没有?|未|不)?(?:被)?(?:列入|列进|列在|纳入|编入|编进|写入|写进|进入|进了|出现在|在)(?:了|到)?(?P<doc>[^，,。？?]{2,40}?)"
    r"(?:里面?|中|上|当中|之中|内)?(?:了|的|了的)?[？?。\s]*$"
)
_NAMES_DOCUMENT = re.compile(r"计划|清单|名单|台账|通知|通报|方案|纪要|报告|简报|表$|目录|盘子")
_GENERAL = re.compile(r"(?:重点|重大|年度|项目|工程|建设|的|《|》|这份|那份|[省市县区])+")


@dataclass(frozen=True, slots=True)
class _Asked:
    """What a question asks: of which projects, of which document's, and whether not in it."""

    query: Query
    rows: tuple[LedgerRow, ...]
    without: bool


def answer_listed_in(
    question: Question, ledger: Ledger, read: Callable[[Question], Query | None]
) -> Draft | None:
    """Return which projects of a selection a document lists; None where it is not asked for.

    ``read`` reads a question as a query over the ledger.
    """
    asked = _asked(question, ledger, read)
    if asked is None:
        return None
    inside = {row.core for row in asked.rows}
    selected = [p for p in select(asked.query, ledger).projects if _elsewhere(p, asked.rows)]
    chosen = [p for p in selected if of_name(p.current.core, inside) is not asked.without]
    return _draft(asked, selected, chosen) if selected else None


def _asked(
    question: Question, ledger: Ledger, read: Callable[[Question], Query | None]
) -> _Asked | None:
    match = _ASKED.search(fold(question.text)) if question.language == "zh" else None
    if match is None or not _NAMES_DOCUMENT.search(match["doc"]):
        return None
    rows = _listed_by(match["doc"], ledger)
    query = read(understand(f"{match['what']}有哪些"))
    if query is None or query.kind != "list" or not query.filtered or len(rows) < MIN_LISTED:
        return None
    return _Asked(narrowed(query, language=question.frames), rows, bool(match["no"]))


def _listed_by(words: str, ledger: Ledger) -> tuple[LedgerRow, ...]:
    """Return the records of the one document that words call; nothing where two may be meant."""
    said = [words[a:b] for a, b in dates_in(words)]
    rest = words
    for date in said:
        rest = rest.replace(date, " ")
    said += [w for w in content_words(_GENERAL.sub(" ", rest), "zh", sure=True) if len(w) > 1]
    said += _NAMES_DOCUMENT.findall(rest)
    known = [row for row in documents(ledger) if all(document_says(row, word) for word in said)]
    if len(known) != 1 or not said:
        return ()
    place = (known[0].file.id, known[0].record.document)
    return tuple(r for r in ledger.rows if (r.file.id, r.record.document) == place)


def _elsewhere(project: Project, rows: Sequence[LedgerRow]) -> bool:
    """Tell whether another document than the one in question tells of a project."""
    keys = {row.key for row in rows}
    return any(row.key not in keys for row in project.rows)


def _draft(asked: _Asked, selected: Sequence[Project], chosen: Sequence[Project]) -> Draft:
    language = asked.query.language
    title = asked.rows[0].document.title
    frame = "ledger_listed_not" if asked.without else "ledger_listed_in"
    text = render(
        frame, language, reading=escape(asked.query.reading()), scope=len(selected),
        title=escape(title), count=len(chosen),
    )  # fmt: skip
    places = {row.core: source_of(row) for row in asked.rows}
    found = [_place(p, places) for p in chosen]
    sources = tuple(dict.fromkeys(source for source in found if source))
    computed = frozenset({str(len(chosen)), str(len(selected))})
    draft = Draft([Statement(text, sources, computed=computed)], count=len(chosen))
    if chosen:
        add_table(draft, chosen, columns_for(asked.query, chosen), language)
    draft.short = f"{len(chosen)}个" if language == "zh" else str(len(chosen))
    draft.interpretation = {"kind": "list", "filters": asked.query.filters()}
    return draft


def _place(project: Project, places: dict[str, Source]) -> Source | None:
    name = project.current.core
    return places.get(name) or next(
        (s for core, s in places.items() if of_name(core, {name})), None
    )
