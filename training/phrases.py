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
    (
        re.compile(
            r"^(?P<a>.{2,}?)(?:是由|由|被|是在|在|是|为|有)?哪(?:一?[个位家种所座支部名条项]|些)"
            r"(?P<b>[\u4e00-\u9fff]{2})(?P<c>[\u4e00-\u9fff]{0,4})的?[？?]?$"
        ),
        ("{a}{c}的{b}", "{a}{c}{b}", "{a}的{b}"),
    ),
    (
        re.compile(
            r"^哪(?:一?[个位家种所座支部名条项]|些)(?P<b>[\u4e00-\u9fff]{2})(?P<a>[^，,]{3,}?)[？?]?$"
        ),
        ("{a}的{b}",),
    ),
    (re.compile(r"^(?:谁|什么人|哪位)(?P<a>[^，,]{3,}?)的?[？?]?$"), ("{a}的人", "{a}者")),
    (
        re.compile(r"^(?P<a>.{2,}?)(?<!作)(?<!称)(?:为什么|为何|何以)(?P<b>.{4,}?)[？?]?$"),
        ("{a}{b}的原因", "{a}{b}原因"),
    ),
    (
        re.compile(r"^(?:为什么|为何|因为什么原因)(?P<a>.{4,}?)[？?]?$"),
        ("{a}的原因", "{a}原因"),
    ),
    (re.compile(r"^(?P<a>.{2,}?)(?:如何|怎么|怎样)(?P<b>(?!样|的).{2,}?)的?[？?]?$"), ("{a}{b}的方法", "{a}{b}")),
)  # fmt: skip


def as_phrase(question: str, rng: random.Random) -> str:
    """Return a question as a phrase, or as it is where no form fits it."""
    for pattern, shapes in _FORMS:
        match = pattern.match(question)
        if match:
            return re.sub("的的+", "的", rng.choice(shapes).format(**match.groupdict()))
    return question
