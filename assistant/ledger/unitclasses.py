"""Classes of units that questions ask for: townships, subdistricts, departments, zones, firms.

“镇和街道负责的项目里，哪些滞后”, “乡镇的项目还有几个没动工”, “县直部门牵头的”.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from index.ledger.records import Span
from index.words import fold

# The endings of a class's units, by its name; the first that fits is the class.
_CLASSES: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("街道", re.compile(r"(?:街道(?:办事处|办)?|街办)(?:党工委)?$")),
    ("乡镇", re.compile(r"(?:镇|乡|苏木)(?:人民)?(?:政府)?$")),
    ("园区", re.compile(
        r"(?:开发区|高新区|经开区|示范区|保税区|新区|园区|工业园|产业园|度假区|景区)(?:管委会|管理委员会)?$|管委会$")),
    ("企业", re.compile(r"(?:公司|集团|企业|厂|城投|交投|水投|文旅投|建投|国投|平台)$")),
    ("部门", re.compile(r"(?:局|委|办|厅|署|委员会|中心|指挥部|政府|医院|学校|大学|学院|室|处)$")),
)  # fmt: skip
_TOWNS, _STREETS = ("乡镇",), ("街道",)
_BOTH = (*_TOWNS, *_STREETS)
_JOINT = r"[和与及、（(]?"
_STREET = r"街道?"
_BOTH_SAID = (
    rf"乡?镇{_JOINT}{_STREET}[）)]?|{_STREET}{_JOINT}乡?镇|镇{_JOINT}{_STREET}{_JOINT}乡[）)]?"
)
_DIRECT = r"(?:省|市|县|区|州)?直(?:属)?(?:部门|单位|机关)(?:[（(]?单位[）)]?)?"
_ASKED: tuple[tuple[tuple[str, ...], str], ...] = (
    (_BOTH, _BOTH_SAID),
    (_TOWNS, rf"乡镇|镇{_JOINT}乡|乡{_JOINT}镇"),
    (_STREETS, r"街道"),
    (("部门", "园区"), r"(?:省|市|县|区|州)直(?:属)?单位"),  # a zone's office is one of them
    (("部门",), rf"{_DIRECT}|(?:职能|行业|主管)?部门"),
    (("园区",), r"(?:开发区|工业|产业)?园区|开发区(?:和|、)园区"),
    (("企业",), r"(?:国有|平台)?(?:企业|公司)|国企"),
)
# Behind the class: that its units answer for what is asked.
_OWN = (
    r"(?:们|单位)?(?:所|共|一共|各自)?(?:负责|牵头|承担|实施|承建|主管|包抓|抓|名下|手[里上])(?:实施|建设|推进|组织)?的?"
    r"|的(?=[^，,。？?]{0,8}(?:项目|工程|任务|事项|里|中))|(?=(?:项目|工程|任务)(?:里|中|当中|有|还有|没))"
)
_BEFORE = re.compile(
    r"(?:^|[，,。；;、\s]|[的由在除归]|全[省市县区]|(?:目前|现在|今年|所有|那些|还有|对|里))$"
)


def class_of_unit(unit: str) -> str:
    """Return the class that a unit's name tells, "" if none."""
    bare = re.sub(r"\s|[（(].*$", "", fold(unit))
    return next((name for name, ending in _CLASSES if ending.search(bare)), "")


def classes_asked(text: str, units: Iterable[str]) -> tuple[tuple[str, ...], Span] | None:
    """Return the classes whose projects a folded question asks for, with the words' span.

    None where it names none, or none that any of ``units`` is of.
    """
    have = {class_of_unit(unit) for unit in units}
    for classes, words in _ASKED:
        for match in re.finditer(rf"(?:{words})(?:{_OWN})", text):
            if _BEFORE.search(text[: match.start()]) and have & set(classes):
                return classes, match.span()
    return None
