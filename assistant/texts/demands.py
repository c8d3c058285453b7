"""What somebody demands or says in a text: its points, each one cited line, in its order."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from assistant.evidence import paragraphs
from assistant.ledger.named import whole_names
from assistant.ledger.unitnames import UnitNames
from assistant.statements import Draft, Source, Statement, escape
from assistant.texts.announced import Announced, announced_in, chosen_list
from assistant.texts.asking import POINTS_COUNTED, Asked
from assistant.texts.leads import with_leads
from assistant.texts.points import Point, heading_line, leads_in, line_of, points_of
from assistant.texts.speakers import (
    COUNTED,
    REPORTS,
    Saying,
    called,
    is_name,
    is_role,
    persons,
    sayings,
    speaker_at,
)
from assistant.texts.titled import Mention
from index.ledger.wording import word_spans
from index.library import Library
from index.records import Document, Section
from index.words import fold, units
from prompts import render

MOST_POINTS = 40  # lines of one text; the rest is counted
MOST_DOCUMENTS = 3
LEADERS = ("书记", "区长", "县长", "市长", "副书记", "副区长", "副县长", "副市长")
SEARCHED = 40  # chunks in which a speaker's words are looked for
TOPIC_SHARE = 0.6  # of a topic's pairs of characters that a point and its headings hold
RELATED = 3
AROUND = 60  # characters before and after where somebody begins to speak, that say on what occasion

_DIRECTS = re.compile(
    r"(?<![主重紧只概摘简扼将首纲])要(?![求点素闻害么领旨义])|必须|务必|应(?:当|该|在|于|按)|须(?!知)|不得|不能|不准|不许|严禁|严肃|严格(?!的)|一律|决不|绝不|确保|请(?!示|求|假|教)|力争|坚决"
    r"|整改措施|整改要求|抓紧|尽快|加快|加强|强化|负责|[日月底]前[^，。；]{0,12}(?:完成|报|反馈|办结|落实|签|拨|提)|约谈|问责|限期|盯紧|压实|落实(?!情况)|做好|开展|推进(?!缓慢|情况|会)"
)
_SECTION = re.compile(r"要求|部署|措施|任务|打算|下一?步|意见|整改|保障|安排|举措|议定")
_NUMBERED = re.compile(
    r"[一二三四五六七八九十]{1,2}(?:是|要)|[（(]?[一二三四五六七八九十\d]+[）)、.]"
)
_COUNTED_POINTS = re.compile(
    r"[两一二三四五六七八九十\d](?:句话|点(?!\d)|条|件事|个(?:字|要求|方面))[。：:]?$"
)
# “三是资金。”: an opening that but names what the rest of its paragraph is about.
_BARE_TOPIC = re.compile(
    r"(?:第?[一二三四五六七八九十]{1,2}[是，,、]|[（(][一二三四五六七八九十\d]{1,2}[）)])"
    r"[^，,。；：:]{2,10}[。：:]?$"
)
# With what a speech opens: why the meeting is held, who spoke before.
_OPENS = re.compile(r"同志们|各位|今天|刚才|这次(?:会议|推进会)")
_EVERYONE = re.compile(
    r"^(?:各|有关|相关|全体|所有|全[区县市]|责任|大家|下属|基层|参会|与会|我们?|你们|干部|单位|部门|乡镇|街道|镇街|领导|党员|企业|个|级|和|及|、|的)+$"
)
_A_UNIT = re.compile(
    r"局|委(?![托员])|办(?![理法结事完])|政府|街道|公司|集团|中心|[镇乡](?![村镇])"
)
# What a meeting makes clear is to be done, in whatever words.
_A_MEETING = re.compile(r"会议?$")
_ONLY_OPENS = re.compile(r"关于[^，。；]{2,24}。?$")
_OCCASION = re.compile(r"在(?:[^在，。]{0,8}的)?(?P<at>[\u4e00-\u9fff]{1,10}会)(?:议)?上")
_SOME_POINTS = re.compile(r"(?:讲|谈|说|提出?|强调)(?:的|了)?哪?几(?:点|条|个方面)")
_PLAIN_WORDS = re.compile(r"项目|工作|建设|方面|问题|情况|事项|[的和与及、]")
# “资料上，镇里要……”, “在安全方面，……”: what a sentence turns to.
_TURNS_TO = re.compile(
    r"(?:在|关于|对于)?(?P<topic>[\u4e00-\u9fff]{2,8}?)(?:工作|问题|保障)?(?:上|方面)[，,]"
)
_SPEAKER = re.compile(
    r"(?P<name>[\u4e00-\u9fff]{2,3})(?=(?:同志|副?书记|副?[区县市镇乡局]长|副?主任)?(?:在[^，。？?]{2,24})?(?:最后|会上|会后|当时)?(?:又|都|还|具体|主要|着重)?(?:讲|说|强调|指出|要求|提出|提了|表示|部署|谈|对|汇报|反映|建议|介绍|怎么[看想]|有(?:什么|哪些)|什么(?:意见|看法)|的(?:意见|看法|观点|发言|汇报|建议)))"
)


@dataclass(frozen=True, slots=True)
class Text:
    """A document with who speaks in it, and which of its words are asked about."""

    file_id: int
    document: Document
    said: tuple[Saying, ...]
    chosen: tuple[Saying, ...]
    asked: bool = False  # whether the question names a speaker

    @property
    def speech(self) -> bool:
        """Whether the whole text is one person's words."""
        return len(self.said) == 1 and self.said[0].verb == "讲话"


def answer_sayings(
    asked: Asked, language: str, linked: Sequence[Mention], library: Library
) -> Draft | None:
    """Return what a named text or speaker demands or says, None where none is named."""
    names = names_in(asked.folded)
    texts = list(_texts(asked, linked, names, library))
    if not texts or len(linked) > 1:
        return None
    wanted = _concerns(asked, linked, library)
    if wanted is None:
        return None
    listed = None if wanted.unit else _announced(asked, texts, wanted.words, language, library)
    if listed is not None:
        return listed
    drafts = [(text, _points(asked, text, wanted, library)) for text in texts]
    full = [(text, points) for text, points in drafts if points]
    if not full and asked.sort == "demand" and any(t.chosen and t.asked for t in texts):
        # “罗县长有什么意见”: what is said need not demand anything.
        asked = replace(asked, sort="said")
        drafts = [(text, _points(asked, text, wanted, library)) for text in texts]
        full = [(text, points) for text, points in drafts if points]
    if not full and (told := _counted_there(asked, texts, library)):
        wanted = Concern("", False, lambda p: True)
        full = [(told, _points(replace(asked, sort="said"), told, wanted, library))]
    if not full:
        return _unnamed(asked, texts, wanted, language, library)
    draft = Draft(count=0)
    for text, points in full[:MOST_DOCUMENTS]:
        _add_text(draft, asked, text, points, wanted, language)
    return draft


def _announced(
    asked: Asked, texts: Sequence[Text], topic: str, language: str, library: Library
) -> Draft | None:
    """Return the points that a text counts itself (“提五条要求”), None where it does not.

    Of a topic only those whose paragraph opens with it (“再说工期。我讲三条要求：”).
    """
    found: list[tuple[Text, Announced]] = []
    for text in texts:
        content = library.content(text.file_id)
        lists = [
            one for one in announced_in(content, text.document, text.file_id)
            if (text.speech or _said_by(one, text, content.text))
            and (not topic or _opens_with(topic, one, content.text))
        ]  # fmt: skip
        one = chosen_list(lists, asked.folded, asked.sort == "demand")
        if one:
            found.append((text, one))
    if not found:
        return None
    draft = Draft(count=0)
    everything = Concern("", False, lambda p: True)
    for text, one in found[:MOST_DOCUMENTS]:
        head = _head(asked, text, len(one.points), everything, language)
        opens = Source(text.file_id, text.document.ordinal, one.start, one.end)
        draft.statements.append(replace(head, sources=(*head.sources, opens)))
        draft.statements += [line_of(point) for point in one.points]
        draft.count = (draft.count or 0) + len(one.points)
    return draft


def _opens_with(topic: str, one: Announced, words: str) -> bool:
    """Tell whether the paragraph that announces a list speaks of a topic before it.

    Of “施工安全” the last word says what it is about.
    """
    spans = word_spans(topic)
    last = topic[slice(*spans[-1])] if spans else topic
    opening = words[words.rfind("\n", 0, one.start) + 1 : one.start]
    return len(last) > 1 and last in opening


def _said_by(one: Announced, text: Text, words: str) -> bool:
    """Tell whether those who are asked about announce a list, by name or in what they say."""
    if not text.asked or speaker_at(list(text.chosen), one.start):
        return True
    opening = re.split("[。！？\n]", words[max(one.start - AROUND, 0) : one.start])[-1]
    return any(name in opening for name in persons(list(text.chosen)))


def names_in(folded: str) -> list[str]:
    """Return what may be names of speakers in a question."""
    return [m["name"] for m in _SPEAKER.finditer(folded) if is_name(m["name"])] + [
        m["name"][1:] for m in _SPEAKER.finditer(folded)
        if len(m["name"]) == 3 and is_name(m["name"][1:])
    ]  # fmt: skip


def _texts(
    asked: Asked, linked: Sequence[Mention], names: Sequence[str], library: Library
) -> Iterator[Text]:
    """Yield the texts that the question names, else those in which its speaker speaks."""
    if linked:
        named = [_text(d.file_id, d.document, asked, names, library) for d in linked[0].documents]
        # A speaker who says nothing there was heard on an occasion that is called alike.
        elsewhere = [] if any(t.chosen for t in named) else _of_speaker(asked, names, library)
        yield from elsewhere if any(_calls(asked, t) for t in elsewhere) else named
        return
    yield from _of_speaker(asked, names, library)


def _calls(asked: Asked, text: Text) -> bool:
    """Tell whether a question calls one of a text's speakers by name, with an office or without."""
    return bool(called(asked.folded, list(text.chosen))) or any(
        name in asked.folded for name in persons(list(text.chosen))
    )


def _of_speaker(asked: Asked, names: Sequence[str], library: Library) -> list[Text]:
    """Return the texts in which the speaker speaks whom a question names, the newest first."""
    roles = asked.roles or (LEADERS if asked.leader else ())
    if not roles and not names:
        return []
    asked = replace(asked, roles=roles)
    words = " ".join([*roles, *names, "讲话 指出 强调 要求"])
    found: dict[tuple[int, int], Text] = {}
    for stored in library.chunks([k for k, _ in library.search_words(words, SEARCHED)]).values():
        key = (stored.file_id, stored.chunk.document)
        if key not in found:
            document = library.content(stored.file_id).structure.documents[key[1]]
            found[key] = _text(stored.file_id, document, asked, names, library, strict=True)
    of = asked.leader.strip("*")
    fitting = [t for t in found.values() if t.chosen and any(of in s.who for s in t.chosen)]
    return sorted(fitting, key=lambda t: (t.document.date or "", t.speech), reverse=True)


def _text(
    file_id: int,
    document: Document,
    asked: Asked,
    names: Sequence[str],
    library: Library,
    strict: bool = False,
) -> Text:
    said = tuple(sayings(library.content(file_id), document))
    known = called(asked.folded, list(said)) or [
        name for name in dict.fromkeys(persons(list(said))) if name in names or name in asked.folded
    ]
    chosen = tuple(
        s for s in said
        if any(name in s.who for name in known)
        or (not known and any(is_role(s.who, role) for role in asked.roles))
    )  # fmt: skip
    chosen = _on_occasion(chosen, asked.folded, file_id, library) or chosen
    if not strict and not asked.roles and not known:
        chosen = tuple(s for s in said if asked.sort != "demand" or s.verb not in REPORTS)
    return Text(file_id, document, said, chosen, bool(asked.roles or known or asked.speech))


def _on_occasion(
    chosen: tuple[Saying, ...], folded: str, file_id: int, library: Library
) -> tuple[Saying, ...]:
    """Return what was said on the occasion that a question names, empty where it names none."""
    asked = _OCCASION.search(folded)
    text = library.content(file_id).text
    return tuple(
        s for s in chosen
        if asked and asked["at"] in fold(text[max(s.start - AROUND, 0) : s.start + AROUND])
    )  # fmt: skip


def _counted_there(asked: Asked, texts: Sequence[Text], library: Library) -> Text | None:
    """Return the text in which so many points were made on the occasion that is asked about.

    “就转入新年讲的几条” need not say in whose words the text tells what they were about.
    """
    if not _SOME_POINTS.search(asked.folded):
        return None
    fits = [
        text for text in texts
        if any(
            COUNTED.search(said.verb)
            for said in _on_occasion(text.chosen, asked.folded, text.file_id, library)
        )
    ]  # fmt: skip
    return fits[0] if len(fits) == 1 else None


@dataclass(frozen=True, slots=True)
class Concern:
    """For whom or what demands are wanted: ``words`` as asked, empty for all of them.

    ``turns`` tells of a point that it comes to another project or unit.
    """

    words: str
    unit: bool
    holds: Callable[[Point], bool]
    turns: Callable[[Point], bool] = lambda p: True


def _concerns(asked: Asked, linked: Sequence[Mention], library: Library) -> Concern | None:
    """Return which points are wanted; None where a topic is asked that is no plain matter."""
    words = asked.addressee.strip()
    for mention in linked:
        if words and (words in asked.folded[slice(*mention.span)]):
            words = ""
    words = re.sub(r"^(?:我们?)?(?:在)?", "", words)
    ledger = library.ledger
    names = UnitNames(ledger)
    asked_units = set(names.find(words or asked.folded))
    asked_units -= {u for m in linked for u in names.find(asked.folded[slice(*m.span)])}
    projects = [core for core, _ in whole_names(asked.folded, ledger)]
    if asked_units and (words or not linked):
        shown = words or "、".join(sorted(asked_units))
        return Concern(
            shown,
            True,
            lambda p: bool(asked_units & set(names.find(fold(p.text)))),
            lambda p: bool(_A_UNIT.search(p.text)),
        )
    if projects:
        shown = words or projects[0]
        return Concern(
            shown,
            True,
            lambda p: any(c in fold(_headed(p)) for c in projects),
            lambda p: bool(whole_names(fold(p.text), ledger)),
        )
    if not words or _EVERYONE.match(words):
        return Concern("", False, lambda p: True)
    if re.search(r"(?:局|委|办|部门|街道|镇|乡|公司|集团|中心|银行|企业)$", words):
        core = re.sub(r"^(?:区|县|市|各)", "", words)
        return Concern(words, True, lambda p: core in fold(p.text))
    pairs = set(units(_PLAIN_WORDS.sub(" ", words))) or set(units(words))
    return Concern(words, False, lambda p: _speaks_of(p, pairs))


def _headed(point: Point) -> str:
    return "\n".join([*(s.heading for s in point.above), point.text])


def _speaks_of(point: Point, pairs: set[str]) -> bool:
    over = [s.heading for s in point.above] + [lead.text for lead in point.under]
    said = set(units("\n".join([point.text, *over])))
    return len(pairs & said) >= TOPIC_SHARE * len(pairs)


def _points(asked: Asked, text: Text, wanted: Concern, library: Library) -> list[Point]:
    """Return the points asked for, in the text's order."""
    points = [p for p in all_points(text.file_id, text.document, library) if not p.row]
    whole = points
    if text.said and (text.asked or not _is_notice(text.document)):
        within = list(text.chosen or (text.said if text.speech else ()))
        points = _spoken(points, within, text, library)
    topical = [] if wanted.unit or not wanted.words else _of_topic(points, wanted.words, library)
    if asked.sort == "demand":
        # All that is said under an opening that demands is part of the demand.
        points = [
            p for p in points
            if _is_demand(p, text)
            or (wanted.words and any(_announces(o) and wanted.holds(o) for o in p.under))
        ]  # fmt: skip
    found = [p for p in points if wanted.holds(p)]
    if topical:
        found = sorted({p.start: p for p in [*topical, *found]}.values(), key=lambda p: p.start)
    return _with_rest(found, whole, wanted, library) if wanted.unit else found


def _of_topic(points: Sequence[Point], topic: str, library: Library) -> list[Point]:
    """Return the points of the sentences that turn to a topic (“工期上，……；……。”), whole."""
    found: list[Point] = []
    for point in points:
        turned = _TURNS_TO.match(point.text)
        goes_on = found and _same_sentence(found[-1], point, library)
        if goes_on or (turned and (turned["topic"] in topic or topic in turned["topic"])):
            found.append(point)
    return found


def _with_rest(
    found: Sequence[Point], points: Sequence[Point], wanted: Concern, library: Library
) -> list[Point]:
    """Return points with what their sentences go on to say, up to where these come to another."""
    starts = {p.start for p in found}
    whole: list[Point] = []
    for point in points:
        last = whole[-1] if whole else None
        goes_on = last is not None and _same_sentence(last, point, library)
        if point.start in starts or (goes_on and not wanted.turns(point)):
            whole.append(point)
    return whole if len(whole) >= len(found) else list(found)


def _same_sentence(a: Point, b: Point, library: Library) -> bool:
    between = library.content(a.file_id).text[a.end : b.start]
    return bool(re.fullmatch(r"[；;\s]*[；;][；;\s]*", between))


def _announces(opening: Point) -> bool:
    """Tell whether an opening demands, says how many points follow, or is a topic by itself.

    “安全方面，三句话。”, “三是资金。”
    """
    bare = _COUNTED_POINTS.search(opening.text) or _BARE_TOPIC.match(opening.text)
    return is_directive(opening) or bool(bare)


def _spoken(
    points: Sequence[Point], within: Sequence[Saying], text: Text, library: Library
) -> list[Point]:
    """Return the points that are said; of one in which somebody begins to speak, that part."""
    reading = library.content(text.file_id).structure.reading
    found: list[Point] = []
    for point in points:
        begun = [s for s in within if point.start < s.start < point.end]
        if speaker_at(list(within), point.start):
            found.append(point)
        elif begun:
            start, end = begun[0].start, min(point.end, begun[0].end)
            found.append(replace(point, start=start, end=end, text=reading.view(start, end).text))
    return found


def all_points(file_id: int, document: Document, library: Library) -> list[Point]:
    """Return every point of a document below its title."""
    start = document.title_end or document.start
    content = library.content(file_id)
    points = points_of(content, document, file_id, start, document.end)
    return with_leads(points, list(paragraphs(content, document, start, document.end)))


def said_points(file_id: int, document: Document, library: Library) -> list[Point]:
    """Return the points of a text that are said in it: of a meeting's report, what was spoken."""
    points = [p for p in all_points(file_id, document, library) if not p.row]
    said = sayings(library.content(file_id), document)
    if not said or _is_notice(document):
        return points
    return [p for p in points if speaker_at(said, p.start)]


def demands_of(file_id: int, document: Document, library: Library) -> list[Point]:
    """Return the points of a text that say what is to be done."""
    said = tuple(sayings(library.content(file_id), document))
    said = tuple(s for s in said if s.verb not in REPORTS) or said
    text = Text(file_id, document, said, said)
    return [p for p in said_points(file_id, document, library) if _is_demand(p, text)]


def _is_notice(document: Document) -> bool:
    """Tell whether a document speaks for its issuer, whoever it quotes."""
    title = document.title
    if "纪要" in title:
        return True
    return bool(re.search(r"通知|通报|计划|方案|总结|报告", title)) and not re.search(
        r"会$|会议|召开|大会", title
    )


def _is_demand(point: Point, text: Text) -> bool:
    said = speaker_at(list(text.said), point.start)
    numbered = _NUMBERED.match(point.text)
    if said and not text.speech and said.verb in ("要求", "希望", "指示") and numbered:
        return True
    if said and said.verb in ("明确", "要求") and _A_MEETING.search(said.who):
        return not _ONLY_OPENS.match(point.text)
    return is_directive(point)


def is_directive(point: Point) -> bool:
    """Tell whether a point says what is to be done, by its heading or by its words."""
    if _OPENS.match(point.text):
        return False
    # “四季度工作安排：一是……；二是……”: a lead-in is the heading of its points.
    heads = [s.heading for s in point.above] + [o.text for o in point.under if o.led]
    return any(map(_SECTION.search, heads)) or bool(_DIRECTS.search(point.text))


def _add_text(
    draft: Draft, asked: Asked, text: Text, points: Sequence[Point], wanted: Concern, language: str
) -> None:
    """Add the points of one text under a line that says whose they are."""
    wrong = _premise(asked, text, language)
    if wrong:
        draft.statements.append(wrong)
    shown = points[:MOST_POINTS]
    tops = list(dict.fromkeys(p.above[0] for p in points if p.above))
    all_tops = [s for s in text.document.sections if s.parent is None] if text.speech else []
    tops = all_tops if not wanted.words else tops
    counted = len(tops) if len(tops) > 1 and POINTS_COUNTED.search(asked.folded) else len(points)
    head = _head(asked, text, len(points), wanted, language)
    draft.statements.append(replace(head, sources=(*head.sources, *_openings(shown, wanted))))
    draft.statements += _lines(text, shown, all_tops if not wanted.words else [])
    if text.asked and any(s.carried and speaker_at([s], p.start) for s in text.said for p in shown):
        draft.notes.append(render("texts_carried", language, title=text.document.title))
    if len(points) > len(shown):
        draft.statements.append(more_line(len(points) - len(shown), language))
    draft.count = (draft.count or 0) + counted


def _openings(points: Sequence[Point], wanted: Concern) -> tuple[Source, ...]:
    """Return where the openings stand that say of the points what they are about."""
    if not wanted.words or wanted.unit:
        return ()
    found = [o.source for p in points for o in p.under if wanted.holds(o)]
    return tuple(dict.fromkeys(found))[:RELATED]


def more_line(left: int, language: str) -> Statement:
    """Return the line that says how many points were left out."""
    text = render("texts_more", language, count=left)
    return Statement(text, computed=frozenset({str(left)}))


def _premise(asked: Asked, text: Text, language: str) -> Statement | None:
    """Return the line that says who speaks, where the question names another."""
    if not asked.roles or text.chosen or not text.said:
        return None
    said = text.said[0]
    roles = "/".join(asked.roles)
    line = render(
        "texts_speaker", language, title=escape(text.document.title), who=escape(said.who),
        asked=escape(roles),
    )  # fmt: skip
    return Statement(line, (Source(text.file_id, text.document.ordinal, *said.named),))


def _head(asked: Asked, text: Text, count: int, wanted: Concern, language: str) -> Statement:
    document = text.document
    whose, sources = "", [title_source(text.file_id, document)]
    speakers = {s.who: s for s in (text.chosen or text.said)}
    if len(speakers) == 1:
        said = next(iter(speakers.values()))
        whose = escape(said.who)
        spans = [said.named, *([said.opens] if said.opens else [])]
        sources += [Source(text.file_id, document.ordinal, *span) for span in spans]
    about = "" if not wanted.words else escape(wanted.words)
    name = ("texts_demands" if asked.sort == "demand" else "texts_said") + ("_of" if about else "")
    variables = {"about": about} if about else {}
    whose = f"（{whose}）" if whose and language == "zh" else f" ({whose})" if whose else ""
    line = render(name, language, title=escape(document.title), who=whose, count=count, **variables)
    return Statement(line, tuple(sources), computed=frozenset({str(count)}))


def title_source(file_id: int, document: Document) -> Source:
    """Return where a document's title stands, its first words where it has none."""
    if document.title_start is None or document.title_end is None:
        return Source(
            file_id, document.ordinal, document.start, min(document.start + 1, document.end)
        )
    return Source(file_id, document.ordinal, document.title_start, document.title_end)


def _lines(text: Text, points: Sequence[Point], tops: Sequence[Section]) -> Iterator[Statement]:
    """Yield the points with the headings and speakers over them, each named once.

    The main headings of a speech (``tops``) are points of it, even with none below.
    """
    opened: set[int] = set()
    speaker = ""
    several = len({s.who for s in (text.chosen or text.said)}) > 1
    for point in points:
        said = speaker_at(list(text.said), point.start)
        if several and said and said.who != speaker:
            speaker = said.who
            source = Source(text.file_id, text.document.ordinal, *said.named)
            yield Statement(f"**{escape(said.who)}**：", (source,))
        before = [s for s in tops if s.start < point.start]
        for section in sorted({*before, *point.above}, key=lambda s: s.start):
            if section.start not in opened:
                opened.add(section.start)
                yield heading_line(section, point)
        yield from leads_in(point, opened)
        yield line_of(point)


def _unnamed(
    asked: Asked, texts: Sequence[Text], wanted: Concern, language: str, library: Library
) -> Draft | None:
    """Return a refusal where a text is there but says nothing to the one asked about."""
    silent = [t for t in texts if asked.roles and t.said and not t.chosen and not t.speech]
    if silent:
        speakers = "、".join(dict.fromkeys(s.who for s in silent[0].said))
        detail = render(
            "texts_silent", language, title=escape(silent[0].document.title),
            asked=escape("/".join(asked.roles)), speakers=escape(speakers),
        )  # fmt: skip
    elif wanted.unit:
        titles = "、".join(f"《{escape(t.document.title)}》" for t in texts)
        detail = render("texts_unnamed", language, titles=titles, who=escape(wanted.words))
    else:
        return None
    everything = Concern("", False, lambda p: True)
    points = [p for t in texts for p in _points(asked, t, everything, library)]
    text = render("refusal", language, detail=detail)
    draft = Draft([Statement(text)], refused=True)
    draft.related = [p.source for p in points[:RELATED]]
    return draft
