"""The states that a document sorts its projects into, whatever an office calls them.

“交付的16个，占25.8％；扫尾的9个，……；欠账的10个，……”: one sentence (or one line each, or a table)
that gives every state with its number takes all projects apart; so do headings that count, and a
column of few short values. One known state among them makes the others' names states, too. What
stands in brackets, behind a colon or in a definition (“‘欠账’指已施工但落后于……”) tells what an
office's own name means. All spans are offsets into a View's clean text.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import chain
from typing import TypeVar

from index.ledger.prose import chinese_count
from index.ledger.records import Span
from index.ledger.statewords import is_no_state, likely_status
from index.ledger.status import Status, status_of

T = TypeVar("T")
MOSTLY = 2 / 3  # of the names, that must look like states where none is known
MIN_STATES = 3  # that one sentence counts
MAX_NAME = 8  # characters
MAX_SAID = 16  # characters of a state that stands behind its number, as in a sentence
MAX_APART = 60  # characters of shares and amounts between one count and the next
_NUMBER = r"(?P<number>\d+|[一二两三四五六七八九十]+)"
_OPEN = r"[“\"「『【〔\[]?"
_CLOSE = r"[”\"」』】〕\]]?"
# “（比序时计划低5个百分点以上）” defines a state; “（12个）” and “（占24%）” only count it.
_MEANING = r"(?:[（(](?P<meaning>(?![占共计]|\d)[^（）()\n]{2,40})[）)])?"
_COUNT = re.compile(
    rf"(?<![\u4e00-\u9fffA-Za-z\d]){_OPEN}(?:(?P<first>[\u4e00-\u9fff]{{2,{MAX_NAME}}})、)?"
    rf"(?P<name>(?:[\u4e00-\u9fff]|\d{{1,3}}%){{2,{MAX_NAME + 2}}}?){_CLOSE}"
    rf"{_MEANING}(?:类|档|组|级)?的?(?:项目|工程|事项|任务|小区)?"
    rf"(?:还?有|共|计|为)?\s*{_NUMBER}\s*[个项件](?!月|百分)"
)
# “13个项目已经建成，12个提前完成任务，……”: the number before the state.
_NUMBER_FIRST = re.compile(
    r"(?<![\d.第—－-])(?P<number>\d+)\s*[个项件](?!月|百分)(?:重点|重大)?(?:项目|工程|事项|任务)?(?:已经?|仍|还|均|都)?"
    rf"(?P<name>[\u4e00-\u9fff]{{2,{MAX_SAID}}}?)(?P<meaning>)(?=[，,；;。、]|$)",
    re.MULTILINE,
)
# One state a line: “——扫尾。只剩零活的9个，占15.5％”.
_LINE = re.compile(
    r"^[ \t\u3000]*(?:——|[-•·●◆■▪□○◇]|[（(]?\d{1,2}[）)．.、]|[①-⑳])\s*"
    rf"{_OPEN}(?P<name>[\u4e00-\u9fff]{{2,{MAX_NAME}}}){_CLOSE}"
    rf"{_MEANING}[。：:，,—－]+"
    rf"[^。；;\n\d]{{0,40}}?{_NUMBER}\s*[个项件](?!月|百分)",
    re.MULTILINE,
)
_BEFORE = re.compile(r"^(?:其中|目前|现|共|已经|已(?=[^经])|处于|属于|列为|为|有|亮|挂)+")
_BEHIND = re.compile(r"(?:类|档|组|级|的|项目|工程|事项|任务)+$")
_NUMBERED = re.compile(rf"(?:还?有|共|计)?\s*{_NUMBER}\s*[个项件]$")  # “正在推进3项”
# “能用上的：已交付（9个）”: in speech, then by name.
SPOKEN = re.compile(
    r"(?P<said>[^，。；：:（(]{2,12}的)[：:](?P<own>[^，。；：:（(\d]{2,10})(?=[（(]|$)"
)
_BETWEEN = re.compile(r"[^。\n]*(?:[；;，,。]?\s*\n\s*(?:[-*•·●◆■▪□○◇]\s*)?)?")
_MEANS = re.compile(
    rf"{_OPEN}(?P<name>[\u4e00-\u9fff]{{2,{MAX_NAME}}}){_CLOSE}\s*(?:[（(][^（）()]*[）)])?\s*(?:是指|系指|指的是|指|＝|=|表示|代表|即)\s*(?P<meaning>[^；;。，,、\n]{{2,30}})"
)
_NO_NAME = re.compile(
    r"[年月日一二三四五六七八九十两]$|^(?:新建|改建|扩建|改扩建|迁建|结转)$|^(?:新增|其中|全市|全县|全区|各|共|合计|计划|另)|项目(?!盘子|库|清单|台账|名单)|个|较(?![慢快好差])|比|转|变|降|升"
)
_OF_PROBLEM = re.compile(r"销号|到期|期满")
# How things go, in words of an office's own: “进展平稳”, “推进顺畅”.
_GOING = re.compile(r"(?:总体|整体|工程|项目)?(?:推进|进展|进度|建设|施工|运行|态势)")
# What a definition says of what goes as planned.
_LEVEL = re.compile(
    r"不(?:低|慢|落后|晚|滞后)于|(?:符合|合乎|赶上|达到|(?<![未没])达)(?:年度|年初)?(?:计划|序时|节点|时序)|持平|齐平|一致|相当|吻合|[无没]有?偏差"
)
# “施工单位尚未进场的为‘未进场’”, “……领先、持平、落后于计划的，分别为‘甲’‘乙’‘丙’”.
_NAMED_AS = re.compile(
    rf"(?P<meaning>[^；;。：:\n“”]{{2,60}}?)[，,]?(?:分别|依次)?(?:记作?|称[为作]?|列[为入]|定为|算作?|归入|为|是)"
    rf"(?P<names>(?:[、，和及]?[“「『]\d?[\u4e00-\u9fff]{{2,{MAX_NAME}}}[”」』])+)(?=[；;。，,]|$)",
    re.MULTILINE,
)
# “‘甲’‘乙’‘丙’分别指快于、符合、慢于计划”.
_EACH_MEANS = re.compile(
    rf"(?P<names>(?:[、，和及]?[“「『][\u4e00-\u9fff]{{2,{MAX_NAME}}}[”」』]){{2,}})\s*[，,]?(?:分别|依次)(?:是指|指|表示|代表|对应|为|即|是)"
    r"(?P<meanings>[^；;。：:\n“”]{4,60})"
)
_QUOTED = re.compile(r"[“「『](?P<name>[^”」』]+)[”」』]")
_PLAN = re.compile(r"(?:年初|年度|序时|计划|节点|时序|目标).*$")
_BEFORE_PLAN = re.compile(
    r"[在早先](?:于)?(?:年度|年初)?(?:计划|序时|节点|时序)(?:进度)?(?:之前|前|$)"
)
# “比序时计划低5个百分点以上”, “比节点高3个点”.
_AGAINST_PLAN = re.compile(
    r"比(?:年度|年初)?(?:计划|序时|节点|时序)[^，。；]{0,4}?(?:(?P<behind>[低慢差]|落后)|(?P<ahead>[高快]|超前|提前))"
)
_OR = re.compile(r"[，,]?(?:或者?(?:是|者)?|抑或|以及)|[／/]")
_APART = re.compile(r"[、，,]|以及|[和及]")

# How one state is told in other words than its name, where no other state means the same.
_WORDINGS: Mapping[str, tuple[str, ...]] = {
    "not_started": (
        "未开工", "没有开工", "没开工", "未能开工", "没能开工", "未动工", "没有动工", "没动工",
        "未启动建设", "没有启动", "未开建", "没有开建", "未破土", "没有破土",
    ),
    "suspended": (
        "停工", "停建", "停了下来", "停摆",
    ),
    "completed": (
        "完工", "竣工", "交工", "建成", "建成投用", "投用", "投入使用", "交付使用",
        "投产", "通车", "投产或者交付", "投产或交付", "建成或者投用", "建成或投用",
        "完工或者投用", "完工或投用",
    ),
    "met": (
        "完成年度投资计划", "完成年度计划", "完成全年计划", "完成年度投资任务", "完成年度任务",
        "完成全年任务", "完成当年计划",
    ),
    "on_schedule": (
        "按计划推进", "按计划建设", "按计划实施", "按计划进行", "按序时推进", "按序时进度推进",
        "按进度推进", "按期推进", "按节点推进", "正常推进", "有序推进", "顺利推进", "推进正常",
        "推进顺利", "进度正常", "进展正常", "进展顺利", "符合计划", "符合计划进度",
        "符合序时进度", "达到计划进度", "达到序时进度", "跟上计划", "踩在计划节点上",
        "踩在节点上", "与计划持平", "与计划同步",
    ),
    "behind": (
        "滞后", "进度滞后", "进展滞后", "推进滞后", "进度缓慢", "推进缓慢", "进展缓慢",
        "进度落后", "落后", "慢于计划", "慢于序时", "没有跟上计划", "没有赶上计划",
        "没有达到计划", "没跟上计划", "没赶上计划", "未跟上计划", "未赶上计划", "未达到计划进度",
        "未达计划进度", "没有达到计划进度", "没有跟上进度", "没跟上进度", "跟不上计划",
        "跟不上进度", "进度落下来", "进度落了下来", "进度掉下来", "进度掉队", "慢了", "慢了下来",
        "慢了一步", "慢了半拍", "拖了后腿", "进度慢", "进度偏慢", "进度较慢", "进展较慢",
        "进展偏慢", "推进较慢", "推进偏慢",
    ),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class State:
    """A state by an office's own name: what it means, how many it counts (0: not said), where.

    The name is as an overview table writes it (“已交付”), else bare of such words (“交付”).
    """

    name: str
    status: Status
    number: int
    words: Span
    sentence: Span
    count: Span | None = None


def states_in(
    text: str,
    heads: Iterable[Sequence[tuple[Span, int]]],
    cells: Iterable[Span],
    tables: Iterable[Sequence[tuple[Span, Span]]] = (),
    told: Sequence[State] = (),
) -> list[State]:
    """Return the states of a document, each once.

    ``heads`` are the words of headings that count, each with its number, siblings
    together, ``cells`` the values of a column that sorts rows, ``tables`` those of
    overviews with the digits of their numbers, ``told`` the states that paragraphs open with.
    """
    meanings = _meanings(text)
    groups = _widest(
        group
        for group in chain(_counted(text, meanings, _COUNT), _lined(text, meanings))
        if _is_known(group)
    )
    groups += [group for one in tables if _is_known(group := _of_table(text, one, meanings))]
    # What counts all of them is surer than headings, which may part them otherwise.
    groups = groups or [
        group for one in heads if _is_known(group := _of_heads(text, one, meanings))
    ]
    groups = groups or ([list(told)] if told else [])
    groups = groups or _widest(filter(_is_known, _counted(text, meanings, _NUMBER_FIRST)))
    groups.append(_of_cells(text, cells, meanings))
    found: dict[str, State] = {}
    for group in groups:
        for state in map(_likeliest, group if _is_known(group) else ()):
            known = found.setdefault(bare_name(state.name), state)
            if not known.status and state.status:
                found[bare_name(state.name)] = replace(known, status=state.status)
    return list(found.values())


def _widest(groups: Iterable[list[State]]) -> list[list[State]]:
    """Return the groups that are not the states of another, counted anew for a part of all."""
    kept: list[list[State]] = []
    groups = _surer(list(groups))
    for group in sorted(groups, key=lambda group: -sum(state.number for state in group)):
        names = {state.name for state in group}
        others = [{state.name for state in other} for other in kept]
        if not any(len(names & other) > 1 and names - other for other in others):
            kept.append(group)
    return sorted(kept, key=lambda group: group[0].words)


def _surer(groups: Sequence[list[State]]) -> list[list[State]]:
    """Return the groups without those that take apart otherwise what one of known states does.

    “交通9个，水利7个，……” of the 60 that “完工10个，快于序时10个，……” sorts are fields.
    """
    sure = {sum(s.number for s in group) for group in groups if all(s.status for s in group)}
    return [
        group
        for group in groups
        if sum(s.number for s in group) not in sure
        or 2 * sum(bool(s.status) for s in group) >= len(group)
    ]


def _is_known(group: Sequence[State]) -> bool:
    """Tell whether one of the names says a status that we know, and most others may be states.

    Or most of them look like states by their characters alone.
    """
    unknown = [state for state in group if not state.status]
    fields = sum(is_no_state(state.name) for state in unknown)
    likely = sum(bool(likely_status(state.name)) for state in unknown)
    known = len(unknown) < len(group) or likely >= MOSTLY * len(group)
    known = known or sum(bool(_OF_PROBLEM.search(state.name)) for state in group) > 1
    return bool(group) and known and fields <= len(group) / 2


def _likeliest(state: State) -> State:
    """Return a state with what its name looks like, where nothing says what it means.

    That a problem is off the list, or not due yet, does not say how far its project is.
    """
    known = state.status or _OF_PROBLEM.search(state.name)
    return state if known else replace(state, status=likely_status(state.name))


# On time or better is on time: what only is better says no more of all that are in the state.
_AT_LEAST = re.compile(
    r"(?:达到|符合|等于|持平于?|不(?:慢|低|晚|落后)于|跟上)[^，。；]{0,8}?(?:或者?|以?及|和|与|、)[^，。；]{0,4}?(?:快|高|早|优|超|领先)[于过前]"
)


def bare_name(words: str) -> str:
    """Return a state's name without what stands before or behind it (“已交付的”, “欠账类”)."""
    bare = _BEHIND.sub("", _BEFORE.sub("", words.strip()))
    return bare if len(bare) > 1 else words.strip()


def worded(states: Mapping[str, State]) -> dict[str, State]:
    """Return general wordings of the states whose status no other state has."""
    found: dict[str, State] = {}
    for state in states.values():
        said = (state.status.stage, state.status.progress)
        same = [s for s in states.values() if (s.status.stage, s.status.progress) == said]
        key = state.status.stage or state.status.progress
        words = _WORDINGS.get(key or "", ())
        general = any(word in state.name for word in words)  # not an office's own (“未进场”)
        if general and None in said and len(same) == 1:
            found |= dict.fromkeys(words, state)
    return found


def _meanings(text: str) -> dict[str, Status]:
    """Return what definitions say of names: “‘顺排’指……”, “蓝牌＝竣工投用”."""
    found: dict[str, Status] = {}
    for match in _MEANS.finditer(text):
        found.setdefault(bare_name(match["name"]), _said(match["meaning"]))
    for match in _NAMED_AS.finditer(text):
        names = [one["name"] for one in _QUOTED.finditer(match["names"])]
        for name, said in _paired(names, match["meaning"]):
            found.setdefault(bare_name(name), said)
    for match in _EACH_MEANS.finditer(text):
        names = [one["name"] for one in _QUOTED.finditer(match["names"])]
        for name, said in _paired(names, match["meanings"]):
            found.setdefault(bare_name(name), said)
    return found


def _paired(names: Sequence[str], meaning: str) -> Iterator[tuple[str, Status]]:
    """Yield each name with its own part of a meaning; one for several names is that of none."""
    if len(names) == 1:
        yield names[0], _said(meaning)
        return
    said = _APART.split(meaning.rstrip("的"))[-len(names) :]
    plan = _PLAN.search(said[-1])
    if len(said) == len(names):
        for name, one in zip(names, said, strict=True):
            # “快于、符合、慢于计划”: the last one says of all what they are measured against.
            yield name, _said(one) or _said(one + (plan.group() if plan else ""))


def _said(meaning: str) -> Status:
    """Return the status that a definition says, of an office's own words for level, too."""
    if _AT_LEAST.search(meaning):  # “达到或快于计划节点”
        return Status(progress="on_schedule")
    said = status_of(meaning, heading=True)
    against = _AGAINST_PLAN.search(meaning)
    if said.progress is None and against:
        return replace(said, stage=None, progress="behind" if against["behind"] else "ahead")
    if said.progress is None and _BEFORE_PLAN.search(meaning):
        return replace(said, stage=None, progress="ahead")
    if said.progress is None and _LEVEL.search(meaning):
        return replace(said, stage=None, progress="on_schedule")
    if said.progress:
        return replace(said, stage=None)
    stages = {status_of(part, heading=True).stage for part in _OR.split(meaning)} - {None}
    return replace(said, either=frozenset(s for s in stages if s)) if len(stages) > 1 else said


def _counted(
    text: str, meanings: dict[str, Status], pattern: re.Pattern[str]
) -> Iterator[list[State]]:
    """Yield the runs of counts that take a number apart which the text states, too."""
    run: list[re.Match[str]] = []
    for match in pattern.finditer(text):
        if _NO_NAME.search(bare_name(match["name"])):
            continue
        if run and not _goes_on(text, run[-1].end(), match.start()):
            yield from _whole(text, run, meanings)
            run = []
        run.append(match)
    yield from _whole(text, run, meanings)


def _lined(text: str, meanings: dict[str, Status]) -> Iterator[list[State]]:
    """Yield the runs of lines, one a state, that take a number apart which the text states."""
    run: list[re.Match[str]] = []
    for match in _LINE.finditer(text):
        if run and text.count("\n", run[-1].end(), match.start()) > 1:
            yield from _whole(text, run, meanings)
            run = []
        run.append(match)
    yield from _whole(text, run, meanings)


def _goes_on(text: str, end: int, start: int) -> bool:
    return start - end <= MAX_APART and _BETWEEN.fullmatch(text, end, start) is not None


def _whole(
    text: str, run: Sequence[re.Match[str]], meanings: dict[str, Status]
) -> Iterator[list[State]]:
    """Yield the longest part of a run whose numbers sum up to one that the text states."""

    def sums_up(part: Sequence[re.Match[str]]) -> bool:
        names = {bare_name(m["name"]) for m in part}
        total = sum(chinese_count(m["number"]) for m in part)
        span = (part[0].start(), part[-1].end())
        return len(names) == len(part) and _is_stated(text, total, span)

    if part := longest(run, MIN_STATES, sums_up):
        yield [_state(m, (part[0].start(), part[-1].end()), meanings) for m in part]


def longest(run: Sequence[T], least: int, fits: Callable[[Sequence[T]], bool]) -> Sequence[T]:
    """Return the longest stretch of a run that fits, empty where none of ``least`` or more does."""
    for length in range(len(run), least - 1, -1):
        for first in range(len(run) - length + 1):
            if fits(part := run[first : first + length]):
                return part
    return ()


def _is_stated(text: str, total: int, run: Span) -> bool:
    """Tell whether a number of things is stated outside of the counts themselves."""
    pattern = re.compile(rf"(?<![\d.]){total}\s*[个项件]")
    return any(not run[0] <= m.start() < run[1] for m in pattern.finditer(text))


def _state(match: re.Match[str], sentence: Span, meanings: dict[str, Status]) -> State:
    group = "first" if _is_named_twice(match, meanings) else "name"
    name = bare_name(match[group])
    low = match.start(group) + match[group].find(name)
    status = _status(name, match["meaning"] or "", meanings) or status_of(match[group])
    status = status or _status(bare_name(match["name"]), "", meanings)
    words, count = (low, low + len(name)), match.span("number")
    return State(name, status, chinese_count(match["number"]), words, sentence, count)


def _is_named_twice(match: re.Match[str], meanings: dict[str, Status]) -> bool:
    """Tell whether two names of one state stand before its number: “进展平稳、符合序时的26个”.

    The first of them is the office's own word, the second says what it means.
    """
    first = match.groupdict().get("first")
    if not first or _NO_NAME.search(bare_name(first)):
        return False
    one, other = (_status(bare_name(w), "", meanings) for w in (first, match["name"]))
    if not one:
        return bool(other and _GOING.match(first))
    return (one.stage, one.progress) == (other.stage, other.progress)


def _status(name: str, meaning: str, meanings: dict[str, Status]) -> Status:
    """Return what a name means: by its definition, else by itself.

    A definition that but says of works behind or on time that they are begun (“已开工但完成率不足
    75%的评为‘滞后’”) does not take from the name the pace that it says.
    """
    said = _said(meaning) or meanings.get(name, Status())
    own = status_of(name, heading=True)
    begun = said.stage == "under_construction" and said.progress is None
    return own if not said or (begun and own.progress) else said


def _of_heads(
    text: str, heads: Sequence[tuple[Span, int]], meanings: dict[str, Status]
) -> list[State]:
    found = []
    for (low, high), number in heads:
        words = text[low:high]
        name, meaning = _named_in_heading(words)
        at = low + max(words.find(name), 0)
        if 1 < len(name) <= MAX_NAME:
            status = _status(name, meaning, meanings)
            found.append(State(name, status, number, (at, at + len(name)), (low, high)))
    known = sum(bool(state.status) for state in found)
    return found if len(found) > 1 and known >= len(found) / 2 else []


def _named_in_heading(words: str) -> tuple[str, str]:
    """Return the name of a state that a heading gives, and its other words, which may explain it.

    “跟不上的：进度欠账（3个）”: what is said in speech before the colon tells what the name
    behind it means, where that is a name and no longer clause.
    """
    name = bare_name(_NUMBERED.sub("", re.split(r"[：:—（(，,]", words)[0]))
    spoken = SPOKEN.match(words)
    own = bare_name(spoken["own"]) if spoken else ""
    if spoken and 1 < len(own) <= len(name):
        return own, f"{spoken['said']}，{own}"
    return name, words[len(name) :]


def _of_table(
    text: str, rows: Iterable[tuple[Span, Span]], meanings: dict[str, Status]
) -> list[State]:
    """Return the states of an overview, by their names as it writes them (“已交付”)."""
    found = []
    for (low, high), digits in rows:
        name = text[low:high]
        if 1 < len(name) <= MAX_NAME:
            status = _status(bare_name(name), "", meanings)
            number = int(text[slice(*digits)])
            found.append(State(name, status, number, (low, high), (low, high), digits))
    return found


def _of_cells(text: str, cells: Iterable[Span], meanings: dict[str, Status]) -> list[State]:
    found: dict[str, State] = {}
    for low, high in cells:
        name = bare_name(text[low:high])
        if 1 < len(name) <= MAX_NAME and name not in found:
            status = _status(name, "", meanings)
            found[name] = State(name, status, 0, (low, high), (low, high))
    return list(found.values())
