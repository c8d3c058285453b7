"""What the user is told of pages that were recognised from pictures."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Literal

from index.load.ocr import SECONDS, UNSURE, Recognised
from index.load.ocr_lines import Spotted, full_width
from index.load.paged import pages_named
from index.load.pdf_layout import PAGE_NUMBER

MAX_LINES = 8  # quoted for one page
MAX_PAGES = 20  # with a sentence of their own

Why = Literal["scan", "unreadable", "pictures"]
_LEADS: dict[Why, str] = {
    "scan": "是扫描页，文字由程序识别（OCR）",
    "unreadable": "的文字层是乱码，改由程序按页面图像识别（OCR）",
    "pictures": "有图片，图片里的文字由程序识别（OCR）",
}


class RecognitionLog:
    """Collects what was recognised, and what could not be."""

    def __init__(self) -> None:
        self._read: dict[Why, list[Recognised]] = defaultdict(list)
        self._wordless: list[int] = []
        self._no_time: list[int] = []

    def add(self, recognised: Recognised, why: Why) -> None:
        """Take down a page that was recognised."""
        if recognised.lines:
            self._read[why].append(recognised)
        elif why != "pictures":
            self._wordless.append(recognised.page.number)

    def wordless(self, page: int) -> None:
        """Take down a page on which there is nothing to be seen."""
        self._wordless.append(page)

    def out_of_time(self, page: int) -> None:
        """Take down a page that was left out because the file's time was used up."""
        self._no_time.append(page)

    @property
    def left_out(self) -> int:
        """How many pages the time did not suffice for."""
        return len(self._no_time)

    def notes(self) -> Iterator[str]:
        """Yield sentences for the user."""
        for why, lead in _LEADS.items():
            if read := self._read[why]:
                pages = pages_named([r.page.number for r in read])
                mean = sum(r.confidence for r in read) / len(read)
                yield f"{pages}{lead}，平均可信度 {mean:.2f}，请对照原件核对。"
        if self._wordless:
            pages = pages_named(self._wordless)
            yield f"{pages}没有认出文字（可能是空白页，或只有图片），请对照原件核对。"
        if self._no_time:
            yield (
                f"{pages_named(self._no_time)}是扫描页，识别已用满 {SECONDS / 60:.0f} 分钟，"
                "这些页没有读入。请把文件拆成几个再导入。"
            )
        yield from self._doubts()

    def _doubts(self) -> Iterator[str]:
        read = sorted((r for rs in self._read.values() for r in rs), key=lambda r: r.page.number)
        unsure = [(r, [x for x in r.lines if _is_doubtful(x)]) for r in read]
        doubtful = [(r, few) for r, few in unsure if few or r.dropped]
        for recognised, few in doubtful[:MAX_PAGES]:
            page = recognised.page.number
            if few:
                yield f"第 {page} 页有 {len(few)} 处识别没有把握，请重点核对：{_quoted(few)}。"
            if dropped := recognised.dropped:
                yield f"第 {page} 页有 {len(dropped)} 处太模糊，没有读入：{_quoted(dropped)}。"
        if len(doubtful) > MAX_PAGES:
            rest = [r.page.number for r, _ in doubtful[MAX_PAGES:]]
            yield f"{pages_named(rest)}也有识别没有把握的地方，请对照原件核对。"


def _is_doubtful(line: Spotted) -> bool:
    return line.confidence < UNSURE and not PAGE_NUMBER.fullmatch(line.text.strip())


def _quoted(lines: Sequence[Spotted]) -> str:
    worst = sorted(lines, key=lambda line: line.confidence)[:MAX_LINES]
    said = "、".join(f"“{full_width(line.text)[:40]}”（{line.confidence:.2f}）" for line in worst)
    return said + ("等" if len(lines) > MAX_LINES else "")
