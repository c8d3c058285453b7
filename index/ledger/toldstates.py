"""States that a document tells paragraph by paragraph, each with its number.

“进展迟缓的有12个，占20.7％，……”, “尚未开工的项目有9个……”, “已建成投用的有A、B等11个”, “另有2个
项目拟调出计划”: the paragraphs open with a state and a number, and the numbers sum up to one that
the text states. Then these are the document's states, and each paragraph tells of as many
projects in its own. All spans are offsets into a View's clean text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from index.ledger.builder import Line
from index.ledger.prose import chinese_count
from index.ledger.records import Span
from index.ledger.states import longest
from index.ledger.status import Status, status_of

MIN_TOLD = 3  # paragraphs
MAX_APART = 3  # lines from one such paragraph to the next
MAX_NAME = 24  # characters of the words that name a state
SHARE_OFF = 0.06  # per cent that a share may differ from number / total, by rounding
_NUMBER = r"(?P<number>\d+|[一二两三四五六七八九十]+)"
_THINGS = r"(?:重点|重大|政府投资|在册|在建)?(?:项目|工程|事项|任务)"
_MARK = (
    r"(?:\s|[（(][一二三四五六七八九十\d]{1,2}[）)]|[一二三四五六七八九十\d]{1,2}[、.．](?!\d)|[①-⑳]|[一二三四五六七八九]是"
    r"|[-—•·●◆■▪□○◇▲△▶➢★☆*]|截至[^，。]{2,10}[，,]|其中[，,]?|目前[，,]?|(?:此|另)外[，,])*"
)
_ENDS = r"(?=[，,。：:；;（(]|\s*$)"
# “进展迟缓的有12个，”, “滞后于序时进度的项目共11个（”.
_STATE_FIRST = re.compile(
    rf"{_MARK}(?P<words>[^，,。；;：:（）()\d]{{2,{MAX_NAME}}}?)(?:的{_THINGS}?|{_THINGS})(?:共|还|也|仍|则|总共|一共)*"
    rf"(?:有|为|是|计)?\s*{_NUMBER}\s*[个项件]{_THINGS}?{_ENDS}"
)
# “另有2个项目拟调出今年计划，”, “11个项目已经建成，”.
_NUMBER_FIRST = re.compile(
    rf"{_MARK}(?:另外?|还|尚|仍|其余|剩余|余下)*有?(?:的)?{_NUMBER}\s*[个项件](?:{_THINGS})?"
    rf"(?P<words>[^，,。；;：:（）()、\d]{{2,{MAX_NAME}}}?){_ENDS}"
)
# “已建成投用的有A、B和C等11个，”, “已建成投用的包括A、B、C，共11个”.
_NAMES_BETWEEN = re.compile(
    rf"{_MARK}(?P<words>[^，,。；;：:（）()\d、]{{2,{MAX_NAME}}}?)的{_THINGS}?(?:共|还|也|分别|主要)*"
    rf"(?:有|是|为|包括)[：:]?(?P<names>[^。；;：:]{{4,}}?)(?:等|[，,]?(?:一?共|合计|总计|计)|这){_NUMBER}\s*"
    rf"[个项件](?:{_THINGS})?{_ENDS}"
)
# “先说已经完工的。一共12个，”, “再来看落在后头的，不多，还有3个，”: as a speaker turns to a state.
_TURN = (
    r"(?:首先|先|再|接着|接下来|下面|然后|最后|其次|后面|另外|还有|此外|往下|下来|现在)*(?:来|要|该|就|我)?(?:轮到|数到)?"
    r"(?:汇报|报告|介绍|盘点|通报|说到|讲到|谈到|说说|讲讲|谈谈|看看|说|讲|谈|看|报|是|数)(?:一下|一说|一讲|一看)?(?:的?就?是|那些|那|这些)?"
)
_SPOKEN = re.compile(
    rf"{_TURN}(?P<words>[^。；;：:（）()\d]{{2,{MAX_NAME}}}?)的{_THINGS}?[。，,：:]\s*(?:[^，,。；;\d]{{2,12}}[，,]){{0,2}}"
    rf"(?:一共|总共|共计|合计|共|这样的?{_THINGS}?|这[类批些]{_THINGS}?|{_THINGS}|它们|目前|现在|还|也|只|就)*(?:有|是|为)?\s*"
    rf"{_NUMBER}\s*[个项件]{_THINGS}?{_ENDS}"
)
# “从进展看，大体有六种情形。”: what leads the first of them in.
_LEAD = re.compile(r"[^。；;\n\d]{2,40}[。：:]")
MAX_LEADS = 2  # sentences that lead in a state
_SHARE = re.compile(r"占[^，。；%％\d]{0,16}(?P<share>\d+(?:\.\d+)?)\s*[%％]")
_TAKEN_OUT = re.compile(r"(?:调出|移出|退出|剔除)[^，。；、]{0,6}(?:计划|盘子|清单|项目库)")
_BEFORE = re.compile(r"^(?:目前|现在?|仍?处于|属于|列为|已经?(?=.{2}))+")
# What sums up, or sorts by something else than how far the projects are.
_NO_STATE = re.compile(r"涉及|合计|总投资|新增|新建|续建|计划投资$|其中|[省市县区]级|产业类|方面$")


@dataclass(frozen=True, slots=True)
class Told:
    """A paragraph that opens with a state: its words, its number, and where its projects stand.

    ``known`` is what the words say by themselves.
    """

    line: Line
    place: int
    words: Span
    count: Span
    number: int
    body: Span
    known: Status


def told_states(text: str, lines: Sequence[Line]) -> list[Told]:
    """Return the paragraphs that take a stated number of projects apart by state, in order."""
    run: list[Told] = []
    for told in _openings(text, lines):
        if run and told.place - run[-1].place > MAX_APART:
            if found := _whole(text, run):
                return found
            run = []
        run.append(told)
    return _whole(text, run)


def _openings(text: str, lines: Sequence[Line]) -> Iterator[Told]:
    for place, line in enumerate(lines):
        if line.heading:
            continue
        for start in _begins(text, line):
            if match := _opening(text, start, line.end):
                yield _told(text, place, line, match)
                break


def _begins(text: str, line: Line) -> Iterator[int]:
    """Yield where a paragraph may open with a state: at once, or behind what leads it in."""
    start = line.start
    yield start
    for _ in range(MAX_LEADS):
        lead = _LEAD.match(text, start, line.end)
        if lead is None:
            return
        start = lead.end()
        yield start


def _opening(text: str, start: int, end: int) -> re.Match[str] | None:
    for pattern in (_SPOKEN, _STATE_FIRST, _NUMBER_FIRST, _NAMES_BETWEEN):
        match = pattern.match(text, start, end)
        if match and not _NO_STATE.search(match["words"]):
            return match
    return None


def _told(text: str, place: int, line: Line, match: re.Match[str]) -> Told:
    before = _BEFORE.match(match["words"])
    words = (match.start("words") + (before.end() if before else 0), match.end("words"))
    between = "names" in match.re.groupindex
    body = match.span("names") if between else (match.end(), line.end)
    known = state_status(text[slice(*words)])
    number = chinese_count(match["number"])
    return Told(line, place, words, match.span("number"), number, body, known)


def state_status(words: str) -> Status:
    """Return the status that a state's name says; of “主体完工、正在收尾” what goes on."""
    if _TAKEN_OUT.search(words):
        return Status(stage="cancelled")
    pieces = re.split(r"[、，,]", words)
    last = status_of(pieces[-1], heading=True)
    if len(pieces) > 1 and last.stage == "under_construction":
        return last
    return status_of(words, heading=True)


def _whole(text: str, run: Sequence[Told]) -> list[Told]:
    """Return the longest part of a run whose numbers sum up to one that the text states."""
    return list(longest(run, MIN_TOLD, lambda part: _adds_up(text, part)))


def _adds_up(text: str, part: Sequence[Told]) -> bool:
    names = {text[slice(*told.words)] for told in part}
    known = sum(bool(told.known) for told in part)
    if len(names) < len(part) or 2 * known < len(part):
        return False
    total = sum(told.number for told in part)
    counts = {told.count for told in part}
    stated = re.compile(rf"(?<![\d.])(?P<number>{total})\s*[个项件]")
    if not any(match.span("number") not in counts for match in stated.finditer(text)):
        return False
    shares = [agrees for told in part if (agrees := _share_agrees(text, told, total)) is not None]
    return not shares or 2 * sum(shares) > len(shares)


def _share_agrees(text: str, told: Told, total: int) -> bool | None:
    """Tell whether the share said right behind a number is that of the total; None: none is."""
    stop = re.compile(r"[。；;\n]|$").search(text, told.count[1])
    share = _SHARE.search(text, told.count[1], stop.start() if stop else len(text))
    if share is None:
        return None
    return abs(float(share["share"]) - 100 * told.number / total) <= SHARE_OFF
