"""Which words name a responsible unit: by the endings that offices and firms bear."""

from __future__ import annotations

import re

from index.words import fold

_ENDINGS = (
    "局|委|办|厅|署|街道|街办|镇|乡|公司|集团|中心|院|校|学校|大学|学院|医院|指挥部|管委会"
    "|委员会|开发区|高新区|经开区|新区|园区|工业园|产业园|经济园|经济区"
    "|示范区|协作区|生态区|文化区|保税区|度假区|风景区|景区|管理区|管理处|管理所|管理段|公路段|养护段|工务段|处|站|政府"
    "|办事处|分局|支队|大队|总队|联社|银行|协会|工会|妇联|团委|残联|科协|文联|侨联|工商联|红十字会"
    "|总公司|供电所|电力|联通|电信|移动公司|人社|社保|部|室|组|专班|项目办|重点办|工作组"
    "|领导小组|筹建处|合作社|农场|林场|水库|公园|集团公司|城投|建投|交投|水投|国投|文旅投|旅投"
    "|平台公司|供销社"
)
_UNIT = re.compile(
    rf"^[\u4e00-\u9fff*\w（）()·“”〇○Ａ-Ｚａ-ｚ]{{1,24}}?(?:{_ENDINGS})(?:[（(][^（）()]{{1,10}}[）)])?$"
)
_ENGLISH = re.compile(
    r"^[A-Z][\w&.'’-]*(?: [\w&.'’-]+){0,6} (?:Bureau|Commission|Department|Office|Committee"
    r"|Authority|Administration|Agency|Company|Group|Centre|Center)$"
)
_NOT_UNIT = re.compile(
    r"(?:项目|工程|改造|建设|扩建|搬迁|资金|困难|不足|手续|原因|阶段|全部|(?<!指挥)(?<!组织)(?<!宣传)(?<!统战)(?<!武装)部|东部|西部|南部|北部|布局|格局|全局|结局|大局|时局|僵局|开局"
    r"|内部|外部|局部|干部)$"
)
_TOLD = re.compile(r"\d[月日]|移交|转为")  # “9月10日移交市档案局” ends in a unit and is none
_OFFICE = re.compile(r"^[^“”（）()]{2,14}(?:局|委|办|厅|署|政府|管委会|办公室)$")
_SEPARATORS = re.compile(r"[、，,；;/／\s]+|以及|和|及|与")
# “和” within the name of one office: 发展和改革局, 文化和旅游局, 人力资源和社会保障局.
_AND_IN_NAME = re.compile(
    r"[\u4e00-\u9fff]{2,8}(?<![局委办厅署镇乡])[和与][\u4e00-\u9fff]{2,6}[局委厅]"
)
_REGION = re.compile(
    r"^[\u4e00-\u9fff]{1,4}(?<![小片园城校院库灌景社厂地矿山林湖])(?:区|县|市|旗|州)$"
)
_PREFIX = re.compile(
    r"^(?:中共|中国)?(?:[\u4e00-\u9fff]{2,3}(?:市|县|区|州|旗))?(?:市|县|区|州|旗|省)?"
)
_STRONG = re.compile(
    r"(?:局|委|办|厅|署|街道|街办|镇|乡|公司|集团|中心|指挥部|管委会|委员会|开发区|高新区|经开区"
    r"|新区|园区|工业园|产业园|经济园|经济区|管理处|管理所|管理段|公路段|养护段|工务段|管理站|政府|办事处|分局|专班|项目办|重点办|工作组|筹建处"
    r"|协作区|生态区|文化区|总公司|联社|医院|学校|大学|学院)$"
)


def is_unit(text: str) -> bool:
    """Tell whether ``text`` is the name of one unit."""
    bare = text.strip()
    if _ENGLISH.match(bare):
        return True
    return bool(_UNIT.match(bare)) and not _NOT_UNIT.search(bare) and not _TOLD.search(bare)


def is_strong_unit(text: str) -> bool:
    """Tell whether ``text`` ends as offices and firms do, not merely as places may."""
    bare = text.strip()
    return is_unit(text) and bool(_STRONG.search(bare) or _ENGLISH.match(bare))


def is_office(text: str) -> bool:
    """Tell whether ``text`` can be but an office, not what is built (“体育中心”)."""
    return bool(_OFFICE.match(text.strip()))


def can_own(text: str) -> bool:
    """Tell whether ``text`` names who answers for a project: an office, a firm, a county.

    What a level begins (“市水土保持站”) need not end as offices do.
    """
    bare = text.strip()
    local = bare[:1] in tuple("省市县区州") and are_units(bare)
    return is_strong_unit(bare) or is_region(bare) or local


def is_region(text: str) -> bool:
    """Tell whether ``text`` is but a county, a city or a district, which answers for a project."""
    return bool(_REGION.match(text.strip()))


def are_units(text: str) -> bool:
    """Tell whether ``text`` names one unit or several (“区住建局、城关街道”)."""
    if _AND_IN_NAME.fullmatch(text.strip()):
        return True
    parts = [part for part in _SEPARATORS.split(text.strip()) if part]
    return bool(parts) and len(parts) <= 6 and all(is_unit(part) for part in parts)


def core_unit(text: str) -> str:
    """Return a unit's name for matching: without region (“青山县交通局” is “交通局”)."""
    bare = re.sub(r"[\s*“”\"（(].*$|[\s*]", "", fold(text))
    core = _PREFIX.sub("", bare, count=1)
    return core if len(core) >= 2 else bare
