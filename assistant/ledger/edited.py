"""A reading that someone edited: its facets, checked against the ledger, as a query again.

It comes from outside and is believed in nothing: a facet or a value that the
ledger does not hold is an error that says so, never left out in silence.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import get_args

from assistant.errors import ReadingError
from assistant.ledger.leftover import document_says, documents, row_says
from assistant.ledger.ownstates import own_key, own_names
from assistant.ledger.query import Kind, Query
from assistant.ledger.unitnames import UnitNames
from index.ledger.book import Ledger
from index.ledger.issuers import issuer_of
from index.ledger.names import core_name
from index.ledger.records import AMOUNTS, Progress, ReasonKind, RecordKind, Stage
from index.words import fold

STAGES, PROGRESSES = get_args(Stage), get_args(Progress)
GROUPS = ("unit", "reason_kind", "status", "leader", "group")
MEASURES = (*AMOUNTS, "percent")
FACETS = (
    "stage", "progress", "unit", "reason_kind", "kind", "contains", "period", "leader",
    "location", "group", "cause", "issuer", "not_status", "not_unit", "not_reason_kind", "limit",
    "name", "due", "unit_class", "state", "not_state", "group_by", "measure",
)  # fmt: skip
_SINGLE = ("group_by", "measure", "due")

Filters = Mapping[str, Sequence[str]]


def choices(ledger: Ledger) -> dict[str, list[str]]:
    """Return for each facet that can be changed the values that the ledger holds."""
    records = [row.record for row in ledger.rows]
    return {
        "stage": _held((r.stage for r in records), STAGES),
        "progress": _held((r.progress for r in records), PROGRESSES),
        "unit": sorted(UnitNames(ledger).all()),
        "reason_kind": _held((r.reason_kind for r in records), get_args(ReasonKind)),
        "kind": _held((r.kind for r in records), get_args(RecordKind)),
    }


def _held(values: Iterable[str | None], order: Sequence[str]) -> list[str]:
    have = set(values)
    return [value for value in order if value in have]


def edited_query(interpretation: Mapping[str, object], base: Query, ledger: Ledger) -> Query:
    """Return ``base`` with the facets of an edited interpretation in place of its own.

    What an interpretation does not say (columns, order, how many of a ranking) stays
    as the question was read. Bounds, deadlines and places can be kept or left out.

    Raises:
        ReadingError: a kind, facet or value is not known, or nothing narrows any more.
    """
    unknown = set(interpretation) - {"kind", "filters", "reading", "standalone"}
    if unknown:
        raise ReadingError(f"读法里有不认识的内容：{'、'.join(sorted(map(str, unknown)))}。")
    given = _filters(interpretation.get("filters"))
    kind = _kind(interpretation.get("kind"), base, given)
    for facet, values in given.items():
        _check(facet, values, base, ledger)
    own = map(own_key, given.get("state", ()))
    statuses = (*given.get("stage", ()), *given.get("progress", ()), *own)
    at = tuple(period for period in base.at if period.words in given.get("period", ()))
    spoken = {period.words for period in at}
    query = replace(
        base,
        kind=kind,
        statuses=statuses,
        both=base.both and set(statuses) == set(base.statuses),
        at=at,
        groups=given.get("group", ()),
        issuers=given.get("issuer", ()),
        without_statuses=(*given.get("not_status", ()), *map(own_key, given.get("not_state", ()))),
        units=given.get("unit", ()),
        without_units=given.get("not_unit", ()),
        unit_classes=given.get("unit_class", ()),
        reasons=given.get("reason_kind", ()),
        causes=given.get("cause", ()),
        without_reasons=given.get("not_reason_kind", ()),
        kinds=given.get("kind", ()),
        names=tuple(core_name(name) for name in given.get("name", ())),
        texts=tuple(map(fold, given.get("contains", ()))),
        periods=tuple(fold(word) for word in given.get("period", ()) if word not in spoken),
        leaders=tuple(map(fold, given.get("leader", ()))),
        locations=given.get("location", ()),
        limits=tuple(b for b in base.limits if b.words in given.get("limit", ())),
        due=base.due if given.get("due") else None,
        by=given["group_by"][0] if "group_by" in given else base.by,
        measure=given["measure"][0] if "measure" in given else base.measure,
    )
    if not (query.filtered or query.names or query.kind in ("rank", "group")):
        raise ReadingError("没有筛选条件了。请至少保留一个条件，再重新筛选。")
    return query


def _filters(given: object) -> dict[str, tuple[str, ...]]:
    """Return the facets as texts; a single value may stand for a list of one."""
    if not isinstance(given, Mapping):
        raise ReadingError("读法里没有筛选条件。请重新提问。")
    found: dict[str, tuple[str, ...]] = {}
    for facet, values in given.items():
        if facet not in FACETS:
            raise ReadingError(f"没有“{facet}”这个条件。可用的条件：{'、'.join(FACETS)}。")
        several = [values] if isinstance(values, str) else values
        if not isinstance(several, list | tuple) or not all(
            isinstance(value, str) and value for value in several
        ):
            raise ReadingError(f"条件“{facet}”的取值应是文字。")
        if several:
            found[facet] = tuple(dict.fromkeys(several))
    return found


def _kind(given: object, base: Query, filters: Filters) -> Kind:
    """Return the kind of question: as it was read, or a list where names were taken out."""
    if given != base.kind and given != "list":
        raise ReadingError(f"不能把“{base.kind}”类的提问改成“{given}”。")
    named = base.kind in ("why", "status", "value")
    if given == "list" or (named and not filters.get("name")):
        return "list"
    return base.kind


def _check(facet: str, values: Sequence[str], base: Query, ledger: Ledger) -> None:
    if facet in _SINGLE and len(values) > 1:
        raise ReadingError(f"条件“{facet}”只能有一个取值。")
    holds = _HOLDS[facet]
    wrong = [value for value in values if not holds(value, base, ledger)]
    if wrong:
        raise ReadingError(f"台账里没有“{facet}”为“{'、'.join(wrong)}”的记录，因此不能这样筛选。")


def _code(*codes: str) -> Callable[[str, Query, Ledger], bool]:
    return lambda value, base, ledger: value in codes


def _unit(value: str, base: Query, ledger: Ledger) -> bool:
    return value in base.units + base.without_units or value in UnitNames(ledger).all()


def _text(value: str, base: Query, ledger: Ledger) -> bool:
    return value in base.texts or any(row_says(row, fold(value)) for row in ledger.rows)


def _period(value: str, base: Query, ledger: Ledger) -> bool:
    if value in base.periods or value in [period.words for period in base.at]:
        return True
    return any(document_says(row, fold(value)) for row in documents(ledger))


def _leader(value: str, base: Query, ledger: Ledger) -> bool:
    return any(fold(value) in fold(row.text("leader") or "") for row in ledger.rows)


def _issuer(value: str, base: Query, ledger: Ledger) -> bool:
    return value in base.issuers or any(issuer_of(row) == value for row in documents(ledger))


def _name(value: str, base: Query, ledger: Ledger) -> bool:
    core = core_name(value)
    return any(row.core == core for row in ledger.rows)


_HOLDS: dict[str, Callable[[str, Query, Ledger], bool]] = {
    "stage": _code(*STAGES),
    "progress": _code(*PROGRESSES),
    "state": lambda value, base, ledger: value in own_names(ledger),
    "not_status": _code(*STAGES, *PROGRESSES),
    "not_state": lambda value, base, ledger: value in own_names(ledger),
    "unit": _unit,
    "not_unit": _unit,
    "unit_class": lambda value, base, ledger: value in base.unit_classes,
    "reason_kind": _code(*get_args(ReasonKind)),
    "not_reason_kind": _code(*get_args(ReasonKind)),
    "kind": _code(*get_args(RecordKind)),
    "cause": lambda value, base, ledger: value in base.causes,
    "contains": _text,
    "period": _period,
    "leader": _leader,
    "name": _name,
    "issuer": _issuer,
    "location": lambda value, base, ledger: value in base.locations,
    "group": lambda value, base, ledger: value in base.groups,
    "limit": lambda value, base, ledger: value in [b.words for b in base.limits],
    "due": lambda value, base, ledger: base.due is not None and value == base.due.words,
    "group_by": lambda value, base, ledger: base.by is not None and value in GROUPS,
    "measure": lambda value, base, ledger: base.measure is not None and value in MEASURES,
}
