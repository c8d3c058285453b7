"""Which leader answers for which projects: “（三）副县长某某：甲、乙、丙。” in a notice of it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from index.ledger.builder import Builder, Line
from index.ledger.counted import paragraphs
from index.ledger.edges import trimmed
from index.ledger.naming import is_doubtful
from index.ledger.records import Roster, Span
from index.ledger.status import Status
from index.sentences import parts

MIN_LEADERS = 3  # lines one after the other, each with a leader and projects
_ASSIGNS = re.compile(r"包联|包抓|包保|挂包|挂联|挂钩|领衔|联系(?:点|项目|安排)|领导联系|分包")
_LINE = re.compile(
    r"\s*(?:[（(]?[一二三四五六七八九十\d]{1,3}[）)、.．]|[-—•·●◆■])?\s*"
    r"(?P<leader>[\u4e00-\u9fff、]{1,24}?(?:书记|[县市区镇乡州局校院]长|主任|主席|常委|委员|部长|组长)[\u4e00-\u9fff·]{2,4})"
    r"(?:同志)?[：:]\s*(?P<names>[^：:\n]{2,300})$"
)


def read_leaders(builder: Builder, lines: Sequence[Line]) -> None:
    """Read the runs of lines that give a leader and projects each, where assignments are told."""
    text = builder.view.text
    run: list[re.Match[str]] = []
    for span in [*paragraphs(builder, lines), None]:
        match = _LINE.match(text, *span) if span else None
        if match and not builder.is_used(match.span()):
            run.append(match)
            continue
        if len(run) >= MIN_LEADERS and _is_assigned(builder, run[0].start()):
            _add(builder, run)
        run = []


def _is_assigned(builder: Builder, at: int) -> bool:
    """Tell whether the title or the heading above tells of such assignments."""
    context = builder.context(Line(at, at + 1, heading=False))
    heading = context.heading.text if context.heading else ""
    return bool(_ASSIGNS.search(f"{context.title} {heading}"))


def _add(builder: Builder, run: Sequence[re.Match[str]]) -> None:
    view = builder.view
    context = builder.context(Line(run[0].start(), run[0].end(), heading=False))
    span = view.span(run[0].start(), run[-1].end())
    roster = builder.roster(
        Roster(builder.document.ordinal, *span, context.heading, as_of=context.as_of)
    )
    for match in run:
        for name in _names(view.text, match.span("names")):
            fields = {
                "name": builder.words(name),
                "leader": builder.words(match.span("leader")),
            }
            builder.record(context.kind, roster, view.span(*name), fields, Status())
        builder.use(match.span())


def _names(text: str, span: Span) -> list[Span]:
    found = [trimmed(text, a, b) for a, b in parts(text, *span, "、；;，,。")]
    return [(a, b) for a, b in found if a < b and not is_doubtful(text[a:b])]
