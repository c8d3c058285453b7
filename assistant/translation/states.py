"""What English says of the state of projects and matters, as the documents say it."""

from __future__ import annotations

import re

AUX = (
    r"(?:is|are|was|were|be|been|being|has|have|had|do|does|did|will|would|can|could|must"
    r"|should|may|might|shall)"
)
_ADVERB = (
    r"(?:still|yet|already|now|currently|so far|also|actually|just|since|even|ever|originally)"
)
_STATE = rf"(?:(?:{AUX}|{_ADVERB}|that|which|who) )*"
_NOT = rf"(?:{_STATE}(?:not|never|nothing) {_STATE}|{_STATE}(?:hasn't|haven't|wasn't|weren't|isn't|aren't) {_STATE})"

# What reports say of projects and matters; the negative ones first.
_STATUSES = tuple(
    (re.compile(rf"\b{pattern}(?![a-z])"), chinese)
    for pattern, chinese in (
        (rf"{_STATE}overdue and (?:not|un) ?(?:yet )?(?:finished|completed|done)", "超期未完成"),
        (rf"{_NOT}(?:started|begun|commenced|broken ground)", "未开工"),
        (rf"{_STATE}(?:unstarted|yet to (?:start|begin|be started))", "未开工"),
        (rf"{_NOT}(?:finished|completed|complete|done)", "未完成"),
        (rf"{_STATE}(?:unfinished|incomplete)", "未完成"),
        (rf"{_STATE}nothing {_STATE}paid", "一分钱都没付"),
        (rf"{_NOT}(?:paid)", "未支付"),
        (rf"{_STATE}(?:running )?ahead of (?:the )?(?:schedule|plan)", "快于序时进度"),
        (rf"{_STATE}(?:(?:falls?|fell|fallen|falling|running|runs?|lagged|lagging|lags?) )?behind(?: (?:the )?(?:schedule|plan))?", "进度滞后"),
        (rf"{_STATE}(?:delayed|lagging|lagged|late|(?:progressing|moving|advancing) (?:too )?slowly|making slow progress|slow)(?! by)", "进度滞后"),
        (rf"{_STATE}unpaid(?! (?:wages|salaries|pay))", "未支付"),
        (rf"{_STATE}(?:suspended|halted|stopped|stalled|at a standstill|(?:come|came|brought|ground) to a (?:stop|halt|standstill))", "停工"),
        (rf"{_STATE}(?:on schedule|on track|progressing normally|proceeding as planned)", "按计划推进"),
        (rf"{_STATE}(?:under construction|being built)", "在建"),
        (rf"{_STATE}(?:cancelled|canceled|abandoned|dropped)", "取消"),
        (rf"{_STATE}(?:put into (?:use|operation)|in use|in operation)", "已投入使用"),
        (rf"{_STATE}(?:still )?being rectified", "整改中"),
        (rf"{_STATE}overdue(?! (?:wages|salaries|pay))", "超期"),
        (rf"{_NOT}working", "不能使用"),
        (r"(?:cannot|can't|can not|could not|couldn't)", "无法 "),
    )
)  # fmt: skip
_DONE = re.compile(
    rf"\b{_STATE}(?:completed|finished)(?= |$|[,?])(?! (?:investment|by (?!the|\d)|more|less))"
)
_UNDONE = re.compile(rf"\b{_NOT}(?=[a-z]+(?:ed|en|id|it|pt)\b)")
_BEGUN = re.compile(rf"\b(?:(?:{AUX}|{_ADVERB}) )+(?:started|begun|commenced)\b")


def stated(text: str) -> str:
    """Return a folded English clause with its states in Chinese."""
    for pattern, chinese in _STATUSES:
        text = pattern.sub(chinese, text)
    if not re.match(r"(?:how much|which of|who completed)", text):
        text = _DONE.sub("已完工", text)
    text = _UNDONE.sub("未 ", _BEGUN.sub("已开工", text))
    return re.sub(r"([\u4e00-\u9fff]{2,})(?: \1)+(?![\u4e00-\u9fff])", r"\1", text)


SAID_STATE = re.compile(
    r"(?:一分钱都没付|超期未完成|未开工|未完成|未支付|快于序时进度|进度滞后|停工|按计划推进|在建|取消|已投入使用|整改中|超期|已完工|已开工|已销号|不能使用|无法|未)"
)
