"""Answers from one table: which questions it answers, and in which form."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import cast

from assistant.asof import asks_up_to
from assistant.grids.amending import amended, set_right
from assistant.grids.announced import announced_above
from assistant.grids.asking import Wish
from assistant.grids.conditions import Among, Apart, By, Filled, Named, Part
from assistant.grids.counted import answer_counts
from assistant.grids.finding import is_named, is_whole, linked_table
from assistant.grids.linked import Linked
from assistant.grids.linking import TABLES, link
from assistant.grids.otherwise import tell_otherwise
from assistant.grids.ranks import compare, rank
from assistant.grids.reading import Column, Grid, Line
from assistant.grids.rows import list_rows, tell_cells
from assistant.grids.said import normal
from assistant.grids.spoken import may_tell, stated_amounts, stated_beside
from assistant.grids.telling import field_of, head, label, names_of
from assistant.grids.totals import mean, portion, total
from assistant.ledger.asked import asked_statuses
from assistant.ledger.checking import asks_check
from assistant.mentions import asks_documents
from assistant.question import Question, understand
from assistant.records import Turn
from assistant.statements import Draft
from index.ledger.issuers import issuer_of
from index.ledger.records import FIELDS
from index.ledger.status import is_status_only
from index.library import Library
from index.words import fold
from prompts import render

_THINGS = re.compile(r"的?(?:项目|工程|事项|任务)")
_AMONG = re.compile(r"[，,；;]\s*其中(?:的)?(?=[^，,]*(?:几|多少))")
_REASONS = re.compile(r"备注|说明|原因|问题|困难")
TURNS = 4  # back that a talk about one table is followed


def answer_from_tables(question: Question, library: Library, *, sure: bool) -> Draft | None:
    """Return the answer that one table gives, None where no table alone explains the question.

    ``sure`` asks for tables only that the question names, or whose own columns it speaks of:
    their rows are meant, whatever the ledger knows of others.
    """
    if sure and (counts := answer_counts(question, library)):
        return counts
    if asks_documents(question) or asks_check(question.text):
        return None
    if sure and (both := _of_which(question, library)):
        return both
    with_them = set_right(question.text)  # “把更正算进去，……”: no words of the table
    linked = linked_table(understand(with_them) if with_them else question, library)
    if linked is None or _corrected(linked.grid, library) or not may_tell(linked, library):
        return None
    if _tells_another_thing(linked, question) or _asks_day(linked, question):
        return None
    if _holds_but_some(linked, question) or _has_none_due(linked):
        return None
    if sure and (_adds_up_some(linked, question, library) or not (
        with_them or _is_sure(linked, question, library)
    )):  # fmt: skip
        return None
    if not sure and linked.wish in ("list", "count") and not (
        _is_narrow(linked) or _is_sure(linked, question, library)
    ):  # fmt: skip
        return None
    if not (sure or with_them or linked.number() or linked.wish == "value"):
        return None  # no row of a table that nobody named: the question is about something else
    told = amended(linked, library)
    if with_them and not told:
        return None  # what is to be taken in is not known
    draft = answer_linked(linked)
    if draft is not None:
        draft.statements += told
        if linked.wish == "count" and not linked.conditions:
            above = announced_above(linked.grid, len(linked.grid.lines), library)
            draft.statements[1:1] = above
    return draft


def _of_which(question: Question, library: Library) -> Draft | None:
    """Return how many rows there are, and of these what is asked “其中”; None for others.

    The second half goes on with the conditions of the first, on the same table.
    """
    match = _AMONG.search(question.text)
    if match is None:
        return None
    whole = understand(question.text[: match.start()])
    linked = linked_table(whole, library)
    if linked is None or linked.wish != "count" or not linked.conditions:
        return None
    part = link(normal(question.text[match.end() :]), linked.grid, linked.conditions)
    if part is None or part.wish not in ("count", "sum") or not may_tell(linked, library):
        return None
    narrower = [c for c in part.conditions if c not in linked.conditions]
    kept = [c for c in linked.conditions if c in part.conditions]
    if not narrower or len(kept) < len(linked.conditions) or _corrected(linked.grid, library):
        return None
    draft, within = answer_linked(linked), answer_linked(part)
    if draft is None or within is None:
        return None
    draft.statements[1:1] = within.statements[:1]
    draft.notes += within.notes
    return draft


def answer_in_talk(question: str, history: Sequence[Turn], library: Library) -> Draft | None:
    """Return the answer to what is asked of the rows that the talk before was about.

    None where no earlier question is about one table, or this one is not about that.
    """
    for turn in reversed(history[-TURNS:]):
        before = linked_table(understand(turn.question), library)
        if before is None or not may_tell(before, library):
            continue
        linked = link(normal(question), before.grid, before.conditions)
        asks = linked and (
            linked.less or linked.share or linked.measure is not None or linked.asked
        )
        if linked is None or not asks or not before.conditions or _corrected(before.grid, library):
            return None
        return answer_linked(linked)
    return None


def answer_more_fully(question: Question, library: Library, told: Draft) -> Draft | None:
    """Return a table's list in place of one of as many rows that lacks a column asked for.

    None where the list told has what is asked for, or the table lists other than as many.
    """
    if not told.rows or asks_documents(question):
        return None
    linked = linked_table(question, library)
    if linked is None or linked.wish != "list" or _corrected(linked.grid, library):
        return None
    lines = [line for line in linked.grid.lines if all(c.holds(line) for c in linked.conditions)]
    settled = {c.column for c in linked.conditions if isinstance(c, Among)} | {linked.grid.name}
    columns = [linked.grid.column(n) for n in linked.asked if n not in settled]
    if all(values.get("reason") for values, _ in told.rows):
        # The reasons are told already; a remark, or which class they are of, tells less.
        said = fold(question.text)
        columns = [c for c in columns if fold(c.name) in said or not _REASONS.search(c.name)]
    asked = set(map(field_of, columns))
    same = {line.words.get(linked.grid.name) for line in lines} == {
        values.get("name") for values, _ in told.rows
    }
    return answer_linked(linked) if same and asked - set(told.columns or ()) else None


def answer_linked(linked: Linked) -> Draft | None:
    """Return the answer that a table gives to a question linked to it, None where it has none."""
    lines = [line for line in linked.grid.lines if all(c.holds(line) for c in linked.conditions)]
    wish = linked.wish
    if not lines:
        wish = "list"
    elif wish in ("sum", "average", "compare") and not _adds_up(linked):
        # “哪年建成” of one row is a cell; dates do not add up, and have no difference.
        wish = "value"
        lines = _of_sides(linked, lines)
        linked.asked.append(cast(int, linked.measure))
    draft = stated_amounts(linked, lines) if wish == "sum" else None
    if not lines and linked.wish == "value":
        draft = tell_otherwise(linked)
    draft = draft or _ANSWERS[wish](linked, lines)
    if draft is not None:
        if wish in ("list", "count"):
            draft.statements[1:1] = stated_beside(linked, lines)
        reading = head(linked)
        if linked.stated and linked.conditions and lines and len(lines) != linked.stated:
            said = render("table_counted", "zh", said=linked.stated, found=len(lines))
            draft.notes.append(said)
        draft.interpretation = {
            "kind": "table", "filters": {"texts": [label(linked.grid)]},
            "wish": linked.wish, **({"reading": reading} if reading else {}),
        }  # fmt: skip
    return draft


def _adds_up(linked: Linked) -> bool:
    """Tell whether what is measured are numbers, not years or dates."""
    return linked.measure is None or linked.grid.column(linked.measure).kind == "number"


def _of_sides(linked: Linked, lines: list[Line]) -> list[Line]:
    """Return the rows of the two sides that were to be compared; both are a condition again."""
    sides = linked.sides
    among = [side for side in sides if isinstance(side, Among)]
    named = [side for side in sides if isinstance(side, Named)]
    if among:
        values = frozenset().union(*(side.values for side in among))
        linked.conditions.append(Among(among[0].column, values, "、".join(sorted(values))))
    elif named:
        chosen = frozenset().union(*(side.rows for side in named))
        names = names_of(linked.grid, [line for line in lines if line.start in chosen])
        linked.conditions.append(Named(chosen, "、".join(names)))
    return [line for line in lines if not sides or any(side.holds(line) for side in sides)]


def _is_sure(linked: Linked, question: Question, library: Library) -> bool:
    """Tell whether the question names the table, or speaks of columns that only it has."""
    if (
        linked.less
        or linked.labelled
        or linked.of_classes
        or linked.wish == "average"
        or any(isinstance(c, Filled | Part) for c in linked.conditions)
        or any(c.key not in FIELDS for c in _spoken_of(linked))
    ):
        return True
    # “完工”, “的项目” are said of many things: such words of a title name no table.
    naming = [
        w
        for w in linked.titles
        if not (is_status_only(w) or _THINGS.fullmatch(w) or _of_status(w, question))
    ]
    if not naming or not is_named(linked, question, library):
        return False
    near = any(words in linked.grid.near for words in naming)
    return is_whole(linked.grid, library) or near


_BOUND = re.compile(r"[\d一二三五十百千]*[万亿]元?(?:及|（含）)?以[上下]|规模以上|规上|限上")


def _holds_but_some(linked: Linked, question: Question) -> bool:
    """Tell whether a table whose title sets a bound would be added up for all projects.

    “重点项目年度计划投资多少” is not asked of a “5000万元以上重点项目台账”.
    """
    bound = _BOUND.search(normal(label(linked.grid)))
    asks_all = linked.wish in ("sum", "average") and not linked.conditions
    return bound is not None and asks_all and not _BOUND.search(normal(question.text))


def _has_none_due(linked: Linked) -> bool:
    """Tell whether a table that nobody named has no row that is due when the question says.

    That others are, a decision or a report may say.
    """
    due = any(isinstance(condition, By) for condition in linked.conditions)
    return due and not any(map(TABLES.search, linked.titles)) and linked.number() == 0


MANY_MORE = 1.3  # times as many projects as the table has


def _adds_up_some(linked: Linked, question: Question, library: Library) -> bool:
    """Tell whether the sum of a table of some projects would be told as that of all.

    “某县和某区一共完成投资多少” is not asked of a ledger of those that are late: the documents
    of the same place know of many more projects, and neither the table nor a state is named.
    """
    grid, words = linked.grid, normal(question.text)
    if linked.wish not in ("sum", "average") or linked.titles or asked_statuses(words):
        return False
    if any(isinstance(condition, Named) for condition in linked.conditions):
        return False
    projects = [row for row in library.ledger.rows if row.record.kind == "project"]
    own = [
        row
        for row in projects
        if (row.file.id, row.record.document) == (grid.file_id, grid.document)
        and grid.start <= row.record.start < grid.end
    ]
    places = set(map(issuer_of, own))
    known = {row.core for row in projects if "" in places or issuer_of(row) in places}
    return bool(own) and len(known) > MANY_MORE * len({row.core for row in own})


_WHICH_PROJECTS = re.compile(
    r"(?:哪些|哪几个|什么|啥)(?:重点|重大)?(?:项目|工程)|(?:项目|工程)(?:都|分别|各|具体)?(?:有|是|为)?(?:哪些|哪几个|什么|啥)"
)
_NUMBER_OF_PROJECTS = re.compile(
    r"(?:项目|工程)(?:总)?(?:个?数|数量|个)|(?:项目|工程)[（(][个项][）)]"
)
_MONEY_ASKED = re.compile(
    r"(?:投资|资金|支出|金额|投入)[^，,。？?个]{0,8}?(?:多少|合计|一共|总共|共)|多少(?:投资|资金|钱)"
)


def _tells_another_thing(linked: Linked, question: Question) -> bool:
    """Tell whether a table has but numbers or classes of projects, and others are asked for.

    Numbers tell no names and no money; the class with most is not the project with most.
    """
    if linked.wish == "rank" and _RANKS_PROJECTS.search(question.text) and _is_of_classes(linked):
        return True
    told = {n for n in (*linked.asked, linked.measure) if n is not None} - {linked.grid.name}
    columns = [linked.grid.column(n) for n in told]
    counted = any(map(_counts_projects, columns))
    if not counted or not all(_counts_projects(c) or _counts_a_state(c) for c in columns):
        return False
    which = _WHICH_PROJECTS.search(question.text) and linked.wish == "value"
    return bool(which or _MONEY_ASKED.search(question.text))


_RANKS_PROJECTS = re.compile(r"(?:哪|最)[^，,。？?]{0,8}[个些](?:重点|重大)?(?:项目|工程)")
_CLASS = re.compile(r"(?:类|领域|方面|板块|行业)(?:项目)?$")


def _is_of_classes(linked: Linked) -> bool:
    """Tell whether the rows are classes of projects (“产业发展类”)."""
    names = [line.words.get(linked.grid.name, "") for line in linked.grid.lines]
    return bool(names) and all(map(_CLASS.search, names))


def _asks_day(linked: Linked, question: Question) -> bool:
    """Tell whether a question asks of a row and up to when it tells, which no cell says."""
    asked = any(asks_up_to(part) for part in re.split(r"[，,；;。？?]", question.text) if part)
    # “截至什么时候” is no day by which a row is to be done, as “截止什么时候” may be.
    told = [linked.grid.column(n) for n in linked.asked if linked.grid.column(n).kind == "date"]
    due = "截至" not in question.text or any(fold(c.name) in fold(question.text) for c in told)
    dated = bool(told) and due
    return asked and linked.wish == "value" and not dated


def _counts_projects(column: Column) -> bool:
    return not column.money and bool(
        _NUMBER_OF_PROJECTS.search(column.path)
        or (column.unit in ("个", "项") and "项目" in column.path)
    )


def _counts_a_state(column: Column) -> bool:
    """Tell whether a column of bare numbers is headed with a state (“进度滞后” beside “项目数”)."""
    return (
        column.kind == "number"
        and not (column.unit or column.money)
        and is_status_only(column.name)
    )


def _of_status(words: str, question: Question) -> bool:
    """Tell whether words that a title has, too, say where projects stand (“快于序时的项目”)."""
    asked = normal(question.text)
    at = asked.find(words)
    return at >= 0 and any(a < at + len(words) and at < b for _, (a, b) in asked_statuses(asked))


def _is_narrow(linked: Linked) -> bool:
    """Tell whether the question sets a bound, or asks for cells of the rows that it chooses.

    Where the ledger has no answer, such rows are one.
    """
    bounded = any(not isinstance(c, Among | Named) for c in linked.conditions)
    return bounded or bool(linked.conditions and set(linked.asked) - {linked.grid.name})


def _spoken_of(linked: Linked) -> list[Column]:
    """Return the columns that are filtered by or measured, but for the rows' names."""
    said = [c.other if isinstance(c, Apart) else c for c in linked.conditions]
    used = {getattr(c, "column", linked.grid.name) for c in said}
    used |= {n for n in (linked.measure, linked.by, *(linked.share or ())) if n is not None}
    return [linked.grid.column(n) for n in used - {linked.grid.name}]


def _corrected(grid: Grid, library: Library) -> bool:
    """Tell whether staff corrected a row: the ledger then says what counts."""
    ledger = library.ledger
    return bool(ledger.corrections) and any(
        row.corrections and row.file.id == grid.file_id
        and grid.start <= row.record.start < grid.end
        for row in ledger.rows
    )  # fmt: skip


_ANSWERS: dict[Wish, Callable[[Linked, Sequence[Line]], Draft | None]] = {
    "list": list_rows, "count": list_rows, "sum": total, "average": mean, "rank": rank,
    "compare": compare, "value": tell_cells, "portion": portion,
}  # fmt: skip
