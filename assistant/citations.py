"""Checks that need no model: quotes at their offsets, figures inside their quotes.

Pure functions over texts; standard library only.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType

from assistant.records import Citation, Unverified

_MARK = re.compile(r"\[(\d+)\]")
_DIGITS = {c: i for i, c in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
_SCALES = {"十": 10, "百": 100, "千": 1000}
_NUMBER = re.compile(
    r"(?P<number>\d+(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?)\s*"
    r"(?P<unit>%|‰|个百分点|万亿元?|亿元|亿|万元|万|千元|元)?"
)
_CHINESE_NUMBER = re.compile(r"[零〇一二两三四五六七八九十百千]+")
_TO_WAN = {"万亿元": 1e8, "万亿": 1e8, "亿元": 1e4, "万元": 1.0, "千元": 0.1, "元": 1e-4}
_PLAIN = {"亿": 1e8, "万": 1e4}


def quote_holds(text: str, citation: Citation) -> bool:
    """Tell whether the quote stands at its offsets in the document's canonical text."""
    return (
        0 <= citation.start < citation.end <= len(text)
        and text[citation.start : citation.end] == citation.quote
    )


def figures(text: str) -> set[tuple[float, str]]:
    """Return the figures in ``text`` as (value, unit), in one form.

    Amounts of money are in 万元, 亿 and 万 are multiplied out, full-width digits
    and Chinese numerals are read: “４．０３亿元” and “40300万元” are the same.
    """
    folded = unicodedata.normalize("NFKC", text).replace("．", ".")
    found: set[tuple[float, str]] = set()
    for match in _NUMBER.finditer(folded):
        value = float(match["number"].replace(",", ""))
        unit = match["unit"] or ""
        if unit in _TO_WAN:
            found.add((round(value * _TO_WAN[unit], 6), "万元"))
        elif unit in _PLAIN:
            found.add((round(value * _PLAIN[unit], 6), ""))
        else:
            found.add((value, unit))
    return found


def numerals(text: str) -> set[float]:
    """Return the values of Chinese numerals in ``text`` (“十三” is 13)."""
    return {float(chinese_value(m.group())) for m in _CHINESE_NUMBER.finditer(text)}


def chinese_value(numeral: str) -> int:
    """Return the value of a Chinese numeral below 10,000, or of its digits read one by one."""
    if not any(c in _SCALES for c in numeral):
        return int("".join(str(_DIGITS[c]) for c in numeral))
    total, digit = 0, 0
    for c in numeral:
        if c in _SCALES:
            total += (digit or 1) * _SCALES[c]
            digit = 0
        else:
            digit = _DIGITS[c]
    return total + digit


def unverified_figures(statement: str, quotes: Sequence[str]) -> list[str]:
    """Return the figures of ``statement`` that none of ``quotes`` holds, as written.

    A figure without a unit is held by the same number with any unit.
    """
    held: set[tuple[float, str]] = set()
    bare: set[float] = set()
    for quote in quotes:
        found = figures(quote)
        # A figure may be broken over two lines of the source (“2\n3.8亿元”).
        held |= found | figures(re.sub(r"\s*\n\s*", "", quote))
        bare |= {value for value, _ in found} | numerals(quote)
    missing = []
    for match in _NUMBER.finditer(unicodedata.normalize("NFKC", statement)):
        ((value, unit),) = figures(match.group())
        if (value, unit) not in held and (unit or value not in bare):
            missing.append(match.group().strip())
    return missing


def marks(line: str) -> list[int]:
    """Return the citation numbers that a line of the answer carries, in order."""
    return [int(number) for number in _MARK.findall(line)]


def verify_answer(
    answer: str,
    citations: Sequence[Citation],
    texts: Mapping[str, str],
    computed: Mapping[int, frozenset[str]] = MappingProxyType({}),
) -> tuple[list[Citation], list[Unverified]]:
    """Return the citations that hold, and what of the answer is not borne out.

    ``texts`` maps document paths to canonical texts. A citation whose quote is
    not at its offsets is moved to where the quote stands if that is one place,
    and dropped otherwise. Figures are checked line by line against the quotes
    that the line cites; ``computed`` maps line numbers to figures that were counted.
    """
    kept: list[Citation] = []
    problems: list[Unverified] = []
    for citation in citations:
        mended = _mend(citation, texts.get(citation.document, ""))
        if mended is None:
            problems.append(Unverified(citation.quote, "引文不在所引文件的该位置"))
        else:
            kept.append(mended)
    by_number = {citation.n: citation.quote for citation in kept}
    names = {f"《{citation.title}》" for citation in kept}
    for place, line in enumerate(answer.splitlines()):
        counted = computed.get(place, frozenset())
        numbers = marks(line)
        quotes = [by_number[n] for n in numbers if n in by_number]
        problems += [
            Unverified(f"[{n}]", "答案引用了不存在的出处") for n in numbers if n not in by_number
        ]
        if numbers:
            bare = _without(names, _MARK.sub("", line))
            problems += [
                Unverified(figure, "所引原文中没有这个数字")
                for figure in unverified_figures(bare, quotes)
                if figure not in counted
            ]
    return kept, problems


def _without(names: set[str], line: str) -> str:
    """Return a line less the titles of the documents it cites: they name, they do not state."""
    plain = line.replace("\\", "")
    for name in names:
        plain = plain.replace(name, "《》")
    return plain


def _mend(citation: Citation, text: str) -> Citation | None:
    if quote_holds(text, citation):
        return citation
    if not citation.quote or text.count(citation.quote) != 1:
        return None
    start = text.index(citation.quote)
    return replace(citation, start=start, end=start + len(citation.quote))
