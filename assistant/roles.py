"""Who builds, supervises or designs: roles that a list's responsible unit does not have.

“区住建局的管网二期、安置房（施工单位更换）” names a unit and the words of a role, yet
says of nobody that it builds.
"""

from __future__ import annotations

import re
from bisect import bisect_left

from assistant.evidence import Unit
from assistant.question import Question
from assistant.ranking import Candidate
from index.library import Library

_ROLE = re.compile(
    r"(?P<role>施工|总包|监理|设计|勘察|承建|中标|代建|运营|审计|检测)(?:单位|公司|企业|方|机构|院)"
    r"|(?:由?(?:谁|哪[家个])(?:单位|公司|企业)?)(?:来|负责)?(?P<done>施工|监理|设计|勘察|承建|中标|代建|运营)"
)
_BUILDS = frozenset(("施工", "总包", "承建", "中标"))
_BODY = "(?:单位|公司|企业|方|机构|院|人)"
_ORGANISATION = "(?:公司|集团|[建工程市政路桥]{2,4}局|[设研究计]{2}院|厂|工程队|建工|路桥)"
_PIECE = re.compile(r"[^，,、；;。！!？?（）()\n]+")


def asks_for_role(question: Question) -> bool:
    """Tell whether the question asks who builds, supervises or the like."""
    return _ROLE.search(question.text) is not None


def role_said(question: Question, best: Unit) -> bool:
    """Tell whether evidence names anybody in the role that is asked for; True without one.

    “施工许可” and “施工单位进场人员不足” say of nobody that he builds.
    """
    asked = _ROLE.search(question.text)
    if asked is None:
        return True
    role = asked["role"] or asked["done"]
    evidence = f"{best.context}\n{best.before}\n{best.text}"
    if best.kind == "row" and re.search(rf"{role}{_BODY}", best.context):
        return True  # a column of its own
    roles = "施工|总包|承建|中标" if role in _BUILDS else role
    named = (
        rf"(?:{roles})(?:总承包)?{_BODY}?(?:为|是|系|[:：])\S\S"
        rf"|(?:{roles})(?:总承包)?{_BODY}?[^，。；\n]{{2,20}}?{_ORGANISATION}"
        rf"|(?:由|{_ORGANISATION})[^，。；\n]{{0,8}}(?:{roles})(?!许可|图|方案|招标|单位|现场)"
    )
    return re.search(named, evidence) is not None


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
