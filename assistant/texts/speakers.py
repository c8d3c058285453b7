"""Who says what in a text: a speech is its speaker's, a report of a meeting quotes several."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, replace

from assistant.evidence import paragraphs
from index.database import FileContent
from index.headings import numbering_of
from index.records import Document, Section, View
from index.sentences import sentences

Span = tuple[int, int]
WHERE_ATTENDED = 200  # characters of a paragraph among which it says that it tells of attendance
BYLINE_LINES = 6  # paragraphs after the title among which a speech names its speaker

_ROLE_WORD = (
    r"(?:副?书记|副?区长|副?县长|副?市长|副?镇长|副?乡长|副?省长|副?州长|副?局长|副?主任|副?主席|副?部长|副?厅长|副?院长"
    r"|副?会长|副?组长|副?校长|副?处长|副?科长|副?主委|副?检察长|董事长|总经理|秘书长|负责人|领导|总指挥|总工程师)"
)
_ROLES = rf"(?:[\u4e00-\u9fff]{{0,12}}?{_ROLE_WORD}(?:[、，]\s*)?)+"
_NAME = r"(?:[\u4e00-\u9fff]{2,3}|[*＊]{1,3})"
_BYLINE = re.compile(rf"^(?P<role>{_ROLES})[\s　：:]*(?P<name>{_NAME})?(?:同志)?$")
_TITLED = re.compile(
    r"^(?P<who>[^，。在]{2,24}?)(?:同志)?在[^，。]{2,40}(?:的)?(?:讲话|致辞|发言|动员)"
)
SPEECH = re.compile(r"讲话|致辞|发言(?!权)|致词")
_VERB = (
    r"(?P<verb>指出|强调|要求|表示|提出|明确|认为|希望|指示|批示|说|汇报|反映|介绍|建议|补充|提议)"
)
# What is told to a meeting, which asks nothing of anybody.
REPORTS = frozenset({"汇报", "反映", "介绍"})
COLON = "："  # how a line of minutes names its speaker
_BETWEEN = r"(?:在[^，。；]{0,16}(?:中|上|时|里)|最后|随后|接着|会后|还|又|再次|同时|着重|特别|进一步|代表[^，。；]{2,16}){0,3}"
_NUMBER = r"[（(]?[一二三四五六七八九十\d]{1,3}[）)、.．]"
_SAYS = re.compile(
    rf"(?:^(?:{_NUMBER})?|[，,；;：:])\s*(?:(?:会上|随后|最后|座谈会上|会议最后|期间)[，,]?)?(?P<who>(?:{_ROLES})?{_NAME}(?:{_ROLE_WORD}|同志)?|{_ROLES}"
    rf"|他|她|[\u4e00-\u9fff]{{0,14}}(?:会议|大会|推进会|座谈会|会|局|委|办|政府|中心|街道|公司|集团))"
    rf"{_BETWEEN}{_VERB}(?=[，,：:“]|(?<!汇报)(?<!反映)(?<!介绍)(?<!建议)(?<!补充)(?<!提议)(?:[各全要]|$))"
)
_HOLDS = re.compile(
    rf"(?P<who>(?:{_ROLES})?{_NAME}(?:{_ROLE_WORD}|同志)?)(?:在[^，。]{{0,16}})?(?:对[^，。]{{2,30}})?"
    r"(?P<verb>(?:作|做|发表|进行)(?:了)?(?:[^，。]{0,40}?)?(?:讲话|动员|部署|安排|总结))"
)
# “区长王某在年终会上就转段工作讲了五条：第一，…”: the points are counted before they are told.
_COUNTS = re.compile(
    rf"(?P<who>(?:{_ROLES})?{_NAME}(?:{_ROLE_WORD}|同志)?)(?:在[^，。；]{{2,20}}?[上中时里])?(?:[就对围绕][^，。；]{{2,24}}?)?(?:最后|会上|随后|又)?"
    r"(?P<verb>(?:讲|谈|说|提出?|强调)了?[一二三四五六七八九十两\d]{1,2}(?:点|条|个方面|方面|项)(?:意见|要求|建议|看法|想法)?)(?=[：:，,。])"
)
COUNTED = re.compile(r"[一二三四五六七八九十两\d](?:点|条|个?方面|项)")  # of how it was said
_CHAIR = re.compile(
    rf"(?:主持人?|召集人)[：:]\s*(?:{_ROLES})?(?P<name>[\u4e00-\u9fff]{{2,3}})(?=[（(，,、。\s]|$)"
    rf"|{_ROLE_WORD}(?P<who>[\u4e00-\u9fff]{{2,3}})(?:同志)?(?:在[^，。]{{2,30}})?(?:主持|召集)",
    re.MULTILINE,
)
# A sentence that tells what went on is nobody's words.
_NARRATES = re.compile(
    r"(?:参加|出席|列席)(?:了)?(?:会议|活动|座谈|观摩|推进会)?[。，]?$|参加(?:了)?(?:会议|活动|座谈|观摩)|(?:主持|召集)(?:了)?(?:会议|召开|座谈)?[。，]|主持(?:会议|召开)"
    r"|作(?:了)?(?:表态|交流|专题|典型)?(?:发言|汇报)|(?:通报|汇报|宣布)了|共\d+余?人"
)
_SURNAMES = frozenset(
    "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜戚谢邹喻柏水窦章云苏潘葛奚范彭郎鲁韦昌马苗"
    "凤花方俞任袁柳酆鲍史唐费廉岑薛雷贺倪汤滕殷罗毕郝邬安常乐于时傅皮卞齐康伍余元卜顾孟平黄和穆萧尹姚邵湛汪祁毛"
    "禹狄米贝明臧计伏成戴谈宋茅庞熊纪舒屈项祝董梁杜阮蓝闵席季麻强贾路娄危江童颜郭梅盛林刁钟徐邱骆高夏蔡田樊胡凌"
    "霍虞万支柯管卢莫房裘缪干解应宗丁宣邓郁单杭洪包诸左石崔吉龚程邢裴陆荣翁荀羊惠甄曲家封芮储靳段焦巴牧山谷车侯"
    "宓全班仰秋仲伊宫宁仇栾甘厉戎祖武符刘景詹束龙叶幸司韶黎薄印宿白怀蒲从索咸籍赖卓蔺屠蒙池乔阴胥能苍双闻党翟"
    "谭贡劳逄姬申扶堵冉宰雍桑桂牛寿通边扈燕冀浦尚农温别庄晏柴瞿阎充慕连习艾容向古易慎戈廖庾终暨居衡步都耿满"
    "弘匡国文寇广禄阙东欧利师巩聂关肖闫付代邸仝"
)


@dataclass(frozen=True, slots=True)
class Saying:
    """What one speaker says, from ``start`` to ``end``.

    ``who`` is the speaker as the text first names them with their office (“副区长林可为”),
    at the canonical span ``named``. ``carried`` tells that the text masks the name
    or says “他”, so that it was taken from before. ``verb`` is how it is said.
    """

    start: int
    end: int
    who: str
    named: Span
    verb: str
    carried: bool = False
    opens: Span | None = None


def sayings(content: FileContent, document: Document) -> list[Saying]:
    """Return who says what in a document, in order; a speech is one saying."""
    own = _byline(content, document)
    if own:
        return [own]
    found: list[Saying] = []
    body = document.title_end or document.start
    present = _present(content, document)
    level: int | None = None  # of the numbered paragraph in which somebody began to speak
    for start, end in paragraphs(content, document, body, document.end):
        view = content.structure.reading.view(start, end)
        line = _LINE_OF.match(view.text)
        if line and _is_present(line["who"], present):
            named = view.span(line.start("who"), line.end("who"))
            found.append(Saying(start, end, line["who"], named, COLON))
            found.append(Saying(end, end, "", (start, start), _OVER))
            continue
        number = numbering_of(view.text)
        reported = bool(found) and found[-1].verb in REPORTS
        if found and number and (reported or (level is not None and number.level <= level)):
            found.append(Saying(start, start, "", (start, start), _OVER))
        size = len(found)
        found = _read_paragraph(view, found)
        if len(found) > size and found[-1].verb != _OVER:
            level = number.level if number else None
    return _with_offices(content, document, [s for s in found if s.end > s.start])


_LINE_OF = re.compile(
    rf"(?P<who>(?:{_ROLES})?[\u4e00-\u9fff]{{2,4}}?)(?:（[^（）]{{2,16}}）)?[：:](?=\S)"
)
_ATTENDS = re.compile(r"主持|出席|列席|参加|参会|与会|到会|请假")


def _present(content: FileContent, document: Document) -> str:
    """Return the lines of minutes that say who was there."""
    if not re.search(r"纪要|记录", document.title):
        return ""
    body = document.title_end or document.start
    views = (
        content.structure.reading.view(*span).text
        for span in paragraphs(content, document, body, document.end)
    )
    return "\n".join(text for text in views if _ATTENDS.search(text[:WHERE_ATTENDED]))


def _is_present(who: str, present: str) -> bool:
    """Tell whether the words before a colon are one who was at the meeting."""
    if not present or _ATTENDS.search(who):
        return False
    name = re.search(rf"(?:{_ROLE_WORD}|^)(?P<name>[\u4e00-\u9fff]{{2,3}})$", who)
    return bool(name) and name["name"] in present and is_name(name["name"])  # type: ignore[index]


def chair_of(content: FileContent, document: Document) -> str:
    """Return the name of who chairs the meeting of some minutes, empty where they do not say."""
    view = content.structure.reading.view(document.start, document.end)
    match = _CHAIR.search(view.text)
    name = (match["name"] or match["who"]) if match else ""
    return name if is_name(name) else ""


def _byline(content: FileContent, document: Document) -> Saying | None:
    """Return the one saying of a speech, with the line that names its speaker."""
    if not SPEECH.search(document.title):
        return None
    titled = _TITLED.match(document.title)
    start = document.title_end or document.start
    if titled and _is_person(titled["who"]) and document.title_start is not None:
        who, at = titled["who"], document.title_start
        return Saying(start, document.end, who, (at, at + len(who)), "讲话")
    for place, (a, b) in enumerate(paragraphs(content, document, start, document.end)):
        if place >= BYLINE_LINES:
            break
        text = content.structure.reading.view(a, b).text.strip()
        match = _BYLINE.match(text)
        if match:
            return Saying(b, document.end, text, (a, b), "讲话")
    return None


def _read_paragraph(view: View, before: list[Saying]) -> list[Saying]:
    """Return the sayings so far with those of one more paragraph."""
    found = list(before)
    for place, (a, b) in enumerate(sentences(view)):
        text = view.text[a:b]
        start, end = view.span(a, b)
        said = _said(view, a, text)
        if said:
            found.append(_taken_up(said, found))
        elif found and not (
            _NARRATES.search(text) or (place == 0 and (_sets_out(text) or _held(found[-1])))
        ):
            last = found[-1]
            if last.verb != _OVER:
                found[-1] = replace(last, end=end)
        elif found and found[-1].verb != _OVER:
            found.append(Saying(end, end, "", (start, start), _OVER))
    return found


def _held(said: Saying) -> bool:
    """Tell whether a speech was only told of: what a further paragraph says may be another's."""
    return bool(_HELD.match(said.verb))


_HELD = re.compile(r"[作做发进]")
_OVER = "—"  # the words of a speaker are over


def _sets_out(text: str) -> bool:
    """Tell whether a paragraph begins anew, telling of a time or a place."""
    return bool(
        re.match(
            r"^(?:\d{1,2}月|近日|日前|当日|当天|截至|会前|会后|座谈会由|会议由|随后[，,])", text
        )
    )


def _said(view: View, at: int, text: str) -> Saying | None:
    """Return the saying that a sentence opens, or None."""
    for pattern in (_SAYS, _COUNTS, _HOLDS):
        for match in pattern.finditer(text):
            who = re.sub(r"(?:同志|最后|随后|接着)$", "", match["who"])
            if pattern is not _SAYS and not _is_person(who):
                continue
            if _is_speaker(who):
                a, b = at + match.start("who"), at + match.start("who") + len(who)
                begin = view.offsets[at + match.start("who")]
                end = view.span(at, at + len(text))[1]
                opens = view.span(a, at + match.end("verb")) if pattern is _COUNTS else None
                return Saying(begin, end, who, view.span(a, b), match["verb"], opens=opens)
    return None


def _is_person(who: str) -> bool:
    return bool(re.search(_ROLE_WORD, who)) or is_name(who)


def _is_speaker(who: str) -> bool:
    if who in ("他", "她"):
        return True
    if re.search(rf"{_ROLE_WORD}", who):
        return True
    if re.search(r"(?:会议|大会|推进会|座谈会|会|局|委|办|政府|中心|街道|公司|集团)$", who):
        return not re.search(
            r"(?:机会|社会|一定会|都会|不会|将会|才会|也会|只会|照办|交办|督办)$", who
        )
    return is_name(who)


def is_name(word: str) -> bool:
    """Tell whether a word is a person's name: a surname and one or two characters, or a mask."""
    if word in ("应该", "可以", "都是", "和谐", "于是", "时任", "同时", "方面", "文件", "党委"):
        return False
    return bool(re.fullmatch(r"[*＊]{1,3}", word)) or (
        2 <= len(word) <= 3
        and word[0] in _SURNAMES
        and not re.search(r"[各要的是在有了与和]", word)
    )


def _masked(who: str) -> bool:
    return bool(re.fullmatch(r"[*＊]{1,3}|他|她", who))


def _taken_up(said: Saying, before: list[Saying]) -> Saying:
    """Return a saying by “他” or a bare mask as its speaker's before."""
    if not _masked(said.who):
        return said
    last = next((s for s in reversed(before) if s.who and _is_person(s.who)), None)
    if last is None:
        return said
    return replace(said, who=last.who, named=last.named, carried=True)


def _with_offices(content: FileContent, document: Document, found: list[Saying]) -> list[Saying]:
    """Name each speaker with the office that the document gives somewhere."""
    view = content.structure.reading.view(document.start, document.end)
    known: dict[str, tuple[str, Span]] = {}
    told: list[Saying] = []
    for said in found:
        if not said.who or said.verb == _OVER:
            continue
        if not re.search(_ROLE_WORD, said.who) and is_name(said.who) and not _masked(said.who):
            if said.who not in known:
                match = re.search(rf"{_ROLES}{re.escape(said.who)}", view.text)
                where = (
                    (match.group(), view.span(*match.span())) if match else (said.who, said.named)
                )
                known[said.who] = _cleaned(*where)
            who, named = known[said.who]
            said = replace(said, who=who, named=named)
        told.append(said)
    return told


def _cleaned(words: str, span: Span) -> tuple[str, Span]:
    """Return an office and name without the words that ran into them (“会议由副区长…”)."""
    lead = re.match(r"(?:[^，、]*(?:由|和|及|与|是|对|请|受|经))?", words)
    cut = lead.end() if lead else 0
    if 0 < cut < len(words) - 1 and span[1] - span[0] == len(words):
        return words[cut:], (span[0] + cut, span[1])
    return words, span


def speaker_at(found: list[Saying], offset: int) -> Saying | None:
    """Return whose words stand at an offset."""
    place = bisect_right(found, offset, key=lambda s: s.start) - 1
    if place >= 0 and found[place].start <= offset < found[place].end:
        return found[place]
    return None


def persons(found: list[Saying]) -> Iterator[str]:
    """Yield the names of people among the speakers."""
    for said in found:
        match = re.search(
            rf"(?:{_ROLE_WORD}\s*|^)(?P<name>[\u4e00-\u9fff]{{2,3}})(?:{_ROLE_WORD})?$", said.who
        )
        if match and is_name(match["name"]):
            yield match["name"]


_CALLED = re.compile(
    rf"(?P<surname>[\u4e00-\u9fff])(?P<role>{_ROLE_WORD.replace('副?', '')})(?!办|信箱|热线)"
)


def called(folded: str, found: list[Saying]) -> list[str]:
    """Return the names of the speakers that are called by surname and office: “何市长”.

    As is the custom, a deputy is called without the 副.
    """
    names: list[str] = []
    for match in _CALLED.finditer(folded):
        for said in found:
            name = next(persons([said]), "")
            if name.startswith(match["surname"]) and match["role"] in said.who:
                names.append(name)
    return names


def is_role(who: str, role: str) -> bool:
    """Tell whether a speaker holds an office: 副区长 is no 区长, 纪委书记 is not 区委书记."""
    for match in re.finditer(rf"(?P<before>[\u4e00-\u9fff]{{0,6}}?){re.escape(role)}", who):
        before = who[: match.end() - len(role)]
        if role.startswith("副") or not before.endswith("副"):
            if role == "书记" and re.search(r"(?:纪委|政法委|团委|党工委|工委|支部|党组)$", before):
                continue
            return True
    return False


def heading_of(section: Section) -> str:
    """Return a heading without its number."""
    return re.sub(
        r"^\s*(?:第?[一二三四五六七八九十\d]+[章节部分条、.．）)]+|[（(][一二三四五六七八九十\d]+[）)])\s*",
        "",
        section.heading,
    )
