"""English dates, quarters, amounts and numbers of issues, in Chinese."""

from __future__ import annotations

import re
from collections.abc import Callable

_MONTHS = (
    "january", "february", "march", "april", "may", "june", "july", "august", "september",
    "october", "november", "december",
)  # fmt: skip
_MONTH = "|".join(f"{m}|{m[:3]}(?:t)?\\." if m != "may" else m for m in _MONTHS)
_ORDINALS = {"first": "一", "second": "二", "third": "三", "fourth": "四", "fifth": "五",
             "sixth": "六", "1st": "一", "2nd": "二", "3rd": "三", "4th": "四"}  # fmt: skip
_ORDINAL = "|".join(_ORDINALS)
_DIGITS = {"one": "一", "two": "二", "three": "三", "four": "四", "five": "五", "six": "六",
           "seven": "七", "eight": "八", "nine": "九", "ten": "十", "i": "一", "ii": "二",
           "iii": "三", "iv": "四", **{str(n): "零一二三四五六七八九"[n] for n in range(1, 10)}}  # fmt: skip
_NUMBER = "|".join(sorted(_DIGITS, key=len, reverse=True))
_YEAR = r"(?:(?:,| of| in)? ?(?P<year>(?:19|20)\d\d))?"
_TENS = {"thousand": 1_000, "million": 1_000_000, "billion": 1_000_000_000}


def _month(words: str) -> int:
    return next(n for n, name in enumerate(_MONTHS, 1) if name.startswith(words[:3]))


def _year(match: re.Match[str]) -> str:
    return f"{match['year']}年" if match["year"] else ""


def _amount(match: re.Match[str]) -> str:
    value = float(match["n"].replace(",", "")) * _TENS.get(match["tens"] or "", 1)
    for size, unit in ((100_000_000, "亿"), (10_000, "万")):
        if value >= size:
            return f"{value / size:.10g}{unit}元"
    return f"{value:.10g}元"


# Longest first: “the end of June 2024” before “June 2024”.
_RULES: tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], str]], ...] = (
    (re.compile(rf"\b(?:the )?end of (?P<m>{_MONTH})\b{_YEAR}"),
     lambda m: f"{_year(m)}{_month(m['m'])}月底"),
    (re.compile(rf"\bmid-(?P<m>{_MONTH})\b{_YEAR}"),
     lambda m: f"{_year(m)}{_month(m['m'])}月中旬"),
    (re.compile(rf"\b(?:early|late) (?P<m>{_MONTH})\b{_YEAR}"),
     lambda m: f"{_year(m)}{_month(m['m'])}月{'上' if m.group()[0] == 'e' else '下'}旬"),
    # “on 10 and 11 July”, “from 3 to 5 March”
    (re.compile(rf"\b(?:from )?(?P<d>\d{{1,2}})(?: and |-| to |–)(?P<e>\d{{1,2}}) (?P<m>{_MONTH})\b{_YEAR}"),
     lambda m: f"{_year(m)}{_month(m['m'])}月{m['d']}日至{m['e']}日"),
    (re.compile(rf"\b(?:from )?(?P<m>{_MONTH}) (?P<d>\d{{1,2}})(?: and |-| to |–)(?P<e>\d{{1,2}})\b{_YEAR}"),
     lambda m: f"{_year(m)}{_month(m['m'])}月{m['d']}日至{m['e']}日"),
    (re.compile(rf"\b(?:the )?(?P<d>\d{{1,2}})(?:st|nd|rd|th)?(?: of)? (?P<m>{_MONTH})\b{_YEAR}"),
     lambda m: f"{_year(m)}{_month(m['m'])}月{m['d']}日"),
    (re.compile(rf"\b(?P<m>{_MONTH}) (?P<d>\d{{1,2}})(?:st|nd|rd|th)?\b{_YEAR}"),
     lambda m: f"{_year(m)}{_month(m['m'])}月{m['d']}日"),
    (re.compile(rf"\b(?P<m>{_MONTH.replace('|may|', '|may(?= (?:19|20))|')})(?!\w){_YEAR}"),
     lambda m: f"{_year(m)}{_month(m['m'])}月"),
    (re.compile(rf"\b(?:the )?end of (?:the )?(?P<o>{_ORDINAL})[ -]quarter\b{_YEAR}"),
     lambda m: f"{_year(m)}{_ORDINALS[m['o']]}季度末"),
    (re.compile(rf"\b(?P<o>{_ORDINAL})[ -]quarter\b{_YEAR}"),
     lambda m: f"{_year(m)}{_ORDINALS[m['o']]}季度"),
    (re.compile(rf"\bq(?P<o>[1-4])\b{_YEAR}"),
     lambda m: f"{_year(m)}{'零一二三四'[int(m['o'])]}季度"),
    (re.compile(r"\bfirst (?P<n>two|three) quarters(?: of (?:the|this) year)?\b"),
     lambda m: f"前{_DIGITS[m['n']].replace('二', '两')}季度"),
    (re.compile(r"\b(?P<o>first|second)[ -]half(?: of (?:the|this) year| of (?P<year>20\d\d))?\b"),
     lambda m: f"{_year(m)}{'上' if m['o'] == 'first' else '下'}半年"),
    (re.compile(r"\b(?:the )?end of (?:the|this) year\b|\byear[ -]end\b(?! (?:work|tasks?)\b)"),
     lambda _: "年底"),
    (re.compile(r"\b(?:the )?end of (?P<year>20\d\d)\b"), lambda m: f"{m['year']}年底"),
    (re.compile(r"\bthis year(?:'s)?\b"), lambda _: "今年"),
    (re.compile(r"\blast year(?:'s)?\b"), lambda _: "去年"),
    (re.compile(r"\bnext week(?:'s)?\b"), lambda _: "下周"),
    (re.compile(r"\bthis week(?:'s)?\b"), lambda _: "本周"),
    (re.compile(r"\bnext month(?:'s)?\b"), lambda _: "下月"),
    (re.compile(rf"\b(?:phase|stage) (?P<n>{_NUMBER})\b"), lambda m: f"{_DIGITS[m['n']]}期"),
    (re.compile(rf"\b(?P<n>{_ORDINAL}) phase\b"), lambda m: f"{_ORDINALS[m['n']]}期"),
    (re.compile(rf"\b(?P<n>{_ORDINAL}) batch\b"), lambda m: f"{_ORDINALS[m['n']]}批"),
    (re.compile(rf"\b(?:lot|section|tender section|bid section) (?P<n>{_NUMBER})\b"),
     lambda m: f"{_DIGITS[m['n']]}标段"),
    (re.compile(r"\b(?P<g>[a-z]+ (?:report|circular|bulletin|newsletter|minutes|notice)),? (?:issue|number|no\.?|#) ?(?P<n>\d{1,3})\b"),
     lambda m: f"第{m['n']}期 {m['g']}"),
    (re.compile(r"\b(?:issue|number|no\.?|#) ?(?P<n>\d{1,3})\b"), lambda m: f"第{m['n']}期"),
    (re.compile(r"(?:\b(?:rmb|cny) |¥)(?P<n>\d[\d,.]*)(?: (?P<tens>thousand|million|billion))?\b"),
     _amount),
    (re.compile(r"\b(?P<n>\d[\d,.]*)(?: (?P<tens>thousand|million|billion))? (?:yuan|rmb|cny)\b"),
     _amount),
    (re.compile(r"\b(?P<year>(?:19|20)\d\d)(?=[ ,?.]|$)(?! ?(?:households|people|yuan))"),
     lambda m: f"{m['year']}年"),
)  # fmt: skip
TIME = (
    r"(?:(?:19|20)\d\d年)?(?:\d{1,2}月(?:\d{1,2}日(?:至\d{1,2}日)?|底|[上中下]旬)?|[一二三四]季度末?|前[两三]季度"
    r"|[上下]半年|年底)|(?:19|20)\d\d年底?|[今去]年|[下本]周|下月"
)


def in_chinese_figures(text: str) -> str:
    """Return a folded English text with its dates, quarters, phases and amounts in Chinese."""
    for pattern, written in _RULES:
        text = pattern.sub(written, text)
    return text
