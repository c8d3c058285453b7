"""The list that an answer showed, and which of its items “第二个” or “前两个” mean."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

_MARK = re.compile(r"(?<!\\)\[\d+\](?:\([^)]*\))?")
_NUMBERED = re.compile(
    r"^\s*(?:[-*•·]|\d{1,3}[.、．)）]|[（(]\d{1,3}[)）]|[①-⑳])\s*(?P<item>\S.*)$"
)
_CIRCLED = "①②③④⑤⑥⑦⑧⑨⑩"
_IN_LINE = re.compile(
    rf"(?<![\d.])(?P<a>\d{{1,2}})[.．、](?!\d)|[（(](?P<b>\d{{1,2}})[）)]|(?P<c>[{_CIRCLED}])"
)
_NAME_HEAD = re.compile(
    r"项目|工程|名称|事项|任务|实事|问题(?!类)|project|name|task", re.IGNORECASE
)
_NUMBER_HEAD = re.compile(r"^(?:序号|编号|no\.?|#|排名)$", re.IGNORECASE)
_ITEM_END = re.compile(r"[：:，,；;。（(—]|——| - ")
MAX_ITEM = 40  # characters of an item that stand for it

_DIGITS = {c: n for n, c in enumerate("零一二三四五六七八九")} | {"两": 2, "俩": 2}
_NUMBER = r"[一二两三四五六七八九十\d]{1,3}"
_COUNTED = r"(?:个|项|条|件|名|位|家|行|点|处|座|所|栋|块|片|笔|户|批)"
# “第二季度”, “第三小学” and “前三季度” count nothing that was listed.
_ORDINAL = re.compile(
    rf"倒数第(?P<back>{_NUMBER}){_COUNTED}"
    rf"|第(?P<nth>{_NUMBER}(?:{_COUNTED}?[、，,和与及]第?{_NUMBER})*)(?:{_COUNTED}"
    rf"|(?=呢?[？?]?$))(?!季度|月|年)"
    rf"|最后(?:的)?(?P<last>{_NUMBER})?{_COUNTED}"
    rf"|(?<!之)(?<!目)前(?:面)?(?:的)?(?P<first>{_NUMBER}){_COUNTED}(?!季度|月)"
    rf"|后(?:面)?(?:的)?(?P<tail>{_NUMBER}){_COUNTED}(?!季度|月)"
    rf"|(?P<head>头一{_COUNTED}|首个|首项|前(?:面|一)(?:的)?那?{_COUNTED})"
    rf"|(?P<rear>后(?:面|一)(?:的)?那?一?{_COUNTED})"
)
_EN_NUMBERS = {
    "first": 1, "second": 2, "third": 3, "fourth": 4, "fifth": 5, "sixth": 6, "seventh": 7,
    "eighth": 8, "ninth": 9, "tenth": 10, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5,
}  # fmt: skip
_EN_COUNT = r"(?:two|three|four|five)"
_EN_ORDINAL = re.compile(
    rf"\b(?:the )?(?P<end>first|last) (?P<count>{_EN_COUNT})(?: ones?| projects?| items?)?\b"
    r"|\b(?:the )?(?P<nth>first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|last)"
    r"(?: (?:one|project|item|task)\b|(?=\s*[?.]?$))"
    r"|\bnumber (?P<number>\d{1,2}|one|two|three|four|five)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Pick:
    """Places in a list, counted from 1 (from its end where negative), as ``words`` say."""

    places: tuple[int, ...]
    start: int
    end: int
    words: str


def pick_in(text: str) -> Pick | None:
    """Return which items of a list a follow-up points at, None if at none."""
    match = _ORDINAL.search(text)
    if match:
        return Pick(_places(match), *match.span(), match.group())
    match = _EN_ORDINAL.search(text)
    return Pick(_english(match), *match.span(), match.group()) if match else None


def _places(match: re.Match[str]) -> tuple[int, ...]:
    if match["nth"]:
        return tuple(_number(words) for words in re.findall(_NUMBER, match["nth"]))
    if match["back"]:
        return (-_number(match["back"]),)
    if match["first"]:
        return tuple(range(1, _number(match["first"]) + 1))
    if match["head"]:
        return (1,)
    if match["rear"]:
        return (-1,)
    count = _number(match["last"] or match["tail"] or "一")
    return tuple(range(-count, 0))


def _english(match: re.Match[str]) -> tuple[int, ...]:
    if match["count"]:
        count = _EN_NUMBERS[match["count"].lower()]
        first = match["end"].lower() == "first"
        return tuple(range(1, count + 1)) if first else tuple(range(-count, 0))
    words = (match["nth"] or match["number"]).lower()
    if words == "last":
        return (-1,)
    return (int(words) if words.isdigit() else _EN_NUMBERS[words],)


def _number(words: str) -> int:
    if words.isdigit():
        return int(words)
    tens, _, ones = words.rpartition("十")
    if "十" not in words:
        return _DIGITS.get(words[-1], 0)
    return 10 * (_DIGITS.get(tens, 1) if tens else 1) + (_DIGITS.get(ones, 0) if ones else 0)


def picked(items: Sequence[str], pick: Pick) -> list[str] | None:
    """Return the items at those places, None where the list has no such place."""
    count = len(items)
    places = [place if place > 0 else count + 1 + place for place in pick.places]
    whole = len(places) > 1 and pick.places == tuple(range(1, len(places) + 1))
    if whole and count:
        places = [place for place in places if place <= count]
    if not places or any(not 1 <= place <= count for place in places):
        return None
    return [items[place - 1] for place in places]


def items_of(markdown: str) -> list[str]:
    """Return what an answer lists: the names in its table, else its bullets or numbered lines."""
    lines = markdown.splitlines()
    found = _table(lines) or [
        _short(match["item"]) for line in lines if (match := _NUMBERED.match(line))
    ]
    return found or _run_on(markdown)


def _run_on(markdown: str) -> list[str]:
    """Return the items of a list in one line: “共2项：1.甲路；2.乙桥。”."""
    marks = list(_IN_LINE.finditer(markdown))
    numbers = [_number(m["a"] or m["b"]) if m["a"] or m["b"] else _CIRCLED.index(m["c"]) + 1
               for m in marks]  # fmt: skip
    if len(marks) < 2 or numbers != list(range(1, len(marks) + 1)):
        return []
    ends = [m.start() for m in marks[1:]] + [len(markdown)]
    return [
        _short(markdown[m.end() : end].strip(" ；;，,。\n"))
        for m, end in zip(marks, ends, strict=True)
    ]


def _table(lines: Sequence[str]) -> list[str]:
    rows = [_cells(line) for line in lines if line.lstrip().startswith("|")]
    ruled = next((n for n, row in enumerate(rows) if row and _is_rule(row)), None)
    if not ruled:
        return []
    heads = rows[ruled - 1]
    named = [n for n, head in enumerate(heads) if _NAME_HEAD.search(head)]
    plain = [n for n, head in enumerate(heads) if not _NUMBER_HEAD.match(head)]
    column = (named or plain or [0])[0]
    return [row[column] for row in rows[ruled + 1 :] if len(row) > column and row[column]]


def _is_rule(row: Sequence[str]) -> bool:
    return all(re.fullmatch(r":?-+:?", cell) for cell in row)


def _cells(line: str) -> list[str]:
    inner = line.strip().removeprefix("|").removesuffix("|")
    return [_plain(cell) for cell in re.split(r"(?<!\\)\|", inner)]


def _short(item: str) -> str:
    words = _plain(item)
    end = _ITEM_END.search(words, 2)
    return (words[: end.start()] if end else words)[:MAX_ITEM].strip()


def _plain(markdown: str) -> str:
    """Return Markdown's words: no marks, no bold, no escapes."""
    text = re.sub(r"(?<!\\)(?<!\*)\*\*(?!\*)", "", _MARK.sub("", markdown))
    return re.sub(r"\\([\\*\[\]|])", r"\1", text).strip()
