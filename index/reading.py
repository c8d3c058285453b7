"""How a file is read: page debris passed over, broken lines joined where that is certain.

The canonical text stays as it is; what is passed over is kept as spans. A join
that is not certain (text may be missing) is not made, and is reported.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from index.emphasis import bold_marks
from index.headings import numbering_of
from index.records import Block, LoadedFile, Reading

_DASH = r"[-－—–―‐·•~]"
_PAGE_LINE = re.compile(
    rf"[ \t\u3000]*(?:{_DASH}+[ \t\u3000]*[\d０-９]{{1,4}}[ \t\u3000]*{_DASH}+"
    r"|第[ \t\u3000]*[\d０-９一二三四五六七八九十]{1,4}[ \t\u3000]*页(?:[ \t\u3000]*[/，,]?[ \t\u3000]*共[ \t\u3000]*[\d０-９]{1,4}[ \t\u3000]*页)?"
    r"|[Pp]age[ \t]*\d{1,4}(?:[ \t]*(?:of|/)[ \t]*\d{1,4})?)[ \t\u3000]*"
)
_INVISIBLE = re.compile("[\u200b\u200c\u200d\u2060\ufeff\u00ad]+")
_MEASURE = (
    "[年月日号时分个项亿万千百元家件条期季届位处座公里亩平立方米吨户人次套台栋所名批份辆天％%]"
)
# A figure between words, with a single space before it, behind it, or both.
_SPACED = re.compile(
    rf"(?<=[\u4e00-\u9fff，。、；：（“《])(?P<before>[ \xa0])?(?<!\s\s)\d[\d,.]*"
    rf"(?P<after>[ \xa0])?(?={_MEASURE})"
)
_SPACED_LINE = re.compile(r"^[^\n\t|]*[ \xa0][^\n\t|]*$", re.MULTILINE)
_INNER_SPACE = re.compile(r"(?<=[^\sA-Za-z])[ \xa0]+(?=[^\sA-Za-z])")
_ENDS = "。！？；：…!?;:"
_CLOSERS = "”’」』）》】)]\"'"
_PAIRS = {"（": "）", "“": "”", "《": "》", "「": "」", "【": "】", "(": ")"}
# A list that is announced as one is still open until its full stop.
_ANNOUNCED = re.compile(r"(?:分别|具体|依次|主要|包括|如下|有|是|为)[是为有]?[：:]")
_LIST_MARK = re.compile(r"(?:分别是|分别为|包括|有|如下|是|为|：|:)")
WRAP_TOLERANCE = 2  # columns by which hard-wrapped lines of one text differ
HEAD_LINE = 0.75  # of the width: a shorter line without a full stop is one by itself
MIN_CELLS = 3  # words between blanks that make a line a row
MIN_WRAPPED = 3  # lines of like width that make a wrapped paragraph

MARKDOWN = "text/markdown"
COMMON = 5_000  # occurrences in the dictionary's corpus
KNOWN = 50  # and of a word that surely is one
UNSURE = "此处断行前后可能缺字，未作连接"


@dataclass(frozen=True, slots=True)
class Lines:
    """A reading, and the breaks that were not joined because text may be missing."""

    reading: Reading
    unsure: tuple[tuple[int, int, str], ...] = ()


@dataclass(frozen=True, slots=True)
class _Line:
    """A line without its debris; ``end`` is where its words end."""

    start: int
    end: int
    debris_before: bool


def read_lines(loaded: LoadedFile) -> Lines:
    """Return how ``loaded`` is read, one logical paragraph a line."""
    text = loaded.text
    skips = [(b.start, b.end) for b in loaded.blocks if b.kind == "furniture" and b.end > b.start]
    skips += [match.span() for match in _INVISIBLE.finditer(text)]
    skips += _loose_spaces(text)
    if loaded.media_type == MARKDOWN:
        skips += bold_marks(text)
    lines = list(_lines(text, _merged(skips), skips))
    wrapped = _wrap_of(text, lines)
    counted = _counted(text, lines)
    kinds = _Kinds(loaded.blocks)
    unsure: list[tuple[int, int, str]] = []
    head = 0  # size of the part of the same wrapped line that a page break cut off
    for before, after in pairwise(lines):
        counts = after.start in counted
        verdict = "apart" if counts else _join(text, before, after, wrapped, kinds, head)
        cut = verdict == "join" and after.debris_before and wrapped is not None
        head = wrapped.size(text[before.start : before.end]) if cut and wrapped else 0
        if verdict == "join":
            skips.append((before.end, after.start))
        elif verdict == "unsure":
            unsure.append((before.end, after.start, UNSURE))
    return Lines(Reading(text, tuple(_merged(skips))), tuple(unsure))


def _loose_spaces(text: str) -> Iterator[tuple[int, int]]:
    """Yield the single spaces that some write around figures: 共 13 个，截至 9 月底.

    A space between other words may part the cells of a row that was pasted as text,
    so a line that has one is left alone, and so are figures without a measure.
    """
    for line in _SPACED_LINE.finditer(text):
        figures = list(_SPACED.finditer(text, *line.span()))
        spaces = {at for m in figures for at in (m.start("before"), m.start("after")) if at >= 0}
        others = {m.start() for m in _INNER_SPACE.finditer(text, *line.span())} - spaces
        if not others:
            yield from ((at, at + 1) for at in sorted(spaces))


def _lines(
    text: str, hidden: Sequence[tuple[int, int]], skips: list[tuple[int, int]]
) -> Iterator[_Line]:
    """Yield lines that hold words; page debris is added to ``skips``."""
    at, debris, place = 0, False, 0
    while at <= len(text):
        stop = text.find("\n", at)
        stop = len(text) if stop < 0 else stop
        while place < len(hidden) and hidden[place][1] <= at:
            place += 1
        covered = place < len(hidden) and hidden[place][0] <= at and hidden[place][1] >= stop
        start = at
        if covered and stop > at:
            debris = True
        else:
            match = _PAGE_LINE.match(text, at, stop)
            if match and match.end() > at and _is_debris(text, match, stop):
                skips.append(match.span())
                debris, start = True, match.end()
            if text[start:stop].strip():
                end = start + len(text[start:stop].rstrip())
                lead = len(text[start:stop]) - len(text[start:stop].lstrip())
                yield _Line(start + (lead if debris else 0), end, debris)
                debris = False
        at = stop + 1


def _is_debris(text: str, match: re.Match[str], stop: int) -> bool:
    """Tell whether a page mark is alone on its line, or breaks into a sentence."""
    if match.end() == stop:
        return True
    before = text[: match.start()].rstrip()[-1:]
    return bool(before) and before not in _ENDS and match.group().lstrip()[0] in "-－—–―"


class _Kinds:
    """The layout block at an offset, and whether two lines stand in one block."""

    def __init__(self, blocks: Sequence[Block]) -> None:
        self._blocks = [b for b in blocks if b.kind != "furniture"]
        self._at = 0

    def of(self, offset: int) -> Block | None:
        while self._at and self._blocks[self._at].start > offset:
            self._at -= 1
        while self._at < len(self._blocks) and self._blocks[self._at].end <= offset:
            self._at += 1
        if self._at == len(self._blocks):
            self._at = max(len(self._blocks) - 1, 0)
            return None
        block = self._blocks[self._at]
        return block if block.start <= offset < block.end else None


def _join(
    text: str, before: _Line, after: _Line, wrapped: _Wrap | None, kinds: _Kinds, head: int
) -> str:
    """Return “join”, “unsure” or “apart” for the break between two lines."""
    first, second = kinds.of(before.end - 1), kinds.of(after.start)
    fixed = {"heading", "table", "list_item"}
    left, right = text[before.start : before.end], text[after.start : after.end]
    if first is not None and first is second:
        own = first.kind == "table" or _is_own_line(left, right, wrapped)
        return "apart" if own else "join"
    if (first and first.kind in fixed) or (second and second.kind in fixed):
        return "apart"
    if text.count("\n", before.end, after.start) > 1 and not after.debris_before:
        return "apart"
    if _begins_anew(text, after, right) or _are_rows(left, right):
        return "apart"
    if not _breaks_off(left):
        # A full line that ends in ； goes on; in ”。” too where paragraphs are indented.
        goes_on = wrapped is not None and wrapped.full(left, head)
        certain = left[-1] in "；;" or (wrapped is not None and wrapped.indented)
        return "join" if goes_on and certain else "apart"
    if _is_own_line(left, right, wrapped):
        return "apart"
    if _certain(left, right, after) or (wrapped is not None and wrapped.full(left, head)):
        return "join"
    # A signature after a line without a full stop is no break in a sentence.
    broken = len(left) > MIN_RUNNING and _runs(left) and _runs(right)
    return "unsure" if broken else "apart"


MIN_RUNNING = 20  # characters; a shorter line without a full stop is a title or a list entry


def _runs(line: str) -> bool:
    """Tell whether a line is running prose: it has punctuation inside."""
    return any(c in "，。、；" for c in line)


def _breaks_off(line: str) -> bool:
    bare = line.rstrip(_CLOSERS)
    return bool(bare) and bare[-1] not in _ENDS


_TITLE = re.compile(
    r"[^，。；：]{4,45}(?:通知|通报|报告|汇报|总结|方案|意见|公告|公示|决定|函|纪要|简报|要点|讲话|答复|回复)"
    r"(?:[（(][^（）()]{1,12}[）)])?"
)
_LABELLED = re.compile(r"[ \t\u3000]*(?:\d{4}年)?[\u4e00-\u9fff]{2,10}[：:]")


def _is_own_line(left: str, right: str, wrapped: _Wrap | None) -> bool:
    """Tell whether a title ends here, or a labelled line (“责任单位：…”) begins.

    In hard-wrapped text only a line that ends early can be the end of anything.
    """
    if wrapped is not None and wrapped.size(left) >= wrapped.at - WRAP_TOLERANCE:
        return False
    if _TITLE.fullmatch(left.strip()) or (numbering_of(left) and _COUNTS.search(left)):
        return True
    return bool(_LABELLED.match(right)) and left.rstrip()[-1:] not in "，、；（(“,"


# “（二）在建的8个，占33.3%，完成投资7.64亿元”, “三、逾期未办1项”: a heading that counts.
_COUNTS = re.compile(r"^[^。；]*\d\s*[个项件](?:[^。；]*(?:[个项件元]|[%％]|项目|工程))?[）)]?\s*$")
_COUNT = re.compile(r"\s*(?P<number>\d{1,2})(?:[．、]|\.(?!\d))\s*\S")


def _counted(text: str, lines: Sequence[_Line]) -> frozenset[int]:
    """Return where lines begin that count on: “2.” behind a line with “1.”, or before “3.”."""
    marks = [
        (line.start, int(match["number"]))
        for line in lines
        if (match := _COUNT.match(text, line.start, line.end))
    ]
    pairs = [(a, b) for (a, first), (b, second) in pairwise(marks) if second == first + 1]
    return frozenset(at for pair in pairs for at in pair)


def _are_rows(left: str, right: str) -> bool:
    """Tell whether two lines are rows of a table pasted as text: as many words between blanks."""
    cells, more = left.split(), right.split()
    plain = not any(c in "，。；" for c in left + right)
    return plain and len(cells) == len(more) >= MIN_CELLS


def _begins_anew(text: str, after: _Line, line: str) -> bool:
    numbered = numbering_of(line)
    indented = text[after.start : after.start + 1] in "\u3000\t" or line[:2] == "  "
    return indented or (numbered is not None and numbered.level != 5)


def _certain(left: str, right: str, after: _Line) -> bool:
    """Tell whether two pieces surely belong together: one positive sign is needed."""
    return (
        after.debris_before
        or _open_pair(left)
        or right[0] in "，。、；：）”》！？％%,.;)"
        or left[-1] in "，、,（《“"
        or _number_goes_on(left, right)
        or (_word_goes_on(left, right) and not _ends_as_heading(left))
        or _in_enumeration(left, right)
    )


def _open_pair(left: str) -> bool:
    """Tell whether a bracket or quotation mark is still open at the end of ``left``."""
    tail = left[-200:]
    return any(tail.count(opener) > tail.count(closer) for opener, closer in _PAIRS.items())


def _number_goes_on(left: str, right: str) -> bool:
    return bool(re.search(r"[\d０-９][.．]?[万亿]?$", left)) and bool(
        re.match(r"[\d０-９.．万亿元％%个年月日项家公亩]", right)
    )


def _word_goes_on(left: str, right: str) -> bool:
    """Tell whether a dictionary word spans the break (“补|偿”)."""
    known = _dictionary()
    for back in (1, 2, 3):
        for ahead in (1, 2, 3):
            word = left[-back:] + right[:ahead]
            if len(word) == back + ahead and known.get(word, 0) > 0 and not _splits(left, right):
                return True
    return False


def _ends_as_heading(left: str) -> bool:
    """Tell whether a line without stops ends in a whole common word, as a heading does.

    “已竣工项目” above “区住建局的……” is one, though “项目区” is a word too.
    """
    numbering = numbering_of(left)
    words = left[numbering.length :] if numbering else left
    return not _runs(words) and _dictionary().get(left.rstrip(_CLOSERS)[-2:], 0) > KNOWN


def _splits(left: str, right: str) -> bool:
    """Tell whether both sides end and begin with whole common words, so the break is clean."""
    known = _dictionary()
    return known.get(left[-2:], 0) > COMMON and known.get(right[:2], 0) > COMMON


def _dictionary() -> dict[str, int]:
    """Return a general Chinese dictionary: word to frequency; 0 marks a mere prefix."""
    import logging

    import jieba

    jieba.setLogLevel(logging.WARNING)
    if not jieba.dt.initialized:
        jieba.initialize()
    frequencies: dict[str, int] = jieba.dt.FREQ
    return frequencies


def _in_enumeration(left: str, right: str) -> bool:
    """Tell whether the break stands inside a list that goes on behind it."""
    sentence = re.split(r"[。！？]", left)[-1]
    onward = re.split(r"[。！？]", right)[0]
    announced = _ANNOUNCED.search(sentence)
    if announced:
        listed = sentence[announced.end() :] + onward
        return "、" in listed or "；" in listed
    marks = sentence.count("、") + sentence.count("；")
    if marks < 2 or not _LIST_MARK.search(sentence):
        return False
    first = re.match(r"[^，。；、（]{1,30}[；、（。]", right)
    return first is not None and ("、" in onward or "；" in onward or "（" in onward)


@dataclass(frozen=True, slots=True)
class _Wrap:
    """Where a hard-wrapped text breaks its lines: by width in columns, or by characters.

    ``indented`` tells that its paragraphs begin with an indent.
    """

    by_width: bool
    at: int
    indented: bool = False

    def full(self, line: str, head: int = 0) -> bool:
        """Tell whether a line, behind the ``head`` cut off it, reaches to where the text wraps."""
        size = self.size(line)
        return any(abs(s - self.at) <= WRAP_TOLERANCE for s in (size, size + head))

    def size(self, line: str) -> int:
        """Return a line's size in the measure that the text wraps by."""
        return _width(line) if self.by_width else len(line)


def _wrap_of(text: str, lines: Sequence[_Line]) -> _Wrap | None:
    """Return how a text is hard-wrapped, None if it is not.

    It wraps by the measure, width or characters, in which more of its broken
    lines are alike.
    """
    pieces = [text[line.start : line.end] for line in lines]
    found: list[tuple[float, _Wrap]] = []
    for by_width, low, high in ((True, 20, 160), (False, 15, 80)):
        measure = _Wrap(by_width, 0)
        sizes = [measure.size(piece) for piece in pieces]
        if not sizes:
            return None
        widest = sorted(sizes)[int(len(sizes) * 0.95) - 1 if len(sizes) > 20 else -1]
        # Titles and labelled lines at the head of a text are short, and no broken lines.
        broken = [
            size
            for piece, size in zip(pieces, sizes, strict=True)
            if _breaks_off(piece) and size > HEAD_LINE * widest
        ]
        near = sum(abs(size - widest) <= WRAP_TOLERANCE for size in broken)
        if low <= widest <= high and near >= max(MIN_WRAPPED, 0.6 * len(broken)):
            starts = [text[line.start : line.start + 1] in "\u3000\t" for line in lines]
            indented = 0.1 < sum(starts) / len(starts) < 0.6
            found.append((near / len(broken), _Wrap(by_width, widest, indented)))
    return max(found, key=lambda pair: pair[0])[1] if found else None


def _width(line: str) -> int:
    return sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in line)


def _merged(spans: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    merged: list[tuple[int, int]] = []
    for start, end in sorted(span for span in spans if span[1] > span[0]):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged
