"""The words that lead in the points of a list: who found them, who demands them, how many."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.elsewhere.sayings import Saying
from assistant.statements import Source, Statement
from index.library import Library

NEAR = 3  # characters between a lead and the first point: a line's end, an indent
_POINT = re.compile(r"\s*(?:[（(]?[一1][）)]|[一1][、.．是要]|首先|第一[，、,]|①|一方面)")
_LEADS = re.compile(
    r"[：:]$|[两二三四五六七八九十\d]+(?:个|点|项|条|方面|件)|(?:如下|以下|下列|要求|强调|指出|提出|意见|问题|底线)[^，。]{0,8}$"
)


def lead_of(
    lines: Sequence[Statement], sayings: Sequence[Saying], library: Library
) -> Source | None:
    """Return the sentence before the first of several points of one list, None without one."""
    points = [line.sources[0] for line in lines if line.bullet and line.sources]
    if len(points) < 2 or len({(p.file_id, p.document) for p in points}) > 1:
        return None
    first = min(points, key=lambda point: point.start)
    if not _POINT.match(library.content(first.file_id).text, first.start):
        return None
    for one in sayings:
        source = one.source
        if source.file_id == first.file_id and 0 <= first.start - source.end <= NEAR:
            return source if _LEADS.search(one.text.rstrip("。；; ")) else None
    return None
