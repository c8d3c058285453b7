"""A check of one document, or of what it says of one thing: its totals beside their parts."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.question import Question
from assistant.statements import Source, Statement, escape
from assistant.texts.titled import mentions
from index.ledger.wholes import Whole, wholes
from index.library import Library
from index.records import View
from index.sentences import sentences
from index.words import fold, units
from prompts import render

Place = tuple[int, int]  # a file and an article of it
MOST = 3  # totals of one thing that are shown
FEW = 2  # pairs of characters that a sentence must share with what is asked about
NEAR = 8  # passages in which a thing is looked for where no document is named
_DOCUMENT = re.compile(
    r"[^，。；？?《》]{0,24}?(?:台账|清单|报告|通报|通知|纪要|周报|月报|简报|总结|答复|方案|附?表)"
)
_ASKING = re.compile(
    r"数据|数字|数额|数目|总数|合计|加起来|相加|各?分项|前后|对得?上|对不上|一致|矛盾|核对|是不是|是否|有没有|能不能"
    r"|里面?|中的?|的|跟|和|与|吗|么|呢|[？?，。、]"
)


@dataclass(frozen=True, slots=True)
class Checked:
    """A total with its parts, the sentence that it stands in, and where that is."""

    whole: Whole
    said: str
    source: Source


def document_asked(question: Question, library: Library) -> tuple[list[Place], str]:
    """Return the documents that a check is limited to, and what else the question says."""
    text = fold(question.text)
    named = sorted(mentions(text, library, question.language), key=lambda m: m.span)
    loose = _DOCUMENT.match(text)
    if loose and not (named and named[0].span[1] <= loose.end()):
        fits = _alike(loose.group(), library)
        if fits:
            return fits, text[loose.end() :]
    if not named:
        return [], text
    mention = named[0]
    start = min(mention.span[0], loose.start() if loose else mention.span[0])
    places = [(n.file_id, n.document.ordinal) for n in mention.documents]
    return places, text[:start] + text[mention.span[1] :]


def _alike(words: str, library: Library) -> list[Place]:
    """Return the one document whose title or name of file says most of ``words``."""
    wanted = set(units(words))
    scored: list[tuple[float, Place]] = []
    for file in library.ledger.files:
        for document in file.documents:
            said = set(units(f"{document.title} {file.path}"))
            scored.append((len(wanted & said) / len(wanted), (file.id, document.ordinal)))
    scored.sort(key=lambda pair: -pair[0])
    if not scored or scored[0][0] < 0.6:
        return []
    return [place for share, place in scored if share == scored[0][0]][:MOST]


def topic_of(rest: str) -> frozenset[str]:
    """Return the pairs of characters of what a check is about, empty where it is of all."""
    words = " ".join(_ASKING.split(re.sub(r"^[里中上]面?的?", "", rest)))
    return frozenset(u for u in units(words) if len(u) > 1)


def near(question: Question, library: Library) -> list[Place]:
    """Return the documents whose passages say the words of a check that names no document."""
    found = library.chunks([key for key, _ in library.search_words(question.topic, NEAR)])
    return list(dict.fromkeys((s.file_id, s.chunk.document) for s in found.values()))


def checked_wholes(
    places: Sequence[Place],
    topic: frozenset[str],
    library: Library,
    least: int = FEW,
    most: int = MOST,
) -> list[Checked]:
    """Return the totals of the documents with their parts: of the topic's, the nearest."""
    found: list[tuple[int, Checked]] = []
    for file_id, ordinal in places:
        content = library.content(file_id)
        document = content.structure.documents[ordinal]
        view = content.structure.reading.view(document.start, document.end)
        found += [(len(topic & set(units(c.said))), c) for c in _of_text(view, file_id, ordinal)]
    if topic:
        best = max((score for score, _ in found), default=0)
        found = (
            [pair for pair in found if pair[0] == best] if best >= min(least, len(topic)) else []
        )
    return [checked for _, checked in found][:most]


def _of_text(view: View, file_id: int, ordinal: int) -> list[Checked]:
    found = []
    at = 0
    for line in view.text.split("\n"):
        inner = View(line, view.offsets[at : at + len(line)])
        at += len(line) + 1
        for low, high in sentences(inner) if "\t" not in line else ():
            for whole in wholes(line, low, high):
                if whole.hedged or (whole.gap < 0 and not whole.joined) or whole.nested:
                    continue
                source = Source(file_id, ordinal, *inner.span(whole.start, whole.end))
                # The sentence up to the whole says what is counted; so do its parts.
                found.append(Checked(whole, line[low : whole.end], source))
    return found


def checked_line(checked: Checked, language: str, library: Library) -> Statement:
    """Return a total and the sum of its parts as a cited line, whether they agree or not."""
    whole = checked.whole
    view = library.content(checked.source.file_id).structure.reading.view(
        checked.source.start, checked.source.end
    )
    total = whole.total
    frame = "ledger_parts_fit" if not whole.gap else (
        "ledger_parts_over" if whole.gap > 0 else "ledger_parts_less"
    )  # fmt: skip
    gap = {} if not whole.gap else {"gap": total.say(abs(whole.gap))}
    formula = f"{' + '.join(q.text for q in whole.parts)} = {total.say(whole.sum)}"
    text = render(
        frame, language, words=escape(view.text), total=escape(total.text),
        formula=escape(formula), **gap,
    )  # fmt: skip
    numbers = frozenset(re.findall(r"\d[\d,]*(?:\.\d+)?", text)) | {total.say(whole.sum)}
    return Statement(
        text, (checked.source,), bullet=True, computed=numbers | frozenset(gap.values())
    )
