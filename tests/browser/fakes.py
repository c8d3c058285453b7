"""A scripted assistant over an invented library: what the page must cope with, by hand.

``python -m tests.browser.fakes PORT`` serves the real page over it.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from assistant.errors import ReadingError
from assistant.records import Answer, Citation, Turn, Unverified
from index.errors import UnknownDocumentError
from index.ledger.book import FileInfo, Ledger
from index.ledger.records import FileLedger, Finding, Record, Roster, Words
from index.ledger.store import Alias, Correction, Merge
from index.library import DocumentInfo
from index.records import Document, Reading

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


TEXTS = {
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
        self.made.append(replace(correction, at="2026-01-05T09:00:00"))
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
    """Four documents and one failure, and the ledger of the hostile one."""

    def __init__(self) -> None:
        self._store = MemoryStore()
        self.reload_ledger()

    def reload_ledger(self) -> None:
        self.ledger = Ledger([_hostile_file()], self._store)  # type: ignore[arg-type]

    def cite(self, file_id: int, document: int, start: int, end: int, n: int) -> Citation:
        title = f"标题 {ATTACK}"
        quote = TEXTS[HOSTILE][start:end]
        return Citation(n, HOSTILE, None, title, ATTACK, None, start, end, quote, None)

    def documents(self) -> list[DocumentInfo]:
        titles = {
            REPORT: "青石区第三季度重点项目进展情况通报",
            SPEECH: "在重点项目动员会上的讲话",
            HOSTILE: f"标题 {ATTACK}",
            LONG: "很长的文件",
        }
        found = [_info(path, title, len(TEXTS[path])) for path, title in titles.items()]
        broken = replace(
            found[0],
            path="扫描件.pdf",
            title="扫描件.pdf",
            media_type="application/pdf",
            articles=(),
            state="failed",
            error="这个 PDF 只有图像，没有文字层。请先做文字识别再收录。",
            issuer=None,
            date=None,
        )
        return [*found, broken]

    def text(self, path: str) -> str:
        if path not in TEXTS:
            raise UnknownDocumentError(path)
        return TEXTS[path]

    def reading(self, path: str) -> Reading:
        text = self.text(path)
        at = text.find("\n－7－\n")
        return Reading(text, ((at, at + 5),) if at >= 0 else ())

    def sections(self, path: str) -> list[tuple[int, str, int]]:
        text = self.text(path)
        heads = ("一、总体情况", "二、未开工项目（3个）", "三、下一步工作", "第3900行")
        return [(1, head, text.index(head)) for head in heads if head in text]

    def suggestions(self) -> list[str]:
        return ["哪些项目未开工，原因是什么？", "今年计划完成多少投资？"]


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
        indexed_at="2026-01-05T09:00:00",
    )


def cite(n: int, path: str, quote: str, **more: str) -> Citation:
    start = TEXTS[path].index(quote)
    return Citation(
        n=n,
        document=path,
        article=more.get("article"),
        title=more.get("title", "青石区第三季度重点项目进展情况通报"),
        section=more.get("section", "二、未开工项目（3个）"),
        page=None,
        start=start,
        end=start + len(quote),
        quote=quote,
        date="2023-10-12",
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
    """Answers by keyword: 未开工, 攻击, 崩溃, 慢, 长文, else a refusal."""

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
    serve(ScriptedAssistant(), FakeLibrary(), "127.0.0.1", port)


if __name__ == "__main__":
    main()
