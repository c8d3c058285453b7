"""The states that documents sort projects into by their own names, as statuses of questions.

A key “own:黄灯” stands in a query beside the keys of stage and progress. Names that say no more
than a stage or a progress (“未开工”, “滞后于序时进度”) have no such key: those are asked for in
many words, and all documents have them.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from functools import lru_cache

from index.ledger.book import FiledFigure, Ledger, LedgerRow
from index.ledger.names import core_name
from index.ledger.records import STATE, Record, Span
from index.ledger.states import MIN_STATES, bare_name
from index.ledger.status import status_of
from index.words import fold

PREFIX = "own:"
WHOLLY = 0.8  # of those with a status, the share in a state where all are sorted
_GENERAL = re.compile(
    r"开工|动工|启动|竣工|完工|建成|施工|建设|在建|停工|停建|完成|滞后|落后|超期|序时|计划|进度|按期|前期|正常|终止|取消|暂停"
)
# What makes of a state's name a question or a demand: “什么时候交付”, “要求投用”, “没有交付”.
_NO_STATE = re.compile(
    r"(?:(?:哪[天年月日]|什么时[候间]|啥时[候间]?|何时|几月|几号|多久|计划|预计|要求|打算)[^，,。？?]{0,3}"
    r"|没有?|未能?|[不非待将应须能]|(?<![委协工商学联])会)$"
)
_GOES_ON = re.compile(r"时间|日期|率|条件|手续|标准|单位|之?[前后](?!的)")
_WHETHER = re.compile(r"了?(?:没有?|吗|么)[？?。]?$")  # “验收了没有” takes nothing for granted
_SMOOTH = re.compile(r"正常|顺利|平稳|有序")
_NOT_YET = re.compile(r"^(?:尚未|未)")
# “拟调出”, “申请调出”: what is but proposed, in whichever word.
_PROPOSED = re.compile(r"^(?:拟|申请|建议|提请|计划|要求)(?=..)")
_ASKED_PROPOSED = r"(?:拟|申请|建议|提请|提出|计划|要求|打算|准备|请求|想要?)"
# “完工待验” says more than “完工”: what is done may be accepted, or not yet.
_NOT_ACCEPTED = re.compile(r"(?:待|未|没有?)(?:竣工)?验收?$")
_ASKED_NOT_ACCEPTED = (
    r"(?:(?:工程|项目)?(?:实体|主体)(?:工程)?(?:已经?|都)?)?(?:(?:做|干|建|修|搞|完)(?:完|好|成|工)|竣工|建成)了?(?:的|项目|工程)*[，,]?(?:但是?|可是?|却|而)?"
    r"(?:一直|至今|目前)?(?:(?:还|尚|仍|都)*(?:没有?|未|待|等着?|等待)(?:能|通过|办理?|组织|进行|经过?)*(?:竣工)?验收?(?:手续)?"
    r"|、?(?:竣工)?验收(?:手续)?(?:还|尚|仍|都|却)*(?:没有?|未)(?:能|办|通过|组织|进行|做)*(?:理|完)?)(?:的|过|了)*"
)
# What a list of changes calls the projects that came into the plan, or went out of it.
_MOVED = tuple(
    re.compile(pattern)
    for pattern in (
        r"(?:调入|新增|增列|增补|新列入?|新加|加|补|纳)(?:进来|进去|进)?",
        r"(?:调出|移出|退出|剔除|划出|去掉|拿掉)",
    )
)


def own_key(name: str) -> str:
    """Return the key of an own state."""
    return PREFIX + name


def is_own(status: str) -> bool:
    """Tell whether a status is a document's own state."""
    return status.startswith(PREFIX)


def own_name(status: str) -> str:
    """Return the document's own name of a status that is one."""
    return status.removeprefix(PREFIX)


def is_not_yet(status: str) -> bool:
    """Tell whether an own state says what is not done yet (“未进场”)."""
    return bool(_NOT_YET.match(own_name(status)))


def state_of(row: LedgerRow) -> str:
    """Return the name of the own state that a row is in, "" if none."""
    return name_of(row.record)


def name_of(record: Record) -> str:
    """Return the name of the own state that a record is in, "" if none, or one like ours."""
    words = record.fields.get(STATE)
    name = _folded(words.text) if words else ""
    return name if _is_askable(name) else ""


def own_names(ledger: Ledger) -> list[str]:
    """Return the names of own states that a question may ask for, longest first.

    Those of records, and those of sentences that count several states.
    """
    found = {state_of(row) for row in ledger.rows}
    sentences: dict[tuple[int, int, Span], set[str]] = defaultdict(set)
    for filed in ledger.figures:
        name = figure_state(filed)
        if name and not re.search(r"\d", name):
            place = (filed.file.id, filed.figure.document, filed.figure.sentence)
            sentences[place].add(name)
    for names in sentences.values():
        found |= names if len(names) >= MIN_STATES else set()
    return sorted(filter(_is_askable, found), key=lambda name: (-len(name), name))


def figure_state(filed: FiledFigure) -> str:
    """Return the name of the own state that a figure is said of, "" if none."""
    return _folded(filed.figure.state) if filed.figure.state else ""


@lru_cache(maxsize=1024)
def _is_askable(name: str) -> bool:
    said = status_of(name, heading=True)
    general = bool(_GENERAL.search(name) and said) and not _NOT_ACCEPTED.search(name)
    # “正常施工” is no word for all that is being built, but for what goes as it should.
    general = general and not (_SMOOTH.search(name) and said.progress is None)
    return len(name) > 1 and not general and not re.search(r"\d", name)


def own_mentions(text: str, names: Sequence[str]) -> list[tuple[str, Span]]:
    """Return the own states that a folded question speaks of, with their spans, in order."""
    found: list[tuple[str, Span]] = []
    rest = text
    for name in names:
        for match in list(_pattern(name, names).finditer(rest)):
            if not _is_asked(rest, match.span(), name):
                continue
            found.append((own_key(name), match.span()))
            rest = rest[: match.start()] + " " * len(match.group()) + rest[match.end() :]
    return sorted(found, key=lambda mention: mention[1])


def _pattern(name: str, names: Sequence[str]) -> re.Pattern[str]:
    """Return how people say a name: “没有进场”, “还没进场” for “未进场”.

    “申请调出” is “拟调出” where no other of the ``names`` is the same thing proposed.
    """
    bare = _PROPOSED.sub("", name)
    if bare != name and sum(_PROPOSED.sub("", other) == bare for other in names) == 1:
        return re.compile(rf"{_ASKED_PROPOSED}(?:从[^，,。]{{1,8}}?)?{re.escape(bare)}")
    for moved in _MOVED:  # “新加进来的” are those that the list calls “调入”
        if moved.fullmatch(name) and sum(bool(moved.fullmatch(other)) for other in names) == 1:
            return re.compile(rf"(?:{re.escape(name)}|{moved.pattern})(?=的|了|进)")
    if _NOT_ACCEPTED.search(name):
        return re.compile(rf"{re.escape(name)}|{_ASKED_NOT_ACCEPTED}")
    tail = _NOT_YET.sub("", name)
    if tail != name and len(tail) > 1:
        return re.compile(rf"(?:还没有?|没有?|尚未|还未|仍未|未){re.escape(tail)}")
    # “建议缓建的”: of what is but proposed the documents say so under that name.
    return re.compile(rf"(?:建议|提请)?{re.escape(name)}")


def _is_asked(text: str, span: Span, name: str) -> bool:
    before, behind = text[: span[0]], text[span[1] :]
    if _WHETHER.match(behind):
        return False
    return bool(_NOT_YET.match(name)) or not (_NO_STATE.search(before) or _GOES_ON.match(behind))


def telling_state(rows: Sequence[LedgerRow]) -> Iterator[LedgerRow]:
    """Yield the rows of a project, newest first, that say an own state that holds now.

    The newest of the documents that sort by the same names decides, even where it does
    not say any of them of this project.
    """
    own = {state_of(row) for row in rows} - {""}
    decided: set[str] = set()
    last: tuple[int, int] | None = None
    for row in rows:
        place = (row.file.id, row.record.document)
        names = _sorting(row)
        if place != last and names & decided:
            continue
        if state_of(row):
            yield row
        said = _folded(row.text("status_text") or "")
        # A newer paper may say it again of the project, though it sorts by other names.
        if names and (state_of(row) or said not in own):
            decided |= names
            last = place


def _sorting(row: LedgerRow) -> set[str]:
    """Return the names of all own states that a row's document sorts its records into."""
    return {_folded(text) for text in row.file.state_names.get(row.record.document, ())}


def wholly_sorted(rows: Sequence[LedgerRow]) -> frozenset[tuple[int, int]]:
    """Return the documents (file, ordinal) all of whose projects are read in their states.

    In each of the states that one sentence counts there are just as many records, and few others
    have a status: a sentence may leave out a state or two.
    """
    found: set[tuple[int, int]] = set()
    for file in {row.file.id: row.file for row in rows}.values():
        named = {  # a list and a sentence may name one project twice
            (record.document, _folded(words.text), core_name(record.name))
            for record in file.ledger.records
            if (words := record.fields.get(STATE))
        }
        have = Counter((document, name) for document, name, _ in named)
        sorted_in = Counter(document for document, _, _ in named)
        stood = {
            (record.document, core_name(record.name))
            for record in file.ledger.records
            if record.stage or record.progress
        }
        standing = Counter(document for document, _ in stood)
        counted: dict[tuple[int, Span], dict[str, int]] = defaultdict(dict)
        for figure in file.ledger.figures:
            if figure.state and figure.unit in "个项件":
                told = counted[figure.document, figure.sentence]
                told.setdefault(_folded(figure.state), int(figure.value))
        for (document, _), numbers in counted.items():
            whole = all(have[document, name] == number for name, number in numbers.items())
            most = sorted_in[document] >= WHOLLY * standing[document]
            if len(numbers) >= MIN_STATES and whole and most:
                found.add((file.id, document))
    return frozenset(found)


@lru_cache(maxsize=1024)
def _folded(text: str) -> str:
    return fold(bare_name(text))
