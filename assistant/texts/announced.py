"""Lists that a text announces by their number: “最后提五条要求。第一条，…第二条，…”."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from assistant.evidence import sections_above
from assistant.texts.points import Point
from index.database import FileContent
from index.records import Document, View
from index.sentences import closing

LEAD = 40  # characters between the announcement and the first of its points
MOST = 20  # points that a text announces
_HAN = "一二三四五六七八九十"
_COUNT = rf"(?P<n>[{_HAN}两几\d]{{1,2}}|以下|如下|下列)"
_UNIT = r"(?:点|条|个方面|方面|项|个字|句话|件事|个)"
NOUNS = "要求|意见|建议|希望|部署|措施|任务|看法|想法|嘱托|叮嘱|承诺|打算|安排|纪律|规定"
_ANNOUNCES = re.compile(
    rf"(?:提|提出|强调|讲|谈|说|作出?|做出?|部署|布置|明确|重申|指出|立下?|约法|[有是为])了?(?:这么|以下|如下|下面)?"
    rf"{_COUNT}{_UNIT}?的?(?:具体|工作|明确|硬性?|重点)?(?P<noun>{NOUNS})?(?:来说|如下)?(?=[：:，,。])"
    rf"|(?P<before>{NOUNS})(?:共|一共|归纳起来|概括起来)?(?:有|是|为)"
    rf"{_COUNT.replace('<n>', '<m>')}{_UNIT}(?=[：:，,。])"
)
# How the points of one list may be numbered; each style is read by its own number.
_STYLES: tuple[str, ...] = (
    r"第{n}(?:条|点|项|件|个方面|个)?(?=[，,、：:。是要])",
    r"{n}(?:是|要(?!求))",
    r"其{n}(?=[，,、：:])",
    r"[（(]{n}[）)]",
    r"{n}、",
    r"[（(]{d}[）)]",
    r"{d}[.．、](?!\d)",
    r"{c}",
)
_BEGINS = re.compile(r"(?:^|[。；;：:，,！!\n”])\s*$")


@dataclass(frozen=True, slots=True)
class Announced:
    """A list: the span of the words that announce it, their noun, its points in order."""

    start: int
    end: int
    noun: str
    points: tuple[Point, ...]


def announced_in(content: FileContent, document: Document, file_id: int) -> list[Announced]:
    """Return the lists whose number a text says and which hold just so many points."""
    view = content.structure.reading.view(document.start, document.end)
    found = []
    for match in _ANNOUNCES.finditer(view.text):
        count = _number(match["n"] or match["m"])
        spans = _listed(view.text, match.end(), count)
        if not spans:
            continue
        start, end = view.span(*match.span())
        noun = match["noun"] or match["before"] or ""
        points = tuple(_point(view, span, document, file_id) for span in spans)
        found.append(Announced(start, end, noun, points))
    return found


def points_behind(
    content: FileContent, document: Document, file_id: int, end: int
) -> tuple[Point, ...]:
    """Return the points of the list that begins right behind ``end``, nothing without one."""
    view = content.structure.reading.view(end, document.end)
    spans = _listed(view.text, 0, None)
    if not spans or view.text[: spans[0][0]].strip("：:；;，,。 \u3000\n"):
        return ()
    return tuple(_point(view, span, document, file_id) for span in spans)


def _point(view: View, span: tuple[int, int], document: Document, file_id: int) -> Point:
    start, end = view.span(*span)
    above = tuple(s for s in sections_above(document, start) if s.start < start)
    return Point(file_id, document.ordinal, start, end, view.text[slice(*span)], above)


def _number(word: str) -> int | None:
    """Return the number that a word says, None where it only says that some follow."""
    if word.isdigit():
        return int(word)
    if word == "两":
        return 2
    if len(word) == 1 and word in _HAN:
        return _HAN.index(word) + 1
    if len(word) == 2 and word[0] == "十" and word[1] in _HAN:
        return 11 + _HAN.index(word[1])
    return None


def _listed(text: str, at: int, count: int | None) -> list[tuple[int, int]]:
    """Return the spans of the points that follow an announcement, none unless all are there."""
    best: list[int] = []
    for style in _STYLES:
        marks = list(_marks(text, at, style))
        if marks and (not best or marks[0] < best[0]):
            best = marks
    if count is not None:
        best = best[:count]
    if len(best) < 2 or (count is not None and len(best) != count):
        return []
    return list(_spans(text, best))


def _marks(text: str, at: int, style: str) -> Iterator[int]:
    """Yield where the points of one style stand, first, second and so on."""
    for number in range(1, MOST + 1):
        han = (
            _HAN[number - 1]
            if number <= 10
            else f"十{_HAN[number - 11]}"
            if number < 20
            else "二十"
        )
        circled = chr(0x2460 + number - 1)
        pattern = style.format(n=han, d=number, c=circled)
        for match in re.finditer(pattern, text[at:]):
            place = at + match.start()
            if _BEGINS.search(text[max(0, place - 4) : place]):
                break
        else:
            return
        if number == 1 and place - at > LEAD:
            return
        yield place
        at = at + match.end()


def _spans(text: str, marks: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Yield the points between their numbers; the last goes as far as the others do."""
    inner = [text[a:b] for a, b in pairwise(marks)]
    ends = text.find("\n", marks[-1])
    ends = len(text) if ends < 0 else ends
    if not any("\n" in words for words in inner) and not any(
        "。" in words.rstrip()[:-1] for words in inner
    ):
        stop = _stop(text, marks[-1], ends)
        ends = stop if stop else ends
    for a, b in pairwise([*marks, ends]):
        words = text[a:b].rstrip("；;，,、 \u3000\n")
        yield a, a + len(words)


def _stop(text: str, at: int, end: int) -> int:
    """Return where the sentence at ``at`` ends, 0 where it does not before ``end``."""
    while at < end:
        if text[at] in "（“《「(":
            at = max(closing(text, at, end), at)
        elif text[at] in "。！":
            return at + 1
        at += 1
    return 0


def chosen_list(lists: Sequence[Announced], folded: str, demand: bool) -> Announced | None:
    """Return the one list that a question asks for by its noun or number, None of several.

    Without a noun of its own (“强调了四点”) a list is whatever is asked for.
    """
    nouns = re.findall(NOUNS, folded) or (["要求"] if demand else [])
    named = [one for one in lists if one.noun in nouns]
    bare = [one for one in lists if not one.noun]
    found = named or (bare if _ASKS_NUMBER.search(folded) else [])
    return found[-1] if len({one.start for one in found}) == 1 else None


_ASKS_NUMBER = re.compile(r"[哪几](?:几)?(?:点|条|个?方面|项|个|句话|件事)|how many|which points")
