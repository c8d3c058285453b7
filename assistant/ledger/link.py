"""From a question to a ``Query``: its words linked to what the ledger really holds.

Each facet takes the words that it understood out of the question. What is left
over must be held by a row or its document; if it is not, the question is not one
for the ledger.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace

from assistant.glossary import translate
from assistant.ledger import vocabulary as vocab
from assistant.ledger.deadlines import due_in
from assistant.ledger.leftover import (
    content_words,
    dates_in,
    document_says,
    documents,
    row_says,
)
from assistant.ledger.measures import limits_in, measure_spans, top_of
from assistant.ledger.query import Kind, Query
from assistant.ledger.unitnames import UnitNames
from assistant.question import Question
from index.ledger.book import Ledger
from index.ledger.names import core_name
from index.ledger.reasons import kinds_in
from index.ledger.status import status_mentions
from index.words import fold

Similar = Callable[[str, Sequence[str]], str | None]
MIN_PART = 4  # characters of a name by which it may be called

_SHARE_OF = re.compile(r"占(?P<base>[^，,。？?占]{1,16}?)的?(?=比例|比重|百分|多少|几成|率)")
_AMONG = re.compile(r"(?:类)?(?:的)?(?:项目|工程)?(?:当?中|里)(?!止)")
_TROUBLED = re.compile(
    r"(?:存在|有|填了|写了|列了|反映)(?:了|明)?(?:存在)?(?:的)?(?:问题|困难)的|哪些问题"
    r"|with problems"
)


@dataclass(slots=True)
class _Words:
    """The question's words; what a facet understood is blanked out of ``rest``.

    ``asked`` has only names, units and dates blanked: it tells the kind of question.
    """

    rest: str
    asked: str
    taken: list[str] = field(default_factory=list)

    def take(self, start: int, end: int, *, named: bool = False) -> None:
        """Blank out a span; ``named`` ones also where the kind of question is told."""
        self.taken.append(self.rest[start:end])
        blank = " " * (end - start)
        self.rest = self.rest[:start] + blank + self.rest[end:]
        if named:
            self.asked = self.asked[:start] + blank + self.asked[end:]


def read_query(question: Question, ledger: Ledger, similar: Similar) -> Query | None:
    """Return the question as a filter over the ledger, None where it is no such question.

    ``similar(words, names)`` returns the one of ``names`` that is nearest in
    meaning, None if none is near: the last resort for a unit in other words.
    """
    if not ledger.rows:
        return None
    folded = fold(question.text)
    words = _Words(folded, folded)
    units_known = UnitNames(ledger)
    # Exclusions first: “除资金原因外” must not be read as “资金原因”.
    without = _without(words, units_known)
    named = _take_names(words, ledger)
    by = next((key for key, pattern in vocab.GROUPS if pattern.search(words.rest)), None)
    units, unknown = _take_units(words, units_known, question.language, similar, bool(by))
    leaders = _take_values(words, ledger, "leader")
    due = due_in(words.rest)
    if due:
        words.take(*due.span, named=True)
    dates = _take_dates(words)
    limits = limits_in(words.rest)
    for limit in limits:
        at = words.rest.find(limit.words)
        words.take(at, at + len(limit.words))
    columns = tuple(key for key, pattern in vocab.WHAT if pattern.search(words.asked))
    _take_base(words)
    statuses, among = _take_statuses(words)
    kinds = _kinds(words.rest, by, statuses)
    measure = _take_measure(words)
    reasons = tuple(sorted(kinds_in(words.rest))) if vocab.CAUSE.search(words.asked) else ()
    top, ascending, superlative = top_of(words.asked)
    lacking = not named or (len(named) == 1 and vocab.COMPARE.search(words.asked))
    if lacking and not superlative and not vocab.LIST.search(words.asked):
        named += _take_partial(words, ledger)
    kind = _kind(words.asked, by, superlative, measure, statuses, units, named, limits)
    if kind is None or unknown or not _of_records(folded, kind, statuses, kinds, named):
        return None
    query = Query(
        kind=kind,
        language=question.language,
        statuses=statuses,
        without_statuses=without[0],
        units=units,
        without_units=without[1],
        reasons=reasons,
        without_reasons=without[2],
        kinds=kinds,
        names=named,
        limits=limits,
        leaders=leaders,
        due=due,
        troubled=bool(_TROUBLED.search(words.asked)) or bool(without[2] and not statuses),
        measure=measure,
        by=by if kind in ("rank", "group", "compare") else None,
        top=top,
        ascending=ascending,
        columns=columns,
        texts=among,
    )
    sure = bool(statuses or units or named or reasons or limits)
    left = [*dates, *content_words(_without_known(words.rest, reasons), question.language, sure)]
    return _link(query, left, ledger)


def _without(
    words: _Words, names: UnitNames
) -> tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]]:
    statuses: list[str] = []
    units: list[str] = []
    reasons: list[str] = []
    for match in list(vocab.EXCEPT.finditer(words.rest)):
        what = match["what"] or match["no"] or translate(match["en"] or "") or match["en"] or ""
        found = [key for key, _ in status_mentions(what)]
        named = names.find(what)
        kinds = [] if found or named else sorted(kinds_in(what))
        if found or named or kinds:
            words.take(*match.span())
            statuses += found
            units += named
            reasons += kinds
    return (
        tuple(dict.fromkeys(statuses)), tuple(dict.fromkeys(units)), tuple(dict.fromkeys(reasons)),
    )  # fmt: skip


def _take_names(words: _Words, ledger: Ledger) -> tuple[str, ...]:
    """Take the names of records that the question says whole, longest first."""
    found: list[str] = []
    cores = {core_name(row.record.name) for row in ledger.rows}
    for core in sorted(cores, key=len, reverse=True):
        if len(core) < 3:
            continue
        match = re.search(r"[\W_]*".join(re.escape(c) for c in core), words.rest)
        if match:
            words.take(*match.span(), named=True)
            found.append(core)
    return tuple(found)


def _take_partial(words: _Words, ledger: Ledger) -> tuple[str, ...]:
    """Take a part of a name, long and rare enough to mean one project alone."""
    cores = {core_name(row.record.name) for row in ledger.rows if row.record.kind != "unit"}
    found: list[str] = []
    for run in re.findall(r"[\u4e00-\u9fffa-z\d]{4,}", words.rest):
        best = max((_longest(run, core) for core in cores), key=len, default="")
        holders = [core for core in cores if best and best in core]
        if len(best) >= MIN_PART and len(holders) == 1:
            at = words.rest.find(best)
            words.take(at, at + len(best), named=True)
            found.append(holders[0])
    return tuple(found)


def _longest(text: str, name: str) -> str:
    """Return the longest run of characters that begins ``name`` and stands in ``text``.

    A name is cut short at its end; one that is cut at its beginning must keep most of it.
    """
    for size in range(len(name), MIN_PART - 1, -1):
        if name[:size] in text:
            return name[:size]
        if size >= 0.6 * len(name) and name[-size:] in text:
            return name[-size:]
    return ""


def _take_units(
    words: _Words, names: UnitNames, language: str, similar: Similar, grouped: bool
) -> tuple[tuple[str, ...], bool]:
    """Take the units named; tell also whether one was named that the ledger does not hold."""
    units: list[str] = []
    for start, end, found in list(names.mentions(words.rest)):
        words.take(start, end, named=True)
        units += found
    unknown = False
    if language == "en":
        for start, end, mention in list(names.english_mentions(words.rest)):
            near = None if units else similar(mention, names.all())
            if near:
                units.append(near)
            unknown |= not units
            words.take(start, end, named=True)
    elif not units and not grouped:
        unknown = names.unknown_mention(words.rest) is not None
    return tuple(dict.fromkeys(units)), unknown


def _take_values(words: _Words, ledger: Ledger, name: str) -> tuple[str, ...]:
    values = {row.text(name) for row in ledger.rows} - {None}
    found = []
    for value in sorted((str(v) for v in values), key=len, reverse=True):
        for part in re.split(r"[、，,]", re.sub(r"\s", "", fold(value))):
            at = words.rest.find(part)
            if len(part) >= 2 and at >= 0:
                words.take(at, at + len(part), named=True)
                found.append(part)
    return tuple(dict.fromkeys(found))


def _take_dates(words: _Words) -> list[str]:
    found = []
    for start, end in dates_in(words.rest):
        found.append(words.rest[start:end])
        words.take(start, end, named=True)
    return found


def _take_base(words: _Words) -> None:
    """Take what a share is asked of (“占在建项目总数的比例”): it names no status."""
    match = _SHARE_OF.search(words.rest)
    if match:
        words.take(*match.span("base"))


def _take_statuses(words: _Words) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Take the statuses named, in order; apart those that name a class (“前期项目中”)."""
    found: list[str] = []
    among: list[str] = []
    covered = 0
    mentions = status_mentions(words.rest)
    for key, (start, end) in mentions:
        if start < covered:
            continue
        if len(mentions) > 1 and _AMONG.match(words.rest, end):
            among.append(words.rest[start:end].removesuffix("项目"))
        else:
            found.append(key)
        words.take(start, end)
        covered = end
    return tuple(dict.fromkeys(found)), tuple(dict.fromkeys(among))


def _take_measure(words: _Words) -> str | None:
    measure = None
    for key, (start, end) in measure_spans(words.rest):
        measure = measure or key
        words.take(start, end)
    return measure


def _kinds(rest: str, by: str | None, statuses: tuple[str, ...]) -> tuple[str, ...]:
    found = [kind for kind, pattern in vocab.KIND_WORDS if pattern.search(rest)]
    if "unit" in found and statuses:
        found.remove("unit")  # “未开工的小区各街道有几个” groups projects
    return tuple(found)


def _kind(
    asked: str,
    by: str | None,
    superlative: bool,
    measure: str | None,
    statuses: tuple[str, ...],
    units: tuple[str, ...],
    named: tuple[str, ...],
    limits: tuple[object, ...],
) -> Kind | None:
    """Return the kind of question, None where it is none for the ledger."""
    several = len(statuses) >= 2 or len(units) >= 2 or len(named) >= 2
    if vocab.COMPARE.search(asked) and (several or (measure and units and not superlative)):
        return "compare"
    if named:
        if superlative or by == "status":
            return None
        return "why" if vocab.WHY.search(asked) and not vocab.STATUS.search(asked) else (
            "status" if vocab.STATUS.search(asked) else "value"
        )  # fmt: skip
    if superlative:
        return "rank"
    if by and not re.search(r"哪(?:个|家|些)", asked):
        return "group"
    if vocab.SHARE.search(asked) and (statuses or units) and not limits:
        return "share"
    if vocab.SUM_SURE.search(asked) and measure:
        return "sum"
    if vocab.COUNT.search(asked):
        return "count"
    if vocab.SUM.search(asked) and measure and not re.search(r"哪些|which", asked):
        return "sum"
    if vocab.LIST.search(asked) or units or statuses:
        return "list"
    return None


def _of_records(
    folded: str,
    kind: Kind,
    statuses: tuple[str, ...],
    kinds: tuple[str, ...],
    named: tuple[str, ...],
) -> bool:
    """Tell whether a question speaks of projects or the like, not of what a text says."""
    counted = vocab.COUNTED.search(folded)
    countable = counted is None or vocab.COUNTABLE.search(counted["what"] or counted["en"])
    if kind == "count" and not countable:
        return False
    return bool(named or kinds or vocab.RECORDS.search(folded)) or (
        bool(statuses)
        and kind in ("list", "count", "compare", "share", "sum", "group")
        and not vocab.WHY.search(folded)
    )


_REASON_WORDS = re.compile(
    r"资金|融资|经费|土地|用地|征地|拆迁|征迁|征收|手续|审批|规划|设计|变更|市场|投资(?:方|商"
    r"|人)|撤资|退出"
    r"|放弃|短缺|缺乏|不足|紧张|缺口|配套"
    r"|\b(?:funds?|funding|money|financ\w*|land|approvals?|permits?|planning|demolition"
    r"|relocation|resettlement"
    r"|design|investors?|market|shortage|lack)\b"
)


def _without_known(rest: str, reasons: tuple[str, ...]) -> str:
    """Return the rest without the words of grouping, of kinds, and of the reason asked for."""
    for _, pattern in (*vocab.KIND_WORDS, *vocab.GROUPS, *vocab.WHAT):
        rest = pattern.sub(" ", rest)
    return _REASON_WORDS.sub(" ", rest) if reasons else rest


def _link(query: Query, left: Sequence[str], ledger: Ledger) -> Query | None:
    """Link words that are left over to documents or rows; None where one links to nothing."""
    periods: list[str] = []
    texts = list(query.texts)
    known = documents(ledger)
    for word in left:
        if any(document_says(row, word) for row in known):
            periods.append(word)
        elif any(row_says(row, word) for row in ledger.rows):
            texts.append(word)
        else:
            return None
    return replace(query, periods=tuple(periods), texts=tuple(texts))
