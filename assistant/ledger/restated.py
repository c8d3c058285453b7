"""Classes that a report counts side by side and tells of again, each in its own section.

“达标12个，占40%，完成投资3.1亿元；拖后8个，……” above, “二、拖后项目（8个）……完成投资2.6亿元”
below: amounts and shares of one class that differ beyond their rounding do not agree.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from index.ledger.quantities import quantities
from index.ledger.records import Finding
from index.records import Document, View

LEAST = 3  # classes counted side by side
REACH = 240  # characters of a section in which it sums itself up
_SHARE = r"\d+(?:\.\d+)?[%％]"
_AMOUNT = r"\d+(?:\.\d+)?[亿万]元"
_CLASS = re.compile(
    r"(?:^|(?<=[；;：:，,。\n]))(?P<label>[\u4e00-\u9fff]{2,6}?)(?:的|类|项目)*(?:[（(][^（）()]{1,14}[）)])?"
    rf"\s*[（(]?(?P<count>\d+)[个项件][）)]?[，,]占(?:(?:项目|任务)?总[数量]的)?(?P<share>{_SHARE})"
    rf"(?:[，,](?:累计)?完成投资(?P<amount>{_AMOUNT}))?"
)
_OWN_SHARE = re.compile(rf"占(?:项目|任务)?总[数量]的(?P<value>{_SHARE})")
_OWN_AMOUNT = re.compile(rf"(?:^|[，,。：:；;个项件]|项目)(?:累计|共)?完成投资(?P<value>{_AMOUNT})")


@dataclass(frozen=True, slots=True)
class _Counted:
    """A class as it is counted beside others; ``values`` are the spans of what is said of it."""

    label: str
    start: int
    end: int
    values: dict[str, tuple[int, int]]


def restated(view: View, document: Document) -> Iterator[Finding]:
    """Yield the amounts and shares of classes that a document states in two ways."""
    classes = list(_counted(view.text))
    if len({one.label for one in classes}) < LEAST:
        return
    begins = [(one, _section(view.text, one)) for one in classes]
    starts = sorted(at for _, at in begins if at is not None)
    for one, start in begins:
        if start is None:
            continue
        end = next((at for at in starts if at > start), len(view.text))
        for name, pattern in (("完成投资", _OWN_AMOUNT), ("占比", _OWN_SHARE)):
            own = pattern.search(view.text, start, min(end, start + REACH))
            if name not in one.values or own is None or _is_noted(view.text, start, own.start()):
                continue
            said = [view.text[slice(*one.values[name])], own["value"]]
            places = [(one.start, one.values[name][1]), own.span("value")]
            if _apart(*said):
                yield Finding(
                    "figures",
                    f"“{one.label}”的{name}在一处写{said[0]}，在另一处写{said[1]}",
                    document.ordinal,
                    tuple(view.span(*place) for place in places),
                )


def _counted(text: str) -> Iterator[_Counted]:
    """Yield the classes that stand side by side, three or more one after the other."""
    found: dict[str, _Counted] = {}
    for match in _CLASS.finditer(text):
        label = re.sub(r"^已(?=.{2})", "", match["label"])
        values = {"占比": match.span("share")}
        if match["amount"]:
            values["完成投资"] = match.span("amount")
        found.setdefault(label, _Counted(label, match.start(), match.end(), values))
    yield from found.values()


def _section(text: str, one: _Counted) -> int | None:
    """Return where the section begins that is about a class and counts it again."""
    label = re.escape(one.label)
    head = re.compile(rf"\n[^\n，,。；;：:]{{0,8}}{label}[^\n。；;]{{0,16}}?\d+[个项件]")
    match = head.search(text, one.end)
    return match.start() if match else None


def _is_noted(text: str, start: int, at: int) -> bool:
    """Tell whether a number stands in brackets behind a project's name: it is that project's."""
    return text.count("（", start, at) > text.count("）", start, at)


def _apart(one: str, other: str) -> bool:
    """Tell whether two numbers differ by more than the rounding of both."""
    first, second = next(quantities(one), None), next(quantities(other), None)
    if first is None or second is None or first.unit != second.unit:
        return False
    return abs(first.value - second.value) > first.half + second.half
