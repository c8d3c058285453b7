"""Documents about one project: the title names it, the paragraphs tell of it.

A news item or a brief gives one record; its fields are gathered from all
sentences that speak of the project.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from index.ledger.attributes import Fields, read_attributes
from index.ledger.builder import Builder, Line
from index.ledger.context import Context, bare_heading, context_at
from index.ledger.labels import label_key
from index.ledger.names import core_name, is_generic, looks_named
from index.ledger.narratives import GOES_ON
from index.ledger.records import Roster, Span
from index.ledger.remarks import completed
from index.ledger.status import Status, status_of
from index.ledger.units import is_strong_unit
from index.records import View
from index.sentences import sentences

MAX_PROBLEM = 200  # characters of a paragraph of problems
MIN_TOLD = 2  # fields or statuses without which a mention is no record
_BEFORE = re.compile(
    r"^(?:.{0,12}[：:!！|]|【[^】]*】|关于(?:推进|加快|做好|对)?|我[市县区省]"
    r"|.{2,20}?(?:调研|督导|检查|视察|察看|走访|督查|协调)(?:推进|指导|督导)?)\s*"
)
_PREDICATE = re.compile(
    r"(?:的?(?:建设|施工|推进|进展|实施|前期)?(?:工作|进展|进度|情况|问题|现场|有关)"
    r"|建设|主体|顺利|正式|全面|成功|圆满|如期|提前|即将|有望|稳步|有序|加快|快速|火热|今[日天]"
    r"|开工|动工|启动|奠基|竣工|完工|封顶|贯通|合龙|通车|投产|投用|投入|建成|完成|通过|取得|进入"
    r"|跑出|迎来|举行|签约|落户|停工|复工|已|将|获|年度|\d|（|\(|$)"
)
# A reply to a proposal, and the proposal as it quotes it: “《关于加快某桥建设的建议》”.
_REPLY = re.compile(
    r"(?:提案|建议|议案|来信|信访|诉求)[^，。]{0,12}(?:答复|回复|复函)|(?:答复|复函)$"
)
_PROPOSAL = re.compile(
    r"《关于(?:请求?|恳请|建议|尽快|早日|加快|推进|推动|加强|继续|启动|实施|开展|做好|支持|重视|解决|进一步)*"
    r"(?P<name>[^《》]{4,30}?)(?:(?:建设|施工|推进|开工|进度|工作|项目|工程|问题))*的?(?:建议|提案|议案|意见)》"
)
_BEGUN = re.compile(r"(?:正式|顺利|全面|举行)*(?:开工|动工|奠基|开建|复工)")
_NOUN = re.compile(r"(?:项目|工程)")
_SPEAKS = re.compile(r"项目|工程|总投资|工期|施工|建设|竣工|投资")
_OTHERS = re.compile(r"(?:其他|另外|上述|各)(?:项目|工程)")
_GATHERED = frozenset({"measures", "status_text"})


def read_single(builder: Builder, lines: Sequence[Line], first: int) -> None:
    """Read the one project that a document is about; ``first`` is its first record so far."""
    name = _named_in_title(builder, lines) or _answered(builder)
    if name is None:
        return
    core = core_name(name)
    own = [n for n in range(first, len(builder.ledger.records)) if _is(builder, n, core)]
    if len(own) > 1 or len(builder.ledger.records) - first > len(own):
        return
    context = context_at(builder.document, builder.view, builder.document.start)
    spans = list(_told(builder, lines, core))
    fields, status = _gathered(builder, spans)
    fields |= {k: w for k, w in _problems(builder, lines).items() if k not in fields}
    if not status:
        status = _title_status(builder, name)
    if own:
        record = completed(builder.ledger.records[own[0]], fields)
        builder.ledger.records[own[0]] = replace(
            record,
            stage=record.stage or status.stage,
            progress=record.progress or status.progress,
        )
    elif len(fields) + bool(status) >= MIN_TOLD:
        _add(builder, name, fields, status, context, spans)


def _is(builder: Builder, place: int, core: str) -> bool:
    found = core_name(builder.ledger.records[place].name)
    return found == core or found in core or core in found


def _named_in_title(builder: Builder, lines: Sequence[Line]) -> str | None:
    """Return the project that the title names and the text repeats, None if it names none."""
    title = builder.document.title.strip()
    while match := _BEFORE.match(title):
        title = title[match.end() :]
    body = "\n".join(builder.view.text[line.start : line.end] for line in lines)
    for end in range(len(title), 3, -1):
        words = title[:end]
        if not _PREDICATE.match(title, end) or not looks_named(words) or is_strong_unit(words):
            continue
        bare = re.sub(r"(?:项目|工程)$", "", words)
        repeated = bare in body or (_NOUN.search(words) and len(_NOUN.findall(body)) >= MIN_TOLD)
        if len(bare) >= 4 and not is_generic(bare) and repeated and _one(words):
            return words
    return None


def _answered(builder: Builder) -> str | None:
    """Return the one project that the proposal replied to is about, if it is about one."""
    if not _REPLY.search(builder.document.title):
        return None
    for match in _PROPOSAL.finditer(builder.view.text):
        name = match["name"]
        if looks_named(name) and not is_generic(name) and not is_strong_unit(name) and _one(name):
            return name
    return None


def _one(words: str) -> bool:
    """Tell whether a name is that of one project, not of a class (“全区重点项目”)."""
    return not re.search(
        r"重点|重大|进一步|加快|推进|推动|加强|做好|抓好|强化|规范|促进|全[市县区省]|各|一批|批|系列|[、]|\d+个|等",
        words,
    )


def _told(builder: Builder, lines: Sequence[Line], core: str) -> Iterator[Span]:
    """Yield the sentences (clean spans) that speak of the project."""
    view = builder.view
    for line in lines:
        if line.heading:
            continue
        inner = View(view.text[line.start : line.end], view.offsets[line.start : line.end])
        for a, b in sentences(inner):
            words = inner.text[a:b]
            named = core in core_name(words)
            if named or (
                (GOES_ON.match(words) or _SPEAKS.search(words)) and not _OTHERS.search(words)
            ):
                yield line.start + a, line.start + b


def _gathered(builder: Builder, spans: Sequence[Span]) -> tuple[Fields, Status]:
    """Return what the sentences say together; of each field the first that says it."""
    fields: Fields = {}
    status = Status()
    for span in spans:
        said = read_attributes(builder.view, *span)
        words = said["status_text"].text if "status_text" in said else ""
        found = status_of(words)
        if found and not status:
            status = found
        elif "status_text" in said and not found:
            said.pop("status_text")
        fields |= {key: value for key, value in said.items() if key not in fields}
    return fields, status


def _problems(builder: Builder, lines: Sequence[Line]) -> Fields:
    """Return the first paragraph under a heading that says problems, or next steps."""
    found: Fields = {}
    for line, body in pairwise(lines):
        if not line.heading or body.heading or body.end - body.start > MAX_PROBLEM:
            continue
        heading = bare_heading(builder.view.text[line.start : line.end])
        key = label_key(re.sub(r"^(?:项目|工程|目前|当前)|和建议$|及建议$", "", heading))
        if key in ("reason", "measures") and key not in found:
            text = builder.view.text
            end = body.end - 1 if text[body.end - 1] in "。；" else body.end
            found[key] = builder.words((body.start, end))
    return found


def _title_status(builder: Builder, name: str) -> Status:
    _, _, said = builder.document.title.partition(name)  # a reply's title need not say it
    return status_of(said) or (status_of(f"已{said}") if _BEGUN.match(said) else Status())


def _add(
    builder: Builder,
    name: str,
    fields: Fields,
    status: Status,
    context: Context,
    spans: Sequence[Span],
) -> None:
    view = builder.view
    bare = re.sub(r"(?:项目|工程)$", "", name)
    span = next(((a, b) for a, b in spans if bare in view.text[a:b]), None)
    if span is None and builder.document.title_start is not None:
        at = builder.clean(builder.document.title_start)
        span = (at, at + len(builder.document.title))
    if span is None or bare not in view.text[slice(*span)]:
        return
    at = view.text.index(bare, span[0])
    stop = at + len(name) if view.text.startswith(name, at) else at + len(bare)
    fields = {"name": builder.name([(at, stop)]), **fields}
    if context.as_of:
        fields.setdefault("as_of", context.as_of)
    roster = builder.roster(
        Roster(
            builder.document.ordinal, *view.span(*span), context.heading, None, None, None,
            status.stage, status.progress, context.as_of,
        )
    )  # fmt: skip
    builder.record(context.kind, roster, view.span(*span), fields, status)
