"""The corrections that documents tell: of what, the old value, the new one, and where.

They are told as entries (“原写X。应为Y。” below a heading), in sentences (“由X更正为Y”, “误写为X，
应为Y”, “应为Y，通报写作X”, “写X，……实际是Y”) and as rows of a table with columns 原报, 更正后.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from assistant.grids.reading import Column, Grid, Kept, Line, grids_of
from assistant.statements import Source, escape, with_bold
from assistant.things.amended import amendments_in, fold_same
from assistant.things.wants import times_in
from index.database import FileContent
from index.records import Document, View
from index.sentences import sentences
from index.words import fold

HEADING = 40  # characters of a line that may head an entry
_END = r"(?=[。；;\n]|$)"
_WAS = (
    r"(?:原(?:写|文为|文|报为|报|载|列|填|记|数为|数|值|表述为|表述|稿为|稿)|误(?:写|列|报|填|记|作|印|登)?(?:为|成|作)?"
    r"|错(?:写|列|报|填|记)(?:为|成|作)|更正前)"
)
_IS = (
    r"(?:现?更正为|订正为|应当?更?改?为|应是|应作|"
    r"改为|现为|更正后(?=[为是：:])[为是]?|正确(?:的|数|值)?(?:应当?)?[为是])"
)
_ENTRY = re.compile(
    rf"(?P<lead>[^。；;\n]{{0,60}}?){_WAS}[：:为作成]?\s*(?P<old>[^。；;\n]{{1,40}}?)[。；;，,]?\s*(?:\n\s*)?{_IS}[：:]?\s*(?P<new>[^。；;\n]{{1,40}}?){_END}"
)
_SAID = r"(?:写|列|报|记|算|填|印|登|统计)"
_REVERSED = re.compile(
    rf"(?P<lead>[^。；;\n]{{2,80}}?)应当?[为是](?P<new>[^，,。；;\n]{{1,24}})[，,](?P<by>[^，,。；;\n]{{0,12}}?)(?:误|错|仍|却|只|仅)?{_SAID}(?:作|为|成|在|的是|着)(?P<old>[^，,。；;\n]{{1,24}})"
)
_REALLY = re.compile(
    r"(?P<lead>[^。；;\n]{2,60}?)(?P<old>\d[\d,.]*(?:[万亿%]?[\u4e00-\u9fff]{0,3}?)?)[，,][^。；;\n]{0,60}?(?:实际|核实后|核准后|真实数?|准确数?)(?:应当?)?[是为]?(?P<new>\d[^，,。；;\n]{0,16})"
)
_LISTED = re.compile(
    rf"(?P<lead>[^。；;\n]{{0,24}}?(?:把|将)[^。；;，,\n]{{2,24}}?)(?:误|错)?{_SAID}(?:作|为|成|在|入)(?P<old>[^，,。；;\n]{{1,16}})[。，,；;][^\n]{{0,90}}?应当?(?P<new>(?:列|归|记|计|算|纳)[入为作在]?[^，,。；;\n]{{1,16}})"
)
_SET_RIGHT = re.compile(r"更正|订正|勘误|纠正|误[写报列填]|应为|改正|以[^，。]{1,14}为准|差错")
_AFTER = re.compile(
    r"(?:由|从)(?P<old>[^，,。；;\n由从]{1,20}?)(?:变|调整?|修?改|更正|订正|升|降|减少|增加|核减|核增|上调|下调)(?:为|成|到|至)(?P<new>[^，,。；;\n]{1,20})"
)
_SHOULD = re.compile(
    r"(?P<old>\d[^，,。；;\n\d应]{0,8}|“[^”\n]{1,16}”)应当?[为是](?P<new>[^，,。；;\n]{1,20})"
)
_STATES = re.compile(
    r"(?:更正|订正|调整|核减|核实|复核)(?:以?后|之后)[，,]?(?P<lead>[^。；;\n]{2,30}?)(?:应当?)?[为是](?P<new>\d[^，,。；;\n]{0,16})"
)
_LEANS = re.compile(r"^\s*(?:该|此|这|其|同时|相应|经|为此|因此|但|而)")
_NUMBERED = re.compile(
    r"^\s*(?:[（(【]?(?:[甲乙丙丁戊己庚辛壬癸]|[一二三四五六七八九十]+|\d{1,2})[）)】、.．]|[①-⑳]|[•●◆▪■\-–—*])\s*"
)
_CAPTION = re.compile(r"单位[：:]\s*([万亿]?元)")
_AFTER_COLON = re.compile(r"^.*[：:](?=.)")
_BY = re.compile(r"^.*(?:[上中里]写(?:的?是|着|有)?|[误写报列]?将|把)(?=.{2})")
_ITEM = re.compile(r"^\s*(?:其?[一二三四五六七八九]是|另外|此外)")
_OLD_HEAD = re.compile(r"^(?:原|更正前|误|错|旧|调整前|修订前|核减前)")
_NEW_HEAD = re.compile(
    r"^(?:更正|订正|改正|修正|修订|调整|核定|核准|正确)(?:后|为|值|数|成)|^应[为是]|^现[为报数]|^改为|^(?:正确|核定)$"
)
_WHAT_HEAD = re.compile(r"内容|事项|指标|项目|字段|栏目|数据名|名称|位置|单位|对象")
_WHY_HEAD = re.compile(r"原因|理由|说明|事由|备注|依据")


@dataclass(frozen=True, slots=True)
class Correction:
    """One correction: ``subject`` says of what; ``shown`` is its Markdown, the new value bold.

    ``old`` is "" where it is not said; ``own`` is the narrow subject, without the sentences and
    headings around; ``why`` the reason told. ``entry`` tells that the document gives it a
    paragraph or a row of its own, ``at`` where it stands in the document.
    """

    subject: str
    own: str
    old: str
    new: str
    shown: str
    sources: tuple[Source, ...]
    document: Document
    file_id: int
    at: int
    entry: bool = False
    why: str = ""


def tells_of_correcting(text: str) -> bool:
    """Tell whether a text speaks of something that was wrong and is set right."""
    return bool(_SET_RIGHT.search(text))


def corrections_of(file_id: int, path: str, content: FileContent) -> tuple[Correction, ...]:
    """Return the corrections of a file, in order, each once."""
    return _corrections(file_id, path, Kept(content))


@lru_cache(maxsize=64)
def _corrections(file_id: int, path: str, kept: Kept) -> tuple[Correction, ...]:
    content = kept.content
    found: list[Correction] = []
    for grid in grids_of(file_id, path, content):
        found += _rows(grid, content)
    tables = [(b.start, b.end) for b in content.blocks if b.kind == "table"]
    for document in content.structure.documents:
        view = content.structure.reading.view(document.start, document.end)
        if _SET_RIGHT.search(view.text) or _AFTER.search(view.text):
            for one in _in_text(view, file_id, document):
                start = one.sources[0].start
                if not any(a <= start < b for a, b in tables):
                    found.append(one)
    return tuple(found)


def _in_text(view: View, file_id: int, document: Document) -> Iterator[Correction]:
    """Yield the corrections of running text; a stretch of it tells one but once."""
    text = fold_same(view.text)
    taken: list[tuple[int, int]] = []
    about = bool(_SET_RIGHT.search(document.title))
    for pattern in (_ENTRY, _REVERSED, _LISTED, _REALLY):
        for match in pattern.finditer(text):
            if pattern is _REALLY and not _SET_RIGHT.search(_line(text, match.start())):
                continue
            if any(a < match.end() and match.start() < b for a, b in taken):
                continue
            taken.append((match.start("old"), match.end()))
            yield _made(view, text, match, file_id, document)
    for low, high in sentences(view):
        here = text[low:high]
        told = about or _SET_RIGHT.search(_line(text, low))
        for match in [*_AFTER.finditer(here), *_SHOULD.finditer(here), *_STATES.finditer(here)]:
            start = low + match.start()
            moved = match.re is _AFTER and times_in(match["old"]) and times_in(match["new"])
            if not (told or moved) or any(a <= start < b for a, b in taken):
                continue
            if match.re is _STATES and any(a.start < match.end() for a in amendments_in(here)):
                continue
            yield _clause(view, text, (low, high), match, file_id, document)


def _line(text: str, at: int) -> str:
    end = text.find("\n", at)
    return text[text.rfind("\n", 0, at) + 1 : end if end >= 0 else len(text)]


def _made(
    view: View, text: str, match: re.Match[str], file_id: int, document: Document
) -> Correction:
    """Return a correction that stands as an entry or as whole sentences, to the end of its own."""
    first = text.rfind("\n", 0, match.start() + 1) + 1
    before = text[:first].rstrip("\n").rpartition("\n")[2].strip()
    own = _NUMBERED.sub("", _ITEM.sub("", _AFTER_COLON.sub("", match["lead"]))).strip("，,：: ")
    own = _BY.sub("", own)
    heading = before if len(before) <= HEADING and not re.search(r"[。；;]$", before) else ""
    low, sources = match.start(), []
    if match.re is _ENTRY and not own and heading:
        own, low = _NUMBERED.sub("", heading), text.rfind(before, 0, first)
    elif _LEANS.match(match["lead"]):
        own = text[first : match.start()] + own
    ends = "。；;\n"
    high = next((i for i in range(match.end(), len(text)) if text[i] in ends), len(text))
    line_start = text.rfind("\n", 0, low + 1) + 1
    begins = max((i + 1 for i in range(line_start, low) if text[i] in "。；;"), default=line_start)
    low = max(begins, low if match.re is _ENTRY and low < match.start() else begins)
    end = min(high + (high < len(text) and text[high] == "。"), len(text))
    new = match.span("new")
    shown = with_bold(view.text[low:end], [(new[0] - low, new[1] - low)])
    sources.append(Source(file_id, document.ordinal, *view.span(low, end)))
    why = text[end : text.find("\n\n", end) if "\n\n" in text[end:] else len(text)][:200]
    entry = match.re is _ENTRY and text[first : match.start()].strip() == ""
    return Correction(
        fold(f"{heading} {text[low:end]}"), fold(own), match["old"].strip("“”\"：: "),
        match["new"].strip(), shown, tuple(sources), document, file_id, low, entry, why,
    )  # fmt: skip


def _clause(
    view: View, text: str, sentence: tuple[int, int], match: re.Match[str], file_id: int,
    document: Document,
) -> Correction:  # fmt: skip
    """Return a correction that is one clause of a sentence."""
    low, high = sentence
    start, end = low + match.start(), low + match.end()
    begins = max((i + 1 for i in range(low, start) if text[i] in "，,；;。：:"), default=low)
    own = match["lead"] if match.re is _STATES else text[begins:start]
    if not own.strip() or _LEANS.match(own):
        first = text.rfind("\n", 0, low) + 1
        own = text[first:start]
    part = max((i + 1 for i in range(low, start) if text[i] in "；;"), default=low)
    new = (low + match.start("new"), low + match.end("new"))
    ends = [i for i in range(end, high) if text[i] in "；;。"]
    stop = min(ends, default=high)
    shown = with_bold(view.text[part:stop], [(new[0] - part, new[1] - part)])
    first = text.rfind("\n", 0, low) + 1
    return Correction(
        fold(text[first:stop]), fold(own), "" if match.re is _STATES else match["old"],
        match["new"].strip(), shown, (Source(file_id, document.ordinal, *view.span(part, stop)),),
        document, file_id, start,
    )  # fmt: skip


def _rows(grid: Grid, content: FileContent) -> Iterator[Correction]:
    """Yield the rows of a table that has a column of what was written and one of what is right."""
    olds = [c for c in grid.columns if _OLD_HEAD.match(fold(c.name)) and not _why(c)]
    news = [c for c in grid.columns if _NEW_HEAD.match(fold(c.name)) and not _why(c)]
    if len(olds) != 1 or len(news) != 1:
        return
    old, new = olds[0], news[0]
    if old.number == new.number:
        return
    document = content.structure.documents[grid.document]
    caption = _CAPTION.search(content.text, max(0, grid.start - 120), grid.head[1])
    for line in grid.lines:
        words = line.words
        money = caption and any("投资" in w or "资金" in w for w in words.values())
        unit = caption[1] if caption and money else ""
        was, now = (_unit(words.get(c.number, "").strip(), c, unit) for c in (old, new))
        if not was or not now or was == now:
            continue
        what = [c for c in grid.columns if c not in (old, new) and not _why(c) and _says(line, c)]
        why = "；".join(words[c.number] for c in grid.columns if _why(c) and _says(line, c))
        parts = [escape(words[c.number]) for c in what]
        shown = f"{'，'.join(parts)}：{escape(old.name)}{escape(was)}，"
        shown += f"{escape(new.name)}**{escape(now)}**"
        subject = " ".join(words[c.number] for c in what)
        yield Correction(
            fold(f"{subject} {grid.title}"), fold(subject), was, now,
            shown + (f"（{escape(why)}）" if why else ""), tuple(grid.sources(line)), document,
            grid.file_id, line.start, True, why,
        )  # fmt: skip


def _why(column: Column) -> bool:
    return bool(_WHY_HEAD.search(column.name))


def _says(line: Line, column: Column) -> bool:
    words = line.words.get(column.number, "").strip()
    return bool(words) and bool(
        _WHAT_HEAD.search(column.name) or re.search(r"[\u4e00-\u9fff]", words)
    )


def _unit(words: str, column: Column, unit: str) -> str:
    return f"{words}{column.unit or unit}" if re.fullmatch(r"[\d,.]+", words) else words
