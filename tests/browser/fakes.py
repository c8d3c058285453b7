"""A scripted assistant over an invented library: what the page must cope with, by hand.

``python -m tests.browser.fakes PORT [damaged] [many]`` serves the real page over it.
"""

from __future__ import annotations

import sys
import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory

from PIL import Image, ImageDraw, ImageFont

from assistant.errors import ReadingError
from assistant.records import Answer, Citation, Turn, Unverified
from index.errors import LoadError, UnknownDocumentError
from index.jobs import Job, JobState, ReadingReport, Version, VersionState
from index.ledger.book import FileInfo, Ledger
from index.ledger.records import FileLedger, Finding, Record, Roster, Words
from index.ledger.store import Alias, Correction, Merge
from index.library import DocumentInfo
from index.records import Box, Document, Reading

ATTACK = (
    "<script>window.hit=1</script><img src=x onerror=window.hit=1>"
    "<svg onload=window.hit=1>![a](http://192.0.2.1/p.png)"
    "<form action=http://192.0.2.1><button>Go</button></form>"
    "[点此](javascript:window.hit=1){{7*7}}${7*7}</textarea>"
)
LONG = "filler.txt"
REPORT = "三季度通报.txt"
SPEECH = "讲话/动员会.docx"
HOSTILE = "<img src=x onerror=window.hit=1>.txt"
SCAN = "扫描/第三季度通报.pdf"
FAILED = "扫描件.pdf"
DAY = "2026-01-05T09:00:00"


def _report() -> str:
    lines = ["青石区第三季度重点项目进展情况通报", "2023年10月12日", "", "一、总体情况", ""]
    lines += [
        f"（{n}）第{n}组督查项目按月核对台账，本段用于说明核对的做法，"
        f"核对时𠮷字头编号为{n * 37}，由经办人签字。"
        for n in range(1, 41)
    ]
    lines += [
        "",
        "二、未开工项目（3个）",
        "区水务局的柳溪河整治项目（资金尚未到位）；区交通局的东环路拓宽",
        "－7－",
        "项目（征地未完成）；城投公司的体育公园项目（设计方案正在修改）。",
        "",
        "三、下一步工作",
        "区长**要求，各责任单位于11月底前报送整改结果。",
    ]
    lines += [f"　　第{n}条，附表所列事项按职责分工办理，并抄送区督查室。" for n in range(1, 61)]
    return "\n".join(lines)


def _scan() -> str:
    """Return three pages of four lines each; the second page begins in mid-sentence."""
    return "\n".join(
        f"第{page}页第{line}行：青石区柳溪河整治项目完成投资{page}.{line}亿元，"
        f"占计划的{line * 9}％。"
        for page in (1, 2, 3)
        for line in range(1, 5)
    )


TEXTS = {
    SCAN: _scan(),
    REPORT: _report(),
    SPEECH: "动员会讲话\n\n同志们：\n今年计划完成投资４.０３亿元，比上年增加百分之十二。\n" * 3,
    HOSTILE: f"标题 {ATTACK}\n正文 {ATTACK}\n结尾",
    LONG: "\n".join(f"第{n}行，{'填' * 40}。" for n in range(4_000)),
}


class MemoryStore:
    """Keeps what staff set right in memory."""

    def __init__(self) -> None:
        self.made: list[Correction] = []

    def corrections(self) -> list[Correction]:
        return list(self.made)

    def aliases(self) -> list[Alias]:
        return [Alias(ATTACK, ATTACK, ATTACK, "2026-01-05T09:00:00")]

    def merges(self) -> list[Merge]:
        return [Merge(ATTACK, f"{ATTACK}2", ATTACK, "2026-01-05T09:00:00")]

    def correct(self, correction: Correction) -> Correction:
        self.made.append(replace(correction, at=DAY))
        return self.made[-1]


def _hostile_file() -> FileInfo:
    """Return a file whose one record, finding and unread line are full of markup."""
    text = TEXTS[HOSTILE]
    whole = (0, len(text))
    end = text.index("\n")
    words = {name: Words(text[:end], ((0, end),)) for name in ("name", "unit", "reason")}
    record = Record(0, "project", 0, end, 0, words, "not_started", None, "funds")
    ledger = FileLedger(
        rosters=[Roster(0, *whole)],
        records=[record],
        findings=[Finding("count", ATTACK, 0, (whole,), ATTACK)],
        unread=[(0, end, ATTACK)],
    )
    return FileInfo(1, HOSTILE, (Document(0, *whole, f"标题 {ATTACK}"),), ledger)


class FakeLibrary:
    """Documents in several versions, one of them a scan, and one that could not be read."""

    def __init__(self, damaged: bool = False) -> None:
        self._store = MemoryStore()
        self._lock = threading.Lock()
        self.texts = {path: [text] for path, text in TEXTS.items()}
        self.texts[REPORT] = [
            "青石区第三季度重点项目进展情况通报（初稿）\n旧的一句话。",
            TEXTS[REPORT],
        ]
        self.retired: dict[str, tuple[VersionState, str, str]] = {}
        self.failed = {FAILED: "这个 PDF 只有图像，没有文字层。请先做文字识别再收录。"}
        self.uploaded = {FAILED}
        self.damaged = damaged
        self.reload_ledger()

    def reload_ledger(self) -> None:
        self.ledger = Ledger([_hostile_file()], self._store)  # type: ignore[arg-type]

    def cite(self, file_id: int, document: int, start: int, end: int, n: int) -> Citation:
        title = f"标题 {ATTACK}"
        quote = TEXTS[HOSTILE][start:end]
        return Citation(n, HOSTILE, None, title, ATTACK, None, start, end, quote, None)

    def put(self, path: str, text: str) -> bool:
        """Keep a text as the newest version; tell whether it is a new one."""
        with self._lock:
            versions = self.texts.setdefault(path, [])
            self.failed.pop(path, None)
            self.uploaded.add(path)
            if versions and versions[-1] == text:
                return False
            versions.append(text)
            return True

    def fail(self, path: str, why: str) -> None:
        self.failed[path] = why
        self.uploaded.add(path)

    def documents(self) -> list[DocumentInfo]:
        titles = {
            REPORT: "青石区第三季度重点项目进展情况通报",
            SPEECH: "在重点项目动员会上的讲话",
            HOSTILE: f"标题 {ATTACK}",
            LONG: "很长的文件",
            SCAN: "青石区第三季度通报（扫描）",
        }
        with self._lock:
            return [
                *(self._describe(path, titles.get(path, path)) for path in self.texts),
                *(self._failure(path, why) for path, why in self.failed.items()),
            ]

    def _describe(self, path: str, title: str) -> DocumentInfo:
        versions = self.texts[path]
        return replace(
            _info(path, title, len(versions[-1])),
            state=self.retired[path][0] if path in self.retired else "indexed",
            version=len(versions),
            versions=len(versions),
            uploaded=path in self.uploaded,
        )

    def _failure(self, path: str, why: str) -> DocumentInfo:
        return replace(
            _info(path, path, 0), state="failed", error=why, articles=(), uploaded=True, notes=()
        )

    def can_answer(self) -> bool:
        return any(path not in self.retired for path in self.texts)

    def history(self, path: str) -> list[Version]:
        if path not in self.texts:
            raise UnknownDocumentError(path)
        found = [
            Version(
                number,
                number,
                "superseded",
                f"2026-01-0{min(number, 9)}T09:00:00",
                "ab" * 32,
                len(text),
            )
            for number, text in enumerate(self.texts[path], 1)
        ]
        state, by, why = self.retired.get(path, ("current", None, None))
        by, why = (ATTACK, ATTACK) if path == HOSTILE else (by, why)
        found[-1] = replace(found[-1], state=state, by=by, why=why)
        return found[::-1]

    def text(self, path: str, version: int | None = None) -> str:
        versions = self.texts.get(path, [])
        number = len(versions) if version is None else version
        if not 1 <= number <= len(versions):
            raise UnknownDocumentError(path)
        return versions[number - 1]

    def reading(self, path: str, version: int | None = None) -> Reading:
        text = self.text(path, version)
        at = text.find("\n－7－\n")
        return Reading(text, ((at, at + 5),) if at >= 0 else ())

    def sections(self, path: str, version: int | None = None) -> list[tuple[int, str, int]]:
        text = self.text(path, version)
        heads = ("一、总体情况", "二、未开工项目（3个）", "三、下一步工作", "第3900行")
        return [(1, head, text.index(head)) for head in heads if head in text]

    def report(self, path: str) -> ReadingReport:
        text = self.text(path)
        said = ATTACK if path == HOSTILE else "这一行没有读懂。"
        notes = (ATTACK,) if path == HOSTILE else ("第 3 页的表格没有读出。",)
        scanned = path == SCAN
        return ReadingReport(
            path, len(self.texts[path]), "application/pdf" if scanned else "text/plain", None,
            len(text), 4, 3 if scanned else 0, 1, 3, 2, 13, 20, 1, ((2, said), (99, said)),
            ((1, 0.97), (2, 0.71)) if scanned else (), notes,
        )  # fmt: skip

    def boxes(self, path: str, page: int, version: int | None = None) -> list[Box]:
        if path != SCAN:
            return []
        found, at = [], 0
        for number, line in enumerate(self.text(path, version).split("\n")):
            top = 0.1 + 0.12 * (number % 4)
            sure = 0.7 if number % 4 == 2 else 0.98
            if number // 4 + 1 == page:
                found.append(Box(at, at + len(line), page, 0.1, top, 0.9, top + 0.035, sure))
            at += len(line) + 1
        return found

    def page_count(self, path: str, version: int | None = None) -> int:
        return 3 if path == SCAN else 0

    def page_image(
        self, path: str, page: int, width: int = 1000, version: int | None = None
    ) -> bytes:
        if path != SCAN or not 1 <= page <= 3:
            raise UnknownDocumentError(path)
        return draw(self.text(path, version), self.boxes(path, page, version), width)

    def withdraw(self, path: str, by: str, why: str) -> None:
        self.text(path)
        self.retired[path] = ("withdrawn", by, why)

    def reinstate(self, path: str, by: str) -> None:
        del self.retired[path]

    def forget(self, path: str) -> None:
        with self._lock:
            if path not in self.texts and path not in self.failed:
                raise UnknownDocumentError(f"索引里没有名为“{path}”的文件。")
            self.texts.pop(path, None)
            self.failed.pop(path, None)

    def problems(self) -> list[str]:
        return [f"检索库少了 12 段。{ATTACK}"] if self.damaged else []

    def suggestions(self) -> list[str]:
        return ["哪些项目未开工，原因是什么？", "今年计划完成多少投资？"]


FONT = Path("/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc")


def draw(text: str, boxes: Sequence[Box], width: int) -> bytes:
    """Return a page whose lines stand in their boxes, as PNG."""
    height = round(width * 1.414)
    image = Image.new("RGB", (width, height), "white")
    pen = ImageDraw.Draw(image)
    for box in boxes:
        line = text[box.start : box.end]
        size = (box.right - box.left) * width / (len(line) or 1)
        font = ImageFont.truetype(FONT, size) if FONT.exists() else ImageFont.load_default()
        words = line if FONT.exists() else "x" * len(line)
        pen.text((box.left * width, box.top * height), words, "black", font)
    out = BytesIO()
    image.save(out, "PNG")
    return out.getvalue()


class FakeIntake:
    """Takes files in by name: 坏 fails, 慢 takes its time; the rest become documents at once."""

    def __init__(self, library: FakeLibrary, pause: float = 0.15) -> None:
        self.library = library
        self.pause = pause
        self.kept: dict[str, Job] = {}
        self.going: tuple[int, int] | None = None

    def add(self, name: str, file: Path) -> str:
        if name.endswith(".mp4"):
            raise LoadError(f"不能读取“{name}”：没有这种格式的读取程序。")
        text = file.read_bytes().decode("utf-8", "replace")
        file.unlink()
        job = str(len(self.kept) + 1)
        self.kept[job] = Job(job, name, "waiting", at=DAY)
        threading.Thread(target=self._run, args=[job, name, text], daemon=True).start()
        return job

    def _run(self, job: str, name: str, text: str) -> None:
        pause = self.pause * (10 if "慢" in name else 1)
        time.sleep(pause)
        self._set(job, "reading")
        time.sleep(pause)
        if "坏" in name:
            why = f"文件已损坏：{ATTACK}。请重新取得后再上传。"
            self.library.fail(name, why)
            self._set(job, "failed", message=why)
            return
        for done in range(5):
            self._set(job, "embedding", done, 5)
            time.sleep(pause)
            if self.kept[job].state == "stopped":
                return
        self._set(job, "done" if self.library.put(name, text) else "unchanged")

    def _set(
        self, job: str, state: JobState, done: int = 0, total: int = 0, message: str = ""
    ) -> None:
        if self.kept[job].state != "stopped":
            now = self.kept[job]
            self.kept[job] = replace(now, state=state, done=done, total=total, message=message)

    def jobs(self) -> list[Job]:
        return list(self.kept.values())[::-1]

    def stop(self, job_id: str) -> None:
        self._set(job_id, "stopped")

    def erase(self, path: str, by: str) -> None:
        self.library.forget(path)

    def reinstate(self, path: str, by: str) -> None:
        self.library.reinstate(path, by)

    def rebuild(self) -> None:
        threading.Thread(target=self._rebuild, daemon=True).start()
        self.going = (0, 0)

    def _rebuild(self) -> None:
        for done in range(0, 101, 20):
            self.going = (done, 100)
            time.sleep(self.pause * 4)
        self.library.damaged = False
        self.going = None

    def rebuilding(self) -> tuple[int, int] | None:
        return self.going


def _info(path: str, title: str, size: int) -> DocumentInfo:
    return DocumentInfo(
        path=path,
        title=title,
        articles=(title, "附件一：台账") if path == REPORT else (title,),
        issuer="青石区督查室" if path == REPORT else None,
        date="2023-10-12" if path == REPORT else None,
        date_text=None if path == REPORT else "十月",
        media_type="text/plain",
        encoding="gb18030" if path == SPEECH else "utf-8",
        state="indexed",
        error=None,
        notes=("第 3 页的表格没有读出。",) if path == SPEECH else (),
        characters=size,
        chunks=max(1, size // 300),
        sample=False,
        indexed_at=DAY,
    )


def cite(n: int, path: str, quote: str, **more: str) -> Citation:
    start = TEXTS[path].index(quote)
    return Citation(
        n=n,
        document=path,
        article=more.get("article"),
        title=more.get("title", "青石区第三季度重点项目进展情况通报"),
        section=more.get("section", "二、未开工项目（3个）"),
        page=int(more["page"]) if "page" in more else None,
        start=start,
        end=start + len(quote),
        quote=quote,
        date="2023-10-12",
        version=int(more["version"]) if "version" in more else None,
    )


ITEMS = (
    ("柳溪河整治", "区水务局", "资金尚未到位", "区水务局的柳溪河整治项目（资金尚未到位）"),
    ("东环路拓宽", "区交通局", "征地未完成", "区交通局的东环路拓宽\n－7－\n项目（征地未完成）"),
    ("体育公园", "城投公司", "设计方案正在修改", "城投公司的体育公园项目（设计方案正在修改）"),
)


def _list(question: str) -> Answer:
    lines = ["未开工项目共 3 个，原文写 3 个，一致[4]："]
    lines += [
        f"- **{name}**（{unit}）：{why}[{n}]" for n, (name, unit, why, _) in enumerate(ITEMS, 1)
    ]
    lines.append("区长\\*\\*要求11月底前报送整改结果。另有资料称总投资 9.9 亿元。[99] [5]")
    cited = [cite(n, REPORT, quote) for n, (*_, quote) in enumerate(ITEMS, 1)]
    cited.append(cite(4, REPORT, "未开工项目（3个）"))
    cited.append(
        cite(5, REPORT, "区长**要求，各责任单位于11月底前报送整改结果。", section="三、下一步工作")
    )
    rows = tuple(
        {
            "name": a,
            "unit": b,
            "reason": c,
            "stage": "not_started",
            "cells": {"name": [n], "reason": [n]},
        }
        for n, (a, b, c, _) in enumerate(ITEMS, 1)
    )
    return Answer(
        question=question,
        answer="\n".join(lines),
        short="3 个",
        interpretation={"kind": "list", "filters": {"stage": "not_started"}},
        columns=("name", "unit", "reason", "stage"),
        rows=rows,
        count=3,
        citations=tuple(cited),
        unverified=(Unverified("9.9 亿元", "所引原文中没有这个数。"),),
        notes=("“东环路拓宽”一项原文中间夹有页码，已跨过。",),
        seconds=0.31,
    )


def _refused(question: str) -> Answer:
    related = cite(
        1, SPEECH, "今年计划完成投资４.０３亿元", title="在重点项目动员会上的讲话", section=""
    )
    return Answer(
        question,
        "现有文件中没有找到这个问题的答案。",
        refused=True,
        related=(related,),
        seconds=0.12,
    )


class ScriptedAssistant:
    """Answers by keyword: 未开工, 攻击, 崩溃, 慢, 扫描, 旧版, 长文, else a refusal."""

    def __init__(self, pause: float = 0.05) -> None:
        self.pause = pause
        self.asked: list[tuple[str, tuple[Turn, ...]]] = []

    def stream(self, question: str, history: Sequence[Turn] = ()) -> Iterator[Answer]:
        self.asked.append((question, tuple(history)))
        time.sleep(self.pause)
        if "崩溃" in question:
            raise RuntimeError("secret /srv/path")
        whole = self._whole(question)
        lines = whole.answer.split("\n")
        for count in range(1, len(lines)):
            yield replace(whole, answer="\n".join(lines[:count]), notes=(), related=())
            time.sleep(self.pause * (40 if "慢" in question else 1))
        yield whole

    def answer_edited(self, question: str, interpretation: Mapping[str, object]) -> Answer:
        raise ReadingError(ATTACK)

    def _whole(self, question: str) -> Answer:
        if "攻击" in question:
            quote = f"正文 {ATTACK}"
            return Answer(
                question,
                f"{ATTACK}\n- **{ATTACK}**[1]\n| a | {ATTACK} |",
                citations=(cite(1, HOSTILE, quote, title=ATTACK, section=ATTACK),),
                notes=(ATTACK,),
                unverified=(Unverified(ATTACK, ATTACK),),
            )
        if "扫描" in question:
            quote = "完成投资2.3亿元，占计划的27％。\n第2页第4行：青石区柳溪河"
            cited = cite(1, SCAN, quote, title="青石区第三季度通报（扫描）", section="", page="2")
            return Answer(question, "完成投资2.3亿元[1]", citations=(cited,))
        if "旧版" in question:
            quote = "旧的一句话。"
            at = FakeLibrary().texts[REPORT][0].index(quote)
            cited = Citation(
                1, REPORT, None, "初稿", "", None, at, at + len(quote), quote, None, version=1
            )
            return Answer(question, "旧的一句话。[1]", citations=(cited,))
        if "长文" in question:
            quote = "第2000行，填填"
            return Answer(
                question, "见该行[1]", citations=(cite(1, LONG, quote, title="长", section=""),)
            )
        return _list(question) if "未开工" in question or "慢" in question else _refused(question)


def main() -> None:
    from assistant.web.server import check_port, serve

    port = int(sys.argv[1])
    check_port("127.0.0.1", port)
    library = FakeLibrary(damaged="damaged" in sys.argv)
    if "many" in sys.argv:
        library.texts |= {f"归档/第{n:05}号.txt": [f"第{n}号"] for n in range(10_000)}
    with TemporaryDirectory() as incoming:
        intake = FakeIntake(library)
        serve(ScriptedAssistant(), library, intake, Path(incoming), "127.0.0.1", port)


if __name__ == "__main__":
    main()
