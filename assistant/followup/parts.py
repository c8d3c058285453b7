"""The facets that a question names, and where: what a follow-up keeps or changes."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from assistant.ledger.asked import asked_statuses
from assistant.ledger.leftover import documents
from assistant.ledger.named import part_names, whole_names
from assistant.ledger.unitnames import UnitNames
from index.ledger.book import Ledger
from index.ledger.issuers import issuer_of
from index.words import fold

Facet = Literal["name", "issuer", "period", "unit", "person", "status", "reason", "document"]

TIME = re.compile(
    r"(?:截至|截止到?|到)?(?:(?:(?:19|20)\d\d年?|今年|去年|前年|本年|当年|上年|明年)的?)?"
    r"(?:第?[一二三四1-4]个?季度|前[一二三]个?季度|[上下]半年|\d{1,2}月?(?:份)?[-—–~至到]\d{1,2}月"
    r"|\d{1,2}月(?:份|\d{1,2}[日号])?)(?:末|底)?"
    r"|(?:19|20)\d\d年(?:度|底|末)?|(?<!\d)(?:19|20)\d\d(?!\d)|今年|去年|前年|本年度?|上年度?|明年"
    r"|上一?个?季度|本季度?|这个?季度|上一?个?月|本月|这个月|上(?:一)?期"
    r"|\b(?:this|last|next) (?:year|quarter|month)\b"
    r"|\b(?:first|second|third|fourth) quarter\b|\bq[1-4]\b|\b(?:first|second) half\b"
)
_PLACE = re.compile(r"[\u4e00-\u9fff]{2,3}?[区县市旗](?![域内里间委长属直级政\u5c40])")
_NO_PLACE = re.compile(
    r"小区|社区|城区|其他|别的|^.?[全我本城园小社片校景山灾地辖街新厂发各该哪每这那几]|开发|高新|经开"
)
_UNIT = re.compile(
    r"[\u4e00-\u9fff]{1,6}?(?:局|委(?!员会)|办(?!理|公|法|结|事|完|好|了)|街道(?:办事处|办)?|镇|乡(?!镇|村)|管委会"
    r"|委员会|开发区|高新区|经开区)"
)
_NO_UNIT = re.compile(
    r"怎|如何|步|哪|各|每|什么|多少|谁|几|所有|全部|相关|责任|牵头|重点|项目|工程|单位"
)
_REASON = re.compile(
    r"(?:因为?|由于|卡在|缺少?|受)?(?:资金|融资|缺钱|没钱|钱|土地|用地|征地|拆迁|征拆|手续|审批|规划|设计|市场|投资方)"
    r"(?:方面|短缺|紧张|不足|困难|没到位|不到位|未到位|审批|变更|拆迁)*(?:的?(?:问题|原因|因素))?"
)
_TITLE = re.compile(r"《[^》]{2,60}》")
_TITLED = re.compile(
    r"(?:副)?(?:区长|县长|市长|镇长|书记|局长|主任|主席|部长|秘书长|厅长|科长|处长)"
)
_SURNAME = re.compile(
    r"^(?:欧阳|上官|司马|诸葛|[赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜谢邹喻柏窦章云苏潘葛奚范彭郎鲁韦马苗方"
    r"俞任袁柳史唐费廉岑薛雷贺倪汤罗毕郝邬安常乐于时傅皮卞齐康伍余元卜顾孟平黄和穆萧尹姚邵湛汪祁毛禹狄米贝明臧计成戴宋庞熊纪舒屈项祝董梁杜"
    r"阮蓝闵席季麻强贾路娄江童颜郭梅盛林刁钟徐邱骆高夏蔡田樊胡凌霍虞万卢莫房解应宗丁邓洪包左石崔龚程邢裴陆荣翁荀羊惠甄曲家封储靳段焦谷车侯"
    r"全班仰秋仲伊宫宁仇甘厉祖武符刘景詹束龙叶司黎白蒲从索赖卓屠蒙池乔申冉桑桂牛寿温庄晏柴瞿阎习艾容向古易廖终居衡步都耿满弘国文广欧沃利师巩聂"
    r"关查曾沙养鞠须丰岳付])[\u4e00-\u9fff*]{1,2}$"
)

# Whoever stands at the beginning of a sentence and says something.
_SPEAKS = re.compile(
    r"(?:^|[，,。；;\s])([\u4e00-\u9fff]{2,3})(?=在|提出?|强调|指出|要求|主持|讲|说了)"
)


@dataclass(frozen=True, slots=True)
class Part:
    """Words ``text[start:end]`` of a question that name a facet."""

    facet: Facet
    start: int
    end: int
    words: str


class Known:
    """What the index holds that a question may name. Cheap to make; looked up at first use."""

    def __init__(self, ledger: Ledger | None = None) -> None:
        self.ledger = ledger if ledger is not None and ledger.rows else None

    @cached_property
    def units(self) -> UnitNames | None:
        """The units of the ledger."""
        return UnitNames(self.ledger) if self.ledger else None

    @cached_property
    def issuers(self) -> tuple[str, ...]:
        """The regions that speak in the documents, longest first."""
        if not self.ledger:
            return ()
        found = {issuer_of(row) for row in documents(self.ledger)}
        return tuple(sorted((i for i in found if len(i) >= 2), key=len, reverse=True))

    @cached_property
    def leaders(self) -> tuple[str, ...]:
        """The leaders of the ledger, each by himself."""
        rows = self.ledger.rows if self.ledger else ()
        said = {fold(row.text("leader") or "") for row in rows}
        parts = {part for words in said for part in re.split(r"[、，,;；\s]+", words)}
        return tuple(sorted((p for p in parts if len(p) >= 2), key=len, reverse=True))

    def whole(self, folded: str) -> list[tuple[int, int]]:
        """Return the spans of the records' names that a text says whole, in order."""
        found = whole_names(folded, self.ledger) if self.ledger else []
        return sorted(span for _, span in found)

    def part(self, words: str) -> str | None:
        """Return the one name of a record that ``words`` are a part of."""
        found = part_names([(words, 0)], self.ledger) if self.ledger and len(words) >= 2 else []
        return found[0][0] if found else None


def same_length(text: str) -> str:
    """Return the text folded, at the same offsets; the text itself must be so already."""
    folded = fold(text)
    return folded if len(folded) == len(text) else text.lower()


def parts_of(text: str, known: Known) -> list[Part]:
    """Return the facets that ``text`` names, in order; they do not overlap."""
    found: list[Part] = []
    rest = same_length(text)

    def take(facet: Facet, spans: Iterable[tuple[int, int]]) -> None:
        nonlocal rest
        for start, end in list(spans):
            words = rest[start:end]
            if "\0" in words or not words.strip():
                continue
            found.append(Part(facet, start, end, text[start:end]))
            rest = rest[:start] + "\0" * (end - start) + rest[end:]

    take("document", (m.span() for m in _TITLE.finditer(rest)))
    take("name", (_with_kind_word(rest, span) for span in known.whole(rest)))
    take("issuer", _issuers(rest, known))
    take("person", _people(rest, known))
    take("period", (m.span() for m in TIME.finditer(rest) if not _compared(rest, m.start())))
    take("unit", _units(rest, known))
    take("status", (span for _, span in _disjoint(asked_statuses(rest))))
    take("reason", _reasons(rest))
    return sorted(found, key=lambda part: part.start)


def _with_kind_word(text: str, span: tuple[int, int]) -> tuple[int, int]:
    """Return a name's span with the word behind it that says what it is."""
    start, end = span
    opened = text[start - 1 : start]
    match = re.match(r"[”\"]?(?:建设)?(?:项目|工程)" if opened in ("“", '"') else
                     r"(?:建设)?(?:项目|工程)", text[end:])  # fmt: skip
    return (start, end + match.end()) if match else span


def _disjoint(
    mentions: Iterable[tuple[str, tuple[int, int]]],
) -> Iterator[tuple[str, tuple[int, int]]]:
    covered = 0
    for key, (start, end) in mentions:
        if start >= covered:
            yield key, (start, end)
            covered = end


def _compared(text: str, start: int) -> bool:
    """Tell whether a time is what something is compared with (“比去年同期”)."""
    return bool(re.search(r"(?:比|较|与|跟|和|同)$", text[:start])) and bool(
        re.match(r"(?:去年|上年|上一?个?季度|上一?个?月|上期)", text[start:])
    )


def _issuers(text: str, known: Known) -> Iterator[tuple[int, int]]:
    for region in known.issuers:
        for match in re.finditer(re.escape(region), text):
            yield match.span()
    for match in _PLACE.finditer(text):
        if not _NO_PLACE.search(match.group()) and match.group()[-2] not in "各全该":
            yield match.span()


def _units(text: str, known: Known) -> Iterator[tuple[int, int]]:
    if known.units:
        for start, end, _ in known.units.mentions(text):
            yield start, end
    for match in _UNIT.finditer(text):
        if not _NO_UNIT.search(match.group()) and len(match.group()) >= 3:
            yield match.span()


def _people(text: str, known: Known) -> Iterator[tuple[int, int]]:
    for leader in known.leaders:
        at = text.find(leader)
        if at >= 0:
            yield at, at + len(leader)
    for match in _TITLED.finditer(text):
        after = re.match(r"[\u4e00-\u9fff*]{2,3}", text[match.end() :])
        for size in (3, 2):
            name = text[match.end() : match.end() + size]
            if after and len(name) == size and is_person(name):
                yield match.end(), match.end() + size
                break


def _reasons(text: str) -> Iterator[tuple[int, int]]:
    for match in _REASON.finditer(text):
        words = match.group()
        narrowing = re.search(r"问题|原因|因素|因|由于|缺|没|不足|困难|未到位|卡|受", words)
        # “资金原因” narrows, “原因” asks; an amount of money is neither.
        if narrowing:
            yield match.span()


def is_person(words: str) -> bool:
    """Tell whether a run of words is a person's name by its surname and its part of speech."""
    if not _SURNAME.match(words):
        return False
    import jieba
    import jieba.posseg

    jieba.setLogLevel(logging.WARNING)
    tagged = [(pair.word, pair.flag) for pair in jieba.posseg.cut(words)]
    return len(tagged) == 1 and tagged[0][1].startswith("nr")


def people_in(text: str, known: Known) -> list[str]:
    """Return the people that a text names, in order."""
    import jieba
    import jieba.posseg

    jieba.setLogLevel(logging.WARNING)
    found = [p.words for p in parts_of(text, known) if p.facet == "person"]
    found += [m[1] for m in _SPEAKS.finditer(text) if _SURNAME.match(m[1])]
    for pair in jieba.posseg.cut(text):
        named = pair.flag.startswith("nr") and _SURNAME.match(pair.word)
        if named and not any(pair.word in name for name in found):
            found.append(pair.word)
    return sorted(dict.fromkeys(found), key=text.find)


def blanked(text: str, parts: Iterable[Part]) -> str:
    """Return the text with spaces where its facets stood."""
    for part in parts:
        text = text[: part.start] + " " * (part.end - part.start) + text[part.end :]
    return text
