"""Who builds, supervises or designs: roles that a list's responsible unit does not have.

“区住建局的管网二期、安置房（施工单位更换）” names a unit and the words of a role, yet
says of nobody that it builds.
"""

from __future__ import annotations

import re
from bisect import bisect_left

from assistant.question import Question
from assistant.ranking import Candidate
from index.library import Library

_ROLE = re.compile(
    r"(?P<role>施工|监理|设计|勘察|承建|中标|代建|运营|审计|检测)(?:单位|公司|企业|方|机构|院)"
    r"|(?:由?(?:谁|哪[家个])(?:单位|公司|企业)?)(?:来|负责)?(?P<done>施工|监理|设计|勘察|承建|中标|代建|运营)"
)
_PIECE = re.compile(r"[^，,、；;。！!？?（）()\n]+")


def asks_for_role(question: Question) -> bool:
    """Tell whether the question asks who builds, supervises or the like."""
    return _ROLE.search(question.text) is not None


def role_elsewhere(question: Question, best: Candidate, library: Library) -> bool:
    """Tell whether the unit speaks of the role that is asked for, but not beside the answer."""
    asked = _ROLE.search(question.text)
    if asked is None or best.answer is None:
        return False
    role = asked["role"] or asked["done"]
    unit = best.unit
    view = library.content(unit.file_id).structure.reading.view(unit.start, unit.end)
    start, end = (bisect_left(view.offsets, place) for place in best.answer)
    pieces = [m for m in _PIECE.finditer(view.text) if role in m.group()]
    return bool(pieces) and not any(m.start() < end and start < m.end() for m in pieces)
