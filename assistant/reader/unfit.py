"""Words that cannot be an answer, whatever a reader makes of them."""

from __future__ import annotations

import re
from collections.abc import Callable

from index.words import fold

_EITHER = re.compile(
    r"还是|或者|是不是|是否|有没有|能不能|可不可以|吗|(?<!什)[么吧][？?。]?$|\bor\b"
)
_ASKING = re.compile(r"什么|多少|[?？]")
_NUMERAL = r"\d零〇一二两三四五六七八九十百千万亿半"
# What is asked for, and what its answer must hold or must not be.
_FIGURE_ASKED = re.compile(
    r"多少|百分之几|第几|多[大长高宽重远快](?![\u4e00-\u9fff])"
    r"|(?<![这那哪前后头好])几(?=[个家项条人名位户处所座件次天年月批岁倍层])"
)
_FIGURE = re.compile(f"[{_NUMERAL}]")
MONEY_ASKED = re.compile(r"多少(?:钱|元|万元|亿元)")
_SUM = re.compile(r"[\d零〇一二两三四五六七八九十百千万亿]")  # “减半” is no sum
# A price is no weight, share or day, whatever stands beside it.
_OF_PRICE = re.compile(r"(?:价格?|票价|费用|奖金|工资|薪资)(?:是|为)?多少")
_NO_SUM = re.compile(r"\d\s*(?:[%％克米秒天年月日号岁位名人次]|公斤|千克|公里|平方|小时|分钟)$")
_DATE_ASKED = re.compile(
    r"什么时[候间]|什么日期|何时|何年|哪一?[年天日月]|几[月号日点]|(?:时间|日期)(?:是|为)?[？?]?$"
)
_DATE = re.compile(
    f"[{_NUMERAL}].*[年月日号时点天周]|\\d[-./:：]\\d|[今明去前当次本][年天日月]|[年月]?[初中末底]|春|夏|秋|冬|节|季|旬|周|星期"
)
_YEAR_ASKED = re.compile(r"何年|哪一?年|几几年")
_YEAR = re.compile(rf"(?<!\d)\d{{4}}(?!\d)|[{_NUMERAL}].*年|[今明去前当次]年")
_PLACE_ASKED = re.compile(r"哪里|哪儿|在哪|何处|什么地方|地点")
_WHO_ASKED = re.compile(r"谁|哪一?位|何人|什么人")
_ONLY_FIGURES = re.compile(
    r"[\d\s.,:：%％〇零一二三四五六七八九十百千万亿年月日号时分秒点上下午晚至到前后起元人个次-]+"
)


def unfit(question: str) -> Callable[[str], bool]:
    """Return a test of whether words are no answer to a Chinese ``question``.

    They repeat it or ask themselves: such words tell nothing, but a reader likes what it
    has just been asked about. Or they are of another kind than what is asked for: no
    figure for “多少”, no date for “何时”, a date for “哪里” or “谁”. Where the question
    offers its answer (“甲还是乙”), no words are.
    """
    question = fold(question)
    if _EITHER.search(question):
        return lambda words: False
    asked = _bare(question)
    of_another_kind = _kind_test(question)

    def test(words: str) -> bool:
        words = fold(words)
        bare = _bare(words)
        before = r"(?<!\d)" if bare[:1].isdigit() else ""
        after = r"(?!\d)" if bare[-1:].isdigit() else ""
        repeated = re.search(f"{before}{re.escape(bare)}{after}", asked)
        return bool(repeated or _ASKING.search(words)) or of_another_kind(words)

    return test


def _kind_test(question: str) -> Callable[[str], bool]:
    if _YEAR_ASKED.search(question):
        return lambda words: _YEAR.search(words) is None
    if _DATE_ASKED.search(question):
        return lambda words: _DATE.search(words) is None
    if MONEY_ASKED.search(question) or _OF_PRICE.search(question):
        return lambda words: _SUM.search(words) is None or _NO_SUM.search(words) is not None
    if _FIGURE_ASKED.search(question):
        return lambda words: _FIGURE.search(words) is None
    if _PLACE_ASKED.search(question) or _WHO_ASKED.search(question):
        return lambda words: _ONLY_FIGURES.fullmatch(words) is not None
    return lambda words: False


def _bare(folded: str) -> str:
    return "".join(filter(str.isalnum, folded))
