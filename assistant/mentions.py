"""Which documents mention some words: every one of them, by looking, not by rank."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import PurePosixPath

from assistant.glossary import translate
from assistant.ledger.named import whole_names
from assistant.question import Question
from assistant.statements import Draft, Source, Statement, escape
from index.database import FileRecord
from index.ledger.names import core_name
from index.library import Library, file_of
from index.records import Document
from index.words import fold, units
from prompts import render

MAX_DOCUMENTS = 50
MAX_PLACES = 5  # sentences of one document that are shown; the rest is counted
ALIKE = 0.7  # of the words of a file's name that its title says, too
BARE_LINE = 8  # characters beside the words in a sentence that only heads the next
MIN_BARE = 4  # characters of a project's name without “工程”, which a place has, too
_WORK = re.compile(
    r"(?:综合|环境|全面)?(?:改造|扩建|新建|迁建|改建|重建|改扩建|建设|整治|治理|提升|提质|修缮|加固)+$"
)
# “某厂二期” is another project than “某厂”.
_NOT_PART = r"(?![（(]?[一二三四五六七八九十\d]+期)"
# What only points at a thing that was named before it.
_POINTING = re.compile(
    r"(?:(?:的)?(?:那|这)(?:[块个件条段处座家片批栋]|一[块个件条段处])?[\u4e00-\u9fff]{0,3}|的?(?:事儿?|事情|问题|情况|工作))$"
)
FEW = 300  # files that are all looked through

_FILES = r"(?:文件|报告|材料|文档|通知|简报|通报|纪要|讲话|方案)"
_SAY = r"(?:提到|提及|涉及|讲到|谈到|说到|写到|出现|包含|含有|讲了|说了|写了|提了)"
_ASKS_DOCUMENTS = re.compile(
    rf"(?:哪些|哪几[份个篇]|哪[份个篇]|多少份|几份|有没有|有哪些|什么){_FILES}[里中上]?(?:面)?(?:都|还)?(?:{_SAY}|有[^，。？?]{{2,20}}的(?:内容|问题|情况|事|表述|说法))"
    rf"|{_SAY}(?:了|过)?[^，。？?]{{2,30}}的{_FILES}(?:有|是)(?:哪些|哪几|几份|多少)|(?:在)?(?:哪些|哪几[份个篇]|哪[份个篇]){_FILES}[里中上]?(?:面)?(?:被|都|有)?{_SAY}"
    rf"|出现(?:在|于)(?:了)?(?:哪些|哪几[份个篇]|哪[份个篇]){_FILES}"
    r"|\b(?:which|what) (?:documents?|files?|reports?|papers?|notices?)\b.*\b(?:mention|refer|talk|speak|discuss|contain|cover|deal)"
)
_SOUGHT = (
    re.compile(rf"{_SAY}(?:了|过)?(?P<words>[^，。？?]{{2,30}}?)的{_FILES}(?:有|是)"),
    re.compile(rf"^(?:关于|有关)?(?P<words>[^，。？?]{{2,30}}?)[，,、]?(?:都|曾)?(?:出现)?(?:在|于|有)?(?:哪些|哪几[份个篇]|哪[份个篇]){_FILES}[里中上]?(?:面)?(?:都|被|有|曾)*(?:{_SAY})?(?:到|了|过)*(?:它|这事|这件事|此事)?[？?。]?$"),
    re.compile(rf"{_FILES}[里中上]?(?:面)?(?:都|还)?有(?P<words>[^，。？?]{{2,20}}?)的(?:内容|问题|情况|事|表述|说法)"),
    re.compile(
        rf"(?:{_SAY}|有关|关于)(?:了|过)?(?P<words>[^？?。，]{{2,30}}?)(?:的(?:内容|问题|情况|事情?|工作)|问题)?[？?。]?$"
    ),
)  # fmt: skip
_SOUGHT_EN = re.compile(
    r"\b(?:mention(?:s|ed|ing)?|refers? to|talks? about|speaks? of|discuss(?:es)?|contains?|covers?|deals? with)\s+(?:the )?(?P<words>.+?)\s*\??$",
    re.IGNORECASE,
)


def answer_documents(question: Question, library: Library) -> Draft | None:
    """Return every document that holds the words asked for, each with its first few places."""
    for words in _shorter(_sought(question), library):
        found = _holding(words, library)
        if found:
            break
    else:
        return None
    draft = Draft(count=len(found))
    head = render("documents_head", question.frames, words=escape(words), count=len(found))
    draft.statements.append(Statement(head))
    for held in found[:MAX_DOCUMENTS]:
        draft.statements += _lines(held, question.frames, library)
    return draft


@dataclass(frozen=True, slots=True)
class _Held:
    """A document that holds words, with the sentences that do, in order."""

    file: FileRecord
    document: Document
    places: tuple[Source, ...]


def _lines(held: _Held, language: str, library: Library) -> Iterator[Statement]:
    """Yield a document with its first place, then its next ones, the rest counted."""
    reading = library.content(held.file.id).structure.reading
    shown = held.places[:MAX_PLACES]
    quotes = [escape(reading.view(place.start, place.end).text) for place in shown]
    yield Statement(f"{_named(held)}：{quotes[0]}", shown[:1], bullet=True)
    for place, quote in zip(shown[1:], quotes[1:], strict=True):
        text = render("documents_again", language, quote=quote)
        yield Statement(text, (place,), bullet=True)
    left = len(held.places) - len(shown)
    if left:
        text = render("documents_more", language, count=left)
        yield Statement(text, computed=frozenset({str(left)}), bullet=True)


def _named(held: _Held) -> str:
    """Return a document's title, with the name of its file where that says something else.

    A workbook is titled by what heads its sheet (“项目明细”), and known by its file's name.
    """
    title, stem = held.document.title, PurePosixPath(held.file.path).stem
    said, pairs = (set(units(fold(words))) for words in (title, stem))
    if len(pairs & said) >= ALIKE * len(pairs):
        return f"《{escape(title)}》"
    return f"《{escape(title)}》（{escape(stem)}）"


def _holding(words: str, library: Library) -> list[_Held]:
    """Return the documents that hold words, each with the sentences that do."""
    found: list[_Held] = []
    pattern = _pattern_of(words)
    if short := _short_name(words, library):
        pattern = re.compile(rf"{pattern.pattern}|{re.escape(short)}")
    for file in candidates(short or words, library):
        content = library.content(file.id)
        for document in content.structure.documents:
            view = content.structure.reading.view(document.start, document.end)
            spans = [_sentence_around(view.text, *m.span()) for m in pattern.finditer(view.text)]
            places = [
                Source(file.id, document.ordinal, *view.span(*span))
                for span in dict.fromkeys(spans)
            ]
            if places:
                found.append(_Held(file, document, tuple(places)))
    return found


def _short_name(words: str, library: Library) -> str:
    """Return a project's name without the work done there (“白塔老街”), "" where it is no other's.

    A speech says “白塔老街还有6户” of what the reports list as “白塔老街改造”.
    """
    short = _WORK.sub("", core_name(words))
    cores = {row.core for row in library.ledger.rows}
    named = core_name(words) in cores and len(short) >= MIN_BARE and short != core_name(words)
    others = [core for core in cores if short in core and core_name(words) != core]
    return short if named and not others else ""


def _pattern_of(words: str) -> re.Pattern[str]:
    """Return the pattern of words; a project's name may stand without “工程” or “项目”."""
    bare = re.sub(r"(?:建设)?(?:工程|项目)$", "", words)
    if bare == words or len(bare) < MIN_BARE:
        return re.compile(re.escape(words))
    return re.compile(re.escape(bare) + _NOT_PART)


def _shorter(words: str, library: Library) -> Iterator[str]:
    """Yield what is sought as it was said, then without what only points at it.

    “通达化工厂那块地” is sought as “通达化工厂” where no document says all of it; of a
    project whose name is said with more (“四中迁建停工的事”), the name.
    """
    if words:
        yield words
        bare = _POINTING.sub("", words)
        if bare != words and len(bare) >= 2:
            yield bare
        yield from (core for core, _ in whole_names(fold(words), library.ledger))


def asks_documents(question: Question) -> bool:
    """Tell whether a question asks which documents mention something."""
    return question.kind == "documents" or bool(_ASKS_DOCUMENTS.search(fold(question.text)))


def candidates(words: str, library: Library) -> list[FileRecord]:
    """Return the files that may hold words: all where they are few, else those found by words."""
    files = library.files()
    if len(files) <= FEW:
        return files
    found = {file_of(key) for key, _ in library.search_words(words, library.size())}
    return [file for file in files if file.id in found]


def _sought(question: Question) -> str:
    """Return the words that documents are asked to mention, empty where that is not plain."""
    quoted = re.search(r"[“\"「『]([^”\"」』]{2,40})[”\"」』]", question.text)
    if quoted:
        return quoted[1]
    if question.language == "en":
        return _sought_in_english(question.text)
    for pattern in _SOUGHT:
        match = pattern.search(question.text.strip())
        if match:
            return re.sub(r"^(?:了|过|的|关于|有关)+", "", match["words"]).strip()
    return ""


def _sought_in_english(text: str) -> str:
    """Return the Chinese of what an English question seeks: as written, else by the glossary."""
    match = _SOUGHT_EN.search(text)
    if match is None:
        return ""
    chinese = re.search(r"[\u4e00-\u9fff][\u4e00-\u9fff\d]*", match["words"])
    if chinese:
        return chinese.group()
    return next(iter(translate(match["words"]).split()), "")


def _sentence_around(text: str, start: int, end: int) -> tuple[int, int]:
    stops = "。！？\n"
    first = max(text.rfind(stop, 0, start) for stop in stops) + 1
    ends = [at for stop in stops if (at := text.find(stop, end)) >= 0]
    last = min(ends, default=len(text) - 1)
    last = last if last < len(text) and text[last] == "\n" else last + 1
    first += len(text[first:start]) - len(text[first:start].lstrip())
    if last - first - (end - start) <= BARE_LINE and text[last : last + 1].strip():
        return first, _sentence_around(text, last, last + 1)[1]  # “6. 某某工程。由……负责”
    return first, min(last, len(text))
