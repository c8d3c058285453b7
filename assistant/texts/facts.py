"""When a named text was issued or given, by whom, to whom: its dates, its signs, its roll."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from assistant.evidence import paragraphs
from assistant.question import Question
from assistant.statements import Draft, Source, Statement, escape
from assistant.texts.speakers import SPEECH, sayings
from assistant.texts.titled import Mention, Named
from index.library import Library
from index.words import fold

_DONE = r"(?:发(?:的|出的?|布的?|文的?)?|印发的?|下发的?|出台的?|公布的?|印制的?|成文的?|签发的?|写的|开的|召开的?|举行的?|讲的|作的)"
_WHEN = r"(?:哪(?:一)?[天年]|什么时候|何时|几月几?[号日]?|什么时间|什么日期)"
_DATED = re.compile(
    rf"{_WHEN}{_DONE}[？?]?$|(?:发布|印发|成文|落款|签发|发文|召开|会议|讲话)的?(?:日期|时间)(?:是|为)?(?:{_WHEN}|多少)?[？?]?$"
    r"|\bwhen (?:was|were|is|did)\b.*\b(?:issued|published|held|dated|given|sent|released|take place|signed)|\bdate of\b|\bwhat date\b.*\b(?:issued|published|dated)|\b(?:and|on) (?:on )?(?:what|which) (?:date|day)\b|\band when\b"
)
# What a document is filed under: “青重办〔2025〕3号”.
_NUMBER = re.compile(
    r"(?:文号|发文字号|文件编号|文件号|(?<!电话)(?:是|为)?(?:几|多少)号文)|\b(?:document|reference|file|issue) (?:number|no\b)"
)
_ISSUED = re.compile(
    r"(?:谁|哪(?:个|一个|家)?(?:单位|部门|机关|机构|局|办)|什么(?:单位|部门|机关))(?:印发|下发|发布|发|出台|起草|写|签发|制定)(?:的|布的|出的)?[？?]?$|(?:发文|发布|印发|落款)的?(?:单位|机关|部门)"
    r"|\bwho (?:issued|published|wrote|sent|signed)|\bwhich (?:office|unit|bureau|department) (?:issued|published|sent|wrote)"
)
_SPOKEN = re.compile(
    r"谁(?:的讲话|讲的话?|作的?(?:讲话|报告|动员)?|说的|讲话|发言的?)[？?]?$|(?:讲话|发言)的?人(?:是谁)?|(?:讲话|致辞)(?:的)?是谁|谁在[^，。？?]{2,20}(?:讲话|讲了话|作了?讲话)"
    r"|由?(?:哪一?位|哪个)(?:[区县市镇]?领导|同志|负责人)?(?:在会上)?(?:作的?|发表|做的?)?(?:了)?(?:讲话|讲的?话|致辞|动员|主讲)(?:的)?[？?]?$"
    r"|\bwho (?:gave|delivered|made|spoke|is the speaker)|\bwhose speech"
)
_GATHER = r"(?P<how>参加|出席|列席|参会|与会|到会|请假|缺席)"
_ATTENDED = re.compile(
    rf"(?:哪些|什么|哪几个|有?谁|几个|多少)(?:人|单位|部门|领导|同志|负责人|县区|乡镇|街道)?(?:都)?{_GATHER}"
    rf"|{_GATHER.replace('how', 'too')}(?:会议|活动|[\u4e00-\u9fff]{{0,10}}会)?的?(?:人员|单位|部门|领导|人)?(?:都)?(?:有|是)(?:哪些|谁|什么)"
)
_SAME = {"参会": "参加", "与会": "参加", "到会": "参加", "缺席": "请假"}
_ROLL = re.compile(
    rf"{_GATHER}(?:会议)?(?:人员?|单位|部门|范围|领导)?(?:及(?:人员|单位))?[：:]\s*(?P<who>.+)"
)
Fact = tuple[str, Source]


def answer_fact(question: Question, linked: Sequence[Mention], library: Library) -> Draft | None:
    """Return date, issuer or speaker of the one text that a question names, or None."""
    folded = fold(question.text)
    attended = _attended(folded)
    asks = _asks(folded) or ([attended] if attended else [])
    if not asks:
        return None
    if len(linked) != 1 or linked[0].more:
        return None
    draft = Draft()
    for named in linked[0].documents:
        found = [fact for ask in asks if (fact := ask(named, library))]
        if len(found) < len(asks):
            continue
        words = "，".join(said for said, _ in found)
        text = f"《{escape(named.document.title)}》：**{escape(words)}**"
        draft.statements.append(Statement(text, tuple(source for _, source in found)))
        draft.short = words if draft.short is None else None
    return draft if draft.statements else None


def _asks(folded: str) -> list[Callable[[Named, Library], Fact | None]]:
    """Return what reads each fact that a question asks for (“谁讲的、哪天讲的”)."""
    known = (
        (_ISSUED, _issuer),
        (_SPOKEN, _speaker),
        (_DATED, _date),
        (_NUMBER, _number),
    )
    return [ask for pattern, ask in known if pattern.search(folded)]


def _attended(folded: str) -> Callable[[Named, Library], Fact | None] | None:
    """Return what reads the line of some minutes that says who attended, where that is asked."""
    match = _ATTENDED.search(folded)
    if match is None:
        return None
    how = match["how"] or match["too"]

    def read(named: Named, library: Library) -> Fact | None:
        content, document = library.content(named.file_id), named.document
        for a, b in paragraphs(content, document, document.start, document.end):
            view = content.structure.reading.view(a, b)
            roll = _ROLL.match(view.text.strip())
            if roll and _SAME.get(roll["how"], roll["how"]) == _SAME.get(how, how):
                return roll["who"], Source(named.file_id, document.ordinal, a, b)
        return None

    return read


def _date(named: Named, library: Library) -> Fact | None:
    document = named.document
    if document.date_text is None or document.date_start is None or document.date_end is None:
        return None
    source = Source(named.file_id, document.ordinal, document.date_start, document.date_end)
    return document.date_text, source


def _number(named: Named, library: Library) -> Fact | None:
    document, text = named.document, library.content(named.file_id).text
    at = text.find(document.number, document.start, document.end) if document.number else -1
    if document.number is None or at < 0:
        return None
    source = Source(named.file_id, document.ordinal, at, at + len(document.number))
    return document.number, source


def _issuer(named: Named, library: Library) -> Fact | None:
    """Return who issued a text, cited where it signs, else where its letterhead says so."""
    document = named.document
    if not document.issuer:
        return None
    text = library.content(named.file_id).text
    at = text.rfind(document.issuer, document.start, document.end)
    if at < 0:
        return None
    end = at + len(document.issuer)
    return document.issuer, Source(named.file_id, document.ordinal, at, end)


def _speaker(named: Named, library: Library) -> Fact | None:
    document = named.document
    if not SPEECH.search(document.title):
        return None
    said = sayings(library.content(named.file_id), document)
    if not said:
        return None
    return said[0].who, Source(named.file_id, document.ordinal, *said[0].named)
