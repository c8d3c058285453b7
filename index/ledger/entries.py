"""Entries: numbered items, headings and paragraphs that each tell of one project or task."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from index.headings import numbering_of
from index.ledger.attributes import Fields, labelled_parts, read_attributes
from index.ledger.brackets import owner_in
from index.ledger.labels import IN_TEXT
from index.ledger.merging import ALSO
from index.ledger.names import is_generic, is_problem, looks_named
from index.ledger.records import AMOUNTS, Span, Words
from index.ledger.status import Status, status_of
from index.ledger.units import is_office, is_strong_unit
from index.records import View
from index.sentences import parts

MAX_NAME = 45  # characters; a task may be described in more words than a project's name has
MAX_TASK = 120
_NAME_END = re.compile(
    r"[。：:；\n]|[，,](?!、)|(?=[（(〔【\[](?:责任|牵头|主办|承办|实施|主管|负责|完成|总投资|投资))"
    r"|(?=(?:计划|概算|估算|预计)?总投资|(?<!单)位于)|(?<=[目程])(?=由)|$"
)
_OWNER = re.compile(
    r"。?\s*[（(]?(?:责任|牵头|主办|承办|实施|主管|负责)(?:单位|部门|领导|人)[：:]"
    r"|[（(][^（）()]{2,20}(?:牵头|负责)[，,）)]"
)
_DOING = re.compile(
    r"(?:新增|新建|建成|建设|完成|实施|改造|启动|举办|推进|加快|开展|发展|培育|引进|盘活|实现"
    r"|打造|整治|治理|提升"
    r"|修建|创建|申报|争取|推动|落实|建立|组织|做好|抓好|办好|为)"
)
# “**” before a name is bold where it closes again, else it masks part of the name.
_BOLD = r"\*\*(?=[^*\n]+\*\*)|__(?=[^_\n]+__)"
# What minutes put before the name of the thing: “议题一”, “关于”.
_ORDINAL = re.compile(
    r"(?:议题|议程|事项|任务)[一二三四五六七八九十\d]{1,3}[：:、.\s\u3000]+(?=\S)"
)
_THIS_YEAR = re.compile(r"(?:今年|本年|本期|去年)(?:实施|安排|建设|新建|开工)的(?=[^，。；：]{4})")
_ABOUT = re.compile(r"关于(?:研究|推进|加快)?(?=[^，。；：])")
_HEADLINE = re.compile(
    r"(?:(?:超过|已|至今|长期|仍|尚|多年|一直)[^，。；]{0,8})?(?:未(?:按期|如期)?(?:开工|动工|启动)|停工(?:至今)?|停滞"
    r"|(?:进度|推进|进展|处置)?(?:严重|明显)?(?:滞后|缓慢|慢))$"
)
MIN_HEADED = 4  # characters of a name before such words
_GOING_ON = re.compile(r"(?:现|目前|仍|还)正?在(?:进行|施工|安装|装修|建设|内部|外部|推进)|现正在")
_APPRAISAL = re.compile(r"(?:评价|评定|结果)[：:]\s*$")
_NOTED = re.compile(r"[（(](?P<why>[^（）()]{3,60})[）)]\s*$")
_NOTE_BEHIND = re.compile(r"\s*[（(](?P<inside>[^（）()]{2,80})[）)]")
_MARKUP = re.compile(rf"(?:[#>+\-•·●◆■▪□○◇▲△▶➢→★☆\s\u3000]|\*(?=[\s\u3000])|{_BOLD})+")
_HARD = frozenset(
    {
        "unit",
        "leader",
        "deadline",
        "total_investment",
        "planned_investment",
        "done_investment",
        "percent",
    }
)
_TASK_LABEL = re.compile(
    r"(?:责任|牵头|主办|承办|实施|主管|负责)(?:单位|部门|领导|人)[：:]|(?:完成|办结"
    r"|整改)?(?:时限|期限|时间)[：:]|^(?:责任|牵头)[：:]"
    r"|[（(][^（）()]{2,20}(?:牵头|负责)[，,）)]"
)
# Headings of a report's own parts, and headlines that are sentences.
_PART = re.compile(
    r"(?:情况|概况|简介|背景|安排|形势|问题|成效|打算|要求|措施|工作|建议|目标|思路|部署|总结|体会|经验|原因"
    r"|进展|成绩|计划|重点|方面|会议|通知|要情|动态|不到位|不扎实|不及时|不同步|不够|不力|不高"
    r"|不严)$|实现|得到|取得|受阻|突破|走在"
)
ADVICE = re.compile(
    r"^(?:要|必须|坚持|强化|加强|进一步|切实|严格|高度|深入|全面|认真|统一|提高|压实|紧盯|聚焦"
    r"|着力|突出|注重|持续|狠抓|严肃|明确|落实)"
)


def is_part(words: str) -> bool:
    """Tell whether words head a part of a report, or say what is wrong, and name no project."""
    return bool(_PART.search(words)) or is_problem(words)


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry: the span of its words, of its name, and what it says."""

    start: int
    end: int
    name: Span
    fields: Fields
    status: Status
    labelled: bool


def read_entry(view: View, start: int, end: int, *, numbered: bool, listed: bool) -> Entry | None:
    """Return the entry that ``view.text[start:end]`` is, None if it tells of no one thing.

    ``numbered`` tells that it stands in a numbered sequence or is a heading with
    its body, ``listed`` that its headings announce projects or tasks.
    """
    text = view.text
    low = past_label(text, start, end)
    name = _name(text, low, end)
    if name is None:
        return None
    words = text[slice(*name)]
    body = (name[1], end)
    labelled = bool(IN_TEXT.search(text, *body) or _TASK_LABEL.search(text[slice(*body)]))
    fields = read_attributes(view, *body)
    fields.pop("name", None)
    said = fields["status_text"].text if "status_text" in fields else text[slice(*body)]
    status = status_of(said) or (
        status_of(text[slice(*body)]) if "status_text" not in fields else Status()
    )
    if status.stage == "completed" and _GOING_ON.search(text, *body):
        status = replace(status, stage=status_of(text[slice(*body)]).stage)  # but a part is done
    status = _with_apart(view, body, fields, status)
    status = _with_headline(view, name, fields, status)
    hard = len(_HARD & fields.keys())
    named = looks_named(words) and len(words) <= MAX_NAME
    if not _holds(words, named, labelled, hard, bool(status), numbered, listed, fields):
        return None
    if "unit" not in fields and (owner := _owner_noted(text, *body)):
        fields["unit"] = Words(text[slice(*owner)], (view.span(*owner),))
    return Entry(low, end, name, fields, status, labelled)


def _owner_noted(text: str, start: int, end: int) -> Span | None:
    """Return the unit that a bracket right behind the name begins with."""
    note = _NOTE_BEHIND.match(text, start, end)
    return owner_in(text, *note.span("inside"))[0] if note else None


def _with_headline(view: View, name: Span, fields: Fields, status: Status) -> Status:
    """Return the status that the words of an item's headline end in, else ``status``.

    “A停工至今”, “B推进慢”: what an inspection puts first is what it found.
    """
    text = view.text[slice(*name)]
    match = _HEADLINE.search(text)
    said = status_of(match.group()) if match else Status()
    if match is None or not said or match.start() < MIN_HEADED:
        return status
    low = name[0] + match.start()
    fields["status_text"] = Words(match.group(), (view.span(low, name[0] + match.end()),))
    return Status(said.stage or status.stage, said.progress or status.progress)


def _with_apart(view: View, body: Span, fields: Fields, status: Status) -> Status:
    """Return the status completed by what is said apart from it; an appraisal decides.

    “已提前完成年度任务” stands among the amounts, “进度评价：已办结” behind
    what was done. Their words are put beside the status, with a reason in them.
    """
    apart = _status_apart(view, *body)
    if apart is None:
        return status
    said, words, reason, appraised = apart
    stage = said.stage if appraised and said.stage else status.stage or said.stage
    progress = said.progress if appraised and said.progress else status.progress or said.progress
    if (stage, progress) == (status.stage, status.progress):
        return status
    fields.setdefault(ALSO, words)
    if reason:
        fields.setdefault("reason", reason)
    return replace(status, stage=stage, progress=progress)


def _status_apart(
    view: View, start: int, end: int
) -> tuple[Status, Words, Words | None, bool] | None:
    """Return the status said outside of labelled problems, measures and the like.

    An appraisal counts first (“进度评价：推进偏慢（设备不足）”), with the reason
    that stands behind it in parentheses, and is told by the last value; of other
    words only a progress does.
    """
    kept = (None, "status_text", "done_investment", "planned_investment", "percent")
    found: list[tuple[bool, Status, int, int]] = []
    for key, part in labelled_parts(view.text, start, end):
        labels = view.text[max(start, part[0] - 8) : part[0]]
        for a, b in parts(view.text, *part, "，,。；;\n"):
            status = status_of(view.text[a:b]) if key in kept else Status()
            appraised = bool(_APPRAISAL.search(labels))
            if status.progress or (appraised and status.stage):
                found.append((not appraised, status, a, b))
    if not found:
        return None
    plain, status, a, b = min(found, key=lambda one: one[0])
    low = a + len(view.text[a:b]) - len(view.text[a:b].lstrip())
    said = Words(view.text[low:b].strip(), (view.span(low, b),))
    noted = _NOTED.search(view.text, low, b) if status.progress == "behind" else None
    why = noted.span("why") if noted else None
    reason = Words(view.text[slice(*why)], (view.span(*why),)) if why else None
    return status, said, reason, not plain


def _holds(
    words: str,
    named: bool,
    labelled: bool,
    hard: int,
    status: bool,
    numbered: bool,
    listed: bool,
    fields: Fields,
) -> bool:
    """Tell whether there is enough to call it a record: a name, and something hard about it."""
    if (
        is_generic(words)
        or (is_strong_unit(words) and (is_office(words) or not (labelled and hard)))
        or (is_part(words) and not ("unit" in fields and labelled))
    ):
        return False
    if labelled and hard and (numbered or named):
        return named or not ADVICE.match(words) or "unit" in fields
    if named and numbered:
        return hard + status + ("reason" in fields) >= (1 if listed else 2)
    if named:
        return hard + status + ("reason" in fields) >= 2
    measured = labelled or bool(fields.keys() & {*AMOUNTS, "percent"})
    return (
        listed
        and numbered
        and measured
        and len(words) <= MAX_NAME
        and hard + status >= 2
        and not ADVICE.match(words)
    )


def past_label(text: str, start: int, end: int) -> int:
    """Return where the words behind a line's numbering and marks begin."""
    at = start
    for _ in range(3):
        if ordinal := _ORDINAL.match(text, at, end):
            at = ordinal.end()
        mark = _MARKUP.match(text, at, end)
        at = mark.end() if mark else at
        numbering = numbering_of(text[at : min(end, at + 60)])
        if not numbering:
            break
        at += numbering.length
    return at


def _name(text: str, start: int, end: int) -> Span | None:
    """Return the span of the name that the words at ``start`` begin with."""
    first = _NAME_END.search(text, start, min(end, start + MAX_TASK + 1))
    if first is None:
        return None
    stop = first.start()
    owner = _OWNER.search(text, start, min(end, start + MAX_TASK))
    if owner and stop < owner.start() and _DOING.match(text, start, end):
        # “实施技改项目120个，工业投资增长12%（责任单位：…）”: the task is all of it.
        between = text[stop : owner.start()]
        stop = owner.start() if "。" not in between.rstrip("。") else stop
    label = re.match(r"(?:项目|工程|任务|事项)名称[：:]\s*", text[start:end])
    if label:
        return _name(text, start + label.end(), end)
    # The words behind a name in parentheses belong to what is said of it.
    opened = re.search(r"[（(〔【\[][^（）()]*$|[（(][^（）()]*[）)]\**$", text[start:stop])
    inside = text[start + opened.start() : stop] if opened else ""
    open_still = bool(inside) and inside[-1] not in "）)*"  # “（市供水总站，……）” goes on behind
    if opened and (
        open_still or re.search(r"单位|时限|投资|万元|亿元|领导|责任|牵头|[：:]", inside)
    ):
        stop = start + opened.start()
    while stop > start and text[stop - 1] in " *\u3000，。：:（(〔【[":
        stop -= 1
    if mark := _MARKUP.match(text, start, end):
        start = min(mark.end(), stop)
    if opening := _THIS_YEAR.match(text, start, stop):
        start = opening.end()
    if about := _ABOUT.match(text, start, stop):
        start = about.end()
    return (start, stop) if stop - start >= 3 else None
