"""The labels that Word's automatic numbering shows: “一、” “（一）” “1.”.

They are not in the paragraphs' text, yet people cite by them. Rules: ECMA-376
part 1, section 17.9.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from index.load.archive import Element
from index.load.word_styles import W, number, value

_DIGITS = "〇一二三四五六七八九"
_FORMAL = "零壹贰叁肆伍陆柒捌玖"
_CIRCLES = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"
_PARENTHESES = "⑴⑵⑶⑷⑸⑹⑺⑻⑼⑽⑾⑿⒀⒁⒂⒃⒄⒅⒆⒇"
_STOPS = "⒈⒉⒊⒋⒌⒍⒎⒏⒐⒑⒒⒓⒔⒕⒖⒗⒘⒙⒚⒛"
_BRACKETED = "㈠㈡㈢㈣㈤㈥㈦㈧㈨㈩"
_CIRCLED_WORDS = "㊀㊁㊂㊃㊄㊅㊆㊇㊈㊉"
_STEMS = "甲乙丙丁戊己庚辛壬癸"
_BRANCHES = "子丑寅卯辰巳午未申酉戌亥"
_WIDE_END = "、）】》．。："
LEVELS = 9


@dataclass(frozen=True, slots=True)
class Label:
    """What stands before a paragraph; a bullet has no text."""

    text: str
    is_bullet: bool = False


@dataclass(frozen=True, slots=True)
class _Level:
    start: int = 1
    form: str = "decimal"
    pattern: str = ""
    suffix: str = "tab"
    legal: bool = False
    restarts: bool = True
    style: str | None = None


@dataclass(slots=True)
class _List:
    """A ``w:num``: its levels, the counters it shares, and the restarts it asks for."""

    levels: dict[int, _Level]
    counters: list[int | None]
    restarts: dict[int, int] = field(default_factory=dict)


class Numbering:
    """The lists of one document. Labels must be asked for in the order of the text."""

    def __init__(self, root: Element | None) -> None:
        self._lists: dict[int, _List] = {}
        if root is None:
            return
        abstract = {a.get(W + "abstractNumId"): a for a in root.findall(W + "abstractNum")}
        counters: dict[str | None, list[int | None]] = {}
        for element in root.findall(W + "num"):
            name = value(element, "abstractNumId")
            identifier = element.get(W + "numId") or ""
            if name in abstract and identifier.isdigit():
                shared = counters.setdefault(name, [None] * LEVELS)
                levels = _levels(_followed(abstract[name], abstract))
                self._lists[int(identifier)] = _overridden(element, _List(levels, shared))

    def label(self, list_id: int, level: int | None, style: str = "") -> Label | None:
        """Return the next label of a list, None if there is no such list or level.

        Where ``level`` is None it is the one that the list gives to ``style``.
        """
        found = self._lists.get(list_id)
        if found is None:
            return None
        if level is None:
            level = next((i for i, lvl in found.levels.items() if lvl.style == style), 0)
        if level not in found.levels:
            return None
        _advance(found, level)
        return _render(found, level)


def _advance(found: _List, level: int) -> None:
    if level in found.restarts:
        found.counters[level] = found.restarts.pop(level) - 1
    current = found.counters[level]
    start = found.levels[level].start
    found.counters[level] = start if current is None else current + 1
    for above in range(level):
        if found.counters[above] is None:
            found.counters[above] = found.levels.get(above, _Level()).start
    for below in range(level + 1, LEVELS):
        if found.levels.get(below, _Level()).restarts:
            found.counters[below] = None


def _render(found: _List, level: int) -> Label:
    definition = found.levels[level]
    if definition.form == "bullet":
        return Label("", is_bullet=True)

    def counter(match: re.Match[str]) -> str:
        place = int(match[1]) - 1
        form = "decimal" if definition.legal else found.levels.get(place, _Level()).form
        return spell(found.counters[place] or 0, form)

    text = re.sub(r"%([1-9])", counter, definition.pattern)
    if not text or definition.suffix == "nothing" or text[-1] in _WIDE_END:
        return Label(text)
    return Label(text + " ")


def spell(count: int, form: str) -> str:
    """Return ``count`` in one of Word's number formats (ST_NumberFormat)."""
    rows = {
        "decimalEnclosedCircle": _CIRCLES,
        "decimalEnclosedCircleChinese": _CIRCLES,
        "decimalEnclosedParen": _PARENTHESES,
        "decimalEnclosedFullstop": _STOPS,
        "ideographEnclosedCircle": _CIRCLED_WORDS,
        "ideographTraditional": _STEMS,
        "ideographZodiac": _BRANCHES,
    }
    if form in rows:
        return rows[form][count - 1] if 1 <= count <= len(rows[form]) else str(count)
    if form in ("upperRoman", "lowerRoman"):
        return _roman(count) if form == "upperRoman" else _roman(count).lower()
    if form in ("upperLetter", "lowerLetter"):
        letter = chr(ord("A") + (count - 1) % 26) * ((count - 1) // 26 + 1)
        return letter if form == "upperLetter" else letter.lower()
    if form in ("none", "bullet"):
        return ""
    if form == "decimalZero":
        return f"{count:02d}"
    if form in ("decimalFullWidth", "decimalFullWidth2"):
        return str(count).translate({ord("0") + i: ord("０") + i for i in range(10)})
    return _chinese(count, form)


def _chinese(count: int, form: str) -> str:
    if form in ("chineseLegalSimplified", "ideographLegalTraditional"):
        return counted(count, _FORMAL, ("", "拾", "佰", "仟"))
    if form in ("ideographDigital", "japaneseDigitalTenThousand", "taiwaneseDigital"):
        return "".join(_DIGITS[int(d)] for d in str(count))
    if form.startswith(("chineseCounting", "taiwaneseCounting", "japaneseCounting")):
        return counted(count, "零一二三四五六七八九", ("", "十", "百", "千"))
    return str(count)


def counted(count: int, digits: str, units: tuple[str, ...]) -> str:
    """Return a number up to 9,999 as it is said in Chinese (十二, 一百零三)."""
    if not 0 < count < 10_000:
        return str(count) if count else digits[0]
    words, gap = "", False
    for place in range(3, -1, -1):
        digit = count // 10**place % 10
        if digit:
            words += (digits[0] if gap and words else "") + digits[digit] + units[place]
        gap = not digit
    return words[1:] if words.startswith("一十") else words


def _roman(count: int) -> str:
    values = (1000, 900, 500, 400, 100, 90, 50, 40, 10, 9, 5, 4, 1)
    words = ("M", "CM", "D", "CD", "C", "XC", "L", "XL", "X", "IX", "V", "IV", "I")
    out = ""
    for amount, word in zip(values, words, strict=True):
        out += word * (min(count, 5000) // amount)
        count = min(count, 5000) % amount
    return out


def _followed(element: Element, abstract: dict[str | None, Element]) -> Element:
    """Return the definition that ``element`` refers to by a list style, else itself."""
    link = value(element, "numStyleLink")
    if link is None:
        return element
    return next((a for a in abstract.values() if value(a, "styleLink") == link), element)


def _levels(element: Element) -> dict[int, _Level]:
    found = {}
    for level in element.findall(W + "lvl"):
        place = level.get(W + "ilvl") or ""
        if place.isdigit() and int(place) < LEVELS:
            found[int(place)] = _level(level)
    return found


def _level(element: Element) -> _Level:
    start = number(element, "start")
    legal = element.find(W + "isLgl")
    return _Level(
        start=0 if start is None else start,
        form=value(element, "numFmt") or "decimal",
        pattern=value(element, "lvlText") or "",
        suffix=value(element, "suff") or "tab",
        legal=legal is not None and legal.get(W + "val") not in ("0", "false", "off"),
        restarts=number(element, "lvlRestart") != 0,
        style=value(element, "pStyle"),
    )


def _overridden(element: Element, found: _List) -> _List:
    for override in element.findall(W + "lvlOverride"):
        place = override.get(W + "ilvl") or ""
        if not place.isdigit() or int(place) >= LEVELS:
            continue
        level = override.find(W + "lvl")
        if level is not None:
            found.levels[int(place)] = _level(level)
        start = number(override, "startOverride")
        if start is not None:
            found.restarts[int(place)] = start
    return found
