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


def role_said(question: Question, evidence: str) -> bool:
    """Tell whether evidence names anybody in the role that is asked for; True without one.

    “施工许可”, “设计方案” and “施工图” say of nobody that he builds or designs.
    """
    asked = _ROLE.search(question.text)
    if asked is None:
        return True
    role = asked["role"] or asked["done"]
    held = (
        rf"{role}(?:总承包|单位|公司|企业|方|机构|院|人)"
        rf"|(?:由|公司|集团|局|院|所|厂)[^，。；]{{0,8}}{role}(?!许可|图|方案|招标)"
    )
    also = r"|总包|承建|中标|施工队" if role in ("施工", "承建", "中标") else ""
    return re.search(held + also, evidence) is not None


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
