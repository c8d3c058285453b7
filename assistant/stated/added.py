"""One measure of two named parts in one paragraph, added up, and its share of a stated whole.

“优良加合格一共多少万元” where the text says “优良……投入30万元；合格……投入12万元”.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from assistant.corrected.facts import tells_of_correcting
from assistant.corrected.matching import CORRECTING, speaks_of_correcting
from assistant.ledger.money import percent
from assistant.question import Question
from assistant.records import Value
from assistant.statements import Draft, Source, Statement, escape
from assistant.things.amended import fold_same
from assistant.things.naming import FEW
from index.ledger.quantities import Quantity, quantities
from index.library import Library
from index.records import Document, View
from index.words import fold
from prompts import render

NEAR = 6  # characters between a label and the figure that is its own
ADDED = r"(?:合起来|加起来|加在一起|合在一起|合计|一共|总共|共计)"
_ASKED = re.compile(
    rf"(?P<a>[^，,。？?加]{{2,10}}?)(?:加上?|和|与|跟|及|、)(?P<b>[^，,。？?]{{1,10}}?)(?:的(?P<noun>[^，,。？?]{{2,8}}?))?{ADDED}(?P<rest>[^，,。？?]{{0,14}})多少(?P<unit>[\u4e00-\u9fff]{{0,4}})"
)
_OF = re.compile(
    r"占(?P<whole>[^，,。？?]{2,12}?)的?(?:多少|多大比例|百分之几|百分之多少|几成|多大比重|比例是多少)"
)
_MEASURE = re.compile(r"(?:完成|到位|计划|实际)?(?:投资|资金|补助|任务|拨付|支出|收入)|户数|亩数")


@dataclass(frozen=True, slots=True)
class Part:
    """A figure with its label, at ``low``; its clause ends at ``high``."""

    quantity: Quantity
    low: int
    high: int


def answer_added(question: Question, library: Library) -> Draft | None:
    """Return the sum of one measure of two parts, None unless one paragraph says both."""
    text = CORRECTING.sub("", fold(question.text))
    asked = _ASKED.search(text)
    if question.language != "zh" or asked is None or len(library.files()) > FEW:
        return None
    measure = _MEASURE.search(f"{asked['rest']}{asked['unit']}")
    said = measure.group() if measure else ""
    whole = _OF.search(fold(question.text))
    corrected = speaks_of_correcting(question.text)
    found: dict[tuple[str, bool], tuple[Part, Part, View, Document, int]] = {}
    for document, view, file_id, low, high in paragraphs_of(library):
        folded = fold_same(view.text)
        parts = [
            part_of(folded, low, high, label_of(asked[name], asked["noun"]), said)
            for name in ("a", "b")
        ]
        a, b = parts
        if a is None or b is None or a.quantity.unit != b.quantity.unit:
            continue
        right = corrected and tells_of_correcting(folded[low:high])
        found.setdefault((document.date or "", right), (a, b, view, document, file_id))
    if not found:
        return None
    best = max(found, key=lambda key: (key[1], key[0]))
    a, b, view, document, file_id = found[best]
    return _draft(asked, whole["whole"] if whole else "", a, b, view, document, file_id)


def paragraphs_of(library: Library) -> Iterator[tuple[Document, View, int, int, int]]:
    """Yield every paragraph: its document and view, the file, where it begins and ends."""
    for file in library.files():
        content = library.content(file.id)
        for document in content.structure.documents:
            view = content.structure.reading.view(document.start, document.end)
            for line in re.finditer(r"[^\n]+", view.text):
                yield document, view, file.id, line.start(), line.end()


def label_of(words: str, noun: str | None) -> re.Pattern[str]:
    """Return what finds a label: “省里”, with “的补助”, finds “省级补助”."""
    bare = re.sub(r"[“”\"里的]", "", words)
    tail = rf"(?:级|里的?)?{re.escape(noun)}" if noun else ""
    return re.compile(rf"[“\"]?{re.escape(bare)}[”\"]?{tail}")


def part_of(text: str, low: int, high: int, label: re.Pattern[str], measure: str) -> Part | None:
    """Return the label's figure: behind the measure in its clause, or right behind the label."""
    for match in label.finditer(text, low, high):
        ends = [i for i in range(match.end(), high) if text[i] in "；;。"]
        end = min(ends, default=high)
        at = text.find(measure, match.end(), end) if measure else -1
        start = at + len(measure) if at >= 0 else match.end()
        if measure and at < 0 and measure not in match.group():
            continue
        for quantity in quantities(text, start, end):
            # “11个建成投用，15个快于序时”: the next number is of what stands behind it.
            own = not re.search(r"[，、,]", text[start : quantity.start])
            if quantity.start - start <= NEAR and own and not quantity.hedged:
                return Part(quantity, match.start(), end)
            break
    return None


def _draft(
    asked: re.Match[str], of: str, a: Part, b: Part, view: View, document: Document, file_id: int
) -> Draft:
    total = a.quantity.value + b.quantity.value
    # The finer unit of the two says the sum without rounding.
    said = (a if a.quantity.places >= b.quantity.places else b).quantity.say(total)
    formula = f"{a.quantity.text} + {b.quantity.text} = {said}"
    measure = _MEASURE.search(f"{asked['rest']}{asked['unit']}")
    noun = asked["noun"] or (measure.group() if measure else asked["rest"])
    text = render(
        "stated_sum", "zh", first=escape(asked["a"].strip("按")), second=escape(asked["b"]),
        label=escape(noun), total=said, formula=formula,
    )  # fmt: skip
    sources = tuple(
        dict.fromkeys(
            Source(file_id, document.ordinal, *view.span(part.low, part.high)) for part in (a, b)
        )
    )
    draft = Draft([Statement(text, sources, computed=digits_of(said))])
    number = re.match(r"[\d.]+", said)
    draft.value = Value(float(number.group()), said[number.end() :], formula) if number else None
    draft.short = said
    draft.interpretation = {"kind": "sum", "filters": {}}
    if of and (whole := _whole(fold_same(view.text), of, a)):
        share = percent(total / whole.value * 100)
        worked = f"{said} ÷ {whole.text} = {share}"
        line = render("stated_share", "zh", words=escape(of), share=share, formula=worked)
        start = view.text.rfind("\n", 0, whole.start) + 1
        start = max(start, whole.start - 40)
        where = Source(file_id, document.ordinal, *view.span(start, whole.end))
        draft.statements.append(
            Statement(line, (where,), computed=digits_of(said) | digits_of(share))
        )
    return draft


def digits_of(said: str) -> frozenset[str]:
    """Return an amount as said, and its number alone."""
    number = re.match(r"[\d.]+", said)
    return frozenset({said, number.group()} if number else {said})


def _whole(text: str, words: str, part: Part) -> Quantity | None:
    """Return the whole that the document states right behind its name, None where it states two."""
    line = (text.rfind("\n", 0, part.low) + 1, text.find("\n", part.low))
    own = text[line[0] : line[1] if line[1] >= 0 else len(text)]
    found: list[Quantity] = []
    # The paragraph's own whole goes before those of other paragraphs.
    low, high = (line[0], line[0] + len(own)) if words in own else (0, len(text))
    for match in re.compile(re.escape(words)).finditer(text, low, high):
        for quantity in quantities(text, match.end(), match.end() + 14):
            if quantity.start - match.end() <= 2 and quantity.unit == part.quantity.unit:
                found.append(quantity)
            break
    return found[0] if found and len({q.value for q in found}) == 1 else None
