"""The sentences that open a topic, and the points that stand under them.

“第四，安全生产要守底线。……” speaks of 安全生产 to the end of its paragraph, though no
further sentence says the word; so does what comes before “一要……；二要……”.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from assistant.texts.points import Point

MAX_OPENING = 30  # characters of a sentence that only opens a topic

_ORDINALS = (
    re.compile(r"第[一二三四五六七八九十]{1,2}[，,、]|首先|其次|再次|最后[，,]"),
    re.compile(r"[一二三四五六七八九十]{1,2}(?:是|要)"),
    re.compile(r"[（(][一二三四五六七八九十]{1,2}[）)]"),
    re.compile(r"[（(]\d{1,2}[）)]|[①-⑳]"),
    re.compile(r"\d{1,2}[.．、](?!\d)"),
)
_PLAIN = -1  # the rank of an opening that bears no number
# “（一）约谈。” opens, “同志们。” and “谢谢大家。” do not.
_NO_OPENING = re.compile(r"同志们|各位|大家|谢谢|今天|刚才|下面|\d")


def with_leads(points: Sequence[Point], spans: Sequence[tuple[int, int]]) -> list[Point]:
    """Return the points, each with those that open a topic over it (``under``), outermost first.

    ``spans`` are the paragraphs of the text. A numbered opening holds up to the next of
    its rank, one that has its paragraph to itself in the paragraphs after it, too.
    """
    found: list[Point] = []
    carried: list[tuple[int, Point]] = []  # openings that are paragraphs of their own
    for paragraph in _by_paragraph(points, spans):
        carried = [lead for lead in carried if lead[1].above == paragraph[0].above]
        over = list(carried)
        for place, point in enumerate(paragraph):
            rank = _rank(point.text)
            if rank is not None:
                over = _above_rank(over, rank)
            opened = tuple(lead for _, lead in over)
            found.append(replace(point, under=(*opened, *point.under)))
            if rank is not None or (place == 0 and _opens(paragraph)):
                over.append((_PLAIN if rank is None else rank, point))
        first = paragraph[0]
        rank = _rank(first.text)
        if rank is not None:
            carried = _above_rank(carried, rank)
            if len(paragraph) == 1 and len(first.text) <= MAX_OPENING:
                carried.append((rank, first))
    return found


def _by_paragraph(
    points: Sequence[Point], spans: Sequence[tuple[int, int]]
) -> Iterator[list[Point]]:
    """Yield the points of each paragraph; one outside of all of them is by itself."""
    group: list[Point] = []
    last: tuple[int, int] | None = None
    for point in points:
        span = next((s for s in spans if s[0] <= point.start < s[1]), None)
        if group and (span is None or span != last):
            yield group
            group = []
        group.append(point)
        last = span
    if group:
        yield group


def _rank(text: str) -> int | None:
    return next((n for n, pattern in enumerate(_ORDINALS) if pattern.match(text)), None)


def _above_rank(over: Sequence[tuple[int, Point]], rank: int) -> list[tuple[int, Point]]:
    """Return the openings that go on where a point of a rank begins."""
    at = next((n for n, (held, _) in enumerate(over) if held == rank), len(over))
    return list(over[:at])


def _opens(paragraph: Sequence[Point]) -> bool:
    """Tell whether the first sentence of a paragraph says what the rest of it is about."""
    if len(paragraph) < 2 or paragraph[0].row:
        return False
    first, second = paragraph[0].text, paragraph[1].text
    if _rank(second) is not None:
        return True
    return len(first) <= MAX_OPENING and not _NO_OPENING.search(first)
