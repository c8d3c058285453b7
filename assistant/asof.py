"""Up to when a document tells: the day that it says itself, not that on which it was issued."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.statements import Draft, Source, Statement, escape
from index.library import Library

HEAD = 400  # characters at the head of a document in which it says up to when it tells
FURTHER = 1_200  # characters in which it says so where its head does not
_UP_TO = re.compile(
    r"(?:数据|统计|情况|进度)?截[至止](?:时间|日期|时点|到)?[：:\s]*(?P<day>(?:\d{4}年)?\d{1,2}月(?:\d{1,2}[日号]|底|末))"
)
# “与5月简报（数据截至4月30日）相比”: up to when another document tells.
_OTHERS = re.compile(r"(?:与|较|比|对照)[^，。；\n]{0,16}[（(]$")
_AS_OF = re.compile(r"截[至止]?到?|什么时候的数|哪天的数|哪一?天的数据")
_ASKING = re.compile(
    r"截[至止]?到?|为止|数据|数字|数|情况|进展|统计|日期|时间|是|的|这|那|什么时候|何时|哪一?天|几月几[日号]|哪个?月|什么|到|[，？?\s]"
)


def asks_up_to(words: str) -> bool:
    """Tell whether words ask only up to when something is told (“截至什么时候的情况”)."""
    return bool(_AS_OF.search(words)) and not _ASKING.sub("", words)


def told_up_to(file_id: int, ordinal: int, library: Library) -> Source | None:
    """Return where a document says up to when it tells.

    None where it does not, or says it of several days.
    """
    content = library.content(file_id)
    document = content.structure.documents[ordinal]
    for size in (HEAD, FURTHER):
        view = content.structure.reading.view(
            document.start, min(document.end, document.start + size)
        )
        days = [
            match
            for match in _UP_TO.finditer(view.text)
            if not _OTHERS.search(view.text, 0, match.start())
        ]
        if days:
            same = len({re.sub(r"^\d{4}年", "", match["day"]) for match in days}) == 1
            return Source(file_id, ordinal, *view.span(*days[0].span("day"))) if same else None
    return None


def day_line(day: Source, library: Library) -> Statement:
    """Return the line that says up to when a document tells."""
    content = library.content(day.file_id)
    title = escape(content.structure.documents[day.document].title)
    return Statement(f"《{title}》：**{escape(content.text[day.start : day.end])}**", (day,))


def with_days(words: Sequence[str], drafts: Sequence[Draft], library: Library) -> list[Draft]:
    """Return the answers to the parts of a question, each with the part's ``words``.

    One that only asks up to when the part before is told has the day of the newest
    document that answers that one; it stays as it is where that says none.
    """
    found: list[Draft] = []
    for asked, draft in zip(words, drafts, strict=True):
        day = _day_of(found[-1], library) if found and asks_up_to(asked) else None
        if day is not None:
            shown = library.content(day.file_id).text[day.start : day.end]
            draft = Draft([day_line(day, library)], short=shown)
        found.append(draft)
    return found


def _day_of(draft: Draft, library: Library) -> Source | None:
    """Return up to when the newest document tells that an answer's first line cites."""
    cited = draft.statements[0].sources if draft.statements and not draft.refused else ()
    places = dict.fromkeys((source.file_id, source.document) for source in cited)

    def date(place: tuple[int, int]) -> str:
        return library.content(place[0]).structure.documents[place[1]].date or ""

    newest = max(places, key=date, default=None)
    return told_up_to(*newest, library) if newest else None
