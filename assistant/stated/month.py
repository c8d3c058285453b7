"""What was done in one month by itself: “6月份单月完成投资多少，环比增长多少”.

Reports on months also state what was done from January on (“1—6月累计完成”): that is another
amount, and no answer to a question about a month.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from assistant.question import Question
from assistant.stated.added import paragraphs_of
from assistant.statements import Draft, Source, Statement, with_bold
from assistant.things.amended import fold_same
from assistant.things.naming import FEW
from index.ledger.quantities import quantities
from index.library import Library
from index.records import Document, View
from index.words import fold

SHOWN = 120  # characters of what the sentence says of the month
_ALL = r"(?:全[区县市镇州省]|各?重点|项目|工程|固定资产|建设)*"
_ASKED = re.compile(
    rf"^(?:\d{{4}}年|今年|当年)?{_ALL}(?P<month>\d{{1,2}})月份?(?:当月|单月|一个月|这个月|里|全[区县市镇]|项目|重点)*(?:一共|总共|共)?"
    r"(?:完成(?:了)?(?:的)?投资(?:额)?|投资(?:额)?(?:完成)?)(?:了|有|是|为)?(?:多少|几)(?:亿元|万元|钱)?"
    r"(?:[，,、]\s*(?:比\d{1,2}月份?|比?上个?月|同比|环比)[^，,。？?]{0,10})?[？?。]?$"
)
_COMPARED = re.compile(r"环比|同比|比上个?月|比\d{1,2}月")
_NEXT = re.compile(r"[。\n]|(?<![\d—\-–~～至到比])\d{1,2}月(?:当月|单月)?(?:新增)?完成")


def answer_of_month(question: Question, library: Library) -> Draft | None:
    """Return what a document says was invested in a month alone, the newest that says it."""
    asked = _ASKED.match(fold(question.text).strip())
    if question.language != "zh" or asked is None or len(library.files()) > FEW:
        return None
    compared = _COMPARED.search(question.text) is not None
    found = [
        told
        for told in _told(asked["month"], library)
        if not compared or _COMPARED.search(told[1].text[told[3] : told[4]])
    ]
    if not found:
        return None
    document, view, file_id, low, high = max(found, key=lambda told: told[0].date or "")
    shown = view.text[low:high]
    spans = [(q.start, q.end) for q in quantities(shown)]
    amount = next(span for span in spans if "元" in shown[slice(*span)])
    rises = [s for s in spans if compared and s[0] > amount[1]][:1]
    source = Source(file_id, document.ordinal, *view.span(low, high))
    draft = Draft([Statement(with_bold(shown, [amount, *rises]), (source,))])
    draft.short = "；".join(shown[slice(*span)] for span in [amount, *rises])
    draft.interpretation = {"kind": "value", "filters": {}}
    return draft


def _told(month: str, library: Library) -> Iterator[tuple[Document, View, int, int, int]]:
    """Yield the document, view, file and place of what is said of a month's investment."""
    label = re.compile(
        rf"(?<![\d—\-–~～至到截止底比]){month}月份?(?:全[区县市])?(?:当月|单月)?(?:共)?完成(?:投资)?(?=\d)"
    )
    for document, view, file_id, low, high in paragraphs_of(library):
        for match in label.finditer(fold_same(view.text), low, high):
            other = _NEXT.search(view.text, match.end(), high)
            end = min(other.start() if other else high, match.start() + SHOWN)
            end = match.start() + len(view.text[match.start() : end].rstrip("，,；; "))
            if any("元" in q.text for q in quantities(view.text, match.end(), end)):
                yield document, view, file_id, match.start(), end
