"""Questions as people type them into a search box: “石桥改建工程的总投资”, without asking."""

from __future__ import annotations

import random
import re

_FORMS: tuple[tuple[re.Pattern[str], tuple[str, ...]], ...] = (
    (
        re.compile(
            r"^(?P<a>.{2,}?)(?:是在|是于|是|于|在)?(?:西元)?(?:哪一?年|何年|何时|什么时候|什么时间|哪一天|哪天)"
            r"(?:的时候)?(?P<b>[^，,]{0,12}?)的?[？?]?$"
        ),
        ("{a}{b}的时间", "{a}{b}时间", "{a}{b}日期"),
    ),
    (
        re.compile(
            r"^(?P<a>.{2,}?)(?:位于|坐落于|坐落在|是在|在)(?:哪里|哪儿|何处|何地|什么地方|哪个\w{1,2})(?P<b>)[？?]?$"
        ),
        ("{a}的位置", "{a}地点", "{a}在哪"),
    ),
    (
        re.compile(r"^(?P<a>.{2,}?)(?:是|为|叫做?|名为)(?:什么|谁|何人|何|哪一?[个位种类])(?P<b>)[？?]?$"),
        ("{a}",),
    ),
    (
        re.compile(r"^(?P<a>.{2,}?)(?:有|是|为|达|共有|约有)?多少(?P<b>[^，,]{0,4})[？?]?$"),
        ("{a}{b}数量", "{a}的{b}数"),
    ),
)  # fmt: skip


def as_phrase(question: str, rng: random.Random) -> str:
    """Return a question as a phrase, or as it is where no form fits it."""
    for pattern, shapes in _FORMS:
        match = pattern.match(question)
        if match:
            return rng.choice(shapes).format(**match.groupdict())
    return question
