"""Tasks that minutes set down: “由县住建局牵头，县财政局配合，于8月10日前完成东门泵站设备采购”."""

from __future__ import annotations

import re

from index.ledger.attributes import WHEN, Fields
from index.ledger.builder import Builder, Line
from index.ledger.narratives import entry_roster
from index.ledger.status import Status
from index.ledger.units import are_units
from index.records import View
from index.sentences import sentences

_TASK = re.compile(
    r"(?:由|请|责成)(?P<unit>[^，。；、：]{2,20}?)(?:牵头|负责|具体负责|主办|落实)(?:组织|实施)?"
    r"(?:[，,、](?:会同)?[^，。；]{2,40}?(?:配合|参与|协助|会同))?[，,]?"
    rf"(?:务必|确保|要|须)?(?:于|在)?(?P<when>(?:{WHEN})(?:底|初|末)?)(?:之前|以前|前|内)[，,]?"
    r"(?P<task>[^，。；：]{4,60})"
)
_PROPOSED = re.compile(r"建议|拟$|请示|提请")
_ACTS = re.compile(
    r"^(?:全面|全部|正式|尽快)?(?:完成|办结|报送|提交|拨付|启动|修复|修订|制定|出台|落实|解决|建成|开展|组织"
    r"|编制|印发|下达|拆除|取得|办理|打通|整改|清理|协调|上报|拿出|提出|建立|安排|开工|竣工|复工|支付|安装|采购)"
)


def read_minuted(builder: Builder, line: Line) -> bool:
    """Read the sentences of a paragraph that give a unit a task with its day."""
    view = builder.view
    inner = View(view.text[line.start : line.end], view.offsets[line.start : line.end])
    found = False
    for a, b in sentences(inner):
        found |= _read(builder, line, line.start + a, line.start + b)
    return found


def _read(builder: Builder, line: Line, start: int, end: int) -> bool:
    text = builder.view.text
    match = _TASK.search(text, start, end)
    if match is None or not are_units(match["unit"]) or not _ACTS.match(match["task"]):
        return False
    if builder.is_used((start, end)) or _PROPOSED.search(text, start, match.start()):
        return False
    context = builder.context(line)
    if context.kind != "task":
        return False  # a measure beside a project, told with it
    fields: Fields = {
        "name": builder.words(match.span("task")),
        "unit": builder.words(match.span("unit")),
        "deadline": builder.words(match.span("when")),
    }
    span = builder.view.span(match.start(), match.end("task"))
    roster = entry_roster(builder, context, span)
    builder.record("task", roster, span, fields, Status())
    builder.use((start, end))
    return True
