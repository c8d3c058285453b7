"""Who answers for listed projects, as running text says it: before, behind, or with a count.

All spans are offsets into a View's clean text.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from index.ledger.names import looks_named
from index.ledger.prose import HAS, chinese_count
from index.ledger.records import Span
from index.ledger.units import are_units, is_region, is_strong_unit

_COUNT = r"(?:\d+|[一二两三四五六七八九十]+)"
_DOES = (
    r"(?:负责|牵头|承担|承建|承办|主管|主抓|包抓|实施|组织|具体|建设|推进|代建|自建|服务|管理?|抓)"
)
# Between an owner and the number of its projects: “也有”, “这边”, “占了”, “服务的企业项目”.
OWNS = (
    r"(?:也|还|则|就|又|共|各自?|都|一共|名下|手[里上头]|这边|那边|这里|这一?块|方面|占了|占去|"
    r"(?:负责|牵头|承担|实施|服务|包联|主管|主抓|分管|抓|管)的?|(?:企业|政府|政府投资|社会投资)?项目)*(?:有|占|是|计)?"
)
_WORDS = r"(?P<unit>[^，。；、：:（）()“”《》的]{2,20}?)"
# “责任单位区交通局”, “由区水务局牵头” as a clause of its own.
LABELLED_OWNER = re.compile(
    r"(?:以上)?(?:[两三四五六七八九十\d]+[个项])?(?:项目)?(?:均|都|皆|同|全部)*(?:(?:责任|牵头|实施|建设|主管|主责|承办|项目|业主)(?:单位|部门|主体|方)(?:是|为|系)?[：:]?"
    rf"|由|归|属于?)(?P<unit>[^，。；、：:（）()]{{2,20}}?){_DOES}*$"
)
_SAYS = re.compile(r"\d[月日]|移交|转为|完成|开工|竣工")
_NO_OWNER = re.compile(
    r"另|全[省市县区镇乡州旗]|[均都皆由]|分别|包括|具体|其中|主要|涉及|[是为有]|目前|截至"
)
_COUNTED = re.compile(
    rf"{_WORDS}{OWNS}(?P<number>{_COUNT})\s*(?:个|项|件)"
    r"(?:项目|工程)?(?:[^，。；：:、（）()]{0,10}[，,：:]|(?=为|是|即|分别))\s*(?:分别)?(?:为|是|即|包括|有)?[：:，,]?"
)
# “某产业园今年收获较多，”, “某局方面，”: a clause that but says whose the projects behind it are.
_LEADING = re.compile(
    rf"{_WORDS}(?:方面|今年|近期|目前|本[月季]|上半年|[这]一?块|进展|推进|收获|任务)[^，。；、：:（）()]{{0,12}}?[，,：:]"
)
# “市水利局——”, “市水利局　”: a dash or a space parts an owner from what is its own.
_APART = r"(?:\s*[：:]|\s*(?:——|－－|--|[|｜])\s*|[ \t\u3000]+)"
_OWNING = re.compile(
    rf"(?:由)?{_WORDS}{_DOES}*的(?=[^，。；、]{{2}})"
    rf"|{_WORDS.replace('unit', 'doer')}(?:建成|完成|实施|承建)了(?=[^，。；、]{{4}})"
    rf"|{_WORDS.replace('unit', 'same')}{_APART}"
    rf"|{_WORDS.replace('unit', 'holder')}{HAS}(?=[^，。；、]{{3}})"
)
# “由市水利局建成某水库、某泵站”: who has done what follows.
_DONE_BY = re.compile(
    rf"由{_WORDS}(?:负责|牵头)?(?:新建|建成|建好|交付|完工|竣工|投用|新开工|开工)(?:了|的)?(?=[^，。；、]{{3}})"
)
# “某综合体和区文旅局的某中心”: the last name before it, and the owner of the next.
_JOINS_OWNER = re.compile(r"(?<=..)(?:和|与|及)(?=[省市县区州][^的]{2,}$)")
# What units are of which kind, and none of them: “学校和医院3个”.
_KINDS_ONLY = re.compile(
    r"(?:(?:学校|医院|公园|水库|农场|林场|园区|街道|乡镇|企业|学院|大学|中心)(?:、|以及|和|及|与|$))+"
)
# A park can be a project or have projects of its own: only “的” behind it shows the latter.
_PARK = re.compile(
    r"[\u4e00-\u9fff]{2,8}(?:物流|科技|软件|创业|创新|保税|商贸|食品|化工|港口|港)(?:园|园区|港区|区)"
)
# “同园区的”, “同在该镇的”: whose the project before it is.
SAME = re.compile(
    r"(?:同在|同属|也在|还是)?(?:该|同一?|本)(?:园区|片区|单位|部门|局|镇|乡|街道|公司|集团)"
)
_NAME_END = re.compile(r"[（(，,。；;：:、]")
_HEADING = re.compile(
    rf"{_WORDS}(?:\s*[，,（(]?\s*(?:共|计|有)?(?P<number>{_COUNT})\s*[个项件处座台](?:项目|工程)?[）)]?)?"
    rf"(?:{_APART}|(?<=[个项件处座台目程）)])。)\s*"
)
_BEHIND = re.compile(
    rf"(?:(?:等)?(?:[两三四五六七八九十\d]+[个项处])?(?:项目)?(?:均|都|皆|同)?(?:由|归|属于?)|[，,]?\s*以上(?:均|都)?(?:由|归|属于?|为)?)(?P<unit>[^，。；、：:（）()的]{{2,20}}?){_DOES}*$"
)


# “区水务中心（主管道未贯通）”, “区水务中心负责”: a clause that is but the owner.
_BARE = re.compile(
    rf"(?P<unit>[^，。；、：:（）()“”《》的]{{2,20}}?)(?P<does>{_DOES}*)(?:[（(](?P<said>[^（）()]+)[）)])?$"
)
# What any project has, and none is: its drawings, papers, money, land.
_OWN_THING = re.compile(
    r"(?:施工|设计)?(?:图纸?|方案)|(?:环评|可研|初设|用地|规划|施工|前期|审批|招标)(?:手续|报告|批复|许可|审批|图|方案)?"
    r"|(?:专项|建设|配套|补助)?(?:债券|资金|贷款|经费)|土地|拆迁|征地|征拆|管线|设备|合同|进度|工期|选址|原址|施工方|总包"
)
# “县住建局某路改造”: an office of one's own in front of a name, and nothing between.
_GLUED = re.compile(
    r"(?P<unit>[省市县区州][\u4e00-\u9fff]{1,8}?(?:局|委|公司|集团|管委会|指挥部))(?=[^，。；、的等]{4})"
)


@dataclass(frozen=True, slots=True)
class OwnerClause:
    """A clause that names the owner of what stands before it; ``said`` is told of that."""

    unit: Span
    said: Span | None


@dataclass(frozen=True, slots=True)
class CountedOwner:
    """An owner with the number of its projects (“区交通局2个，为”), and where these begin."""

    unit: Span
    number: int
    end: int


def leading_owner(text: str, start: int, end: int) -> tuple[Span, int] | None:
    """Return the owner that a clause of its own leads projects in with, and where these begin."""
    for match in _LEADING.finditer(text, start, end):
        if match.start() == start and match.end() < end and _can_own(match["unit"]):
            return match.span("unit"), match.end()
        break
    return None


def _can_own(words: str) -> bool:
    return is_owner(words) or bool(_PARK.fullmatch(words))


def is_owner(words: str) -> bool:
    """Tell whether words name who can answer for a project."""
    owns = is_strong_unit(words) or is_region(words) or are_units(words)
    if "以及" in words and not are_units(words):
        return False  # “某大道以及某局”: the last name before it, and another's owner
    joint = _JOINS_OWNER.search(words)
    if joint and not are_units(words[: joint.start()]) and is_strong_unit(words[joint.end() :]):
        return False
    if _KINDS_ONLY.fullmatch(words):
        return False
    return owns and not _NO_OWNER.match(words) and not _SAYS.search(words)


def counted_owner(text: str, start: int, end: int) -> CountedOwner | None:
    """Return the owner with a count that the words at ``start`` name."""
    match = _COUNTED.match(text, start, end)
    if match is None or match.end() >= end or not _can_own(match["unit"]):
        return None
    return CountedOwner(match.span("unit"), chinese_count(match["number"]), match.end())


def owner_before(text: str, start: int, end: int) -> tuple[Span, int] | None:
    """Return the owner that heads names (“区住建局的”), and where the names begin."""
    match = _OWNING.match(text, start, end)
    group = next((g for g in ("unit", "doer", "same", "holder") if match and match[g]), "same")
    if match and match["unit"] and _is_built(match["unit"]) and _OWN_THING.match(text, match.end()):
        return None  # “某雨水泵站的|施工图改了两遍”: what is said of the station
    if match and group == "holder" and _OWN_THING.match(text, match.end(), end):
        return None  # “某局有资金缺口”
    if match and match.end() < end and (is_owner(match[group]) or _is_beside(match)):
        return match.span(group), match.end()
    for pattern in (_DONE_BY, _GLUED):
        match = pattern.match(text, start, end)
        named = match and looks_named(_NAME_END.split(text[match.end() : end])[0])
        if match and named and is_owner(match["unit"]):
            return match.span("unit"), match.end()
    return None


def _is_built(words: str) -> bool:
    """Tell whether words may as well name what is built as who answers for it (“某泵站”)."""
    return looks_named(words) and not is_strong_unit(words)


def _is_beside(match: re.Match[str]) -> bool:
    """Tell whether a park, or “the same park”, owns what “的” joins to it."""
    words = match["unit"]
    return bool(words and (_PARK.fullmatch(words) or SAME.fullmatch(words)))


def owner_clause(text: str, start: int, end: int) -> OwnerClause | None:
    """Return the owner that a whole clause names: “由区水务局牵头”, “区水务局（管线未迁）”."""
    labelled = LABELLED_OWNER.match(text, start, end)
    # “责任单位市档案馆” names one, “建设单位资金周转困难” tells of one.
    if labelled and (is_owner(labelled["unit"]) or labelled["unit"][0] in tuple("省市县区州")):
        return OwnerClause(labelled.span("unit"), None)
    bare = _BARE.match(text, start, end)
    if bare is None or not is_owner(bare["unit"]):
        return None
    sure = is_strong_unit(bare["unit"]) or is_region(bare["unit"])
    if not (bare["does"] or bare["said"] or sure):
        return None
    return OwnerClause(bare.span("unit"), bare.span("said") if bare["said"] else None)


def line_owner(text: str, start: int, end: int) -> CountedOwner | None:
    """Return the owner that a line begins with, and how many projects it says are its own.

    “1. 某局，2个。”, “◆某局　”, “某局——”; the number is 0 where the line gives none.
    """
    match = _HEADING.match(text, start, end)
    if match is None or match.end() >= end or not is_owner(match["unit"]):
        return None
    number = chinese_count(match["number"]) if match["number"] else 0
    return CountedOwner(match.span("unit"), number, match.end())


def owner_behind(text: str, start: int, end: int) -> tuple[Span, int] | None:
    """Return the owner said behind names (“由区住建局实施”), and where the names end."""
    for match in _BEHIND.finditer(text, start + 2, end):
        if is_owner(match["unit"]):
            return match.span("unit"), match.start()
    return None
