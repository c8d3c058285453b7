"""The districts, counties, cities and towns that a question names."""

from __future__ import annotations

import re

from index.ledger.wording import tagged_words
from index.words import is_chinese

_PLACE = re.compile(r"[\u4e00-\u9fff]{2}[区县市镇乡](?![域内里间委长属直级政])")
_GENERIC = "全我本城园小社片校景山灾地辖街新老厂发各该个哪每这那两几下"  # “小区” is no place's name
_ASKED = re.compile(r"[哪每各这那几][位名个]")  # “由哪位县领导包抓” names no county
_COMMON = frozenset(("n", "v", "vn", "a", "b", "l"))  # parts of speech that name no place


def places_in(folded: str) -> list[str]:
    """Return the places named in folded text (“青禾区”), by general segmentation.

    “州都市” in “杭州都市快报” and “富人区” are none.
    """
    found = [
        m for m in _PLACE.finditer(folded)
        if m.group()[-2] not in _GENERIC and not _ASKED.match(m.group())
    ]  # fmt: skip
    if not found:
        return []
    flags = _tokens(folded)
    bounds = {start for start, _ in flags} | {end for _, end in flags}
    # A name of three characters before “市” is one word, if any dictionary has it.
    words = {span[1]: span for span, flag in flags.items() if flag == "ns"}
    spans = [
        words.get(m.end(), m.span())
        for m in found
        if m.end() in words or (m.start() in bounds and _names(m.span(), flags, bounds))
    ]
    # “管委会和县交通局” names two units and no 和县; a name as short stands alone.
    return [folded[a:b] for a, b in spans if b - a > 2 or not is_chinese(folded[a - 1 : a] or " ")]


def _names(span: tuple[int, int], flags: dict[tuple[int, int], str], bounds: set[int]) -> bool:
    start, end = span
    if end not in bounds:
        return False
    whole, before = flags.get(span), flags.get((start, end - 1))
    return whole not in _COMMON and before not in _COMMON


def _tokens(text: str) -> dict[tuple[int, int], str]:
    """Return the part of speech of each token by its span."""
    found, at = {}, 0
    for word, flag in tagged_words(text):
        found[at, at + len(word)] = flag
        at += len(word)
    return found
