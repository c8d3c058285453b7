"""What an English question counts (“how many students will … enrol”), and who says it in Chinese.

The question's words need not be known for this: the noun alone must be. A passage that names the
thing and no such noun does not say how many there are.
"""

from __future__ import annotations

import re

from assistant.dictionary import meanings
from assistant.translation.words import known_words
from index.words import fold

# Words that are counted in other words than a dictionary has.
_ALSO = {
    "student": "学生 学位 在校生 名新生", "pupil": "学生 学位", "bed": "床",
    "job": "岗位 就业 用工 务工", "worker": "工人 用工 务工 作业人员 施工人员 职工 民工",
    "employee": "职工 员工 用工", "people": "人", "person": "人", "resident": "居民 群众 人口",
    "household": "户", "family": "户", "charging pile": "充电桩", "pile": "桩",
    "space": "车位 泊位", "parking space": "车位 泊位", "lift": "电梯", "elevator": "电梯",
    "apartment": "公寓 套", "flat": "套", "home": "套 户", "unit": "套 单位", "villager": "村民",
    "visitor": "游客 人次", "tourist": "游客 人次", "passenger": "旅客 乘客 人次",
    "bus": "公交 客车 校车 班车", "teacher": "教师 老师", "doctor": "医生 医师", "mu": "亩",
    "hectare": "公顷", "kilometre": "公里 千米", "kilometer": "公里 千米", "metre": "米",
    "company": "企业 公司 家", "enterprise": "企业 公司 家", "village": "村", "tree": "树 株",
    "staff": "工作人员 职工 编制", "seat": "座 席位", "ton": "吨", "tonne": "吨", "day": "天 日",
    "month": "月", "year": "年", "point": "点 分", "station": "站", "place": "处 名额 学位",
}  # fmt: skip
# Of these the documents speak in many words (事项, 任务, 件), which other rules know.
_PROJECTS = re.compile(r"\b(?:projects?|works?|tasks?|items?|things?|problems?|issues?|times?)\b")
_ASKED = re.compile(
    r"\bhow many (?P<noun>[a-z][a-z' -]*?)(?= (?:is|are|was|were|will|would|can|could|do|does|did"
    r"|has|have|had|in|of|at|on|by|for|to|from|with|under|built|added|opened|installed|created"
    r"|that|which|who|there|still|not|per|scored?|visited|work|received?)\b|[,?.]|$)"
)
_NUMBER = re.compile(
    r"\d|[一二两三四五六七八九十百千万]+[余多]?[个名人户张套栋座处家亩公米吨条辆部台]"
)
_OTHER = re.compile(r"new|key|more|other|total|foreign|electric|old|extra|local|registered")


def counted_words(question: str) -> tuple[str, ...]:
    """Return what the things that a question counts may be called, none where it counts others.

    None, too, where no dictionary holds the noun.
    """
    asked = _ASKED.search(question.lower())
    if asked is None or _PROJECTS.search(asked["noun"]):
        return ()
    words = [w for w in asked["noun"].split() if not _OTHER.fullmatch(w)]
    found: list[str] = []
    for phrase in (" ".join(words[-2:]), " ".join(words[-1:])):
        single = re.sub(r"ies$", "y", phrase)
        single = single if single in _ALSO else re.sub(r"(?:(?<=ss)e)?s$", "", single)
        found += [*_ALSO.get(single, "").split(), *known_words(phrase), *meanings(phrase)]
        if single in _ALSO:
            break
    return tuple(dict.fromkeys(found))


def says_number_of(text: str, words: tuple[str, ...], question: str) -> bool:
    """Tell whether a passage says a number and one of the words, but for names in the question."""
    said = fold(text)
    for name in re.findall(r"[\u4e00-\u9fff]{2,}", question):
        said = said.replace(fold(name), " ")
    return bool(_NUMBER.search(said)) and any(word in said for word in words)
