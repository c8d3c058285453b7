"""Questions that are several: cut into parts, each part with what the first says of all.

“A是什么？B是谁？”, “有多少个项目，总投资多少”, “主演和导演分别是谁” are several
questions; “哪些项目未开工，原因是什么” is one, whose second half asks for a column.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from assistant.language import is_english
from assistant.ledger.asked import asked_statuses
from assistant.ledger.measures import measure_spans
from assistant.ledger.named import whole_names
from assistant.ledger.vocabulary import COUNT, WHAT
from assistant.question import Question
from assistant.statements import Draft, Statement, escape
from index.ledger.wording import tagged_words
from index.library import Library
from index.words import fold, units
from prompts import render

Ask = Callable[[str], Draft]
Consult = Callable[[str], Draft | None]

MOST_PARTS = 6
SHORT = 60  # characters that a short answer may have
RELATED = 6  # passages shown beside the parts that are refused

_ASKS = re.compile(
    r"为什么|为何|什么|哪|谁|多少|(?<![这那前后头])几(?=[个家项条人名位点天年月号日时处批次起份种辆台部类所座件笔]|成)|何时|何地|何人|为何|如何|怎么|怎样|咋|啥|是否|有没有|是不是|能否|多(?:大|长|高|久|远)|(?:吗|呢)$"
    r"|^(?:请|并|再|同时|顺便)*(?:总结|概括|列出|列举|说明|介绍|归纳|比较|梳理|简述|告诉我)"
)
_ASKS_EN = re.compile(
    r"\b(?:who|whom|whose|what|when|where|which|why|how|is there|are there|did|does|summari[sz]e|list)\b"
)
_CLAUSE = re.compile(
    r"[，,；;。？?！!\n]+|(?:，|,)?(?:以及|另外|还有|并且|同时)(?=[^，,。；？?]*(?:什么|哪|谁|多少|几|何|怎|如何))"
)
_SENTENCE_END = re.compile(r"[；;。？?！!\n]")
_CLAUSE_EN = re.compile(
    r"[?;]\s*|,?\s+and\s+(?=(?:who|whom|what|when|where|which|why|how)\b)|,\s*(?=(?:who|what|when|where|which|why|how)\b)"
)
_LEADING = re.compile(
    r"^(?:那么?|以及|另外|还有|并且|并|同时|再|和|其次|然后|请问|请|又)+(?!且)|^(?:and|also|then)\s+",
    re.IGNORECASE,
)
_PRONOUN = re.compile(
    r"它们|他们|它|(?<!其)他(?!们|人)|其(?!中|他|它|余|实|次)|该(?:项目|工程|单位|通知|文件|会议)|这些项目|这个项目"
)
# What a clause may consist of when it says nothing that it is about.
_ATTRIBUTE = re.compile(
    r"原因|理由|缘由|备注|写|责任|牵头|负责|主管|领导|单位|部门|项目|工程|进展|进度|状态|情况|总?投资额?|资金|金额|年度|年计划|计划|任务|占|比例|比重|百分之|时限|期限|时间|日期|地点|位置|措施|问题|数量|总数|结果|名称"
    r"|未开工|没有?开工|没开工|开工|滞后|竣工|完工|停工|在建|完成|截至|合计|总共|一共|共|分别|各自|各|都|又|还|是|的|了|有|在|为|由|于|属于|归|因为?|没|未|最|第|类|多|少|个|项|家|条|份|名|位|到|被|给|出|具体|主要|现在|目前|其中|要求|要(?!求)|会(?!议)|能|时候|监理|施工|设计|承建|建设|联系人|电话|牵头人|提|讲|说|强调|指出|规定|谈|主持|召开|印发|发布|举措|建议|意见"
)
# A clause that begins so has left its subject out.
_OPENS = re.compile(
    r"(?:又|还|都|会|要|计划|预计|打算)?(?:什么时候|何时|哪[天年月]|为什么|为何|怎么|如何|在哪|有?多少(?![个项家件条名位户])|是否|有没有|被|多[大长高久])|(?:在)?会上|会议上|文中|其中"
)
_MEETING = re.compile(
    r"[\u4e00-\u9fff]{2,14}?(?:会议|大会|推进会|座谈会|讲评会|动员会|现场会|调度会|观摩会)"
)
_HERE = re.compile(r"(?:在)?会(?:议)?上")
_IMPERATIVE = re.compile(
    r"^(?:请|帮我|麻烦|并|再)*(?:总结|概括|列出|列举|说明|介绍|归纳|比较|梳理|简述|告诉我|说说)(?:一下|下)?"
)
_OTHER_UNIT = re.compile(r"施工|监理|设计单位|承建|勘察|中标|代建|运营|设计院")
_DISTRIBUTES = re.compile(r"分别|各自|各(?=[有是占为完]|多少|负责)|respectively", re.IGNORECASE)
_JOINTLY = re.compile(
    r"联合|共同|一起|之间|合作|相比|对比|比较|哪(?:个|类|家)?更?[多少大高快]|合计|总共|一共|加起来|之和|总和|差|不同|区别|关系|一致|一样|矛盾"
)
_AND = re.compile(r"和|与|以及|及(?!时|格)|、")
_TIME = r"(?:(?:19|20)\d\d年?(?:[上下]半年|第?[一二三四]季度)?|第?[一二三四]季度|[上下]半年|\d{1,2}月份?)"
_TIMES = re.compile(rf"(?P<a>{_TIME})(?:和|与|及|、)(?P<b>{_TIME})")
_TAIL = re.compile(
    r"(?:都|分别|各自|各)?(?:是|有|为|在)?(?:谁|什么(?:时候)?|多少|哪(?:些|里|儿|家|个|位|天|年)?)?[？?。]?$"
)
_NOT_SHARED = re.compile(r"[的是有在由被把将从向到]$")


@dataclass(frozen=True, slots=True)
class Part:
    """One question of several: standing by itself, and in the words it was asked in.

    ``leans`` tells that it says nothing that it is about, so that this was taken from
    the part before: the two may be one question. ``otherwise`` is the question with
    that before it, to be asked where the words by themselves find nothing.
    """

    question: str
    words: str
    leans: bool = False
    otherwise: str = ""


def split_clauses(text: str, names: Sequence[tuple[int, int]] = ()) -> list[Part]:
    """Return the questions that a text asks one after the other; one part where it is but one.

    ``names`` are spans of names, inside which nothing is cut.
    """
    english = is_english(text)
    clauses = _clauses(text, names, english)
    if len(clauses) < 2:
        return [Part(text, text)]
    parts: list[Part] = []
    subject = meeting = ""
    for clause in clauses[:MOST_PARTS]:
        words = _LEADING.sub("", clause).strip() or clause
        here = _HERE.match(words)
        if here and meeting:
            parts.append(Part(f"{meeting}上{words[here.end() :]}", words, leans=True))
            continue
        meeting = _meeting_in(words) or meeting
        if parts and (_leans_en(words) if english else _leans(words)):
            parts.append(Part(_carried(subject, words, english), words, leans=True))
        else:
            fuller = _carried(subject, words, english) if subject and not english else ""
            subject = words
            parts.append(Part(words, words, otherwise=fuller))
    return parts


def _meeting_in(words: str) -> str:
    """Return the meeting that a clause names (“安全生产会议”), empty where it names none."""
    match = _MEETING.search(re.sub(r"^.*[了谁在](?=[\u4e00-\u9fff]{2,14}会)", "", words))
    return match.group() if match else ""


def _clauses(text: str, names: Sequence[tuple[int, int]], english: bool) -> list[str]:
    """Return the clauses that each ask something, statements joined to what they open."""
    masked = _masked(text, names)
    cut, asks = (_CLAUSE_EN, _ASKS_EN) if english else (_CLAUSE, _ASKS)
    bounds = [(0, 0), *(m.span() for m in cut.finditer(masked)), (len(text), len(text))]
    found: list[str] = []
    start = 0
    for (_, begin), (end, after) in pairwise(bounds):
        piece = masked[begin:end].strip()
        if not piece:
            continue
        if asks.search(piece.lower() if english else piece):
            found.append(text[start:end].strip(" ，,；;。"))
            start = after
        elif found and _SENTENCE_END.search(masked[end:after]) and not masked[after:].strip():
            found[-1] = f"{found[-1]}，{text[start:end].strip()}"
            start = after
    rest = text[start:].strip(" ，,；;。？?！!")
    if rest and found and start < len(text):
        found[-1] = f"{found[-1]}，{rest}"
    return found


def _masked(text: str, names: Sequence[tuple[int, int]]) -> str:
    """Return the text with quoted words and names blanked, so that nothing in them is cut."""
    spans = [
        *names,
        *(m.span() for m in re.finditer(r"《[^》]*》|“[^”]*”|（[^）]*）|\([^)]*\)|\d,\d", text)),
    ]
    for start, end in spans:
        text = text[:start] + "□" * (end - start) + text[end:]
    return text


def _leans(words: str) -> bool:
    if _PRONOUN.match(words) or _OPENS.match(words):
        return True
    rest = _ATTRIBUTE.sub("", _ASKS.sub("", re.sub(r"(?:吗|呢|吧|啊)$", "", words)))
    return len(re.sub(r"[\W_]", "", rest)) < 2


def _leans_en(words: str) -> bool:
    rest = re.sub(
        r"\b(?:who|what|when|where|which|why|how|is|are|was|were|did|does|do|the|their|its|it|they|much|many|reasons?|units?"
        r"|responsible|in charge|of|for|status|progress|not|started|and|have|has|been|problems?|must|be|by|solved|due|deadlines?"
        r"|costs?|total|investment|completed|finished|started|measures?|on|in|to|an?)\b", "", words.lower())  # fmt: skip
    return len(re.sub(r"[\W_]", "", rest)) < 3


def _carried(subject: str, words: str, english: bool) -> str:
    """Return a clause with what the one before is about put before it."""
    if english:
        return f"{subject.rstrip('?')}, {words}"
    about = _about(subject)
    words = _IMPERATIVE.sub("", words) or words
    if asked_statuses(fold(words)):  # another status of the same projects
        for status, (a, b) in reversed(asked_statuses(fold(about))):
            about = about[:a] + about[b:] if status else about
        about = re.sub(r"(?:项目|工程)的?$", "", about) if re.search("项目|工程", words) else about
    if _PRONOUN.search(words):
        return _PRONOUN.sub(lambda _: about, words, count=1)
    thing = re.search(r"(?:多少|几)[个项家件]?(?P<noun>项目|工程|任务|事项|小区|企业)", subject)
    noun = thing["noun"] if thing and thing["noun"] not in words + about else ""
    return f"{about}{noun}{words}"


def _about(subject: str) -> str:
    """Return what a question is about: its words before those of asking."""
    subject = _IMPERATIVE.sub("", subject) or subject
    at = _ASKS.search(subject)
    head = subject[: at.start()] if at else subject
    head = re.sub(r"(?:一共|总共|共|都|分别|有|是|由|在|为|因|的|[，,、\s])+$", "", head)
    if len(head) >= 2:
        return head
    return re.sub(r"^(?:哪些|哪几个|什么|谁|多少[个项家]?)", "", subject)


_RECORDS = frozenset(
    {"list", "count", "sum", "share", "rank", "group", "compare", "status", "why", "value"}
    | {"change", "remaining"}
)


def covers(draft: Draft, first: str, leaning: Sequence[str]) -> bool:
    """Tell whether an answer from records answers the leaning clauses, too, as its columns."""
    kind = (draft.interpretation or {}).get("kind", "")
    if kind not in _RECORDS:
        return False
    own = {status for status, _ in asked_statuses(fold(first))}
    for words in leaning:
        folded = fold(words)
        if kind in ("list", "count") and {s for s, _ in asked_statuses(folded)} - own:
            return False
        columns = any(pattern.search(folded) for _, pattern in WHAT)
        measured = bool(measure_spans(folded)) or bool(re.search(r"多少|几", folded))
        if _OTHER_UNIT.search(folded):
            return False
        if kind in ("count", "sum", "list") and COUNT.search(fold(first)) and measured:
            return False
        if kind in ("list", "count") and not columns and not measured:
            return False
    return True


def split_coordination(text: str, names: Sequence[tuple[int, int]] = ()) -> list[Part]:
    """Return the questions that one clause asks of two things, or of two sides of one thing."""
    if _JOINTLY.search(text) or is_english(text):
        return []
    masked = _masked(text, names)
    for split in (_by_status, _by_times, _by_sides):
        parts = split(text, masked)
        if parts:
            return parts
    return []


def _by_status(text: str, masked: str) -> list[Part]:
    """Return a part a status (“未开工和滞后的项目各有多少个”), where each is asked for."""
    folded = fold(masked)
    mentions = asked_statuses(folded)
    if not _DISTRIBUTES.search(text) or len(mentions) < 2 or len(folded) != len(text):
        return []
    (_, first), (_, last) = mentions[0], mentions[-1]
    between = [folded[a[1] : b[0]] for (_, a), (_, b) in pairwise(mentions)]
    if not all(re.fullmatch(r"(?:的|项目|工程)*(?:和|与|及|、|以及)", words) for words in between):
        return []
    before, after = text[: first[0]], _undistributed(text[last[1] :])
    return [Part(f"{before}{text[a:b]}{after}", text[a:b]) for _, (a, b) in mentions]


def _by_times(text: str, masked: str) -> list[Part]:
    match = _TIMES.search(masked)
    if match is None:
        return []
    a, b = match["a"], match["b"]
    year = re.match(r"(?:19|20)\d\d年?", a)
    if year and not re.match(r"(?:19|20)\d\d", b):
        b = (year.group() if year.group().endswith("年") else year.group() + "年") + b
    a = a + "年" if re.fullmatch(r"(?:19|20)\d\d", a) and b.endswith("年") else a
    before, after = text[: match.start()], _undistributed(text[match.end() :])
    return [Part(f"{before}{time}{after}", time) for time in (a, b)]


def _undistributed(words: str) -> str:
    return _DISTRIBUTES.sub("", words)


def _by_sides(text: str, masked: str) -> list[Part]:
    """Return the two sides of “A和B”: two things of a kind, or two attributes at the end."""
    for match in _AND.finditer(masked):
        before, after = masked[: match.start()], masked[match.end() :]
        left, right = tagged_words(before), tagged_words(after)
        if not left or not right or _NOT_SHARED.search(before):
            continue
        distributed = bool(_DISTRIBUTES.search(masked))
        things = _things(left, right, distributed) or _attributes(left, right)
        if things is None:
            continue
        size_a, size_b = things
        if match.start() - size_a == 1:  # a name whose first character stood by itself
            size_a += 1
        a = text[match.start() - size_a : match.start()]
        b = text[match.end() : match.end() + size_b]
        if "□" in masked[match.start() - size_a : match.start()] and size_a < 2:
            continue
        lead = text[: match.start() - size_a]
        rest = _undistributed(text[match.end() + size_b :])
        return [Part(f"{lead}{side}{rest}", side) for side in (a, b)]
    return []


def _attributes(
    left: Sequence[tuple[str, str]], right: Sequence[tuple[str, str]]
) -> tuple[int, int] | None:
    """Return the sizes of two nouns at the end of a question (“时间和地点是什么”)."""
    tail = "".join(word for word, _ in right)
    end = _TAIL.search(tail)
    noun = tail[: end.start()] if end else tail
    noun = re.sub(r"(?:分别|各自|都|是|有|为)+$", "", noun)
    if not 2 <= len(noun) <= 5 or not right[0][1].startswith(("n", "v", "j")):
        return None
    if not left[-1][1].startswith(("n", "v", "t")) or len(left[-1][0]) < 2 or len(left) < 2:
        return None
    return len(left[-1][0]), len(noun)


_PROPER = ("nr", "ns", "nt", "nz")


def _things(
    left: Sequence[tuple[str, str]], right: Sequence[tuple[str, str]], distributed: bool
) -> tuple[int, int] | None:
    """Return the sizes of two things of a kind: names, or words with the same ending."""
    size = 0
    for place, (word, flag) in enumerate(right[:4]):
        size += len(word)
        if flag.startswith(("u", "p", "r", "x", "d")) or word in ("的", "是", "有"):
            break
        if word[-1] == left[-1][0][-1] and len(left[-1][0]) >= 2:
            back = sum(len(w) for w, _ in left[-(place + 1) :])
            return back, size
    proper = left[-1][1][:2]
    if proper in _PROPER and right[0][1][:2] == proper and len(right) > 1:
        return len(left[-1][0]), len(right[0][0])
    if distributed and right[0][1].startswith("n") and left[-1][1].startswith("n"):
        return len(left[-1][0]), len(right[0][0])
    return None


def answer_parts(question: Question, library: Library, ask: Ask, consult: Consult) -> Draft | None:
    """Return the answer to a question that is several, None where it is one.

    ``ask`` answers a question that is one; ``consult`` does where texts or records
    do at once, else returns None.
    """
    names = _name_spans(question.text, library)
    parts = _joined(split_clauses(question.text, names), consult)
    if len(parts) > 1:
        drafts = [_asked(part, ask) for part in parts]
        if _alike(drafts) or (all(d.refused for d in drafts) and any(p.leans for p in parts)):
            return None
        return merge(parts, drafts, question.language)
    sides = split_coordination(question.text, names)
    if not sides or (consult(question.text) is not None and not _of_statuses(question.text, names)):
        return None
    drafts = [ask(side.question) for side in sides]
    refused = [draft.refused for draft in drafts]
    if _alike(drafts) or all(refused) or (any(refused) and not ask(question.text).refused):
        return None
    return merge(sides, drafts, question.language)


def _name_spans(text: str, library: Library) -> list[tuple[int, int]]:
    folded = fold(text)
    return (
        [span for _, span in whole_names(folded, library.ledger)]
        if len(folded) == len(text)
        else []
    )


def _asked(part: Part, ask: Ask) -> Draft:
    draft = ask(part.question)
    if draft.refused and part.otherwise:
        fuller = ask(part.otherwise)
        return fuller if not fuller.refused and _speaks_of(fuller, part.words) else draft
    return draft


def _speaks_of(draft: Draft, words: str) -> bool:
    """Tell whether an answer says half of what a clause says, not only what was put before it."""
    plain = re.sub(r"[的是了有在]|年|月|日|天", "", _ASKS.sub(" ", words))
    pairs = {u for u in units(plain) if len(u) > 1}
    said = set(units("\n".join(" ".join([s.text, *s.cells]) for s in draft.statements)))
    return bool(pairs) and len(pairs & said) >= len(pairs) / 2


def _of_statuses(text: str, names: Sequence[tuple[int, int]]) -> bool:
    return bool(_by_status(text, _masked(text, names)))


def _alike(drafts: Sequence[Draft]) -> bool:
    """Tell whether all parts are answered by the same words: then they are one question."""
    places = [frozenset(s for line in d.statements for s in line.sources) for d in drafts]
    return bool(places[0]) and all(place == places[0] for place in places)


def _joined(parts: Sequence[Part], consult: Consult) -> list[Part]:
    """Return the parts; those that lean on one are joined to it where they are its columns."""
    found: list[Part] = []
    for group in _groups(parts):
        first, leaning = group[0], group[1:]
        whole = "，".join(part.words for part in group)
        draft = consult(whole) if leaning else None
        told = draft is not None and covers(draft, first.words, [p.words for p in leaning])
        if told and _each_told(draft, leaning, consult):
            found.append(Part(whole, whole))
        else:
            found += group
    return found


def _each_told(draft: Draft | None, leaning: Sequence[Part], consult: Consult) -> bool:
    """Tell whether records say what each part asks of one thing; a list's columns need not."""
    kind = (draft.interpretation or {}).get("kind") if draft else None
    if kind not in ("why", "status", "value"):
        return True
    return all(consult(part.question) is not None for part in leaning)


def _groups(parts: Sequence[Part]) -> list[list[Part]]:
    groups: list[list[Part]] = []
    for part in parts:
        if part.leans and groups:
            groups[-1].append(part)
        else:
            groups.append([part])
    return groups


def merge(parts: Sequence[Part], drafts: Sequence[Draft], language: str) -> Draft:
    """Return one draft of the parts' drafts, each under the question's own words.

    ``count``, ``rows`` and ``value`` are those of the first part that has them. The
    whole is refused only where every part is; a part that is refused says so in its
    place, and its nearest passages are related.
    """
    merged = Draft(refused=all(draft.refused for draft in drafts))
    for part, draft in zip(parts, drafts, strict=True):
        merged.statements += _under(part, draft, language)
        merged.notes += [note for note in draft.notes if note not in merged.notes]
        if merged.count is None:
            merged.count = draft.count
        if merged.value is None:
            merged.value = draft.value
        if merged.columns is None and draft.columns:
            merged.columns, merged.rows = draft.columns, draft.rows
        merged.related += [s for s in draft.related if s not in merged.related]
    merged.related = merged.related[:RELATED]
    merged.short = _short(drafts, language)
    merged.interpretation = {
        "kind": "compound",
        "filters": {},
        "parts": [
            {"question": part.question, "refused": draft.refused, **(draft.interpretation or {})}
            for part, draft in zip(parts, drafts, strict=True)
        ],
    }
    return merged


def _under(part: Part, draft: Draft, language: str) -> list[Statement]:
    """Return a part's lines under its own words; one line goes on behind them."""
    label = render("part", language, words=escape(part.words.rstrip("？?。 ")))
    only = draft.statements[0] if len(draft.statements) == 1 else None
    if only and not (only.bullet or only.cells or re.search(r"\d", label)):
        return [replace(only, text=label + only.text)]
    return [Statement(label), *draft.statements]


def _short(drafts: Sequence[Draft], language: str) -> str | None:
    shorts = [draft.short for draft in drafts if not draft.refused]
    if not shorts or not all(shorts):
        return None
    joined = ("；" if language == "zh" else "; ").join(dict.fromkeys(filter(None, shorts)))
    return joined if len(joined) <= SHORT else None
