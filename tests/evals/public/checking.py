"""Whether an answer is borne out by what it cites, checked from its JSON form alone.

Written apart from ``assistant/citations.py``, which answers have passed already, so
that faults of that check show here. Standard library only.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from tests.evals.score import plain

Json = Mapping[str, Any]

_MARK = re.compile(r"(?<!\\)\[(\d+)\]")
_BOLD = re.compile(r"(?<!\\)\*\*(.+?)(?<!\\)\*\*")
_ORDINAL = re.compile(r"^\s*(?:\|\s*\d+\s*\||[-*]\s+|\d+[.、)]\s)")  # of a row or a list: ours
_SCALES = {
    "万亿": "1e12", "亿": "1e8", "千万": "1e7", "百万": "1e6", "万": "1e4", "千": "1e3",
    "trillion": "1e12", "billion": "1e9", "million": "1e6", "thousand": "1e3",
}  # fmt: skip
_SCALED = "|".join(sorted(_SCALES, key=len, reverse=True))
_NUMBER = re.compile(rf"(?<![A-Za-z])(\d[\d,]*(?:\.\d+)?)\s?({_SCALED})?")
_DIGITS = "零〇一二两三四五六七八九"
_PLACES = {"十": 10, "百": 100, "千": 1000, "万": 10_000, "亿": 100_000_000}
_NUMERAL = re.compile(rf"[{_DIGITS}十百千万亿]{{2,}}|[{_DIGITS}十](?=[月日])")
_MONTHS = re.compile(
    r"\b(january|february|march|april|may|june|july|august|september|october|november|december)\b"
    r"(?=\s+\d|,)|(?<=\d )\b(january|february|march|april|may|june|july|august|september"
    r"|october|november|december)\b"
)
_MONTH_NAMES = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
]


@dataclass(frozen=True, slots=True)
class Check:
    """What is wrong with an answer; empty lists mean nothing.

    ``citations``: quotes that are not at their offsets, marks without a citation and the
    like; ``figures``: numbers and months of the answer in none of the quotes of their
    line; ``words``: bold words and the short answer where no quote has them.
    """

    citations: list[str] = field(default_factory=list)
    figures: list[str] = field(default_factory=list)
    words: list[str] = field(default_factory=list)


def check(answer: Json, texts: Mapping[str, str]) -> Check:
    """Return the faults; ``texts`` maps documents to canonical texts."""
    found = Check(citations=_citation_faults(answer, texts))
    if answer["refused"]:
        return found
    sources = {c["n"]: f"{c['title']}\n{c['quote']}" for c in answer["citations"]}
    own = _computed(answer)
    for line in answer["answer"].split("\n"):
        marks = [int(n) for n in _MARK.findall(line)]
        cited = "\n".join(sources[n] for n in marks or sources if n in sources)
        found.figures.extend(loose_figures(_ORDINAL.sub("", plain(line)), cited, own))
        found.words.extend(_loose_words([plain(bold) for bold in _BOLD.findall(line)], cited))
    everything = "\n".join(sources.values())
    short = answer["short"]
    if short and answer["value"] is None and answer["count"] is None:
        found.words.extend(_loose_words([short], everything))
    found.figures.extend(loose_figures(short or "", everything, own))
    return found


def _citation_faults(answer: Json, texts: Mapping[str, str]) -> list[str]:
    faults = []
    for c in answer["citations"]:
        text = texts.get(c["document"])
        if text is None:
            faults.append(f"[{c['n']}] cites an unknown document {c['document']}")
        elif not c["quote"] or text[c["start"] : c["end"]] != c["quote"]:
            faults.append(f"[{c['n']}] is not at its offsets")
    numbers = [c["n"] for c in answer["citations"]]
    marked = {int(n) for n in _MARK.findall(answer["answer"])}
    if len(set(numbers)) < len(numbers):
        faults.append("two citations have one number")
    if answer["refused"]:
        return faults + (["refused with citations"] if numbers or marked else [])
    faults += [f"[{n}] has no citation" for n in sorted(marked - set(numbers))]
    return faults + ([] if numbers else ["no citation"])


def _computed(answer: Json) -> set[Decimal]:
    """Return the values that the answer says it counted or computed."""
    value = answer["value"] or {}
    said = f"{answer['count'] or ''} {value.get('number', '')} {value.get('formula') or ''}"
    unit = re.match(_SCALED, value.get("unit") or "")
    scale = Decimal(_SCALES[unit.group()]) if unit else Decimal(1)
    found = {form for pair in _values(_folded(said)) for form in pair}
    return found | {number * scale for number in found}


def loose_figures(said: str, cited: str, computed: Iterable[Decimal] = ()) -> list[str]:
    """Return the numbers and months of ``said`` that ``cited`` does not have, as written."""
    spoken, source = _folded(said), _folded(cited)
    held = {form for number, scaled in _values(source) for form in (number, scaled)}
    held |= set(computed) | {Decimal(value) for value in _numerals(source).values()}
    loose = []
    for match in _NUMBER.finditer(spoken):
        ((_, scaled),) = _values(match.group())
        if scaled not in held:
            loose.append(match.group().strip())
    numerals = {text: value for text, value in _numerals(spoken).items() if text not in source}
    loose += [text for text, value in numerals.items() if Decimal(value) not in held]
    for match in _MONTHS.finditer(spoken):
        month = _MONTH_NAMES.index(match.group()) + 1
        if match.group() not in source and Decimal(month) not in held:
            loose.append(match.group())
    return loose


def _values(text: str) -> list[tuple[Decimal, Decimal]]:
    """Return the numbers of folded ``text``, each bare and multiplied out."""
    found = []
    for match in _NUMBER.finditer(text):
        number = Decimal(match[1].replace(",", ""))
        found.append((number, number * Decimal(_SCALES[match[2]]) if match[2] else number))
    return found


def _numerals(text: str) -> dict[str, int]:
    return {found: _numeral_value(found) for found in _NUMERAL.findall(text)}


def _numeral_value(numeral: str) -> int:
    if not any(c in _PLACES for c in numeral):  # 二〇二四
        return int("".join(str(_digit(c)) for c in numeral))
    total = section = digit = 0
    for c in numeral:
        if c not in _PLACES:
            digit = _digit(c)
        elif _PLACES[c] < 10_000:
            section, digit = section + (digit or 1) * _PLACES[c], 0
        else:
            total, section, digit = (total + section + digit) * _PLACES[c], 0, 0
    return total + section + digit


def _digit(c: str) -> int:
    return 2 if c == "两" else max(0, _DIGITS.replace("〇", "").replace("两", "").find(c))


def _loose_words(words: Sequence[str], cited: str) -> list[str]:
    source = _joined(cited)
    return [word for word in words if _joined(word) and not _stands(word, source)]


def _stands(word: str, source: str) -> bool:
    """Tell whether the source has the words, or each part that a reading bridged."""
    return all(_joined(part) in source for part in re.split(r"……|…", word))


def _joined(text: str) -> str:
    return re.sub(r"\s", "", _folded(text))


def _folded(text: str) -> str:
    return unicodedata.normalize("NFKC", text).lower()
