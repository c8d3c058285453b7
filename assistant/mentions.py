"""Which documents mention some words: every one of them, by looking, not by rank."""

from __future__ import annotations

import re

from assistant.question import Question
from assistant.statements import Draft, Source, Statement, escape
from index.library import Library
from index.records import Document
from prompts import render

MAX_DOCUMENTS = 50


def answer_documents(question: Question, library: Library) -> Draft | None:
    """Return every document that holds the words asked for, each with one sentence."""
    words = _sought(question)
    if not words:
        return None
    found: list[tuple[Document, Source]] = []
    for file in library.files():
        content = library.content(file.id)
        for document in content.structure.documents:
            view = content.structure.reading.view(document.start, document.end)
            at = view.text.find(words)
            if at >= 0:
                span = _sentence_around(view.text, at, at + len(words))
                found.append((document, Source(file.id, document.ordinal, *view.span(*span))))
    if not found:
        return None
    draft = Draft(count=len(found))
    head = render("documents_head", question.language, words=escape(words), count=len(found))
    draft.statements.append(Statement(head))
    for document, source in found[:MAX_DOCUMENTS]:
        quote = library.content(source.file_id).structure.reading.view(source.start, source.end)
        text = f"《{escape(document.title)}》：{escape(quote.text)}"
        draft.statements.append(Statement(text, (source,), bullet=True))
    return draft


def _sought(question: Question) -> str:
    quoted = re.search(r"[“\"「『]([^”\"」』]{2,40})[”\"」』]", question.text)
    if quoted:
        return quoted[1]
    after = re.search(
        r"(?:提到|提及|涉及|讲到|谈到|说到|写到|包含|含有|有关|关于)(?:了|过)?([^？?。，]{2,30}?)"
        r"(?:的?(?:内容|问题|情况|事|工作))?[？?。]?$", question.text)  # fmt: skip
    return after[1].strip() if after else ""


def _sentence_around(text: str, start: int, end: int) -> tuple[int, int]:
    stops = "。！？\n"
    first = max(text.rfind(stop, 0, start) for stop in stops) + 1
    ends = [at for stop in stops if (at := text.find(stop, end)) >= 0]
    last = min(ends, default=len(text) - 1)
    last = last if last < len(text) and text[last] == "\n" else last + 1
    first += len(text[first:start]) - len(text[first:start].lstrip())
    return first, min(last, len(text))
