"""Amounts as people say them, written in figures: “一个亿” is 1亿, “过亿” is more than 1亿."""

from __future__ import annotations

import re

from assistant.citations import chinese_value

_NUMERAL = "一二两三四五六七八九十百千"
# “五千万”, “两个亿”, “一千二百万”; but not “第三千万…” or “十几亿”.
_SPOKEN = re.compile(
    rf"(?<![第几数\d{_NUMERAL}])(?P<n>[{_NUMERAL}]+)个?(?P<scale>亿|(?<!千千)万)(?![一二三四五六七八九户人亩平吨套个座方])"
)
_COUNTED = re.compile(r"(?P<n>\d+(?:\.\d+)?)个(?P<scale>亿)")
# “过亿”, “上亿元”, “上千万”; but not “超过亿联公司”.
_PAST = re.compile(
    r"(?P<how>超过|超|过|(?<!以)上|破)(?P<scale>十亿|百亿|亿|千万|百万)(?=元|的|以上|[，,。？?、]|$|项目|工程)"
)
_SCALES = {
    "十亿": "10亿", "百亿": "100亿", "亿": "1亿", "千万": "1000万", "百万": "100万",
}  # fmt: skip
# “3000多万的” lies above 3000, “3000来万的” about there.
_MORE = re.compile(r"(?P<n>[1-9]\d*?)(?P<zeros>0*)多(?P<scale>亿|万)(?=元?(?:钱)?的)")
_ABOUT = re.compile(
    r"(?P<n>\d+)(?:来(?P<scale>亿|万)元?|(?P<scale2>亿|万)元?(?:左右|上下))(?=(?:钱)?的)"
)
ABOUT = 0.1  # of an amount that “来” and “左右” leave open, up and down


def in_figures(text: str) -> str:
    """Return a folded question with its spoken amounts in figures."""
    text = _PAST.sub(_past, text)  # first: “上千万” has no number but “千”
    text = _SPOKEN.sub(lambda m: f"{_value(m['n'])}{m['scale']}", text)
    text = _COUNTED.sub(r"\g<n>\g<scale>", text)
    text = _MORE.sub(_more, text)
    return _ABOUT.sub(_about, text)


def _value(words: str) -> int:
    if words == "千":
        return 1000
    return chinese_value(words.replace("两", "二"))


def _past(match: re.Match[str]) -> str:
    return f"{'达到' if match['how'] == '上' else '超过'}{_SCALES[match['scale']]}"


def _more(match: re.Match[str]) -> str:
    """Return “3000多万” as its bounds: the last figure that is said may grow by one."""
    low = int(match["n"] + match["zeros"])
    high = (int(match["n"]) + 1) * 10 ** len(match["zeros"])
    return f"{low}{match['scale']}到{high}{match['scale']}之间"


def _about(match: re.Match[str]) -> str:
    scale = match["scale"] or match["scale2"]
    number = int(match["n"])
    gap = number * ABOUT
    return f"{number - gap:g}{scale}到{number + gap:g}{scale}之间"
