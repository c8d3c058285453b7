"""Which documents a question names: by title, kind, period, meeting (“推进会讲话”, “督办通知”)."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from assistant.glossary import translate
from index.ledger.periods import Period, periods_in
from index.library import Library
from index.records import Document
from index.words import fold

Span = tuple[int, int]
MOST = 3  # documents that one mention may mean
HEAD, TAIL = 120, 80  # characters of a document that name its place and its issuer
SEARCHED = 30  # chunks in which a meeting's name is looked for
STRONG = 2.0  # pairs of characters of a title that name a document, whatever stands before them
MIN_RUN = 2  # characters of a title that a question takes over together

# Kinds of document: the words of a question, and what a title of the kind holds.
KINDS: tuple[tuple[str, re.Pattern[str], re.Pattern[str]], ...] = (
    ("speech", re.compile(r"讲话(?:稿|里|中)?|致辞|动员报告"), re.compile(r"讲话|致辞|发言|动员报告")),
    ("notice", re.compile(r"(?<!被)(?<!没)(?<!接到)通知(?:书|单)?(?!了)|督办[单函件]|交办[单函]|函(?=[^数]|$)"), re.compile(r"通知|督办|交办|函$")),
    ("minutes", re.compile(r"(?:会议)?纪要"), re.compile(r"纪要")),
    ("notice to all", re.compile(r"公告|通告"), re.compile(r"公告|通告")),
    ("summary", re.compile(r"(?:工作)?总结(?:报告)?(?!一下|一遍|下|了|出|概括|讲话|大会|暨)"), re.compile(r"总结|述职")),
    ("plan", re.compile(r"安排计划|工作计划|(?<!年度)(?<!投资)(?<!完成)(?<!按)(?<!进度)(?<!全年)计划(?=里|中|书|的|和|与|有|$|讲|提|规定|要求)|方案|规划|要点(?=里|中|和|与|有|$)"), re.compile(r"计划|方案|规划|要点")),
    ("rules", re.compile(r"办法|规定(?=里|中|有|和|与|要求)|实施意见|决定(?=里|中)|批复|条例"), re.compile(r"办法|规定|意见|决定|批复|条例")),
    ("report", re.compile(r"(?<!(?<!工)作)(?<!作了)通报(?!了|会)|简报|专报(?!送|给)|[日周旬月季]报(?!送|告|表)|(?<!(?<!工)作)(?<!作了)报告(?!了|会)|进展情况(?=里|中|说|写|和|与|[？?]?$)|汇报(?:材料)?(?!了)|材料(?=里|中|和|与|讲)"), re.compile(r"通报|报告|情况|简报|专报|[日周旬月季]报|汇报|材料")),
    ("reply", re.compile(r"(?:提案|建议|议案|信访|来信)的?(?:答复|回复|办复)(?:函|件|意见)?|(?:答复|回复|复)函"), re.compile(r"答复|回复|复函|办复")),
    ("work", re.compile(r"工作(?:开展|完成|进展)?(?:情况|成效)?(?=[？?。\s]|$|如何|怎么样|做得|干得)"), re.compile(r"总结|汇报|报告|情况|述职")),
    ("meeting", re.compile(r"会议(?=上|里|中|提|要求|强调|指出|讲|部署|说|的|对|和|与|都|都有|主要|有|明确|议定|决定|谁|由|$)|[^\W和与跟及的在、]{0,6}(?:大会|推进会|座谈会|调度会|现场会|观摩会|讲评会|点评会|动员会|联席会|办公会|常务会|专题会|例会|部署会|工作会|总结会|约谈会|发布会|协调会|对接会|研判会|会商会|汇报会)(?:议)?|活动(?=上|中|里|的|讲|提|和|与)|会(?=上(?:讲|提|说|强|指|要|对|的))"), re.compile(r"会|活动|纪要")),
)  # fmt: skip
_ENGLISH = {
    "speech": r"speech(?:es)?|address|remarks|talk", "notice": r"notice|circular|supervision letter",
    "minutes": r"minutes", "notice to all": r"announcement|public notice",
    "summary": r"work summary|summary report|annual summary", "plan": r"plan|programme|program|scheme",
    "work": r"work(?: of)?$", "rules": r"rules|regulations?|measures document", "report": r"report|bulletin|briefing",
    "reply": r"reply|written answer",
    "meeting": r"meeting|conference|symposium|tour",
}  # fmt: skip
_GENERIC = re.compile(r"^(?:报告|材料|文件)$")
_JOINED = re.compile(r"^(?:上|中|里|里面)?的?$")
_STOP = re.compile(
    r"在|的|上|中|里面?|关于|这[次份个]|那[次份个]|该|此次|最近|上次|全(?=区|县|市)|我(?=区|县|市)|一下|有关|对于?|份|篇|针对|召开|举行|组织"
)
# What parts other words of a question from the name of a document.
_ARTICLE = re.compile(r"第([一二三四五六七八九十]|\d{1,2})篇")
_MEETING_NAME = re.compile(
    r".{2,14}?(?:大会|推进会|座谈会|调度会|现场会|观摩会|讲评会|动员会|会议|部署会|工作会|总结会)"
)
_APART = re.compile(r"在|对|于|按照?|根据|从|据|问|看|是|给|把|将|向|到|有|讲|说|提|的")
# What may stand before the name of a document and names none.
_LIGHT = re.compile(
    r"请问?|帮我|帮忙|麻烦|给我|我想|知道|总结|概括|归纳|梳理|简要|简单|介绍|说说|讲讲|看看|概述|比较|对比|比一比|一下|书记|副?区长|副?县长|副?市长|副?镇长|副?局长|副?主任|主席|领导|同志"
    r"|区委|县委|市委|区里|县里|市里|政府|党委|常务|先生|主要|重点|内容|要点|什么|哪些|怎么|如何|里|中|和|与|跟|同|两份|两个|分别|各|把|将|从|于|为|了|是|有|没有|是否|以及|及|，|,|、|\s"
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Named:
    """A document that a question names: with where, and in which words, it does."""

    file_id: int
    document: Document
    span: Span
    kind: str


@dataclass(frozen=True, slots=True)
class Mention:
    """Words of a question that name documents, and which these are, likeliest first."""

    span: Span
    kind: str
    documents: tuple[Named, ...]
    more: int = 0


@dataclass(frozen=True, slots=True)
class _Title:
    file_id: int
    ordinal: int
    folded: str
    said: str
    date: str


def mentions(asked: str, library: Library, language: str = "zh") -> list[Mention]:
    """Return every mention of documents in a folded question, in order."""
    spans = _quoted(asked) or spoken(asked, language)
    if not spans and not _ARTICLE.search(asked):
        return []
    titles = list(_titles(library))
    found: list[Mention] = _articles(asked, titles, library)
    for span, kind in spans:
        linked = _linked(asked, span, kind, titles, library, language)
        met = _MEETING_NAME.match(asked[slice(*span)]) if kind == "speech" else None
        if linked is None and met:  # a report of the meeting, not the speech itself
            short = (span[0], span[0] + met.end())
            linked = _linked(asked, short, "meeting", titles, library, language)
        if linked:
            found.append(linked)
    return _one_each(found)


def _articles(asked: str, titles: Sequence[_Title], library: Library) -> list[Mention]:
    """Return the article that a number names (“第五篇”), where few files have so many."""
    match = _ARTICLE.search(asked)
    if match is None:
        return []
    number = "一二三四五六七八九十".find(match[1]) + 1 or int(match[1])
    files = Counter(title.file_id for title in titles)
    fits = [t for t in titles if files[t.file_id] > 1 and t.ordinal == number - 1]
    found = _mention(match.span(), "article", fits, library) if len(fits) <= MOST else None
    return [found] if found else []


def _titles(library: Library) -> Iterator[_Title]:
    current = {file.path: file.id for file in library.files()}
    for info in library.documents():
        file_id = current.get(info.path)
        if file_id is None:
            continue
        for ordinal, title in enumerate(info.articles or (info.title,)):
            words, said = _folded(title, info.issuer or "", info.path)
            yield _Title(file_id, ordinal, words, said, info.date or "")


@lru_cache(maxsize=50_000)  # every question looks at every title
def _folded(title: str, issuer: str, path: str) -> tuple[str, str]:
    words = fold(re.sub(r"\s", "", title))
    return words, f"{fold(issuer)} {words} {fold(path)} {words}"


def _quoted(asked: str) -> list[tuple[Span, str]]:
    return [(m.span(1), "quoted") for m in re.finditer(r"《([^》]{2,80})》", asked)]


def spoken(asked: str, language: str) -> list[tuple[Span, str]]:
    """Return (span, kind) of the words for kinds of document; neighbours are one mention."""
    found: list[tuple[int, int, str]] = []
    for kind, asking, _ in KINDS:
        pattern = asking if language == "zh" else re.compile(rf"\b(?:{_ENGLISH[kind]})\b")
        found += [(*m.span(), kind) for m in pattern.finditer(asked)]
    merged: list[tuple[int, int, str]] = []
    for start, end, kind in sorted(found):
        if merged and (start <= merged[-1][1] or _JOINED.match(asked[merged[-1][1] : start])):
            last = merged.pop()
            merged.append((last[0], max(end, last[1]), kind if end > last[1] else last[2]))
        else:
            merged.append((start, end, kind))
    return [((start, end), kind) for start, end, kind in merged]


def _linked(
    asked: str, span: Span, kind: str, titles: Sequence[_Title], library: Library, language: str
) -> Mention | None:
    if kind == "quoted":
        words = re.sub(r"\s", "", asked[slice(*span)])
        fits = [t for t in titles if words in t.folded or t.folded in words]
        return _mention(span, kind, fits, library)
    before = modifier(asked, span[0]) if language == "zh" else _english_modifier(asked, span)
    whole = before + asked[slice(*span)] if language == "zh" else before
    told = whole if language == "zh" else _english_before(asked, span)
    periods = [p for p in periods_in(told) if p.month]
    years = re.findall(r"(?:19|20)\d\d", whole)
    holds = next(held for name, _, held in KINDS if name == kind)
    tails, short = _tails(whole), _tails(before)
    scored: list[tuple[float, int, _Title]] = []
    for title in titles:
        if not holds.search(title.folded):
            continue
        if not _of_time(title, periods, years):
            continue
        words = asked[slice(*span)]
        exact = language == "en" or any(w in title.folded for w in _KIND_WORDS.findall(words))
        if kind == "report" and periods:  # reports are called by many names; the time tells
            score, start = _covered(short, len(before), title)
            exact = False
        else:
            score, start = _covered(tails, len(whole), title)
        if score or exact or periods or years:
            scored.append((score + 2.0 + (1.0 if exact else 0.0), start, title))
    if not scored:
        return None
    called = _CALLED.findall(asked[slice(*span)])
    scored = [t for t in scored if any(w in t[2].folded for w in called)] or scored
    best = max(score for score, _, _ in scored)
    near = [(start, title) for score, start, title in scored if score >= best - 0.5]
    start = min(len(before), *(start for start, _ in near))
    rest = _rest_of(whole[:start] if language == "zh" else "")
    if rest:
        near = [(at, title) for at, title in near if _frame_says(title, rest, library)]
    if not near or (best < STRONG + 2.0 and not (periods or years) and len(near) > MOST):
        return None
    at = span[0] - len(before) + start if language == "zh" else span[0]
    return _mention((min(at, span[0]), span[1]), kind, [t for _, t in near], library)


_KIND_WORDS = re.compile(
    r"讲话|致辞|通知|督办|纪要|公告|通告|总结|计划|方案|规划|要点|办法|规定|意见|通报|简报|专报|[日周旬月季]报|答复|回复|报告|汇报|大会|推进会|座谈会|观摩|讲评会|动员|工作会|例会|活动|会议"
)

# Who says one of these means a document of the name; “报告” may mean any of them.
_CALLED = re.compile(r"通报|简报|快报|专报|周报|月报|督办|公告|通告")


def modifier(asked: str, at: int) -> str:
    """Return the words before a kind of document, back to where they must end."""
    run = re.search(r"[\u4e00-\u9fff\d〔〕a-z*—\-]{0,28}$", asked[:at])
    words = run.group() if run else ""
    cut = max((m.end() for m in re.finditer(
        r"和|与|跟|同(?!志)|以及|比较|对比|相比|总结一下|概括|归纳|梳理|介绍一下|说说|谁在|什么|哪些|根据|按照", words)), default=0)  # fmt: skip
    return words[cut:]


def _english_modifier(asked: str, span: Span) -> str:
    """Return the Chinese of the English words before a kind of document, and names in it."""
    before = _english_before(asked, span)
    after = re.match(r"[\w ]*?(?:on|about|at|of) ([\w\u4e00-\u9fff ]{2,40})", asked[span[1] :])
    words = f"{before}{asked[slice(*span)]} {after[1] if after else ''}"
    return " ".join([*re.findall(r"[\u4e00-\u9fff]{2,}|(?:19|20)\d\d", words), translate(words)])


def _english_before(asked: str, span: Span) -> str:
    return re.split(
        r"\b(?:and|with|than|between|from|of the|in the|did|does|do)\b|[,?]", asked[: span[0]]
    )[-1]


@lru_cache(maxsize=50_000)
def _title_periods(folded: str) -> tuple[Period, ...]:
    return tuple(p for p in periods_in(folded) if p.month)


def _of_time(title: _Title, periods: Sequence[Period], years: Sequence[str]) -> bool:
    if not periods:
        return all(year in title.folded or title.date.startswith(year) for year in years)
    own = _title_periods(title.folded)
    for period in periods:
        month = own[-1].month if own else int(title.date[5:7] or 0) if len(title.date) >= 7 else 0
        if period.day:
            if f"-{period.month:02d}-" not in title.date:
                return False
        elif month != period.month or not own:
            return False
    return all(year in title.folded or title.date.startswith(year) for year in years)


def _tails(words: str) -> list[tuple[int, str]]:
    """Return every tail of some words, longest first, without times and joining words."""
    bare = _without_time(words)
    found = []
    for start in range(len(words)):
        tail = re.sub(r"[^\w*]", "", _STOP.sub("", bare[start:]))
        if bare[start] not in "□在从于" and len(tail) >= MIN_RUN:
            found.append((start, tail))
    return found


def _covered(tails: Sequence[tuple[int, str]], size: int, title: _Title) -> tuple[float, int]:
    """Return half the characters of the longest tail that a title says, and where it starts.

    A title says it in order, in runs of two characters and more (“督办通知” in “督办的通知”).
    """
    for start, tail in tails:
        if _runs_in(tail, title.said):
            return len(tail) / 2, start
    return 0.0, size


def _runs_in(words: str, title: str) -> bool:
    place, at = 0, 0
    while place < len(words):
        size = next(
            (
                n
                for n in range(len(words) - place, MIN_RUN - 1, -1)
                if title.find(words[place : place + n], at) >= 0
            ),
            0,
        )
        if not size:
            return False
        at = title.find(words[place : place + size], at) + size
        place += size
    return True


def _without_time(words: str) -> str:
    """Return words with their times blanked out, every other character at its place."""
    spans = [p.span for p in periods_in(words)]
    spans += [m.span() for m in re.finditer(r"(?:19|20)\d\d年?(?:度)?", words)]
    for start, end in spans:
        words = words[:start] + "□" * (end - start) + words[end:]
    return words


def _rest_of(words: str) -> str:
    """Return the words right before those of a title, where they might name another document."""
    apart = max((m.end() for m in _APART.finditer(words)), default=0)
    rest = _LIGHT.sub("", _STOP.sub("", _without_time(words[apart:]))).replace("□", "")
    return rest if len(rest) >= MIN_RUN else ""


def without_light(words: str) -> str:
    """Return words before a kind of document without those that tell none from another."""
    return _LIGHT.sub("", _STOP.sub("", _without_time(words))).replace("□", "")


def _frame_says(title: _Title, words: str, library: Library) -> bool:
    """Tell whether the first or the last lines of a document hold words, or an office's full name."""
    content = library.content(title.file_id)
    document = content.structure.documents[title.ordinal]
    text = content.text[document.start : document.end]
    frame = fold(re.sub(r"\s", "", text[:HEAD] + " " + text[-TAIL:]))
    return words in frame or bool(_OFFICE.search(words) and re.search(_spelt_out(words), frame))


# What an office is called by for short: “发改委” of “发展和改革委员会”, “住建局” of “住房和城乡建设局”.
_OFFICE = re.compile(r"[\u4e00-\u9fff]{2,}(?:局|委|办|厅|部)$")
LEFT_OUT = 6  # characters that a short name leaves out between two that it keeps


def _spelt_out(short: str) -> str:
    """Return the pattern of the full name of an office: the short one's characters in order."""
    return rf"[\u4e00-\u9fff]{{0,{LEFT_OUT}}}?".join(map(re.escape, short))


def _mention(span: Span, kind: str, titles: Sequence[_Title], library: Library) -> Mention | None:
    if not titles:
        return None
    ordered = sorted(titles, key=lambda t: t.date, reverse=True)
    shown = ordered[:MOST]
    documents = tuple(
        Named(t.file_id, library.content(t.file_id).structure.documents[t.ordinal], span, kind)
        for t in shown
    )
    return Mention(span, kind, documents, len(ordered) - len(shown))


def _one_each(found: Sequence[Mention]) -> list[Mention]:
    """Drop a mention of the same documents as another's (“推进会上”, “讲话里”)."""
    kept: list[Mention] = []
    for mention in found:
        ids = {(n.file_id, n.document.ordinal) for n in mention.documents}
        same = next(
            (m for m in kept if ids & {(n.file_id, n.document.ordinal) for n in m.documents}), None
        )
        if same is None:
            kept.append(mention)
        elif len(mention.documents) < len(same.documents):
            kept[kept.index(same)] = mention
    return kept
