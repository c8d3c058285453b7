"""What two named documents give for the same thing: side by side, and whether they agree.

“项目数，讲话跟报告对得上吗？”, “时限，清单和纪要分别定的是哪天？”: the words of each, the
value in them, and their difference; nothing is said where one of the two has no such words.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.followup.passages import Passage, passages_in
from assistant.ledger.named import whole_names
from assistant.question import Question
from assistant.statements import Draft, Statement, escape, with_bold
from index.ledger.quantities import Quantity, quantities
from index.library import Library
from index.records import Document
from index.words import fold, units
from prompts import render

Span = tuple[int, int]
HEAD = 400  # characters of a document that say what it is, beside its title and path
OWN = 0.3  # of these pairs that a unit says which needs no other before it
HEAD_SHARE = 0.8  # a word of a mention in the head counts this much of one in the title
NAMED = 0.55  # of the pairs of characters of a mention that title, path and head say
SURE = 0.7  # of them where it does not name the record that the question does
SAID = 0.5  # of the pairs of what is asked about that a passage says

_COMPARES = re.compile(
    r"对得上|对不上|[一不][样致]|相同|出入|分别(?:是|都)?(?:怎么)?(?:定|说|写|讲|列|报|给|提|记)|各(?:是|写|说|报)(?:多少|哪|几)|差多少"
)
_DOCUMENT = re.compile(
    r"(?P<own>[\u4e00-\u9fff\d]{0,8}?)(?P<kind>讲话|报告|通报|清单|台账|纪要|问答|通知|方案|答复函?|复函|记录|[日周旬月季]报|简报|明细表|进度表|总结|公报|公告|推进会|调度会|座谈会|办公会|常务会)"
)
_APART = re.compile(r"^.*[，,的里中和与跟同、说在]")
_DATED = re.compile(r"时限|期限|哪天|哪一天|什么时候|日期|何时|时间")
_PLAIN = re.compile(
    r"对得上|对不上|一样|不一样|一致|相同|出入|分别|各是|各写|多少|哪天|什么|怎么|数字|数据|里面?说的|定的|写的|报的|[吗呢是的里中说讲写定数，,、。？?跟和与]"
)
# “对完成时限的说法”: of what the day is, is not said.
_NO_THING = re.compile(r"完成|办结|开工|完工|竣工|整改|落实|办理|说法|规定|要求|安排|对|\s")
_CLAUSE = re.compile(r"[^，,；;。]+?(?:[，,](?=\d+[个项件])[^，,；;。]+|(?=[，,；;。]|$))")
_ANY_THING = re.compile(r"(?:项目|工程|事项)的?(?:个?数量?|总数)?|个数|数量")
_DAY = re.compile(
    r"(?:(?:19|20)\d\d年)?\d{1,2}月(?:\d{1,2}[日号]|底|末|初|[上中下]旬)|(?:19|20)\d\d年\d{1,2}月"
)
# The last of two values holds: “由8月10日延至8月31日”.
_TO = re.compile(r"(?:至|为|到|成)$")
_COUNTED = re.compile(
    r"(?P<of>户|人|座|处|套|件|亩)数|人(?=口)|(?P<things>(?:项目|工程|事项|企业)的?个?|个)数"
)


@dataclass(frozen=True, slots=True)
class _Side:
    """What one of the documents says: the passage, the unit that holds the value, and where."""

    title: str
    document: Document
    passage: Passage
    at: int
    span: Span
    naming: int  # the unit that says what the value is of

    @property
    def value(self) -> str:
        return self.passage.shown[self.at][slice(*self.span)]


def answer_agreeing(question: Question, library: Library) -> Draft | None:
    """Return what each of two named documents gives for one thing, None where it is not so."""
    folded = fold(question.text)
    if question.language != "zh" or not _COMPARES.search(folded):
        return None
    named = _mentions(folded)
    if len(named) != 2:
        return None
    rest = folded
    for start, end in reversed(named):
        rest = rest[:start] + "，" + rest[end:]
    dated = bool(_DATED.search(rest))
    names = [core for core, _ in whole_names(rest, library.ledger)]
    matter = _pairs(rest)
    if len(matter) < 2 or not (names or _PLAIN.sub("", _NO_THING.sub("", _DATED.sub("", rest)))):
        return None
    matter = _pairs(_ANY_THING.sub(" ", rest)) or matter
    sides = [
        _side(folded[slice(*span)], matter, names, rest if not dated else "", library)
        for span in named
    ]
    if any(side is None for side in sides):
        return None
    told = [side for side in sides if side is not None]
    if told[0].document is told[1].document:
        return None
    return _draft(told, dated, question.frames)


def _pairs(words: str) -> set[str]:
    return {p for p in units(_PLAIN.sub(" ", _DATED.sub(" ", words))) if len(p) > 1}


def _mentions(folded: str) -> list[Span]:
    """Return where a question names documents, each with the words that say which."""
    found: list[Span] = []
    for match in _DOCUMENT.finditer(folded):
        cut = _APART.match(match["own"])
        start = match.start() + (cut.end() if cut else 0)
        if found and found[-1][1] == start:  # “推进会” “通报” are one name
            found[-1] = (found[-1][0], match.end())
        else:
            found.append((start, match.end()))
    return found


def _side(
    mention: str, matter: set[str], names: Sequence[str], counted: str, library: Library
) -> _Side | None:
    """Return the words of the mentioned document about a matter, None where it has none.

    ``counted`` are the words that say what is counted, empty where a date is asked for.
    """
    best: tuple[tuple[float, int], _Side] | None = None
    for file_id, document, title in _documents(mention, library):
        content = library.content(file_id)
        for passage in passages_in(content, file_id, document, document.start, document.end):
            around = fold(passage.above) + "\n" + passage.folded
            share = len(matter & set(units(around))) / len(matter)
            named = not names or any(name in around for name in names)
            # A passage that begins with the matter is on it, others mention it by the way.
            near = -min((at for p in matter if (at := passage.folded.find(p)) >= 0), default=0)
            if share < (SAID if named else SURE) or (best and (share, near) <= best[0]):
                continue
            held = _value(passage, matter, counted)
            if held:
                naming = _naming(passage, matter, held[0])
                best = ((share, near), _Side(title, document, passage, *held, naming))
    return best[1] if best else None


def _naming(passage: Passage, matter: set[str], at: int) -> int:
    """Return which unit of a passage says what the value in one of them is of."""
    shares = [len(matter & set(units(fold(shown)))) / len(matter) for shown in passage.shown]
    return at if shares[at] >= OWN else shares.index(max(shares))


def _documents(mention: str, library: Library) -> list[tuple[int, Document, str]]:
    """Return the documents that words of a question mean, those that say most of them."""
    wanted = {p for p in units(re.sub(r"\d+[年月日]", "", mention)) if len(p) > 1}
    scored: list[tuple[float, int, Document, str]] = []
    for file in library.files():
        content = library.content(file.id)
        for document in content.structure.documents:
            head = content.text[document.start : document.start + HEAD]
            said = set(units(fold(f"{document.title} {file.path}")))
            share = len(wanted & said) / len(wanted)
            if mention.endswith(("会", "讲话")):  # whose, of which meeting, is told at the head
                share += HEAD_SHARE * len((wanted - said) & set(units(fold(head)))) / len(wanted)
            scored.append((share, file.id, document, document.title))
    best = max((s for s, *_ in scored), default=0.0)
    if best < NAMED:
        return []
    return [
        (file_id, document, title) for share, file_id, document, title in scored if share == best
    ]


def _value(passage: Passage, matter: set[str], counted: str) -> tuple[int, Span] | None:
    """Return the unit of a passage and the span in it of the value that is asked for."""
    found: list[tuple[float, int, Span]] = []
    for at, shown in enumerate(passage.shown):
        folded = fold(shown)
        if len(folded) != len(shown):
            continue
        for start, end in _clauses(folded):
            share = len(matter & set(units(folded[start:end]))) / len(matter)
            spans = _values(folded, start, end, counted)
            if spans and (share or not counted):
                found.append((share, -at, spans))
    if not found:
        return None
    _, at, span = max(found, key=lambda f: f[:2])
    return -at, span


def _clauses(folded: str) -> list[Span]:
    """Return the clauses, one that begins with a count together with what it counts before it."""
    return [m.span() for m in _CLAUSE.finditer(folded)]


def _values(folded: str, start: int, end: int, counted: str) -> Span | None:
    if not counted:
        days = [m.span() for m in _DAY.finditer(folded, start, end)]
        later = [d for d in days if _TO.search(folded[start : d[0]])]
        return (later or days)[-1] if later else (days[0] if days else None)
    unit = _COUNTED.search(counted)
    wanted = (unit["of"] or ("个" if unit["things"] else "人")) if unit else ""
    amounts = [q for q in quantities(folded, start, end) if not wanted or q.unit == wanted]
    if amounts:
        later_amounts = [q for q in amounts if _TO.search(folded[start : q.start])]
        chosen = (later_amounts or amounts)[-1 if later_amounts else 0]
        return chosen.start, chosen.end
    bare = re.search(r"[：:](\d[\d,.]*)$", folded[start:end])  # a cell of a table
    return (start + bare.start(1), start + bare.end(1)) if bare else None


def _draft(sides: Sequence[_Side], dated: bool, language: str) -> Draft:
    draft = Draft(interpretation={"kind": "contrast", "filters": {}})
    values = [side.value for side in sides]
    computed: frozenset[str] = frozenset()
    if fold(values[0]).strip() == fold(values[1]).strip():
        text = render("texts_agree", language, value=escape(values[0]))
    else:
        difference = "" if dated else _difference(values)
        computed = frozenset(re.findall(r"\d+(?:\.\d+)?", difference))
        more = render("texts_apart_by", language, difference=difference) if difference else ""
        text = render(
            "texts_apart", language, first=escape(values[0]), second=escape(values[1]), more=more
        )
    sources = tuple(side.passage.source(side.at) for side in sides)
    draft.statements.append(Statement(text.strip(), sources, computed=computed))
    for side in sides:
        draft.statements += _lines(side)
    return draft


def _difference(values: Sequence[str]) -> str:
    """Return how far two values of one unit are apart, empty where they cannot be compared."""
    found: list[Quantity] = [q for value in values for q in quantities(f"{value}")]
    if len(found) != 2 or found[0].unit != found[1].unit or any(q.hedged for q in found):
        return ""
    return found[0].say(abs(found[0].value - found[1].value))


def _lines(side: _Side) -> list[Statement]:
    """Return the words of one document: the line with the value, after one that names the thing."""
    passage, at = side.passage, side.at
    title = escape(side.title)
    said = f"《{title}》：{with_bold(passage.shown[at], [side.span])}"
    lines = [Statement(said, (passage.source(at),), bullet=True)]
    if side.naming != at:
        first = f"《{title}》：{escape(passage.shown[side.naming])}"
        lines.insert(0, Statement(first, (passage.source(side.naming),), bullet=True))
    return lines
