"""Questions about documents' own states: the records tell them where they have all of a state.

A table may hold but some of the projects that a report sorts, in a column of the same names.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from assistant.ledger.answer import answer_query
from assistant.ledger.asked import meets
from assistant.ledger.breakdown import answer_breakdown
from assistant.ledger.checking import asks_check
from assistant.ledger.headline import stated_alone, stated_counts
from assistant.ledger.link import read_query
from assistant.ledger.ownstates import is_own, own_mentions, own_names
from assistant.ledger.planshares import share_of_plan
from assistant.ledger.projects import Project
from assistant.ledger.query import Query
from assistant.ledger.select import held_by, own_states, select
from assistant.ledger.single import projects_named
from assistant.question import Question
from assistant.statements import Draft
from index.ledger.book import Ledger
from index.words import fold

# Words that name a table: its rows are meant, whatever the reports list.
_OF_TABLE = re.compile(r"台账|(?:进度|明细|汇总|统计|附|总)表|清单|表(?:格|[中里内上])|附件")
_SET_RIGHT = re.compile(r"更正|订正|勘误|修正|核减")
Similar = Callable[[str, Sequence[str]], str | None]


def read_of_states(question: Question, ledger: Ledger, similar: Similar) -> Query | None:
    """Return the query of a question about own states, None where it is none or names a table."""
    text = fold(question.text)
    if (
        asks_check(text)
        or _SET_RIGHT.search(text)
        or _OF_TABLE.search(text)
        or not own_mentions(text, own_names(ledger))
    ):
        return None
    query = read_query(question, ledger, similar)
    own = query is not None and any(map(is_own, (*query.statuses, *query.without_statuses)))
    return query if own else None


def answer_of_states(query: Query, ledger: Ledger) -> Draft | None:
    """Return the answer on own states that the records of a report tell whole, else None."""
    if query.limits or query.extra or query.kind in ("change", "value"):
        return None
    if query.names:
        return answer_query(query, ledger) if _supposes_another(query, ledger) else None
    if query.measure:
        told = share_of_plan(query, ledger) or answer_breakdown(query, ledger)
        return answer_query(query, ledger) if told else None
    if not (_is_whole(query, ledger) or answer_breakdown(query, ledger)):
        return None
    draft = answer_query(query, ledger)
    found = draft is not None and (draft.rows or draft.count or not query.texts)
    return draft if found else None


def _supposes_another(query: Query, ledger: Ledger) -> bool:
    """Tell whether all projects named are in another own state than a question supposes."""
    projects = projects_named(query, ledger)
    return query.kind in ("why", "status") and bool(projects) and all(
        own_states(p) and not meets(held_by(p), query.statuses) for p in projects
    )  # fmt: skip


def _is_whole(query: Query, ledger: Ledger) -> bool:
    """Tell whether the records in the own states asked for are as many as their document says."""
    for status in filter(is_own, (*query.statuses, *query.without_statuses)):
        stated = stated_counts(_alone(query, status), _projects(query, status, ledger))
        if not stated or any(one.count != one.listed for one in stated):
            return False
    return True


def _alone(query: Query, status: str) -> Query:
    return Query("list", query.language, (status,), at=query.at, periods=query.periods)


def _projects(query: Query, status: str, ledger: Ledger) -> tuple[Project, ...]:
    return select(_alone(query, status), ledger).projects


def only_statuses(query: Query) -> bool:
    """Tell whether a query narrows by nothing but one status and the time of reports."""
    other = (
        query.units or query.groups or query.names or query.limits or query.texts or query.extra
        or query.reasons or query.leaders or query.locations or query.trades or query.due
        or query.without_statuses or query.without_units or query.without_reasons or query.change
        or query.periods or query.both
    )  # fmt: skip
    return len(query.statuses) == 1 and not other


def lacks_some(told: Draft, query: Query, ledger: Ledger) -> bool:
    """Tell whether a table's answer is made of fewer rows than are known to be in the states."""
    if not stated_alone(query) or query.names or query.limits or query.both or not told.rows:
        return False
    if query.kind not in ("list", "count", "sum", "share"):
        return False
    if query.kind in ("list", "count") and not all(map(is_own, query.statuses)):
        return False
    known = 0
    for status in query.statuses:
        projects = _projects(query, status, ledger)
        stated = stated_counts(_alone(query, status), projects)
        known += max([len(projects), *(one.count for one in stated)])
    return len(told.rows) < known
