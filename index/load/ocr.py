"""Words in pictures of pages, recognised by RapidOCR: its wheel carries the PP-OCR models.

A picture is turned upright first (by quarters, told by the shape of its lines and by a
classifier), its slant measured, its ruling lines found; lines of words are cut where a
ruling line crosses them, so that every piece belongs to one cell. What comes out is a
page like any other, with a confidence for every line. RapidOCR lives in this file.
"""

from __future__ import annotations

import functools
import math
import re
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from index.load.ocr_lines import Spotted, apart_from_each_other, full_width, glyphs_of, page_size
from index.load.ocr_rules import Stroke, cut_at, ruling_lines, slanting_lines
from index.load.pdf_page import Posture, RawPage, Rule, Run

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Picture = NDArray[np.uint8]  # height, width, 3 (blue, green, red)
    Corners = NDArray[np.float32]  # 4, 2: from upper left, clockwise, in pixels

DPI = 200  # of rendered pages; 300 recognises no more here, and takes longer
LONGEST, SHORTEST = 3400, 1200  # pixels of a picture's longer side; A3 at 200 dpi is 3,308
DETECTOR_SIDE = 1440  # pixels; finds 9-point type on A4, in half the time of 2,000
NARROWEST = 60  # length over breadth; beyond it there is a line, but no words
THREADS = 2  # more of them win little on pages of short lines
LEAST = 0.5  # confidence; below it “words” are specks, stamps and folds
UNSURE = 0.85  # confidence; below it a person should look
SECONDS = 1800.0  # for all pictures of one file: some 500 pages
PAGE_SECONDS = 120.0  # a page takes 2 to 8; far more is a fault
_SLANT = math.radians(0.15)  # less does no harm


@dataclass(frozen=True, slots=True)
class Recognised:
    """A page read from its picture; ``dropped`` are words too unsure to be taken for words."""

    page: RawPage
    lines: tuple[Spotted, ...]
    dropped: tuple[Spotted, ...] = ()

    @property
    def confidence(self) -> float:
        """The mean over characters, 0 to 1."""
        total = sum(len(line.text) for line in self.lines)
        return sum(line.confidence * len(line.text) for line in self.lines) / max(total, 1)

    def only(self, kept: RawPage) -> Recognised:
        """Return this with the lines alone that stand on ``kept``."""
        there = {"".join(g.text for g in run.glyphs) for run in kept.runs if run.glyphs}
        return replace(self, lines=tuple(x for x in self.lines if full_width(x.text) in there))


class Allowance:
    """The time that one file may take for recognition."""

    def __init__(self, seconds: float = SECONDS) -> None:
        self.used = 0.0
        self._seconds = seconds

    def __bool__(self) -> bool:
        return self.used < self._seconds

    def recognise(self, picture: Picture, number: int, long_side: float) -> Recognised:
        """Recognise a page and count the time it took."""
        from index.load.apart import grant

        grant(PAGE_SECONDS)
        began = time.monotonic()
        try:
            return recognise(picture, number, long_side)
        except Exception as error:  # the libraries have a class of their own for want of memory
            if re.search(r"memory|alloc", str(error), re.IGNORECASE):
                raise MemoryError from error
            raise
        finally:
            self.used += time.monotonic() - began


def recognise(picture: Picture, number: int, long_side: float) -> Recognised:
    """Return the words and ruling lines of a picture of page ``number``.

    ``long_side`` is how many points the longer side of the page measures.
    """
    import cv2

    image = _fitted(picture)
    quarters = 0
    found: list[Corners] = []
    if max(image.shape[:2]) <= NARROWEST * min(image.shape[:2]):
        quarters, image, found = _upright(image)
    height, width = image.shape[:2]
    scale = long_side / max(height, width)
    size = (width * scale, height * scale)
    if not found:
        return Recognised(RawPage(number, *size, (), (), posture=Posture(*size, quarters)), ())
    grey = cv2.cvtColor(image, cv2.COLOR_BGR2GRAY)
    skew = _skew(found, grey)
    level = _turned(found, -skew, width, height)
    grey = _rotated(grey, skew)
    strokes = ruling_lines(grey, level)
    found, level = cut_at(strokes, found, level)
    spotted = apart_from_each_other(list(_words(image, found, level)))
    lines = tuple(s for s in spotted if s.confidence >= LEAST)
    runs = tuple(Run(tuple(glyphs_of(s, scale)), page_size(s, scale)) for s in lines)
    page = RawPage(
        number, *size, runs, tuple(_rule(stroke, scale) for stroke in strokes),
        unmapped=sum(s.text.count("\ufffd") for s in lines),
        posture=Posture(*size, quarters, skew),
    )  # fmt: skip
    return Recognised(page, lines, tuple(s for s in spotted if s.confidence < LEAST))


def _rule(stroke: Stroke, scale: float) -> Rule:
    return Rule(stroke.x0 * scale, stroke.top * scale, stroke.x1 * scale, stroke.bottom * scale)


@functools.cache
def _engine() -> Any:  # noqa: ANN401  rapidocr has no types
    """Return the recogniser. With paths of models given, it never looks for them elsewhere."""
    from importlib.resources import files

    from rapidocr import RapidOCR

    models = files("rapidocr") / "models"
    return RapidOCR(
        params={
            "Global.log_level": "error",
            "Global.max_side_len": LONGEST,
            "EngineConfig.onnxruntime.intra_op_num_threads": THREADS,
            "EngineConfig.onnxruntime.inter_op_num_threads": 1,
            "Det.limit_type": "max",
            "Det.limit_side_len": DETECTOR_SIDE,
            "Det.model_path": str(models / "PP-OCRv6_det_small.onnx"),
            "Cls.model_path": str(models / "ch_ppocr_mobile_v2.0_cls_mobile.onnx"),
            "Rec.model_path": str(models / "PP-OCRv6_rec_small.onnx"),
        }
    )


def _fitted(picture: Picture) -> Picture:
    """Return the picture at a size at which type is neither blurred nor wastefully large."""
    import cv2

    longer = max(picture.shape[:2])
    scale = min(LONGEST / longer, max(1.0, min(SHORTEST / longer, 3.0)))
    if scale == 1.0:
        return picture
    way = cv2.INTER_AREA if scale < 1 else cv2.INTER_CUBIC
    width, height = (max(1, round(side * scale)) for side in picture.shape[1::-1])
    fitted: Picture = cv2.resize(picture, (width, height), interpolation=way)
    return fitted


def _upright(image: Picture) -> tuple[int, Picture, list[Corners]]:
    """Return by how many quarters the picture was turned left, the turned one, and its lines."""
    import numpy as np

    found = _detected(image)
    across = sum(_length(c) for c in found if _width(c) > 1.5 * _height(c))
    down = sum(_length(c) for c in found if _height(c) > 1.5 * _width(c))
    quarters = 1 if down > 1.5 * across else 0
    if quarters:
        image = np.ascontiguousarray(np.rot90(image))
        found = _detected(image)
    if found and _is_upside_down(image, found):
        quarters += 2
        image = np.ascontiguousarray(np.rot90(image, 2))
        found = _detected(image)
    return quarters, image, found


def _detected(image: Picture) -> list[Corners]:
    output = _engine()(image, use_det=True, use_cls=False, use_rec=False)
    return [] if output.boxes is None else list(output.boxes)


def _is_upside_down(image: Picture, found: Sequence[Corners]) -> bool:
    """Ask the classifier about the longest lines; short ones such as “一” look the same."""
    lines = sorted((c for c in found if _width(c) > 3 * _height(c)), key=_length)[-12:]
    if not lines:
        return False
    answer = _engine().cls_and_rotate(_cropped(image, lines))[1]
    votes: list[float] = [
        (score if "180" in label else -score) * _length(c)
        for c, (label, score) in zip(lines, answer.cls_res, strict=True)
    ]
    return sum(votes) > 0


def _words(image: Picture, found: Sequence[Corners], level: Sequence[Corners]) -> Iterator[Spotted]:
    if not found:
        return
    answer = _engine().recognize_txt(_cropped(image, found))
    for corners, text, score in zip(level, answer.txts, answer.scores, strict=True):
        if text.strip():
            (x0, top), (x1, bottom) = corners.min(axis=0), corners.max(axis=0)
            yield Spotted(text, float(x0), float(top), float(x1), float(bottom), float(score))


def _cropped(image: Picture, found: Sequence[Corners]) -> list[Picture]:
    import numpy as np

    crops: list[Picture] = _engine().crop_text_regions(image, np.array(found, dtype=np.float32))
    return crops


def _width(corners: Corners) -> float:
    return math.dist(corners[0], corners[1])


def _height(corners: Corners) -> float:
    return math.dist(corners[0], corners[3])


def _length(corners: Corners) -> float:
    return max(_width(corners), _height(corners))


def _skew(found: Sequence[Corners], grey: NDArray[np.uint8]) -> float:
    """Return the slant of the page in radians, clockwise.

    Long lines of words tell it; on a page of short ones, as tables are, the ruling lines.
    """
    slants = [
        (math.atan2(c[1][1] - c[0][1], c[1][0] - c[0][0]), _width(c))
        for c in found
        if _width(c) > 6 * _height(c)
    ]
    if sum(width for _, width in slants) < grey.shape[1]:
        slants += slanting_lines(grey)
    slants.sort()
    half = sum(width for _, width in slants) / 2
    for slant, width in slants:
        half -= width
        if half <= 0:
            return slant if abs(slant) > _SLANT else 0.0
    return 0.0


def _turned(found: Sequence[Corners], by: float, width: int, height: int) -> list[Corners]:
    """Return corners turned clockwise about the picture's middle."""
    import numpy as np

    if not by:
        return list(found)
    turn = np.array([[math.cos(by), math.sin(by)], [-math.sin(by), math.cos(by)]], np.float32)
    middle = np.array([width / 2, height / 2], np.float32)
    return [((c - middle) @ turn + middle).astype(np.float32) for c in found]


def _rotated(grey: NDArray[np.uint8], skew: float) -> NDArray[np.uint8]:
    """Return the picture with its slant taken out; what comes in at the edges is white."""
    import cv2

    if not skew:
        return grey
    height, width = grey.shape
    turn = cv2.getRotationMatrix2D((width / 2, height / 2), math.degrees(skew), 1.0)
    turned: NDArray[np.uint8] = cv2.warpAffine(
        grey, turn, (width, height), flags=cv2.INTER_LINEAR,
        borderMode=cv2.BORDER_CONSTANT, borderValue=255,
    )  # fmt: skip
    return turned
